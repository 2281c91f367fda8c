"""Tokens as a class of getters, and for each further mode a subclass that overrides what differs there.

So Swift, Kotlin and Dart have what CSS has: primitives once, and of each mode only what changes. An alias is a getter
that asks its token's, so it changes with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.model import Mode
from themekit.model.token_names import Casing
from themekit.render.code_text import comment
from themekit.render.identifiers import mode_names, own_name, type_name

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

    from themekit.model import ResolvedTokens, ResolvedValue, TokenId, TokenType


@dataclass(frozen=True, slots=True)
class Getter:
    """One token. `texts` has the expression for each mode: the name of another getter, or a literal."""

    name: str
    type: TokenType
    texts: tuple[str, ...]
    about: str
    deprecated: str | None

    def is_own(self, mode: int) -> bool:
        """The mode's class has this getter: it is the base, or its value is another than the base's."""
        return mode == 0 or self.texts[mode] != self.texts[0]


@dataclass(frozen=True, slots=True)
class ModeClass:
    """The class of one mode; the first is the base of the others."""

    mode: str
    name: str
    index: int
    getters: tuple[Getter, ...]


def mode_classes(
    tokens: ResolvedTokens, prefix: str, *, literal: Callable[[ResolvedValue], str], reserved: Container[str]
) -> tuple[ModeClass, ...]:
    """A class for each mode: `TkTokens` for the first, `TkTokensDark` and so on for the others.

    No getter has a name that is `reserved`.
    """
    getters = tuple(_getters(tokens, prefix, literal, reserved))
    base = type_name(prefix, "tokens")
    names = mode_names(tokens.modes, Casing.PASCAL)
    return tuple(
        ModeClass(
            mode,
            f"{base}{name}" if index else base,
            index,
            tuple(getter for getter in getters if getter.is_own(index)),
        )
        for index, (mode, name) in enumerate(zip(tokens.modes, names, strict=True))
    )


def _getters(
    tokens: ResolvedTokens, prefix: str, literal: Callable[[ResolvedValue], str], reserved: Container[str]
) -> Iterator[Getter]:
    def name_of(token_id: TokenId) -> str:
        return own_name(Casing.CAMEL, token_id, prefix=prefix, reserved=reserved)

    for token in tokens:
        texts = tuple(
            name_of(reference) if reference else literal(value)
            for value, reference in zip(token.values, token.references, strict=True)
        )
        yield Getter(name_of(token.id), token.type, texts, comment(token.description), token.deprecated)


def of_system(classes: tuple[ModeClass, ...]) -> dict[tuple[bool, bool], str] | None:
    """The class for (is dark, is high contrast) as a system tells them; None if the modes are no theme's."""
    by_mode = {each.mode: each.name for each in classes}
    light = by_mode.get(Mode.LIGHT)
    dark = by_mode.get(Mode.DARK)
    if light is None or dark is None:
        return None
    return {
        (False, False): light,
        (True, False): dark,
        (False, True): by_mode.get(Mode.LIGHT_CONTRAST, light),
        (True, True): by_mode.get(Mode.DARK_CONTRAST, dark),
    }
