"""Points of curves: those of real keys are, changed ones are not, and those of small order are refused."""

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from themekit.source.curve_points import is_point

CURVES = {"P-256": (ec.SECP256R1, 32), "P-384": (ec.SECP384R1, 48), "P-521": (ec.SECP521R1, 66)}
PRIME = 2**255 - 19
ORDER_8 = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
SMALL = {"order 1": 1, "order 2": PRIME - 1, "order 4": 0, "order 8": ORDER_8, "other of order 8": PRIME - ORDER_8}


@pytest.mark.parametrize("curve", CURVES)
def test_a_real_key_is_a_point_and_a_changed_one_is_not(curve):
    kind, size = CURVES[curve]
    for _ in range(5):
        numbers = ec.generate_private_key(kind()).public_key().public_numbers()
        x, y = numbers.x.to_bytes(size), numbers.y.to_bytes(size)
        assert is_point(curve, [x, y])
        assert not is_point(curve, [x, (numbers.y ^ 1).to_bytes(size)])
        assert not is_point(curve, [y, x])
    assert not is_point(curve, [bytes(size), bytes(size)])
    assert not is_point(curve, [b"\xff" * size, b"\xff" * size])


def test_real_keys_of_ed25519_are_points():
    for _ in range(5):
        key = ed25519.Ed25519PrivateKey.generate().public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        assert is_point("Ed25519", [key])


def test_about_half_of_all_numbers_are_no_point_of_ed25519():
    found = [is_point("Ed25519", [number.to_bytes(32, "little")]) for number in range(2, 202)]
    assert 60 < sum(found) < 140


@pytest.mark.parametrize("order", SMALL)
@pytest.mark.parametrize("sign", [0, 1])
def test_points_of_small_order_are_refused(order, sign):
    encoded = (SMALL[order] | sign << 255).to_bytes(32, "little")
    assert not is_point("Ed25519", [encoded])


def test_a_number_beyond_the_prime_is_refused():
    assert not is_point("Ed25519", [(PRIME + 1).to_bytes(32, "little")])
