"""Tokens of one mode as declarations: what `custom_properties` says of them, without what only modes need.

Token files without a brand nearly always have one mode, and a hundred sets of them are written in one run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from themekit.model import BorderValue, Color, Dimension, Duration, TransitionValue, TypographyValue
from themekit.render import css
from themekit.render.losses import colors, is_beyond_p3
from themekit.render.property_names import property_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from themekit.model import ResolvedValue
    from themekit.model.token_columns import TokenColumns
    from themekit.render.css_rules import Declarations

INSIDE_SRGB = frozenset({"srgb", "srgb-linear", "hsl", "hwb"})  # their components have no other values
_COMPOSITES = frozenset((BorderValue, TransitionValue, TypographyValue))


class OneMode(NamedTuple):
    """Declarations by property, in token order.

    `texts` are for sRGB, `wide` those that are other on a screen of Display P3, and `widest` those on one of Rec. 2020.
    `times` has the names of time spans that are written out.
    """

    texts: Declarations
    wide: Declarations
    widest: Declarations
    times: list[str]


class Made(NamedTuple):
    """What was made of columns with a prefix. `own` are the rows that are no references, `known` all tokens' names."""

    columns: TokenColumns
    prefix: str
    names: Sequence[str]
    known: frozenset[str]
    own: Sequence[int]
    declarations: OneMode


_LATEST: list[Made] = []
"""The set that was made last: the next one often has the same tokens, of which some have another value."""


def one_mode(columns: TokenColumns, prefix: str) -> Made:
    """The declarations of the tokens of a mode."""
    made = _made_as(_LATEST[0], columns) if _LATEST and _LATEST[0].prefix == prefix else None
    _LATEST[:] = [made or _made(columns, prefix)]
    return _LATEST[0]


def members_of(name: str, value: ResolvedValue, *, known: frozenset[str]) -> dict[str, ResolvedValue]:
    """The members of a composite by their own names; none if it has none, or if a token has the name of one."""
    if type(value) not in _COMPOSITES:
        return {}
    parts = {f"{name}-{part}": of_part for part, of_part in css.members(value).items()}
    return parts if known.isdisjoint(parts) else {}


def _made(columns: TokenColumns, prefix: str) -> Made:
    names = [property_name(prefix, token_id) for token_id in columns.ids]
    name_of = dict(zip(columns.ids, names, strict=True))
    known = frozenset(names)
    found = OneMode({}, {}, {}, [])
    own = []
    for row, (name, reference) in enumerate(zip(names, columns.references, strict=True)):
        if reference is None:
            own.append(row)
            _declare_token(name, columns.values[row], known, found=found)
        else:
            found.texts[name] = f"var({name_of[reference]})"
    return Made(columns, prefix, names, known, own, found)


def _made_as(latest: Made, columns: TokenColumns) -> Made | None:
    """What differs is declared anew; None if the columns are not of the same tokens."""
    before = latest.columns
    if (
        columns.ids is not before.ids
        or columns.types is not before.types
        or columns.references is not before.references
    ):
        return None
    values, old = columns.values, before.values
    new = OneMode({}, {}, {}, [])
    for row in latest.own:
        if values[row] is not old[row]:
            _declare_token(latest.names[row], values[row], latest.known, found=new)
    made = latest.declarations
    texts = made.texts | new.texts  # in the order of `made`, as all names are there
    wide = {name: text for name, text in made.wide.items() if name not in new.texts} | new.wide
    widest = {name: text for name, text in made.widest.items() if name not in new.texts} | new.widest
    declarations = OneMode(texts, _ordered(wide, texts), _ordered(widest, texts), made.times)
    return Made(columns, latest.prefix, latest.names, latest.known, latest.own, declarations)


def _ordered(declarations: Declarations, among: Declarations) -> Declarations:
    """In the order of all."""
    return {name: declarations[name] for name in among if name in declarations} if declarations else declarations


def _declare_token(name: str, value: ResolvedValue, known: frozenset[str], *, found: OneMode) -> None:
    parts = members_of(name, value, known=known)
    for own, of_part in parts.items():
        _declare(own, of_part, found)
    if parts:
        found.texts[name] = css.shorthand(value, {own.removeprefix(f"{name}-"): f"var({own})" for own in parts})
    else:
        _declare(name, value, found)


def _declare(name: str, value: ResolvedValue, found: OneMode) -> None:
    if isinstance(value, Dimension):
        found.texts[name] = f"{css.number(value.value)}{value.unit}"
    elif isinstance(value, Color):
        _declare_color(name, value, found)
    elif isinstance(value, float):
        found.texts[name] = css.number(value)
    else:
        found.texts[name] = css.text_of(value)
        if isinstance(value, Duration):
            found.times.append(name)
        elif isinstance(value, (BorderValue, tuple)) and any(map(_is_wide, colors(value))):
            found.wide[name] = css.text_of(value, paint=css.best_color)
            if is_beyond_p3(value):
                found.widest[name] = css.text_of(value, paint=css.exact_color)


def _declare_color(name: str, value: Color, found: OneMode) -> None:
    text = css.color(value)
    found.texts[name] = text
    if _is_wide(value):
        found.wide[name] = css.wide_color(value)
        if not css.fits_p3(value):
            found.widest[name] = css.exact_color(value)


def _is_wide(color: Color) -> bool:
    return color.space not in INSIDE_SRGB and not css.fits_srgb(color)
