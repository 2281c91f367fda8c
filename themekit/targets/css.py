"""Custom properties: one complete set at the root, and for each mode only what differs there.

The root follows the reader's system. An attribute chooses a mode for any element and what is inside it, whatever the
system says, so inside an attribute's rule every value that varies is declared again, aliases too: a custom property is
computed where it is declared, and an inherited alias would keep the colour of the outer mode. Material's colour schemes
are chosen in the same way, so they share those rules. Paper is white: dark modes are for screens only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.model import Alias, Artifact, Mode, Target
from themekit.render import css
from themekit.render.custom_properties import custom_properties, property_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from themekit.model import Color, ResolvedTokens, TargetOptions, TokenId
    from themekit.render.custom_properties import Property

SCREEN, DARK, MORE = "screen", "(prefers-color-scheme: dark)", "(prefers-contrast: more)"
SCHEME = "data-md-color-scheme"
NOTICE = "/* Made by themekit from brand.json: change the brand, not this file. */"
STILL = ".01ms"  # not 0, or `transitionend` would never come and scripts would wait for ever

_SCHEME = "color-scheme"
_P3 = ("@supports (color: color(display-p3 1 1 1))", "@media (color-gamut: p3)")

Declarations = dict[str, str]


@dataclass(frozen=True, slots=True)
class Rule:
    """A style rule under the conditions of at-rules, the outermost first."""

    conditions: tuple[str, ...]
    selectors: tuple[str, ...]
    declarations: Declarations


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a mode applies. `is_root`: over the root's own values, so that aliases need no second declaration."""

    mode: Mode
    media: tuple[str, ...]
    selectors: tuple[str, ...]
    is_root: bool = False


def emit(tokens: ResolvedTokens, options: TargetOptions) -> tuple[Artifact, ...]:
    """`tokens.css` and the same rules without white space in `tokens.min.css`."""
    rules = tuple(rules_of(tokens, options))
    return (
        Artifact.text("theme/tokens.css", f"{NOTICE}\n{pretty(rules)}", media_type="text/css"),
        Artifact.text("theme/tokens.min.css", minified(rules), media_type="text/css"),
    )


def rules_of(tokens: ResolvedTokens, options: TargetOptions) -> Iterator[Rule]:
    """Every rule in cascade order; all have the same specificity, so the later one wins."""
    properties = custom_properties(tokens, options.prefix)
    yield from _mode_rules(tokens.modes, options.prefix, properties, _narrow)
    wide = [each for each in properties if each.is_wide]
    for rule in _mode_rules(tokens.modes, options.prefix, wide, _wide):
        declarations = {name: text for name, text in rule.declarations.items() if name != _SCHEME}
        if declarations:
            yield Rule((*_P3, *rule.conditions), rule.selectors, declarations)
    still = {each.name: "0ms" if each.name.endswith("-delay") else STILL for each in properties if each.is_time}
    if still:
        everywhere = (":root", f"[data-{options.prefix}-mode]", f"[{SCHEME}]")
        yield Rule(("@media (prefers-reduced-motion: reduce)",), everywhere, still)


def first_rules(colors: Mapping[TokenId, Color | Alias], mode: Mode, *, prefix: str) -> Iterator[Rule]:
    """The rules of `rules_of` in which a mode stands, with these tokens alone; for a first look at what is other."""
    narrow, wide = {}, {}
    for token_id, value in colors.items():
        name = property_name(prefix, token_id)
        if isinstance(value, Alias):
            narrow[name] = wide[name] = f"var({property_name(prefix, value.target)})"
        else:
            narrow[name] = css.color(value)
            wide[name] = narrow[name] if css.fits_srgb(value) else css.wide_color(value)
    places = [(_media(place), place.selectors) for place in _places(prefix) if place.mode is mode]
    if mode is Mode.LIGHT:
        places = [((), _root_selectors(prefix))]
    for conditions, selectors in places:
        yield Rule(conditions, selectors, narrow)
        yield Rule((*_P3, *conditions), selectors, wide)


def pretty(rules: Sequence[Rule]) -> str:
    """One declaration a line, rules apart."""
    out: list[str] = []
    opened: tuple[str, ...] = ()
    for rule in rules:
        kept = _shared(opened, rule.conditions)
        out.extend(f"{'  ' * level}}}\n" for level in reversed(range(kept, len(opened))))
        out.append("\n" if out else "")
        out.extend(f"{'  ' * level}{rule.conditions[level]} {{\n" for level in range(kept, len(rule.conditions)))
        opened = rule.conditions
        indent = "  " * len(opened)
        body = "".join([f"{indent}  {name}: {text};\n" for name, text in rule.declarations.items()])
        selectors = ",\n".join(f"{indent}{selector}" for selector in rule.selectors)
        out.append(f"{selectors} {{\n{body}{indent}}}\n")
    out.extend(f"{'  ' * level}}}\n" for level in reversed(range(len(opened))))
    return "".join(out)


def minified(rules: Sequence[Rule]) -> str:
    """Nothing that could be left out; neighbours share their at-rules."""
    out: list[str] = []
    bodies: dict[int, str] = {}  # a mode is declared in up to three places
    opened: tuple[str, ...] = ()
    for rule in rules:
        kept = _shared(opened, rule.conditions)
        out.append("}" * (len(opened) - kept) + "".join(f"{condition}{{" for condition in rule.conditions[kept:]))
        opened = rule.conditions
        body = bodies.get(id(rule.declarations))
        if body is None:
            body = bodies[id(rule.declarations)] = ";".join(
                [f"{name}:{text}" for name, text in rule.declarations.items()]
            )
        out.append(f"{','.join(rule.selectors)}{{{body}}}")
    return "".join(out) + "}" * len(opened) + "\n"


def _mode_rules(
    modes: tuple[Mode, ...], prefix: str, properties: Sequence[Property], text_of: Callable[[Property, int], str]
) -> Iterator[Rule]:
    complete = {each.name: text_of(each, 0) for each in properties}
    yield Rule((), _root_selectors(prefix), {_SCHEME: "light", **complete})
    root = {Mode.LIGHT: complete}
    varying = [each for each in properties if not each.is_constant]
    declared: dict[Mode, Declarations] = {
        mode: {_SCHEME: "dark" if mode.is_dark else "light", **{each.name: text_of(each, index) for each in varying}}
        for index, mode in enumerate(modes)
    }
    for place in _places(prefix):
        if place.mode not in declared:
            continue
        declarations = declared[place.mode]
        if place.is_root:
            declarations = {_SCHEME: declarations[_SCHEME], **_root_difference(place.mode, root, declarations)}
        yield Rule(_media(place), place.selectors, declarations)


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


def _mode(prefix: str, mode: Mode) -> str:
    return f'[data-{prefix}-mode="{mode}"]'


def _root_difference(mode: Mode, root: dict[Mode, Declarations], wanted: Declarations) -> Declarations:
    """What differs from what the rules so far give the root in this mode; `root` learns what it is given now."""
    dark_only = root.get(Mode.DARK, {})
    below = {
        Mode.DARK: root[Mode.LIGHT],
        Mode.LIGHT_CONTRAST: root[Mode.LIGHT],
        Mode.DARK_CONTRAST: {**root[Mode.LIGHT], **dark_only, **root.get(Mode.LIGHT_CONTRAST, {})},
    }[mode]
    root[mode] = {name: text for name, text in wanted.items() if name != _SCHEME and below[name] != text}
    return root[mode]


def _narrow(each: Property, mode: int) -> str:
    return each.texts[mode]


def _wide(each: Property, mode: int) -> str:
    return each.wide[mode] or each.texts[mode]


def _shared(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """How many at-rules, from the outermost, are the same."""
    length = 0
    while length < min(len(one), len(other)) and one[length] == other[length]:
        length += 1
    return length


TARGET = Target("css", "Custom properties in every mode, readable and minified", emit)
