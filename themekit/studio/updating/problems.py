"""Diagnostics as the browser gets them: plain objects, everything printable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics import Span
from themekit.diagnostics.order import in_order
from themekit.diagnostics.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from themekit.diagnostics import Diagnostic
    from themekit.model import Origin

Problem = dict[str, object]

MAX_PROBLEMS = 100  # more help nobody, and a hostile file has tens of thousands


def problems_of(diagnostics: Iterable[Diagnostic]) -> list[Problem]:
    """In the order of files and lines, errors first, each once, at most MAX_PROBLEMS."""
    ordered = sorted(in_order(diagnostics), key=lambda each: not each.is_error)
    return [problem_of(each) for each in ordered[:MAX_PROBLEMS]]


def problem_of(diagnostic: Diagnostic) -> Problem:
    """One diagnostic; members that are not known are left out."""
    found: Problem = {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "message": printable(diagnostic.message),
        **_place(diagnostic.place, is_whole=True),
        "notes": [{"message": printable(note.message), **_place(note.place)} for note in diagnostic.notes],
    }
    if diagnostic.hint is not None:
        found["hint"] = printable(diagnostic.hint)
    if diagnostic.fix is not None:
        place = diagnostic.fix.place
        found |= {"fix": diagnostic.fix.value, "fixPointer": place.pointer, "fixPath": printable(str(place.path))}
    return found


def _place(place: Span | Origin | None, *, is_whole: bool = False) -> Problem:
    if place is None:
        return {}
    found: Problem = {"path": printable(str(place.path))}
    if not isinstance(place, Span):
        return {**found, "pointer": place.pointer}
    found |= {"line": place.line, "column": place.column}
    if is_whole:
        excerpt = printable(place.excerpt)
        found |= {"length": place.length, "excerpt": excerpt, "excerptColumn": place.excerpt_column}
    return found
