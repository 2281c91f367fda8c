"""A public key as PEM, as Kong wants it: SubjectPublicKeyInfo in DER, in base64.

Source: RFC 5280 section 4.1, RFC 3279 section 2.3, RFC 5480 section 2, RFC 8410 section 4, RFC 7468 section 13.
"""

from __future__ import annotations

import base64
import textwrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from themekit.model.policy import PublicKey

_INTEGER, _BITS, _NULL, _OID, _SEQUENCE = 0x02, 0x03, 0x05, 0x06, 0x30
_RSA = bytes.fromhex("2a864886f70d010101")
_EC = bytes.fromhex("2a8648ce3d0201")
_ED25519 = bytes.fromhex("2b6570")
_CURVES = {
    "P-256": (bytes.fromhex("2a8648ce3d030107"), 32),
    "P-384": (bytes.fromhex("2b81040022"), 48),
    "P-521": (bytes.fromhex("2b81040023"), 66),
}


def pem(key: PublicKey) -> str:
    """The key between the lines `PUBLIC KEY`."""
    encoded = base64.b64encode(_der(dict(key.members))).decode()
    return "\n".join(["-----BEGIN PUBLIC KEY-----", *textwrap.wrap(encoded, 64), "-----END PUBLIC KEY-----", ""])


def _der(members: dict[str, str]) -> bytes:
    if members["kty"] == "RSA":
        numbers = b"".join(_integer(_decoded(members[name])) for name in ("n", "e"))
        return _info(_tlv(_OID, _RSA) + _tlv(_NULL, b""), _tlv(_SEQUENCE, numbers))
    if members["kty"] == "EC":
        curve, size = _CURVES[members["crv"]]
        point = b"\x04" + b"".join(_decoded(members[name]).rjust(size, b"\0") for name in ("x", "y"))
        return _info(_tlv(_OID, _EC) + _tlv(_OID, curve), point)
    return _info(_tlv(_OID, _ED25519), _decoded(members["x"]))


def _info(algorithm: bytes, key: bytes) -> bytes:
    return _tlv(_SEQUENCE, _tlv(_SEQUENCE, algorithm) + _tlv(_BITS, b"\0" + key))


def _integer(content: bytes) -> bytes:
    """Without zeros in front, but for the one that keeps it positive."""
    plain = content.lstrip(b"\0")
    return _tlv(_INTEGER, plain if plain[:1] < b"\x80" and plain else b"\0" + plain)


def _tlv(kind: int, content: bytes) -> bytes:
    size = len(content)
    if size < 0x80:
        return bytes((kind, size)) + content
    length = size.to_bytes((size.bit_length() + 7) // 8)
    return bytes((kind, 0x80 | len(length))) + length + content


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
