"""A brand's logos for light and dark pages, for the header and for e-mail.

From the brand's own files where there are some. What is missing is derived: a dark logo is the light one if its outline
can be seen on the dark page, else the light one on a plate of the light page's colour; and the other way round. Without
any file, a wordmark is drawn: the name in the heading family beside its mark.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from themekit.assets.lettering import Letterer, Whole, measured, set_lines
from themekit.assets.logo_files import read_logo
from themekit.assets.mark import LETTER_WEIGHT, SIDE, corner_of, draw_inverse, draw_mark, initial_of
from themekit.assets.palette import Palette, palette
from themekit.assets.plates import plate_color, plated
from themekit.assets.text_fit import in_two
from themekit.assets.visibility import FAINT_SHARE, Seen, look_at
from themekit.diagnostics import Code, Diagnostic, Reporter, Severity
from themekit.model import Artifact, Mode
from themekit.render.fonts import Outline, Outlines, Typeface
from themekit.render.images import Size, rasterise
from themekit.render.svg_tree import Box, CleanSvg, number
from themekit.render.worker import Failed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from themekit.model import Brand, Origin, ResolvedTokens, SourceFile

UNRENDERABLE_IMAGE = Code("unrenderable-image", summary="A picture cannot be drawn as pixels.")
FAINT_LOGO = Code("faint-logo", Severity.WARNING, "A logo can hardly be seen on the page it is meant for.")

EMPTY_LOGO = Code("empty-logo", Severity.WARNING, "A logo file draws nothing.")

ASSETS = PurePosixPath("assets")
SVG_TYPE, PNG_TYPE = "image/svg+xml", "image/png"
CAP_HEIGHT = 0.47  # of the mark's side: the name's capitals beside it
GAP = 0.28  # of the mark's side
TRACKING_EM, CAPITALS_TRACKING_EM = -0.018, 0.03
TWO_LINE_CAP_HEIGHT, LEADING = 0.33, 1.62  # of the side; of the cap height
MAX_NAME_EM = 11.0  # of one line: about twenty letters
SET_PX = 100.0  # size at which names are outlined; they are scaled in the picture
SQUARE_ASPECTS = (0.75, 1.35)  # a logo within them can be an icon
EMAIL_HEIGHT_PX, EMAIL_MAX_WIDTH_PX, EMAIL_PADDING_PX = 96, 640, 32  # twice the size in which it is shown


@dataclass(frozen=True, slots=True)
class LogoSet:
    """Every logo of a brand as clean pictures, and what icons need to know of its mark.

    `own_mark` is the brand's own and None for a drawn one, whose letter `letter` is.
    """

    light: CleanSvg
    dark: CleanSvg
    header_light: CleanSvg
    header_dark: CleanSvg
    mark: CleanSvg
    mark_dark: CleanSvg
    mark_header_light: CleanSvg
    mark_header_dark: CleanSvg
    own_mark: Seen | None
    letter: Outline | None
    corner: float
    is_wordmark_drawn: bool


@dataclass(slots=True)
class _Drawing:
    """What everything drawn for one brand shares."""

    brand: Brand
    light: Palette
    dark: Palette
    corner: float
    letter: Outline | None
    name: Outlines | None
    own_mark: Seen | None

    def mark(self, colors: Palette) -> CleanSvg:
        if self.own_mark is None:
            return draw_mark(self.letter, colors, corner=self.corner)
        other = self.light if colors is self.dark else self.dark
        own = self.own_mark
        return own.picture if own.look.is_safe_on(colors.page) else plated(own, other.page, corner=self.corner)

    def header_mark(self, colors: Palette) -> CleanSvg:
        """The same on the header's ground."""
        own = self.own_mark
        if own is None:
            return draw_inverse(
                self.letter, tile_color=colors.header_text, letter_color=colors.header, corner=self.corner
            )
        if own.look.is_safe_on(colors.header):
            return own.picture
        other = self.light if colors is self.dark else self.dark
        return plated(own, plate_color(own.look, (colors.page, other.page)), corner=self.corner)

    def wordmark(self, mark: CleanSvg, color: str, *, css_class: str) -> CleanSvg:
        """The mark and the name beside it, its capitals in the middle of the mark."""
        body = mark.placed(Box(0, 0, SIDE, SIDE))
        lines = self.name.lines if self.name else ()
        if self.name is None or not self.name.cap_height or not any(line.path for line in lines):
            return CleanSvg(Box(0, 0, SIDE, SIDE), body, css_class, mark.has_text)
        caps = SIDE * (CAP_HEIGHT if len(lines) == 1 else TWO_LINE_CAP_HEIGHT)
        scale = caps / self.name.cap_height
        step = caps * LEADING
        baseline = (SIDE + caps - step * (len(lines) - 1)) / 2
        width = x = SIDE * (1 + GAP)
        for index, line in enumerate(lines):
            place = f"translate({number(x - line.left * scale)} {number(baseline + index * step)}) scale({scale:.5f})"
            body += f'<path transform="{place}" fill="{color}" d="{line.path}"/>'
            width = max(width, x + (line.right - line.left) * scale)
        return CleanSvg(Box(0, 0, width, SIDE), body, css_class, mark.has_text)

    def header_wordmark(self, colors: Palette, *, css_class: str) -> CleanSvg:
        return self.wordmark(self.header_mark(colors), colors.header_text, css_class=css_class)


def read_logos(
    brand: Brand, tokens: ResolvedTokens, *, files: Sequence[SourceFile], letterer: Letterer
) -> tuple[LogoSet, tuple[Diagnostic, ...]]:
    """The brand's logos, read or drawn, and what was wrong with its files.

    `files` holds those that `brand.logos` names; one that is missing, cannot be used or draws nothing is drawn instead.
    """
    report = Reporter()
    by_role = {role: _read(brand, role, files=files, report=report) for role in ("light", "dark", "mark")}
    light, dark = palette(tokens, Mode.LIGHT), palette(tokens, Mode.DARK)
    own_light, own_dark = by_role["light"], by_role["dark"]
    own_mark = by_role["mark"] or _square(own_light) or _square(own_dark)
    first = own_light or own_dark
    letter = _set_initial(brand, letterer, report) if own_mark is None else None
    name = _set_name(brand.name, letterer, report) if first is None else None
    drawing = _Drawing(brand, light, dark, corner_of(brand.shape.radius), letter, name, own_mark)
    _warn_if_faint(brand, "light", seen=own_light, ground=light.page, report=report)
    _warn_if_faint(brand, "dark", seen=own_dark, ground=dark.page, report=report)
    if first is None:
        pictures = (
            drawing.wordmark(drawing.mark(light), light.text, css_class="tk-logo"),
            drawing.wordmark(drawing.mark(dark), dark.text, css_class="tk-logo"),
            drawing.header_wordmark(light, css_class="tk-logo"),
            drawing.header_wordmark(dark, css_class="tk-logo"),
        )
    else:
        own = tuple(seen for seen in (own_light, own_dark) if seen is not None)
        pictures = (
            own_light.picture if own_light else _on(own, light.page, plate=dark.page, corner=drawing.corner),
            own_dark.picture if own_dark else _on(own, dark.page, plate=light.page, corner=drawing.corner),
            _on(own, light.header, plate=light.page if own_light else dark.page, corner=drawing.corner),
            _on(own, dark.header, plate=light.page if own_light else dark.page, corner=drawing.corner),
        )
    marks = (drawing.mark(light), drawing.mark(dark), drawing.header_mark(light), drawing.header_mark(dark))
    logos = LogoSet(*pictures, *marks, own_mark, drawing.letter, drawing.corner, is_wordmark_drawn=first is None)
    return logos, report.diagnostics


def emit_logos(
    brand: Brand, logos: LogoSet, *, tokens: ResolvedTokens
) -> tuple[tuple[Artifact, ...], tuple[Diagnostic, ...]]:
    """Logos and marks for light and dark pages and for the header, and e-mail logos as PNG on opaque grounds."""
    vectors = {
        "logo-light.svg": logos.light,
        "logo-dark.svg": logos.dark,
        "logo-header-light.svg": logos.header_light,
        "logo-header-dark.svg": logos.header_dark,
        "mark.svg": logos.mark,
        "mark-dark.svg": logos.mark_dark,
        "mark-header-light.svg": logos.mark_header_light,
        "mark-header-dark.svg": logos.mark_header_dark,
    }
    artifacts = [Artifact(ASSETS / name, picture.text.encode(), SVG_TYPE) for name, picture in vectors.items()]
    report = Reporter()
    emails = {
        "email-logo.png": (logos.light, palette(tokens, Mode.LIGHT)),
        "email-logo-dark.png": (logos.dark, palette(tokens, Mode.DARK)),
    }
    for name, (picture, colors) in emails.items():
        png = _email(picture, colors.page)
        if isinstance(png, Failed):
            place = brand.origin_of("/logos/light")
            report(UNRENDERABLE_IMAGE, place, f"`{name}` of {brand.name} cannot be drawn: {png.reason}")
        else:
            artifacts.append(Artifact(ASSETS / name, png, PNG_TYPE))
    return tuple(artifacts), report.diagnostics


def _read(brand: Brand, role: str, *, files: Sequence[SourceFile], report: Reporter) -> Seen | None:
    path = {"light": brand.logos.light, "dark": brand.logos.dark, "mark": brand.logos.mark}[role]
    file = next((file for file in files if file.path == path), None)
    if file is None:
        return None
    origin = brand.origin_of(f"/logos/{role}")
    picture = read_logo(file, report, prefix=f"tk-{role}-", origin=origin)
    if picture is None:
        return None
    look = look_at(picture)
    if isinstance(look, Failed):
        report(UNRENDERABLE_IMAGE, origin, f"`{file.path.name}` cannot be drawn: {look.reason}")
        return None
    if look.is_empty:
        _report_empty(file.path.name, picture, report, origin=origin)
        return None
    return Seen(picture, look)


def _report_empty(name: str, picture: CleanSvg, report: Reporter, *, origin: Origin | None) -> None:
    if picture.has_text:
        hint = "turn its text into outlines in your drawing tool: no font is there to draw it with"
    else:
        hint = "give it shapes that have a fill or a stroke, and are not transparent"
    report(EMPTY_LOGO, origin, f"`{name}` draws nothing, so it is not used", hint=hint)


def _square(seen: Seen | None) -> Seen | None:
    narrow, wide = SQUARE_ASPECTS
    return seen if seen is not None and narrow <= seen.picture.box.aspect <= wide else None


def _set_initial(brand: Brand, letterer: Letterer, report: Reporter) -> Outline | None:
    initial = initial_of(brand.name)
    heavy = [Typeface(face.content, LETTER_WEIGHT) for face in letterer.heading]
    drawn = (
        set_lines([initial], heavy, report=report, size_px=SET_PX, whole=Whole(brand.name, letterer.origin))
        if initial
        else None
    )
    return drawn.lines[0] if drawn and drawn.lines else None


def _set_name(name: str, letterer: Letterer, report: Reporter) -> Outlines:
    """The name on one line, or on two of nearly one width if one would make the logo too wide for a header."""
    tracking = CAPITALS_TRACKING_EM if name.isupper() else TRACKING_EM
    words = measured(name, letterer.heading, tracking_em=tracking)
    lines: tuple[str, ...] = (name,)
    if words is not None and len(words.texts) > 1 and words.total > MAX_NAME_EM:
        lines = in_two(words)
    return set_lines(
        lines, letterer.heading, report=report, size_px=SET_PX, tracking_em=tracking, whole=Whole(name, letterer.origin)
    )


def _on(own: Sequence[Seen], ground: str, *, plate: str, corner: float) -> CleanSvg:
    """The picture that stands out most from the ground, if it is safe there, else one on a plate."""
    best = max(own, key=lambda seen: seen.look.contrast_with(ground))
    if best.look.is_safe_on(ground):
        return best.picture
    visible = max(own, key=lambda seen: seen.look.contrast_with(plate))
    return plated(visible, plate, corner=corner)


def _warn_if_faint(brand: Brand, role: str, *, seen: Seen | None, ground: str, report: Reporter) -> None:
    if seen is not None and seen.look.share_seen(ground) < FAINT_SHARE:
        other = "dark" if role == "light" else "light"
        report(
            FAINT_LOGO,
            brand.origin_of(f"/logos/{role}"),
            f"the {role} logo can hardly be seen on the {role} page, whose colour is {ground}",
            hint=f"if it is made for {other} pages, name it `logos.{other}`",
        )


def _email(picture: CleanSvg, ground: str) -> bytes | Failed:
    width = min(picture.box.aspect * EMAIL_HEIGHT_PX, EMAIL_MAX_WIDTH_PX)
    height = width / picture.box.aspect
    size = Size(round(width) + 2 * EMAIL_PADDING_PX, round(height) + 2 * EMAIL_PADDING_PX, ground)
    inside = picture.placed(Box(EMAIL_PADDING_PX, EMAIL_PADDING_PX, width, height))
    framed = CleanSvg(Box(0, 0, size.width_px, size.height_px), inside, "tk-email")
    pngs = rasterise(framed.text, size)
    return pngs if isinstance(pngs, Failed) else pngs[0]
