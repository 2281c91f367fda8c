"""The HTML of a partner's page, reduced to what Material's Markdown features need. Everything else goes."""

from __future__ import annotations

import html
import re

import nh3

from themekit.site.safe_names import is_own_name, is_safe_id, safe_classes

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
    "a": {"href", "name"},
    "img": {"src", "alt", "width", "height", "loading"},
    "th": {"colspan", "rowspan", "scope", "align", "style"},
    "td": {"colspan", "rowspan", "align", "style"},
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
_ALIGNMENT = re.compile(r"text-align: ?(?:left|right|center);?")  # all that the tables of Markdown say
_CONTROL = re.compile(r"[\x00-\x20\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
# nh3 writes every attribute in double quotes and escapes every other `<`, so this sees each tag as a browser does.
_TAG = re.compile(r'<(?P<name>/?[a-z][a-z0-9]*)(?P<attributes>(?: [A-Za-z:-]+="[^"]*")*)>')
_SWITCHES = (re.compile(r' type="radio"'), re.compile(r' name="__tabbed_\d+"'), re.compile(r' id="__tabbed_\d+_\d+"'))
_BOX = (re.compile(r' type="checkbox"'), re.compile(r' disabled="'))


def sanitise(text: str) -> str:
    """The HTML without tags, attributes, classes and link schemes that are not on the list.

    Text is never lost, and an unclosed tag takes nothing with it: a script becomes text.
    """
    clean = nh3.clean(
        text,
        tags=set(TAGS),
        clean_content_tags=set(),
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        tag_attribute_values={"input": {"type": {"radio", "checkbox"}}},
        url_schemes=set(URL_SCHEMES),
        link_rel=None,
    )
    return _TAG.sub(_without_fields, clean) if "<input" in clean else clean


def is_unsafe_link(target: str, *, is_picture: bool = False) -> bool:
    """A link whose scheme is not on the list, whatever entities and control characters hide it; or with a host only.

    `//host` has the scheme of the page that it stands on: on a disk it is a file of another machine. A picture comes
    from the portal: from elsewhere it would tell its host of every reader.
    """
    plain = _CONTROL.sub("", html.unescape(html.unescape(target))).lower()
    if re.match(r"[/\\]{2}", plain):
        return True
    scheme, colon, _ = plain.partition(":")
    if not colon or re.search(r"[/?#]", scheme):
        return False
    return scheme not in URL_SCHEMES or (is_picture and scheme != "brand")


def _attribute(tag: str, name: str, value: str) -> str | None:
    match name:
        case "class":
            return safe_classes(tag, value)
        case "src" | "href":
            return None if is_unsafe_link(value, is_picture=name == "src") else value
        case "id":
            return value if is_safe_id(value) else None
        case "name" | "for":
            return value if is_own_name(tag, value) else None
        case "style":
            return value if _ALIGNMENT.fullmatch(value) else None
        case _:
            return value


def _without_fields(match: re.Match[str]) -> str:
    """No field but the boxes of task lists and the switches of tabs: without its type, an input takes text."""
    if match["name"] != "input":
        return match.group()
    is_kept = any(all(each.search(match["attributes"]) for each in kind) for kind in (_SWITCHES, _BOX))
    return match.group() if is_kept else ""
