"""Custom properties: one complete set at the root, and for each mode only what differs there.

The root follows the reader's system. An attribute chooses a mode for any element and what is inside it, whatever the
system says, so inside an attribute's rule every value that varies is declared again, aliases too: a custom property is
computed where it is declared, and an inherited alias would keep the colour of the outer mode. Material's colour schemes
are chosen in the same way, so they share those rules. Paper is white: dark modes are for screens only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.model import Artifact, Mode, Target
from themekit.model.token_names import Casing
from themekit.render import css
from themekit.render.custom_properties import custom_properties

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from themekit.model import ResolvedTokens, TargetOptions
    from themekit.render.custom_properties import Property

SCREEN, DARK, MORE = "screen", "(prefers-color-scheme: dark)", "(prefers-contrast: more)"
SCHEME = "data-md-color-scheme"
NOTICE = "/* Made by themekit from brand.json: change the brand, not this file. */"
STILL = ".01ms"  # not 0, or `transitionend` would never come and scripts would wait for ever

_SCHEME = "color-scheme"

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
    p3 = ("@supports (color: color(display-p3 1 1 1))", "@media (color-gamut: p3)")
    for rule in _mode_rules(tokens.modes, options.prefix, wide, _wide):
        declarations = {name: text for name, text in rule.declarations.items() if name != _SCHEME}
        if declarations:
            yield Rule((*p3, *rule.conditions), rule.selectors, declarations)
    still = {each.name: "0ms" if each.name.endswith("-delay") else STILL for each in properties if each.is_time}
    if still:
        everywhere = (":root", f"[data-{options.prefix}-mode]", f"[{SCHEME}]")
        yield Rule(("@media (prefers-reduced-motion: reduce)",), everywhere, still)


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
    modes: tuple[str, ...], prefix: str, properties: Sequence[Property], text_of: Callable[[Property, int], str]
) -> Iterator[Rule]:
    complete = {each.name: text_of(each, 0) for each in properties}
    if modes[0] is not Mode.LIGHT or not all(isinstance(mode, Mode) for mode in modes):
        yield from _context_rules(modes, prefix, properties=properties, text_of=text_of)
        return
    yield Rule((), _root_selectors(prefix), {_SCHEME: "light", **complete})
    root = {Mode.LIGHT: complete}
    varying = [each for each in properties if not each.is_constant]
    declared: dict[Mode, Declarations] = {
        mode: {_SCHEME: "dark" if mode.is_dark else "light", **{each.name: text_of(each, index) for each in varying}}
        for index, mode in enumerate(modes)
        if isinstance(mode, Mode)
    }
    for place in _places(prefix):
        if place.mode not in declared:
            continue
        declarations = declared[place.mode]
        if place.is_root:
            declarations = {_SCHEME: declarations[_SCHEME], **_root_difference(place.mode, root, declarations)}
        condition = (f"@media {' and '.join(place.media)}",) if place.media else ()
        yield Rule(condition, place.selectors, declarations)


def _context_rules(
    modes: tuple[str, ...],
    prefix: str,
    *,
    properties: Sequence[Property],
    text_of: Callable[[Property, int], str],
) -> Iterator[Rule]:
    """Modes that are contexts of token files: nothing is known of them, so each is chosen by the attribute alone."""
    for index, mode in enumerate(modes):
        own = [each for each in properties if not (index and each.is_constant)]
        selectors = (_mode(prefix, mode),) if index else (":root", _mode(prefix, mode))
        yield Rule((), selectors if len(modes) > 1 else (":root",), {each.name: text_of(each, index) for each in own})


def _root_selectors(prefix: str) -> tuple[str, ...]:
    return (":root", f'[data-{prefix}-mode="light"]', f'[{SCHEME}="default"]')


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


TARGET = Target("css", "Custom properties in every mode, readable and minified", emit, casings=(Casing.KEBAB,))
