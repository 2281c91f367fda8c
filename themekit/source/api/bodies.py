"""Bodies: what a media type holds, how it is written, and the parts of forms.

Source: OpenAPI 3.1.1, "Media Type Object" and "Encoding Object".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from themekit.diagnostics.printable import quoted
from themekit.model.api import Content, Part, RequestBody
from themekit.model.api_types import (
    AliasType,
    Docs,
    Field,
    ListOf,
    Nullable,
    ObjectType,
    Primitive,
    Reference,
    UnionType,
)
from themekit.source.api.docs import docs_of
from themekit.source.api.reading import json_text

if TYPE_CHECKING:
    from themekit.model.api import ContentKind
    from themekit.model.api_types import JsonText, Type
    from themekit.source.api.reading import At, Reading
    from themekit.source.api.types import Types

ITEM_SCHEMA = ("itemSchema", "x-itemSchema")
"""The schema of one event or line: OpenAPI 3.2 has the first, and documents of 3.0 and 3.1 write the second."""

_PART_OF_TYPE = r"[A-Za-z0-9!#$&^_.+*-]+"
_MEDIA_TYPE = re.compile(rf"{_PART_OF_TYPE}/{_PART_OF_TYPE}(?:\s*;\s*[\x20-\x7e]*)?")
_LINES = frozenset(
    f"application/{kind}" for kind in ("jsonl", "x-jsonl", "ndjson", "x-ndjson", "jsonlines", "json-lines", "json-seq")
)
_PART_STYLES: dict[str, Literal["form", "spaceDelimited", "pipeDelimited", "deepObject"]] = {
    "form": "form",
    "spaceDelimited": "spaceDelimited",
    "pipeDelimited": "pipeDelimited",
    "deepObject": "deepObject",
}
ANY = Primitive("any")
BASE64 = Primitive("base64")
BINARY = Primitive("binary")
STRING = Primitive("string")


def kind_of(media_type: str) -> ContentKind:
    """How a body of the media type is written."""
    essence = media_type.partition(";")[0].strip().lower()
    subtype = essence.partition("/")[2]
    if essence == "text/event-stream":
        return "events"
    if essence in _LINES:
        return "json-lines"
    if subtype == "json" or subtype.endswith("+json"):
        return "json"
    if essence == "application/x-www-form-urlencoded":
        return "form"
    if essence.startswith("multipart/"):
        return "multipart"
    if subtype == "xml" or subtype.endswith("+xml"):
        return "xml" if not essence.startswith("image/") else "binary"
    if essence in ("*/*", "application/*"):
        return "json"
    return "text" if essence.startswith("text/") else "binary"


def _ordered(contents: list[Content]) -> list[Content]:
    """JSON first, but for what has files in it and can be sent in parts: JSON has no bytes."""
    with_files = {each.type for each in contents if any(part.is_file for part in each.parts)}
    return sorted(contents, key=lambda each: 1 if each.kind != "json" else 2 if each.type in with_files else 0)


@dataclass(slots=True)
class Bodies:
    """Reads the bodies of requests and answers."""

    reading: Reading
    types: Types

    def request(self, owner: At) -> RequestBody | None:
        """The request body of an operation, if it has one."""
        if owner.members.get("requestBody") is None:
            return None
        at = self.reading.resolved(owner.child("requestBody"))
        if at is None:
            return None
        contents = self.contents(at)
        if not contents:
            return None
        return RequestBody(tuple(_ordered(contents)), self.reading.flag(at, "required"), docs_of([at]))

    def contents(self, owner: At) -> list[Content]:
        """The bodies of a request or an answer, by media type."""
        found = []
        for media_type, at in self.reading.entries(owner, "content"):
            if media_type.startswith("x-"):
                continue
            if not _MEDIA_TYPE.fullmatch(media_type):
                self.reading.refuse(at, f"{quoted(media_type)} is no media type", hint="as in `application/json`")
                continue
            resolved = self.reading.resolved(at)
            if resolved is not None:
                found.append(self._content(media_type, resolved))
        return found

    def _content(self, media_type: str, at: At) -> Content:
        kind = kind_of(media_type)
        type_ = self._type(at, kind)
        if kind == "json" and type_ == BINARY:
            kind = "binary"
        parts = self._parts(at, type_, kind) if kind in ("form", "multipart") else ()
        return Content(media_type, kind, type_, parts, tuple(self.examples(at)), at.origin)

    def _type(self, at: At, kind: ContentKind) -> Type:
        if kind == "binary":
            return BINARY
        streams = kind in ("events", "json-lines")
        item = next((key for key in ITEM_SCHEMA if key in at.members), None) if streams else None
        if item is not None:
            return self.types.type_of(at.child(item))
        type_ = self.types.type_of(at.child("schema")) if "schema" in at.members else None
        if kind == "text":
            # in a text, base64 is sent as it is written
            return STRING if type_ is None or self.seen_through(type_) in (ANY, BASE64, BINARY) else type_
        if type_ is None:
            return STRING if kind == "events" else ANY
        found = self.seen_through(type_)
        return found.item if streams and isinstance(found, ListOf) else type_

    def seen_through(self, type_: Type) -> Type:
        """The type behind names and null."""
        for _ in range(32):
            if isinstance(type_, Nullable):
                type_ = type_.inner
                continue
            declared = self.types.declared.get(type_.id) if isinstance(type_, Reference) else None
            if not isinstance(declared, AliasType):
                break
            type_ = declared.target
        return type_

    def object_of(self, type_: Type) -> ObjectType | None:
        """The object that a type is, once all is filled in."""
        found = self.seen_through(type_)
        declared = self.types.declared.get(found.id) if isinstance(found, Reference) else None
        return declared if isinstance(declared, ObjectType) else None

    def union_of(self, type_: Type) -> UnionType | None:
        """The union that a type is."""
        found = self.seen_through(type_)
        declared = self.types.declared.get(found.id) if isinstance(found, Reference) else None
        return declared if isinstance(declared, UnionType) else None

    def _parts(self, at: At, type_: Type, kind: ContentKind) -> tuple[Part, ...]:
        self.types.drain()
        body = self.object_of(type_)
        if body is None:
            return ()
        encodings = dict(self.reading.entries(at, "encoding"))
        return tuple(
            self._part(field, encodings.get(field.wire), is_multipart=kind == "multipart") for field in body.fields
        )

    def _part(self, field: Field, encoding: At | None, *, is_multipart: bool) -> Part:
        type_ = self.seen_through(field.type)
        item = self.seen_through(type_.item) if isinstance(type_, ListOf) else type_
        content_type = "" if encoding is None else self.reading.text(encoding, "contentType").strip()
        if is_multipart and item == ANY and content_type and kind_of(content_type) == "binary":
            item, field = BINARY, replace(field, type=ListOf(BINARY) if isinstance(type_, ListOf) else BINARY)
        if "," in content_type or "*" in content_type or not _MEDIA_TYPE.fullmatch(content_type):
            content_type = ""
        style = _PART_STYLES.get("form" if encoding is None else self.reading.text(encoding, "style"), "form")
        explode = (
            style == "form" if encoding is None else self.reading.flag(encoding, "explode", default=style == "form")
        )
        return Part(field, is_multipart and item == BINARY, content_type, style, explode)

    def examples(self, at: At) -> list[tuple[str, JsonText]]:
        """The examples of a media type or a parameter, with their names."""
        found: list[tuple[str, JsonText]] = []
        if isinstance(at.members.get("examples"), dict):
            for name, each in self.reading.entries(at, "examples"):
                example = self.reading.resolved(each) if isinstance(each.value, dict) else None
                if example is not None and "value" in example.members:
                    found.append((name, json_text(example.members["value"])))
        if not found and "example" in at.members:
            found.append(("", json_text(at.members["example"])))
        return found


def with_examples(docs: Docs, examples: list[tuple[str, JsonText]]) -> Docs:
    """The texts with the examples of the place where a schema is used before its own."""
    if not examples:
        return docs
    return replace(docs, examples=tuple(dict.fromkeys([value for _, value in examples] + list(docs.examples))))
