"""What each mode of a set of tokens declares: from its columns where every mode has the same names, else by properties.

The two say the same; columns take a third of the time, as only what differs from the set before is made anew.
"""

from __future__ import annotations

from itertools import chain, compress
from operator import is_not
from typing import TYPE_CHECKING, NamedTuple

from themekit.model.token_columns import ColumnTokens
from themekit.render.one_mode import members_of, one_mode

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from themekit.model import ResolvedTokens
    from themekit.model.token_columns import TokenColumns
    from themekit.render.css_rules import Declarations
    from themekit.render.one_mode import Made


class ModeDeclarations(NamedTuple):
    """Declarations by property in token order, for each mode; in all modes of the same names.

    `texts` are for sRGB; `wide` has those of which a screen of Display P3 shows more in a mode, `widest` those of which
    one of Rec. 2020 shows more still. `varying` are the names that are not the same in every mode, `times` those of
    time spans that are written out.
    """

    texts: Sequence[Declarations]
    wide: Sequence[Declarations]
    widest: Sequence[Declarations]
    varying: frozenset[str]
    times: Sequence[str]


def mode_declarations(tokens: ResolvedTokens, prefix: str) -> ModeDeclarations:
    """Of all its modes."""
    found = _by_columns(tokens.columns, prefix) if isinstance(tokens, ColumnTokens) else None
    return found or _by_properties(tokens, prefix)


def _by_columns(columns: Sequence[TokenColumns], prefix: str) -> ModeDeclarations | None:
    """None if a token is a composite in one mode and a reference in another: the names differ then."""
    every = [one_mode(each, prefix) for each in columns]
    first, *others = made = [each.declarations for each in every]
    if any(each.texts.keys() != first.texts.keys() for each in others):
        return None
    wide_names = _in_order((each.wide for each in made), first.texts)
    widest_names = _in_order((each.widest for each in made), first.texts)
    return ModeDeclarations(
        [each.texts for each in made],
        [{name: each.wide.get(name) or each.texts[name] for name in wide_names} for each in made],
        [
            {name: each.widest.get(name) or each.wide.get(name) or each.texts[name] for name in widest_names}
            for each in made
        ],
        frozenset(_varying(columns, every[0]) if others else ()),
        _in_order((each.times for each in made), first.texts),
    )


def _in_order(names: Iterable[Collection[str]], among: Declarations) -> Sequence[str]:
    """All of the names, each once."""
    wanted = frozenset(chain.from_iterable(names))
    return [name for name in among if name in wanted] if wanted else ()


def _varying(columns: Sequence[TokenColumns], made: Made) -> Iterator[str]:
    """The names whose value or text differs between modes. A shorthand of members differs where one of these does."""
    first, *others = columns
    rows: set[int] = set()
    for other in others:
        rows.update(compress(range(len(first.ids)), map(is_not, first.values, other.values)))
        if other.references is not first.references:
            rows.update(
                row for row, (one, two) in enumerate(zip(first.references, other.references, strict=True)) if one != two
            )
    for row in rows:
        value, name = first.values[row], made.names[row]
        if all(other.values[row] == value and other.references[row] == first.references[row] for other in others):
            continue
        yield name
        if first.references[row] is None:
            parts = [members_of(name, each.values[row], known=made.known) for each in columns]
            yield from (own for own, part in parts[0].items() if any(each[own] != part for each in parts[1:]))


def _by_properties(tokens: ResolvedTokens, prefix: str) -> ModeDeclarations:
    from themekit.render.custom_properties import custom_properties  # noqa: PLC0415  # 2 ms, for what columns have not

    every = custom_properties(tokens, prefix)
    wide = [each for each in every if each.is_wide]
    widest = [each for each in wide if each.is_widest]
    modes = range(len(tokens.modes))
    return ModeDeclarations(
        [{each.name: each.texts[at] for each in every} for at in modes],
        [{each.name: each.wide[at] or each.texts[at] for each in wide} for at in modes],
        [{each.name: each.widest[at] or each.wide[at] or each.texts[at] for each in widest} for at in modes],
        frozenset(each.name for each in every if not each.is_constant),
        [each.name for each in every if each.is_time],
    )
