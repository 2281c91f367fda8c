"""Resolved tokens to custom properties: names and, for each mode, the text that gives the token's value there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from themekit.model import Duration, TransitionValue, TypographyValue
from themekit.render import css
from themekit.render.losses import is_beyond_p3
from themekit.render.property_names import SPACING, property_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from themekit.model import ResolvedToken, ResolvedTokens, ResolvedValue, TokenId

REFERENCE = "var("
TOKENS = 6144  # two forms of 3,000: an edit changes a few, and a cache that is smaller than one set has none of it


_LATEST: list[tuple[ResolvedTokens, str, tuple[Property, ...]]] = []
"""The last ones made: two targets ask for those of one brand. By identity, as hashing a set costs more than half."""


@dataclass(frozen=True, slots=True)
class Property:
    """One custom property. The tuples have one item for each mode, in the order of `ResolvedTokens.modes`.

    `values` is what it computes to, `texts` how that is written (`var(--…)` for an alias), `wide` the text for a
    Display P3 screen, or None where it is no different, `widest` that for a screen wider still. `is_constant`: it is
    the same in every mode, so that an element inside another mode can inherit it. `is_follower`: it varies, and is the
    same reference in every mode, or a shorthand of the same members. `is_wide`: a Display P3 screen shows
    more of it in at least one mode, `is_widest`: one of Rec. 2020 more still. `is_time`: it is a time span written out,
    alone or in a transition, which reduced motion takes away.
    """

    name: str
    token: TokenId
    values: tuple[ResolvedValue, ...]
    texts: tuple[str, ...]
    wide: tuple[str | None, ...]
    widest: tuple[str | None, ...]
    is_constant: bool
    is_follower: bool
    is_wide: bool
    is_widest: bool
    is_time: bool

    @classmethod
    def of(
        cls,
        name: str,
        token: TokenId,
        *,
        values: tuple[ResolvedValue, ...],
        texts: tuple[str, ...],
        wide: tuple[str | None, ...],
        widest: tuple[str | None, ...],
    ) -> Property:
        """The property, with what is asked of it for every rule found out once."""
        is_alike = texts.count(texts[0]) == len(texts)
        is_constant = is_alike and values.count(values[0]) == len(values)
        return cls(
            name,
            token,
            values,
            texts,
            wide,
            widest,
            is_constant=is_constant,
            is_follower=is_alike and not is_constant and texts[0].startswith(REFERENCE),
            is_wide=any(wide),
            is_widest=any(widest),
            is_time=isinstance(values[0], (Duration, TransitionValue))
            and not all(text.startswith(REFERENCE) for text in texts),
        )


def custom_properties(tokens: ResolvedTokens, prefix: str) -> tuple[Property, ...]:
    """Every token's properties in token order: a composite's members first, then its shorthand built from them.

    Where a token already has the name of a member, the composite is written as one value, so no name appears twice.
    """
    if _LATEST and _LATEST[0][0] is tokens and _LATEST[0][1] == prefix:
        return _LATEST[0][2]
    found = _custom_properties(tokens, prefix)
    _LATEST[:] = [(tokens, prefix, found)]
    return found


def _custom_properties(tokens: ResolvedTokens, prefix: str) -> tuple[Property, ...]:
    names = frozenset(property_name(prefix, token.id) for token in tokens)
    # What is edited has modes of the theme; of token files that are built once, remembering is all cost.
    made = _properties if tokens.theme_modes else _properties.__wrapped__
    found: list[Property] = []
    for token in tokens:
        properties = made(token, prefix)
        if len(properties) > 1 and any(each.name in names for each in properties[:-1]):
            properties = (_whole(token, prefix),)
        found += properties
    spaced = [each for each in found if each.name.endswith(SPACING) and each.name not in names]
    return tuple(found) if all(map(_is_own, spaced)) else _without_dangling(found, spaced)


def _is_own(each: Property) -> bool:
    return not any(text.startswith(REFERENCE) for text in each.texts)


def _without_dangling(found: Sequence[Property], spaced: Sequence[Property]) -> tuple[Property, ...]:
    """The properties without spacings of letters that would follow one which is written nowhere: its name was taken."""
    kept = {each.name: [text[4:-1] for text in each.texts if text.startswith(REFERENCE)] for each in spaced}
    while gone := [name for name, targets in kept.items() if not kept.keys() >= set(targets)]:
        for name in gone:
            del kept[name]
    lost = {each.name for each in spaced if each.name not in kept}
    return tuple(each for each in found if each.name not in lost)


@lru_cache(maxsize=TOKENS)
def _properties(token: ResolvedToken, prefix: str) -> tuple[Property, ...]:
    """The members of a composite, if it has any and is no reference, and the token itself."""
    parts = [css.members(value) for value in token.values]
    if not parts[0]:
        return (_whole(token, prefix),)
    if any(token.references):
        return (*_spacing(token, prefix), _whole(token, prefix))
    name = property_name(prefix, token.id)
    found = []
    for part in parts[0]:
        values = tuple(of_mode[part] for of_mode in parts)
        found.append(_property(f"{name}-{part}", token, values, tuple(css.text_of(value) for value in values)))
    text = css.shorthand(token.values[0], {part: f"var({name}-{part})" for part in parts[0]})
    count = len(token.values)
    none = (None,) * count
    whole = Property.of(name, token.id, values=token.values, texts=(text,) * count, wide=none, widest=none)
    return (*found, whole)


def _spacing(token: ResolvedToken, prefix: str) -> tuple[Property, ...]:
    """The spacing of letters of a style of text that is a reference: no shorthand has it, and it would be lost."""
    values, texts = [], []
    for value, reference in zip(token.values, token.references, strict=True):
        if not isinstance(value, TypographyValue):
            return ()
        spacing = css.plain(value.letter_spacing)
        values.append(spacing)
        texts.append(f"var({property_name(prefix, reference)}{SPACING})" if reference else css.text_of(spacing))
    return (_property(f"{property_name(prefix, token.id)}{SPACING}", token, tuple(values), tuple(texts)),)


def _whole(token: ResolvedToken, prefix: str) -> Property:
    texts = (
        f"var({property_name(prefix, reference)})" if reference else css.text_of(value)
        for value, reference in zip(token.values, token.references, strict=True)
    )
    return _property(property_name(prefix, token.id), token, token.values, tuple(texts))


def _property(name: str, token: ResolvedToken, values: tuple[ResolvedValue, ...], texts: tuple[str, ...]) -> Property:
    own = [not text.startswith(REFERENCE) for text in texts]
    wide = tuple(
        css.text_of(value, paint=css.best_color) if is_own and css.is_wide(value) else None
        for value, is_own in zip(values, own, strict=True)
    )
    widest = tuple(
        css.text_of(value, paint=css.exact_color) if text is not None and is_beyond_p3(value) else None
        for value, text in zip(values, wide, strict=True)
    )
    return Property.of(name, token.id, values=values, texts=texts, wide=wide, widest=widest)
