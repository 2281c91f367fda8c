"""Coverage as text for people, as JSON for programs, and as diagnostics at the places where something is missing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Reporter, Severity, Span
from themekit.source.audit.coverage import LEVELS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from themekit.diagnostics import Diagnostic
    from themekit.model.origin import Origin
    from themekit.source.audit.coverage import Coverage, Level, Missing, OperationCoverage, Tally

UNDOCUMENTED = Code(
    "undocumented-operation", Severity.WARNING, "An operation lacks what a level of documentation asks for."
)
UNCHECKED_SAMPLES = Code(
    "unchecked-samples", Severity.WARNING, "Samples of the reference were not compiled since they were made."
)


def coverage_diagnostics(coverage: Coverage, level: Level) -> tuple[Diagnostic, ...]:
    """What is missing for this level and those below, each at its place.

    What nobody looked for at any operation is left out: `unchecked-samples` tells of that once for each language.
    """
    report = Reporter()
    unchecked = [{one.what for one in each.missing if one.is_unchecked} for each in coverage.operations]
    everywhere = set.intersection(*unchecked) if unchecked else set()
    for each in coverage.operations:
        for missing in each.missing:
            if missing.what not in everywhere and LEVELS.index(missing.level) <= LEVELS.index(level):
                message = f"`{_name(each)}` has not {missing.what}, which {missing.level} asks for"
                report(UNDOCUMENTED, missing.origin, message)
    return report.diagnostics


def coverage_text(coverage: Coverage, *, level: Level, minimum: float) -> str:
    """A table of tags and operations, and the total last."""
    rows = [("", "operations", *LEVELS)]
    for tag in coverage.tags:
        rows.append(_row(tag, tag.name or "(no tag)"))
        for each in coverage.operations:
            if tag.name in (each.operation.tags or ("",)):
                marks = ["yes" if each.reaches(one) else "no" for one in LEVELS]
                rows.append((f"  {_name(each)}", "", *marks))
    rows.append(_row(coverage.total, "all"))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [
        "  ".join(
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
    return "\n".join((*lines, "", _verdict(coverage, level, minimum), ""))


def coverage_json(
    coverage: Coverage,
    *,
    level: Level,
    minimum: float,
    places: Mapping[Origin, Span],
    rules: Iterable[Diagnostic] = (),
) -> str:
    """The same as one JSON object, with lines and columns; `rules` is what was found besides."""
    document = {
        "version": 1,
        "level": level,
        "minimum": minimum,
        "passed": is_passed(coverage, level=level, minimum=minimum),
        "total": _tally_json(coverage.total),
        "tags": [{"tag": tag.name, **_tally_json(tag)} for tag in coverage.tags],
        "operations": [
            {
                "id": each.operation.id,
                "method": each.operation.method,
                "path": each.operation.path,
                "tags": list(each.operation.tags),
                "levels": [one for one in LEVELS if each.reaches(one)],
                "missing": [_missing_json(one, places) for one in each.missing],
            }
            for each in coverage.operations
        ],
        "rules": [_rule_json(each) for each in rules],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def is_passed(coverage: Coverage, *, level: Level, minimum: float) -> bool:
    """The share of operations that reach the level is large enough."""
    return coverage.total.percent(level) >= minimum


def _verdict(coverage: Coverage, level: Level, minimum: float) -> str:
    percent = coverage.total.percent(level)
    word = "enough" if percent >= minimum else "too little"
    return f"{percent:.1f} % of {coverage.total.count} operations reach {level}, {minimum:g} % is the least: {word}"


def _row(tally: Tally, name: str) -> tuple[str, ...]:
    return (name, str(tally.count), *(f"{tally.percent(level):.0f} %" for level in LEVELS))


def _name(each: OperationCoverage) -> str:
    return f"{each.operation.method} {each.operation.path}"


def _tally_json(tally: Tally) -> dict[str, object]:
    return {"operations": tally.count, **{level: round(tally.percent(level), 2) for level in LEVELS}}


def _missing_json(missing: Missing, places: Mapping[Origin, Span]) -> dict[str, object]:
    place = None if missing.origin is None else places.get(missing.origin)
    return {"level": missing.level, "what": missing.what, **_place_json(place)}


def _rule_json(found: Diagnostic) -> dict[str, object]:
    hint = {} if found.hint is None else {"hint": found.hint}
    place = found.place if isinstance(found.place, Span) else None
    return {"code": found.code, "severity": str(found.severity), "message": found.message, **hint, **_place_json(place)}


def _place_json(place: Span | None) -> dict[str, object]:
    return {} if place is None else {"file": str(place.path), "line": place.line, "column": place.column}
