"""The objects that run Kong in Kubernetes: replicas without privileges, and secrets by reference only."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from themekit.gateway.kong.node import DECLARATIVE_FILE, STATUS_PORT, inner_port, settings
from themekit.gateway.kong.values import variable

if TYPE_CHECKING:
    from themekit.gateway.kong.values import Json, JsonObject
    from themekit.model.policy import Policy, Secret

IMAGE = "kong:3.9.3"
USER_ID = 1000
"""The user `kong` of the image."""
LEAST_REPLICAS, MOST_REPLICAS, CPU_PERCENT = 2, 6, 70
PREFIX = "/kong"


def kubernetes(policy: Policy, declarative: str) -> JsonObject:
    """A list of a ConfigMap with the declarative file, and of what runs it."""
    config: JsonObject = {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        **_metadata(policy),
        "data": {"kong.json": declarative},
    }
    return {
        "apiVersion": "v1",
        "kind": "List",
        "items": [
            config,
            _deployment(policy, hashlib.sha256(declarative.encode()).hexdigest()),
            _service(policy),
            _disruption_budget(policy),
            _autoscaler(policy),
        ],
    }


def object_name(policy: Policy) -> str:
    """The name of all objects (RFC 1123)."""
    return f"kong-{re.sub('[^a-z0-9-]+', '-', policy.name.lower()).strip('-')}"[:63].rstrip("-")


def _labels(policy: Policy) -> JsonObject:
    return {"app.kubernetes.io/name": "kong", "app.kubernetes.io/instance": object_name(policy)}


def _metadata(policy: Policy) -> JsonObject:
    return {"metadata": {"name": object_name(policy), "labels": _labels(policy)}}


def _deployment(policy: Policy, digest: str) -> JsonObject:
    """`digest` is that of the declarative file: Kong reads it when it starts, so a new one means new pods."""
    pod: JsonObject = {
        "automountServiceAccountToken": False,
        "enableServiceLinks": False,
        "terminationGracePeriodSeconds": 60,
        "securityContext": {
            "runAsNonRoot": True,
            "runAsUser": USER_ID,
            "runAsGroup": USER_ID,
            "fsGroup": USER_ID,
            "seccompProfile": {"type": "RuntimeDefault"},
        },
        "topologySpreadConstraints": [
            {
                "maxSkew": 1,
                "topologyKey": "kubernetes.io/hostname",
                "whenUnsatisfiable": "ScheduleAnyway",
                "labelSelector": {"matchLabels": _labels(policy)},
            }
        ],
        "containers": [_container(policy)],
        "volumes": [
            {"name": "policy", "configMap": {"name": object_name(policy), "defaultMode": 0o444}},
            {"name": "prefix", "emptyDir": {"sizeLimit": "64Mi"}},
            {"name": "tmp", "emptyDir": {"sizeLimit": "256Mi"}},
        ],
    }
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        **_metadata(policy),
        "spec": {
            "selector": {"matchLabels": _labels(policy)},
            "strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": 1, "maxUnavailable": 0}},
            "template": {
                "metadata": {"labels": _labels(policy), "annotations": {"themekit/policy-sha256": digest}},
                "spec": pod,
            },
        },
    }


def _container(policy: Policy) -> JsonObject:
    folder = DECLARATIVE_FILE.rpartition("/")[0]
    return {
        "name": "kong",
        "image": IMAGE,
        "env": _environment(policy),
        "ports": [
            {"name": "proxy", "containerPort": inner_port(policy)},
            {"name": "status", "containerPort": STATUS_PORT},
        ],
        "startupProbe": _probe("/status/ready", period_s=2, failures=30),
        "readinessProbe": _probe("/status/ready", period_s=5, failures=2),
        "livenessProbe": _probe("/status", period_s=10, failures=3),
        "lifecycle": {"preStop": {"exec": {"command": ["kong", "quit", "--wait=10", "--timeout=30"]}}},
        "resources": {
            "requests": {"cpu": "500m", "memory": "512Mi"},
            "limits": {"cpu": "2", "memory": "1Gi"},
        },
        "securityContext": {
            "allowPrivilegeEscalation": False,
            "privileged": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        },
        "volumeMounts": [
            {"name": "policy", "mountPath": folder, "readOnly": True},
            {"name": "prefix", "mountPath": PREFIX},
            {"name": "tmp", "mountPath": "/tmp"},  # noqa: S108 - in the container, and its own
        ],
    }


def _environment(policy: Policy) -> list[Json]:
    found: list[Json] = [{"name": f"KONG_{name.upper()}", "value": value} for name, value in settings(policy)]
    found.append({"name": "KONG_PREFIX", "value": PREFIX})
    found.append({"name": "KONG_NGINX_WORKER_PROCESSES", "value": "2"})
    tls = policy.listen.tls
    return [*found, *(_from_secret(policy, each) for each in ((tls.certificate, tls.key) if tls else ()))]


def _from_secret(policy: Policy, secret: Secret) -> JsonObject:
    name = variable(secret)
    return {"name": name, "valueFrom": {"secretKeyRef": {"name": object_name(policy), "key": name}}}


def _probe(path: str, *, period_s: int, failures: int) -> JsonObject:
    return {
        "httpGet": {"path": path, "port": "status"},
        "periodSeconds": period_s,
        "timeoutSeconds": 2,
        "failureThreshold": failures,
    }


def _service(policy: Policy) -> JsonObject:
    port: JsonObject = {"name": "proxy", "port": policy.listen.port, "targetPort": "proxy", "protocol": "TCP"}
    return {
        "apiVersion": "v1",
        "kind": "Service",
        **_metadata(policy),
        "spec": {"type": "ClusterIP", "selector": _labels(policy), "ports": [port]},
    }


def _disruption_budget(policy: Policy) -> JsonObject:
    return {
        "apiVersion": "policy/v1",
        "kind": "PodDisruptionBudget",
        **_metadata(policy),
        "spec": {"minAvailable": 1, "selector": {"matchLabels": _labels(policy)}},
    }


def _autoscaler(policy: Policy) -> JsonObject:
    target: JsonObject = {"type": "Utilization", "averageUtilization": CPU_PERCENT}
    return {
        "apiVersion": "autoscaling/v2",
        "kind": "HorizontalPodAutoscaler",
        **_metadata(policy),
        "spec": {
            "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": object_name(policy)},
            "minReplicas": LEAST_REPLICAS,
            "maxReplicas": MOST_REPLICAS,
            "metrics": [{"type": "Resource", "resource": {"name": "cpu", "target": target}}],
            "behavior": {"scaleDown": {"stabilizationWindowSeconds": 300}},
        },
    }
