"""The web ACL before a REST API: networks, limits by address, sizes of bodies. Source: AWS WAF, "Rule statements".

Regular expressions are all that is matched by: paths after decoding and normalizing, so that no other spelling of one
gets around a rule, and what no rule knows has the smallest body.
"""

from __future__ import annotations

import re
from ipaddress import ip_network
from typing import TYPE_CHECKING

from themekit.gateway.aws.kinds import IP_SET, WEB_ACL, WEB_ACL_ASSOCIATION
from themekit.gateway.aws.values import Attribute, Embedded, Place, Resource, joined
from themekit.gateway.requests import path_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

    from themekit.gateway.aws.values import Members, Value
    from themekit.model.policy import Limit, OperationPolicy, Policy, Rate

SERVICE_MAX_BYTES = 10_485_760
"""A REST API takes no larger body."""
INSPECTED_KB = (16, 32, 48, 64)
MAX_REGEX = 512
STAGE = "live"
"""The one stage of a REST API."""
MIN_REQUESTS = 10
WINDOWS_S = (60, 120, 300, 600)
TOO_LARGE, TOO_OFTEN, FORBIDDEN = 413, 429, 403


def web_acl(policy: Policy) -> tuple[Resource, ...]:
    """The ACL with its sets of networks, and what ties it to the stage; nothing if it would have no rule."""
    sets = _ip_sets(policy)
    statements = [*_address_rules(policy), *_rate_rules(policy), *_body_rules(policy)]
    if not statements:
        return ()
    rules: list[Value] = [_rule(number, *each) for number, each in enumerate(statements)]
    kb = next((each for each in INSPECTED_KB if each * 1024 >= _largest_inspected(policy)), INSPECTED_KB[-1])
    members: Members = {
        "Name": f"{policy.name}-api",
        "Scope": "REGIONAL",
        "DefaultAction": {"Allow": {}},
        "AssociationConfig": {"RequestBody": {"API_GATEWAY": {"DefaultSizeInspectionLimit": f"KB_{kb}"}}},
        "Rules": rules,
        "VisibilityConfig": _visible("api"),
    }
    association: Members = {"ResourceArn": _stage_arn(), "WebACLArn": Attribute("WebAcl", "arn")}
    return (
        *sets,
        Resource(
            "WebAcl",
            WEB_ACL,
            members,
            only_terraform={"rule_json": Embedded(rules, is_text=True)},
            dropped=("Rules",),
        ),
        Resource("WebAclAssociation", WEB_ACL_ASSOCIATION, association),
    )


def window_of(rate: Rate) -> tuple[int, int] | None:
    """Requests and the shortest window in seconds that AWS WAF can count them in; None if it can count in none.

    A bucket lets its burst through, and what comes back in the meantime: fewer would refuse what the policy allows.
    """
    for window_s in WINDOWS_S:
        requests = int(rate.burst + rate.per_second * window_s)
        if requests >= MIN_REQUESTS:
            return requests, window_s
    return None


def is_countable_size(size: int) -> bool:
    """AWS can refuse bodies that are larger than this, and no others."""
    return size <= INSPECTED_KB[-1] * 1024 or size >= SERVICE_MAX_BYTES


def address_limits(policy: Policy) -> list[Limit]:
    """Limits by address that are no quotas."""
    named = {name for operation in policy.operations for name in operation.limits}
    return [each for each in policy.limits if each.by == "address" and each.name in named and not each.is_quota]


def _stage_arn() -> Value:
    start = ("arn:", Place("partition"), ":apigateway:", Place("region"), "::/restapis/")
    return joined(*start, Attribute("Api"), "/stages/", Attribute("Stage"))


def _visible(name: str) -> Members:
    return {"CloudWatchMetricsEnabled": True, "MetricName": name, "SampledRequestsEnabled": False}


def _rule(priority: int, name: str, status: int, statement: Members) -> Members:
    return {
        "Name": name,
        "Priority": priority,
        "Action": {"Block": {"CustomResponse": {"ResponseCode": status}}},
        "Statement": statement,
        "VisibilityConfig": _visible(name),
    }


Stated = tuple[str, int, "Members"]


def _networks(networks: Iterable[str], version: int) -> list[Value]:
    """As WAF takes them: a network of all addresses has to be written as two halves."""
    found: list[Value] = []
    for text in networks:
        network = ip_network(text)
        if network.version == version:
            found += [str(each) for each in ([network] if network.prefixlen else network.subnets())]
    return found


def _ip_sets(policy: Policy) -> list[Resource]:
    found = []
    for use, networks in (("Allowed", policy.addresses.allow), ("Denied", policy.addresses.deny)):
        for version in (4, 6):
            if networks:
                members: Members = {
                    "Name": f"{policy.name}-api-{use.lower()}-{version}",
                    "Scope": "REGIONAL",
                    "IPAddressVersion": f"IPV{version}",
                    "Addresses": _networks(networks, version),
                }
                found.append(Resource(f"{use}V{version}", IP_SET, members))
    return found


def _in_sets(use: str) -> Members:
    sets: list[Value] = [{"IPSetReferenceStatement": {"Arn": Attribute(f"{use}V{each}", "arn")}} for each in (4, 6)]
    return {"OrStatement": {"Statements": sets}}


def _address_rules(policy: Policy) -> list[Stated]:
    found: list[Stated] = []
    if policy.addresses.deny:
        found.append(("denied-addresses", FORBIDDEN, _in_sets("Denied")))
    if policy.addresses.allow:
        found.append(("other-addresses", FORBIDDEN, {"NotStatement": {"Statement": _in_sets("Allowed")}}))
    return found


def _rate_rules(policy: Policy) -> list[Stated]:
    found: list[Stated] = []
    for limit in address_limits(policy) if not policy.addresses.trusted_hops else ():
        counted = window_of(limit.rate)
        operations = [each for each in policy.operations if limit.name in each.limits]
        if counted is not None:
            requests, window_s = counted
            rate: Members = {
                "Limit": requests,
                "EvaluationWindowSec": window_s,
                "AggregateKeyType": "IP",
                "ScopeDownStatement": _one_of(policy, operations),
            }
            found.append((f"limit-{limit.name}", TOO_OFTEN, {"RateBasedStatement": rate}))
    return found


def _largest_inspected(policy: Policy) -> int:
    sizes = [each.max_body_bytes for each in policy.operations if each.max_body_bytes < SERVICE_MAX_BYTES]
    return max(sizes, default=0)


def _body_rules(policy: Policy) -> list[Stated]:
    """One for each size: nothing larger, but for operations that may have more."""
    sizes = sorted({each.max_body_bytes for each in policy.operations})
    found: list[Stated] = []
    for size in sizes:
        if size > INSPECTED_KB[-1] * 1024:
            continue  # the service's own limit, or the API's own, which has been accepted
        larger: Members = {
            "SizeConstraintStatement": {
                "FieldToMatch": {"Body": {"OversizeHandling": "MATCH"}},
                "ComparisonOperator": "GT",
                "Size": size,
                "TextTransformations": [{"Priority": 0, "Type": "NONE"}],
            }
        }
        others = [each for each in policy.operations if each.max_body_bytes > size]
        statement = larger
        if others:
            but: Members = {"NotStatement": {"Statement": _one_of(policy, others)}}
            statement = {"AndStatement": {"Statements": [larger, but]}}
        found.append((f"bodies-over-{size}", TOO_LARGE, statement))
    return found


def _one_of(policy: Policy, operations: list[OperationPolicy]) -> Members:
    """The request is for one of these operations."""
    by_path: dict[str, list[str]] = {}
    for each in operations:
        by_path.setdefault(policy.listen.base_path + each.path, []).append(each.method)
    by_methods: dict[tuple[str, ...], list[str]] = {}
    for path, methods in by_path.items():
        by_methods.setdefault(tuple(sorted(methods)), []).append(path_pattern(path))
    found: list[Value] = []
    for named, patterns in by_methods.items():
        method = _matches({"Method": {}}, f"^({'|'.join(map(re.escape, named))})$", [("NONE")])
        for pattern in _alternatives(patterns):
            where = _matches({"UriPath": {}}, pattern, ["URL_DECODE", "NORMALIZE_PATH"])
            found.append({"AndStatement": {"Statements": [method, where]}})
    first = found[0]
    assert isinstance(first, dict)  # noqa: S101 - made above
    return first if len(found) == 1 else {"OrStatement": {"Statements": found}}


def _alternatives(patterns: list[str]) -> list[str]:
    """Expressions that together match what one of the patterns does, each within WAF's length.

    AWS does not say whether WAF sees a path with the stage's name before it, so both will do.
    """
    found, some = [], list[str]()
    for pattern in patterns:
        if some and len("|".join([*some, pattern])) + len(STAGE) + 8 > MAX_REGEX:
            found.append(some)
            some = []
        some = [*some, pattern]
    return [f"^(/{STAGE})?({'|'.join(each)})$" for each in [*found, some]]


def _matches(field: Members, pattern: str, transformations: list[str]) -> Members:
    listed: list[Value] = [{"Priority": number, "Type": each} for number, each in enumerate(transformations)]
    return {"RegexMatchStatement": {"RegexString": pattern, "FieldToMatch": field, "TextTransformations": listed}}
