"""Where some members of a JSON text stand, found without a look at the others.

The standard library's reader steps over what nobody asked for. It is strict: a text with a slip has no answer here, and
`scan_json` reads it.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple, Never

from themekit.source.json_value import child_pointer

if TYPE_CHECKING:
    from collections.abc import Iterable

Wanted = dict[str, "Wanted"]
"""What is wanted below a value, by the next part of a pointer with the `/` before it."""
_AFTER = " \t\r\n,]}"
_BLANK = " \t\r\n"
MAX_GUESSED = 64  # keys of an object: each is searched for in the text
MAX_LEAP = 1 << 18  # characters in which it is, so that keys that are not there cost no search of all for each object
_SPACE = re.compile(r"[ \t\r\n]*")


class Extent(NamedTuple):
    """Where a member stands: character offsets of its key, with its quotes, and of its value."""

    key: tuple[int, int] | None
    value: tuple[int, int]


def places_of(text: str, pointers: Iterable[str]) -> dict[str, Extent] | None:
    """By pointer, as `scan_json` has it; None if one of them is not there, or if a slip stands before it."""
    asked = frozenset(pointers)
    walk = _Walk(text, asked, {}, "\\" in text)
    try:
        walk.value("", None, _tree_of(asked), walk.skipped(0))
    except _AllFoundError:
        return walk.found
    except (ValueError, LookupError, RecursionError, StopIteration):
        return None  # not there, or no JSON, or nested too deeply
    return None


def lone_places(text: str, pointers: Iterable[str]) -> dict[str, Extent] | None:
    """The same of a text that is known to be JSON without a slip, and to have all these members.

    A string of letters and digits that stands once in such a text is the key that is looked for, wherever that is.
    None if it may be another one.
    """
    found: dict[str, Extent] = {}
    asked = frozenset(pointers)
    if "\\" in text:
        return None
    for pointer in asked:
        lone = _lone_key(text, pointer.split("/"))
        if lone is None:
            return None
        above, (start, end), below = lone
        walk = _Walk(text, frozenset((pointer,)), {}, has_escapes=False)
        try:
            colon = walk.skipped(end)
            if text[colon] == ":":  # else it is a value
                walk.value(above, (start, end), _tree_of([below]), walk.skipped(colon + 1))
        except _AllFoundError:
            found |= walk.found
        except (ValueError, LookupError, RecursionError, StopIteration):
            return None
    return found if len(found) == len(asked) else None


def _lone_key(text: str, parts: list[str]) -> tuple[str, tuple[int, int], str] | None:
    """The pointer of the innermost key that stands once, its place, and the pointer from there to the member."""
    for at in range(len(parts) - 1, 0, -1):
        key = f'"{parts[at]}"'
        start = text.find(key)
        end = start + len(key)
        is_word = parts[at].isalnum() and not parts[at].isdigit()  # digits may be the place in an array
        if start >= 0 and is_word and text.rfind(key) == start:  # which is found in a third of the time of a `find`
            return "/".join(parts[: at + 1]), (start, end), "".join(f"/{part}" for part in parts[at + 1 :])
    return None


class _AllFoundError(Exception):
    """Nothing is left to look for."""


def _refused(_name: str) -> Never:
    raise ValueError  # NaN and its like


def _tree_of(pointers: Iterable[str]) -> Wanted:
    root: Wanted = {}
    for pointer in pointers:
        here = root
        for part in pointer.split("/")[1:]:
            here = here.setdefault(f"/{part}", {})
    return root


_READ = json.JSONDecoder(parse_constant=_refused).raw_decode


class _Walk(NamedTuple):
    """One pass over the text, until all is found."""

    text: str
    asked: frozenset[str]
    found: dict[str, Extent]
    has_escapes: bool

    def value(self, pointer: str, key: tuple[int, int] | None, wanted: Wanted, start: int) -> int:
        """Where the value at `start` ends."""
        first = self.text[start]
        if wanted and first == "{":
            end = self.object(pointer, wanted, start)
        elif wanted and first == "[":
            end = self.array(pointer, wanted, start)
        else:
            end = _READ(self.text, start)[1]
        if pointer in self.asked:
            if self.text[end : end + 1] not in _AFTER:
                raise ValueError  # as in `1x`, which is read as one word
            self.found[pointer] = Extent(key, (start, end))
            if len(self.found) == len(self.asked):
                raise _AllFoundError
        return end

    def object(self, pointer: str, wanted: Wanted, at: int) -> int:
        text = self.text
        at = self.skipped(at + 1)
        if text[at] == "}":
            return at + 1
        ahead = self.ahead(wanted, at)
        while True:
            at = self.leapt(at, ahead)
            key_start = at
            key, at = _READ(text, key_start)
            part = child_pointer("", key) if isinstance(key, str) else ""
            key_place = (key_start, at)
            at = self.skipped(at)
            if not part or text[at] != ":":
                raise ValueError
            at = self.skipped(at + 1)
            inner = wanted.pop(part, None)  # of a key that stands twice, the first one counts
            at = _READ(text, at)[1] if inner is None else self.value(f"{pointer}{part}", key_place, inner, at)
            at = self.skipped(at)
            if text[at] == "}":
                return at + 1
            at = self.after_comma(at)

    def ahead(self, wanted: Wanted, at: int) -> list[int]:
        """Where the wanted keys may stand, the last one first. None if one may be written in another way."""
        if self.has_escapes or len(wanted) > MAX_GUESSED or any("~" in part or '"' in part for part in wanted):
            return []
        end = at + MAX_LEAP
        return sorted((self.text.find(f'"{part[1:]}"', at, end) for part in wanted), reverse=True)

    def leapt(self, at: int, ahead: list[int]) -> int:
        """The place `ahead` that is next, if between it and the key at `at` stand whole members; else `at`.

        These are read in one step: nearly all of an object is before and between what is wanted.
        """
        while ahead and ahead[-1] < at:
            ahead.pop()
        if not ahead or ahead[-1] == at:
            return at
        between = self.text[at : ahead[-1]].rstrip(_BLANK)
        try:
            _, end = _READ(f"{{{between[:-1]}}}")
        except ValueError:
            end = -1
        if end == len(between) + 1 and between[-1] == "," and len(between) > 1:  # a comma alone is a slip
            return ahead.pop()
        ahead.clear()  # the guess was wrong: in another object, or a value
        return at

    def array(self, pointer: str, wanted: Wanted, at: int) -> int:
        text = self.text
        at = self.skipped(at + 1)
        if text[at] == "]":
            return at + 1
        index = 0
        while True:
            inner = wanted.get(f"/{index}")
            at = _READ(text, at)[1] if inner is None else self.value(f"{pointer}/{index}", None, inner, at)
            at = self.skipped(at)
            if text[at] == "]":
                return at + 1
            at = self.after_comma(at)
            index += 1

    def after_comma(self, at: int) -> int:
        if self.text[at] != ",":
            raise ValueError
        return self.skipped(at + 1)

    def skipped(self, at: int) -> int:
        """Where the next thing begins."""
        if self.text[at : at + 1] > " ":
            return at
        match = _SPACE.match(self.text, at)
        return match.end() if match else at
