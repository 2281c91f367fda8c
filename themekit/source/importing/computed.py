"""Computations in another tool's tokens, worked out: DTCG has values and references, and nothing between them.

`{spacing.s} * 2` is a figure here, and `rgba({blue}, 0.2)` a colour. What a reference leads to must be the same in each
set of the file, as one figure stands for all of them. Source: docs.tokens.studio, "Using Math" and "Color Tokens".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from math import isfinite
from typing import TYPE_CHECKING

from themekit.source.importing import texts
from themekit.source.json_value import as_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from themekit.source.json_value import JsonObject, JsonValue

MAX_DEPTH = 32  # of parentheses, signs and references to references, all together
MAX_TEXT = 500
DIGITS = 6
_SIGN = re.compile(
    r"\s*(?:(?P<path>\{[^{}]*\})|(?P<number>(?:\d+(?:\.\d+)?|\.\d+))(?P<unit>[a-zA-Z%]*)|(?P<sign>[-+*/()]))"
)
_TINTED = re.compile(r"rgba?\(\s*\{([^{}]*)\}\s*,\s*([0-9.]+%?)\s*\)", re.IGNORECASE)
_REFERENCE = re.compile(r"\s*\{([^{}]*)\}\s*")


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


@dataclass(slots=True)
class Figures:
    """The values of a file by their paths, for computations. `trees` are its sets."""

    trees: tuple[JsonObject, ...]
    _by_path: dict[str, list[JsonValue]] | None = None
    _known: dict[str, Figure | None] = field(default_factory=dict)

    def computed(self, text: str) -> Figure | None:
        """What a computation comes to; None if it is none, or if a reference in it leads to no single figure."""
        if len(text) > MAX_TEXT:
            return None
        try:
            found = self._figure(text, (), depth=0)
        except _NoFigureError:
            return None
        return found if isfinite(found.value) else None

    def tinted(self, text: str) -> JsonObject | None:
        """The colour of `rgba({path}, 0.2)`; None for any other text, or if the path leads to no single colour."""
        match = _TINTED.fullmatch(text.strip()) if len(text) <= MAX_TEXT else None
        alpha = texts.number(match.group(2)) if match else None
        found = texts.color(self._literal(match.group(1))) if match else None
        return None if found is None or alpha is None or not 0 <= alpha <= 1 else {**found, "alpha": alpha}

    def _literal(self, path: str) -> JsonValue:
        """The value that a path leads to, over further references; None if it leads nowhere or in a circle."""
        for _ in range(MAX_DEPTH):
            value = self._single(path)
            match = _REFERENCE.fullmatch(value) if isinstance(value, str) else None
            if match is None:
                return value
            path = match.group(1)
        return None

    def _single(self, path: str) -> JsonValue:
        if self._by_path is None:
            self._by_path = {}
            for tree in self.trees:
                for name, value in _values(tree, ""):
                    self._by_path.setdefault(name, []).append(value)
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
        if part.startswith("{"):
            return self._followed(part[1:-1].strip(), through, depth=depth + 1)
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
        yield Figure(float(match["number"]), match["unit"]) if match["number"] else match["path"] or match["sign"]


def _values(tree: JsonObject, prefix: str) -> Iterator[tuple[str, JsonValue]]:
    """The values of all tokens, each with its path."""
    pending: list[tuple[str, JsonObject]] = [(prefix, tree)]
    while pending:
        path, members = pending.pop()
        key = next((key for key in ("$value", "value") if key in members), None)
        if key is not None and path:
            yield path, members[key]
            continue
        inner: Iterable[tuple[str, JsonValue]] = members.items()
        pending += [(f"{path}.{name}" if path else name, each) for name, each in inner if isinstance(each, dict)]
