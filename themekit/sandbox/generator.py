"""Values by a schema: those that its author wrote, then made ones, each kept only if it is valid.

A schema is spread into shapes, in which `allOf` and references are merged and one branch of each `oneOf` and `anyOf` is
taken. Each shape offers values, the fullest first; the first that the whole schema accepts is taken.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from themekit.sandbox.scalars import numbers_of, texts_of
from themekit.sandbox.shapes import MAX_STEPS, Budget, Spreader, in_turn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.sandbox.schemas import Schema
    from themekit.sandbox.shapes import Shape
    from themekit.sandbox.validity import Validity
    from themekit.source.json_value import JsonValue

MAX_TRIES = 300
MAX_SHAPES = 60
FIRST_TRIES = 3  # of each shape, before any has its other ones tried
MAX_ITEMS = 1000
MAX_WORK = 200_000
MAX_WEIGHT = 100_000  # of one value, in values and 16 characters: lists of lists multiply
FULL_DEPTH = 4  # deeper, an object has only what it must have: examples stay readable, and recursion ends
MAX_DEPTH = 24


class NoValue(Exception):  # noqa: N818 - it says what there is
    """Nothing that was tried is valid by the schema."""


@dataclass(slots=True)
class Generator:
    """Makes values by the schemas of one table. Always the same ones: no clock, no chance.

    A lean one makes no member that need not be there.
    """

    validity: Validity
    is_lean: bool = False
    work: int = 0
    budget: Budget = field(default_factory=lambda: Budget(MAX_STEPS))
    known: dict[tuple[str, bool, str], JsonValue] = field(default_factory=dict)
    hopeless: set[tuple[str, bool]] = field(default_factory=set)

    def value(self, schema: Schema, name: str = "") -> JsonValue:
        """A valid value; `name` is that of the member it is for. Raises NoValue."""
        self.work, self.budget.left = 0, MAX_STEPS
        return self._value(schema, name, trail=())

    def several(self, schema: Schema, count: int) -> list[JsonValue]:
        """So many different valid values, or fewer if there are no more."""
        self.work, self.budget.left = 0, MAX_STEPS
        found: list[JsonValue] = []
        for each in self._valid(schema, "", trail=()):
            if each not in found:
                found.append(each)
            if len(found) == count:
                break
        return found

    def _value(self, schema: Schema, name: str, *, trail: tuple[str, ...]) -> JsonValue:
        reference = schema.get("$ref") if len(schema) == 1 else None
        key = (str(reference), len(trail) < FULL_DEPTH, "")
        may_know = reference not in trail or len(trail) >= FULL_DEPTH  # deep down, else two branches each are 2^depth
        if reference is not None and key in self.known and may_know:
            return self.known[key]
        for each in self._valid(schema, name, trail=trail):
            if reference is not None and may_know:
                self.known[key] = each
            return each
        raise NoValue

    def _valid(self, schema: Schema, name: str, *, trail: tuple[str, ...]) -> Iterator[JsonValue]:
        for each in itertools.islice(self._candidates(schema, name, trail=trail), MAX_TRIES):
            self.work += 1
            if self.work > MAX_WORK:
                return
            if self.validity.holds(schema, each):
                yield each

    def _candidates(self, schema: Schema, name: str, *, trail: tuple[str, ...]) -> Iterator[JsonValue]:
        if len(trail) > MAX_DEPTH:
            return
        inner = (*trail, str(schema.get("$ref", "")))
        begun: list[Iterator[JsonValue]] = []
        for shape in Spreader(self.validity.table.defs, self.budget).shapes(schema):
            offered = itertools.chain(shape.examples, self._of_shape(shape, name, trail=inner))
            yield from itertools.islice(offered, FIRST_TRIES + len(shape.examples))
            begun.append(offered)
            if len(begun) == MAX_SHAPES:
                break
        yield from in_turn(begun)

    def _of_shape(self, shape: Shape, name: str, *, trail: tuple[str, ...]) -> Iterator[JsonValue]:
        if shape.values is not None:
            yield from shape.values
            return
        for kind in shape.kinds():
            match kind:
                case "object":
                    yield from self._objects(shape, trail)
                case "array":
                    yield from self._arrays(shape, name, trail=trail)
                case "string":
                    yield from texts_of(shape, name)
                case "integer" | "number":
                    yield from numbers_of(shape, is_whole=kind == "integer")
                case "boolean":
                    yield from (True, False)
                case _:
                    yield None

    def _objects(self, shape: Shape, trail: tuple[str, ...]) -> Iterator[JsonValue]:
        wanted = [each for each in shape.properties if self._is_wanted(shape, each, trail)]
        whole: dict[str, JsonValue] = {}
        weight = 0
        for each in dict.fromkeys((*shape.properties, *shape.required)):
            if each in shape.required or each in wanted:
                try:
                    made = self._value(shape.member(each), each, trail=trail)
                    weight += _weight(made)
                    if weight > MAX_WEIGHT:
                        raise NoValue  # noqa: TRY301 - as if there were none
                    whole[each] = made
                except NoValue:
                    if each in shape.required:
                        return
        lean = {key: value for key, value in whole.items() if key in shape.required}
        extra = self._further(shape, len(whole), trail=trail)
        yield {**whole, **extra}
        yield {**lean, **self._further(shape, len(lean), trail=trail)}
        for one, kept in whole.items():
            if one not in shape.required:
                yield {key: value for key, value in whole.items() if key != one}
                yield {**lean, one: kept}
        yield from self._others(shape, lean, trail=trail)
        odd: JsonValue
        for odd in (None, {}, "", 0):  # what other branches would refuse
            yield from ({**lean, foreign: odd} for foreign in shape.foreign)
            yield {**lean, **dict.fromkeys(shape.foreign, odd)}

    def _others(self, shape: Shape, lean: dict[str, JsonValue], *, trail: tuple[str, ...]) -> Iterator[JsonValue]:
        """The same with another value of one member: a schema may refuse the first together with the rest."""
        for name in shape.required:
            for value in itertools.islice(self._valid(shape.member(name), name, trail=trail), 1, 4):
                yield {**lean, name: value}

    def _is_wanted(self, shape: Shape, name: str, trail: tuple[str, ...]) -> bool:
        schema = shape.member(name)
        foreign = "writeOnly" if self.validity.table.direction == "response" else "readOnly"
        if self.is_lean or schema.get(foreign) is True or len(trail) > FULL_DEPTH or not shape.allows(name):
            return False
        if schema.get("deprecated") is True:
            return False
        return not (self._references(schema) & set(trail))

    def _references(self, schema: Schema) -> set[str]:
        """What the schema, its items or its branches refer to at once."""
        found = {schema["$ref"]} if "$ref" in schema else set()
        for each in (*schema.get("allOf", ()), *schema.get("anyOf", ()), *schema.get("oneOf", ())):
            found |= self._references(each)
        items = schema.get("items")
        return found | self._references(items) if isinstance(items, dict) else found

    def _further(self, shape: Shape, count: int, *, trail: tuple[str, ...]) -> dict[str, JsonValue]:
        """Members that have no name in the schema: as many as there must be, or one where only they can be."""
        least = shape.least_members - count
        if least <= 0 and (shape.properties or not shape.is_map or len(trail) > FULL_DEPTH):
            return {}
        found: dict[str, JsonValue] = {}
        for key in itertools.islice(shape.names(), 50):
            if len(found) >= max(1, least):
                break
            try:
                found[key] = self._value(shape.member(key), key, trail=trail)
            except NoValue:
                if least <= 0:
                    return {}
        return found

    def _arrays(self, shape: Shape, name: str, *, trail: tuple[str, ...]) -> Iterator[JsonValue]:
        least = max(shape.least_items, len(shape.prefix) if len(trail) <= FULL_DEPTH else 0)
        if least > MAX_ITEMS:
            return
        count = max(least, 1 if len(trail) <= FULL_DEPTH and shape.most_items != 0 else 0)
        for size in dict.fromkeys((count, least, shape.least_items)):
            if shape.most_items is not None and size > shape.most_items:
                continue
            found = self._items(shape, size, name, trail=trail)
            if found is not None:
                yield found
                for each in shape.contains:
                    for value in itertools.islice(self._valid(each, name, trail=trail), 3):
                        yield [value, *found[1:]]
                        yield [value, *found]

    def _items(self, shape: Shape, size: int, name: str, *, trail: tuple[str, ...]) -> list[JsonValue] | None:
        found: list[JsonValue] = []
        try:
            for index in range(min(size, len(shape.prefix))):
                found.append(self._value(shape.item(index), name, trail=trail))  # noqa: PERF401 - it may raise midway
            rest = size - len(found)
            if rest <= 0:
                return found
            if not shape.is_unique:
                each = self._value(shape.item(len(found)), name, trail=trail)
                return [*found, *[each] * rest] if _weight(each) * rest <= MAX_WEIGHT else None
        except NoValue:
            return None
        for each in self._valid(shape.item(len(found)), name, trail=trail):
            if each not in found:
                found.append(each)
            if len(found) == size:
                return found
        return None


def _weight(value: JsonValue) -> int:
    """How large the value is; no further than to what is too large."""
    found, stack = 0, [value]
    while stack and found <= MAX_WEIGHT:
        each = stack.pop()
        found += 1 + (len(each) // 16 if isinstance(each, str) else 0)
        if isinstance(each, dict | list):
            stack.extend(each.values() if isinstance(each, dict) else each)
    return found
