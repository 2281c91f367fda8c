"""Schemas that list their values: constants, enumerations, and what is neither."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics.printable import quoted
from themekit.model.api_types import Constant, EnumMember, EnumType, Nullable, Primitive, Reference
from themekit.source.api.docs import docs_of, one_line
from themekit.source.api.names import Scope, named, value_words
from themekit.source.api.reading import json_text
from themekit.source.json_value import json_type

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Literal

    from themekit.model.api_types import JsonText, Name, Type
    from themekit.source.api.reading import At
    from themekit.source.api.shape import Shape
    from themekit.source.api.types import Types
    from themekit.source.json_value import JsonValue

MAX_VALUES = 5000

NAMES = ("x-enum-varnames", "x-enumNames", "x-enum-names")
DESCRIPTIONS = ("x-enum-descriptions", "x-enumDescriptions")


def enumerated(types: Types, shape: Shape) -> Type:
    """The type of a shape with `enum` or `const`."""
    values = {json_text(each): each for each in _fitting(types, shape) if each is not None}
    if not values:
        return Primitive("null")
    if len(values) > MAX_VALUES:
        types.reading.limit(shape.at, f"the enumeration has {len(values):,} values; at most {MAX_VALUES:,} are read")
        return Primitive("any")
    kinds = {json_type(each) for each in values.values()}
    if kinds & {"object", "array"}:
        types.reading.unsupported(shape.at, "an enumeration of objects or lists is taken as any value")
        return Primitive("any")
    if len(values) == 1:
        return Constant(next(iter(values)))
    if kinds == {"boolean"}:
        return Primitive("boolean")
    if len(kinds) == 1:
        return declared_enum(types, shape.at, values=values, named_by=_names(shape))
    return _mixed(types, shape, values)


def declared_enum(
    types: Types, at: At, *, values: Mapping[JsonText, JsonValue], named_by: dict[JsonText, tuple[str, str]]
) -> Type:
    """An enumeration with the name of its place; `named_by` are names and descriptions by value."""
    id_, name = types.id_of(at)
    scope = Scope()
    members = []
    for text, value in values.items():
        written, description = named_by.get(text, ("", ""))
        words = named(written, "value") if written else _value_name(value)
        members.append(EnumMember(text, scope.unique(words), description))
    types.declared[id_] = EnumType(id_, name, _kind(list(values.values())), tuple(members), docs_of([at]), at.origin)
    return Reference(id_)


def _value_name(value: JsonValue) -> Name:
    text = value if isinstance(value, str) else json_text(value)
    words = value_words(text)
    return words if words[0][0].isalpha() else ("value", *words)


def _kind(values: list[JsonValue]) -> Literal["string", "integer", "number"]:
    if isinstance(values[0], str):
        return "string"
    return "integer" if all(isinstance(each, int) for each in values) else "number"


def _fitting(types: Types, shape: Shape) -> list[JsonValue]:
    """The values that are of the shape's types; numbers listed for a string are meant as texts, as in YAML."""
    values = shape.values or []
    if not shape.has_kinds:
        return values
    is_text = shape.kinds - {"null"} == {"string"}
    found: list[JsonValue] = []
    for value in values:
        kind = json_type(value)
        if kind in shape.kinds or (kind == "number" and "integer" in shape.kinds and float(str(value)).is_integer()):
            found.append(value)
        elif value is None:
            continue
        elif is_text and isinstance(value, bool | int | float):
            types.reading.warn(shape.at, f"the value {quoted(json_text(value))} of a string is no string")
            found.append(json_text(value))
        else:
            types.reading.warn(shape.at, f"the value {quoted(json_text(value))} is not of the schema's type")
    return found or values


def _mixed(types: Types, shape: Shape, values: Mapping[JsonText, JsonValue]) -> Type:
    """A union of the kinds of the values: their own kinds, as one enumeration has values of one kind."""
    variants: list[tuple[Name, Type]] = []
    for kind in dict.fromkeys(json_type(each) for each in values.values()):
        if kind == "string":
            variants.append((("string",), Primitive("string")))
        elif kind == "number":
            of_kind = [each for each in values.values() if json_type(each) == "number"]
            variants.append((("number",), Primitive(_kind(of_kind))))
        else:
            variants.append((("boolean",), Primitive("boolean")))
    return types.union(shape, variants)


def _names(shape: Shape) -> dict[JsonText, tuple[str, str]]:
    """Names and descriptions that extensions give the values."""
    leaf = next((each.members for each in shape.leaves if isinstance(each.members.get("enum"), list)), None)
    listed = None if leaf is None else leaf["enum"]
    if leaf is None or not isinstance(listed, list):
        return {}
    found: dict[JsonText, tuple[str, str]] = {}
    for index, value in enumerate(listed):
        name = _beside(leaf, NAMES, index=index, value=value)
        description = _beside(leaf, DESCRIPTIONS, index=index, value=value)
        if name or description:
            found[json_text(value)] = (name, description)
    return found


def _beside(leaf: dict[str, JsonValue], keys: tuple[str, ...], *, index: int, value: JsonValue) -> str:
    for key in keys:
        said = leaf.get(key)
        if isinstance(said, list) and index < len(said):
            return one_line(said[index])
        if isinstance(said, dict):
            return one_line(said.get(value if isinstance(value, str) else json_text(value)))
    return ""


def strip_null(type_: Type) -> Type:
    """The type without null."""
    return type_.inner if isinstance(type_, Nullable) else type_
