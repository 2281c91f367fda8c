"""The types that programs meet: those of parameters, answers, errors and webhooks, and what these lead to.

The object of a body is taken apart into parameters, so many of an API's request types have no use of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.model.api_types import EnumType, ListOf, MapOf, Nullable, ObjectType, Reference, UnionType

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from themekit.model.api_types import Declaration, Type, TypeId
    from themekit.sdk.java.operations import Plan
    from themekit.sdk.java.types import JavaApi


def reached(java: JavaApi, plans: Iterable[Plan]) -> frozenset[TypeId]:
    """The ids of the types that have to be there."""
    waiting = [found for plan in plans for root in _roots(plan) for found in _references(root)]
    for webhook in java.api.webhooks:
        for content in webhook.body.contents if webhook.body else ():
            waiting += _references(content.type)
    seen: set[TypeId] = set()
    while waiting:
        each = waiting.pop()
        if each not in seen:
            seen.add(each)
            waiting += (found for inner in _inner(java.declared[each]) for found in _references(inner))
    return frozenset(seen)


def _roots(plan: Plan) -> Iterator[Type]:
    yield from (each.parameter.type for each in plan.arguments)
    yield from (each.type for each in plan.settings)
    for result in (plan.result, plan.streaming):
        if result is not None and result.type is not None:
            yield result.type
    for response in plan.operation.responses:
        if not response.is_success:
            yield from (content.type for content in response.contents)


def _inner(declared: Declaration) -> Iterator[Type]:
    if isinstance(declared, ObjectType):
        yield from (each.type for each in declared.fields)
        if declared.extra is not None:
            yield declared.extra
    elif isinstance(declared, UnionType):
        yield from (each.type for each in declared.variants)
    elif not isinstance(declared, EnumType):
        yield declared.target


def _references(wanted: Type) -> Iterator[TypeId]:
    while isinstance(wanted, ListOf | MapOf | Nullable):
        wanted = (
            wanted.item if isinstance(wanted, ListOf) else wanted.value if isinstance(wanted, MapOf) else wanted.inner
        )
    if isinstance(wanted, Reference):
        yield wanted.id
