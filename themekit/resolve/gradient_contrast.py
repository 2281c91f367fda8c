"""Text on gradients: judged at the stops and on every colour between them, however they are mixed.

What text stands on a gradient, a name says: `color.on-hero` is for `gradient.hero`. A gradient for which no colour is
named so is judged by nobody, and the report says that.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.diagnostics import Reporter
from themekit.model import Alias, Color, GradientStop, Mode, TokenId
from themekit.resolve.aliases import place_in, value_in
from themekit.resolve.colour import blend, from_rgb8, to_oklch, to_srgb8
from themekit.resolve.colour import hex as hex_of
from themekit.resolve.contract import AA, AAA, Shown
from themekit.resolve.luminance import ratio
from themekit.resolve.override_contrast import LOW_CONTRAST, nearest_passing
from themekit.resolve.palettes import colors_between

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from themekit.diagnostics import Diagnostic
    from themekit.model import ResolvedToken, ResolvedTokens, Token, TokenSet
    from themekit.resolve.luminance import Rgb8

BRAND = TokenId("gradient.brand")
ON_BRAND = TokenId("color.on-gradient")


@dataclass(frozen=True, slots=True)
class GradientPair:
    """A text on a gradient in one mode: the colour along it on which the text is worst, and the ratio there."""

    mode: Mode
    text: TokenId
    ground: TokenId
    required: float
    shown: Rgb8
    worst: Rgb8
    grounds: frozenset[Rgb8]

    @property
    def ratio(self) -> float:
        """WCAG's, of the worst place."""
        return ratio(self.shown, self.worst)


def text_names(gradient: TokenId) -> tuple[TokenId, ...]:
    """The names of colours that say they are the text on this gradient, the first of which that there is counts."""
    *groups, name = gradient.split(".")
    if gradient == BRAND:
        return (ON_BRAND,)
    inner = ".".join(groups[1:] if groups[:1] in (["gradient"], ["color"]) else groups)
    found = (f"color.{inner}.on-{name}" if inner else "", f"color.on-{name}", ".".join((*groups, f"on-{name}")))
    return tuple(dict.fromkeys(TokenId(each) for each in found if each))


def unjudged_gradients(tokens: ResolvedTokens) -> tuple[TokenId, ...]:
    """Gradients of which nobody says what text stands on them."""
    if not tokens.theme_modes:
        return ()
    named = {token.id for token, _ in _texts(tokens)}
    return tuple(token.id for token in tokens.of("gradient") if token.id not in named)


def _texts(tokens: ResolvedTokens) -> list[tuple[ResolvedToken, TokenId]]:
    """Each gradient with the colour that is the text on it, if one says so."""
    gradients = tokens.of("gradient")
    colors = {token.id for token in tokens.of("color")} if gradients else set()
    found = ((token, next(filter(colors.__contains__, text_names(token.id)), None)) for token in gradients)
    return [(token, text) for token, text in found if text is not None]


def gradient_pairs(
    tokens: ResolvedTokens, concerns: Callable[[TokenId, TokenId], bool] = lambda *_: True
) -> Iterator[GradientPair]:
    """Each gradient with its text, mode by mode, if the two concern somebody.

    `gradient.brand` has to have what the contract asks, others 4.5:1.
    """
    pairs = [(token, text) for token, text in _texts(tokens) if concerns(text, token.id)]
    for mode in tokens.theme_modes if pairs else ():
        shown, index = Shown.of(tokens, mode), tokens.modes.index(mode)
        for token, text in pairs:
            required = AAA if token.id == BRAND and mode.is_high_contrast else AA
            value = token.values[index]
            if isinstance(value, tuple) and (grounds := frozenset(_colors_along(value, shown.page))):
                yield _worst(shown.colors[text], grounds, mode=mode, names=(text, token.id), required=required)


def _worst(
    text: Color, grounds: frozenset[Rgb8], *, mode: Mode, names: tuple[TokenId, TokenId], required: float
) -> GradientPair:
    def seen(ground: Rgb8) -> Rgb8:
        return to_srgb8(blend(text, from_rgb8(ground)))

    worst = min(sorted(grounds), key=lambda ground: ratio(seen(ground), ground))
    return GradientPair(mode, *names, required, seen(worst), worst, grounds)


def _colors_along(stops: Sequence[object], page: Color) -> Iterator[Rgb8]:
    """Bytes of all stops and of what lies between; translucent ones lie on the page."""
    placed = [stop for stop in stops if isinstance(stop, GradientStop)]
    placed.sort(key=lambda stop: stop.position if isinstance(stop.position, float | int) else 0.0)
    colors = [blend(stop.color, page) for stop in placed if isinstance(stop.color, Color)]
    yield from (to_srgb8(color) for color in colors)
    yield from colors_between([to_oklch(color) for color in colors])


def judge_gradients(
    resolved: ResolvedTokens, tokens: Mapping[TokenId, Token], *, own: TokenSet
) -> tuple[Diagnostic, ...]:
    """What of the brand's own text or gradient cannot be read, at its worst place: an error in each mode."""
    report = Reporter()
    by_id = own.by_id()

    def owner_of(text: TokenId, ground: TokenId, mode: Mode) -> TokenId | None:
        behind = _behind((text, ground), mode, tokens)
        return next((each for each in behind if each in by_id and not own.leaves_default(each, mode)), None)

    def concerns(text: TokenId, ground: TokenId) -> bool:
        return any(owner_of(text, ground, mode) for mode in resolved.theme_modes)

    for pair in gradient_pairs(resolved, concerns) if by_id else ():
        owner = owner_of(pair.text, pair.ground, pair.mode)
        if owner is None or pair.ratio >= pair.required:
            continue
        down = int(pair.ratio * 100) / 100
        message = (
            f"in mode {pair.mode}, `{pair.text}` on `{pair.ground}` has a contrast of {down:.2f}:1 "
            f"where the gradient is `{hex_of(from_rgb8(pair.worst))}`, but needs {pair.required:g}:1"
        )
        report(LOW_CONTRAST, place_in(by_id[owner], pair.mode), message, hint=_hint(pair))
    return report.diagnostics


def _behind(names: tuple[TokenId, TokenId], mode: Mode, tokens: Mapping[TokenId, Token]) -> Iterator[TokenId]:
    """The text, what it refers to, the gradient, and what its stops refer to."""
    for name in names:
        yield name
        value = value_in(tokens[name], mode)
        seen = {name}
        while isinstance(value, Alias) and value.target in tokens and value.target not in seen:
            seen.add(value.target)
            yield value.target
            value = value_in(tokens[value.target], mode)
        for stop in value if isinstance(value, tuple) else ():
            color = stop.color if isinstance(stop, GradientStop) else stop
            if isinstance(color, Alias):
                yield color.target


def _hint(pair: GradientPair) -> str:
    nearest = nearest_passing(
        pair.shown, lambda rgb: all(ratio(rgb, ground) >= pair.required for ground in pair.grounds)
    )
    if nearest is None:
        return "no lightness of the text passes everywhere on it: make the gradient's colours more alike in lightness"
    return f"the nearest text that passes everywhere on it is `{hex_of(nearest)}`"
