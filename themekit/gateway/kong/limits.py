"""How often: Kong's `rate-limiting` plugin, of which one runs for each request, counting one kind of client.

It counts in fixed windows, for each route and in each node apart. Whom it counts stands in a header of ours: all tokens
of an issuer belong to one consumer of Kong's, so that counting its consumers would count the issuer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.gateway.kong.values import COUNTED_HEADER, plugin
from themekit.model.gateway import Feature, Refusal
from themekit.model.policy import PERIOD_S

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.gateway.kong.values import Json, JsonObject
    from themekit.model.policy import Limit, OperationPolicy, Policy

_PERIODS = ("second", "minute", "hour")


def counted_limits(policy: Policy, operation: OperationPolicy) -> list[Limit]:
    """The limits of an operation that Kong counts: quotas need a memory that outlives it."""
    return [limit for limit in policy.limits if limit.name in operation.limits and not limit.is_quota]


def limit_plugins(policy: Policy, operation: OperationPolicy) -> list[JsonObject]:
    """The one plugin, or none. Should the counters fail, requests do too."""
    limits = counted_limits(policy, operation)
    if not limits:
        return []
    rates: dict[str, Json] = dict.fromkeys(_PERIODS)
    rates |= {limit.rate.period: limit.rate.requests for limit in limits}
    return [
        plugin(
            policy,
            "rate-limiting",
            **rates,
            day=None,
            month=None,
            year=None,
            limit_by="header",
            header_name=COUNTED_HEADER,
            path=None,
            policy="local",
            fault_tolerant=False,
            hide_client_headers=False,
            error_code=429,
            error_message="over-limit",
            sync_rate=-1,
        )
    ]


def refused_limits(policy: Policy) -> Iterator[Refusal]:
    """Limits of one operation that the one plugin cannot hold together."""
    told: set[tuple[str, ...]] = set()
    for operation in policy.operations:
        limits = counted_limits(policy, operation)
        names = tuple(limit.name for limit in limits)
        if names not in told and (why := _conflict(limits)):
            told.add(names)
            yield Refusal(Feature.RATES, limits[-1].origin, f"{why}, as `{operation.id}` asks for")


def _conflict(limits: list[Limit]) -> str:
    if len({limit.by for limit in limits}) > 1:
        return "one plugin runs for a request, and it cannot count two kinds of clients"
    if len({limit.rate.period for limit in limits}) < len(limits):
        return "its plugin has one number for each period, and not two"
    ordered = sorted(limits, key=lambda limit: PERIOD_S[limit.rate.period])
    numbers = [limit.rate.requests for limit in ordered]
    return "its plugin takes no smaller number for a longer period" if numbers != sorted(numbers) else ""
