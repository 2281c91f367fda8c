"""Token values of DTCG 2025.10, by type: literals, composites and references, each with its exact rules.

Beyond the standard, a colour may be a CSS string, and a length or a time a string such as "6px": people write these by
hand. What is emitted is always the standard's form.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar, cast

from themekit.diagnostics.printable import quoted
from themekit.model import (
    Alias,
    BorderValue,
    Color,
    CubicBezier,
    Dimension,
    Duration,
    FontNames,
    GradientStop,
    ShadowLayer,
    StrokeStyle,
    TransitionValue,
    TypographyValue,
)
from themekit.source.codes import INVALID_TOKEN_VALUE, OUT_OF_RANGE
from themekit.source.colors import color
from themekit.source.did_you_mean import nearest
from themekit.source.dimensions import dimension, duration
from themekit.source.font_names import family_name
from themekit.source.json_value import as_number, json_type, noun
from themekit.source.plain_values import MAX_NUMBER, STROKES, is_number
from themekit.source.token_references import is_reference, reference

if TYPE_CHECKING:
    from collections.abc import Callable

    from themekit.model.token import TokenType, TokenValue
    from themekit.source.node import Item

WEIGHTS = {
    "thin": 100,
    "hairline": 100,
    "extra-light": 200,
    "ultra-light": 200,
    "light": 300,
    "normal": 400,
    "regular": 400,
    "book": 400,
    "medium": 500,
    "semi-bold": 600,
    "demi-bold": 600,
    "bold": 700,
    "extra-bold": 800,
    "ultra-bold": 800,
    "black": 900,
    "heavy": 900,
    "extra-black": 950,
    "ultra-black": 950,
}
CAPS = ("round", "butt", "square")

T = TypeVar("T")


def value_of(item: Item, type_: TokenType) -> TokenValue | None:
    """The value of a token of this type; None if it was reported."""
    if is_reference(item):
        return reference(item)
    return _READERS[type_](item)


def _fault(item: Item, message: str, hint: str | None = None) -> None:
    item.report(INVALID_TOKEN_VALUE, f"{item.name}: {message}", hint=hint)


def _color(item: Item) -> Color | None:
    return color(item)


def _dimension(item: Item) -> Dimension | None:
    return dimension(item)


def _families(item: Item) -> FontNames | None:
    if isinstance(item.value, str):
        name = family_name(item)
        return None if name is None else FontNames((name,))
    if not isinstance(item.value, list) or not item.value:
        found = "an empty array" if item.value == [] else noun(json_type(item.value))
        _fault(item, f"expected a family's name or an array of names, found {found}")
        return None
    names = []
    for index, value in enumerate(item.value):
        each = item.at(index, value)
        if isinstance(value, str):
            names.append(family_name(each))
        else:
            _fault(each, f"expected a family's name, found {noun(json_type(value))}")
            names.append(None)
    good = tuple(name for name in names if name is not None)
    return FontNames(good) if len(good) == len(names) else None


def _weight(item: Item) -> float | None:
    number = as_number(item.value)
    if number is not None and 1 <= number <= 1000:
        return number
    if isinstance(item.value, str) and item.value in WEIGHTS:
        return float(WEIGHTS[item.value])
    hint = item.near(item.value, WEIGHTS) if isinstance(item.value, str) else None
    shown = quoted(str(item.value)) if isinstance(item.value, str | int | float) else noun(json_type(item.value))
    _fault(item, f"{shown} is not a font weight", hint or "write a number from 1 to 1000, or a name such as `bold`")
    return None


def _number(item: Item) -> float | None:
    number = as_number(item.value)
    if number is None:
        _fault(item, f"expected a number, found {noun(json_type(item.value))}")
        return None
    return _in_range(item, number)


def _in_range(item: Item, number: float) -> float | None:
    if is_number(number):
        return number
    item.report(OUT_OF_RANGE, f"{item.name} is {number:g}; numbers go from {-MAX_NUMBER:g} to {MAX_NUMBER:g}")
    return None


def _bezier(item: Item) -> CubicBezier | None:
    values = item.value if isinstance(item.value, list) else []
    numbers = [number for value in values if (number := as_number(value)) is not None]
    if len(numbers) != 4 or len(values) != 4:
        found = f"{len(values)} items" if isinstance(item.value, list) else noun(json_type(item.value))
        _fault(item, f"expected an array of 4 numbers, found {found}", "write x1, y1, x2, y2, as in `[0.2, 0, 0, 1]`")
        return None
    x1, y1, x2, y2 = numbers
    if not (0 <= x1 <= 1 and 0 <= x2 <= 1):
        _fault(item, "the first and third number are times and go from 0 to 1")
        return None
    if _in_range(item, y1) is None or _in_range(item, y2) is None:
        return None
    return CubicBezier((x1, y1, x2, y2))


def _stroke(item: Item) -> StrokeStyle | None:
    if isinstance(item.value, str):
        if item.value in STROKES:
            return StrokeStyle(item.value)
        hint = item.names_hint(item.value, STROKES, label="allowed")
        _fault(item, f"{quoted(item.value)} is not a stroke style", hint)
        return None
    members = _members(item, ("dashArray", "lineCap"))
    if members is None:
        return None
    dashes, cap = members["dashArray"], members["lineCap"]
    if not isinstance(dashes.value, list) or not dashes.value:
        _fault(dashes, f"expected an array of lengths, found {noun(json_type(dashes.value))}")
        return None
    lengths = [_part(dashes.at(index, value), _dimension) for index, value in enumerate(dashes.value)]
    if cap.value not in CAPS:
        _fault(cap, "expected `round`, `butt` or `square`")
        return None
    good = tuple(length for length in lengths if length is not None)
    if len(good) != len(lengths):
        return None
    return StrokeStyle(None, good, "round" if cap.value == "round" else "butt" if cap.value == "butt" else "square")


def _border(item: Item) -> BorderValue | None:
    members = _members(item, ("color", "width", "style"))
    if members is None:
        return None
    tint = _part(members["color"], _color)
    width = _part(members["width"], _dimension)
    style = _part(members["style"], _stroke)
    return None if tint is None or width is None or style is None else BorderValue(tint, width, style)


def _transition(item: Item) -> TransitionValue | None:
    members = _members(item, ("duration", "delay", "timingFunction"))
    if members is None:
        return None
    length = _part(members["duration"], _duration)
    delay = _part(members["delay"], _duration)
    timing = _part(members["timingFunction"], _bezier)
    return None if length is None or delay is None or timing is None else TransitionValue(length, delay, timing)


def _duration(item: Item) -> Duration | None:
    return duration(item)


def _shadow(item: Item) -> tuple[ShadowLayer | Alias, ...] | None:
    if not isinstance(item.value, list):
        layer = _layer(item)
        return None if layer is None else (layer,)
    if not item.value:
        _fault(item, "a shadow has at least one layer")
        return None
    layers = [_part(item.at(index, value), _layer) for index, value in enumerate(item.value)]
    good = tuple(layer for layer in layers if layer is not None)
    return good if len(good) == len(layers) else None


def _layer(item: Item) -> ShadowLayer | None:
    members = _members(item, ("color", "offsetX", "offsetY", "blur", "spread"), optional=("inset",))
    if members is None:
        return None
    tint = _part(members["color"], _color)
    lengths = [_part(members[key], _dimension) for key in ("offsetX", "offsetY", "blur", "spread")]
    inset = members.get("inset")
    if inset is not None and not isinstance(inset.value, bool):
        _fault(inset, f"expected true or false, found {noun(json_type(inset.value))}")
        return None
    x, y, blur, spread = lengths
    if tint is None or x is None or y is None or blur is None or spread is None:
        return None
    return ShadowLayer(tint, x, y, blur, spread, inset is not None and inset.value is True)


def _gradient(item: Item) -> tuple[GradientStop | Alias, ...] | None:
    if not isinstance(item.value, list) or not item.value:
        _fault(item, f"expected an array of stops, found {noun(json_type(item.value))}")
        return None
    stops = [_part(item.at(index, value), _stop) for index, value in enumerate(item.value)]
    good = tuple(stop for stop in stops if stop is not None)
    return good if len(good) == len(stops) else None


def _stop(item: Item) -> GradientStop | None:
    members = _members(item, ("color", "position"))
    if members is None:
        return None
    tint = _part(members["color"], _color)
    position = _part(members["position"], _number)
    if tint is None or position is None:
        return None
    # "considered as if it were clamped": DTCG 2025.10, "Gradient"
    return GradientStop(tint, position if isinstance(position, Alias) else min(1.0, max(0.0, position)))


def _typography(item: Item) -> TypographyValue | None:
    keys = ("fontFamily", "fontSize", "fontWeight", "letterSpacing", "lineHeight")
    members = _members(item, keys)
    if members is None:
        return None
    family = _part(members["fontFamily"], _families)
    size = _part(members["fontSize"], _dimension)
    weight = _part(members["fontWeight"], _weight)
    spacing = _part(members["letterSpacing"], _dimension)
    height = _part(members["lineHeight"], _number)
    if family is None or size is None or weight is None or spacing is None or height is None:
        return None
    return TypographyValue(family, size, weight, spacing, height)


def _part(item: Item, read: Callable[[Item], T | None]) -> T | Alias | None:
    return reference(item) if is_reference(item) else read(item)


def _members(item: Item, keys: tuple[str, ...], *, optional: tuple[str, ...] = ()) -> dict[str, Item] | None:
    """The members of a composite by name; None if there is a wrong one or one is missing."""
    if not isinstance(item.value, dict):
        _fault(item, f"expected an object with `{'`, `'.join(keys)}`, found {noun(json_type(item.value))}")
        return None
    known = (*keys, *optional)
    unknown = [key for key in item.value if key not in known]
    missing = [key for key in keys if key not in item.value]
    for key in unknown:
        hint = item.names_hint(key, known, label="known keys")
        member = item.at(key, item.value[key])
        member.report(INVALID_TOKEN_VALUE, f"{item.name} has no key {quoted(key)}", hint=hint, part="key")
    meant = {nearest(key, known) for key in unknown}
    for key in missing:
        if key not in meant:
            _fault(item, f"`{key}` is missing")
    if unknown or missing:
        return None
    return {key: item.at(key, value) for key, value in item.value.items()}


_READERS: dict[TokenType, Callable[[Item], TokenValue | None]] = {
    "color": _color,
    "dimension": _dimension,
    "fontFamily": _families,
    "fontWeight": _weight,
    "duration": _duration,
    "cubicBezier": _bezier,
    "number": _number,
    "strokeStyle": _stroke,
    "border": _border,
    "transition": _transition,
    "shadow": _shadow,
    "gradient": _gradient,
    "typography": _typography,
}
TOKEN_TYPES = cast("tuple[TokenType, ...]", tuple(_READERS))
