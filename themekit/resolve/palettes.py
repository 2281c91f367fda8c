"""Colours that a brand asks for beside its scales and roles: tonal palettes, colours of charts, a gradient."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from math import dist
from typing import TYPE_CHECKING

from themekit.model import Mode
from themekit.resolve.conditions import BLACK, WHITE, CarriesText, StandsOut, mixed
from themekit.resolve.data_plan import brand_category, plan
from themekit.resolve.line import Line
from themekit.resolve.oklab import linear_to_oklab, oklab_to_linear, oklch_to_linear, rounded
from themekit.resolve.roles import Shade, alias, color
from themekit.resolve.scale import DESIGNS, far_end, surface_bytes
from themekit.resolve.seeds import GREY_BELOW, GREY_BRAND_HUE_DEG, SCALES
from themekit.resolve.solve import Search, bytes_of, stands_out
from themekit.resolve.spaces import clipped_bytes
from themekit.resolve.tones import TONES, tonal_palette
from themekit.resolve.vision import seen

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from themekit.model import Palettes
    from themekit.resolve.luminance import Rgb8
    from themekit.resolve.oklab import Triple
    from themekit.resolve.roles import Role, Solved

REMEMBERED = 128  # gradients and pairs of hues: a brand has four and one
SEQUENTIAL, DIVERGING, STOPS = 7, 9, 5
ENDS: dict[Mode, tuple[float, float]] = {
    Mode.LIGHT: (0.93, 0.42),
    Mode.DARK: (0.30, 0.86),
    Mode.LIGHT_CONTRAST: (0.95, 0.34),
    Mode.DARK_CONTRAST: (0.24, 0.92),
}
"""Lightness of the weakest and the strongest of an ordered palette: from near the page to well seen on it."""
STRONG: dict[Mode, float] = {
    Mode.LIGHT: 0.50,
    Mode.DARK: 0.76,
    Mode.LIGHT_CONTRAST: 0.44,
    Mode.DARK_CONTRAST: 0.78,
}
"""Lightness of both ends of a diverging palette: where most hues have the chroma by which the ends are told apart."""
CHART_CHROMA, CHART_SHARE = 0.13, 0.92  # of ordered palettes: at least, so that a grey brand's are told apart too
OTHER_HUES_DEG = tuple(range(0, 360, 15))
TURN_DEG = 40.0  # of a gradient whose brand gives no accent
STEADY = 1.04  # between two stops a colour can be a little lighter or darker than both
TRIES = 40  # each asks for a little more; before the last one a gradient is as dark, or as light, as can be
MOST = 20.9  # of 21
SLACK = 1.002  # between two samples
SAMPLES = 16  # between two stops


def palette_roles(solved: Solved, palettes: Palettes, *, accent_is_given: bool) -> Iterator[tuple[str, Role]]:
    """The further colours of a mode, in the order of the token set."""
    for name, role in _roles(solved, palettes, accent_is_given=accent_is_given):
        yield name, role.color if isinstance(role, Shade) else role


def palette_searches(solved: Solved, palettes: Palettes, *, accent_is_given: bool) -> dict[str, Search]:
    """By its name, how each of them was found that was searched for."""
    roles = _roles(solved, palettes, accent_is_given=accent_is_given)
    return {name: role.search for name, role in roles if isinstance(role, Shade)}


def _roles(solved: Solved, palettes: Palettes, *, accent_is_given: bool) -> Iterator[tuple[str, Role | Shade]]:
    if palettes.tones:
        for name in SCALES:
            shades = tonal_palette(solved.ramps[name].seed, solved.look.of_scale(name))
            yield from ((f"tone.{name}.{tone}", color(shade)) for tone, shade in zip(TONES, shades, strict=True))
    if palettes.data:
        yield from _categories(solved)
        yield from _sequential(solved)
        yield from _diverging(solved)
    if palettes.gradient:
        yield from _gradient(solved, accent_is_given=accent_is_given)


def _categories(solved: Solved) -> Iterator[tuple[str, Role | Shade]]:
    """The brand's solid where it can be seen and is what was planned with, then what the plan says."""
    mode, seed = solved.mode, solved.ramps["primary"].seed
    page = surface_bytes(solved.step("neutral", 1))
    passes = stands_out([page], ratio=4.5 if mode.is_high_contrast else 3)

    def search(line: Line, start: float) -> Shade:
        return Shade.of(Search(line, passes, start, far_end(mode), ("page",)))

    own = brand_category(seed, mode)
    if own == solved.step("primary", 9) and passes(bytes_of(own)):
        yield "data.category.1", alias("primary.9")
    else:
        yield "data.category.1", search(Line(seed[2], seed[1], 1.0), own[0])
    for number, category in enumerate(plan(seed), start=2):
        yield f"data.category.{number}", search(category.line, category.lightness(mode))


def _sequential(solved: Solved) -> Iterator[tuple[str, Role]]:
    hue_deg, chroma = _chart_hue(solved)
    first, last = ENDS[solved.mode]
    line = Line(hue_deg, chroma, CHART_SHARE)
    for step in range(SEQUENTIAL):
        level = first + (last - first) * step / (SEQUENTIAL - 1)
        yield f"data.sequential.{step + 1}", color(line.shade(level))


def _diverging(solved: Solved) -> Iterator[tuple[str, Role]]:
    """From the brand's hue over a grey near the page to the hue that every eye tells from it best."""
    hue_deg, chroma = _chart_hue(solved)
    hues = (hue_deg, _other_hue(hue_deg, chroma))
    middle, last = ENDS[solved.mode][0], STRONG[solved.mode]
    half = DIVERGING // 2
    for step in range(DIVERGING):
        strength = abs(step - half) / half
        line = Line(hues[step > half], chroma * strength, CHART_SHARE)
        yield f"data.diverging.{step + 1}", color(line.shade(middle + (last - middle) * strength))


def _chart_hue(solved: Solved) -> tuple[float, float]:
    ramp = solved.ramps["primary"]
    hue_deg = GREY_BRAND_HUE_DEG if ramp.seed[1] < GREY_BELOW else ramp.seed[2]
    return hue_deg, max(ramp.vividness, CHART_CHROMA)


@lru_cache(maxsize=REMEMBERED)
def _other_hue(hue_deg: float, chroma: float) -> float:
    """Of a fixed set of hues the one whose strong end is farthest, in the worst mode and vision."""

    def views(hue: float) -> list[Triple]:
        line = Line(hue, chroma, CHART_SHARE)
        return [view for last in STRONG.values() for view in seen(bytes_of(line.shade(last)))]

    own = views(hue_deg)
    return max(map(float, OTHER_HUES_DEG), key=lambda hue: min(map(dist, own, views(hue))))


def _gradient(solved: Solved, *, accent_is_given: bool) -> Iterator[tuple[str, Role | Shade]]:
    solid = solved.step("primary", 9)
    turned = (solid[0], solid[1], (solid[2] + TURN_DEG) % 360)
    end = solved.step("accent", 9) if accent_is_given else turned
    is_white = solved.scales["primary"].on[0] > solid[0]
    asked = CarriesText(DESIGNS[solved.mode].on_ratio * SLACK, solved.look.muted_lc)
    shades, on = _stops(solid, end, is_white=is_white, wanted=asked)
    for number, shade in enumerate(shades, start=1):
        is_solid = number == 1 and shade.color.components == solid
        yield f"gradient.{number}", alias("primary.9") if is_solid else shade
    yield "on-gradient", on


@lru_cache(maxsize=REMEMBERED)
def _stops(
    start: Triple, end: Triple, *, is_white: bool, wanted: CarriesText
) -> tuple[tuple[Shade, ...], Role | Shade]:
    """The stops, and the text that can be read on them and on every colour between."""
    ink = WHITE if is_white else BLACK
    path = [_between(start, end, position / (STOPS - 1)) for position in range(STOPS)]
    asked = wanted.ratio
    for _ in range(TRIES):
        passes = StandsOut.on([ink], ratio=asked)
        shades = tuple([_stop(shade, passes, end=0.0 if is_white else 1.0) for shade in path])
        if all(wanted.carries(ink, rgb) for rgb in colors_between([shade.color.components for shade in shades])):
            break
        asked = min(asked * STEADY, MOST)
    else:
        raise ArithmeticError(f"text cannot be read on a gradient from {start} to {end}")
    return shades, color((1.0 if is_white else 0.0, 0.0, 0.0))


def _stop(shade: Triple, passes: StandsOut, *, end: float) -> Shade:
    """The colour itself where it passes, to the last digit: a brand sees its own at both ends."""
    level, chroma, hue_deg = shade
    search = Search(Line(hue_deg, chroma, 1.0), passes, level, end, ("on-gradient",))
    exact = rounded(shade)
    return Shade(color(exact), search) if passes(bytes_of(exact)) else Shade.of(search)


def _between(one: Triple, other: Triple, share: float) -> Triple:
    """Of two OKLCH colours, by the shorter way round the hues; a grey has the hue of the other."""
    hue = one[2] if one[1] >= GREY_BELOW else other[2]
    turn = (other[2] - hue + 180) % 360 - 180 if other[1] >= GREY_BELOW else 0.0
    lightness, chroma = (a + (b - a) * share for a, b in zip(one[:2], other[:2], strict=True))
    return (lightness, chroma, (hue + turn * share) % 360)


def colors_between(stops: Sequence[Triple]) -> Iterator[Rgb8]:
    """Bytes along a gradient, mixed as sRGB, OKLab and OKLCH: the three ways in which browsers and tools do it.

    What lies outside sRGB between two stops is clipped, as browsers do with what they paint.
    """
    for one, other in pairwise(stops):
        first, last = bytes_of(one), bytes_of(other)
        labs = [linear_to_oklab(oklch_to_linear(shade)) for shade in (one, other)]
        for sample in range(SAMPLES + 1):
            share = sample / SAMPLES
            yield mixed(last, first, share=share)
            lab = [a + (b - a) * share for a, b in zip(*labs, strict=True)]
            yield clipped_bytes(oklab_to_linear((lab[0], lab[1], lab[2])))
            yield clipped_bytes(oklch_to_linear(_between(one, other, share)))
