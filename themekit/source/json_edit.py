"""Edits of a JSON text that change only the bytes of the values: a diff of an edit shows the edit and nothing else.

An edit is made on the parsed value. Then the new value is written over the old text: what is equal keeps its bytes,
spelling and place included, and what is new is written as its neighbours are. Pointers are those of RFC 6901; `-` is
the end of an array, as in RFC 6902.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from themekit.source.json_scan import scan_json
from themekit.source.json_style import Style, is_same
from themekit.source.json_value import MAX_DEPTH, child_pointer, pointer_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from themekit.source.json_found import Scan
    from themekit.source.json_places import Extent
    from themekit.source.json_value import JsonObject, JsonValue

Order = Callable[[str], tuple[str, ...]]
"""The names an object at a pointer can have, in the order in which they are written."""

MAX_SHOWN = 200  # characters of a pointer that leads too deep
_INDEX = re.compile(r"0|[1-9][0-9]{0,8}")


@dataclass(frozen=True, slots=True)
class Edit:
    """One change: `set` a value (the member and its parents are made if need be), `remove` it, or `insert` an item."""

    pointer: str
    value: JsonValue = None
    kind: Literal["set", "remove", "insert"] = "set"


@dataclass(frozen=True, slots=True)
class EditFault:
    """Why an edit cannot be made; `reason` completes "cannot be edited: …"."""

    pointer: str
    reason: str


class _FaultError(Exception):
    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def no_order(_pointer: str) -> tuple[str, ...]:
    """New members go to the end of their object."""
    return ()


def edited(text: str, edits: Sequence[Edit], *, order: Order = no_order) -> str | EditFault:
    """The text after the edits, one after the other. A new member goes behind the last that `order` has before it.

    `text` has no byte order mark and is right JSON, else nothing is edited.
    """
    scan = scan_json(text)
    if scan.problems:
        return EditFault("", "the file is not right JSON")
    value = scan.value
    for edit in edits:
        if edit.pointer and not edit.pointer.startswith("/"):
            return EditFault(edit.pointer, "a pointer begins with `/`")
        if edit.pointer.count("/") > MAX_DEPTH or _is_deep(edit.value):
            return EditFault(edit.pointer[:MAX_SHOWN], f"objects and arrays are nested more than {MAX_DEPTH} deep")
        try:
            value = _changed(value, pointer_parts(edit.pointer), edit=edit, order=order)
        except _FaultError as fault:
            return EditFault(edit.pointer, fault.reason)
    return _rewritten(text, scan, value)


def _is_deep(value: JsonValue) -> bool:
    """Level by level, as what is deep has no end for a function that calls itself."""
    level = [value]
    for _ in range(MAX_DEPTH + 1):
        level = [inner for each in level if isinstance(each, dict | list) for inner in _members(each)]
        if not level:
            return False
    return True


def _members(value: JsonObject | list[JsonValue]) -> Iterable[JsonValue]:
    return value.values() if isinstance(value, dict) else value


def rewritten(text: str, value: JsonValue) -> str:
    """The value, written over right JSON with all the bytes kept that can be."""
    return _rewritten(text, scan_json(text), value)


def _rewritten(text: str, scan: Scan, value: JsonValue) -> str:
    start, end = scan.extents[""].value
    return text[:start] + _Writer(text, scan.extents, Style.of(text, scan)).value("", scan.value, value) + text[end:]


def _changed(value: JsonValue, path: Sequence[str], *, edit: Edit, order: Order, at: str = "") -> JsonValue:
    """A copy of the value with the change at `path`; what is not on the way is shared."""
    if not path:
        if edit.kind == "set":
            return edit.value
        raise _FaultError("the whole file cannot be removed" if edit.kind == "remove" else "only lists have items")
    name, *deeper = path
    here = child_pointer(at, name)
    if isinstance(value, list):
        return _changed_list(value, path, edit=edit, order=order, at=at)
    if not isinstance(value, dict):
        raise _FaultError(f"`{at}` has no members")
    if edit.kind == "remove" and (name not in value or not deeper):
        return {key: member for key, member in value.items() if key != name}
    if edit.kind == "insert" and not deeper:
        raise _FaultError("only lists have items")
    if name in value:
        changed = _changed(value[name], deeper, edit=edit, order=order, at=here)
        return {key: changed if key == name else member for key, member in value.items()}
    # The parents of an item that is the first of its list are made, and the list too.
    empty: JsonValue = [] if deeper and deeper[0] == "-" else {}
    return _placed(value, name, member=_changed(empty, deeper, edit=edit, order=order, at=here), names=order(at))


def _changed_list(items: list[JsonValue], path: Sequence[str], *, edit: Edit, order: Order, at: str) -> JsonValue:
    name, *deeper = path
    index = len(items) if name == "-" else int(name) if _INDEX.fullmatch(name) else len(items) + 1
    is_new = index == len(items)
    if edit.kind == "remove" and not deeper:
        return [item for place, item in enumerate(items) if place != index]
    if index > len(items) or (is_new and edit.kind == "remove"):
        if edit.kind == "remove":
            return items
        raise _FaultError(f"`{at}` has {len(items)} items")
    if edit.kind == "insert" and not deeper:
        return [*items[:index], edit.value, *items[index:]]
    item = _changed({} if is_new else items[index], deeper, edit=edit, order=order, at=child_pointer(at, index))
    return [*items[:index], item, *items[index + 1 :]]


def _placed(members: JsonObject, name: str, *, member: JsonValue, names: tuple[str, ...]) -> JsonObject:
    """The members with a new one: behind those that come before it in `names`, else before those that come after."""
    rank = {known: place for place, known in enumerate(names)}
    keys = list(members)
    place = len(keys)
    if name in rank:
        before = [index for index, key in enumerate(keys) if rank.get(key, len(rank)) < rank[name]]
        after = [index for index, key in enumerate(keys) if rank.get(key, -1) > rank[name]]
        place = before[-1] + 1 if before else after[0] if after else place
    pairs = list(members.items())
    return dict([*pairs[:place], (name, member), *pairs[place:]])


@dataclass(frozen=True, slots=True)
class _Writer:
    """The old text with the places of its values."""

    text: str
    extents: dict[str, Extent]
    style: Style

    def value(self, pointer: str, old: JsonValue, new: JsonValue, *, breaks: bool = True) -> str:
        """The new value over the old one; with `breaks` False what is new stays on its line."""
        start, end = self.extents[pointer].value
        if is_same(old, new):
            return self.text[start:end]
        if isinstance(old, dict) and isinstance(new, dict) and old and new and _keeps_order(old, new):
            return self.object(pointer, old, new)
        if isinstance(old, list) and isinstance(new, list) and old and new:
            return self.array(pointer, old, new)
        used = start - self.text.rfind("\n", 0, start) - 1
        return self.style.written(new, self.style.indentation_at(start), used=used, breaks=breaks)

    def object(self, pointer: str, old: JsonObject, new: JsonObject) -> str:
        """An object of which some members stay."""
        pointers = {key: child_pointer(pointer, key) for key in old}
        starts = {key: (self.extents[each].key or (0, 0))[0] for key, each in pointers.items()}
        frame = _Frame.of(self, pointer, list(pointers.values()), list(starts.values()))
        parts: list[tuple[int | None, str]] = []
        places = {key: index for index, key in enumerate(old)}
        for key, value in new.items():
            if key in old:
                head = self.text[starts[key] : self.extents[pointers[key]].value[0]]
                text = head + self.value(pointers[key], old[key], value, breaks=frame.breaks)
            else:
                text = self.style.member(key, value, frame.indentation, breaks=frame.breaks)
            parts.append((places.get(key), text))
        return frame.joined(parts)

    def array(self, pointer: str, old: list[JsonValue], new: list[JsonValue]) -> str:
        """An array of which some items stay, or are exchanged for others."""
        pointers = [child_pointer(pointer, index) for index in range(len(old))]
        frame = _Frame.of(self, pointer, pointers, [self.extents[each].value[0] for each in pointers])
        parts: list[tuple[int | None, str]] = []
        for place, value in zip(_partners(old, new), new, strict=True):
            if place is None:
                text = self.style.written(value, frame.indentation, used=len(frame.indentation), breaks=frame.breaks)
            else:
                text = self.value(pointers[place], old[place], value, breaks=frame.breaks)
            parts.append((place, text))
        return frame.joined(parts)


@dataclass(frozen=True, slots=True)
class _Frame:
    """What stands around and between the members of an object, or the items of an array, that has some."""

    head: str
    gaps: tuple[str, ...]
    """Before each but the first."""
    tail: str
    separator: str
    """What a new one gets before it."""
    indentation: str
    breaks: bool
    """They stand on lines of their own."""

    @classmethod
    def of(cls, writer: _Writer, pointer: str, members: list[str], starts: list[int]) -> _Frame:
        opened, closed = writer.extents[pointer].value
        ends = [writer.extents[each].value[1] for each in members]
        gaps = tuple(writer.text[end:start] for end, start in zip(ends, starts[1:], strict=False))
        head, tail = writer.text[opened : starts[0]], writer.text[ends[-1] : closed]
        separator = writer.style.separator(head, gaps)
        return cls(head, gaps, tail, separator, writer.style.indentation_at(starts[0]), "\n" in head)

    def joined(self, parts: list[tuple[int | None, str]]) -> str:
        """The parts, each old one with its place; what stood between two that were neighbours still does."""
        out = [self.head]
        for index, (place, text) in enumerate(parts):
            if index:
                out.append(self.gaps[place - 1] if place else self.separator)
            out.append(text)
        return "".join((*out, self.tail))


def _keeps_order(old: JsonObject, new: JsonObject) -> bool:
    return [key for key in old if key in new] == [key for key in new if key in old]


def _partners(old: list[JsonValue], new: list[JsonValue]) -> list[int | None]:
    """For each new item the old one whose place it takes: equal ones at both ends, and the others in turn."""
    most = min(len(old), len(new))
    first = next((index for index in range(most) if not is_same(old[index], new[index])), most)
    rest = most - first
    last = next((index for index in range(rest) if not is_same(old[-1 - index], new[-1 - index])), rest)
    changed_old, changed_new = len(old) - first - last, len(new) - first - last
    middle = [first + index if index < changed_old else None for index in range(changed_new)]
    return [*range(first), *middle, *range(len(old) - last, len(old))]
