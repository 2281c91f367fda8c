"""Attacks on limits: more than a bucket holds, while others come in between, from made-up addresses, in every tier."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from themekit.gateway.attacks.attack import Attack, Need, Shot
from themekit.model.policy import Guarded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.gateway.attacks.scene import Scene
    from themekit.gateway.requests import ClaimValue
    from themekit.model.policy import Limit, OperationPolicy, Rate

OTHERS = 25  # more than the 20 buckets that an Envoy keeps if nobody says how many
MAX_BURST = 5000
MAX_SHOTS = 20_000
SURPLUS = 60  # requests that are over the limit, whatever the moment at which others were counted
SHARE = 0.9  # of what is sent, at most, comes back meanwhile; if it is more, it is said that the limit was not reached
SHOTS_PER_S = 110  # that a slow machine still sends
NEEDS = frozenset({Need.LIMITS})
NEEDS_ADDRESS = frozenset({Need.LIMITS, Need.ADDRESS})


def burst_attacks(scene: Scene) -> Iterator[Attack]:
    """Limits by consumer first and by route last: what these use up is missed by all."""
    for by in ("consumer", "address", "route"):
        for limit in scene.policy.limits:
            if limit.by == by and (operation := _operation_of(scene, limit)) is not None:
                yield from _attacks_on(scene, limit, operation)


def _operation_of(scene: Scene, limit: Limit) -> OperationPolicy | None:
    """The operation with the fewest other limits."""
    named = [each for each in scene.policy.operations if limit.name in each.limits and scene.path(each)]
    return min(named, key=lambda each: len(each.limits), default=None)


def _attacks_on(scene: Scene, limit: Limit, operation: OperationPolicy) -> Iterator[Attack]:
    name = f"burst over {limit.name}"
    if limit.is_quota:
        yield Attack(name, operation.id, impossible=f"nobody waits a {limit.rate.period} for a quota")
    elif limit.rate.burst > MAX_BURST:
        yield Attack(name, operation.id, impossible=f"the limit is more than {MAX_BURST} requests")
    elif limit.by == "consumer":
        if not scene.issuers(operation) or scene.given is not None:
            yield Attack(name, operation.id, impossible="there are no tokens of several consumers")
        else:
            yield _by_consumer(scene, limit, operation)
            yield from _by_tier(scene, limit, operation)
    elif limit.by == "address":
        yield from _by_address(scene, limit, operation)
    else:
        shots = replace(scene.good_shot(operation), times=1)
        count = _enough(limit.rate)
        others = tuple(scene.good_shot(operation) for _ in range(min(count, 2 * OTHERS)))
        yield Attack(name, operation.id, (replace(shots, times=count), *others), NEEDS, limit.name)


def _enough(rate: Rate) -> int:
    """To use up a full bucket, which gets more all the while. Sending ends when the limit is surely reached."""
    share = min(SHARE, rate.per_second / SHOTS_PER_S)
    return min(MAX_SHOTS, math.ceil((rate.burst + SURPLUS) / (1 - share)))


def _by_consumer(scene: Scene, limit: Limit, operation: OperationPolicy) -> Attack:
    """One consumer goes over the limit, others come, and the first one is still over it."""
    first = scene.good_shot(operation)
    others = tuple(scene.good_shot(operation) for _ in range(OTHERS))
    many = replace(first, times=_enough(limit.rate))
    shots = (many, *others, many)
    return Attack(f"burst over {limit.name} by a consumer", operation.id, shots, NEEDS, limit.name)


def _by_tier(scene: Scene, limit: Limit, operation: OperationPolicy) -> Iterator[Attack]:
    access = operation.access
    fixed = {name for name, _ in access.claims} if isinstance(access, Guarded) else set()
    if limit.tier_claim in fixed:
        return
    issuer = scene.issuers(operation)[0]
    named: dict[str, tuple[ClaimValue | None, Rate]] = {
        f"of the tier {tier}": (tier, rate) for tier, rate in limit.tiers
    }
    if limit.tiers:
        first = limit.tiers[0][0]
        named |= {
            "of a tier of nobody's": (f"{first}x", limit.rate),
            "of no tier": (None, limit.rate),
            "of a number as tier": (1, limit.rate),
            "of a list of tiers": ((first,), limit.rate),
        }
    for name, (tier, rate) in named.items():
        token = scene.token(operation, issuer, **{limit.tier_claim: tier})
        shot = replace(scene.shot(scene.request(operation, token)), times=_enough(rate))
        other = scene.token(operation, issuer, **{limit.tier_claim: tier})
        shots = (shot, scene.shot(scene.request(operation, other)))  # whose bucket is another one
        yield Attack(f"burst over {limit.name} {name}", operation.id, shots, NEEDS, limit.name)


def _by_address(scene: Scene, limit: Limit, operation: OperationPolicy) -> Iterator[Attack]:
    name = f"burst over {limit.name} by an address"
    address, count = scene.address(), _enough(limit.rate)
    if scene.is_outside:
        yield Attack(name, operation.id, (_from(scene, operation, address, times=count),), NEEDS, limit.name)
        return
    shots = [_from(scene, operation, address, times=count), _from(scene, operation, scene.address())]
    if scene.can_tell_address:
        shots.append(_from(scene, operation, f"{scene.address()}, {address}", times=count))
    yield Attack(name, operation.id, tuple(shots), NEEDS_ADDRESS, limit.name)
    if scene.can_tell_address and not scene.policy.addresses.allow:
        network = "2001:db8:7e57:1"  # what one customer has: another address in it is no other customer
        many = tuple(_from(scene, operation, f"{network}::{number:x}") for number in range(1, count + 1))
        yield Attack(f"burst over {limit.name} by a /64", operation.id, many, NEEDS_ADDRESS, limit.name)


def _from(scene: Scene, operation: OperationPolicy, address: str, *, times: int = 1) -> Shot:
    token = scene.good(operation)
    return replace(scene.shot(scene.request(operation, token, address=address)), times=times)
