"""What all parts of the reader share: places in the description, the files, and how mistakes are told."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from themekit.diagnostics.printable import quoted
from themekit.model import Origin
from themekit.model.api_types import JsonText
from themekit.source.api.codes import API_FAULT, API_LIMIT, UNSUPPORTED_SCHEMA
from themekit.source.api.texts import check_texts
from themekit.source.json_text import read_json
from themekit.source.json_value import child_pointer, json_type, noun
from themekit.source.openapi import INVALID_OPENAPI, Files
from themekit.source.yaml_text import read_yaml

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from themekit.diagnostics import Code, Note
    from themekit.source.json_text import Document
    from themekit.source.json_value import JsonObject, JsonValue

MAX_FILE_BYTES = 32 * 1024 * 1024  # the largest real description measured has 13 MB
MAX_TOTAL_BYTES = 64 * 1024 * 1024
MAX_DIGITS = 400  # an integer that was written out as a double has 309
MAX_WARNINGS = 200

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def json_text(value: JsonValue) -> JsonText:
    """The value as the model holds it."""
    return JsonText(_ENCODER.encode(value))


class At:
    """A value and its place, never changed. One made of `parts` is all of these at once, and `value` is empty.

    `mark` tells apart values that stand at one place: a schema, and the same without its alternatives. `depth` counts
    how often alternatives were multiplied with what stands beside them. `key` tells this from all other values, and
    `members` are the object, empty if it is none. No dataclass: a description makes a hundred thousand of these, and a
    frozen one takes four times as long.
    """

    __slots__ = ("depth", "key", "mark", "members", "parts", "path", "pointer", "value")

    def __init__(
        self,
        value: JsonValue,
        path: PurePosixPath,
        pointer: str,
        mark: str = "",
        parts: tuple[At, ...] = (),
        depth: int = 0,
    ) -> None:
        """All fields, and the two that are made of them."""
        self.value = value
        self.path = path
        self.pointer = pointer
        self.mark = mark
        self.parts = parts
        self.depth = depth
        self.members: JsonObject = value if isinstance(value, dict) else {}
        self.key: str = "&".join(part.key for part in parts) + mark if parts else f"{path}#{pointer}{mark}"

    @property
    def origin(self) -> Origin:
        """The place, for a diagnostic."""
        return Origin(self.path, self.pointer)

    def child(self, name: str | int) -> At:
        """A member or an element that is there."""
        value: JsonValue = None
        if isinstance(self.value, dict):
            value = self.value[str(name)]
        elif isinstance(self.value, list):
            value = self.value[int(name)]
        return At(value, self.path, child_pointer(self.pointer, name))


@dataclass(slots=True)
class ApiFiles(Files):
    """Files read as descriptions are: larger ones too, and with integers beyond the exact range."""

    total_bytes: int = 0

    def parsed(self, path: PurePosixPath, content: bytes) -> Document | None:
        """The file with this content; None if that was reported."""
        self.total_bytes += len(content)
        if self.total_bytes > MAX_TOTAL_BYTES:
            self.report(API_LIMIT, Origin(path, ""), f"the files have more than {MAX_TOTAL_BYTES:,} bytes together")
            self.known[path] = None
            return None
        if path.suffix == ".json":
            document, found = read_json(path, content, max_bytes=MAX_FILE_BYTES, max_digits=MAX_DIGITS)
        else:
            document, found = read_yaml(path, content, max_bytes=MAX_FILE_BYTES)
        self.report.found.extend(found)
        self.known[path] = document
        if document is not None:
            check_texts(self.report, path, content=content, value=document.value)
        return document


@dataclass(slots=True)
class Reading:
    """One description being read: its files, and what was said about it.

    `sole` are the keys of alternatives that are the only ones beside null, and so need no words in names. `is_over` is
    set at the first limit: what comes after it is not read any more.
    """

    files: ApiFiles
    path: PurePosixPath
    is_3_0: bool = False
    said: set[tuple[str, str]] = field(default_factory=set)
    warnings: int = 0
    sole: set[str] = field(default_factory=set)
    is_over: bool = False
    targets: dict[tuple[PurePosixPath, str], At] = field(default_factory=dict)
    objects: dict[tuple[PurePosixPath, str], At | None] = field(default_factory=dict)

    def refuse(self, at: At | Origin, message: str, *, hint: str | None = None, notes: tuple[Note, ...] = ()) -> None:
        """A mistake that no model can be made of."""
        self._say(INVALID_OPENAPI, at, message, hint=hint, notes=notes)

    def limit(self, at: At | Origin, message: str) -> None:
        """The description is larger than what is read."""
        self.is_over = True
        self._say(API_LIMIT, at, message)

    def warn(self, at: At | Origin, message: str, *, hint: str | None = None) -> None:
        """A mistake that was read over."""
        self._warn(API_FAULT, at, message, hint)

    def unsupported(self, at: At | Origin, message: str) -> None:
        """What a schema says and no type can."""
        self._warn(UNSUPPORTED_SCHEMA, at, message, None)

    def _warn(self, code: Code, at: At | Origin, message: str, hint: str | None) -> None:
        if self.warnings < MAX_WARNINGS and self._say(code, at, message, hint=hint):
            self.warnings += 1

    def _say(
        self, code: Code, at: At | Origin, message: str, *, hint: str | None = None, notes: tuple[Note, ...] = ()
    ) -> bool:
        place = at.origin if isinstance(at, At) else at
        key = (f"{place.path}#{place.pointer}", message)
        if key in self.said:
            return False
        self.said.add(key)
        self.files.report(code, place, message, hint=hint, notes=notes)
        return True

    def followed(self, at: At) -> At | None:
        """What the `$ref` of an object leads to; None if that was reported."""
        written = at.members["$ref"]
        place = Origin(at.path, child_pointer(at.pointer, "$ref"))
        if not isinstance(written, str):
            self.refuse(place, f"`$ref`: expected a text, found {noun(json_type(written))}")
            return None
        key = (at.path, written)
        if key not in self.targets:
            found = self.files.followed(written, place)
            if found is None:
                return None
            self.targets[key] = At(found[0], found[1].path, found[1].pointer)
        return self.targets[key]

    def resolved(self, at: At) -> At | None:
        """The object itself or, through references, the one it means; None if that was reported."""
        written = at.members.get("$ref")
        if isinstance(written, str):
            key = (at.path, written)
            if key not in self.objects:
                self.objects[key] = self._resolved(at)
            return self.objects[key]
        return self._resolved(at)

    def _resolved(self, at: At) -> At | None:
        if isinstance(at.value, dict) and "$ref" not in at.value:
            return at
        found = self.files.target(at.value, at.origin)
        if found is None:
            return None
        value, origin = found
        if isinstance(value, dict):
            return At(value, origin.path, origin.pointer)
        self.refuse(origin, f"expected an object, found {noun(json_type(value))}")
        return None

    def text(self, at: At, key: str) -> str:
        """A text member, "" if it is absent or something else."""
        value = at.members.get(key, "")
        if isinstance(value, str):
            return value
        if value is not None:
            self.warn(at.child(key), f"`{key}`: expected a string, found {noun(json_type(value))}")
        return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""

    def flag(self, at: At, key: str, *, default: bool = False) -> bool:
        """A boolean member, the default if it is absent or something else."""
        value = at.members.get(key, default)
        if not isinstance(value, bool):
            self.warn(at.child(key), f"`{key}`: expected true or false, found {noun(json_type(value))}")
            return default
        return value

    def object(self, at: At, key: str) -> At | None:
        """A member that is an object; None if it is absent or was reported."""
        value = at.members.get(key)
        if isinstance(value, dict):
            return at.child(key)
        if value is not None:
            self.warn(at.child(key), f"`{key}`: expected an object, found {noun(json_type(value))}")
        return None

    def entries(self, at: At, key: str) -> list[tuple[str, At]]:
        """The members of a member that is an object, by name."""
        found = self.object(at, key)
        return [] if found is None else [(name, found.child(name)) for name in found.members]

    def listed(self, at: At, key: str) -> list[At]:
        """The elements of a member that is a list."""
        value = at.members.get(key)
        if value is None:
            return []
        own = at.child(key)
        if not isinstance(value, list):
            self.warn(own, f"`{key}`: expected a list, found {noun(json_type(value))}")
            return []
        return [own.child(index) for index in range(len(value))]

    def texts(self, at: At, key: str) -> list[str]:
        """The texts of a member that is a list of these."""
        found = []
        for each in self.listed(at, key):
            if isinstance(each.value, str):
                found.append(each.value)
            else:
                self.warn(each, f"`{key}`: expected a string, found {quoted(json_text(each.value))}")
        return found
