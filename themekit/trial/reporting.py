"""What came of a suite of attacks, as a table for people, JSON for programs, or JUnit's XML for CI."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from themekit.diagnostics.printable import printable
from themekit.trial.attacking import Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from themekit.trial.attacking import Outcome

HEAD = ("attack", "operation", "expected", "got")
MAX_SHOWN = 200


def table(outcomes: Sequence[Outcome]) -> str:
    """A row for each attack that got another answer than is meant, and below it what was skipped, by reason."""
    through = [each for each in outcomes if each.verdict is Verdict.THROUGH]
    rows = [HEAD, *((each.attack, each.operation, each.expected, each.got) for each in through[:MAX_SHOWN])]
    shown = [tuple(printable(cell) for cell in row) for row in rows]
    widths = [max(len(row[column]) for row in shown) for column in range(len(HEAD))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in shown]
    text = lines if through else []
    if len(through) > MAX_SHOWN:
        text.append(f"… and {len(through) - MAX_SHOWN} more; `--format json` prints them all")
    reasons: dict[str, list[Outcome]] = {}
    for each in outcomes:
        if each.verdict is Verdict.SKIPPED:
            reasons.setdefault(each.reason, []).append(each)
    for reason, skipped in reasons.items():
        names = list(dict.fromkeys(each.attack for each in skipped))
        more = f" and {len(names) - 5} more" if len(names) > 5 else ""
        text.append(printable(f"skipped {len(skipped)}, {reason}: {', '.join(names[:5])}{more}"))
    return "".join(f"{line}\n" for line in text)


def as_json(outcomes: Sequence[Outcome]) -> str:
    """One object a line."""
    return "".join(
        json.dumps(
            {
                "attack": each.attack,
                "operation": each.operation,
                "verdict": str(each.verdict),
                "expected": each.expected,
                "got": each.got,
                "reason": each.reason,
                "seconds": round(each.seconds, 4),
            },
            ensure_ascii=False,
        )
        + "\n"
        for each in outcomes
    )


def as_junit(outcomes: Sequence[Outcome], name: str) -> str:
    """A suite with a case for each attack; the class of a case is the operation."""
    failed = sum(each.verdict is Verdict.THROUGH for each in outcomes)
    skipped = sum(each.verdict is Verdict.SKIPPED for each in outcomes)
    seconds = f"{sum(each.seconds for each in outcomes):.3f}"
    counts = {"tests": str(len(outcomes)), "failures": str(failed), "errors": "0", "skipped": str(skipped)}
    root = ET.Element("testsuites", {**counts, "time": seconds})
    suite = ET.SubElement(root, "testsuite", {"name": printable(name), **counts, "time": seconds})
    for each in outcomes:
        attributes = {"classname": printable(each.operation), "name": printable(each.attack)}
        case = ET.SubElement(suite, "testcase", {**attributes, "time": f"{each.seconds:.3f}"})
        if each.verdict is Verdict.THROUGH:
            said = printable(f"expected {each.expected}, got {each.got}")
            ET.SubElement(case, "failure", {"type": "not-as-meant", "message": said}).text = said
        elif each.verdict is Verdict.SKIPPED:
            ET.SubElement(case, "skipped", {"message": printable(each.reason)})
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'
