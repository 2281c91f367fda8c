"""Example values of an operation's parameters and body: the author's, or ones made of the types."""

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
    from themekit.sdk.java.operations import Plan, Setting
    from themekit.sdk.java.types import JavaApi

JsonValue = object
MAX_DEPTH = 6
_FORMATS = {
    "uuid": "3f2b8c1e-9d4a-4c57-8f10-2a6b7e5d9c03",
    "email": "ada@example.com",
    "uri": "https://example.com/",
    "url": "https://example.com/",
    "hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "time": "12:00:00Z",
    "duration": "P1D",
    "password": "correct horse",
}
_PRIMITIVES: dict[str, JsonValue] = {
    "any": "value",
    "boolean": True,
    "integer": 1,
    "int32": 1,
    "number": 1.5,
    "float": 1.5,
    "date": "2026-01-31",
    "date-time": "2026-01-31T12:00:00Z",
    "base64": "aGVsbG8=",
    "null": None,
}


def setting_values(java: JavaApi, plan: Plan) -> dict[str, JsonValue]:
    """Values by the method that takes them, in the order of the operation; files are left to who writes them."""
    body = body_example(plan.body) if plan.body is not None else None
    found: dict[str, JsonValue] = {}
    for each in plan.settings:
        if each.fixed is not None:
            continue
        is_body = each.store.startswith("body(")
        if is_body and each.wire and isinstance(body, dict) and each.wire in body:
            found[each.method] = completed(java, each.type, body[each.wire])
        elif is_body and not each.wire and body is not None:
            found[each.method] = completed(java, each.type, body)
        elif each.is_required:
            found[each.method] = _setting(java, each)
    return found or _something(java, plan)


def _something(java: JavaApi, plan: Plan) -> dict[str, JsonValue]:
    """A body that must be there is not left empty: its first member that is plain."""
    if plan.operation.body is None or not plan.operation.body.is_required:
        return {}
    for each in plan.settings:
        is_plain = isinstance(java.followed(each.type), Primitive | ListOf) and "pattern" not in dict(each.docs.limits)
        if is_plain and not each.is_file and each.fixed is None and each.store.startswith("body("):
            return {each.method: _setting(java, each)}
    return {}


def completed(java: JavaApi, wanted: Type, value: JsonValue, *, depth: int = 0) -> JsonValue:
    """The author's example with what it lacks: members that are required."""
    if isinstance(wanted, Nullable):
        wanted = wanted.inner
    followed = java.followed(wanted)
    if isinstance(followed, ListOf) and isinstance(value, list):
        return [completed(java, followed.item, item, depth=depth + 1) for item in value]
    declared = java.object_type(wanted)
    if declared is None or not isinstance(value, dict) or depth > MAX_DEPTH:
        return value
    found = dict(value)
    for each in declared.fields:
        if each.wire in found:
            found[each.wire] = completed(java, each.type, found[each.wire], depth=depth + 1)
        elif each.is_required and each.access != "read":
            found[each.wire] = _field(java, each, depth)
    return found


def body_example(content: Content) -> JsonValue | None:
    """The first example of the body."""
    if not content.examples:
        return None
    try:
        found: JsonValue = json.loads(content.examples[0][1])
    except ValueError:
        return None
    return found


def _setting(java: JavaApi, each: Setting) -> JsonValue:
    return example(java, each.type, each.docs)


def example(java: JavaApi, wanted: Type, docs: Docs) -> JsonValue:
    """The best example, or a value that is made."""
    for text in docs.examples:
        return json.loads(text)
    if docs.default is not None:
        return json.loads(docs.default)
    return made(java, wanted, limits=dict(docs.limits))


def made(java: JavaApi, wanted: Type, *, limits: Mapping[str, str], depth: int = 0) -> JsonValue:
    """A value of the type, as small as it can be."""
    if isinstance(wanted, Nullable):
        return made(java, wanted.inner, limits=limits, depth=depth)
    if isinstance(wanted, Constant):
        return json.loads(wanted.value)
    if isinstance(wanted, ListOf):
        count = max(1, int(limits.get("minItems", "1"))) if depth < MAX_DEPTH else 0
        return [made(java, wanted.item, limits={}, depth=depth + 1)] * min(count, 5)
    if isinstance(wanted, MapOf):
        return {"key": made(java, wanted.value, limits={}, depth=depth + 1)} if depth < MAX_DEPTH else {}
    if isinstance(wanted, Reference):
        return _declared(java, wanted, depth)
    return _limited(_PRIMITIVES.get(wanted.kind, _FORMATS.get(wanted.format, "text")), limits)


def _declared(java: JavaApi, wanted: Reference, depth: int) -> JsonValue:
    declared = java.declared[wanted.id]
    for text in declared.docs.examples:
        return json.loads(text)
    if isinstance(declared, EnumType):
        return json.loads(declared.members[0].value)
    if depth > MAX_DEPTH:
        return {}
    if isinstance(declared, ObjectType):
        return {
            each.wire: _field(java, each, depth)
            for each in declared.fields
            if each.is_required and each.access != "read"
        }
    if isinstance(declared, UnionType):
        return _union(java, declared, depth)
    return made(java, declared.target, limits=dict(declared.docs.limits), depth=depth + 1)


def _field(java: JavaApi, each: Field, depth: int) -> JsonValue:
    for text in each.docs.examples:
        return json.loads(text)
    return made(java, each.type, limits=dict(each.docs.limits), depth=depth + 1)


def _union(java: JavaApi, declared: UnionType, depth: int) -> JsonValue:
    if not declared.variants:
        return {}
    first = declared.variants[0]
    value = made(java, first.type, limits={}, depth=depth + 1)
    if declared.discriminator and first.tags and isinstance(value, dict):
        return {declared.discriminator: first.tags[0], **value, declared.discriminator: first.tags[0]}
    return value


def _limited(value: JsonValue, limits: Mapping[str, str]) -> JsonValue:
    """The value within its bounds, as far as these are numbers or lengths."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        low = _number(limits.get("minimum"), _number(limits.get("exclusiveMinimum"), None, more=1), more=0)
        high = _number(limits.get("maximum"), None)
        value = low if low is not None and value < low else value
        return high if high is not None and value > high else value
    if isinstance(value, str):
        value = value.ljust(min(int(limits.get("minLength", "0")), 4096), "x")
        return value[: int(limits["maxLength"])] if "maxLength" in limits else value
    return value


def _number(text: str | None, otherwise: float | None, *, more: int = 0) -> float | None:
    if text is None:
        return otherwise
    try:
        found = float(text)
    except ValueError:
        return otherwise
    return (int(found) if found.is_integer() else found) + more


def is_file(java: JavaApi, wanted: Type) -> bool:
    """It is sent as the bytes of a file."""
    followed = java.followed(wanted)
    return isinstance(followed, Primitive) and followed.kind == "binary"
