"""The roles of Material 3: as custom properties for Material Web, and as colour schemes in the form of Theme Builder.

`material3.css` follows the mode, as it reads the custom properties. `material3.json` has the sRGB colours of each mode:
`light`, `dark`, and both in high contrast.

Source: Material 3, "Color roles"; the export of Material Theme Builder.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from themekit.model import Artifact, Color, Mode, Target, TokenId
from themekit.render import css
from themekit.render.css_modes import everywhere
from themekit.render.losses import narrowed_to_srgb
from themekit.render.property_names import property_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.model import ResolvedTokens, TargetOptions

NOTICE = "/* Made by themekit from design tokens: change those, not this file. */"
ROLES = {
    "primary": "solid",
    "on-primary": "on-solid",
    "primary-container": "primary.4",
    "on-primary-container": "primary.12",
    "secondary": "accent.9",
    "on-secondary": "accent.on",
    "secondary-container": "accent.4",
    "on-secondary-container": "accent.12",
    "tertiary": "info.9",
    "on-tertiary": "info.on",
    "tertiary-container": "info.4",
    "on-tertiary-container": "info.12",
    "error": "danger.9",
    "on-error": "danger.on",
    "error-container": "danger.4",
    "on-error-container": "danger.12",
    "background": "page",
    "on-background": "text",
    "surface": "page",
    "on-surface": "text",
    "surface-variant": "neutral.4",
    "on-surface-variant": "neutral.11",
    "surface-dim": "neutral.5",
    "surface-bright": "neutral.1",
    "surface-container-lowest": "neutral.1",
    "surface-container-low": "neutral.2",
    "surface-container": "neutral.3",
    "surface-container-high": "neutral.4",
    "surface-container-highest": "neutral.5",
    "surface-tint": "solid",
    "inverse-surface": "neutral.12",
    "inverse-on-surface": "neutral.1",
    "inverse-primary": "neutral.4",
    "outline": "border-strong",
    "outline-variant": "border",
    "scrim": "overlay",
    "shadow": "shadow",
}
"""A role of Material's, and the colour token it is."""
SCHEMES = {
    Mode.LIGHT: "light",
    Mode.DARK: "dark",
    Mode.LIGHT_CONTRAST: "light-high-contrast",
    Mode.DARK_CONTRAST: "dark-high-contrast",
}
FONTS = {"ref-typeface-plain": "font.family.body", "ref-typeface-brand": "font.family.heading"}
CORNERS = {
    "none": "radius.none",
    "extra-small": "radius.s",
    "small": "radius.m",
    "medium": "radius.l",
    "large": "radius.xl",
    "full": "radius.full",
}


def emit(tokens: ResolvedTokens, options: TargetOptions) -> tuple[Artifact, ...]:
    """`material3.css` and `material3.json`."""
    schemes = {}
    for mode in tokens.theme_modes:
        values = tokens.in_mode(mode)
        found = {_camel(role): values[TokenId(f"color.{token}")] for role, token in ROLES.items()}
        schemes[SCHEMES[mode]] = {
            role: css.hex_color(value).upper() for role, value in found.items() if isinstance(value, Color)
        }
    seed = tokens.in_mode(tokens.modes[0])[TokenId("color.primary.9")]
    document = {"seed": css.hex_color(seed).upper() if isinstance(seed, Color) else "", "schemes": schemes}
    return (
        Artifact.text("theme/material3/material3.css", _sheet(options.prefix), media_type="text/css"),
        Artifact.text(
            "theme/material3/material3.json", f"{json.dumps(document, indent=2)}\n", media_type="application/json"
        ),
    )


def _sheet(prefix: str) -> Iterator[str]:
    yield NOTICE
    # Declared on everything that begins a mode, as a custom property is computed where it stands.
    yield f"{', '.join(everywhere(prefix))} {{"
    for role, token in ROLES.items():
        yield f"  --md-sys-color-{role}: var({property_name(prefix, TokenId(f'color.{token}'))});"
    for name, token in FONTS.items():
        yield f"  --md-{name}: var({property_name(prefix, TokenId(token))});"
    for name, token in CORNERS.items():
        yield f"  --md-sys-shape-corner-{name}: var({property_name(prefix, TokenId(token))});"
    yield "}"


def _camel(role: str) -> str:
    first, *others = role.split("-")
    return first + "".join(word.capitalize() for word in others)


TARGET = Target(
    "material3",
    "Roles of Material 3: custom properties and colour schemes",
    emit,
    needs_defaults=True,
    is_default=False,
    losses=narrowed_to_srgb,
)
