"""Servers that Envoy calls: the API, and the issuers' key servers. Certificates are always checked, by name."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from themekit.gateway.envoy.routes import NAME
from themekit.gateway.envoy.values import SYSTEM_AUTHORITIES, duration, exactly, typed

if TYPE_CHECKING:
    from themekit.gateway.envoy.values import JsonObject
    from themekit.model.policy import Policy

JWKS_CONNECT_S, JWKS_IDLE_S = 2.0, 30.0
MAX_CONNECTIONS, MAX_PENDING, MAX_REQUESTS, MAX_RETRIES = 1024, 1024, 4096, 64


def clusters(policy: Policy) -> list[JsonObject]:
    """The API first, then key servers in the policy's order."""
    upstream = policy.upstream
    found = [
        _cluster(
            NAME,
            (upstream.host, upstream.port),
            is_tls=upstream.is_tls,
            connect_s=upstream.connect_timeout_s,
            idle_s=upstream.idle_timeout_s,
        )
    ]
    for issuer in policy.tokens:
        if issuer.jwks_url is not None:
            parts = urlsplit(issuer.jwks_url)
            place = (parts.hostname or "", parts.port or 443)
            name = f"jwks.{issuer.name}"
            found.append(_cluster(name, place, is_tls=True, connect_s=JWKS_CONNECT_S, idle_s=JWKS_IDLE_S))
    return found


def _cluster(name: str, place: tuple[str, int], *, is_tls: bool, connect_s: float, idle_s: float) -> JsonObject:
    host, port = place
    endpoint: JsonObject = {"address": {"socket_address": {"address": host, "port_value": port}}}
    options = typed(
        "envoy.extensions.upstreams.http.v3.HttpProtocolOptions",
        common_http_protocol_options={"idle_timeout": duration(idle_s), "max_headers_count": 100},
        explicit_http_config={"http_protocol_options": {}},
    )
    return typed(
        "envoy.config.cluster.v3.Cluster",
        name=name,
        type="STRICT_DNS",
        dns_lookup_family="V4_PREFERRED",
        lb_policy="ROUND_ROBIN",
        connect_timeout=duration(connect_s),
        per_connection_buffer_limit_bytes=1_048_576,
        load_assignment={"cluster_name": name, "endpoints": [{"lb_endpoints": [{"endpoint": endpoint}]}]},
        circuit_breakers={"thresholds": [_threshold()]},
        typed_extension_protocol_options={"envoy.extensions.upstreams.http.v3.HttpProtocolOptions": options},
        **({"transport_socket": _tls(host)} if is_tls else {}),
    )


def _threshold() -> JsonObject:
    return {
        "priority": "DEFAULT",
        "max_connections": MAX_CONNECTIONS,
        "max_pending_requests": MAX_PENDING,
        "max_requests": MAX_REQUESTS,
        "max_retries": MAX_RETRIES,
    }


def _tls(host: str) -> JsonObject:
    context: JsonObject = {
        "tls_params": {"tls_minimum_protocol_version": "TLSv1_2", "tls_maximum_protocol_version": "TLSv1_3"},
        "validation_context": {
            "trusted_ca": {"filename": SYSTEM_AUTHORITIES},
            "match_typed_subject_alt_names": [{"san_type": "DNS", "matcher": exactly(host)}],
            "trust_chain_verification": "VERIFY_TRUST_CHAIN",
        },
    }
    return {
        "name": "envoy.transport_sockets.tls",
        "typed_config": typed(
            "envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext", sni=host, common_tls_context=context
        ),
    }
