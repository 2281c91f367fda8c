"""The files that watch one brand's gateway, below gateway/monitoring/."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.gateway.envoy.monitoring.load import load_text
from themekit.gateway.envoy.monitoring.rules import (
    RULES,
    prometheus_kubernetes_text,
    prometheus_text,
    rules_test_text,
    rules_text,
)
from themekit.model import Artifact

if TYPE_CHECKING:
    from themekit.gateway.envoy.monitoring.palette import Palette
    from themekit.model.policy import Policy

FOLDER = "gateway/monitoring"
YAML = "application/yaml"


def emit_monitoring(policy: Policy) -> tuple[Artifact, ...]:
    """Scrape configurations, rules and their tests, and the load test."""
    return (
        Artifact.text(f"{FOLDER}/prometheus.yml", prometheus_text(policy), media_type=YAML),
        Artifact.text(f"{FOLDER}/prometheus-kubernetes.yml", prometheus_kubernetes_text(policy), media_type=YAML),
        Artifact.text(f"{FOLDER}/{RULES}", rules_text(policy), media_type=YAML),
        Artifact.text(f"{FOLDER}/rules_test.yml", rules_test_text(policy), media_type=YAML),
        Artifact.text(f"{FOLDER}/load.js", load_text(policy), media_type="text/javascript"),
    )


def emit_dashboard(policy: Policy, palette: Palette | None) -> tuple[Artifact, ...]:
    """The dashboard, in the brand's colours."""
    from themekit.gateway.envoy.monitoring.dashboard import dashboard_text  # noqa: PLC0415  # 90 ms that only this needs

    text = dashboard_text(policy, palette)
    return (Artifact.text(f"{FOLDER}/dashboard.json", text, media_type="application/json"),)
