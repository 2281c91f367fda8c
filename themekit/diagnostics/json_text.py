"""Diagnostics as JSON for programs: one document, or one object a line. Keys are always the same, in the same order."""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import TYPE_CHECKING

from themekit.diagnostics.codes import docs_url
from themekit.diagnostics.diagnostic import Span
from themekit.diagnostics.order import counts, in_order
from themekit.diagnostics.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from themekit.diagnostics.diagnostic import Diagnostic
    from themekit.model import Origin

    Place = dict[str, str | int | None]

VERSION = 1  # of the document's form; a key that goes, or means something else, makes it 2


def render_json(
    diagnostics: Iterable[Diagnostic], docs: str, *, also: Mapping[str, object] = MappingProxyType({})
) -> str:
    """One object: version, the numbers of errors and warnings, and the diagnostics as in `render_json_lines`.

    `also` are members of their own between these, by names that the document has not.
    """
    shown = in_order(diagnostics)
    errors, warnings = counts(shown)
    found = [_object(diagnostic, docs) for diagnostic in shown]
    document = {"version": VERSION, "errors": errors, "warnings": warnings, **also, "diagnostics": found}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def render_json_lines(diagnostics: Iterable[Diagnostic], docs: str) -> str:
    """One line per diagnostic: code, severity, message, path, line, column, length, pointer, hint, notes, docs.

    `docs` is the address of the published docs, which the last key is joined with.
    """
    return "".join(
        json.dumps(_object(diagnostic, docs), ensure_ascii=False) + "\n" for diagnostic in in_order(diagnostics)
    )


def _object(diagnostic: Diagnostic, docs: str) -> dict[str, object]:
    return {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "message": printable(diagnostic.message),
        **_place(diagnostic.place),
        "hint": None if diagnostic.hint is None else printable(diagnostic.hint),
        "notes": [{"message": printable(note.message), **_place(note.place)} for note in diagnostic.notes],
        "docs": docs_url(diagnostic.code, docs),
    }


def _place(place: Span | Origin | None) -> Place:
    none: Place = {"path": None, "line": None, "column": None, "length": None, "pointer": None}
    if place is None:
        return none
    path = printable(str(place.path))
    if isinstance(place, Span):
        return {**none, "path": path, "line": place.line, "column": place.column, "length": place.length}
    return {**none, "path": path, "pointer": printable(place.pointer)}
