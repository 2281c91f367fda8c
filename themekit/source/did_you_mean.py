"""The nearest name to one that was mistyped; where none is near, the names there are."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

MAX_DISTANCE = 2  # CONVENTIONS, "Errors"; of more than two edits most proposals are wrong
MAX_CANDIDATES = 500  # a hint must not cost more than the reading: a file can hold 30,000 names
MAX_HINTS = 100  # nor must all hints together
MAX_NAME = 200  # characters; the distance of two names of a file's whole length would take hours
MAX_LISTED = 60  # a project of a thousand sections; every list of our own is shorter
SHORT = 4  # in a name this short two edits reach nearly every other name


def nearest(name: str, names: Iterable[str]) -> str | None:
    """The name at the smallest edit distance, at most 2 (1 for short names), the first of equals; or None.

    Case does not count. Distance is Damerau-Levenshtein's, restricted to adjacent swaps ("optimal string alignment").
    """
    if len(name) > MAX_NAME:
        return None
    wanted = name.casefold()
    limit = MAX_DISTANCE if len(wanted) > SHORT else 1
    best: str | None = None
    best_distance = limit + 1
    for candidate in islice(names, MAX_CANDIDATES):
        other = candidate.casefold()
        if abs(len(other) - len(wanted)) >= best_distance:
            continue
        distance = edit_distance(wanted, other, limit=best_distance)
        if distance < best_distance:
            best, best_distance = candidate, distance
    return best


def did_you_mean(name: str, names: Iterable[str], *, before: int = 0) -> str | None:
    """The hint "did you mean `x`?", or None. After many mistakes (`before`) it is always None: nobody reads on."""
    found = nearest(name, names) if before < MAX_HINTS else None
    return None if found is None else f"did you mean `{found}`?"


def did_you_mean_or(name: str, names: Collection[str], *, label: str, before: int = 0) -> str | None:
    """The hint "did you mean `x`?", or all names there are: "known keys: `a`, `b`". None as for `did_you_mean`."""
    if before >= MAX_HINTS or not names:
        return None
    return did_you_mean(name, names) or f"{label}: {listed(names)}"


def listed(names: Collection[str]) -> str:
    """The names in backticks, one after the other; of very many the first."""
    first = (name if len(name) <= MAX_NAME else f"{name[: MAX_NAME - 1]}…" for name in islice(names, MAX_LISTED))
    shown = ", ".join(f"`{name}`" for name in first)
    return shown if len(names) <= MAX_LISTED else f"{shown} and {len(names) - MAX_LISTED} more"


def edit_distance(one: str, other: str, *, limit: int | None = None) -> int:
    """Insertions, deletions, replacements and swaps of neighbours that turn one text into the other.

    With a limit, distances from there on may come out as any number from there on.
    """
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, left in enumerate(one, start=1):
        current = [row]
        for column, right in enumerate(other, start=1):
            cost = min(last[column] + 1, current[-1] + 1, last[column - 1] + (left != right))
            if row > 1 and column > 1 and left == other[column - 2] and one[row - 2] == right:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        if limit is not None and min(current) > limit:
            return limit + 1
        before, last = last, current
    return last[-1]
