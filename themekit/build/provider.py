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


def provide(project: Path, brand_id: str, *, has_files: bool = True) -> BrandProvision:
    """The brand and, if wanted, its generated files, from the same store as `themekit build`."""
    opened = Project(project.resolve())
    engine = opened.engine
    known = engine.get(brand_ids)
    if brand_id not in known:
        report = Reporter()
        place = Span(PurePosixPath("mkdocs.yml"), 1, 1)
        report(UNKNOWN_BRAND, place, f"no brand is named `{brand_id}`", hint=did_you_mean(brand_id, known))
        return BrandProvision(None, diagnostics=report.diagnostics)
    chosen = BrandId(brand_id)
    read, own = engine.get(brand, chosen), engine.get(overlay, chosen)
    files = engine.get(brand_files, chosen) if has_files else ()
    made = brand_files if has_files else brand
    leaves = (*engine.leaves(made, chosen), *engine.leaves(overlay, chosen))
    watched = (PurePosixPath(leaf.name) for leaf in leaves if leaf.kind in {Kind.FILE, Kind.FOLDER})
    return BrandProvision(
        read,
        own,
        files,
        engine.diagnostics(made, chosen),
        tuple(path for path in dict.fromkeys(watched) if path.is_relative_to(BRANDS)),
    )
