"""Lengths and times as people write them ("6px") and as DTCG 2025.10 writes them ({"value": 6, "unit": "px"})."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, cast

from themekit.diagnostics.printable import quoted
from themekit.model import Dimension, Duration
from themekit.source.codes import INVALID_DIMENSION, OUT_OF_RANGE
from themekit.source.did_you_mean import did_you_mean
from themekit.source.json_value import as_number, json_type, noun

if TYPE_CHECKING:
    from themekit.source.json_value import JsonValue
    from themekit.source.node import Item

ROOT_PX = 16  # a rem in px, for comparing lengths only: browsers start there
MAX_LENGTH = 1e8  # px or rem: in pixels and in milliseconds an integer of 32 bits, which compilers for phones take
MAX_TIME_MS = 2e9

_LENGTH = re.compile(r"([+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+))([a-zA-Z%]*)")


def dimension(item: Item | None) -> Dimension | None:
    """The length of a member in px or rem; None if it is absent or was reported. "0" needs no unit."""
    if item is None:
        return None
    found = measure(item.value, units=("px", "rem"), noun_="a length")
    if isinstance(found, str):
        item.report(INVALID_DIMENSION, f"{item.name}: {found}", hint="write a number with px or rem, as in `6px`")
        return None
    value, unit = found
    if abs(value) > MAX_LENGTH:
        message = f"{item.name} is {value:g}{unit}; it goes from {-MAX_LENGTH:g}{unit} to {MAX_LENGTH:g}{unit}"
        item.report(OUT_OF_RANGE, message)
        return None
    return Dimension(value, cast('Literal["px", "rem"]', unit))


def dimension_between(item: Item | None, *, low_px: float, high_px: float) -> Dimension | None:
    """A length between two bounds, given in px and compared at 16 px to the rem."""
    found = dimension(item)
    if item is None or found is None:
        return None
    px = found.value * (ROOT_PX if found.unit == "rem" else 1)
    if low_px <= px <= high_px:
        return found if found.value else Dimension(0.0, found.unit)  # "-0px" is no other length
    message = f"{item.name} is {found.value:g}{found.unit}; it goes from {low_px:g}px to {high_px:g}px"
    item.report(OUT_OF_RANGE, message)
    return None


def duration(item: Item) -> Duration | None:
    """The time span of a token value in ms or s; None if it was reported."""
    found = measure(item.value, units=("ms", "s"), noun_="a duration")
    if isinstance(found, str):
        item.report(INVALID_DIMENSION, f"{item.name}: {found}", hint="write a number with ms or s, as in `200ms`")
        return None
    value, unit = found
    if value < 0:
        item.report(OUT_OF_RANGE, f"{item.name} is {value:g}{unit}; a duration cannot be negative")
        return None
    if not is_time(value, unit):
        item.report(OUT_OF_RANGE, f"{item.name} is {value:g}{unit}; a duration has at most {MAX_TIME_MS / 1000:g}s")
        return None
    return Duration(value, cast('Literal["ms", "s"]', unit))


def is_time(value: float, unit: str) -> bool:
    """A duration may have this value."""
    return 0 <= value <= (MAX_TIME_MS if unit == "ms" else MAX_TIME_MS / 1000)


def measure(value: JsonValue, *, units: tuple[str, str], noun_: str) -> tuple[float, str] | str:
    """Number and unit of "6px" or of {"value": 6, "unit": "px"}; or what is wrong, in words. "0" has the first unit."""
    if isinstance(value, str):
        match = _LENGTH.fullmatch(value)
        if match is None:
            return f"{quoted(value)} is not {noun_}"
        number, unit = float(match.group(1)), match.group(2)
        if not unit and number == 0:
            return 0.0, units[0]
        if unit not in units:
            return f"{quoted(value)} has {f'the unit `{unit}`' if unit else 'no unit'}; allowed: {_both(units)}"
        return number, unit
    if isinstance(value, dict):
        return _measure_object(value, units, noun_)
    return f"expected {noun_}, found {noun(json_type(value))}"


def _measure_object(value: dict[str, JsonValue], units: tuple[str, str], noun_: str) -> tuple[float, str] | str:
    for key in value:
        if key not in {"value", "unit"}:
            near = did_you_mean(key, ("value", "unit"))
            return f"{noun_} has no key {quoted(key)}" + (f"; {near}" if near else "")
    number, unit = as_number(value.get("value")), value.get("unit")
    if number is None:
        return f"{noun_} needs a number as its `value`"
    if not isinstance(unit, str) or unit not in units:
        found = "it is absent" if "unit" not in value else f"found {quoted(str(unit))}"
        return f"the `unit` of {noun_} is {_both(units)}; {found}"
    return number, unit


def _both(units: tuple[str, str]) -> str:
    return f"`{units[0]}` or `{units[1]}`"
