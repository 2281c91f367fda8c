"""How often: one filter for each limit, on for every route and switched off where a route does not name it.

So a slip in a route limits too much and not too little. The buckets are those of one process: with N replicas N times
as much gets through. A request that no descriptor fits is counted by a bucket that all such requests share.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from themekit.gateway.envoy.values import (
    JWT,
    ROUTE_METADATA,
    always,
    claim_path,
    duration,
    http_filter,
    payload_key,
    typed,
)
from themekit.model.policy import PERIOD_S

if TYPE_CHECKING:
    from themekit.gateway.envoy.values import Json, JsonObject
    from themekit.model.policy import Limit, OperationPolicy, Policy, Rate, TokenIssuer

IPV4_PREFIX, IPV6_PREFIX = 32, 64  # an IPv6 customer has a /64: within it an address costs nothing
ADDRESS_KEY = "masked_remote_address"  # Envoy's own
ROUTE_KEY, TIER_KEY, TIER_PREFIX, NO_TIER = "operation", "tier", "tier ", "none"


def limit_filters(policy: Policy, *, by_address: bool) -> list[JsonObject]:
    """The filters that stand before the tokens (by address), or after them, in the policy's order."""
    return [_filter(policy, limit) for limit in counted(policy) if (limit.by == "address") is by_address]


def counted(policy: Policy) -> list[Limit]:
    """The limits that Envoy counts: quotas need a memory that outlives it."""
    return [limit for limit in policy.limits if not limit.is_quota]


def limits_of(policy: Policy, operation: OperationPolicy | None) -> JsonObject:
    """The settings for a route: each limit that it does not name is switched off."""
    named = set() if operation is None else set(operation.limits)
    off = typed("envoy.config.route.v3.FilterConfig", disabled=True)
    return {filter_name(limit): off for limit in counted(policy) if limit.name not in named}


def filter_name(limit: Limit) -> str:
    """The name of a limit's filter."""
    return f"themekit.limit.{limit.name}"


def _filter(policy: Policy, limit: Limit) -> JsonObject:
    return http_filter(
        filter_name(limit),
        "local_ratelimit.v3.LocalRateLimit",
        stat_prefix=f"limit_{limit.name}",
        status={"code": "TooManyRequests"},
        token_bucket=_bucket(limit.rate),
        filter_enabled=always(),
        filter_enforced=always(),
        rate_limits=_actions(policy, limit),
        descriptors=_descriptors(policy, limit),
        max_dynamic_descriptors=limit.keys,
        always_consume_default_token_bucket=False,
        local_rate_limit_per_downstream_connection=False,
        enable_x_ratelimit_headers="DRAFT_VERSION_03",
    )


def _bucket(rate: Rate) -> JsonObject:
    return {
        "max_tokens": rate.burst,
        "tokens_per_fill": rate.requests,
        "fill_interval": duration(PERIOD_S[rate.period]),
    }


def _actions(policy: Policy, limit: Limit) -> list[Json]:
    """What makes a request's descriptor. Its keys are those of `_descriptors`: a slip in one would limit nothing."""
    if limit.by == "address":
        masked: JsonObject = {"v4_prefix_mask_len": IPV4_PREFIX, "v6_prefix_mask_len": IPV6_PREFIX}
        return [{"actions": [{ADDRESS_KEY: masked}]}]
    if limit.by == "route":
        key: JsonObject = {"key": ROUTE_METADATA, "path": [{"key": ROUTE_KEY}]}
        return [
            {"actions": [{"metadata": {"descriptor_key": ROUTE_KEY, "metadata_key": key, "source": "ROUTE_ENTRY"}}]}
        ]
    return [{"actions": _consumer_actions(limit, issuer)} for issuer in policy.tokens]


def _consumer_actions(limit: Limit, issuer: TokenIssuer) -> list[Json]:
    actions: list[Json] = [_claim_action(_consumer_key(issuer), issuer, issuer.consumer_claim)]
    if limit.tiers:
        actions.append(_tier_action(limit, issuer))
    return actions


def _tier_action(limit: Limit, issuer: TokenIssuer) -> JsonObject:
    """The tier that the token names, or that of all others: an expression (CEL), as no value may fit two descriptors.

    Of two that fit, Envoy takes any, another one in each process.
    """
    payload = f"metadata.filter_metadata[{json.dumps(JWT)}][{json.dumps(payload_key(issuer))}]"
    claim = json.dumps(limit.tier_claim)
    said = f"{payload}[{claim}]"
    choices = "".join(f"{said} == {json.dumps(tier)} ? {json.dumps(TIER_PREFIX + tier)} : " for tier, _ in limit.tiers)
    none = json.dumps(NO_TIER)
    text = f"{claim} in {payload} ? ({choices}{none}) : {none}"
    config = typed("envoy.extensions.rate_limit_descriptors.expr.v3.Descriptor", descriptor_key=TIER_KEY, text=text)
    return {"extension": {"name": "envoy.rate_limit_descriptors.expr", "typed_config": config}}


def _claim_action(key: str, issuer: TokenIssuer, claim: str) -> JsonObject:
    path: JsonObject = {"key": JWT, "path": claim_path(issuer, claim)}
    return {"metadata": {"descriptor_key": key, "metadata_key": path, "source": "DYNAMIC"}}


def _descriptors(policy: Policy, limit: Limit) -> list[Json]:
    if limit.by == "address":
        return [_descriptor(limit.rate, (ADDRESS_KEY, ""))]
    if limit.by == "route":
        ids = [operation.id for operation in policy.operations if limit.name in operation.limits]
        return [_descriptor(limit.rate, (ROUTE_KEY, each)) for each in ids]
    found: list[Json] = []
    for issuer in policy.tokens:
        consumer = (_consumer_key(issuer), "")
        found += [_descriptor(rate, consumer, (TIER_KEY, TIER_PREFIX + tier)) for tier, rate in limit.tiers]
        found.append(_descriptor(limit.rate, consumer, *([(TIER_KEY, NO_TIER)] if limit.tiers else [])))
    return found


def _descriptor(rate: Rate, *entries: tuple[str, str]) -> JsonObject:
    """An entry without a value stands for any, each with a bucket of its own."""
    listed: list[Json] = [{"key": key, **({"value": value} if value else {})} for key, value in entries]
    return {"entries": listed, "token_bucket": _bucket(rate)}


def _consumer_key(issuer: TokenIssuer) -> str:
    return f"consumer_{issuer.name}"
