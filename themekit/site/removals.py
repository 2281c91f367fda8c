"""What the sanitiser took out of a partner's page, as diagnostics at the place in its source.

The page before and after are compared tag by tag, so whatever the reason is, nothing goes unsaid. Only the message
depends on this reading of the HTML, never what is let through.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Diagnostic, Reporter, Severity, Span
from themekit.site.code_spans import blank, without_code
from themekit.site.front_matter import split_front_matter
from themekit.site.sanitise import TAGS, is_unsafe_link

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
# A parser of HTML takes what follows for a part of these: text, or elements of another language than HTML.
_SWALLOWING = ("math", "svg", "textarea", "title", "xmp", "template", "plaintext", "noscript", "iframe", "noembed")


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
    listed, swallowing = _without_consequences(tuple(removals), text)
    if swallowing is not None:
        place = _find(source, text, f"<{swallowing}")
        shown, end = ("a comment", "-->") if swallowing == "!--" else (f"`<{swallowing}>`", f"</{swallowing}>")
        message = f"{shown} was removed, and all markup after it, as it is not closed: the text was kept"
        report(PARTNER_MARKUP, place, message, hint=f"close it with `{end}`, or leave it out")
    for each in listed:
        if each.attribute in _LINKS and is_unsafe_link(each.value, is_picture=each.attribute == "src"):
            place = _find(source, text, each.value, attribute=each.attribute)
            report(UNSAFE_LINK, place, f"`{each.value[:60]}` is no safe link")
        elif each.attribute:
            place = _find(source, text, each.value, attribute=each.attribute)
            shown = f"{each.attribute}={each.value[:60]}" if each.value else each.attribute
            report(PARTNER_MARKUP, place, f"`{shown}` was removed from `<{each.tag}>`")
        else:
            place = _find(source, text, f"<{each.tag}")
            report(PARTNER_MARKUP, place, f"`<{each.tag}>` was removed, and the text in it kept")
    return report.diagnostics


def _without_consequences(removals: tuple[Removal, ...], text: str) -> tuple[tuple[Removal, ...], str | None]:
    """The removals that stand for themselves; and the element, or comment, that took the others with it.

    Tags of the list go only if a parser took them for something else: an unclosed `<math>` makes MathML of all tables
    and code that follow, an unclosed `<textarea>` makes text of them.
    """
    tags = [each.tag for each in removals if not each.attribute]
    if not any(tag in TAGS and tag != "input" for tag in tags):
        return removals, None
    plain = _meant(text).lower()
    unclosed = [tag for tag in _SWALLOWING if plain.count(f"<{tag}") > plain.count(f"</{tag}")]
    first = min((tag for tag in unclosed if tag in tags), key=tags.index, default=None)
    if first is None:
        first = "!--" if plain.count("<!--") > plain.count("-->") else None
        return (() if first else removals), first
    before = removals[: removals.index(Removal(first))]
    return tuple(each for each in before if each.attribute or each.tag not in TAGS), first


def _meant(text: str) -> str:
    """The page without its head and its code, which show tags that nobody removes; every place stays what it is."""
    front = split_front_matter(text)
    head = text[: len(text) - len(front.text)]
    return blank(head) + without_code(front.text)


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


def _find(source: SourceFile, text: str, wanted: str, *, attribute: str = "") -> Span:
    """The first place where the page has the text, as the value of the attribute if there is one; else its first line.

    Code shows what it does not mean, so it is looked at last. HTML may write signs of a value as entities, and
    `attr_list` writes a class or an id without the attribute's name.
    """
    patterns = [f"(?P<it>{re.escape(spelling)})" for spelling in dict.fromkeys((wanted, html.escape(wanted))) if wanted]
    if attribute:
        before = rf"{re.escape(attribute)}\s*=\s*[\"']?"
        patterns = [*(f"{before}{pattern}" for pattern in patterns), *patterns, f"(?P<it>{re.escape(attribute)})"]
    for searched in (_meant(text), text):
        for pattern in patterns:
            found = re.search(pattern, searched, re.IGNORECASE)
            if found:
                offset = found.start("it")
                start = text.rfind("\n", 0, offset) + 1
                excerpt = text[start:].partition("\n")[0]
                column = offset - start + 1
                return Span(source.path, text.count("\n", 0, offset) + 1, column, len(found["it"]), excerpt)
    return Span(source.path, 1, 1)
