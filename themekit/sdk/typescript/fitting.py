"""Whether a value is one of a type, as the compiler would see it in a program: examples are not always right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from themekit.model.api_types import AliasType, Constant, EnumType, ListOf, MapOf, Nullable, ObjectType, Primitive
from themekit.sdk.typescript.reading import json_value

if TYPE_CHECKING:
    from themekit.model.api_types import Declaration, Type, TypeId
    from themekit.sdk.typescript.layout import Value

MAX_DEPTH = 40

_TEXT_KINDS = frozenset({"string", "date", "date-time", "base64", "binary"})


def fits(value: Value, type_: Type, *, types: Mapping[TypeId, Declaration], depth: int = 0) -> bool:
    """The value can be given where the type is asked for."""
    if depth > MAX_DEPTH:
        return False
    if isinstance(type_, Primitive):
        return _is_primitive(value, type_)
    if isinstance(type_, Constant):
        return value == json_value(type_.value)
    if isinstance(type_, Nullable):
        return value is None or fits(value, type_.inner, types=types, depth=depth + 1)
    if isinstance(type_, ListOf):
        return _is_list(value) and all(fits(each, type_.item, types=types, depth=depth + 1) for each in _items(value))
    if isinstance(type_, MapOf):
        members = value.values() if isinstance(value, Mapping) else (value,)
        return isinstance(value, Mapping) and all(
            fits(each, type_.value, types=types, depth=depth + 1) for each in members
        )
    declared = types.get(type_.id)
    return declared is None or _fits_declared(value, declared, types, depth=depth + 1)


def _fits_declared(value: Value, declared: Declaration, types: Mapping[TypeId, Declaration], *, depth: int) -> bool:
    if isinstance(declared, ObjectType):
        return _fits_object(value, declared, types, depth=depth)
    if isinstance(declared, EnumType):
        return _is_primitive(value, Primitive("string" if declared.kind == "string" else "number"))
    if isinstance(declared, AliasType):
        return fits(value, declared.target, types=types, depth=depth)
    tag = value.get(declared.discriminator) if declared.discriminator and isinstance(value, Mapping) else None
    told = [each for each in declared.variants if isinstance(tag, str) and tag in each.tags]
    return any(fits(value, each.type, types=types, depth=depth) for each in told or declared.variants)


def _fits_object(value: Value, declared: ObjectType, types: Mapping[TypeId, Declaration], *, depth: int) -> bool:
    if not isinstance(value, Mapping):
        return False
    fields = {each.wire: each for each in declared.fields if each.access != "read"}
    if any(each.is_required and wire not in value for wire, each in fields.items()):
        return False
    return all(
        fits(each, fields[name].type, types=types, depth=depth) if name in fields else declared.extra is not None
        for name, each in value.items()
    )


def _is_primitive(value: Value, type_: Primitive) -> bool:
    if type_.kind == "any":
        return True
    if type_.kind == "null":
        return value is None
    if type_.kind == "boolean":
        return isinstance(value, bool)
    if type_.kind in _TEXT_KINDS:
        return isinstance(value, str)
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_list(value: Value) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str)


def _items(value: Value) -> Sequence[Value]:
    return value if isinstance(value, Sequence) else ()
