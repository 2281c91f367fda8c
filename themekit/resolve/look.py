"""What a brand chose about how its scales are solved, in the solver's own units.

The standard look changes nothing: a brand without options has the colours it always had.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from themekit.resolve.hue import Turn

if TYPE_CHECKING:
    from themekit.model import ColorOptions
    from themekit.resolve.seeds import ScaleName

CURVES = {"muted": (0.5, 0.6), "standard": (1.0, 1.0), "vivid": (1.7, 1.3)}
"""Factors of the chroma of surfaces, and of that of borders and text. Solids have the seed's."""
MUTED_LC = 15.0  # APCA's steps 90, 75, 60, 45: what is not running text may have one step less
TURNED: tuple[ScaleName, ...] = ("primary", "accent", "neutral")
"""Scales whose hue may turn. A status colour must stay what it is."""
PIVOT_MIN, PIVOT_MAX = 0.2, 0.9  # a seed at an end of lightness would leave its other end no way to turn


@dataclass(frozen=True, slots=True)
class Look:
    """`text_lc` is a floor of APCA's |Lc|; the turns are those at white and at black, in degrees."""

    text_lc: float = 0.0
    surface_chroma: float = 1.0
    ink_chroma: float = 1.0
    light_deg: float = 0.0
    dark_deg: float = 0.0

    @classmethod
    def of(cls, options: ColorOptions) -> Look:
        """The look that a brand asks for."""
        surfaces, ink = CURVES[options.chroma]
        return cls(options.text_lc, surfaces, ink, options.light_turn_deg, options.dark_turn_deg)

    def of_scale(self, name: ScaleName) -> Look:
        """The look of one scale."""
        if name in TURNED or not (self.light_deg or self.dark_deg):
            return self
        return replace(self, light_deg=0.0, dark_deg=0.0)

    @property
    def muted_lc(self) -> float:
        """The floor for text that is not running text: muted text, links, code, labels of solids."""
        return max(self.text_lc - MUTED_LC, 0.0)

    def turn(self, seed_lightness: float) -> Turn | None:
        """How the hue turns on the way from the seed to white and to black."""
        if not (self.light_deg or self.dark_deg):
            return None
        return Turn(self.light_deg, self.dark_deg, min(max(seed_lightness, PIVOT_MIN), PIVOT_MAX))


STANDARD = Look()
