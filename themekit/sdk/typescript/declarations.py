"""`types.d.ts`: what values look like. There is no code behind it, as values are plain JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.model.api_types import (
    AliasType,
    Constant,
    Docs,
    EnumType,
    ListOf,
    MapOf,
    Nullable,
    ObjectType,
    Primitive,
    Reference,
    UnionType,
    referred,
)
from themekit.sdk.typescript.documentation import documented
from themekit.sdk.typescript.layout import literal, union
from themekit.sdk.typescript.reading import json_value
from themekit.sdk.typescript.spelling import key, string

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from themekit.model.api_types import Declaration, Field, Type, TypeId
    from themekit.sdk.typescript.naming import TypeNames, Way
    from themekit.sdk.typescript.plan import Call, Placed, Plan

OPEN_ENUM = {"string": "(string & {})", "integer": "(number & {})", "number": "(number & {})"}
"""What a value of an enumeration may be besides: editors go on to offer those that are known."""

_HEAD = 'import type * as core from "./core.js";\n'


def types_module(plan: Plan) -> str:
    """The types of the API, then those of parameters and options."""
    blocks = [_HEAD]
    for declaration in plan.api.types:
        blocks += declared(declaration, plan.names)
    for resource in plan.resources:
        blocks += [_params(call, plan.names) for call in resource.calls if call.params_type]
    for name, options in plan.options.items():
        blocks.append(_options(name, options, plan.names))
    blocks += _webhook_events(plan)
    text = "\n".join(blocks)
    return text if "core." in text[len(_HEAD) :] else text.removeprefix(_HEAD).lstrip("\n") or "export {};\n"


def declared(declaration: Declaration, names: TypeNames) -> Iterator[str]:
    """A type, and another one for requests if these write it in another way."""
    is_given = declaration.id in names.reach.given and declaration.id not in names.reach.got
    yield _declaration(declaration, names, way="given" if is_given else "got", name=names.names[declaration.id])
    if declaration.id in names.inputs:
        yield _declaration(declaration, names, way="given", name=names.inputs[declaration.id])


def _declaration(declaration: Declaration, names: TypeNames, *, way: Way, name: str) -> str:
    docs = documented(declaration.docs)
    if isinstance(declaration, ObjectType):
        body = _object(name, declaration, names, way=way)
    elif isinstance(declaration, EnumType):
        values = dict.fromkeys(literal(json_value(each.value)) for each in declaration.members)
        body = union(f"export type {name} =", [*values, OPEN_ENUM[declaration.kind]])
    elif isinstance(declaration, UnionType):
        body = union(f"export type {name} =", variants(declaration, names, way=way))
    else:
        target = _unrolled(declaration, names)
        body = union(f"export type {name} =", _alternatives(target, names, way=way))
    return "\n".join([*docs, body]) + "\n"


def variants(declaration: UnionType, names: TypeNames, *, way: Way, scope: str = "") -> list[str]:
    """The alternatives of a union, each with the values of the member that tells it, if that does not by itself."""
    found: dict[str, None] = {}
    for each in declaration.variants:
        if _leads_back(each.type, names, start=declaration.id):
            found.setdefault("unknown")
            continue
        text = names.spell(each.type, way, scope=scope)
        if declaration.discriminator and each.tags and not _is_told(each.type, declaration.discriminator, names):
            tags = " | ".join(string(tag) for tag in each.tags)
            text = f"({text} & {{ {key(declaration.discriminator)}: {tags} }})"
        found.setdefault(text)
    return list(found) or ["unknown"]


def _is_told(type_: Type, discriminator: str, names: TypeNames) -> bool:
    """The member has but one value already."""
    declared_type = names.types.get(type_.id) if isinstance(type_, Reference) else None
    return isinstance(declared_type, ObjectType) and any(
        field.wire == discriminator and isinstance(field.type, Constant) and field.is_required
        for field in declared_type.fields
    )


def _unrolled(declaration: AliasType, names: TypeNames) -> Type:
    return Primitive("any") if _leads_back(declaration.target, names, start=declaration.id) else declaration.target


def _leads_back(type_: Type, names: TypeNames, *, start: TypeId) -> bool:
    """A name that means itself, with no list or object between: TypeScript refuses it."""
    waiting, seen = [type_], set[str]()
    while waiting:
        each = waiting.pop()
        id_ = None if isinstance(each, ListOf | MapOf) else referred(each)
        if id_ is None:
            continue
        if id_ == start:
            return True
        inner = names.types.get(id_)
        if id_ not in seen and isinstance(inner, AliasType):
            waiting.append(inner.target)
        elif id_ not in seen and isinstance(inner, UnionType):
            waiting += [variant.type for variant in inner.variants]
        seen.add(id_)
    return False


def _object(name: str, declaration: ObjectType, names: TypeNames, *, way: Way) -> str:
    hidden = "read" if way == "given" else "write"
    fields = [each for each in declaration.fields if each.access != hidden]
    if not fields and declaration.extra is not None:
        return union(f"export type {name} =", [names.spell(MapOf(declaration.extra), way)])
    lines = _fields([(each.wire, each) for each in fields], names, way=way)
    if declaration.extra is not None:
        lines.append("  [key: string]: unknown;")
    return _interface(name, lines)


def _interface(name: str, lines: Sequence[str], *, base: str = "") -> str:
    head = f"export interface {name}{f' extends {base}' if base else ''}"
    return "\n".join([f"{head} {{", *lines, "}"]) if lines else f"{head} {{}}"


def _fields(fields: Sequence[tuple[str, Field]], names: TypeNames, *, way: Way) -> list[str]:
    found: list[str] = []
    for name, field in fields:
        found += documented(field.docs, indent="  ")
        optional = "" if field.is_required else "?"
        found.append(_member(f"{key(name)}{optional}:", field.type, names, way=way))
    return found


def _member(start: str, type_: Type, names: TypeNames, *, way: Way) -> str:
    return union(start, _alternatives(type_, names, way=way), indent=2)


def _alternatives(type_: Type, names: TypeNames, *, way: Way) -> list[str]:
    text = names.spell(type_, way)
    return text.rsplit(" | ", 1) if isinstance(type_, Nullable) else [text]


def _params(call: Call, names: TypeNames) -> str:
    """The object that a method takes: parameters, and the members of a body."""
    lines: list[str] = []
    for placed in call.params:
        lines += _placed_member(placed, names)
    base, body = "", call.body
    if body is not None and body.is_argument:
        lines += documented(call.operation.body.docs if call.operation.body else Docs(), indent="  ")
        mark = "" if body.is_required else "?"
        lines.append(_member(f"body{mark}:", body.content.type, names, way="given"))
    elif body is not None and body.declared is not None and not body.content.parts:
        base = names.spell(Reference(body.declared.id), "given")
    elif body is not None:
        lines += _parts(call, names)
    docs = documented(Docs(summary=f"Parameters of {'.'.join(('_'.join(call.operation.group), call.name))}."))
    if base and not lines:
        return "\n".join([*docs, union(f"export type {call.params_type} =", [base])]) + "\n"
    has_shape = base and body is not None and body.declared is not None and body.declared.fields
    if base and not has_shape:
        lines.append("  [key: string]: unknown;")
        base = ""
    return "\n".join([*docs, _interface(call.params_type, lines, base=base)]) + "\n"


def _parts(call: Call, names: TypeNames) -> list[str]:
    """The members of a form; those that are files take whatever can be sent as one."""
    found: list[str] = []
    body = call.body
    for part in body.content.parts if body else ():
        if part.field.access == "read":
            continue
        found += documented(part.field.docs, indent="  ")
        mark = "" if part.field.is_required else "?"
        found.append(_member(f"{key(part.field.wire)}{mark}:", part.field.type, names, way="given"))
    if body is not None and body.declared is not None and body.declared.extra is not None:
        found.append("  [key: string]: unknown;")
    return found


def _placed_member(placed: Placed, names: TypeNames, *, is_option: bool = False) -> list[str]:
    parameter = placed.parameter
    mark = "" if parameter.is_required else "?"
    lines = documented(parameter.docs, indent="  ")
    text = names.spell(parameter.type, "given")
    parts = [text, "undefined"] if is_option and text != "unknown" else [text]
    return [*lines, union(f"{key(placed.key)}{mark}:", parts, indent=2)]


def _options(name: str, options: tuple[Placed, ...], names: TypeNames) -> str:
    lines = [line for each in options for line in _placed_member(each, names, is_option=True)]
    docs = documented(Docs(summary="Options of a call, with the headers that it can have."))
    return "\n".join([*docs, _interface(name, lines, base="core.RequestOptions")]) + "\n"


def _webhook_events(plan: Plan) -> list[str]:
    """What a webhook can bring."""
    if not plan.webhook_event:
        return []
    bodies = [content.type for hook in plan.api.webhooks if hook.body for content in hook.body.contents[:1]]
    found = list(dict.fromkeys(plan.names.spell(each, "got") for each in bodies)) or ["unknown"]
    docs = documented(Docs(summary="What a webhook brings."))
    return ["\n".join([*docs, union(f"export type {plan.webhook_event} =", found)]) + "\n"]
