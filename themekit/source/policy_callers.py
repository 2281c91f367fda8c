"""Who calls, and how often: issuers of tokens, API keys, certificates, limits, and the access of a route."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from themekit.diagnostics import Note
from themekit.diagnostics.printable import quoted
from themekit.model import Origin
from themekit.model.policy import Access, ApiKeys, Certificates, Guarded, Limit, Public, Rate, TokenIssuer
from themekit.source.codes import DUPLICATE_ITEM, INVALID_TEXT
from themekit.source.policy_codes import INVALID_HEADER, INVALID_KEY, UNKNOWN_NAME, UNSAFE_POLICY
from themekit.source.policy_values import distinct, header, https_url, secret, sentence, word
from themekit.source.public_keys import private_members, public_key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from themekit.model.policy import LimitedBy, Period, PublicKey, Secret
    from themekit.source.node import Item, Node

_TAKEN = frozenset(
    [
        "accept",
        "authorization",
        "content-type",
        "cookie",
        "forwarded",
        "origin",
        "set-cookie",
        "x-forwarded-for",
        "x-forwarded-host",
        "x-forwarded-proto",
    ]
)
"""Headers that mean something else already."""
_NO_CLAIMS = 'leave `claims` out, or write `"claims": null` where a base file has them'


def named_nodes(node: Node) -> Iterator[tuple[str, Node]]:
    """The members of an object of objects."""
    return ((name, node.node(name)) for name, value in node.members.items() if isinstance(value, dict))


def refuse_private_keys(root: Node) -> None:
    """Report members that only private keys have, and take them out before anything else looks at them."""
    for _, token in named_nodes(root.node("tokens")):
        for key in token.nodes("keys"):
            jwk = key.node("jwk")
            for name in private_members(jwk):
                message = f"this key is private or symmetric: it has the member `{name}`"
                hint = "treat it as known to others, and write a public one"
                jwk.reporter(INVALID_KEY, jwk.sources.origin(jwk.pointer), message, hint=hint)
                del jwk.members[name]


def tokens(root: Node) -> tuple[TokenIssuer, ...]:
    """The issuers; those with a mistake are left out."""
    found = (_token(name, node) for name, node in named_nodes(root.node("tokens")))
    return tuple(token for token in found if token is not None)


def _token(name: str, node: Node) -> TokenIssuer | None:
    issuer = word(node.item("issuer"))
    audiences = distinct(node, "audiences", read=word)
    origin = node.sources.origin(node.pointer, "key")
    if node.has("audiences") and not node.items("audiences"):
        message = f"the tokens `{name}` are good for any audience: `audiences` is empty"
        node.reporter(UNSAFE_POLICY, node.sources.origin(f"{node.pointer}/audiences"), message)
    if node.has("jwks") == node.has("keys"):
        said = "both `jwks` and `keys`" if node.has("jwks") else "neither `jwks` nor `keys`"
        node.reporter(INVALID_KEY, origin, f"the tokens `{name}` have {said}; one of them says how they are checked")
        return None
    jwks = https_url(node.item("jwks"))
    keys = tuple(key for key in map(public_key, node.nodes("keys")) if key is not None)
    _check_ids(node, keys)
    if not node.has("jwks") and not node.items("keys"):
        node.reporter(INVALID_KEY, node.sources.origin(f"{node.pointer}/keys"), "there is no key in the list")
    if issuer is None or not audiences or (jwks is None and not keys):
        return None
    return TokenIssuer(
        name=name,
        issuer=issuer,
        audiences=audiences,
        origin=origin,
        jwks_url=jwks,
        keys=keys,
        clock_skew_s=int(node.number("clockSkewS", 30)),
        consumer_claim=word(node.item("consumerClaim")) or "sub",
        scope_claim=word(node.item("scopeClaim")) or "scope",
        is_forwarded=node.members.get("forward") is True,
    )


def _check_ids(node: Node, keys: tuple[PublicKey, ...]) -> None:
    ids = [key.id for key in keys]
    for name in dict.fromkeys(name for name in ids if ids.count(name) > 1):
        place = node.sources.origin(f"{node.pointer}/keys")
        node.reporter(DUPLICATE_ITEM, place, f"two keys have the id {quoted(name)}")


def api_keys(root: Node) -> tuple[ApiKeys, ...]:
    """The kinds of API keys; those with a mistake are left out."""
    found: list[ApiKeys] = []
    for name, node in named_nodes(root.node("apiKeys")):
        item = node.item("header")
        shown = None if item is None else header(item)
        if item is not None and shown in _TAKEN:
            item.report(INVALID_HEADER, f"the header {quoted(shown)} means something else; keys need one of their own")
            shown = None
        consumers = node.node("consumers")
        keys = [(consumer, secret(consumers.item(consumer))) for consumer in consumers.members]
        given = tuple((consumer, key) for consumer, key in keys if key is not None)
        _check_shared(consumers, given)
        if shown is not None and given:
            found.append(ApiKeys(name, shown, given, node.sources.origin(node.pointer, "key")))
    return tuple(found)


def _check_shared(consumers: Node, keys: tuple[tuple[str, Secret], ...]) -> None:
    """Two consumers with one key would be one consumer."""
    first: dict[Secret, str] = {}
    for consumer, key in keys:
        item = consumers.item(consumer)
        if key in first and item is not None:
            notes = [Note(f"the key of `{first[key]}`", consumers.sources.origin(f"{consumers.pointer}/{first[key]}"))]
            item.report(DUPLICATE_ITEM, f"two consumers have one key: `{first[key]}` and `{consumer}`", notes=notes)
        first.setdefault(key, consumer)


def certificates(root: Node) -> tuple[Certificates, ...]:
    """The kinds of client certificates; those with a mistake are left out."""
    found: list[Certificates] = []
    for name, node in named_nodes(root.node("certificates")):
        authority, names = secret(node.item("authority")), distinct(node, "names", read=word)
        if node.has("names") and not node.items("names"):
            place = node.sources.origin(f"{node.pointer}/names")
            node.reporter(UNSAFE_POLICY, place, f"any certificate of the authority would do for `{name}`: name whose")
        if authority is not None and names:
            found.append(Certificates(name, authority, names, node.sources.origin(node.pointer, "key")))
    return tuple(found)


def limits(root: Node) -> tuple[Limit, ...]:
    """Rate limits and quotas; those with a mistake are left out."""
    return tuple(_limit(name, node) for name, node in named_nodes(root.node("rates")) if node.has("by"))


def _limit(name: str, node: Node) -> Limit:
    tiers = node.node("tiers")
    by = cast("LimitedBy", node.choice("by", "consumer"))
    if node.has("tiers") and by != "consumer":
        place = node.sources.origin(tiers.pointer, "key")
        node.reporter(UNSAFE_POLICY, place, f"the tiers of `{name}` are of consumers, but it counts by {by}")
    return Limit(
        name=name,
        by=by,
        rate=_rate(node),
        origin=node.sources.origin(node.pointer, "key"),
        tier_claim=word(tiers.item("claim")) or "",
        tiers=tuple((tier, _rate(each)) for tier, each in named_nodes(tiers.node("rates"))),
        keys=int(node.number("keys", 10_000)),
    )


def _rate(node: Node) -> Rate:
    requests = int(node.number("requests", 1))
    return Rate(requests, cast("Period", node.choice("period", "second")), int(node.number("burst", requests)))


def known_names(node: Node, key: str, *, known: Collection[str], what: str) -> tuple[str, ...]:
    """The names of a list that are defined; others are reported."""

    def read(item: Item) -> str | None:
        name = item.text() or ""
        if name in known:
            return name
        hint = item.names_hint(name, known, label=f"the {what}")
        item.report(UNKNOWN_NAME, f"{item.name}: no {what} are named {quoted(name)}", hint=hint)
        return None

    return distinct(node, key, read=read)


def access(route: Node, root: Node) -> Access | None:
    """The access that a route gives; None if it says nothing of it, or if that was reported."""
    if not route.has("access"):
        return None
    node = route.node("access")
    place = node.sources.origin(node.pointer)
    guards = [name for name in ("tokens", "apiKeys", "certificates") if node.items(name)]
    if node.has("public"):
        others = [name for name in node.members if name != "public"]
        reason = sentence(node.item("public"))
        if others:
            message = f"the access is `public` and has `{others[0]}`, too: it must be one of them"
            node.reporter(UNSAFE_POLICY, place, message, hint='write `"public": null` where a base file opens it')
            return None
        return None if reason is None else Public(reason)
    if not guards:
        hint = "name `tokens`, `apiKeys` or `certificates`, or write `public` with the reason"
        node.reporter(UNSAFE_POLICY, place, "the access asks for nothing", hint=hint)
        return None
    found = Guarded(
        tokens=known_names(node, "tokens", known=root.node("tokens").members, what="tokens"),
        scopes=_scopes(node),
        claims=_claims(node),
        api_keys=known_names(node, "apiKeys", known=root.node("apiKeys").members, what="apiKeys"),
        certificates=known_names(node, "certificates", known=root.node("certificates").members, what="certificates"),
    )
    if (node.has("scopes") or node.has("claims")) and "tokens" not in guards:
        node.reporter(UNSAFE_POLICY, place, "scopes and claims are read from tokens, but no `tokens` are asked for")
        return None
    known = (found.tokens, found.api_keys, found.certificates)
    return found if sum(map(len, known)) == sum(len(node.items(name)) for name in guards) else None


def _scopes(node: Node) -> tuple[tuple[str, ...], ...]:
    found: list[tuple[str, ...]] = []
    listed = node.item("scopes")
    if listed is not None and not node.items("scopes") and not _is_told_below(listed):
        place = listed.origin()
        node.reporter(UNSAFE_POLICY, place, "no scope is asked for: the list is empty", hint="leave `scopes` out")
    for group in node.items("scopes"):
        values = group.value if isinstance(group.value, list) else []
        scopes = [word(group.at(index, value)) for index, value in enumerate(values)]
        if not scopes and not _is_told_below(group):
            group.report(UNSAFE_POLICY, f"{group.name} is empty, so every token has it", hint="remove the empty set")
        if scopes and None not in scopes:
            found.append(tuple(dict.fromkeys(scope for scope in scopes if scope is not None)))
    return tuple(dict.fromkeys(found))


def _is_told_below(node: Node | Item) -> bool:
    """Something in this object or list was refused, so that it is not empty for want of members."""
    places = (each.place for each in node.reporter.found)
    return any(isinstance(place, Origin) and place.pointer.startswith(f"{node.pointer}/") for place in places)


def _claims(node: Node) -> tuple[tuple[str, tuple[str, ...]], ...]:
    claims = node.node("claims")
    found: list[tuple[str, tuple[str, ...]]] = []
    if node.has("claims") and not claims.members and not _is_told_below(claims):
        node.reporter(UNSAFE_POLICY, claims.sources.origin(claims.pointer), "no claim is asked for", hint=_NO_CLAIMS)
    for name in claims.members:
        item = claims.item(name)
        assert item is not None  # noqa: S101 - it is a member
        if not name.strip() or not name.isprintable():
            item.report(INVALID_TEXT, f"{quoted(name)} is not the name of a claim", part="key")
            continue
        values = distinct(claims, name, read=word)
        if not claims.items(name):
            if not _is_told_below(item):
                item.report(UNSAFE_POLICY, f"the claim {quoted(name)} may have any value: the list is empty")
        elif values:
            found.append((name, values))
    return tuple(found)
