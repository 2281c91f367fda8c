"""A brand for plain mkdocs: what the entry point group `themekit.site_provider` names."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from themekit.build.brands import BRANDS, brand, brand_ids, overlay
from themekit.build.portal import brand_files
from themekit.build.project import Project
from themekit.diagnostics import Code, Reporter, Span
from themekit.engine import Kind
from themekit.model import BrandId
from themekit.site.inputs import BrandProvision
from themekit.source.did_you_mean import did_you_mean

UNKNOWN_BRAND = Code("unknown-brand", summary="The brand that mkdocs was asked for does not exist.")


def provide(project: Path, brand_id: str) -> BrandProvision:
    """The brand and its generated files, from the same store as `themekit build`."""
    opened = Project(project.resolve())
    engine = opened.engine
    known = engine.get(brand_ids)
    if brand_id not in known:
        report = Reporter()
        place = Span(PurePosixPath("mkdocs.yml"), 1, 1)
        report(UNKNOWN_BRAND, place, f"no brand is named `{brand_id}`", hint=did_you_mean(brand_id, known))
        return BrandProvision(None, diagnostics=report.diagnostics)
    chosen = BrandId(brand_id)
    files = engine.get(brand_files, chosen)
    leaves = (*engine.leaves(brand_files, chosen), *engine.leaves(overlay, chosen))
    watched = (PurePosixPath(leaf.name) for leaf in leaves if leaf.kind in {Kind.FILE, Kind.FOLDER})
    return BrandProvision(
        engine.get(brand, chosen),
        engine.get(overlay, chosen),
        files,
        engine.diagnostics(brand_files, chosen),
        tuple(path for path in dict.fromkeys(watched) if path.is_relative_to(BRANDS)),
    )
