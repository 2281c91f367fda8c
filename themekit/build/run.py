"""Whole builds: the parts of every brand, made and then written, or compared with what is there."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from themekit.build.brands import brand_ids
from themekit.build.files import names_in, require_writable
from themekit.build.parts import PARTS
from themekit.build.prepare import (
    CACHE_PROBLEM,
    CLUSTER_PROBLEM,
    Verdict,
    cache_diagnostics,
    outputs_of,
    prepare,
)
from themekit.build.report import BuildReport
from themekit.build.spare import MOST_SPARES
from themekit.build.tidying import tidy
from themekit.build.unchanged import remember
from themekit.build.write import RefusedOutputs, check_tree, count_current, remove_tree, write_tree
from themekit.bundle import SUMS_NAME, parse_sums
from themekit.bundle.names import LISTED, beside
from themekit.diagnostics import Code, Reporter, Span
from themekit.engine.encoding import digest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from themekit.build.prepare import Tell
    from themekit.build.project import Project
    from themekit.build.shared import SharedFiles
    from themekit.build.unchanged import Asked
    from themekit.model import BrandId

DRIFT = Code("output-drift", summary="A file in build/ is not what a build would make it.")


@dataclass(slots=True)
class _Tally:
    """Counts while brands are written, and the files that they have in common."""

    shared: SharedFiles
    keeps_spares: bool
    sources: dict[BrandId, str] = field(default_factory=dict)
    """The brands built, and what their trees were made from."""
    artifacts: int = 0
    written: int = 0
    unchanged: int = 0
    removed: int = 0
    drift: Reporter = field(default_factory=Reporter)


def build(
    project: Project,
    brands: Sequence[BrandId],
    *,
    parts: Sequence[str],
    jobs: int | None,
    writes: bool,
    tell: Tell,
) -> BuildReport:
    """Make these parts of these brands and write them (or compare them, if `writes` is false).

    A brand with an error in it is not written: its last good output stays as it is. `tell` gets lines of progress.
    """
    if writes:
        require_writable(project.cache)  # not after all the work
    prepared = prepare(project, brands, parts=parts, jobs=jobs, tell=tell)
    verdict = Verdict.on(project, brands, tasks=[PARTS[part] for part in parts], lost=prepared.lost)
    tally = _Tally(project.shared, keeps_spares=len(brands) <= MOST_SPARES)
    for brand_id in brands:
        if not verdict.is_good(brand_id):  # and its site is at hand: judged all at once, each would be joined twice
            continue
        tell(f"writing {brand_id}")
        try:
            (_write if writes else _compare)(project, brand_id, parts, tally)
        except RefusedOutputs as refused:
            verdict.refuse(brand_id, refused.diagnostics)
    for name in _orphans(project, brands):
        if writes:
            tally.removed += len(remove_tree(project.output / name, cache=project.cache).removed)
        else:
            place = Span(PurePosixPath("build", name), 1, 1)
            tally.drift(DRIFT, place, "this is the output of a brand that is gone")
    if writes:
        tidy(project)
    return BuildReport(
        tuple(tally.sources.items()),
        tuple(verdict.failed),
        (*verdict.diagnostics, *tally.drift.diagnostics, *prepared.diagnostics, *cache_diagnostics(project)),
        tally.artifacts,
        tally.written,
        tally.unchanged,
        tally.removed,
        len(tally.drift.found),
        tuple(brand_id for brand_id in verdict.failed if (project.output / brand_id).is_dir()),
    )


def remember_build(project: Project, asked: Asked, *, report: BuildReport) -> None:
    """Let the next build that is asked for the same know what this one, which wrote, was made from."""
    if report.failed:
        return
    engine = project.engine
    questions = [engine.question(PARTS[part], brand_id) for brand_id in report.built for part in asked.parts]
    reads = engine.reads_below(engine.question(brand_ids), *questions)
    passing = {CACHE_PROBLEM.name, CLUSTER_PROBLEM.name}  # of that run, not of what was built
    diagnostics = tuple(found for found in report.diagnostics if found.code not in passing)
    remember(project, asked, reads=reads, diagnostics=diagnostics, sources=report.sources)


def clean(project: Project, *, cache: bool) -> int:
    """Remove what builds wrote, and the cache if asked to; the number of files removed."""
    removed = 0
    for name in _recorded(project):
        removed += len(remove_tree(project.output / name, cache=project.cache).removed)
    for path in _bundles(project):
        if path.is_file():
            path.unlink()
            removed += 1
    if cache:
        shutil.rmtree(project.cache, ignore_errors=True)
    return removed


def _recorded(project: Project) -> tuple[str, ...]:
    """The names of the trees that builds wrote and nobody cleaned."""
    records = (name for name in names_in(project.cache / "outputs") if name.endswith(".json"))
    return tuple(dict.fromkeys(name.partition(".")[0] for name in records))


def _orphans(project: Project, brands: Sequence[BrandId]) -> tuple[str, ...]:
    """Trees of brands that are no more; none if only some brands are built, as then nothing is said of the others."""
    known = project.engine.get(brand_ids)
    if set(known) != set(brands):
        return ()
    return tuple(name for name in _recorded(project) if name not in known and (project.output / name).exists())


def _bundles(project: Project) -> tuple[Path, ...]:
    """The bundles that SHA256SUMS, or that of a shard, lists, and these lists: no other file in build/dist is ours."""
    found: dict[Path, None] = {}
    shards = (name for name in names_in(project.dist) if fnmatchcase(name, f"{SUMS_NAME}.*-of-*"))
    for sums in (project.dist / name for name in (*shards, SUMS_NAME)):
        if sums.is_file():
            digests, _ = parse_sums(PurePosixPath(sums.name), sums.read_text(encoding="utf-8", errors="replace"))
            listed = [name for name in digests if name.endswith(LISTED)]
            found |= dict.fromkeys(project.dist / each for name in listed for each in (name, *beside(name)))
            found[sums] = None
    return tuple(found)


def _write(project: Project, brand_id: BrandId, parts: Sequence[str], tally: _Tally) -> None:
    tree = project.output / brand_id
    made_of = digest(tuple((part, project.engine.digest(PARTS[part], brand_id)) for part in parts))
    if (count := count_current(tree, cache=project.cache, source=made_of)) is not None:
        tally.sources[brand_id] = made_of
        tally.artifacts += count
        tally.unchanged += count
        return
    outputs = outputs_of(project, brand_id, parts=parts)
    report = write_tree(
        tree,
        outputs,
        cache=project.cache,
        scope=tuple(parts),
        source=made_of,
        shared=tally.shared,
        keeps_spare=tally.keeps_spares,
    )
    tally.sources[brand_id] = made_of
    tally.artifacts += len(report.written) + len(report.unchanged)
    tally.written += len(report.written)
    tally.unchanged += len(report.unchanged)
    tally.removed += len(report.removed)


def _compare(project: Project, brand_id: BrandId, parts: Sequence[str], tally: _Tally) -> None:
    outputs = outputs_of(project, brand_id, parts=parts)
    tally.sources[brand_id] = ""
    tally.artifacts += sum(len(output.artifacts) for output in outputs)
    if not (project.output / brand_id).exists():  # a line for each of its files would say less
        place = Span(PurePosixPath("build", brand_id), 1, 1)
        tally.drift(DRIFT, place, "this brand has not been built here", hint="run `themekit build`")
        return
    drift = check_tree(project.output / brand_id, outputs, scope=tuple(parts))
    for what, paths in (("missing", drift.missing), ("changed", drift.changed), ("extra", drift.extra)):
        for path in paths:
            place = Span(PurePosixPath("build", brand_id) / path, 1, 1)
            hint = "delete it: no build made it, so none will" if what == "extra" else "run `themekit build`"
            tally.drift(DRIFT, place, f"the file is {what}, compared with what a build would make", hint=hint)
