"""The HTML of a partner's page, reduced to what Material's Markdown features need. Everything else goes."""

from __future__ import annotations

import html
import re

import nh3

URL_SCHEMES = frozenset({"http", "https", "mailto", "tel", "brand"})  # `brand` marks a placeholder; see markdown.py

_TEXT = "p br hr h1 h2 h3 h4 h5 h6 blockquote pre code kbd samp var em strong b i u s del ins mark sub sup small"
_QUOTES = "abbr q cite"
_LISTS = "ul ol li dl dt dd"
_TABLES = "table caption thead tbody tfoot tr th td colgroup col"
_BOXES = "div span section figure figcaption details summary label input a img"
_ICONS = "svg path"
TAGS = frozenset(f"{_TEXT} {_QUOTES} {_LISTS} {_TABLES} {_BOXES} {_ICONS}".split())

ATTRIBUTES: dict[str, set[str]] = {
    "*": {"class", "id", "title", "lang", "dir"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height", "loading"},
    "th": {"colspan", "rowspan", "scope", "align"},
    "td": {"colspan", "rowspan", "align"},
    "col": {"span"},
    "colgroup": {"span"},
    "ol": {"start", "type"},
    "label": {"for"},
    "input": {"checked", "disabled", "name", "data-tabs"},
    "details": {"open"},
    "div": {"data-tabs"},
    "svg": {"viewBox", "xmlns", "width", "height"},
    "path": {"d"},
}
# Material's own ids start with `__`; a page that took one could catch the drawer's or the search's switch.
_OWN_ID = re.compile(r"__(?!tabbed_\d)")
_CONTROL = re.compile(r"[\x00-\x20\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\ufeff]")


def sanitise(text: str) -> str:
    """The HTML without tags, attributes and link schemes that are not on the list.

    Text is never lost, and an unclosed tag takes nothing with it: a script becomes text.
    """
    return nh3.clean(
        text,
        tags=set(TAGS),
        clean_content_tags=set(),
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        tag_attribute_values={"input": {"type": {"radio", "checkbox"}}},
        url_schemes=set(URL_SCHEMES),
        link_rel=None,
    )


def is_unsafe_link(target: str) -> bool:
    """A link whose scheme is not on the list, whatever entities and control characters hide it."""
    plain = _CONTROL.sub("", html.unescape(html.unescape(target))).lower()
    scheme, colon, _ = plain.partition(":")
    return bool(colon) and not re.search(r"[/?#]", scheme) and scheme not in URL_SCHEMES


def _attribute(tag: str, name: str, value: str) -> str | None:
    if name == "src" and re.match(r"(?:[a-z][a-z0-9+.-]*:|[/\\]{2})", _CONTROL.sub("", value), re.IGNORECASE):
        return None  # a picture from elsewhere tells its host of every reader
    if name == "id" and _OWN_ID.match(value):
        return None
    if tag == "input" and name == "name" and not value.startswith("__tabbed_"):
        return None
    return value
