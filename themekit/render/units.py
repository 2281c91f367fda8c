"""Numbers of platforms that know no CSS: pixels, milliseconds, channels, and which lengths grow with the reader's text.

Source: DTCG 2025.10, Format, "Dimension": `px` is dp on Android and pt on iOS, 1rem is the default size of text, 16 of
these.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, NamedTuple

from themekit.render import css
from themekit.resolve import colour

if TYPE_CHECKING:
    from themekit.model import Color, Dimension, Duration, StrokeStyle, TokenId

ROOT_PX = 16.0
CHANNEL_DECIMALS = 4
DECIMALS = 5
_OF_TEXT = re.compile(r"(?:^|[.-])(?:font|text|letter|type|typography|line-?height)(?:[.-]|$)", re.IGNORECASE)


class Channels(NamedTuple):
    """A colour for a platform with two gamuts: gamma-encoded channels 0..1 of sRGB, or of Display P3 if `is_p3`."""

    red: float
    green: float
    blue: float
    alpha: float
    is_p3: bool


def number(value: float) -> str:
    """A decimal to 5 places that every language reads: `0.5`, `-1.25`, `16`. Raises ValueError if it is not finite."""
    if not math.isfinite(value):
        raise ValueError(f"no platform has a number {value}")
    text = f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


def decimal(value: float) -> str:
    """The same, always with a point: `16.0`."""
    text = number(value)
    return text if "." in text else f"{text}.0"


def px(value: Dimension) -> float:
    """Pixels, of which a rem has 16."""
    return value.value * ROOT_PX if value.unit == "rem" else value.value


def ms(value: Duration) -> float:
    """Milliseconds."""
    return value.value * 1000 if value.unit == "s" else value.value


def is_of_text(token: TokenId) -> bool:
    """A length of text by its name (`font.size.m`, `typography.body.letter-spacing`), which grows with the reader's."""
    return _OF_TEXT.search(token) is not None


def channels(value: Color) -> Channels:
    """The channels of sRGB where it has the colour, else those of Display P3, clipped."""
    if css.fits_srgb(value):
        red, green, blue = (part / 255 for part in colour.to_srgb8(value))
    else:
        red, green, blue = (min(max(part, 0.0), 1.0) for part in colour.to_display_p3(value))
    red, green, blue = (round(part, CHANNEL_DECIMALS) for part in (red, green, blue))
    return Channels(red, green, blue, value.alpha, not css.fits_srgb(value))


def rgba8(value: Color) -> str:
    """`rrggbbaa`, the nearest in sRGB."""
    return f"{css.hex_color(value)[1:]}ff"[:8]


def argb8(value: Color) -> str:
    """`AARRGGBB`, the nearest in sRGB."""
    digits = rgba8(value).upper()
    return digits[6:] + digits[:6]


def stroke_text(value: StrokeStyle) -> str:
    """`dotted`, or lengths of dashes and gaps in pixels and the cap: `4 8 round`."""
    if value.style is not None:
        return value.style
    return " ".join([*(number(px(css.plain(dash))) for dash in value.dash), value.cap])
