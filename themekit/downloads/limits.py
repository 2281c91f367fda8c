"""How much one caller may ask for: requests by a bucket that fills up again, transfers by how many run at once."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from math import ceil

MOST_CALLERS = 10_000
"""Kept at a time: the memory of this is bounded, whoever asks."""


@dataclass(slots=True)
class Buckets:
    """`rate_s` requests a second by each caller, and `burst` at once."""

    rate_s: float
    burst: int
    _left: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)

    def wait_s(self, caller: str, now_s: float, *, cost: float = 1.0) -> int:
        """0, and the request is counted; or whole seconds until there is room again."""
        left, then = self._left.pop(caller, (float(self.burst), now_s))
        left = min(float(self.burst), left + max(now_s - then, 0.0) * self.rate_s)
        has_room = left >= cost
        self._left[caller] = (left - cost if has_room else left, now_s)
        if len(self._left) > MOST_CALLERS:
            self._left.popitem(last=False)
        return 0 if has_room else max(1, ceil((cost - left) / self.rate_s))


@dataclass(slots=True)
class Running:
    """How many transfers each caller has now, of at most `most`."""

    most: int
    _now: dict[str, int] = field(default_factory=dict)

    def begin(self, caller: str) -> bool:
        """Whether there was room."""
        if self._now.get(caller, 0) >= self.most:
            return False
        self._now[caller] = self._now.get(caller, 0) + 1
        return True

    def end(self, caller: str) -> None:
        """One is over."""
        left = self._now.pop(caller) - 1
        if left:
            self._now[caller] = left

    @property
    def total(self) -> int:
        """Of all callers."""
        return sum(self._now.values())
