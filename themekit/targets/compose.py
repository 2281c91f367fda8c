"""Kotlin for Jetpack Compose: every token of every mode.

`tkTokens(isSystemInDarkTheme(), isHighContrast)` gives the tokens of a mode. Lengths are `Dp`, a rem 16 of them, and
those of a style of text `sp`, which grow with the reader's. Display P3 is written as such. Times are milliseconds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.model import Artifact, Setting, Target, TokenId
from themekit.model.token_names import Casing
from themekit.render.code_text import comment, kotlin_string
from themekit.render.identifiers import code_name, type_prefix
from themekit.render.literals import KIND_OF, LISTS, STRUCTS, WORD_OF, Language
from themekit.render.losses import narrowed_to_p3
from themekit.render.mode_classes import mode_classes, of_system
from themekit.render.reserved_names import KOTLIN_MEMBERS
from themekit.render.units import argb8, channels, ms, number, px

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from themekit.model import Color, ResolvedTokens, TargetOptions, TokenType
    from themekit.render.literals import Kind, Word
    from themekit.render.mode_classes import ModeClass

NOTICE = "// Made by themekit from design tokens: change those, not this file."
PACKAGE = Setting(
    "package",
    "a Kotlin package: lower-case words joined with dots",
    pattern=r"(?!.*\b(?:as|is|in|do|if|for|fun|val|var|try|else|true|null|when|this|class|while|break|throw|false|super"
    r"|object|return|typeof|package|continue|interface|typealias)\b)[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*){0,9}",
    default="themekit.tokens",
)
IMPORTS = (
    "androidx.compose.ui.graphics.Color",
    "androidx.compose.ui.graphics.colorspace.ColorSpaces",
    "androidx.compose.ui.unit.Dp",
    "androidx.compose.ui.unit.TextUnit",
    "androidx.compose.ui.unit.dp",
    "androidx.compose.ui.unit.sp",
)
TYPES: Mapping[Word, str] = {
    "color": "Color",
    "length": "Dp",
    "textLength": "TextUnit",
    "time": "Double",
    "number": "Double",
    "text": "String",
    "texts": "List<String>",
    "lengths": "List<Dp>",
    "flag": "Boolean",
}


def emit(tokens: ResolvedTokens, options: TargetOptions) -> tuple[Artifact, ...]:
    """`Tokens.kt`."""
    types = type_prefix(options.prefix)

    def struct(kind: Kind, parts: Mapping[str, str]) -> str:
        return f"{types}{kind}({', '.join(parts.values())})"

    language = Language(
        text=kotlin_string,
        number=_double,
        color=_color,
        length=lambda value: f"({number(px(value))}).dp",
        time=lambda value: _double(ms(value)),
        items=_items,
        struct=struct,
        types=TYPES,
        text_length=lambda value: f"({number(px(value))}).sp",
    )
    classes = mode_classes(tokens, options.prefix, literal=language.literal, reserved=KOTLIN_MEMBERS)
    lines = [
        NOTICE,
        '@file:Suppress("unused")',
        "",
        f"package {PACKAGE.of(options)}",
        "",
        *(f"import {name}" for name in IMPORTS),
        *_structs(language, types),
        *_classes(classes, types),
        *_choice(classes, code_name(Casing.CAMEL, TokenId("tokens"), prefix=options.prefix)),
    ]
    return (Artifact.text("theme/compose/Tokens.kt", lines, media_type="text/x-kotlin"),)


def _structs(language: Language, types: str) -> Iterator[str]:
    for kind, struct in STRUCTS.items():
        members = ", ".join(f"val {name}: {language.word_type(word, types)}" for name, word in struct.members)
        yield from ("", f"/** {struct.about} */", f"data class {types}{kind}({members})")


def _classes(classes: Sequence[ModeClass], types: str) -> Iterator[str]:
    """Getters without fields: a class of thousands would be too large for its own start."""
    base = classes[0].name
    for each in classes:
        yield from ("", f"/** The tokens in the mode {comment(each.mode)}. */")
        yield f"{'' if each.index else 'open '}class {each.name}{f' : {base}()' if each.index else ''} {{"
        for getter in each.getters:
            if getter.about and not each.index:
                yield f"    /** {getter.about} */"
            if getter.deprecated is not None and not each.index:
                yield f"    @Deprecated({kotlin_string(getter.deprecated or 'deprecated')})"
            kind = _type_of(getter.type, types)
            head = "override" if each.index else "open"
            yield f"    {head} val {getter.name}: {kind} get() = {getter.texts[each.index]}"
        yield "}"


def _choice(classes: tuple[ModeClass, ...], name: str) -> Iterator[str]:
    """The function that chooses by the system; none for modes that no system knows."""
    chosen = of_system(classes)
    if chosen is None:
        return
    yield from ("", "/** The tokens for what the system says. */")
    yield f"fun {name}(isDark: Boolean, isHighContrast: Boolean = false): {classes[0].name} = when {{"
    yield f"    isDark && isHighContrast -> {chosen[True, True]}()"
    yield f"    isDark -> {chosen[True, False]}()"
    yield f"    isHighContrast -> {chosen[False, True]}()"
    yield f"    else -> {chosen[False, False]}()"
    yield "}"


def _type_of(token_type: TokenType, types: str) -> str:
    if token_type in WORD_OF:
        return TYPES[WORD_OF[token_type]]
    name = f"{types}{KIND_OF[token_type]}"
    return f"List<{name}>" if token_type in LISTS else name


def _color(value: Color) -> str:
    found = channels(value)
    if not found.is_p3:
        return f"Color(0x{argb8(value)})"
    parts = ", ".join(f"{number(part)}f" for part in (found.red, found.green, found.blue, found.alpha))
    return f"Color({parts}, ColorSpaces.DisplayP3)"


def _double(value: float) -> str:
    text = number(value)
    return text if "." in text else f"{text}.0"


def _items(kind: Word | Kind, texts: Sequence[str]) -> str:
    return f"listOf({', '.join(texts)})" if texts else f"emptyList<{'Dp' if kind == 'lengths' else 'Nothing'}>()"


TARGET = Target(
    "compose",
    "Kotlin for Jetpack Compose",
    emit,
    casings=(Casing.CAMEL,),
    is_default=False,
    settings=(PACKAGE,),
    losses=narrowed_to_p3,
)
