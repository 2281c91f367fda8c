"""The files for Envoy in containers: an image, and Kubernetes' objects around it.

In a container the admin page stays on the loopback, and a listener of its own shows two of its pages to the outside:
whether Envoy is ready, and its metrics. Secrets are references to one Secret, by the names that the files expect.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from themekit.gateway.envoy.emit import FLAGS, FOLDER, bootstrap
from themekit.gateway.envoy.values import SECRETS_FOLDER, data_source, duration, exactly, http_filter, typed
from themekit.gateway.json_text import WHOLE, json_text
from themekit.model import Artifact

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from themekit.gateway.envoy.values import Json, JsonObject
    from themekit.model.policy import Policy, Secret

BASE_IMAGE = "envoyproxy/envoy:distroless-v1.40.0"
USER = 65532  # `nonroot` of the base image
FILES_FOLDER = "/etc/envoy"
BOOTSTRAP = "container.json"
WATCHED = ("lds.json", "rds.json", "cds.json")
WATCH_PORT = 9902
WATCH = "watch"
SHOWN_PAGES = ("/ready", "/stats/prometheus")
"""Pages of the admin listener that others may read; all others can change or stop Envoy, or show its configuration."""
WORKERS = 2
MIN_REPLICAS, MAX_REPLICAS = 2, 10
UNPRIVILEGED_PORTS = 1024
_OBJECT = tuple[str, str]


def emit_containers(policy: Policy, files: Iterable[Artifact]) -> tuple[Artifact, ...]:
    """`container.json`, `Dockerfile` and `kubernetes.json`, of the files that the policy is made into for Envoy."""
    inside = f"{json_text(with_watch_listener(bootstrap(policy)), depth=WHOLE)}\n"
    arguments = ["--config-path", BOOTSTRAP, *(word for flag in FLAGS for word in flag.split())]
    arguments += ["--concurrency", str(WORKERS)]
    watched = {each.path.name: each.content.decode() for each in files if each.path.name in WATCHED}
    data = {BOOTSTRAP: inside, **watched}
    objects = f"{json_text(kubernetes(policy, data, arguments=arguments), depth=WHOLE)}\n"
    return (
        Artifact.text(f"{FOLDER}/{BOOTSTRAP}", inside, media_type="application/json"),
        Artifact.text(f"{FOLDER}/Dockerfile", _dockerfile(policy, list(data), arguments)),
        Artifact.text(f"{FOLDER}/kubernetes.json", objects, media_type="application/json"),
    )


def with_watch_listener(outside: JsonObject) -> JsonObject:
    """The bootstrap with a listener that shows `SHOWN_PAGES` and nothing else of the admin listener."""
    admin = outside["admin"]
    assert isinstance(admin, dict)  # noqa: S101 - of our own bootstrap
    routes: list[Json] = [
        {
            "match": {"path": page, "headers": [{"name": ":method", "string_match": exactly("GET")}]},
            "route": {"cluster": WATCH, "timeout": duration(5)},
        }
        for page in SHOWN_PAGES
    ]
    routes.append({"match": {"prefix": "/"}, "direct_response": {"status": 404}})
    manager = typed(
        "envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
        stat_prefix=WATCH,
        codec_type="HTTP1",
        common_http_protocol_options={"idle_timeout": duration(60), "max_headers_count": 50},
        request_headers_timeout=duration(5),
        stream_idle_timeout=duration(10),
        normalize_path=True,
        path_with_escaped_slashes_action="REJECT_REQUEST",
        route_config={"virtual_hosts": [{"name": WATCH, "domains": ["*"], "routes": routes}]},
        http_filters=[http_filter("envoy.filters.http.router", "router.v3.Router")],
    )
    listener: JsonObject = {
        "name": WATCH,
        "address": {"socket_address": {"address": "0.0.0.0", "port_value": WATCH_PORT}},  # noqa: S104 - of a container
        "filter_chains": [
            {"filters": [{"name": "envoy.filters.network.http_connection_manager", "typed_config": manager}]}
        ],
    }
    endpoint: JsonObject = {"endpoint": {"address": admin["address"]}}
    cluster: JsonObject = {
        "name": WATCH,
        "type": "STATIC",
        "connect_timeout": duration(1),
        "load_assignment": {"cluster_name": WATCH, "endpoints": [{"lb_endpoints": [endpoint]}]},
    }
    return {**outside, "static_resources": {"listeners": [listener], "clusters": [cluster]}}


def secrets_of(policy: Policy) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The environment variables, and the files in the folder of secrets, that Envoy's files name."""
    named: list[Secret] = []
    if policy.listen.tls is not None:
        named += [policy.listen.tls.certificate, policy.listen.tls.key]
        named += [each.authority for each in policy.certificates[:1]]
    sources = [data_source(secret) for secret in named]
    variables = [str(source["environment_variable"]) for source in sources if "environment_variable" in source]
    files = [str(source["filename"]).removeprefix(f"{SECRETS_FOLDER}/") for source in sources if "filename" in source]
    return tuple(dict.fromkeys(variables)), tuple(dict.fromkeys(files))


def _dockerfile(policy: Policy, files: list[str], arguments: list[str]) -> list[str]:
    variables, mounted = secrets_of(policy)
    wanted = [f"#   the environment variable {name}" for name in variables]
    wanted += [f"#   the file {SECRETS_FOLDER}/{name}" for name in mounted]
    return [
        "# Made by themekit from policy.json: change the policy, not this file.",
        "# Before you build it for others, pin the image: --build-arg BASE=<the same tag>@sha256:<its digest>",
        f"ARG BASE={BASE_IMAGE}",
        "FROM ${BASE}",
        *(["# It needs, when it runs and not in the image:", *wanted] if wanted else []),
        f"WORKDIR {FILES_FOLDER}",
        f"COPY --chmod=0444 {' '.join(files)} {FILES_FOLDER}/",
        f"USER {USER}:{USER}",
        f"EXPOSE {policy.listen.port} {WATCH_PORT}",
        'ENTRYPOINT ["/usr/local/bin/envoy"]',
        f"CMD {json.dumps(arguments)}",
    ]


def kubernetes(policy: Policy, files: Mapping[str, str], *, arguments: list[str]) -> JsonObject:
    """A List: the configuration, what runs, how many, and where it is called."""
    name = f"gateway-{policy.name}"
    labels: JsonObject = {"app.kubernetes.io/name": "envoy", "app.kubernetes.io/instance": name}
    selector: JsonObject = {"matchLabels": labels}
    data: JsonObject = dict(files)
    target: JsonObject = {"apiVersion": "apps/v1", "kind": "Deployment", "name": name}
    cpu: JsonObject = {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 70}}
    items: list[Json] = [
        _object(("v1", "ConfigMap"), name, labels, data=data),
        _object(("apps/v1", "Deployment"), name, labels, spec=_deployment(policy, name, labels, files, arguments)),
        _object(
            ("policy/v1", "PodDisruptionBudget"),
            name,
            labels,
            spec={"maxUnavailable": 1, "unhealthyPodEvictionPolicy": "AlwaysAllow", "selector": selector},
        ),
        _object(
            ("autoscaling/v2", "HorizontalPodAutoscaler"),
            name,
            labels,
            spec={
                "scaleTargetRef": target,
                "minReplicas": MIN_REPLICAS,
                "maxReplicas": MAX_REPLICAS,
                "metrics": [{"type": "Resource", "resource": cpu}],
            },
        ),
        _object(
            ("v1", "Service"),
            name,
            labels,
            spec={
                "type": "ClusterIP",
                "selector": labels,
                "ports": [
                    {
                        "name": "api",
                        "port": 443 if policy.listen.tls else 80,
                        "targetPort": "api",
                        "protocol": "TCP",
                    }
                ],
            },
        ),
    ]
    return {"apiVersion": "v1", "kind": "List", "items": items}


def _object(kind: _OBJECT, name: str, labels: JsonObject, /, **members: Json) -> JsonObject:
    version, what = kind
    return {"apiVersion": version, "kind": what, "metadata": {"name": name, "labels": labels}, **members}


def _deployment(
    policy: Policy, name: str, labels: JsonObject, files: Mapping[str, str], arguments: list[str]
) -> JsonObject:
    """A change of a watched file reaches the pods that run; a change of the bootstrap makes new ones."""
    digest = hashlib.sha256(files[BOOTSTRAP].encode()).hexdigest()
    security: JsonObject = {
        "runAsNonRoot": True,
        "runAsUser": USER,
        "runAsGroup": USER,
        "fsGroup": USER,
        "seccompProfile": {"type": "RuntimeDefault"},
    }
    if policy.listen.port < UNPRIVILEGED_PORTS:
        first_port: JsonObject = {"name": "net.ipv4.ip_unprivileged_port_start", "value": str(policy.listen.port)}
        security["sysctls"] = [first_port]
    spread: list[Json] = [
        {
            "maxSkew": 1,
            "topologyKey": key,
            "whenUnsatisfiable": "ScheduleAnyway",
            "labelSelector": {"matchLabels": labels},
        }
        for key in ("topology.kubernetes.io/zone", "kubernetes.io/hostname")
    ]
    _, mounted = secrets_of(policy)
    volumes: list[Json] = [{"name": "files", "configMap": {"name": name}}]
    if mounted:
        items: list[Json] = [{"key": file, "path": file} for file in mounted]
        volumes.append({"name": "secrets", "secret": {"secretName": name, "defaultMode": 0o440, "items": items}})
    pod: JsonObject = {
        "automountServiceAccountToken": False,
        "enableServiceLinks": False,
        "terminationGracePeriodSeconds": 40,
        "securityContext": security,
        "topologySpreadConstraints": spread,
        "containers": [_container(policy, name, arguments)],
        "volumes": volumes,
    }
    template: JsonObject = {
        "metadata": {"labels": labels, "annotations": {"themekit/bootstrap": digest}},
        "spec": pod,
    }
    return {
        "selector": {"matchLabels": labels},
        "strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxUnavailable": 0, "maxSurge": 1}},
        "minReadySeconds": 5,
        "revisionHistoryLimit": 5,
        "template": template,
    }


def _container(policy: Policy, name: str, arguments: list[str]) -> JsonObject:
    """Started and alive is it if Envoy says so; ready, if the API's listener is open: without one Envoy closes it."""
    variables, mounted = secrets_of(policy)
    env: list[Json] = [
        {"name": variable, "valueFrom": {"secretKeyRef": {"name": name, "key": variable}}} for variable in variables
    ]
    mounts: list[Json] = [{"name": "files", "mountPath": FILES_FOLDER, "readOnly": True}]
    if mounted:
        mounts.append({"name": "secrets", "mountPath": SECRETS_FOLDER, "readOnly": True})
    asked: JsonObject = {"httpGet": {"path": SHOWN_PAGES[0], "port": WATCH}, "timeoutSeconds": 3}
    return {
        "name": "envoy",
        "image": BASE_IMAGE,
        "command": ["/usr/local/bin/envoy"],
        "args": list(arguments),
        "workingDir": FILES_FOLDER,
        "env": env,
        "ports": [
            {"name": "api", "containerPort": policy.listen.port, "protocol": "TCP"},
            {"name": WATCH, "containerPort": WATCH_PORT, "protocol": "TCP"},
        ],
        "startupProbe": {**asked, "periodSeconds": 1, "failureThreshold": 60},
        "readinessProbe": {"tcpSocket": {"port": "api"}, "periodSeconds": 5, "timeoutSeconds": 3},
        "livenessProbe": {**asked, "periodSeconds": 10, "failureThreshold": 3},
        "lifecycle": {"preStop": {"sleep": {"seconds": 15}}},
        "resources": {"requests": {"cpu": "250m", "memory": "128Mi"}, "limits": {"memory": "512Mi"}},
        "securityContext": {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        },
        "volumeMounts": mounts,
    }
