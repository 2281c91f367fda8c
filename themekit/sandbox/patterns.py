"""Whether a text matches a pattern, in bounded time: a pattern of a description may take years for a short text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from themekit.sandbox.ecma import (
    Assertion,
    Choice,
    Group,
    Node,
    NotAPattern,
    Repeat,
    Sequence,
    as_python,
    parse_pattern,
)

MAX_STEPS = 10_000_000  # a third of a second


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern of ECMA-262 that Python can match."""

    expression: re.Pattern[str]
    tree: Node

    def search(self, text: str) -> bool:
        """The pattern is found in the text; so it is, as far as anyone knows, where looking might take too long."""
        steps = (len(text) + 1) * min(ways(self.tree, len(text) + 1), MAX_STEPS)
        return steps > MAX_STEPS or self.expression.search(text) is not None


@cache
def compiled(text: str) -> Pattern | None:
    """The pattern; None if it is none."""
    try:
        tree = parse_pattern(text)
        return Pattern(re.compile(as_python(tree)), tree)
    except (NotAPattern, re.error, RecursionError, OverflowError):
        return None


def ways(node: Node, length: int) -> int:
    """In how many ways, at most, a matcher may try to fit the node to a text of less than this length."""
    match node:
        case Sequence(items):
            found = 1
            for each in items:
                found = min(found * ways(each, length), MAX_STEPS)
            return found
        case Choice(items):
            return sum(ways(each, length) for each in items)
        case Group(item, _):
            return ways(item, length)
        case Repeat(item, low, high):
            turns = length if high is None else min(high, length)
            inner = ways(item, length)
            if inner == 1:
                return max(1, turns - low + 1)
            cuts = 2 + options(item)  # a text is cut into turns at each character or not, each with its options
            return min(_power(inner, turns), _power(cuts, length))
        case Assertion(_, item) if item is not None:
            return ways(item, length)
    return 1


def options(node: Node) -> int:
    """How many alternatives the node has, at all depths."""
    match node:
        case Sequence(items):
            return sum(map(options, items))
        case Choice(items):
            return len(items) + sum(map(options, items))
        case Group(item, _) | Repeat(item, _, _):
            return options(item)
    return 0


def _power(base: int, exponent: int) -> int:
    """At most what is too much."""
    found = 1
    for _ in range(min(exponent, 64)):
        found = min(found * base, MAX_STEPS)
    return found
