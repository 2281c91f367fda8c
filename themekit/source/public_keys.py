"""Public keys that check tokens, from a JWK or from PEM. Private and symmetric keys are refused, and never repeated.

Source: RFC 7517 and RFC 7518 for the JWK, RFC 5280 section 4.1 and RFC 8410 for the key inside a PEM text.
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import TYPE_CHECKING

from themekit.diagnostics.printable import quoted
from themekit.model.policy import PublicKey
from themekit.source.curve_points import is_point
from themekit.source.policy_codes import INVALID_KEY

if TYPE_CHECKING:
    from themekit.source.node import Node

LEAST_RSA_BITS = 2048  # NIST SP 800-131A, revision 2
CURVES = {"ES256": ("P-256", 32), "ES384": ("P-384", 48), "ES512": ("P-521", 66), "EdDSA": ("Ed25519", 32)}
RSA = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512")
ALGORITHMS = (*RSA, *CURVES)

_PEM = re.compile(r"\s*-----BEGIN PUBLIC KEY-----\s+([A-Za-z0-9+/=\s]+?)-----END PUBLIC KEY-----\s*")
_BASE64URL = re.compile(r"[A-Za-z0-9_-]+")
_PRIVATE = ("d", "p", "q", "dp", "dq", "qi", "k")
_OID_RSA = bytes.fromhex("2a864886f70d010101")
_OID_EC = bytes.fromhex("2a8648ce3d0201")
_OID_ED25519 = bytes.fromhex("2b6570")
_OIDS = {
    bytes.fromhex("2a8648ce3d030107"): "P-256",
    bytes.fromhex("2b81040022"): "P-384",
    bytes.fromhex("2b81040023"): "P-521",
}
_SEQUENCE, _INTEGER, _BITS, _OID = 0x30, 0x02, 0x03, 0x06


class _KeyError(ValueError):
    """What is wrong with a key, in words that follow its name."""


def public_key(node: Node) -> PublicKey | None:
    """One key of a list; None if it was reported."""
    jwk, pem = node.node("jwk"), node.item("pem")
    try:
        if node.has("jwk") == node.has("pem"):
            raise _KeyError("needs either `jwk` or `pem`")  # noqa: TRY301 - all faults are told in one place
        if pem is None:
            given = {key: value for key, value in jwk.members.items() if isinstance(value, str)}
            identity, algorithm = given.get("kid", ""), given.get("alg", "")
            members = {key: value for key, value in given.items() if key not in {"kid", "alg", "use"}}
            if given.get("use", "sig") != "sig":
                raise _KeyError("is not for signatures: its `use` is not `sig`")  # noqa: TRY301
        else:
            identity, algorithm = node.choice("id", ""), node.choice("algorithm", "")
            members = _of_pem(str(pem.value))
        return _checked(identity, algorithm, members)
    except _KeyError as fault:
        node.reporter(INVALID_KEY, node.sources.origin(node.pointer), f"this key {fault}")
        return None


def private_members(node: Node) -> tuple[str, ...]:
    """The names of members that a JWK has only if it is private or symmetric."""
    return tuple(name for name in _PRIVATE if name in node.members)


def _checked(identity: str, algorithm: str, members: dict[str, str]) -> PublicKey:
    if not re.fullmatch(r"[\x21-\x7e]{1,120}", identity):
        raise _KeyError("needs an id (`kid`): tokens name the key that signed them")
    if algorithm not in ALGORITHMS:
        allowed = ", ".join(f"`{each}`" for each in ALGORITHMS)
        said = quoted(algorithm) if algorithm else "none"
        raise _KeyError(f"needs an algorithm (`alg`) of {allowed}; found {said}")
    names = ("kty", "n", "e") if algorithm in RSA else ("kty", "crv", "x", "y")
    if algorithm == "EdDSA":
        names = ("kty", "crv", "x")
    kind = "RSA" if algorithm in RSA else "OKP" if algorithm == "EdDSA" else "EC"
    if members.get("kty") != kind:
        raise _KeyError(f"is not of the kind (`kty`) that `{algorithm}` needs, which is `{kind}`")
    if set(members) != set(names):
        raise _KeyError(f"must have exactly the members {', '.join(f'`{name}`' for name in names)}")
    if kind == "RSA":
        _check_rsa(members)
    else:
        curve, size = CURVES[algorithm]
        points = [_decoded(members[name], name) for name in names[2:]]
        if members["crv"] != curve or any(len(each) != size for each in points) or not is_point(curve, points):
            raise _KeyError(f"is not a point of the curve `{curve}`, which `{algorithm}` needs")
    return PublicKey(identity, algorithm, tuple((name, members[name]) for name in names))


def _check_rsa(members: dict[str, str]) -> None:
    modulus = int.from_bytes(_decoded(members["n"], "n"))
    bits = modulus.bit_length()
    if bits < LEAST_RSA_BITS:
        raise _KeyError(f"has {bits} bits; at least {LEAST_RSA_BITS} are safe")
    if modulus % 2 == 0:
        raise _KeyError("has an even `n`, which is no product of two large primes")
    if int.from_bytes(_decoded(members["e"], "e")) not in {3, 17, 65537}:
        raise _KeyError("has an unusual exponent")


def _decoded(text: str, name: str) -> bytes:
    if not _BASE64URL.fullmatch(text):
        raise _KeyError(f"has a `{name}` that is not base64url")
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error as error:
        raise _KeyError(f"has a `{name}` that is not base64url") from error


def _of_pem(text: str) -> dict[str, str]:
    if "PRIVATE" in text:
        raise _KeyError("is private: take it out, treat it as known to others, and write the public one")
    match = _PEM.fullmatch(text)
    if match is None:
        raise _KeyError("is not a PEM text of a public key (`-----BEGIN PUBLIC KEY-----`)")
    try:
        data = base64.b64decode("".join(match[1].split()), validate=True)
        whole, rest = _element(data, _SEQUENCE)
        header, bits = _element(whole, _SEQUENCE)
        kind, parameters = _element(header, _OID)
        key, after = _element(bits, _BITS)
    except (binascii.Error, IndexError) as error:
        raise _KeyError("has a PEM text that cannot be read") from error
    if rest or after or key[:1] != b"\0":
        raise _KeyError("has a PEM text that cannot be read")
    return _members(kind, parameters, key[1:])


def _members(kind: bytes, parameters: bytes, key: bytes) -> dict[str, str]:
    if kind == _OID_RSA:
        numbers, _ = _element(key, _SEQUENCE)
        modulus, rest = _element(numbers, _INTEGER)
        exponent, _ = _element(rest, _INTEGER)
        return {"kty": "RSA", "n": _encoded(modulus.lstrip(b"\0")), "e": _encoded(exponent.lstrip(b"\0"))}
    if kind == _OID_ED25519:
        return {"kty": "OKP", "crv": "Ed25519", "x": _encoded(key)}
    curve = _OIDS.get(_element(parameters, _OID)[0]) if kind == _OID_EC else None
    if curve is None or key[:1] != b"\x04":
        raise _KeyError("is of a kind that gateways do not know")
    half = len(key) // 2
    return {"kty": "EC", "crv": curve, "x": _encoded(key[1 : half + 1]), "y": _encoded(key[half + 1 :])}


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _element(data: bytes, tag: int) -> tuple[bytes, bytes]:
    """The content of the DER element that the data begin with, and what follows it. Source: X.690, section 8.1."""
    if len(data) < 2 or data[0] != tag:
        raise _KeyError("has a PEM text that cannot be read")
    length, start = data[1], 2
    if length & 0x80:
        count = length & 0x7F
        if not 1 <= count <= 3:
            raise _KeyError("has a PEM text that cannot be read")
        length, start = int.from_bytes(data[2 : 2 + count]), 2 + count
    if start + length > len(data):
        raise _KeyError("has a PEM text that cannot be read")
    return data[start : start + length], data[start + length :]
