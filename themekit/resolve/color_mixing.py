"""Colours taken into another space and mixed there, as `color-mix()` and relative colours of CSS ask.

Source: CSS Color 4, section 12 "Color Interpolation": analogous and powerless components, hue fixup, premultiplied
alpha.
"""

from __future__ import annotations

from math import copysign
from typing import TYPE_CHECKING

from themekit.resolve.from_linear import from_linear
from themekit.resolve.oklab import GREY_CHROMA
from themekit.resolve.spaces import to_linear
from themekit.source.importing.shades import ColorMath, Mix, Shade

if TYPE_CHECKING:
    from collections.abc import Mapping

    from themekit.resolve.oklab import Triple
    from themekit.source.importing.shades import HueMethod

_RGB = ("red", "green", "blue")
_PARTS: Mapping[str, tuple[str, str, str]] = {
    "hsl": ("hue", "colourfulness", "lightness"),
    "hwb": ("hue", "whiteness", "blackness"),
    "lab": ("lightness", "a", "b"),
    "oklab": ("lightness", "a", "b"),
    "lch": ("lightness", "colourfulness", "hue"),
    "oklch": ("lightness", "colourfulness", "hue"),
}
"""What components are called in both of two spaces is carried over if it is missing. All other spaces have `_RGB`."""
LCH_GREY = 0.0015  # of chroma; below it a hue is noise. Source: CSS Color 4, section 9.3
HSL_GREY = 0.001  # of saturation in percent, or of what white and black leave of 100


def converted(shade: Shade, space: str) -> Shade:
    """The colour in a space. Of what is missing only its like stays missing; so is a hue that has no power."""
    if shade.space == space:
        return shade
    one, two, three = (part or 0.0 for part in shade.components)
    found = from_linear(space, to_linear(shade.space, (one, two, three)))
    before, after = _parts(shade.space), _parts(space)
    missing = {name for name, part in zip(before, shade.components, strict=True) if part is None}
    if _is_grey(space, found):
        missing.add("hue")
    kept = [None if name in missing else part for name, part in zip(after, found, strict=True)]
    return Shade(space, (kept[0], kept[1], kept[2]), shade.alpha)


def mixed(both: tuple[Shade, Shade], mix: Mix) -> Shade:
    """The colour between two, in the space of the mix; its components are missing where both are."""
    one, other = (converted(each, mix.space) for each in both)
    alpha = _between(one.alpha, other.alpha, mix.share)
    by_alpha = tuple(
        1.0 if alpha is None else alpha if each.alpha is None else each.alpha for each in _filled_alphas(one, other)
    )
    parts = [
        _hue(a, b, mix) if name == "hue" else _premultiplied(a, b, by_alpha, share=mix.share, alpha=alpha)
        for name, a, b in zip(_parts(mix.space), one.components, other.components, strict=True)
    ]
    return Shade(mix.space, (parts[0], parts[1], parts[2]), alpha)


def _filled_alphas(one: Shade, other: Shade) -> tuple[Shade, Shade]:
    return (
        one if one.alpha is not None else Shade(one.space, one.components, other.alpha),
        other if other.alpha is not None else Shade(other.space, other.components, one.alpha),
    )


def _between(start: float | None, end: float | None, share: float) -> float | None:
    """A missing one takes the other's value."""
    if start is None or end is None:
        return end if start is None else start
    return start + (end - start) * share


def _premultiplied(
    start: float | None, end: float | None, alphas: tuple[float, ...], *, share: float, alpha: float | None
) -> float | None:
    if start is None or end is None:
        start, end = _other(start, end)
    if start is None or end is None:
        return None
    found = _between(start * alphas[0], end * alphas[1], share)
    return found if found is None or not alpha else found / alpha


def _other(start: float | None, end: float | None) -> tuple[float | None, float | None]:
    return (end, end) if start is None else (start, start)


def _hue(start: float | None, end: float | None, mix: Mix) -> float | None:
    """Source: CSS Color 4, section 12.4 "Hue Interpolation"."""
    if start is None or end is None:
        start, end = _other(start, end)
    if start is None or end is None:
        return None
    return (start + _turn(end % 360 - start % 360, mix.hue) * mix.share) % 360


def _turn(turn: float, method: HueMethod) -> float:
    match method:
        case "shorter":
            return turn - copysign(360, turn) if abs(turn) > 180 else turn
        case "longer":
            return turn - 360 if 0 < turn < 180 else turn + 360 if -180 < turn <= 0 else turn
        case "increasing":
            return turn + 360 if turn < 0 else turn
        case "decreasing":
            return turn - 360 if turn > 0 else turn


def _parts(space: str) -> tuple[str, str, str]:
    return _PARTS.get(space, _RGB)


def _is_grey(space: str, components: Triple) -> bool:
    """The hue has no power. Source: CSS Color 4, section 12.2 and those of the spaces."""
    _, two, three = components
    match space:
        case "hsl":
            return two <= HSL_GREY
        case "hwb":
            return two + three >= 100 - HSL_GREY
        case "lch":
            return two <= LCH_GREY
        case "oklch":
            return two <= GREY_CHROMA
    return False


MATH = ColorMath(converted, mixed)
