"""What a page says about itself in its head: title and description as escaped text, data for machines."""

from __future__ import annotations

import html
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from markupsafe import Markup, escape

from themekit.site.conditions import Facts
from themekit.site.inputs import BRAND_FOLDER, CARD
from themekit.site.pages import expand_page, parse_page
from themekit.site.placeholder import resolve_words, word_of
from themekit.site.sanitise import sanitise

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from mkdocs.structure.pages import Page

    from themekit.site.inputs import SiteInputs

OG_LOCALES = {"en": "en_US", "de": "de_DE"}
PARTNER_KEYS = frozenset({"title", "description", "tags", "hide"})
"""Others choose templates, icons by path or scripts: not a partner's business."""


def finished_metadata(meta: Mapping[str, object], fields: Mapping[str, str], *, is_partner: bool) -> dict[str, object]:
    """A page's front matter with placeholders resolved; title and description are escaped for templates."""
    found: dict[str, object] = {}
    for key, value in meta.items():
        if is_partner and key not in PARTNER_KEYS:
            continue
        if key in {"title", "description"}:
            found[key] = escape(expand_text(str(value), fields))
        elif is_partner and isinstance(value, list):
            found[key] = [escape(str(item)) for item in value]
        elif not is_partner or key != "tags":
            found[key] = value
    return found


def finished_title(page: Page, fields: Mapping[str, str], *, is_partner: bool) -> Markup:
    """The page's title, escaped. From a heading it already is HTML, with words for values; see placeholder.py."""
    title = page.title or ""
    if isinstance(title, Markup):
        return title
    if "title" in page.__dict__:  # from mkdocs.yml: plain text
        return escape(expand_text(title, fields))
    if is_partner:
        title = sanitise(title)
    # Python-Markdown has escaped the heading's text, and no tag is left in it.
    return Markup(resolve_words(title, lambda name: str(escape(fields.get(name, "")))))  # noqa: S704


def title_with_words(page: Page) -> str:
    """The title that `finished_title` finishes, as plain text with words for values."""
    title = page.title or ""
    return text_with_words(title) if "title" in page.__dict__ else html.unescape(title)


def section_title_with_words(page: Page) -> str:
    """The title of the outermost section that a page of the navigation is in, as plain text; "" if it is in none."""
    title, parent = "", page.parent
    while parent is not None:
        title, parent = parent.title, parent.parent
    return text_with_words(title)


def text_with_words(text: str) -> str:
    """A line of text with words for its placeholders."""
    return _expanded(text, word_of)


def expand_text(text: str, fields: Mapping[str, str]) -> str:
    """A line of text with its placeholders filled in, nothing escaped."""
    return _expanded(text, lambda name: fields.get(name, ""))


def _expanded(text: str, value: Callable[[str], str]) -> str:
    nodes, _ = parse_page(text, PurePosixPath("text"))
    return expand_page(nodes, Facts(frozenset(), frozenset(), ""), value=value)


def page_data(page: Page, inputs: SiteInputs) -> dict[str, object]:
    """Plain values for the page's templates: `address` and `image` are absolute, `json_ld` is schema.org's."""
    fields = inputs.fields
    title = html.unescape(str(page.title))
    description = html.unescape(str(page.meta.get("description") or "")) or fields["description"]
    address = urljoin(fields["urls.site"], page.url)
    image = urljoin(fields["urls.site"], str(BRAND_FOLDER / CARD))
    publisher = {"@type": "Organization", "name": fields["legalName"], "url": fields["urls.home"]}
    site = {"@type": "WebSite", "name": fields["name"], "url": fields["urls.site"], "publisher": publisher}
    article = {
        "@type": "TechArticle",
        "headline": title,
        "description": description,
        "inLanguage": inputs.variant.locale,
        "url": address,
        "image": image,
        "isPartOf": site,
    }
    data = {**site, "inLanguage": inputs.variant.locale} if page.is_homepage else article
    return {
        "address": address,
        "image": image,
        "title": fields["name"] if page.is_homepage else title,
        "description": description,
        "og_locale": OG_LOCALES.get(inputs.variant.locale, inputs.variant.locale),
        "type": "website" if page.is_homepage else "article",
        "json_ld": {"@context": "https://schema.org", **data},
    }
