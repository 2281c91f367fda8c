"""Calls with example values: those of the description, or ones made from the types."""

from __future__ import annotations

import base64
import binascii
import json
import re
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
from themekit.sdk.python.literals import string, value
from themekit.sdk.python.printed import Group, call, printed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from themekit.model.api import Content
    from themekit.model.api_types import Docs, Type
    from themekit.sdk.python.annotations import Types
    from themekit.sdk.python.arguments import Argument, Arguments
    from themekit.sdk.python.methods import Method, Resource

_DEEPEST = 6
_TEXTS = {
    "uuid": "3fa85f64-5717-4562-b3fc-2c963f66afa6",
    "email": "user@example.com",
    "uri": "https://example.com/",
    "url": "https://example.com/",
    "hostname": "example.com",
    "ipv4": "192.0.2.1",
    "ipv6": "2001:db8::1",
    "time": "09:30:00Z",
    "duration": "P1D",
}


def arguments_with_values(method: Method, types: Types) -> dict[str, object]:
    """A JSON value for each argument that must be given or that the body's example has, by its name."""
    given = _body_example(method.arguments)
    found: dict[str, object] = {}
    for each in method.arguments.all:
        if each.name == method.flag or each.origin == "extra":
            continue
        wire = each.origin if isinstance(each.origin, str) else _wire(each)
        if each.origin == "body" and method.arguments.content and method.arguments.content.examples:
            found[each.name] = json.loads(method.arguments.content.examples[0][1])
        elif given is not None and wire in given and not isinstance(each.origin, str) and _is_body(each):
            found[each.name] = given[wire]
        elif each.is_required:
            found[each.name] = example(each.type, types, docs=each.docs)
        if each.origin == "body" and each.name in found and _is_of_lines(method.arguments.content):
            given_lines = found[each.name]
            found[each.name] = given_lines if isinstance(given_lines, list) else [given_lines]
    return found


def _is_of_lines(content: Content | None) -> bool:
    """The body is given as a list, an item a line."""
    return content is not None and content.kind in {"json-lines", "events"}


def _body_example(arguments: Arguments) -> dict[str, object] | None:
    if arguments.content is None or not arguments.is_flat or not arguments.content.examples:
        return None
    content = json.loads(arguments.content.examples[0][1])
    return content if isinstance(content, dict) else None


def _is_body(of: Argument) -> bool:
    return not hasattr(of.origin, "place")


def _wire(of: Argument) -> str:
    own = getattr(of.origin, "field", of.origin)
    return str(getattr(own, "wire", ""))


def example(of: Type, types: Types, *, docs: Docs | None = None, depth: int = 0) -> object:
    """A value of this type as JSON has it."""
    if docs is not None:
        given = (*docs.examples, *([docs.default] if docs.default is not None else []))
        found = [content for text in given if _fits(content := json.loads(text), of, types)]
        if found:
            return found[0]
    if isinstance(of, Primitive):
        return _primitive(of, dict(docs.limits) if docs is not None else {})
    if isinstance(of, Constant):
        return json.loads(of.value)
    if isinstance(of, ListOf):
        least = _limit(docs, "minItems")
        count = max(least, 1) if depth < _DEEPEST else least
        return [example(of.item, types, depth=depth + 1) for _ in range(min(count, 20))]
    if isinstance(of, MapOf):
        return {"key": example(of.value, types, depth=depth + 1)} if depth < _DEEPEST else {}
    if isinstance(of, Nullable):
        return example(of.inner, types, docs=docs, depth=depth) if depth < _DEEPEST else None
    return _declared(of, types, docs=docs, depth=depth)


def _fits(content: object, of: Type, types: Types) -> bool:
    """The value is of the type's kind: authors' examples are not always."""
    found = types.resolved(of)
    if isinstance(found, ObjectType | MapOf):
        return isinstance(content, dict)
    if isinstance(found, ListOf):
        return isinstance(content, list)
    if isinstance(found, Primitive):
        return found.kind == "any" or isinstance(content, _KINDS.get(found.kind, str))
    return True


_KINDS: dict[str, type | tuple[type, ...]] = {
    "boolean": bool,
    "integer": int,
    "int32": int,
    "number": (int, float),
    "float": (int, float),
}


def _declared(of: Reference, types: Types, *, docs: Docs | None, depth: int) -> object:
    found = types.by_id[of.id]
    given = [content for text in found.docs.examples if _fits(content := json.loads(text), of, types)]
    if given:
        return given[0]
    if isinstance(found, EnumType):
        return json.loads(found.members[0].value) if found.members else "value"
    if isinstance(found, AliasType):
        return example(found.target, types, docs=docs if docs and docs.limits else found.docs, depth=depth + 1)
    if isinstance(found, UnionType):
        return _variant(found, types, depth=depth)
    if depth > 2 * _DEEPEST:
        return {}
    return {
        each.wire: example(each.type, types, docs=each.docs, depth=depth + 1)
        for each in found.fields
        if each.is_required and each.access != "read"
    }


def _variant(of: UnionType, types: Types, *, depth: int) -> object:
    """A value of the first variant that is no null."""
    plain = [each for each in of.variants if each.type != Primitive("null")]
    if not plain or depth > 2 * _DEEPEST:
        return None
    chosen = next((each for each in plain if not of.discriminator or each.tags), plain[0])
    made = example(chosen.type, types, depth=depth + 1)
    if of.discriminator and chosen.tags and isinstance(made, dict):
        made = {
            **made,
            of.discriminator: made.get(of.discriminator)
            if made.get(of.discriminator) in chosen.tags
            else chosen.tags[0],
        }
    return made


def _limit(docs: Docs | None, name: str) -> int:
    text = dict(docs.limits).get(name, "") if docs is not None else ""
    return int(text) if text.isdecimal() else 0


def _primitive(of: Primitive, limits: Mapping[str, str]) -> object:
    if of.kind in {"string", "binary"}:
        return _text(of, limits)
    if of.kind in {"integer", "int32", "number", "float"}:
        return _number(of, limits)
    return {
        "any": "value",
        "boolean": True,
        "date": "2026-10-05",
        "date-time": "2026-10-05T09:30:00Z",
        "base64": "aGVsbG8=",
        "null": None,
    }[of.kind]


def _text(of: Primitive, limits: Mapping[str, str]) -> str:
    text = _TEXTS.get(of.format, "string")
    least, most = limits.get("minLength", ""), limits.get("maxLength", "")
    if least.isdecimal() and len(text) < int(least) <= 10_000:
        text = (text * int(least))[: int(least)]
    return text[: int(most)] if most.isdecimal() else text


def _number(of: Primitive, limits: Mapping[str, str]) -> float:
    found: float = 1
    for name, step in (("minimum", 0), ("exclusiveMinimum", 1)):
        if re.fullmatch(r"-?\d+(\.\d+)?", limits.get(name, "")):
            found = max(found, float(limits[name]) + step)
    for name, step in (("maximum", 0), ("exclusiveMaximum", 1)):
        if re.fullmatch(r"-?\d+(\.\d+)?", limits.get(name, "")):
            found = min(found, float(limits[name]) - step)
    return int(found) if of.kind in {"integer", "int32"} or found == int(found) else found


def expression(of: Type, content: object, *, types: Types) -> Group | str:
    """A JSON value as an argument of this type."""
    if isinstance(of, Nullable):
        return "None" if content is None else expression(of.inner, content, types=types)
    found = types.resolved(of)
    if isinstance(found, Primitive) and isinstance(content, str):
        if found.kind == "base64":
            return _bytes(content)
        if found.kind == "binary":
            return call("Upload", [repr(content.encode()), f"name={string('file.txt')}"])
    if isinstance(found, ListOf) and isinstance(content, list):
        return Group("[", [expression(found.item, each, types=types) for each in content], "]")
    return _value(content)


def _bytes(content: str) -> str:
    try:
        return repr(base64.b64decode(content, validate=True))
    except (ValueError, binascii.Error):
        return repr(content.encode())


def _value(content: object, start: str = "") -> Group | str:
    """A value laid out member by member."""
    if isinstance(content, dict) and content:
        return Group(f"{start}{{", [_value(each, f"{string(str(key))}: ") for key, each in content.items()], "}")
    if isinstance(content, list) and content:
        return Group(f"{start}[", [_value(each) for each in content], "]")
    return f"{start}{value(content)}"


def _named(name: str, of: Group | str) -> Group | str:
    return f"{name}={of}" if isinstance(of, str) else Group(f"{name}={of.start}", of.parts, of.end, of.kind)


def call_of(method: Method, types: Types, *, start: str) -> Group:
    """A call with example values; `start` is all up to its bracket."""
    if not method.example:  # the same in both classes, in tests and in samples
        method.example.append(_parts(method, types))
    return call(start, method.example[0])


def _parts(method: Method, types: Types) -> list[Group | str]:
    parts: list[Group | str] = []
    given = arguments_with_values(method, types)
    for each in method.arguments.all:
        if each.name in given:
            made = _typed(each, given[each.name], types)
            parts.append(made if each in method.arguments.positional else _named(each.name, made))
    return parts


def _typed(of: Argument, content: object, types: Types) -> Group | str:
    if "FileInput" in of.annotation:
        text = content if isinstance(content, str) else "content"
        if "Sequence[" in of.annotation:
            return Group("[", [call("Upload", [_ascii(text), 'name="file.txt"'])], "]")
        return call("Upload", [_ascii(text), 'name="file.txt"'])
    return expression(of.type, content, types=types)


def _ascii(text: str) -> str:
    """The bytes of a text as a literal."""
    inner = "".join(each if each.isascii() and each.isprintable() and each not in '\\"' else "" for each in text)
    return f'b"{inner}"'


def call_lines(method: Method, types: Types, *, resource: Resource, is_async: bool) -> list[str]:
    """A short example for a docstring."""
    start = f"client.{resource.attribute}.{method.name}"
    return printed(call_of(method, types, start=f"{'await ' if is_async else ''}{start}"))
