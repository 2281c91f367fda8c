"""Source laid out as the formatters black and ruff leave it: on one line if it fits, else one part a line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from themekit.sdk.python.literals import WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@dataclass(frozen=True, slots=True)
class Group:
    """Parts between brackets: `start` ends with the one that opens, `end` begins with the one that closes.

    A tuple of one part keeps its comma, a subscript of one part has none.
    """

    start: str
    parts: Sequence[Group | str]
    end: str
    kind: Literal["call", "tuple", "subscript"] = "call"

    def __str__(self) -> str:
        """On one line."""
        comma = "," if self.kind == "tuple" and len(self.parts) == 1 else ""
        return f"{self.start}{', '.join(map(str, self.parts))}{comma}{self.end}"


def call(function: str, parts: Sequence[Group | str], *, end: str = "") -> Group:
    """The call of a function, and what stands after it."""
    return Group(f"{function}(", parts, f"){end}")


def subscript(of: str, parts: Sequence[Group | str]) -> Group:
    """`of[parts]`."""
    return Group(f"{of}[", parts, "]", kind="subscript")


def printed(of: Group | str, *, indent: int = 0, end: str = "") -> list[str]:
    """The lines of a group and of `end` after it."""
    pad = " " * indent
    line = f"{pad}{of}{end}"
    if isinstance(of, str) or not of.parts or len(line) <= WIDTH:
        return [line]
    comma = "" if of.kind == "subscript" and len(of.parts) == 1 else ","
    lines = [f"{pad}{of.start}"]
    for part in of.parts:
        lines += printed(part, indent=indent + 4, end=comma)
    return [*lines, f"{pad}{of.end}{end}"]


def import_order(name: str) -> tuple[int, str]:
    """As isort has it: constants, classes, others."""
    return (0 if name.isupper() and len(name) > 1 else 1 if name[0].isupper() else 2, name)


def imported(module: str, names: Iterable[str], *, indent: int = 0) -> list[str]:
    """An import, in brackets if it is long; none of no names."""
    found = sorted(set(names), key=import_order)
    if not found:
        return []
    line = f"{' ' * indent}from {module} import {', '.join(found)}"
    return [line] if len(line) <= WIDTH else printed(Group(f"from {module} import (", found, ")"), indent=indent)
