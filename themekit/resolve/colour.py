"""Colours as the other stages use them: hex, bytes, OKLCH, Display P3, luminance and contrast of a `Color`."""

from __future__ import annotations

from functools import lru_cache

from themekit.model import Color
from themekit.resolve import luminance as measure
from themekit.resolve.gamut import fits, map_to_srgb
from themekit.resolve.luminance import Rgb8
from themekit.resolve.oklab import Triple, linear_to_oklch, rounded
from themekit.resolve.spaces import clipped_bytes, decode_srgb, linear_to_p3, to_linear

__all__ = [
    "Rgb8",
    "apca_lc",
    "blend",
    "contrast",
    "from_rgb8",
    "hex",
    "hex_in_srgb",
    "in_srgb",
    "relative_luminance",
    "shown_luminance",
    "to_display_p3",
    "to_oklch",
    "to_srgb8",
]

REMEMBERED = 4096  # colours: four modes of eight brands; the contract and every target ask for the same ones


def to_srgb8(color: Color) -> Rgb8:
    """The three bytes a screen of sRGB shows; what does not fit keeps its OKLCH lightness and hue. Alpha is ignored."""
    return _shown(color.space, color.components)[0]


def shown_luminance(color: Color) -> float:
    """Relative luminance of `to_srgb8`. Alpha is ignored."""
    return _shown_luminance(color.space, color.components)


@lru_cache(maxsize=REMEMBERED)
def _shown_luminance(space: str, components: Triple) -> float:
    return measure.luminance(_shown(space, components)[0])


@lru_cache(maxsize=REMEMBERED)
def _shown(space: str, components: Triple) -> tuple[Rgb8, bool]:
    """The bytes, and whether they are the colour itself: it is within the sRGB gamut."""
    linear = to_linear(space, components)
    is_within = fits(linear)
    if not is_within:
        linear = map_to_srgb(components if space == "oklch" else linear_to_oklch(linear))
    return clipped_bytes(linear), is_within


def hex(color: Color) -> str:  # noqa: A001 - the word every format uses; nobody needs the builtin here
    """`#rrggbb`, or `#rrggbbaa` if alpha is below 1."""
    return hex_in_srgb(color)[0]


def hex_in_srgb(color: Color) -> tuple[str, bool]:
    """`hex` and `in_srgb` of a colour."""
    rgb, is_within = _shown(color.space, color.components)
    digits = bytes(rgb).hex()
    return f"#{digits}" if color.alpha >= 1 else f"#{digits}{round(max(color.alpha, 0) * 255):02x}", is_within


def from_rgb8(rgb: Rgb8) -> Color:
    """The OKLCH colour of three bytes, rounded as all solved colours are; `to_srgb8` gives the bytes back."""
    red, green, blue = rgb
    linear = (measure.LINEAR_OF_BYTE[red], measure.LINEAR_OF_BYTE[green], measure.LINEAR_OF_BYTE[blue])
    return oklch(linear_to_oklch(linear))


def oklch(shade: Triple, alpha: float = 1.0) -> Color:
    """An OKLCH colour rounded to what no byte can show: equal on every machine, and short in CSS."""
    return Color("oklch", rounded(shade), alpha)


def to_oklch(color: Color) -> Triple:
    """Lightness 0..1, chroma, hue in degrees; unbounded by any gamut. Alpha is ignored."""
    if color.space == "oklch":
        return color.components
    return linear_to_oklch(to_linear(color.space, color.components))


def to_display_p3(color: Color) -> Triple:
    """Gamma-encoded Display P3 channels, unclipped. Alpha is ignored."""
    return linear_to_p3(to_linear(color.space, color.components))


def in_srgb(color: Color) -> bool:
    """The colour is within the sRGB gamut."""
    return _shown(color.space, color.components)[1]


def blend(top: Color, ground: Color) -> Color:
    """The opaque colour seen where `top` with its alpha lies on an opaque ground; mixed in sRGB, as browsers do."""
    if top.alpha >= 1:
        return top
    over, under = to_srgb8(top), to_srgb8(ground)
    red, green, blue = (
        decode_srgb((a * top.alpha + b * (1 - top.alpha)) / 255) for a, b in zip(over, under, strict=True)
    )
    return Color("srgb-linear", (red, green, blue))


def relative_luminance(color: Color) -> float:
    """Relative luminance of the bytes shown, 0.0 to 1.0. Source: WCAG 2.2."""
    return measure.luminance(to_srgb8(_opaque(color)))


def contrast(text: Color, ground: Color) -> float:
    """Contrast ratio of two opaque colours, 1.0 to 21.0, of the bytes shown; their order does not matter.

    Raises ValueError if a colour has alpha below 1: blend it first. Source: WCAG 2.2.
    """
    return measure.ratio(to_srgb8(_opaque(text)), to_srgb8(_opaque(ground)))


def apca_lc(text: Color, ground: Color) -> float:
    """Lc of text on a ground, negative for light on dark; informational. Raises ValueError if alpha is below 1.

    Source: the published formula of APCA, version 0.0.98G-4g.
    """
    return measure.lightness_contrast(to_srgb8(_opaque(text)), to_srgb8(_opaque(ground)))


def _opaque(color: Color) -> Color:
    if color.alpha < 1:
        raise ValueError("contrast of a translucent colour: blend it with its ground first")
    return color
