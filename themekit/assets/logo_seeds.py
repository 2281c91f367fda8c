"""The colours of a logo as a brand's seeds, and what contrast makes of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.model import Color, Mode, TokenId
from themekit.resolve.colour import contrast, from_rgb8, to_oklch
from themekit.resolve.colour import hex as hex_of
from themekit.resolve.hue import hue_distance
from themekit.resolve.seeds import GREY_BELOW

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from themekit.model import ResolvedTokens

APART_DEG = 30.0  # nearer hues are shades of one colour: no second emphasis
TINTED = 0.004  # chroma below which a grey has no hue to give to a neutral
MID = (0.35, 0.8)  # lightness of greys that can be a seed: near black and near white are text and paper
SEEN = 3.0


@dataclass(frozen=True, slots=True)
class LogoSeeds:
    """Colours as `#rrggbb`; `others` are those of the logo that became no seed."""

    primary: str
    accent: str | None
    neutral: str | None
    others: tuple[str, ...]

    def members(self) -> dict[str, str]:
        """What stands in `color` of a brand file."""
        named = {"primary": self.primary, "accent": self.accent, "neutral": self.neutral}
        return {name: color for name, color in named.items() if color is not None}


def logo_seeds(colors: Sequence[str]) -> LogoSeeds:
    """Of the colours of a logo, the most telling first: that one, one of another hue, and a tinted grey.

    Raises ValueError if there is no colour.
    """
    if not colors:
        raise ValueError("a picture without colours has no seeds")
    primary, *rest = colors
    _, chroma, hue_deg = _oklch(primary)
    accent = next((color for color in rest if _is_accent(color, hue_deg if chroma >= GREY_BELOW else None)), None)
    neutral = next((color for color in rest if _is_neutral(color)), None)
    used = {accent, neutral}
    return LogoSeeds(primary, accent, neutral, tuple(color for color in rest if color not in used))


def seed_notes(seeds: LogoSeeds, tokens: ResolvedTokens) -> Iterator[str]:
    """A line for each seed that is seen as it is: where it stands out, what can be read on it, and where it moves."""
    colors = {mode: tokens.in_mode(mode) for mode in Mode}

    def color(mode: Mode, name: str) -> Color:
        value = colors[mode][TokenId(f"color.{name}")]
        if not isinstance(value, Color):
            raise TypeError(f"`color.{name}` is no colour")
        return value

    for name, seed in seeds.members().items():
        if name == "neutral":
            yield f"neutral {seed}: gives pages, borders and text their tint"
            continue
        parts = []
        for mode in (Mode.LIGHT, Mode.DARK):
            has = contrast(color(mode, f"{name}.9"), color(mode, "page"))
            outline = "" if has >= SEEN else f", so it gets an outline there ({hex_of(color(mode, f'{name}.edge'))})"
            parts.append(f"{_ratio(has)} on {mode} pages{outline}")
        on = color(Mode.LIGHT, f"{name}.on")
        text = "white" if hex_of(on) == "#ffffff" else "dark"
        parts.append(f"{text} text on it has {_ratio(contrast(on, color(Mode.LIGHT, f'{name}.9')))}")
        moved = color(Mode.LIGHT_CONTRAST, f"{name}.9")
        if hex_of(moved) != seed:
            parts.append(f"in high contrast it is {hex_of(moved)}, so that text has 7:1")
        yield f"{name} {seed}: {'; '.join(parts)}"
    if seeds.others:
        yield f"not taken: {', '.join(seeds.others)}"


def _is_accent(color: str, primary_hue_deg: float | None) -> bool:
    _, chroma, hue_deg = _oklch(color)
    if chroma < GREY_BELOW:
        return False
    return primary_hue_deg is None or hue_distance(hue_deg, primary_hue_deg) >= APART_DEG


def _is_neutral(color: str) -> bool:
    lightness, chroma, _ = _oklch(color)
    return TINTED <= chroma < GREY_BELOW and MID[0] <= lightness <= MID[1]


def _oklch(color: str) -> tuple[float, float, float]:
    red, green, blue = bytes.fromhex(color[1:])
    return to_oklch(from_rgb8((red, green, blue)))


def _ratio(value: float) -> str:
    """Rounded down: 4.499 is not 4.5."""
    return f"{int(value * 100) / 100:.2f}:1"
