"""Schemas of OpenAPI 3.0 and 3.1 as JSON Schema 2020-12 of one shape, in a table, with references inside it only.

`nullable` and the boolean `exclusiveMinimum` of 3.0 become what 3.1 writes; in 3.0 a reference has no siblings. What a
schema says of requests only is left out of those for answers, and the other way round. A keyword whose value is no such
value is left out too: whoever reads the description for its mistakes reports it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from themekit.model import Origin
from themekit.sandbox.anchors import anchored
from themekit.source.json_value import child_pointer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import PurePosixPath

    from themekit.source.json_value import JsonValue
    from themekit.source.openapi import Files

Schema = dict[str, Any]
"""A schema of the table: keywords of 2020-12, and `discriminator`; `readOnly` and `writeOnly` are marks.

`discriminator` is `{"propertyName": …, "mapping": {tag: reference}}`, with the tags that nobody wrote filled in.
"""

Direction = Literal["request", "response"]

TYPES = ("object", "array", "string", "integer", "number", "boolean", "null")
MAX_DEPTH = 100
_PREFIX = "#/$defs/"


def _is_count(value: JsonValue) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and value >= 0 and value == int(value)


def _is_number(value: JsonValue) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_text(value: JsonValue) -> bool:
    return isinstance(value, str)


def _is_texts(value: JsonValue) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _is_flag(value: JsonValue) -> bool:
    return isinstance(value, bool)


_PLAIN: dict[str, Callable[[JsonValue], bool]] = {
    "enum": lambda value: isinstance(value, list) and bool(value),
    "const": lambda _value: True,
    "default": lambda _value: True,
    "minimum": _is_number,
    "maximum": _is_number,
    "exclusiveMinimum": _is_number,
    "exclusiveMaximum": _is_number,
    "multipleOf": lambda value: isinstance(value, int | float) and not isinstance(value, bool) and value > 0,
    "minLength": _is_count,
    "maxLength": _is_count,
    "minItems": _is_count,
    "maxItems": _is_count,
    "minContains": _is_count,
    "maxContains": _is_count,
    "minProperties": _is_count,
    "maxProperties": _is_count,
    "pattern": _is_text,
    "format": _is_text,
    "uniqueItems": _is_flag,
    "required": _is_texts,
    "readOnly": _is_flag,
    "writeOnly": _is_flag,
    "contentMediaType": _is_text,
    "contentEncoding": _is_text,
    "dependentRequired": lambda value: isinstance(value, dict) and all(map(_is_texts, value.values())),
}
_ONE = [
    "items",
    "not",
    "contains",
    "additionalProperties",
    "propertyNames",
    "if",
    "then",
    "else",
    "unevaluatedProperties",
    "unevaluatedItems",
]
_MANY = ("allOf", "anyOf", "oneOf", "prefixItems")
_NAMED = ("properties", "patternProperties", "dependentSchemas")


@dataclass(slots=True)
class SchemaTable:
    """The schemas of one direction. References become numbers in the order in which they are met."""

    files: Files
    direction: Direction
    is_3_0: bool
    numbers: dict[tuple[PurePosixPath, str], str] = field(default_factory=dict)
    defs: dict[str, Schema] = field(default_factory=dict)
    todo: list[tuple[str, JsonValue, Origin]] = field(default_factory=list)
    anchors: list[Origin] = field(default_factory=list)
    named_in: dict[PurePosixPath, dict[str, tuple[JsonValue, str]]] = field(default_factory=dict)
    looks_around: bool = False
    """Some schema asks what its neighbours evaluated, so validation needs the whole table as a document."""

    def schema(self, value: JsonValue, origin: Origin) -> Schema:
        """The schema that stands there; everything it refers to is in `defs` afterwards."""
        found = self.compact(value, origin, 0)
        while self.todo:
            name, target, place = self.todo.pop()
            self.defs[name] = self.compact(target, place, 0)
        return found

    def target(self, schema: Schema) -> Schema:
        """What a schema is if it is nothing but a reference."""
        for _ in range(16):
            if set(schema) != {"$ref"}:
                break
            schema = self.defs[schema["$ref"]]
        return schema

    def compact(self, value: JsonValue, origin: Origin, depth: int) -> Schema:
        """The schema with the keywords that are known here."""
        if value is False:
            return {"not": {}}
        if not isinstance(value, dict) or depth > MAX_DEPTH:
            return {}
        if isinstance(value.get("$dynamicRef"), str) and "$ref" not in value:
            value = {**value, "$ref": value["$dynamicRef"]}
        reference = value.get("$ref")
        found: Schema = {}
        if isinstance(reference, str):
            name = self.referred(value, origin)
            if name is not None:
                found["$ref"] = name
            if self.is_3_0:
                return found
        elif isinstance(value.get("$recursiveRef"), str) and self.anchors:
            return {"$ref": self.number({}, self.anchors[-1])}
        if value.get("$recursiveAnchor") is True:
            self.anchors.append(origin)
        self.keywords(value, origin, depth=depth, into=found)
        if value.get("$recursiveAnchor") is True:
            self.anchors.pop()
        return found

    def referred(self, value: JsonValue, origin: Origin) -> str | None:
        """The name in the table of what the reference leads to, one step."""
        assert isinstance(value, dict)  # noqa: S101 - the caller looked
        reference = value["$ref"]
        fragment = str(reference).partition("#")[2]
        if fragment and not fragment.startswith("/"):
            return self.named(str(reference), fragment, origin)
        place = Origin(origin.path, child_pointer(origin.pointer, "$ref"))
        found = self.files.followed(str(reference), place)
        return None if found is None else self.number(*found)

    def named(self, reference: str, anchor: str, origin: Origin) -> str | None:
        """The name in the table of the schema of the same file that has this anchor."""
        if not reference.startswith("#"):
            return None  # one of another file is reported by whoever reads for mistakes
        if origin.path not in self.named_in:
            document = self.files.known.get(origin.path)
            self.named_in[origin.path] = {} if document is None else anchored(document.value)
        found = self.named_in[origin.path].get(anchor)
        return None if found is None else self.number(found[0], Origin(origin.path, found[1]))

    def number(self, value: JsonValue, origin: Origin) -> str:
        """The name in the table of what stands there."""
        key = (origin.path, origin.pointer)
        if key not in self.numbers:
            self.numbers[key] = f"{_PREFIX}{len(self.numbers)}"
            self.defs[self.numbers[key]] = {}
            self.todo.append((self.numbers[key], value, origin))
        return self.numbers[key]

    def keywords(self, value: dict[str, JsonValue], origin: Origin, *, depth: int, into: Schema) -> None:
        """Put in the keywords that are what they should be."""
        into |= {key: value[key] for key, fits in _PLAIN.items() if key in value and fits(value[key])}
        if into.get("contentEncoding") == "base64":  # SDKs read and write bytes there
            into.setdefault("format", "byte")
        types = value.get("type")
        listed = (
            [each for each in ([types] if isinstance(types, str) else types or []) if each in TYPES]
            if (isinstance(types, str | list))
            else []
        )
        if listed:
            into["type"] = listed
        for key in _ONE:
            if isinstance(value.get(key), dict | bool):
                into[key] = self.compact(value[key], self.below(origin, key), depth + 1)
        self.looks_around |= "unevaluatedProperties" in into or "unevaluatedItems" in into
        for key in _MANY:
            members = value.get(key)
            if isinstance(members, list) and members:
                place = self.below(origin, key)
                into[key] = [self.compact(each, self.below(place, i), depth + 1) for i, each in enumerate(members)]
        for key in _NAMED:
            named = value.get(key)
            if isinstance(named, dict):
                place = self.below(origin, key)
                into[key] = {
                    name: self.compact(each, self.below(place, name), depth + 1) for name, each in named.items()
                }
        examples = value.get("examples")
        into["examples"] = [
            *([value["example"]] if "example" in value else []),
            *(examples if isinstance(examples, list) else []),
        ]
        if not into["examples"]:
            del into["examples"]
        self.of_3_0(value, into)
        self.discriminated(value, origin, into)
        self.directed(into)

    def below(self, origin: Origin, key: str | int) -> Origin:
        """The place of a member."""
        return Origin(origin.path, child_pointer(origin.pointer, key))

    def of_3_0(self, value: dict[str, JsonValue], into: Schema) -> None:
        """Put in what 3.0 writes in its own way."""
        for limit, exclusive in (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum")):
            if value.get(exclusive) is True and limit in into:
                into[exclusive] = into.pop(limit)
        if value.get("nullable") is not True or not (self.is_3_0 or self.direction == "request"):
            return
        if "type" in into:
            into["type"] = [*into["type"], *(["null"] if "null" not in into["type"] else [])]
        if self.direction == "request":
            if "enum" in into and None not in into["enum"]:
                into["enum"] = [*into["enum"], None]
            if {"allOf", "oneOf", "anyOf", "$ref"} & set(into):
                whole = dict(into)
                into.clear()
                into["anyOf"] = [whole, {"type": ["null"]}]

    def discriminated(self, value: dict[str, JsonValue], origin: Origin, into: Schema) -> None:
        """Tags with the reference that each means: those written, then the names of the schemas."""
        written = value.get("discriminator")
        if not isinstance(written, dict) or not isinstance(written.get("propertyName"), str):
            return
        place = self.below(self.below(origin, "discriminator"), "mapping")
        mapping: dict[str, str] = {}
        tags = written.get("mapping")
        for tag, target in tags.items() if isinstance(tags, dict) else ():
            if isinstance(target, str):
                reference = (
                    target if "#" in target or "/" in target or "." in target else f"#/components/schemas/{target}"
                )
                found = self.files.followed(reference, self.below(place, tag))
                if found is not None:
                    mapping[tag] = self.number(*found)
        members = value.get("oneOf", value.get("anyOf"))
        for member in members if isinstance(members, list) else ():
            if isinstance(member, dict) and isinstance(member.get("$ref"), str):
                name = self.referred(member, origin)
                if name is not None and name not in mapping.values():
                    mapping.setdefault(str(member["$ref"]).rpartition("/")[2], name)
        into["discriminator"] = {"propertyName": written["propertyName"], "mapping": mapping}

    def directed(self, into: Schema) -> None:
        """What goes the other way is not required."""
        mark = "readOnly" if self.direction == "request" else "writeOnly"
        if "required" in into:
            other = {name for name, schema in self.members(into, 0) if self.has_mark(schema, mark)}
            into["required"] = [name for name in dict.fromkeys(into["required"]) if name not in other]

    def members(self, schema: Schema, depth: int) -> Iterator[tuple[str, Schema]]:
        """The members with names, also those of `allOf`."""
        yield from schema.get("properties", {}).items()
        if depth < 8:
            for each in schema.get("allOf", []):
                yield from self.members(self.known(each), depth + 1)

    def has_mark(self, schema: Schema, mark: str) -> bool:
        """The schema, or what it refers to, has the mark."""
        return self.known(schema).get(mark) is True or schema.get(mark) is True

    def known(self, schema: Schema) -> Schema:
        """What it refers to, read now if it was not yet."""
        name = schema.get("$ref")
        if name is None:
            return schema
        for index, (waiting, value, origin) in enumerate(self.todo):
            if waiting == name:
                del self.todo[index]
                self.defs[name] = self.compact(value, origin, 0)
                break
        return self.defs[name]
