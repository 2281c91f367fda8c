"""Resolved tokens to custom properties: names and, for each mode, the text that gives the token's value there."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from themekit.model import Duration
from themekit.model.token_names import css_name
from themekit.render import css

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.model import ResolvedToken, ResolvedTokens, ResolvedValue, TokenId

REMEMBERED = 2048  # names: brands share nearly all of theirs


@dataclass(frozen=True, slots=True)
class Property:
    """One custom property. The tuples have one item for each mode, in the order of `ResolvedTokens.modes`.

    `values` is what it computes to, `texts` how that is written (`var(--…)` for an alias), `wide` the text for a
    Display P3 screen, or None where it is no different.
    """

    name: str
    token: TokenId
    values: tuple[ResolvedValue, ...]
    texts: tuple[str, ...]
    wide: tuple[str | None, ...]

    @property
    def is_constant(self) -> bool:
        """The same in every mode, so that an element inside another mode can inherit it."""
        return len(set(self.values)) == 1 and len(set(self.texts)) == 1

    @property
    def is_wide(self) -> bool:
        """A Display P3 screen shows more of it, in at least one mode."""
        return any(text is not None for text in self.wide)

    @property
    def is_time(self) -> bool:
        """A time span written out, which reduced motion takes away."""
        return isinstance(self.values[0], Duration) and not all(text.startswith("var(") for text in self.texts)


@lru_cache(maxsize=1)  # two targets ask for those of one brand
def custom_properties(tokens: ResolvedTokens, prefix: str) -> tuple[Property, ...]:
    """Every token's properties in token order: a composite's members first, then its shorthand built from them.

    Where a token already has the name of a member, the composite is written as one value, so no name appears twice.
    """
    names = frozenset(property_name(prefix, token.id) for token in tokens)
    return tuple(item for token in tokens for item in _properties(token, prefix, names))


@lru_cache(maxsize=REMEMBERED)
def property_name(prefix: str, token: TokenId) -> str:
    """`--tk-color-text` of `color.text`, escaped."""
    return f"--{prefix}-{css.identifier(css_name(token))}"


def _properties(token: ResolvedToken, prefix: str, names: frozenset[str]) -> Iterator[Property]:
    name = property_name(prefix, token.id)
    parts = [css.members(value) for value in token.values]
    member_names = {part: f"{name}-{part}" for part in parts[0]}
    if any(token.references) or names.intersection(member_names.values()):
        member_names = {}
    for part, member_name in member_names.items():
        values = tuple(of_mode[part] for of_mode in parts)
        yield _property(member_name, token, values, tuple(css.text_of(value) for value in values))
    if member_names:
        text = css.shorthand(token.values[0], {part: f"var({each})" for part, each in member_names.items()})
        yield Property(name, token.id, token.values, (text,) * len(token.values), (None,) * len(token.values))
    else:
        texts = (
            f"var({property_name(prefix, reference)})" if reference else css.text_of(value)
            for value, reference in zip(token.values, token.references, strict=True)
        )
        yield _property(name, token, token.values, tuple(texts))


def _property(name: str, token: ResolvedToken, values: tuple[ResolvedValue, ...], texts: tuple[str, ...]) -> Property:
    wide = (
        css.text_of(value, paint=css.best_color) if css.is_wide(value) and not text.startswith("var(") else None
        for value, text in zip(values, texts, strict=True)
    )
    return Property(name, token.id, values, texts, tuple(wide))
