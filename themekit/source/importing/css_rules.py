"""Where a rule of a style sheet applies: at the root always, in a colour scheme, or with more contrast.

Source: CSS Cascade 5, section 6.1; Media Queries 5, "prefers-color-scheme", "prefers-contrast" and "color-gamut".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from themekit.source.importing.texts import at_commas

if TYPE_CHECKING:
    from themekit.model import Mode

REMEMBERED = 256  # rules: declarations that follow one another stand in the same, and those around it
Scheme = Literal["light", "dark"]
ROOTS = re.compile(r":root|html|:host|\*|:where\(\s*(?::root|html)\s*\)|&", re.IGNORECASE)
_SUPPORTS = re.compile(
    r"@supports \(\s*color\s*:\s*(?:color-mix|color|oklch|oklab|lab|lch|rgb|hsl|hwb|light-dark)\([^{}]*\)\s*\)",
    re.IGNORECASE,
)
"""Asks for colours that are worked out here, so it holds."""
_AT_ROOT = re.compile(r"@theme(?: \w+)*|@layer(?: [\w.-]+)?", re.IGNORECASE)
_BEFORE = r"(?:html|:root|:host|:where\(\s*(?::root|html)\s*\)|&)?"
_KIND = r"(?:theme|mode|scheme|palette)"
_CLASS = rf"\.(?:{{0}}|{{0}}-{_KIND}|(?:\w+-)?{_KIND}-{{0}})"
_ATTRIBUTE = rf"""\[\s*data-[\w-]*{_KIND}\s*=\s*["']?({{0}})["']?\s*\]"""
_CHOSEN: dict[Scheme, re.Pattern[str]] = {
    scheme: re.compile(rf"{_BEFORE}(?:{_CLASS.format(scheme)}|{_ATTRIBUTE.format(scheme)})", re.IGNORECASE)
    for scheme in ("light", "dark")
}
_ATTRIBUTES = re.compile(rf"{_BEFORE}(?:{_ATTRIBUTE.format('light|dark|auto|system')})+", re.IGNORECASE)
_OTHER = re.compile(_BEFORE + _ATTRIBUTE.format(r"[a-zA-Z][\w-]{0,60}"), re.IGNORECASE)
_LONE_CLASS = re.compile(rf"{_BEFORE}\.([a-zA-Z_][\w-]{{0,60}})", re.IGNORECASE)
_SIMPLE = r"(?:\.[\w-]+|\[[^\[\]]*\])"
_COMPOUND = re.compile(rf"({_BEFORE})({_SIMPLE}{{2,}})", re.IGNORECASE)
_SYSTEM = frozenset({"auto", "system"})
_VALUE = re.compile(_ATTRIBUTE.format("light|dark"), re.IGNORECASE)
_ASIDE = re.compile(r":host|[^ ]*:has\(", re.IGNORECASE)
_NOTHING_CHOSEN = re.compile(r"\[\s*data-[\w-]*(?:theme|mode|scheme|palette)\s*\]", re.IGNORECASE)
_NOT = re.compile(r"(:root|html|:host|&)?:not\((.*)\)", re.IGNORECASE)
_MEDIA = re.compile(r"@media (?:(?:only )?(?:screen|all) and )?(.*)", re.IGNORECASE)
_FEATURE = re.compile(r"\(\s*(prefers-color-scheme|prefers-contrast)\s*:\s*(light|dark|more)\s*\)", re.IGNORECASE)

_GAMUT = re.compile(r"\(\s*color-gamut\s*:\s*(?:srgb|p3|rec2020)\s*\)", re.IGNORECASE)
"""Holds on the best of screens, and a token has the colour that such a one shows: themekit writes those for others."""


@dataclass(frozen=True, slots=True)
class Condition:
    """When a rule applies to the root.

    `is_chosen` is a scheme that a page sets, by a class or an attribute; `theme` is one with another name.
    `specificity` counts classes and attributes as ten and names as one; `layers` are the names, outermost first.
    """

    scheme: Scheme | None = None
    contrast: bool = False
    is_chosen: bool = False
    specificity: int = 0
    layers: tuple[str, ...] = ()
    theme: str | None = None

    def holds_in(self, mode: Mode, theme: str | None = None) -> bool:
        """The rule applies in the mode, on a page that sets the theme."""
        if self.theme not in {None, theme}:
            return False
        is_dark = mode.value.startswith("dark")
        return self.scheme in {None, "dark" if is_dark else "light"} and (not self.contrast or mode.is_high_contrast)


@dataclass(frozen=True, slots=True)
class _Rule:
    scheme: Scheme | None
    specificity: int
    theme: str | None = None

    @property
    def chooses(self) -> tuple[str | None, str | None]:
        """What of a page it asks for."""
        return self.scheme, self.theme


@lru_cache(REMEMBERED)
def condition_of(rules: tuple[str, ...], classes: frozenset[str] = frozenset()) -> Condition | None:
    """The condition of a rule by the preludes around it; None if it is not the root's, or of another medium.

    `classes` are those that are themes.
    """
    if not rules:
        return None
    found = condition_of(rules[:-1], classes) if len(rules) > 1 else Condition()
    return None if found is None else _within(found, rules[-1], classes)


def unknown_rule(rules: tuple[str, ...], classes: frozenset[str] = frozenset()) -> str:
    """The outermost prelude with which a rule has no condition; "" if there is none."""
    return next((rule for index, rule in enumerate(rules) if condition_of(rules[: index + 1], classes) is None), "")


def layer_named(name: str) -> tuple[str, ...]:
    """The names of a layer, outermost first: `a.b` is `b` in `a`."""
    return tuple(name.strip().split("."))


def lone_class(selector: str) -> str | None:
    """The class that the root has where the selector selects it; None for any other selector."""
    match = _LONE_CLASS.fullmatch(selector)
    return None if match is None else match.group(1)


def _within(found: Condition, rule: str, classes: frozenset[str]) -> Condition | None:
    media = _MEDIA.fullmatch(rule)
    if media is not None:
        return _in_media(found, media.group(1))
    if _SUPPORTS.fullmatch(rule):
        return found
    if rule.startswith("@"):
        if not _AT_ROOT.fullmatch(rule):
            return None
        layer = layer_named(rule.partition(" ")[2]) if rule.lower().startswith("@layer") else ()
        return replace(found, layers=(*found.layers, *layer))
    selected = _selected(rule, classes)
    if selected is None or (selected.scheme and found.scheme not in {None, selected.scheme}):
        return None
    theme = selected.theme or found.theme
    if theme and found.theme not in {None, theme}:
        return None
    return replace(
        found,
        scheme=selected.scheme or found.scheme,
        is_chosen=found.is_chosen or any(selected.chooses),
        specificity=found.specificity + selected.specificity,
        theme=theme,
    )


def _in_media(found: Condition, query: str) -> Condition | None:
    scheme, contrast = found.scheme, found.contrast
    for part in re.split(r"\s+and\s+", query, flags=re.IGNORECASE):
        if _GAMUT.fullmatch(part):
            continue
        match = _FEATURE.fullmatch(part)
        if match is None:
            return None
        value: Scheme = "dark" if match.group(2).lower() == "dark" else "light"
        if match.group(1).lower() == "prefers-contrast":
            if match.group(2).lower() != "more":
                return None
            contrast = True
        elif match.group(2).lower() == "more" or scheme not in {None, value}:
            return None
        else:
            scheme = value
    return replace(found, scheme=scheme, contrast=contrast)


def _selected(rule: str, classes: frozenset[str]) -> _Rule | None:
    """What a list of selectors says: the root's if one of them is, else that of a scheme which they all name."""
    selectors = [each.strip() for each in at_commas(rule)]
    # Beside others, those of shadow trees and of what stands in the page say nothing more.
    selectors = [each for each in selectors if not _ASIDE.match(each)] or selectors
    found = [_selector(each, classes) for each in selectors]
    plain = [each for each in found if each is not None and not any(each.chooses)]
    if plain:
        return max(plain, key=lambda each: each.specificity)
    good = [each for each in found if each is not None]
    is_one = len(good) == len(found) and len({each.chooses for each in good}) == 1
    return max(good, key=lambda each: each.specificity) if is_one else None


def _selector(text: str, classes: frozenset[str]) -> _Rule | None:
    if ROOTS.fullmatch(text):
        return _Rule(None, _specificity(text))
    for scheme, pattern in _CHOSEN.items():
        if pattern.fullmatch(text):
            return _Rule(scheme, _specificity(text))
    named = {match.group(1).lower() for match in _VALUE.finditer(text)} if _ATTRIBUTES.fullmatch(text) else set()
    if len(named) == 1:
        return _Rule("dark" if "dark" in named else "light", _specificity(text))
    if (theme := _theme(text, classes)) is not None:
        return _Rule(None, _specificity(text), theme=theme)
    if compound := _COMPOUND.fullmatch(text):
        return _compound(text, re.findall(_SIMPLE, compound.group(2)), classes)
    match = _NOT.fullmatch(text)
    if match is None:
        return None
    # `:not(.light)` holds where nothing is chosen, whatever the system says; `:not(.dark)` is for the rest of light.
    if any(each.fullmatch(match.group(2).strip()) for each in (_CHOSEN["light"], _NOTHING_CHOSEN)):
        return _Rule(None, _specificity(text))
    return _Rule("light", _specificity(text)) if _CHOSEN["dark"].fullmatch(match.group(2).strip()) else None


def _theme(text: str, classes: frozenset[str]) -> str | None:
    """The name of a theme that an attribute or a class sets."""
    other = _OTHER.fullmatch(text)
    if other is not None:
        return None if other.group(1).lower() in _SYSTEM else other.group(1)
    name = lone_class(text)
    return name if name in classes else None


def _compound(text: str, parts: list[str], classes: frozenset[str]) -> _Rule | None:
    """What the parts of `.ocean.dark` say together: one scheme, one theme, and nothing of which nothing is known."""
    found = [_selector(each, classes) for each in parts]
    schemes = {each.scheme for each in found if each is not None} - {None}
    themes = {each.theme for each in found if each is not None} - {None}
    if None in found or len(schemes) > 1 or len(themes) > 1:
        return None
    return _Rule(next(iter(schemes), None), _specificity(text), theme=next(iter(themes), None))


def _specificity(text: str) -> int:
    if text.lower().startswith(":where") or text == "&":
        return 0
    return 10 * len(re.findall(r"[.\[]|:(?!not)", text)) + text[:1].isalpha()
