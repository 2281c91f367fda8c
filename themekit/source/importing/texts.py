"""Values as other tools write them, mostly as CSS does, to values of DTCG 2025.10. None means: it has no such value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from themekit.model import Color
from themekit.source.colors import SPACES, parse_color
from themekit.source.importing.named_colors import NAMED_COLORS
from themekit.source.json_value import as_number
from themekit.source.plain_values import STROKES
from themekit.source.token_references import PATH
from themekit.source.token_values import WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from themekit.source.json_value import JsonObject, JsonValue

_NUMBER = r"[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d{1,2})?"
_MEASURE = re.compile(rf"({_NUMBER})\s*([a-zA-Z%]*)")
_BEZIER = re.compile(r"cubic-bezier\(([^()]*)\)", re.IGNORECASE)
_EASINGS = {
    "linear": (0.0, 0.0, 1.0, 1.0),
    "ease": (0.25, 0.1, 0.25, 1.0),
    "ease-in": (0.42, 0.0, 1.0, 1.0),
    "ease-out": (0.0, 0.0, 0.58, 1.0),
    "ease-in-out": (0.42, 0.0, 0.58, 1.0),
}
PARTS = re.compile(r"(?:[^\s()]|\([^()]*\))+")
"""What white space outside parentheses parts."""
CAPS = ("round", "butt", "square")
MAX_TEXT = 2000
MAX_COMPONENT = 1000  # of a colour; hues have 360, and powers of what is far beyond have no figure


def is_alias(value: JsonValue) -> bool:
    """A reference, in the form of DTCG."""
    return isinstance(value, str) and PATH.fullmatch(value) is not None


def color(value: JsonValue) -> JsonObject | None:
    """A CSS colour, or DTCG's own object."""
    if isinstance(value, dict):
        return value if "colorSpace" in value else None
    if not isinstance(value, str):
        return None
    try:
        found = parse_color(NAMED_COLORS.get(value.strip().lower(), value.strip()))
    except ValueError:
        return None
    return written(found)


def written(color_: Color) -> JsonObject:
    """A colour as DTCG's object."""
    made: JsonObject = {"colorSpace": color_.space, "components": [round(each, 5) for each in color_.components]}
    return made if color_.alpha == 1 else {**made, "alpha": round(color_.alpha, 5)}


def parsed(members: JsonObject) -> Color | None:
    """DTCG's object as a colour; None for one with `none` or a mistake in it."""
    space, components, alpha = members.get("colorSpace"), members.get("components"), as_number(members.get("alpha", 1))
    parts = [as_number(each) for each in components] if isinstance(components, list) else []
    good = [each for each in parts if each is not None]
    if space not in SPACES or len(good) != 3 or len(parts) != 3 or alpha is None or not 0 <= alpha <= 1:
        return None
    if any(abs(each) > MAX_COMPONENT for each in good):
        return None
    return Color(str(space), (good[0], good[1], good[2]), alpha)


def dimension(value: JsonValue, *, bare: str | None = None) -> JsonObject | None:
    """A length in px or rem. `bare` is the unit of a number without one; 0 needs none."""
    return _measure(value, {"px": 1.0, "rem": 1.0, "pt": None}, bare, zero="px")


def duration(value: JsonValue, *, bare: str | None = None) -> JsonObject | None:
    """A time in ms or s."""
    return _measure(value, {"ms": 1.0, "s": 1.0}, bare, zero="ms")


def _measure(value: JsonValue, units: dict[str, float | None], bare: str | None, *, zero: str) -> JsonObject | None:
    if isinstance(value, dict):
        number, named = as_number(value.get("value")), value.get("unit")
        is_good = number is not None and isinstance(named, str) and units.get(named) and len(value) == 2
        return value if is_good else None
    number = as_number(value)
    unit = bare or ""
    if number is None:
        match = _MEASURE.fullmatch(value.strip()) if isinstance(value, str) and len(value) < MAX_TEXT else None
        if match is None:
            return None
        number, unit = float(match.group(1)), match.group(2).lower() or unit
    if not unit and number == 0:
        unit = zero
    return {"value": _plain(number), "unit": unit} if units.get(unit) else None


def number(value: JsonValue) -> float | None:
    """A number, or a percentage as its hundredth."""
    found = as_number(value)
    if found is not None:
        return _plain(found)
    match = _MEASURE.fullmatch(value.strip()) if isinstance(value, str) and len(value) < MAX_TEXT else None
    if match is None or match.group(2) not in {"", "%"}:
        return None
    return _plain(round(float(match.group(1)) / (100 if match.group(2) else 1), 6))


def font_family(value: JsonValue) -> JsonValue:
    """A name, or a list of them: commas part names."""
    if isinstance(value, list):
        names = [name.strip() for name in value if isinstance(name, str) and name.strip()]
        return list(names) if len(names) == len(value) and names else None
    if not isinstance(value, str) or not value.strip() or len(value) > MAX_TEXT:
        return None
    names = [name.strip().strip("\"'").strip() for name in value.split(",")]
    if not all(names) or any(set(name) & set("(){};\"'") for name in names):
        return None
    return names[0] if len(names) == 1 else list(names)


def font_weight(value: JsonValue) -> JsonValue:
    """A number, or a name of DTCG: `Semi Bold` and `SemiBold` are `semi-bold`."""
    found = number(value)
    if found is not None:
        return found if 1 <= found <= 1000 else None
    if not isinstance(value, str) or len(value) > MAX_TEXT:
        return None
    joined = re.sub(r"[\s_-]+", "", value).lower()
    return next((name for name in WEIGHTS if name.replace("-", "") == joined), None)


def cubic_bezier(value: JsonValue) -> JsonValue:
    """`cubic-bezier(…)`, a keyword of CSS, or a list of four numbers, of which two are times from 0 to 1."""
    if isinstance(value, list):
        return _curve([as_number(each) for each in value])
    text = value.strip().lower() if isinstance(value, str) else ""
    if text in _EASINGS:
        return list(_EASINGS[text])
    match = _BEZIER.fullmatch(text)
    points = [number(part) for part in match.group(1).split(",")] if match else []
    return _curve(points)


def _curve(points: Sequence[float | None]) -> JsonValue:
    good = [point for point in points if point is not None]
    is_curve = len(good) == len(points) == 4 and all(0 <= time <= 1 for time in good[::2])
    return [_plain(point) for point in good] if is_curve else None


def stroke_style(value: JsonValue) -> JsonValue:
    """A line style of CSS, or DTCG's own object, of lengths."""
    if not isinstance(value, dict):
        return value if value in STROKES else None
    dashes, cap = value.get("dashArray"), value.get("lineCap")
    lengths = [dimension(each) for each in dashes] if isinstance(dashes, list) else []
    good: list[JsonValue] = [each for each in lengths if each is not None]
    is_good = good and len(good) == len(lengths) and cap in CAPS and len(value) == len(("dashArray", "lineCap"))
    return {"dashArray": good, "lineCap": cap} if is_good else None


def shadow(text: str) -> JsonValue:
    """A `box-shadow`: layers parted by commas, each of two to four lengths, a colour and perhaps `inset`."""
    if len(text) > MAX_TEXT:
        return None
    layers = [_layer(part) for part in at_commas(text)]
    good: list[JsonValue] = [layer for layer in layers if layer is not None]
    if not good or len(good) != len(layers):
        return None
    return good[0] if len(good) == 1 else good


def _layer(text: str) -> JsonObject | None:
    lengths: list[JsonObject] = []
    paint: JsonObject | None = None
    is_inset = False
    for part in PARTS.findall(text):
        length, tint = dimension(part), color(part)
        if part == "inset" and not is_inset:
            is_inset = True
        elif length is not None:
            lengths.append(length)
        elif tint is not None and paint is None:
            paint = tint
        else:
            return None
    if paint is None or not 2 <= len(lengths) <= 4:
        return None
    made: JsonObject = {"color": paint}
    for index, name in enumerate(("offsetX", "offsetY", "blur", "spread")):
        made[name] = lengths[index] if index < len(lengths) else {"value": 0, "unit": "px"}
    return {**made, "inset": True} if is_inset else made


def at_commas(text: str) -> list[str]:
    """The text in parts, at the commas outside parentheses."""
    parts, depth, start = [], 0, 0
    for index, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if char == "," and depth == 0:
            parts.append(text[start:index])
            start = index + 1
    return [*parts, text[start:]]


def _plain(value: float) -> float:
    return int(value) if value == int(value) else value
