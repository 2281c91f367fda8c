"""Tasks that make the portal's style guide: a generated page of the docs, for all brands, and a brand's values for it.

It is there if the navigation of mkdocs.yml has it. A page that is there as a file takes its place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.build.brands import lists_style_guide, tokens
from themekit.build.theme import name_and_locale
from themekit.site.style_guide.page import SECTION, guide_page
from themekit.site.style_guide.values import guide_values
from themekit.site.variant import DEFAULT_LOCALE, DOCS
from themekit.site.wording import LOCALES

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from themekit.engine import Ask
    from themekit.model import Artifact, BrandId

FOLDER = DOCS / SECTION
GUIDE_PAGES = {
    FOLDER / ("index.md" if locale == DEFAULT_LOCALE else f"index.{locale}.md"): locale for locale in LOCALES
}


def guide_names(ask: Ask) -> tuple[PurePosixPath, ...]:
    """The pages in every language; none if the navigation has none of them, or the project wrote its own."""
    if not ask(lists_style_guide):
        return ()
    own = {FOLDER / name for name in ask.list(FOLDER)}
    return () if own & GUIDE_PAGES.keys() else tuple(GUIDE_PAGES)


def style_guide_page(ask: Ask, locale: str) -> bytes:
    """The page in one language."""
    del ask  # nothing of a project is on it
    return guide_page(locale).encode()


def style_guide_files(ask: Ask, brand_id: BrandId, sections: tuple[str, ...]) -> tuple[Artifact, ...]:
    """The brand's values for the page, if its portal shows these sections."""
    if SECTION not in sections or not ask(guide_names):
        return ()
    resolved = ask(tokens, brand_id)
    _, locale = ask(name_and_locale, brand_id)
    return () if resolved is None else (guide_values(resolved, locale=locale),)
