"""The known name a mistyped one was probably meant to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_EDITS = 2


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name at edit distance 2 or less, the first of the nearest; None if there is none."""
    best, best_edits = None, MAX_EDITS + 1
    for candidate in known:
        if abs(len(candidate) - len(name)) < best_edits:
            edits = _distance(name, candidate, best_edits - 1)
            if edits < best_edits:
                best, best_edits = candidate, edits
    return best


def _distance(one: str, other: str, limit: int) -> int:
    """Levenshtein's distance, or limit + 1 as soon as it is certain to be more."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        previous, row[0] = row[0], i
        for j, b in enumerate(other, start=1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (a != b))
        if min(row) > limit:
            return limit + 1
    return row[-1]
