"""What a policy means: the one decision for a request, whoever enforces it. Gateways are judged by this.

The order is part of the meaning: a request that can be read in two ways is refused before anything else, then denied
addresses, then what no operation answers, then callers, then limits, then bodies. Limits by address come before
callers, so that guessing tokens is limited too; all others after, so that nobody spends what is not theirs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING

from themekit.gateway.requests import client_address, matching, normal_path
from themekit.model.policy import Public

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from themekit.gateway.requests import ClaimValue, Request, Token
    from themekit.model.policy import Cors, Guarded, Limit, OperationPolicy, Policy, Rate, Secret, TokenIssuer

IPV6_PREFIX = 64  # what one customer has: within it an address costs nothing

_PLAIN = re.compile(r"[!-~](?:[ -~]*[!-~])?")
"""A consumer's name: visible ASCII, so that it can stand in a header."""
_PRINTABLE = re.compile(r"[ -~]*")

BucketKey = tuple[str, str, str]
"""Limit, tier, and who or what is counted."""


class Reason(StrEnum):
    """Why a request was answered as it was."""

    FORWARDED = "forwarded"
    PREFLIGHT = "preflight"
    AMBIGUOUS = "ambiguous-request"
    ADDRESS = "denied-address"
    HOST = "unknown-host"
    OPERATION = "unknown-operation"
    FOREIGN_ORIGIN = "foreign-origin"
    NO_TOKEN = "no-token"  # noqa: S105
    BAD_TOKEN = "bad-token"  # noqa: S105
    EXPIRED = "expired-token"
    AUDIENCE = "wrong-audience"
    NO_CONSUMER = "no-consumer"
    SCOPE = "missing-scope"
    CLAIM = "missing-claim"
    API_KEY = "bad-api-key"
    CERTIFICATE = "bad-certificate"
    LIMIT = "over-limit"
    BODY = "too-large"


STATUS: dict[Reason, int] = {
    Reason.FORWARDED: 0,
    Reason.PREFLIGHT: 200,
    Reason.AMBIGUOUS: 400,
    Reason.ADDRESS: 403,
    Reason.HOST: 404,
    Reason.OPERATION: 404,
    Reason.FOREIGN_ORIGIN: 403,
    Reason.NO_TOKEN: 401,
    Reason.BAD_TOKEN: 401,
    Reason.EXPIRED: 401,
    Reason.AUDIENCE: 401,
    Reason.NO_CONSUMER: 403,
    Reason.SCOPE: 403,
    Reason.CLAIM: 403,
    Reason.API_KEY: 401,
    Reason.CERTIFICATE: 403,
    Reason.LIMIT: 429,
    Reason.BODY: 413,
}
"""The status of the answer; 0: that of the API."""


@dataclass(frozen=True, slots=True)
class Level:
    """What a bucket held at a time."""

    tokens: float
    at_s: float


@dataclass(frozen=True, slots=True)
class Context:
    """All that is not in the request: the time, the levels of buckets, and the values behind references."""

    now_s: float
    levels: Mapping[BucketKey, Level] = field(default_factory=dict)
    secrets: Mapping[Secret, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer, what the API gets, and what was counted.

    `spent` are the buckets that a token was taken from, with their levels after it.
    """

    reason: Reason
    operation: str = ""
    removed: tuple[str, ...] = ()
    set: tuple[tuple[str, str], ...] = ()
    allowed_origin: str = ""
    spent: tuple[tuple[BucketKey, Level], ...] = ()

    @property
    def status(self) -> int:
        """The status, or 0 for that of the API."""
        return STATUS[self.reason]

    @property
    def is_forwarded(self) -> bool:
        """The API gets the request."""
        return self.reason is Reason.FORWARDED


def decide(policy: Policy, request: Request, *, context: Context) -> Decision:
    """What happens to a request."""
    path = normal_path(request.target)
    if path is None or _is_ambiguous(request):
        return Decision(Reason.AMBIGUOUS)
    address = client_address(request, policy.addresses.trusted_hops)
    if not is_allowed_address(policy, address):
        return Decision(Reason.ADDRESS)
    if request.host.partition(":")[0].lower() not in policy.listen.hosts:
        return Decision(Reason.HOST)
    alike = matching(policy, path)
    if preflight := _preflight(alike, request):
        return preflight
    operation = next((each for each in alike if each.method == request.method), None)
    if operation is None:
        return Decision(Reason.OPERATION)
    return _decide_operation(policy, operation, request=request, address=address, context=context)


def is_allowed_address(policy: Policy, address: str) -> bool:
    """No denied network has the address, and one of the allowed ones, if there are any."""
    found = ip_address(address)
    denied, allowed = (
        any(found in ip_network(each) for each in networks)
        for networks in (policy.addresses.deny, policy.addresses.allow)
    )
    return not denied and (allowed or not policy.addresses.allow)


def level_at(level: Level | None, rate: Rate, *, now_s: float) -> float:
    """What a bucket holds now; one never used is full."""
    if level is None:
        return float(rate.burst)
    return min(float(rate.burst), level.tokens + max(0.0, now_s - level.at_s) * rate.per_second)


def token_fault(issuer: TokenIssuer, token: Token, *, now_s: float) -> Reason | None:
    """What is wrong with a token of this issuer, or None."""
    expiry, start = token.claim("exp"), token.claim("nbf")
    skew_s = issuer.clock_skew_s
    if not token.is_well_formed or not _is_number(expiry):
        return Reason.BAD_TOKEN
    if float(str(expiry)) + skew_s < now_s:
        return Reason.EXPIRED
    if start is not None and (not _is_number(start) or float(str(start)) - skew_s > now_s):
        return Reason.BAD_TOKEN
    audience = token.claim("aud")
    named = audience if isinstance(audience, tuple) else (audience,)
    if not set(named) & set(issuer.audiences):
        return Reason.AUDIENCE
    if not token.is_genuine or token.algorithm == "none" or token.algorithm.startswith("HS"):
        return Reason.BAD_TOKEN
    known = {(key.id, key.algorithm) for key in issuer.keys}
    return Reason.BAD_TOKEN if known and (token.key, token.algorithm) not in known else None


def _is_ambiguous(request: Request) -> bool:
    """Two lengths, or a header that some servers take for another."""
    framing = len(request.values("content-length")) + len(request.values("transfer-encoding"))
    return framing > 1 or any("_" in name for name, _ in request.headers)


def _preflight(alike: list[OperationPolicy], request: Request) -> Decision | None:
    wanted = request.value("access-control-request-method")
    origin = request.value("origin")
    operation = next((each for each in alike if each.method == wanted and each.cors), None)
    if request.method != "OPTIONS" or not origin or operation is None or operation.cors is None:
        return None
    if not _is_allowed_origin(operation.cors, origin):
        return Decision(Reason.FOREIGN_ORIGIN)
    return Decision(Reason.PREFLIGHT, operation.id, allowed_origin=origin)


def _is_allowed_origin(cors: Cors, origin: str) -> bool:
    return "*" in cors.origins or origin in cors.origins


def _decide_operation(
    policy: Policy, operation: OperationPolicy, *, request: Request, address: str, context: Context
) -> Decision:
    origin = request.value("origin")
    allowed = origin if operation.cors and origin and _is_allowed_origin(operation.cors, origin) else ""
    spent: dict[BucketKey, Level] = {}

    def answer(reason: Reason) -> Decision:
        return Decision(reason, operation.id, allowed_origin=allowed, spent=tuple(spent.items()))

    limits = [policy.limit(name) for name in operation.limits]
    counted = {"address": _network_of(address), "route": operation.id}
    for limit in sorted(policy.limits, key=lambda each: each.by != "address"):
        if limit in limits and limit.by == "address" and not _take(limit, counted, None, context=context, spent=spent):
            return answer(Reason.LIMIT)
    fault = access_fault(policy, operation, request=request, context=context)
    if fault is not None:
        return answer(fault)
    issuer = _issuer_of(policy, operation, request.token)
    if issuer is not None and request.token is not None:
        counted["consumer"] = f"{issuer.name}:{request.token.claim(issuer.consumer_claim)}"
    for limit in policy.limits:
        is_counted = limit in limits and limit.by != "address"
        if is_counted and not _take(limit, counted, request.token, context=context, spent=spent):
            return answer(Reason.LIMIT)
    if request.body_bytes > operation.max_body_bytes:
        return answer(Reason.BODY)
    token = request.token if issuer is not None else None
    return Decision(
        Reason.FORWARDED,
        operation.id,
        removed=removed_headers(policy, operation),
        set=tuple(_set_headers(policy, token)),
        allowed_origin=allowed,
        spent=tuple(spent.items()),
    )


def access_fault(policy: Policy, operation: OperationPolicy, *, request: Request, context: Context) -> Reason | None:
    """Why the caller may not call, or None."""
    access = operation.access
    if isinstance(access, Public):
        return None
    if access.tokens and (fault := _tokens_fault(policy, access, request.token, now_s=context.now_s)):
        return fault
    if access.api_keys and not _has_api_key(policy, access, request, context):
        return Reason.API_KEY
    names = {name for each in policy.certificates if each.name in access.certificates for name in each.names}
    if access.certificates and not names & set(request.certificate_names):
        return Reason.CERTIFICATE
    return None


def _tokens_fault(policy: Policy, access: Guarded, token: Token | None, *, now_s: float) -> Reason | None:
    if token is None:
        return Reason.NO_TOKEN
    issuers = [each for each in policy.tokens if each.name in access.tokens]
    issuer = next((each for each in issuers if each.issuer == token.claim("iss")), None)
    if issuer is None:
        return Reason.BAD_TOKEN
    if fault := token_fault(issuer, token, now_s=now_s):
        return fault
    consumer = token.claim(issuer.consumer_claim)
    if not isinstance(consumer, str) or not _PLAIN.fullmatch(consumer):
        return Reason.NO_CONSUMER
    shown = (token.claim(change.claim) for change in policy.request_set if change.claim)
    if any(isinstance(value, str) and not _PRINTABLE.fullmatch(value) for value in shown):
        return Reason.CLAIM
    scopes = set(token.words(issuer.scope_claim))
    if access.scopes and not any(scopes.issuperset(group) for group in access.scopes):
        return Reason.SCOPE
    if not all(_has_value(token.claim(name), values) for name, values in access.claims):
        return Reason.CLAIM
    return None


def _has_value(claim: ClaimValue | None, values: tuple[str, ...]) -> bool:
    if isinstance(claim, tuple):
        return not set(claim).isdisjoint(values)
    return isinstance(claim, str) and claim in values


def _has_api_key(policy: Policy, access: Guarded, request: Request, context: Context) -> bool:
    for keys in policy.api_keys:
        shown = request.value(keys.header)
        known = {context.secrets.get(secret) for _, secret in keys.consumers}
        if keys.name in access.api_keys and shown and shown in known:
            return True
    return False


def _issuer_of(policy: Policy, operation: OperationPolicy, token: Token | None) -> TokenIssuer | None:
    """Whose token it is, where the operation asks for one."""
    if token is None or isinstance(operation.access, Public):
        return None
    names = operation.access.tokens
    return next((each for each in policy.tokens if each.name in names and each.issuer == token.claim("iss")), None)


def _take(
    limit: Limit,
    counted: Mapping[str, str],
    token: Token | None,
    *,
    context: Context,
    spent: dict[BucketKey, Level],
) -> bool:
    """Take a token from the request's bucket; False if there is none left, and then nothing is taken."""
    tier, rate = "", limit.rate
    if token is not None and limit.tiers:
        said = token.claim(limit.tier_claim)
        tier, rate = next(((name, each) for name, each in limit.tiers if name == said), (tier, rate))
    key = (limit.name, tier, counted.get(limit.by, ""))
    held = level_at(context.levels.get(key), rate, now_s=context.now_s)
    if held < 1:
        return False
    spent[key] = Level(held - 1, context.now_s)
    return True


def _network_of(address: str) -> str:
    found = ip_address(address)
    return str(found) if found.version == 4 else str(ip_network((found, IPV6_PREFIX), strict=False))


def removed_headers(policy: Policy, operation: OperationPolicy) -> tuple[str, ...]:
    """Headers of the client that the API never gets, in the order of the policy: all that are set anywhere, too."""
    names = [*policy.request_removed, *(change.name for change in policy.request_set)]
    access = operation.access
    if not isinstance(access, Public):
        issuers = [each for each in policy.tokens if each.name in access.tokens]
        names += ["authorization"] if issuers and not any(each.is_forwarded for each in issuers) else []
        names += [keys.header for keys in policy.api_keys if keys.name in access.api_keys]
    return tuple(dict.fromkeys(names))


def _set_headers(policy: Policy, token: Token | None) -> Iterator[tuple[str, str]]:
    for change in policy.request_set:
        if change.value:
            yield change.name, change.value
        elif token is not None and isinstance(value := token.claim(change.claim), str) and value:
            yield change.name, value


def _is_number(value: ClaimValue | None) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
