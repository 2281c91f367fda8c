"""What changed in who may call an operation: exactly when more may, and when fewer may."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.gateway.change import Area, Fact, Risk, names, neutral, one_way
from themekit.model.policy import Public

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from themekit.model.policy import Guarded, OperationPolicy, Policy, PublicKey, Secret, TokenIssuer

Side = tuple["Policy", "OperationPolicy"]
Groups = tuple[tuple[str, ...], ...]
Claims = tuple[tuple[str, tuple[str, ...]], ...]


def changed_callers(old: Side, new: Side) -> Iterator[Fact]:
    """The facts of one operation that both policies have."""
    before, after = old[1].access, new[1].access
    if isinstance(before, Public) and isinstance(after, Public):
        yield from neutral(Area.ACCESS, old=before.reason, new=after.reason, text="is open for another reason")
    elif isinstance(after, Public):
        yield Fact(Area.ACCESS, Risk.WEAKENS, f"is open to everyone: {after.reason}")
    elif isinstance(before, Public):
        yield Fact(Area.ACCESS, Risk.STRENGTHENS, f"is no longer open to everyone, but asks for {asked(after)}")
    else:
        yield from _tokens(old[0], before, new[0], after)
        yield from _scopes(before.scopes, after.scopes)
        yield from _claims(before.claims, after.claims)
        yield from _api_keys(_shown_keys(old[0], before), _shown_keys(new[0], after))
        yield from _certificates(_names(old[0], before), _names(new[0], after))


def asked(access: Guarded) -> str:
    """What callers have to show, in words."""
    parts = [
        f"a token of {names(access.tokens)}" if access.tokens else "",
        "a scope" if access.scopes else "",
        f"the claim {names(name for name, _ in access.claims)}" if access.claims else "",
        f"an API key of {names(access.api_keys)}" if access.api_keys else "",
        f"a certificate of {names(access.certificates)}" if access.certificates else "",
    ]
    return " and ".join(part for part in parts if part)


def _tokens(old: Policy, before: Guarded, new: Policy, after: Guarded) -> Iterator[Fact]:
    known, wanted = _issuers(old, before), _issuers(new, after)
    if known and not wanted:
        yield Fact(Area.TOKENS, Risk.WEAKENS, "no token is needed any more")
        return
    if wanted and not known:
        yield Fact(Area.TOKENS, Risk.STRENGTHENS, f"a token of {names(after.tokens)} is needed, too")
        return
    for url, issuer in wanted.items():
        if url not in known:
            yield Fact(Area.TOKENS, Risk.WEAKENS, f"tokens of the issuer `{url}` are accepted, too")
        else:
            yield from _issuer(known[url], issuer, asks_scopes=bool(after.scopes))
    for url in known:
        if url not in wanted:
            yield Fact(Area.TOKENS, Risk.STRENGTHENS, f"tokens of the issuer `{url}` are no longer accepted")


def _issuers(policy: Policy, access: Guarded) -> dict[str, TokenIssuer]:
    """By what tokens say in `iss`; of two that say the same the first one decides."""
    found: dict[str, TokenIssuer] = {}
    for each in policy.tokens:
        if each.name in access.tokens:
            found.setdefault(each.issuer, each)
    return found


def _issuer(old: TokenIssuer, new: TokenIssuer, *, asks_scopes: bool) -> Iterator[Fact]:
    who = f"tokens of `{new.issuer}`"
    added, removed = _differences(old.audiences, new.audiences)
    yield from one_way(
        Area.TOKENS,
        weaker=f"{who} are accepted if they are for {names(added)}, too",
        stronger=f"{who} are no longer accepted if they are for {names(removed)}",
        weakens=bool(added),
        strengthens=bool(removed),
    )
    yield from _keys(old, new, who)
    yield from one_way(
        Area.TOKENS,
        weaker=f"{who} are good for {new.clock_skew_s} s after they expire, and not {old.clock_skew_s} s",
        stronger=f"{who} are good for only {new.clock_skew_s} s after they expire, and not {old.clock_skew_s} s",
        weakens=new.clock_skew_s > old.clock_skew_s,
        strengthens=new.clock_skew_s < old.clock_skew_s,
    )
    if old.consumer_claim != new.consumer_claim:
        text = f"who calls is said by the claim `{new.consumer_claim}` of {who}, and not by `{old.consumer_claim}`"
        yield Fact(Area.TOKENS, Risk.WEAKENS, text)
    if old.scope_claim != new.scope_claim and asks_scopes:
        text = f"scopes are read from the claim `{new.scope_claim}` of {who}, and not from `{old.scope_claim}`"
        yield Fact(Area.TOKENS, Risk.WEAKENS, text)


def _keys(old: TokenIssuer, new: TokenIssuer, who: str) -> Iterator[Fact]:
    if old.jwks_url != new.jwks_url:
        source = "keys in the policy" if new.jwks_url is None else f"keys from `{new.jwks_url}`"
        former = "those in the policy" if old.jwks_url is None else f"those from `{old.jwks_url}`"
        yield Fact(Area.TOKENS, Risk.WEAKENS, f"{who} may be signed by {source}, and not by {former}")
        return
    known, wanted = set(map(_key, old.keys)), set(map(_key, new.keys))
    added = names(key.id for key in new.keys if _key(key) not in known)
    removed = names(key.id for key in old.keys if _key(key) not in wanted)
    yield from one_way(
        Area.TOKENS,
        weaker=f"{who} may be signed by other keys: {added}",
        stronger=f"{who} may no longer be signed by the keys {removed}",
        weakens=bool(wanted - known),
        strengthens=bool(known - wanted),
    )


def _key(key: PublicKey) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    return key.id, key.algorithm, tuple(sorted(key.members))


def _scopes(old: Groups, new: Groups) -> Iterator[Fact]:
    """An OR of ANDs lets more through if one of its sets has no smaller one among the others."""
    if old and not new:
        yield Fact(Area.SCOPES, Risk.WEAKENS, "no scope is needed any more")
    elif new and not old:
        yield Fact(Area.SCOPES, Risk.STRENGTHENS, f"a token needs {_any_of(new)}")
    else:
        added = [group for group in new if not _is_implied(group, old)]
        removed = [group for group in old if not _is_implied(group, new)]
        yield from one_way(
            Area.SCOPES,
            weaker=f"a token with {_any_of(added)} is enough now",
            stronger=f"a token with {_any_of(removed)} is no longer enough",
            weakens=bool(added),
            strengthens=bool(removed),
        )


def _is_implied(group: tuple[str, ...], others: Iterable[tuple[str, ...]]) -> bool:
    return any(set(group) >= set(other) for other in others)


def _any_of(groups: Iterable[tuple[str, ...]]) -> str:
    return "the scope " + ", or ".join(" and ".join(f"`{scope}`" for scope in group) for group in groups)


def _claims(old: Claims, new: Claims) -> Iterator[Fact]:
    before, after = dict(old), dict(new)
    for name, values in before.items():
        if name not in after:
            yield Fact(Area.CLAIMS, Risk.WEAKENS, f"the claim `{name}` may have any value, or none")
            continue
        added, removed = _differences(values, after[name])
        yield from one_way(
            Area.CLAIMS,
            weaker=f"the claim `{name}` may also be {names(added)}",
            stronger=f"the claim `{name}` may no longer be {names(removed)}",
            weakens=bool(added),
            strengthens=bool(removed),
        )
    for name, values in after.items():
        if name not in before:
            yield Fact(Area.CLAIMS, Risk.STRENGTHENS, f"the claim `{name}` has to be one of {names(values)}")


def _shown_keys(policy: Policy, access: Guarded) -> dict[tuple[str, Secret], str]:
    """Header and reference, with whose it is. The references themselves are never shown."""
    kinds = [each for each in policy.api_keys if each.name in access.api_keys]
    return {(kind.header, secret): consumer for kind in kinds for consumer, secret in kind.consumers}


def _api_keys(old: dict[tuple[str, Secret], str], new: dict[tuple[str, Secret], str]) -> Iterator[Fact]:
    added = dict.fromkeys(new[key] for key in new if key not in old)
    removed = dict.fromkeys(old[key] for key in old if key not in new)
    if old and not new:
        yield Fact(Area.API_KEYS, Risk.WEAKENS, "no API key is needed any more")
    elif new and not old:
        yield Fact(Area.API_KEYS, Risk.STRENGTHENS, f"an API key of {names(added)} is needed, too")
    else:
        yield from one_way(
            Area.API_KEYS,
            weaker=f"a new API key of {names(added)} is accepted",
            stronger=f"an API key of {names(removed)} is no longer accepted",
            weakens=bool(added),
            strengthens=bool(removed),
        )


def _names(policy: Policy, access: Guarded) -> dict[tuple[str, Secret], None]:
    kinds = [each for each in policy.certificates if each.name in access.certificates]
    return {(name, kind.authority): None for kind in kinds for name in kind.names}


def _certificates(old: dict[tuple[str, Secret], None], new: dict[tuple[str, Secret], None]) -> Iterator[Fact]:
    added = dict.fromkeys(name for name, authority in new if (name, authority) not in old)
    removed = dict.fromkeys(name for name, authority in old if (name, authority) not in new)
    if old and not new:
        yield Fact(Area.CERTIFICATES, Risk.WEAKENS, "no client certificate is needed any more")
    elif new and not old:
        yield Fact(Area.CERTIFICATES, Risk.STRENGTHENS, f"a certificate of {names(added)} is needed, too")
    else:
        yield from one_way(
            Area.CERTIFICATES,
            weaker=f"certificates of {names(added)} are accepted, with the authority that goes with them",
            stronger=f"certificates of {names(removed)} are no longer accepted, with the authority that went with them",
            weakens=bool(added),
            strengthens=bool(removed),
        )


def _differences(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[list[str], list[str]]:
    """What is only in the second, and what is only in the first."""
    return [each for each in new if each not in old], [each for each in old if each not in new]
