"""Tokens in which nothing is unusual, to resolved tokens of one mode, without a walk along each reference.

A set is compared with the one before it: the files of brands of one design system have the same names, and refer to
the same ones. If so, the references are followed as they were, and only what has another value is made anew.
"""

from __future__ import annotations

from itertools import compress
from operator import is_not
from typing import TYPE_CHECKING, NamedTuple, cast

from themekit.model import Alias, BorderValue, Color, ShadowLayer
from themekit.model.token_columns import ColumnTokens, TokenColumns
from themekit.resolve.gamut_report import INSIDE, is_inside, outside_gamut_in
from themekit.resolve.members import MEMBERS
from themekit.source.plain_tokens import pointer_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from themekit.diagnostics import Diagnostic
    from themekit.model import Origin, ResolvedValue, TokenId, TokenType
    from themekit.source.plain_tokens import PlainTokens

    Needs = tuple[tuple[TokenId, TokenType], ...]

_PARTS = {kind: [(name, type_) for name, (_, type_) in parts.items()] for kind, parts in MEMBERS.items()}
"""The members that may be references, in the order of the constructor, each with its type."""
_COMPOSITES = frozenset((*MEMBERS, tuple))
_COLORED = frozenset((Color, BorderValue, tuple))
_MAX_PASSES = 8  # over what refers to later tokens: such files are rare, and a chain of them would be quadratic


class _Made(NamedTuple):
    """A set as written and resolved.

    `steps` are its tokens with references: each by its row, and the rows of what it needs, which are filled before.
    `outside` are the rows of colours that may be outside a gamut.
    """

    written: PlainTokens
    columns: TokenColumns
    steps: Sequence[tuple[int, Sequence[int]]]
    outside: Sequence[int]


_LATEST: list[_Made] = []
"""The set that was made last."""


def resolve_plain(
    tokens: PlainTokens, origin_of: Callable[[str], Origin], *, mode: str
) -> tuple[ColumnTokens, tuple[Diagnostic, ...]] | None:
    """As `resolve_contexts`, in one mode; None if a reference needs a closer look.

    `origin_of` says where a token stands, by its pointer.
    """
    made = (_made_as(_LATEST[0], tokens) if _LATEST else None) or _made(tokens)
    if made is None:
        return None
    _LATEST[:] = [made]
    wide = [(tokens.ids[row], origin_of(pointer_of(tokens.ids[row])), tokens.values[row]) for row in made.outside]
    written = [(token_id, origin.path, f"{origin.pointer}/$value", value) for token_id, origin, value in wide]
    return ColumnTokens((made.columns,), (mode,)), outside_gamut_in(written) if written else ()


def _made(tokens: PlainTokens) -> _Made | None:
    walk = _Walk(tokens, list(tokens.types), list(tokens.values), {}, [])
    pending: Sequence[int] = range(len(tokens.ids))
    for _ in range(_MAX_PASSES):
        later = walk.over(pending)
        if later is None or len(later) == len(pending) > 0:
            return None
        if not later:
            references = [value.target if type(value) is Alias else None for value in tokens.values]
            types, values = cast("list[TokenType]", walk.types), cast("list[ResolvedValue]", walk.values)
            columns = TokenColumns(tokens.ids, types, values, references, tokens.descriptions)
            return _Made(tokens, columns, walk.steps, _outside(tokens, range(len(values))))
        pending = later
    return None


class _Walk(NamedTuple):
    """Types and values, of which those are resolved whose ids have their row in `done`."""

    tokens: PlainTokens
    types: list[TokenType | None]
    values: list[object]
    done: dict[TokenId, int]
    steps: list[tuple[int, Sequence[int]]]

    def over(self, pending: Sequence[int]) -> list[int] | None:
        """Resolve what refers to nothing that is not; the other rows, or None if a reference leads to another type."""
        ids, types, values, done = self.tokens.ids, self.types, self.values, self.done
        later = []
        for row in pending:
            value = values[row]
            if type(value) is Alias:
                target = done.get(value.target)
                if target is None:
                    later.append(row)
                    continue
                if types[row] is None:
                    types[row] = types[target]
                elif types[row] != types[target]:
                    return None
                values[row] = values[target]
                self.steps.append((row, (target,)))
            elif type(value) in _COMPOSITES and (needs := _needs(value)):
                targets = [done[target] for target, _ in needs if target in done]
                if len(targets) < len(needs):
                    later.append(row)
                    continue
                if any(types[target] != wanted for target, (_, wanted) in zip(targets, needs, strict=True)):
                    return None
                values[row] = _filled(value, iter([values[target] for target in targets]))
                self.steps.append((row, targets))
            done[ids[row]] = row
        return later


def _made_as(latest: _Made, tokens: PlainTokens) -> _Made | None:
    """A set that differs from the latest only in values that are written out; None if it is another one."""
    before, columns = latest.written, latest.columns
    if tokens.ids != before.ids or tokens.types != before.types:
        return None
    others = list(compress(range(len(tokens.values)), map(is_not, tokens.values, before.values)))
    for row in others:
        value, old = tokens.values[row], before.values[row]
        kind = type(value)
        if kind is not type(old) or (kind is Alias and value != old):
            return None
        if kind in _COMPOSITES and _needs(value) != _needs(old):
            return None
    values = cast("list[ResolvedValue]", list(tokens.values))
    known = columns.values
    for row, targets in latest.steps:
        written = tokens.values[row]
        if type(written) is Alias:
            values[row] = values[targets[0]]
        elif written is before.values[row] and not any(values[target] is not known[target] for target in targets):
            values[row] = known[row]
        else:
            values[row] = cast("ResolvedValue", _filled(written, iter([values[target] for target in targets])))
    same = set(latest.outside).difference(others)
    outside = sorted(same.union(_outside(tokens, others)))
    made = TokenColumns(columns.ids, columns.types, values, columns.references, tokens.descriptions)
    return _Made(tokens, made, latest.steps, outside)


def _needs(value: object) -> Needs:
    """The references in a composite as written, each with the type that its target must have."""
    if type(value) is tuple:
        return tuple([need for each in value for need in _needs(each)])
    parts = [(getattr(value, name), wanted) for name, wanted in _PARTS[type(value)]]
    return tuple([(part.target, wanted) for part, wanted in parts if type(part) is Alias])


def _filled(value: object, targets: Iterator[object]) -> object:
    """A composite with its references replaced by these, in the order of `_needs`."""
    if type(value) is tuple:
        return tuple([_filled(each, targets) for each in value])
    kind = type(value)
    parts = [next(targets) if type(part := getattr(value, name)) is Alias else part for name, _ in _PARTS[kind]]
    if kind is ShadowLayer:
        parts.append(cast("ShadowLayer", value).inset)
    return cast("Callable[..., object]", kind)(*parts)


def _outside(tokens: PlainTokens, rows: Iterable[int]) -> list[int]:
    """Those of the rows in which a colour, or a member, might be outside a gamut."""
    values = tokens.values
    return [row for row in rows if type(values[row]) in _COLORED and _may_be_outside(values[row])]


def _may_be_outside(value: object) -> bool:
    if type(value) is tuple:
        return any(map(_may_be_outside, value))
    color = value if type(value) is Color else getattr(value, "color", None)
    return type(color) is Color and color.space not in INSIDE and not is_inside(color)
