"""Which types a program gives to the API, and which it gets: some look different on the two ways."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.model.api_types import ObjectType, inner_references, referred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from themekit.model.api import ApiModel, Content, Operation
    from themekit.model.api_types import Declaration, Type, TypeId


@dataclass(frozen=True, slots=True)
class Reach:
    """`given` are in requests, `got` in answers; `split` are in both and have members that only one of them has."""

    given: frozenset[TypeId]
    got: frozenset[TypeId]
    split: frozenset[TypeId]


def reach_of(api: ApiModel) -> Reach:
    """Where the types of an API are used."""
    types = api.declarations()
    given = _closure((type_ for operation in api.operations for type_ in _asked(operation)), types)
    hooks = [each.body for each in api.webhooks] + [
        callback.body for operation in api.operations for callback in operation.callbacks
    ]
    answers = (type_ for operation in api.operations for type_ in _answered(operation))
    told = (content.type for body in hooks if body is not None for content in body.contents)
    got = _closure((*answers, *told), types)
    return Reach(given, got, _differing(types) & given & got)


def _asked(operation: Operation) -> Iterator[Type]:
    yield from (each.type for each in operation.parameters)
    if operation.body is not None:
        yield from _types(operation.body.contents)


def _answered(operation: Operation) -> Iterator[Type]:
    for response in operation.responses:
        yield from _types(response.contents)
    if operation.pagination is not None:
        yield operation.pagination.item_type


def _types(contents: Iterable[Content]) -> Iterator[Type]:
    for content in contents:
        yield content.type
        yield from (part.field.type for part in content.parts)


def _closure(roots: Iterable[Type], types: Mapping[TypeId, Declaration]) -> frozenset[TypeId]:
    found: set[TypeId] = set()
    waiting = [id_ for id_ in map(referred, roots) if id_ is not None]
    while waiting:
        id_ = waiting.pop()
        if id_ not in found and id_ in types:
            found.add(id_)
            waiting += inner_references(types[id_])
    return frozenset(found)


def _differing(types: Mapping[TypeId, Declaration]) -> frozenset[TypeId]:
    """The types that have, however deep, a member of requests or of answers only."""
    users: dict[TypeId, list[TypeId]] = {}
    for id_, declaration in types.items():
        for inner in inner_references(declaration):
            users.setdefault(inner, []).append(id_)
    waiting = [
        id_
        for id_, each in types.items()
        if isinstance(each, ObjectType) and any(field.access != "both" for field in each.fields)
    ]
    found: set[TypeId] = set()
    while waiting:
        id_ = waiting.pop()
        if id_ not in found:
            found.add(id_)
            waiting += users.get(id_, [])
    return frozenset(found)
