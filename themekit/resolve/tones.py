"""Tonal palettes: a seed's hue at fixed CIE lightness, as Material Design counts tones, the same in every mode.

L* depends on luminance alone, so two tones have about the same contrast in every palette: 40 apart at least 3:1, 60
apart at least 6:1.
"""

from __future__ import annotations

from functools import lru_cache
from math import cbrt
from typing import TYPE_CHECKING

from themekit.resolve.line import Line
from themekit.resolve.luminance import luminance
from themekit.resolve.scale import Ramp
from themekit.resolve.solve import bytes_of

if TYPE_CHECKING:
    from themekit.resolve.look import Look
    from themekit.resolve.oklab import Triple

TONES = (0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 99, 100)
BISECTIONS = 12  # of the lightness range: to 0.0003, a tenth of a byte
REMEMBERED = 64  # palettes: a brand has seven


@lru_cache(maxsize=REMEMBERED)
def tonal_palette(seed: Triple, look: Look) -> tuple[Triple, ...]:
    """OKLCH of each of `TONES`, with the seed's chroma as far as sRGB has it."""
    ramp = Ramp.of(seed, look)
    line = Line(ramp.path.hue_deg, ramp.vividness, 1.0, None, ramp.path.turn)
    return tuple(_tone(line, tone) for tone in TONES)


def cie_lightness(y: float) -> float:
    """L*, 0 to 100, of a relative luminance. Source: CIE 15, with the exact fractions."""
    return 116 * cbrt(y) - 16 if y > 216 / 24389 else y * 24389 / 27


def _tone(line: Line, tone: int) -> Triple:
    """The shade whose bytes come nearest to the tone."""
    if tone in {0, 100}:
        return (tone / 100, 0.0, 0.0)
    low, high = 0.0, 1.0
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        if _lightness_of(line.shade(middle)) < tone:
            low = middle
        else:
            high = middle
    return min(line.shade(low), line.shade(high), key=lambda shade: abs(_lightness_of(shade) - tone))


def _lightness_of(shade: Triple) -> float:
    return cie_lightness(luminance(bytes_of(shade)))
