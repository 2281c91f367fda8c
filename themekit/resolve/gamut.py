"""Whether a colour fits sRGB, and the nearest one of the same lightness and hue that does."""

from __future__ import annotations

from math import cos, radians, sin

from themekit.resolve.oklab import Triple, oklab_to_linear, oklch_to_linear

LINEAR_TOLERANCE = 1e-4  # a third of an 8-bit step at black, where linear light is finest; clipping it changes no byte
BISECTIONS = 13  # of a chroma range of 0.5: to 6e-5, a tenth of a byte


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
    inside = 0.0
    for _ in range(BISECTIONS):
        middle = (inside + outside) / 2
        if fits(oklab_to_linear((lightness, middle * a, middle * b))):
            inside = middle
        else:
            outside = middle
    return inside
