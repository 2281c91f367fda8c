"""Diagnostics as SARIF 2.1.0, which code-scanning services and editors read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote

from themekit.diagnostics.codes import docs_page, title
from themekit.diagnostics.diagnostic import Span
from themekit.diagnostics.order import in_order
from themekit.diagnostics.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from themekit.diagnostics.diagnostic import Diagnostic
    from themekit.model import Origin

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render_sarif(diagnostics: Iterable[Diagnostic]) -> str:
    """One SARIF log with one run; its rules are the codes that occur.

    Columns count Unicode code points, as in `Span`. Source: OASIS SARIF 2.1.0, sections 3.13, 3.14, 3.27, 3.30, 3.49.
    """
    shown = in_order(diagnostics)
    codes = sorted({diagnostic.code: diagnostic.severity.value for diagnostic in shown}.items())
    rules = [
        {
            "id": code,
            "shortDescription": {"text": title(code)},
            "help": {"text": f"See {docs_page(code)}"},
            "defaultConfiguration": {"level": level},
        }
        for code, level in codes
    ]
    index = {code: position for position, (code, _) in enumerate(codes)}
    run = {
        "tool": {"driver": {"name": "themekit", "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(diagnostic, index[diagnostic.code]) for diagnostic in shown],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _result(diagnostic: Diagnostic, rule_index: int) -> dict[str, object]:
    hint = "" if diagnostic.hint is None else f"\nhint: {printable(diagnostic.hint)}"
    result: dict[str, object] = {
        "ruleId": diagnostic.code,
        "ruleIndex": rule_index,
        "level": diagnostic.severity.value,
        "message": {"text": printable(diagnostic.message) + hint},
    }
    if diagnostic.place is not None:
        result["locations"] = [_location(diagnostic.place)]
    placed = [(note.message, note.place) for note in diagnostic.notes if note.place is not None]
    if placed:
        result["relatedLocations"] = [
            {"id": number, **_location(place), "message": {"text": printable(message)}}
            for number, (message, place) in enumerate(placed)
        ]
    return result


def _location(place: Span | Origin) -> dict[str, object]:
    physical: dict[str, object] = {"artifactLocation": {"uri": quote(str(place.path))}}
    if isinstance(place, Span):
        physical["region"] = {
            "startLine": place.line,
            "startColumn": place.column,
            "endColumn": place.column + max(1, place.length),
        }
    return {"physicalLocation": physical}
