"""YAML read event by event: a value of JSON's kinds, what is wrong with it, and the places of keys and values.

Only what JSON can say is taken (YAML 1.2, section 10.2, with plain keys): tags, merge keys and keys that are no texts
are refused, dates and words such as `yes` are text. The reader works on the parser's events with a stack of its own,
so nesting costs no recursion, and it counts what aliases expand to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Never

import yaml

from themekit.diagnostics import Span
from themekit.diagnostics.printable import has_credentials, quoted
from themekit.source.json_value import child_pointer

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from themekit.source.json_value import JsonObject, JsonValue

MAX_DEPTH = 64
MAX_VALUES = 1_000_000  # the same file has 120,000
MAX_PROBLEMS = 50

_NULL = re.compile(r"null|Null|NULL|~|")
_BOOLEAN = re.compile(r"true|True|TRUE|false|False|FALSE")
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]{1,18}(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]{1,3})?")
_CORE = "tag:yaml.org,2002:"
_PLAIN_TAGS = frozenset({None, "!", *(f"{_CORE}{kind}" for kind in ("str", "map", "seq"))})

Place = tuple[int, int, int]
"""Line and column, from 0, and length in characters."""


@dataclass(slots=True)
class YamlScan:
    """What was read: `keys` and `values` are places by JSON Pointer, if they were asked for."""

    value: JsonValue = None
    is_whole: bool = False
    keys: dict[str, Place] = field(default_factory=dict)
    values: dict[str, Place] = field(default_factory=dict)
    problems: list[tuple[Place, str, str | None, Place | None]] = field(default_factory=list)
    omitted: set[str] = field(default_factory=set)


def scan_yaml(text: str, *, with_places: bool = False) -> YamlScan:
    """Read a text; with places, every key and value is found again by its pointer."""
    scan = YamlScan()
    builder = _Builder(scan, with_places)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
        scan.is_whole = True
    except _StopError:
        pass
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (mark.line, mark.column, 1) if mark else (0, 0, 1)
        scan.problems.append((place, f"the file is no YAML: {error.problem or error.context}", None, None))
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        words = str(error).split("\n", maxsplit=1)[0]
        scan.problems.append(((0, 0, 1), f"the file is no YAML: {words}", None, None))
    return scan


def span_of(path: PurePosixPath, place: Place, *, lines: list[str]) -> Span:
    """The span of a place in the file's lines. A line with credentials in an address is not shown."""
    line, column, length = place
    excerpt = lines[line].rstrip("\r") if line < len(lines) else ""
    shown = "" if has_credentials(excerpt) else excerpt[:160]
    return Span(path, line + 1, column + 1, max(1, min(length, len(excerpt) - column)), shown)


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _StopError(Exception):
    """Nothing sensible can be read after this."""


@dataclass(slots=True)
class _Open:
    """A collection that is being read. `key` is the key whose value comes next."""

    value: JsonObject | list[JsonValue]
    pointer: str
    place: Place
    anchor: str | None
    key: str | None = None
    key_place: Place = (0, 0, 1)
    size: int = 1


@dataclass(slots=True)
class _Builder:
    scan: YamlScan
    with_places: bool
    stack: list[_Open] = field(default_factory=list)
    anchors: dict[str, tuple[JsonValue, int]] = field(default_factory=dict)
    documents: int = 0
    first_keys: dict[int, dict[str, Place]] = field(default_factory=dict)

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self.stop(_place(event), "the file holds a second document", "keep one document a file")
        elif isinstance(event, yaml.ScalarEvent):
            self.check_tag(event)
            if self.wants_key():
                self.take_key(event)
            else:
                self.put(self.scalar(event), _place(event), event.anchor, 1)
        elif isinstance(event, yaml.AliasEvent):
            self.take_alias(event)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self.begin(event)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            closed = self.stack.pop()
            self.first_keys.pop(id(closed), None)
            self.put(closed.value, closed.place, closed.anchor, closed.size)

    def wants_key(self) -> bool:
        return bool(self.stack) and isinstance(self.stack[-1].value, dict) and self.stack[-1].key is None

    def take_key(self, event: yaml.ScalarEvent) -> None:
        top, place = self.stack[-1], _place(event)
        if event.value == "<<" and event.implicit[0]:
            self.problem(place, "merge keys are not part of YAML 1.2", "write the members out")
        top.key, top.key_place = event.value, place

    def take_alias(self, event: yaml.AliasEvent) -> None:
        if self.wants_key():
            self.stop(_place(event), "a key cannot be an alias")
        known = self.anchors.get(event.anchor or "")
        if known is None:
            self.stop(_place(event), f"the alias {quoted(f'*{event.anchor}')} has no anchor before it")
        value, size = known
        self.put(value, _place(event), None, size)

    def begin(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        self.check_tag(event)
        if self.wants_key():
            self.stop(_place(event), "a key must be a text")
        if len(self.stack) >= MAX_DEPTH:
            self.stop(_place(event), f"values are nested deeper than {MAX_DEPTH}")
        value: JsonObject | list[JsonValue] = {} if isinstance(event, yaml.MappingStartEvent) else []
        self.stack.append(_Open(value, self.next_pointer(), _place(event), event.anchor))

    def next_pointer(self) -> str:
        if not self.stack:
            return ""
        top = self.stack[-1]
        key = top.key if isinstance(top.value, dict) else len(top.value)
        return child_pointer(top.pointer, key if key is not None else "")

    def put(self, value: JsonValue, place: Place, anchor: str | None, size: int) -> None:
        """A finished value, in its place in the collection that is open. `size` counts what aliases stand for, too."""
        if anchor is not None:
            self.anchors[anchor] = (value, size)
        if not self.stack:
            self.scan.value = value
            if self.with_places:
                self.scan.values[""] = place
            return
        top, pointer = self.stack[-1], self.next_pointer()
        top.size += size
        if top.size > MAX_VALUES:
            self.stop(place, f"the file expands to more than {MAX_VALUES:,} values")
        if self.with_places:
            self.scan.values.setdefault(pointer, place)
        if isinstance(top.value, list):
            top.value.append(value)
            return
        key, top.key = top.key or "", None
        seen = self.first_keys.setdefault(id(top), {})
        if key in seen:
            self.problem(top.key_place, f"the key {quoted(key)} stands twice", "remove one of them", other=seen[key])
            self.scan.omitted.add(pointer)
            return
        seen[key] = top.key_place
        if self.with_places:
            self.scan.keys[pointer] = top.key_place
        top.value[key] = value

    def scalar(self, event: yaml.ScalarEvent) -> JsonValue:
        text = event.value
        if not event.implicit[0]:  # quoted, or a block
            return str(text)
        if _NULL.fullmatch(text):
            return None
        if _BOOLEAN.fullmatch(text):
            return bool(text[0] in "tT")
        if _INTEGER.fullmatch(text):
            return int(text)
        return float(text) if _FLOAT.fullmatch(text) else str(text)

    def check_tag(self, event: yaml.ScalarEvent | yaml.MappingStartEvent | yaml.SequenceStartEvent) -> None:
        if event.tag not in _PLAIN_TAGS:
            self.problem(
                _place(event), f"the tag {quoted(event.tag or '')} is refused", "write the value without a tag"
            )

    def problem(self, place: Place, message: str, hint: str | None = None, *, other: Place | None = None) -> None:
        self.scan.problems.append((place, message, hint, other))
        if len(self.scan.problems) >= MAX_PROBLEMS:
            raise _StopError

    def stop(self, place: Place, message: str, hint: str | None = None) -> Never:
        self.scan.problems.append((place, message, hint, None))
        raise _StopError


def _place(event: yaml.Event) -> Place:
    start, end = event.start_mark, event.end_mark
    if start is None or end is None:
        return 0, 0, 1
    length = end.column - start.column if end.line == start.line else 1
    return start.line, start.column, max(1, length)
