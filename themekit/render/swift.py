"""Swift source for tokens: the same classes for UIKit and SwiftUI, which differ in what a colour is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.render.code_text import comment, swift_string
from themekit.render.identifiers import type_prefix
from themekit.render.literals import KIND_OF, LISTS, STRUCTS, WORD_OF, Language
from themekit.render.mode_classes import mode_classes
from themekit.render.reserved_names import SWIFT_NAMES
from themekit.render.units import channels, ms, number, px

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from themekit.model import Color, ResolvedTokens, TokenType
    from themekit.render.literals import Kind, Word
    from themekit.render.mode_classes import Getter, ModeClass

NOTICE = "// Made by themekit from design tokens: change those, not this file."


@dataclass(frozen=True, slots=True)
class Dialect:
    """The type of a colour, and its literals: `{0}` to `{3}` are red, green, blue and alpha."""

    color: str
    srgb: str
    p3: str

    def literal(self, value: Color) -> str:
        """The colour as an expression."""
        found = channels(value)
        parts = (found.red, found.green, found.blue, found.alpha)
        return (self.p3 if found.is_p3 else self.srgb).format(*map(number, parts))


@dataclass(frozen=True, slots=True)
class SwiftSource:
    """Classes and structs as lines. `prefix` is that of types: `Tk`."""

    language: Language
    prefix: str
    classes: tuple[ModeClass, ...]

    @property
    def name(self) -> str:
        """The base class."""
        return self.classes[0].name

    def lines(self) -> Iterator[str]:
        """The structs that composites are made of, then a class for each mode."""
        for kind, struct in STRUCTS.items():
            yield from ("", f"/// {struct.about}", f"public struct {self.prefix}{kind} {{")
            for name, word in struct.members:
                yield f"  public let {name}: {self.language.word_type(word, self.prefix)}"
            yield "}"
        for each in self.classes:
            yield from ("", f"/// The tokens in the mode {comment(each.mode)}.")
            yield f"open class {each.name}{f': {self.name}' if each.index else ''} {{"
            yield "  public override init() { super.init() }" if each.index else "  public init() {}"
            for getter in each.getters:
                yield from self._getter(getter, each.index)
            yield "}"

    def _getter(self, getter: Getter, index: int) -> Iterator[str]:
        if getter.about and not index:
            yield f"  /// {getter.about}"
        if getter.deprecated is not None and not index:
            message = f", message: {swift_string(getter.deprecated)}" if getter.deprecated else ""
            yield f"  @available(*, deprecated{message})"
        override = "override " if index else ""
        yield f"  open {override}var {getter.name}: {self.type_of(getter.type)} {{ {getter.texts[index]} }}"

    def type_of(self, token_type: TokenType) -> str:
        """The Swift type of a token's value."""
        if token_type in WORD_OF:
            return self.language.types[WORD_OF[token_type]]
        name = f"{self.prefix}{KIND_OF[token_type]}"
        return f"[{name}]" if token_type in LISTS else name


def swift_source(tokens: ResolvedTokens, prefix: str, *, dialect: Dialect) -> SwiftSource:
    """The tokens as Swift in a dialect. Lengths are points, times seconds."""
    types = type_prefix(prefix)

    def struct(kind: Kind, parts: Mapping[str, str]) -> str:
        return f"{types}{kind}({', '.join(f'{name}: {text}' for name, text in parts.items())})"

    language = Language(
        text=swift_string,
        number=number,
        color=dialect.literal,
        length=lambda value: number(px(value)),
        time=lambda value: number(ms(value) / 1000),
        items=_items,
        struct=struct,
        types={
            "color": dialect.color,
            "length": "CGFloat",
            "time": "TimeInterval",
            "number": "Double",
            "text": "String",
            "texts": "[String]",
            "lengths": "[CGFloat]",
            "flag": "Bool",
        },
    )
    return SwiftSource(language, types, mode_classes(tokens, prefix, literal=language.literal, reserved=SWIFT_NAMES))


def _items(_: Word | Kind, texts: Sequence[str]) -> str:
    return f"[{', '.join(texts)}]"
