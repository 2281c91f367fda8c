"""Lines as gofmt leaves them: columns aligned in runs, and composite literals.

No width here depends on a brand's value: marks stand only in values, and columns before them.
Source: Go, go/printer/nodes.go (`exprList`, `keepTypeColumn`) and text/tabwriter.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SMALL = 40
_RATIO = 2.5


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a struct or a constant group: its comment lines, and its cells."""

    comment: tuple[str, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Composite:
    """A composite literal on several lines. Entries with a key are `Key: value`."""

    head: str
    entries: tuple[tuple[str, Expression], ...]


Expression = str | Composite


def rows(given: Iterable[Row], indent: str = "\t") -> list[str]:
    """The lines; a comment ends a run of aligned ones."""
    lines: list[str] = []
    run: list[tuple[str, ...]] = []
    for row in given:
        if row.comment:
            lines += _aligned(run, indent)
            run = []
            lines += [f"{indent}{line}" for line in row.comment]
        run.append(row.cells)
    return lines + _aligned(run, indent)


def _aligned(run: Sequence[tuple[str, ...]], indent: str) -> list[str]:
    if not run:
        return []
    widths = [max(len(cells[column]) for cells in run if column < len(cells) - 1) for column in range(_columns(run))]
    return [
        indent + " ".join([*(cell.ljust(width) for cell, width in zip(cells[:-1], widths, strict=False)), cells[-1]])
        for cells in run
    ]


def _columns(run: Sequence[tuple[str, ...]]) -> int:
    return max(len(cells) for cells in run) - 1


def written(expression: Expression, indent: str = "") -> str:
    """The expression, its later lines indented."""
    if isinstance(expression, str):
        return expression
    if not expression.entries:
        return f"{expression.head}{{}}"
    inner = f"{indent}\t"
    texts = [(key, written(value, inner)) for key, value in expression.entries]
    lines = [line for run in _sections(texts) for line in _entries(run, inner)]
    return "\n".join([f"{expression.head}{{", *lines, f"{indent}}}"])


def _sections(entries: list[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """Runs of entries whose values stand in one column."""
    sections: list[list[tuple[str, str]]] = []
    previous = 0
    logs: list[float] = []
    for key, text in entries:
        size = 0 if "\n" in text else len((key or text).encode())
        if not sections or _breaks(previous, size, logs):
            sections.append([])
            logs.clear()
        sections[-1].append((key, text))
        if size > 0:
            logs.append(math.log(size))
        previous = size
    return sections


def _breaks(previous: int, size: int, logs: list[float]) -> bool:
    if previous <= 0 or size <= 0:
        return True
    if not logs or (previous <= _SMALL and size <= _SMALL):
        return False
    ratio = size / math.exp(sum(logs) / len(logs))
    return _RATIO * ratio <= 1 or ratio >= _RATIO


def _entries(run: list[tuple[str, str]], indent: str) -> list[str]:
    width = max(len(key) for key, _ in run) + 2
    return [f"{indent}{f'{key}:'.ljust(width)}{text}," if key else f"{indent}{text}," for key, text in run]
