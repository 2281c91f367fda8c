"""The picture that a link to the portal unfolds to: 1200 x 630, logo, tagline and name on the brand's colour.

A field of tiles with the brand's corners closes it on the right; which tiles is told by the brand's id, so two brands
of one colour differ. All text is on the flat solid, whose contrast the tokens guarantee.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from themekit.assets.lettering import Letterer, Whole, measured, set_lines
from themekit.assets.logos import ASSETS, PNG_TYPE, UNRENDERABLE_IMAGE
from themekit.assets.palette import Palette, palette
from themekit.assets.text_fit import Fitted, Measure, fit_text
from themekit.diagnostics import Diagnostic, Reporter
from themekit.model import Artifact, Mode
from themekit.render.images import Size, rasterise
from themekit.render.svg_tree import Box, CleanSvg, number
from themekit.render.worker import Failed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from themekit.assets.logos import LogoSet
    from themekit.model import Brand, ResolvedTokens
    from themekit.render.fonts import Outlines, Typeface

WIDTH_PX, HEIGHT_PX = 1200, 630
MARGIN = 80.0
TEXT_WIDTH = 680.0
TILE = 126.0  # five to the height
LOGO_HEIGHT, LOGO_WIDTH = 72.0, 620.0
ALONE_HEIGHT = 240.0  # of the logo on a card whose words no font can draw
HEADLINE = Measure(width=TEXT_WIDTH, height=290.0, leading=1.12, smallest=34.0, largest=84.0)
HEADLINE_TRACKING_EM = -0.022
FOOT_SIZE_PX = 28.0


@dataclass(frozen=True, slots=True)
class _Ink:
    """What text is set with."""

    letterer: Letterer
    report: Reporter
    tagline: Whole

    def set(
        self, texts: Sequence[str], typefaces: Sequence[Typeface], size_px: float, *, tracking_em: float, of: str
    ) -> Outlines:
        whole = self.tagline if of == self.tagline.text else Whole(of, self.letterer.origin)
        return set_lines(texts, typefaces, report=self.report, size_px=size_px, tracking_em=tracking_em, whole=whole)


def emit_social_card(
    brand: Brand, logos: LogoSet, *, tokens: ResolvedTokens, letterer: Letterer
) -> tuple[tuple[Artifact, ...], tuple[Diagnostic, ...]]:
    """assets/og-image.png."""
    report = Reporter()
    has_fonts = letterer.origin not in {None, brand.origin_of("/name")}  # else each text tells of itself
    origin = letterer.origin if has_fonts else brand.origin_of("/tagline") or letterer.origin
    ink = _Ink(letterer, report, Whole(brand.tagline, origin))
    svg = _compose(brand, logos, colors=palette(tokens, Mode.LIGHT), ink=ink)
    pngs = rasterise(svg.text, Size(WIDTH_PX, HEIGHT_PX, palette(tokens, Mode.LIGHT).header))
    if isinstance(pngs, Failed):
        place = brand.origin_of("/logos/light")
        report(UNRENDERABLE_IMAGE, place, f"the social card of {brand.name} cannot be drawn: {pngs.reason}")
        return (), report.diagnostics
    return (Artifact(ASSETS / "og-image.png", pngs[0], PNG_TYPE),), report.diagnostics


def _compose(brand: Brand, logos: LogoSet, *, colors: Palette, ink: _Ink) -> CleanSvg:
    ground = f'<rect width="{WIDTH_PX}" height="{HEIGHT_PX}" fill="{colors.header}"/>'
    words = _headline(brand.tagline, colors, ink) + _foot(brand, colors, ink)
    logo = _logo(logos, LOGO_HEIGHT if words else ALONE_HEIGHT)
    return CleanSvg(
        Box(0, 0, WIDTH_PX, HEIGHT_PX), ground + _field(brand, logos.corner, colors) + logo + words, "tk-card"
    )


def _logo(logos: LogoSet, height: float) -> str:
    aspect = logos.header_light.box.aspect
    width = min(height * aspect, LOGO_WIDTH)
    top = MARGIN if height == LOGO_HEIGHT else (HEIGHT_PX - width / aspect) / 2
    return logos.header_light.placed(Box(MARGIN, top, width, width / aspect))


def _headline(text: str, colors: Palette, ink: _Ink) -> str:
    """The tagline, its last line a fixed way above the foot."""
    faces = ink.letterer.heading
    words = measured(text, faces, tracking_em=HEADLINE_TRACKING_EM)
    if words is None:
        return ""
    fitted = fit_text(words, HEADLINE)
    outlines = ink.set(fitted.lines, faces, fitted.size_px, tracking_em=HEADLINE_TRACKING_EM, of=text)
    return _lines(fitted, outlines, colors.header_text)


def _lines(fitted: Fitted, outlines: Outlines, color: str) -> str:
    bottom = HEIGHT_PX - MARGIN - FOOT_SIZE_PX - 44
    step = fitted.size_px * HEADLINE.leading
    last = len(outlines.lines) - 1
    return "".join(
        f'<path transform="translate({number(MARGIN - line.left)} {number(bottom - (last - index) * step)})" '
        f'fill="{color}" d="{line.path}"/>'
        for index, line in enumerate(outlines.lines)
        if line.path
    )


def _foot(brand: Brand, colors: Palette, ink: _Ink) -> str:
    """Name and address; a name too long for the line goes without the address, and is shrunk."""
    host = urlsplit(brand.urls.site).hostname or ""
    size = FOOT_SIZE_PX
    outlines = ink.set([brand.name, f"{brand.name}  ·  {host}"], ink.letterer.body, size, tracking_em=0, of=brand.name)
    if not outlines.lines:
        return ""
    short, long = outlines.lines
    line = long if long.advance <= TEXT_WIDTH else short
    if not short.path:
        return ""
    scale = min(1.0, TEXT_WIDTH / line.advance) if line.advance else 1.0
    move = f"translate({number(MARGIN - line.left * scale)} {number(HEIGHT_PX - MARGIN)}) scale({scale:.4f})"
    return f'<path transform="{move}" fill="{colors.header_text_muted}" d="{line.path}"/>'


def _field(brand: Brand, corner: float, colors: Palette) -> str:
    """Three columns of tiles at the right edge: empty, whole, or a quarter of a circle, in tints of the brand."""
    digest = hashlib.sha256(brand.id.encode()).digest()
    shapes: list[str] = []
    for index in range(15):
        column, row = index % 3, index // 3
        byte = digest[index]
        x, y = WIDTH_PX - (3 - column) * TILE, row * TILE
        kind = byte % 8
        if kind == 0 and column < 2:
            continue
        fill, opacity = _tint(byte // 8, column, colors)
        place = f"translate({number(x)} {number(y)})"
        shapes.append(f'<g transform="{place}" fill="{fill}" opacity="{opacity}">{_shape(kind, corner)}</g>')
    return "".join(shapes)


def _tint(choice: int, column: int, colors: Palette) -> tuple[str, str]:
    """More of the accent, and stronger, towards the edge."""
    if choice % 4 == 0:
        return colors.accent, "0.9"
    strength = (0.07, 0.12, 0.18)[column] + 0.05 * (choice % 3)
    return colors.header_text, f"{strength:.2f}"


def _shape(kind: int, corner: float) -> str:
    t = number(TILE)
    quarter = f'<path d="M0 0H{t}A{t} {t} 0 0 1 0 {t}Z"'
    turns = {1: 0, 2: 90, 3: 180, 4: 270}
    if kind in turns:
        half = number(TILE / 2)
        return f'{quarter} transform="rotate({turns[kind]} {half} {half})"/>'
    if kind == 5:
        return f'<circle cx="{number(TILE / 2)}" cy="{number(TILE / 2)}" r="{number(TILE / 2)}"/>'
    return f'<rect width="{t}" height="{t}" rx="{number(corner * TILE)}"/>'
