"""The colours of a dashboard's series, from a brand's tokens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.model import Color, Mode, TokenId
from themekit.resolve import colour

if TYPE_CHECKING:
    from themekit.model import ResolvedTokens

STEP = 9  # the solid one: Grafana's grounds are white or near black, and this is seen on both


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as `#rrggbb`, by what they say."""

    primary: str
    neutral: str
    info: str
    success: str
    warning: str
    danger: str

    @classmethod
    def of(cls, tokens: ResolvedTokens) -> Palette:
        """Of the light mode: a dashboard has one set of colours for all."""
        values = tokens.in_mode(Mode.LIGHT)

        def solid(scale: str) -> str:
            value = values[TokenId(f"color.{scale}.{STEP}")]
            assert isinstance(value, Color)  # noqa: S101 - the type of these tokens
            return colour.hex(value)

        return cls(*(solid(name) for name in ("primary", "neutral", "info", "success", "warning", "danger")))
