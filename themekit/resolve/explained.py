"""Why a token is what it is, in words: what the solver asked for, where it began, where it ended, and on which ground.

The figures are those of the searches themselves, which are kept with what they found; nothing is worked out backwards
from a colour.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from themekit.model import Alias, Color, Mode, TokenId, TokenSet
from themekit.resolve.aliases import place_in, value_in
from themekit.resolve.colour import to_srgb8
from themekit.resolve.conditions import BLACK, WHITE, StandsOut, StandsOutOfTint
from themekit.resolve.default_tokens import default_colors, solve_modes
from themekit.resolve.luminance import lightness_contrast, ratio
from themekit.resolve.palettes import palette_searches
from themekit.resolve.provenance import default_sources
from themekit.resolve.roles import GROUND_SHARE_DARK, GROUND_SHARE_LIGHT, role_searches
from themekit.resolve.scale import BORDER_SHARES
from themekit.resolve.seeds import SCALES, STATUS, brand_seeds
from themekit.source.json_value import dotted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from themekit.model import Brand, Origin, ResolvedToken, ResolvedTokens
    from themekit.model.token import ResolvedValue
    from themekit.resolve.oklab import Triple
    from themekit.resolve.roles import Role, Solved
    from themekit.resolve.scale import Scale
    from themekit.resolve.seeds import ScaleName
    from themekit.resolve.solve import Search

SURFACES = range(1, 6)
SOLID, HOVER = 9, 10
TINTS = "admonition-ground"


@dataclass(frozen=True, slots=True)
class Reason:
    """A token in one mode: `through` are the tokens it refers to, one after the other; `origin` is where it is written.

    The origin is None for a default.
    """

    mode: Mode
    value: ResolvedValue
    through: tuple[TokenId, ...]
    text: str
    origin: Origin | None

    def sentence(self, place: str = "") -> str:
        """The references, then the reason of the last of them; `place` is where that is written."""
        through = "".join(f"is {token}, " for token in self.through)
        return f"{through}{self.text} in {place}" if place else f"{through}{self.text}"


def explain_token(brand: Brand, token_id: TokenId, *, resolved: ResolvedTokens) -> tuple[Reason, ...]:
    """The reason of each mode, in order. Raises KeyError if there is no such token."""
    return explain_tokens(brand, [token_id], resolved=resolved)[token_id]


def explain_tokens(
    brand: Brand, token_ids: Iterable[TokenId], *, resolved: ResolvedTokens
) -> dict[TokenId, tuple[Reason, ...]]:
    """The same of several tokens, for which the brand is solved once."""
    by_id = {token.id: token for token in resolved}
    defaults = _Defaults(brand, solve_modes(brand))
    return {
        token_id: tuple(_reason(by_id[token_id], by_id, mode, defaults=defaults) for mode in resolved.theme_modes)
        for token_id in token_ids
    }


def _reason(token: ResolvedToken, by_id: Mapping[TokenId, ResolvedToken], mode: Mode, *, defaults: _Defaults) -> Reason:
    index = tuple(Mode).index(mode)
    value, through = token.values[index], []
    while (target := token.references[index]) is not None:
        through.append(target)
        token = by_id[target]
    own = defaults.brand.tokens.by_id().get(token.id)
    if own is not None and not defaults.brand.tokens.leaves_default(token.id, mode):
        if value_in(own, mode) == value:
            return Reason(mode, value, tuple(through), "written", place_in(own, mode))
        text = f"solved, as what the brand wrote breaks the contract here: {defaults.text(token.id, mode)}"
        return Reason(mode, value, tuple(through), text, None)
    return Reason(mode, value, tuple(through), defaults.text(token.id, mode), None)


@dataclass(frozen=True, slots=True)
class _Defaults:
    """Of a brand without tokens of its own, which is what is solved."""

    brand: Brand
    solved: Mapping[Mode, Solved]

    def text(self, token_id: TokenId, mode: Mode) -> str:
        """Why the default has its value."""
        kind, _, name = token_id.partition(".")
        if kind != "color":
            fields = [f"`{dotted(pointer)}`" for pointer in default_sources(self.brand).get(token_id, ())]
            return f"from {' and '.join(fields)}" if fields else "the same in every brand"
        scale, _, step = name.partition(".")
        for known in SCALES:
            if known == scale:
                return self._step(known, step, mode)
        if search := self._searches(mode).get(name):
            return self._searched(search, name, mode)
        if scale == TINTS:
            share = GROUND_SHARE_DARK if mode.is_dark else GROUND_SHARE_LIGHT
            return f"{share:g} of `color.admonition.{step}` over `color.page`"
        if scale == "tone":
            return (
                f"L* {name.rpartition('.')[2]} of CIE with the hue and the chroma of the seed, as far as sRGB has them"
            )
        if name.startswith(("data.sequential.", "data.diverging.")):
            return "designed: its place in the order of lightness, in a hue that every eye tells from the others"
        if name == "on-gradient":
            return (
                f"{'white' if _bytes(name, self._colors(mode)) == WHITE else 'black'}, which the stops are solved for"
            )
        return "designed for this mode, with the brand's hue"

    def _searches(self, mode: Mode) -> Mapping[str, Search]:
        solved, colors = self.solved[mode], self.brand.color
        further = palette_searches(solved, colors.palettes, accent_is_given=colors.accent is not None)
        return {**role_searches(solved), **further}

    def _step(self, name: ScaleName, step: str, mode: Mode) -> str:
        scale = self.solved[mode].scales[name]
        number = 0 if step == "on" else int(step)
        if search := scale.asked.searches.get(number):
            return self._searched(search, f"{name}.{step}", mode, within=name)
        if number in SURFACES:
            return f"designed: lightness {_number(scale.steps[number - 1][0])} and a share of the seed's chroma"
        if number == SOLID:
            return self._solid(name, scale)
        if number == HOVER:
            change = scale.steps[9][0] - scale.steps[8][0]
            way = "lighter" if change > 0 else "darker"
            return f"{_number(abs(change))} {way} than `color.{name}.9`: seen at once, and its text can be read"
        if not number:
            shown = _measured(WHITE, to_srgb8(_color(scale.steps[8])), scale.asked.carries_text.lc)
            return f"white, as it has {shown} on `color.{name}.9`, {_floor(scale)} was asked"
        share = BORDER_SHARES[number - 6]
        return f"between `color.{name}.5` and `color.{name}.8`, {share:g} of the way"

    def _solid(self, name: ScaleName, scale: Scale) -> str:
        """The seed, or where it had to go."""
        (seed,) = [each for each in brand_seeds(self.brand.color) if each.name == name]
        whose = f"`color.{name}`" if seed.is_given else f"the seed that is derived from {self._source(name)}"
        start, end = scale.asked.seed[0], scale.steps[8][0]
        if start == end:
            return f"{whose}, as it is"
        shown = to_srgb8(_color(scale.steps[8]))
        ink = WHITE if scale.asked.carries_text.carries(WHITE, shown) else BLACK
        named = "white" if ink == WHITE else "black"
        goal = f"{named} text on it has {_floor(scale)}"
        goal += ", and it stands out 3:1 from `color.page`" if scale.asked.is_adjusted else ""
        return f"{whose}, its {_moved(start, end)} until {goal}: {_measured(ink, shown, scale.asked.carries_text.lc)}"

    def _source(self, name: ScaleName) -> str:
        return "the design and `color.primary`" if name in STATUS else "`color.primary`"

    def _searched(self, search: Search, name: str, mode: Mode, *, within: str = "") -> str:
        """Where the search began and ended, what it had to reach, and on the ground that decided what it has."""
        colors = self._colors(mode)
        grounds = [f"{within}.{ground}" if ground.isdigit() else ground for ground in search.grounds]
        shown = _bytes(name, colors)
        asked, lc = _asked(search)

        def room(ground: str) -> float:
            under = _bytes(ground, colors)
            contrast = ratio(shown, under) / asked
            return min(contrast, abs(lightness_contrast(shown, under)) / lc) if lc else contrast

        nearest = min(grounds, key=room)
        has = _measured(shown, _bytes(nearest, colors), lc)
        wanted = f"{asked:g}:1" + (f" and Lc {lc:.3g}" if lc else "")
        end = search.found()[0]
        if abs(end - search.start) < 0.0005:  # to what is printed
            return f"lightness {_number(end)}, where the search began: {has} on `color.{nearest}`, {wanted} was asked"
        return f"{_moved(search.start, end)} to reach {wanted} on `color.{nearest}`: {has}"

    def _colors(self, mode: Mode) -> Mapping[TokenId, Role]:
        return default_colors(replace(self.brand, tokens=TokenSet()), mode)


def _asked(search: Search) -> tuple[float, float]:
    """WCAG ratio and |Lc|."""
    if isinstance(search.passes, StandsOut):
        return search.passes.ratio, search.passes.lc
    if isinstance(search.passes, StandsOutOfTint):
        return search.passes.ratio, 0.0
    raise TypeError(f"a condition that cannot be explained: {search.passes}")


def _bytes(name: str, colors: Mapping[TokenId, Role]) -> tuple[int, int, int]:
    role = colors[TokenId(f"color.{name}")]
    while isinstance(role, Alias):
        role = colors[role.target]
    return to_srgb8(role)


def _floor(scale: Scale) -> str:
    carries = scale.asked.carries_text
    return f"{carries.ratio:g}:1" + (f" and Lc {carries.lc:g}" if carries.lc else "")


def _measured(text: tuple[int, int, int], ground: tuple[int, int, int], lc: float) -> str:
    """Rounded down, as 4.499 is not 4.50."""
    shown = f"{int(ratio(text, ground) * 100) / 100:.2f}:1"
    return f"{shown} and Lc {int(abs(lightness_contrast(text, ground)) * 10) / 10:g}" if lc else shown


def _moved(start: float, end: float) -> str:
    return f"lightness moved {_number(abs(end - start))}, from {_number(start)} to {_number(end)}"


def _number(value: float) -> str:
    return f"{round(value, 3):g}"


def _color(shade: Triple) -> Color:
    return Color("oklch", shade)
