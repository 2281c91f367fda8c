"""Attacks by who calls: without a token, with tokens of every bad kind, without a scope or a claim."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice, product
from typing import TYPE_CHECKING

from themekit.gateway.attacks.attack import STRAY, Attack, Shot
from themekit.gateway.attacks.scene import distinct
from themekit.model.policy import Guarded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.gateway.attacks.scene import Scene
    from themekit.gateway.requests import ClaimValue, Token
    from themekit.model.policy import OperationPolicy, TokenIssuer

Changes = dict[str, "ClaimValue | None"]

LONG_AGO = 1
FAR = 4_000_000_000
MAX_LACKING = 8  # of an operation with many sets of scopes, the first ways to lack one of each
LEAST_SKEW_S = 8  # of less than this nothing is left by the time that a token made at the start is sent


def caller_attacks(scene: Scene) -> Iterator[Attack]:
    """Of every operation the simplest ones, and of every kind of access all."""
    for operation in scene.policy.operations:
        yield from _plain(scene, operation)
    for operation in distinct(scene.policy.operations):
        for issuer in scene.issuers(operation):
            yield from _claims(scene, operation, issuer)
            yield from _signatures(scene, operation, issuer)
            yield from _scopes(scene, operation, issuer)
            yield from _other_claims(scene, operation, issuer)
        if scene.issuers(operation):
            yield from _elsewhere(scene, operation)
        access = operation.access
        if isinstance(access, Guarded) and (access.certificates or access.api_keys):
            kind = "client certificate" if access.certificates else "API key"
            yield Attack(f"good {kind}", operation.id, impossible=f"there is no {kind} to show")


def _plain(scene: Scene, operation: OperationPolicy) -> Iterator[Attack]:
    if scene.path(operation) is None:
        yield Attack("good request", operation.id, impossible="another operation's path always fits better")
        return
    issuers = scene.issuers(operation)
    name = "good token" if issuers else "good request"
    yield Attack(name, operation.id, (scene.good_shot(operation),))
    if issuers:
        yield Attack("no token", operation.id, (scene.shot(scene.request(operation, None)),))
        token = replace(scene.token(operation, issuers[0]), is_genuine=False)
        yield Attack("wrong key", operation.id, (scene.shot(scene.request(operation, token)),))
        nothing = scene.token(operation, issuers[0], **{issuers[0].scope_claim: "nothing:at-all"})
        yield Attack("scope that opens nothing", operation.id, (scene.shot(scene.request(operation, nothing)),))
        yield from _all_scopes_but(scene, operation, issuers[0])


def _all_scopes_but(scene: Scene, operation: OperationPolicy, issuer: TokenIssuer) -> Iterator[Attack]:
    """Every scope of the whole policy, but one of each set that would open the operation."""
    access = operation.access
    if not isinstance(access, Guarded) or not access.scopes:
        return
    guarded = [each.access for each in scene.policy.operations if isinstance(each.access, Guarded)]
    known = dict.fromkeys(scope for each in guarded for group in each.scopes for scope in group)
    for lacking in islice(dict.fromkeys(map(frozenset, product(*access.scopes))), MAX_LACKING):
        shown = " ".join(scope for scope in known if scope not in lacking)
        token = scene.token(operation, issuer, **{issuer.scope_claim: shown})
        name = f"every scope but {' and '.join(sorted(lacking))}"
        yield Attack(name, operation.id, (scene.shot(scene.request(operation, token)),))


def _one(scene: Scene, operation: OperationPolicy, token: Token, /, *, name: str, issuer: TokenIssuer) -> Attack:
    shown = name if len(scene.issuers(operation)) == 1 else f"{name} ({issuer.name})"
    return Attack(shown, operation.id, (scene.shot(scene.request(operation, token), issuer),))


def _claims(scene: Scene, operation: OperationPolicy, issuer: TokenIssuer) -> Iterator[Attack]:
    """What a token says of itself."""
    skew_s, now_s = issuer.clock_skew_s, int(scene.now_s)
    others = [each for each in scene.policy.tokens if each not in scene.issuers(operation)]
    named: dict[str, Changes] = {
        "expired": {"exp": LONG_AGO},
        "expired an hour ago": {"exp": now_s - 3600 - skew_s},
        "no expiry": {"exp": None},
        "expiry as a text": {"exp": "soon"},
        "not yet valid": {"nbf": FAR},
        "wrong issuer": {"iss": "https://issuer.invalid/"},
        "issuer with a slash more": {"iss": f"{issuer.issuer}/"},
        "no issuer": {"iss": None},
        "wrong audience": {"aud": "https://audience.invalid"},
        "no audience": {"aud": None},
        "audience among others": {"aud": ("https://audience.invalid", issuer.audiences[-1])},
        "no consumer": {issuer.consumer_claim: None},
        "empty consumer": {issuer.consumer_claim: ""},
        "consumer that breaks a header": {issuer.consumer_claim: "x\r\nX-Admin: 1"},
    }
    for name, changes in named.items():
        yield _one(scene, operation, scene.token(operation, issuer, **changes), name=name, issuer=issuer)
    if skew_s >= LEAST_SKEW_S and not scene.is_outside:
        soon = scene.token(operation, issuer, exp=now_s + 1)
        yield _one(scene, operation, soon, name="expires within the skew", issuer=issuer)
    for other in others:
        token = scene.token(operation, other)
        yield _one(scene, operation, token, name=f"token of the issuer {other.name}", issuer=other)


def _signatures(scene: Scene, operation: OperationPolicy, issuer: TokenIssuer) -> Iterator[Attack]:
    good = scene.token(operation, issuer)
    named = {
        "signature of a stranger": replace(good, is_genuine=False),
        "unknown key id": replace(good, key="nobody's", is_genuine=False),
        "algorithm none": replace(good, algorithm="none", is_genuine=False),
        "public key as a shared secret": replace(good, algorithm="HS256", is_genuine=False),
        "no token at all behind Bearer": replace(good, is_well_formed=False),
    }
    for name, token in named.items():
        yield _one(scene, operation, token, name=name, issuer=issuer)
    tampered = replace(scene.token(operation, issuer), is_genuine=False)
    shot = scene.shot(scene.request(operation, tampered), issuer)
    yield Attack("tampered payload", operation.id, (replace(shot, is_tampered=True),))


def _scopes(scene: Scene, operation: OperationPolicy, issuer: TokenIssuer) -> Iterator[Attack]:
    """Each set of scopes opens, less one does not, and no scope is one by being part of a word."""
    access = operation.access
    if not isinstance(access, Guarded) or not access.scopes:
        return
    named: dict[str, ClaimValue | None] = {"no scope": None, "empty scope": ""}
    for group in access.scopes:
        shown = " ".join(group)
        named[f"scopes {shown}"] = shown
        named[f"scopes {shown} as a list"] = group
        named[f"scopes {shown} in upper case"] = shown.upper()
        if len(group) > 1:
            named[f"scopes {','.join(group)} with commas"] = ",".join(group)
        for scope in group:
            rest = [each for each in group if each != scope]
            named[f"scopes {shown} without {scope}"] = " ".join(rest)
            named[f"x{scope} in place of {scope}"] = " ".join([*rest, f"x{scope}"])
            named[f"{scope}x in place of {scope}"] = " ".join([*rest, f"{scope}x"])
    for name, value in named.items():
        token = scene.token(operation, issuer, **{issuer.scope_claim: value})
        yield _one(scene, operation, token, name=name, issuer=issuer)


def _other_claims(scene: Scene, operation: OperationPolicy, issuer: TokenIssuer) -> Iterator[Attack]:
    access = operation.access
    for claim, values in access.claims if isinstance(access, Guarded) else ():
        named: dict[str, ClaimValue | None] = {
            f"no {claim}": None,
            f"wrong {claim}": "nothing",
            f"{claim} with an end of its own": f"{values[0]}x",
            f"{claim} as a number": 1,
            f"wrong {claim} in a list": ("nothing", f"x{values[0]}"),
            f"{claim} in a list": ("nothing", values[-1]),
        }
        for name, value in named.items():
            token = scene.token(operation, issuer, **{claim: value})
            yield _one(scene, operation, token, name=name, issuer=issuer)


def _elsewhere(scene: Scene, operation: OperationPolicy) -> Iterator[Attack]:
    """A good token counts in one place only."""
    path = scene.path(operation) or operation.path
    places: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
        "token in the query": (f"{path}?access_token={STRAY}", ()),
        "token in a cookie": (path, (("cookie", f"token={STRAY}; access_token={STRAY}"),)),
        "token without Bearer": (path, (("authorization", STRAY),)),
    }
    for name, (target, headers) in places.items():
        shot = scene.shot(scene.request(operation, None, target=target, headers=headers))
        yield Attack(name, operation.id, (_with_stray(shot, scene, operation),))


def _with_stray(shot: Shot, scene: Scene, operation: OperationPolicy) -> Shot:
    return replace(shot, stray=scene.good(operation), signer=scene.issuers(operation)[0].name)
