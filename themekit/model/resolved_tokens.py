"""Design tokens after resolving: no alias is left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.model.token import Mode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.model.token import ResolvedValue, TokenId, TokenType
    from themekit.model.token_set import TokenGroup


@dataclass(frozen=True, slots=True)
class ResolvedToken:
    """A token without aliases. `values` has one value for each of `ResolvedTokens.modes`, in that order.

    `references` has, for each mode, the token this value was an alias of (so that CSS can say `var(--…)`), or None.
    """

    id: TokenId
    type: TokenType
    values: tuple[ResolvedValue, ...]
    references: tuple[TokenId | None, ...]
    description: str = ""
    deprecated: str | None = None
    extensions: str = ""

    @property
    def is_constant(self) -> bool:
        """The same in every mode, its reference too."""
        return len(set(self.values)) == 1 and len(set(self.references)) == 1


@dataclass(frozen=True, slots=True)
class ResolvedTokens:
    """Every token in every mode, in order; no alias left.

    A brand has the four modes of `Mode`. Token files without a brand have one mode for each set of contexts they are
    built for, named by these ("dark", "dark large"; "default" if there is but one); a name that is one of `Mode` is
    that `Mode`. The first mode is the one that holds where none was chosen.
    """

    tokens: tuple[ResolvedToken, ...]
    modes: tuple[str, ...] = tuple(Mode)
    groups: tuple[TokenGroup, ...] = ()

    def __iter__(self) -> Iterator[ResolvedToken]:
        """In order."""
        return iter(self.tokens)

    @property
    def theme_modes(self) -> tuple[Mode, ...]:
        """Those of the modes that are a `Mode`: of a brand, all."""
        return tuple(mode for mode in self.modes if isinstance(mode, Mode))

    def in_mode(self, mode: str) -> dict[TokenId, ResolvedValue]:
        """Id to value in one mode: a new mapping, in order."""
        index = self.modes.index(mode)
        return {token.id: token.values[index] for token in self.tokens}

    def of(self, type_: TokenType) -> tuple[ResolvedToken, ...]:
        """The tokens of one type, in order."""
        return tuple(token for token in self.tokens if token.type == type_)
