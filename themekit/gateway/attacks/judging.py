"""What must come of a shot, and whether it did. The meaning of the policy decides; nothing here knows a status.

Nobody knows the moment at which a gateway takes from a bucket, only that it lies between sending and answer. So levels
are kept twice, as low and as high as they can be; where the two lead to different decisions, either answer is right.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from themekit.gateway.meaning import STATUS, Context, Level, Reason, decide

if TYPE_CHECKING:
    from themekit.gateway.meaning import BucketKey, Decision
    from themekit.gateway.requests import Request
    from themekit.model.gateway import Gateway
    from themekit.model.policy import Policy

ALMOST_ONE = 1 - 1e-9
OF_GATEWAYS = frozenset({400, 401, 403, 413, 429, 502, 503, 504})
"""Statuses that may be a gateway's own, where it cannot be seen what the API got."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What came back (a status of 0: the connection was closed), and what the API got.

    `api` has the headers of each request that reached the API; None: that cannot be seen.
    """

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    api: tuple[tuple[tuple[str, str], ...], ...] | None = None

    def values(self, name: str) -> list[str]:
        """Every value of a header of the answer."""
        return [value for header, value in self.headers if header == name.lower()]


@dataclass(frozen=True, slots=True)
class Expectation:
    """The decision with buckets as empty as they can be, and with buckets as full.

    `is_limited`: a gateway without limits, which had let through all requests so far, would be wrong to do so again.
    """

    low: Decision
    high: Decision
    is_limited: bool = False

    @property
    def is_sure(self) -> bool:
        """There is one right answer."""
        return self.low.reason is self.high.reason


@dataclass(slots=True)
class Judge:
    """Knows the policy, how the gateways under attack answer, and the levels of all buckets.

    `has_others`: others use the gateway, too, so that limits by address or route may be reached at any time.
    """

    policy: Policy
    gateways: tuple[Gateway, ...]
    has_others: bool = False
    _low: dict[BucketKey, Level] = field(default_factory=dict)
    _high: dict[BucketKey, Level] = field(default_factory=dict)
    _unlimited: dict[BucketKey, Level] = field(default_factory=dict)
    """The levels if every request had been let through. Without them nobody knows whether limits were tried at all."""

    def expect(self, request: Request, *, began_s: float, ended_s: float) -> Expectation:
        """What must come of a request that was answered between these times."""
        low = decide(self.policy, request, context=Context(began_s, self._low))
        high = decide(self.policy, request, context=Context(ended_s, self._high))
        if self.has_others and any(self.policy.limit(key[0]).by != "consumer" for key, _ in high.spent):
            low = self._limited(low)
        return Expectation(low, high, is_limited=self._would_be_limited(request, began_s=began_s, ended_s=ended_s))

    def _would_be_limited(self, request: Request, *, began_s: float, ended_s: float) -> bool:
        decision = decide(self.policy, request, context=Context(ended_s, self._unlimited))
        for key, _ in decision.spent:
            self._unlimited[key] = self._less_one(key, self._unlimited.get(key), full_s=began_s)
        return decision.reason is Reason.LIMIT

    def settle(self, expected: Expectation, seen: Seen, *, began_s: float, ended_s: float) -> None:
        """Learn from the answer what the buckets hold."""
        low, high = dict(expected.low.spent), dict(expected.high.spent)
        open_keys = high.keys() - low.keys()
        if seen.status in self.statuses(Reason.LIMIT) and open_keys:
            high = {key: level for key, level in high.items() if key in low}
            if len(open_keys) == 1 and expected.high.reason is not Reason.LIMIT:  # else it may have been another one
                self._high |= {key: Level(ALMOST_ONE, began_s) for key in open_keys}
        else:
            self._low |= {key: Level(0.0, ended_s) for key in open_keys}
        self._low |= {key: self._less_one(key, self._low.get(key), full_s=ended_s) for key in low}
        self._high |= {key: self._less_one(key, self._high.get(key), full_s=began_s) for key in high}

    def _less_one(self, key: BucketKey, level: Level | None, *, full_s: float) -> Level:
        """The bucket after one was taken, at a moment that nobody knows.

        Of a bucket that was never full since it was looked at, it does not matter when. One that was full holds one
        less at `full_s`, the end of the moments in question. All refill alike, so the smaller of two levels stays so.
        """
        limit = self.policy.limit(key[0])
        rate = dict(limit.tiers).get(key[1], limit.rate)
        full = Level(rate.burst - 1, full_s)
        if level is None:
            return full
        less = Level(level.tokens - 1, level.at_s)
        return min(less, full, key=lambda each: each.tokens + (full_s - each.at_s) * rate.per_second)

    def statuses(self, reason: Reason) -> frozenset[int]:
        """How the gateways answer for this reason."""
        return frozenset(dict(gateway.answers).get(reason, STATUS[reason]) for gateway in self.gateways)

    def expected_text(self, expected: Expectation) -> str:
        """In words: `401 no-token`, `the API's answer`."""
        return " or ".join(dict.fromkeys(self._text(each) for each in (expected.high, expected.low)))

    def fault(self, expected: Expectation, seen: Seen) -> str:
        """What is wrong with an answer; empty if nothing is."""
        faults = [self._fault(decision, seen) for decision in (expected.high, expected.low)]
        return "" if not all(faults) else faults[0]

    def _limited(self, decision: Decision) -> Decision:
        return type(decision)(Reason.LIMIT, decision.operation, allowed_origin=decision.allowed_origin)

    def _text(self, decision: Decision) -> str:
        if decision.is_forwarded:
            return "the API's answer"
        return f"{'/'.join(map(str, sorted(self.statuses(decision.reason))))} {decision.reason}"

    def _fault(self, decision: Decision, seen: Seen) -> str:
        return (
            self._status_fault(decision, seen)
            or self._api_fault(decision, seen)
            or self._origin_fault(decision, seen)
            or self._header_fault(decision, seen)
        )

    def _status_fault(self, decision: Decision, seen: Seen) -> str:
        shown = str(seen.status) if seen.status else "a closed connection"
        if decision.is_forwarded:
            is_answered = seen.status not in OF_GATEWAYS and seen.status if seen.api is None else bool(seen.api)
            return "" if is_answered else shown
        if decision.reason is Reason.AMBIGUOUS and not seen.status:
            return ""
        reached = ", and the API was asked" if seen.api else ""
        return f"{shown}{reached}" if reached or seen.status not in self.statuses(decision.reason) else ""

    def _api_fault(self, decision: Decision, seen: Seen) -> str:
        if seen.api is None or not decision.is_forwarded:
            return ""
        if len(seen.api) > 1:
            return f"the API was asked {len(seen.api)} times"
        set_here = dict(decision.set)
        for name in decision.removed:
            got = [value for header, value in seen.api[0] if header == name.lower()]
            wanted = [set_here[name]] if name in set_here else []
            if got != wanted:
                return f"the API got {len(got)} of `{name}`, which is not what the policy sets"
        return ""

    def _origin_fault(self, decision: Decision, seen: Seen) -> str:
        allowed = seen.values("access-control-allow-origin")
        if seen.api is None and decision.is_forwarded:
            return ""  # the API may say something of its own
        wanted = [decision.allowed_origin] if decision.allowed_origin else []
        is_any = wanted and allowed == ["*"]
        return (
            "" if allowed == wanted or is_any else f"pages of {', '.join(allowed) or 'no origin'} may read the answer"
        )

    def _header_fault(self, decision: Decision, seen: Seen) -> str:
        if decision.reason is Reason.AMBIGUOUS:
            return ""  # refused before any header is looked at
        for change in self.policy.response_set:
            if seen.values(change.name) != [change.value]:
                return f"the answer does not say `{change.name}: {change.value}`"
        set_here = {change.name.lower() for change in self.policy.response_set}
        for name in self.policy.response_removed:
            if name.lower() not in set_here and seen.values(name):
                return f"the answer has `{name}`"
        return ""
