"""The types that programs meet: those of parameters, answers, errors and webhooks, and what these lead to.

The object of a body is taken apart into parameters, so many of an API's request types have no use of their own.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from themekit.model.api_types import inner_references, referred

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from themekit.model.api_types import Type, TypeId
    from themekit.sdk.java.operations import Plan
    from themekit.sdk.java.types import JavaApi


def reached(java: JavaApi, plans: Iterable[Plan]) -> frozenset[TypeId]:
    """The ids of the types that have to be there."""
    hooks = (content.type for hook in java.api.webhooks if hook.body for content in hook.body.contents)
    waiting = [referred(root) for root in chain(chain.from_iterable(map(_roots, plans)), hooks)]
    seen: set[TypeId] = set()
    while waiting:
        each = waiting.pop()
        if each is not None and each not in seen:
            seen.add(each)
            waiting += inner_references(java.declared[each])
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
