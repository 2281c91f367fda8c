"""Is a public key a point of its curve? One that is not makes a gateway refuse its whole configuration, or anything.

Source: FIPS 186-5 and SP 800-186 for P-256, P-384 and P-521; RFC 8032, section 5.1 for Ed25519.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_P256 = 2**256 - 2**224 + 2**192 + 2**96 - 1
_P384 = 2**384 - 2**128 - 2**96 + 2**32 - 1
_P521 = 2**521 - 1
_ED25519 = 2**255 - 19
_B = {
    "P-256": (_P256, 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B),
    "P-384": (
        _P384,
        0xB3312FA7E23EE7E4988E056BE3F82D19181D9C6EFE8141120314088F5013875AC656398D8A2ED19D2A85C8EDD3EC2AEF,
    ),
    "P-521": (
        _P521,
        int(
            "0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf07"
            "3573df883d2c34f1ef451fd46b503f00",
            16,
        ),
    ),
}
"""The prime and `b` of `y^2 = x^3 - 3 x + b`."""
_D = -121665 * pow(121666, -1, _ED25519) % _ED25519
_COFACTOR_DOUBLINGS = 3


def is_point(curve: str, coordinates: Sequence[bytes]) -> bool:
    """The coordinates are of a point: `x` and `y`, big-endian; of Ed25519 one encoded point, not of small order.

    A signature under a key of small order can be made without any private key.
    """
    if curve == "Ed25519":
        return _is_edwards(coordinates[0])
    prime, constant = _B[curve]
    first, second = map(int.from_bytes, coordinates)
    if first >= prime or second >= prime:
        return False
    return (second * second - (first * first * first - 3 * first + constant)) % prime == 0


def _is_edwards(encoded: bytes) -> bool:
    """The point exists, and eight times it is not the neutral one."""
    prime = _ED25519
    y = int.from_bytes(encoded, "little") & (2**255 - 1)
    if y >= prime:
        return False
    square = (y * y - 1) * pow(_D * y * y + 1, -1, prime) % prime
    if square and pow(square, (prime - 1) // 2, prime) != 1:
        return False
    squares = (square, y * y % prime)
    for _ in range(_COFACTOR_DOUBLINGS):
        squares = _doubled(*squares)
    return squares[0] != 0


def _doubled(square_x: int, square_y: int) -> tuple[int, int]:
    """The squares of the coordinates of twice a point, from those of the point: signs do not matter here."""
    prime = _ED25519
    product = _D * square_x * square_y % prime
    x = 4 * square_x * square_y * pow((1 + product) ** 2, -1, prime)
    y = (square_y + square_x) ** 2 * pow((1 - product) ** 2, -1, prime)
    return x % prime, y % prime
