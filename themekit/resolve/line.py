"""A colour of a scale or a role at every lightness: its hue, and how much chroma it wishes for.

Searches ask for hundreds of shades in a row, so a line is traced by closures that have all its numbers at hand.
"""

from __future__ import annotations

from bisect import bisect
from dataclasses import dataclass
from math import cos, radians, sin, sqrt
from typing import TYPE_CHECKING

from themekit.resolve.gamut import fits, map_to_srgb
from themekit.resolve.hue import SAMPLES, HuePath, Turn, smooth
from themekit.resolve.oklab import Triple, oklab_to_linear
from themekit.resolve.spaces import BYTE_BORDERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from themekit.resolve.luminance import Rgb8

Probe = tuple[Triple, "Rgb8"]
"""A shade, and the bytes a screen of sRGB shows for it."""


@dataclass(frozen=True, slots=True)
class Line:
    """The path through a hue, and the chroma on it: what is wished, but at most a share of what sRGB has there.

    With a `cap` the three flow into one another and yellow may have more; without one the least of them counts.
    """

    hue_deg: float
    wished: float
    share: float
    cap: float | None = None
    turn: Turn | None = None

    def shade(self, lightness: float) -> Triple:
        """OKLCH at a lightness, rounded as tokens are."""
        path = HuePath.of(self.hue_deg, self.turn)
        return path.shade(lightness, chroma_along(self, path)(lightness))


@dataclass(frozen=True, slots=True)
class Trace:
    """A line to be searched. `probe` is exact; `linear` is linear sRGB before anything is rounded, at half the cost."""

    probe: Callable[[float], Probe]
    linear: Callable[[float], Triple]

    @classmethod
    def of(cls, line: Line) -> Trace:
        """Both of one line, for lightnesses in 0..1."""
        path = HuePath.of(line.hue_deg, line.turn)
        chroma_at = chroma_along(line, path)
        direction_at, rounded_hue_at = _directions(path)
        borders = BYTE_BORDERS  # `clipped_bytes` without the call

        def probe(lightness: float) -> Probe:
            hue_deg, along, across = rounded_hue_at(lightness)
            chroma = round(chroma_at(lightness), 5)
            lightness = round(lightness, 5)
            linear = oklab_to_linear((lightness, chroma * along, chroma * across))
            shade = (lightness, chroma, hue_deg)
            red, green, blue = linear if fits(linear) else map_to_srgb(shade)
            return shade, (bisect(borders, red), bisect(borders, green), bisect(borders, blue))

        def linear(lightness: float) -> Triple:
            along, across = direction_at(lightness)
            chroma = chroma_at(lightness)
            found = oklab_to_linear((lightness, chroma * along, chroma * across))
            return found if fits(found) else map_to_srgb((lightness, chroma, path.hue_at(lightness)))

        return cls(probe, linear)


def soft_min(one: float, other: float) -> float:
    """A smooth minimum of two that are not negative, never above either: ramps without kinks."""
    if not max(one, other):
        return 0.0
    return one * other / sqrt(sqrt(one**4 + other**4))


def chroma_along(line: Line, path: HuePath) -> Callable[[float], float]:
    """The chroma at a lightness in 0..1, before rounding."""
    limits, wished, share, cap = path.chroma_limits, line.wished, line.share, line.cap
    yellowness = path.yellowness
    last = SAMPLES - 1

    def limit_at(lightness: float) -> float:
        position = lightness * SAMPLES
        index = int(position)
        index = min(index, last)
        low = limits[index]
        return low + (limits[index + 1] - low) * (position - index)

    if cap is None:

        def least(lightness: float) -> float:
            limit = limit_at(lightness)
            return min(wished, share * limit, limit)

        return least

    always = soft_min(wished, cap)
    always_4 = always**4

    def flowing(lightness: float) -> float:
        limit = limit_at(lightness)
        most = limit * share
        if not (always or most):
            return 0.0
        return min(always * most / sqrt(sqrt(always_4 + most**4)), limit)

    def sunny(lightness: float) -> float:
        # Light yellow needs far more chroma than other hues to look as tinted as they do.
        sun = yellowness * smooth((lightness - 0.8) / 0.1)
        limit = limit_at(lightness)
        chroma = soft_min(soft_min(wished * (1 + 0.6 * sun), cap * (1 + 2 * sun)), limit * share)
        return min(chroma, limit)

    return sunny if yellowness else flowing


def _directions(
    path: HuePath,
) -> tuple[Callable[[float], tuple[float, float]], Callable[[float], tuple[float, float, float]]]:
    """Cosine and sine of the hue at a lightness; and, rounded as in tokens, the hue with its cosine and sine."""
    if not path.is_straight:

        def turning(lightness: float) -> tuple[float, float]:
            hue = radians(path.hue_at(lightness))
            return (cos(hue), sin(hue))

        def rounded_turning(lightness: float) -> tuple[float, float, float]:
            hue_deg = round(path.hue_at(lightness), 3) % 360
            hue = radians(hue_deg)
            return (hue_deg, cos(hue), sin(hue))

        return turning, rounded_turning
    hue_deg = round(path.hue_deg, 3) % 360
    hue = radians(hue_deg)
    straight, rounded_straight = (cos(hue), sin(hue)), (hue_deg, cos(hue), sin(hue))
    return (lambda _: straight), (lambda _: rounded_straight)
