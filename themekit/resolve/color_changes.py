"""Colours lightened, darkened, mixed or made translucent, as Tokens Studio's own transforms do it.

Source: docs.tokens.studio, "Color Modifiers"; what the words come to is defined by its package `sd-transforms` 2: in
LCH the chroma fades with the change, and a mix goes the shorter way round the hues. LCH is CIE's, of white D50.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.model import Color
from themekit.resolve.from_linear import from_linear
from themekit.resolve.spaces import to_linear

if TYPE_CHECKING:
    from themekit.resolve.oklab import Triple
    from themekit.source.importing.computed import ColorChange

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
    return color.components if color.space == space else from_linear(space, to_linear(color.space, color.components))
