"""Which paths of an API can fit one request, found by walking a tree of their segments.

A segment with an expression (`{id}`, `v{number}.json`) counts as one that fits every other.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_EXPRESSION = re.compile(r"\{[^{}]*\}")


def overlap(template: str, others: Iterable[str]) -> bool:
    """Some path could fit the template and one of the others."""
    own = template.split("/")
    for other in others:
        if other.count("/") != len(own) - 1 or ("{" not in other and "{" not in template):
            continue
        if all(a == b or "{" in a or "{" in b for a, b in zip(own, other.split("/"), strict=True)):
            return True
    return False


def overlapping(paths: Sequence[str]) -> dict[str, list[str]]:
    """For each path the later ones, in their order, that some request fits, too. Of two, one has an expression.

    Comparing each with each took a second for 600 paths; a tree costs what there is to find.
    """
    tree = _tree(enumerate(paths))
    found: dict[str, list[str]] = {}
    for number, path in enumerate(paths):
        fitting = _fitting(tree, path)
        found[path] = _with_an_expression(path, map(paths.__getitem__, fitting[bisect_right(fitting, number) :]))
    return found


def among(paths: Sequence[str]) -> Callable[[str], list[str]]:
    """A function: which of these paths, in their order, some request fits that fits another path, too."""
    tree = _tree(enumerate(paths))

    def overlapping_with(path: str) -> list[str]:
        return _with_an_expression(path, map(paths.__getitem__, _fitting(tree, path)))

    return overlapping_with


def _with_an_expression(path: str, others: Iterable[str]) -> list[str]:
    return list(others) if "{" in path else [each for each in others if "{" in each]


@dataclass(slots=True)
class _Segment:
    """What may follow a segment, by its text, with and without expressions. `ends`: paths that end here."""

    literal: dict[str, _Segment] = field(default_factory=dict)
    variable: dict[str, _Segment] = field(default_factory=dict)
    ends: list[int] = field(default_factory=list)


def _tree(paths: Iterable[tuple[int, str]]) -> _Segment:
    root = _Segment()
    for number, path in paths:
        node = root
        for part in path.split("/"):
            branch = node.variable if "{" in part else node.literal
            node = branch.setdefault(_EXPRESSION.sub("{}", part), _Segment())
        node.ends.append(number)
    return root


def _fitting(root: _Segment, path: str) -> list[int]:
    """The numbers of all paths that overlap with this one, itself among them, in order."""
    here = [root]
    for part in path.split("/"):
        further = list(chain.from_iterable(node.variable.values() for node in here))
        if "{" in part:
            further += chain.from_iterable(node.literal.values() for node in here)
        else:
            further += [node.literal[part] for node in here if part in node.literal]
        here = further
    return sorted(chain.from_iterable(node.ends for node in here))
