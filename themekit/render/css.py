"""Resolved token values as CSS text that is safe by construction: every name, string and number is escaped or checked.

Source: CSSOM §2.1 "Common Serializing Idioms", CSS Color 4, CSS Syntax 3.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from themekit.model import (
    Alias,
    BorderValue,
    Color,
    CubicBezier,
    Dimension,
    Duration,
    FontNames,
    GradientStop,
    ShadowLayer,
    StrokeStyle,
    TransitionValue,
    TypographyValue,
)
from themekit.resolve import colour

if TYPE_CHECKING:
    from collections.abc import Callable

    from themekit.model import ResolvedValue

T = TypeVar("T")

# Font family keywords: a keyword in quotes would be the name of a font that nobody has.
KEYWORD_FAMILIES = frozenset(
    {
        *("serif", "sans-serif", "monospace", "cursive", "fantasy", "math", "emoji", "fangsong"),
        *(
            "system-ui",
            "ui-serif",
            "ui-sans-serif",
            "ui-monospace",
            "ui-rounded",
            "-apple-system",
            "BlinkMacSystemFont",
        ),
    }
)
PLAIN_IDENTIFIER = re.compile(r"[A-Za-z0-9_-]+")
PLAIN_TEXT = re.compile(r'[^"\\\x00-\x1f\x7f<]*')  # what `_string_part` leaves as it is
DECIMALS = 5  # finer than a 16-bit channel, and a thousandth of a pixel at 100 rem
P3_DECIMALS = 4
EPSILON_P3 = 0.0005  # a few of the last digit that Display P3 is written with
REMEMBERED = 4096  # numbers, and colours beyond sRGB
REMEMBERED_CHANNELS = 16_384  # a channel of four decimals has 10,001 values
BORDER = 1e-6  # of a byte: far more than what conversions err
ABOVE = 1 - BORDER
_DIGITS_OF_BYTE = [f"{byte:02x}" for byte in range(256)]
_DOUBLE = frozenset(2 * digit for digit in "0123456789abcdef")
MEMBERS: dict[type, dict[str, str]] = {
    BorderValue: {"width": "width", "style": "style", "color": "color"},
    TransitionValue: {"duration": "duration", "timing-function": "timing", "delay": "delay"},
    TypographyValue: {
        "font-weight": "weight",
        "font-size": "size",
        "line-height": "line_height",
        "font-family": "family",
        "letter-spacing": "letter_spacing",
    },
}
"""The composites that are declared by members: the end of each property's name, and the attribute it is of."""
STROKE_STYLES = frozenset(["solid", "dashed", "dotted", "double", "groove", "ridge", "outset", "inset"])


def identifier(text: str) -> str:
    """The text as the rest of a CSS identifier that has begun: what an identifier cannot hold becomes an escape."""
    return text if PLAIN_IDENTIFIER.fullmatch(text) else "".join(_identifier_part(char) for char in text)


def string(text: str) -> str:
    """A CSS string in double quotes; `<`, so that none ends a `<style>` element, and what is unseen are escaped."""
    is_plain = PLAIN_TEXT.fullmatch(text) and text.isprintable()
    return f'"{text if is_plain else "".join(_string_part(char) for char in text)}"'


@lru_cache(maxsize=REMEMBERED)
def number(value: float) -> str:
    """The shortest decimal, to 5 places: `.5`, `-1.25`, `0`. Raises ValueError if it is not finite."""
    if not math.isfinite(value):
        raise ValueError(f"CSS has no number {value}")
    text = f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".")
    if text.startswith("0."):
        return text[1:]
    if text.startswith("-0."):
        return f"-{text[2:]}"
    return "0" if text == "-0" else text


def hex_color(value: Color) -> str:
    """`#rrggbb`, or `#rrggbbaa` if alpha is below 1; what sRGB cannot show is mapped into it."""
    return colour.hex(value)


def fits_srgb(value: Color) -> bool:
    """SRGB shows the colour as it is."""
    return colour.in_srgb(value)


def fits_p3(value: Color) -> bool:
    """Display P3 shows the colour as it is."""
    return fits_srgb(value) or _fits_p3(value)


@lru_cache(maxsize=REMEMBERED)
def _fits_p3(value: Color) -> bool:
    return all(-EPSILON_P3 <= channel <= 1 + EPSILON_P3 for channel in colour.to_display_p3(value))


def color(value: Color) -> str:
    """The shortest form of `hex_color`: `#rgb` where digits repeat."""
    if value.space == "srgb" and value.alpha >= 1:
        first, second, third = value.components
        red, green, blue = _PAIRS[first], _PAIRS[second], _PAIRS[third]
        if red and green and blue:
            if red in _DOUBLE and green in _DOUBLE and blue in _DOUBLE:
                return f"#{red[0]}{green[0]}{blue[0]}"
            return f"#{red}{green}{blue}"
    return _short(hex_color(value))


def color_in_srgb(value: Color) -> tuple[str, bool]:
    """`color` and `fits_srgb` of a colour."""
    digits, fits = colour.hex_in_srgb(value)
    return _short(digits), fits


def _short(digits: str) -> str:
    return f"#{digits[1::2]}" if digits[1] == digits[2] and digits[1::2] == digits[2::2] else digits


class _Pairs(dict[float, str]):
    """The two digits of a channel of sRGB, 0..1; "" outside, and near the border between two bytes.

    There `hex_color` decides, which takes the colour to linear light and back, at many times the cost.
    """

    def __missing__(self, channel: float) -> str:
        """Made once: design tools write channels with few decimals, so that most are met again."""
        byte = channel * 255 + 0.5  # what stands before the point
        is_sure = 0.5 <= byte <= 255.5 and BORDER < byte % 1 < ABOVE
        if len(self) >= REMEMBERED_CHANNELS:
            self.clear()
        self[channel] = pair = _DIGITS_OF_BYTE[int(byte)] if is_sure else ""
        return pair


_PAIRS = _Pairs()


def wide_color(value: Color) -> str:
    """The colour as it is for a Display P3 screen; what even that cannot show is clipped."""
    channels = (min(max(channel, 0.0), 1.0) for channel in colour.to_display_p3(value))
    text = " ".join(number(round(channel, P3_DECIMALS)) for channel in channels)
    return f"color(display-p3 {text})" if value.alpha >= 1 else f"color(display-p3 {text} / {number(value.alpha)})"


def best_color(value: Color) -> str:
    """`color`, or `wide_color` where sRGB would lose something."""
    return color(value) if fits_srgb(value) else wide_color(value)


def exact_color(value: Color) -> str:
    """`best_color`, or the colour as `oklch()` where Display P3 would lose something: it has no gamut."""
    if fits_p3(value):
        return best_color(value)
    lightness, chroma, hue = colour.to_oklch(value)
    text = f"{number(round(lightness, 4))} {number(round(chroma, 4))} {number(round(hue, 2))}"
    return f"oklch({text})" if value.alpha >= 1 else f"oklch({text} / {number(value.alpha)})"


def is_wide(value: ResolvedValue) -> bool:
    """The value holds a colour that sRGB cannot show."""
    match value:
        case Color():
            return not fits_srgb(value)
        case BorderValue():
            return not fits_srgb(plain(value.color))
        case tuple():
            return any(not fits_srgb(plain(part.color)) for part in value)
        case _:
            return False


def text_of(value: ResolvedValue, *, paint: Callable[[Color], str] = color) -> str:
    """The value as CSS: one property's value or its shorthand; `paint` writes the colours.

    A gradient is its list of stops, to be put in any gradient function. Dashes have no CSS, so they are `dashed`.
    """
    if isinstance(value, float | int):
        return number(value)
    match value:
        case Color():
            return paint(value)
        case Dimension() | Duration():
            return f"{number(value.value)}{value.unit}"
        case CubicBezier():
            return f"cubic-bezier({', '.join(number(point) for point in value.points)})"
        case FontNames():
            return ", ".join(name if name in KEYWORD_FAMILIES else string(name) for name in value.names)
        case StrokeStyle():
            return value.style if value.style in STROKE_STYLES else "dashed"
        case BorderValue() | TransitionValue() | TypographyValue():
            return shorthand(value, {name: text_of(part, paint=paint) for name, part in members(value).items()})
        case _:
            return ", ".join(_layer(part, paint) for part in value)


def members(value: ResolvedValue) -> dict[str, ResolvedValue]:
    """The parts of a composite that a CSS property of their own takes, by the end of that property's name."""
    return {name: plain(getattr(value, attribute)) for name, attribute in MEMBERS.get(type(value), {}).items()}


def shorthand(value: ResolvedValue, parts: dict[str, str]) -> str:
    """The CSS shorthand of a composite from the texts of its `members`."""
    if isinstance(value, TypographyValue):  # letter-spacing is in no shorthand
        return f"{parts['font-weight']} {parts['font-size']}/{parts['line-height']} {parts['font-family']}"
    return " ".join(parts.values())


def plain(part: T | Alias) -> T:
    """The member of a resolved composite. Raises TypeError if it is still an alias: resolving has not been done."""
    if isinstance(part, Alias):
        raise TypeError(f"`{part.target}` is not resolved")
    return part


def _layer(part: ShadowLayer | GradientStop, paint: Callable[[Color], str]) -> str:
    if isinstance(part, GradientStop):
        return f"{paint(plain(part.color))} {number(plain(part.position) * 100)}%"
    lengths = plain(part.offset_x), plain(part.offset_y), plain(part.blur), plain(part.spread)
    texts = [f"{number(length.value)}{length.unit}" for length in lengths]
    text = f"{' '.join(texts)} {paint(plain(part.color))}"
    return f"inset {text}" if part.inset else text


def _identifier_part(char: str) -> str:
    if char.isascii():
        if char.isalnum() or char in "-_":
            return char
        return _code_point(char) if ord(char) < 0x20 or char == "\x7f" else f"\\{char}"
    return char


def _string_part(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    return _code_point(char) if char == "<" or not char.isprintable() else char


def _code_point(char: str) -> str:
    return f"\\{ord(char) or 0xFFFD:x} "
