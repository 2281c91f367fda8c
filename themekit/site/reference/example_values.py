"""Values for requests that a page shows: those of the description, or made from types."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from themekit.model.api_types import (
    AliasType,
    Constant,
    EnumType,
    JsonText,
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

    from themekit.model.api import Content, Parameter
    from themekit.model.api_types import Declaration, Docs, Field, Type, TypeId, Variant

MAX_DEPTH = 6

_PRIMITIVES: Mapping[str, object] = {
    "any": "string",
    "string": "string",
    "boolean": True,
    "integer": 1,
    "int32": 1,
    "number": 1.5,
    "float": 1.5,
    "date": "2030-01-31",
    "date-time": "2030-01-31T12:00:00Z",
    "base64": "aGVsbG8=",
    "binary": "hello",
    "null": None,
}
_FORMATS: Mapping[str, str] = {
    "uuid": "0b6f3a52-5d0c-4c1e-9f62-0d3d5c4c8f11",
    "email": "jo@example.com",
    "uri": "https://example.com/",
    "url": "https://example.com/",
    "hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "time": "12:00:00Z",
    "duration": "P1D",
}


def parameter_value(parameter: Parameter, declarations: Mapping[TypeId, Declaration]) -> object:
    """A value to send."""
    return _chosen(parameter.docs, parameter.type, declarations, 0)


def content_value(content: Content, declarations: Mapping[TypeId, Declaration]) -> object:
    """A body to send: the description's first example, or what the type's required fields are."""
    if content.examples:
        return json.loads(content.examples[0][1])
    if content.parts:
        return {
            part.field.wire: _chosen(part.field.docs, part.field.type, declarations, 1)
            for part in content.parts
            if _is_sent(part.field)
        }
    return made(content.type, declarations)


def made(type_: Type, declarations: Mapping[TypeId, Declaration], *, depth: int = 0) -> object:
    """A value of the type."""
    match type_:
        case Primitive(kind=kind, format=written):
            return _FORMATS.get(written, _PRIMITIVES[kind]) if kind == "string" else _PRIMITIVES[kind]
        case Constant(value=value):
            found: object = json.loads(value)
            return found
        case ListOf(item=item):
            return [made(item, declarations, depth=depth + 1)] if depth < MAX_DEPTH else []
        case MapOf(value=inner):
            return {"key": made(inner, declarations, depth=depth + 1)} if depth < MAX_DEPTH else {}
        case Nullable(inner=inner):
            return made(inner, declarations, depth=depth) if depth < MAX_DEPTH else None
        case Reference(id=id_):
            return _declared(declarations[id_], declarations, depth)


def _declared(declaration: Declaration, declarations: Mapping[TypeId, Declaration], depth: int) -> object:
    if declaration.docs.examples:
        return _loaded(declaration.docs.examples[0])
    match declaration:
        case EnumType(members=members):
            return _loaded(members[0].value) if members else "string"
        case AliasType(target=target):
            return made(target, declarations, depth=depth + 1) if depth < MAX_DEPTH else None
        case UnionType(variants=variants, discriminator=tag):
            return _of_union(variants[0], tag, declarations, depth) if depth < MAX_DEPTH and variants else {}
        case ObjectType(fields=fields):
            return {
                each.wire: _chosen(each.docs, each.type, declarations, depth + 1)
                for each in fields
                if _is_sent(each) and depth < MAX_DEPTH
            }


def _of_union(variant: Variant, tag: str, declarations: Mapping[TypeId, Declaration], depth: int) -> object:
    value = made(variant.type, declarations, depth=depth + 1)
    return {**value, tag: variant.tags[0]} if isinstance(value, dict) and tag and variant.tags else value


def _is_sent(field: Field) -> bool:
    return field.access != "read" and (field.is_required or bool(field.docs.examples))


def _chosen(docs: Docs, type_: Type, declarations: Mapping[TypeId, Declaration], depth: int) -> object:
    if docs.examples:
        return _loaded(docs.examples[0])
    return made(type_, declarations, depth=depth)


def _loaded(value: JsonText) -> object:
    found: object = json.loads(value)
    return found
