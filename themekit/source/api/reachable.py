"""The declarations that operations and webhooks lead to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from themekit.model.api_types import AliasType, inner_types, referred

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from themekit.model.api import Content, Operation, RequestBody, Webhook
    from themekit.model.api_types import Declaration, Type, TypeId


def used_types(
    operations: tuple[Operation, ...], webhooks: tuple[Webhook, ...], *, declared: Mapping[TypeId, Declaration]
) -> tuple[Declaration, ...]:
    """What is referred to, in the order of declaration."""
    pending = [each for operation in operations for each in _of_operation(operation)]
    pending.extend(each for webhook in webhooks for each in _of_body(webhook.body))
    used: set[TypeId] = set()
    while pending:
        id_ = referred(pending.pop())
        if id_ is not None and id_ not in used and id_ in declared:
            used.add(id_)
            pending.extend(inner_types(declared[id_]))
    return tuple(_with_recursion(each, declared) for id_, each in declared.items() if id_ in used)


def _with_recursion(declaration: Declaration, declared: Mapping[TypeId, Declaration]) -> Declaration:
    """An alias that says whether its target leads back to it."""
    if not isinstance(declaration, AliasType):
        return declaration
    seen: set[TypeId] = set()
    id_ = referred(declaration.target)
    while id_ is not None and id_ not in seen:
        seen.add(id_)
        found = declared.get(id_)
        id_ = referred(found.target) if isinstance(found, AliasType) else None
    return replace(declaration, is_recursive=declaration.id in seen)


def _of_operation(operation: Operation) -> Iterator[Type]:
    yield from (each.type for each in operation.parameters)
    yield from _of_body(operation.body)
    for response in operation.responses:
        yield from _of_contents(response.contents)
        yield from (each.type for each in response.headers)
    for callback in operation.callbacks:
        yield from _of_body(callback.body)
    if operation.pagination is not None:
        yield operation.pagination.item_type


def _of_body(body: RequestBody | None) -> Iterator[Type]:
    return _of_contents(() if body is None else body.contents)


def _of_contents(contents: tuple[Content, ...]) -> Iterator[Type]:
    for content in contents:
        yield content.type
        yield from (part.field.type for part in content.parts)
