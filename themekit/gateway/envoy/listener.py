"""The listener: TLS, how HTTP is read, what is logged, and the order of the filters.

Every default that keeps a request from being read in two ways, or lets a client speak for another, is written out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.gateway.ciphers import CIPHERS
from themekit.gateway.envoy.access import access_filter, addresses_filter, tokens_filter
from themekit.gateway.envoy.limits import limit_filters
from themekit.gateway.envoy.routes import NAME
from themekit.gateway.envoy.values import (
    BUFFER,
    CORS,
    RESPONSE_HEADERS,
    data_source,
    duration,
    exactly,
    http_filter,
    shown_claim,
    typed,
)
from themekit.model.policy import REDACTED

if TYPE_CHECKING:
    from themekit.gateway.envoy.values import Json, JsonObject
    from themekit.model.policy import Policy, Tls

HEADERS_TIMEOUT_S = 10
IDLE_TIMEOUT_S = 60
MAX_HEADERS, MAX_HEADERS_KB = 100, 60
MAX_STREAMS = 100
STREAM_WINDOW, CONNECTION_WINDOW = 65_536, 1_048_576
CONNECTION_BUFFER = 32_768
ALWAYS_REMOVED = ("server", "x-powered-by")
"""Names of programs and their versions help only those who look for a known fault."""
_FORMATS = {
    "time": "%START_TIME%",
    "method": "%REQ(:METHOD)%",
    "path": "%PATH(NQ)%",
    "query": "%PATH(WQ)%",
    "operation": "%ROUTE_NAME%",
    "status": "%RESPONSE_CODE%",
    "duration": "%DURATION%",
    "address": "%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%",
    "agent": "%REQ(USER-AGENT)%",
    "request": "%REQ(X-REQUEST-ID)%",
}


def listener(policy: Policy, routes: JsonObject) -> JsonObject:
    """The one listener; `routes` says where its routes come from."""
    manager: JsonObject = {
        "name": "envoy.filters.network.http_connection_manager",
        "typed_config": _http(policy, routes),
    }
    chain: JsonObject = {"filters": [manager]}
    inspectors: list[Json] = []
    if policy.listen.tls is not None:
        chain["transport_socket"] = _tls(policy, policy.listen.tls)
        inspector = typed("envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector")
        inspectors.append({"name": "envoy.filters.listener.tls_inspector", "typed_config": inspector})
    return typed(
        "envoy.config.listener.v3.Listener",
        name=NAME,
        address={"socket_address": {"address": "0.0.0.0", "port_value": policy.listen.port}},  # noqa: S104 - a gateway
        per_connection_buffer_limit_bytes=CONNECTION_BUFFER,
        listener_filters=inspectors,
        listener_filters_timeout="5s",
        continue_on_listener_filters_timeout=False,
        filter_chains=[chain],
    )


def _http(policy: Policy, routes: JsonObject) -> JsonObject:
    return typed(
        "envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
        stat_prefix=NAME,
        codec_type="AUTO",
        rds={"route_config_name": NAME, "config_source": routes},
        use_remote_address=True,
        xff_num_trusted_hops=policy.addresses.trusted_hops,
        skip_xff_append=False,
        internal_address_config={"unix_sockets": False, "cidr_ranges": []},
        normalize_path=True,
        merge_slashes=True,
        path_with_escaped_slashes_action="REJECT_REQUEST",
        strip_any_host_port=True,
        common_http_protocol_options={
            "idle_timeout": duration(IDLE_TIMEOUT_S),
            "max_headers_count": MAX_HEADERS,
            "headers_with_underscores_action": "REJECT_REQUEST",
        },
        http_protocol_options={"allow_chunked_length": False, "accept_http_10": False, "enable_trailers": False},
        http2_protocol_options={
            "max_concurrent_streams": MAX_STREAMS,
            "initial_stream_window_size": STREAM_WINDOW,
            "initial_connection_window_size": CONNECTION_WINDOW,
        },
        max_request_headers_kb=MAX_HEADERS_KB,
        request_headers_timeout=duration(HEADERS_TIMEOUT_S),
        request_timeout=duration(max(operation.timeout_s for operation in policy.operations)),
        stream_idle_timeout=duration(IDLE_TIMEOUT_S),
        drain_timeout="5s",
        server_header_transformation="PASS_THROUGH",
        forward_client_cert_details="SANITIZE",
        generate_request_id=True,
        preserve_external_request_id=False,
        always_set_request_id_in_response=True,
        access_log=[_log(policy)],
        http_filters=_filters(policy),
    )


def _filters(policy: Policy) -> list[Json]:
    """In the order of the policy's meaning. Limits by consumer stand after the tokens, or they would count nobody."""
    largest = max(operation.max_body_bytes for operation in policy.operations)
    return [
        _response_headers(policy),
        addresses_filter(policy),
        http_filter(CORS, "cors.v3.Cors"),
        *limit_filters(policy, by_address=True),
        tokens_filter(policy),
        access_filter(),
        *limit_filters(policy, by_address=False),
        http_filter(BUFFER, "buffer.v3.Buffer", max_request_bytes=largest),
        http_filter(
            "envoy.filters.http.router",
            "router.v3.Router",
            suppress_envoy_headers=True,
            respect_expected_rq_timeout=False,
            dynamic_stats=True,
        ),
    ]


def _response_headers(policy: Policy) -> JsonObject:
    """Outermost, so that answers of the gateway's own have them, too. What is set is removed first."""
    removed = dict.fromkeys((*ALWAYS_REMOVED, *policy.response_removed))
    mutations: list[Json] = [{"remove": name} for name in removed]
    for change in policy.response_set:
        header: JsonObject = {"key": change.name, "value": change.value.replace("%", "%%")}
        mutations.append({"append": {"header": header, "append_action": "OVERWRITE_IF_EXISTS_OR_ADD"}})
    return http_filter(
        RESPONSE_HEADERS, "header_mutation.v3.HeaderMutation", mutations={"response_mutations": mutations}
    )


def _consumer(policy: Policy) -> str:
    return "".join(shown_claim(issuer, issuer.consumer_claim) for issuer in policy.tokens[:1]) or "-"


def _log(policy: Policy) -> JsonObject:
    """One JSON object a line on the standard output."""
    logging = policy.logging
    fields: JsonObject = {
        name: REDACTED if name in logging.redacted else _consumer(policy) if name == "consumer" else _FORMATS[name]
        for name in logging.fields
    }
    fields["details"] = "%RESPONSE_CODE_DETAILS%"
    return {
        "name": "envoy.access_loggers.stdout",
        "typed_config": typed(
            "envoy.extensions.access_loggers.stream.v3.StdoutAccessLog", log_format={"json_format": fields}
        ),
    }


def _tls(policy: Policy, tls: Tls) -> JsonObject:
    minimum = "TLSv1_3" if tls.minimum == "1.3" else "TLSv1_2"
    context: JsonObject = {
        "tls_params": {
            "tls_minimum_protocol_version": minimum,
            "tls_maximum_protocol_version": "TLSv1_3",
            "cipher_suites": list(CIPHERS),
        },
        "tls_certificates": [{"certificate_chain": data_source(tls.certificate), "private_key": data_source(tls.key)}],
        "alpn_protocols": ["h2", "http/1.1"],
    }
    if policy.certificates:
        names: list[Json] = [
            {"san_type": kind, "matcher": exactly(name)}
            for each in policy.certificates
            for name in each.names
            for kind in ("URI", "DNS")
        ]
        context["validation_context"] = {
            "trusted_ca": data_source(policy.certificates[0].authority),
            "match_typed_subject_alt_names": names,
            "trust_chain_verification": "VERIFY_TRUST_CHAIN",
        }
    return {
        "name": "envoy.transport_sockets.tls",
        "typed_config": typed(
            "envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext",
            common_tls_context=context,
            require_client_certificate=False,
        ),
    }
