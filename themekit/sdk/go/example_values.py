"""Values to show how an operation is called: the description's examples, or some made from the types."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from themekit.model.api_types import (
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

if TYPE_CHECKING:
    from collections.abc import Mapping

    from themekit.model.api import Content
    from themekit.model.api_types import Docs, Field, Type
    from themekit.sdk.go.types import GoTypes

Json = str | int | float | bool | list["Json"] | dict[str, "Json"] | None

MAX_DEPTH = 8

_PRIMITIVES: Mapping[str, Json] = {
    "any": "value",
    "string": "text",
    "boolean": True,
    "integer": 1,
    "int32": 1,
    "number": 1.5,
    "float": 1.5,
    "date": "2026-10-01",
    "date-time": "2026-10-01T12:00:00Z",
    "base64": "dGV4dA==",
    "binary": "text",
    "null": None,
}
_FORMATS: Mapping[str, Json] = {
    "uuid": "123e4567-e89b-42d3-a456-426614174000",
    "email": "someone@example.com",
    "idn-email": "someone@example.com",
    "uri": "https://example.com/path",
    "url": "https://example.com/path",
    "uri-reference": "/path",
    "hostname": "host.example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "time": "12:00:00Z",
    "duration": "P1D",
}


def body_example(content: Content, types: GoTypes) -> Json:
    """The value of a body: the first example, or one that is made."""
    for _, text in content.examples:
        found: Json = json.loads(text)
        return found
    if content.parts:
        return {
            each.field.wire: member_example(each.field, types)
            for each in content.parts
            if each.field.is_required and each.field.access != "read"
        }
    return example(content.type, types)


def member_example(member: Field, types: GoTypes, *, depth: int = 0) -> Json:
    """A value for a member or a parameter."""
    return documented(member.docs, member.type, types=types, depth=depth)


def documented(docs: Docs, kind: Type, *, types: GoTypes, depth: int = 0) -> Json:
    """The first example, or one that is made of the type and its limits."""
    for text in docs.examples:
        found: Json = json.loads(text)
        return found
    made = example(kind, types, depth=depth)
    return _limited(made, dict(docs.limits)) if not types_declared(kind) else made


def types_declared(kind: Type) -> bool:
    """The type has a declaration of its own, whose limits stand there."""
    return isinstance(kind, Reference) or (isinstance(kind, Nullable) and isinstance(kind.inner, Reference))


def example(kind: Type, types: GoTypes, *, depth: int = 0) -> Json:
    """A value that is made of the type."""
    match kind:
        case Primitive(kind=name, format=form):
            return _FORMATS.get(form, _PRIMITIVES[name]) if name == "string" else _PRIMITIVES[name]
        case Constant(value=value):
            found: Json = json.loads(value)
            return found
        case ListOf(item=item):
            return [] if depth > MAX_DEPTH else [example(item, types, depth=depth + 1)]
        case MapOf(value=value):
            return {} if depth > MAX_DEPTH else {"key": example(value, types, depth=depth + 1)}
        case Nullable(inner=inner):
            return None if depth > MAX_DEPTH else example(inner, types, depth=depth + 1)
        case Reference():
            return _declared(kind, types, depth)


def _declared(kind: Reference, types: GoTypes, depth: int) -> Json:
    declared = types.by_id[kind.id]
    for text in declared.docs.examples:
        found: Json = json.loads(text)
        return found
    match declared:
        case ObjectType():
            if depth > MAX_DEPTH:
                return {}
            return {
                each.wire: member_example(each, types, depth=depth + 1)
                for each in declared.fields
                if each.is_required and each.access != "read"
            }
        case EnumType():
            first: Json = json.loads(declared.members[0].value) if declared.members else "value"
            return first
        case UnionType():
            return _variant(declared, types, depth)
    return _limited(example(declared.target, types, depth=depth + 1), dict(declared.docs.limits))


def _variant(union: UnionType, types: GoTypes, depth: int) -> Json:
    if not union.variants or depth > MAX_DEPTH:
        return None
    variant = union.variants[0]
    made = example(variant.type, types, depth=depth + 1)
    if isinstance(made, dict) and variant.tags and union.discriminator:
        made[union.discriminator] = variant.tags[0]
    return made


def _limited(value: Json, limits: Mapping[str, str]) -> Json:
    """The value within its limits, as far as they are simple."""
    try:
        if isinstance(value, str):
            least, most = int(limits.get("minLength", "0")), int(limits.get("maxLength", "1000000"))
            return value.ljust(least, "x")[: max(most, 0)]
        if isinstance(value, int | float) and not isinstance(value, bool):
            if "minimum" in limits and value < float(limits["minimum"]):
                return int(float(limits["minimum"])) if isinstance(value, int) else float(limits["minimum"])
            if "maximum" in limits and value > float(limits["maximum"]):
                return int(float(limits["maximum"])) if isinstance(value, int) else float(limits["maximum"])
    except ValueError:
        return value
    return value
