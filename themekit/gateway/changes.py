"""Every change of meaning between two policies, in words, each with what it does to what is protected.

The law that tests hold: if some request is refused by the old policy and forwarded by the new one, there is a change
that `weakens`. Where two policies cannot be compared, a change counts as weaker: it is to be looked at.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.gateway.change import Area, Change, Fact, Risk, grouped, names
from themekit.gateway.changed_callers import asked, changed_callers
from themekit.gateway.changed_limits import changed_limits
from themekit.gateway.changed_networks import changed_addresses
from themekit.gateway.changed_surroundings import changed_surroundings
from themekit.gateway.changed_terms import changed_logging, changed_terms
from themekit.gateway.path_overlaps import among, overlap
from themekit.gateway.requests import closest_first, path_pattern
from themekit.model.policy import Public

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from themekit.model.policy import OperationPolicy, Policy

Key = tuple[str, str]
"""Method, and the pattern of the paths: what a parameter is called means nothing."""
WHOLE = "the whole policy"
_RISKS = tuple(Risk)
_AREAS = tuple(Area)


def changes(old: Policy, new: Policy, *, tags: Mapping[str, tuple[str, ...]]) -> tuple[Change, ...]:
    """By risk, the weakening ones first, then by area. `tags`: the ids of each tag's operations in the new API."""
    whole = [
        Change(fact.area, fact.risk, fact.text, where=WHOLE)
        for found in (
            changed_addresses(old, new),
            changed_surroundings(old, new),
            changed_logging(old, new),
            _changed_order(old, new),
        )
        for fact in found
    ]
    all_ids = tuple(operation.id for operation in new.operations)
    found = [*grouped(_of_operations(old, new), all_ids=all_ids, tags=tags), *whole]
    return tuple(sorted(found, key=lambda each: (_RISKS.index(each.risk), _AREAS.index(each.area))))


def _of_operations(old: Policy, new: Policy) -> Iterator[tuple[OperationPolicy, Fact]]:
    before, after = _reachable(old), _reachable(new)
    takes_options = {path for method, path in after if method == "OPTIONS"}
    for key, operation in after.items():
        former = before.get(key)
        if former is None:
            yield operation, Fact(Area.OPERATIONS, Risk.WEAKENS, f"can be called now, by {_callers(operation)}")
            continue
        sides = (old, former), (new, operation)
        for facts in (
            changed_callers(*sides),
            changed_limits(*sides),
            changed_terms(*sides, takes_options=key[1] in takes_options),
        ):
            yield from ((operation, fact) for fact in facts)
    paths = {path for _, path in after}
    overlapping_with = among(tuple(dict.fromkeys(each.path for each in new.operations)))
    for key, operation in before.items():
        if key not in after:
            others = [] if key[1] in paths else overlapping_with(operation.path)
            yield operation, _gone(operation, others, takes_options=key[1] in takes_options)


def _reachable(policy: Policy) -> dict[Key, OperationPolicy]:
    """In the API's order. Of two paths with one pattern only the first that is tried is ever reached."""
    first: dict[str, str] = {}
    for operation in closest_first(policy.operations):
        first.setdefault(path_pattern(operation.path), operation.path)
    return {
        (operation.method, path_pattern(operation.path)): operation
        for operation in policy.operations
        if first[path_pattern(operation.path)] == operation.path
    }


def _gone(operation: OperationPolicy, others: Sequence[str], *, takes_options: bool) -> Fact:
    """Without its path, its requests may be those of others; without its preflights, these may be `OPTIONS`'s."""
    if others:
        text = f"can no longer be called: requests for it are now those of {names(others)}"
        return Fact(Area.OPERATIONS, Risk.WEAKENS, text)
    if operation.cors is not None and takes_options:
        text = "can no longer be called: preflights for it reach the operation `OPTIONS` of its path"
        return Fact(Area.OPERATIONS, Risk.WEAKENS, text)
    return Fact(Area.OPERATIONS, Risk.STRENGTHENS, "can no longer be called")


def _callers(operation: OperationPolicy) -> str:
    access = operation.access
    return f"everyone ({access.reason})" if isinstance(access, Public) else f"who has {asked(access)}"


def _changed_order(old: Policy, new: Policy) -> Iterator[Fact]:
    """Of two paths that fit one request, the one that is tried first decides."""
    before, after = _path_order(old), _path_order(new)
    kept = [pattern for pattern in before if pattern in after]
    ranks = {pattern: rank for rank, pattern in enumerate(after)}
    for number, pattern in enumerate(kept):
        for other in kept[number + 1 :]:
            if ranks[other] < ranks[pattern] and overlap(before[pattern], [before[other]]):
                text = f"requests that fit both `{after[other]}` and `{after[pattern]}` are now those of the former"
                yield Fact(Area.OPERATIONS, Risk.WEAKENS, text)


def _path_order(policy: Policy) -> dict[str, str]:
    found: dict[str, str] = {}
    for operation in closest_first(policy.operations):
        found.setdefault(path_pattern(operation.path), operation.path)
    return found
