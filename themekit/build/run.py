"""Whole builds: the parts of every brand, made and then written, or compared with what is there."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from themekit.build.brands import brand_ids
from themekit.build.parts import PARTS
from themekit.build.prepare import cache_diagnostics, judged, outputs_of, prepare
from themekit.build.shared import SharedFiles
from themekit.build.write import RefusedOutputs, check_tree, is_current, remove_tree, write_tree
from themekit.build.written import load_written, record_of
from themekit.bundle import SUMS_NAME, parse_sums
from themekit.diagnostics import Code, Reporter, Span
from themekit.engine.encoding import digest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from themekit.build.prepare import Tell
    from themekit.build.project import Project
    from themekit.diagnostics import Diagnostic
    from themekit.model import BrandId

DRIFT = Code("output-drift", summary="A file in build/ is not what a build would make it.")
MAX_CACHE_BYTES = 4 << 30  # a variant's template has 40 MB; this is a hundred of them


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. Counts are of artifacts; `drift` counts those that are not as they should be.

    `kept` are the failed brands that have an output, of an earlier build.
    """

    built: tuple[BrandId, ...]
    failed: tuple[BrandId, ...]
    diagnostics: tuple[Diagnostic, ...]
    artifacts: int = 0
    written: int = 0
    unchanged: int = 0
    removed: int = 0
    drift: int = 0
    kept: tuple[BrandId, ...] = ()


@dataclass(slots=True)
class _Tally:
    """Counts while brands are written, and the files that they have in common."""

    shared: SharedFiles
    built: list[BrandId] = field(default_factory=list)
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
    prepared = prepare(project, brands, parts=parts, jobs=jobs, tell=tell)
    diagnostics, failed = judged(project, brands, parts=parts, lost=prepared.lost)
    tally = _Tally(SharedFiles(project.cache))
    for brand_id in brands:
        if brand_id in failed:
            continue
        tell(f"writing {brand_id}")
        try:
            (_write if writes else _compare)(project, brand_id, parts, tally)
        except RefusedOutputs as refused:
            diagnostics = (*diagnostics, *refused.diagnostics)
            failed = (*failed, brand_id)
        else:
            tally.built.append(brand_id)
    for name in _orphans(project, brands):
        if writes:
            tally.removed += len(remove_tree(project.output / name, cache=project.cache).removed)
        else:
            place = Span(PurePosixPath("build", name), 1, 1)
            tally.drift(DRIFT, place, "this is the output of a brand that is gone")
    if writes:
        project.store.prune(max_bytes=MAX_CACHE_BYTES)
        tally.shared.prune()
    return BuildReport(
        tuple(tally.built),
        failed,
        (*diagnostics, *tally.drift.diagnostics, *prepared.diagnostics, *cache_diagnostics(project)),
        tally.artifacts,
        tally.written,
        tally.unchanged,
        tally.removed,
        len(tally.drift.found),
        tuple(brand_id for brand_id in failed if (project.output / brand_id).is_dir()),
    )


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
    records = sorted((project.cache / "outputs").glob("*.json"))
    return tuple(dict.fromkeys(record.name.partition(".")[0] for record in records))


def _orphans(project: Project, brands: Sequence[BrandId]) -> tuple[str, ...]:
    """Trees of brands that are no more; none if only some brands are built, as then nothing is said of the others."""
    known = project.engine.get(brand_ids)
    if set(known) != set(brands):
        return ()
    return tuple(name for name in _recorded(project) if name not in known and (project.output / name).exists())


def _bundles(project: Project) -> tuple[Path, ...]:
    """The bundles that SHA256SUMS, or that of a shard, lists, and these lists: no other file in build/dist is ours."""
    found: dict[Path, None] = {}
    for sums in (*project.dist.glob(f"{SUMS_NAME}.*-of-*"), project.dist / SUMS_NAME):
        if sums.is_file():
            digests, _ = parse_sums(PurePosixPath(sums.name), sums.read_text(encoding="utf-8", errors="replace"))
            found |= dict.fromkeys(project.dist / name for name in digests if name.endswith(".zip"))
            found[sums] = None
    return tuple(found)


def _write(project: Project, brand_id: BrandId, parts: Sequence[str], tally: _Tally) -> None:
    tree = project.output / brand_id
    made_of = digest(tuple((part, project.engine.digest(PARTS[part], brand_id)) for part in parts))
    if is_current(tree, cache=project.cache, source=made_of):
        count = len(_record(project, brand_id))
        tally.artifacts += count
        tally.unchanged += count
        return
    outputs = outputs_of(project, brand_id, parts=parts)
    report = write_tree(tree, outputs, cache=project.cache, scope=tuple(parts), source=made_of, shared=tally.shared)
    tally.artifacts += len(report.written) + len(report.unchanged)
    tally.written += len(report.written)
    tally.unchanged += len(report.unchanged)
    tally.removed += len(report.removed)


def _record(project: Project, brand_id: BrandId) -> tuple[object, ...]:
    return load_written(record_of(project.cache, brand_id)).files


def _compare(project: Project, brand_id: BrandId, parts: Sequence[str], tally: _Tally) -> None:
    outputs = outputs_of(project, brand_id, parts=parts)
    drift = check_tree(project.output / brand_id, outputs, scope=tuple(parts))
    tally.artifacts += sum(len(output.artifacts) for output in outputs)
    for what, paths in (("missing", drift.missing), ("changed", drift.changed), ("extra", drift.extra)):
        for path in paths:
            place = Span(PurePosixPath("build", brand_id) / path, 1, 1)
            tally.drift(
                DRIFT, place, f"the file is {what}, compared with what a build would make", hint="run `themekit build`"
            )
