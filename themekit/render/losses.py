"""What formats do to the colours and strokes that they cannot say: the losses that several targets share."""

from __future__ import annotations

from math import cos, radians, sqrt
from typing import TYPE_CHECKING

from themekit.model import BorderValue, Color, Loss, StrokeStyle
from themekit.model.token_columns import ColumnTokens
from themekit.render import css
from themekit.resolve import colour

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from themekit.model import ResolvedToken, ResolvedTokens, ResolvedValue, TargetOptions, TokenId, TokenType
    from themekit.model.token_columns import TokenColumns

    Losses = Callable[[ResolvedTokens, TargetOptions], tuple[Loss, ...]]

_WITH_STROKES = frozenset((BorderValue, StrokeStyle))
_TYPES_WITH_STROKES = frozenset(("border", "strokeStyle"))
_LATEST: list[tuple[Sequence[TokenType], Sequence[int]]] = []
"""The types that were looked at last, and the rows of those with strokes: sets of one system share them."""
JUST_NOTICEABLE = 0.02
"""A difference in OKLab that can be seen: what a solver's rounding puts beside a gamut is no loss. Source: CSS Color 4,
§13.2 "CSS gamut mapping"."""


def narrowed_to_srgb(tokens: ResolvedTokens, options: TargetOptions) -> tuple[Loss, ...]:  # noqa: ARG001  # as called
    """The tokens with a colour that sRGB has not, where sRGB is all that the format has."""
    return _loss("as the nearest colours that sRGB has", tokens, _is_other_in_srgb)


def narrowed_to_p3(tokens: ResolvedTokens, options: TargetOptions) -> tuple[Loss, ...]:  # noqa: ARG001  # as called
    """The tokens with a colour beyond Display P3, where that is the widest that the format has."""
    return _loss("as the nearest colours that Display P3 has", tokens, _is_other_in_p3)


def dashes_as_keyword(tokens: ResolvedTokens, options: TargetOptions) -> tuple[Loss, ...]:  # noqa: ARG001  # as called
    """The tokens with dashes of given lengths, which CSS has no words for."""
    how = "as `dashed`, without the lengths of their dashes"
    if isinstance(tokens, ColumnTokens):
        first = tokens.columns[0]
        if not _LATEST or _LATEST[0][0] is not first.types:
            _LATEST[:] = [(first.types, [row for row, type_ in enumerate(first.types) if type_ in _TYPES_WITH_STROKES])]
        rows = _LATEST[0][1]
        stroked = [row for row in rows if any(_is_dashed(columns, row) for columns in tokens.columns)]
        return _lost(how, tuple([first.ids[row] for row in stroked]))
    return _loss(how, [token for token in tokens.tokens if type(token.values[0]) in _WITH_STROKES], has_dashes)


def _is_dashed(columns: TokenColumns, row: int) -> bool:
    return not columns.references[row] and has_dashes(columns.values[row])


def dashes_of_borders(tokens: ResolvedTokens, options: TargetOptions) -> tuple[Loss, ...]:  # noqa: ARG001  # as called
    """The borders with dashes of given lengths, where only strokes of their own can have them."""
    return _loss(
        "as `dashed`, without the lengths of their dashes",
        tokens,
        lambda value: isinstance(value, BorderValue) and has_dashes(value),
    )


def losses_of(*found: Losses) -> Losses:
    """All that several functions find."""

    def losses(tokens: ResolvedTokens, options: TargetOptions) -> tuple[Loss, ...]:
        return tuple(loss for each in found for loss in each(tokens, options))

    return losses


def is_beyond_p3(value: ResolvedValue) -> bool:
    """The value holds a colour that Display P3 cannot show."""
    return any(not css.fits_p3(each) for each in colors(value))


def _is_other_in_srgb(value: ResolvedValue) -> bool:
    return any(
        not css.fits_srgb(each) and _distance(each, colour.from_rgb8(colour.to_srgb8(each))) > JUST_NOTICEABLE
        for each in colors(value)
    )


def _is_other_in_p3(value: ResolvedValue) -> bool:
    return any(not css.fits_p3(each) and _distance(each, _clipped(each)) > JUST_NOTICEABLE for each in colors(value))


def _clipped(color: Color) -> Color:
    red, green, blue = (min(max(part, 0.0), 1.0) for part in colour.to_display_p3(color))
    return Color("display-p3", (red, green, blue))


def _distance(one: Color, other: Color) -> float:
    """Of two colours in OKLab. Source: CSS Color 4, "deltaEOK"."""
    (light, chroma, hue), (light2, chroma2, hue2) = colour.to_oklch(one), colour.to_oklch(other)
    across = chroma * chroma + chroma2 * chroma2 - 2 * chroma * chroma2 * cos(radians(hue - hue2))
    return sqrt((light - light2) ** 2 + max(across, 0.0))


def has_dashes(value: ResolvedValue) -> bool:
    """The value holds a stroke whose dashes have lengths."""
    stroke = value.style if type(value) is BorderValue else value
    return type(stroke) is StrokeStyle and stroke.style is None


def colors(value: ResolvedValue) -> Iterator[Color]:
    """Every colour in a value, in order."""
    match value:
        case Color():
            yield value
        case BorderValue():
            yield css.plain(value.color)
        case tuple():
            yield from (css.plain(part.color) for part in value)


def _loss(how: str, tokens: Iterable[ResolvedToken], is_lost: Callable[[ResolvedValue], bool]) -> tuple[Loss, ...]:
    """Tokens that are another's alias lose nothing of their own."""
    found = tuple(
        token.id
        for token in tokens
        if any(is_lost(value) for value, reference in zip(token.values, token.references, strict=True) if not reference)
    )
    return _lost(how, found)


def _lost(how: str, found: tuple[TokenId, ...]) -> tuple[Loss, ...]:
    return (Loss(how, found),) if found else ()
