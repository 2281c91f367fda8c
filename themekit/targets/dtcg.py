"""The resolved tokens as a design token file of the DTCG format 2025.10, for design tools and other builders.

`$value` is the light mode; the other modes stand in `$extensions.themekit.modes`, in the form that `brand.json` takes,
so what is written here can be read back. There a high contrast mode that is not written has its scheme's value.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING

from themekit.model import (
    Alias,
    Artifact,
    BorderValue,
    Color,
    CubicBezier,
    Dimension,
    Duration,
    FontNames,
    GradientStop,
    Mode,
    ShadowLayer,
    StrokeStyle,
    Target,
    TransitionValue,
    TypographyValue,
    WrittenColor,
)
from themekit.render.code_text import json_text
from themekit.render.css import hex_color

if TYPE_CHECKING:
    from themekit.model import ResolvedToken, ResolvedTokens, ResolvedValue, TargetOptions

    Part = Color | Dimension | Duration | CubicBezier | FontNames | StrokeStyle | float | Alias

# The mode whose value a mode has if it has none of its own.
BELOW: dict[str, str] = {
    Mode.LIGHT: Mode.LIGHT,
    Mode.DARK: Mode.LIGHT,
    Mode.LIGHT_CONTRAST: Mode.LIGHT,
    Mode.DARK_CONTRAST: Mode.DARK,
}
_WITHOUT_HEX = frozenset((Color, Dimension, Duration, CubicBezier, FontNames, StrokeStyle, TypographyValue, float))
_json = json.JSONEncoder(ensure_ascii=False).encode  # `json.dumps` makes an encoder anew for every value
_name = lru_cache(maxsize=1 << 12)(json.dumps)  # the same few hundred in every brand
LINE_LENGTH = 120  # a value shorter than this stays on its line, so that a diff shows one line a token


def emit(tokens: ResolvedTokens, options: TargetOptions) -> tuple[Artifact, ...]:  # noqa: ARG001  # DTCG has no prefix
    """`tokens.json`, in token order."""
    document: dict[str, object] = {}
    for each in tokens.groups:
        group = document
        for part in each.id.split(".") if each.id else ():
            group = _child(group, part)
        group.update(_notes(each.description, each.extensions))
    for token in tokens:
        *groups, name = token.id.split(".")
        group = document
        for part in groups:
            group = _child(group, part)
        _child(group, name).update(_token(token, tokens))
    return (Artifact.text("theme/tokens.json", f"{json_text(_printed(document, 0))}\n", media_type="application/json"),)


def _child(group: dict[str, object], name: str) -> dict[str, object]:
    child = group.setdefault(name, {})
    if not isinstance(child, dict):
        raise TypeError(f"`{name}` is a property of a token and cannot be a group")
    return child


def _token(token: ResolvedToken, tokens: ResolvedTokens) -> dict[str, object]:
    first = token.values[0]
    written: dict[str, object] = {"$type": token.type, "$value": _value(first)}
    if token.deprecated is not None:
        written["$deprecated"] = token.deprecated or True
    written |= _notes(token.description, token.extensions)
    values = dict(zip(tokens.modes, token.values, strict=True))
    modes = {
        mode: _value(value)
        for mode, value in values.items()
        if _is_other(value, values.get(BELOW.get(mode, tokens.modes[0]), first))
    }
    if modes:
        extensions = written.setdefault("$extensions", {})
        assert isinstance(extensions, dict)  # noqa: S101 - `_notes` made it
        extensions["themekit"] = {"modes": modes}
    return written


def _is_other(value: ResolvedValue, below: ResolvedValue) -> bool:
    """What is written is other: equal colours may have different hex."""
    if value is below or (type(value) in _WITHOUT_HEX and type(below) in _WITHOUT_HEX):
        return value != below
    return value != below or _value(value) != _value(below)


def _notes(description: str, extensions: str) -> dict[str, object]:
    """`$description` and `$extensions`, where there are such."""
    notes: dict[str, object] = {"$description": description} if description else {}
    return {**notes, "$extensions": json.loads(extensions)} if extensions else notes


def _value(value: ResolvedValue) -> object:
    if isinstance(value, float | int):
        return _number(value)
    match value:
        case Color():
            return _color(value)
        case Dimension() | Duration():
            return {"value": _number(value.value), "unit": value.unit}
        case CubicBezier():
            return [_number(point) for point in value.points]
        case FontNames():
            return list(value.names) if len(value.names) > 1 else value.names[0]
        case StrokeStyle():
            dashes = {"dashArray": [_member(dash) for dash in value.dash], "lineCap": value.cap}
            return value.style or dashes
        case tuple():
            return [_layer(part) for part in value]
        case _:
            return _composite(value)


def _color(value: Color) -> dict[str, object]:
    """Without a hex of the author's own it has that of the colour which sRGB has in its place."""
    components: list[float | str] = [_number(component) for component in value.components]
    own = None
    if isinstance(value, WrittenColor):
        own = value.hex
        components = ["none" if absent else each for each, absent in zip(components, value.missing, strict=True)]
    return {
        "colorSpace": value.space,
        "components": components,
        "alpha": _number(value.alpha),
        "hex": own or hex_color(value)[:7],
    }


def _composite(value: BorderValue | TransitionValue | TypographyValue) -> dict[str, object]:
    parts: dict[str, Part]
    match value:
        case BorderValue():
            parts = {"color": value.color, "width": value.width, "style": value.style}
        case TransitionValue():
            parts = {"duration": value.duration, "delay": value.delay, "timingFunction": value.timing}
        case _:
            parts = {
                "fontFamily": value.family,
                "fontSize": value.size,
                "fontWeight": value.weight,
                "letterSpacing": value.letter_spacing,
                "lineHeight": value.line_height,
            }
    return {name: _member(part) for name, part in parts.items()}


def _member(part: Part) -> object:
    if isinstance(part, Alias):
        raise TypeError(f"`{part.target}` is not resolved")
    return _value(part)


def _layer(part: ShadowLayer | GradientStop) -> dict[str, object]:
    if isinstance(part, GradientStop):
        return {"color": _member(part.color), "position": _member(part.position)}
    parts: dict[str, Part] = {
        "color": part.color,
        "offsetX": part.offset_x,
        "offsetY": part.offset_y,
        "blur": part.blur,
        "spread": part.spread,
    }
    written = {name: _member(each) for name, each in parts.items()}
    return {**written, "inset": True} if part.inset else written


def _number(value: float) -> float:
    return int(value) if value == int(value) else value


def _printed(value: object, depth: int) -> str:
    """JSON with two spaces of indentation, where short values stay on one line."""
    is_group = isinstance(value, dict) and "$value" not in value and any(isinstance(v, dict) for v in value.values())
    if not isinstance(value, dict) or not is_group:
        line = _json(value)
        if not isinstance(value, dict) or len(line) + 2 * depth <= LINE_LENGTH:
            return line
    indent = "  " * (depth + 1)
    members = ",\n".join(f"{indent}{_name(key)}: {_printed(part, depth + 1)}" for key, part in value.items())
    return f"{{\n{members}\n{'  ' * depth}}}"


TARGET = Target("dtcg", "Resolved design tokens, DTCG 2025.10, with every mode", emit, casings=())
