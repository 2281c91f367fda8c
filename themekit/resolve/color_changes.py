"""Colours lightened, darkened, mixed or made translucent, as Tokens Studio's own transforms do it.

Source: docs.tokens.studio, "Color Modifiers"; what the words come to is defined by its package `sd-transforms` 2: in
LCH the chroma fades with the change, and a mix goes the shorter way round the hues. LCH is CIE's, of white D50.
"""

from __future__ import annotations

from math import atan2, cbrt, degrees, hypot
from typing import TYPE_CHECKING

from themekit.model import Color
from themekit.resolve.spaces import D50_WHITE, LAB_EPSILON, LAB_KAPPA, encode_srgb, linear_to_p3, multiply, to_linear

if TYPE_CHECKING:
    from collections.abc import Callable

    from themekit.resolve.oklab import Triple
    from themekit.source.importing.computed import ColorChange

LINEAR_TO_XYZ_D50 = (
    (0.43606574687426947, 0.3851515095901598, 0.14307841996513868),
    (0.22249317711056524, 0.7168870130944826, 0.060619809794952365),
    (0.013923921463169392, 0.09708132423141015, 0.7140993568158807),
)
"""The inverse of `spaces.XYZ_D50_TO_LINEAR`. Source: CSS Color 4, section 17."""
GREY = 0.0015  # of chroma in LCH, below which a hue is noise. Source: colorjs.io, `lch`


def changed(color: Color, change: ColorChange) -> Color | None:
    """The changed colour in the change's space; None if that has not room for it: HSL and sRGB hold sRGB alone."""
    if change.kind == "alpha":
        return Color(color.space, color.components, change.amount)
    start = _in(change.space, color)
    if change.kind != "mix":
        found = _lightened(change.space, start, change.amount, is_darker=change.kind == "darken")
        return _fitting(change.space, found, color.alpha)
    if change.other is None:
        return None
    end, share = _in(change.space, change.other), min(max(change.amount, 0.0), 1.0)
    alpha = color.alpha + (change.other.alpha - color.alpha) * share
    return _fitting(change.space, _mixed(change.space, start, end, share=share), alpha)


def _lightened(space: str, components: Triple, amount: float, *, is_darker: bool) -> Triple:
    one, two, three = components
    if space == "lch":
        moved = one - one * amount if is_darker else one + (100 - one) * amount
        return min(max(moved, 0.0), 100.0), max(two - amount * two, 0.0), three
    if space == "hsl":
        moved = three - three * amount if is_darker else three + (100 - three) * amount
        return one, two, min(max(moved, 0.0), 100.0)
    red, green, blue = (part - amount * part if is_darker else part + amount * (1 - part) for part in components)
    return red, green, blue


def _mixed(space: str, start: Triple, end: Triple, *, share: float) -> Triple:
    place = {"lch": 2, "hsl": 0}.get(space)
    found = [a + (b - a) * share for a, b in zip(start, end, strict=True)]
    if place is not None:
        one, other = (_hue(space, each, place) for each in (start, end))
        one, other = (other if one is None else one), (one if other is None else other)
        turn = 0.0 if one is None or other is None else (other - one + 180) % 360 - 180
        found[place] = 0.0 if one is None else (one + turn * share) % 360
    return found[0], found[1], found[2]


def _hue(space: str, components: Triple, place: int) -> float | None:
    """None for a grey, which takes the other's."""
    return None if components[1] < (GREY if space == "lch" else 1e-6) else components[place]


def _fitting(space: str, components: Triple, alpha: float) -> Color | None:
    if space == "lch":
        return Color("lch", components, alpha)
    top = 100.0 if space == "hsl" else 1.0
    if any(not -1e-4 * top <= part <= top * (1 + 1e-4) for part in (components[1:] if space == "hsl" else components)):
        return None
    one, two, three = (min(max(part, 0.0), top) for part in components)
    return Color(space, (components[0] if space == "hsl" else one, two, three), alpha)


def _in(space: str, color: Color) -> Triple:
    return color.components if color.space == space else _FROM_LINEAR[space](to_linear(color.space, color.components))


def _srgb(linear: Triple) -> Triple:
    red, green, blue = map(encode_srgb, linear)
    return red, green, blue


def _hsl(linear: Triple) -> Triple:
    """Source: CSS Color 4, section 7.2, for colours within sRGB."""
    red, green, blue = _srgb(linear)
    high, low = max(red, green, blue), min(red, green, blue)
    span, middle = high - low, (high + low) / 2
    if span < 1e-9:
        return 0.0, 0.0, middle * 100
    if high == red:
        hue = (green - blue) / span % 6
    else:
        hue = (blue - red) / span + 2 if high == green else (red - green) / span + 4
    strength = span / (1 - abs(2 * middle - 1)) if 0 < middle < 1 else 0.0
    return hue * 60, strength * 100, middle * 100


def _lch(linear: Triple) -> Triple:
    """Source: CSS Color 4, section 9.4 and 17, "XYZ_to_Lab" and "Lab_to_LCH"."""
    x, y, z = (part / white for part, white in zip(multiply(LINEAR_TO_XYZ_D50, linear), D50_WHITE, strict=True))
    x, y, z = (cbrt(part) if part > LAB_EPSILON else (LAB_KAPPA * part + 16) / 116 for part in (x, y, z))
    a, b = 500 * (x - y), 200 * (y - z)
    return 116 * y - 16, hypot(a, b), degrees(atan2(b, a)) % 360


def _display_p3(linear: Triple) -> Triple:
    red, green, blue = linear_to_p3(linear)
    return red, green, blue


_FROM_LINEAR: dict[str, Callable[[Triple], Triple]] = {
    "srgb": _srgb,
    "hsl": _hsl,
    "lch": _lch,
    "display-p3": _display_p3,
}
