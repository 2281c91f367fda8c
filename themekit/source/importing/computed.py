"""Computations in another tool's tokens, worked out: DTCG has values and references, and nothing between them.

`{spacing.s} * 2` is a figure here, and `rgba({blue}, 0.2)` a colour. What a reference leads to must be the same in each
set of the file, as one figure stands for all of them. Source: docs.tokens.studio, "Using Math" and "Color Tokens".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import ceil, floor, isfinite
from typing import TYPE_CHECKING, Literal

from themekit.model import Color
from themekit.source.importing import texts
from themekit.source.json_value import as_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from themekit.source.json_value import JsonObject, JsonValue

EXTENSION = "studio.tokens"
LINE_HEIGHTS = ("lineHeights", "lineHeight")
MAX_DEPTH = 32  # of parentheses, signs and references to references, all together
MAX_TEXT = 500
DIGITS = 6
MAX_MULTIPLE = 4  # of the size of text: no lines are as far apart, and no text is so small that its lines are 4 px high
_SIGN = re.compile(
    r"\s*(?:(?P<path>\{[^{}]*\})|(?P<number>(?:\d+(?:\.\d+)?|\.\d+))(?P<unit>[a-zA-Z%]*)"
    r"|(?P<call>[a-zA-Z]+)\s*\(|(?P<sign>[-+*/(),]))"
)
_TINTED = re.compile(r"rgba?\(\s*\{([^{}]*)\}\s*,\s*([0-9.]+%?)\s*\)", re.IGNORECASE)
_REFERENCE = re.compile(r"\s*\{([^{}]*)\}\s*")


# Functions of expr-eval, with which Tokens Studio computes; halves are rounded up as in JavaScript.
_OF_ONE: Mapping[str, Callable[[float], float]] = {
    "abs": abs,
    "ceil": ceil,
    "floor": floor,
    "round": lambda value: floor(value + 0.5),
}
_OF_SEVERAL: Mapping[str, Callable[[Sequence[float]], float]] = {"min": min, "max": max}
MAX_ROUNDED = 1e15  # beyond it a number has no places to round, and infinity raises
MAX_PLACES = 10  # that `roundTo` keeps: a figure has six


class _NoFigureError(Exception):
    """The text is no computation, or what it refers to is none."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit, which is "" for none."""

    value: float
    unit: str = ""

    def __str__(self) -> str:
        """As CSS has it: `8px`."""
        value = round(self.value, DIGITS)
        return f"{int(value) if value == int(value) else value}{self.unit}"


ChangeKind = Literal["lighten", "darken", "mix", "alpha"]


@dataclass(frozen=True, slots=True)
class ColorChange:
    """A `modify` of Tokens Studio: `amount` is 0..1, `space` DTCG's name of it, `other` the colour to mix with."""

    kind: ChangeKind
    amount: float
    space: str
    other: Color | None = None


Change = Callable[[Color, ColorChange], Color | None]
KINDS: dict[str, ChangeKind] = {"lighten": "lighten", "darken": "darken", "mix": "mix", "alpha": "alpha"}
SPACES = {"lch": "lch", "srgb": "srgb", "p3": "display-p3", "hsl": "hsl"}


@dataclass(slots=True)
class Figures:
    """The values of a file by their paths, for computations. `trees` are its sets; `change` does what `modify` says."""

    trees: tuple[JsonObject, ...]
    change: Change | None = None
    _by_path: dict[str, list[tuple[JsonValue, JsonValue]]] | None = None
    _known: dict[str, Figure | None] = field(default_factory=dict)
    _shades: dict[str, Color | None] = field(default_factory=dict)

    def computed(self, text: str) -> Figure | None:
        """What a computation comes to; None if it is none, or if a reference in it leads to no single figure."""
        if len(text) > MAX_TEXT:
            return None
        try:
            found = self._figure(text, (), depth=0)
        except _NoFigureError:
            return None
        return found if isfinite(found.value) else None

    def is_in_pixels(self, height: JsonValue) -> bool:
        """A height of lines that is no multiple of the size: without a unit it is in pixels in Figma, too."""
        figure = self._measured(height)
        return figure is not None and (figure.unit == "px" or (not figure.unit and figure.value > MAX_MULTIPLE))

    def multiple(self, height: JsonValue, size: JsonValue) -> float | None:
        """A height of lines in pixels as a multiple of the size of text; None if that leads to no single figure."""
        lines, text = self._measured(height), self._measured(size)
        if lines is None or text is None or text.unit not in {"", "px"} or text.value <= 0:
            return None
        return round(lines.value / text.value, 4)

    def _measured(self, value: JsonValue) -> Figure | None:
        plain = as_number(value)
        return self.computed(value) if isinstance(value, str) else None if plain is None else Figure(plain)

    def tinted(self, text: str) -> JsonObject | None:
        """The colour of `rgba({path}, 0.2)`; None for any other text, or if the path leads to no single colour."""
        match = _TINTED.fullmatch(text.strip()) if len(text) <= MAX_TEXT else None
        alpha = texts.number(match.group(2)) if match else None
        found = self._shade(f"{{{match.group(1)}}}", 0) if match else None
        if found is None or alpha is None or not 0 <= alpha <= 1:
            return None
        return texts.written(replace(found, alpha=alpha))

    def modified(self, value: JsonValue, modify: JsonValue) -> JsonObject | None:
        """The colour of a token with this `modify`; None if it is none, or leads to no single colour."""
        found = self._changed(value, modify, 0)
        return None if found is None else texts.written(found)

    def _changed(self, value: JsonValue, modify: JsonValue, depth: int) -> Color | None:
        base = self._shade(value, depth)
        change = self._change_of(modify, depth)
        if base is None or change is None or self.change is None:
            return None
        return self.change(base, change)

    def _change_of(self, modify: JsonValue, depth: int) -> ColorChange | None:
        members = modify if isinstance(modify, dict) else {}
        kind, space, value = (members.get(key) for key in ("type", "space", "value"))
        figure = self.computed(str(value)) if isinstance(value, str | int | float) else None
        is_known = isinstance(kind, str) and kind in KINDS and isinstance(space, str) and space in SPACES
        if not is_known or figure is None or figure.unit or not 0 <= figure.value <= 1:
            return None
        other = self._shade(members.get("color"), depth + 1) if kind == "mix" else None
        if kind == "mix" and other is None:
            return None
        return ColorChange(KINDS[str(kind)], figure.value, SPACES[str(space)], other)

    def _shade(self, value: JsonValue, depth: int) -> Color | None:
        """The colour of a value, over references and what changes the tokens on the way; a circle has none."""
        match = _REFERENCE.fullmatch(value) if isinstance(value, str) and len(value) <= MAX_TEXT else None
        if match is None or depth > MAX_DEPTH:
            literal = None if match else texts.color(value)
            return None if literal is None else texts.parsed(literal)
        path = match.group(1).strip()
        found = self._token(path)
        if found is not None and path not in self._shades:
            self._shades[path] = None  # once each: a mix of two tokens that are mixes doubles with each step
            value, modify = found
            is_plain = modify is None
            self._shades[path] = self._shade(value, depth + 1) if is_plain else self._changed(value, modify, depth + 1)
        return self._shades.get(path)

    def _single(self, path: str) -> JsonValue:
        found = self._token(path)
        return None if found is None else found[0]

    def _token(self, path: str) -> tuple[JsonValue, JsonValue] | None:
        """The value of a token and its `modify`; None if there is none, or sets say different things."""
        if self._by_path is None:
            self._by_path = {}
            for tree in self.trees:
                for name, value, modify in _values(tree, ""):
                    self._by_path.setdefault(name, []).append((value, modify))
        found = self._by_path.get(path.strip(), [])
        return found[0] if found and all(each == found[0] for each in found) else None

    def _figure(self, text: str, through: tuple[str, ...], *, depth: int) -> Figure:
        parts = list(_parts(text))
        figure = self._sum(parts, through, depth=depth)
        if parts:
            raise _NoFigureError
        return figure

    def _sum(self, parts: list[str | Figure], through: tuple[str, ...], *, depth: int) -> Figure:
        """Takes a sum from the beginning of the parts, which are consumed."""
        found = self._product(parts, through, depth=depth)
        while parts and parts[0] in {"+", "-"}:
            sign = 1 if parts.pop(0) == "+" else -1
            other = self._product(parts, through, depth=depth)
            if found.unit != other.unit:
                raise _NoFigureError
            found = Figure(found.value + sign * other.value, found.unit)
        return found

    def _product(self, parts: list[str | Figure], through: tuple[str, ...], *, depth: int) -> Figure:
        found = self._factor(parts, through, depth=depth)
        while parts and parts[0] in {"*", "/"}:
            divides = parts.pop(0) == "/"
            other = self._factor(parts, through, depth=depth)
            if (found.unit and other.unit) or (divides and (other.unit or not other.value)):
                raise _NoFigureError
            value = found.value / other.value if divides else found.value * other.value
            found = Figure(value, found.unit or other.unit)
        return found

    def _factor(self, parts: list[str | Figure], through: tuple[str, ...], *, depth: int) -> Figure:
        part = parts.pop(0) if parts and depth < MAX_DEPTH else ""
        if isinstance(part, Figure):
            return part
        if part == "-":
            found = self._factor(parts, through, depth=depth + 1)
            return Figure(-found.value, found.unit)
        if part == "(":
            found = self._sum(parts, through, depth=depth + 1)
            if not parts or parts.pop(0) != ")":
                raise _NoFigureError
            return found
        if part.endswith("("):
            return self._called(part[:-1], parts, through, depth=depth + 1)
        if part.startswith("{"):
            return self._followed(part[1:-1].strip(), through, depth=depth + 1)
        raise _NoFigureError

    def _called(self, name: str, parts: list[str | Figure], through: tuple[str, ...], *, depth: int) -> Figure:
        """What a function gives; its arguments and the parenthesis behind them are consumed."""
        figures = [self._sum(parts, through, depth=depth)]
        while parts and parts[0] == ",":
            parts.pop(0)
            figures.append(self._sum(parts, through, depth=depth))
        if not parts or parts.pop(0) != ")" or any(not abs(each.value) < MAX_ROUNDED for each in figures):
            raise _NoFigureError
        first, *others = figures
        if name == "roundTo" and len(others) == 1 and others[0].value in range(MAX_PLACES) and not others[0].unit:
            scale = 10 ** int(others[0].value)
            return Figure(floor(first.value * scale + 0.5) / scale, first.unit)
        if name in _OF_ONE and not others:
            return Figure(_OF_ONE[name](first.value), first.unit)
        if name in _OF_SEVERAL and all(each.unit == first.unit for each in others):
            return Figure(_OF_SEVERAL[name]([each.value for each in figures]), first.unit)
        raise _NoFigureError

    def _followed(self, path: str, through: tuple[str, ...], *, depth: int) -> Figure:
        """The figure of a path, worked out once; a circle has none."""
        if path in through:
            raise _NoFigureError
        if path not in self._known:
            self._known[path] = None
            value = self._single(path)
            plain = as_number(value)
            if plain is not None:
                self._known[path] = Figure(plain)
            elif isinstance(value, str) and len(value) <= MAX_TEXT:
                self._known[path] = self._figure(value, (*through, path), depth=depth)
        found = self._known[path]
        if found is None:
            raise _NoFigureError
        return found


def _parts(text: str) -> Iterator[str | Figure]:
    end = 0
    text = text.rstrip()
    while end < len(text):
        match = _SIGN.match(text, end)
        if match is None:
            raise _NoFigureError
        end = match.end()
        if match["number"]:
            yield Figure(float(match["number"]), match["unit"])
        else:
            yield f"{match['call']}(" if match["call"] else match["path"] or match["sign"]


def modify_of(members: JsonObject) -> JsonValue:
    """What changes a token's colour; None for nothing."""
    extensions = members.get("$extensions")
    own = extensions.get(EXTENSION) if isinstance(extensions, dict) else None
    return own.get("modify") if isinstance(own, dict) else None


def _values(tree: JsonObject, prefix: str) -> Iterator[tuple[str, JsonValue, JsonValue]]:
    """The values of all tokens, each with its path before it and its `modify` behind."""
    pending: list[tuple[str, JsonObject]] = [(prefix, tree)]
    while pending:
        path, members = pending.pop()
        key = next((key for key in ("$value", "value") if key in members), None)
        if key is not None and path:
            yield path, members[key], modify_of(members)
            continue
        inner: Iterable[tuple[str, JsonValue]] = members.items()
        pending += [(f"{path}.{name}" if path else name, each) for name, each in inner if isinstance(each, dict)]
