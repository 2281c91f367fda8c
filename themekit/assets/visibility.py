"""Whether a picture can be seen on a ground, judged by the pixels of its outline.

Only the outline counts, as a white letter inside a coloured tile needs no contrast with a white page. WCAG asks
nothing of logotypes; 2:1 is where a shape stops being found at a glance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.assets.palette import rgb_of
from themekit.render.images import SAME_CHANNEL, Ink, Silhouette, Size, ink_of, rasterise, silhouette_of
from themekit.render.worker import Failed
from themekit.resolve.luminance import ratio

if TYPE_CHECKING:
    from themekit.render.svg_tree import CleanSvg

SEEN_RATIO = 2.0
SAFE_SHARE = 0.85  # of the outline that must be seen before a picture is used on a ground it was not made for
FAINT_SHARE = 0.5  # below it, a picture on its own ground is worth a warning
SAMPLE_SIDE_PX = 160
SEEN_ALPHA = 8  # of 255: a line this thin or a veil this light is seen by nobody
LUMA = (0.2126, 0.7152, 0.0722)  # of gamma-encoded channels: ITU-R BT.709
SAME_LUMA, OTHER_LUMA = 0.12, 0.2
EVEN_SHARE = 0.85  # of an outline, for a tile
OTHER_SHARES = (0.04, 0.6)  # of a tile's area
ROUND_AREA, ROUND_REACH = (0.70, 0.82), 1.04  # of a disc that fills its box, or nearly; its own area is 0.785


@dataclass(frozen=True, slots=True)
class Look:
    """What is known of a picture's outline."""

    ink: Ink
    silhouette: Silhouette

    @property
    def is_round(self) -> bool:
        """A disc, whatever is on it."""
        return ROUND_AREA[0] <= self.silhouette.area <= ROUND_AREA[1] and self.silhouette.reach <= ROUND_REACH

    @property
    def has_even_ramp(self) -> bool:
        """A tile whose ground is a straight gradient, on all of which its content is clearly seen."""
        if self.far_luma is None or self.silhouette.fit < EVEN_SHARE:
            return False
        corners = ((x, y) for x in (-0.5, 0.5) for y in (-0.5, 0.5))
        return all(self._is_content_seen(self.shade_at(x, y)) for x, y in corners)

    def shade_at(self, x: float, y: float) -> str:
        """The colour of the tile's ground, as its outline tells it; -0.5 to 0.5 is within the picture."""
        shades = self.silhouette.shades
        values = (round(min(max(middle + right * x + down * y, 0), 255)) for middle, right, down in shades)
        return "#{:02x}{:02x}{:02x}".format(*values)

    @property
    def is_empty(self) -> bool:
        """Nothing is drawn."""
        return self.ink.max_alpha < SEEN_ALPHA

    def share_seen(self, ground: str) -> float:
        """The part of the outline, 0 to 1, that differs from the ground by 2:1. 1 for a picture without an outline."""
        total = sum(count for _, count in self.ink.edges)
        seen = sum(count for rgb, count in self.ink.edges if ratio(rgb, rgb_of(ground)) >= SEEN_RATIO)
        return seen / total if total else 1.0

    def contrast_with(self, ground: str) -> float:
        """The outline's mean contrast, 1 to 7: beyond 7:1, AAA for text, more makes nothing clearer."""
        total = sum(count for _, count in self.ink.edges)
        weighed = sum(count * min(ratio(rgb, rgb_of(ground)), 7.0) for rgb, count in self.ink.edges)
        return weighed / total if total else 1.0

    def is_safe_on(self, ground: str) -> bool:
        """Can be put on a ground it was not made for: its outline is seen there, or what stands on its tile."""
        return self.share_seen(ground) >= SAFE_SHARE or self._is_content_seen(ground)

    def _is_content_seen(self, ground: str) -> bool:
        content = [(rgb, count) for rgb, count in self.ink.fills if abs(luma_of(rgb) - self.luma) > OTHER_LUMA]
        seen = sum(count for rgb, count in content if ratio(rgb, rgb_of(ground)) >= SEEN_RATIO)
        return self.far_luma is not None and seen >= SAFE_SHARE * sum(count for _, count in content)

    @property
    def tile_color(self) -> str | None:
        """The one colour of a tile on which its content is clearly seen; None for a gradient, or for no tile."""
        total = sum(count for _, count in self.ink.edges)
        if self.far_luma is None:
            return None
        main, _ = max(self.ink.edges, key=lambda edge: edge[1])
        alike = sum(
            count
            for rgb, count in self.ink.edges
            if max(abs(one - other) for one, other in zip(rgb, main, strict=True)) <= SAME_CHANNEL
        )
        color = "#{:02x}{:02x}{:02x}".format(*main)
        return color if alike >= EVEN_SHARE * total and self._is_content_seen(color) else None

    @property
    def luma(self) -> float:
        """The outline's mean brightness, 0 to 1."""
        total = sum(count for _, count in self.ink.edges)
        return sum(count * luma_of(rgb) for rgb, count in self.ink.edges) / total if total else 0.0

    @property
    def far_luma(self) -> float | None:
        """Of a tile with something on it, the brightness of what is on it; None for any other picture.

        A tile's outline is of one brightness, and a fair part of what it holds is of another.
        """
        edge = self.luma
        outline = sum(count for _, count in self.ink.edges)
        even = sum(count for rgb, count in self.ink.edges if abs(luma_of(rgb) - edge) < SAME_LUMA)
        others = sorted((luma_of(rgb), count) for rgb, count in self.ink.fills if abs(luma_of(rgb) - edge) > OTHER_LUMA)
        share = sum(count for _, count in others) / max(sum(count for _, count in self.ink.fills), 1)
        if even < EVEN_SHARE * outline or not OTHER_SHARES[0] < share < OTHER_SHARES[1]:
            return None
        return sum(luma * count for luma, count in others) / sum(count for _, count in others)


@dataclass(frozen=True, slots=True)
class Seen:
    """A picture of the brand's own and its outline."""

    picture: CleanSvg
    look: Look


def luma_of(rgb: tuple[int, int, int]) -> float:
    """Brightness as a filter of SVG can compute it, 0 to 1."""
    return sum(channel * weight for channel, weight in zip(rgb, LUMA, strict=True)) / 255


def look_at(picture: CleanSvg) -> Look | Failed:
    """Draw the picture small and look at its outline; Failed if it cannot be drawn."""
    aspect = picture.box.aspect
    width, height = (
        (SAMPLE_SIDE_PX, SAMPLE_SIDE_PX / aspect) if aspect > 1 else (SAMPLE_SIDE_PX * aspect, SAMPLE_SIDE_PX)
    )
    pngs = rasterise(picture.text, Size(max(round(width), 1), max(round(height), 1)))
    ink = pngs if isinstance(pngs, Failed) else ink_of(pngs[0])
    silhouette = pngs if isinstance(pngs, Failed) else silhouette_of(pngs[0])
    return ink if isinstance(ink, Failed) else silhouette if isinstance(silhouette, Failed) else Look(ink, silhouette)
