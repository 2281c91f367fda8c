"""Which declaration of a custom property counts at the root, in each mode.

Source: CSS Cascade 5, section 6.4; CSS Properties and Values API 1, "The `@property` Rule".
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from themekit.model import Mode
from themekit.source.importing.css_rules import Condition, condition_of
from themekit.source.importing.css_text import Declaration

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from themekit.source.importing.css_text import Descriptor


@dataclass(frozen=True, slots=True)
class _Placed:
    declaration: Declaration
    condition: Condition
    order: int


@dataclass(frozen=True, slots=True)
class Variant:
    """A page that sets a theme, or none, in a mode."""

    theme: str | None
    mode: Mode

    @property
    def label(self) -> str:
        """The name of its context."""
        scheme = "-dark" if self.mode.is_dark else ""
        return f"{self.theme}{scheme}{'-contrast' if self.mode.is_high_contrast else ''}"


@dataclass(slots=True)
class Cascade:
    """The declarations by name, in the order of the sheet; `initial` and `syntaxes` are those of `@property`.

    `classes` are those that are themes, `dark` has the names of themes whose colour scheme is dark, `dark_contrast` of
    those in which it is so with more contrast.
    """

    classes: frozenset[str] = frozenset()
    placed: dict[str, list[_Placed]] = field(default_factory=dict)
    initial: dict[str, Declaration] = field(default_factory=dict)
    syntaxes: dict[str, str] = field(default_factory=dict)
    layers: dict[tuple[str, ...], int] = field(default_factory=dict)
    dark: set[str] = field(default_factory=set)
    dark_contrast: set[str] = field(default_factory=set)
    _modes: dict[Mode, dict[str, Declaration]] = field(default_factory=dict)

    def add(self, each: Declaration) -> bool:
        """Take a declaration in. False if its rule is not one of the root in some mode."""
        condition = condition_of(each.rules, self.classes)
        if condition is None:
            return False
        self.order(condition.layers)
        held = self.placed.setdefault(each.name, [])
        held.append(_Placed(each, condition, len(held)))
        return True

    def order(self, layers: tuple[str, ...]) -> None:
        """Put a layer, and those around it, behind all that were named before."""
        for length in range(1, len(layers) + 1):
            self.layers.setdefault(layers[:length], len(self.layers))

    def describe(self, each: Descriptor) -> None:
        """Take in what `@property` says of a property; the last of several rules counts."""
        if each.descriptor == "syntax":
            self.syntaxes[each.name] = each.value.strip("\"' ")
        elif each.descriptor == "initial-value":
            self.initial[each.name] = Declaration(each.name, each.value, each.start, each.end, each.rules)

    def syntax(self, name: str) -> str:
        """The syntax that `@property` gives; "" for none."""
        return self.syntaxes.get(name, "")

    def modes(self) -> tuple[Mode, ...]:
        """Those that the sheet tells apart."""
        plain = [each for each in self._all() if each.condition.theme is None]
        if any(each.condition.contrast for each in plain):
            return tuple(Mode)
        has_schemes = any(each.condition.scheme or "light-dark(" in each.declaration.value.lower() for each in plain)
        return (Mode.LIGHT, Mode.DARK) if has_schemes else (Mode.LIGHT,)

    def in_mode(self, mode: Mode) -> dict[str, Declaration]:
        """The declaration that counts, by name."""
        if mode not in self._modes:
            found = {name: self._winner(held, Variant(None, mode)) for name, held in self.placed.items()}
            winners = {name: each.declaration for name, each in found.items() if each is not None}
            initial = {name: each for name, each in self.initial.items() if name not in winners}
            self._modes[mode] = winners | initial
        return self._modes[mode]

    def count(self) -> int:
        """How many declarations there are."""
        return sum(map(len, self.placed.values()))

    def without(self, mode: Mode) -> Iterator[Declaration]:
        """The last declaration of each property that has none in the mode."""
        for name, held in self.placed.items():
            if name not in self.in_mode(mode):
                yield held[-1].declaration

    def overridden(self) -> Iterator[Declaration]:
        """Declarations that count in no mode and no theme, and say something else than the one that does."""
        for held in self.placed.values():
            by_theme: dict[str | None, list[_Placed]] = {None: []}
            for each in held:
                by_theme.setdefault(each.condition.theme, []).append(each)
            plain = by_theme.pop(None)
            winners = {mode: self._winner(plain, Variant(None, mode)) for mode in Mode}
            yield from _unused(plain, winners.values())
            for theme, mine in by_theme.items():
                rivals = {mode: [*mine, *filter(None, [winners[mode]])] for mode in Mode}
                yield from _unused(mine, [self._winner(each, Variant(theme, mode)) for mode, each in rivals.items()])

    def variants(self) -> tuple[Variant, ...]:
        """The themes with names that a page sets, in the order of the sheet; dark where a theme has a scheme.

        With more contrast where a theme has a rule for it, in the schemes in which that holds.
        """
        conditions = dict.fromkeys(each.condition for each in self._all() if each.condition.theme is not None)
        found: dict[Variant, None] = {}
        for each in conditions:
            if each.scheme != "dark":
                found[Variant(each.theme, Mode.LIGHT)] = None
            if each.scheme is not None:
                found[Variant(each.theme, Mode.DARK)] = None
        for each in conditions:
            if each.contrast and each.scheme != "dark":
                found[Variant(each.theme, Mode.LIGHT_CONTRAST)] = None
            if each.contrast and each.scheme != "light" and Variant(each.theme, Mode.DARK) in found:
                found[Variant(each.theme, Mode.DARK_CONTRAST)] = None
        return tuple(found)

    def in_variant(self, variant: Variant) -> dict[str, Declaration]:
        """The declaration that counts in a theme with a name."""
        found = {name: self._winner(held, variant) for name, held in self.placed.items()}
        return {name: each.declaration for name, each in found.items() if each is not None}

    def darken(self, rules: tuple[str, ...]) -> None:
        """Take in that a rule sets a dark colour scheme, whatever that of the system is."""
        condition = condition_of(rules, self.classes)
        if condition is not None and condition.theme is not None and condition.scheme is None:
            (self.dark_contrast if condition.contrast else self.dark).add(condition.theme)

    def is_dark(self, variant: Variant) -> bool:
        """Whether `light-dark()` is its second value there."""
        is_dark = variant.mode.is_dark or variant.theme in self.dark
        return is_dark or (variant.mode.is_high_contrast and variant.theme in self.dark_contrast)

    def is_of(self, each: Declaration, theme: str | None) -> bool:
        """It was declared for this theme."""
        condition = condition_of(each.rules, self.classes)
        return condition is not None and condition.theme == theme

    def _all(self) -> Iterator[_Placed]:
        return (each for held in self.placed.values() for each in held)

    def _winner(self, held: list[_Placed], variant: Variant) -> _Placed | None:
        good = [each for each in held if each.condition.holds_in(variant.mode, variant.theme)]
        return max(good, key=self._rank, default=None)

    def _rank(self, each: _Placed) -> tuple[bool, bool, tuple[float, ...], int, int]:
        """What a page chooses counts more than what holds anyway, as it may be chosen below the root.

        Of layers the last one counts, and what is in none; of what is important, the other way round.
        """
        condition = each.condition
        sign = -1 if each.declaration.is_important else 1
        inner = (self.layers[condition.layers[: at + 1]] for at in range(len(condition.layers)))
        places = tuple(sign * place for place in (*inner, math.inf))
        return each.declaration.is_important, condition.is_chosen, places, condition.specificity, each.order


def _unused(placed: Iterable[_Placed], used: Iterable[_Placed | None]) -> Iterator[Declaration]:
    winners = [each for each in used if each is not None]
    values = {each.declaration.value for each in winners}
    return (each.declaration for each in placed if each not in winners and each.declaration.value not in values)
