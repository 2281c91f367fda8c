"""Where in a Markdown page an element of its built page was written, as far as the element itself says so.

No Markdown is parsed: what stands in the file exactly once is the place, and where nothing does, there is none.
"""

from __future__ import annotations

import re
from contextlib import suppress
from html.parser import HTMLParser
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MIN_TEXT = 3  # characters: less stands anywhere
MAX_RUNS = 6  # of text in one element that are looked for, the longest first
_SAYING = ("src", "href", "alt", "title", "aria-label", "placeholder", "id")
"""Attributes whose value an author wrote, those first that are most their own."""
_CUT = "…"


def written_at(source: str, html: str) -> tuple[int, int] | None:
    """Where what the element was made from begins and ends in the page's Markdown; None if that is not sure.

    `html` is the element as a browser writes it, with white space collapsed. It may be cut, and ends with `…` then.
    """
    for pattern in _patterns(html):
        found = tuple(islice(pattern.finditer(source), 2))
        if len(found) == 1:
            return found[0].span()
    return None


def _patterns(html: str) -> Iterator[re.Pattern[str]]:
    """What to look for: the element itself, its first tag, its texts, what its attributes name."""
    parts = _Parts(html)
    if parts.tag and not parts.is_cut:
        yield _pattern(html)
    if parts.tag:
        yield _pattern(parts.tag)
    texts = sorted(parts.texts, key=lambda text: -len(text))[:MAX_RUNS]
    values = (parts.attributes[name] for name in _SAYING if name in parts.attributes)
    # Links to pages are rewritten, but for the name of what they lead to.
    for text in (*texts, *(each for value in values for each in dict.fromkeys((value, value.rpartition("/")[2])))):
        if len(text) >= MIN_TEXT:
            yield _pattern(text)


def _pattern(text: str) -> re.Pattern[str]:
    """The text as whole words, with any white space where it has some: lines of a file are broken anywhere."""
    inner = r"\s+".join(map(re.escape, text.split()))
    start = r"(?<!\w)" if re.match(r"\w", text) else ""
    end = r"(?!\w)" if re.search(r"\w\Z", text) else ""
    return re.compile(f"{start}{inner}{end}")


class _Parts(HTMLParser):
    """The first tag of an element, as written and by attribute, and the runs of text between its tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tag = ""
        self.attributes: dict[str, str] = {}
        self.texts: list[str] = []
        self.is_cut = html.endswith(_CUT)
        if self.is_cut:
            whole = html.removesuffix(_CUT)
            is_in_tag = whole.rfind("<") > whole.rfind(">")
            # Half a tag is none, and of a text the last word may be half a word.
            html = whole[: whole.rfind("<")] if is_in_tag else whole[: max(whole.rfind(" "), whole.rfind(">") + 1)]
        with suppress(AssertionError):  # of a comment that was cut, or that only looks like one
            self.feed(html)
            self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002  # HTMLParser's
        if not self.tag:
            self.tag = self.get_starttag_text() or ""
            self.attributes = {name: value.strip() for name, value in attrs if value and value.strip()}

    def handle_data(self, data: str) -> None:
        if len(text := data.strip()) >= MIN_TEXT:
            self.texts.append(text)
