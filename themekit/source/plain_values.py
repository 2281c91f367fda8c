"""Token values as nearly all are written, straight from the JSON: no place is kept, as nothing is wrong with them.

Whatever is not of that kind is None here, and `token_values` looks at it: what is read here it reads to the same value.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, cast

from themekit.model import (
    Alias,
    BorderValue,
    CubicBezier,
    Dimension,
    Duration,
    FontNames,
    ShadowLayer,
    StrokeStyle,
    TransitionValue,
    TypographyValue,
)
from themekit.source.colors import plain_color
from themekit.source.dimensions import MAX_LENGTH, is_time
from themekit.source.font_names import plain_family_name
from themekit.source.json_value import as_number
from themekit.source.token_references import alias_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Literal

    from themekit.model import Color, TokenType
    from themekit.model.token import TokenValue
    from themekit.source.json_value import JsonValue

    Reader = Callable[[JsonValue], TokenValue | None]

REMEMBERED = 1024  # lists of families: a brand has a few
MAX_NUMBER = 1e30  # floats of single precision end at 3e38, and a line height is multiplied by a length
STROKES = ("solid", "dashed", "dotted", "double", "groove", "ridge", "outset", "inset")
_MEASURE = frozenset({"value", "unit"})


def plain_value(value: JsonValue, type_: TokenType) -> TokenValue | None:
    """The value of a token of this type, no reference as a whole; None if it needs a closer look."""
    read = READERS.get(type_)
    return None if read is None else read(value)


def _dimension(value: JsonValue) -> Dimension | None:
    if type(value) is not dict or value.keys() != _MEASURE:
        return None
    number, unit = as_number(value["value"]), value["unit"]
    if number is None or not -MAX_LENGTH <= number <= MAX_LENGTH or unit not in ("px", "rem"):
        return None
    return Dimension(number, cast('Literal["px", "rem"]', unit))


def _duration(value: JsonValue) -> Duration | None:
    if type(value) is not dict or value.keys() != _MEASURE:
        return None
    number, unit = as_number(value["value"]), value["unit"]
    if number is None or unit not in ("ms", "s") or not is_time(number, unit):
        return None
    return Duration(number, cast('Literal["ms", "s"]', unit))


def _number(value: JsonValue) -> float | None:
    number = as_number(value)
    return number if number is not None and is_number(number) else None


def is_number(value: float) -> bool:
    """A token may have this number."""
    return -MAX_NUMBER <= value <= MAX_NUMBER


def _families(value: JsonValue) -> FontNames | None:
    if type(value) is str:
        return _named((value,))
    if type(value) is not list or not value or not all(type(each) is str for each in value):
        return None
    return _named(tuple(cast("list[str]", value)))


@lru_cache(maxsize=REMEMBERED)
def _named(names: tuple[str, ...]) -> FontNames | None:
    found = [plain_family_name(name) for name in names]
    good = tuple(name for name in found if name is not None)
    return FontNames(good) if len(good) == len(found) else None


def _weight(value: JsonValue) -> float | None:
    number = as_number(value)
    return number if number is not None and 1 <= number <= 1000 else None


def _bezier(value: JsonValue) -> CubicBezier | None:
    if type(value) is not list or len(value) != 4:
        return None
    x1, y1, x2, y2 = map(_number, value)
    if x1 is None or y1 is None or x2 is None or y2 is None or not (0 <= x1 <= 1 and 0 <= x2 <= 1):
        return None
    return CubicBezier((x1, y1, x2, y2))


def _stroke(value: JsonValue) -> StrokeStyle | None:
    return StrokeStyle(value) if type(value) is str and value in STROKES else None


def _composite(make: Callable[..., TokenValue], **readers: Reader) -> Reader:
    """A reader of objects with exactly these members, each of which may be a reference; `make` gets them in order."""
    names = readers.keys()
    members = tuple(readers.items())

    def read(value: JsonValue) -> TokenValue | None:
        if type(value) is not dict or value.keys() != names:
            return None
        parts = []
        for name, read_part in members:
            written = value[name]
            is_reference = type(written) is str and written[:1] == "{"
            part: object = alias_of(cast("str", written)) if is_reference else read_part(written)
            if part is None:
                return None
            parts.append(part)
        return make(*parts)

    return read


def _layer(
    color: Color | Alias,
    offset_x: Dimension | Alias,
    offset_y: Dimension | Alias,
    blur: Dimension | Alias,
    spread: Dimension | Alias,
) -> tuple[ShadowLayer, ...]:
    return (ShadowLayer(color, offset_x, offset_y, blur, spread),)


READERS: dict[TokenType, Reader] = {
    "color": plain_color,
    "dimension": _dimension,
    "duration": _duration,
    "fontFamily": _families,
    "fontWeight": _weight,
    "number": _number,
    "cubicBezier": _bezier,
    "strokeStyle": _stroke,
    "border": _composite(BorderValue, color=plain_color, width=_dimension, style=_stroke),
    "transition": _composite(TransitionValue, duration=_duration, delay=_duration, timingFunction=_bezier),
    "shadow": _composite(
        _layer, color=plain_color, offsetX=_dimension, offsetY=_dimension, blur=_dimension, spread=_dimension
    ),
    "typography": _composite(
        TypographyValue,
        fontFamily=_families,
        fontSize=_dimension,
        fontWeight=_weight,
        letterSpacing=_dimension,
        lineHeight=_number,
    ),
}
"""By type, what reads a value as `plain_value` does."""
