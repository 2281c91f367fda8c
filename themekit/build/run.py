"""Whole builds: brands' artifacts made in several processes, then written tree by tree."""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import TYPE_CHECKING

import themekit
from themekit.build.brands import brand
from themekit.build.outputs import Output
from themekit.build.parts import PARTS
from themekit.build.pictures import assets
from themekit.build.portal import site_template, variant
from themekit.build.write import check_tree, is_current, remove_tree, write_file, write_tree
from themekit.build.written import load_written, record_of
from themekit.bundle import SUMS_NAME, Tool, package_brand, sums_text, verify_bundle
from themekit.diagnostics import Code, Diagnostic, Reporter
from themekit.engine import Kind
from themekit.engine.encoding import digest
from themekit.engine.executor import Job, run_many

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from themekit.build.project import Project
    from themekit.model import Artifact, BrandId

    Tell = Callable[[str], None]

JOB_FAILED = Code("job-failed", summary="A part of a brand could not be built: its process was stopped.")
TOOLS = ("fonttools", "libsass", "mkdocs", "mkdocs-material", "pillow", "pygments", "pymdown-extensions", "resvg-py")
"""Distributions whose versions a bundle names, besides themekit itself and zlib-ng."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. Counts are of artifacts; `drift` has one line for each file that is not as it should be."""

    built: tuple[BrandId, ...]
    failed: tuple[BrandId, ...]
    diagnostics: tuple[Diagnostic, ...]
    artifacts: int = 0
    written: int = 0
    unchanged: int = 0
    removed: int = 0
    drift: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Packed:
    """A bundle that was written. `size` is in bytes."""

    path: Path
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class PackageReport:
    """What packaging did."""

    bundles: tuple[Packed, ...]
    failed: tuple[BrandId, ...]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(slots=True)
class _Tally:
    """Counts while brands are written."""

    built: list[BrandId] = field(default_factory=list)
    artifacts: int = 0
    written: int = 0
    unchanged: int = 0
    removed: int = 0
    drift: list[str] = field(default_factory=list)


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
    prepared = _prepare(project, brands, parts=parts, jobs=jobs, tell=tell)
    diagnostics, failed = _judged(project, brands, parts=parts, lost=prepared)
    tally = _Tally()
    for brand_id in brands:
        if brand_id in failed:
            continue
        tell(f"writing {brand_id}")
        if writes:
            _write(project, brand_id, parts, tally)
        else:
            _compare(project, brand_id, parts, tally)
        tally.built.append(brand_id)
    return BuildReport(
        tuple(tally.built),
        failed,
        diagnostics,
        tally.artifacts,
        tally.written,
        tally.unchanged,
        tally.removed,
        tuple(tally.drift),
    )


def package(project: Project, brands: Sequence[BrandId], *, jobs: int | None, tell: Tell) -> PackageReport:
    """Write one verified bundle a brand to build/dist, and SHA256SUMS of all that is there."""
    parts = tuple(PARTS)
    prepared = _prepare(project, brands, parts=parts, jobs=jobs, tell=tell)
    diagnostics, failed = _judged(project, brands, parts=parts, lost=prepared)
    packed: list[Packed] = []
    for brand_id in brands:
        known = project.engine.get(brand, brand_id)
        if brand_id in failed or known is None:
            continue
        tell(f"packaging {brand_id}")
        bundle = package_brand(
            _artifacts(project, brand_id, parts),
            brand=known,
            inputs=_inputs_digest(project, brand_id, parts),
            tools=_tools(),
            epoch_s=_epoch_s(project),
        )
        verification, faults = verify_bundle(bundle.content, expected_brand=brand_id)
        if faults:
            raise AssertionError(f"the bundle of {brand_id} fails its own verification: {faults}")
        path = project.dist / bundle.path
        write_file(path, bundle.content, cache=project.cache)
        packed.append(Packed(path, verification.sha256, verification.size))
    _write_sums(project, packed)
    return PackageReport(tuple(packed), failed, diagnostics)


def clean(project: Project, *, cache: bool) -> int:
    """Remove what builds wrote, and the cache if asked to; the number of files removed."""
    removed = 0
    records = sorted((project.cache / "outputs").glob("*.json"))
    for name in dict.fromkeys(record.name.partition(".")[0] for record in records):
        removed += len(remove_tree(project.output / name, cache=project.cache).removed)
    for path in (*sorted(project.dist.glob("*.zip")), project.dist / SUMS_NAME):
        if path.is_file():
            path.unlink()
            removed += 1
    if cache:
        shutil.rmtree(project.cache, ignore_errors=True)
    return removed


def _prepare(
    project: Project, brands: Sequence[BrandId], *, parts: Sequence[str], jobs: int | None, tell: Tell
) -> dict[BrandId, str]:
    """Run the heavy tasks in several processes, so that what follows finds their values; the jobs that were lost.

    What several brands share runs once: the renders of variants are jobs of their own, named by one of their brands.
    """
    workers = jobs or len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else jobs or os.cpu_count() or 1
    lost: dict[BrandId, str] = {}
    if "site" in parts:
        tell("rendering")
        lost |= _run(project, _variant_jobs(project, brands), workers)
    if {"site", "assets"} & set(parts):
        tell("drawing")
        lost |= _run(project, {Job.of(assets, brand_id): brand_id for brand_id in brands}, workers)
    return lost


def _variant_jobs(project: Project, brands: Sequence[BrandId]) -> dict[Job, BrandId]:
    """One job a variant that has no template in the store yet, with the first brand that has it."""
    found: dict[Job, BrandId] = {}
    for brand_id in brands:
        of = project.engine.get(variant, brand_id)
        if of is not None:
            found.setdefault(Job.of(site_template, of, brand_id if of.overlay else ""), brand_id)
    return found


def _run(project: Project, jobs: dict[Job, BrandId], workers: int) -> dict[BrandId, str]:
    outcomes = run_many(tuple(jobs), root=project.root, cache=project.cache, workers=workers)
    return {jobs[outcome.job]: outcome.failure for outcome in outcomes if outcome.failure}


def _judged(
    project: Project, brands: Sequence[BrandId], *, parts: Sequence[str], lost: dict[BrandId, str]
) -> tuple[tuple[Diagnostic, ...], tuple[BrandId, ...]]:
    """All diagnostics of the parts, each once; and the brands that have an error among theirs."""
    found: dict[Diagnostic, None] = {}
    failed: list[BrandId] = []
    report = Reporter()
    for brand_id in brands:
        if brand_id in lost:
            report(JOB_FAILED, None, f"the brand `{brand_id}` could not be built: {lost[brand_id]}")
            failed.append(brand_id)
            continue
        own = [each for part in parts for each in project.engine.diagnostics(PARTS[part], brand_id)]
        found |= dict.fromkeys(own)
        if any(each.is_error for each in own):
            failed.append(brand_id)
    return (*found, *report.diagnostics), tuple(failed)


def _write(project: Project, brand_id: BrandId, parts: Sequence[str], tally: _Tally) -> None:
    tree = project.output / brand_id
    made_of = digest(tuple((part, project.engine.digest(PARTS[part], brand_id)) for part in parts))
    if is_current(tree, cache=project.cache, source=made_of):
        count = len(_record(project, brand_id))
        tally.artifacts += count
        tally.unchanged += count
        return
    report = write_tree(
        tree, _outputs(project, brand_id, parts), cache=project.cache, scope=tuple(parts), source=made_of
    )
    tally.artifacts += len(report.written) + len(report.unchanged)
    tally.written += len(report.written)
    tally.unchanged += len(report.unchanged)
    tally.removed += len(report.removed)


def _record(project: Project, brand_id: BrandId) -> tuple[object, ...]:
    return load_written(record_of(project.cache, brand_id)).files


def _compare(project: Project, brand_id: BrandId, parts: Sequence[str], tally: _Tally) -> None:
    outputs = _outputs(project, brand_id, parts)
    drift = check_tree(project.output / brand_id, outputs, scope=tuple(parts))
    tally.artifacts += sum(len(output.artifacts) for output in outputs)
    for what, paths in (("missing", drift.missing), ("changed", drift.changed), ("extra", drift.extra)):
        tally.drift += [f"build/{brand_id}/{path} is {what}" for path in paths]


def _outputs(project: Project, brand_id: BrandId, parts: Iterable[str]) -> tuple[Output, ...]:
    return tuple(Output(f"the part {part}", project.engine.get(PARTS[part], brand_id)) for part in parts)


def _artifacts(project: Project, brand_id: BrandId, parts: Iterable[str]) -> tuple[Artifact, ...]:
    return tuple(artifact for output in _outputs(project, brand_id, parts) for artifact in output.artifacts)


def _inputs_digest(project: Project, brand_id: BrandId, parts: Iterable[str]) -> str:
    """SHA-256 of every file, folder and variable that the brand's parts were made from, with their digests."""
    leaves = {leaf for part in parts for leaf in project.engine.leaves(PARTS[part], brand_id)}
    read = sorted(
        (leaf.kind.value, leaf.name, project.engine.observe(leaf)) for leaf in leaves if leaf.kind != Kind.TASK
    )
    return digest(tuple(read))


def _tools() -> tuple[Tool, ...]:
    named = (*TOOLS, "zlib-ng")
    return (Tool("themekit", themekit.__version__), *(Tool(name, version(name)) for name in named))


def _epoch_s(project: Project) -> int:
    """SOURCE_DATE_EPOCH, or 0 where it is not set or no number. Source: reproducible-builds.org."""
    text = project.host.environment("SOURCE_DATE_EPOCH") or ""
    return int(text) if text.isascii() and text.isdigit() else 0


def _write_sums(project: Project, packed: Sequence[Packed]) -> None:
    """The sums of the bundles just made, and of those of other brands that are there already."""
    digests = {bundle.path.name: bundle.sha256 for bundle in packed}
    for path in sorted(project.dist.glob("*.zip")):
        if path.name not in digests:
            digests[path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
    if digests:
        write_file(project.dist / SUMS_NAME, sums_text(digests).encode(), cache=project.cache)
