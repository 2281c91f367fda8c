"""The pieces of a script, in which strings, comments and regular expressions are whole: marks in them do not count.

Source: ECMA-262, section 12 "Lexical Grammar". Where a slash begins a regular expression, and where it divides, is told
from the piece before it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_REGULAR = 1000  # characters of a regular expression: each slash is looked at, up to so far behind it
_STRING = r""""(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|`(?:[^`\\]|\\.)*`?"""
_PIECE = re.compile(rf"(?P<comment>//[^\n]*|/\*.*?(?:\*/|\Z))|(?P<string>{_STRING})|\s+|[\w$]+|.", re.DOTALL)
_REGULAR = re.compile(r"/(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/[a-z]*")
_BEFORE_REGULAR = frozenset("(,=:[!&|?{;+-*%<>~^") | {
    *("return", "typeof", "case", "in", "of", "delete", "void", "do", "else", "new", "throw", "await", "yield"),
}


def pieces(text: str, start: int = 0, *, before: str = "") -> Iterator[tuple[int, int, bool]]:
    """The pieces from a place on: where each begins and ends, and whether marks in it count.

    `before` is the piece that stands before the place, as far as that matters.
    """
    at = start
    while at < len(text):
        match = _PIECE.match(text, at)
        assert match is not None  # noqa: S101  # its last choice is any character
        regular = None
        if match.group() == "/" and (not before or before in _BEFORE_REGULAR):
            regular = _REGULAR.match(text, at, at + MAX_REGULAR)
        end = match.end() if regular is None else regular.end()
        is_plain = regular is None and match["comment"] is None and match["string"] is None
        yield at, end, is_plain
        if match["comment"] is None and not match.group().isspace():
            before = match.group() if is_plain else '"'
        at = end


def blanked(text: str) -> str:
    """The text with spaces for comments, strings and regular expressions; lines stay as they are."""
    return "".join(
        text[start:end] if is_plain else re.sub(r"[^\n]", " ", text[start:end]) for start, end, is_plain in pieces(text)
    )
