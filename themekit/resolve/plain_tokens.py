"""Tokens in which nothing is unusual, to resolved tokens of one mode, without a walk along each reference.

A set is compared with the one before it: the files of brands of one design system have the same names, and refer to
the same ones. If so, the references are followed as they were, and only what has another value is made anew.
"""

from __future__ import annotations

from itertools import compress
from operator import is_not, itemgetter
from typing import TYPE_CHECKING, NamedTuple, cast

from themekit.model import Alias, BorderValue, Color, ShadowLayer, WrittenColor
from themekit.model.token_columns import ColumnTokens, TokenColumns
from themekit.resolve.gamut_report import INSIDE, is_inside, outside_gamut_in
from themekit.resolve.members import MEMBERS
from themekit.source.plain_tokens import pointer_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from themekit.diagnostics import Diagnostic
    from themekit.model import Origin, ResolvedValue, TokenId, TokenType
    from themekit.source.plain_tokens import PlainTokens

    Needs = tuple[tuple[TokenId, TokenType], ...]

_PARTS = {kind: [(name, type_) for name, (_, type_) in parts.items()] for kind, parts in MEMBERS.items()}
"""The members that may be references, in the order of the constructor, each with its type."""
_COMPOSITES = frozenset((*MEMBERS, tuple))
_COLORED = frozenset((BorderValue, tuple))
_MAX_PASSES = 8  # over what refers to later tokens: such files are rare, and a chain of them would be quadratic


class _Filled(NamedTuple):
    """A composite that holds references, as written, and the rows of their values in the order of `_needs`.

    `parts` are its layers, or itself: a constructor with its arguments, and those to be filled in, with their rows.
    """

    row: int
    written: object
    targets: Sequence[int]
    parts: Sequence[tuple[Callable[..., object], list[object], Sequence[tuple[int, int]]]]

    @classmethod
    def of(cls, row: int, written: object, *, targets: Sequence[int]) -> _Filled:
        """With its parts, which are found once for all values that the references may have."""
        rows = iter(targets)
        parts = []
        for part in written if type(written) is tuple else (written,):
            kind = type(part)
            arguments = [getattr(part, name) for name, _ in _PARTS[kind]]
            open_ = [(at, next(rows)) for at, each in enumerate(arguments) if type(each) is Alias]
            if kind is ShadowLayer:
                arguments.append(part.inset)
            parts.append((kind, arguments, open_))
        return cls(row, written, targets, parts)

    def value(self, values: Sequence[object]) -> object:
        """The composite where its references have these values, by row."""
        made = []
        for kind, arguments, open_ in self.parts:
            filled = arguments.copy()
            for at, row in open_:
                filled[at] = values[row]
            made.append(kind(*filled))
        return tuple(made) if type(self.written) is tuple else made[0]


class _Made(NamedTuple):
    """A set as written and resolved.

    `roots` gives each row the one whose value it has: itself, or the end of its references; `at_roots` takes what is in
    these rows, all at once. `filled` are the composites that hold references, each after those that it needs; `late`
    are the references that end at one. `outside` are the rows of colours that may be outside a gamut.
    """

    written: PlainTokens
    columns: TokenColumns
    roots: Sequence[int]
    at_roots: Callable[[Sequence[object]], Iterable[object]]
    filled: Sequence[_Filled]
    late: Sequence[int]
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
            return _found(tokens, columns, walk.steps)
        pending = later
    return None


def _found(tokens: PlainTokens, columns: TokenColumns, steps: Iterable[tuple[int, Sequence[int]]]) -> _Made:
    """With what the next set needs. `steps` are as in `_Walk`."""
    roots = list(range(len(tokens.ids)))
    filled = {}
    for row, targets in steps:
        ends = [roots[target] for target in targets]
        if columns.references[row] is None:
            filled[row] = _Filled.of(row, tokens.values[row], targets=ends)
        else:
            (roots[row],) = ends
    late = [row for row, root in enumerate(roots) if root != row and root in filled]
    at_roots = itemgetter(*roots) if len(roots) > 1 else iter  # of one row an `itemgetter` gives no tuple
    return _Made(tokens, columns, roots, at_roots, list(filled.values()), late, _outside(tokens, range(len(roots))))


class _Walk(NamedTuple):
    """Types and values, of which those are resolved whose ids have their row in `done`.

    `steps` are the tokens with references, in the order resolved: each by its row, and the rows of what it needs.
    """

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
                values[row] = _Filled.of(row, value, targets=targets).value(values)
                self.steps.append((row, targets))
            done[ids[row]] = row
        return later


def _made_as(latest: _Made, tokens: PlainTokens) -> _Made | None:
    """A set that differs from the latest only in values that are written out; None if it is another one."""
    before, columns = latest.written, latest.columns
    if not all(one is other or one == other for one, other in ((tokens.ids, before.ids), (tokens.types, before.types))):
        return None
    others = _other_rows(tokens, before)
    for row in others:
        value, old = tokens.values[row], before.values[row]
        kind = type(value)
        if kind is Color is type(old):
            continue
        if kind is not type(old) or (kind is Alias and value != old):
            return None
        if kind in _COMPOSITES and _needs(value) != _needs(old):
            return None
    written = tokens.values
    values = list(latest.at_roots(written))
    filled = _refilled(latest, written, values=values, changed=set(others))
    for row in latest.late:
        values[row] = values[latest.roots[row]]
    same = set(latest.outside).difference(others)
    outside = sorted(same.union(_outside(tokens, others)))
    made = columns._replace(values=cast("list[ResolvedValue]", values), descriptions=tokens.descriptions)
    return latest._replace(written=tokens, columns=made, filled=filled, outside=outside)


def _other_rows(tokens: PlainTokens, before: PlainTokens) -> list[int]:
    """The rows with another object. Those of a group that was read before need no look."""
    rows: list[int] = []
    done = 0
    for (start, values), (old_start, old) in zip(tokens.groups, before.groups, strict=False):
        if values is old and start == old_start:
            rows += _others_in(range(done, start), tokens, before)
            done = start + len(values)
    return rows + _others_in(range(done, len(tokens.ids)), tokens, before)


def _others_in(rows: range, tokens: PlainTokens, before: PlainTokens) -> list[int]:
    part = slice(rows.start, rows.stop)
    return list(compress(rows, map(is_not, tokens.values[part], before.values[part])))


def _refilled(latest: _Made, written: Sequence[object], *, values: list[object], changed: set[int]) -> list[_Filled]:
    """The composites with references, and their values: anew of those that need a value of the rows `changed`."""
    filled = list(latest.filled)
    for place, composite in enumerate(filled):
        row = composite.row
        if composite.written is not written[row]:
            filled[place] = _Filled.of(row, written[row], targets=composite.targets)
        elif changed.isdisjoint(composite.targets):
            values[row] = latest.columns.values[row]
            continue
        values[row] = filled[place].value(values)
        changed.add(row)
    return filled


def _needs(value: object) -> Needs:
    """The references in a composite as written, each with the type that its target must have."""
    if type(value) is tuple:
        return tuple([need for each in value for need in _needs(each)])
    parts = [(getattr(value, name), wanted) for name, wanted in _PARTS[type(value)]]
    return tuple([(part.target, wanted) for part, wanted in parts if type(part) is Alias])


def _outside(tokens: PlainTokens, rows: Iterable[int]) -> list[int]:
    """Those of the rows in which a colour, or a member, might be outside a gamut."""
    values = tokens.values
    found = []
    for row in rows:
        value = values[row]
        if type(value) is Color or type(value) is WrittenColor:
            if value.space not in INSIDE and not is_inside(value):
                found.append(row)
        elif type(value) in _COLORED and _may_be_outside(value):
            found.append(row)
    return found


def _may_be_outside(value: object) -> bool:
    if type(value) is tuple:
        return any(map(_may_be_outside, value))
    color = getattr(value, "color", None)
    return isinstance(color, Color) and color.space not in INSIDE and not is_inside(color)
