"""Which declarations an operation, or another declaration, leads to."""

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

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from themekit.model.api import Content, Operation, RequestBody
    from themekit.model.api_types import Declaration, Type, TypeId


def named_in(type_: Type) -> TypeId | None:
    """The declaration that a type is of, in lists, maps and nullables too."""
    while True:
        match type_:
            case Reference(id=found):
                return found
            case ListOf(item=inner) | MapOf(value=inner) | Nullable(inner=inner):
                type_ = inner
            case Primitive() | Constant():
                return None


def types_of(declaration: Declaration) -> Iterator[Type]:
    """The types that a declaration is made of."""
    match declaration:
        case ObjectType(fields=fields, extra=extra):
            yield from (each.type for each in fields)
            if extra is not None:
                yield extra
        case UnionType(variants=variants):
            yield from (each.type for each in variants)
        case AliasType(target=target):
            yield target
        case EnumType():
            return


def types_at(operation: Operation) -> Iterator[Type]:
    """The types that an operation names."""
    yield from (each.type for each in operation.parameters)
    yield from _of_body(operation.body)
    for response in operation.responses:
        yield from (each.type for each in response.headers)
        for content in response.contents:
            yield from _of_content(content)
    for callback in operation.callbacks:
        yield from _of_body(callback.body)


def types_reached(types: Iterable[Type], declarations: Mapping[TypeId, Declaration]) -> frozenset[TypeId]:
    """Every declaration that the types lead to."""
    found: set[TypeId] = set()
    pending = [each for type_ in types if (each := named_in(type_)) is not None]
    while pending:
        each = pending.pop()
        if each not in found and each in declarations:
            found.add(each)
            pending += [below for type_ in types_of(declarations[each]) if (below := named_in(type_)) is not None]
    return frozenset(found)


def _of_body(body: RequestBody | None) -> Iterator[Type]:
    for content in body.contents if body is not None else ():
        yield from _of_content(content)


def _of_content(content: Content) -> Iterator[Type]:
    yield content.type
    yield from (part.field.type for part in content.parts)
