"""What changed in how often an operation may be called.

A limit is at least as strict as another if it counts the same thing by buckets that hold no more and fill no faster,
whatever a token's tier, and if the operations that shared the other's buckets share its own.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from themekit.gateway.change import Area, Fact, Risk
from themekit.gateway.requests import path_pattern
from themekit.model.policy import PERIOD_S

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.model.policy import Limit, OperationPolicy, Policy, Rate

Side = tuple["Policy", "OperationPolicy"]


def changed_limits(old: Side, new: Side) -> Iterator[Fact]:
    """The facts of one operation that both policies have. A limit that only changed its name is neutral."""
    before = [old[0].limit(name) for name in old[1].limits]
    after = [new[0].limit(name) for name in new[1].limits]
    named = {limit.name: limit for limit in after}
    for limit in before:
        covering = [each for each in after if _covers(each, limit, old=old[0], new=new[0])]
        same = named.get(limit.name)
        if same is not None:
            yield from _compared(limit, same, is_covered=bool(covering))
        elif covering:
            text = f"the limit `{covering[0].name}` counts in place of `{limit.name}`, and is no weaker"
            yield Fact(Area.LIMITS, Risk.NEUTRAL, text)
        else:
            yield Fact(Area.LIMITS, Risk.WEAKENS, f"the limit `{limit.name}` ({in_words(limit)}) counts no longer")
    for limit in after:
        if limit.name not in old[1].limits:
            is_new = not any(_covers(each, limit, old=new[0], new=old[0]) for each in before)
            risk = Risk.STRENGTHENS if is_new else Risk.NEUTRAL
            yield Fact(Area.LIMITS, risk, f"the limit `{limit.name}` ({in_words(limit)}) counts, too")


def in_words(limit: Limit) -> str:
    """`5 requests a minute by consumer, 5 at once`."""
    return f"{_rate(limit.rate)} by {limit.by}"


def _rate(rate: Rate) -> str:
    return f"{rate.requests} a {rate.period}, {rate.burst} at once"


def _compared(old: Limit, new: Limit, *, is_covered: bool) -> Iterator[Fact]:
    """Two limits of one name. If another limit is as strict as the old one was, nothing is lost."""
    if old.by != new.by:
        risk = Risk.NEUTRAL if is_covered else Risk.WEAKENS
        yield Fact(Area.LIMITS, risk, f"the limit `{new.name}` counts by {new.by}, and not by {old.by}")
    for said, before, after in _pairs(old, new):
        if (before.per_second, before.burst) == (after.per_second, after.burst):
            continue
        risk = Risk.STRENGTHENS if _is_no_weaker(after, before) else Risk.NEUTRAL if is_covered else Risk.WEAKENS
        tier = f" for the tier `{said}`" if said else ""
        text = f"the limit `{new.name}`{tier} is {_rate(after)}, and not {_rate(before)}"
        yield Fact(Area.LIMITS, risk, text)
    if old.tier_claim != new.tier_claim and old.tiers and new.tiers:
        text = f"the tier of the limit `{new.name}` is said by the claim `{new.tier_claim}`, not by `{old.tier_claim}`"
        yield Fact(Area.LIMITS, Risk.NEUTRAL if is_covered else Risk.WEAKENS, text)
    if old.keys != new.keys:
        risk = Risk.WEAKENS if new.keys < old.keys else Risk.STRENGTHENS
        text = f"the limit `{new.name}` tells {new.keys} callers apart, and not {old.keys}; others push each other out"
        yield Fact(Area.LIMITS, risk, text)


def _pairs(old: Limit, new: Limit) -> Iterator[tuple[str, Rate, Rate]]:
    """The rates before and after of each tier that either knows, "" for everyone else."""
    before, after = dict(old.tiers), dict(new.tiers)
    yield "", old.rate, new.rate
    for tier in dict.fromkeys((*before, *after)):
        yield tier, before.get(tier, old.rate), after.get(tier, new.rate)


def _covers(new_limit: Limit, old_limit: Limit, *, old: Policy, new: Policy) -> bool:
    if new_limit.by != old_limit.by or not _rates_cover(new_limit, old_limit):
        return False
    if new_limit.by == "route" or new_limit.name == old_limit.name:
        return True
    counted = {_place(each) for each in new.operations if new_limit.name in each.limits}
    return _shared(old, old_limit, still_in=new) <= counted


def _shared(policy: Policy, limit: Limit, *, still_in: Policy) -> set[tuple[str, str]]:
    """The operations that share the limit's buckets in one policy, and are in the other one, too."""
    there = {_place(each) for each in still_in.operations}
    return there & {_place(each) for each in policy.operations if limit.name in each.limits}


def _place(operation: OperationPolicy) -> tuple[str, str]:
    return operation.method, path_pattern(operation.path)


def _rates_cover(new: Limit, old: Limit) -> bool:
    if new.tier_claim == old.tier_claim or not (new.tiers or old.tiers):
        return all(_is_no_weaker(after, before) for _, before, after in _pairs(old, new))
    before = [old.rate, *(rate for _, rate in old.tiers)]
    after = [new.rate, *(rate for _, rate in new.tiers)]
    return all(_is_no_weaker(one, other) for one in after for other in before)


def _is_no_weaker(rate: Rate, other: Rate) -> bool:
    return _speed(rate) <= _speed(other) and rate.burst <= other.burst


def _speed(rate: Rate) -> Fraction:
    return Fraction(rate.requests, PERIOD_S[rate.period])
