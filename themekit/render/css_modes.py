"""Which mode holds where: rules for custom properties by system, by attribute and by Material's colour scheme.

The root follows the reader's system. An attribute chooses a mode for any element and what is inside it, whatever the
system says, so inside an attribute's rule every value that varies is declared again, aliases too: a custom property is
computed where it is declared, and an inherited alias would keep the colour of the outer mode. Material's colour schemes
are chosen in the same way, so they share those rules. Paper is white: dark modes are for screens only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from themekit.model import Mode
from themekit.render import css
from themekit.render.css_rules import Rule

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from themekit.render.css_rules import Declarations

SCREEN, DARK, MORE = "screen", "(prefers-color-scheme: dark)", "(prefers-contrast: more)"
SCHEME = "data-md-color-scheme"
COLOR_SCHEME = "color-scheme"
P3 = ("@supports (color: color(display-p3 1 1 1))", "@media (color-gamut: p3)")
REC2020 = ("@supports (color: oklch(0 0 0))", "@media (color-gamut: rec2020)")


class _Place(NamedTuple):
    """Where a mode applies. `is_root`: over the root's own values, so that aliases need no second declaration."""

    mode: Mode
    media: tuple[str, ...]
    selectors: tuple[str, ...]
    is_root: bool = False


def mode_rules(
    modes: tuple[str, ...], prefix: str, *, texts: Sequence[Declarations], varying: Collection[str]
) -> Iterator[Rule]:
    """Every rule in cascade order; all have the same specificity, so the later one wins.

    `texts` are what each mode declares, all of them the same names; `varying` are those that are not the same in every
    mode, or that an element inside another mode could not inherit.
    """
    if modes[0] is not Mode.LIGHT or not all(isinstance(mode, Mode) for mode in modes):
        yield from _context_rules(modes, prefix, texts=texts, varying=varying)
        return
    yield Rule((), _root_selectors(prefix), {COLOR_SCHEME: "light", **texts[0]})
    names = [name for name in texts[0] if name in varying]
    varied = {
        mode: dict(zip(names, map(own.__getitem__, names), strict=True))
        for mode, own in zip(modes, texts, strict=True)
        if isinstance(mode, Mode)
    }
    root = {Mode.LIGHT: varied.pop(Mode.LIGHT)}
    scheme = {mode: {COLOR_SCHEME: "dark" if mode.is_dark else "light"} for mode in varied}
    declared = {mode: scheme[mode] | own for mode, own in varied.items()}
    for place in _places(prefix):
        if place.mode not in declared:
            continue
        declarations = declared[place.mode]
        if place.is_root:
            declarations = scheme[place.mode] | _root_difference(place.mode, root, varied[place.mode])
        yield Rule(_media(place), place.selectors, declarations)


def mode_places(mode: Mode, prefix: str) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    """Conditions and selectors of each rule of `mode_rules` that is of this mode of a theme."""
    if mode is Mode.LIGHT:
        return (((), _root_selectors(prefix)),)
    return tuple((_media(place), place.selectors) for place in _places(prefix) if place.mode is mode)


def _context_rules(
    modes: tuple[str, ...], prefix: str, *, texts: Sequence[Declarations], varying: Collection[str]
) -> Iterator[Rule]:
    """Modes that are contexts of token files: nothing is known of them, so each is chosen by the attribute alone."""
    for index, (mode, own) in enumerate(zip(modes, texts, strict=True)):
        selectors = (_mode(prefix, mode),) if index else (":root", _mode(prefix, mode))
        yield Rule((), selectors if len(modes) > 1 else (":root",), _only(own, varying) if index else own)


def _only(declarations: Declarations, names: Collection[str]) -> Declarations:
    return {name: text for name, text in declarations.items() if name in names} if names else {}


def _root_selectors(prefix: str) -> tuple[str, ...]:
    return (":root", f'[data-{prefix}-mode="light"]', f'[{SCHEME}="default"]')


def _media(place: _Place) -> tuple[str, ...]:
    return (f"@media {' and '.join(place.media)}",) if place.media else ()


def _places(prefix: str) -> Iterator[_Place]:
    root = f":root:where(:not([data-{prefix}-mode]))"
    light, dark, contrast = (f'[{SCHEME}="{name}"]' for name in ("default", "slate", "contrast"))
    yield _Place(Mode.DARK, (SCREEN, DARK), (root,), is_root=True)
    yield _Place(Mode.LIGHT_CONTRAST, (MORE,), (root,), is_root=True)
    yield _Place(Mode.DARK_CONTRAST, (SCREEN, DARK, MORE), (root,), is_root=True)
    yield _Place(Mode.DARK, (SCREEN,), (_mode(prefix, Mode.DARK), dark))
    yield _Place(Mode.LIGHT_CONTRAST, (), (_mode(prefix, Mode.LIGHT_CONTRAST), contrast))
    yield _Place(Mode.LIGHT_CONTRAST, (MORE,), (light,))
    yield _Place(Mode.DARK_CONTRAST, (SCREEN,), (_mode(prefix, Mode.DARK_CONTRAST),))
    yield _Place(Mode.DARK_CONTRAST, (SCREEN, MORE), (dark,))
    yield _Place(Mode.DARK_CONTRAST, (SCREEN, DARK), (contrast,))


def _mode(prefix: str, mode: str) -> str:
    return f"[data-{prefix}-mode={css.string(mode)}]"


def _root_difference(mode: Mode, root: dict[Mode, Declarations], wanted: Declarations) -> Declarations:
    """What differs from what the rules so far give the root in this mode; `root` learns what it is given now."""
    dark_only = root.get(Mode.DARK, {})
    below = {
        Mode.DARK: root[Mode.LIGHT],
        Mode.LIGHT_CONTRAST: root[Mode.LIGHT],
        Mode.DARK_CONTRAST: {**root[Mode.LIGHT], **dark_only, **root.get(Mode.LIGHT_CONTRAST, {})},
    }[mode]
    root[mode] = {name: text for name, text in wanted.items() if below[name] != text}
    return root[mode]
