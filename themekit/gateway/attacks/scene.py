"""What all attacks on a policy are made of: paths that fit operations, good tokens, addresses not used before."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from ipaddress import ip_address, ip_network
from itertools import count
from typing import TYPE_CHECKING

from themekit.gateway.attacks.attack import Shot
from themekit.gateway.meaning import is_allowed_address
from themekit.gateway.requests import Request, Token, matching
from themekit.model.policy import Guarded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.gateway.requests import ClaimValue
    from themekit.model.policy import OperationPolicy, Policy, TokenIssuer

LIFETIME_S = 3600
OWN_NETWORK = "198.18.0.0/15"
"""For tests of networks, so nobody's. Source: RFC 2544."""
OWN_NETWORK_6 = "2001:db8::/32"
PROXY = "10.255.255.254"
LOOPBACK = "127.0.0.1"

_EXPRESSION = re.compile(r"\{[^{}]*\}")
_VALUES = ("x1", "1", "x-1", "zz9")


@dataclass(slots=True)
class Scene:
    """A policy under attack. Each token is another consumer's, and each request comes from another address.

    `run` keeps the consumers of two runs apart. With `given` there is one token, and no other can be signed.
    `is_outside`: the gateway takes the attacker's own address, which is a good one, whatever he writes.
    """

    policy: Policy
    now_s: float
    run: str = "t"
    given: Token | None = None
    is_outside: bool = False
    _consumers: Iterator[int] = field(default_factory=lambda: count(1))
    _addresses: Iterator[str] = field(default_factory=lambda: iter(()))
    _paths: dict[str, str | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Choose where addresses come from."""
        self._addresses = self._found_addresses()

    @property
    def can_tell_address(self) -> bool:
        """A trusted proxy tells the client's address, and we can stand in its place."""
        return self.policy.addresses.trusted_hops > 0 and not self.is_outside

    def address(self) -> str:
        """An allowed address that was not used before."""
        return next(self._addresses)

    def consumer(self) -> str:
        """A consumer that was not used before."""
        return f"{self.run}-{next(self._consumers)}"

    def issuers(self, operation: OperationPolicy) -> list[TokenIssuer]:
        """Whose tokens the operation takes, in the policy's order."""
        access = operation.access
        names = access.tokens if isinstance(access, Guarded) else ()
        return [issuer for issuer in self.policy.tokens if issuer.name in names]

    def path(self, operation: OperationPolicy) -> str | None:
        """A path that is the operation's and no other's; None if another one always fits better."""
        if operation.path not in self._paths:
            self._paths[operation.path] = self._found_path(operation)
        return self._paths[operation.path]

    def _found_path(self, operation: OperationPolicy) -> str | None:
        for value in _VALUES:
            found = self.policy.listen.base_path + _EXPRESSION.sub(value, operation.path)
            if any(each.path == operation.path for each in matching(self.policy, found)):
                return found
        return None

    def token(self, operation: OperationPolicy, issuer: TokenIssuer, /, **changes: ClaimValue | None) -> Token:
        """A token that may call the operation, but for what is changed; None takes a claim out."""
        if self.given is not None and not changes:
            return self.given
        said: dict[str, ClaimValue | None] = {
            change.claim: f"said-{change.claim}" for change in self.policy.request_set if change.claim
        }
        access = operation.access
        if isinstance(access, Guarded):
            said |= {name: values[0] for name, values in access.claims}
            if access.scopes:
                said[issuer.scope_claim] = " ".join(access.scopes[0])
        said |= {
            "iss": issuer.issuer,
            "aud": issuer.audiences[0],
            "exp": int(self.now_s) + LIFETIME_S,
            issuer.consumer_claim: self.consumer(),
        }
        said |= changes
        key, algorithm = (issuer.keys[0].id, issuer.keys[0].algorithm) if issuer.keys else ("", "RS256")
        return Token(tuple((name, value) for name, value in said.items() if value is not None), key, algorithm)

    def good(self, operation: OperationPolicy) -> Token | None:
        """A token that may call the operation; None if it takes none."""
        issuers = self.issuers(operation)
        return self.token(operation, issuers[0]) if issuers else None

    def request(
        self,
        operation: OperationPolicy,
        token: Token | None,
        /,
        *,
        target: str | None = None,
        headers: tuple[tuple[str, str], ...] = (),
        address: str | None = None,
    ) -> Request:
        """A request for the operation; `target` and `address` in place of good ones."""
        chosen = address or self.address()
        host = self.policy.listen.hosts[0]
        path = target or self.path(operation) or operation.path
        if not self.can_tell_address:
            return Request(operation.method, path, host, chosen, headers, token=token)
        told = ", ".join([chosen, *[PROXY] * (self.policy.addresses.trusted_hops - 1)])
        return Request(operation.method, path, host, LOOPBACK, (("x-forwarded-for", told), *headers), token=token)

    def shot(self, request: Request, issuer: TokenIssuer | None = None) -> Shot:
        """A shot signed by the issuer, by default the one that the token names."""
        if issuer is None and request.token is not None:
            said = request.token.claim("iss")
            issuer = next((each for each in self.policy.tokens if each.issuer == said), None)
        return Shot(request, issuer.name if issuer else "")

    def good_shot(self, operation: OperationPolicy) -> Shot:
        """What may pass."""
        return self.shot(self.request(operation, self.good(operation)))

    def _found_addresses(self) -> Iterator[str]:
        if self.is_outside:
            own = next(self._allowed(), LOOPBACK)
            while True:
                yield own
        if not self.policy.addresses.trusted_hops:
            while True:
                for number in range(2, 2**16):
                    yield str(ip_address(LOOPBACK) + number)
        while True:
            yield from self._allowed()

    def _allowed(self) -> Iterator[str]:
        addresses = self.policy.addresses
        for text in addresses.allow or (OWN_NETWORK, "10.0.0.0/8", OWN_NETWORK_6):
            network = ip_network(text)
            for number in range(min(network.num_addresses, 2**17)):
                address = str(network.network_address + number)
                if is_allowed_address(self.policy, address):
                    yield address


def changed(shot: Shot, /, **changes: object) -> Shot:
    """The shot with other members of its request."""
    return replace(shot, request=replace(shot.request, **changes))  # type: ignore[arg-type] # its own members


def distinct(operations: tuple[OperationPolicy, ...]) -> list[OperationPolicy]:
    """The first operation of each kind of access."""
    first: dict[object, OperationPolicy] = {}
    for operation in operations:
        first.setdefault(operation.access, operation)
    return list(first.values())
