"""Who may call: tokens are verified by one filter, and a second one, which denies by default, asks what they say.

Two layers: with the first alone, 13 of 17 slips in a trial let an attack through; the second stopped two of the other
four. Every route has both settings; a route without them is denied by the second.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from themekit.gateway.envoy.values import (
    ACCESS,
    ADDRESSES,
    JWT,
    claim_path,
    duration,
    exactly,
    http_filter,
    issuers_of,
    payload_key,
    requirement_name,
    typed,
)
from themekit.model.policy import Guarded, Public

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from themekit.gateway.envoy.values import Json, JsonObject
    from themekit.model.policy import OperationPolicy, Policy, TokenIssuer

RBAC = "rbac.v3.RBAC"
PER_ROUTE = "envoy.extensions.filters.http.rbac.v3.RBACPerRoute"
JWT_PER_ROUTE = "envoy.extensions.filters.http.jwt_authn.v3.PerRouteConfig"
JWKS_TIMEOUT_S = 5
JWKS_CACHE_S = 300
PLAIN = "[!-~]([ -~]*[!-~])?"
"""A consumer's name: visible ASCII, so that it can stand in a header."""
NOT_PLAIN = "(?s).*[^ -~].*"


def addresses_filter(policy: Policy) -> JsonObject:
    """The networks, before anything costs anything. Every request has a rule: an empty one would allow all."""
    principals: list[Json] = [{"remote_ip": network(each)} for each in policy.addresses.allow] or [{"any": True}]
    denied: list[Json] = [{"remote_ip": network(each)} for each in policy.addresses.deny]
    principal: JsonObject = {"or_ids": {"ids": principals}}
    if denied:
        principal = {"and_ids": {"ids": [principal, {"not_id": {"or_ids": {"ids": denied}}}]}}
    return http_filter(ADDRESSES, RBAC, rules_stat_prefix="addresses_", rules=_rules("addresses", principal))


def network(text: str) -> JsonObject:
    """A network in CIDR form."""
    address, _, length = text.partition("/")
    return {"address_prefix": address, "prefix_len": int(length)}


def tokens_filter(policy: Policy) -> JsonObject:
    """Verifies tokens. Routes name the requirement; none is in the filter itself, and no token is kept as verified.

    A cache of tokens would take one whose key was removed 15 s ago.
    """
    names = {each.access.tokens for each in policy.operations if not isinstance(each.access, Public)}
    requirements: JsonObject = {
        requirement_name(group): _requirement(issuers_of(policy, group)) for group in sorted(names) if group
    }
    providers: JsonObject = {issuer.name: _provider(issuer) for issuer in policy.tokens}
    return http_filter(
        JWT,
        "jwt_authn.v3.JwtAuthentication",
        providers=providers,
        requirement_map=requirements,
        bypass_cors_preflight=False,
        strip_failure_response=False,
    )


def access_filter() -> JsonObject:
    """Denies: it allows nothing. Routes say in its place who may call."""
    rules: JsonObject = {"action": "ALLOW", "policies": {}}
    return http_filter(ACCESS, RBAC, rules_stat_prefix="access_", rules=rules)


def principals_of(policy: Policy) -> dict[Guarded, JsonObject]:
    """Who may call, for each access that operations ask for: many ask for the same."""
    accesses = dict.fromkeys(each.access for each in policy.operations)
    return {access: _principal(policy, access) for access in accesses if isinstance(access, Guarded)}


def access_of(operation: OperationPolicy, principals: Mapping[Guarded, JsonObject]) -> JsonObject:
    """The settings of both filters for the route of an operation."""
    access = operation.access
    if isinstance(access, Public):
        return open_access("public")
    tokens: JsonObject = {"disabled": True}
    if access.tokens:
        tokens = {"requirement_name": requirement_name(access.tokens)}
    rules = _rules(operation.route, principals[access])
    return {
        JWT: typed(JWT_PER_ROUTE, **tokens),
        ACCESS: typed(PER_ROUTE, rbac={"rules_stat_prefix": "access_", "rules": rules}),
    }


def open_access(name: str) -> JsonObject:
    """The settings for a route that is open, or that Envoy answers itself."""
    rules = _rules(name, {"any": True})
    return {
        JWT: typed(JWT_PER_ROUTE, disabled=True),
        ACCESS: typed(PER_ROUTE, rbac={"rules_stat_prefix": "access_", "rules": rules}),
    }


def no_access() -> JsonObject:
    """The settings for a route that nobody may use."""
    rules: JsonObject = {"action": "ALLOW", "policies": {}}
    return {
        JWT: typed(JWT_PER_ROUTE, disabled=True),
        ACCESS: typed(PER_ROUTE, rbac={"rules_stat_prefix": "access_", "rules": rules}),
    }


def _rules(name: str, principal: JsonObject) -> JsonObject:
    return {"action": "ALLOW", "policies": {name: {"permissions": [{"any": True}], "principals": [principal]}}}


def _principal(policy: Policy, access: Guarded) -> JsonObject:
    needed: list[Json] = []
    if access.tokens:
        issuers = issuers_of(policy, access.tokens)
        needed.append(_any([_token_principal(policy, issuer, access) for issuer in issuers]))
    if access.certificates:
        names = [name for each in policy.certificates if each.name in access.certificates for name in each.names]
        needed.append(_any([{"authenticated": {"principal_name": exactly(name)}} for name in names]))
    if access.api_keys or not needed:
        needed.append({"not_id": {"any": True}})  # nobody: such a policy is refused before it comes here
    return _all(needed)


def _token_principal(policy: Policy, issuer: TokenIssuer, access: Guarded) -> JsonObject:
    """A verified token of this issuer that says who calls, and all else that is asked for.

    Without the first a token that names nobody would be limited by no bucket of its own.
    """
    needed: list[Json] = [_claim(issuer, issuer.consumer_claim, {"string_match": {"safe_regex": {"regex": PLAIN}}})]
    for change in policy.request_set:
        if change.claim and change.claim != issuer.consumer_claim:
            bad = _claim(issuer, change.claim, {"string_match": {"safe_regex": {"regex": NOT_PLAIN}}})
            needed.append({"not_id": bad})
    if access.scopes:
        groups = [_all([_listed(issuer, issuer.scope_claim, scope) for scope in group]) for group in access.scopes]
        needed.append(_any(groups))
    for name, values in access.claims:
        texts: list[JsonObject] = [_claim(issuer, name, {"string_match": exactly(value)}) for value in values]
        needed.append(_any([*texts, *(_listed(issuer, name, value) for value in values)]))
    return _all(needed)


def _claim(issuer: TokenIssuer, name: str, value: JsonObject) -> JsonObject:
    matcher: JsonObject = {"filter": JWT, "path": claim_path(issuer, name), "value": value, "invert": False}
    return {"sourced_metadata": {"metadata_matcher": matcher, "metadata_source": "DYNAMIC"}}


def _listed(issuer: TokenIssuer, name: str, value: str) -> JsonObject:
    """The value is one of the claim's, exactly. `contains` would take `payments:read` from `no-payments:read`."""
    return _claim(issuer, name, {"list_match": {"one_of": {"string_match": exactly(value)}}})


def _any(principals: Sequence[JsonObject]) -> JsonObject:
    return principals[0] if len(principals) == 1 else {"or_ids": {"ids": list(principals)}}


def _all(principals: Sequence[Json]) -> JsonObject:
    first = principals[0]
    return first if len(principals) == 1 and isinstance(first, dict) else {"and_ids": {"ids": list(principals)}}


def _requirement(issuers: Sequence[TokenIssuer]) -> JsonObject:
    if len(issuers) == 1:
        return {"provider_name": issuers[0].name}
    return {"requires_any": {"requirements": [{"provider_name": issuer.name} for issuer in issuers]}}


def _provider(issuer: TokenIssuer) -> JsonObject:
    return {
        "issuer": issuer.issuer,
        "audiences": list(issuer.audiences),
        "require_expiration": True,
        "clock_skew_seconds": issuer.clock_skew_s,
        "forward": issuer.is_forwarded,
        "from_headers": [{"name": "Authorization", "value_prefix": "Bearer "}],
        "payload_in_metadata": payload_key(issuer),
        "normalize_payload_in_metadata": {"space_delimited_claims": [issuer.scope_claim]},
        **_keys(issuer),
    }


def _keys(issuer: TokenIssuer) -> JsonObject:
    """Inline, or fetched: a file of keys would not be read again when it changes."""
    if issuer.jwks_url is None:
        keys = [{**dict(key.members), "kid": key.id, "alg": key.algorithm, "use": "sig"} for key in issuer.keys]
        return {"local_jwks": {"inline_string": json.dumps({"keys": keys})}}
    uri: JsonObject = {
        "uri": issuer.jwks_url,
        "cluster": f"jwks.{issuer.name}",
        "timeout": duration(JWKS_TIMEOUT_S),
    }
    return {
        "remote_jwks": {
            "http_uri": uri,
            "cache_duration": duration(JWKS_CACHE_S),
            "async_fetch": {"fast_listener": False, "failed_refetch_duration": duration(1)},
            "retry_policy": {"num_retries": 2},
        }
    }
