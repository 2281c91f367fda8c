"""What is said of files that are rendered for each brand: where one page is the cause, at the placeholder in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from themekit.diagnostics import Reporter
from themekit.site.comparing import source_of
from themekit.site.compiling import NOT_STAMPED
from themekit.source.locate import span_at

if TYPE_CHECKING:
    from collections.abc import Iterable

    from themekit.diagnostics import Diagnostic, Span
    from themekit.model import SiteTemplate, SourceFile

_FIELD = re.compile(r"`([A-Za-z.]+)`")


def unstamped(template: SiteTemplate, sources: Iterable[SourceFile], *, locale: str) -> tuple[Diagnostic, ...]:
    """A warning for each file that the template leaves out. `sources` are the project's pages and the brand's own."""
    pages = {source.path: source for source in sources}
    report = Reporter()
    for path, reason in template.plain:
        source = source_of(path, pages, locale=locale)
        place = None if source is None else _placeholder(pages[source], reason)
        report(NOT_STAMPED, place, f"`{path}` is rendered for each brand: {reason}")
    return report.diagnostics


def _placeholder(page: SourceFile, reason: str) -> Span:
    """The page's first placeholder of the field that the reason names; else its first one; else its begin."""
    text = page.content.decode("utf-8-sig", errors="replace")
    named = _FIELD.search(reason)
    wanted = re.escape(named[1]) if named else r"[A-Za-z.]+"
    for name in (wanted, r"[A-Za-z.]+"):
        if found := re.search(rf"\{{\{{\s*brand\.{name}\s*\}}\}}", text):
            return span_at(page.path, text, start=found.start(), end=found.end())
    return span_at(page.path, text, start=0, end=1)
