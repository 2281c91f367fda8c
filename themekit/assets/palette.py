"""The colours of a brand that its pictures are made of, as text for SVG."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.model import Color, Mode, TokenId
from themekit.resolve import colour

if TYPE_CHECKING:
    from themekit.model import ResolvedTokens


@dataclass(frozen=True, slots=True)
class Palette:
    """Opaque colours of one mode, as #rrggbb. `on_…` is readable on what it names; `edge` outlines `solid`."""

    page: str
    text: str
    text_muted: str
    header: str
    header_text: str
    header_text_muted: str
    solid: str
    solid_hover: str
    on_solid: str
    edge: str
    accent: str


_TOKENS = {
    "page": "color.page",
    "text": "color.text",
    "text_muted": "color.text-muted",
    "header": "color.header",
    "header_text": "color.header-text",
    "header_text_muted": "color.header-text-muted",
    "solid": "color.primary.9",
    "solid_hover": "color.primary.10",
    "on_solid": "color.primary.on",
    "edge": "color.primary.edge",
    "accent": "color.accent.9",
}


def palette(tokens: ResolvedTokens, mode: Mode) -> Palette:
    """The brand's colours in a mode. A translucent override is laid on the page first."""
    values = tokens.in_mode(mode)
    page = _opaque_color(values[TokenId("color.page")])
    return Palette(
        **{field: colour.hex(colour.blend(_color(values[TokenId(token)]), page)) for field, token in _TOKENS.items()}
    )


def rgb_of(text: str) -> colour.Rgb8:
    """The three bytes of #rrggbb."""
    red, green, blue = bytes.fromhex(text.removeprefix("#"))
    return red, green, blue


def _opaque_color(value: object) -> Color:
    color = _color(value)
    return Color(color.space, color.components)


def _color(value: object) -> Color:
    if not isinstance(value, Color):
        raise TypeError(f"a colour token holds {type(value).__name__}")
    return value
