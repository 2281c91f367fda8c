"""Colours as people write them (CSS Color 4) and as DTCG 2025.10 writes them, to `Color`.

Only literal colours: no names, no `var()`, no `url()`, so nothing can leave the declaration it is put into.
"""

from __future__ import annotations

import math
import re
from operator import itemgetter
from typing import TYPE_CHECKING, cast

from themekit.diagnostics.printable import quoted
from themekit.model import Color, WrittenColor
from themekit.model.token import opaque_colors
from themekit.source.codes import INVALID_COLOR
from themekit.source.did_you_mean import did_you_mean_or
from themekit.source.json_value import as_number, json_type, noun

if TYPE_CHECKING:
    from collections.abc import Collection

    from themekit.source.json_value import JsonObject, JsonValue
    from themekit.source.node import Item

Range = tuple[float, float]

_NUMBERS = frozenset((int, float))
_PARTS = itemgetter("colorSpace", "components")
_UNIT: Range = (0, 1)
_PERCENT: Range = (0, 100)
_HUE: Range = (0, math.nextafter(360, 0))
# The standard has no upper bound here; no colour lies beyond, and arithmetic on 1e300 would end in infinity.
_CHROMA: Range = (0, 1000)
_ANY: Range = (-1000, 1000)

SPACES: dict[str, tuple[Range, Range, Range]] = {
    "srgb": (_UNIT, _UNIT, _UNIT),
    "srgb-linear": (_UNIT, _UNIT, _UNIT),
    "hsl": (_HUE, _PERCENT, _PERCENT),
    "hwb": (_HUE, _PERCENT, _PERCENT),
    "lab": (_PERCENT, _ANY, _ANY),
    "lch": (_PERCENT, _CHROMA, _HUE),
    "oklab": (_UNIT, _ANY, _ANY),
    "oklch": (_UNIT, _CHROMA, _HUE),
    "display-p3": (_UNIT, _UNIT, _UNIT),
    "a98-rgb": (_UNIT, _UNIT, _UNIT),
    "prophoto-rgb": (_UNIT, _UNIT, _UNIT),
    "rec2020": (_UNIT, _UNIT, _UNIT),
    "xyz-d65": (_UNIT, _UNIT, _UNIT),
    "xyz-d50": (_UNIT, _UNIT, _UNIT),
}
"""Components and their ranges. Source: DTCG Color Module 2025.10, section 4, and its JSON Schema."""

_BOUNDS = {space: (space, *first, *second, *third) for space, (first, second, third) in SPACES.items()}

# What 100 % means for each component of a CSS function; None marks a hue. Source: CSS Color 4, sections 4 to 10.
_FUNCTIONS: dict[str, tuple[str, tuple[float | None, ...], tuple[float, float, float]]] = {
    "rgb": ("srgb", (255, 255, 255), (255, 255, 255)),
    "hsl": ("hsl", (None, 100, 100), (1, 1, 1)),
    "hwb": ("hwb", (None, 100, 100), (1, 1, 1)),
    "lab": ("lab", (100, 125, 125), (1, 1, 1)),
    "lch": ("lch", (100, 150, None), (1, 1, 1)),
    "oklab": ("oklab", (1, 0.4, 0.4), (1, 1, 1)),
    "oklch": ("oklch", (1, 0.4, None), (1, 1, 1)),
}
_PREDEFINED = {
    **{name: name for name, ranges in SPACES.items() if ranges == (_UNIT, _UNIT, _UNIT)},
    "xyz": "xyz-d65",
}
_TURNS = {"": 1.0, "deg": 1.0, "grad": 0.9, "rad": 180 / math.pi, "turn": 360.0}

_HEX = re.compile(r"#([0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})")
_CALL = re.compile(r"([a-zA-Z]+)\(\s*([^()]*?)\s*\)")
_COMPONENT = re.compile(r"([+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?)(%|deg|grad|rad|turn|)")
_ALLOWED = "write `#0b5fff`, `rgb(…)`, `hsl(…)`, `oklch(…)`, `lab(…)` or `color(display-p3 …)`"
MAX_COLOR = 100  # the longest sensible `color(prophoto-rgb …)` has 80 characters


def color(item: Item | None, *, is_seed: bool = False) -> Color | None:
    """The colour of a member; None if it is absent or was reported. A seed must be opaque."""
    if item is None:
        return None
    found = color_object(item, item.value) if isinstance(item.value, dict) else _color_string(item)
    if found is not None and is_seed and found.alpha != 1:
        message = f"{item.name} is not opaque; contrast can only be computed for opaque colours"
        item.report(INVALID_COLOR, message, hint="leave the alpha out")
        return None
    return found


def _color_string(item: Item) -> Color | None:
    text = item.text()
    if text is None:
        item.report(
            INVALID_COLOR, f"{item.name}: expected a colour, found {noun(json_type(item.value))}", hint=_ALLOWED
        )
        return None
    try:
        return parse_color(text)
    except ValueError as error:
        item.report(INVALID_COLOR, f"{item.name}: {quoted(text)} is not a colour: {error}", hint=_ALLOWED)
        return None


def parse_color(text: str) -> Color:
    """The colour that a CSS string writes.

    Read are hex, `rgb()`, `hsl()`, `hwb()`, `lab()`, `lch()`, `oklab()`, `oklch()` and `color()`. `none` is 0, a hue is
    taken modulo 360. Raises ValueError, with the reason, for anything else and for components outside their range: CSS
    would clamp them, which hides a slip. Source: CSS Color 4.
    """
    text = text.strip(" ")
    if len(text) > MAX_COLOR:
        raise ValueError("it is too long")
    if text.startswith("#"):
        return _hex(text)
    match = _CALL.fullmatch(text)
    if match is None:
        raise ValueError("it is neither hex nor a colour function")
    name, arguments = match.group(1).lower(), match.group(2)
    name = {"rgba": "rgb", "hsla": "hsl"}.get(name, name)
    if name == "color":
        return _predefined(arguments)
    if name not in _FUNCTIONS:
        raise ValueError(f"there is no colour function {quoted(name)}")
    space, wholes, divisors = _FUNCTIONS[name]
    parts, alpha = _arguments(arguments, is_legacy="," in arguments and name in {"rgb", "hsl"})
    return _color(space, [_component(part, whole) for part, whole in zip(parts, wholes, strict=True)], alpha, divisors)


def _hex(text: str) -> Color:
    match = _HEX.fullmatch(text)
    if match is None:
        raise ValueError("hex has 3, 4, 6 or 8 digits from 0 to f")
    digits = match.group(1)
    if len(digits) < 6:
        digits = "".join(digit * 2 for digit in digits)
    red, green, blue, alpha = bytes.fromhex(f"{digits}ff"[:8])
    return Color("srgb", (red / 255, green / 255, blue / 255), round(alpha / 255, 4))


def _predefined(arguments: str) -> Color:
    name, _, rest = arguments.partition(" ")
    space = _PREDEFINED.get(name.lower())
    if space is None:
        raise ValueError(f"there is no colour space {quoted(name)}")
    parts, alpha = _arguments(rest.strip(), is_legacy=False)
    return _color(space, [_component(part, 1) for part in parts], alpha, (1, 1, 1))


def _arguments(text: str, *, is_legacy: bool) -> tuple[list[str], float]:
    if is_legacy:
        parts = [part.strip() for part in text.split(",")]
        alpha = parts.pop() if len(parts) == 4 else "1"
    else:
        before, slash, after = text.partition("/")
        parts, alpha = before.split(), after.strip() if slash else "1"
    if len(parts) != 3:
        raise ValueError(f"it has {len(parts)} components, not 3")
    opacity = _component(alpha, 1)
    if not 0 <= opacity <= 1:
        raise ValueError("alpha goes from 0 to 1")
    return parts, opacity


def _component(text: str, whole: float | None) -> float:
    """A number in the function's units; `whole` is what 100 % stands for, None for a hue, returned in degrees."""
    if text.lower() == "none":
        return 0.0
    match = _COMPONENT.fullmatch(text)
    if match is None:
        raise ValueError(f"{quoted(text, 20)} is no number")
    number, unit = float(match.group(1)), match.group(2)
    if whole is None:
        if unit == "%":
            raise ValueError("a hue is an angle, not a percentage")
        return number * _TURNS[unit] % 360 % 360  # twice: -1e-20 % 360 is 360.0
    if unit not in {"", "%"}:
        raise ValueError(f"{quoted(text, 20)} is an angle where a number is needed")
    return number * whole / 100 if unit else number


def _color(space: str, components: list[float], alpha: float, divisors: tuple[float, float, float]) -> Color:
    fault = _range_fault(space, components, divisors)
    if fault:
        raise ValueError(fault)
    first, second, third = (value / divisor for value, divisor in zip(components, divisors, strict=True))
    return Color(space, (first, second, third), alpha)


def _range_fault(space: str, components: list[float], scales: tuple[float, float, float] = (1, 1, 1)) -> str | None:
    """The first component outside its range; `scales` is what 1 is in the units written."""
    named = zip(components, SPACES[space], scales, strict=True)
    for number, (value, (low, high), scale) in enumerate(named, start=1):
        if not low * scale <= value <= high * scale:
            top = 360 if high == _HUE[1] else high * scale
            return f"component {number} is {value:g}, outside {low * scale:g} to {top:g}"
    return None


def color_object(item: Item, members: JsonObject) -> Color | None:
    """A DTCG colour object: `colorSpace`, `components`, and optionally `alpha` and `hex`. Every mistake is reported."""
    if plain := plain_color(members):
        return plain
    faults = [*_key_faults(members), *_space_faults(members), *_member_faults(members)]
    for message, hint in faults:
        item.report(INVALID_COLOR, f"{item.name}: {message}", hint=hint)
    if faults:
        return None
    space = members["colorSpace"]
    first, second, third = _numbers(members["components"])
    alpha = as_number(members.get("alpha", 1))
    return _written(Color(str(space), (first, second, third), 1.0 if alpha is None else alpha), members)


def _written(found: Color, members: JsonObject) -> Color:
    """The colour with what its author wrote beside the numbers, if that says more than they do."""
    components, own = members["components"], members.get("hex")
    first, second, third = (each == "none" for each in components) if isinstance(components, list) else (False,) * 3
    hex_ = own.lower() if isinstance(own, str) and not _says_hex(found, own.lower()) else None
    if hex_ is None and not (first or second or third):
        return found
    return WrittenColor(found.space, found.components, found.alpha, (first, second, third), hex_)


def _says_hex(found: Color, hex_: str) -> bool:
    """A colour of sRGB has no other hex than this: most files have one for each colour."""
    return found.space == "srgb" and bytes(round(each * 255) for each in found.components).hex() == hex_[1:]


def plain_color(members: JsonValue) -> Color | None:
    """A colour of a space and three numbers in range, or None if it needs a closer look: most colours end here."""
    found = plain_colors((members,))
    return found[0] if found else None


def plain_colors(written: Collection[JsonValue]) -> list[Color] | None:
    """Many such at once, which takes less for each; None if one of them needs a closer look."""
    objects = cast("Collection[JsonObject]", written)
    if set(map(type, written)) != {dict} or set(map(len, objects)) != {2}:
        return None
    spaces: list[str] = []
    components: list[tuple[float, float, float]] = []
    try:
        for space, numbers in map(_PARTS, objects):
            first, second, third = numbers
            triple = (first, second, third)
            name, low1, high1, low2, high2, low3, high3 = _BOUNDS[space]
            if not type(first) is type(second) is type(third) is float:
                if not _NUMBERS.issuperset(map(type, triple)):  # of which `bool` is none
                    return None
                triple = (float(first), float(second), float(third))
            if not (low1 <= first <= high1 and low2 <= second <= high2 and low3 <= third <= high3):
                return None
            spaces.append(name)  # one object for all, which compares sooner
            components.append(triple)
    except (KeyError, TypeError, ValueError):  # no such member or space, or not three numbers
        return None
    return opaque_colors(spaces, components)


def _key_faults(members: JsonObject) -> list[tuple[str, str | None]]:
    known = ("colorSpace", "components", "alpha", "hex")
    faults: list[tuple[str, str | None]] = [
        (
            f"a colour has no key {quoted(key)}",
            did_you_mean_or(key, known, label="known keys"),
        )
        for key in members
        if key not in known
    ]
    missing = [key for key in ("colorSpace", "components") if key not in members]
    return faults + [
        (f"a colour needs `{key}`", '{"colorSpace": "srgb", "components": [0, 0.5, 1]}') for key in missing
    ]


def _space_faults(members: JsonObject) -> list[tuple[str, str | None]]:
    if "colorSpace" not in members or "components" not in members:
        return []
    space, components = members["colorSpace"], members["components"]
    if not isinstance(space, str) or space not in SPACES:
        shown = quoted(space) if isinstance(space, str) else noun(json_type(space))
        hint = did_you_mean_or(space if isinstance(space, str) else "", SPACES, label="allowed")
        return [(f"`colorSpace` cannot be {shown}", hint)]
    if not isinstance(components, list) or len(components) != 3:
        found = f"{len(components)} of them" if isinstance(components, list) else noun(json_type(components))
        return [(f"`components` is an array of 3 numbers, found {found}", None)]
    if any(as_number(value) is None and value != "none" for value in components):
        return [('`components` holds numbers or "none" only', None)]
    fault = _range_fault(space, _numbers(components))
    return [(fault, None)] if fault else []


def _member_faults(members: JsonObject) -> list[tuple[str, str | None]]:
    faults: list[tuple[str, str | None]] = []
    alpha = as_number(members.get("alpha", 1))
    if alpha is None or not 0 <= alpha <= 1:
        faults.append(("`alpha` is a number from 0 to 1", None))
    hex_ = members.get("hex", "#000000")
    if not isinstance(hex_, str) or not re.fullmatch(r"#[0-9a-fA-F]{6}", hex_):
        faults.append(("`hex` is a fallback of six digits, such as `#0b5fff`", None))
    return faults


def _numbers(components: JsonValue) -> list[float]:
    return [as_number(value) or 0.0 for value in components] if isinstance(components, list) else []
