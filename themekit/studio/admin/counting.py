"""What Envoy's numbers and its log say of the requests of a second: from counters that only grow to what is shown."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Mapping

    from themekit.source.json_value import JsonValue

PREFIX = "http.api."
FILTER = r"^http\.api\.(downstream_rq_(completed|[1-5]xx|time)$|jwt_authn\.denied$|rbac\..*denied$)|\.rate_limited$"
STATUSES = ("1xx", "2xx", "3xx", "4xx", "5xx")
QUANTILES = (50, 95, 99)
MAX_CONSUMERS = 1000  # names come from tokens: whoever makes many takes no more memory than this
MAX_NAME = 100
OTHERS = "(others)"
NOBODY = "(no consumer)"


@dataclass(frozen=True, slots=True)
class Counts:
    """Counters since the start, and quantiles of the time that requests took lately, in ms, while there were some."""

    requests: int = 0
    statuses: tuple[tuple[str, int], ...] = ()
    refusals: tuple[tuple[str, int], ...] = ()
    quantiles_ms: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Tick:
    """What came between two looks."""

    time_s: float
    seconds: float
    requests: int
    statuses: tuple[tuple[str, int], ...]
    refusals: tuple[tuple[str, int], ...]
    quantiles_ms: tuple[tuple[int, float], ...]


def counts_in(value: JsonValue) -> Counts:
    """What the admin page answers for `FILTER`."""
    found: Counter[str] = Counter()
    quantiles: tuple[tuple[int, float], ...] = ()
    entries = value.get("stats") if isinstance(value, dict) else None
    for entry in entries if isinstance(entries, list) else ():
        if not isinstance(entry, dict):
            continue
        name, number = entry.get("name"), entry.get("value")
        if isinstance(name, str) and isinstance(number, int):
            found[_word(name)] += number
        elif "histograms" in entry:
            quantiles = _quantiles(entry["histograms"])
    statuses = tuple((name, found[name]) for name in STATUSES)
    refusals = tuple((name, found[name]) for name in ("token", "rule", "limit"))
    return Counts(found["requests"], statuses, refusals, quantiles)


def tick_between(before: Counts, after: Counts, *, time_s: float, seconds: float) -> Tick:
    """What is new. A counter that is lower than before began anew."""
    return Tick(
        time_s,
        seconds,
        _grown(before.requests, after.requests),
        _all_grown(before.statuses, after.statuses),
        _all_grown(before.refusals, after.refusals),
        after.quantiles_ms,
    )


@dataclass(slots=True)
class Consumers:
    """Who called how often, from lines of the log as they come; a line may come in pieces."""

    requests: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    _rest: bytes = b""

    def add(self, content: bytes) -> None:
        """The next bytes of the log."""
        *lines, self._rest = (self._rest + content).split(b"\n")
        for line in lines:
            if line.startswith(b"{"):
                self._add_line(line)

    def top(self, number: int) -> tuple[tuple[str, int, int], ...]:
        """Name, requests and refused ones, those with most requests first."""
        return tuple((name, count, self.refused[name]) for name, count in self.requests.most_common(number))

    def _add_line(self, line: bytes) -> None:
        try:
            value = cast("JsonValue", json.loads(line))
        except (ValueError, RecursionError):
            return
        if not isinstance(value, dict) or "consumer" not in value:
            return
        given, status = value["consumer"], value.get("status")
        name = given[:MAX_NAME] if isinstance(given, str) and given else NOBODY
        if name not in self.requests and len(self.requests) >= MAX_CONSUMERS:
            name = OTHERS
        self.requests[name] += 1
        if isinstance(status, int) and status >= 400:
            self.refused[name] += 1


def _word(name: str) -> str:
    if name.endswith(".rate_limited"):
        return "limit"
    short = name.removeprefix(PREFIX)
    if short.startswith("rbac."):
        return "rule"
    return {"jwt_authn.denied": "token", "downstream_rq_completed": "requests"}.get(
        short, short.removeprefix("downstream_rq_")
    )


def _quantiles(value: JsonValue) -> tuple[tuple[int, float], ...]:
    if not isinstance(value, dict):
        return ()
    names, computed = value.get("supported_quantiles"), value.get("computed_quantiles")
    if not isinstance(names, list) or not isinstance(computed, list) or not computed:
        return ()
    first = computed[0]
    values = first.get("values") if isinstance(first, dict) else None
    found: dict[int, float] = {}
    for name, each in zip(names, values if isinstance(values, list) else (), strict=False):
        interval = each.get("interval") if isinstance(each, dict) else None
        if name in QUANTILES and isinstance(interval, int | float):
            found[int(cast("float", name))] = float(interval)
    return tuple(found.items())


def _grown(before: int, after: int) -> int:
    return after - before if after >= before else after


def _all_grown(before: tuple[tuple[str, int], ...], after: tuple[tuple[str, int], ...]) -> tuple[tuple[str, int], ...]:
    old: Mapping[str, int] = dict(before)
    return tuple((name, _grown(old.get(name, 0), number)) for name, number in after)
