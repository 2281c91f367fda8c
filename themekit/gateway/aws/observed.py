"""What is seen of an API on AWS: its access log, alarms, and a dashboard. No field that is redacted is ever logged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.gateway.aws.kinds import ALARM, DASHBOARD, LOG_GROUP, LOG_METRIC
from themekit.gateway.aws.values import Attribute, Embedded, Place, Resource, Variable
from themekit.model.policy import REDACTED

if TYPE_CHECKING:
    from themekit.gateway.aws.values import Members, Value
    from themekit.model.policy import LogField, Policy

RETENTION_DAYS = 90
LATENCY_MS = 250
ERROR_SHARE = 5
"""Percent of requests."""
PERIOD_S = 60
PERIODS = 5

ALWAYS = ("details", "$context.error.responseType")
"""Why API Gateway answered itself, as `UNAUTHORIZED` or `THROTTLED`: it says nothing of the caller."""

HTTP_FIELDS: dict[LogField, str] = {
    "time": "$context.requestTime",
    "method": "$context.httpMethod",
    "path": "$context.path",
    "operation": "$context.routeKey",
    "status": "$context.status",
    "duration": "$context.responseLatency",
    "consumer": "$context.authorizer.consumer",
    "address": "$context.identity.sourceIp",
    "agent": "$context.identity.userAgent",
    "request": "$context.requestId",
}
REST_FIELDS: dict[LogField, str] = {**HTTP_FIELDS, "operation": "$context.httpMethod $context.resourcePath"}


def log_format(policy: Policy, fields: dict[LogField, str]) -> Embedded:
    """One JSON object a line."""
    logging = policy.logging
    shown: Members = {
        name: REDACTED if name in logging.redacted else fields[name]
        for name in logging.fields
        if name in fields or name in logging.redacted
    }
    return Embedded({**shown, ALWAYS[0]: ALWAYS[1]}, is_text=True)


@dataclass(frozen=True, slots=True)
class Metrics:
    """The names of one kind of API's metrics, and what tells this API from others."""

    client_errors: str
    server_errors: str
    dimensions: tuple[tuple[str, Value], ...]


def log_group(policy: Policy) -> Resource:
    """Where the access log goes."""
    name = f"/themekit/{policy.name}-api/access"
    members: Members = {"LogGroupName": name, "RetentionInDays": RETENTION_DAYS}
    return Resource("AccessLog", LOG_GROUP, members)


def watching(policy: Policy, metrics: Metrics) -> tuple[Resource, ...]:
    """Alarms for errors, latency and throttling, and the dashboard."""
    return (
        _throttled(policy),
        _errors(policy, metrics, "ClientErrors", metrics.client_errors),
        _errors(policy, metrics, "ServerErrors", metrics.server_errors),
        _alarm(
            policy,
            "SlowAnswers",
            f"99 of 100 requests took longer than {LATENCY_MS} ms",
            {
                "Namespace": "AWS/ApiGateway",
                "MetricName": "Latency",
                "Dimensions": _dimensions(metrics),
                "ExtendedStatistic": "p99",
                "Threshold": LATENCY_MS,
            },
        ),
        _alarm(
            policy,
            "Throttled",
            "API Gateway refused requests that came too fast",
            {
                "Namespace": _namespace(policy),
                "MetricName": "Throttled",
                "Statistic": "Sum",
                "Threshold": 0,
            },
        ),
        Resource(
            "Dashboard",
            DASHBOARD,
            {
                "DashboardName": f"{policy.name}-api",
                "DashboardBody": Embedded({"widgets": _widgets(policy, metrics)}, is_text=True),
            },
        ),
    )


def _namespace(policy: Policy) -> str:
    return f"themekit/{policy.name}"


def _dimensions(metrics: Metrics) -> list[Value]:
    return [{"Name": name, "Value": value} for name, value in metrics.dimensions]


def _errors(policy: Policy, metrics: Metrics, key: str, name: str) -> Resource:
    """The average of this metric is a share, as each request counts 0 or 1."""
    return _alarm(
        policy,
        key,
        f"more than {ERROR_SHARE} of 100 requests were answered with an error ({name})",
        {
            "Namespace": "AWS/ApiGateway",
            "MetricName": name,
            "Dimensions": _dimensions(metrics),
            "Statistic": "Average",
            "Threshold": ERROR_SHARE / 100,
        },
    )


def _alarm(policy: Policy, key: str, description: str, members: Members) -> Resource:
    return Resource(
        key,
        ALARM,
        {
            "AlarmName": f"{policy.name}-api-{key}",
            "AlarmDescription": description,
            **members,
            "ComparisonOperator": "GreaterThanThreshold",
            "Period": PERIOD_S,
            "EvaluationPeriods": PERIODS,
            "DatapointsToAlarm": 3,
            "TreatMissingData": "notBreaching",
            "AlarmActions": [Variable("AlarmTopicArn")],
        },
    )


def _throttled(policy: Policy) -> Resource:
    """API Gateway has no metric of its own for this."""
    return Resource(
        "ThrottledRequests",
        LOG_METRIC,
        {
            "FilterName": f"{policy.name}-api-throttled",
            "LogGroupName": Attribute("AccessLog", "name"),
            "FilterPattern": '{ $.details = "THROTTLED" }',
            "MetricTransformations": [
                {
                    "MetricName": "Throttled",
                    "MetricNamespace": _namespace(policy),
                    "MetricValue": "1",
                    "DefaultValue": 0,
                }
            ],
        },
    )


def _widgets(policy: Policy, metrics: Metrics) -> list[Value]:
    def series(name: str, **options: Value) -> list[Value]:
        flat: list[Value] = [part for pair in metrics.dimensions for part in pair]
        return ["AWS/ApiGateway", name, *flat, dict(options)]

    def percentiles(name: str) -> list[Value]:
        return [series(name, stat=stat, label=f"{name} {stat}") for stat in ("p50", "p90", "p99")]

    shown: tuple[tuple[str, list[Value]], ...] = (
        ("Requests", [series("Count", stat="SampleCount")]),
        ("Latency (ms)", percentiles("Latency")),
        ("Errors", [series(metrics.client_errors, stat="Sum"), series(metrics.server_errors, stat="Sum")]),
        ("Latency of the API behind (ms)", percentiles("IntegrationLatency")),
        ("Refused for coming too fast", [[_namespace(policy), "Throttled", {"stat": "Sum"}]]),
    )
    return [
        {
            "type": "metric",
            "x": 12 * (number % 2),
            "y": 6 * (number // 2),
            "width": 12,
            "height": 6,
            "properties": {
                "title": title,
                "region": Place("region"),
                "view": "timeSeries",
                "period": PERIOD_S,
                "metrics": lines,
            },
        }
        for number, (title, lines) in enumerate(shown)
    ]
