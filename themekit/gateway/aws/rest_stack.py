"""Everything around the document of a REST API: deployment, stage, domain names, keys, web ACL."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from themekit.gateway.aws.access import has_certificates
from themekit.gateway.aws.asked import ALARMS, PRIVATE, of_domains, of_key
from themekit.gateway.aws.body import throttling
from themekit.gateway.aws.function import PARAMETERS, function, permission
from themekit.gateway.aws.kinds import (
    API_KEY,
    REST_API,
    REST_DEPLOYMENT,
    REST_DOMAIN,
    REST_MAPPING,
    REST_STAGE,
    USAGE_PLAN,
    USAGE_PLAN_KEY,
)
from themekit.gateway.aws.observed import REST_FIELDS, Metrics, log_format, log_group, watching
from themekit.gateway.aws.rest_api import body, decided, used_keys
from themekit.gateway.aws.values import Attribute, Embedded, Resource, SecretValue, Stack, Variable
from themekit.gateway.aws.waf import STAGE, web_acl

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.gateway.aws.values import Members, Value
    from themekit.model.policy import Policy, Secret

TARGET = "aws-rest"


def stack(policy: Policy) -> Stack:
    """All that is deployed."""
    is_called = any(decided(policy, each) != "nobody" for each in policy.operations)
    keys = list(_keys(policy))
    document = body(policy)
    parts: list[Resource] = [*(function(policy) if is_called else ()), _api(policy, document)]
    parts += [permission()] if is_called else []
    deployment = _deployment(document)
    parts += [deployment, log_group(policy), _stage(policy, deployment.key), *_domains(policy)]
    parts += [*_key_resources(keys), *web_acl(policy), *watching(policy, _metrics(policy))]
    certificate, *authority = of_domains(policy)
    parameters = [certificate, ALARMS]
    parameters += PARAMETERS if is_called else ()
    parameters += authority
    parameters += PRIVATE[:1] if not policy.upstream.is_tls else ()
    parameters += [of_key(name, secret, variable=variable) for name, variable, secret in keys]
    description = f"REST API of {policy.name}, made by themekit from policy.json"
    return Stack(description, tuple(parameters), tuple(parts), has_authorizer=is_called)


def _keys(policy: Policy) -> Iterator[tuple[str, str, Secret]]:
    """Consumers with their parameter's name and their key's reference."""
    used = used_keys(policy)
    consumers = [each for keys in policy.api_keys if keys.name in used for each in keys.consumers]
    yield from ((name, f"ApiKeyValue{number}", secret) for number, (name, secret) in enumerate(consumers))


def _key_resources(keys: list[tuple[str, str, Secret]]) -> Iterator[Resource]:
    if not keys:
        return
    stages: list[Value] = [{"ApiId": Attribute("Api"), "Stage": Attribute("Stage")}]
    yield Resource("Plan", USAGE_PLAN, {"UsagePlanName": "consumers", "ApiStages": stages})
    for number, (name, variable, secret) in enumerate(keys):
        value = SecretValue(secret, variable)
        yield Resource(f"ApiKey{number}", API_KEY, {"Name": name, "Enabled": True, "Value": value})
        link: Members = {"KeyId": Attribute(f"ApiKey{number}"), "KeyType": "API_KEY", "UsagePlanId": Attribute("Plan")}
        yield Resource(f"PlanKey{number}", USAGE_PLAN_KEY, link)


def _api(policy: Policy, document: Members) -> Resource:
    members: Members = {
        "Body": Embedded(document),
        "EndpointConfiguration": {"Types": ["REGIONAL"]},
        "DisableExecuteApiEndpoint": True,
        "FailOnWarnings": True,
    }
    return Resource("Api", REST_API, members, only_terraform={"name": f"{policy.name}-api"})


def _deployment(document: Members) -> Resource:
    """A deployment is what the API was when it was made: another document needs another one."""
    text = json.dumps(document, sort_keys=True, default=repr, check_circular=False)
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    return Resource(
        f"Deployment{digest}",
        REST_DEPLOYMENT,
        {"RestApiId": Attribute("Api")},
        only_terraform={"triggers": {"document": digest}, "lifecycle": {"create_before_destroy": True}},
    )


def _stage(policy: Policy, deployment: str) -> Resource:
    settings: list[Value] = [{"ResourcePath": "/*", "HttpMethod": "*", "MetricsEnabled": True}]
    for operation in policy.operations:
        throttled = throttling(policy, operation)
        if throttled:
            path = (policy.listen.base_path + operation.path).replace("/", "~1")
            settings.append(
                {
                    "ResourcePath": f"/{path}",
                    "HttpMethod": operation.method,
                    "MetricsEnabled": True,
                    **throttled,
                }
            )
    return Resource(
        "Stage",
        REST_STAGE,
        {
            "RestApiId": Attribute("Api"),
            "DeploymentId": Attribute(deployment),
            "StageName": STAGE,
            "AccessLogSetting": {
                "DestinationArn": Attribute("AccessLog", "arn"),
                "Format": log_format(policy, REST_FIELDS),
            },
            "MethodSettings": settings,
        },
    )


def _domains(policy: Policy) -> Iterator[Resource]:
    tls = policy.listen.tls
    is_newest = tls is not None and tls.minimum == "1.3"
    for number, host in enumerate(policy.listen.hosts):
        members: Members = {
            "DomainName": host,
            "RegionalCertificateArn": Variable("CertificateArn"),
            "EndpointConfiguration": {"Types": ["REGIONAL"]},
            "SecurityPolicy": "TLS_1_2",
        }
        if is_newest:
            members |= {"SecurityPolicy": "SecurityPolicy_TLS13_1_3_2025_09", "EndpointAccessMode": "STRICT"}
        if has_certificates(policy):
            members["MutualTlsAuthentication"] = {"TruststoreUri": Variable("TruststoreUri")}
        yield Resource(f"Domain{number}", REST_DOMAIN, members)
        mapping: Members = {
            "DomainName": Attribute(f"Domain{number}"),
            "RestApiId": Attribute("Api"),
            "Stage": Attribute("Stage"),
        }
        yield Resource(f"Mapping{number}", REST_MAPPING, mapping)


def _metrics(policy: Policy) -> Metrics:
    return Metrics("4XXError", "5XXError", (("ApiName", f"{policy.name}-api"), ("Stage", STAGE)))
