"""The JSON Schema 2020-12 of brand.json, made from the table that the reader uses.

It gives editors completion and descriptions, and sees the structure: keys, types, required fields, choices, lengths,
ranges. What it cannot see is the reader's alone: `BEYOND_THE_SCHEMA`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from themekit.source.brand_fields import BRAND
from themekit.source.brand_tokens import MAX_TOKEN_FILES
from themekit.source.colors import SPACES
from themekit.source.field_table import ColorValue, DimensionValue, Leaf, Listing, Members, Named
from themekit.source.token_references import NAME
from themekit.source.token_values import TOKEN_TYPES
from themekit.source.tokens import EXTENSION, MODES

if TYPE_CHECKING:
    from themekit.source.field_table import Field, Kind
    from themekit.source.json_value import JsonObject, JsonValue

SCHEMA_ID = "https://themekit.example/schemas/brand.json"

BEYOND_THE_SCHEMA = (
    "duplicate keys, encoding, size and depth of the file",
    "what a base file gives: with `extends`, required fields may stand there",
    "text without markup and control characters, and not empty",
    "colours: the grammar of the string, ranges of components, opaque seeds",
    "lengths: unit and range",
    "URLs, e-mail addresses, telephone numbers, versions, names of packages",
    "paths, and whether the files exist",
    "sections of the portal, and duplicates in lists",
    "names of targets and what can be chosen about each",
    "names of rules of the lint",
    "token values by their type, references, `$extends`, names that collide",
)


def brand_schema() -> str:
    """The schema as pretty JSON with a final line feed, the same bytes each time."""
    return json.dumps(brand_schema_object(), indent=2, ensure_ascii=False) + "\n"


def brand_schema_object() -> JsonObject:
    """The schema as a JSON object."""
    summary = "One brand of a developer portal."
    return {
        **table_schema(BRAND, schema_id=SCHEMA_ID, title="themekit brand", summary=summary),
        "$defs": {
            "color": _color(),
            "dimension": _dimension(),
            "group": _group(),
            "resolver": _resolver(),
            "token": _token(),
        },
    }


def table_schema(table: Members, *, schema_id: str, title: str, summary: str) -> JsonObject:
    """The schema of a file that can extend another; the definitions that it refers to are not in it."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": schema_id,
        "title": title,
        "description": f"{summary} With `extends`, `null` keeps a value from being inherited.",
        **_members(table, may_inherit=True),
        "anyOf": [
            {"required": ["extends"], "properties": {"extends": {"type": "string"}}},
            _requirements(table),
        ],
    }


def _requirements(table: Members) -> JsonObject:
    """What must be there in a file that inherits nothing."""
    nested: JsonObject = {
        field.name: found
        for field in table.fields
        if isinstance(field.kind, Members) and (found := _requirements(field.kind))
    }
    required: list[JsonValue] = [field.name for field in table.fields if field.is_required]
    for field in table.fields:
        if field.is_required:
            inner = _requirements(field.kind) if isinstance(field.kind, Members) else {}
            nested[field.name] = {**inner, "not": {"type": "null"}}
    return {**({"required": required} if required else {}), **({"properties": nested} if nested else {})}


def _members(table: Members, *, may_inherit: bool) -> JsonObject:
    """An object. One that may inherit can leave required members to the file it extends."""
    schema: JsonObject = {
        "type": "object",
        "properties": {field.name: _field(field, may_inherit=may_inherit) for field in table.fields},
        "additionalProperties": False,
    }
    return schema if may_inherit else {**schema, **_requirements(table), "properties": schema["properties"]}


def _field(field: Field, *, may_inherit: bool) -> JsonObject:
    schema = _kind(field.kind, may_inherit=may_inherit)
    if may_inherit or not field.is_required:
        schema = _nullable(schema)
    summary = field.summary + ("" if field.default is None else f" (default: {field.default})")
    examples: JsonObject = {"examples": list(field.examples)} if field.examples else {}
    return {"description": summary, **schema, **examples}


def _nullable(schema: JsonObject) -> JsonObject:
    if "$ref" in schema:
        return {"anyOf": [schema, {"type": "null"}]}
    if isinstance(every := schema.get("anyOf"), list):
        return {"anyOf": [*every, {"type": "null"}]}
    types = schema["type"]
    nullable: JsonObject = {**schema, "type": [*(types if isinstance(types, list) else [types]), "null"]}
    if isinstance(choices := schema.get("enum"), list):
        nullable["enum"] = [*choices, None]
    return nullable


def _kind(kind: Kind, *, may_inherit: bool) -> JsonObject:
    if isinstance(kind, Leaf):
        return _leaf(kind)
    if isinstance(kind, Listing):
        least: JsonObject = {"minItems": kind.min_items} if kind.min_items else {}
        return {"type": "array", "items": _kind(kind.item, may_inherit=False), **least, "maxItems": kind.max_items}
    if isinstance(kind, Members):
        return _members(kind, may_inherit=may_inherit)
    if isinstance(kind, Named):
        return _named(kind, may_inherit=may_inherit)
    if isinstance(kind, ColorValue):
        return {"$ref": "#/$defs/color"}
    if isinstance(kind, DimensionValue):
        return {"$ref": "#/$defs/dimension"}
    return {"anyOf": [{"$ref": "#/$defs/group"}, _token_files(), {"$ref": "#/$defs/resolver"}]}


def _token_files() -> JsonObject:
    each: JsonObject = {"anyOf": [_token_file(), {"$ref": "#/$defs/resolver"}]}
    return {**_token_file(), "type": ["string", "array"], "items": each, "minItems": 1, "maxItems": MAX_TOKEN_FILES}


def _token_file() -> JsonObject:
    return {"type": "string", "pattern": r"\.(json|tokens)$"}


def _resolver() -> JsonObject:
    contexts: JsonObject = {"type": ["object", "null"], "additionalProperties": {"type": "string"}}
    return {
        "description": "A resolver document of DTCG 2025.10, and which contexts of its modifiers hold",
        "type": "object",
        "properties": {
            "resolver": {"description": "The path of the document", **_token_file()},
            "contexts": {"description": "By modifier, the context that holds in all modes", **contexts},
            "modes": {
                "description": "By mode, the contexts that make it, if they are not named like modes",
                "type": ["object", "null"],
                "properties": dict.fromkeys(MODES, contexts),
                "additionalProperties": False,
            },
        },
        "required": ["resolver"],
        "additionalProperties": False,
    }


def _named(named: Named, *, may_inherit: bool) -> JsonObject:
    item = _kind(named.item, may_inherit=may_inherit)
    names: JsonObject = {"maxLength": named.key.max_length, "pattern": named.key.pattern}
    return {
        "type": "object",
        "propertyNames": {key: value for key, value in names.items() if value is not None},
        "additionalProperties": _nullable(item),
        "maxProperties": named.max_items,
    }


def _leaf(leaf: Leaf) -> JsonObject:
    types: list[JsonValue] = ["integer" if leaf.is_integer and each == "number" else each for each in leaf.types]
    limits: JsonObject = {
        "enum": list(leaf.choices) or None,
        "maxLength": leaf.max_length,
        "minimum": leaf.minimum,
        "maximum": leaf.maximum,
        "pattern": leaf.pattern,
    }
    given = {key: value for key, value in limits.items() if value is not None}
    return {"type": types[0] if len(types) == 1 else types, **given}


def _color() -> JsonObject:
    component: JsonObject = {"anyOf": [{"type": "number"}, {"const": "none"}]}
    return {
        "description": "A CSS colour string, or a DTCG colour object",
        "type": ["string", "object"],
        "maxLength": 100,
        "properties": {
            "colorSpace": {"enum": list(SPACES)},
            "components": {"type": "array", "items": component, "minItems": 3, "maxItems": 3},
            "alpha": {"type": "number", "minimum": 0, "maximum": 1},
            "hex": {"type": "string", "pattern": "^#[0-9a-fA-F]{6}$"},
        },
        "required": ["colorSpace", "components"],
        "additionalProperties": False,
        "examples": ["#0b5fff", "oklch(0.6 0.2 250)", {"colorSpace": "srgb", "components": [0.04, 0.37, 1]}],
    }


def _dimension() -> JsonObject:
    return {
        "description": "A length in px or rem: a string, or a DTCG dimension object",
        "type": ["string", "object"],
        "pattern": r"^([+-]?([0-9]+(\.[0-9]+)?|\.[0-9]+)(px|rem)|[+-]?(0+(\.0+)?|\.0+))$",
        "properties": {"value": {"type": "number"}, "unit": {"enum": ["px", "rem"]}},
        "required": ["value", "unit"],
        "additionalProperties": False,
        "examples": ["6px", "0.5rem", {"value": 6, "unit": "px"}],
    }


def _group() -> JsonObject:
    return {
        "description": "A DTCG group: tokens and groups by name",
        "type": "object",
        "properties": {
            **_common(),
            "$extends": {"type": ["string", "null"]},
            "$root": _or_null("token"),
            "$value": {"type": "null"},
            "$ref": {"type": ["string", "null"]},
        },
        "patternProperties": {
            f"^{NAME}$": {
                "if": {"type": "object", **_has("$value")},
                "then": _or_null("token"),
                "else": {
                    "if": {"type": "object", **_has("$ref")},
                    "then": {"anyOf": [{"$ref": "#/$defs/token"}, {"$ref": "#/$defs/group"}]},
                    "else": _or_null("group"),
                },
            }
        },
        "additionalProperties": False,
    }


def _has(key: str) -> JsonObject:
    return {"required": [key], "properties": {key: {"not": {"type": "null"}}}}


def _or_null(name: str) -> JsonObject:
    return {"anyOf": [{"$ref": f"#/$defs/{name}"}, {"type": "null"}]}


def _token() -> JsonObject:
    modes: JsonObject = {
        "description": "Values for modes, where they differ from `$value`",
        "type": ["object", "null"],
        "properties": {mode: {} for mode in MODES},
        "additionalProperties": False,
    }
    own: JsonObject = {
        "type": ["object", "null"],
        "properties": {"modes": modes},
        "additionalProperties": False,
    }
    return {
        "description": "A DTCG token",
        "type": "object",
        "anyOf": [_has("$value"), _has("$ref")],
        "properties": {
            **_common(),
            "$value": {"description": "A value of the token's type, or a reference as in {color.primary.9}"},
            "$ref": {"type": ["string", "null"], "description": "A JSON Pointer to a token, as in #/color/primary/9"},
            "$extensions": {"type": ["object", "null"], "properties": {EXTENSION: own}},
        },
        "patternProperties": {r"^(?!\$)": {"type": "null"}},  # a token over an inherited group empties it
        "additionalProperties": False,
    }


def _common() -> JsonObject:
    return {
        "$type": {"enum": [*TOKEN_TYPES, None]},
        "$description": {"type": ["string", "null"]},
        "$deprecated": {"type": ["boolean", "string", "null"]},
        "$extensions": {"type": ["object", "null"]},
    }
