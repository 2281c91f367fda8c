"""What the scales are used for: page, text, links, header, code and admonitions, solved in one mode.

A role is an alias of a step where a step fits, else a shade of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from themekit.model import Alias, Color, Mode, TokenId
from themekit.resolve.colour import from_rgb8
from themekit.resolve.conditions import Extent, StandsOutOfTint, mixed
from themekit.resolve.hue import HuePath, hue_distance
from themekit.resolve.line import Line
from themekit.resolve.look import STANDARD, Look
from themekit.resolve.scale import DESIGNS, WHITE, Ramp, Scale, design_of, far_end, surface_bytes, surfaces
from themekit.resolve.seeds import GREY_BELOW, GREY_BRAND_HUE_DEG, ScaleName
from themekit.resolve.solve import Search, bytes_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from themekit.resolve.luminance import Rgb8
    from themekit.resolve.oklab import Triple

Role = Color | Alias

REMEMBERED = 512  # admonitions, of which a brand has 48, and groups of roles
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
PAGE_GROUNDS = ("neutral.1", "neutral.2", "neutral.3")
CODE_GROUNDS = ("neutral.2", "primary.3")
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
    look: Look = STANDARD

    def step(self, name: ScaleName, number: int) -> Triple:
        """The shade of a step, 1 to 12."""
        return self.scales[name].steps[number - 1]


@dataclass(frozen=True, slots=True)
class Shade:
    """A colour that was searched for."""

    color: Color
    search: Search

    @classmethod
    def of(cls, search: Search) -> Shade:
        """What the search finds."""
        return cls(color(search.found()), search)


def solve_roles(solved: Solved) -> Iterator[tuple[str, Role]]:
    """Every semantic colour of a mode, in the order of the token set."""
    for name, role in _roles(solved):
        yield name, role.color if isinstance(role, Shade) else role


def role_searches(solved: Solved) -> dict[str, Search]:
    """By its name, how each colour of `solve_roles` was found that is no step's and was searched for."""
    return {name: role.search for name, role in _roles(solved) if isinstance(role, Shade)}


def _roles(solved: Solved) -> Iterator[tuple[str, Role | Shade]]:
    is_dark, grounds = solved.mode.is_dark, _page_grounds(solved.ramps["neutral"].seed, solved.mode, solved.look)
    neutral = _of_neutral(solved.ramps["neutral"].seed, solved.mode, solved.look)
    yield "page", alias("neutral.1")
    yield "surface", alias("neutral.2")
    yield "surface-raised", alias("neutral.3") if is_dark else neutral.extreme
    yield "surface-sunken", neutral.extreme if is_dark else alias("neutral.3")
    yield "text", alias("neutral.12")
    yield "text-muted", alias("neutral.11")
    yield "text-subtle", neutral.subtle
    yield "border", alias("neutral.6")
    yield "border-strong", alias("neutral.8")
    # Grey links would not be told from text.
    link = "accent" if solved.ramps["primary"].seed[1] < GREY_BELOW else "primary"
    yield "link", alias(f"{link}.11")
    yield "link-hover", alias(f"{link}.12")
    visited = _tint(solved.paths.visited.hue_deg, 0.15 * solved.look.ink_chroma)
    yield "link-visited", _readable(visited, solved.mode, grounds=grounds, look=solved.look, names=PAGE_GROUNDS)
    yield "focus", _focus(solved, grounds)
    yield "selection", alias("primary.5" if is_dark else "primary.4")
    yield "selection-text", alias("neutral.12")
    yield "mark", alias("warning.4")
    yield from _header(solved)
    yield "footer", neutral.footer
    yield "footer-text", neutral.footer_text
    yield "footer-text-muted", neutral.footer_muted
    yield "solid", alias("primary.9")
    yield "solid-hover", alias("primary.10")
    yield "on-solid", alias("primary.on")
    yield "accent-solid", alias("accent.9")
    yield "on-accent", alias("accent.on")
    yield "overlay", neutral.overlay
    yield "shadow", neutral.shadow
    yield from _code(solved)
    yield from _admonitions(solved)


def color(shade: Triple, alpha: float = 1.0) -> Color:
    """The token value of a solved shade."""
    return Color("oklch", shade, alpha)


@lru_cache(maxsize=REMEMBERED)
def alias(step: str) -> Alias:
    """A reference to a step: `neutral.1`."""
    return Alias(TokenId(f"color.{step}"))


def _grounds(mode: Mode, shades: Iterable[Triple]) -> Extent:
    """What text is judged against, which is darker than all of these by day and lighter by night."""
    return Extent.of(map(surface_bytes, shades)).nearest(darkens=not mode.is_dark)


def _readable(line: Line, mode: Mode, *, grounds: Extent, look: Look, names: tuple[str, ...]) -> Shade:
    """The calmest shade that is readable on the grounds, which have these names."""
    lc = max((60 if mode.is_high_contrast else 50) if mode.is_dark else 0, look.muted_lc)
    start = 0.70 if mode.is_dark else 0.62
    passes = grounds.stands_out(_text_ratio(mode), lc=grounds.reachable(lc, darkens=not mode.is_dark))
    return Shade.of(Search(line, passes, start, far_end(mode), names))


def _text_ratio(mode: Mode) -> float:
    """WCAG AA, and AAA in high contrast."""
    return DESIGNS[mode].text[0][1]


def _tint(hue_deg: float, chroma: float) -> Line:
    return Line(hue_deg, chroma, 0.92)


def _focus(solved: Solved, grounds: Extent) -> Role:
    """The brand's own colour where it can be seen, else its first step that can."""
    seen = grounds.stands_out(4.5 if solved.mode.is_high_contrast else 3)
    return alias(f"primary.{next(number for number in (9, 8, 11) if seen(bytes_of(solved.step('primary', number))))}")


def _header(solved: Solved) -> Iterator[tuple[str, Role | Shade]]:
    """The brand's solid by day; by night, for every brand, a surface of its hue, which shines no more than the page."""
    solid, on = solved.step("primary", 9), solved.scales["primary"].on
    if solved.mode.is_dark:
        yield "header", alias("primary.3")
        yield "header-text", alias("primary.12")
        yield "header-text-muted", alias("primary.11")
        return
    yield "header", alias("primary.9")
    yield "header-text", alias("primary.on")
    yield "header-text-muted", muted_on_solid(solved.ramps["primary"], solid, on=on, mode=solved.mode, look=solved.look)


def muted_on_solid(ramp: Ramp, solid: Triple, *, on: Triple, mode: Mode, look: Look) -> Shade:
    """What is read on a solid header beside its text, by day."""
    start, end = (0.90, 1.0) if on[0] > solid[0] else (0.38, 0.0)
    ground = Extent.of([bytes_of(solid)])
    lc = ground.reachable(look.muted_lc, darkens=end < start)
    passes = ground.stands_out(_text_ratio(mode), lc=lc)
    return Shade.of(Search(_tint(ramp.path.hue_deg, 0.2 * ramp.vividness), passes, start, end, ("primary.9",)))


@dataclass(frozen=True, slots=True)
class _OfNeutral:
    """The roles that the neutral alone decides."""

    extreme: Color
    subtle: Shade
    footer: Color
    footer_text: Shade
    footer_muted: Shade
    overlay: Color
    shadow: Color


@lru_cache(maxsize=REMEMBERED)
def _of_neutral(seed: Triple, mode: Mode, look: Look) -> _OfNeutral:
    """Surfaces beyond the page, calm text, the footer (dark in every mode: the page's end), overlay and shadow."""
    ramp, is_dark = Ramp.of(seed, look), mode.is_dark
    lines = [ramp.line(tone) for tone in design_of(mode, look).tones]
    page, muted = lines[0], lines[10]
    extreme = page.shade(max(surfaces(seed, mode, look)[0][0] - 0.035, 0.0)) if is_dark else WHITE
    ground = page.shade(0.145) if is_dark else lines[11].shade(0.225)
    if mode.is_high_contrast:
        ground = page.shade(0.09)
    grounds = Extent.of([bytes_of(ground)])
    text_lc = grounds.reachable(max(90, look.text_lc), darkens=False)
    muted_lc = grounds.reachable(max(60, look.muted_lc), darkens=False)
    return _OfNeutral(
        extreme=color(extreme),
        subtle=_readable(muted, mode, grounds=_page_grounds(seed, mode, look), look=look, names=PAGE_GROUNDS),
        footer=color(ground),
        footer_text=Shade.of(Search(lines[1], grounds.stands_out(7, lc=text_lc), 0.95, 1.0, ("footer",))),
        footer_muted=Shade.of(
            Search(muted, grounds.stands_out(_text_ratio(mode), lc=muted_lc), 0.76, 1.0, ("footer",))
        ),
        overlay=color(muted.shade(0.12), 0.66 if is_dark else 0.48),
        shadow=color(muted.shade(0.06 if is_dark else 0.24), 0.44 if is_dark else 0.13),
    )


@lru_cache(maxsize=REMEMBERED)
def _page_grounds(neutral: Triple, mode: Mode, look: Look) -> Extent:
    """Raised by day and sunken by night are farther from text than the page is, so they decide nothing."""
    return _grounds(mode, surfaces(neutral, mode, look)[:3])


def _code(solved: Solved) -> Iterator[tuple[str, Role | Shade]]:
    grounds = _grounds(solved.mode, (solved.step("neutral", 2), solved.step("primary", 3)))
    names = tuple(solved.paths.syntax)
    hues_deg = tuple([path.hue_deg for path in solved.paths.syntax.values()])
    hued = dict(zip(names, _syntax(hues_deg, solved.mode, grounds=grounds, look=solved.look), strict=True))
    yield "code.background", alias("neutral.2")
    yield "code.text", alias("neutral.12")
    yield "code.highlight", alias("primary.3")
    for name in SYNTAX:
        yield f"code.{name}", hued.get(name) or alias("neutral.12" if name == "name" else "neutral.11")


@lru_cache(maxsize=REMEMBERED)
def _syntax(hues_deg: tuple[float, ...], mode: Mode, *, grounds: Extent, look: Look) -> tuple[Shade, ...]:
    chroma = (0.115 if mode.is_dark else 0.15) * look.ink_chroma
    lines = [_tint(hue_deg, chroma) for hue_deg in hues_deg]
    return tuple(_readable(line, mode, grounds=grounds, look=look, names=CODE_GROUNDS) for line in lines)


def _admonitions(solved: Solved) -> Iterator[tuple[str, Role | Shade]]:
    """A colour for icon, edge and title of each kind, and the tinted ground it stands on."""
    page = surface_bytes(solved.step("neutral", 1))
    grounds = []
    for kind in ADMONITIONS:
        if kind in ADMONITION_SCALES:
            ramp = solved.ramps[ADMONITION_SCALES[kind]]
            hue_deg, chroma = ramp.path.hue_deg, min(ramp.vividness, 0.19)
        else:
            hue_deg, chroma = solved.paths.admonition[kind].hue_deg, 0.15
        chroma *= solved.look.ink_chroma
        name = f"admonition-ground.{kind}"
        shade, ground = _admonition(hue_deg, chroma, mode=solved.mode, page=page, name=name)
        grounds.append((name, ground))
        yield f"admonition.{kind}", shade
    yield from grounds


@lru_cache(maxsize=REMEMBERED)
def _admonition(hue_deg: float, chroma: float, *, mode: Mode, page: Rgb8, name: str) -> tuple[Shade, Color]:
    """The colour and its tinted ground, which lies between page and colour: what is seen on it is seen on the page."""
    share = GROUND_SHARE_DARK if mode.is_dark else GROUND_SHARE_LIGHT
    seen = StandsOutOfTint(page, share, 4.5 if mode.is_high_contrast else 3)
    start = 0.68 if mode.is_dark else 0.64
    shade = Shade.of(Search(_tint(hue_deg, chroma), seen, start, far_end(mode), (name,)))
    return shade, from_rgb8(mixed(bytes_of(shade.color.components), page, share=share))
