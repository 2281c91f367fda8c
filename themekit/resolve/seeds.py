"""The seven seed colours of a brand in OKLCH: those given, and those derived from the primary."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from themekit.resolve.colour import to_oklch
from themekit.resolve.gamut import max_chroma
from themekit.resolve.hue import HuePath, hue_distance, smooth
from themekit.resolve.oklab import Triple, rounded

if TYPE_CHECKING:
    from themekit.model import Color, ColorOptions, Seeds

ScaleName = Literal["primary", "accent", "neutral", "success", "warning", "danger", "info"]
SCALES: tuple[ScaleName, ...] = ("primary", "accent", "neutral", "success", "warning", "danger", "info")

GREY_BELOW = 0.03  # chroma below which an eye sees a tinted grey rather than a colour
GREY_BRAND_HUE_DEG = 255.0  # a grey brand's neutrals and accents lean to blue, the least surprising temperature
STATUS: dict[str, Triple] = {
    "success": (0.53, 0.135, 151.0),
    "warning": (0.80, 0.160, 76.0),
    "danger": (0.56, 0.205, 26.0),
    "info": (0.55, 0.140, 241.0),
}
STATUS_HUES_DEG = tuple(hue for _, _, hue in STATUS.values())
LEAN = 0.12  # the share of the way to the brand's hue that a status colour leans ...
LEAN_MAX_DEG = 7.0  # ... and its end: success stays green
TINT_MAX = 0.045  # chroma of the greys of a brand that asks for all of its hue: seen at once, and no colour yet
ACCENT_TURNS_DEG = (150.0, -150.0, 60.0, -60.0, 120.0, -120.0, 180.0)  # split complements first


@dataclass(frozen=True, slots=True)
class Seed:
    """One scale's seed: OKLCH, and whether the brand gave it."""

    name: ScaleName
    shade: Triple
    is_given: bool


def brand_seeds(seeds: Seeds) -> tuple[Seed, ...]:
    """The seven seeds in the order of `SCALES`."""
    primary = _shade(seeds.primary)
    return tuple(_seed(seeds, name, primary) for name in SCALES)


def brand_seed(seeds: Seeds, name: ScaleName) -> Seed:
    """One of the seven."""
    return _seed(seeds, name, _shade(seeds.primary))


def _seed(seeds: Seeds, name: ScaleName, primary: Triple) -> Seed:
    given: Color | None = getattr(seeds, name)
    return Seed(name, _derived(name, primary, seeds.options) if given is None else _shade(given), given is not None)


def _shade(color: Color) -> Triple:
    """The seed, with no zero below zero: it would be the same key of a memo, and another text."""
    lightness, chroma, hue_deg = to_oklch(color)
    return rounded((min(max(0.0, lightness), 1.0), max(0.0, chroma), hue_deg))


def _derived(name: ScaleName, primary: Triple, options: ColorOptions) -> Triple:
    if name == "accent":
        return _accent(primary)
    return _neutral(primary, options.neutral_tint) if name == "neutral" else _status(name, primary)


def _hue(primary: Triple) -> float:
    """The brand's hue, which for a pure grey has to be chosen."""
    return primary[2] if primary[1] > 0.004 else GREY_BRAND_HUE_DEG


def _accent(primary: Triple) -> Triple:
    """A hue that harmonises with the primary and is no status colour's; as vivid as the primary."""
    hue = _hue(primary)
    turned = [(hue + turn) % 360 for turn in ACCENT_TURNS_DEG]
    best = max(turned, key=lambda candidate: min(hue_distance(candidate, status) for status in STATUS_HUES_DEG))
    colour = smooth(primary[1] / 0.12)
    return _fit(0.55, 0.06 + 0.13 * colour, best)


def _neutral(primary: Triple, tint: float | None) -> Triple:
    """A grey with a breath of the primary, or with the share of its hue that the brand asks for."""
    chroma = 0.004 + 0.015 * smooth(primary[1] / 0.15) if tint is None else TINT_MAX * tint
    return rounded((0.55, chroma, HuePath.of(_hue(primary)).hue_at(0.5)))


def _status(name: str, primary: Triple) -> Triple:
    """A canonical hue leaning to the brand's, and calmer beside a calm brand."""
    lightness, chroma, hue = STATUS[name]
    if primary[1] >= GREY_BELOW:
        turn = (primary[2] - hue + 180) % 360 - 180
        hue += min(max(LEAN * turn, -LEAN_MAX_DEG), LEAN_MAX_DEG) if abs(turn) < 90 else 0.0
    return _fit(lightness, chroma * (0.8 + 0.2 * smooth(primary[1] / 0.14)), hue % 360)


def _fit(lightness: float, chroma: float, hue_deg: float) -> Triple:
    return rounded((lightness, min(chroma, max_chroma(lightness, hue_deg)), hue_deg))
