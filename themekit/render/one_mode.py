"""Tokens of one mode as declarations: what `custom_properties` says of them, without what only modes need.

Token files without a brand nearly always have one mode, and a hundred sets of them are written in one run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from themekit.model import BorderValue, Color, Dimension, Duration, ShadowLayer, TransitionValue, TypographyValue
from themekit.render import css
from themekit.render.losses import colors, is_beyond_p3
from themekit.render.property_names import SPACING, property_name

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from themekit.model import ResolvedValue
    from themekit.model.token_columns import TokenColumns
    from themekit.render.css_rules import Declarations

INSIDE_SRGB = frozenset({"srgb", "srgb-linear", "hsl", "hwb"})  # their components have no other values


class OneMode(NamedTuple):
    """Declarations by property, in token order.

    `texts` are for sRGB, `wide` those that are other on a screen of Display P3, and `widest` those on one of Rec. 2020.
    `times` has the names of time spans that are written out.
    """

    texts: dict[str, str]
    wide: dict[str, str]
    widest: dict[str, str]
    times: list[str]


class Made(NamedTuple):
    """What was made of columns with a prefix.

    `own` are the rows that are no references, and `roots` gives each row the one of these whose value it has; `known`
    are all tokens' names, `declared` those of all declarations in order, `order` is the place of each, and `parts` has
    the names of members by row. `others` are the own rows that have another value than in the set before; None if that
    was none of the same tokens. `spaced` are the rows of references to styles of text that have a spacing of letters
    beside them.
    """

    columns: TokenColumns
    prefix: str
    names: Sequence[str]
    known: frozenset[str]
    own: Sequence[int]
    roots: Sequence[int]
    declared: tuple[str, ...]
    order: Mapping[str, int]
    parts: Mapping[int, Sequence[str]]
    declarations: OneMode
    others: Sequence[int] | None = None
    spaced: Sequence[int] = ()


_LATEST: list[Made] = []
"""The set that was made whole last: the next one often has the same tokens, of which some have another value."""


def one_mode(columns: TokenColumns, prefix: str) -> Made:
    """The declarations of the tokens of a mode."""
    latest = _LATEST[0] if _LATEST and _LATEST[0].prefix == prefix else None
    other = latest and in_other_mode(latest, columns)
    if latest and other:
        texts = latest.declarations.texts | other.declarations.texts  # in the order of the first, which has all names
        made = other._replace(declarations=other.declarations._replace(texts=texts))
    else:
        made = _made(columns, prefix)
    _LATEST[:] = [made]
    return made


def members_of(name: str, value: ResolvedValue, *, known: frozenset[str]) -> dict[str, ResolvedValue]:
    """The members of a composite by their own names; none if it has none, or if a token has the name of one."""
    parts = {f"{name}-{part}": of_part for part, of_part in css.members(value).items()}
    return parts if known.isdisjoint(parts) else {}


def _made(columns: TokenColumns, prefix: str) -> Made:
    names = [property_name(prefix, token_id) for token_id in columns.ids]
    name_of = dict(zip(columns.ids, names, strict=True))
    known = frozenset(names)
    found = OneMode({}, {}, {}, [])
    own = []
    parts: dict[int, Sequence[str]] = {}
    spaced = _spaced(columns, names, known)
    for row, (name, reference) in enumerate(zip(names, columns.references, strict=True)):
        if reference is None:
            own.append(row)
            if its := _declare_token(name, columns.values[row], known, found=found):
                parts[row] = its
        else:
            if row in spaced:
                found.texts[name + SPACING] = f"var({name_of[reference]}{SPACING})"
            found.texts[name] = f"var({name_of[reference]})"
    declared = tuple(found.texts)
    order = {name: place for place, name in enumerate(declared)}
    roots = _roots(columns)
    return Made(columns, prefix, names, known, own, roots, declared, order, parts, found, spaced=sorted(spaced))


def _spaced(columns: TokenColumns, names: Sequence[str], known: frozenset[str]) -> set[int]:
    """The rows of references to styles of text whose spacing of letters is written: no shorthand has it."""
    rows = [row for row, value in enumerate(columns.values) if type(value) is TypographyValue]
    if not any(columns.references[row] for row in rows):
        return set()
    row_of = {columns.ids[row]: row for row in rows}
    followers: dict[int, list[int]] = {}
    pending = []
    for row in rows:
        reference = columns.references[row]
        if reference is not None:
            followers.setdefault(row_of[reference], []).append(row)
        elif members_of(names[row], columns.values[row], known=known):
            pending.append(row)
    found: set[int] = set()
    while pending:
        free = [each for each in followers.get(pending.pop(), ()) if names[each] + SPACING not in known]
        found.update(free)
        pending += free
    return found


def _roots(columns: TokenColumns) -> list[int]:
    """For each row the one at the end of its references, itself if it has none."""
    row_of = dict(zip(columns.ids, range(len(columns.ids)), strict=True))
    roots = [row if each is None else row_of[each] for row, each in enumerate(columns.references)]
    for _ in range(len(roots).bit_length()):  # each pass goes twice as far as the one before
        further = [roots[root] for root in roots]
        if further == roots:
            break
        roots = further
    return roots


def in_other_mode(base: Made, columns: TokenColumns) -> Made | None:
    """What is declared otherwise than in `base`; None if the columns are not of the same tokens.

    Its `texts` have nothing else: copies of all of them would cost more than all that differs.
    """
    before = base.columns
    if (
        columns.ids is not before.ids
        or columns.types is not before.types
        or columns.references is not before.references
    ):
        return None
    values, old = columns.values, before.values
    others = [row for row in base.own if values[row] is not old[row]]
    new = _declared_anew(base, values, rows=others)
    made = base.declarations
    wide, widest = (
        _replaced(before, now, declared=new.texts, order=base.order)
        for before, now in ((made.wide, new.wide), (made.widest, new.widest))
    )
    return base._replace(columns=columns, declarations=OneMode(new.texts, wide, widest, made.times), others=others)


def _declared_anew(latest: Made, values: Sequence[ResolvedValue], *, rows: Sequence[int]) -> OneMode:
    """The declarations of the rows, which have another value than they had."""
    found = OneMode({}, {}, {}, [])
    old, names, texts = latest.columns.values, latest.names, found.texts
    paint = css.color
    painted: dict[int, str] = {}  # what was written of the colours of this set, which composites have too
    for row in rows:
        value, name = values[row], names[row]
        if type(value) is Color:
            if value.space in INSIDE_SRGB:
                painted[id(value)] = texts[name] = paint(value)
            else:
                _declare_color(name, value, found)
        elif row in latest.parts:
            was = old[row]
            for own, attribute in zip(latest.parts[row], css.MEMBERS[type(value)].values(), strict=True):
                part = getattr(value, attribute)
                if part is not getattr(was, attribute):  # the shorthand refers to them, and stays
                    text = painted.get(id(part))
                    if text is None:
                        _declare(own, css.plain(part), found)
                    else:
                        texts[own] = text
        elif color := _recolored(value, old[row]):
            before = latest.declarations.texts[name].rpartition(" ")[0]  # a colour stands last, and has no space
            texts[name] = f"{before} {painted.get(id(color)) or css.color(color)}"
            if color.space not in INSIDE_SRGB:
                _declare_wide(name, value, found)
        else:
            _declare(name, value, found)
    return found


def _replaced(
    old: dict[str, str], new: dict[str, str], *, declared: Declarations, order: Mapping[str, int]
) -> dict[str, str]:
    """The new ones, and the old ones of all that was not `declared` anew, in the order of all."""
    kept = {name: text for name, text in old.items() if name not in declared}
    if not kept:
        return new  # in order already
    every = kept | new
    return {name: every[name] for name in sorted(every, key=order.__getitem__)}


def _declare_token(name: str, value: ResolvedValue, known: frozenset[str], *, found: OneMode) -> Sequence[str]:
    """The names of its members, if it is declared by these."""
    parts = members_of(name, value, known=known)
    for own, of_part in parts.items():
        _declare(own, of_part, found)
    if parts:
        found.texts[name] = css.shorthand(value, {own.removeprefix(f"{name}-"): f"var({own})" for own in parts})
    else:
        _declare(name, value, found)
    return tuple(parts)


def _declare(name: str, value: ResolvedValue, found: OneMode) -> None:
    if isinstance(value, Dimension):
        found.texts[name] = f"{css.number(value.value)}{value.unit}"
    elif isinstance(value, Color):
        _declare_color(name, value, found)
    elif isinstance(value, float):
        found.texts[name] = css.number(value)
    else:
        found.texts[name] = css.text_of(value)
        if isinstance(value, (Duration, TransitionValue)):
            found.times.append(name)
        elif isinstance(value, (BorderValue, tuple)):
            _declare_wide(name, value, found)


def _declare_color(name: str, value: Color, found: OneMode) -> None:
    if value.space in INSIDE_SRGB:
        found.texts[name] = css.color(value)
        return
    found.texts[name], fits = css.color_in_srgb(value)
    if not fits:
        found.wide[name] = css.wide_color(value)
        if not css.fits_p3(value):
            found.widest[name] = css.exact_color(value)


def _declare_wide(name: str, value: ResolvedValue, found: OneMode) -> None:
    """What wider screens show more of in a value with colours."""
    if any(map(_is_wide, colors(value))):
        found.wide[name] = css.text_of(value, paint=css.best_color)
        if is_beyond_p3(value):
            found.widest[name] = css.text_of(value, paint=css.exact_color)


def _recolored(value: ResolvedValue, before: ResolvedValue) -> Color | None:
    """The colour of a shadow of one layer that has but another colour than before; None of another value."""
    if type(value) is not tuple or type(before) is not tuple or len(value) != 1 or len(before) != 1:
        return None
    layer, old = value[0], before[0]
    if (
        type(layer) is not ShadowLayer
        or type(old) is not ShadowLayer
        or layer.offset_x is not old.offset_x
        or layer.offset_y is not old.offset_y
        or layer.blur is not old.blur
        or layer.spread is not old.spread
        or layer.inset is not old.inset
    ):
        return None
    return css.plain(layer.color)


def _is_wide(color: Color) -> bool:
    return color.space not in INSIDE_SRGB and not css.fits_srgb(color)
