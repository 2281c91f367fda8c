"""The declarations of custom properties in a style sheet, with their places and the rules they stand in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_NESTED = 64
CUT = "…"
MAX_PRELUDE = 2000  # characters: each rule is looked at, and told of, with its whole prelude
_TOKEN = re.compile(
    r"""(?P<comment>/\*.*?(?:\*/|\Z))
    | (?P<string>"(?:[^"\\\n]|\\.)*"? | '(?:[^'\\\n]|\\.)*'?)
    | (?P<mark>[{};()\[\]])""",
    re.DOTALL | re.VERBOSE,
)
_PROPERTY = re.compile(r"\s*(--[^\s:;{}]+)\s*:(.*)", re.DOTALL)
_REGISTERED = re.compile(r"@property --(\S+)", re.IGNORECASE)
_DESCRIPTOR = re.compile(r"\s*(syntax|initial-value)\s*:(.*)", re.DOTALL | re.IGNORECASE)
_IMPORTANT = re.compile(r"!\s*important\s*\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Declaration:
    """A custom property: `start` to `end` are the characters of its value. `rules` are preludes, outermost first."""

    name: str
    value: str
    start: int
    end: int
    rules: tuple[str, ...]
    is_important: bool = False


@dataclass(frozen=True, slots=True)
class Descriptor:
    """What `@property` says of the custom property `name`: its `syntax` or its `initial-value`."""

    name: str
    descriptor: str
    value: str
    start: int
    end: int
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Other:
    """A declaration of an ordinary property, or what is none at all."""

    start: int
    end: int
    rules: tuple[str, ...] = ()


def declarations(text: str) -> Iterator[Declaration | Descriptor | Other]:
    """Each declaration in the order of the text. Source: CSS Syntax 3, "Consume a declaration"; errors are skipped."""
    blank, shown = _blanked(text), _blanked(text, keeps_strings=True)
    rules: list[tuple[str, ...]] = [()]
    start, depth = 0, 0
    for mark in re.finditer(r"[{};()\[\]]", blank):
        here, char = mark.start(), mark.group()
        if char in "([":
            depth += 1
        elif char in ")]":
            depth = max(0, depth - 1)
        elif depth == 0 or char == "}":
            depth = 0
            if char == "{":
                if len(rules) <= MAX_NESTED:
                    rules.append((*rules[-1], _prelude(shown[start:here])))
                else:  # nobody's, as what is cut off could be anybody's
                    rules.append(rules[-1] if rules[-1][-1] == CUT else (*rules[-1], CUT))
            elif len(rules) > 1 or char == ";":
                yield from _declaration(text, blank, start, here, rules[-1])
            if char == "}" and len(rules) > 1:
                rules.pop()
            start = mark.end()
    if len(rules) > 1:  # the end of a sheet closes all that is open
        yield from _declaration(text, blank, start, len(text), rules[-1])


def _prelude(text: str) -> str:
    """In one line. What is cut off of a long list of selectors leaves one that is nobody's."""
    prelude = " ".join(text.split())
    return prelude if len(prelude) <= MAX_PRELUDE else f"{prelude[:MAX_PRELUDE]}{CUT}"


def _blanked(text: str, *, keeps_strings: bool = False) -> str:
    """The text with comments as spaces and strings as letters, so that marks in them do not count."""

    def replaced(match: re.Match[str]) -> str:
        found = match.group()
        if match.lastgroup == "mark" or (keeps_strings and match.lastgroup == "string"):
            return found
        return re.sub(r"[^\n]", " " if match.lastgroup == "comment" else "_", found)

    return _TOKEN.sub(replaced, text)


def _declaration(
    text: str, blank: str, start: int, end: int, rules: tuple[str, ...]
) -> Iterator[Declaration | Descriptor | Other]:
    if not blank[start:end].strip():
        return
    registered = _REGISTERED.fullmatch(rules[-1]) if rules else None
    match = (_DESCRIPTOR if registered else _PROPERTY).fullmatch(blank[start:end])
    if match is None:
        lead = len(blank[start:end]) - len(blank[start:end].lstrip())
        yield Other(start + lead, end, rules)
        return
    first, last = start + match.start(2), start + match.end(2)
    value = re.sub(r"/\*.*?(?:\*/|\Z)", " ", text[first:last], flags=re.DOTALL)
    while first < last and blank[first].isspace():
        first += 1
    while last > first and blank[last - 1].isspace():
        last -= 1
    if registered:
        yield Descriptor(registered.group(1), match.group(1).lower(), value.strip(), first, last, rules)
        return
    plain = _IMPORTANT.sub("", value.strip())
    yield Declaration(match.group(1)[2:], plain.strip(), first, last, rules, plain != value.strip())
