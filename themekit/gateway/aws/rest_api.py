"""A REST API (API Gateway, version 1) for a policy: its OpenAPI document."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from themekit.gateway.aws.access import CHECKED_PLACES, PRESENCE, decider, has_addresses, is_presence_checked
from themekit.gateway.aws.body import (
    ANSWERS,
    API_KEY,
    AUTHORIZER,
    BEARER,
    CALLER,
    IN_AUTHORIZATION,
    INTEGRATION,
    asked,
    called_schemes,
    changes,
    cors_of,
    described,
    document,
    expressions,
    link,
    parameters,
    paths_of,
    timeout_ms,
    upstream,
)
from themekit.model.policy import Guarded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.gateway.aws.access import Decider
    from themekit.gateway.aws.values import Members, Value
    from themekit.model.policy import Cors, OperationPolicy, Policy

LONGEST_S = 29
IDENTITY = "method.request.header.Authorization"
NOT_FOUND = 404
VALIDATOR = "x-amazon-apigateway-request-validator"
KEY_HEADER = "x-api-key"
"""The one header that a REST API looks for keys in."""


def body(policy: Policy) -> Members:
    """The document."""
    paths: Members = {}
    for path, operations in paths_of(policy).items():
        methods: Members = {}
        methods |= {each.method.lower(): _operation(policy, each) for each in operations}
        cors = cors_of(operations)
        if cors is not None and "options" not in methods:
            methods["options"] = _preflight(path, [each for each in operations if each.cors is not None], cors=cors)
        paths[path] = methods
    more: Members = {
        "x-amazon-apigateway-gateway-responses": _answers(policy),
        "x-amazon-apigateway-binary-media-types": ["*/*"],
        "x-amazon-apigateway-api-key-source": "HEADER",
    }
    if any(is_presence_checked(policy, each) for each in policy.operations):
        checked: Members = {"validateRequestParameters": True, "validateRequestBody": False}
        more[f"{VALIDATOR}s"] = {PRESENCE: checked}
    if has_addresses(policy):
        more["x-amazon-apigateway-policy"] = resource_policy(policy)
    return document(policy, paths, schemes=_schemes(policy), more=more)


def resource_policy(policy: Policy) -> Members:
    """Who may reach the API at all, by address. A denial wins over what allows."""
    everything: Members = {"Principal": "*", "Action": "execute-api:Invoke", "Resource": "execute-api:/*"}
    statements: list[Value] = [{"Effect": "Allow", **everything}]
    allow, deny = policy.addresses.allow, policy.addresses.deny
    if deny:
        statements.append({"Effect": "Deny", **everything, "Condition": {"IpAddress": {"aws:SourceIp": list(deny)}}})
    if allow:
        other: Members = {"NotIpAddress": {"aws:SourceIp": list(allow)}}
        statements.append({"Effect": "Deny", **everything, "Condition": other})
    return {"Version": "2012-10-17", "Statement": statements}


def resource_policy_bytes(policy: Policy) -> int:
    """Its length as AWS counts it."""
    return len(json.dumps(resource_policy(policy), separators=(",", ":")).encode())


def decided(policy: Policy, operation: OperationPolicy) -> Decider:
    """Which kind of authorizer decides. Networks are no matter of it here."""
    access = operation.access
    if isinstance(access, Guarded) and access.api_keys and not (access.tokens or access.certificates):
        return "nobody"
    return decider(policy, operation, has_addresses=False, is_native=False)


def needs_key(operation: OperationPolicy) -> bool:
    """An API key has to be shown."""
    return isinstance(operation.access, Guarded) and bool(operation.access.api_keys)


def used_keys(policy: Policy) -> set[str]:
    """The names of keys that some operation asks for."""
    accesses = [each.access for each in policy.operations]
    return {name for access in accesses if isinstance(access, Guarded) for name in access.api_keys}


def _operation(policy: Policy, operation: OperationPolicy) -> Members:
    by = decided(policy, operation)
    needed: Members = {} if by == "nobody" else {BEARER if by == "bearer" else CALLER: []}
    if needs_key(operation):
        needed[API_KEY] = []
    return {
        "operationId": operation.id,
        "description": described(operation),
        "security": [needed] if needed else [],
        **_parameters(policy, operation),
        "responses": ANSWERS,
        INTEGRATION: _integration(policy, operation),
    }


def _parameters(policy: Policy, operation: OperationPolicy) -> Members:
    path = policy.listen.base_path + operation.path
    if not is_presence_checked(policy, operation):
        return parameters(path)
    more = [(place, name) for place, name in operation.required if place in CHECKED_PLACES]
    return {**parameters(path, more), VALIDATOR: PRESENCE}


def _integration(policy: Policy, operation: OperationPolicy) -> Members:
    path = policy.listen.base_path + operation.path
    mapped: Members = {f"integration.request.path.{each}": f"method.request.path.{each}" for each in expressions(path)}
    mapped |= dict(_request_changes(policy, operation))
    return {
        "type": "http_proxy",
        "httpMethod": operation.method,
        "uri": upstream(policy, path),
        **link(policy),
        "timeoutInMillis": timeout_ms(operation, LONGEST_S),
        "passthroughBehavior": "when_no_match",
        **({"requestParameters": mapped} if mapped else {}),
    }


def _request_changes(policy: Policy, operation: OperationPolicy) -> Iterator[tuple[str, Value]]:
    """A header cannot be taken out, only emptied."""
    for name, text, claim in changes(policy, operation):
        value = f"context.authorizer.claim{claim}" if claim is not None else f"'{text or ''}'"
        yield f"integration.request.header.{name}", value


def _schemes(policy: Policy) -> Members:
    deciders = {decided(policy, each) for each in policy.operations}
    found = called_schemes(deciders, identity=IDENTITY, called=_called)
    if any(needs_key(each) for each in policy.operations):
        found[API_KEY] = {"type": "apiKey", "name": KEY_HEADER, "in": "header"}
    return found


def _called(identity: str) -> Members:
    return {**IN_AUTHORIZATION, "x-amazon-apigateway-authtype": "custom", AUTHORIZER: asked(identity, {})}


def _preflight(path: str, operations: list[OperationPolicy], *, cors: Cors) -> Members:
    """API Gateway answers, with the origin that asked if it is one of the policy's, else with 403."""
    methods = ",".join(each.method for each in operations)
    fixed = {
        "Access-Control-Allow-Methods": methods,
        "Access-Control-Allow-Headers": ",".join(cors.headers),
        "Access-Control-Max-Age": str(cors.max_age_s),
        "Vary": "Origin",
    }
    if cors.has_credentials:
        fixed["Access-Control-Allow-Credentials"] = "true"
    if "*" in cors.origins:
        fixed["Access-Control-Allow-Origin"] = "*"
    names = [*fixed, "Access-Control-Allow-Origin"]
    headers: Members = {each: {"schema": {"type": "string"}} for each in dict.fromkeys(names)}
    answer: Members = {
        "statusCode": "200",
        "responseParameters": {f"method.response.header.{name}": f"'{value}'" for name, value in fixed.items()},
        "responseTemplates": {"application/json": "" if "*" in cors.origins else _chosen(cors)},
    }
    return {
        "operationId": f"preflight.{operations[0].id}",
        "description": f"{_PREFLIGHT}",
        "security": [],
        **parameters(path),
        "responses": {"200": {"description": "What pages may do.", "headers": headers}},
        INTEGRATION: {
            "type": "mock",
            "timeoutInMillis": 1000,
            "contentHandling": "CONVERT_TO_TEXT",
            "passthroughBehavior": "never",
            "requestTemplates": {"application/json": '{"statusCode": 200}'},
            "responses": {"default": answer},
        },
    }


_PREFLIGHT = "Open to everyone: browsers ask here what pages may do."


def _chosen(cors: Cors) -> str:
    """A template that repeats the origin of the request if it is one of these, exactly."""
    is_one = " || ".join(f'$origin == "{each}"' for each in cors.origins)
    return "\n".join(
        (
            '#set($origin = $input.params().header.get("Origin"))',
            '#if(!$origin || $origin == "")#set($origin = $input.params().header.get("origin"))#end',
            f"#if({is_one})",
            "#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)",
            "#else",
            "#set($context.responseOverride.status = 403)",
            "#end",
        )
    )


def _answers(policy: Policy) -> Members:
    """Answers of the gateway's own have the policy's headers, and say 404 to what no operation answers."""
    headers: Members = {f"gatewayresponse.header.{each.name}": f"'{each.value}'" for each in policy.response_set}
    given: Members = {"responseParameters": headers} if headers else {}
    return {
        "DEFAULT_4XX": dict(given),
        "DEFAULT_5XX": dict(given),
        "MISSING_AUTHENTICATION_TOKEN": {"statusCode": NOT_FOUND, **given},
        "RESOURCE_NOT_FOUND": {"statusCode": NOT_FOUND, **given},
    }
