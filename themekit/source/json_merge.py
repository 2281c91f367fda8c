"""Two edits of one JSON text to one: what only one of them changed is taken, what both changed is a conflict."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from themekit.source.json_edit import rewritten
from themekit.source.json_scan import scan_json
from themekit.source.json_style import is_same
from themekit.source.json_value import child_pointer

if TYPE_CHECKING:
    from themekit.source.json_value import JsonObject, JsonValue


class Absent:
    """Stands for a member that is not there."""


ABSENT: Final = Absent()


@dataclass(frozen=True, slots=True)
class Conflict:
    """A value that both changed, and not to the same."""

    pointer: str
    base: JsonValue | Absent
    mine: JsonValue | Absent
    theirs: JsonValue | Absent


@dataclass(frozen=True, slots=True)
class Merge:
    """The merged text; where there is a conflict it has what `theirs` has."""

    text: str
    value: JsonValue
    conflicts: tuple[Conflict, ...]


def three_way(base: str, mine: str, *, theirs: str) -> Merge | None:
    """`theirs` with the changes from `base` to `mine`; None if one of the three is not right JSON.

    Objects are merged by their members, arrays by their items if all three have as many.
    """
    scans = [scan_json(text) for text in (base, mine, theirs)]
    if any(scan.problems for scan in scans):
        return None
    merger = _Merger()
    merged = merger.value("", scans[0].value, scans[1].value, scans[2].value)
    value = scans[2].value if isinstance(merged, Absent) else merged
    return Merge(rewritten(theirs, value), value, tuple(merger.conflicts))


@dataclass(slots=True)
class _Merger:
    conflicts: list[Conflict] = field(default_factory=list)

    def value(
        self, pointer: str, base: JsonValue | Absent, mine: JsonValue | Absent, theirs: JsonValue | Absent
    ) -> JsonValue | Absent:
        if _is_equal(mine, base) or _is_equal(mine, theirs):
            return theirs
        if _is_equal(theirs, base):
            return mine
        if isinstance(mine, dict) and isinstance(theirs, dict):
            return self.object(pointer, base if isinstance(base, dict) else {}, mine, theirs)
        if (
            isinstance(base, list)
            and isinstance(mine, list)
            and isinstance(theirs, list)
            and len(base) == len(mine) == len(theirs)
        ):
            return self.array(pointer, base, mine, theirs)
        self.conflicts.append(Conflict(pointer, base, mine, theirs))
        return theirs

    def object(self, pointer: str, base: JsonObject, mine: JsonObject, theirs: JsonObject) -> JsonObject:
        merged: JsonObject = {}
        for key in _in_order(mine, theirs):
            sides = (base.get(key, ABSENT), mine.get(key, ABSENT), theirs.get(key, ABSENT))
            found = self.value(child_pointer(pointer, key), *sides)
            if not isinstance(found, Absent):
                merged[key] = found
        return merged

    def array(
        self, pointer: str, base: list[JsonValue], mine: list[JsonValue], theirs: list[JsonValue]
    ) -> list[JsonValue]:
        sides = enumerate(zip(base, mine, theirs, strict=True))
        found = [self.value(child_pointer(pointer, index), *items) for index, items in sides]
        return [None if isinstance(item, Absent) else item for item in found]


def _in_order(mine: JsonObject, theirs: JsonObject) -> list[str]:
    """All keys: those of `theirs` in their order, each of the others behind the one it follows in `mine`."""
    keys = list(theirs)
    before: str | None = None
    for key in mine:
        if key not in theirs:
            keys.insert(keys.index(before) + 1 if before is not None else 0, key)
        before = key
    return keys


def _is_equal(one: JsonValue | Absent, other: JsonValue | Absent) -> bool:
    if isinstance(one, Absent) or isinstance(other, Absent):
        return one is other
    return is_same(one, other)
