"""Resolved tokens as columns: many sets are written in one run, and few targets need an object for each token."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from themekit.model.resolved_tokens import ResolvedToken, ResolvedTokens

if TYPE_CHECKING:
    from collections.abc import Sequence

    from themekit.model.token import ResolvedValue, TokenId, TokenType


class TokenColumns(NamedTuple):
    """Tokens in order, each by its place in five lists of one length; as in `ResolvedToken`, of one mode."""

    ids: Sequence[TokenId]
    types: Sequence[TokenType]
    values: Sequence[ResolvedValue]
    references: Sequence[TokenId | None]
    descriptions: Sequence[str]


class ColumnTokens(ResolvedTokens):
    """Equal to resolved tokens whose objects are made when they are asked for.

    `columns` has one item for each mode, all with the same ids and types. What is said of a token is what the first
    one says.
    """

    __slots__ = ("_made", "columns")

    columns: tuple[TokenColumns, ...]
    _made: tuple[ResolvedToken, ...] | None

    def __init__(self, columns: Sequence[TokenColumns], modes: Sequence[str]) -> None:
        """Tokens in these modes."""
        members = (("columns", tuple(columns)), ("modes", tuple(modes)), ("groups", ()), ("_made", None))
        for name, value in members:
            object.__setattr__(self, name, value)

    @property
    def tokens(self) -> tuple[ResolvedToken, ...]:
        """In order, made once."""
        if self._made is None:
            first = self.columns[0]
            values = zip(*(each.values for each in self.columns), strict=True)
            references = zip(*(each.references for each in self.columns), strict=True)
            rows = zip(first.ids, first.types, values, references, first.descriptions, strict=True)
            object.__setattr__(self, "_made", tuple([ResolvedToken(*row) for row in rows]))
        return self._made or ()

    def __eq__(self, other: object) -> bool:
        """As objects, whichever of the two has them already."""
        if not isinstance(other, ResolvedTokens):
            return NotImplemented
        return (self.tokens, self.modes, self.groups) == (other.tokens, other.modes, other.groups)

    def __hash__(self) -> int:
        """That of an equal one of the base."""
        return hash((self.tokens, self.modes, self.groups))


def columns_of(tokens: ResolvedTokens) -> TokenColumns:
    """The columns of tokens that have one mode. Raises ValueError if they have more."""
    if isinstance(tokens, ColumnTokens):
        (columns,) = tokens.columns
        return columns
    (_,) = tokens.modes
    return TokenColumns(
        [token.id for token in tokens.tokens],
        [token.type for token in tokens.tokens],
        [token.values[0] for token in tokens.tokens],
        [token.references[0] for token in tokens.tokens],
        [token.description for token in tokens.tokens],
    )


def joined_modes(sets: Sequence[ColumnTokens], modes: Sequence[str]) -> ColumnTokens | None:
    """Sets of one mode each as one of all these modes; None if their tokens are not the same, each of one type."""
    first, *others = every = [columns_of(each) for each in sets]
    if any(each.ids != first.ids or each.types != first.types for each in others):
        return None
    return ColumnTokens(every, modes)
