"""Figures of a run: percentiles of what requests took, and the processor time of a process."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Load:
    """What a run of requests came to. Times are from when a request was due to the end of its answer.

    `errors` are by what they were: a status, or what happened to the connection.
    """

    requests: int
    seconds: float
    p50_ms: float
    p90_ms: float
    p99_ms: float
    max_ms: float
    cpu_us: float
    errors: tuple[tuple[str, int], ...] = ()

    @property
    def failed(self) -> int:
        """How many requests had no good answer."""
        return sum(count for _, count in self.errors)


def percentile(times: Sequence[float], share: float) -> float:
    """The smallest of the times that at least this share of them do not exceed (nearest rank); 0 of none."""
    return sorted(times)[max(0, math.ceil(share * len(times)) - 1)] if times else 0.0


def cpu_s(pid: int) -> float:
    """Seconds of processor time that a process has used, all its threads together.

    Source: clock_getcpuclockid(3), which names the clock of a process so on Linux.
    """
    return time.clock_gettime((~pid << 3) | 2)
