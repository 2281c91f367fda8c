"""CSS gradients to the stops of DTCG, which has neither a direction nor a shape: those are told of.

Source: CSS Images 4, "Gradients" and 3.4.3 "Color Stop Fixup"; DTCG Format Module 2025.10, "Gradient".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.source.importing.texts import MAX_TEXT, PARTS, at_commas, number

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from themekit.source.json_value import JsonValue

    Paint = Callable[[str], JsonValue]

_GRADIENT = re.compile(r"(repeating-)?(linear|radial|conic)-gradient\((.*)\)", re.IGNORECASE | re.DOTALL)
_ANGLE = re.compile(r"([+-]?(?:\d+(?:\.\d+)?|\.\d+))(deg|grad|rad|turn)", re.IGNORECASE)
_TURNS = {"deg": 360.0, "grad": 400.0, "rad": 6.283185307179586, "turn": 1.0}
MAX_STOPS = 64


@dataclass(frozen=True, slots=True)
class Gradient:
    """Stops in DTCG's form, and what of the text they do not say: `45deg`, `radial`, `hint 30%`."""

    stops: list[JsonValue]
    left_out: tuple[str, ...]


def is_gradient(text: str) -> bool:
    """One gradient function and nothing else."""
    match = _GRADIENT.fullmatch(text.strip()) if len(text) <= MAX_TEXT else None
    return match is not None and _is_balanced(match.group(3))


def gradient(text: str, paint: Paint) -> Gradient | None:
    """The stops of a gradient; `paint` gives the colour of a text, or None. None if DTCG cannot say these stops.

    That is so for gradients that repeat, and for positions in lengths or beyond the ends.
    """
    match = _GRADIENT.fullmatch(text.strip()) if is_gradient(text) else None
    if match is None or match.group(1):
        return None
    kind, parts = match.group(2).lower(), [part.strip() for part in at_commas(match.group(3))]
    left_out = [] if kind == "linear" else [kind]
    if _stop(parts[0], paint, is_conic=kind == "conic") is None:
        left_out.append(parts.pop(0))
    placed: list[tuple[JsonValue, float | None]] = []
    for part in parts:
        if placed and part.endswith("%") and number(part) is not None:
            left_out.append(f"hint {part}")
            continue
        found = _stop(part, paint, is_conic=kind == "conic")
        if found is None:
            return None
        color, positions = found
        placed += [(color, position) for position in positions or (None,)]
    places = _fixed([position for _, position in placed])
    if not 2 <= len(placed) <= MAX_STOPS or any(not 0 <= place <= 1 for place in places):
        return None
    stops: list[JsonValue] = [
        {"color": color, "position": place} for (color, _), place in zip(placed, places, strict=True)
    ]
    return Gradient(stops, tuple(left_out))


def _stop(text: str, paint: Paint, *, is_conic: bool) -> tuple[JsonValue, tuple[float, ...]] | None:
    """A colour and up to two positions, before it or behind it."""
    color: JsonValue = None
    positions: list[float] = []
    for part in PARTS.findall(text):
        position = _position(part, is_conic=is_conic)
        if position is not None:
            positions.append(position)
        elif color is None:
            color = paint(part)
            if color is None:
                return None
        else:
            return None
    return None if color is None or len(positions) > 2 else (color, tuple(positions))


def _position(text: str, *, is_conic: bool) -> float | None:
    if text.endswith("%") or text == "0":
        return number(text)
    match = _ANGLE.fullmatch(text) if is_conic else None
    return None if match is None else round(float(match.group(1)) / _TURNS[match.group(2).lower()], 6)


def _fixed(positions: Sequence[float | None]) -> list[float]:
    """The first at 0 and the last at 1 if they say nothing, none before an earlier one, the others evenly between."""
    if not positions:
        return []
    known: list[float | None] = [*positions]
    highest = known[0] = known[0] or 0.0
    known[-1] = 1.0 if known[-1] is None else known[-1]
    for index, position in enumerate(known):
        if position is not None:
            highest = known[index] = max(highest, position)
    found: list[float] = []
    for index, position in enumerate(known):
        if position is not None:
            found.append(position)
            continue
        after = next(place for place in range(index, len(known)) if known[place] is not None)
        end = known[after] or 0.0
        found.append(round(found[-1] + (end - found[-1]) / (after - index + 1), 6))
    return found


def _is_balanced(text: str) -> bool:
    """No parenthesis closes what was not opened here: two gradients after one another are not one."""
    depth = 0
    for char in text:
        depth += (char == "(") - (char == ")")
        if depth < 0:
            return False
    return depth == 0
