"""An HTTP API (API Gateway, version 2) for a policy: its OpenAPI document, its stage, and its domain names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.gateway.aws.access import decider, has_addresses, has_certificates, is_native, route_key, shown_claims
from themekit.gateway.aws.asked import ALARMS, PRIVATE, of_domains
from themekit.gateway.aws.body import (
    ANSWERS,
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
    link,
    parameters,
    paths_of,
    throttling,
    timeout_ms,
    upstream,
)
from themekit.gateway.aws.function import PARAMETERS, function, permission
from themekit.gateway.aws.kinds import HTTP_API, HTTP_DOMAIN, HTTP_MAPPING, HTTP_STAGE
from themekit.gateway.aws.observed import HTTP_FIELDS, Metrics, log_format, log_group, watching
from themekit.gateway.aws.values import Attribute, Embedded, Resource, Stack, Variable
from themekit.gateway.path_overlaps import overlapping
from themekit.gateway.requests import closest_first
from themekit.model.policy import Guarded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.gateway.aws.access import Decider
    from themekit.gateway.aws.values import Members, Value
    from themekit.model.policy import OperationPolicy, Policy, TokenIssuer

TARGET = "aws-http"
LONGEST_S = 30
IDENTITY = "$request.header.Authorization"
STATUSES = (200, 201, 202, 204, 304, 400, 401, 402, 403, 404, 409, 410, 412, 413, 415, 422, 429, 500, 502, 503, 504)
"""The API's answers that headers are set on: AWS asks for each status by its number."""


def stack(policy: Policy) -> Stack:
    """All that is deployed."""
    is_called = any(decided(policy, each) in {"bearer", "caller"} for each in policy.operations) or closed(policy)
    parts: list[Resource] = [*(function(policy) if is_called else ()), _api(policy)]
    parts += [permission()] if is_called else []
    parts += [log_group(policy), _stage(policy), *_domains(policy), *watching(policy, _metrics())]
    certificate, *authority = of_domains(policy)
    parameters = [certificate, ALARMS]
    parameters += PARAMETERS if is_called else ()
    parameters += authority
    parameters += PRIVATE if not policy.upstream.is_tls else ()
    return Stack(
        f"HTTP API of {policy.name}, made by themekit from policy.json",
        tuple(parameters),
        tuple(parts),
        has_authorizer=bool(is_called),
    )


def decided(policy: Policy, operation: OperationPolicy) -> Decider:
    """Who decides about this operation."""
    return decider(policy, operation, has_addresses=has_addresses(policy), is_native=is_native(policy, TARGET))


def body(policy: Policy) -> Members:
    """The OpenAPI document."""
    paths: dict[str, Value] = {}
    answers = _answers(policy)
    for path, operations in paths_of(policy).items():
        methods: Members = {each.method.lower(): _operation(policy, each, answers) for each in operations}
        paths[path] = methods
    for path, method in closed(policy):
        item = paths[path]
        assert isinstance(item, dict)  # noqa: S101 - made above
        item[method.lower()] = _closed(policy, path, method)
    return document(policy, paths, schemes=_schemes(policy), more=_cors(policy))


def closed(policy: Policy) -> list[tuple[str, str]]:
    """Path and method of what no operation answers, but a wider path of the API would.

    `DELETE /payments/search` would be the `DELETE /payments/{payment_id}` of one that is named `search`.
    """
    base = policy.listen.base_path
    methods: dict[str, list[str]] = {}
    for each in closest_first(policy.operations):
        methods.setdefault(each.path, []).append(each.method)
    found: list[tuple[str, str]] = []
    for path, wider in overlapping(tuple(methods)).items():
        others = dict.fromkeys(method for other in wider for method in methods[other])
        found += [(base + path, method) for method in others if method not in methods[path]]
    return found


def _operation(policy: Policy, operation: OperationPolicy, answers: Members) -> Members:
    return {
        "operationId": operation.id,
        "description": described(operation),
        "security": _security(policy, operation),
        **parameters(policy.listen.base_path + operation.path),
        "responses": ANSWERS,
        INTEGRATION: {**_integration(policy, operation), **answers},
    }


def _closed(policy: Policy, path: str, method: str) -> Members:
    """The function knows no such operation, so it refuses."""
    return {
        "operationId": f"closed.{method.lower()}.{path.strip('/').replace('/', '.').replace('{', '').replace('}', '')}",
        "description": "No operation of the API: refused.",
        "security": [{CALLER: []}],
        **parameters(path),
        "responses": ANSWERS,
        INTEGRATION: {
            **_place(policy, path),
            "type": "http_proxy",
            "httpMethod": method,
            "payloadFormatVersion": "1.0",
            "timeoutInMillis": 1000,
        },
    }


def _security(policy: Policy, operation: OperationPolicy) -> list[Value]:
    by = decided(policy, operation)
    if by == "nobody":
        return []
    if by != "native":
        return [{BEARER if by == "bearer" else CALLER: []}]
    access = operation.access
    assert isinstance(access, Guarded)  # noqa: S101 - native means so
    issuer = policy.token(access.tokens[0])
    scopes: list[Value] = list(dict.fromkeys(scope for group in access.scopes for scope in group))
    return [{_native_name(issuer): scopes}]


def _place(policy: Policy, path: str) -> Members:
    return {"uri": upstream(policy, path) if policy.upstream.is_tls else Variable("ListenerArn"), **link(policy)}


def _integration(policy: Policy, operation: OperationPolicy) -> Members:
    found: Members = {
        **_place(policy, policy.listen.base_path + operation.path),
        "type": "http_proxy",
        "httpMethod": operation.method,
        "payloadFormatVersion": "1.0",
        "timeoutInMillis": timeout_ms(operation, LONGEST_S),
    }
    if requests := dict(_request_changes(policy, operation)):
        found["requestParameters"] = requests
    return found


def _answers(policy: Policy) -> Members:
    """What becomes of the API's answers: the same for every operation."""
    answers: Members = {f"remove:header.{name}": "''" for name in policy.response_removed}
    answers |= {f"overwrite:header.{each.name}": each.value for each in policy.response_set}
    for each in policy.response_set:
        answers.pop(f"remove:header.{each.name}", None)
    return {"responseParameters": {str(status): answers for status in STATUSES}} if answers else {}


def _request_changes(policy: Policy, operation: OperationPolicy) -> Iterator[tuple[str, Value]]:
    is_native_here = decided(policy, operation) == "native"
    for name, text, claim in changes(policy, operation):
        if name == "authorization":
            continue  # reserved: that it goes on has been accepted
        if text is not None:
            yield f"overwrite:header.{name}", text
        elif claim is None:
            yield f"remove:header.{name}", "''"
        else:
            said = f"claims.{shown_claims(policy)[claim]}" if is_native_here else f"claim{claim}"
            yield f"overwrite:header.{name}", f"$context.authorizer.{said}"


def _schemes(policy: Policy) -> Members:
    deciders = {decided(policy, each) for each in policy.operations}
    if closed(policy):
        deciders.add("caller")
    found = called_schemes(deciders, identity=IDENTITY, called=_called)
    for issuer in policy.tokens if "native" in deciders else ():
        if issuer.jwks_url is not None:
            found[_native_name(issuer)] = _native(issuer)
    return found


def _called(identity: str) -> Members:
    version: Members = {"authorizerPayloadFormatVersion": "2.0"}
    return {**IN_AUTHORIZATION, AUTHORIZER: {**asked(identity, version), "enableSimpleResponses": False}}


def _native_name(issuer: TokenIssuer) -> str:
    return f"jwt_{issuer.name}"


def _native(issuer: TokenIssuer) -> Members:
    """Not of the type `openIdConnect`: there AWS would take the issuer from what an address says, and not from here."""
    return {
        "type": "oauth2",
        "flows": {},
        AUTHORIZER: {
            "type": "jwt",
            "identitySource": IDENTITY,
            "jwtConfiguration": {"issuer": issuer.issuer, "audience": list(issuer.audiences)},
        },
    }


def _cors(policy: Policy) -> Members:
    """API Gateway answers preflights itself, and its headers take the place of the API's own."""
    cors = cors_of(policy.operations)
    if cors is None:
        return {}
    methods = list(dict.fromkeys(each.method for each in policy.operations if each.cors is not None))
    return {
        "x-amazon-apigateway-cors": {
            "allowOrigins": list(cors.origins),
            "allowMethods": [*methods],
            "allowHeaders": list(cors.headers),
            "exposeHeaders": list(cors.exposed),
            "allowCredentials": cors.has_credentials,
            "maxAge": cors.max_age_s,
        }
    }


def _api(policy: Policy) -> Resource:
    members: Members = {"Body": Embedded(body(policy)), "DisableExecuteApiEndpoint": True, "FailOnWarnings": True}
    return Resource("Api", HTTP_API, members, only_terraform={"name": f"{policy.name}-api", "protocol_type": "HTTP"})


def _stage(policy: Policy) -> Resource:
    """Every setting that throttles is written for the route, and routes without one have the account's."""
    routes: Members = {}
    for operation in policy.operations:
        throttled = throttling(policy, operation)
        if throttled:
            routes[route_key(policy, operation)] = {**throttled, "DetailedMetricsEnabled": True}
    return Resource(
        "Stage",
        HTTP_STAGE,
        {
            "ApiId": Attribute("Api"),
            "StageName": "$default",
            "AutoDeploy": True,
            "AccessLogSettings": {
                "DestinationArn": Attribute("AccessLog", "arn"),
                "Format": log_format(policy, HTTP_FIELDS),
            },
            "DefaultRouteSettings": {"DetailedMetricsEnabled": True},
            **({"RouteSettings": routes} if routes else {}),
        },
    )


def _domains(policy: Policy) -> Iterator[Resource]:
    for number, host in enumerate(policy.listen.hosts):
        members: Members = {
            "DomainName": host,
            "DomainNameConfigurations": [
                {
                    "CertificateArn": Variable("CertificateArn"),
                    "EndpointType": "REGIONAL",
                    "SecurityPolicy": "TLS_1_2",
                }
            ],
        }
        if has_certificates(policy):
            members["MutualTlsAuthentication"] = {"TruststoreUri": Variable("TruststoreUri")}
        yield Resource(f"Domain{number}", HTTP_DOMAIN, members)
        mapping: Members = {
            "ApiId": Attribute("Api"),
            "DomainName": Attribute(f"Domain{number}"),
            "Stage": Attribute("Stage"),
        }
        yield Resource(f"Mapping{number}", HTTP_MAPPING, mapping)


def _metrics() -> Metrics:
    return Metrics("4xx", "5xx", (("ApiId", Attribute("Api")), ("Stage", "$default")))
