"""What is behind `themekit check`: everything about brands that can be wrong, short of rendering their pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.build.brands import brand, overlay
from themekit.build.gateway import gateway
from themekit.build.pictures import assets
from themekit.build.portal import has_portal, site_sources
from themekit.build.prepare import Verdict, cache_diagnostics, prepare
from themekit.build.sdk import api_model, api_path, sdk_names, sdk_values
from themekit.build.theme import theme
from themekit.site.checking import check_sources

if TYPE_CHECKING:
    from collections.abc import Sequence

    from themekit.build.prepare import Tell
    from themekit.build.project import Project
    from themekit.diagnostics import Diagnostic
    from themekit.engine import Ask
    from themekit.model import BrandId


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was found, each once; `failed` are the brands that a build would refuse."""

    failed: tuple[BrandId, ...]
    diagnostics: tuple[Diagnostic, ...]


def check(project: Project, brands: Sequence[BrandId], *, jobs: int | None, tell: Tell) -> CheckReport:
    """Everything in the brands' inputs that `build` would refuse without rendering. Writes to the cache only."""
    prepared = prepare(project, brands, parts=("assets",), jobs=jobs, tell=tell)
    verdict = Verdict.on(project, brands, tasks=(checked,), lost=prepared.lost)
    for brand_id in brands:
        verdict.is_good(brand_id)
    found = (*verdict.diagnostics, *prepared.diagnostics, *cache_diagnostics(project))
    return CheckReport(tuple(verdict.failed), found)


def checked(ask: Ask, brand_id: BrandId) -> bool:
    """Whether the brand could be read; all that is wrong in its inputs is reported."""
    ask(theme, brand_id)
    ask(assets, brand_id)
    ask(gateway, brand_id)
    ask(has_portal)
    ask(checked_pages, brand_id)
    described = ask(api_path)
    if described is not None:
        ask(api_model, described)
        ask(sdk_values, brand_id)
        ask(sdk_names, brand_id)
    return ask(brand, brand_id) is not None


def checked_pages(ask: Ask, brand_id: BrandId) -> int:
    """The number of mistakes in the project's pages and the brand's own."""
    found = check_sources(ask(site_sources), overlay=ask(overlay, brand_id))
    ask.report(*found)
    return len(found)
