"""Texts that match a pattern, made from its tree: the shortest first, always the same ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from themekit.sandbox.ecma import (
    Assertion,
    Back,
    Chars,
    Choice,
    Group,
    NotAPattern,
    Repeat,
    Sequence,
    parse_pattern,
)
from themekit.sandbox.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.sandbox.ecma import Node, Ranges

MAX_TRIES = 60
MAX_LENGTH = 20_000
_NICE = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_PLAIN = _NICE + "-_. /:@+,;=!#$%&()*<>?[]^{|}~'\"\\`"


def matching(pattern: str, *, shortest: int = 0, longest: int | None = None, variant: int = 0) -> Iterator[str]:
    """Texts that the pattern is found in, of a length between the two; other texts for another `variant`."""
    expression = compiled(pattern)
    if expression is None:
        return
    try:
        tree = parse_pattern(pattern)
    except NotAPattern:  # pragma: no cover - it was compiled
        return
    written = tuple(_written(tree, shortest=shortest, variant=variant))
    seen: set[str] = set()
    for text in (*written, *(padded for each in written for padded in _padded(each, shortest))):
        if text in seen or len(text) < shortest or (longest is not None and len(text) > longest):
            continue
        seen.add(text)
        if expression.search(text):
            yield text


def _written(tree: Node, *, shortest: int, variant: int) -> Iterator[str]:
    for attempt in range(MAX_TRIES):
        more = attempt if attempt < MAX_TRIES // 2 else shortest - MAX_TRIES + attempt
        for turn in (variant + attempt, attempt % 7):
            yield _Writer(more=max(0, more), turn=turn).text(tree)


def _padded(text: str, shortest: int) -> Iterator[str]:
    if len(text) < shortest:
        yield text + "a" * (shortest - len(text))
        yield "a" * (shortest - len(text)) + text


@dataclass(slots=True)
class _Writer:
    """Writes one text. `more`: how often beyond the least a repetition is written; `turn`: which choice is taken."""

    more: int
    turn: int
    count: int = 0
    size: int = 0
    groups: dict[int, str] = field(default_factory=dict)

    def text(self, node: Node) -> str:
        match node:
            case Chars(ranges):
                self.size += 1
                return self.char(ranges)
            case Sequence(items):
                return "".join(map(self.text, items))
            case Choice(options):
                return self.text(options[self.turn % len(options)])
            case Repeat(item, low, high):
                return self.repeated(item, low=low, high=high)
            case Group(item, number):
                self.groups[number] = self.text(item)
                return self.groups[number]
            case Back(number):
                return self.groups.get(number, "")
            case Assertion(kind, item):
                return self.text(item) if kind == "(?=" and item is not None and self.turn % 2 else ""

    def repeated(self, item: Node, *, low: int, high: int | None) -> str:
        times = low + (self.more if high is None else min(self.more, high - low))
        found: list[str] = []
        for _ in range(times):
            if self.size > MAX_LENGTH:
                break
            found.append(self.text(item))
        return "".join(found)

    def char(self, ranges: Ranges) -> str:
        choices = _choices(ranges)
        if not choices:
            return ""
        self.count += 1
        return choices[(self.count * 7 + self.turn * 3) % len(choices)] if len(choices) > 1 else choices


@cache
def _choices(ranges: Ranges) -> str:
    """Characters of the class that read well, else its first ones."""
    for alphabet in (_NICE, _PLAIN):
        found = "".join(each for each in alphabet if any(low <= ord(each) <= high for low, high in ranges))
        if found:
            return found
    points = (point for low, high in ranges for point in range(low, min(high, low + 30) + 1))
    return "".join(chr(point) for point in points if not 0xD800 <= point < 0xE000)[:40]
