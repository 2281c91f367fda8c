"""Which file of the module a type is in: with the resource that alone needs it, or with those that more need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.model.api_types import inner_references, referred

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from themekit.model.api_types import Declaration, Type, TypeId
    from themekit.sdk.go.plan import Method, Plan


def emitted(made: Plan) -> tuple[Declaration, ...]:
    """The declarations that something needs; a body whose members are fields of a params struct is none of them."""
    if not made.homes:
        made.homes.update(_homes(made))
    return tuple(each for each in made.api.types if each.id in made.homes)


def _homes(made: Plan) -> Mapping[TypeId, str]:
    """For each type the resource that alone needs it, or ""."""
    edges = {each.id: inner_references(each) for each in made.api.types}
    homes: dict[TypeId, str] = {}
    users = [(each.file, [found for method in each.methods for found in _roots(method)]) for each in made.services]
    for home, work in [*users, ("", list(_others(made)))]:
        seen = set(work)
        while work:
            current = work.pop()
            homes[current] = home if homes.get(current, home) == home else ""
            fresh = [target for target in edges[current] if target not in seen]
            seen.update(fresh)
            work.extend(fresh)
    return homes


def _roots(method: Method) -> Iterator[TypeId]:
    operation = method.operation
    kinds: list[Type] = [each.type for each in operation.parameters]
    kinds += [each.type for each in method.fields]
    kinds += [content.type for response in operation.responses for content in response.contents]
    if operation.pagination is not None:
        kinds.append(operation.pagination.item_type)
    yield from (id_ for id_ in map(referred, kinds) if id_ is not None)


def _others(made: Plan) -> Iterator[TypeId]:
    """What webhooks and callbacks bring."""
    bodies = [each.body for each in made.api.webhooks]
    bodies += [each.body for operation in made.api.operations for each in operation.callbacks]
    kinds = (content.type for body in bodies if body is not None for content in body.contents)
    yield from (id_ for id_ in map(referred, kinds) if id_ is not None)
