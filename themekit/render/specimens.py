"""Small SVG pictures of tokens, for pages that are read where no style sheet is: swatches, bars, shadows and curves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.render.css import hex_color, plain
from themekit.render.units import number, px

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from themekit.model import Color, CubicBezier, Dimension, GradientStop, ShadowLayer

SIDE_PX = 32
LONGEST_PX = 320.0  # a bar; what is longer is cut there
CURVE_PX = 64
ROOM_PX = 24  # around a shadow
INK = "#808080"  # grey is seen on light and dark pages alike


def swatches(colors: Sequence[Color]) -> str:
    """Squares side by side, each half on white and half on black, so that a translucent colour is told."""
    return _svg(SIDE_PX * len(colors), SIDE_PX, _squares(colors))


def _squares(colors: Sequence[Color]) -> Iterator[str]:
    for index, color in enumerate(colors):
        x, half = index * SIDE_PX, SIDE_PX // 2
        if color.alpha < 1:
            yield f'<path fill="#fff" d="M{x} 0h{half}v{SIDE_PX}h-{half}z"/>'
            yield f'<path fill="#000" d="M{x + half} 0h{half}v{SIDE_PX}h-{half}z"/>'
        yield f'<path {_fill(color)} d="M{x} 0h{SIDE_PX}v{SIDE_PX}h-{SIDE_PX}z"/>'


def bar(length: Dimension) -> str:
    """A bar of this length, of at least nothing and at most 320 px."""
    width = min(max(px(length), 0.0), LONGEST_PX)
    return _svg(width, 12, [f'<path fill="{INK}" d="M0 0h{number(width)}v12H0z"/>'])


def corner(radius: Dimension) -> str:
    """A square with corners of this radius."""
    side = SIDE_PX * 2
    round_px = min(max(px(radius), 0.0), side / 2)
    size = f'x="1" y="1" width="{side - 2}" height="{side - 2}"'
    return _svg(side, side, [f'<rect {size} rx="{number(round_px)}" fill="none" stroke="{INK}" stroke-width="2"/>'])


def shadow(layers: Sequence[ShadowLayer], *, surface: Color) -> str:
    """A sheet above its shadow; layers inside the sheet are left out, and each blur is a fade of rings."""
    side = SIDE_PX * 2 + 2 * ROOM_PX
    sheet = f'<rect x="{ROOM_PX}" y="{ROOM_PX}" width="{SIDE_PX * 2}" height="{SIDE_PX * 2}" rx="6" {_fill(surface)}/>'
    outside = [layer for layer in reversed(layers) if not layer.inset]
    return _svg(side, side, [*(ring for layer in outside for ring in _rings(layer)), sheet])


def _rings(layer: ShadowLayer, count: int = 8) -> Iterator[str]:
    color, blur, spread = plain(layer.color), px(plain(layer.blur)), px(plain(layer.spread))
    x, y = px(plain(layer.offset_x)), px(plain(layer.offset_y))
    alpha = 1 - (1 - color.alpha) ** (1 / count)
    for index in range(count):
        grow = spread + blur * (0.5 - index / count)
        side = max(SIDE_PX * 2 + 2 * grow, 0.0)
        place = f'x="{number(ROOM_PX + x - grow)}" y="{number(ROOM_PX + y - grow)}"'
        size = f'width="{number(side)}" height="{number(side)}" rx="{number(max(6 + grow, 0.0))}"'
        yield f'<rect {place} {size} fill="{hex_color(color)[:7]}" fill-opacity="{number(alpha)}"/>'


def curve(easing: CubicBezier) -> str:
    """The curve of a motion: time to the right, progress upwards."""
    x1, y1, x2, y2 = (number(part * CURVE_PX) for part in easing.points)
    path = f'<path fill="none" stroke="{INK}" stroke-width="2" d="M0 0C{x1} {y1} {x2} {y2} {CURVE_PX} {CURVE_PX}"/>'
    side = CURVE_PX * 2
    return _svg(
        side, side, [f'<g transform="translate({CURVE_PX // 2} {side - CURVE_PX // 2}) scale(1 -1)">{path}</g>']
    )


def gradient(stops: Sequence[GradientStop]) -> str:
    """The gradient from left to right."""
    found = "".join(
        f'<stop offset="{number(plain(stop.position))}" stop-color="{hex_color(plain(stop.color))[:7]}"'
        f' stop-opacity="{number(plain(stop.color).alpha)}"/>'
        for stop in stops
    )
    bar_of_it = f'<path fill="url(#g)" d="M0 0h{SIDE_PX * 6}v{SIDE_PX}H0z"/>'
    return _svg(SIDE_PX * 6, SIDE_PX, [f'<defs><linearGradient id="g">{found}</linearGradient></defs>', bar_of_it])


def _fill(color: Color) -> str:
    opacity = f' fill-opacity="{number(color.alpha)}"' if color.alpha < 1 else ""
    return f'fill="{hex_color(color)[:7]}"{opacity}'


def _svg(width: float, height: float, parts: Iterable[str]) -> str:
    size = f'width="{number(max(width, 1))}" height="{number(height)}"'
    box = f'viewBox="0 0 {number(max(width, 1))} {number(height)}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {box}>{"".join(parts)}</svg>\n'
