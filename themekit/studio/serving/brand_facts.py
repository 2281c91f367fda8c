"""What a brand's file says, field by field: its value, what it inherits, and where each field stands."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.diagnostics import Reporter, Span
from themekit.engine import UnreadableInput
from themekit.source.extends import Reading, merged
from themekit.source.json_text import MAX_BYTES, decoded_text, read_json
from themekit.source.json_value import child_pointer
from themekit.source.locate import places, pointers_at
from themekit.studio.updating.problems import problems_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import PurePosixPath

    from themekit.diagnostics import Diagnostic
    from themekit.engine import Host
    from themekit.source.json_value import JsonValue
    from themekit.studio.updating.problems import Problem

MAX_ORIGINS = 2000
_ONE_VALUE = ("colorSpace", "unit")


@dataclass(frozen=True, slots=True)
class Facts:
    """`inherited` has the values that `extends` gives, `origins` the places of all fields, both by JSON Pointer."""

    value: JsonValue
    inherited: dict[str, JsonValue]
    origins: dict[str, dict[str, object]]


def facts_of(host: Host, path: PurePosixPath, *, content: bytes) -> Facts:
    """What is known of a brand file with this content; nothing if it is no JSON."""
    document, _ = read_json(path, content)
    if document is None or not isinstance(document.value, dict):
        return Facts(None if document is None else document.value, {}, {})
    texts = _Texts(host, path, content)
    reading = Reading(texts.read, _nothing, Reporter())
    whole = merged(path, content, root=path.parent.parent, reading=reading)
    inherited: dict[str, JsonValue] = {}
    if isinstance(base := document.value.get("extends"), str):
        only = merged(path, json.dumps({"extends": base}).encode(), root=path.parent.parent, reading=reading)
        members = {} if only is None else {key: only.members[key] for key in only.members if key != "extends"}
        inherited = dict(_leaves("", members))
    origins = {}
    if whole is not None:
        fields = [pointer for pointer, _ in _fields("", {k: whole.members[k] for k in whole.members if k != "tokens"})]
        wanted = {pointer: whole.sources.origin(pointer) for pointer in fields[:MAX_ORIGINS]}
        spans = places(wanted.values(), texts.text)
        origins = {pointer: place_of(spans[origin]) for pointer, origin in wanted.items() if origin in spans}
    return Facts(document.value, inherited, origins)


def place_of(span: Span) -> dict[str, object]:
    """Where to find it."""
    return {"path": str(span.path), "line": span.line, "column": span.column}


def brand_problems(
    diagnostics: Iterable[Diagnostic],
    path: PurePosixPath,
    *,
    content: bytes,
    sources: Mapping[PurePosixPath, bytes] | None = None,
) -> list[Problem]:
    """Diagnostics for a form: those of this file, and of `sources` with it, with the pointer of their place.

    What is too large to be read has no places: to look for them would take longer than all else.
    """
    problems = problems_of(diagnostics)
    for file, text in {**(sources or {}), path: content}.items():
        if len(text) > MAX_BYTES:
            continue
        own = [each for each in problems if each.get("path") == str(file) and "line" in each]
        offsets = [(int(str(each["line"])), int(str(each["column"]))) for each in own]
        for each, pointer in zip(own, pointers_at(decoded_text(text), offsets) if offsets else (), strict=True):
            each["pointer"] = pointer
    return problems


@dataclass(frozen=True, slots=True)
class _Texts:
    """The project's files, one of them with other content; what must not be read is not there."""

    host: Host
    path: PurePosixPath
    content: bytes

    def read(self, path: PurePosixPath) -> bytes | None:
        if path == self.path:
            return self.content
        try:
            return self.host.read(path)
        except UnreadableInput:
            return None

    def text(self, path: PurePosixPath) -> str | None:
        content = self.read(path)
        return None if content is None else decoded_text(content)


def _nothing(_folder: PurePosixPath) -> tuple[str, ...]:
    return ()


def _fields(pointer: str, value: JsonValue) -> Iterator[tuple[str, JsonValue]]:
    """Every member and element below a value, in order."""
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in members:
        here = child_pointer(pointer, key)
        yield here, member
        yield from _fields(here, member)


def _leaves(pointer: str, value: JsonValue) -> Iterator[tuple[str, JsonValue]]:
    """Every value that is one in a form: no object but a colour or a length, a list as a whole."""
    if isinstance(value, dict) and not any(mark in value for mark in _ONE_VALUE):
        for key, member in value.items():
            yield from _leaves(child_pointer(pointer, key), member)
    elif value is not None:
        yield pointer, value
