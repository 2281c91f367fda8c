"""Tokens that a brand wrote but that could not be read or merged: what refers to one is broken, and not reported."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from themekit.model import Mode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from themekit.model import Token, TokenId, TokenSet

FALLBACKS = {
    Mode.LIGHT: (Mode.LIGHT,),
    Mode.DARK: (Mode.DARK,),
    Mode.LIGHT_CONTRAST: (Mode.LIGHT_CONTRAST, Mode.LIGHT),
    Mode.DARK_CONTRAST: (Mode.DARK_CONTRAST, Mode.DARK),
}


@dataclass(frozen=True, slots=True)
class Lost:
    """Names of tokens and groups of which nothing is known, and of tokens that are known the modes that are not.

    `names` may be of groups; a token of `kept` below one of them was read nevertheless.
    """

    names: frozenset[str] = frozenset()
    modes: Mapping[TokenId, frozenset[Mode]] = field(default_factory=dict)
    kept: frozenset[TokenId] = frozenset()

    def __bool__(self) -> bool:
        """Something is lost."""
        return bool(self.names or self.modes)

    def has(self, token_id: TokenId) -> bool:
        """The token was written, or may have been, and is not known."""
        return (
            bool(self.names)
            and token_id not in self.kept
            and any(name in self.names for name in (token_id, *groups_of(token_id), ""))
        )

    def has_in(self, token: Token, mode: Mode) -> bool:
        """The token's value in a mode is not known: it, or what it falls back to, could not be read."""
        unread = self.modes.get(token.id, frozenset())
        read = {one.mode for one in token.modes}
        first = next((one for one in FALLBACKS[mode] if one in read or one in unread), None)
        return first in unread or self.has(token.id)


NOTHING = Lost()


def lost_of(own: TokenSet, kept: frozenset[TokenId]) -> Lost:
    """What is lost of a brand's tokens: when they were read, and when only those of `kept` were merged."""
    names = {one.id for one in own.lost if one.mode is None} | {token.id for token in own if token.id not in kept}
    modes: dict[TokenId, frozenset[Mode]] = {}
    for one in own.lost:
        if one.mode is not None:
            modes[one.id] = modes.get(one.id, frozenset()) | {one.mode}
    return Lost(frozenset(names), modes, kept)


def groups_of(token_id: TokenId) -> Iterator[str]:
    """The groups a token stands in, the innermost first: `color.primary.9` in `color.primary` and `color`."""
    group = token_id.rpartition(".")[0]
    while group:
        yield group
        group = group.rpartition(".")[0]
