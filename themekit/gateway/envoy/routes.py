"""Routes: one for each operation, one for each preflight, and one that answers everything else.

Each has the settings of every filter written out. The last one takes what no operation answers, so nothing is
forwarded because nobody thought of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.gateway.envoy.access import access_of, no_access, open_access, principals_of
from themekit.gateway.envoy.limits import ROUTE_KEY, limits_of
from themekit.gateway.envoy.values import (
    BUFFER,
    CORS,
    ROUTE_METADATA,
    always,
    duration,
    exactly,
    issuers_of,
    shown_claim,
    typed,
)
from themekit.gateway.meaning import removed_headers
from themekit.gateway.path_overlaps import overlapping
from themekit.gateway.requests import closest_first, path_pattern
from themekit.model.policy import SAFE_METHODS, Public

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.gateway.envoy.values import Json, JsonObject
    from themekit.model.policy import Cors, HeaderChange, OperationPolicy, Policy, Retries

BACK_OFF = {"base_interval": "0.025s", "max_interval": "0.250s"}
NAME = "api"
NOWHERE = "themekit.nowhere"
"""A cluster that does not exist."""


def route_configuration(policy: Policy) -> JsonObject:
    """The one route configuration: the policy's hosts, and all others."""
    routes: list[Json] = [*_operations(policy), _nothing(policy)]
    other: JsonObject = {"name": "other", "domains": ["*"], "routes": [_nothing(policy)]}
    return typed(
        "envoy.config.route.v3.RouteConfiguration",
        name=NAME,
        virtual_hosts=[{"name": NAME, "domains": list(policy.listen.hosts), "routes": routes}, other],
        most_specific_header_mutations_wins=True,
        validate_clusters=False,
    )


def _operations(policy: Policy) -> Iterator[JsonObject]:
    """Path by path, the closest first. A path ends where another begins that could fit, too.

    Else `DELETE /payments/search`, which no operation answers, would be the `DELETE /payments/{payment_id}` of one
    that is named `search`.
    """
    by_path: dict[str, list[OperationPolicy]] = {}
    for operation in closest_first(policy.operations):
        by_path.setdefault(operation.path, []).append(operation)
    later, principals = overlapping(tuple(by_path)), principals_of(policy)
    for path, here in by_path.items():
        pages = [_cors_of(operation.cors, here) for operation in here]
        for operation, cors in zip(here, pages, strict=True):
            if operation.cors is not None:
                yield _preflight(policy, operation, cors=cors)
        for operation, cors in zip(here, pages, strict=True):
            yield _operation(policy, operation, access=access_of(operation, principals), cors=cors)
        if later[path]:
            yield {**_nothing(policy), "name": f"end.{here[0].id}", "match": _path_match(policy, path)}


def _operation(policy: Policy, operation: OperationPolicy, *, access: JsonObject, cors: JsonObject) -> JsonObject:
    action: JsonObject = {
        "cluster": NAME,
        "timeout": duration(operation.timeout_s),
        "idle_timeout": duration(operation.timeout_s),
        "host_rewrite_literal": policy.upstream.host,
        "retry_policy": _retry_policy(operation),
    }
    settings: JsonObject = {
        **cors,
        **access,
        **limits_of(policy, operation),
        BUFFER: typed(
            "envoy.extensions.filters.http.buffer.v3.BufferPerRoute",
            buffer={"max_request_bytes": operation.max_body_bytes},
        ),
    }
    return {
        "name": operation.id,
        "match": _match(policy, operation, operation.method),
        "route": action,
        "metadata": {"filter_metadata": {ROUTE_METADATA: {ROUTE_KEY: operation.id}}},
        "request_headers_to_remove": list(removed_headers(policy, operation)),
        "request_headers_to_add": [
            added for change in policy.request_set if (added := _set(policy, operation, change)) is not None
        ],
        "typed_per_filter_config": settings,
    }


def _match(policy: Policy, operation: OperationPolicy, method: str) -> JsonObject:
    """The whole path and the method, exactly."""
    headers: list[Json] = [{"name": ":method", "string_match": exactly(method)}]
    return {**_path_match(policy, operation.path), "headers": headers}


def _path_match(policy: Policy, template: str) -> JsonObject:
    path = policy.listen.base_path + template
    where: JsonObject = {"safe_regex": {"regex": path_pattern(path)}} if "{" in path else {"path": path}
    return {**where, "case_sensitive": True}


def _preflight(policy: Policy, operation: OperationPolicy, *, cors: JsonObject) -> JsonObject:
    """What a browser asks before it calls the operation. Envoy's filter answers it, whatever the origin.

    The filter passes over routes with an answer of their own, so this one has a server: none. Should a preflight ever
    pass the filter, access is denied to it.
    """
    match = _match(policy, operation, "OPTIONS")
    asked: list[Json] = [
        {"name": "access-control-request-method", "string_match": exactly(operation.method)},
        {"name": "origin", "present_match": True},
    ]
    headers = match["headers"]
    assert isinstance(headers, list)  # noqa: S101 - made above
    return {
        "name": f"preflight.{operation.id}",
        "match": {**match, "headers": [*headers, *asked]},
        "route": {"cluster": NOWHERE, "cluster_not_found_response_code": "NOT_FOUND"},
        "typed_per_filter_config": {
            **cors,
            **no_access(),
            **limits_of(policy, None),
            BUFFER: _no_buffer(),
        },
    }


def _nothing(policy: Policy) -> JsonObject:
    return {
        "name": "nothing",
        "match": {"prefix": "/"},
        "direct_response": {"status": 404},
        "typed_per_filter_config": {**open_access("nothing"), **limits_of(policy, None), BUFFER: _no_buffer()},
    }


def _no_buffer() -> JsonObject:
    return typed("envoy.extensions.filters.http.buffer.v3.BufferPerRoute", disabled=True)


def _cors_of(cors: Cors | None, alike: list[OperationPolicy]) -> JsonObject:
    """Preflights that do not match are not forwarded: they would reach the API without any token.

    `alike` are all operations of the path.
    """
    if cors is None:
        return {}
    methods = [each.method for each in alike if each.cors == cors]
    everyone: list[Json] = [{"safe_regex": {"regex": ".*"}}]
    return {
        CORS: typed(
            "envoy.extensions.filters.http.cors.v3.CorsPolicy",
            allow_origin_string_match=everyone if "*" in cors.origins else [exactly(each) for each in cors.origins],
            allow_methods=", ".join(methods),
            allow_headers=", ".join(cors.headers),
            expose_headers=", ".join(cors.exposed),
            max_age=str(cors.max_age_s),
            allow_credentials=cors.has_credentials,
            allow_private_network_access=False,
            forward_not_matching_preflights=False,
            filter_enabled=always(),
        )
    }


def _retry_policy(operation: OperationPolicy) -> JsonObject:
    retries: Retries | None = operation.retries
    causes = () if retries is None else retries.causes
    if operation.method not in SAFE_METHODS:
        causes = tuple(cause for cause in causes if cause == "connect-failure")
    words = {"connect-failure": "connect-failure", "reset": "reset", "unavailable": "retriable-status-codes"}
    return {
        "retry_on": ",".join(words[cause] for cause in causes),
        "retriable_status_codes": [503] if "unavailable" in causes else [],
        "num_retries": retries.attempts if retries and causes else 0,
        "retry_back_off": dict(BACK_OFF),
    }


def _set(policy: Policy, operation: OperationPolicy, change: HeaderChange) -> JsonObject | None:
    """A header set over whatever is there; None if the operation has no token to take it from."""
    value = change.value.replace("%", "%%")
    if change.claim:
        if isinstance(operation.access, Public) or not operation.access.tokens:
            return None
        issuers = issuers_of(policy, operation.access.tokens)
        value = "".join(shown_claim(each, change.claim) for each in issuers)
    return {
        "header": {"key": change.name, "value": value},
        "append_action": "OVERWRITE_IF_EXISTS_OR_ADD",
        "keep_empty_value": False,
    }
