"""Who decides for each operation, and what the authorizer is told: the policy as plain data, without any secret."""

from __future__ import annotations

import re
from importlib.abc import InspectLoader
from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal

from themekit.gateway.aws.values import SHOWN_DEPTH
from themekit.gateway.json_text import json_text
from themekit.model import Artifact
from themekit.model.policy import Guarded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from themekit.gateway.aws.values import Json, JsonObject
    from themekit.model.policy import OperationPolicy, Policy, TokenIssuer

PROGRAM = "themekit.gateway.aws.authorizer"
NATIVE = "native-jwt"
PRESENCE = "presence"
CHECKED_PLACES = frozenset({"query", "header"})
"""Where a REST API looks for required parameters."""
_PLAIN_CLAIM = re.compile(r"[A-Za-z0-9_-]+")  # in `$context.authorizer.claims.…`, where `${` begins another value
MAX_SCOPES = 10
"""Of a route of an HTTP API."""

Decider = Literal["nobody", "native", "bearer", "caller"]
"""`bearer` and `caller` are the Lambda function, which is called with a token only, or always."""


def decider(policy: Policy, operation: OperationPolicy, *, has_addresses: bool, is_native: bool) -> Decider:
    """Who decides whether an operation may be called.

    `has_addresses`: the function compares addresses, too. `is_native`: the policy accepts AWS's own authorizer of
    tokens, which is taken where it can say the same; all else goes to the function.
    """
    access = operation.access
    if not isinstance(access, Guarded):
        return "caller" if has_addresses else "nobody"
    if not access.tokens:
        return "caller"
    if not is_native:
        return "bearer"
    issuers = [policy.token(name) for name in access.tokens]
    is_simple = len(issuers) == 1 and not access.claims and not access.certificates and not has_addresses
    scopes = {scope for group in access.scopes for scope in group}
    is_any = all(len(group) == 1 for group in access.scopes) and len(scopes) <= MAX_SCOPES
    has_words = issuers[0].scope_claim in {"scope", "scp"} or not scopes
    has_names = all(_PLAIN_CLAIM.fullmatch(claim) for claim in shown_claims(policy))
    if is_simple and is_any and has_words and has_names and issuers[0].jwks_url is not None:
        return "native"
    return "bearer"


def is_native(policy: Policy, target: str) -> bool:
    """The policy accepts AWS's own authorizer of tokens."""
    return any(each.target == target and each.form == NATIVE for each in policy.accepted)


def is_presence_checked(policy: Policy, operation: OperationPolicy) -> bool:
    """A REST API is to look whether required parameters are there, and some are."""
    is_chosen = any(each.form == PRESENCE for each in policy.accepted)
    return is_chosen and any(place in CHECKED_PLACES for place, _ in operation.required)


def has_addresses(policy: Policy) -> bool:
    """Some networks may not call."""
    return bool(policy.addresses.allow or policy.addresses.deny)


def has_certificates(policy: Policy) -> bool:
    """Some operation asks for a client certificate."""
    return any(isinstance(each.access, Guarded) and each.access.certificates for each in policy.operations)


def route_key(policy: Policy, operation: OperationPolicy) -> str:
    """The operation as AWS names it: method, and path with the API's base."""
    return f"{operation.method} {policy.listen.base_path}{operation.path}"


def shown_claims(policy: Policy) -> list[str]:
    """Claims that become headers, in the order of the policy."""
    return [change.claim for change in policy.request_set if change.claim]


def authorizer_files(
    policy: Policy, folder: str, *, operations: Iterable[OperationPolicy], with_addresses: bool
) -> tuple[Artifact, ...]:
    """The program, which is the same for every policy, and its data about the operations that it may be asked for."""
    told = rules(policy, operations=operations, with_addresses=with_addresses)
    text = json_text(told, depth=SHOWN_DEPTH)
    return (
        Artifact.text(f"{folder}/authorizer.py", program(), media_type="text/x-python"),
        Artifact.text(f"{folder}/access.json", f"{text}\n", media_type="application/json"),
    )


def program() -> str:
    """The authorizer's code. It is not imported for this: it is for another place, and brings a client of HTTP."""
    spec = find_spec(PROGRAM)
    loader = None if spec is None else spec.loader
    source = loader.get_source(PROGRAM) if isinstance(loader, InspectLoader) else None
    if source is None:
        raise ModuleNotFoundError(f"{PROGRAM} has no source")
    return source


def rules(policy: Policy, *, operations: Iterable[OperationPolicy], with_addresses: bool) -> JsonObject:
    """What the authorizer is told: of issuers those alone whose tokens it checks."""
    addresses = policy.addresses
    listed = [each for each in operations if is_decidable(each)]
    checked = {name for each in listed if isinstance(each.access, Guarded) for name in each.access.tokens}
    shown: list[Json] = list(shown_claims(policy))
    return {
        "issuers": [_issuer(issuer) for issuer in policy.tokens if issuer.name in checked],
        "addresses": {
            "allow": list(addresses.allow) if with_addresses else [],
            "deny": list(addresses.deny) if with_addresses else [],
        },
        "shown": shown,
        "operations": {route_key(policy, each): _operation(policy, each) for each in listed},
    }


def is_decidable(operation: OperationPolicy) -> bool:
    """The function has something to go by: keys alone it does not know, so of such operations it is not told."""
    access = operation.access
    return not isinstance(access, Guarded) or bool(access.tokens or access.certificates)


def _issuer(issuer: TokenIssuer) -> JsonObject:
    keys: list[Json] = [{**dict(key.members), "kid": key.id, "alg": key.algorithm} for key in issuer.keys]
    return {
        "name": issuer.name,
        "issuer": issuer.issuer,
        "audiences": list(issuer.audiences),
        "jwksUrl": issuer.jwks_url,
        "keys": keys,
        "clockSkewS": issuer.clock_skew_s,
        "consumerClaim": issuer.consumer_claim,
        "scopeClaim": issuer.scope_claim,
    }


def _operation(policy: Policy, operation: OperationPolicy) -> JsonObject:
    access = operation.access
    guarded = access if isinstance(access, Guarded) else Guarded()
    names = [name for each in policy.certificates if each.name in guarded.certificates for name in each.names]
    return {
        "tokens": list(guarded.tokens),
        "scopes": [list(group) for group in guarded.scopes],
        "claims": {name: list(values) for name, values in guarded.claims},
        "certificates": list(names),
    }
