"""Stylus variables that read the custom properties, and a hash of the sRGB colours of each mode.

A variable keeps working when the mode changes, as it is `var(--…)`. Where Stylus itself must compute with a colour, the
hash has it: `$tk-modes.light['color-text']`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from themekit.model import Artifact, Color, Target
from themekit.model.token_names import Casing
from themekit.render import css
from themekit.render.custom_properties import custom_properties
from themekit.render.identifiers import ascii_name, free_name, mode_names
from themekit.render.losses import narrowed_to_srgb
from themekit.render.property_names import property_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.model import ResolvedTokens, TargetOptions

NOTICE = "// Made by themekit from design tokens: change those, not this file."


def emit(tokens: ResolvedTokens, options: TargetOptions) -> tuple[Artifact, ...]:
    """`tokens.styl`, in token order."""
    return (Artifact.text("theme/stylus/tokens.styl", _lines(tokens, options.prefix), media_type="text/x-stylus"),)


def _lines(tokens: ResolvedTokens, prefix: str) -> Iterator[str]:
    yield NOTICE
    names = [each.name for each in custom_properties(tokens, prefix)]
    for name in names:
        text = f"var({name})"
        yield f"${ascii_name(name[2:])} = {text if text.isascii() else f'unquote({css.string(text)})'}"
    yield ""
    yield f"${free_name(f'{prefix}-modes', [name[2:] for name in names], more='-map')} = {{"
    for index, mode in enumerate(mode_names(tokens.modes, Casing.KEBAB)):
        yield f"  '{mode}': {{"
        for token in tokens.of("color"):
            key = ascii_name(property_name(prefix, token.id)[len(f"--{prefix}-") :])
            yield f"    '{key}': {css.color(cast('Color', token.values[index]))},"
        yield "  },"
    yield "}"


TARGET = Target(
    "stylus",
    "Stylus variables, and sRGB constants of each mode",
    emit,
    casings=(Casing.KEBAB,),
    is_default=False,
    losses=narrowed_to_srgb,
)
