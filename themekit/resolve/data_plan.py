"""Which colours a chart's categories have: told apart by every eye, in every mode, beginning with the brand's.

A category is a hue, a level of lightness and a chroma, the same in every mode; each mode has a range of lightness that
is seen on its page. Of a fixed grid those are taken that are farthest from one another in the worst mode and vision.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from math import dist

from themekit.model import Mode
from themekit.resolve.hue import hue_distance
from themekit.resolve.line import Line
from themekit.resolve.oklab import Triple, rounded
from themekit.resolve.solve import bytes_of
from themekit.resolve.vision import seen

CATEGORIES = 8
FLOOR = 0.05  # of OKLab: 0.02 is just noticeable, and the marks of a chart are small and apart
PLANNED = FLOOR + 0.005  # a colour that has to move to be seen on its page comes nearer to another
HUES_DEG = tuple(range(0, 360, 15))
LEVELS = (0.0, 0.25, 0.5, 0.75, 1.0)
CHROMAS = (0.08, 0.19)
SHARE = 0.95  # of what sRGB has
GAPS_DEG = (30.0, 15.0, 0.0)
"""Between hues: the first with which the floor is kept, as colours with names of their own are easier to talk of."""
RANGES: dict[Mode, tuple[float, float]] = {
    Mode.LIGHT: (0.36, 0.645),
    Mode.DARK: (0.53, 0.90),
    Mode.LIGHT_CONTRAST: (0.30, 0.55),
    Mode.DARK_CONTRAST: (0.58, 0.92),
}
EXCHANGES = 8  # rounds: hardly any palette gets better after the third
REMEMBERED = 64  # brands


@dataclass(frozen=True, slots=True)
class Category:
    """One colour of the plan: `level` is 0 at the darkest of a mode's range and 1 at the lightest."""

    hue_deg: float
    level: float
    chroma: float

    @property
    def line(self) -> Line:
        """Where it is looked for."""
        return Line(self.hue_deg, self.chroma, SHARE)

    def lightness(self, mode: Mode) -> float:
        """Where the search begins."""
        low, high = RANGES[mode]
        return low + (high - low) * self.level


def brand_category(seed: Triple, mode: Mode) -> Triple:
    """The brand's own colour, as it is where it fits the mode's range of lightness, a little beyond it by day."""
    low, high = RANGES[mode]
    low = low if mode.is_dark else low - 0.1
    lightness, chroma, hue_deg = seed
    if low <= lightness <= high:
        return seed
    return rounded((min(max(lightness, low), high), chroma, hue_deg))


@lru_cache(maxsize=REMEMBERED)
def plan(seed: Triple) -> tuple[Category, ...]:
    """The categories that follow the brand's own, so that each is as far as can be from those before it."""
    first = _seen_in_all_modes([brand_category(seed, mode) for mode in Mode])
    from_brand = tuple(_least(first, views) for _, views in _grid())
    chosen: list[int] = []
    for gap_deg in GAPS_DEG:
        chosen = _chosen(seed[2], from_brand, gap_deg=gap_deg)
        if len(chosen) == CATEGORIES - 1 and _worst(chosen, from_brand) >= PLANNED:
            break
    ordered: list[int] = []
    while len(ordered) < len(chosen):
        rest = [index for index in chosen if index not in ordered]
        ordered.append(max(rest, key=lambda index: _room(index, ordered, from_brand)))
    return tuple(_grid()[index][0] for index in ordered)


def _chosen(hue_deg: float, from_brand: tuple[float, ...], *, gap_deg: float) -> list[int]:
    """One after the other the farthest that is left, then exchanged for better ones as long as there are any."""
    hues = [category.hue_deg for category, _ in _grid()]
    free = [index for index, hue in enumerate(hues) if hue_distance(hue, hue_deg) >= gap_deg]

    def best(others: list[int]) -> int | None:
        found = [
            index
            for index in free
            if index not in others and all(hue_distance(hues[index], hues[other]) >= gap_deg for other in others)
        ]
        return max(found, key=lambda index: _room(index, others, from_brand), default=None)

    chosen: list[int] = []
    while len(chosen) < CATEGORIES - 1 and (index := best(chosen)) is not None:
        chosen.append(index)
    for _ in range(EXCHANGES):
        before = tuple(chosen)
        for place, index in enumerate(chosen):
            others = [other for other in chosen if other != index]
            other = best(others)
            if other is not None and _room(other, others, from_brand) > _room(index, others, from_brand):
                chosen[place] = other
        if before == tuple(chosen):
            break
    return chosen


def _worst(chosen: list[int], from_brand: tuple[float, ...]) -> float:
    return min(_room(index, [other for other in chosen if other != index], from_brand) for index in chosen)


def _room(index: int, others: list[int], from_brand: tuple[float, ...]) -> float:
    """How far it is from the nearest of the others and of the brand's colour."""
    distances = _distances()[index]
    return min([from_brand[index], *[distances[other] for other in others]])


@cache
def _grid() -> tuple[tuple[Category, tuple[Triple, ...]], ...]:
    """Each category with its colours in OKLab, of every mode and vision."""
    found = [Category(float(hue), level, chroma) for hue, level, chroma in product(HUES_DEG, LEVELS, CHROMAS)]
    return tuple((one, _seen_in_all_modes([one.line.shade(one.lightness(mode)) for mode in Mode])) for one in found)


@cache
def _distances() -> tuple[tuple[float, ...], ...]:
    grid = _grid()
    found = [[0.0] * len(grid) for _ in grid]
    for index, (_, views) in enumerate(grid):
        for other in range(index):
            found[index][other] = found[other][index] = _least(views, grid[other][1])
    return tuple(map(tuple, found))


def _seen_in_all_modes(shades: list[Triple]) -> tuple[Triple, ...]:
    return tuple(view for shade in shades for view in seen(bytes_of(shade)))


def _least(one: tuple[Triple, ...], other: tuple[Triple, ...]) -> float:
    return min(map(dist, one, other))
