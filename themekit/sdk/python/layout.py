"""Which module of `types/` a type is in: that of the only resource that needs it, or the one for all.

So a program loads the types of the resources it uses, when an answer first has one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.model.api_types import inner_references, referred
from themekit.sdk.python.names import module

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from themekit.model.api import ApiModel, Content, Operation
    from themekit.model.api_types import Type, TypeId

SHARED = "shared"
WEBHOOKS = "webhooks"
_FEW = 40
"""An API with as few types has them in one module."""


def modules_of(api: ApiModel) -> dict[TypeId, str]:
    """The module of each type, in the order of the types."""
    if len(api.types) <= _FEW:
        return {each.id: SHARED for each in api.types}
    by_id = api.declarations()
    inner = {each.id: inner_references(each) for each in api.types}
    users: dict[TypeId, set[str]] = {}
    for group in api.groups:
        roots = (referred(of) for each in api.operations if each.group == group.name for of in _roots(each))
        for id_ in _reached(roots, inner):
            users.setdefault(id_, set()).add(module(group.name))
    hooks = (
        referred(of) for hook in api.webhooks if hook.body for content in hook.body.contents for of in _of(content)
    )
    for id_ in _reached(hooks, inner):
        users.setdefault(id_, set()).add(WEBHOOKS)
    return {id_: next(iter(users[id_])) if len(users.get(id_, ())) == 1 else SHARED for id_ in by_id}


def _reached(roots: Iterable[TypeId | None], inner: Mapping[TypeId, tuple[TypeId, ...]]) -> set[TypeId]:
    found: set[TypeId] = set()
    waiting = list(roots)
    while waiting:
        id_ = waiting.pop()
        if id_ is not None and id_ not in found:
            found.add(id_)
            waiting += inner.get(id_, ())
    return found


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
