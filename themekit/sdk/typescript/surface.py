"""The public names of the SDK with their signatures: what programs depend on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.model.api_types import AliasType, EnumType, ObjectType, UnionType
from themekit.sdk.typescript.client import ERRORS, TYPES, VALUES, options_of
from themekit.sdk.typescript.declarations import OPEN_ENUM, variants
from themekit.sdk.typescript.layout import literal
from themekit.sdk.typescript.plan import plan_of
from themekit.sdk.typescript.reading import json_value
from themekit.sdk.typescript.signatures import methods_of
from themekit.sdk.typescript.spelling import key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.model.api import ApiModel
    from themekit.model.api_types import Declaration, Type
    from themekit.sdk.typescript.naming import TypeNames, Way
    from themekit.sdk.typescript.plan import Call, Placed, Plan


def surface(api: ApiModel) -> tuple[str, ...]:
    """One line for each name, sorted. What callers must give ends with ` required`."""
    plan = plan_of(api)
    lines = [f"class {name}" for name in (*ERRORS, *(name for _, names in VALUES for name in names))]
    lines += [f"type {name}" for name in TYPES]
    lines += [f"client.{name}?: {type_}" for name, type_, _ in options_of(api)]
    for resource in plan.resources:
        for call in resource.calls:
            for method in methods_of(call, plan, core="", types=""):
                lines.append(f"{resource.name}.{method.name}({', '.join(method.arguments)}): {method.result}")
            lines += _params(call, plan.names)
    for name, options in plan.options.items():
        lines += _placed(name, options, plan.names)
    for declaration in api.types:
        lines += _type(declaration, plan)
    if plan.webhooks:
        lines.append(f"{plan.webhooks}.verify(body: string, signature: string, secret: string): {plan.webhook_event}")
    return tuple(sorted(set(lines)))


def _type(declaration: Declaration, plan: Plan) -> Iterator[str]:
    names = plan.names
    is_given = declaration.id in names.reach.given and declaration.id not in names.reach.got
    yield from _shape(declaration, names, way="given" if is_given else "got", name=names.names[declaration.id])
    if declaration.id in names.inputs:
        yield from _shape(declaration, names, way="given", name=names.inputs[declaration.id])


def _shape(declaration: Declaration, names: TypeNames, *, way: Way, name: str) -> Iterator[str]:
    if isinstance(declaration, ObjectType):
        yield f"type {name}"
        hidden = "read" if way == "given" else "write"
        for field in declaration.fields:
            if field.access != hidden:
                optional = "" if field.is_required else " | undefined"
                yield f"{name}.{key(field.wire)}: {_spell(names, field.type, way=way)}{optional}"
    elif isinstance(declaration, EnumType):
        yield f"type {name} = {OPEN_ENUM[declaration.kind]}"
        for each in declaration.members:
            yield f"{name}[{literal(json_value(each.value))}]"
    elif isinstance(declaration, UnionType):
        yield f"type {name} = {' | '.join(variants(declaration, names, way=way))}"
    elif isinstance(declaration, AliasType):
        yield f"type {name} = {_spell(names, declaration.target, way=way)}"


def _params(call: Call, names: TypeNames) -> Iterator[str]:
    yield from _placed(call.params_type, call.params, names)
    body = call.body
    if body is None:
        return
    if body.is_argument:
        mark = " required" if body.is_required else ""
        yield f"{call.params_type}.body: {_spell(names, body.content.type, way='given')}{mark}"
    for name, field in body.fields:
        mark = " required" if field.is_required else ""
        yield f"{call.params_type}.{key(name)}: {_spell(names, field.type, way='given')}{mark}"


def _placed(name: str, placed: tuple[Placed, ...], names: TypeNames) -> Iterator[str]:
    for each in placed:
        mark = " required" if each.parameter.is_required else ""
        yield f"{name}.{key(each.key)}: {_spell(names, each.parameter.type, way='given')}{mark}"


def _spell(names: TypeNames, type_: Type, *, way: Way) -> str:
    """A type by the name that programs import."""
    return names.spell(type_, way).replace("core.", "")
