"""`--verify-render`: sites as they were written, beside those that mkdocs builds for their brands alone.

Nothing is compared with itself. The plain side shares no render with the build: inputs are read anew, by an engine that
has made nothing before, the brand's real texts stand where probes stood, and mkdocs' own `build` renders everything at
once, in a process of its own. Only a brand's generated files (`assets/brand/`) are the build's on both sides: mkdocs
copies these as they are.
"""

from __future__ import annotations

import json
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from themekit.build.brands import brand, overlay
from themekit.build.parts import PARTS
from themekit.build.portal import brand_files, site_sources
from themekit.build.prepare import workers_of
from themekit.build.write import write_file
from themekit.diagnostics import Reporter, Span
from themekit.engine import Engine, MemoryStore
from themekit.engine.encoding import digest
from themekit.site.comparing import RENDER_DIFFERS, compare_sites
from themekit.site.fields import BY_NAME, slot_fields
from themekit.site.inputs import SiteInputs
from themekit.site.render import render_site
from themekit.site.stamp import SITE
from themekit.site.variant import variant_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from themekit.build.prepare import Tell
    from themekit.build.project import Project
    from themekit.diagnostics import Diagnostic
    from themekit.model import BrandId, SourceFile

RECORD = "verified.json"
_VERSION = 1


@dataclass(frozen=True, slots=True)
class Verified:
    """Brands whose sites were compared, those of them that differ, and what differs."""

    brands: tuple[BrandId, ...]
    differing: tuple[BrandId, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class _Case:
    """All that one brand's comparison needs. `own` are its generated files; `made` is None if the site was written."""

    brand_id: BrandId
    inputs: SiteInputs
    sources: tuple[SourceFile, ...]
    own: Mapping[PurePosixPath, bytes]
    made: Mapping[PurePosixPath, bytes] | None


def verify_renders(
    project: Project, brands: Sequence[BrandId], *, count: int, jobs: int | None, writes: bool, tell: Tell
) -> Verified:
    """Render `count` of these brands plainly, and compare.

    Compared is what lies in build/ or, if the build did not write (`writes` is false), what it would have written.
    """
    turns = _turns(project)
    chosen = in_turn(project, brands, turns=turns)[:count]
    fresh = Engine(project.host, MemoryStore())
    workers = workers_of(jobs)
    found: dict[BrandId, tuple[Diagnostic, ...]] = {}

    def compared(case: _Case) -> tuple[Diagnostic, ...]:
        tell(f"verifying {case.brand_id}")
        return _compared(project, case)

    with ThreadPoolExecutor(workers) as threads:
        for start in range(0, len(chosen), workers):  # no more sites in memory than are being compared
            batch = chosen[start : start + workers]
            # An engine is for one thread, so what it is asked is asked here.
            cases = [case for brand_id in batch if (case := _case(project, fresh, brand_id, writes=writes))]
            found |= zip((case.brand_id for case in cases), threads.map(compared, cases), strict=True)
    differing = tuple(brand_id for brand_id, diagnostics in found.items() if diagnostics)
    _record(project, turns, [brand_id for brand_id in found if brand_id not in differing])
    return Verified(tuple(found), differing, tuple(dict.fromkeys(each for group in found.values() for each in group)))


def in_turn(project: Project, brands: Sequence[BrandId], *, turns: Mapping[str, int]) -> tuple[BrandId, ...]:
    """The brands whose turn is longest past first; `turns` has the number of the run that verified each last.

    Among equals a digest of the site decides, so that even without a record the choice changes with what is built.
    """
    sites = {brand_id: digest((project.engine.digest(PARTS["site"], brand_id), brand_id)) for brand_id in brands}
    return tuple(sorted(brands, key=lambda brand_id: (turns.get(brand_id, 0), sites[brand_id])))


def _turns(project: Project) -> dict[str, int]:
    try:
        document = json.loads((project.cache / RECORD).read_bytes())
        if document["version"] == _VERSION:
            return {str(name): int(turn) for name, turn in document["turns"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        pass  # then all brands wait for their first turn
    return {}


def _record(project: Project, turns: Mapping[str, int], verified: Sequence[BrandId]) -> None:
    """A brand that differs keeps its old turn, and so is among the first of the next run."""
    run = max(turns.values(), default=0) + 1
    document = {"version": _VERSION, "turns": dict(turns) | {str(brand_id): run for brand_id in verified}}
    write_file(project.cache / RECORD, json.dumps(document, indent=1).encode(), cache=project.cache)


def _case(project: Project, fresh: Engine, brand_id: BrandId, *, writes: bool) -> _Case | None:
    """None if somebody has broken the brand's file since the build read it."""
    known = fresh.get(brand, brand_id)
    if known is None:
        return None
    sources, own = fresh.get(site_sources), fresh.get(overlay, brand_id)
    # All that the brand has, whether or not anything was found to ask for it: that is to be proved as well.
    of = variant_of(known, sources=sources, overlay=own, asked=BY_NAME)
    inputs = SiteInputs(of, slot_fields(known), own)
    files = {file.path: file.content for file in project.engine.get(brand_files, brand_id)}
    return _Case(brand_id, inputs, sources, files, None if writes else _to_be_written(project, brand_id))


def _compared(project: Project, case: _Case) -> tuple[Diagnostic, ...]:
    folder = PurePosixPath("build", case.brand_id) / SITE
    with tempfile.TemporaryDirectory(prefix="themekit-") as scratch:
        rendered = render_site(case.sources, case.inputs, scratch=Path(scratch))
    if not rendered.files:
        report = Reporter()
        message = f"the site cannot be compared: mkdocs builds none for `{case.brand_id}` alone"
        report(RENDER_DIFFERS, Span(folder, 1, 1), message)
        return (*report.diagnostics, *(found for found in rendered.diagnostics if found.is_error))
    return compare_sites(
        _written(project, case.brand_id) if case.made is None else case.made,
        {**rendered.files, **case.own},
        brand_id=case.brand_id,
        folder=folder,
        pages=[source.path for source in (*case.sources, *case.inputs.overlay)],
        locale=case.inputs.variant.locale,
    )


def _written(project: Project, brand_id: BrandId) -> dict[PurePosixPath, bytes]:
    folder = project.output / brand_id / SITE
    files = (path for path in folder.rglob("*") if path.is_file())
    return {PurePosixPath(path.relative_to(folder).as_posix()): path.read_bytes() for path in files}


def _to_be_written(project: Project, brand_id: BrandId) -> dict[PurePosixPath, bytes]:
    artifacts = project.engine.get(PARTS["site"], brand_id)
    return {artifact.path.relative_to(SITE): artifact.content for artifact in artifacts}
