"""The escapings a value can go through on its way into a file, by name, alone and one after the other.

A name such as `text+json` is a chain: first `text`, then `json`. Each step is exactly what some renderer does.
"""

from __future__ import annotations

import html
import json
import re
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from markupsafe import escape

if TYPE_CHECKING:
    from collections.abc import Callable


def _html(value: str) -> str:
    """Markup for text and attributes, as markupsafe and Jinja write it."""
    return str(escape(value))


def _text(value: str) -> str:
    """Markup for text, quotes left alone: Material's search index."""
    return html.escape(value, quote=False)


def _attribute(value: str) -> str:
    """Markup for a double-quoted attribute: Python-Markdown's serialiser, html5ever's."""
    return html.escape(value, quote=False).replace('"', "&quot;")


def _python_html(value: str) -> str:
    """Markup as `html.escape` writes it: `&quot;` and `&#x27;`."""
    return html.escape(value)


def _json(value: str) -> str:
    """The inside of a JSON string in ASCII."""
    return json.dumps(value)[1:-1]


def _unicode_json(value: str) -> str:
    """The inside of a JSON string in UTF-8."""
    return json.dumps(value, ensure_ascii=False)[1:-1]


def _script_json(value: str) -> str:
    """The inside of a JSON string within a script element: Jinja's `tojson`."""
    escaped = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "'": "\\u0027"}
    return re.sub("[<>&']", lambda match: escaped[match.group()], _json(value))


def site_path(value: str) -> str:
    """The path of an address, percent-encoded: `/docs/` of `https://x.example/docs/`.

    The error page may be shown at any address, so its links begin with this path, in attributes and in JSON alike.
    """
    return quote(urlsplit(value).path, safe="/%:@!$()*+,;=~")


def _host(value: str) -> str:
    """The host of an address."""
    return urlsplit(value).netloc


def _slug(value: str) -> str:
    """A heading's id: Python-Markdown's slug with Unicode letters."""
    return re.sub(r"[\s-]+", "-", re.sub(r"[^\w\s-]", "", value).strip().lower())


def _folded(value: str) -> str:
    """One space for each run of white space: markupsafe's `striptags`, in labels of nested headings."""
    return " ".join(value.split())


_ACTIVE = re.compile(
    r"""[\\`*\[\]()<>|~#"]           # spans, links, tables, headings, titles of links
      | (?<![^\W_])_ | _(?![^\W_])  # not within a word: `snake_case` is no emphasis
      | &(?!\s) | !$ | ^[-+=:]      # an entity; a picture with the page's `[` after it; at a line's start""",
    re.VERBOSE,
)


def _markdown(value: str) -> str:
    """Text of Markdown, in prose, titles and targets of links. Source: CommonMark 0.31, "Backslash escapes"."""
    return re.sub(r"^(\d{1,9})\.", r"\1\\.", _ACTIVE.sub(r"\\\g<0>", value))


def _markdown_line(value: str) -> str:
    """The same where no title of a link can stand, so that a quote is only a quote."""
    return _markdown(value).replace('\\"', '"')


def _markdown_tag(value: str) -> str:
    """Within the angle brackets of Markdown, be they a tag's, an address's or none: what is active is an entity."""
    return re.sub(r"[&\"'<>\[\]`\\*~]", lambda match: f"&#{ord(match.group())};", value)


def _markdown_code(value: str) -> str:
    """Code of Markdown, which knows no escapes: what could end it becomes an apostrophe."""
    return re.sub(r"`|~{3,}", "'", value)


STEPS: dict[str, Callable[[str], str]] = {
    "raw": str,
    "html": _html,
    "text": _text,
    "attribute": _attribute,
    "python-html": _python_html,
    "json": _json,
    "unicode-json": _unicode_json,
    "script-json": _script_json,
    "path": site_path,
    "host": _host,
    "folded": _folded,
    "quoted": quote,
    "dash": lambda value: value.replace(" ", "-"),
    "plus": lambda value: value.replace(" ", "+"),
    "lower": str.lower,
    "slug": _slug,
    "markdown": _markdown,
    "markdown-line": _markdown_line,
    "markdown-tag": _markdown_tag,
    "markdown-code": _markdown_code,
}

_TAKING_APART = ("path", "host")
_FIRST = (*_TAKING_APART, "folded")
_WRITING = tuple(name for name in STEPS if name not in {"raw", *_FIRST} and not name.startswith("markdown"))

ESCAPINGS: tuple[str, ...] = (
    *STEPS,
    *(f"{one}+{other}" for one, other in product(_FIRST + _WRITING, _WRITING + _TAKING_APART)),
)
"""Simple ones first: of two that write a probe alike, and so every value of its kind, the first is taken."""


@lru_cache(maxsize=4096)
def apply_escaping(name: str, value: str) -> str:
    """The value as the named escaping writes it. Raises KeyError for an unknown name."""
    for step in name.split("+"):
        value = STEPS[step](value)
    return value
