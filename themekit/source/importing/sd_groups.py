"""Parts of a path with groups: `!(old|draft-*).json` and the like, which match all but one, or some in a row.

Source: npm `minimatch`, "Extglob". Every piece of a pattern says from which places on all that follows fits, as the
bits of a number: bit 3 is the fourth character. So the work is not that of all ways to match.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_OPENS = re.compile(r"[!?*+@]\(")
MAX_DEPTH = 2  # groups in groups: those that repeat multiply with each


@dataclass(frozen=True, slots=True)
class _Group:
    """A group of alternatives with the sign before it. A run of other characters is a group of one with no sign."""

    sign: str
    choices: tuple[tuple[_Group | str, ...], ...]


def has_groups(part: str) -> bool:
    """A sign and a parenthesis stand in it."""
    return _OPENS.search(part) is not None


@lru_cache(256)
def parsed_groups(part: str) -> tuple[_Group | str, ...]:
    """The pieces: groups, classes in brackets, and characters. Raises ValueError, with the reason."""
    levels: list[tuple[str, list[list[_Group | str]]]] = [("", [[]])]
    at = 0
    while at < len(part):
        end = part.find("]", at + 2)
        if _OPENS.match(part, at):
            levels.append((part[at], [[]]))
            at += 1
            if len(levels) > MAX_DEPTH + 1:
                raise ValueError(f"its groups are nested more than {MAX_DEPTH} deep")
        elif part[at] == "|" and len(levels) > 1:
            levels[-1][1].append([])
        elif part[at] == ")" and len(levels) > 1:
            sign, choices = levels.pop()
            levels[-1][1][-1].append(_Group(sign, tuple(map(tuple, choices))))
        elif part[at] == "[" and end > 0:
            levels[-1][1][-1].append(part[at : end + 1])
            at = end
        else:
            levels[-1][1][-1].append(part[at])
        at += 1
    if len(levels) > 1:
        raise ValueError("a group in it is not closed within one part of the path")
    return tuple(levels[0][1][0])


def fits_groups(part: str, name: str, *, is_one: Callable[[str, str], bool]) -> bool:
    """Whether the part matches the name; `is_one` says it of a character and a piece that is no group and no asterisk.

    A dot at the beginning is matched by a dot alone.
    """
    pieces = parsed_groups(part)
    first = pieces[0]
    if name.startswith(".") and (first.sign == "!" if isinstance(first, _Group) else first != "."):
        return False
    return bool(_Fit(name, is_one).before(pieces, 1 << len(name)) & 1)


@dataclass(slots=True)
class _Fit:
    name: str
    is_one: Callable[[str, str], bool]

    def before(self, pieces: Sequence[_Group | str], after: int) -> int:
        """The places from which on the pieces fit up to one of the places in `after`."""
        for piece in reversed(pieces):
            after = self.of_group(piece, after) if isinstance(piece, _Group) else self.of_mark(piece, after)
        return after

    def of_mark(self, mark: str, after: int) -> int:
        if mark == "*":
            return self.anything(after)
        found = sum(1 << at for at, char in enumerate(self.name) if after >> (at + 1) & 1 and self.is_one(mark, char))
        return found if mark == "." or not self.name.startswith(".") else found & ~1

    def anything(self, after: int) -> int:
        """Any characters stand before; a dot at the beginning is none of them."""
        found = (1 << after.bit_length()) - 1
        return found if not self.name.startswith(".") else (found & ~1) | (after & 1)

    def of_group(self, group: _Group, after: int) -> int:
        if group.sign == "!":
            return self.anything(after) & ~self.of_choices(group, after)
        if group.sign == "@":
            return self.of_choices(group, after)
        if group.sign == "?":
            return after | self.of_choices(group, after)
        found = after
        while (more := found | self.of_choices(group, found)) != found:
            found = more
        return found if group.sign == "*" else self.of_choices(group, found)

    def of_choices(self, group: _Group, after: int) -> int:
        found = 0
        for choice in group.choices:
            found |= self.before(choice, after)
        return found
