"""Tokens in which nothing is unusual, to resolved tokens of one mode, without a walk along each reference."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from themekit.model import Alias, Color, Origin, ResolvedToken, ResolvedTokens, Token
from themekit.resolve.gamut_report import INSIDE, outside_gamut
from themekit.resolve.members import MEMBERS, filled, members
from themekit.source.plain_tokens import pointer_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import PurePosixPath

    from themekit.diagnostics import Diagnostic
    from themekit.model import ResolvedValue, TokenId, TokenType
    from themekit.model.token import TokenValue
    from themekit.source.plain_tokens import PlainTokens

_MAX_PASSES = 8  # over what refers to later tokens: such files are rare, and a chain of them would be quadratic


def resolve_plain(
    tokens: PlainTokens, path: PurePosixPath, *, mode: str
) -> tuple[ResolvedTokens, tuple[Diagnostic, ...]] | None:
    """As `resolve_contexts`, of the tokens of a file, in one mode; None if a reference needs a closer look."""
    values: dict[TokenId, ResolvedValue] = {}
    types: dict[TokenId, TokenType] = {}
    pending = list(zip(tokens.ids, tokens.types, tokens.values, strict=True))
    for _ in range(_MAX_PASSES):
        later = []
        for each in pending:
            token_id, type_, value = each
            kind = type(value)
            if kind is Alias:
                target = cast("Alias", value).target
                if target not in values:
                    later.append(each)
                    continue
                if type_ is not None and type_ != types[target]:
                    return None
                values[token_id], types[token_id] = values[target], types[target]
                continue
            found = _filled(value, type_, values, types) if kind in _COMPOSITES else value
            if found is None:
                later.append(each)
                continue
            values[token_id], types[token_id] = cast("ResolvedValue", found), cast("TokenType", type_)
        if not later:
            return _resolved(tokens, values, types, mode), outside_gamut(_with_wide_colors(tokens, path))
        if len(later) == len(pending):
            return None
        pending = later
    return None


_COMPOSITES = frozenset((*MEMBERS, tuple))


def _filled(
    value: TokenValue, type_: TokenType | None, values: dict[TokenId, ResolvedValue], types: dict[TokenId, TokenType]
) -> ResolvedValue | None:
    """The value with its references replaced; None if one is not known, or leads to a token of another kind."""
    for member in members(value, type_):
        if member.is_item or types.get(member.target) != member.type:
            return None
    return filled(value, values)


def _resolved(
    tokens: PlainTokens, values: dict[TokenId, ResolvedValue], types: dict[TokenId, TokenType], mode: str
) -> ResolvedTokens:
    none = (None,)
    return ResolvedTokens(
        tuple(
            [
                ResolvedToken(
                    token_id,
                    types[token_id],
                    (values[token_id],),
                    (written.target,) if type(written) is Alias else none,
                    description,
                )
                for token_id, written, description in zip(tokens.ids, tokens.values, tokens.descriptions, strict=True)
            ]
        ),
        (mode,),
    )


def _with_wide_colors(tokens: PlainTokens, path: PurePosixPath) -> Iterator[Token]:
    """The tokens of which a colour, or a member, might be outside a gamut."""
    for token_id, type_, value in zip(tokens.ids, tokens.types, tokens.values, strict=True):
        if (type(value) is Color and value.space not in INSIDE) or type(value) in _COMPOSITES:
            yield Token(token_id, type_, value, origin=Origin(path, pointer_of(token_id), "key"))
