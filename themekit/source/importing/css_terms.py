"""The terms of a CSS value: words, numbers with units, functions with what stands in them.

Source: CSS Syntax 3, section 4 "Tokenization" and 5.4.9 "Consume a function", without escapes in names.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_DEPTH = 32  # of functions in functions: each level costs some of Python's 1000 frames in each step
REMEMBERED = 256  # values: each is asked for five times in a row
MAX_TEXT = 2000  # characters: references to references double with each step

Kind = Literal["space", "number", "word", "string", "mark", "function"]

_TOKEN = re.compile(
    r"""(?P<space>\s+)
    | (?P<string>"(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*')
    | (?P<url>url\(\s*[^"'\s)][^)]*\))
    | (?P<number>[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d{1,3})?)(?P<unit>%|-?[a-zA-Z_][\w-]*|)
    | (?P<word>[#]?(?:--|-?[a-zA-Z_\u0080-\uffff]|(?<=\#)\d)[\w\u0080-\uffff-]*)(?P<opens>\()?
    | (?P<mark>.)""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE | re.ASCII,
)


class NoValueError(Exception):
    """A value that cannot be worked out; its text is the reason, for people: `it adds px and vw`."""


@dataclass(frozen=True, slots=True)
class Term:
    """`text` is as written. A number has `value` and `unit` in small letters; a function its name and what is inside.

    A parenthesis of its own is a function without a name. `depth` counts the levels of functions.
    """

    kind: Kind
    text: str
    value: float = 0.0
    unit: str = ""
    name: str = ""
    inner: tuple[Term, ...] = ()
    depth: int = 0


def function(head: str, inner: Sequence[Term]) -> Term:
    """A function with what stands in it. Raises NoValueError if it is nested too deeply."""
    depth = 1 + max((each.depth for each in inner), default=0)
    if depth > MAX_DEPTH:
        raise NoValueError(f"it is nested more than {MAX_DEPTH} deep")
    return Term("function", f"{head}({written_terms(inner)})", name=head.lower(), inner=tuple(inner), depth=depth)


@lru_cache(maxsize=REMEMBERED)
def parsed_terms(text: str) -> tuple[Term, ...]:
    """The terms of a value. Raises NoValueError for one that is too long, nested too deeply or not closed."""
    if len(text) > MAX_TEXT:
        raise NoValueError(f"it has more than {MAX_TEXT} characters")
    levels: list[tuple[str, list[Term]]] = [("", [])]
    for match in _TOKEN.finditer(text):
        if match["opens"] or match["mark"] == "(":
            if len(levels) > MAX_DEPTH:
                raise NoValueError(f"it is nested more than {MAX_DEPTH} deep")
            levels.append((match["word"] or "", []))
        elif match["mark"] == ")" and len(levels) > 1:
            head, inner = levels.pop()
            levels[-1][1].append(function(head, inner))
        else:
            levels[-1][1].append(_leaf(match))
    if len(levels) > 1:
        raise NoValueError("a parenthesis is not closed")
    return tuple(levels[0][1])


def _leaf(match: re.Match[str]) -> Term:
    found = match.group()
    if match["number"]:
        return Term("number", found, float(match["number"]), match["unit"].lower())
    if match["space"]:
        return Term("space", found)
    if match["mark"]:
        return Term("mark", found)
    return Term("string" if match["string"] or match["url"] else "word", found)


def written_terms(terms: Sequence[Term]) -> str:
    """The text of terms."""
    return "".join(term.text for term in terms)


def trimmed(terms: Sequence[Term]) -> tuple[Term, ...]:
    """Without white space at both ends."""
    start, end = 0, len(terms)
    while start < end and terms[start].kind == "space":
        start += 1
    while end > start and terms[end - 1].kind == "space":
        end -= 1
    return tuple(terms[start:end])


def split_at(terms: Sequence[Term], mark: str) -> list[tuple[Term, ...]]:
    """The parts between marks, such as the arguments between commas, each trimmed."""
    parts: list[list[Term]] = [[]]
    for term in terms:
        if term.kind == "mark" and term.text == mark:
            parts.append([])
        else:
            parts[-1].append(term)
    return [trimmed(part) for part in parts]


def without_space(terms: Sequence[Term]) -> list[Term]:
    """What is no white space."""
    return [term for term in terms if term.kind != "space"]
