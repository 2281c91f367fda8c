r"""A pattern of ECMA-262 as a tree, and that tree as a pattern of Python.

Descriptions hold patterns of the first kind; what tells whether a text matches here is the second. They differ in `$`,
`\d`, `\w`, `\s`, `.`, names of groups and escapes, so a pattern is never handed over as it is.

Source: ECMA-262, 22.2.1.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Literal

Ranges = tuple[tuple[int, int], ...]

LAST = 0x10FFFF
DIGITS: Ranges = ((0x30, 0x39),)
WORD: Ranges = ((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A))
SPACE: Ranges = (
    (0x09, 0x0D),
    (0x20, 0x20),
    (0xA0, 0xA0),
    (0x1680, 0x1680),
    (0x2000, 0x200A),
    (0x2028, 0x2029),
    (0x202F, 0x202F),
    (0x205F, 0x205F),
    (0x3000, 0x3000),
    (0xFEFF, 0xFEFF),
)
LINE_ENDS: Ranges = ((0x0A, 0x0A), (0x0D, 0x0D), (0x2028, 0x2029))
_CONTROLS = {"n": 0x0A, "r": 0x0D, "t": 0x09, "v": 0x0B, "f": 0x0C, "0": 0x00}
_MAX_DEPTH = 60


@dataclass(frozen=True, slots=True)
class Chars:
    """One character of these."""

    ranges: Ranges


@dataclass(frozen=True, slots=True)
class Sequence:
    """One after the other."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of these, the first that fits."""

    options: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """`low` times or more, at most `high` times if there is an end to it."""

    item: Node
    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class Group:
    """What a back reference means by this number."""

    item: Node
    number: int


@dataclass(frozen=True, slots=True)
class Back:
    """The text of a group once more."""

    number: int


@dataclass(frozen=True, slots=True)
class Assertion:
    """A condition that takes no character: `^`, `$`, `b`, `B`, or a look around with what it looks for."""

    kind: Literal["^", "$", "b", "B", "(?=", "(?!", "(?<=", "(?<!"]
    item: Node | None = None


Node = Chars | Sequence | Choice | Repeat | Group | Back | Assertion


class NotAPattern(ValueError):  # noqa: N818 - it says what the text is
    """The text is no pattern of ECMA-262, or uses what Python cannot match."""


def parse_pattern(text: str) -> Node:
    """The tree of a pattern. Raises NotAPattern."""
    reader = _Reader(text)
    found = reader.choice(0)
    if reader.at < len(text):
        raise NotAPattern(f"`{text[reader.at]}` at {reader.at}")
    return found


def as_python(node: Node) -> str:
    """The tree in the words of Python's `re`."""
    match node:
        case Chars(ranges):
            return _class(ranges)
        case Sequence(items):
            return "".join(map(as_python, items))
        case Choice(options):
            return f"(?:{'|'.join(map(as_python, options))})"
        case Repeat(item, low, high):
            return f"(?:{as_python(item)}){{{low},{'' if high is None else high}}}"
        case Group(item, _):
            return f"({as_python(item)})"
        case Back(number):
            return f"(?:\\{number})"
        case Assertion(kind, item):
            plain = {"^": "\\A", "$": "\\Z", "b": "(?a:\\b)", "B": "(?a:\\B)"}
            return plain[kind] if item is None else f"{kind}{as_python(item)})"


def _class(ranges: Ranges) -> str:
    if not ranges:
        return "(?!)"
    return "[" + "".join(f"\\U{low:08x}-\\U{high:08x}" for low, high in ranges) + "]"


def complement(ranges: Ranges) -> Ranges:
    """Every character that is not among these."""
    found: list[tuple[int, int]] = []
    start = 0
    for low, high in joined(ranges):
        if low > start:
            found.append((start, low - 1))
        start = high + 1
    if start <= LAST:
        found.append((start, LAST))
    return tuple(found)


def joined(ranges: Ranges) -> Ranges:
    """The same characters in ascending ranges that do not touch."""
    found: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if found and low <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(high, found[-1][1]))
        else:
            found.append((low, high))
    return tuple(found)


@cache
def property_ranges(name: str) -> Ranges:
    """The characters of a general category, by its short name: `L`, `Lu`, `N`, …. Raises NotAPattern for others."""
    written = name.removeprefix("General_Category=").removeprefix("gc=")
    short = _LONG_NAMES.get(written, written)
    if not re.fullmatch(r"[LMNPSZC][a-z]?", short):
        raise NotAPattern(f"`{name}` is no general category")
    points = (point for point in range(0x30000) if unicodedata.category(chr(point)).startswith(short))
    return joined(tuple((point, point) for point in points))


_LONG_NAMES = {
    "Letter": "L",
    "Alphabetic": "L",
    "Lowercase_Letter": "Ll",
    "Uppercase_Letter": "Lu",
    "Mark": "M",
    "Number": "N",
    "Decimal_Number": "Nd",
    "Punctuation": "P",
    "Symbol": "S",
    "Separator": "Z",
    "Space_Separator": "Zs",
    "Other": "C",
}


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.groups = 0
        self.names: dict[str, int] = {}

    def peek(self, size: int = 1) -> str:
        return self.text[self.at : self.at + size]

    def took(self, word: str) -> bool:
        if not self.text.startswith(word, self.at):
            return False
        self.at += len(word)
        return True

    def choice(self, depth: int) -> Node:
        if depth > _MAX_DEPTH:
            raise NotAPattern("groups are nested too deep")
        options = [self.sequence(depth)]
        while self.took("|"):
            options.append(self.sequence(depth))
        return options[0] if len(options) == 1 else Choice(tuple(options))

    def sequence(self, depth: int) -> Node:
        items: list[Node] = []
        while self.peek() not in {"", "|", ")"}:
            items.append(self.repeated(self.atom(depth)))
        return items[0] if len(items) == 1 else Sequence(tuple(items))

    def repeated(self, item: Node) -> Node:
        found = re.compile(r"[*+?]|\{(\d+)(,(\d*))?\}").match(self.text, self.at)
        if found is None:
            return item
        self.at = found.end()
        self.took("?")  # a lazy one matches the same texts
        match found[0][0]:
            case "*":
                return Repeat(item, 0, None)
            case "+":
                return Repeat(item, 1, None)
            case "?":
                return Repeat(item, 0, 1)
        low = int(found[1])
        high = low if found[2] is None else int(found[3]) if found[3] else None
        if high is not None and high < low:
            raise NotAPattern("a repetition ends before it begins")
        return Repeat(item, low, high)

    def atom(self, depth: int) -> Node:
        if self.peek() == "(":
            return self.group(depth)
        if self.took("["):
            return self.bracket()
        if self.took("^"):
            return Assertion("^")
        if self.took("$"):
            return Assertion("$")
        if self.took("."):
            return Chars(complement(LINE_ENDS))
        if self.took("\\"):
            return self.escape()
        char = self.peek()
        if char in "*+?":
            raise NotAPattern(f"nothing to repeat at {self.at}")
        self.at += 1
        return Chars(((ord(char), ord(char)),))

    def group(self, depth: int) -> Node:
        for kind in ("(?=", "(?!", "(?<=", "(?<!"):
            if self.took(kind):
                return Assertion(kind, self.closed(depth))
        if self.took("(?:"):
            return self.closed(depth)
        self.groups += 1
        number = self.groups
        named = re.compile(r"\(\?P?<([A-Za-z_$][\w$]*)>").match(self.text, self.at)
        if named:
            self.at = named.end()
            self.names[named[1]] = number
        elif self.peek(2) == "(?":
            raise NotAPattern(f"`{self.peek(3)}` begins no group")
        else:
            self.at += 1
        return Group(self.closed(depth), number)

    def closed(self, depth: int) -> Node:
        found = self.choice(depth + 1)
        if not self.took(")"):
            raise NotAPattern("a group is not closed")
        return found

    def escape(self) -> Node:
        char = self.peek()
        if char in {"b", "B"}:
            self.at += 1
            return Assertion("b" if char == "b" else "B")
        back = re.compile(r"[1-9]\d?").match(self.text, self.at)
        if back and int(back[0]) <= self.groups:
            self.at = back.end()
            return Back(int(back[0]))
        named = re.compile(r"k<([^>]*)>").match(self.text, self.at)
        if named and named[1] in self.names:
            self.at = named.end()
            return Back(self.names[named[1]])
        return Chars(self.escaped())

    def escaped(self) -> Ranges:
        """The characters that the escape behind a backslash means."""
        char = self.peek()
        self.at += 1
        classes = {"d": DIGITS, "w": WORD, "s": SPACE}
        if char.lower() in classes and char:
            ranges = classes[char.lower()]
            return complement(ranges) if char.isupper() else ranges
        coded = re.compile(r"x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|u\{([0-9A-Fa-f]{1,6})\}").match(self.text, self.at - 1)
        if coded:
            self.at = coded.end()
            point = int(coded[1] or coded[2] or coded[3], 16)
            return self.pair(point)
        of = re.compile(r"[pP]\{([^}]*)\}").match(self.text, self.at - 1)
        if of:
            self.at = of.end()
            ranges = property_ranges(of[1])
            return complement(ranges) if char == "P" else ranges
        if char == "c" and self.peek().isalpha():
            self.at += 1
            return ((ord(self.text[self.at - 1]) % 32,) * 2,)
        if not char or char in "AzZG":
            raise NotAPattern("an escape of another dialect")
        point = _CONTROLS.get(char, ord(char))
        return ((point, point),)

    def pair(self, point: int) -> Ranges:
        """A surrogate pair of two escapes is one character."""
        low = re.compile(r"\\u([dD][c-fC-F][0-9A-Fa-f]{2})").match(self.text, self.at)
        if 0xD800 <= point < 0xDC00 and low:
            self.at = low.end()
            point = 0x10000 + ((point - 0xD800) << 10) + int(low[1], 16) - 0xDC00
        return ((min(point, LAST), min(point, LAST)),)

    def bracket(self) -> Node:
        is_negated = self.took("^")
        ranges: list[tuple[int, int]] = []
        while not self.took("]"):
            if not self.peek():
                raise NotAPattern("a class is not closed")
            low = self.member()
            if self.peek() == "-" and self.peek(2) not in {"-]", "-"} and len(low) == 1 and low[0][0] == low[0][1]:
                self.at += 1
                high = self.member()
                if len(high) != 1 or high[0][0] != high[0][1]:
                    ranges += [*low, (0x2D, 0x2D), *high]
                elif high[0][0] < low[0][0]:
                    raise NotAPattern("a range ends before it begins")
                else:
                    ranges.append((low[0][0], high[0][0]))
            else:
                ranges += low
        found = joined(tuple(ranges))
        return Chars(complement(found) if is_negated else found)

    def member(self) -> Ranges:
        if self.took("\\"):
            if self.took("b"):
                return ((0x08, 0x08),)
            return self.escaped()
        char = self.peek()
        self.at += 1
        return ((ord(char), ord(char)),)
