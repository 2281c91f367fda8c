"""Which module of `types/` a type is in: that of the only resource that needs it, or the one for all.

So a program loads the types of the resources it uses, when an answer first has one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.model.api_types import AliasType, ListOf, MapOf, Nullable, ObjectType, Reference, UnionType
from themekit.sdk.python.names import module

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from themekit.model.api import ApiModel, Content, Operation
    from themekit.model.api_types import Declaration, Type, TypeId

SHARED = "shared"
WEBHOOKS = "webhooks"
_FEW = 40
"""An API with as few types has them in one module."""


def modules_of(api: ApiModel) -> dict[TypeId, str]:
    """The module of each type, in the order of the types."""
    if len(api.types) <= _FEW:
        return {each.id: SHARED for each in api.types}
    by_id = api.declarations()
    inner = {each.id: tuple(dict.fromkeys(_referred(each))) for each in api.types}
    users: dict[TypeId, set[str]] = {}
    for group in api.groups:
        roots = (
            one for each in api.operations if each.group == group.name for of in _roots(each) for one in references(of)
        )
        for id_ in _reached(roots, inner):
            users.setdefault(id_, set()).add(module(group.name))
    hooks = (
        one
        for hook in api.webhooks
        if hook.body
        for content in hook.body.contents
        for of in _of(content)
        for one in references(of)
    )
    for id_ in _reached(hooks, inner):
        users.setdefault(id_, set()).add(WEBHOOKS)
    return {id_: next(iter(users[id_])) if len(users.get(id_, ())) == 1 else SHARED for id_ in by_id}


def _reached(roots: Iterable[TypeId], inner: Mapping[TypeId, tuple[TypeId, ...]]) -> set[TypeId]:
    found: set[TypeId] = set()
    waiting = list(roots)
    while waiting:
        id_ = waiting.pop()
        if id_ not in found:
            found.add(id_)
            waiting += inner.get(id_, ())
    return found


def references(of: Type) -> Iterator[TypeId]:
    """The declarations that a type names."""
    if isinstance(of, Reference):
        yield of.id
    elif isinstance(of, ListOf):
        yield from references(of.item)
    elif isinstance(of, MapOf):
        yield from references(of.value)
    elif isinstance(of, Nullable):
        yield from references(of.inner)


def types_in(declaration: Declaration) -> Iterator[Type]:
    """The types that a declaration is made of."""
    if isinstance(declaration, ObjectType):
        yield from (each.type for each in declaration.fields)
        if declaration.extra is not None:
            yield declaration.extra
    elif isinstance(declaration, UnionType):
        yield from (each.type for each in declaration.variants)
    elif isinstance(declaration, AliasType):
        yield declaration.target


def _referred(declaration: Declaration) -> Iterator[TypeId]:
    for each in types_in(declaration):
        yield from references(each)


def _of(content: Content) -> Iterator[Type]:
    yield content.type
    yield from (part.field.type for part in content.parts)


def _roots(operation: Operation) -> Iterator[Type]:
    yield from (each.type for each in operation.parameters)
    bodies = operation.body.contents if operation.body else ()
    answers = (content for response in operation.responses for content in response.contents)
    for content in (*bodies, *answers):
        yield from _of(content)
    if operation.pagination:
        yield operation.pagination.item_type
