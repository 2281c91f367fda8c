"""The suite of attacks on a policy: against an Envoy on this machine, or against a gateway that is deployed."""

from __future__ import annotations

import ssl
import time
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from themekit.gateway.attacks import Need, Scene, attacks_on
from themekit.gateway.attacks.judging import Judge
from themekit.gateway.envoy import GATEWAY
from themekit.gateway.requests import Token
from themekit.trial.attacking import Attacker
from themekit.trial.envoy import running_envoy
from themekit.trial.envoy_files import on_loopback, sandbox_upstream
from themekit.trial.keys import UnusableKey, fresh_keys, read_claims, read_key, with_keys
from themekit.trial.serving import Remembering, serving
from themekit.trial.signing import GivenToken, KeySigner, NoSigner
from themekit.trial.wire import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from themekit.gateway.attacks import Attack
    from themekit.gateway.requests import ClaimValue
    from themekit.model.gateway import Gateway
    from themekit.model.policy import Addresses, Policy, TokenIssuer
    from themekit.trial.attacking import Outcome
    from themekit.trial.keys import IssuerKey
    from themekit.trial.signing import Signer

OUTSIDE = "from outside the gateway takes the caller's own address"
TOLD = 100
NO_LIMITS = "bursts are sent with --with-limits only"


@dataclass(frozen=True, slots=True)
class Suite:
    """Attacks, who carries them out, and what is to be said of the gateway that they are carried out on."""

    attacks: tuple[Attack, ...]
    attacker: Attacker
    notes: tuple[str, ...] = ()

    def run(self, tell: Callable[[str], None] = lambda _: None) -> Iterator[Outcome]:
        """The outcomes, one after another; `tell` hears of each hundred."""
        for number, outcome in enumerate(self.attacker.run(self.attacks), 1):
            if number % TOLD == 0:
                tell(f"{number} of {len(self.attacks)} attacks")
            yield outcome


@dataclass(frozen=True, slots=True)
class Deployed:
    """A gateway that is deployed: its URL, and what the caller has: a key of an issuer, or one token."""

    url: str
    key: IssuerKey | None = None
    issuer: str = ""
    token: str = ""
    has_limits: bool = False


@contextmanager
def embedded_suite(
    policy: Policy,
    *,
    keys: Mapping[str, tuple[IssuerKey, ...]] | None = None,
    rewrite: Callable[[str, bytes], bytes] | None = None,
) -> Iterator[Suite]:
    """The suite on an Envoy with the policy's files, test keys, and an API behind it that remembers what it got."""
    keys = fresh_keys(policy) if keys is None else keys
    names = (*policy.response_removed, *(change.name for change in policy.response_set))
    api = Remembering(names)
    with serving(api) as port:
        local = on_loopback(policy, sandbox_upstream(policy, port), port=0, keys=keys)
        with running_envoy(local.policy, rewrite=rewrite) as envoy:
            attacks = attacks_on(Scene(local.policy, time.time()))
            attacker = Attacker(envoy.place, Judge(local.policy, (GATEWAY,)), KeySigner(keys), api)
            yield Suite(attacks, attacker, local.notes)


def deployed_suite(policy: Policy, gateways: tuple[Gateway, ...], *, deployed: Deployed) -> Suite:
    """The attacks on a deployed gateway that are possible from outside; the others are skipped, with the reason.

    Raises UnusableKey for a token that is none.
    """
    signer, given = _signer(deployed)
    if deployed.key is not None:
        policy = with_keys(policy, {deployed.issuer: (deployed.key,)})
    policy = replace(policy, addresses=_seen_from_outside(policy.addresses))
    now_s = time.time()
    scene = Scene(policy, now_s, run=f"themekit-{int(now_s)}", given=given, is_outside=True)
    lacks = {Need.ADDRESS: OUTSIDE, **({} if deployed.has_limits else {Need.LIMITS: NO_LIMITS})}
    judge = Judge(policy, gateways, has_others=True)
    return Suite(attacks_on(scene), Attacker(place_of(deployed.url), judge, signer, lacks=lacks))


def place_of(url: str) -> Place:
    """Where the URL of a gateway leads. Raises ValueError for what is no URL of one."""
    parts = urlsplit(url)
    if "@" in parts.netloc:
        raise ValueError("the address has a user name: it is not shown, as a password may stand there; leave it out")
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path not in {"", "/"}:
        raise ValueError(f"`{url}` is no address of a gateway; write https://host or http://host:port")
    is_tls = parts.scheme == "https"
    context = ssl.create_default_context() if is_tls else None
    return Place(parts.hostname, parts.port or (443 if is_tls else 80), context, parts.hostname)


def key_of(policy: Policy, pem: bytes, *, issuer: str = "", key_id: str = "") -> tuple[str, IssuerKey]:
    """The key of an issuer of the policy, and the issuer's name. Raises UnusableKey."""
    found = _issuer_named(policy, issuer)
    return found.name, read_key(pem, found, key_id=key_id)


def _issuer_named(policy: Policy, name: str) -> TokenIssuer:
    names = ", ".join(f"`{each.name}`" for each in policy.tokens) or "none"
    if not name and len(policy.tokens) != 1:
        raise UnusableKey(f"say with --issuer whose key it is; the policy's issuers: {names}")
    found = next((each for each in policy.tokens if each.name == name or not name), None)
    if found is None:
        raise UnusableKey(f"the policy has no issuer `{name}`; its issuers: {names}")
    return found


def _signer(deployed: Deployed) -> tuple[Signer, Token | None]:
    if deployed.token:
        token = _token(deployed.token)
        return GivenToken(token, deployed.token), token
    if deployed.key is not None:
        return KeySigner({deployed.issuer: (deployed.key,)}), None
    return NoSigner(), None


def _token(text: str) -> Token:
    header, claims = read_claims(text)
    said: list[tuple[str, ClaimValue]] = []
    for name, value in claims.items():
        if isinstance(value, list):
            said.append((name, tuple(str(each) for each in value)))
        elif isinstance(value, str | int | float):
            said.append((name, value))
    return Token(tuple(said), str(header.get("kid", "")), str(header.get("alg", "")))


def _seen_from_outside(addresses: Addresses) -> Addresses:
    """Whoever calls is taken to be allowed: of other addresses nothing can be said."""
    return replace(addresses, trusted_hops=0, allow=(), deny=())
