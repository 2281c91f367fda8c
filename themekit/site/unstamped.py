"""What is said of files that are rendered for each brand: where one page is the cause, at the placeholder in it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from themekit.diagnostics import Reporter
from themekit.site.comparing import source_of
from themekit.site.compiling import MANY_FILES, NOT_STAMPED, not_stamped
from themekit.site.fields import BY_NAME
from themekit.source.locate import span_at

if TYPE_CHECKING:
    from collections.abc import Iterable

    from themekit.diagnostics import Diagnostic, Span
    from themekit.model import SiteTemplate, SourceFile

_NAME = re.compile(r"`(?:brand\.)?([A-Za-z.]+)`")


def unstamped(template: SiteTemplate, sources: Iterable[SourceFile], *, locale: str) -> tuple[Diagnostic, ...]:
    """A warning for each file that the template leaves out, or one for many of one reason.

    `sources` are the project's pages and the brand's own.
    """
    pages = {source.path: source for source in sources}
    counts = Counter(reason for _, reason in template.plain)
    many = tuple((path, reason) for path, reason in template.plain if counts[reason] > MANY_FILES)
    report = Reporter()
    for path, reason in template.plain:
        if counts[reason] > MANY_FILES:
            continue
        source = source_of(path, pages, locale=locale)
        place = None if source is None else _placeholder(pages[source], reason)
        report(NOT_STAMPED, place, f"`{path}` is rendered for each brand: {reason}")
    return (*report.diagnostics, *not_stamped(replace(template, plain=many)))


def _placeholder(page: SourceFile, reason: str) -> Span:
    """The page's first placeholder of the field that the reason names; else its first one; else its begin."""
    text = page.content.decode("utf-8-sig", errors="replace")
    named = [re.escape(name) for name in _NAME.findall(reason) if name in BY_NAME]
    for name in (*named, r"[A-Za-z.]+"):
        if found := re.search(rf"\{{\{{\s*brand\.{name}\s*\}}\}}", text):
            return span_at(page.path, text, start=found.start(), end=found.end())
    return span_at(page.path, text, start=0, end=1)
