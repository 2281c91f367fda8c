"""Diagnostics as SARIF 2.1.0, which code-scanning services and editors read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote

from themekit.diagnostics.codes import docs_url, title
from themekit.diagnostics.diagnostic import Span
from themekit.diagnostics.order import in_order
from themekit.diagnostics.printable import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from themekit.diagnostics.diagnostic import Diagnostic
    from themekit.model import Origin

    Unit = Callable[[str], int]

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render_sarif(diagnostics: Iterable[Diagnostic], docs: str, *, version: str) -> str:
    """One SARIF log with one run of this version of themekit; its rules are the codes that occur.

    `docs` is the address of the published docs. Columns count UTF-16 code units, which is what readers take them for
    that know no other; code points where a line is so long that its start is not known.
    Source: OASIS SARIF 2.1.0, sections 3.13, 3.14, 3.19, 3.27, 3.30, 3.49.
    """
    shown = in_order(diagnostics)
    codes = sorted({diagnostic.code: diagnostic.severity.value for diagnostic in shown}.items())
    rules = [
        {
            "id": code,
            "shortDescription": {"text": title(code)},
            "help": {"text": f"See {docs_url(code, docs)}"},
            "helpUri": docs_url(code, docs),
            "defaultConfiguration": {"level": level},
        }
        for code, level in codes
    ]
    index = {code: position for position, (code, _) in enumerate(codes)}
    places = [place for one in shown for place in (one.place, *(note.place for note in one.notes))]
    unit = _utf16_units if all(map(_is_known_to_its_end, places)) else len
    driver = {"name": "themekit", "version": version, "informationUri": docs, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "utf16CodeUnits" if unit is _utf16_units else "unicodeCodePoints",
        "results": [_result(diagnostic, index[diagnostic.code], unit) for diagnostic in shown],
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _utf16_units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _is_known_to_its_end(place: Span | Origin | None) -> bool:
    """The excerpt has every character up to the end of the place; a place without one must be a line's first."""
    if not isinstance(place, Span):
        return True
    end = place.column - 1 + place.length
    return place.excerpt_column == 1 and (len(place.excerpt) >= end or (not place.excerpt and end == 1))


def _result(diagnostic: Diagnostic, rule_index: int, unit: Unit) -> dict[str, object]:
    hint = "" if diagnostic.hint is None else f"\nhint: {printable(diagnostic.hint)}"
    result: dict[str, object] = {
        "ruleId": diagnostic.code,
        "ruleIndex": rule_index,
        "level": diagnostic.severity.value,
        "message": {"text": printable(diagnostic.message) + hint},
    }
    if diagnostic.place is not None:
        result["locations"] = [_location(diagnostic.place, unit)]
    placed = [(note.message, note.place) for note in diagnostic.notes if note.place is not None]
    if placed:
        result["relatedLocations"] = [
            {"id": number, **_location(place, unit), "message": {"text": printable(message)}}
            for number, (message, place) in enumerate(placed)
        ]
    return result


def _location(place: Span | Origin, unit: Unit) -> dict[str, object]:
    physical: dict[str, object] = {"artifactLocation": {"uri": quote(str(place.path))}}
    if isinstance(place, Span):
        start = place.column - 1
        is_shown = place.excerpt_column == 1 and bool(place.excerpt)
        before = unit(place.excerpt[:start]) if is_shown else start
        marked = unit(place.excerpt[start : start + place.length]) if is_shown else place.length
        physical["region"] = {
            "startLine": place.line,
            "startColumn": 1 + before,
            "endColumn": 1 + before + max(1, marked),
        }
    return {"physicalLocation": physical}
