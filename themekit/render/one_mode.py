"""Tokens of one mode as declarations: what `custom_properties` says of them, without what only modes need.

Token files without a brand nearly always have one mode, and a hundred sets of them are written in one run.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from themekit.model import BorderValue, Color, Dimension, Duration, TransitionValue, TypographyValue
from themekit.model.token_columns import columns_of
from themekit.render import css
from themekit.render.custom_properties import property_name
from themekit.render.losses import is_beyond_p3

if TYPE_CHECKING:
    from themekit.model import ResolvedTokens, ResolvedValue
    from themekit.render.css_rules import Declarations

INSIDE_SRGB = frozenset({"srgb", "srgb-linear", "hsl", "hwb"})  # their components have no other values
_WITH_COLORS = frozenset((BorderValue, tuple))
_COMPOSITES = frozenset((BorderValue, TransitionValue, TypographyValue))


@dataclass(frozen=True, slots=True)
class OneMode:
    """Declarations by property, in token order.

    `texts` are for sRGB, `wide` those that are other on a screen of Display P3, and `widest` those on one of Rec. 2020.
    `times` has the names of time spans that are written out.
    """

    texts: Declarations = field(default_factory=dict)
    wide: Declarations = field(default_factory=dict)
    widest: Declarations = field(default_factory=dict)
    times: list[str] = field(default_factory=list)


def one_mode(tokens: ResolvedTokens, prefix: str) -> OneMode:
    """The declarations of tokens that have one mode. Raises ValueError if they have more."""
    columns = columns_of(tokens)
    names = {token_id: property_name(prefix, token_id) for token_id in columns.ids}
    known = frozenset(names.values())
    found = OneMode()
    texts = found.texts
    for name, reference, value in zip(names.values(), columns.references, columns.values, strict=True):
        if reference is not None:
            texts[name] = f"var({names[reference]})"
        elif type(value) in _COMPOSITES:
            parts = {f"{name}-{part}": (part, of_part) for part, of_part in css.members(value).items()}
            if known.isdisjoint(parts):
                for own, (_, of_part) in parts.items():
                    _declare(own, of_part, found)
                texts[name] = css.shorthand(value, {part: f"var({own})" for own, (part, _) in parts.items()})
            else:  # the name of a member is taken
                _declare(name, value, found)
        else:
            _declare(name, value, found)
    return found


def _declare(name: str, value: ResolvedValue, found: OneMode) -> None:
    kind = type(value)
    if kind is Dimension:
        length = cast("Dimension", value)
        found.texts[name] = f"{css.number(length.value)}{length.unit}"
    elif kind is Color:
        _declare_color(name, cast("Color", value), found)
    elif kind is float:
        found.texts[name] = css.number(cast("float", value))
    else:
        found.texts[name] = css.text_of(value)
        if kind is Duration:
            found.times.append(name)
        elif kind in _WITH_COLORS and css.is_wide(value):
            found.wide[name] = css.text_of(value, paint=css.best_color)
            if is_beyond_p3(value):
                found.widest[name] = css.text_of(value, paint=css.exact_color)


def _declare_color(name: str, value: Color, found: OneMode) -> None:
    text = css.color(value)
    found.texts[name] = text
    if value.space not in INSIDE_SRGB and not css.fits_srgb(value):
        found.wide[name] = css.wide_color(value)
        if not css.fits_p3(value):
            found.widest[name] = css.exact_color(value)
