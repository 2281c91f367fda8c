"""The order in which diagnostics are shown: by file, line and column, whatever the order they were found in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics.code import Severity
from themekit.diagnostics.diagnostic import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from themekit.diagnostics.diagnostic import Diagnostic


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Sorted by path, line, column, code and message; without repetitions. Those without a place come first."""
    return tuple(sorted(dict.fromkeys(diagnostics), key=_key))


def counts(diagnostics: Iterable[Diagnostic]) -> tuple[int, int]:
    """How many errors and how many warnings."""
    severities = [diagnostic.severity for diagnostic in diagnostics]
    return severities.count(Severity.ERROR), severities.count(Severity.WARNING)


def _key(diagnostic: Diagnostic) -> tuple[str, int, int, str, str, str]:
    place = diagnostic.place
    path = "" if place is None else str(place.path)
    line, column = (place.line, place.column) if isinstance(place, Span) else (0, 0)
    pointer = "" if place is None or isinstance(place, Span) else place.pointer
    return (path, line, column, pointer, diagnostic.code, diagnostic.message)
