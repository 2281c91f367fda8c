"""Values for examples and tests: what the description gives, else the smallest that its types and limits allow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.model.api_types import (
    AliasType,
    Constant,
    EnumType,
    ListOf,
    MapOf,
    Nullable,
    ObjectType,
    Primitive,
    Reference,
    UnionType,
)
from themekit.sdk.typescript.fitting import fits
from themekit.sdk.typescript.reading import json_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from themekit.model.api_types import Declaration, Docs, Field, Type, TypeId
    from themekit.sdk.typescript.layout import Value

MAX_DEPTH = 8
"""Deeper, optional members are left out and lists are empty."""

_TEXTS = {
    "uuid": "3f2504e0-4f89-41d3-9a0c-0305e82c3301",
    "email": "ada@example.com",
    "uri": "https://example.com/",
    "url": "https://example.com/",
    "uri-reference": "/",
    "hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "time": "09:30:00Z",
    "duration": "P1D",
}


def example(type_: Type, types: Mapping[TypeId, Declaration], *, docs: Docs | None = None, depth: int = 0) -> Value:
    """A value of this type."""
    for shown in (*docs.examples, docs.default) if docs is not None else ():
        if shown is not None and fits(value := json_value(shown), type_, types=types):
            return value
    if isinstance(type_, Constant):
        return json_value(type_.value)
    if isinstance(type_, Primitive):
        return _primitive(type_, dict(docs.limits) if docs else {})
    if isinstance(type_, ListOf):
        return [] if depth > MAX_DEPTH else [example(type_.item, types, depth=depth + 1)]
    if isinstance(type_, MapOf):
        return {}
    if isinstance(type_, Nullable):
        return None if depth > MAX_DEPTH else example(type_.inner, types, docs=docs, depth=depth)
    declared = types.get(type_.id)
    return None if declared is None else _declared(declared, types, depth=depth + 1)


def members(fields: tuple[Field, ...], types: Mapping[TypeId, Declaration], *, depth: int = 0) -> dict[str, Value]:
    """The members of an object in a request that must be there."""
    return {
        field.wire: example(field.type, types, docs=field.docs, depth=depth)
        for field in fields
        if field.is_required and field.access != "read"
    }


def _declared(declared: Declaration, types: Mapping[TypeId, Declaration], *, depth: int) -> Value:
    for shown in declared.docs.examples:
        if fits(value := json_value(shown), Reference(declared.id), types=types):
            return value
    if isinstance(declared, EnumType):
        return json_value(declared.members[0].value) if declared.members else None
    if depth > 3 * MAX_DEPTH:
        return None
    if isinstance(declared, AliasType):
        return example(declared.target, types, docs=declared.docs, depth=depth)
    if isinstance(declared, ObjectType):
        return members(declared.fields, types, depth=depth)
    return _variant(declared, types, depth=depth)


def _variant(union: UnionType, types: Mapping[TypeId, Declaration], *, depth: int) -> Value:
    """The first variant, with the member that tells which it is."""
    first = union.variants[0]
    value = example(first.type, types, depth=depth)
    if union.discriminator and first.tags and isinstance(value, dict):
        return {**value, union.discriminator: first.tags[0]}
    return value


def _primitive(primitive: Primitive, limits: Mapping[str, str]) -> Value:
    kind = primitive.kind
    if kind in {"integer", "int32", "number", "float"}:
        return _number(limits)
    if kind == "string":
        return _text(_TEXTS.get(primitive.format, "string"), limits)
    fixed: Mapping[str, Value] = {
        "any": "value",
        "boolean": True,
        "date": "2026-01-31",
        "date-time": "2026-01-31T09:30:00Z",
        "base64": "aGVsbG8=",
        "binary": "hello",
        "null": None,
    }
    return fixed[kind]


def _number(limits: Mapping[str, str]) -> Value:
    """Within the limits: the lowest, or 1."""
    low = float(limits.get("minimum", limits.get("exclusiveMinimum", "1")))
    high = float(limits.get("maximum", limits.get("exclusiveMaximum", "inf")))
    step = float(limits.get("multipleOf", "1")) or 1.0
    found = max(1.0, low) if high >= 1 else min(low, high)
    if "exclusiveMinimum" in limits and found <= low:
        found = low + step
    found = -(-found // step) * step
    return int(found) if found == int(found) else found


def _text(text: str, limits: Mapping[str, str]) -> str:
    low, high = int(limits.get("minLength", "0")), int(limits.get("maxLength", str(len(text) + 1)))
    return text.ljust(low, "x")[: max(high, low)]
