"""Sass variables for Bootstrap 5.3: its roles and shapes as the theme's, in Bootstrap's two colour modes.

Import it before `bootstrap/scss/bootstrap`. Bootstrap computes with its colours, so these are constants of sRGB, of the
modes light and dark; it has no mode of high contrast, for which there are the components of themekit.

Source: Bootstrap 5.3, `scss/_variables.scss` and `scss/_variables-dark.scss`, the names that end in `!default`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.model import Artifact, Color, Dimension, FontNames, Mode, Target, TokenId
from themekit.render import css
from themekit.render.losses import narrowed_to_srgb

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from themekit.model import ResolvedTokens, ResolvedValue, TargetOptions

    Values = Mapping[TokenId, ResolvedValue]

NOTICE = "// Made by themekit from design tokens: change those, not this file."
SCALES = {
    "primary": "primary",
    "secondary": "neutral",
    "success": "success",
    "info": "info",
    "warning": "warning",
    "danger": "danger",
}
"""A colour of Bootstrap's, and the scale it is."""
STEPS = {"text-emphasis": "12", "bg-subtle": "3", "border-subtle": "6"}
MODAL = {
    "body-bg": "page",
    "body-color": "text",
    "body-secondary-color": "text-muted",
    "body-secondary-bg": "neutral.4",
    "body-tertiary-color": "text-subtle",
    "body-tertiary-bg": "surface",
    "body-emphasis-color": "neutral.12",
    "border-color": "border",
    "headings-color": "text",
    "link-color": "link",
    "link-hover-color": "link-hover",
    "code-color": "code.text",
    "mark-color": "text",
    "mark-bg": "mark",
}
"""Variables that Bootstrap has for dark mode too, with `-dark` after them."""
LENGTHS = {
    "border-radius": "radius.m",
    "border-radius-sm": "radius.s",
    "border-radius-lg": "radius.l",
    "border-radius-xl": "radius.xl",
    "border-radius-pill": "radius.full",
    "border-width": "border-width.thin",
    "font-size-base": "font.size.m",
    "font-size-sm": "font.size.s",
    "font-size-lg": "font.size.l",
}
FAMILIES = {
    "font-family-sans-serif": "font.family.body",
    "headings-font-family": "font.family.heading",
    "font-family-monospace": "font.family.code",
}
SHADOWS = {"box-shadow-sm": "shadow.1", "box-shadow": "shadow.2", "box-shadow-lg": "shadow.3"}


def emit(tokens: ResolvedTokens, options: TargetOptions) -> tuple[Artifact, ...]:  # noqa: ARG001  # Bootstrap's names
    """`_variables.scss`."""
    return (Artifact.text("theme/bootstrap/_variables.scss", _lines(tokens), media_type="text/x-scss"),)


def _lines(tokens: ResolvedTokens) -> Iterator[str]:
    light, dark = tokens.in_mode(Mode.LIGHT), tokens.in_mode(Mode.DARK)
    yield NOTICE
    for name, scale in SCALES.items():
        yield f"${name}: {_color(light, f'{scale}.9')};"
    yield f"$light: {_color(light, 'neutral.2')};"
    yield f"$dark: {_color(light, 'neutral.12')};"
    yield "$min-contrast-ratio: 4.5;"
    yield f"$color-contrast-dark: {_color(light, 'neutral.12')};"
    for suffix, values in (("", light), ("-dark", dark)):
        for name, token in MODAL.items():
            yield f"${name}{suffix}: {_color(values, token)};"
        for name, scale in SCALES.items():
            for part, step in STEPS.items():
                yield f"${name}-{part}{suffix}: {_color(values, f'{scale}.{step}')};"
    for name, token in LENGTHS.items():
        yield f"${name}: {_text(light, token, Dimension)};"
    for name, token in FAMILIES.items():
        yield f"${name}: {_text(light, token, FontNames)};"
    for name, token in SHADOWS.items():
        yield f"${name}: {_text(light, token, tuple)};"
    yield f"$line-height-base: {_text(light, 'font.line-height.normal', float)};"
    yield f"$focus-ring-color: {_color(light, 'focus')};"
    yield "$focus-ring-opacity: 1;"


def _color(values: Values, token: str) -> str:
    return _text(values, f"color.{token}", Color)


def _text(values: Values, token: str, kind: type) -> str:
    value = values[TokenId(token)]
    if not isinstance(value, kind):
        raise TypeError(f"`{token}` is no {kind.__name__}")
    return css.hex_color(value) if isinstance(value, Color) else css.text_of(value)


TARGET = Target(
    "bootstrap",
    "Sass variables of Bootstrap 5.3",
    emit,
    needs_defaults=True,
    is_default=False,
    losses=narrowed_to_srgb,
)
