"""The tokens of each mode, read on their own, as one set of tokens with values for modes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from themekit.model import Alias, LostToken, Mode, ModeValue, Token, TokenId, TokenSet
from themekit.source.brand_resolver import nearest_of, scheme_of
from themekit.source.codes import ALIAS_TYPE, UNSUPPORTED_TOKEN_FEATURE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from themekit.diagnostics import Reporter


def joined(sets: Mapping[Mode, TokenSet], *, report: Reporter) -> TokenSet:
    """One set, light first. A value that is the one of the mode's scheme, or of light, is none of its own.

    A token that some modes lack has there the value of the first mode that has it, and is one of `partial`.
    """
    return _Joiner(sets, {mode: tokens.by_id() for mode, tokens in sets.items()}, report).joined()


@dataclass(frozen=True, slots=True)
class _Joiner:
    sets: Mapping[Mode, TokenSet]
    by_id: Mapping[Mode, Mapping[TokenId, Token]]
    report: Reporter
    partial: list[tuple[TokenId, tuple[Mode, ...]]] = field(default_factory=list)

    def joined(self) -> TokenSet:
        ids = dict.fromkeys(token.id for tokens in self.sets.values() for token in tokens)
        lost = tuple(dict.fromkeys(self.lost(tuple(ids))))
        gone = {one.id for one in lost if one.mode is None}
        found = tuple(self.token(token_id, lost) for token_id in ids if token_id not in gone)
        groups = {group.id: group for tokens in reversed(tuple(self.sets.values())) for group in tokens.groups}
        return TokenSet(found, lost, tuple(groups.values()), tuple(self.sets), tuple(self.partial))

    def lost(self, ids: tuple[TokenId, ...]) -> Iterator[LostToken]:
        """What could not be read in a mode; in light, or where no mode has it: at all."""
        for mode, tokens in self.sets.items():
            for one in tokens.lost:
                has = self.by_id[mode]
                below = [each for each in ids if f"{each}.".startswith(f"{one.id}.") and each not in has]
                if not below:
                    yield LostToken(one.id, one.mode if one.id in has else None)
                yield from (LostToken(each, None if mode is Mode.LIGHT else mode) for each in below)

    def token(self, token_id: TokenId, lost: tuple[LostToken, ...]) -> Token:
        by_mode = {mode: tokens[token_id] for mode, tokens in self.by_id.items() if token_id in tokens}
        first = next(iter(by_mode.values()))
        missing = [mode for mode in self.sets if mode not in by_mode and LostToken(token_id, mode) not in lost]
        if missing:
            has = tuple(mode for mode in Mode if nearest_of(mode, self.sets) in by_mode)
            self.partial.append((token_id, has))
        types = tuple(dict.fromkeys(each.type for each in by_mode.values() if each.type is not None))
        if len(types) > 1:
            message = f"`{token_id}` is a {types[0]} in one context and a {types[1]} in another"
            self.report(ALIAS_TYPE, next(each for each in by_mode.values() if each.type == types[1]).origin, message)
        if any(each.modes for each in by_mode.values()):
            return self.with_own_modes(first, by_mode)
        modes = tuple(self.values(by_mode))
        is_alias = isinstance(first.value, Alias) and all(isinstance(one.value, Alias) for one in modes)
        type_ = first.type if is_alias else next(iter(types), None)
        return Token(
            id=token_id,
            type=type_,
            value=first.value,
            modes=modes,
            description=next((each.description for each in by_mode.values() if each.description), ""),
            deprecated=first.deprecated,
            origin=first.origin,
            extensions=first.extensions,
        )

    def with_own_modes(self, first: Token, by_mode: Mapping[Mode, Token]) -> Token:
        """A token that says itself what it is in which mode: then every mode has the same token, or it is refused."""
        other = next((each for each in by_mode.values() if each != first), None)
        if other is not None:
            own = first if first.modes else other
            message = f"`{own.id}` has values for modes, and contexts that are modes give it others"
            self.report(UNSUPPORTED_TOKEN_FEATURE, own.origin, message, hint="keep one of the two")
        return first

    def values(self, by_mode: Mapping[Mode, Token]) -> Iterator[ModeValue]:
        first = next(iter(by_mode.values()))
        for mode, token in by_mode.items():
            below = by_mode.get(nearest_of(scheme_of(mode), by_mode), first)
            if token is not first and token.value != below.value:
                yield ModeValue(mode, token.value, token.origin)
