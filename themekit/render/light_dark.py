"""Custom properties whose colours are `light-dark(…)`: `color-scheme` chooses, so both schemes stand in one place.

Far fewer rules than by media queries, and an alias declared at the root follows the element that uses it. What differs
between the schemes in more than colours, as a length may, cannot be said so: it is a rule of its own for dark mode.

Source: CSS Color 5, "light-dark()".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.model import Color, Mode
from themekit.render import css
from themekit.render.css_modes import COLOR_SCHEME, DARK, MORE, SCHEME, SCREEN, everywhere
from themekit.render.css_rules import Rule
from themekit.render.losses import colors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from themekit.render.css_rules import Declarations
    from themekit.render.custom_properties import Property

    Paint = Callable[[Color], str]


def light_dark_rules(
    modes: tuple[str, ...], prefix: str, *, properties: Sequence[Property], paint: Paint
) -> Iterator[Rule]:
    """The rules for a theme's four modes, those of `color-scheme` left out."""
    at = {mode: modes.index(mode) for mode in Mode if mode in modes}
    normal = (at[Mode.LIGHT], at[Mode.DARK])
    plain = (":root", _of(prefix, Mode.LIGHT), _of(prefix, Mode.DARK), *_schemes("default", "slate"))
    followers = {each.name: each.texts[0] for each in properties if each.is_follower}
    own = [each for each in properties if not each.is_follower]
    yield Rule((), plain, {each.name: _text(each, normal, paint) for each in own})
    if followers:
        yield Rule((), everywhere(prefix), followers)
    varying = [each for each in own if not each.is_constant]
    yield from _unlike(varying, normal, paint, dark=_dark_places(prefix, Mode.DARK, "slate", high=False))
    if Mode.LIGHT_CONTRAST not in at or Mode.DARK_CONTRAST not in at:
        return
    high = (at[Mode.LIGHT_CONTRAST], at[Mode.DARK_CONTRAST])
    texts = {each.name: _text(each, high, paint) for each in varying}
    outside = f":root:where(:not([data-{prefix}-mode]))"
    yield Rule((f"@media {MORE}",), (outside, *_schemes("default", "slate")), texts)
    both = (_of(prefix, Mode.LIGHT_CONTRAST), _of(prefix, Mode.DARK_CONTRAST), *_schemes("contrast"))
    yield Rule((), both, texts)
    yield from _unlike(varying, high, paint, dark=_dark_places(prefix, Mode.DARK_CONTRAST, "contrast", high=True))


def scheme_rules(prefix: str) -> Iterator[Rule]:
    """Which of the two colours holds: by the system, by attribute, by Material's scheme; on paper the light one."""
    yield Rule((), (":root", *_schemes("contrast")), {COLOR_SCHEME: "light dark"})
    light = (_of(prefix, Mode.LIGHT), _of(prefix, Mode.LIGHT_CONTRAST), *_schemes("default"))
    yield Rule((), light, {COLOR_SCHEME: "light"})
    yield Rule(
        (), (_of(prefix, Mode.DARK), _of(prefix, Mode.DARK_CONTRAST), *_schemes("slate")), {COLOR_SCHEME: "dark"}
    )
    yield Rule(("@media print",), everywhere(prefix), {COLOR_SCHEME: "light"})


def _text(each: Property, pair: tuple[int, int], paint: Paint) -> str:
    """One text for both schemes; where their texts differ in more than colours, that of the light one."""
    return _joined(each, pair, paint) or _own(each, pair[0], paint)


def _joined(each: Property, pair: tuple[int, int], paint: Paint) -> str | None:
    light, dark = (_own(each, index, paint) for index in pair)
    if light == dark:
        return light
    if all(isinstance(each.values[index], Color) for index in pair):
        return _pair(light, dark)
    if "var(" in light or "var(" in dark:
        return None
    shades = [list(colors(each.values[index])) for index in pair]
    frames = [css.text_of(each.values[index], paint=lambda _: "\0") for index in pair]
    if frames[0] != frames[1] or len(shades[0]) != len(shades[1]):
        return None
    painted = iter([_pair(paint(one), paint(other)) for one, other in zip(*shades, strict=True)])
    return "".join(next(painted) if char == "\0" else char for char in frames[0])


def _pair(light: str, dark: str) -> str:
    return light if light == dark else f"light-dark({light}, {dark})"


def _own(each: Property, index: int, paint: Paint) -> str:
    text = each.texts[index]
    return text if "var(" in text else css.text_of(each.values[index], paint=paint)


def _unlike(
    properties: Sequence[Property], pair: tuple[int, int], paint: Paint, *, dark: Sequence[tuple[tuple[str, ...], str]]
) -> Iterator[Rule]:
    """Rules for what has no text that is right in both schemes."""
    own: Declarations = {each.name: _own(each, pair[1], paint) for each in properties if not _joined(each, pair, paint)}
    for conditions, selector in dark if own else ():
        yield Rule(conditions, (selector,), own)


def _dark_places(prefix: str, mode: Mode, scheme: str, *, high: bool) -> list[tuple[tuple[str, ...], str]]:
    """Where a dark mode holds."""
    outside = f":root:where(:not([data-{prefix}-mode]))"
    more = (MORE,) if high else ()
    system = f"@media {' and '.join((SCREEN, DARK, *more))}"
    of_scheme = f"@media {SCREEN} and {DARK}" if high else f"@media {SCREEN}"
    return [
        ((system,), outside),
        ((f"@media {SCREEN}",), _of(prefix, mode)),
        ((of_scheme,), _schemes(scheme)[0]),
        *((((f"@media {SCREEN} and {MORE}",), _schemes("slate")[0]),) if high else ()),
    ]


def _of(prefix: str, mode: Mode) -> str:
    return f'[data-{prefix}-mode="{mode}"]'


def _schemes(*names: str) -> list[str]:
    return [f'[{SCHEME}="{name}"]' for name in names]
