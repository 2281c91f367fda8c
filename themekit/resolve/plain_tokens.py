"""Tokens in which nothing is unusual, to resolved tokens of one mode, without a walk along each reference."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from themekit.model import Alias, BorderValue, Color, Origin, ShadowLayer, Token
from themekit.model.token_columns import ColumnTokens, TokenColumns
from themekit.resolve.gamut_report import INSIDE, is_inside, outside_gamut
from themekit.resolve.members import MEMBERS
from themekit.source.plain_tokens import pointer_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import PurePosixPath

    from themekit.diagnostics import Diagnostic
    from themekit.model import ResolvedTokens, ResolvedValue, TokenId, TokenType
    from themekit.source.plain_tokens import PlainTokens

_PARTS = {kind: [(name, type_) for name, (_, type_) in parts.items()] for kind, parts in MEMBERS.items()}
"""The members that may be references, in the order of the constructor, each with its type."""
_COMPOSITES = frozenset((*MEMBERS, tuple))
_COLORED = frozenset((Color, BorderValue, tuple))
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
            found = _filled(value, values, types) if kind in _COMPOSITES else value
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


def _filled(
    value: object, values: dict[TokenId, ResolvedValue], types: dict[TokenId, TokenType]
) -> ResolvedValue | None:
    """The value with its references replaced; None if one is not known, or leads to a token of another type."""
    if type(value) is tuple:
        items = [_filled(each, values, types) for each in value]
        return None if None in items else cast("ResolvedValue", tuple(items))
    kind = type(value)
    parts: list[object] = []
    for name, wanted in _PARTS[kind]:
        part = getattr(value, name)
        if type(part) is Alias:
            if types.get(part.target) != wanted:
                return None
            part = values[part.target]
        parts.append(part)
    if kind is ShadowLayer:
        parts.append(cast("ShadowLayer", value).inset)
    return cast("Callable[..., ResolvedValue]", kind)(*parts)


def _resolved(
    tokens: PlainTokens, values: dict[TokenId, ResolvedValue], types: dict[TokenId, TokenType], mode: str
) -> ResolvedTokens:
    columns = TokenColumns(
        tokens.ids,
        [types[token_id] for token_id in tokens.ids],
        [values[token_id] for token_id in tokens.ids],
        [written.target if type(written) is Alias else None for written in tokens.values],
        tokens.descriptions,
    )
    return ColumnTokens(columns, mode)


def _with_wide_colors(tokens: PlainTokens, path: PurePosixPath) -> Iterator[Token]:
    """The tokens of which a colour, or a member, might be outside a gamut."""
    for token_id, type_, value in zip(tokens.ids, tokens.types, tokens.values, strict=True):
        if type(value) in _COLORED and _may_be_outside(value):
            yield Token(token_id, type_, value, origin=Origin(path, pointer_of(token_id), "key"))


def _may_be_outside(value: object) -> bool:
    if type(value) is tuple:
        return any(map(_may_be_outside, value))
    color = value if type(value) is Color else getattr(value, "color", None)
    return type(color) is Color and color.space not in INSIDE and not is_inside(color)
