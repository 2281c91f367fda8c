"""A comparison of gateways as text for a terminal, as Markdown for a page, and as JSON for programs."""

from __future__ import annotations

import json
import re
import textwrap
from typing import TYPE_CHECKING

from themekit.model.gateway import Exactness

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from themekit.gateway.comparison import Cell, Column, Comparison, Problem

WIDTH = 100
FIRST, GAP = 17, 2
WIDEST, NARROWEST = 26, 10
_MARKUP = re.compile(r"([\\`*_\[\]<>|{}#&~$^]|=(?==)|:(?=\S))")


def comparison_text(comparison: Comparison, *, width: int = WIDTH) -> str:
    """A table that is not wider than `width`, what stands behind each mark, and what each gateway needs.

    If there are more gateways than fit side by side, there are several tables.
    """
    numbers = {_place(cell): number for number, cell in enumerate(comparison.inexact, start=1)}
    lines = [f"The policy of `{comparison.policy}`, gateway by gateway"]
    at_once = max(1, (width - FIRST) // (NARROWEST + GAP))
    for start in range(0, len(comparison.columns), at_once):
        lines += ["", *_table(comparison, slice(start, start + at_once), numbers=numbers, width=width)]
    lines += ["", *(line for column in comparison.columns for line in _verdict(column, width))]
    about = _about(comparison)
    lines += ["", *about] if about else []
    if numbers:
        lines.append("")
    for cell in comparison.inexact:
        lines += _wrapped(f"[{numbers[_place(cell)]}] ", _note(cell), width)
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _about(comparison: Comparison) -> list[str]:
    lines: list[str] = []
    if any(column.problems for column in comparison.columns):
        lines.append("*: not all that this policy asks of it; what not, stands under the gateway's name.")
    if comparison.answers:
        lines.append("In brackets: refusals that a gateway answers with another status than is meant.")
    return lines


def _table(comparison: Comparison, part: slice, *, numbers: dict[tuple[str, str], int], width: int) -> Iterator[str]:
    columns = comparison.columns[part]
    each = min(WIDEST, (width - FIRST) // len(columns) - GAP)
    yield from _line("feature", [f"{c.name} (target)" if c.is_target else c.name for c in columns], each)
    yield from _line("-" * (FIRST - 1), ["-" * each for _ in columns], each)
    for row in comparison.rows:
        shown = [_mark(cell, numbers.get(_place(cell))) for cell in row.cells[part]]
        yield from _line(row.feature if row.is_used else f"({row.feature})", shown, each)
    for answer in comparison.answers:
        shown = [_answer(status, answer.status) for status in answer.statuses[part]]
        yield from _line(f"[{answer.reason}]", shown, each)


def _place(cell: Cell) -> tuple[str, str]:
    return cell.gateway, cell.support.feature


def _line(first: str, cells: Sequence[str], each: int) -> Iterator[str]:
    """One row, which takes as many lines as its fullest cell."""
    wrapped = [textwrap.wrap(first, FIRST - 1), *(textwrap.wrap(cell, each) for cell in cells)]
    for number in range(max(len(lines) for lines in wrapped)):
        parts = [lines[number] if number < len(lines) else "" for lines in wrapped]
        yield parts[0].ljust(FIRST) + "".join(part.ljust(each + GAP) for part in parts[1:])


def _mark(cell: Cell, number: int | None) -> str:
    star = " *" if cell.has_problem else ""
    if number is None:
        return f"{cell.support.exactness}{star}"
    state = ", accepted" if cell.is_accepted else ""
    return f"{cell.support.exactness}{state} [{number}]{star}"


def _status(status: int | None) -> str:
    return "none" if status is None else str(status) if status else "of the API"


def _answer(status: int | None, meant: int | None) -> str:
    return _status(status) if status == meant else f"{_status(status)}, not {_status(meant)}"


def _verdict(column: Column, width: int) -> list[str]:
    lines = _wrapped(f"{column.name}: ", f"{column.verdict} ({column.summary})", width)
    return [*lines, *(line for each in column.problems for line in _wrapped("  - ", _problem(each), width))]


def _problem(problem: Problem) -> str:
    return f"{problem.message}; {'a form of it' if problem.can_be_accepted else 'nothing'} can be accepted"


def _note(cell: Cell) -> str:
    return f"{cell.gateway}, {cell.support.feature}: {_why(cell)}"


def _why(cell: Cell) -> str:
    """Why it is not exact, and what the policy makes of that, in sentences."""
    support = cell.support
    why = support.why or "its declaration gives no reason"
    if cell.is_accepted:
        summary = next(form.told for form in support.forms if form.name == cell.form)
        return f"{why}; accepted as {cell.form} ({summary}) because “{cell.reason}”"
    if support.forms:
        forms = "; or as ".join(f"{form.name}: {form.told}" for form in support.forms)
        return f"{why}; can be accepted as {forms}"
    return f"{why}; no form of it can be accepted"


def _wrapped(start: str, text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, initial_indent=start, subsequent_indent="    ")


def comparison_markdown(comparison: Comparison, *, title: str) -> str:
    """A page with front matter, two tables and a list. Texts of the policy are escaped: they cannot become markup."""
    head = [f"What each gateway can do of the policy of {comparison.policy}, and what it cannot."]
    columns = comparison.columns
    rule = "|---" * (len(columns) + 1) + "|"
    lines = ["---", f"description: {json.dumps(head[0], ensure_ascii=False)}", "---", "", f"# {_escaped(title)}", ""]
    lines += ["| gateway | target | verdict |", "|---|---|---|"]
    lines += [
        f"| {_escaped(each.summary)} (`{each.name}`) | {'yes' if each.is_target else 'no'} | {_escaped(each.verdict)} |"
        for each in columns
    ]
    lines += ["", f"| feature | {' | '.join(f'`{each.name}`' for each in columns)} |", rule]
    for row in comparison.rows:
        cells = " | ".join(_markdown_cell(cell) for cell in row.cells)
        lines.append(f"| `{row.feature}`{'' if row.is_used else ' (not used)'} | {cells} |")
    problems = [each for column in columns for each in column.problems]
    if problems:
        lines += ["", "Of this policy in particular:", "", *(f"- {_escaped(_problem(each))}" for each in problems)]
    if comparison.answers:
        lines += ["", f"| answer to | meant | {' | '.join(f'`{each.name}`' for each in columns)} |", f"|---{rule}"]
        for answer in comparison.answers:
            shown = " | ".join(_answer(status, answer.status) for status in answer.statuses)
            lines.append(f"| `{answer.reason}` | {_status(answer.status)} | {shown} |")
    return "".join(f"{line}\n" for line in lines)


def _markdown_cell(cell: Cell) -> str:
    exactness = cell.support.exactness
    if exactness is Exactness.EXACT:
        return "exact, **but not for this policy**" if cell.has_problem else str(exactness)
    star = ", not for this policy" if cell.has_problem else ""
    return f"**{exactness}{', accepted' if cell.is_accepted else ''}{star}**: {_escaped(_why(cell))}"


def _escaped(text: str) -> str:
    """Every character that means something in Markdown, or to the portal, as a reference to itself."""
    return _MARKUP.sub(lambda match: f"&#{ord(match[1])};", " ".join(text.split()))


def comparison_json(comparison: Comparison) -> str:
    """The shape is documented in the handbook and only ever grows."""
    shown = {
        "version": 1,
        "policy": comparison.policy,
        "gateways": [
            {
                "name": each.name,
                "summary": each.summary,
                "isTarget": each.is_target,
                "verdict": each.verdict,
                "accepted": each.accepted,
                "toAccept": each.to_accept,
                "impossible": each.impossible,
                "problems": [{"message": p.message, "canBeAccepted": p.can_be_accepted} for p in each.problems],
            }
            for each in comparison.columns
        ],
        "features": [
            {
                "name": row.feature,
                "isUsed": row.is_used,
                "support": {cell.gateway: _json_cell(cell) for cell in row.cells},
            }
            for row in comparison.rows
        ],
        "answers": [
            {
                "reason": each.reason,
                "status": each.status,
                "statuses": dict(zip((c.name for c in comparison.columns), each.statuses, strict=True)),
            }
            for each in comparison.answers
        ],
    }
    return json.dumps(shown, indent=1, ensure_ascii=False) + "\n"


def _json_cell(cell: Cell) -> dict[str, object]:
    accepted = {"form": cell.form, "reason": cell.reason} if cell.is_accepted else None
    return {
        "exactness": cell.support.exactness,
        "why": cell.support.why,
        "forms": [
            {"name": form.name, "summary": form.summary, **({"without": list(form.without)} if form.without else {})}
            for form in cell.support.forms
        ],
        "accepted": accepted,
        "hasProblem": cell.has_problem,
    }
