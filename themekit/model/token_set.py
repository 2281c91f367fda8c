"""Design tokens as written, before resolving, as in the W3C DTCG format 2025.10; their values are in `token`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.model.origin import Origin

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.model.token import Mode, TokenId, TokenType, TokenValue


@dataclass(frozen=True, slots=True)
class ModeValue:
    """A token's value in one mode, where it differs from `value`.

    `origin` is the place of the token that gives it, if that is another than the one that gives `value`: a context's.
    """

    mode: Mode
    value: TokenValue
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Token:
    """A token as written. `type` is None only for an alias, whose type is its target's.

    `extensions` is what `$extensions` holds beside themekit's own, as JSON text; "" if there is nothing.
    """

    id: TokenId
    type: TokenType | None
    value: TokenValue
    modes: tuple[ModeValue, ...] = ()
    description: str = ""
    deprecated: str | None = None
    origin: Origin | None = None
    extensions: str = ""

    def place(self, slot: Mode | None = None, *, pointer: str = "") -> Origin | None:
        """Where the value of a mode is written, of None `$value`, or the part of it at `pointer`; None of a default."""
        if self.origin is None:
            return None
        elsewhere = next((one.origin for one in self.modes if one.mode is slot), None)
        if elsewhere is not None:
            return Origin(elsewhere.path, f"{elsewhere.pointer}/$value{pointer}")
        value = "/$value" if slot is None else f"/$extensions/themekit/modes/{slot}"
        return Origin(self.origin.path, f"{self.origin.pointer}{value}{pointer}")


@dataclass(frozen=True, slots=True)
class TokenGroup:
    """What a group says of itself; `extensions` as in a Token. The id of the outermost group is ""."""

    id: TokenId
    description: str = ""
    extensions: str = ""


@dataclass(frozen=True, slots=True)
class LostToken:
    """A token, or a group with all below it, that was written and could not be read: in a mode, or at all."""

    id: TokenId
    mode: Mode | None = None


@dataclass(frozen=True, slots=True)
class TokenSet:
    """Tokens in the order they were written; ids are unique. `lost` is empty but in a draft: see source/brand.py.

    `groups` has those that say something of themselves. `made_modes` are the modes that contexts of a resolver make,
    and `partial` the tokens that only some of them define, with these modes.
    """

    tokens: tuple[Token, ...] = ()
    lost: tuple[LostToken, ...] = ()
    groups: tuple[TokenGroup, ...] = ()
    made_modes: tuple[Mode, ...] = ()
    partial: tuple[tuple[TokenId, tuple[Mode, ...]], ...] = ()

    def leaves_default(self, token_id: TokenId, mode: Mode) -> bool:
        """No context defines the token in this mode: if it overrides a default token, that stays as it is there."""
        return any(partial == token_id and mode not in modes for partial, modes in self.partial)

    def __iter__(self) -> Iterator[Token]:
        """In order."""
        return iter(self.tokens)

    def by_id(self) -> dict[TokenId, Token]:
        """A new mapping, in order."""
        return {token.id: token for token in self.tokens}
