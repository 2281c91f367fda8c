"""The task behind `themekit check`: everything about a brand that can be wrong, short of rendering its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.build.brands import brand, overlay
from themekit.build.pictures import assets
from themekit.build.portal import site_sources
from themekit.build.theme import theme
from themekit.site.checking import check_sources

if TYPE_CHECKING:
    from themekit.engine import Ask
    from themekit.model import BrandId


def checked(ask: Ask, brand_id: BrandId) -> bool:
    """Whether the brand could be read; what is wrong with it, its theme, assets and pages is reported."""
    ask(theme, brand_id)
    ask(assets, brand_id)
    ask(checked_pages, brand_id)
    return ask(brand, brand_id) is not None


def checked_pages(ask: Ask, brand_id: BrandId) -> int:
    """The number of mistakes in the project's pages and the brand's own."""
    found = check_sources(ask(site_sources), overlay=ask(overlay, brand_id))
    ask.report(*found)
    return len(found)
