"""One seed to a 12-step scale in one mode, solved so that the contract of `contract.py` holds.

Steps 1-2 page and subtle ground, 3-5 component surfaces (normal, hover, active), 6-8 borders, 9 solid, 10 its hover,
11 muted text, 12 text; `on` is text on 9 and 10. The surfaces are designed (a table of lightness and chroma), all that
must be read on them is solved.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from themekit.model import Mode
from themekit.resolve.conditions import BLACK as BLACK_INK
from themekit.resolve.conditions import WHITE as WHITE_INK
from themekit.resolve.conditions import CarriesText, Extent
from themekit.resolve.hue import HuePath, smooth
from themekit.resolve.line import Line
from themekit.resolve.look import STANDARD, Look
from themekit.resolve.luminance import Rgb8, ratio
from themekit.resolve.oklab import Triple, rounded
from themekit.resolve.seeds import SCALES
from themekit.resolve.solve import Search, bytes_of, move, stands_out

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from themekit.resolve.hue import Turn

WHITE: Triple = (1.0, 0.0, 0.0)
REMEMBERED = 256  # scales: a brand has 28
BORDER_SHARES = (0.24, 0.56)  # of the way from step 5 to step 8
ALL_SURFACES = tuple(f"{name}.{step}" for name in SCALES for step in range(1, 6))
CALM_SURFACES = tuple(f"{name}.{step}" for name in SCALES for step in range(1, 4))
HOVER = 0.045  # lightness between solid and its hover: seen at once, and still the same colour


@dataclass(frozen=True, slots=True)
class Tone:
    """The chroma of one step: at most this share of the seed's, this cap, and this share of what sRGB has there."""

    of_seed: float
    cap: float
    of_limit: float


@dataclass(frozen=True, slots=True)
class Design:
    """What one mode asks: `surfaces` are the lightnesses of steps 1-5, the rest are floors for the solver.

    `text` is (start lightness, WCAG ratio, APCA Lc) of steps 11 and 12; `border_ratios` those of steps 6-8, where None
    means: set between its neighbours.
    """

    surfaces: tuple[float, float, float, float, float]
    tones: tuple[Tone, ...]
    text: tuple[tuple[float, float, float], tuple[float, float, float]]
    border_ratios: tuple[float | None, float | None, float]
    border_start: float
    on_ratio: float


LIGHT_TONES = (
    Tone(0.12, 0.005, 0.60),
    Tone(0.22, 0.014, 0.70),
    Tone(0.36, 0.032, 0.75),
    Tone(0.46, 0.054, 0.80),
    Tone(0.54, 0.077, 0.85),
    Tone(0.64, 0.100, 0.90),
    Tone(0.76, 0.140, 0.96),
    Tone(0.92, 0.200, 1.05),
    Tone(1.00, 0.400, 1.00),
    Tone(1.00, 0.400, 1.00),
    Tone(1.00, 0.240, 1.05),
    Tone(0.78, 0.095, 0.80),
)
DARK_TONES = (
    Tone(0.46, 0.018, 0.70),
    Tone(0.48, 0.027, 0.75),
    Tone(0.52, 0.056, 0.80),
    Tone(0.56, 0.082, 0.88),
    Tone(0.60, 0.100, 0.92),
    Tone(0.66, 0.116, 0.94),
    Tone(0.74, 0.138, 0.96),
    Tone(0.86, 0.170, 1.00),
    Tone(1.00, 0.400, 1.00),
    Tone(1.00, 0.400, 1.00),
    Tone(0.86, 0.160, 1.00),
    Tone(0.48, 0.050, 0.80),
)
# In high contrast the three borders are as dark as step 8, so they are as vivid.
LIGHT_CONTRAST_TONES = (*LIGHT_TONES[:5], *[LIGHT_TONES[7]] * 3, *LIGHT_TONES[8:])
DARK_CONTRAST_TONES = (*DARK_TONES[:5], *[DARK_TONES[7]] * 3, *DARK_TONES[8:])
DESIGNS: dict[Mode, Design] = {
    Mode.LIGHT: Design(
        (0.993, 0.981, 0.960, 0.937, 0.911), LIGHT_TONES, ((0.56, 4.5, 0), (0.31, 7, 0)), (None, None, 3), 0.72, 4.5
    ),
    Mode.DARK: Design(
        (0.180, 0.207, 0.248, 0.285, 0.321), DARK_TONES, ((0.76, 4.5, 60), (0.93, 7, 90)), (None, None, 3), 0.50, 4.5
    ),
    Mode.LIGHT_CONTRAST: Design(
        (1.0, 0.985, 0.967, 0.948, 0.928), LIGHT_CONTRAST_TONES, ((0.45, 7, 75), (0.21, 10, 90)), (3, 3.8, 4.8), 0.72, 7
    ),
    Mode.DARK_CONTRAST: Design(
        (0.120, 0.160, 0.193, 0.225, 0.255),
        DARK_CONTRAST_TONES,
        ((0.80, 7, 75), (0.97, 10, 95)),
        (3, 3.8, 4.8),
        0.40,
        7,
    ),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Why a scale is as it is: what was searched for each step (1 to 12, and 0 for `on`), and asked of the solid."""

    searches: Mapping[int, Search]
    seed: Triple
    carries_text: CarriesText
    is_adjusted: bool


@dataclass(frozen=True, slots=True)
class Scale:
    """The 12 steps (index 0 is step 1), `on`, and whether the solid stands out from the page by itself."""

    steps: tuple[Triple, ...]
    on: Triple
    solid_is_seen: bool
    asked: Asked = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Grounds:
    """What is read upon: the page, and of the surfaces 1-5 of all scales of a mode those that decide."""

    page: Rgb8
    text: Extent
    border: Extent

    @classmethod
    def of(cls, surfaces_by_scale: Sequence[Sequence[Triple]], page: Triple, mode: Mode) -> Grounds:
        """Borders stand out from steps 1-3, in high contrast from 1-5.

        Text and borders are darker than every surface by day and lighter by night, so the nearest surface decides; a
        scale is not solved anew for a change of another one.
        """
        count = 5 if mode.is_high_contrast else 3
        text = [surface_bytes(shade) for own in surfaces_by_scale for shade in own]
        border = [surface_bytes(shade) for own in surfaces_by_scale for shade in own[:count]]
        darkens = not mode.is_dark
        return cls(
            surface_bytes(page), Extent.of(text).nearest(darkens=darkens), Extent.of(border).nearest(darkens=darkens)
        )


@dataclass(frozen=True, slots=True)
class Ramp:
    """A seed with its path: gives each step's shade at any lightness."""

    seed: Triple
    path: HuePath
    vividness: float
    headroom: float

    @classmethod
    def of(cls, seed: Triple, look: Look = STANDARD) -> Ramp:
        """The ramp through a seed.

        A pale or dark seed says less about chroma than a mid one: pastel pink at the edge of sRGB means a pink brand.
        """
        return _ramp(seed, look.turn(seed[0]))

    def line(self, tone: Tone) -> Line:
        """The step's colour at every lightness."""
        return Line(self.path.hue_deg, self.vividness * tone.of_seed, tone.of_limit, tone.cap, self.path.turn)

    def shade(self, tone: Tone, lightness: float) -> Triple:
        """The step's colour at this lightness, 0..1."""
        return self.line(tone).shade(lightness)

    def solid(self, lightness: float) -> Triple:
        """The seed at another lightness: its own hue, undrifted, and its own chroma where there is that much."""
        own_lightness, chroma, hue_deg = self.seed
        if lightness == own_lightness:
            return self.seed
        return rounded((lightness, min(chroma, self.path.limit(lightness) * self.headroom), hue_deg))


@lru_cache(maxsize=REMEMBERED)
def _ramp(seed: Triple, turn: Turn | None) -> Ramp:
    lightness, chroma, hue_deg = seed
    path = HuePath.of(hue_deg, turn)
    limit = path.limit(lightness)
    share = min(chroma / limit, 1.0) if limit else 0.0
    implied = 0.6 * share * path.peak * smooth((chroma - 0.01) / 0.05)
    headroom = min(max(chroma / limit, 1.0), 1.3) if limit > 0.02 else 1.0
    return Ramp(seed, path, max(chroma, implied), headroom)


@lru_cache(maxsize=REMEMBERED)
def design_of(mode: Mode, look: Look) -> Design:
    """What a mode asks in this look."""
    design = DESIGNS[mode]
    (muted_start, muted_ratio, muted_lc), (start, text_ratio, text_lc) = design.text
    return replace(
        design,
        tones=tuple([_toned(tone, index, look) for index, tone in enumerate(design.tones)]),
        text=(
            (muted_start, muted_ratio, max(muted_lc, look.muted_lc)),
            (start, text_ratio, max(text_lc, look.text_lc)),
        ),
    )


def _toned(tone: Tone, index: int, look: Look) -> Tone:
    factor = look.surface_chroma if index < 5 else 1.0 if index in {8, 9} else look.ink_chroma
    return Tone(tone.of_seed * factor, tone.cap * factor, tone.of_limit)


@lru_cache(maxsize=REMEMBERED)
def surfaces(seed: Triple, mode: Mode, look: Look = STANDARD) -> tuple[Triple, ...]:
    """Steps 1 to 5."""
    design, ramp = design_of(mode, look), Ramp.of(seed, look)
    return tuple(ramp.shade(tone, lightness) for tone, lightness in zip(design.tones, design.surfaces, strict=False))


@lru_cache(maxsize=REMEMBERED)
def solve_scale(
    seed: Triple, mode: Mode, *, grounds: Grounds, adjust: bool, look: Look = STANDARD, on_lc: float = 0.0
) -> Scale:
    """The scale of a seed. Its text is readable on the surfaces of every scale; `on_lc` is a floor for text on solids.

    A floor of Lc that not even black or white reaches is kept as far as they do.
    """
    design, ramp, own = design_of(mode, look), Ramp.of(seed, look), surfaces(seed, mode, look)
    searches = _border_searches(ramp, design, mode, grounds=grounds.border)
    borders = _borders(ramp, design, last_surface=own[4], searches=searches)
    solid, hover, on, is_seen = solids(seed, mode, look=look, page=grounds.page, adjust=adjust, lc=on_lc)
    for step, tone, (start, wanted, lc) in zip((11, 12), design.tones[10:], design.text, strict=True):
        passes = grounds.text.stands_out(wanted, lc=grounds.text.reachable(lc, darkens=not mode.is_dark))
        searches[step] = Search(ramp.line(tone), passes, start, far_end(mode), ALL_SURFACES)
    if on is not None:
        searches[0] = on
    asked = Asked(searches, seed, CarriesText(design.on_ratio, on_lc), adjust)
    steps = (*own, *borders, solid, hover, searches[11].found(), searches[12].found())
    return Scale(steps, WHITE if on is None else on.found(), is_seen, asked)


surface_bytes = lru_cache(maxsize=4 * REMEMBERED)(bytes_of)
"""`bytes_of` for shades that are asked for again and again."""


def far_end(mode: Mode) -> float:
    """The lightness farthest from the mode's surfaces."""
    return 1.0 if mode.is_dark else 0.0


def _border_searches(ramp: Ramp, design: Design, mode: Mode, *, grounds: Extent) -> dict[int, Search]:
    """Of those of steps 6 to 8 that the mode asks a ratio of: the last is always among them."""
    names = ALL_SURFACES if mode.is_high_contrast else CALM_SURFACES
    return {
        step: Search(ramp.line(tone), grounds.stands_out(wanted), design.border_start, far_end(mode), names)
        for step, tone, wanted in zip((6, 7, 8), design.tones[5:8], design.border_ratios, strict=True)
        if wanted is not None
    }


def _borders(ramp: Ramp, design: Design, *, last_surface: Triple, searches: Mapping[int, Search]) -> tuple[Triple, ...]:
    """Steps 6 to 8: solved where the mode asks, else spread between their neighbours."""
    strong = searches[8].found()
    first_level, span = last_surface[0], strong[0] - last_surface[0]
    shades = [
        searches[step].found() if step in searches else ramp.line(tone).shade(first_level + share * span)
        for step, tone, share in zip((6, 7), design.tones[5:7], BORDER_SHARES, strict=True)
    ]
    return (*shades, strong)


@lru_cache(maxsize=REMEMBERED)
def solids(
    seed: Triple, mode: Mode, *, look: Look, page: Rgb8, adjust: bool, lc: float
) -> tuple[Triple, Triple, Search | None, bool]:
    """Steps 9 and 10 and the text on them, and whether 9 stands out: of the other scales only the page matters."""
    ramp = Ramp.of(seed, look)
    carries_text = CarriesText(DESIGNS[mode].on_ratio, lc)
    solid = _solid(ramp, carries_text, page=page, adjust=adjust, end=far_end(mode))
    hover, on = _hover_and_on(ramp, solid, carries_text, mode=mode)
    return solid, hover, on, ratio(bytes_of(solid), page) >= 3


def _solid(ramp: Ramp, carries_text: CarriesText, *, page: Rgb8, adjust: bool, end: float) -> Triple:
    """The seed, moved only if text cannot reach the ratio on it, or if the brand lets it move to stand out."""
    if adjust:
        seen = stands_out((page,), ratio=3)
        return move(ramp.solid, lambda rgb: seen(rgb) and carries_text(rgb), start=ramp.seed[0], end=end)
    white_is_on = ratio(bytes_of(ramp.seed), (255, 255, 255)) >= 4.5
    return move(ramp.solid, carries_text, start=ramp.seed[0], end=0.0 if white_is_on else 1.0)


def _hover_and_on(ramp: Ramp, solid: Triple, carries_text: CarriesText, *, mode: Mode) -> tuple[Triple, Search | None]:
    """Step 10 and the text on 9 and 10: white (None) where it can be read, else a near-black of the scale's hue."""
    lightness, shown = solid[0], bytes_of(solid)
    ink = WHITE_INK if carries_text.carries(WHITE_INK, shown) else BLACK_INK
    lighter_first = lightness < 0.86 if mode.is_dark else lightness < 0.30
    levels = [lightness + HOVER, lightness - HOVER]
    levels = levels if lighter_first else levels[::-1]
    # One of the two directions always leads away from the text's colour, and at the ends of lightness it is the first.
    hover = next(shade for shade in map(ramp.solid, levels) if carries_text.carries(ink, bytes_of(shade)))
    if ink[0]:
        return hover, None
    dark = Line(ramp.path.hue_deg, 0.25 * ramp.vividness, 1.0)
    readable = stands_out((shown, bytes_of(hover)), ratio=carries_text.ratio, lc=carries_text.lc)
    return hover, Search(dark, readable, 0.24, 0.0, ("9", "10"))
