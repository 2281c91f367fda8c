"""What a careful reading of JSON gives: the value, what is wrong, and where all of it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from themekit.diagnostics import Code
    from themekit.source.json_places import Extent
    from themekit.source.json_value import JsonValue

MARK = "~\0"  # what follows it tells a member from others with its key: no pointer has it, as `~` is `~0` there


class Omitted:
    """A value that was reported: leave it out, so that nothing follows from it."""


OMITTED: Final = Omitted()


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake at characters `start` to `end`; `other` is the place of what it repeats, of which `note` is said."""

    code: Code
    start: int
    end: int
    message: str
    hint: str | None = None
    other: tuple[int, int] | None = None
    note: str = "first written here"


@dataclass(frozen=True, slots=True)
class Scan:
    """What was read. `is_whole` is False if reading stopped early; `extents` is by JSON Pointer.

    `omitted` has the pointers of values that were reported and left out (in an array: replaced by None).
    """

    value: JsonValue
    is_whole: bool
    problems: tuple[Problem, ...]
    extents: dict[str, Extent]
    omitted: frozenset[str]
