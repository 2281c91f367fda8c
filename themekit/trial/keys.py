"""Keys that sign tokens in an issuer's place: fresh ones for a gateway on this machine, or one that the caller has.

Source: RFC 7515, RFC 7518 sections 3 and 6, RFC 8037.
"""

from __future__ import annotations

import base64
import hmac
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa, utils

from themekit.model.policy import PublicKey

if TYPE_CHECKING:
    from collections.abc import Mapping

    from themekit.gateway.requests import ClaimValue, Token
    from themekit.model.policy import Policy, TokenIssuer

Private = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey

DEFAULT_ID = "themekit-test-key"
RSA_BITS = 2048
_HASHES: dict[str, hashes.HashAlgorithm] = {"256": hashes.SHA256(), "384": hashes.SHA384(), "512": hashes.SHA512()}
_CURVES: dict[str, tuple[ec.EllipticCurve, str, int]] = {
    "ES256": (ec.SECP256R1(), "P-256", 32),
    "ES384": (ec.SECP384R1(), "P-384", 48),
    "ES512": (ec.SECP521R1(), "P-521", 66),
}


class UnusableKey(ValueError):  # noqa: N818 - the state of what was given
    """A key that cannot sign tokens; the message says why."""


@dataclass(frozen=True, slots=True)
class IssuerKey:
    """A private key with the id and the algorithm that its tokens name."""

    id: str
    algorithm: str
    private: Private

    @property
    def public(self) -> PublicKey:
        """What the gateway is to know."""
        return PublicKey(self.id, self.algorithm, tuple(_members(self.private, self.algorithm).items()))

    @property
    def public_pem(self) -> bytes:
        """The text that some servers take for a shared secret."""
        return self.private.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )


def fresh_key(algorithm: str, key_id: str = DEFAULT_ID) -> IssuerKey:
    """A new key for an algorithm."""
    if algorithm in _CURVES:
        return IssuerKey(key_id, algorithm, ec.generate_private_key(_CURVES[algorithm][0]))
    if algorithm == "EdDSA":
        return IssuerKey(key_id, algorithm, ed25519.Ed25519PrivateKey.generate())
    return IssuerKey(key_id, algorithm, rsa.generate_private_key(65537, RSA_BITS))


def fresh_keys(policy: Policy) -> dict[str, tuple[IssuerKey, ...]]:
    """For each issuer as many keys as the policy has, of the same ids and algorithms; one if it has a URL."""
    return {
        issuer.name: tuple(fresh_key(key.algorithm, key.id) for key in issuer.keys) or (fresh_key("RS256"),)
        for issuer in policy.tokens
    }


def read_key(pem: bytes, issuer: TokenIssuer, *, key_id: str = "") -> IssuerKey:
    """The private key of an issuer, with the id that the policy has for it, or `key_id`. Raises UnusableKey."""
    try:
        private = serialization.load_pem_private_key(pem, None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise UnusableKey("this is no private key in PEM form without a password") from error
    if isinstance(private, rsa.RSAPrivateKey):
        algorithm = "RS256"
    elif isinstance(private, ec.EllipticCurvePrivateKey):
        name = private.curve.name
        algorithm = next((each for each, (curve, _, _) in _CURVES.items() if curve.name == name), "")
    else:
        algorithm = "EdDSA" if isinstance(private, ed25519.Ed25519PrivateKey) else ""
    if not algorithm or not isinstance(private, Private):
        raise UnusableKey("this kind of key signs no tokens; take RSA, P-256, P-384, P-521 or Ed25519")
    members = tuple(_members(private, algorithm).items())
    for known in issuer.keys:
        if set(known.members) == set(members):
            return IssuerKey(key_id or known.id, known.algorithm, private)
    if issuer.keys and not key_id:
        raise UnusableKey(f"the policy has no key of the issuer `{issuer.name}` that is this one")
    return IssuerKey(key_id or DEFAULT_ID, algorithm, private)


def with_keys(policy: Policy, keys: Mapping[str, tuple[IssuerKey, ...]]) -> Policy:
    """The policy with these keys in the place of its issuers' own."""
    issuers = tuple(
        replace(issuer, jwks_url=None, keys=tuple(key.public for key in keys[issuer.name]))
        if issuer.name in keys
        else issuer
        for issuer in policy.tokens
    )
    return replace(policy, tokens=issuers)


def signed(token: Token, key: IssuerKey, *, stranger: IssuerKey | None = None) -> str:
    """The text of a token; by the stranger's key if it is not genuine. `none` and `HS256` are made as attackers do."""
    header = {"alg": token.algorithm, "typ": "JWT", **({"kid": token.key} if token.key else {})}
    message = f"{_encoded(_json(header))}.{_encoded(_json(_claims(token)))}"
    if token.algorithm == "none":
        return f"{message}."
    if token.algorithm == "HS256":
        return f"{message}.{_encoded(hmac.digest(key.public_pem, message.encode(), 'sha256'))}"
    by = key if token.is_genuine or stranger is None else stranger
    return f"{message}.{_encoded(_signature(by.private, token.algorithm, message.encode()))}"


def tampered(text: str) -> str:
    """The token with another expiry and the old signature."""
    head, payload, signature = text.split(".")
    claims = json.loads(_decoded(payload))
    claims["exp"] = int(claims.get("exp", 0)) + 1
    return f"{head}.{_encoded(_json(claims))}.{signature}"


def read_claims(text: str) -> tuple[dict[str, object], dict[str, object]]:
    """Header and claims of a token's text, unverified. Raises UnusableKey."""
    try:
        header, payload = (json.loads(_decoded(part)) for part in text.split(".")[:2])
    except ValueError as error:
        raise UnusableKey("this is no token (JWT)") from error
    if not isinstance(header, dict) or not isinstance(payload, dict):
        raise UnusableKey("this is no token (JWT)")
    return header, payload


def _claims(token: Token) -> dict[str, ClaimValue | list[str]]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in token.claims}


def _signature(private: Private, algorithm: str, message: bytes) -> bytes:
    if isinstance(private, ed25519.Ed25519PrivateKey):
        return private.sign(message)
    digest = _HASHES[algorithm[2:]]
    if isinstance(private, ec.EllipticCurvePrivateKey):
        length = _CURVES[algorithm][2]
        r, s = utils.decode_dss_signature(private.sign(message, ec.ECDSA(digest)))
        return r.to_bytes(length) + s.to_bytes(length)
    if algorithm.startswith("PS"):
        return private.sign(message, padding.PSS(padding.MGF1(digest), padding.PSS.DIGEST_LENGTH), digest)
    return private.sign(message, padding.PKCS1v15(), digest)


def _members(private: Private, algorithm: str) -> dict[str, str]:
    """The public members of the JWK."""
    if isinstance(private, rsa.RSAPrivateKey):
        numbers = private.public_key().public_numbers()
        return {"kty": "RSA", "n": _encoded(_bytes(numbers.n)), "e": _encoded(_bytes(numbers.e))}
    if isinstance(private, ec.EllipticCurvePrivateKey):
        point = private.public_key().public_numbers()
        _, curve, length = _CURVES[algorithm]
        x, y = _encoded(point.x.to_bytes(length)), _encoded(point.y.to_bytes(length))
        return {"kty": "EC", "crv": curve, "x": x, "y": y}
    return {"kty": "OKP", "crv": "Ed25519", "x": _encoded(private.public_key().public_bytes_raw())}


def _bytes(number: int) -> bytes:
    return number.to_bytes((number.bit_length() + 7) // 8)


def _json(value: Mapping[str, object]) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
