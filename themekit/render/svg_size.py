"""The size of an SVG: its viewBox, else its width and height, in user units."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from themekit.render.svg_tree import Box

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_SIDE_PX = 4096  # a file that claims more is refused: resvg aborts the process at 30,000
MAX_UNITS = 1_000_000  # of a viewBox, which is only a coordinate system
MIN_ASPECT, MAX_ASPECT = 1 / 40, 40.0  # beyond it no header can show it
_PX_PER_UNIT = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_LENGTH = re.compile(r"([-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?)\s*(px|pt|pc|mm|cm|in|%|em|rem|ex|vw|vh|)")


def find_box(attributes: Mapping[str, str]) -> Box | str:
    """The visible rectangle of the outermost element, or why there is none."""
    width, height = _length(attributes.get("width")), _length(attributes.get("height"))
    for name, value in (("width", width), ("height", height)):
        if value is not None and not 0 < value <= MAX_SIDE_PX:
            return f"its {name} is {attributes[name][:20]}; it must be above 0 and at most {MAX_SIDE_PX} px"
    view_box = attributes.get("viewBox")
    if view_box is None:
        if width is None or height is None:
            return "it has neither a `viewBox` nor a width and height"
        box = Box(0, 0, width, height)
    else:
        parsed = _view_box(view_box)
        if parsed is None:
            return f"its viewBox `{view_box[:40]}` is not four numbers with a width and height above 0"
        box = parsed
    if not MIN_ASPECT <= box.aspect <= MAX_ASPECT:
        words = "wide as high" if box.aspect > 1 else "high as wide"
        times = f"{max(box.aspect, 1 / box.aspect):,.1f}".removesuffix(".0")
        return f"it is {times} times as {words}; at most {MAX_ASPECT:.0f} times is possible"
    return box


def _length(text: str | None) -> float | None:
    """Pixels; None for no length, or one that depends on its surroundings. What is no length is 0, which is refused."""
    if text is None:
        return None
    parts = _LENGTH.fullmatch(text.strip())
    if not parts:
        return 0.0 if text.strip() != "auto" else None
    scale = _PX_PER_UNIT.get(parts[2])
    value = _finite(parts[1])
    return None if scale is None else (value or 0.0) * scale


def _view_box(text: str) -> Box | None:
    numbers = [_finite(part) for part in re.split(r"[\s,]+", text.strip())]
    if len(numbers) != 4 or any(value is None or abs(value) > MAX_UNITS for value in numbers):
        return None
    x, y, width, height = (value or 0.0 for value in numbers)
    return Box(x, y, width, height) if width > 0 and height > 0 else None


def _finite(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None
