"""Icons of browsers and phones, from the mark: tab, bookmark, home screen, launcher, themed launcher.

A tab's ground is unknown, so a mark that is lost on white or on black stands on a plate there. The home screen's icon
is opaque, as iOS lays a transparent one on black; a launcher cuts a maskable one to any shape that holds a circle of
80 % of its width; a themed launcher takes only the shape. Sources: W3C App Manifest "purpose"; Apple's icon guide.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.assets.logos import ASSETS, PNG_TYPE, SVG_TYPE, UNRENDERABLE_IMAGE
from themekit.assets.mark import SIDE, letter_path
from themekit.assets.palette import palette
from themekit.assets.plates import plate_color, plated, tile_ground
from themekit.assets.visibility import LUMA
from themekit.diagnostics import Diagnostic, Reporter
from themekit.model import Artifact, Mode
from themekit.render.images import Size, rasterise
from themekit.render.svg_tree import Box, CleanSvg, number
from themekit.render.worker import Failed

if TYPE_CHECKING:
    from themekit.assets.logos import LogoSet
    from themekit.assets.palette import Palette
    from themekit.assets.visibility import Look, Seen
    from themekit.model import Brand, ResolvedTokens

ICO_SIDES_PX = (16, 32, 48)
ICON_SIDES_PX = (96, 192, 512)
TOUCH_SIDE_PX = 180
MASKABLE_SIDES_PX = (192, 512)
MONOCHROME_SIDE_PX = 512
SAFE_CIRCLE = 0.80  # of the side, by the manifest's definition
CIRCLE_USE = 0.92  # of the safe circle: touching it looks cramped
PLATE_INSIDE = 0.70  # of the plate's side, for a mark that stands on one
TOUCH_INSIDE, ROUND_TOUCH_INSIDE = 0.66, 0.82  # of the side
TILE_MASKED = 0.74  # of the side, for a tile on a ground of its own colour: what is on it keeps off the tile's corners
OWN_INSIDE = 0.94  # of the side, for a mark that stands alone: a little air keeps round marks from being cut
TAB_GROUNDS = ("#ffffff", "#202124")  # of a browser's tabs, light and dark


@dataclass(frozen=True, slots=True)
class _Faces:
    """The mark as it is drawn on each kind of ground: bodies of SVGs with a side of 64."""

    tab_light: str
    tab_dark: str
    anywhere: str
    full: str
    masked: str
    monochrome: str


def emit_icons(
    brand: Brand, logos: LogoSet, *, tokens: ResolvedTokens
) -> tuple[tuple[Artifact, ...], tuple[Diagnostic, ...]]:
    """favicon.ico, icon.svg and PNG icons for every purpose."""
    light, dark = palette(tokens, Mode.LIGHT), palette(tokens, Mode.DARK)
    own = logos.own_mark
    faces = _drawn_faces(logos, light) if own is None else _own_faces(own, (light, dark), corner=logos.corner)
    report = Reporter()
    artifacts = [Artifact(ASSETS / "icon.svg", _adaptive(faces).encode(), SVG_TYPE)]
    named = {f"icon-{side}.png": (faces.anywhere, side) for side in ICON_SIDES_PX}
    named |= {"apple-touch-icon.png": (faces.full, TOUCH_SIDE_PX)}
    named |= {f"maskable-{side}.png": (faces.masked, side) for side in MASKABLE_SIDES_PX}
    named |= {f"monochrome-{MONOCHROME_SIDE_PX}.png": (faces.monochrome, MONOCHROME_SIDE_PX)}
    for body in dict.fromkeys((faces.anywhere, faces.full, faces.masked, faces.monochrome)):
        names = [name for name, (face, _) in named.items() if face == body]
        ico_sides = ICO_SIDES_PX if body == faces.anywhere else ()
        sizes = [Size(named[name][1], named[name][1]) for name in names]
        pngs = rasterise(_document(body), *sizes, *(Size(side, side, is_plain=True) for side in ico_sides))
        if isinstance(pngs, Failed):
            place = brand.origin_of("/logos/mark") or brand.origin_of("/logos/light")
            report(UNRENDERABLE_IMAGE, place, f"the icons of {brand.name} cannot be drawn: {pngs.reason}")
            continue
        artifacts += [Artifact(ASSETS / name, png, PNG_TYPE) for name, png in zip(names, pngs, strict=False)]
        if ico_sides:
            artifacts.append(Artifact(ASSETS / "favicon.ico", ico(pngs[len(names) :]), "image/x-icon"))
    return tuple(artifacts), report.diagnostics


def ico(pngs: tuple[bytes, ...]) -> bytes:
    """An icon file of PNG entries, each square and below 256 pixels. Source: the ICONDIR structure of Windows."""
    header = struct.pack("<HHH", 0, 1, len(pngs))
    entries, offset = b"", len(header) + 16 * len(pngs)
    for png in pngs:
        (side_px,) = struct.unpack_from(">I", png, 16)
        entries += struct.pack("<BBBBHHII", side_px, side_px, 0, 0, 1, 32, len(png), offset)
        offset += len(png)
    return header + entries + b"".join(pngs)


def _document(body: str) -> str:
    return CleanSvg(Box(0, 0, SIDE, SIDE), body, "tk-icon").text


def _adaptive(faces: _Faces) -> str:
    """The icon that follows the browser's scheme; without media queries it is the light one."""
    if faces.tab_light == faces.tab_dark:
        return _document(faces.tab_light)
    dark = ".tk-on-light{display:none}.tk-on-dark{display:inline}"
    style = f".tk-on-dark{{display:none}}@media (prefers-color-scheme:dark){{{dark}}}"
    groups = f'<g class="tk-on-light">{faces.tab_light}</g><g class="tk-on-dark">{faces.tab_dark}</g>'
    return _document(f"<style>{style}</style>{groups}")


def _drawn_faces(logos: LogoSet, light: Palette) -> _Faces:
    """A drawn mark is its own plate; where the ground must be full, the tile's corners go."""
    full = f'<rect width="{number(SIDE)}" height="{number(SIDE)}" fill="{light.solid}"/>'
    letter = letter_path(logos.letter, light.on_solid)
    radius = number(logos.corner * SIDE * SAFE_CIRCLE * 0.86)
    side, inset = number(SIDE * SAFE_CIRCLE * 0.86), number(SIDE * (1 - SAFE_CIRCLE * 0.86) / 2)
    return _Faces(
        tab_light=logos.mark.body,
        tab_dark=logos.mark_dark.body,
        anywhere=logos.mark.body,
        full=full + letter,
        masked=full + letter_path(logos.letter, light.on_solid, scale=0.86),
        monochrome=(
            f'<mask id="tk-cut" maskUnits="userSpaceOnUse" x="0" y="0" width="64" height="64">'
            f'<rect width="64" height="64" fill="#fff"/>{letter_path(logos.letter, "#000", scale=0.69)}</mask>'
            f'<rect x="{inset}" y="{inset}" width="{side}" height="{side}" rx="{radius}" mask="url(#tk-cut)"/>'
        ),
    )


def _own_faces(own: Seen, palettes: tuple[Palette, Palette], *, corner: float) -> _Faces:
    """The brand's own mark, on a plate wherever it would be lost or where the ground must be opaque.

    A tile is its own plate: its ground, one colour or a gradient, goes on to the edge, and the tile's edge is gone. A
    disc has a ring for a plate, and where its ground must be opaque stands with it on the brand's colour.
    """
    light, dark = palettes
    picture, look = own.picture, own.look
    is_tile = look.tile_color is not None or look.has_even_ramp
    plate = plate_color(look, (light.page, light.solid, dark.page))
    alone = picture.placed(_inner(1 if is_tile else OWN_INSIDE))
    on_plate = (
        plated(own, plate, corner=corner).placed(_inner(1)) if look.is_round else _on_tile(picture, plate, corner)
    )
    tabs = [alone if look.is_safe_on(ground) else on_plate for ground in TAB_GROUNDS]
    aspect = picture.box.aspect
    # The picture's diagonal is the circle's diameter; a disc is the circle.
    circle = SAFE_CIRCLE * CIRCLE_USE * (1 if look.is_round else max(aspect, 1) / (aspect**2 + 1) ** 0.5)
    if is_tile:
        full, masked = (
            tile_ground(look, side=SIDE, share=share) + picture.placed(_inner(share)) for share in (1, TILE_MASKED)
        )
    else:
        has_ring = look.is_round and plate == dark.page
        shown = plated(own, plate, corner=corner) if has_ring else picture
        ground = _square(light.solid if has_ring else plate)
        full = ground + shown.placed(_inner(ROUND_TOUCH_INSIDE if look.is_round else TOUCH_INSIDE))
        masked = ground + shown.placed(_inner(circle))
    return _Faces(
        tab_light=tabs[0],
        tab_dark=tabs[1],
        anywhere=alone if tabs[0] == tabs[1] == alone else on_plate,
        full=full,
        masked=masked,
        monochrome=_shape_of(look, picture.placed(_inner(circle))),
    )


def _on_tile(picture: CleanSvg, color: str, corner: float) -> str:
    """The mark on a tile with the brand's corners."""
    side = number(SIDE)
    rounded = f'<rect width="{side}" height="{side}" rx="{number(corner * SIDE)}" fill="{color}"/>'
    return rounded + picture.placed(_inner(PLATE_INSIDE))


def _square(color: str) -> str:
    return f'<rect width="{number(SIDE)}" height="{number(SIDE)}" fill="{color}"/>'


def _shape_of(look: Look, placed: str) -> str:
    """Only opacity: the mark's own, and from a tile what stands on it is cut out."""
    alpha = "0 0 0 1 0"
    if look.far_luma is not None:
        # 1 at the tile's brightness, 0 at that of what is on it.
        gain = 1 / (look.luma - look.far_luma)
        alpha = f"{' '.join(f'{gain * weight:.4f}' for weight in LUMA)} 0 {-look.far_luma * gain:.4f}"
    black = "0 0 0 0 0 " * 3
    return (
        f'<filter id="tk-shape" x="0" y="0" width="1" height="1" color-interpolation-filters="sRGB">'
        f'<feColorMatrix values="{black}{alpha}"/><feComposite in2="SourceAlpha" operator="in"/></filter>'
        f'<g filter="url(#tk-shape)">{placed}</g>'
    )


def _inner(share: float) -> Box:
    side = SIDE * share
    return Box((SIDE - side) / 2, (SIDE - side) / 2, side, side)
