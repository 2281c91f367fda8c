"""Values of a policy that are beyond what AWS takes. Each is told at the policy's line, before anything is made.

Source: Amazon API Gateway, "Quotas"; AWS WAF, "Quotas"; AWS CloudFormation, "Quotas".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from themekit.gateway.aws import http_api, rest_api, rest_stack, waf
from themekit.gateway.aws.access import has_addresses, has_certificates
from themekit.gateway.aws.body import paths_of
from themekit.gateway.aws.check import of_type
from themekit.gateway.aws.cloudformation import template
from themekit.gateway.aws.values import written
from themekit.gateway.meaning import removed_headers
from themekit.model.gateway import Feature, Form, Refusal
from themekit.model.policy import Guarded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from themekit.model.policy import Cors, HeaderChange, Limit, OperationPolicy, Policy

PORT = 443
MAX_ROUTES = 300
"""Routes of an HTTP API, and resources of a REST API."""
MAX_POLICY_BYTES = 8192
MAX_TEMPLATE_BYTES = 1_000_000
MAX_WAF_CAPACITY = 5000
ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "ES256"})
RESERVED = re.compile(
    r"access-control-.*|apigw-.*|authorization|connection|content-(encoding|length|location)|forwarded|keep-alive|origin"
    r"|proxy-(authenticate|authorization)|te|trailers|transfer-encoding|upgrade|x-amzn?-.*|x-forwarded-(for|host|proto)|via"
)
"""Headers that an HTTP API lets no mapping change."""
_SEGMENT = re.compile(r"[A-Za-z0-9._:-]*|\{[A-Za-z0-9._-]+\}")

TIERS_IN_APP = Form("in-app", "the API does it; the gateway does not", ("rates.*.tiers",))
QUOTAS_IN_APP = Form("in-app", "the API does it; the gateway does not", ("rates",), is_partial=True)
SIZE_IN_APP = Form("in-app", "the API does it; the gateway does not", ("maxBodyBytes",))
VALIDATION_IN_APP = Form("in-app", "the API does it; the gateway does not", ("validation",))
COUNTED_IN_APP = Form(
    "in-app",
    "the API counts what AWS cannot; the rest is counted as well as AWS counts",
    ("rates",),
    is_partial=True,
)
USUAL_PORT = Form("usual-port", f"clients call port {PORT}", ("listen.port",))
CAPPED_HTTP = Form("capped", f"calls that take longer than {http_api.LONGEST_S} s end with 504")
CAPPED_REST = Form("capped", f"calls that take longer than {rest_api.LONGEST_S} s end with 504")
TOKEN_FORWARDED = Form("token-forwarded", "the API gets the caller's token", ("tokens.*.forward",))
EMPTIED = Form("emptied", "the API gets the header with nothing in it")
WHOLE_DOMAIN = Form("whole-domain", "whoever has no certificate cannot call any operation")
API_WIDE = Form("api-wide", "pages of these origins may call every operation that lets them")
CONNECTION = Form("connection-address", "the log has the address of the connection, which may be a proxy's")


def http_refusals(policy: Policy) -> tuple[Refusal, ...]:
    """What an HTTP API cannot take."""
    found = [*_common(policy, longest_s=http_api.LONGEST_S, capped=CAPPED_HTTP)]
    found += _limits(policy, {"consumer", "address"}, "an HTTP API limits routes, and knows no callers")
    found += _headers(policy, "$", has_reserved=True)
    if _hides_tokens(policy):
        why = "an HTTP API cannot take `Authorization` out"
        found.append(Refusal(Feature.REQUEST_HEADERS, policy.origin_of("/tokens"), why, (TOKEN_FORWARDED,)))
    if policy.listen.tls is not None and policy.listen.tls.minimum == "1.3":
        why = "an HTTP API cannot refuse TLS 1.2"
        found.append(Refusal(Feature.TLS, policy.origin_of("/listen"), why))
    found += _cors(policy, [policy.operations], "an HTTP API has one set of rules for pages")
    if any(each.cors is None for each in policy.operations) and any(each.cors for each in policy.operations):
        why = "an HTTP API lets pages call all of its operations, or none"
        found.append(Refusal(Feature.CORS, policy.origin_of("/cors"), why, (API_WIDE,)))
    routes = len(policy.operations) + len(http_api.closed(policy))
    if routes > MAX_ROUTES:
        found.append(
            Refusal(None, policy.origin_of("/api"), f"it would have {routes} routes, and AWS allows {MAX_ROUTES}")
        )
        return tuple(found)  # how large such a template would be, nobody asks
    return (*found, *_size(policy, len(written(template(http_api.stack(policy))).encode())))


def rest_refusals(policy: Policy) -> tuple[Refusal, ...]:
    """What a REST API cannot take."""
    found = [*_common(policy, longest_s=rest_api.LONGEST_S, capped=CAPPED_REST)]
    found += _limits(policy, {"consumer"}, "a REST API limits routes and addresses, and knows no callers of tokens")
    found += _address_limits(policy)
    found += _headers(policy, "'", has_reserved=False)
    if _hides_tokens(policy):
        why = "a REST API can empty `Authorization`, and not take it out"
        found.append(Refusal(Feature.REQUEST_HEADERS, policy.origin_of("/tokens"), why, (EMPTIED,)))
    by_path = paths_of(policy).values()
    found += _cors(policy, by_path, "a REST API has one set of rules for pages on each path")
    for operation in policy.operations:
        if not waf.is_countable_size(operation.max_body_bytes):
            why = f"AWS WAF sees the first {waf.INSPECTED_KB[-1]} KB of a body only"
            origin = policy.place_of(operation, "maxBodyBytes")
            found.append(Refusal(Feature.BODY_SIZE, origin, f"{operation.id}: {why}", (SIZE_IN_APP,)))
    size = rest_api.resource_policy_bytes(policy) if has_addresses(policy) else 0
    if size > MAX_POLICY_BYTES:
        why = f"the networks make a resource policy of {size} bytes, and AWS allows {MAX_POLICY_BYTES}"
        found.append(Refusal(Feature.ADDRESSES, policy.origin_of("/addresses"), why))
    found += [*_keys(policy), *_resources(policy)]
    made = template(rest_stack.stack(policy))
    capacity = sum(waf_capacity(dict(members)) for _, members in of_type(made, "AWS::WAFv2::WebACL"))
    if capacity > MAX_WAF_CAPACITY:
        why = f"its web ACL would need a capacity of {capacity}, and AWS allows {MAX_WAF_CAPACITY}"
        found.append(Refusal(None, policy.origin_of("/limits"), why))
    return (*found, *_size(policy, len(written(made).encode())))


def waf_capacity(value: object) -> int:
    """About how much of AWS WAF's capacity the statements of a template take."""
    if isinstance(value, list):
        return sum(waf_capacity(each) for each in value)
    if not isinstance(value, dict):
        return 0
    own = 0
    for name, base in (("RegexMatchStatement", 3), ("SizeConstraintStatement", 1)):
        if isinstance(statement := value.get(name), dict):
            listed = statement.get("TextTransformations", [])
            own += base + 10 * sum(each.get("Type") != "NONE" for each in listed if isinstance(each, dict))
    own += 2 if "RateBasedStatement" in value else 1 if "IPSetReferenceStatement" in value else 0
    return own + sum(waf_capacity(each) for each in value.values())


def _common(policy: Policy, *, longest_s: int, capped: Form) -> Iterator[Refusal]:
    for issuer in policy.tokens:
        for key in issuer.keys:
            if key.algorithm not in ALGORITHMS:
                why = f"the authorizer checks {', '.join(sorted(ALGORITHMS))}, and not {key.algorithm}"
                yield Refusal(Feature.KEYS, issuer.origin, why)
    if policy.addresses.trusted_hops:
        yield from _hops(policy)
    if has_certificates(policy) and not all(_asks_for_certificate(each) for each in policy.operations):
        why = "AWS asks every caller of a domain name for a certificate, or none"
        yield Refusal(Feature.CERTIFICATES, policy.origin_of("/certificates"), why, (WHOLE_DOMAIN,))
    for operation in policy.operations:
        if operation.timeout_s > longest_s:
            why = f"{operation.id} may take {operation.timeout_s:g} s, and AWS waits for {longest_s} s"
            yield Refusal(Feature.TIMEOUTS, policy.place_of(operation, "timeoutS"), why, (capped,))
        yield from _place(operation)
    if policy.origin_of("/listen/port") and policy.listen.port != PORT:
        why = f"API Gateway listens on port {PORT}, and not on {policy.listen.port}"
        yield Refusal(Feature.PORT, policy.origin_of("/listen/port"), why, (USUAL_PORT,))
    logging = policy.logging
    if "query" in logging.fields and "query" not in logging.redacted:
        yield Refusal(Feature.LOGGING, policy.origin_of("/logging"), "its log has no query")


def _hops(policy: Policy) -> Iterator[Refusal]:
    why = "it goes by the address of the connection, and not by what proxies before it tell"
    if has_addresses(policy):
        yield Refusal(Feature.ADDRESSES, policy.origin_of("/addresses"), why)
    if "address" in policy.logging.fields and "address" not in policy.logging.redacted:
        yield Refusal(Feature.LOGGING, policy.origin_of("/addresses"), why, (CONNECTION,))


def _address_limits(policy: Policy) -> Iterator[Refusal]:
    for limit in waf.address_limits(policy):
        if policy.addresses.trusted_hops:
            why = "AWS WAF would count for the proxy before it, as it knows no address that a client could not write"
            yield Refusal(Feature.RATES, limit.origin, why, (COUNTED_IN_APP,))
        elif waf.window_of(limit.rate) is None:
            why = f"AWS WAF counts no fewer than {waf.MIN_REQUESTS} requests in {waf.WINDOWS_S[-1]} s"
            yield Refusal(Feature.RATES, limit.origin, why, (COUNTED_IN_APP,))


def _asks_for_certificate(operation: OperationPolicy) -> bool:
    return isinstance(operation.access, Guarded) and bool(operation.access.certificates)


def _place(operation: OperationPolicy) -> Iterator[Refusal]:
    if operation.method == "TRACE":
        yield Refusal(None, operation.origin, "API Gateway has no method TRACE")
    bad = [part for part in operation.path.split("/")[1:] if not _SEGMENT.fullmatch(part)]
    if bad:
        yield Refusal(None, operation.origin, f"`{bad[0]}` is no part of a path for API Gateway")


def _limits(policy: Policy, unknown: set[str], why: str) -> Iterator[Refusal]:
    named = {name for operation in policy.operations for name in operation.limits}
    limits: list[Limit] = [each for each in policy.limits if each.name in named and not each.is_quota]
    for each in limits:
        if each.by in unknown:
            yield Refusal(Feature.RATES, each.origin, why, (COUNTED_IN_APP,))


def _headers(policy: Policy, special: str, *, has_reserved: bool) -> Iterator[Refusal]:
    """Reserved names, and values with a character that AWS would take for the start of something else."""
    sets: tuple[tuple[str, Feature, tuple[str, ...], tuple[HeaderChange, ...]], ...] = (
        ("/requestHeaders", Feature.REQUEST_HEADERS, policy.request_removed, policy.request_set),
        ("/responseHeaders", Feature.RESPONSE_HEADERS, policy.response_removed, policy.response_set),
    )
    for pointer, feature, removed, added in sets:
        for name in (*removed, *(each.name for each in added)):
            if has_reserved and RESERVED.fullmatch(name):
                yield Refusal(feature, policy.origin_of(pointer), f"`{name}` is reserved by AWS")
        for each in added:
            if special in each.value or "{{" in each.value:
                why = f"the value of `{each.name}` has `{special}` or `{{{{`, which AWS reads as its own"
                yield Refusal(feature, policy.origin_of(pointer), why)


def _hides_tokens(policy: Policy) -> bool:
    """Some operation's API does not get the token."""
    return any("authorization" in removed_headers(policy, each) for each in policy.operations)


def _cors(policy: Policy, groups: Iterable[Iterable[OperationPolicy]], why: str) -> Iterator[Refusal]:
    for group in groups:
        rules: set[Cors] = {each.cors for each in group if each.cors is not None}
        if len(rules) > 1:
            yield Refusal(Feature.CORS, policy.origin_of("/cors"), f"{why}, and the policy has {len(rules)}")


def _keys(policy: Policy) -> Iterator[Refusal]:
    used = rest_api.used_keys(policy)
    for keys in policy.api_keys:
        if keys.name in used and keys.header != rest_api.KEY_HEADER:
            why = f"a REST API finds keys in `X-API-Key` only, and not in `{keys.header}`"
            yield Refusal(Feature.API_KEYS, keys.origin, why)
    if len(used) > 1:
        why = "a key of a REST API opens all operations that ask for one"
        yield Refusal(Feature.API_KEYS, policy.origin_of("/apiKeys"), why)


def _resources(policy: Policy) -> Iterator[Refusal]:
    """A REST API is a tree of resources, where a place has one name only for what is variable."""
    nodes: set[str] = set()
    variables: dict[str, str] = {}
    for operation in policy.operations:
        parent = ""
        for part in (policy.listen.base_path + operation.path).split("/")[1:]:
            first = variables.setdefault(parent, part) if part.startswith("{") else part
            if first != part:
                why = f"`{first}` and `{part}` stand at one place, and a REST API has one name for it"
                yield Refusal(None, operation.origin, why)
            parent = f"{parent}/{part}"
            nodes.add(parent)
    if len(nodes) > MAX_ROUTES:
        why = f"it would have {len(nodes)} resources, and AWS allows {MAX_ROUTES}"
        yield Refusal(None, policy.origin_of("/api"), why)


def _size(policy: Policy, size: int) -> Iterator[Refusal]:
    if size > MAX_TEMPLATE_BYTES:
        why = f"the template would have {size} bytes, and AWS allows {MAX_TEMPLATE_BYTES}"
        yield Refusal(None, policy.origin_of("/api"), why)
