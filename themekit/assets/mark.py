"""The mark drawn for a brand that has none: its first letter on a tile of its colour, with its corners.

Where no font has the letter, three shapes stand for it: an icon is never blank.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.render.svg_tree import Box, CleanSvg, number

if TYPE_CHECKING:
    from themekit.assets.palette import Palette
    from themekit.model import Dimension
    from themekit.render.fonts import Outline

SIDE = 64.0
LETTER_WEIGHT = 800.0
LETTER_HEIGHT = 0.50  # of the side: the cap height of the initial
LETTER_WIDTH = 0.66  # of the side: the most that an `M` or `W` may take
ROUND_AT_PX = 14.0  # a corner radius in the interface that makes the mark a circle
EDGE = 0.035  # of the side
ROOT_PX = 16.0
SHAPES_SHARE = 0.46  # of the side: the figure that stands for a letter
SHAPES_SIDE = 32.0
SHAPES = (  # a tile, two quarters of a disc and a disc: what the social card's field is made of
    "M0 0H15V15H0ZM17 15V0A15 15 0 0 1 32 15ZM15 17V32A15 15 0 0 1 0 17ZM17 24.5a7.5 7.5 0 1 1 15 0a7.5 7.5 0 1 1-15 0Z"
)


def corner_of(radius: Dimension) -> float:
    """Corner radius of a tile as part of its side, 0 to 0.5, in the manner of the brand's corners."""
    radius_px = radius.value * (ROOT_PX if radius.unit == "rem" else 1)
    return min(max(radius_px, 0) / ROUND_AT_PX, 1.0) * 0.5


def initial_of(name: str) -> str:
    """The first letter or digit, in upper case if that is one character; empty if there is none."""
    first = next((sign for sign in name if sign.isalnum()), "")
    return first.upper() if len(first.upper()) == 1 else first


def draw_mark(letter: Outline | None, palette: Palette, *, corner: float) -> CleanSvg:
    """The tile with the letter, outlined where the tile alone would be lost on the page."""
    return CleanSvg(Box(0, 0, SIDE, SIDE), tile(palette, corner) + letter_path(letter, palette.on_solid), "tk-mark")


def draw_inverse(letter: Outline | None, *, tile_color: str, letter_color: str, corner: float) -> CleanSvg:
    """The same on a ground of the brand's colour: a tile of the text's colour with a letter of the ground's."""
    body = _rect(corner, tile_color, inset=0) + letter_path(letter, letter_color)
    return CleanSvg(Box(0, 0, SIDE, SIDE), body, "tk-mark-inverse")


def tile(palette: Palette, corner: float) -> str:
    """The coloured square, with an edge if the colour needs one to be seen on the page."""
    if palette.edge == palette.solid:
        return _rect(corner, palette.solid, inset=0)
    width = SIDE * EDGE
    inner = _rect(corner, palette.solid, inset=width / 2)
    return inner.replace("/>", f' stroke="{palette.edge}" stroke-width="{number(width)}"/>')


def letter_path(letter: Outline | None, color: str, *, scale: float = 1.0) -> str:
    """The letter in the middle of the tile, or the figure that stands for it; `scale` shrinks it for round masks."""
    if letter is None or not letter.path:
        factor = SIDE * SHAPES_SHARE / SHAPES_SIDE * scale
        at = number((SIDE - SHAPES_SIDE * factor) / 2)
        return f'<path transform="translate({at} {at}) scale({factor:.5f})" fill="{color}" d="{SHAPES}"/>'
    width, height = letter.right - letter.left, letter.bottom - letter.top
    factor = min(SIDE * LETTER_HEIGHT / height, SIDE * LETTER_WIDTH / width) * scale
    x = SIDE / 2 - factor * (letter.left + width / 2)
    y = SIDE / 2 - factor * (letter.top + height / 2)
    move = f"translate({number(x)} {number(y)}) scale({factor:.5f})"
    return f'<path transform="{move}" fill="{color}" d="{letter.path}"/>'


def _rect(corner: float, color: str, *, inset: float) -> str:
    side = SIDE - 2 * inset
    radius = f' rx="{number(corner * side)}"' if corner else ""
    place = f'x="{number(inset)}" y="{number(inset)}" ' if inset else ""
    return f'<rect {place}width="{number(side)}" height="{number(side)}"{radius} fill="{color}"/>'
