"""One seed to a 12-step scale in one mode, solved so that the contract of `contract.py` holds.

Steps 1-2 page and subtle ground, 3-5 component surfaces (normal, hover, active), 6-8 borders, 9 solid, 10 its hover,
11 muted text, 12 text; `on` is text on 9 and 10. The surfaces are designed (a table of lightness and chroma), all that
must be read on them is solved.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from math import sqrt
from typing import TYPE_CHECKING

from themekit.model import Mode
from themekit.resolve.hue import HuePath, smooth
from themekit.resolve.luminance import Rgb8, ratio
from themekit.resolve.oklab import Triple, rounded
from themekit.resolve.solve import bytes_of, move, stands_out

if TYPE_CHECKING:
    from collections.abc import Sequence

WHITE: Triple = (1.0, 0.0, 0.0)
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
class Scale:
    """The 12 steps (index 0 is step 1), `on`, and whether the solid stands out from the page by itself."""

    steps: tuple[Triple, ...]
    on: Triple
    solid_is_seen: bool


@dataclass(frozen=True, slots=True)
class Grounds:
    """What is read upon: the surfaces 1-5 of all scales of a mode, and those that borders are judged against."""

    page: Rgb8
    text: tuple[Rgb8, ...]
    border: tuple[Rgb8, ...]

    @classmethod
    def of(cls, surfaces_by_scale: Sequence[Sequence[Triple]], page: Triple, mode: Mode) -> Grounds:
        """Borders stand out from steps 1-3, in high contrast from 1-5."""
        count = 5 if mode.is_high_contrast else 3
        text = tuple(bytes_of(shade) for own in surfaces_by_scale for shade in own)
        border = tuple(bytes_of(shade) for own in surfaces_by_scale for shade in own[:count])
        return cls(bytes_of(page), text, border)


@dataclass(frozen=True, slots=True)
class Ramp:
    """A seed with its path: gives each step's shade at any lightness."""

    seed: Triple
    path: HuePath
    vividness: float
    headroom: float

    @classmethod
    def of(cls, seed: Triple) -> Ramp:
        """The ramp through a seed.

        A pale or dark seed says less about chroma than a mid one: pastel pink at the edge of sRGB means a pink brand.
        """
        lightness, chroma, hue_deg = seed
        path = HuePath.of(hue_deg)
        limit = path.limit(lightness)
        share = min(chroma / limit, 1.0) if limit else 0.0
        implied = 0.6 * share * path.peak * smooth((chroma - 0.01) / 0.05)
        headroom = min(max(chroma / limit, 1.0), 1.3) if limit > 0.02 else 1.0
        return cls(seed, path, max(chroma, implied), headroom)

    def shade(self, tone: Tone, lightness: float) -> Triple:
        """The step's colour at this lightness."""
        # Light yellow needs far more chroma than other hues to look as tinted as they do.
        sunny = self.path.yellowness * smooth((lightness - 0.8) / 0.1)
        wished = self.vividness * tone.of_seed * (1 + 0.6 * sunny)
        limit = self.path.limit(lightness) * tone.of_limit
        chroma = soft_min(soft_min(wished, tone.cap * (1 + 2 * sunny)), limit)
        return self.path.shade(lightness, chroma)

    def solid(self, lightness: float) -> Triple:
        """The seed at another lightness: its own hue, undrifted, and its own chroma where there is that much."""
        own_lightness, chroma, hue_deg = self.seed
        if lightness == own_lightness:
            return self.seed
        return rounded((lightness, min(chroma, self.path.limit(lightness) * self.headroom), hue_deg))


def soft_min(one: float, other: float) -> float:
    """A smooth minimum of two that are not negative, never above either: ramps without kinks."""
    if not max(one, other):
        return 0.0
    return one * other / sqrt(sqrt(one**4 + other**4))


def surfaces(ramp: Ramp, mode: Mode) -> tuple[Triple, ...]:
    """Steps 1 to 5."""
    design = DESIGNS[mode]
    return tuple(ramp.shade(tone, lightness) for tone, lightness in zip(design.tones, design.surfaces, strict=False))


def solve_scale(ramp: Ramp, mode: Mode, *, own: Sequence[Triple], grounds: Grounds, adjust: bool) -> Scale:
    """The scale of a ramp. `own` are its surfaces; its text is readable on the surfaces of every scale."""
    design = DESIGNS[mode]
    borders = _borders(ramp, mode, last_surface=own[4], grounds=grounds.border)
    solid = _solid(ramp, mode, page=grounds.page, adjust=adjust)
    hover, on = _hover_and_on(ramp, solid, design.on_ratio, mode=mode)
    muted, text = (
        move(partial(ramp.shade, tone), stands_out(grounds.text, ratio=wanted, lc=lc), start=start, end=far_end(mode))
        for tone, (start, wanted, lc) in zip(design.tones[10:], design.text, strict=True)
    )
    return Scale((*own, *borders, solid, hover, muted, text), on, ratio(bytes_of(solid), grounds.page) >= 3)


def far_end(mode: Mode) -> float:
    """The lightness farthest from the mode's surfaces."""
    return 1.0 if mode.is_dark else 0.0


def _borders(ramp: Ramp, mode: Mode, *, last_surface: Triple, grounds: Sequence[Rgb8]) -> tuple[Triple, ...]:
    """Steps 6 to 8: the last is always solved, the others where the mode asks, else spread between their neighbours."""
    design = DESIGNS[mode]
    shades = [partial(ramp.shade, tone) for tone in design.tones[5:8]]

    def solved(index: int, wanted: float) -> Triple:
        return move(shades[index], stands_out(grounds, ratio=wanted), start=design.border_start, end=far_end(mode))

    first, middle, last = design.border_ratios
    strong = solved(2, last)
    first_level, span = last_surface[0], strong[0] - last_surface[0]
    return (
        shades[0](first_level + 0.24 * span) if first is None else solved(0, first),
        shades[1](first_level + 0.56 * span) if middle is None else solved(1, middle),
        strong,
    )


def _solid(ramp: Ramp, mode: Mode, *, page: Rgb8, adjust: bool) -> Triple:
    """The seed, moved only if text cannot reach the ratio on it, or if the brand lets it move to stand out."""
    wanted = DESIGNS[mode].on_ratio

    def carries_text(rgb: Rgb8) -> bool:
        return max(ratio(rgb, (255, 255, 255)), ratio(rgb, (0, 0, 0))) >= wanted

    if adjust:
        seen = stands_out((page,), ratio=3)
        return move(ramp.solid, lambda rgb: seen(rgb) and carries_text(rgb), start=ramp.seed[0], end=far_end(mode))
    white_is_on = ratio(bytes_of(ramp.seed), (255, 255, 255)) >= 4.5
    return move(ramp.solid, carries_text, start=ramp.seed[0], end=0.0 if white_is_on else 1.0)


def _hover_and_on(ramp: Ramp, solid: Triple, wanted: float, *, mode: Mode) -> tuple[Triple, Triple]:
    """Step 10 and the text on 9 and 10: white where it can be read, else a near-black of the scale's hue."""
    lightness = solid[0]
    ink: Rgb8 = (255, 255, 255) if ratio(bytes_of(solid), (255, 255, 255)) >= wanted else (0, 0, 0)
    lighter_first = lightness < 0.86 if mode.is_dark else lightness < 0.30
    levels = [lightness + HOVER, lightness - HOVER]
    levels = levels if lighter_first else levels[::-1]
    # One of the two directions always leads away from the text's colour, and at the ends of lightness it is the first.
    hover = next(shade for shade in map(ramp.solid, levels) if ratio(bytes_of(shade), ink) >= wanted)
    if ink[0]:
        return hover, WHITE

    def dark(level: float) -> Triple:
        return ramp.path.shade(level, 0.25 * ramp.vividness)

    return hover, move(dark, stands_out((bytes_of(solid), bytes_of(hover)), ratio=wanted), start=0.24, end=0.0)
