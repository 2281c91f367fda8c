"""Our own check of what stands around the document: stage, log, domain names, keys, web ACL, alarms."""

from __future__ import annotations

import json
import re
from ipaddress import ip_network
from typing import TYPE_CHECKING

from themekit.gateway.aws.check import Fault, body_faults, items, members, of_type
from themekit.model.policy import REDACTED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.gateway.aws.values import Json, JsonObject
    from themekit.model.policy import Logging

WINDOWS_S = (60, 120, 300, 600)
MIN_LIMIT, MAX_LIMIT = 10, 2_000_000_000
MAX_PATTERN = 512
MAX_RATE, MAX_BURST = 1_000_000_000, 1_000_000_000
TLS_POLICIES = frozenset({"TLS_1_2", "SecurityPolicy_TLS13_1_3_2025_09"})
ALARMED = ("Latency", "Throttled")
STAGES = ("AWS::ApiGatewayV2::Stage", "AWS::ApiGateway::Stage")
DOMAINS = ("AWS::ApiGatewayV2::DomainName", "AWS::ApiGateway::DomainName")
MAPPINGS = ("AWS::ApiGatewayV2::ApiMapping", "AWS::ApiGateway::BasePathMapping")
SIZE_LIMITS = ("KB_16", "KB_32", "KB_48", "KB_64")


def faults(template: JsonObject, logging: Logging) -> tuple[Fault, ...]:
    """Everything that is wrong with a template for a policy with this logging."""
    found = [*body_faults(template), *_stage_faults(template, logging), *_domain_faults(template)]
    found += [*_function_faults(template), *_key_faults(template), *_acl_faults(template), *_alarm_faults(template)]
    return tuple(found)


def _stage_faults(template: JsonObject, logging: Logging) -> Iterator[Fault]:
    stages = of_type(template, *STAGES)
    if len(stages) != 1:
        yield Fault("Resources", f"{len(stages)} stages instead of one")
    for name, stage in stages:
        place = f"Resources/{name}"
        log = members(stage.get("AccessLogSettings") or stage.get("AccessLogSetting"))
        if not log.get("DestinationArn") or not log.get("Format"):
            yield Fault(place, "it has no access log")
        else:
            yield from _format_faults(place, log["Format"], logging)
        settings = [*members(stage.get("RouteSettings")).values(), *items(stage.get("MethodSettings"))]
        for each in map(members, settings):
            for key, most in (("ThrottlingRateLimit", MAX_RATE), ("ThrottlingBurstLimit", MAX_BURST)):
                value = each.get(key, 1)
                is_number = isinstance(value, int | float) and not isinstance(value, bool)
                if not is_number or not 0 < float(str(value)) <= most:
                    yield Fault(place, f"{key} of {value}")
            if ("ThrottlingRateLimit" in each) != ("ThrottlingBurstLimit" in each):
                yield Fault(place, "a rate without a burst, or a burst without a rate")


def _format_faults(place: str, text: Json, logging: Logging) -> Iterator[Fault]:
    """Each field of the policy, and none that is redacted."""
    try:
        fields = members(json.loads(str(text)))
    except ValueError:
        yield Fault(place, "a line of the log would be no JSON")
        return
    for name in logging.fields:
        if name not in fields:
            yield Fault(place, f"the log has no {name}")
    redacted, named = {str(name) for name in logging.redacted}, {"details", *logging.fields}
    for key, value in fields.items():
        if key in redacted and value != REDACTED:
            yield Fault(place, f"the log has {key}, which is redacted")
        if key not in named:
            yield Fault(place, f"the log has {key}, which the policy does not name")
    shown = [str(value) for key, value in fields.items() if key not in redacted]
    for value in shown:
        if re.search(r"authorizationToken|header|querystring|clientCertPem|apiKey\b", value):
            yield Fault(place, f"the log has {value}")


def _domain_faults(template: JsonObject) -> Iterator[Fault]:
    domains = of_type(template, *DOMAINS)
    if not domains:
        yield Fault("Resources", "no domain name, and the API can be called by no other")
    mapped = json.dumps([properties for _, properties in of_type(template, *MAPPINGS)])
    for name, domain in domains:
        place = f"Resources/{name}"
        listed = items(domain.get("DomainNameConfigurations")) or [domain]
        for each in map(members, listed):
            if each.get("SecurityPolicy") not in TLS_POLICIES:
                yield Fault(place, f"a TLS policy {each.get('SecurityPolicy')}")
            if not (each.get("CertificateArn") or each.get("RegionalCertificateArn")):
                yield Fault(place, "it has no certificate")
        if f'{{"Ref": "{name}"}}' not in mapped:
            yield Fault(place, "it leads to no API")
        if "*" in str(domain.get("DomainName")):
            yield Fault(place, "it is any name")
        if "MutualTlsAuthentication" in domain:
            uri = members(domain["MutualTlsAuthentication"]).get("TruststoreUri")
            if not members(uri) and not str(uri).startswith("s3://"):
                yield Fault(place, f"a truststore at {uri}")


def _function_faults(template: JsonObject) -> Iterator[Fault]:
    """API Gateway may call the authorizer, and nobody else may."""
    functions = of_type(template, "AWS::Lambda::Function")
    is_named = "authorizerUri" in json.dumps(template)
    permissions = of_type(template, "AWS::Lambda::Permission")
    if is_named and (not functions or not permissions):
        yield Fault("Resources", "API Gateway cannot call the authorizer")
    for name, permission in permissions:
        if permission.get("Principal") != "apigateway.amazonaws.com" or not permission.get("SourceArn"):
            yield Fault(f"Resources/{name}", "others could call the authorizer")
    for name, function in functions:
        if function.get("Environment"):
            yield Fault(f"Resources/{name}", "the authorizer has no settings but its file")
        timeout = function.get("Timeout")
        if not isinstance(timeout, int) or not 0 < timeout < 10:
            yield Fault(f"Resources/{name}", "API Gateway waits for less than 10 s")


def _key_faults(template: JsonObject) -> Iterator[Fault]:
    parameters = members(template.get("Parameters"))
    for name, key in of_type(template, "AWS::ApiGateway::ApiKey"):
        value = key.get("Value")
        variable = str(members(value).get("Ref", ""))
        is_hidden = members(parameters.get(variable)).get("NoEcho") is True
        if not is_hidden and not re.fullmatch(r"\{\{resolve:secretsmanager:[^{}]+\}\}", str(value)):
            yield Fault(f"Resources/{name}", "the key stands in the template")
    for name, link in of_type(template, "AWS::ApiGateway::UsagePlanKey"):
        if link.get("KeyType") != "API_KEY":
            yield Fault(f"Resources/{name}", f"a key of type {link.get('KeyType')}")
    for name, plan in of_type(template, "AWS::ApiGateway::UsagePlan"):
        if not items(plan.get("ApiStages")):
            yield Fault(f"Resources/{name}", "its keys open nothing")
        quota = members(plan.get("Quota"))
        if quota and quota.get("Period") not in {"DAY", "WEEK", "MONTH"}:
            yield Fault(f"Resources/{name}", f"a quota for each {quota.get('Period')}")


def _acl_faults(template: JsonObject) -> Iterator[Fault]:
    acls = of_type(template, "AWS::WAFv2::WebACL")
    associations = of_type(template, "AWS::WAFv2::WebACLAssociation")
    is_http = bool(of_type(template, "AWS::ApiGatewayV2::Api"))
    if acls and (is_http or len(associations) != 1):
        yield Fault("Resources", "the web ACL stands before nothing")
    for name, ip_set in of_type(template, "AWS::WAFv2::IPSet"):
        yield from _scope_faults(name, ip_set)
        for address in items(ip_set.get("Addresses")):
            if not _is_network(str(address), str(ip_set.get("IPAddressVersion"))):
                yield Fault(f"Resources/{name}", f"{address} is no network of {ip_set.get('IPAddressVersion')}")
    for name, acl in acls:
        place = f"Resources/{name}"
        yield from _scope_faults(name, acl)
        priorities = [json.dumps(members(rule).get("Priority")) for rule in items(acl.get("Rules"))]
        if len(set(priorities)) != len(priorities):
            yield Fault(place, "two rules have one priority")
        limits = members(members(members(acl.get("AssociationConfig")).get("RequestBody")).get("API_GATEWAY"))
        limit = str(limits.get("DefaultSizeInspectionLimit", "KB_16"))
        if limit not in SIZE_LIMITS:
            yield Fault(place, f"AWS inspects no {limit}")
        inspected = int(limit.removeprefix("KB_")) * 1024 if limit in SIZE_LIMITS else 0
        for rule in map(members, items(acl.get("Rules"))):
            yield from _rule_faults(f"{place}/{rule.get('Name')}", rule, inspected=inspected)


def _scope_faults(name: str, properties: JsonObject) -> Iterator[Fault]:
    if properties.get("Scope") != "REGIONAL":
        yield Fault(f"Resources/{name}", f"its scope is {properties.get('Scope')}")


def _is_network(text: str, version: str) -> bool:
    try:
        network = ip_network(text)
    except ValueError:
        return False
    return "/" in text and network.prefixlen > 0 and version == f"IPV{network.version}"


def _rule_faults(place: str, rule: JsonObject, *, inspected: int) -> Iterator[Fault]:
    if not isinstance(members(rule.get("Action")).get("Block"), dict):
        yield Fault(place, "it stops nothing")
    if not members(rule.get("Statement")):
        yield Fault(place, "it says nothing")
    if not isinstance(rule.get("Priority"), int):
        yield Fault(place, "it has no priority")
    for statement in _statements(rule.get("Statement")):
        yield from _statement_faults(place, statement, inspected=inspected)


def _statement_faults(place: str, statement: JsonObject, *, inspected: int) -> Iterator[Fault]:
    rate = members(statement.get("RateBasedStatement"))
    limit = rate.get("Limit", MIN_LIMIT)
    if not isinstance(limit, int) or not MIN_LIMIT <= limit <= MAX_LIMIT:
        yield Fault(place, f"a limit of {limit}")
    if rate.get("EvaluationWindowSec", WINDOWS_S[0]) not in WINDOWS_S:
        yield Fault(place, f"a window of {rate.get('EvaluationWindowSec')} s")
    size = members(statement.get("SizeConstraintStatement"))
    if size:
        handling = members(members(size.get("FieldToMatch")).get("Body")).get("OversizeHandling")
        if handling != "MATCH":
            yield Fault(place, "a body that is larger than what is inspected would pass")
        if not isinstance(size.get("Size"), int) or int(str(size["Size"])) > inspected:
            yield Fault(place, f"it counts to {size.get('Size')}, and AWS inspects {inspected}")
        if size.get("ComparisonOperator") not in {"GT", "GE"}:
            yield Fault(place, "it stops small bodies")
    pattern = str(members(statement.get("RegexMatchStatement")).get("RegexString", "^$"))
    if len(pattern) > MAX_PATTERN or not (pattern.startswith("^") and pattern.endswith("$")):
        yield Fault(place, "it matches parts, or is too long")


def _statements(value: Json) -> Iterator[JsonObject]:
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from _statements(each)
    elif isinstance(value, list):
        for each in value:
            yield from _statements(each)


def _alarm_faults(template: JsonObject) -> Iterator[Fault]:
    alarms = [alarm for _, alarm in of_type(template, "AWS::CloudWatch::Alarm")]
    metrics = {str(alarm.get("MetricName")) for alarm in alarms}
    for name in ALARMED:
        if name not in metrics:
            yield Fault("Resources", f"no alarm for {name}")
    if not {name for name in metrics if name.startswith("4")} or not {n for n in metrics if n.startswith("5")}:
        yield Fault("Resources", "no alarm for errors")
    if not all(alarm.get("AlarmActions") for alarm in alarms):
        yield Fault("Resources", "an alarm that nobody hears")
    if not of_type(template, "AWS::CloudWatch::Dashboard"):
        yield Fault("Resources", "no dashboard")
