"""Do two style sheets say the same? What two compilers of one source write differently, and a browser reads alike.

White space, zeros, quotes and comments do not count; colours are compared as the bytes a screen shows. All else has to
be the same in the same order, so a sum that one compiler works out and the other leaves to the browser is a difference.
"""

from __future__ import annotations

import re
from math import floor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tinycss2.ast import Node

Line = tuple[str, ...]
"""At-rules from the outermost, the selector, a property and its value; or at-rules alone."""

_AROUND = re.compile(r"\s*([,>~+{}:;]|(?<!\|)\|(?!\|))\s*")
_MAX_BYTE = 255
HALF = 0.5001  # both compilers round a half up, and a channel from hsl misses it by a little


def first_difference(one: str, other: str) -> tuple[str, str] | None:
    """The first line of each that the other has not in its place, as CSS; None if the sheets say the same."""
    lines = [tuple(_lines(css)) for css in (one, other)]
    for index in range(max(map(len, lines))):
        pair = [found[index] if index < len(found) else () for found in lines]
        if pair[0] != pair[1]:
            return _text(pair[0]), _text(pair[1])
    return None


def _lines(css: str) -> Iterator[Line]:
    import tinycss2  # noqa: PLC0415  # 20 ms that only a compile needs

    yield from _of_rules(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True), ())


def _of_rules(nodes: Iterable[Node], around: Line) -> Iterator[Line]:
    import tinycss2  # noqa: PLC0415  # as above

    for node in nodes:
        if node.type == "declaration":
            important = "!important" if node.important else ""
            yield (*around, node.name, " ".join((*_values(node.value), important)).strip())
        elif node.type in {"qualified-rule", "at-rule"}:
            prelude = _prelude(node)
            if prelude == "@charset":
                continue
            if node.content is None:
                yield (*around, prelude)
                continue
            inner = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
            yield from _of_rules(inner, (*around, prelude))
        else:
            yield (*around, node.type, node.serialize())


def _prelude(node: Node) -> str:
    import tinycss2  # noqa: PLC0415  # as above

    if node.type == "at-rule" and node.at_keyword.lower() == "charset":
        return "@charset"
    head = f"@{node.at_keyword.lower()} " if node.type == "at-rule" else ""
    text = tinycss2.serialize([each for each in node.prelude if each.type != "comment"]).replace("/**/", "")
    return head + _AROUND.sub(r"\1", " ".join(text.split()).replace("'", '"'))


def _values(nodes: Iterable[Node]) -> Iterator[str]:
    """Each token as text that is the same however it was written."""
    for node in nodes:
        if node.type in {"whitespace", "comment"}:
            continue
        color = _color(node) if node.type in {"hash", "ident", "function"} else None
        if color is not None:
            yield color
        elif node.type in {"number", "percentage", "dimension"}:
            unit = {"number": "", "percentage": "%"}.get(node.type) if node.type != "dimension" else node.lower_unit
            yield f"{node.value:.5g}{unit}"
        elif node.type == "string":
            yield f'"{node.value}"'
        elif node.type == "url":
            yield f'url("{node.value}")'
        elif node.type == "function":
            yield f"{node.lower_name}({_inside(node.arguments)})"
        elif node.type.endswith("block"):
            yield f"{node.type}({_inside(node.content)})"
        else:
            yield node.serialize()


def _inside(nodes: Sequence[Node]) -> str:
    return " ".join(_values(nodes))


def _color(node: Node) -> str | None:
    """A colour of sRGB as bytes, any other with its space; None for what is no colour."""
    import tinycss2.color4  # noqa: PLC0415  # as above

    found = tinycss2.color4.parse_color(node)
    if found is None or isinstance(found, str):
        return None
    if found.space in {"srgb", "hsl", "hwb"}:
        channels = (floor(min(max(part, 0), 1) * _MAX_BYTE + HALF) for part in found.to("srgb").coordinates)
        return f"srgb {' '.join(map(str, channels))} {found.alpha:.3g}"
    return f"{found.space} {' '.join(f'{part or 0:.4g}' for part in found.coordinates)} {found.alpha:.3g}"


def _text(line: Line) -> str:
    if not line:
        return "nothing"
    *around, value = line
    return " { ".join(around[:-1]) + (f" {{ {around[-1]}: {value}" if len(around) > 1 else value)
