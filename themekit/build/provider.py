"""A brand for plain mkdocs: what the entry point group `themekit.site_provider` names."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

from themekit.build.brands import BRANDS, brand, brand_ids, overlay
from themekit.build.portal import brand_files
from themekit.build.project import Project
from themekit.build.reference import provided_pages
from themekit.diagnostics import Code, Note, Reporter
from themekit.diagnostics.printable import quoted
from themekit.engine import Kind
from themekit.model import BrandId
from themekit.site.inputs import BrandProvision
from themekit.site.provided import BRAND_VARIABLE
from themekit.source.did_you_mean import did_you_mean_or

NAMED_BY = f"the environment variable `{BRAND_VARIABLE}` names it, or else the plugin's `brand` in mkdocs.yml"
UNKNOWN_BRAND = Code("unknown-brand", summary="The brand that mkdocs was asked for does not exist.")


def provide(project: Path, brand_id: str, *, has_files: bool = True) -> BrandProvision:
    """The brand and, if wanted, its generated files, from the same store as `themekit build`."""
    opened = Project(project.resolve())
    engine = opened.engine
    known = engine.get(brand_ids)
    if brand_id not in known:
        report = Reporter()
        hint = did_you_mean_or(brand_id, known, label="the brands are")
        report(UNKNOWN_BRAND, None, f"no brand is named {quoted(brand_id)}", hint=hint, notes=[Note(NAMED_BY)])
        return BrandProvision(None, diagnostics=report.diagnostics)
    chosen = BrandId(brand_id)
    read, own = engine.get(brand, chosen), engine.get(overlay, chosen)
    files = engine.get(brand_files, chosen) if has_files else ()
    pages = engine.get(provided_pages, chosen) if has_files else ()
    made = brand_files if has_files else brand
    leaves = (*engine.leaves(made, chosen), *engine.leaves(overlay, chosen))
    watched = (PurePosixPath(leaf.name) for leaf in leaves if leaf.kind in {Kind.FILE, Kind.FOLDER})
    return BrandProvision(
        read,
        own,
        files,
        engine.diagnostics(made, chosen),
        tuple(path for path in dict.fromkeys(watched) if path.is_relative_to(BRANDS)),
        pages,
    )
