"""What the sanitiser took out of a partner's page, as diagnostics at the place in its source.

The page before and after are compared tag by tag, so whatever the reason is, nothing goes unsaid. Only the message
depends on this reading of the HTML, never what is let through.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Diagnostic, Reporter, Severity, Span
from themekit.site.sanitise import is_unsafe_link

if TYPE_CHECKING:
    from collections.abc import Iterable

    from themekit.model import SourceFile

UNSAFE_LINK = Code(
    "unsafe-link", summary="A link of an overlay page has a scheme other than https, http, mailto or tel."
)
PARTNER_MARKUP = Code(
    "partner-markup", Severity.WARNING, "Something that an overlay page may not hold was removed from it."
)
MAX_REPORTED = 50  # of one page: who wrote so many knows by then
_LINKS = {"href", "src"}


@dataclass(frozen=True, slots=True)
class Removal:
    """A tag (`attribute` is ""), an attribute with its value, or one class (`attribute` is "class")."""

    tag: str
    attribute: str = ""
    value: str = ""


def removals_of(before: str, after: str) -> tuple[Removal, ...]:
    """What the HTML before has more of than the HTML after, each thing once, in order."""
    had, has = _Reading(before).found, _Reading(after).found
    lost = [each for each, count in had.items() if count > has[each]]
    tags = {each.tag for each in lost if not each.attribute}
    return tuple(each for each in lost if not each.attribute or each.tag not in tags)[:MAX_REPORTED]


def report_removals(removals: Iterable[Removal], source: SourceFile) -> tuple[Diagnostic, ...]:
    """An error for a link that was cut, a warning for all else."""
    report = Reporter()
    text = source.content.decode(errors="replace").replace("\r\n", "\n")
    for each in removals:
        if each.attribute in _LINKS and is_unsafe_link(each.value, is_picture=each.attribute == "src"):
            place = _find(source, text, (each.value,))
            report(UNSAFE_LINK, place, f"`{each.value[:60]}` is no safe link")
        elif each.attribute:
            place = _find(source, text, (each.value, each.attribute) if each.value else (each.attribute,))
            shown = f"{each.attribute}={each.value[:60]}" if each.value else each.attribute
            report(PARTNER_MARKUP, place, f"`{shown}` was removed from `<{each.tag}>`")
        else:
            place = _find(source, text, (f"<{each.tag}",))
            report(PARTNER_MARKUP, place, f"`<{each.tag}>` was removed, and the text in it kept")
    return report.diagnostics


class _Reading(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: Counter[Removal] = Counter()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found[Removal(tag)] += 1
        for name, value in attrs:
            values = (value or "").split() if name == "class" else [value or ""]
            for each in values:
                self.found[Removal(tag, name, each)] += 1


def _find(source: SourceFile, text: str, wanted: Iterable[str]) -> Span:
    """The first place of the first text that the page has; its first line if Markdown wrote it otherwise."""
    for each in wanted:
        found = re.search(re.escape(each), text, re.IGNORECASE)
        if found:
            start = text.rfind("\n", 0, found.start()) + 1
            line = text.count("\n", 0, found.start()) + 1
            excerpt = text[start:].partition("\n")[0]
            return Span(source.path, line, found.start() - start + 1, len(each), excerpt)
    return Span(source.path, 1, 1)
