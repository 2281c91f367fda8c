"""What the documents of both kinds of API have in common. Source: OpenAPI 3.0, and Amazon's extensions to it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from themekit.gateway.aws.function import invoked
from themekit.gateway.aws.values import Variable
from themekit.gateway.meaning import removed_headers
from themekit.model.policy import Guarded, Public

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from themekit.gateway.aws.access import Decider
    from themekit.gateway.aws.values import Members, Value
    from themekit.model.policy import Cors, OperationPolicy, Policy

INTEGRATION = "x-amazon-apigateway-integration"
AUTHORIZER = "x-amazon-apigateway-authorizer"
PUBLIC = "Open to everyone: "
BEARER, CALLER, API_KEY = "bearer", "caller", "api_key"
"""Names of security schemes."""
IN_AUTHORIZATION: Members = {"type": "apiKey", "name": "Authorization", "in": "header"}
ANSWERS: Members = {"default": {"description": "The answer of the API."}}
_EXPRESSION = re.compile(r"\{([^{}]*)\}")


def document(policy: Policy, paths: Members, *, schemes: Members, more: Members) -> Members:
    """The document."""
    return {
        "openapi": "3.0.1",
        "info": {"title": f"{policy.name}-api", "version": "1", "description": "Made by themekit from policy.json."},
        "paths": paths,
        "components": {"securitySchemes": schemes},
        **more,
    }


def paths_of(policy: Policy) -> dict[str, list[OperationPolicy]]:
    """Operations by path, with the API's base."""
    found: dict[str, list[OperationPolicy]] = {}
    for each in policy.operations:
        found.setdefault(policy.listen.base_path + each.path, []).append(each)
    return found


def expressions(path: str) -> list[str]:
    """The names of a path's parameters."""
    return _EXPRESSION.findall(path)


def parameters(path: str, more: Iterable[tuple[str, str]] = ()) -> Members:
    """The parameters of the path, and more of them: place and name. All are required; without any there is nothing."""
    asked = [*(("path", name) for name in expressions(path)), *more]
    listed: list[Value] = [
        {"name": name, "in": place, "required": True, "schema": {"type": "string"}} for place, name in asked
    ]
    return {"parameters": listed} if listed else {}


def described(operation: OperationPolicy) -> str:
    """Who may call, in words; for an operation that is open, why."""
    access = operation.access
    return f"{PUBLIC}{access.reason}" if isinstance(access, Public) else f"Decided by the route {operation.route}."


def upstream(policy: Policy, path: str) -> str:
    """The address of a path at the API."""
    server = policy.upstream
    scheme, usual = ("https", 443) if server.is_tls else ("http", 80)
    port = "" if server.port == usual else f":{server.port}"
    return f"{scheme}://{server.host}{port}{path}"


def link(policy: Policy) -> Members:
    """How an integration reaches the API: a private one through a VPC link."""
    if policy.upstream.is_tls:
        return {"connectionType": "INTERNET"}
    return {"connectionType": "VPC_LINK", "connectionId": Variable("VpcLinkId")}


def called_schemes(deciders: Collection[Decider], *, identity: str, called: Callable[[str], Members]) -> Members:
    """The function as an authorizer, as operations ask for it: of requests that have the identity, and of all.

    `called` is the scheme of either kind of API for an identity.
    """
    found: Members = {}
    if "bearer" in deciders:
        found[BEARER] = called(identity)
    if "caller" in deciders:
        found[CALLER] = called("")
    return found


def timeout_ms(operation: OperationPolicy, longest_s: int) -> int:
    """The time that the API has."""
    return round(min(operation.timeout_s, longest_s) * 1000)


def changes(policy: Policy, operation: OperationPolicy) -> Iterator[tuple[str, str | None, int | None]]:
    """Headers to change: name, and a text or the number of a claim; neither means that it is taken out.

    A claim is there only where the caller has a token.
    """
    numbers = {change.name: number for number, change in enumerate(c for c in policy.request_set if c.claim)}
    has_token = isinstance(operation.access, Guarded) and bool(operation.access.tokens)
    values = {each.name: each for each in policy.request_set}
    for name in removed_headers(policy, operation):
        change = values.get(name)
        if change is not None and change.value:
            yield name, change.value, None
        elif change is not None and has_token:
            yield name, None, numbers[name]
        else:
            yield name, None, None


def cors_of(operations: Iterable[OperationPolicy]) -> Cors | None:
    """The rules for pages of some of them: those of the first that has any."""
    return next((each.cors for each in operations if each.cors is not None), None)


def asked(identity: str, version: Members) -> Members:
    """The function as the authorizer of requests that have the identity, or of all.

    It is asked each time: an answer that is kept would outlive a key, and be for another operation.
    """
    source: Members = {"identitySource": identity} if identity else {}
    return {
        "type": "request",
        **source,
        "authorizerUri": invoked(),
        **version,
        "authorizerResultTtlInSeconds": 0,
    }


def throttling(policy: Policy, operation: OperationPolicy) -> Members:
    """How often AWS lets an operation be called, by its strictest limits by route; nothing without any."""
    limits = [policy.limit(name) for name in operation.limits]
    rates = [each.rate for each in limits if each.by == "route" and not each.is_quota]
    if not rates:
        return {}
    return {
        "ThrottlingRateLimit": round(min(rate.per_second for rate in rates), 6),
        "ThrottlingBurstLimit": min(rate.burst for rate in rates),
    }
