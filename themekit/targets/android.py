"""Resources for Android's views: every token in `res/values`, what differs in dark mode in `res/values-night`.

Composites are their members. Lengths are dp, or sp where they are of text by name (`font.size.m`); a rem has 16. Times
are milliseconds. No qualifier chooses high contrast, nor a context of token files, so these modes have names of their
own: `tk__light_contrast__color_text`, where they differ.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.model import Artifact, Color, CubicBezier, Dimension, Duration, FontNames, Mode, StrokeStyle, Target
from themekit.model.token_names import Casing
from themekit.render.code_text import android_string, comment, xml_text
from themekit.render.identifiers import code_name, mode_names
from themekit.render.leaves import leaves
from themekit.render.losses import narrowed_to_srgb
from themekit.render.units import argb8, is_of_text, ms, number, px, stroke_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.model import ResolvedTokens, TargetOptions
    from themekit.render.leaves import Leaf

HEAD = '<?xml version="1.0" encoding="utf-8"?>'
NOTICE = "<!-- Made by themekit from design tokens: change those, not this file. -->"


def emit(tokens: ResolvedTokens, options: TargetOptions) -> tuple[Artifact, ...]:
    """`res/values/tk_tokens.xml` and one file for each further mode."""
    found = leaves(tokens)
    prefix = options.prefix
    stem = prefix.replace("-", "_")
    named = mode_names(tokens.modes, Casing.SNAKE)
    artifacts = []
    for index, mode in enumerate(tokens.modes):
        own = [leaf for leaf in found if not index or leaf.values[index] != leaf.values[0]]
        is_night = mode is Mode.DARK and tokens.modes[0] is Mode.LIGHT
        before = "" if not index or is_night else f"{stem}__{named[index]}__"
        folder = "values-night" if is_night else "values"
        file = f"{stem}_tokens{f'_{named[index]}' if before else ''}.xml"
        lines = [HEAD, NOTICE, f"<!-- The mode {comment(mode)}. -->", "<resources>"]
        for leaf in own:
            name = code_name(Casing.SNAKE, leaf.id, prefix=prefix)
            lines += _resource(leaf, index, name=f"{before}{name.removeprefix(f'{stem}_')}" if before else name)
        lines.append("</resources>")
        artifacts.append(Artifact.text(f"theme/android/res/{folder}/{file}", lines, media_type="application/xml"))
    return tuple(artifacts)


def _resource(leaf: Leaf, index: int, *, name: str) -> Iterator[str]:
    deprecated = "" if leaf.deprecated is None else f"deprecated {leaf.deprecated}"
    about = comment(f"{leaf.description} {deprecated}")
    if about and not index:
        yield f"  <!-- {xml_text(about)} -->"
    value = leaf.values[index]
    match value:
        case bool():
            yield f'  <bool name="{name}">{"true" if value else "false"}</bool>'
        case Color():
            yield f'  <color name="{name}">#{argb8(value)}</color>'
        case Dimension():
            unit = "sp" if is_of_text(leaf.id) else "dp"
            yield f'  <dimen name="{name}">{number(px(value))}{unit}</dimen>'
        case Duration():
            yield _number(name, ms(value))
        case FontNames():
            yield f'  <string-array name="{name}">'
            yield from (f"    <item>{android_string(family)}</item>" for family in value.names)
            yield "  </string-array>"
        case StrokeStyle():
            yield f'  <string name="{name}" translatable="false">{android_string(stroke_text(value))}</string>'
        case CubicBezier():
            points = zip(("x1", "y1", "x2", "y2"), value.points, strict=True)
            yield from (_float(f"{name}__{point}", part) for point, part in points)
        case _:
            yield _number(name, value) if leaf.type != "number" else _float(name, value)


def _number(name: str, value: float) -> str:
    """An integer where it is one."""
    return f'  <integer name="{name}">{int(value)}</integer>' if value == int(value) else _float(name, value)


def _float(name: str, value: float) -> str:
    return f'  <item name="{name}" type="dimen" format="float">{number(value)}</item>'


TARGET = Target(
    "android",
    "Resources for Android's views, night too",
    emit,
    casings=(Casing.SNAKE,),
    is_default=False,
    losses=narrowed_to_srgb,
)
