"""Somebody else's style sheet with the brand's colours: each colour becomes the custom property that has its part.

A colour's hue says which scale it is of, and the property it is set for which step: texts are legible on grounds, and
edges seen on both, in whatever mode the properties are set for (see scale.py: 1 to 3 are grounds, 4 and 5 those of
controls, 6 to 8 edges, 9 a solid ground, 11 and 12 texts). Rules for a dark mode of the sheet's own are left out, and
comments too, among them the address of a source map.
"""

from __future__ import annotations

import colorsys
import re
from typing import TYPE_CHECKING, NamedTuple

import tinycss2
from tinycss2 import ast
from tinycss2.color4 import parse_color

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

GREY_SATURATION = 0.25  # `#3b4151`, a text, is the bluest grey there is in Swagger UI's sheet
FAINT_ALPHA = 0.5
_DARK_MODE = "dark-mode"
_GROUNDS = ("background", "background-color", "background-image")
_HUES = ((20, "danger"), (70, "warning"), (170, "success"), (265, "primary"), (320, "accent"), (361, "danger"))
"""Up to which hue, in degrees, a colour is of which scale."""


class _Seen(NamedTuple):
    scale: str
    lightness: float
    alpha: float


def branded(css: str) -> str:
    """The sheet with every colour as a custom property of the brand, and without rules for a dark mode of its own."""
    return "".join(_rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)))


def _rules(nodes: Iterable[ast.Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.QualifiedRule):
            selectors = [each for each in _selectors(node) if _DARK_MODE not in each]
            if selectors:
                yield f"{','.join(selectors)}{{{_declarations(node.content)}}}\n"
        elif isinstance(node, ast.AtRule):
            prelude = tinycss2.serialize(node.prelude).rstrip()
            if node.content is None:
                yield f"@{node.at_keyword}{prelude};\n"
            else:
                inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
                yield f"@{node.at_keyword}{prelude}{{{''.join(_rules(inner))}}}\n"


def _selectors(rule: ast.QualifiedRule) -> list[str]:
    return [each.strip() for each in re.split(r",(?![^(]*\))", tinycss2.serialize(rule.prelude))]


def _declarations(content: list[ast.Node]) -> str:
    found = []
    for node in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        if isinstance(node, ast.Declaration):
            value = "".join(_painted(node.value, node.lower_name)).strip()
            found.append(f"{node.name}:{value}{'!important' if node.important else ''}")
    return ";".join(found)


def _painted(values: Iterable[ast.Node], name: str) -> Iterator[str]:
    for value in values:
        seen = _seen(value)
        if seen is not None:
            yield _property(seen, name)
        elif isinstance(value, ast.FunctionBlock):
            yield f"{value.name}({''.join(_painted(value.arguments, name))})"
        else:
            yield value.serialize()


def _seen(value: ast.Node) -> _Seen | None:
    """The colour that a value is; None if it is none, or one that says itself what it is (`transparent`)."""
    if not isinstance(value, ast.HashToken | ast.IdentToken | ast.FunctionBlock):
        return None
    color = parse_color(value)
    if color is None or isinstance(color, str) or color.alpha == 0:
        return None
    red, green, blue = color.to("srgb").coordinates
    hue, lightness, saturation = colorsys.rgb_to_hls(red, green, blue)
    # The saturation of HLS is that of a cylinder: what is nearly white or black has all of it.
    is_grey = saturation * (1 - abs(2 * lightness - 1)) < GREY_SATURATION * 0.6
    scale = "neutral" if is_grey else next(scale for end, scale in _HUES if hue * 360 < end)
    return _Seen(scale, lightness, color.alpha)


def _property(seen: _Seen, name: str) -> str:
    if "shadow" in name:
        return "var(--tk-color-shadow)"
    if name in _GROUNDS:
        return f"var(--tk-color-{seen.scale}-{_ground(seen)})"
    if name.startswith(("border", "outline")):
        return f"var(--tk-color-{seen.scale}-{8 if seen.scale != 'neutral' or seen.lightness < 0.6 else 6})"
    if seen.scale == "neutral" and seen.lightness > 0.7:  # text on what `_ground` makes of a dark ground
        return "var(--tk-color-neutral-1)"
    return f"var(--tk-color-{seen.scale}-{12 if seen.lightness < 0.35 and seen.scale == 'neutral' else 11})"


def _ground(seen: _Seen) -> int:
    """The step of a ground. One for light text is a step of texts, on which the lightest ground is legible."""
    if seen.alpha < FAINT_ALPHA:
        return 3
    if seen.scale == "neutral":
        return 1 if seen.lightness > 0.98 else 3 if seen.lightness > 0.7 else 12
    return 3 if seen.lightness > 0.85 else 11
