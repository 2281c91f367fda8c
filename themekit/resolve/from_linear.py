"""Linear-light sRGB to every colour space of DTCG 2025.10: the way back from `spaces.to_linear`.

Source: CSS Color 4, section 17 "Sample code for color conversions", and its 7.2 and 8 for hsl and hwb.
"""

from __future__ import annotations

from math import atan2, cbrt, copysign, degrees, hypot
from typing import TYPE_CHECKING

from themekit.resolve.oklab import linear_to_oklab
from themekit.resolve.spaces import (
    A98_TO_LINEAR,
    D50_WHITE,
    LAB_EPSILON,
    LAB_KAPPA,
    P3_TO_LINEAR,
    PROPHOTO_TO_LINEAR,
    REC2020_TO_LINEAR,
    XYZ_D50_TO_LINEAR,
    XYZ_D65_TO_LINEAR,
    encode_srgb,
    multiply,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from themekit.resolve.oklab import Triple
    from themekit.resolve.spaces import Matrix


def from_linear(space: str, linear: Triple) -> Triple:
    """Components in CSS's units, unbounded: hsl, hwb, lab and lch count to 100. The hue of a grey means nothing."""
    return _FROM_LINEAR[space](linear)


def _inverse(matrix: Matrix) -> Matrix:
    (a, b, c), (d, e, f), (g, h, i) = matrix
    cofactors = (
        (e * i - f * h, c * h - b * i, b * f - c * e),
        (f * g - d * i, a * i - c * g, c * d - a * f),
        (d * h - e * g, b * g - a * h, a * e - b * d),
    )
    determinant = a * cofactors[0][0] + b * cofactors[1][0] + c * cofactors[2][0]
    one, two, three = ((x / determinant, y / determinant, z / determinant) for x, y, z in cofactors)
    return one, two, three


_TO_XYZ_D50, _TO_XYZ_D65 = _inverse(XYZ_D50_TO_LINEAR), _inverse(XYZ_D65_TO_LINEAR)


def _encoded(matrix: Matrix, encode: Callable[[float], float]) -> Callable[[Triple], Triple]:
    """From linear light of sRGB to a space of RGB, by the way back and its curve."""
    there = _inverse(matrix)

    def found(linear: Triple) -> Triple:
        red, green, blue = map(encode, multiply(there, linear))
        return red, green, blue

    return found


def _prophoto_curve(channel: float) -> float:
    size = abs(channel)
    return copysign(size ** (1 / 1.8), channel) if size >= 1 / 512 else 16 * channel


def _srgb(linear: Triple) -> Triple:
    red, green, blue = map(encode_srgb, linear)
    return red, green, blue


def _hsl(linear: Triple) -> Triple:
    """Beyond sRGB a saturation below zero is the opposite hue's. Source: CSS Color 4, section 7.2."""
    red, green, blue = _srgb(linear)
    high, low = max(red, green, blue), min(red, green, blue)
    middle, room = (high + low) / 2, min((high + low) / 2, 1 - (high + low) / 2)
    strength = (high - middle) / room if abs(room) > 1e-12 else 0.0
    hue = _hue_of(red, green, blue)
    return (hue + 180) % 360 if strength < 0 else hue, abs(strength) * 100, middle * 100


def _hue_of(red: float, green: float, blue: float) -> float:
    high, span = max(red, green, blue), max(red, green, blue) - min(red, green, blue)
    if span < 1e-9:
        return 0.0
    if high == red:
        return (green - blue) / span % 6 * 60
    return ((blue - red) / span + 2) * 60 if high == green else ((red - green) / span + 4) * 60


def _hwb(linear: Triple) -> Triple:
    red, green, blue = _srgb(linear)
    return _hue_of(red, green, blue), min(red, green, blue) * 100, (1 - max(red, green, blue)) * 100


def _lab(linear: Triple) -> Triple:
    x, y, z = (part / white for part, white in zip(multiply(_TO_XYZ_D50, linear), D50_WHITE, strict=True))
    x, y, z = (cbrt(part) if part > LAB_EPSILON else (LAB_KAPPA * part + 16) / 116 for part in (x, y, z))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _polar(lightness: float, a: float, b: float) -> Triple:
    return lightness, hypot(a, b), degrees(atan2(b, a)) % 360 % 360


_FROM_LINEAR: Mapping[str, Callable[[Triple], Triple]] = {
    "srgb": _srgb,
    "srgb-linear": lambda linear: linear,
    "hsl": _hsl,
    "hwb": _hwb,
    "lab": _lab,
    "lch": lambda linear: _polar(*_lab(linear)),
    "oklab": linear_to_oklab,
    "oklch": lambda linear: _polar(*linear_to_oklab(linear)),
    "display-p3": _encoded(P3_TO_LINEAR, encode_srgb),
    "a98-rgb": _encoded(A98_TO_LINEAR, lambda channel: copysign(abs(channel) ** (256 / 563), channel)),
    "prophoto-rgb": _encoded(PROPHOTO_TO_LINEAR, _prophoto_curve),
    "rec2020": _encoded(REC2020_TO_LINEAR, lambda channel: copysign(abs(channel) ** (1 / 2.4), channel)),
    "xyz-d50": lambda linear: multiply(_TO_XYZ_D50, linear),
    "xyz-d65": lambda linear: multiply(_TO_XYZ_D65, linear),
}
