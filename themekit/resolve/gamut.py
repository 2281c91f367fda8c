"""Whether a colour fits sRGB, and the nearest one of the same lightness and hue that does."""

from __future__ import annotations

from functools import lru_cache
from math import cos, radians, sin

from themekit.resolve.oklab import Triple, cubics, oklab_to_linear, oklch_to_linear

LINEAR_TOLERANCE = 1e-4  # a third of an 8-bit step at black, where linear light is finest; clipping it changes no byte
BISECTIONS = 13  # of a chroma range of 0.5: to 6e-5, a tenth of a byte
SURE = 1e-9  # of the bounds: two ways to compute a channel differ by a thousandth of this
DARKEST = 1e-3  # lightness below which the cube is too small to divide by
REMEMBERED = 256  # hues: a brand has some twenty

_cubics = lru_cache(maxsize=REMEMBERED)(cubics)


def fits(linear: Triple) -> bool:
    """The three linear channels are within 0..1, up to what rounding to bytes hides."""
    red, green, blue = linear
    low, high = -LINEAR_TOLERANCE, 1 + LINEAR_TOLERANCE
    return low <= red <= high and low <= green <= high and low <= blue <= high


def max_chroma(lightness: float, hue_deg: float) -> float:
    """The greatest OKLCH chroma sRGB can show at this lightness (0..1) and hue, to 1e-4."""
    hue = radians(hue_deg)
    return _bisect(lightness, cos(hue), sin(hue), 0.5)


def map_to_srgb(oklch: Triple) -> Triple:
    """Linear sRGB within 0..1 of an OKLCH colour, its chroma lowered as far as needed, its lightness and hue kept.

    Source: CSS Color 4, §13.2 "CSS gamut mapping", without the local clipping that would let the hue turn.
    """
    linear = oklch_to_linear(oklch)
    if not fits(linear):
        lightness, chroma, hue_deg = oklch
        if lightness >= 1:
            return (1.0, 1.0, 1.0)
        if lightness <= 0:
            return (0.0, 0.0, 0.0)
        hue = radians(hue_deg)
        a, b = cos(hue), sin(hue)
        chroma = _bisect(lightness, a, b, chroma)
        linear = oklab_to_linear((lightness, chroma * a, chroma * b))
    red, green, blue = linear
    return (min(max(red, 0.0), 1.0), min(max(green, 0.0), 1.0), min(max(blue, 0.0), 1.0))


def _bisect(lightness: float, a: float, b: float, outside: float) -> float:
    """Whether a chroma fits is read from polynomials, a third of the work; only at the border from the conversion.

    Nothing is assumed of the gamut's shape: along some blues it ends and begins again.
    """
    if lightness < DARKEST:
        return _bisect_converting(lightness, a, b, outside)
    (red0, red1, red2, red3), (green0, green1, green2, green3), (blue0, blue1, blue2, blue3) = _cubics(a, b)
    cube = lightness * lightness * lightness
    low, high = -LINEAR_TOLERANCE / cube, (1 + LINEAR_TOLERANCE) / cube
    margin = SURE * high
    surely_low, surely_high, never_low, never_high = low + margin, high - margin, low - margin, high + margin
    inside = 0.0
    for _ in range(BISECTIONS):
        middle = (inside + outside) / 2
        share = middle / lightness
        red = ((red3 * share + red2) * share + red1) * share + red0
        green = ((green3 * share + green2) * share + green1) * share + green0
        blue = ((blue3 * share + blue2) * share + blue1) * share + blue0
        if (
            surely_low < red < surely_high and surely_low < green < surely_high and surely_low < blue < surely_high
        ) or (
            never_low < red < never_high
            and never_low < green < never_high
            and never_low < blue < never_high
            and fits(oklab_to_linear((lightness, middle * a, middle * b)))
        ):
            inside = middle
        else:
            outside = middle
    return inside


def _bisect_converting(lightness: float, a: float, b: float, outside: float) -> float:
    """The same without polynomials."""
    inside = 0.0
    for _ in range(BISECTIONS):
        middle = (inside + outside) / 2
        if fits(oklab_to_linear((lightness, middle * a, middle * b))):
            inside = middle
        else:
            outside = middle
    return inside
