"""Grounds for a brand's own pictures: plates where they would be lost, and a tile's own ground carried on."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from themekit.render.svg_tree import Box, CleanSvg, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from themekit.assets.visibility import Look, Seen

PLATE_PADDING = 0.22  # of the picture's shorter side
PLATE_CORNER = 0.4  # of the brand's corner: a plate is wide, and a full circle's ends would eat into it
RIM = 0.06  # of a disc's side: its plate is a ring round it, as coins have
RAMP_STOPS = 9


def plated(seen: Seen, color: str, *, corner: float) -> CleanSvg:
    """The picture on a plate with the brand's corners; a disc in a thin ring, which is all it needs to be seen."""
    picture = seen.picture
    box = picture.box
    padding = RIM * box.width if seen.look.is_round else PLATE_PADDING * min(box.height, box.width)
    width, height = box.width + 2 * padding, box.height + 2 * padding
    radius = min(width, height) / 2 if seen.look.is_round else corner * PLATE_CORNER * min(width, height)
    rect = f'<rect width="{number(width)}" height="{number(height)}" rx="{number(radius)}" fill="{color}"/>'
    inside = picture.placed(Box(padding, padding, box.width, box.height))
    return CleanSvg(Box(0, 0, width, height), rect + inside, "tk-plate", picture.has_text)


def plate_color(look: Look, candidates: Sequence[str]) -> str:
    """The first colour that the picture is safe on, else the one on which most of it is seen."""
    return next((color for color in candidates if look.is_safe_on(color)), max(candidates, key=look.share_seen))


def tile_ground(look: Look, *, side: float, share: float) -> str:
    """A square of the ground of a tile that takes `share` of it, so that no edge is seen: one colour or its ramp."""
    square = f'<rect width="{number(side)}" height="{number(side)}"'
    if look.tile_color is not None:
        return f'{square} fill="{look.tile_color}"/>'
    # The gradient's direction is that of the channel that changes most.
    _, right, down = max(look.silhouette.shades, key=lambda shade: math.hypot(shade[1], shade[2]))
    steep = math.hypot(right, down) or 1.0
    right, down = right / steep, down / steep
    far = (abs(right) + abs(down)) / 2 / share  # from the middle to the corner, in sides of the tile
    ways = [far * (2 * stop / (RAMP_STOPS - 1) - 1) for stop in range(RAMP_STOPS)]
    stops = "".join(
        f'<stop offset="{number(stop / (RAMP_STOPS - 1))}" stop-color="{look.shade_at(way * right, way * down)}"/>'
        for stop, way in enumerate(ways)
    )
    x, y = far * right * share * side, far * down * share * side
    ends = (side / 2 - x, side / 2 - y, side / 2 + x, side / 2 + y)
    line = " ".join(f'{name}="{number(end)}"' for name, end in zip(("x1", "y1", "x2", "y2"), ends, strict=True))
    ramp = f'<linearGradient id="tk-ground" gradientUnits="userSpaceOnUse" {line}>{stops}</linearGradient>'
    return f'{ramp}{square} fill="url(#tk-ground)"/>'
