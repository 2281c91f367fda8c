"""The type of a value that names none, by how it is written and what it is called: CSS has no types, nor need others.

Source: CSS Backgrounds 3, "border"; CSS Transitions 1, "transition"; CSS Fonts 4, "Generic font families".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from themekit.source.importing import texts

if TYPE_CHECKING:
    from themekit.source.json_value import JsonObject, JsonValue

_FAMILY = re.compile(r"font-?family|font-(?:sans|serif|mono|body|heading|code)|typeface", re.IGNORECASE)
_OF_FONTS = re.compile(r"font|famil|typeface", re.IGNORECASE)
_WEIGHT = re.compile(r"font-?weight", re.IGNORECASE)
_GENERIC = frozenset(
    [
        *["serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui"],
        *["ui-serif", "ui-sans-serif", "ui-monospace", "ui-rounded"],
    ]
)
_BORDER = ("color", "width", "style")
MAX_PARTS = 8  # of a shorthand, which has at most four


def typed(name: str, text: str) -> tuple[str, JsonValue] | None:
    """The type and the value in DTCG's form; None if DTCG has none for it. `name` is in kebab-case."""
    if _FAMILY.search(name) and (family := texts.font_family(text)) is not None and not text[:1].isdigit():
        return "fontFamily", family
    if _WEIGHT.search(name) and (weight := texts.font_weight(text)) is not None:
        return "fontWeight", weight
    attempts: tuple[tuple[str, JsonValue], ...] = (
        ("color", texts.color(text)),
        ("number", texts.number(text) if not text.endswith("%") else None),
        ("dimension", texts.dimension(text)),
        ("duration", texts.duration(text)),
        ("cubicBezier", texts.cubic_bezier(text)),
        ("strokeStyle", texts.stroke_style(text)),
        ("shadow", texts.shadow(text)),
        ("border", _border(text)),
        ("transition", _transition(text)),
    )
    found = next(((type_, value) for type_, value in attempts if value is not None), None)
    if found is None and _names_fonts(name, text) and (family := texts.font_family(text)) is not None:
        return "fontFamily", family
    return found


def _names_fonts(name: str, text: str) -> bool:
    """One of the names is a generic family, or it is a string and the name speaks of fonts: `"*"` is none."""
    names = {part.strip().lower() for part in text.split(",")}
    is_string = text[:1] in "\"'" and _OF_FONTS.search(name) is not None
    return is_string or not _GENERIC.isdisjoint(names)


def _border(text: str) -> JsonObject | None:
    """A line's width, style and colour in any order; CSS has defaults where one is absent, and DTCG has not."""
    made: JsonObject = {}
    for part in _parts(text):
        found = {"color": texts.color(part), "width": texts.dimension(part), "style": texts.stroke_style(part)}
        name = next((each for each, value in found.items() if value is not None), None)
        if name is None or name in made:
            return None
        made[name] = found[name]
    return {name: made[name] for name in _BORDER} if len(made) == len(_BORDER) else None


def _transition(text: str) -> JsonObject | None:
    """A duration, with a curve or a delay or both, of whatever changes."""
    times: list[JsonValue] = []
    curve: JsonValue = None
    for part in _parts(text):
        time, bent = texts.duration(part), texts.cubic_bezier(part)
        if time is not None and len(times) < 2:  # the first is the duration, the second the delay
            times.append(time)
        elif bent is not None and curve is None:
            curve = bent
        elif part != "all":
            return None
    if not times:
        return None
    zero: JsonObject = {"value": 0, "unit": "ms"}
    ease = texts.cubic_bezier("ease")
    return {
        "duration": times[0],
        "delay": times[1] if len(times) > 1 else zero,
        "timingFunction": ease if curve is None else curve,
    }


def _parts(text: str) -> list[str]:
    parts = texts.PARTS.findall(text) if len(text) <= texts.MAX_TEXT and len(texts.at_commas(text)) == 1 else []
    return parts if 1 < len(parts) <= MAX_PARTS else []
