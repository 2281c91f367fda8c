"""Services, routes, consumers and certificates of a policy, with their plugins.

Kong keeps timeouts and retries at a service, so operations that differ in these have different services.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from themekit.gateway.kong.facts import after_table, answer_table, before_table
from themekit.gateway.kong.limits import limit_plugins
from themekit.gateway.kong.log import log_plugin
from themekit.gateway.kong.pem import pem
from themekit.gateway.kong.programs import AFTER, ANSWER, BEFORE, program
from themekit.gateway.kong.values import (
    consumer_name,
    nothing_name,
    plugin,
    prefix,
    preflight_name,
    reference,
    route_name,
    tag,
)
from themekit.gateway.requests import closest_first, path_pattern
from themekit.model.policy import Public

if TYPE_CHECKING:
    from collections.abc import Iterable

    from themekit.gateway.kong.values import Json, JsonObject
    from themekit.model.outline import OperationId
    from themekit.model.policy import Cors, OperationPolicy, Policy

_ALWAYS_ALLOWED_HEADER = "Accept"
"""Kong takes an empty list for "whatever the page asks for"; this one pages may send anyway."""
_NO_SECRET = "unused: tokens are checked with the public key"  # noqa: S105 - says so itself
_IDS = uuid.UUID("5bd9dbf4-7a4e-5c35-9f0e-7c1f9ad9b1c9")

Group = tuple[float, int]
"""Timeout in seconds, and further tries."""


@dataclass(frozen=True, slots=True)
class Places:
    """The priority of each operation by its id, the closest first, and all operations of a path."""

    priorities: dict[OperationId, int]
    alike: dict[str, list[OperationPolicy]]


def services(policy: Policy) -> list[JsonObject]:
    """One for each pair of timeout and tries; the first also has the route of all that no operation answers."""
    groups: dict[Group, list[OperationPolicy]] = {}
    for operation in policy.operations:
        attempts = operation.retries.attempts if operation.retries else 0
        groups.setdefault((operation.timeout_s, attempts), []).append(operation)
    ordered = closest_first(policy.operations)
    places = Places(
        priorities={operation.id: len(ordered) - place for place, operation in enumerate(ordered)},
        alike={path: [*alike] for path, alike in groupby(ordered, key=lambda each: each.path)},
    )
    found = [_service(policy, group, operations=operations, places=places) for group, operations in groups.items()]
    routes = found[0]["routes"]
    assert isinstance(routes, list)  # noqa: S101 - made below
    routes.append(_nothing(policy))
    return found


def consumers(policy: Policy) -> list[JsonObject]:
    """One for each issuer, with its keys. Without keys nobody's token is good: a program fills them in."""
    found: list[JsonObject] = []
    for issuer in policy.tokens:
        keys: list[Json] = [
            {
                "key": key.id,
                "algorithm": key.algorithm,
                "rsa_public_key": pem(key),
                "secret": _NO_SECRET,
                "tags": [tag(policy)],
            }
            for key in (issuer.keys if issuer.jwks_url is None else ())
        ]
        found.append({"username": consumer_name(policy, issuer), "tags": [tag(policy)], "jwt_secrets": keys})
    return found


def certificates(policy: Policy) -> list[JsonObject]:
    """The listener's, by reference."""
    tls = policy.listen.tls
    if tls is None:
        return []
    return [
        {
            "id": str(uuid.uuid5(_IDS, prefix(policy))),
            "cert": reference(tls.certificate),
            "key": reference(tls.key),
            "tags": [tag(policy)],
            "snis": [{"name": host, "tags": [tag(policy)]} for host in policy.listen.hosts],
        }
    ]


def _service(policy: Policy, group: Group, *, operations: Iterable[OperationPolicy], places: Places) -> JsonObject:
    timeout_s, attempts = group
    listed = list(operations)
    timeout_ms = round(timeout_s * 1000)
    upstream = policy.upstream
    routes: list[Json] = []
    for operation in listed:
        cors = _cors(policy, operation.cors, alike=places.alike[operation.path])
        routes.append(_route(policy, operation, priority=places.priorities[operation.id], cors=cors))
        if operation.cors is not None:
            routes.append(_preflight(policy, operation, cors=cors))
    tls: JsonObject = {"tls_verify": True, "tls_verify_depth": 5} if upstream.is_tls else {}
    return {
        "name": f"{prefix(policy)}.{timeout_ms}ms-{attempts}x",
        "enabled": True,
        "protocol": "https" if upstream.is_tls else "http",
        "host": upstream.host,
        "port": upstream.port,
        "connect_timeout": round(upstream.connect_timeout_s * 1000),
        "read_timeout": timeout_ms,
        "write_timeout": timeout_ms,
        "retries": attempts,
        **tls,
        "tags": [tag(policy)],
        "plugins": [
            plugin(policy, "pre-function", access=[program(before_table(policy, listed), BEFORE)]),
            plugin(
                policy,
                "post-function",
                access=[program(after_table(), AFTER)],
                header_filter=[program(answer_table(policy), ANSWER)],
            ),
            *log_plugin(policy),
        ],
        "routes": routes,
    }


def _route(policy: Policy, operation: OperationPolicy, *, priority: int, cors: list[JsonObject]) -> JsonObject:
    plugins: list[Json] = [*_jwt(policy, operation), *limit_plugins(policy, operation), *cors]
    plugins.append(
        plugin(
            policy,
            "request-size-limiting",
            allowed_payload_size=operation.max_body_bytes,
            size_unit="bytes",
            require_content_length=False,
        )
    )
    return {
        "name": route_name(policy, operation),
        "methods": [operation.method],
        "paths": [_path(policy, operation)],
        **_terms(policy, priority),
        "plugins": plugins,
    }


def _preflight(policy: Policy, operation: OperationPolicy, *, cors: list[JsonObject]) -> JsonObject:
    """Answered by the `cors` plugin; should a request pass that, it ends here and not at the API."""
    return {
        "name": preflight_name(policy, operation),
        "methods": ["OPTIONS"],
        "paths": [_path(policy, operation)],
        "headers": {"access-control-request-method": [operation.method]},
        **_terms(policy, 0),
        "plugins": [*cors, _end(policy)],
    }


def _nothing(policy: Policy) -> JsonObject:
    return {"name": nothing_name(policy), "paths": ["/"], **_terms(policy, 0), "plugins": [_end(policy)]}


def _terms(policy: Policy, priority: int) -> JsonObject:
    return {
        "hosts": list(policy.listen.hosts),
        "protocols": ["https"] if policy.listen.tls else ["http"],
        "https_redirect_status_code": 426,
        "regex_priority": priority,
        "strip_path": False,
        "path_handling": "v0",
        "preserve_host": False,
        "request_buffering": True,
        "response_buffering": False,
        "tags": [tag(policy)],
    }


def _path(policy: Policy, operation: OperationPolicy) -> str:
    """A whole path; `~` says that it is a pattern."""
    return f"~{path_pattern(policy.listen.base_path + operation.path)}$"


def _jwt(policy: Policy, operation: OperationPolicy) -> list[JsonObject]:
    if isinstance(operation.access, Public):
        return []
    return [
        plugin(
            policy,
            "jwt",
            header_names=["authorization"],
            uri_param_names=[],
            cookie_names=[],
            key_claim_name="kid",
            claims_to_verify=["exp"],
            maximum_expiration=0,
            secret_is_base64=False,
            run_on_preflight=True,
            anonymous=None,
            realm=None,
        )
    ]


def _cors(policy: Policy, cors: Cors | None, *, alike: Iterable[OperationPolicy]) -> list[JsonObject]:
    """`alike` are all operations of the path."""
    if cors is None:
        return []
    return [
        plugin(
            policy,
            "cors",
            origins=list(cors.origins),
            methods=[each.method for each in alike if each.cors == cors],
            headers=list(cors.headers) or [_ALWAYS_ALLOWED_HEADER],
            exposed_headers=list(cors.exposed),
            credentials=cors.has_credentials,
            max_age=cors.max_age_s,
            preflight_continue=False,
            private_network=False,
        )
    ]


def _end(policy: Policy) -> JsonObject:
    return plugin(
        policy,
        "request-termination",
        status_code=404,
        message="unknown-operation",
        content_type=None,
        body=None,
        echo=False,
        trigger=None,
    )
