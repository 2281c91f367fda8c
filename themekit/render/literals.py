"""Token values as expressions of a programming language: what all languages share, and what each has to say itself.

A composite becomes a struct of the emitted file (`TkShadow`), whose members are the same in every language.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from themekit.model import (
    BorderValue,
    Color,
    CubicBezier,
    Dimension,
    Duration,
    FontNames,
    GradientStop,
    StrokeStyle,
    TransitionValue,
    TypographyValue,
)
from themekit.render.css import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from themekit.model import ResolvedValue, ShadowLayer, TokenType

Kind = Literal["Curve", "Stroke", "Border", "Transition", "Shadow", "Stop", "TextStyle"]
Word = Literal["color", "length", "textLength", "time", "number", "text", "texts", "lengths", "flag", "Curve", "Stroke"]
"""What a member of a struct is. A `textLength` is one of text, which some platforms let grow with the reader's."""


@dataclass(frozen=True, slots=True)
class Struct:
    """A type that composites are made of."""

    about: str
    members: tuple[tuple[str, Word], ...]


STRUCTS: Mapping[Kind, Struct] = {
    "Curve": Struct("A cubic Bezier curve of motion.", tuple((name, "number") for name in ("x1", "y1", "x2", "y2"))),
    "Stroke": Struct(
        "A line: a style by name, or `dashed` with the lengths of dashes and gaps, and a cap.",
        (("style", "text"), ("dashes", "lengths"), ("cap", "text")),
    ),
    "Border": Struct("A line around a box.", (("color", "color"), ("width", "length"), ("stroke", "Stroke"))),
    "Transition": Struct("A change over time.", (("duration", "time"), ("delay", "time"), ("curve", "Curve"))),
    "Shadow": Struct(
        "One layer of a shadow; the topmost comes first.",
        (
            ("color", "color"),
            ("x", "length"),
            ("y", "length"),
            ("blur", "length"),
            ("spread", "length"),
            ("isInset", "flag"),
        ),
    ),
    "Stop": Struct("A stop of a gradient; its position is 0 to 1.", (("color", "color"), ("position", "number"))),
    "TextStyle": Struct(
        "A style of text: families by preference, and a line height that is a multiple of the size.",
        (
            ("families", "texts"),
            ("size", "textLength"),
            ("weight", "number"),
            ("letterSpacing", "textLength"),
            ("lineHeight", "number"),
        ),
    ),
}
KIND_OF: Mapping[TokenType, Kind] = {
    "cubicBezier": "Curve",
    "strokeStyle": "Stroke",
    "border": "Border",
    "transition": "Transition",
    "shadow": "Shadow",
    "gradient": "Stop",
    "typography": "TextStyle",
}
LISTS: frozenset[TokenType] = frozenset({"shadow", "gradient"})
WORD_OF: Mapping[TokenType, Word] = {
    "color": "color",
    "dimension": "length",
    "fontFamily": "texts",
    "fontWeight": "number",
    "duration": "time",
    "number": "number",
}


@dataclass(frozen=True, slots=True)
class Language:
    """How a language writes values. `items` writes a list of a member's or a struct's kind, `struct` a struct."""

    text: Callable[[str], str]
    number: Callable[[float], str]
    color: Callable[[Color], str]
    length: Callable[[Dimension], str]
    time: Callable[[Duration], str]
    items: Callable[[Word | Kind, Sequence[str]], str]
    struct: Callable[[Kind, Mapping[str, str]], str]
    types: Mapping[Word, str]
    """The type of each kind of member that is no struct; a `textLength` is a `length` if it has none of its own."""
    text_length: Callable[[Dimension], str] | None = None
    """Where lengths of text are no others."""

    def literal(self, value: ResolvedValue) -> str:
        """The value as an expression."""
        if isinstance(value, float | int):
            return self.number(value)
        match value:
            case tuple():
                kind: Kind = "Stop" if value and isinstance(value[0], GradientStop) else "Shadow"
                return self.items(kind, [self._layer(part) for part in value])
            case BorderValue() | TransitionValue() | TypographyValue():
                return self._composite(value)
            case _:
                return self._simple(value)

    def _simple(self, value: Color | Dimension | Duration | CubicBezier | FontNames | StrokeStyle) -> str:
        match value:
            case Color():
                return self.color(value)
            case Dimension():
                return self.length(value)
            case Duration():
                return self.time(value)
            case FontNames():
                return self.items("texts", [self.text(name) for name in value.names])
            case CubicBezier():
                names = (name for name, _ in STRUCTS["Curve"].members)
                return self.struct("Curve", dict(zip(names, map(self.number, value.points), strict=True)))
            case StrokeStyle():
                dashes = self.items("lengths", [self.length(plain(dash)) for dash in value.dash])
                cap = self.text(value.cap)
                return self.struct(
                    "Stroke", {"style": self.text(value.style or "dashed"), "dashes": dashes, "cap": cap}
                )

    def _composite(self, value: BorderValue | TransitionValue | TypographyValue) -> str:
        match value:
            case BorderValue():
                return self.struct(
                    "Border",
                    {
                        "color": self.color(plain(value.color)),
                        "width": self.length(plain(value.width)),
                        "stroke": self._simple(plain(value.style)),
                    },
                )
            case TransitionValue():
                return self.struct(
                    "Transition",
                    {
                        "duration": self.time(plain(value.duration)),
                        "delay": self.time(plain(value.delay)),
                        "curve": self._simple(plain(value.timing)),
                    },
                )
            case TypographyValue():
                of_text = self.text_length or self.length
                return self.struct(
                    "TextStyle",
                    {
                        "families": self._simple(plain(value.family)),
                        "size": of_text(plain(value.size)),
                        "weight": self.number(plain(value.weight)),
                        "letterSpacing": of_text(plain(value.letter_spacing)),
                        "lineHeight": self.number(plain(value.line_height)),
                    },
                )

    def _layer(self, part: ShadowLayer | GradientStop) -> str:
        color = self.color(plain(part.color))
        if isinstance(part, GradientStop):
            return self.struct("Stop", {"color": color, "position": self.number(plain(part.position))})
        lengths = {"x": part.offset_x, "y": part.offset_y, "blur": part.blur, "spread": part.spread}
        written = {name: self.length(plain(length)) for name, length in lengths.items()}
        return self.struct("Shadow", {"color": color, **written, "isInset": "true" if part.inset else "false"})

    def word_type(self, word: Word, prefix: str) -> str:
        """The type of a struct's member."""
        if word == "textLength" and word not in self.types:
            return self.types["length"]
        return f"{prefix}{word}" if word in STRUCTS else self.types[word]
