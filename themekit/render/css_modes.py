"""Which mode holds where: rules for custom properties by system, by attribute and by Material's colour scheme.

The root follows the reader's system. An attribute chooses a mode for any element and what is inside it, whatever the
system says, so an attribute's rule declares every value that varies. A custom property is computed where it is
declared, and an inherited alias would keep the colour of the outer mode: so what follows others by one text in all
modes is declared once, for the root and for every element that a mode is chosen for. Material's colour schemes are
chosen in the same way, so they share those rules. Paper is white: dark modes are for screens only.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import compress
from operator import not_
from typing import TYPE_CHECKING, NamedTuple

from themekit.model import Mode
from themekit.render import css
from themekit.render.css_rules import Columns, Rule, other_columns

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from themekit.render.css_rules import Declarations
    from themekit.render.mode_declarations import Varying

SCREEN, DARK, MORE = "screen", "(prefers-color-scheme: dark)", "(prefers-contrast: more)"
SCHEME = "data-md-color-scheme"
COLOR_SCHEME = "color-scheme"
P3 = ("@supports (color: color(display-p3 1 1 1))", "@media (color-gamut: p3)")
REC2020 = ("@supports (color: oklch(0 0 0))", "@media (color-gamut: rec2020)")


REMEMBERED = 4  # sets of names: one system's in all its colours, and those that wider screens show more of


class _Place(NamedTuple):
    """Where a mode applies. `is_root`: over the root's own values, so that aliases need no second declaration."""

    mode: Mode
    media: tuple[str, ...]
    selectors: tuple[str, ...]
    is_root: bool = False


def mode_rules(
    modes: tuple[str, ...],
    prefix: str,
    *,
    names: tuple[str, ...],
    texts: Sequence[Declarations],
    varying: Varying,
    has_scheme: bool = True,
) -> Iterator[Rule]:
    """Every rule in cascade order; all have the same specificity, so the later one wins.

    `texts` are what each mode declares, of these names in this order; those of further modes may lack what is as in the
    first. An element inside another mode cannot inherit what is `varying`. Each rule says which colour scheme its mode
    has, unless `has_scheme` is false.
    """
    split, shared_columns = _parts(names, varying, texts[0])
    first = split.own.columns(texts[0])
    own = [first, *(Columns(first.names, list(map(each.get, first.names, first.texts))) for each in texts[1:])]
    root = split.root.columns(texts[0])
    is_theme = are_theme(modes)
    shared = [Rule((), everywhere(prefix)[: 3 if is_theme else 2], shared_columns)] if shared_columns else []
    if not is_theme:
        rules = _context_rules(modes, prefix, declared=[root, *own[1:]])
        yield from (next(rules), *shared, *rules)
        return

    def schemed(own: Columns, mode: Mode, names: tuple[str, ...] | None = None) -> Columns:
        if not has_scheme:
            return own
        return Columns(names or (COLOR_SCHEME, *own.names), ["dark" if mode.is_dark else "light", *own.texts])

    yield from (Rule((), _root_selectors(prefix), schemed(root, Mode.LIGHT, split.root.schemed)), *shared)
    by_mode = {Mode(mode): each for mode, each in zip(modes, own, strict=True)}
    declared = {mode: schemed(each, mode, split.own.schemed) for mode, each in by_mode.items()}
    for place in _places(prefix):
        if place.mode not in by_mode or place.mode is Mode.LIGHT:
            continue
        declarations = declared[place.mode]
        if place.is_root:
            other = other_columns(by_mode[place.mode], below=_at_root(place.mode, by_mode))
            declarations = schemed(other, place.mode)
        yield Rule(_media(place), place.selectors, declarations)


def are_theme(modes: Sequence[str]) -> bool:
    """The modes are those of a theme, which follow the reader; any others are chosen by the attribute alone."""
    return modes[0] is Mode.LIGHT and all(isinstance(mode, Mode) for mode in modes)


def everywhere(prefix: str) -> tuple[str, str, str]:
    """The root, and every element for which a mode is chosen: by attribute, and by Material's colour scheme."""
    return (":root", f"[data-{prefix}-mode]", f"[{SCHEME}]")


class _Part(NamedTuple):
    """Some of the names, also after that of the colour scheme; and of all names whether each is one of these."""

    names: tuple[str, ...]
    schemed: tuple[str, ...]
    is_in: Sequence[bool]

    @classmethod
    def of(cls, names: tuple[str, ...], is_in: Sequence[bool]) -> _Part:
        """Those of the names that are in it."""
        own = tuple(compress(names, is_in))
        return cls(own, (COLOR_SCHEME, *own), is_in)

    def columns(self, declarations: Declarations, *, is_shared: bool = False) -> Columns:
        """Their declarations of those of all names."""
        return Columns(self.names, list(compress(declarations.values(), self.is_in)), is_shared=is_shared)


class _Split(NamedTuple):
    """`followers` as in `Varying`, `root` all other names, and `own` those of these that vary."""

    followers: _Part
    root: _Part
    own: _Part


class _Parts(NamedTuple):
    """What was asked of `_parts`, how that is split, and what the followers declare."""

    names: tuple[str, ...]
    varying: Varying
    split: _Split
    shared: Columns


_LATEST: list[_Parts] = []
"""Those of the latest names with followers. Where names and followers are the very same, so are the texts of these."""


def _parts(names: tuple[str, ...], varying: Varying, first: Declarations) -> tuple[_Split, Columns]:
    latest = _LATEST[0] if _LATEST else None
    if latest and latest.names is names and latest.varying is varying:
        return latest.split, latest.shared
    split = _split(names, varying)
    shared = split.followers.columns(first, is_shared=True)
    if varying.followers:
        _LATEST[:] = [_Parts(names, varying, split, shared)]
    return split, shared


@lru_cache(maxsize=REMEMBERED)
def _split(names: tuple[str, ...], varying: Varying) -> _Split:
    """Names by where they are declared: brands of one system have the same."""
    follows = [name in varying.followers for name in names]
    own = [name in varying.names and name not in varying.followers for name in names]
    return _Split(*(_Part.of(names, is_in) for is_in in (follows, list(map(not_, follows)), own)))


def mode_places(mode: Mode, prefix: str) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Conditions and selectors of each rule of `mode_rules` that is of this mode of a theme."""
    if mode is Mode.LIGHT:
        return (((), _root_selectors(prefix)),)
    return tuple((_media(place), place.selectors) for place in _places(prefix) if place.mode is mode)


def _context_rules(modes: tuple[str, ...], prefix: str, *, declared: Sequence[Columns]) -> Iterator[Rule]:
    """Modes that are contexts of token files: nothing is known of them, so each is chosen by the attribute alone."""
    for index, (mode, own) in enumerate(zip(modes, declared, strict=True)):
        selectors = (_mode(prefix, mode),) if index else (":root", _mode(prefix, mode))
        yield Rule((), selectors if len(modes) > 1 else (":root",), own)


def _root_selectors(prefix: str) -> tuple[str, ...]:
    return (":root", f'[data-{prefix}-mode="light"]', f'[{SCHEME}="default"]')


def _media(place: _Place) -> tuple[str, ...]:
    return (f"@media {' and '.join(place.media)}",) if place.media else ()


@lru_cache(maxsize=REMEMBERED)
def _places(prefix: str) -> Sequence[_Place]:
    root = f":root:where(:not([data-{prefix}-mode]))"
    light, dark, contrast = (f'[{SCHEME}="{name}"]' for name in ("default", "slate", "contrast"))
    return (
        _Place(Mode.DARK, (SCREEN, DARK), (root,), is_root=True),
        _Place(Mode.LIGHT_CONTRAST, (MORE,), (root,), is_root=True),
        _Place(Mode.DARK_CONTRAST, (SCREEN, DARK, MORE), (root,), is_root=True),
        _Place(Mode.DARK, (SCREEN,), (_mode(prefix, Mode.DARK), dark)),
        _Place(Mode.LIGHT_CONTRAST, (), (_mode(prefix, Mode.LIGHT_CONTRAST), contrast)),
        _Place(Mode.LIGHT_CONTRAST, (MORE,), (light,)),
        _Place(Mode.DARK_CONTRAST, (SCREEN,), (_mode(prefix, Mode.DARK_CONTRAST),)),
        _Place(Mode.DARK_CONTRAST, (SCREEN, MORE), (dark,)),
        _Place(Mode.DARK_CONTRAST, (SCREEN, DARK), (contrast,)),
    )


def _mode(prefix: str, mode: str) -> str:
    return f"[data-{prefix}-mode={css.string(mode)}]"


def _at_root(mode: Mode, by_mode: Mapping[Mode, Columns]) -> Sequence[str]:
    """What the rules so far give the root where the system asks for this mode."""
    light = by_mode[Mode.LIGHT].texts
    if mode is not Mode.DARK_CONTRAST:
        return light
    dark, contrast = (by_mode[each].texts if each in by_mode else light for each in (Mode.DARK, Mode.LIGHT_CONTRAST))
    return [high if high != low else other for low, other, high in zip(light, dark, contrast, strict=True)]
