"""Prometheus' names of what Envoy counts, and the questions that alerts and dashboards ask.

Every series has the label `gateway`, which the scrape configuration puts there: one Prometheus can watch many brands.
The names were read from a running Envoy 1.40; a test asks one for each of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.model.policy import PERIOD_S

if TYPE_CHECKING:
    from themekit.model.policy import Limit, Policy

TARGET_MS = 250
AVAILABILITY = 0.999
PREFIX = "api"  # of the listener's own statistics

REQUESTS = "envoy_http_downstream_rq_xx"
DURATION = "envoy_http_downstream_rq_time_bucket"
UPSTREAM_DURATION = "envoy_cluster_upstream_rq_time_bucket"
UPSTREAM_OVERFLOW = "envoy_cluster_upstream_rq_pending_overflow"
TOKENS_DENIED = "envoy_http_jwt_authn_denied"
KEYS_FETCHED = "envoy_http_jwt_authn_jwks_fetch_success"
KEYS_FAILED = "envoy_http_jwt_authn_jwks_fetch_failed"
ACCESS_DENIED = "envoy_http_rbac_denied"
FOREIGN_ORIGINS = "envoy_http_cors_origin_invalid"
LIMIT_ASKED = "envoy_http_local_rate_limit_enabled"
LIMITED = "envoy_http_local_rate_limit_rate_limited"
LISTENER_REJECTED = "envoy_listener_manager_lds_update_rejected"
ROUTES_REJECTED = "envoy_http_rds_update_rejected"
SERVERS_REJECTED = "envoy_cluster_manager_cds_update_rejected"
CERTIFICATE_DAYS = "envoy_server_days_until_first_cert_expiring"
UP = "up"  # Prometheus' own

METRICS = (
    REQUESTS,
    DURATION,
    UPSTREAM_DURATION,
    UPSTREAM_OVERFLOW,
    TOKENS_DENIED,
    KEYS_FETCHED,
    KEYS_FAILED,
    ACCESS_DENIED,
    FOREIGN_ORIGINS,
    LIMIT_ASKED,
    LIMITED,
    LISTENER_REJECTED,
    ROUTES_REJECTED,
    SERVERS_REJECTED,
    CERTIFICATE_DAYS,
)
"""All that are asked for, but for Prometheus' own."""


@dataclass(frozen=True, slots=True)
class Queries:
    """Questions about one gateway. A window is a duration of Prometheus (`5m`), or `$__rate_interval` of Grafana."""

    gateway: str

    def of(self, metric: str, *, has_prefix: bool = True, **labels: str) -> str:
        """A selector of the gateway's series."""
        wanted = {
            "gateway": self.gateway,
            **({"envoy_http_conn_manager_prefix": PREFIX} if has_prefix else {}),
            **labels,
        }
        return metric + "{" + ", ".join(f'{name}="{value}"' for name, value in wanted.items()) + "}"

    def rate(self, metric: str, window: str, *, has_prefix: bool = True, **labels: str) -> str:
        """How often in a second, over all processes."""
        return f"sum by (gateway) (rate({self.of(metric, has_prefix=has_prefix, **labels)}[{window}]))"

    def requests_by_class(self, window: str) -> str:
        """Requests in a second, by the first digit of the status."""
        return f"sum by (gateway, envoy_response_code_class) (rate({self.of(REQUESTS)}[{window}]))"

    def error_ratio(self, window: str) -> str:
        """The share of answers with a status of 500 or more; no number if there was no request."""
        return f"{self.rate(REQUESTS, window, envoy_response_code_class='5')} / {self.rate(REQUESTS, window)}"

    def quantile_ms(self, quantile: float, window: str, *, is_upstream: bool = False) -> str:
        """A percentile of what requests took, as clients saw it, or in the API."""
        series = (
            self.of(UPSTREAM_DURATION, has_prefix=False, envoy_cluster_name=PREFIX)
            if is_upstream
            else self.of(DURATION)
        )
        return f"histogram_quantile({quantile:g}, sum by (gateway, le) (rate({series}[{window}])))"

    def denied(self, what: str, window: str) -> str:
        """Requests in a second that `access` or `addresses` denied."""
        return self.rate(ACCESS_DENIED, window, envoy_rbac_http_prefix=f"{what}_")

    def limited(self, window: str, limit: Limit | None = None) -> str:
        """Requests in a second that were over a limit: one, or all."""
        labels = {} if limit is None else {"envoy_local_http_ratelimit_prefix": limit_label(limit)}
        return self.rate(LIMITED, window, has_prefix=False, **labels)

    def limited_ratio(self, limit: Limit, window: str) -> str:
        """The share of a limit's requests that were over it."""
        label = limit_label(limit)
        asked = self.rate(LIMIT_ASKED, window, has_prefix=False, envoy_local_http_ratelimit_prefix=label)
        return f"{self.limited(window, limit)} / {asked}"

    def callers_ratio(self, limit: Limit, window: str) -> str:
        """At most this share of a limit's keys is in use, in the process where it is highest.

        A bucket that had time to fill is like one never used, so only callers of that time need one. There are not
        more of these than requests of that time.
        """
        label = limit_label(limit)
        series = self.of(LIMIT_ASKED, has_prefix=False, envoy_local_http_ratelimit_prefix=label)
        share = fill_time_s(limit) / limit.keys
        return f"max by (gateway) (rate({series}[{window}])) * {share:.6g}"


def limit_label(limit: Limit) -> str:
    """What Envoy calls a limit in its statistics."""
    return f"limit_{limit.name}"


def fill_time_s(limit: Limit) -> float:
    """How long the slowest of a limit's buckets takes to fill."""
    rates = (limit.rate, *(rate for _, rate in limit.tiers))
    return max(rate.burst * PERIOD_S[rate.period] / rate.requests for rate in rates)


def used_limits(policy: Policy) -> tuple[Limit, ...]:
    """The limits that Envoy counts and some operation names."""
    named = {name for operation in policy.operations for name in operation.limits}
    return tuple(limit for limit in policy.limits if limit.name in named and not limit.is_quota)


def fetches_keys(policy: Policy) -> bool:
    """Some issuer's keys come from an address."""
    return any(issuer.jwks_url is not None for issuer in policy.tokens)


def shown_in_log(policy: Policy, field: str) -> bool:
    """The access log has the field, and not as `[redacted]`."""
    return field in policy.logging.fields and field not in policy.logging.redacted
