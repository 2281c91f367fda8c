"""The files for Prometheus: what is scraped, rules, and the tests of the rules for `promtool test rules`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from themekit.gateway.envoy.containers import SHOWN_PAGES, WATCH, WATCH_PORT
from themekit.gateway.envoy.monitoring.alerts import RAISED_AT, alerts, recordings
from themekit.gateway.envoy.monitoring.queries import Queries

if TYPE_CHECKING:
    from themekit.gateway.envoy.monitoring.alerts import Alert
    from themekit.gateway.envoy.values import Json, JsonObject
    from themekit.model.policy import Policy

RULES = "rules.yml"
_DUMPER: type[yaml.SafeDumper] = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
"""libyaml's writes the same text in an eighth of the time; a build of PyYAML without it is rare."""
HEAD = "# Made by themekit from policy.json: change the policy, not this file.\n"


def prometheus_text(policy: Policy) -> str:
    """For processes whose addresses are listed in a file, which Prometheus reads again when it changes."""
    name = f"gateway-{policy.name}"
    about = f'# {name}.json lists where the processes are: [{{"targets": ["10.0.0.1:{WATCH_PORT}"]}}]\n'
    return HEAD + about + _prometheus(policy, {"file_sd_configs": [{"files": [f"{name}.json"]}]}, [])


def prometheus_kubernetes_text(policy: Policy) -> str:
    """For the pods of `kubernetes.json`, found by their labels."""
    labels = ("pod_label_app_kubernetes_io_instance", "pod_container_port_name")
    keep: JsonObject = {
        "action": "keep",
        "source_labels": [f"__meta_kubernetes_{label}" for label in labels],
        "regex": f"gateway-{policy.name};{WATCH}",
    }
    pod: JsonObject = {"target_label": "pod", "source_labels": ["__meta_kubernetes_pod_name"]}
    return HEAD + _prometheus(policy, {"kubernetes_sd_configs": [{"role": "pod"}]}, [keep, pod])


def _prometheus(policy: Policy, found_by: JsonObject, relabel: list[Json]) -> str:
    """Every series gets the label that the rules ask for."""
    job: JsonObject = {
        "job_name": f"gateway-{policy.name}",
        "metrics_path": SHOWN_PAGES[1],
        **found_by,
        "relabel_configs": [*relabel, {"target_label": "gateway", "replacement": policy.name}],
    }
    settings: JsonObject = {"scrape_interval": "15s", "evaluation_interval": "15s"}
    return _yaml({"global": settings, "rule_files": [RULES], "scrape_configs": [job]})


def rules_text(policy: Policy) -> str:
    """Recording rules, then alerts."""
    recorded: list[Json] = [{"record": each.name, "expr": each.expr} for each in recordings(Queries(policy.name))]
    raised: list[Json] = [_rule(each) for each in alerts(policy)]
    name = f"gateway-{policy.name}"
    groups: list[Json] = [
        {"name": f"{name}-records", "interval": "30s", "rules": recorded},
        {"name": f"{name}-alerts", "interval": "30s", "rules": raised},
    ]
    return HEAD + _yaml({"groups": groups})


def _rule(alert: Alert) -> JsonObject:
    labels: JsonObject = {"severity": alert.severity}
    if alert.limit:
        labels["limit"] = alert.limit
    return {
        "alert": alert.name,
        "expr": alert.expr,
        "for": alert.for_,
        "labels": labels,
        "annotations": {"summary": alert.summary, "action": alert.action},
    }


def rules_test_text(policy: Policy) -> str:
    """Two tests of each alert: it is raised by series that should raise it, and is quiet with those that should not."""
    tests: list[Json] = []
    for alert in alerts(policy):
        expected = _rule(alert)
        raised: JsonObject = {"exp_labels": {**_labels(expected), "gateway": policy.name}}
        raised["exp_annotations"] = expected["annotations"]
        for series, found in ((alert.raised_by, [raised]), (alert.quiet_with, [])):
            inputs: list[Json] = [{"series": name, "values": values} for name, values in series]
            wanted: list[Json] = [*found]
            what: JsonObject = {"eval_time": RAISED_AT, "alertname": alert.name, "exp_alerts": wanted}
            name = f"{alert.name} {alert.limit}".strip() + (" is raised" if found else " is quiet")
            tests.append({"name": name, "interval": "1m", "input_series": inputs, "alert_rule_test": [what]})
    return HEAD + _yaml({"rule_files": [RULES], "evaluation_interval": "1m", "tests": tests})


def _labels(rule: JsonObject) -> JsonObject:
    labels = rule["labels"]
    assert isinstance(labels, dict)  # noqa: S101 - made above
    return labels


def _yaml(value: JsonObject) -> str:
    text = yaml.dump(value, Dumper=_DUMPER, sort_keys=False, width=10_000, allow_unicode=True)
    assert isinstance(text, str)  # noqa: S101 - without a stream it is
    return text
