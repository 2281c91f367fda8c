"""A module for React Native: the values of each mode as its style properties take them.

Lengths are numbers of density-independent pixels, a rem 16 of them; times are milliseconds; colours are hex, in sRGB.
A style of text has the first family, as React Native takes one; all of them are in the tokens of the families. Shadows
are lists for `boxShadow`, gradients have `colors` and `locations`, as packages for gradients ask for them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.model import Artifact, GradientStop, Target, TokenId, TypographyValue
from themekit.model.token_names import Casing
from themekit.render.code_text import comment, json_string
from themekit.render.css import hex_color, plain
from themekit.render.identifiers import code_name, free_name, own_name, type_name
from themekit.render.literals import Language
from themekit.render.losses import dashes_of_borders, losses_of, narrowed_to_srgb
from themekit.render.reserved_names import JAVASCRIPT_MEMBERS
from themekit.render.units import ms, number, px

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from themekit.model import ResolvedToken, ResolvedTokens, ResolvedValue, TargetOptions, TokenType
    from themekit.render.literals import Kind, Word

NOTICE = "// Made by themekit from design tokens: change those, not this file."
TYPES: Mapping[TokenType, str] = {
    "color": "string",
    "dimension": "number",
    "fontFamily": "readonly string[]",
    "fontWeight": "number",
    "duration": "number",
    "cubicBezier": "readonly [number, number, number, number]",
    "number": "number",
    "strokeStyle": "{ readonly style: string; readonly dashes: readonly number[]; readonly cap: string }",
    "border": "{ readonly borderColor: string; readonly borderWidth: number; readonly borderStyle: string }",
    "transition": "{ readonly duration: number; readonly delay: number; "
    "readonly easing: readonly [number, number, number, number] }",
    "shadow": "readonly { readonly color: string; readonly offsetX: number; readonly offsetY: number; "
    "readonly blurRadius: number; readonly spreadDistance: number; readonly inset: boolean }[]",
    "gradient": "{ readonly colors: readonly string[]; readonly locations: readonly number[] }",
    "typography": "{ readonly fontFamily: string; readonly fontSize: number; readonly fontWeight: number; "
    "readonly letterSpacing: number; readonly lineHeight: number }",
}
MEMBERS: Mapping[Kind, Mapping[str, str]] = {
    "Border": {"color": "borderColor", "width": "borderWidth"},
    "Shadow": {"x": "offsetX", "y": "offsetY", "blur": "blurRadius", "spread": "spreadDistance", "isInset": "inset"},
    "Transition": {"curve": "easing"},
}
"""What React Native calls the members of a struct, where it is another name."""


def emit(tokens: ResolvedTokens, options: TargetOptions) -> tuple[Artifact, ...]:
    """`tokens.js` and `tokens.d.ts`."""
    names = [own_name(Casing.CAMEL, token.id, prefix=options.prefix, reserved=JAVASCRIPT_MEMBERS) for token in tokens]
    modes = free_name(code_name(Casing.CAMEL, TokenId("modes"), prefix=options.prefix), names, more="Map")
    kind = type_name(options.prefix, "tokens")
    table = ", ".join(f"[{json_string(mode)}]: _mode{index}" for index, mode in enumerate(tokens.modes))
    lines = [NOTICE, *_values(tokens, names), f"export const {modes} = Object.freeze({{ {table} }});"]
    types = ", ".join(f"readonly {json_string(mode)}: {kind}" for mode in tokens.modes)
    declared = [*_types(tokens, names, kind), f"export declare const {modes}: {{ {types} }};"]
    return (
        Artifact.text("theme/react-native/tokens.js", lines, media_type="text/javascript"),
        Artifact.text("theme/react-native/tokens.d.ts", declared, media_type="text/x-typescript"),
    )


def _values(tokens: ResolvedTokens, names: Sequence[str]) -> Iterator[str]:
    for index in range(len(tokens.modes)):
        yield f"const _mode{index} = Object.freeze({{"
        if index:
            yield "  ..._mode0,"
        for token, name in zip(tokens, names, strict=True):
            if not index or token.values[index] != token.values[0]:
                yield f"  {name}: {_literal(token, token.values[index])},"
        yield "});"


def _types(tokens: ResolvedTokens, names: Sequence[str], kind: str) -> Iterator[str]:
    yield from (NOTICE, "/** The values of all tokens in one mode. */", f"export interface {kind} {{")
    for token, name in zip(tokens, names, strict=True):
        deprecated = "" if token.deprecated is None else f"@deprecated {comment(token.deprecated)}"
        if notes := " ".join(part for part in (comment(token.description), deprecated.rstrip()) if part):
            yield f"  /** {notes} */"
        yield f"  readonly {name}: {TYPES[token.type]};"
    yield "}"


def _literal(token: ResolvedToken, value: ResolvedValue) -> str:
    if isinstance(value, TypographyValue):
        return _text_style(value)
    if token.type == "gradient" and isinstance(value, tuple):
        stops = [
            (hex_color(plain(part.color)), plain(part.position)) for part in value if isinstance(part, GradientStop)
        ]
        colors = ", ".join(json_string(color) for color, _ in stops)
        return f"{{ colors: [{colors}], locations: [{', '.join(number(position) for _, position in stops)}] }}"
    return _LANGUAGE.literal(value)


def _text_style(value: TypographyValue) -> str:
    """Line height is pixels in React Native, and a family is one."""
    size = px(plain(value.size))
    family = plain(value.family)
    parts = {
        "fontFamily": json_string(family.names[0]),
        "fontSize": number(size),
        "fontWeight": number(plain(value.weight)),
        "letterSpacing": number(px(plain(value.letter_spacing))),
        "lineHeight": number(size * plain(value.line_height)),
    }
    return f"{{ {', '.join(f'{name}: {text}' for name, text in parts.items())} }}"


def _struct(kind: Kind, parts: Mapping[str, str]) -> str:
    if kind == "Curve":
        return f"[{', '.join(parts.values())}]"
    if kind == "Border":
        style = parts["stroke"].partition("style: ")[2].partition(",")[0]
        parts = {**{name: text for name, text in parts.items() if name != "stroke"}, "borderStyle": style}
    names = MEMBERS.get(kind, {})
    return f"{{ {', '.join(f'{names.get(name, name)}: {text}' for name, text in parts.items())} }}"


def _items(_: Word | Kind, texts: Sequence[str]) -> str:
    return f"[{', '.join(texts)}]"


_LANGUAGE = Language(
    text=json_string,
    number=number,
    color=lambda value: json_string(hex_color(value)),
    length=lambda value: number(px(value)),
    time=lambda value: number(ms(value)),
    items=_items,
    struct=_struct,
    types={},
)

TARGET = Target(
    "react-native",
    "A module for React Native, with types",
    emit,
    casings=(Casing.CAMEL,),
    is_default=False,
    losses=losses_of(narrowed_to_srgb, dashes_of_borders),
)
