"""Every colour space of DTCG 2025.10 to linear-light sRGB, and to sRGB and Display P3 for output.

Source: CSS Color 4, §17 "Sample code for color conversions" (matrices, multiplied out over XYZ D65), and its §7 and §8
for hsl and hwb. Components are in the units of CSS: hsl, hwb, lab and lch count to 100, the others to 1.
"""

from __future__ import annotations

from bisect import bisect
from math import copysign, cos, radians, sin
from typing import TYPE_CHECKING

from themekit.resolve.oklab import Triple, oklab_to_linear, oklch_to_linear

if TYPE_CHECKING:
    from collections.abc import Callable

Matrix = tuple[Triple, Triple, Triple]

P3_TO_LINEAR: Matrix = (
    (1.2249401762805598, -0.22494017628055996, 0.0),
    (-0.04205695470968816, 1.042056954709688, 0.0),
    (-0.019637554590334432, -0.07863604555063189, 1.0982736001409663),
)
LINEAR_TO_P3: Matrix = (
    (0.8224619687143623, 0.17753803128563775, 0.0),
    (0.03319419885096162, 0.9668058011490384, 0.0),
    (0.017082630721120033, 0.07239744066396347, 0.9105199286149165),
)
A98_TO_LINEAR: Matrix = (
    (1.3983557439607783, -0.3983557439607783, 0.0),
    (0.0, 1.0, 0.0),
    (0.0, -0.042928989294473266, 1.0429289892944733),
)
REC2020_TO_LINEAR: Matrix = (
    (1.6604910021084345, -0.5876411387885495, -0.07284986331988488),
    (-0.12455047452159074, 1.1328998971259603, -0.008349422604369477),
    (-0.018150763354905303, -0.10057889800800739, 1.1187296613629127),
)
PROPHOTO_TO_LINEAR: Matrix = (
    (2.034380849516996, -0.7276357899341347, -0.3067450595828617),
    (-0.22882573163305042, 1.2317425411901048, -0.0029168095570545303),
    (-0.00855882878391741, -0.1532667021380372, 1.1618255309219545),
)
XYZ_D50_TO_LINEAR: Matrix = (
    (3.1341358529001178, -1.6173859980180427, -0.49066221791109743),
    (-0.9787954765557779, 1.9162543773959886, 0.03344287339036691),
    (0.07195539255794738, -0.22897675981518203, 1.4053860351131182),
)
XYZ_D65_TO_LINEAR: Matrix = (
    (3.2409699419045213, -1.5373831775700935, -0.4986107602930033),
    (-0.9692436362808798, 1.8759675015077206, 0.04155505740717561),
    (0.05563007969699361, -0.20397695888897657, 1.0569715142428786),
)
D50_WHITE: Triple = (0.9642956764295677, 1.0, 0.8251046025104602)
LAB_KAPPA, LAB_EPSILON = 24389 / 27, 216 / 24389


def to_linear(space: str, components: Triple) -> Triple:
    """Linear-light sRGB, unbounded. Raises ValueError for a space that DTCG does not have."""
    try:
        convert = SPACES[space]
    except KeyError:
        raise ValueError(f"`{space}` is no colour space of DTCG 2025.10") from None
    return convert(components)


def encode_srgb(linear: float) -> float:
    """The gamma-encoded channel of a linear one; odd, so that it works outside 0..1."""
    size = abs(linear)
    return copysign(12.92 * size if size <= 0.0031308 else 1.055 * size ** (1 / 2.4) - 0.055, linear)


def decode_srgb(encoded: float) -> float:
    """The linear channel of a gamma-encoded one; the inverse of `encode_srgb`."""
    size = abs(encoded)
    return copysign(size / 12.92 if size <= 0.04045 else ((size + 0.055) / 1.055) ** 2.4, encoded)


def linear_to_p3(linear: Triple) -> Triple:
    """Gamma-encoded Display P3 of linear-light sRGB."""
    red, green, blue = multiply(LINEAR_TO_P3, linear)
    return (encode_srgb(red), encode_srgb(green), encode_srgb(blue))


def clipped_bytes(linear: Triple) -> tuple[int, int, int]:
    """The 8-bit gamma-encoded channels of linear ones, clipped to 0..255.

    A search among the 255 borders between bytes: the same as rounding, at a quarter of the time.
    """
    red, green, blue = linear
    return (bisect(BYTE_BORDERS, red), bisect(BYTE_BORDERS, green), bisect(BYTE_BORDERS, blue))


def multiply(matrix: Matrix, column: Triple) -> Triple:
    """The matrix times the column."""
    x, y, z = column
    (a, b, c), (d, e, f), (g, h, i) = matrix
    return (a * x + b * y + c * z, d * x + e * y + f * z, g * x + h * y + i * z)


def _srgb(components: Triple) -> Triple:
    red, green, blue = components
    return (decode_srgb(red), decode_srgb(green), decode_srgb(blue))


def _srgb_linear(components: Triple) -> Triple:
    return components


def _hsl(components: Triple) -> Triple:
    hue_deg, saturation, lightness = components
    saturation, lightness = saturation / 100, lightness / 100
    reach = saturation * min(lightness, 1 - lightness)

    def channel(n: int) -> float:
        k = (n + hue_deg / 30) % 12
        return decode_srgb(lightness - reach * max(-1.0, min(k - 3, 9 - k, 1.0)))

    return (channel(0), channel(8), channel(4))


def _hwb(components: Triple) -> Triple:
    hue_deg, whiteness, blackness = components
    whiteness, blackness = whiteness / 100, blackness / 100
    if whiteness + blackness >= 1:
        grey = decode_srgb(whiteness / (whiteness + blackness))
        return (grey, grey, grey)

    def channel(n: int) -> float:
        k = (n + hue_deg / 30) % 12
        pure = 0.5 - 0.5 * max(-1.0, min(k - 3, 9 - k, 1.0))
        return decode_srgb(pure * (1 - whiteness - blackness) + whiteness)

    return (channel(0), channel(8), channel(4))


def _lab(components: Triple) -> Triple:
    lightness, a, b = components
    y = (lightness + 16) / 116
    x, z = a / 500 + y, y - b / 200
    luminance = y**3 if lightness > LAB_KAPPA * LAB_EPSILON else lightness / LAB_KAPPA
    return multiply(XYZ_D50_TO_LINEAR, (D50_WHITE[0] * _lab_inverse(x), luminance, D50_WHITE[2] * _lab_inverse(z)))


def _lab_inverse(t: float) -> float:
    cube = t**3
    return cube if cube > LAB_EPSILON else (116 * t - 16) / LAB_KAPPA


def _lch(components: Triple) -> Triple:
    lightness, chroma, hue_deg = components
    hue = radians(hue_deg)
    return _lab((lightness, chroma * cos(hue), chroma * sin(hue)))


def _display_p3(components: Triple) -> Triple:
    red, green, blue = components
    return multiply(P3_TO_LINEAR, (decode_srgb(red), decode_srgb(green), decode_srgb(blue)))


def _a98_rgb(components: Triple) -> Triple:
    red, green, blue = components

    def decode(channel: float) -> float:
        return copysign(abs(channel) ** (563 / 256), channel)

    return multiply(A98_TO_LINEAR, (decode(red), decode(green), decode(blue)))


def _prophoto_rgb(components: Triple) -> Triple:
    red, green, blue = components

    def decode(channel: float) -> float:
        return channel / 16 if abs(channel) <= 16 / 512 else copysign(abs(channel) ** 1.8, channel)

    return multiply(PROPHOTO_TO_LINEAR, (decode(red), decode(green), decode(blue)))


def _rec2020(components: Triple) -> Triple:
    def decode(channel: float) -> float:
        return copysign(abs(channel) ** 2.4, channel)  # display-referred, as CSS Color 4 has it since 2025

    red, green, blue = components
    return multiply(REC2020_TO_LINEAR, (decode(red), decode(green), decode(blue)))


def _xyz_d50(components: Triple) -> Triple:
    return multiply(XYZ_D50_TO_LINEAR, components)


def _xyz_d65(components: Triple) -> Triple:
    return multiply(XYZ_D65_TO_LINEAR, components)


SPACES: dict[str, Callable[[Triple], Triple]] = {
    "srgb": _srgb,
    "srgb-linear": _srgb_linear,
    "hsl": _hsl,
    "hwb": _hwb,
    "lab": _lab,
    "lch": _lch,
    "oklab": oklab_to_linear,
    "oklch": oklch_to_linear,
    "display-p3": _display_p3,
    "a98-rgb": _a98_rgb,
    "prophoto-rgb": _prophoto_rgb,
    "rec2020": _rec2020,
    "xyz-d65": _xyz_d65,
    "xyz-d50": _xyz_d50,
}

BYTE_BORDERS = tuple(decode_srgb((byte + 0.5) / 255) for byte in range(255))
