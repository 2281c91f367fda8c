"""A policy to the files of one Envoy: a bootstrap that watches three others, and how to start it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from themekit.gateway.envoy.clusters import clusters
from themekit.gateway.envoy.listener import listener
from themekit.gateway.envoy.routes import route_configuration
from themekit.gateway.json_text import json_text
from themekit.model import Artifact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from themekit.gateway.envoy.values import Json, JsonObject
    from themekit.model.policy import Policy

FOLDER = "gateway/envoy"
ADMIN_PORT = 9901
SHOWN_DEPTH = 8  # down to the settings of a route, each of which is one line
MAX_DOWNSTREAM_CONNECTIONS = 10_000
BUCKETS_MS = (
    0.5,
    1,
    2.5,
    5,
    10,
    25,
    50,
    75,
    100,
    150,
    200,
    225,
    250,
    275,
    300,
    400,
    500,
    1000,
    2500,
    5000,
    10_000,
    30_000,
)
"""Close around 250 ms, the target: by Envoy's own buckets a p99 of 6.6 ms reads as 10."""
FLAGS = (
    "--reject-unknown-dynamic-fields",
    "--disable-hot-restart",
    "--log-level warning",
    "--drain-strategy immediate",
    "--drain-time-s 30",
)
"""Without the first a typing error in a dynamic file becomes the default: `ALLOWW` was read as `ALLOW`.

Without the last two a connection that is open when the listener changes keeps the old addresses, tokens and limits for
ten minutes.
"""


def emit(policy: Policy) -> tuple[Artifact, ...]:
    """`envoy.json`, the files that it watches, and `start.sh`."""
    return (
        _json("envoy.json", bootstrap(policy)),
        _discovery("lds.json", [listener(policy, watched("rds.json"))]),
        _discovery("rds.json", [route_configuration(policy)]),
        _discovery("cds.json", clusters(policy)),
        Artifact.text(f"{FOLDER}/start.sh", _start(), media_type="application/x-sh"),
    )


def bootstrap(policy: Policy) -> JsonObject:
    """The part that does not change while Envoy runs. Its admin page can stop it, so only this machine reaches it."""
    connections: JsonObject = {
        "@type": "type.googleapis.com/envoy.extensions.resource_monitors.downstream_connections.v3"
        ".DownstreamConnectionsConfig",
        "max_active_downstream_connections": MAX_DOWNSTREAM_CONNECTIONS,
    }
    monitor: JsonObject = {
        "name": "envoy.resource_monitors.global_downstream_max_connections",
        "typed_config": connections,
    }
    buckets: list[Json] = list(BUCKETS_MS)
    return {
        "node": {"id": policy.name, "cluster": policy.name},
        "admin": {"address": {"socket_address": {"address": "127.0.0.1", "port_value": ADMIN_PORT}}},
        "dynamic_resources": {"lds_config": watched("lds.json"), "cds_config": watched("cds.json")},
        "stats_config": {"histogram_bucket_settings": [{"match": {"suffix": "_rq_time"}, "buckets": buckets}]},
        "overload_manager": {"resource_monitors": [monitor]},
    }


def watched(name: str) -> JsonObject:
    """A file beside the bootstrap that is read again when another one is moved over it."""
    source: JsonObject = {"path": name, "watched_directory": {"path": "."}}
    return {"path_config_source": source, "resource_api_version": "V3"}


def _discovery(name: str, resources: Sequence[JsonObject]) -> Artifact:
    """A discovery response; its version is the digest of what it says."""
    shown = json_text(list(resources), " ", depth=SHOWN_DEPTH - 1)
    version = hashlib.sha256(shown.encode()).hexdigest()[:16]
    text = f'{{\n "version_info": "{version}",\n "resources": {shown}\n}}\n'
    return Artifact.text(f"{FOLDER}/{name}", text, media_type="application/json")


def _json(name: str, value: JsonObject) -> Artifact:
    return Artifact.text(f"{FOLDER}/{name}", f"{json_text(value, depth=SHOWN_DEPTH)}\n", media_type="application/json")


def _start() -> tuple[str, ...]:
    return (
        "#!/bin/sh",
        "# Made by themekit from policy.json: change the policy, not this file.",
        "set -eu",
        'cd "$(dirname "$0")"',
        f'exec "${{ENVOY:-envoy}}" --config-path envoy.json {" ".join(FLAGS)} "$@"',
    )
