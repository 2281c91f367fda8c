"""A dashboard for Grafana: traffic, time, who is refused and why, limits, keys, and who calls with what.

Panels about callers are made from the access log in Loki, as Envoy counts by no consumer and no program. They are
there if the policy's log shows the fields that they need.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from grafana_foundation_sdk.builders import dashboard, heatmap, loki, prometheus, stat, timeseries
from grafana_foundation_sdk.builders.common import ReduceDataOptions, StackingConfig, VizLegendOptions
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models.common import LegendDisplayMode, LegendPlacement, StackingMode
from grafana_foundation_sdk.models.dashboard import (
    DataSourceRef,
    DynamicConfigValue,
    FieldColorModeId,
    GridPos,
    Threshold,
    ThresholdsMode,
)
from grafana_foundation_sdk.models.prometheus import PromQueryFormat

from themekit.gateway.envoy.monitoring.queries import (
    DURATION,
    FOREIGN_ORIGINS,
    KEYS_FAILED,
    KEYS_FETCHED,
    TARGET_MS,
    TOKENS_DENIED,
    Queries,
    fetches_keys,
    shown_in_log,
    used_limits,
)
from themekit.gateway.json_text import WHOLE, json_text

if TYPE_CHECKING:
    from grafana_foundation_sdk.cog.builder import Builder
    from grafana_foundation_sdk.models.dashboard import Panel

    from themekit.gateway.envoy.monitoring.palette import Palette
    from themekit.model.policy import Policy

WINDOW = "$__rate_interval"
LOG_WINDOW = "$__auto"
WIDTH, HEIGHT, STAT_HEIGHT = 24, 8, 4
METRICS = DataSourceRef("prometheus", "${metrics}")
LOGS = DataSourceRef("loki", "${logs}")
TOP = 10


@dataclass(frozen=True, slots=True)
class _Series:
    """A query, what its series are called, and the role of its colour in the palette."""

    expr: str
    legend: str
    color: str = ""


@dataclass(slots=True)
class _Grid:
    """Where the next panel goes. Rows of panels are filled from left to right."""

    board: dashboard.Dashboard
    x: int = 0
    y: int = 0
    height: int = field(default=0)

    def row(self, title: str) -> None:
        """A heading, on a line of its own."""
        self._break()
        self.board.with_row(dashboard.Row(title).grid_pos(GridPos(h=1, w=WIDTH, x=0, y=self.y)))
        self.y += 1

    def place(self, *, width: int, height: int = HEIGHT) -> GridPos:
        """The place of a panel of this size."""
        if self.x + width > WIDTH:
            self._break()
        found = GridPos(h=height, w=width, x=self.x, y=self.y)
        self.x, self.height = self.x + width, max(self.height, height)
        return found

    def _break(self) -> None:
        self.x, self.y, self.height = 0, self.y + self.height, 0


def dashboard_text(policy: Policy, palette: Palette | None) -> str:
    """The dashboard as Grafana imports it. Without a palette Grafana chooses the colours."""
    queries = Queries(policy.name)
    board = (
        dashboard.Dashboard(f"Gateway {policy.name}")
        .uid(f"gateway-{policy.name}"[:40])
        .tags(["gateway", policy.name])
        .time("now-6h", "now")
        .refresh("30s")
        .timezone("browser")
        .readonly()
        .with_variable(dashboard.DatasourceVariable("metrics").label("Prometheus").type("prometheus"))
    )
    if _has_logs(policy):
        board.with_variable(dashboard.DatasourceVariable("logs").label("Loki").type("loki"))
    grid = _Grid(board)
    _traffic(grid, queries, palette)
    _time(grid, queries, palette)
    _refusals(grid, policy, queries=queries, palette=palette)
    _limits(grid, policy, queries=queries, palette=palette)
    if fetches_keys(policy):
        _keys(grid, queries, palette)
    _callers(grid, policy, palette=palette)
    plain = json.loads(JSONEncoder(sort_keys=True).encode(board.build()))
    return json_text(plain, depth=WHOLE) + "\n"


def _traffic(grid: _Grid, queries: Queries, palette: Palette | None) -> None:
    grid.row("Traffic")
    for title, expr, unit, limit in (
        ("Requests", queries.rate("envoy_http_downstream_rq_xx", WINDOW), "reqps", None),
        ("Errors (5xx)", queries.error_ratio(WINDOW), "percentunit", 0.001),
        ("p99", queries.quantile_ms(0.99, WINDOW), "ms", float(TARGET_MS)),
        ("Over a limit (429)", queries.limited(WINDOW), "reqps", None),
    ):
        _add(grid, _stat(title, expr, unit=unit, limit=limit, palette=palette), width=6, height=STAT_HEIGHT)
    classes = (("1xx", "neutral"), ("2xx", "success"), ("3xx", "info"), ("4xx", "warning"), ("5xx", "danger"))
    panel = _chart(
        "Requests by status", [_Series(queries.requests_by_class(WINDOW), "{{envoy_response_code_class}}xx")]
    )
    panel.unit("reqps").stacking(StackingConfig().mode(StackingMode.NORMAL)).fill_opacity(40)
    for name, color in classes:
        _paint(panel, name, color, palette)
    _add(grid, panel, width=WIDTH)


def _time(grid: _Grid, queries: Queries, palette: Palette | None) -> None:
    grid.row("Time")
    series = [
        _Series(queries.quantile_ms(0.99, WINDOW), "p99", "danger"),
        _Series(queries.quantile_ms(0.9, WINDOW), "p90", "warning"),
        _Series(queries.quantile_ms(0.5, WINDOW), "p50", "primary"),
        _Series(queries.quantile_ms(0.99, WINDOW, is_upstream=True), "p99 of the API", "neutral"),
    ]
    panel = _chart(f"Percentiles; the target for p99 is {TARGET_MS} ms", series, palette).unit("ms")
    _add(grid, panel, width=12)
    buckets = f"sum by (le) (increase({queries.of(DURATION)}[{WINDOW}]))"
    query = prometheus.Dataquery().expr(buckets).legend_format("{{le}}").format(PromQueryFormat.HEATMAP)
    shown = heatmap.Panel().title("How long requests take (ms)").datasource(METRICS).calculate(False)
    shown.with_target(query.datasource(METRICS).ref_id("A"))
    _add(grid, shown, width=12)


def _refusals(grid: _Grid, policy: Policy, *, queries: Queries, palette: Palette | None) -> None:
    grid.row("Refused")
    series = [
        _Series(queries.denied("access", WINDOW), "403 scopes, claims, certificates", "warning"),
        _Series(queries.denied("addresses", WINDOW), "403 addresses", "neutral"),
    ]
    if policy.tokens:
        series.insert(0, _Series(queries.rate(TOKENS_DENIED, WINDOW), "401 tokens", "danger"))
    if any(operation.cors for operation in policy.operations):
        series.append(_Series(queries.rate(FOREIGN_ORIGINS, WINDOW), "foreign origins", "info"))
    _add(grid, _chart("Refused, by what refuses", series, palette).unit("reqps"), width=12)
    if shown_in_log(policy, "status"):
        reasons = f'sum by (details) (count_over_time({_logs(policy)} | status=~"401|403" [{LOG_WINDOW}]))'
        _add(grid, _log_chart("401 and 403, by reason", reasons, "{{details}}"), width=12)


def _limits(grid: _Grid, policy: Policy, *, queries: Queries, palette: Palette | None) -> None:
    limits = used_limits(policy)
    if not limits:
        return
    grid.row("Limits")
    over = [_Series(queries.limited(WINDOW, limit), limit.name) for limit in limits]
    _add(grid, _chart("Over each limit (429)", over, palette).unit("reqps"), width=12)
    shares = [_Series(queries.callers_ratio(limit, WINDOW), limit.name) for limit in limits if limit.by != "route"]
    if shares:
        panel = _chart("Keys of each limit that may be in use, at most", shares, palette)
        _add(grid, panel.unit("percentunit").axis_soft_max(1), width=12)


def _keys(grid: _Grid, queries: Queries, palette: Palette | None) -> None:
    grid.row("Keys of issuers")
    series = [
        _Series(queries.rate(KEYS_FETCHED, WINDOW), "fetched", "success"),
        _Series(queries.rate(KEYS_FAILED, WINDOW), "failed", "danger"),
    ]
    _add(grid, _chart("Keys fetched in a second, by all processes", series, palette).unit("cps"), width=WIDTH)


def _callers(grid: _Grid, policy: Policy, *, palette: Palette | None) -> None:
    """From the log alone; `palette` colours what has one series."""
    kinds = [
        ("agent", "Programs and SDKs, by user agent"),
        ("consumer", "Consumers"),
        ("operation", "Operations"),
    ]
    shown = [(name, title) for name, title in kinds if shown_in_log(policy, name)]
    if shown:
        grid.row("Who calls, from the access log")
    for name, title in shown:
        counted = f'sum by ({name}) (count_over_time({_logs(policy)} | {name}!="" [{LOG_WINDOW}]))'
        _add(grid, _log_chart(f"{title}: the first {TOP}", f"topk({TOP}, {counted})", f"{{{{{name}}}}}"), width=12)
    if shown_in_log(policy, "consumer"):
        seen = f'count(sum by (consumer) (count_over_time({_logs(policy)} | consumer!="" [1h])))'
        panel = _log_chart("Different consumers in an hour", seen, "consumers")
        _paint(panel, "consumers", "primary", palette)
        _add(grid, panel, width=12)


def _has_logs(policy: Policy) -> bool:
    return any(shown_in_log(policy, name) for name in ("status", "agent", "consumer", "operation"))


def _logs(policy: Policy) -> str:
    """Lines of the log that are JSON: Envoy's own messages are not."""
    return f'{{gateway="{policy.name}"}} | json | __error__=""'


def _chart(title: str, series: list[_Series], palette: Palette | None = None) -> timeseries.Panel:
    panel = _panel(title).datasource(METRICS)
    for number, each in enumerate(series):
        query = prometheus.Dataquery().expr(each.expr).legend_format(each.legend).datasource(METRICS)
        panel.with_target(query.ref_id(chr(ord("A") + number)))
        if each.color:
            _paint(panel, each.legend, each.color, palette)
    return panel


def _log_chart(title: str, expr: str, legend: str) -> timeseries.Panel:
    query = loki.Dataquery().expr(expr).legend_format(legend).datasource(LOGS).ref_id("A")
    return _panel(title).datasource(LOGS).with_target(query)


def _panel(title: str) -> timeseries.Panel:
    legend = VizLegendOptions().show_legend(True).display_mode(LegendDisplayMode.LIST)
    return timeseries.Panel().title(title).legend(legend.placement(LegendPlacement.BOTTOM)).line_width(2).min(0)


def _stat(title: str, expr: str, *, unit: str, limit: float | None, palette: Palette | None) -> stat.Panel:
    """A number that changes its colour at its limit."""
    query = prometheus.Dataquery().expr(expr).datasource(METRICS).ref_id("A")
    panel = stat.Panel().title(title).datasource(METRICS).unit(unit).with_target(query)
    panel.reduce_options(ReduceDataOptions().calcs(["lastNotNull"]))
    good, bad = ("green", "red") if palette is None else (palette.primary, palette.danger)
    steps = [Threshold(value=None, color=good)]
    if limit is not None:
        steps.append(Threshold(value=limit, color=bad))
    return panel.thresholds(dashboard.ThresholdsConfig().mode(ThresholdsMode.ABSOLUTE).steps(steps))


def _paint(panel: timeseries.Panel, name: str, color: str, palette: Palette | None) -> None:
    if palette is not None:
        fixed = {"mode": FieldColorModeId.FIXED, "fixedColor": getattr(palette, color)}
        panel.override_by_name(name, [DynamicConfigValue(id_val="color", value=fixed)])


def _add(
    grid: _Grid, panel: stat.Panel | timeseries.Panel | heatmap.Panel, *, width: int, height: int = HEIGHT
) -> None:
    placed: Builder[Panel] = panel.grid_pos(grid.place(width=width, height=height))
    grid.board.with_panel(placed)
