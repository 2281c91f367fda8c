"""What the scales are used for: page, text, links, header, code and admonitions, solved in one mode.

A role is an alias of a step where a step fits, else a shade of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from themekit.model import Alias, Color, Mode, TokenId
from themekit.resolve.colour import from_rgb8
from themekit.resolve.hue import HuePath, hue_distance
from themekit.resolve.luminance import Rgb8, ratio
from themekit.resolve.scale import DESIGNS, WHITE, Ramp, Scale, far_end
from themekit.resolve.seeds import GREY_BELOW, GREY_BRAND_HUE_DEG, ScaleName
from themekit.resolve.solve import bytes_of, move, stands_out

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from themekit.resolve.oklab import Triple

Role = Color | Alias

KEYWORD_HUE_DEG = 258.0  # where the brand has no hue
SPARE_HUES_DEG = (258.0, 85.0, 328.0, 178.0)
TOO_NEAR_DEG = 24.0
SYNTAX_HUES_DEG = {
    "number": 50.0,
    "special": 355.0,
    "function": 305.0,
    "constant": 282.0,
    "string": 152.0,
    "variable": 205.0,
}
SYNTAX = (
    "number",
    "special",
    "function",
    "constant",
    "keyword",
    "string",
    "name",
    "operator",
    "punctuation",
    "comment",
    "generic",
    "variable",
)
ADMONITION_HUES_DEG = {
    "abstract": 215.0,
    "tip": 182.0,
    "question": 128.0,
    "failure": 12.0,
    "bug": 345.0,
    "example": 300.0,
}
ADMONITION_SCALES: dict[str, ScaleName] = {
    "note": "primary",
    "info": "info",
    "success": "success",
    "warning": "warning",
    "danger": "danger",
    "quote": "neutral",
}
ADMONITIONS = (
    "note",
    "abstract",
    "info",
    "tip",
    "success",
    "question",
    "warning",
    "failure",
    "danger",
    "bug",
    "example",
    "quote",
)
GROUND_SHARE_LIGHT, GROUND_SHARE_DARK = 0.10, 0.12  # of the admonition's colour in its tinted ground


@dataclass(frozen=True, slots=True)
class Paths:
    """The hue paths that belong to no scale; the same in every mode."""

    visited: HuePath
    syntax: Mapping[str, HuePath]
    admonition: Mapping[str, HuePath]

    @classmethod
    def of(cls, primary: Triple) -> Paths:
        """The keyword takes the brand's hue; of the others, one that was there goes where there is most room."""
        is_grey = primary[1] < GREY_BELOW
        keyword = KEYWORD_HUE_DEG if is_grey else primary[2]
        hues = {"keyword": keyword, **SYNTAX_HUES_DEG}
        for name, hue in SYNTAX_HUES_DEG.items():
            if hue_distance(hue, keyword) < TOO_NEAR_DEG:
                others = [other for taken, other in hues.items() if taken != name]
                hues[name] = max(SPARE_HUES_DEG, key=lambda spare: min(hue_distance(spare, one) for one in others))
        visited = 310.0 if is_grey or hue_distance(primary[2], 310) > 35 else GREY_BRAND_HUE_DEG
        return cls(
            HuePath.of(visited),
            {name: HuePath.of(hue) for name, hue in hues.items()},
            {name: HuePath.of(hue) for name, hue in ADMONITION_HUES_DEG.items()},
        )


@dataclass(frozen=True, slots=True)
class Solved:
    """What the roles of one mode are made of."""

    mode: Mode
    scales: Mapping[ScaleName, Scale]
    ramps: Mapping[ScaleName, Ramp]
    paths: Paths

    def step(self, name: ScaleName, number: int) -> Triple:
        """The shade of a step, 1 to 12."""
        return self.scales[name].steps[number - 1]

    def neutral(self, step: int, lightness: float) -> Triple:
        """The neutral's colour for a step at another lightness."""
        return self.ramps["neutral"].shade(DESIGNS[self.mode].tones[step - 1], lightness)

    @property
    def text_ratio(self) -> float:
        """WCAG AA, and AAA in high contrast."""
        return DESIGNS[self.mode].text[0][1]


def solve_roles(solved: Solved) -> Iterator[tuple[str, Role]]:
    """Every semantic colour of a mode, in the order of the token set."""
    is_dark = solved.mode.is_dark
    extreme = solved.neutral(1, max(solved.step("neutral", 1)[0] - 0.035, 0.0)) if is_dark else WHITE
    # Raised by day and sunken by night are farther from text than the page is, so they decide nothing.
    grounds = [bytes_of(solved.step("neutral", number)) for number in (1, 2, 3)]
    yield "page", alias("neutral.1")
    yield "surface", alias("neutral.2")
    yield "surface-raised", alias("neutral.3") if is_dark else color(extreme)
    yield "surface-sunken", color(extreme) if is_dark else alias("neutral.3")
    yield "text", alias("neutral.12")
    yield "text-muted", alias("neutral.11")
    yield "text-subtle", color(_readable(solved, partial(solved.neutral, 11), grounds))
    yield "border", alias("neutral.6")
    yield "border-strong", alias("neutral.8")
    # Grey links would not be told from text.
    link = "accent" if solved.ramps["primary"].seed[1] < GREY_BELOW else "primary"
    yield "link", alias(f"{link}.11")
    yield "link-hover", alias(f"{link}.12")
    yield "link-visited", color(_readable(solved, _tint(solved.paths.visited, 0.15), grounds))
    yield "focus", _focus(solved, grounds)
    yield "selection", alias("primary.5" if is_dark else "primary.4")
    yield "selection-text", alias("neutral.12")
    yield "mark", alias("warning.4")
    yield from _header(solved)
    yield from _footer(solved)
    yield "solid", alias("primary.9")
    yield "solid-hover", alias("primary.10")
    yield "on-solid", alias("primary.on")
    yield "accent-solid", alias("accent.9")
    yield "on-accent", alias("accent.on")
    yield "overlay", color(solved.neutral(11, 0.12), 0.66 if is_dark else 0.48)
    yield "shadow", color(solved.neutral(11, 0.06 if is_dark else 0.24), 0.44 if is_dark else 0.13)
    yield from _code(solved)
    yield from _admonitions(solved)


def color(shade: Triple, alpha: float = 1.0) -> Color:
    """The token value of a solved shade."""
    return Color("oklch", shade, alpha)


def alias(step: str) -> Alias:
    """A reference to a step: `neutral.1`."""
    return Alias(TokenId(f"color.{step}"))


def _readable(solved: Solved, shade_at: Callable[[float], Triple], grounds: Sequence[Rgb8]) -> Triple:
    """The calmest shade that is readable on the grounds."""
    lc = (60 if solved.mode.is_high_contrast else 50) if solved.mode.is_dark else 0
    start = 0.70 if solved.mode.is_dark else 0.62
    return move(shade_at, stands_out(grounds, ratio=solved.text_ratio, lc=lc), start=start, end=far_end(solved.mode))


def _tint(path: HuePath, chroma: float) -> Callable[[float], Triple]:
    return lambda lightness: path.shade(lightness, min(chroma, 0.92 * path.limit(lightness)))


def _focus(solved: Solved, grounds: Sequence[Rgb8]) -> Role:
    """The brand's own colour where it can be seen, else its first step that can."""
    seen = stands_out(grounds, ratio=4.5 if solved.mode.is_high_contrast else 3)
    return alias(f"primary.{next(number for number in (9, 8, 11) if seen(bytes_of(solved.step('primary', number))))}")


def _header(solved: Solved) -> Iterator[tuple[str, Role]]:
    """The brand's solid by day; by night, for every brand, a surface of its hue, which shines no more than the page."""
    solid, on = solved.step("primary", 9), solved.scales["primary"].on
    if solved.mode.is_dark:
        yield "header", alias("primary.3")
        yield "header-text", alias("primary.12")
        yield "header-text-muted", alias("primary.11")
        return
    yield "header", alias("primary.9")
    yield "header-text", alias("primary.on")
    start, end = (0.90, 1.0) if on[0] > solid[0] else (0.38, 0.0)
    path, chroma = solved.ramps["primary"].path, solved.ramps["primary"].vividness
    muted = move(
        _tint(path, 0.2 * chroma), stands_out([bytes_of(solid)], ratio=solved.text_ratio), start=start, end=end
    )
    yield "header-text-muted", color(muted)


def _footer(solved: Solved) -> Iterator[tuple[str, Role]]:
    """Dark in every mode: the page's end."""
    ground = solved.neutral(12, 0.225) if not solved.mode.is_dark else solved.neutral(1, 0.145)
    if solved.mode.is_high_contrast:
        ground = solved.neutral(1, 0.09)
    grounds = [bytes_of(ground)]
    text = move(partial(solved.neutral, 2), stands_out(grounds, ratio=7, lc=90), start=0.95, end=1.0)
    muted = move(partial(solved.neutral, 11), stands_out(grounds, ratio=solved.text_ratio, lc=60), start=0.76, end=1.0)
    yield "footer", color(ground)
    yield "footer-text", color(text)
    yield "footer-text-muted", color(muted)


def _code(solved: Solved) -> Iterator[tuple[str, Role]]:
    grounds = [bytes_of(solved.step("neutral", 2)), bytes_of(solved.step("primary", 3))]
    chroma = 0.115 if solved.mode.is_dark else 0.15
    hued = {name: color(_readable(solved, _tint(path, chroma), grounds)) for name, path in solved.paths.syntax.items()}
    yield "code.background", alias("neutral.2")
    yield "code.text", alias("neutral.12")
    yield "code.highlight", alias("primary.3")
    for name in SYNTAX:
        yield f"code.{name}", hued.get(name) or alias("neutral.12" if name == "name" else "neutral.11")


def _admonitions(solved: Solved) -> Iterator[tuple[str, Role]]:
    """A colour for icon, edge and title of each kind, and the tinted ground it stands on."""
    page = bytes_of(solved.step("neutral", 1))
    share = GROUND_SHARE_DARK if solved.mode.is_dark else GROUND_SHARE_LIGHT
    wanted = 4.5 if solved.mode.is_high_contrast else 3

    def passes(rgb: Rgb8) -> bool:
        # The tinted ground lies between the page and the colour: what is seen on it is seen on the page.
        return ratio(rgb, mixed(rgb, page, share=share)) >= wanted

    grounds = []
    for kind in ADMONITIONS:
        if kind in ADMONITION_SCALES:
            ramp = solved.ramps[ADMONITION_SCALES[kind]]
            shade_at = _tint(ramp.path, min(ramp.vividness, 0.19))
        else:
            shade_at = _tint(solved.paths.admonition[kind], 0.15)
        shade = move(shade_at, passes, start=0.68 if solved.mode.is_dark else 0.64, end=far_end(solved.mode))
        grounds.append((f"admonition-ground.{kind}", from_rgb8(mixed(bytes_of(shade), page, share=share))))
        yield f"admonition.{kind}", color(shade)
    yield from grounds


def mixed(top: Rgb8, ground: Rgb8, *, share: float) -> Rgb8:
    """The bytes of `top` at this opacity over `ground`, mixed in sRGB as browsers do."""
    red, green, blue = (round(a * share + b * (1 - share)) for a, b in zip(top, ground, strict=True))
    return (red, green, blue)
