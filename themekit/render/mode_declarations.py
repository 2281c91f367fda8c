"""What each mode of a set of tokens declares: from its columns where every mode has the same names, else by properties.

The two say the same; columns take a third of the time, as only what differs from the set before is made anew.
"""

from __future__ import annotations

from itertools import chain, compress
from typing import TYPE_CHECKING, NamedTuple

from themekit.model import TypographyValue
from themekit.model.token_columns import ColumnTokens
from themekit.render import css
from themekit.render.one_mode import in_other_mode, one_mode
from themekit.render.property_names import SPACING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from themekit.model import ResolvedTokens, ResolvedValue
    from themekit.model.token_columns import TokenColumns
    from themekit.render.css_rules import Declarations
    from themekit.render.one_mode import Made


class Varying(NamedTuple):
    """The names of declarations that are not the same in every mode.

    `followers` are those of them with one text in all: references, and shorthands of members.
    """

    names: frozenset[str] = frozenset()
    followers: frozenset[str] = frozenset()


_NOTHING = Varying()
_LATEST: list[tuple[tuple[object, ...], Varying]] = []
"""What was found last to differ between modes, and what of: the next set nearly always has the same."""


class ModeDeclarations(NamedTuple):
    """Declarations by property in token order, for each mode; in all modes of the same `names`.

    `texts` are for sRGB, and for each mode but the first they may lack what is as in the first. `wide` has those of
    which a screen of Display P3 shows more in a mode, `widest` those of which one of Rec. 2020 shows more still.
    `times` are the names of time spans that are written out, alone or in a transition.
    """

    names: tuple[str, ...]
    texts: Sequence[Declarations]
    wide: Sequence[Declarations]
    widest: Sequence[Declarations]
    varying: Varying
    times: Sequence[str]


def mode_declarations(tokens: ResolvedTokens, prefix: str) -> ModeDeclarations:
    """Of all its modes."""
    found = _by_columns(tokens.columns, prefix) if isinstance(tokens, ColumnTokens) else None
    return found or _by_properties(tokens, prefix)


def _by_columns(columns: Sequence[TokenColumns], prefix: str) -> ModeDeclarations | None:
    """None if a token is a composite in one mode and a reference in another: the names differ then."""
    first = one_mode(columns[0], prefix)
    every = [first, *(in_other_mode(first, each) or one_mode(each, prefix) for each in columns[1:])]
    if any(each.declared != first.declared for each in every):
        return None
    order, made = first.order, [each.declarations for each in every]
    texts, first_texts = [each.texts for each in made], first.declarations.texts
    wide_names = _in_order((each.wide for each in made), order)
    widest_names = _in_order((each.widest for each in made), order)
    wide = [
        {name: each.wide.get(name) or each.texts.get(name, first_texts[name]) for name in wide_names} for each in made
    ]
    return ModeDeclarations(
        first.declared,
        texts,
        wide,
        [
            {name: each.widest.get(name) or below[name] for name in widest_names}
            for each, below in zip(made, wide, strict=True)
        ],
        _varying(columns, every) if len(every) > 1 else _NOTHING,
        _in_order((each.times for each in made), order),
    )


def _in_order(names: Iterable[Collection[str]], order: Mapping[str, int]) -> Sequence[str]:
    """All of the names, each once."""
    return sorted(frozenset(chain.from_iterable(names)), key=order.__getitem__)


def _varying(columns: Sequence[TokenColumns], every: Sequence[Made]) -> Varying:
    """The names whose value or text differs between modes. A shorthand of members differs where one of these does."""
    first, *others = columns
    made = every[0]
    is_alike = all(each.references is first.references for each in others)
    rows = _others(every) if is_alike else {row for row in range(len(first.ids)) if _is_other(row, columns)}
    parts: list[str] = []
    for row in made.parts.keys() & rows:
        members = zip(*(css.members(each.values[row]).values() for each in columns), strict=True)
        parts += compress(made.parts[row], map(_are_others, members))
    parts += [made.names[row] + SPACING for row in made.spaced if _is_spaced_otherwise(row, columns)]
    texts = [each.declarations.texts for each in every]
    if not is_alike:
        return _with_followers(frozenset((*map(made.names.__getitem__, rows), *parts)), texts)
    asked = (made.names, made.roots, rows, frozenset(parts))
    if not _LATEST or _LATEST[0][0] != asked:  # an alias has the value of its target
        found = [name for name, root in zip(made.names, made.roots, strict=True) if root in rows]
        _LATEST[:] = [(asked, _with_followers(frozenset((*found, *parts)), texts))]
    return _LATEST[0][1]


def _with_followers(varying: frozenset[str], texts: Sequence[Declarations]) -> Varying:
    first, *others = texts
    alike = (name for name in varying if all(each.get(name, first[name]) == first[name] for each in others))
    return Varying(varying, frozenset(name for name in alike if first[name].startswith("var(")))


def _is_spaced_otherwise(row: int, columns: Sequence[TokenColumns]) -> bool:
    """A style of text that is a reference has another spacing of letters in some mode, or another target."""
    values = [each.values[row] for each in columns]
    spacings = {value.letter_spacing for value in values if isinstance(value, TypographyValue)}
    return len(spacings) > 1 or len({each.references[row] for each in columns}) > 1


def _are_others(values: Sequence[ResolvedValue]) -> bool:
    """One of the values is not as the first one."""
    return any(each is not values[0] and each != values[0] for each in values)


def _others(every: Sequence[Made]) -> set[int]:
    """The rows of tokens with values of their own that are other in one of several modes with the same references."""
    one = every[0]
    anew = [each.others for each in every[1:]]
    rows = one.own if None in anew else set(chain.from_iterable(each for each in anew if each is not None))
    texts, values, names = one.declarations.texts, one.columns.values, one.names
    found = set()
    for other in every[1:]:
        their_texts, theirs = other.declarations.texts, other.columns.values
        for row in rows:
            if values[row] is not theirs[row]:
                name = names[row]  # texts say it sooner; the same text may be of other values, and be wide
                if texts[name] != their_texts.get(name, texts[name]) or values[row] != theirs[row]:
                    found.add(row)
        rows = [row for row in rows if row not in found]
    return found


def _is_other(row: int, columns: Sequence[TokenColumns]) -> bool:
    """A token is not the same in all modes."""
    return len({each.references[row] for each in columns}) > 1 or any(
        each.values[row] != columns[0].values[row] for each in columns[1:]
    )


def _by_properties(tokens: ResolvedTokens, prefix: str) -> ModeDeclarations:
    from themekit.render.custom_properties import custom_properties  # noqa: PLC0415  # 2 ms, for what columns have not

    every = custom_properties(tokens, prefix)
    wide = [each for each in every if each.is_wide]
    widest = [each for each in wide if each.is_widest]
    modes = range(len(tokens.modes))
    return ModeDeclarations(
        tuple(each.name for each in every),
        [{each.name: each.texts[at] for each in every} for at in modes],
        [{each.name: each.wide[at] or each.texts[at] for each in wide} for at in modes],
        [{each.name: each.widest[at] or each.wide[at] or each.texts[at] for each in widest} for at in modes],
        Varying(
            frozenset(each.name for each in every if not each.is_constant),
            frozenset(each.name for each in every if each.is_follower),
        ),
        [each.name for each in every if each.is_time],
    )
