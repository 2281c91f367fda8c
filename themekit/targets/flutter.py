"""Dart for Flutter: every token of every mode.

`TkTokens.of(isDark: …, isHighContrast: …)` takes what `MediaQuery` says. Lengths are logical pixels, a rem 16 of them.
Display P3 is written as such, for which Flutter has to be 3.27 or later.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.model import Artifact, Target
from themekit.model.token_names import Casing
from themekit.render.code_text import comment, dart_string
from themekit.render.identifiers import type_prefix
from themekit.render.literals import KIND_OF, LISTS, STRUCTS, WORD_OF, Language
from themekit.render.losses import narrowed_to_p3
from themekit.render.mode_classes import mode_classes, of_system
from themekit.render.reserved_names import DART_MEMBERS
from themekit.render.units import argb8, channels, decimal, ms, number, px

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from themekit.model import Color, Duration, ResolvedTokens, TargetOptions, TokenType
    from themekit.render.literals import Kind, Word
    from themekit.render.mode_classes import ModeClass

NOTICE = "// Made by themekit from design tokens: change those, not this file."
TYPES: Mapping[Word, str] = {
    "color": "Color",
    "length": "double",
    "time": "Duration",
    "number": "double",
    "text": "String",
    "texts": "List<String>",
    "lengths": "List<double>",
    "flag": "bool",
}
US_PER_MS = 1000


def emit(tokens: ResolvedTokens, options: TargetOptions) -> tuple[Artifact, ...]:
    """`tokens.dart`."""
    types = type_prefix(options.prefix)

    def struct(kind: Kind, parts: Mapping[str, str]) -> str:
        return f"{types}{kind}({', '.join(f'{name}: {text}' for name, text in parts.items())})"

    language = Language(
        text=dart_string,
        number=decimal,
        color=_color,
        length=lambda value: decimal(px(value)),
        time=_duration,
        items=_items,
        struct=struct,
        types=TYPES,
    )
    classes = mode_classes(tokens, options.prefix, literal=language.literal, reserved=DART_MEMBERS)
    lines = [
        NOTICE,
        "// ignore_for_file: non_constant_identifier_names",
        "",
        "import 'dart:ui' show Color, ColorSpace;",
        *_structs(language, types),
        *_classes(classes, types),
    ]
    return (Artifact.text("theme/flutter/tokens.dart", lines, media_type="text/x-dart"),)


def _structs(language: Language, types: str) -> Iterator[str]:
    for kind, struct in STRUCTS.items():
        yield from ("", f"/// {struct.about}", f"class {types}{kind} {{")
        yield f"  const {types}{kind}({{{', '.join(f'required this.{name}' for name, _ in struct.members)}}});"
        yield from (f"  final {language.word_type(word, types)} {name};" for name, word in struct.members)
        yield "}"


def _classes(classes: tuple[ModeClass, ...], types: str) -> Iterator[str]:
    base = classes[0].name
    for each in classes:
        yield from ("", f"/// The tokens in the mode {comment(each.mode)}.")
        yield f"class {each.name}{f' extends {base}' if each.index else ''} {{"
        yield f"  const {each.name}();"
        if not each.index:
            yield from _choice(classes)
        for getter in each.getters:
            yield ""
            if getter.about and not each.index:
                yield f"  /// {getter.about}"
            if getter.deprecated is not None and not each.index:
                yield f"  @Deprecated({dart_string(getter.deprecated or 'deprecated')})"
            if each.index:
                yield "  @override"
            text = getter.texts[each.index]
            literal = text if text.endswith(")") is False or getter.type not in _CONST else f"const {text}"
            yield f"  {_type_of(getter.type, types)} get {getter.name} => {literal};"
        yield "}"


_CONST = frozenset({"color", "duration", *KIND_OF}) - LISTS
"""Types whose literals are calls of a constructor; lists say `const` themselves."""


def _choice(classes: tuple[ModeClass, ...]) -> Iterator[str]:
    """The choice by the system; none for modes that no system knows."""
    chosen = of_system(classes)
    if chosen is None:
        return
    yield from ("", "  /// The tokens for what the system says.")
    yield f"  static {classes[0].name} of({{required bool isDark, bool isHighContrast = false}}) {{"
    yield f"    if (isHighContrast) return isDark ? const {chosen[True, True]}() : const {chosen[False, True]}();"
    yield f"    return isDark ? const {chosen[True, False]}() : const {chosen[False, False]}();"
    yield "  }"


def _type_of(token_type: TokenType, types: str) -> str:
    if token_type in WORD_OF:
        return TYPES[WORD_OF[token_type]]
    name = f"{types}{KIND_OF[token_type]}"
    return f"List<{name}>" if token_type in LISTS else name


def _color(value: Color) -> str:
    found = channels(value)
    if not found.is_p3:
        return f"Color(0x{argb8(value)})"
    parts = {"alpha": found.alpha, "red": found.red, "green": found.green, "blue": found.blue}
    return f"Color.from({', '.join(f'{name}: {number(part)}' for name, part in parts.items())}, {_P3})"


_P3 = "colorSpace: ColorSpace.displayP3"


def _duration(value: Duration) -> str:
    return f"Duration(microseconds: {round(ms(value) * US_PER_MS)})"


def _items(kind: Word | Kind, texts: Sequence[str]) -> str:
    return f"{'const ' if kind != 'lengths' else ''}[{', '.join(texts)}]"


TARGET = Target("flutter", "Dart for Flutter", emit, casings=(Casing.CAMEL,), is_default=False, losses=narrowed_to_p3)
