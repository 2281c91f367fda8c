"""Who makes the tokens of an attack: keys in the issuers' place, one token that was given, or nobody."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from themekit.trial.keys import IssuerKey, fresh_key, signed, tampered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from themekit.gateway.attacks import Shot
    from themekit.gateway.requests import Token

MALFORMED = "no.token"
NO_KEY = "there is no key of the issuer to sign the token"
ONE_TOKEN = "the one token that was given cannot be made into this"  # noqa: S105 - says so


class Signer(Protocol):
    """Makes the text of a token, or says why it cannot."""

    def text(self, token: Token, shot: Shot) -> str:
        """The text. Raises CannotSign."""
        ...


class CannotSign(Exception):  # noqa: N818 - the state, not a fault
    """The message says why."""


@dataclass(slots=True)
class KeySigner:
    """Signs with keys of the issuers, by their names. A token is signed once: it is sent many times."""

    keys: Mapping[str, tuple[IssuerKey, ...]]
    _strangers: dict[str, IssuerKey] = field(default_factory=dict)
    _made: dict[tuple[Token, str, bool], str] = field(default_factory=dict)

    def text(self, token: Token, shot: Shot) -> str:
        """Signed by the key of the shot's issuer, or by a stranger's."""
        if not token.is_well_formed:
            return MALFORMED
        if shot.signer not in self.keys:
            raise CannotSign(NO_KEY)
        known = (token, shot.signer, shot.is_tampered)
        if known not in self._made:
            self._made[known] = self._signed(token, shot)
        return self._made[known]

    def _signed(self, token: Token, shot: Shot) -> str:
        keys = self.keys[shot.signer]
        key = next((each for each in keys if each.id == token.key), keys[0])
        if shot.is_tampered:
            return tampered(signed(token, key))
        if key.algorithm not in self._strangers:
            self._strangers[key.algorithm] = fresh_key(key.algorithm)
        return signed(token, key, stranger=self._strangers[key.algorithm])


@dataclass(frozen=True, slots=True)
class GivenToken:
    """Has one token and no key."""

    token: Token
    written: str

    def text(self, token: Token, shot: Shot) -> str:
        """The token as it is or tampered with, or one that anybody can make."""
        if not token.is_well_formed:
            return MALFORMED
        if token == self.token and not shot.is_tampered:
            return self.written
        if token.claims == self.token.claims and shot.is_tampered:
            return tampered(self.written)
        if token.algorithm == "none":
            return signed(token, fresh_key("EdDSA"))
        if token.claims == self.token.claims and not token.is_genuine and token.algorithm == self.token.algorithm:
            return signed(token, fresh_key(token.algorithm))
        raise CannotSign(ONE_TOKEN)


@dataclass(frozen=True, slots=True)
class NoSigner:
    """Has neither."""

    def text(self, token: Token, shot: Shot) -> str:  # noqa: ARG002 - nothing depends on the shot
        """Only what is no token at all."""
        if not token.is_well_formed:
            return MALFORMED
        raise CannotSign(NO_KEY)
