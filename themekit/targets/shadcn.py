"""The variables of shadcn/ui, each a role of the theme: every component follows the mode and keeps the contrast.

Import it after `tokens.css`, in the place of the `:root` and `.dark` blocks that shadcn/ui's installer writes.

Source: shadcn/ui, "Theming", the list of variables and the `@theme inline` block for Tailwind CSS 4.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.model import Artifact, Target, TokenId
from themekit.render.css_modes import everywhere
from themekit.render.property_names import property_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.model import ResolvedTokens, TargetOptions

NOTICE = "/* Made by themekit from design tokens: change those, not this file. */"
ROLES = {
    "background": "page",
    "foreground": "text",
    "card": "surface-raised",
    "card-foreground": "text",
    "popover": "surface-raised",
    "popover-foreground": "text",
    "primary": "solid",
    "primary-foreground": "on-solid",
    "secondary": "neutral.3",
    "secondary-foreground": "neutral.12",
    "muted": "surface-sunken",
    "muted-foreground": "text-muted",
    "accent": "primary.3",
    "accent-foreground": "primary.11",
    "destructive": "danger.9",
    "destructive-foreground": "danger.on",
    "border": "border",
    "input": "border-strong",
    "ring": "focus",
    "chart-1": "primary.9",
    "chart-2": "accent.9",
    "chart-3": "success.9",
    "chart-4": "warning.9",
    "chart-5": "danger.9",
    "sidebar": "surface",
    "sidebar-foreground": "text",
    "sidebar-primary": "solid",
    "sidebar-primary-foreground": "on-solid",
    "sidebar-accent": "neutral.3",
    "sidebar-accent-foreground": "neutral.12",
    "sidebar-border": "border",
    "sidebar-ring": "focus",
}
"""A variable of shadcn/ui, and the colour token it is."""
RADII = {"sm": "radius.s", "md": "radius.m", "lg": "radius.l", "xl": "radius.xl"}


def emit(_tokens: ResolvedTokens, options: TargetOptions) -> tuple[Artifact, ...]:
    """`shadcn.css`: the same for every brand, as it only reads custom properties."""
    return (Artifact.text("theme/shadcn/shadcn.css", _lines(options.prefix), media_type="text/css"),)


def _lines(prefix: str) -> Iterator[str]:
    yield NOTICE
    # Declared on everything that begins a mode, as a custom property is computed where it stands.
    yield f"{', '.join(everywhere(prefix))} {{"
    for name, token in ROLES.items():
        yield f"  --{name}: var({property_name(prefix, TokenId(f'color.{token}'))});"
    yield f"  --radius: var({property_name(prefix, TokenId('radius.m'))});"
    yield "}"
    yield "@theme inline {"
    yield from (f"  --color-{name}: var(--{name});" for name in ROLES)
    for name, token in RADII.items():
        yield f"  --radius-{name}: var({property_name(prefix, TokenId(token))});"
    yield "}"


TARGET = Target(
    "shadcn",
    "Variables of shadcn/ui",
    emit,
    per_brand=False,
    needs_defaults=True,
    is_default=False,
)
