"""What must be readable on what: the pairs every theme promises, and how a resolved theme keeps them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from themekit.model import Color, Mode, TokenId
from themekit.resolve.colour import blend, shown_luminance, to_srgb8
from themekit.resolve.look import MUTED_LC
from themekit.resolve.luminance import Rgb8, luminance, luminance_ratio
from themekit.resolve.roles import ADMONITIONS, SYNTAX
from themekit.resolve.seeds import SCALES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from themekit.model import ResolvedTokens

PAGE = TokenId("color.page")
SURFACES = ("page", "surface", "surface-raised", "surface-sunken")
AA, AAA, UI = 4.5, 7.0, 3.0
CATEGORIES, STOPS = 8, 5  # of what only some brands have


@dataclass(frozen=True, slots=True)
class Pair:
    """A foreground and a ground, and the WCAG ratio they must have; `high` is that of the high contrast modes."""

    text: TokenId
    ground: TokenId
    normal: float
    high: float

    def required(self, mode: Mode) -> float:
        """The ratio in a mode."""
        return self.high if mode.is_high_contrast else self.normal

    def required_lc(self, text_lc: float) -> float:
        """The |Lc| of a brand that asks for `text_lc` of running text; other text needs a step less, lines none."""
        return max({AAA: text_lc, AA: text_lc - MUTED_LC}.get(self.normal, 0.0), 0.0)


@cache
def contract() -> tuple[Pair, ...]:
    """Every pair, in the order of the report."""
    return tuple(
        Pair(TokenId(f"color.{text}"), TokenId(f"color.{ground}"), normal, high)
        for text, ground, normal, high in (*_scales(), *_roles())
    )


@dataclass(frozen=True, slots=True)
class ShownPair:
    """A pair of the contract in one mode, with the bytes of its two colours and the WCAG contrast they have."""

    mode: Mode
    pair: Pair
    text: Rgb8
    ground: Rgb8
    ratio: float

    @property
    def required(self) -> float:
        """The WCAG contrast there must be."""
        return self.pair.required(self.mode)


def judged(tokens: ResolvedTokens, doubtful: Mapping[Mode, AbstractSet[TokenId]] | None = None) -> Iterator[ShownPair]:
    """Each pair of the contract in each mode, if its two tokens exist and neither is doubtful."""
    for mode in tokens.theme_modes:
        shown = Shown.of(tokens, mode)
        unknown = (doubtful or {}).get(mode, frozenset())
        for pair in contract():
            if (
                pair.text in shown.colors
                and pair.ground in shown.colors
                and unknown.isdisjoint(shown.behind(pair) if unknown else ())
            ):
                yield shown.pair(pair, mode)


def is_kept(tokens: ResolvedTokens) -> bool:
    """Every pair has the ratio it must have: the same as looking through `judged`, at a tenth of the time."""
    return all(Shown.of(tokens, mode).keeps_contract(mode) for mode in tokens.theme_modes)


@cache
def _judged_ids() -> frozenset[TokenId]:
    return frozenset(token_id for pair in contract() for token_id in (pair.text, pair.ground))


@cache
def _required(mode: Mode) -> tuple[tuple[Pair, TokenId, TokenId, float], ...]:
    """The contract in one mode, taken apart."""
    return tuple((pair, pair.text, pair.ground, pair.required(mode)) for pair in contract())


@dataclass(frozen=True, slots=True)
class Shown:
    """The colours of one mode as a screen shows them."""

    colors: dict[TokenId, Color]
    page: Color
    opaque: dict[TokenId, tuple[Rgb8, float]] = field(default_factory=dict)

    @classmethod
    def of(cls, tokens: ResolvedTokens, mode: Mode) -> Shown:
        """The colours of a mode."""
        index = tokens.modes.index(mode)
        colors = {token.id: value for token in tokens if isinstance(value := token.values[index], Color)}
        page = colors.get(PAGE, Color("srgb", (1.0, 1.0, 1.0)))
        return cls(colors, Color(page.space, page.components))

    def behind(self, pair: Pair) -> tuple[TokenId, ...]:
        """The colours that decide how a pair looks: the two, and the page if it can be seen through them."""
        is_seen_through = min(self.colors[pair.text].alpha, self.colors[pair.ground].alpha) < 1
        return (pair.text, pair.ground, PAGE) if is_seen_through else (pair.text, pair.ground)

    def pair(self, pair: Pair, mode: Mode) -> ShownPair:
        """Text on its ground: a translucent ground lies on the page, translucent text on its ground."""
        ground, ground_luminance = self._on_page(pair.ground)
        color = self.colors[pair.text]
        if color.alpha < 1:
            text = to_srgb8(blend(color, blend(self.colors[pair.ground], self.page)))
            text_luminance = luminance(text)
        else:
            text, text_luminance = self._on_page(pair.text)
        return ShownPair(mode, pair, text, ground, luminance_ratio(text_luminance, ground_luminance))

    def keeps_contract(self, mode: Mode) -> bool:
        """Every pair of which both tokens exist has the ratio it must have."""
        opaque = {
            token_id: shown_luminance(color)
            for token_id, color in self.colors.items()
            if color.alpha >= 1 and token_id in _judged_ids()
        }
        for pair, text, ground, required in _required(mode):
            one, other = opaque.get(text), opaque.get(ground)
            if one is None or other is None:
                if text in self.colors and ground in self.colors and self.pair(pair, mode).ratio < required:
                    return False
            elif luminance_ratio(one, other) < required:
                return False
        return True

    def _on_page(self, token_id: TokenId) -> tuple[Rgb8, float]:
        """Bytes and luminance, found once for a token."""
        if token_id not in self.opaque:
            rgb = to_srgb8(blend(self.colors[token_id], self.page))
            self.opaque[token_id] = (rgb, luminance(rgb))
        return self.opaque[token_id]


Line = tuple[str, str, float, float]


def _scales() -> Iterator[Line]:
    for name in SCALES:
        grounds: tuple[str, ...] = (name, "neutral")
        for ground in dict.fromkeys(grounds):
            for step in range(1, 6):
                yield f"{name}.11", f"{ground}.{step}", AA, AAA
                yield f"{name}.12", f"{ground}.{step}", AAA, AAA
        yield f"{name}.on", f"{name}.9", AA, AAA
        yield f"{name}.on", f"{name}.10", AA, AAA
        for ground in (f"{name}.1", f"{name}.2", "page"):
            yield f"{name}.8", ground, UI, UI
        yield f"{name}.edge", "page", UI, UI


def _roles() -> Iterator[Line]:
    for surface in SURFACES:
        yield "text", surface, AAA, AAA
        yield from ((text, surface, AA, AAA) for text in ("text-muted", "text-subtle", "link", "link-hover"))
        yield "link-visited", surface, AA, AAA
        yield "border-strong", surface, UI, UI
        yield "focus", surface, UI, UI
    yield from _components()
    yield "selection-text", "selection", AA, AAA
    yield "text", "mark", AA, AAA
    for place in ("header", "footer"):
        yield f"{place}-text", place, AA, AAA
        yield f"{place}-text-muted", place, AA, AAA
    for ground in ("solid", "solid-hover"):
        yield "on-solid", ground, AA, AAA
    yield "on-accent", "accent-solid", AA, AAA
    for ground in ("code.background", "code.highlight"):
        yield "code.text", ground, AAA, AAA
        yield from ((f"code.{name}", ground, AA, AAA) for name in SYNTAX)
    for number in range(1, CATEGORIES + 1):
        yield f"data.category.{number}", "page", UI, AA
    for number in range(1, STOPS + 1):
        yield "on-gradient", f"gradient.{number}", AA, AAA
    for kind in ADMONITIONS:
        yield f"admonition.{kind}", "page", UI, AA
        yield f"admonition.{kind}", f"admonition-ground.{kind}", UI, AA
        yield "text", f"admonition-ground.{kind}", AAA, AAA
        yield "link", f"admonition-ground.{kind}", AA, AAA


def _components() -> Iterator[Line]:
    """What our style sheets paint besides: hovered rows and buttons, alerts. Tips are the page turned round.

    Whatever is disabled may be faint. Source: WCAG 2.2, 1.4.3, "incidental".
    """
    yield "text", "neutral.3", AAA, AAA
    yield "text", "neutral.4", AAA, AAA
    yield "text-muted", "neutral.3", AA, AAA
    yield "link-hover", "neutral.3", AA, AAA
    yield "link-hover", "primary.3", AA, AAA
