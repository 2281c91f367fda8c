"""When somebody has to look: the alerts of a gateway, each with series that raise it and so prove it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from themekit.gateway.envoy.monitoring.queries import (
    ACCESS_DENIED,
    AVAILABILITY,
    CERTIFICATE_DAYS,
    DURATION,
    KEYS_FAILED,
    KEYS_FETCHED,
    LIMIT_ASKED,
    LIMITED,
    LISTENER_REJECTED,
    REQUESTS,
    ROUTES_REJECTED,
    SERVERS_REJECTED,
    TARGET_MS,
    TOKENS_DENIED,
    UP,
    UPSTREAM_OVERFLOW,
    Queries,
    fetches_keys,
    fill_time_s,
    limit_label,
    used_limits,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.model.policy import Limit, Policy

Severity = Literal["page", "ticket"]
Series = tuple[str, str]
"""A series and its values, in the notation of promtool: a value each minute."""

BUDGET = 1 - AVAILABILITY
FAST_BURN, SLOW_BURN = 14.4, 6
"""Times the budget of a month: 2 % of it gone in an hour, 5 % in six. Source: The Site Reliability Workbook, 5."""
SPIKE, SPIKE_FROM = 5, 1
"""Times what was usual in the hour before, and how many a second at least."""
LIMITED_SHARE = 0.2
KEYS_SHARE = 0.8
CERTIFICATE_LEFT_DAYS = 14
KEYS_STALE = "20m"  # they are fetched every 5 minutes
RAISED_AT = "40m"


@dataclass(frozen=True, slots=True)
class Alert:
    """`raised_by` are series with which it is raised at `RAISED_AT`, and `quiet_with` the same where it is not."""

    name: str
    severity: Severity
    expr: str
    for_: str
    summary: str
    action: str
    raised_by: tuple[Series, ...]
    quiet_with: tuple[Series, ...]
    limit: str = ""


@dataclass(frozen=True, slots=True)
class Recording:
    """A question that is asked all the time, under a name of its own."""

    name: str
    expr: str


def recordings(queries: Queries) -> tuple[Recording, ...]:
    """Level, metric, operation: the naming of Prometheus' best practices."""
    return (
        Recording("gateway_class:requests:rate5m", queries.requests_by_class("5m")),
        *(
            Recording(f"gateway:errors:ratio_rate{window}", queries.error_ratio(window))
            for window in ("5m", "30m", "1h", "6h")
        ),
        *(
            Recording(f"gateway:latency_ms:p{quantile * 100:g}_5m", queries.quantile_ms(quantile, "5m"))
            for quantile in (0.5, 0.9, 0.99)
        ),
    )


def alerts(policy: Policy) -> tuple[Alert, ...]:
    """Those that can be raised for this policy."""
    queries = Queries(policy.name)
    found = [*_service(queries), *_refusals(policy, queries)]
    if fetches_keys(policy):
        found += _keys(queries)
    for limit in used_limits(policy):
        found += _limit(limit, queries)
    found += _machinery(policy, queries)
    return tuple(found)


def _service(queries: Queries) -> Iterator[Alert]:
    gateway = f'gateway="{queries.gateway}"'
    yield Alert(
        "GatewaySlow",
        "page",
        f"gateway:latency_ms:p99_5m{{{gateway}}} > {TARGET_MS}",
        "10m",
        f"One in a hundred requests takes longer than {TARGET_MS} ms.",
        "Compare the percentiles of the gateway with those of the API: the dashboard has both.",
        raised_by=_durations(queries, slow=6),
        quiet_with=_durations(queries, slow=0),
    )
    for name, severity, burn, windows, for_ in (
        ("GatewayErrorsFast", "page", FAST_BURN, ("5m", "1h"), "2m"),
        ("GatewayErrorsSlow", "ticket", SLOW_BURN, ("30m", "6h"), "15m"),
    ):
        over = f"{burn * BUDGET:.6g}"
        yield Alert(
            name,
            "page" if severity == "page" else "ticket",
            " and ".join(f"gateway:errors:ratio_rate{window}{{{gateway}}} > {over}" for window in windows),
            for_,
            f"Errors use up the budget of {BUDGET:.2%} {burn:g} times as fast as they may.",
            "Look which operations answer 5xx, and whether the API or the gateway says so: `details` in the log.",
            raised_by=_statuses(queries, good=600, bad=60),
            quiet_with=_statuses(queries, good=60000, bad=3),
        )


def _refusals(policy: Policy, queries: Queries) -> Iterator[Alert]:
    """Far more than in the hour before: an attack, a client's mistake, or ours."""
    kinds = [
        (
            "GatewayTokensRefused",
            queries.of(TOKENS_DENIED),
            "401",
            "an issuer changed its keys, or a client its tokens",
        ),
        (
            "GatewayAccessRefused",
            queries.of(ACCESS_DENIED, envoy_rbac_http_prefix="access_"),
            "403",
            "scopes, claims or certificates changed on one side",
        ),
        (
            "GatewayAddressesRefused",
            queries.of(ACCESS_DENIED, envoy_rbac_http_prefix="addresses_"),
            "403",
            "somebody calls from a denied network, or the proxies in front are counted wrongly",
        ),
        ("GatewayRequestsLimited", queries.of(LIMITED, has_prefix=False), "429", "a client runs wild, or grew"),
    ]
    for name, series, status, cause in kinds:
        if name == "GatewayTokensRefused" and not policy.tokens:
            continue
        if name == "GatewayRequestsLimited" and not used_limits(policy):
            continue
        now = f"sum by (gateway) (rate({series}[5m]))"
        usual = f"sum by (gateway) (rate({series}[1h] offset 10m))"
        raised = series.replace("}", ', instance="one"}')
        if name == "GatewayRequestsLimited":
            raised = series.replace("}", ', envoy_local_http_ratelimit_prefix="limit_x", instance="one"}')
        yield Alert(
            name,
            "ticket",
            f"{now} > {SPIKE_FROM} and {now} > {SPIKE} * {usual}",
            "5m",
            f"Far more requests than usual are answered with {status}.",
            f"Often {cause}. Look who and why: `consumer`, `address` and `details` in the log.",
            raised_by=((raised, "0+6x31 186+600x30"),),
            quiet_with=((raised, "0+600x60"),),
        )


def _keys(queries: Queries) -> Iterator[Alert]:
    fetched, failed = (queries.of(name) for name in (KEYS_FETCHED, KEYS_FAILED))
    one = (fetched.replace("}", ', instance="one"}'), failed.replace("}", ', instance="one"}'))
    yield Alert(
        "GatewayKeysNotFetched",
        "page",
        f"sum by (gateway) (increase({failed}[10m])) > 3",
        "5m",
        "The keys of an issuer cannot be fetched. The last ones are kept: tokens with new keys are refused.",
        "See whether the address in `jwks` answers from where the gateway runs.",
        raised_by=((one[1], "0+1x60"),),
        quiet_with=((one[1], "1x60"),),
    )
    yield Alert(
        "GatewayKeysStale",
        "page",
        f"sum by (gateway) (increase({fetched}[{KEYS_STALE}])) == 0",
        "5m",
        "No keys were fetched for long: a key that is rotated would not be noticed.",
        "See whether the address in `jwks` answers, and restart a process that does not ask any more.",
        raised_by=((one[0], "3x60"),),
        quiet_with=((one[0], "0+1x60"),),
    )


def _limit(limit: Limit, queries: Queries) -> Iterator[Alert]:
    label = {"envoy_local_http_ratelimit_prefix": limit_label(limit)}
    asked, limited = (
        queries.of(name, has_prefix=False, **label).replace("}", ', instance="one"}') for name in (LIMIT_ASKED, LIMITED)
    )
    yield Alert(
        "GatewayLimitOftenMet",
        "ticket",
        f"{queries.limited_ratio(limit, '15m')} > {LIMITED_SHARE}",
        "15m",
        f"More than {LIMITED_SHARE:.0%} of the requests that the limit `{limit.name}` counts are over it.",
        "If these are customers at work and no attack, raise the limit or give them a tier.",
        raised_by=((asked, "0+600x60"), (limited, "0+300x60")),
        quiet_with=((asked, "0+600x60"), (limited, "0+6x60")),
        limit=limit.name,
    )
    if limit.by == "route":
        return
    enough = int(limit.keys / fill_time_s(limit) * 60) + 60
    yield Alert(
        "GatewayLimitKeysMayRunOut",
        "ticket",
        f"{queries.callers_ratio(limit, '5m')} > {KEYS_SHARE}",
        "10m",
        f"The limit `{limit.name}` may have to forget callers, who then start with a full bucket.",
        f"Raise `keys` of the limit, which is {limit.keys}. It is only sure that fewer callers cannot be the reason.",
        raised_by=((asked, f"0+{enough}x60"),),
        quiet_with=((asked, f"0+{int(enough * KEYS_SHARE * 0.9) - 60 if enough > 200 else 0}x60"),),
        limit=limit.name,
    )


def _machinery(policy: Policy, queries: Queries) -> Iterator[Alert]:
    up = queries.of(UP, has_prefix=False)
    yield Alert(
        "GatewayDown",
        "page",
        f"sum by (gateway) ({up}) == 0 or absent({up})",
        "2m",
        "No process of the gateway answers Prometheus.",
        "See whether the processes run, and whether their port `watch` is reached.",
        raised_by=((up.replace("}", ', instance="one"}'), "0x60"),),
        quiet_with=((up.replace("}", ', instance="one"}'), "1x60"), (up.replace("}", ', instance="two"}'), "0x60")),
    )
    rejected = (
        queries.of(LISTENER_REJECTED, has_prefix=False),
        queries.of(ROUTES_REJECTED),
        queries.of(SERVERS_REJECTED, has_prefix=False),
    )
    first = rejected[0].replace("}", ', instance="one"}')
    yield Alert(
        "GatewayPolicyRejected",
        "page",
        " or ".join(f"sum by (gateway) (increase({each}[15m])) > 0" for each in rejected),
        "0m",
        "A process refused new files: it goes on with the policy that it had.",
        "Read why in the process's own log, and publish the last good files again.",
        raised_by=((first, "0x35 1x25"),),
        quiet_with=((first, "1x60"),),
    )
    overflow = queries.of(UPSTREAM_OVERFLOW, has_prefix=False, envoy_cluster_name="api")
    one = overflow.replace("}", ', instance="one"}')
    yield Alert(
        "GatewayQueueFull",
        "page",
        f"sum by (gateway) (increase({overflow}[5m])) > 0",
        "5m",
        "Requests are refused with 503, as too many wait for the API.",
        "See why the API is slow; more processes of the gateway do not help it.",
        raised_by=((one, "0+1x60"),),
        quiet_with=((one, "5x60"),),
    )
    if policy.listen.tls is not None:
        days = queries.of(CERTIFICATE_DAYS, has_prefix=False)
        one = days.replace("}", ', instance="one"}')
        yield Alert(
            "GatewayCertificateExpires",
            "ticket",
            f"min by (gateway) ({days}) < {CERTIFICATE_LEFT_DAYS}",
            "10m",
            f"A certificate expires in less than {CERTIFICATE_LEFT_DAYS} days.",
            "Renew it. Envoy reads certificates when it starts: restart the processes after that.",
            raised_by=((one, "9x60"),),
            quiet_with=((one, "60x60"),),
        )


def _durations(queries: Queries, *, slow: int) -> tuple[Series, ...]:
    """60 requests a minute, of which some take between 300 and 400 ms."""

    def series(bound: str, count: int) -> Series:
        return queries.of(DURATION, instance="one", le=bound), f"0+{count}x60"

    return series("100", 60 - slow), series("300", 60 - slow), series("400", 60), series("+Inf", 60)


def _statuses(queries: Queries, *, good: int, bad: int) -> tuple[Series, ...]:
    """So many a minute. The windows are longer than the test's: what was before counts as nothing."""
    return tuple(
        (queries.of(REQUESTS, envoy_response_code_class=digit, instance="one"), f"0+{count}x60")
        for digit, count in (("2", good), ("5", bad))
    )
