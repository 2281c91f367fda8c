"""The smallest Envoys: one that answers by itself, and one that passes on whatever comes. For measuring others by."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from themekit.gateway.envoy.values import typed
from themekit.trial.envoy_files import LOOPBACK

if TYPE_CHECKING:
    from themekit.gateway.envoy.values import Json, JsonObject

START = b'#!/bin/sh\nset -eu\nexec "$ENVOY" --config-path envoy.json --disable-hot-restart --log-level warning "$@"\n'


def answering_files(status: int = 200, body: str = '{"is": "an answer"}') -> dict[str, bytes]:
    """Answers every request itself."""
    route: JsonObject = {
        "match": {"prefix": "/"},
        "direct_response": {"status": status, "body": {"inline_string": body}},
        "response_headers_to_add": [{"header": {"key": "content-type", "value": "application/json"}}],
    }
    return _files(route, [])


def bare_files(port: int) -> dict[str, bytes]:
    """Passes every request on to this port of this machine, and does nothing else."""
    endpoint: JsonObject = {"address": {"socket_address": {"address": LOOPBACK, "port_value": port}}}
    cluster: JsonObject = {
        "name": "api",
        "type": "STATIC",
        "load_assignment": {"cluster_name": "api", "endpoints": [{"lb_endpoints": [{"endpoint": endpoint}]}]},
    }
    return _files({"match": {"prefix": "/"}, "route": {"cluster": "api"}}, [cluster])


def _files(route: JsonObject, clusters: list[Json]) -> dict[str, bytes]:
    router: JsonObject = {
        "name": "envoy.filters.http.router",
        "typed_config": typed("envoy.extensions.filters.http.router.v3.Router"),
    }
    manager = typed(
        "envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
        stat_prefix="plain",
        route_config={"virtual_hosts": [{"name": "all", "domains": ["*"], "routes": [route]}]},
        http_filters=[router],
    )
    filters: list[Json] = [{"name": "envoy.filters.network.http_connection_manager", "typed_config": manager}]
    loopback: JsonObject = {"socket_address": {"address": LOOPBACK, "port_value": 0}}
    listener: JsonObject = {"name": "plain", "address": loopback, "filter_chains": [{"filters": filters}]}
    bootstrap: JsonObject = {
        "admin": {"address": loopback},
        "static_resources": {"listeners": [listener], "clusters": clusters},
    }
    return {"envoy.json": json.dumps(bootstrap).encode(), "start.sh": START}
