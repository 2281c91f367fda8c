"""The default tokens that are no colour: fonts, type scale, spacing, corners, lines, depth and motion of a brand."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from themekit.model import (
    Alias,
    BorderValue,
    Color,
    CubicBezier,
    Dimension,
    Duration,
    FontNames,
    Mode,
    ModeValue,
    ShadowLayer,
    StrokeStyle,
    Token,
    TokenId,
    TransitionValue,
    TypographyValue,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from themekit.model import Brand, FontFamily, Shape, TokenType, TypeScale, Typography
    from themekit.model.token import TokenValue

REMEMBERED = 32  # brands
ROOT_PX = 16.0  # what 1rem is unless a reader has chosen otherwise
SIZES = ("xs", "s", "m", "l", "xl", "2xl", "3xl", "4xl")  # m is the scale's base
SMALLEST_REM = {"xs": 0.75, "s": 0.8125}  # 12 and 13 px: a steep ratio must not make small print unreadable
SPACES_REM = (0.0, 0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0)
DENSITY = {"compact": 0.75, "comfortable": 1.0, "spacious": 1.25}
SANS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Noto Sans", "Arial", "sans-serif")
SERIF = ("Iowan Old Style", "Palatino Linotype", "Georgia", "Noto Serif", "serif")
MONO = ("ui-monospace", "SFMono-Regular", "Menlo", "Consolas", "Liberation Mono", "monospace")
GENERIC = frozenset(
    ("serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui", "ui-serif", "ui-sans-serif", "ui-monospace")
)
HEADINGS = (("1", "3xl", -0.022), ("2", "2xl", -0.018), ("3", "xl", -0.012), ("4", "l", -0.006))
PX0 = Dimension(0.0, "px")
# y offset, blur, spread in px, and the share of `color.shadow`'s alpha; key light and ambient light of each depth
SHADOWS = {
    "1": ((1, 2, 0, 0.9), (1, 3, 0, 0.6)),
    "2": ((2, 4, -1, 0.8), (4, 12, -2, 0.9)),
    "3": ((8, 16, -4, 0.8), (20, 40, -8, 1.2)),
}
STRENGTH = {"soft": 1.0, "strong": 1.9}


def default_tokens_of_shape(brand: Brand, shadows: Mapping[Mode, Color]) -> Iterator[Token]:
    """All of the below, in the order of the token set; `shadows` is `color.shadow` in each mode."""
    yield from _remembered(brand.typography, brand.shape)
    yield from shadow_tokens(brand.shape, shadows)
    yield from _MOTION


@lru_cache(maxsize=REMEMBERED)
def _remembered(typography: Typography, shape: Shape) -> tuple[Token, ...]:
    return (*typography_tokens(typography), *shape_tokens(shape))


def typography_tokens(typography: Typography) -> Iterator[Token]:
    """font.*, then the composites typography.*."""
    families = {"body": (typography.body, SANS), "heading": (typography.heading, SANS), "code": (typography.code, MONO)}
    for role, (family, stack) in families.items():
        yield _token(f"font.family.{role}", "fontFamily", font_names(family, stack))
    for step, name in enumerate(SIZES, start=-2):
        yield _token(f"font.size.{name}", "dimension", _size(typography.scale, step, name=name))
    for name, weight in (("regular", 400.0), ("medium", 500.0), ("semibold", 600.0), ("bold", 700.0)):
        yield _token(f"font.weight.{name}", "fontWeight", weight)
    for name, height in (("tight", 1.2), ("snug", 1.35), ("normal", 1.6), ("loose", 1.8)):
        yield _token(f"font.line-height.{name}", "number", height)
    yield _text_style("body", family="body", size="m", weight="regular", line_height="normal")
    for level, size, tracking in HEADINGS:
        line_height = "tight" if level in "12" else "snug"
        yield _text_style(
            f"heading-{level}",
            family="heading",
            size=size,
            weight="bold" if level == "1" else "semibold",
            line_height=line_height,
            tracking_rem=round(tracking * _size(typography.scale, SIZES.index(size) - 2, name=size).value, 4),
        )
    yield _text_style("code", family="code", size="s", weight="regular", line_height="normal")
    yield _text_style("caption", family="body", size="s", weight="regular", line_height="snug")


def font_names(family: FontFamily, stack: tuple[str, ...]) -> FontNames:
    """The family, the fallbacks given, and a stack of system fonts unless the fallbacks already end in a generic."""
    names = [family.family, *family.fallback]
    if not GENERIC.intersection(family.fallback):
        is_serif = stack is SANS and "serif" in family.family.lower().replace("sans serif", "")
        names += SERIF if is_serif else stack
    return FontNames(tuple(dict.fromkeys(names)))


def shape_tokens(shape: Shape) -> Iterator[Token]:
    """space.*, radius.*, border-width.* and border.*."""
    factor = DENSITY[shape.density]
    for number, space in enumerate(SPACES_REM):
        yield _token(f"space.{number}", "dimension", Dimension(round(space * factor, 4), "rem"))
    yield _token("radius.none", "dimension", PX0)
    for name, share in (("s", 0.5), ("m", 1.0), ("l", 1.75), ("xl", 2.5)):
        yield _token(f"radius.{name}", "dimension", _times(shape.radius, share))
    yield _token("radius.full", "dimension", Dimension(9999.0, "px"))
    yield _token("border-width.thin", "dimension", shape.border)
    yield _token("border-width.thick", "dimension", _times(shape.border, 2))
    for name, color, width in (("default", "border", "thin"), ("strong", "border-strong", "thin")):
        value = BorderValue(_alias(f"color.{color}"), _alias(f"border-width.{width}"), StrokeStyle("solid"))
        yield _token(f"border.{name}", "border", value)


def shadow_tokens(shape: Shape, colors: Mapping[Mode, Color]) -> Iterator[Token]:
    """shadow.1 to shadow.3; `colors` is `color.shadow` in each mode."""
    for name, layers in SHADOWS.items():
        values = {mode: _shadow(shape, color, layers) for mode, color in colors.items()}
        yield by_mode(f"shadow.{name}", "shadow", values=values)


def motion_tokens() -> Iterator[Token]:
    """duration.*, easing.* and transition.default."""
    for name, time_ms in (("fast", 120.0), ("normal", 200.0), ("slow", 320.0)):
        yield _token(f"duration.{name}", "duration", Duration(time_ms, "ms"))
    for name, points in (
        ("standard", (0.2, 0.0, 0.0, 1.0)),
        ("enter", (0.0, 0.0, 0.0, 1.0)),
        ("exit", (0.3, 0.0, 1.0, 1.0)),
    ):
        yield _token(f"easing.{name}", "cubicBezier", CubicBezier(points))
    value = TransitionValue(_alias("duration.normal"), Duration(0.0, "ms"), _alias("easing.standard"))
    yield _token("transition.default", "transition", value)


def by_mode(name: str, type_: TokenType, *, values: Mapping[Mode, TokenValue], description: str = "") -> Token:
    """A token with a value for each mode; written once if they are all the same."""
    first = values[Mode.LIGHT]
    differs = any(value is not first and value != first for value in values.values())
    modes = [ModeValue(mode, value) for mode, value in values.items() if mode is not Mode.LIGHT] if differs else ()
    return Token(TokenId(name), type_, first, tuple(modes), description)


def _token(name: str, type_: TokenType, value: TokenValue) -> Token:
    return Token(TokenId(name), type_, value)


def _alias(name: str) -> Alias:
    return Alias(TokenId(name))


def _times(dimension: Dimension, factor: float) -> Dimension:
    return Dimension(round(dimension.value * factor, 4), dimension.unit)


def _size(scale: TypeScale, step: int, *, name: str) -> Dimension:
    base_rem = scale.base.value / ROOT_PX if scale.base.unit == "px" else scale.base.value
    return Dimension(round(max(base_rem * scale.ratio**step, SMALLEST_REM.get(name, 0.0)), 4), "rem")


def _text_style(
    name: str, *, family: str, size: str, weight: str, line_height: str, tracking_rem: float = 0.0
) -> Token:
    value = TypographyValue(
        _alias(f"font.family.{family}"),
        _alias(f"font.size.{size}"),
        _alias(f"font.weight.{weight}"),
        Dimension(tracking_rem, "rem"),
        _alias(f"font.line-height.{line_height}"),
    )
    return _token(f"typography.{name}", "typography", value)


def _shadow(
    shape: Shape, color: Color, layers: tuple[tuple[float, float, float, float], ...]
) -> tuple[ShadowLayer, ...]:
    if shape.shadow == "none":
        return (ShadowLayer(Color(color.space, color.components, 0.0), PX0, PX0, PX0, PX0),)
    strength = STRENGTH[shape.shadow]
    return tuple(
        ShadowLayer(
            Color(color.space, color.components, round(min(color.alpha * share * strength, 0.9), 3)),
            PX0,
            Dimension(float(y), "px"),
            Dimension(float(blur), "px"),
            Dimension(float(spread), "px"),
        )
        for y, blur, spread, share in layers
    )


_MOTION = tuple(motion_tokens())
