"""What programs that use the SDK depend on, one name with its signature a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.model.api_types import EnumType, ObjectType, UnionType
from themekit.sdk.java import members
from themekit.sdk.java.client import accessor, option_names
from themekit.sdk.java.credentials import credentials
from themekit.sdk.java.enums import KINDS
from themekit.sdk.java.names import camel, constant_name, pascal
from themekit.sdk.java.objects import family
from themekit.sdk.java.operations import plan
from themekit.sdk.java.reach import reached
from themekit.sdk.java.reserved import ACCESSOR_WORDS, SETTER_WORDS
from themekit.sdk.java.types import java_api, leaves

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.model.api import ApiModel
    from themekit.model.api_types import TypeId
    from themekit.sdk.java.operations import Plan, Result
    from themekit.sdk.java.types import JavaApi


def surface(api: ApiModel) -> tuple[str, ...]:
    """The lines, sorted. What is optional has a `?`; members of parameters that are not say `required`."""
    java = java_api(api)
    plans = [plan(java, operation) for operation in api.operations]
    lines = [*_options(api), *_types(java, reached(java, plans))]
    for each in plans:
        lines += _operation(java, each)
    return tuple(sorted(set(lines)))


def _options(api: ApiModel) -> Iterator[str]:
    found = credentials(api)
    yield from (f"Client.Builder.{name}(value: String)" for name, _, _ in option_names(found))
    if any(each.kind == "client" for each in found):
        yield "Client.Builder.clientCredentials(id: String, secret: String)"
        yield "Client.Builder.scopes(values: String...)"


def _types(java: JavaApi, kept: frozenset[TypeId]) -> Iterator[str]:
    related = family(java, kept)
    for each in (each for each in java.api.types if each.id in kept):
        name = java.names.types[each.id]
        if isinstance(each, ObjectType):
            yield f"class {name}"
            yield from (f"class {name} implements {union}" for union in related.interfaces.get(each.id, ()))
            yield from _members(java, each, name)
        elif isinstance(each, EnumType):
            yield f"class {name}"
            for member in each.members:
                yield f"{name}.{constant_name(member.name)}: {KINDS[each.kind]} = {member.value}"
        elif isinstance(each, UnionType):
            yield from _union(java, each, name)


def _members(java: JavaApi, declared: ObjectType, name: str) -> Iterator[str]:
    for each in declared.fields:
        wanted, is_nullable = members.without_null(each.type, java)
        found = java.type_of(wanted)
        is_certain = each.is_required and not is_nullable and each.access != "write"
        yield f"{name}.{camel(each.name, ACCESSOR_WORDS)}(): {found.name if is_certain else found.boxed}"
        is_fixed = members.plain_constant(each.type, java) is not None
        if not (is_fixed and each.is_required):
            required = " required" if each.is_required and each.access != "read" else ""
            shown = found.boxed if is_nullable else found.name
            yield f"{name}.Builder.{camel(each.name, SETTER_WORDS)}: {shown}{required}"


def _union(java: JavaApi, declared: UnionType, name: str) -> Iterator[str]:
    if leaves(java, declared) is not None:
        yield f"interface {name}"
        return
    yield f"class {name}"
    for variant in declared.variants:
        found = java.type_of(members.without_null(variant.type, java)[0])
        yield f"{name}.as{pascal(variant.name)}(): {found.name}"
        yield f"{name}.of{pascal(variant.name)}(value: {found.name})"


def _operation(java: JavaApi, found: Plan) -> Iterator[str]:
    group = accessor(found.operation.group)
    yield f"{group}.{found.method}{_signature(found)}: {_given(found.result)}"
    if found.result.kind == "page":
        yield f"{group}.{found.iterate}{_signature(found)}: {found.result.java.name.replace('Page<', 'Pages<', 1)}"
    if found.streaming is not None:
        yield f"{group}.{found.stream_method}{_signature(found)}: {_given(found.streaming)}"
    for each in found.settings:
        if each.fixed is None:
            _, is_nullable = members.without_null(each.type, java)
            shown = each.java.boxed if is_nullable else each.java.name
            yield f"{found.params}.Builder.{each.method}: {shown}{' required' if each.is_required else ''}"


def _signature(found: Plan) -> str:
    shown = [f"{each.name}: {each.java.name}" for each in found.arguments]
    if found.params:
        shown.append(f"params{'?' if found.is_certain else ''}: {found.params}")
    return f"({', '.join([*shown, 'options?: RequestOptions'])})"


def _given(result: Result) -> str:
    return result.java.name
