"""Font families, their files, and the scale."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, cast

from themekit.diagnostics.printable import quoted
from themekit.model import FontFamily, FontFile, TypeScale, Typography
from themekit.source import defaults
from themekit.source.codes import INVALID_FONT_WEIGHT
from themekit.source.dimensions import dimension_between
from themekit.source.files import asset_file
from themekit.source.font_names import family_name
from themekit.source.json_value import as_number

if TYPE_CHECKING:
    from themekit.source.files import Folders
    from themekit.source.node import Item, Node

FONT_SUFFIXES = (".woff2", ".woff", ".ttf", ".otf")
SMALLEST_PX, LARGEST_PX = 12, 24  # body text outside this range fails readers before it fails a test

_WEIGHT = re.compile(r"([0-9]{1,4})(?: ([0-9]{1,4}))?")


def typography(node: Node, folders: Folders) -> Typography:
    """The families by role and the scale, defaults filled in."""
    families = node.node("families")
    body = _family(families, "body", folders=folders, default=defaults.BODY_FAMILY)
    own_heading = families.has("heading")
    heading = _family(families, "heading", folders=folders, default=body.family) if own_heading else body
    code = _family(families, "code", folders=folders, default=defaults.CODE_FAMILY)
    scale = node.node("scale")
    base = dimension_between(scale.item("base"), low_px=SMALLEST_PX, high_px=LARGEST_PX)
    size = TypeScale(base or defaults.BASE_SIZE, scale.number("ratio", defaults.RATIO))
    return Typography(body, heading, code, size)


def _family(families: Node, role: str, *, folders: Folders, default: str) -> FontFamily:
    node = families.node(role)
    name = family_name(node.item("family"))
    files = [_file(each, folders) for each in node.nodes("files")]
    fallback = [family_name(item) for item in node.items("fallback")]
    return FontFamily(
        name or default,
        tuple(file for file in files if file is not None),
        tuple(each for each in fallback if each is not None),
    )


def _file(node: Node, folders: Folders) -> FontFile | None:
    path = asset_file(node.item("path"), folders, suffixes=FONT_SUFFIXES)
    weight = _weight(node.item("weight"))
    style = cast('Literal["normal", "italic"]', node.choice("style", "normal"))
    return None if path is None or weight is None else FontFile(path, weight, style)


def _weight(item: Item | None) -> str | None:
    """A weight as in "400" or "400 700"; None if it was reported."""
    if item is None:
        return "400"
    text = item.text() or f"{as_number(item.value) or 0:g}"
    match = _WEIGHT.fullmatch(text)
    weights = [int(weight) for weight in match.groups() if weight] if match else []
    if weights and weights == sorted(weights) and weights[0] >= 1 and weights[-1] <= 1000:
        return " ".join(str(weight) for weight in weights)
    message = f"{item.name}: {quoted(text)} is not a weight"
    item.report(INVALID_FONT_WEIGHT, message, hint='write "400", or "400 700" for a variable font; 1 to 1000')
    return None
