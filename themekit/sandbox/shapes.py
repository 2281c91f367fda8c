"""A schema spread into shapes: conjunctions merged, one branch of each alternative taken, one after the other."""

from __future__ import annotations

import itertools
from copy import copy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from themekit.sandbox.matching import matching
from themekit.sandbox.patterns import compiled

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from themekit.sandbox.schemas import Schema
    from themekit.source.json_value import JsonValue

T = TypeVar("T")

MAX_STEPS = 20_000  # of one value; the largest real descriptions at hand need 700

_ORDER = ("object", "array", "string", "integer", "number", "boolean", "null")
_IMPLIED = {
    "object": "properties required additionalProperties patternProperties propertyNames minProperties maxProperties",
    "array": "items prefixItems minItems maxItems uniqueItems contains",
    "string": "minLength maxLength pattern format",
    "number": "minimum maximum exclusiveMinimum exclusiveMaximum multipleOf",
}


@dataclass(slots=True)
class Shape:
    """What a value must be like. Lists are of schemas that all hold."""

    types: tuple[str, ...] | None = None
    values: list[JsonValue] | None = None
    examples: list[JsonValue] = field(default_factory=list)
    implied: dict[str, None] = field(default_factory=dict)
    low: float | None = None
    high: float | None = None
    step: float | None = None
    least_length: int = 0
    most_length: int | None = None
    patterns: list[str] = field(default_factory=list)
    format: str = ""
    least_items: int = 0
    most_items: int | None = None
    is_unique: bool = False
    items: list[Schema] = field(default_factory=list)
    prefix: list[list[Schema]] = field(default_factory=list)
    contains: list[Schema] = field(default_factory=list)
    properties: dict[str, list[Schema]] = field(default_factory=dict)
    required: dict[str, None] = field(default_factory=dict)
    further: list[Schema] = field(default_factory=list)
    by_pattern: dict[str, list[Schema]] = field(default_factory=dict)
    closed: list[tuple[frozenset[str], tuple[str, ...]]] = field(default_factory=list)
    name_schemas: list[Schema] = field(default_factory=list)
    least_members: int = 0
    foreign: dict[str, None] = field(default_factory=dict)

    def kinds(self) -> tuple[str, ...]:
        """The types to try, the likeliest first."""
        if self.types is not None:
            implied = [each for each in self.implied if each in self.types]
            return tuple(dict.fromkeys((*implied, *(each for each in self.types if each != "null"), *self.types)))
        return (
            tuple(dict.fromkeys((*self.implied, *_ORDER[2:], *_ORDER[:2]))) if self.implied else _ORDER[2:] + _ORDER[:2]
        )

    @property
    def is_map(self) -> bool:
        """Members without names in the schema are meant."""
        return bool(self.further or self.by_pattern or self.name_schemas)

    def member(self, name: str) -> Schema:
        """The schema of a member."""
        found = list(self.properties.get(name, ()))
        for pattern, schemas in self.by_pattern.items():
            expression = compiled(pattern)
            if expression is not None and expression.search(name):
                found += schemas
        return _both(found or self.further)

    def allows(self, name: str) -> bool:
        """No part of the schema forbids a member of this name."""
        return all(
            name in names or any((expression := compiled(each)) and expression.search(name) for each in patterns)
            for names, patterns in self.closed
        )

    def item(self, index: int) -> Schema:
        """The schema of an item."""
        return _both(self.prefix[index] if index < len(self.prefix) else self.items)

    def names(self) -> Iterator[str]:
        """Names for members that the schema does not name."""
        for each in self.name_schemas:
            yield from (str(value) for value in each.get("enum", ()))
            if "pattern" in each:
                yield from itertools.islice(matching(each["pattern"], shortest=int(each.get("minLength", 0))), 20)
            if "minLength" in each:
                yield "k" * int(each["minLength"])
        for pattern in self.by_pattern:
            yield from itertools.islice(matching(pattern), 20)
        yield from (f"key{number}" if number > 1 else "key" for number in range(1, 30))


def _both(schemas: list[Schema]) -> Schema:
    different = [each for index, each in enumerate(schemas) if each not in schemas[:index]]
    return {} if not different else different[0] if len(different) == 1 else {"allOf": different}


@dataclass(slots=True)
class Budget:
    """Steps that are left. Alternatives within alternatives are 2^depth, and no description is worth waiting for."""

    left: int

    def is_spent(self) -> bool:
        """One step more is one too many."""
        self.left -= 1
        return self.left < 0


@dataclass(slots=True)
class Spreader:
    """Spreads schemas of one table; when the budget is spent there are no more shapes."""

    defs: Mapping[str, Schema]
    budget: Budget = field(default_factory=lambda: Budget(MAX_STEPS))

    def shapes(self, schema: Schema) -> Iterator[Shape]:
        """Every way to take the alternatives, in the order of the schema."""
        yield from self.spread(Shape(), schema, within=())

    def spread(self, base: Shape, schema: Schema, *, within: tuple[str, ...]) -> Iterator[Shape]:
        """The shapes of the base together with the schema; `within` are references that led here."""
        if self.budget.is_spent() or len(within) > 60:
            return
        shape = merged(base, schema)
        if shape is None:
            return
        parts: list[list[Schema]] = []
        reference = schema.get("$ref")
        if reference is not None:
            if reference in within:
                return
            within = (*within, reference)
            parts.append([self.defs[reference]])
        parts += [[each] for each in schema.get("allOf", ())]
        if "if" in schema:
            parts.append([{"allOf": [schema["if"], schema.get("then", {})]}, schema.get("else", {})])
        parts += [schema[key] for key in ("oneOf", "anyOf") if key in schema]
        yield from self.joined(shape, parts, within=within, schema=schema)

    def joined(
        self, shape: Shape, parts: list[list[Schema]], *, within: tuple[str, ...], schema: Schema
    ) -> Iterator[Shape]:
        """The shape with one alternative of each part, after the other."""
        if not parts:
            yield from self.tagged(shape, schema, within=within)
            return
        first, *rest = parts
        if first is not schema.get("oneOf") and first is not schema.get("anyOf") and len(first) == 1:
            for each in self.spread(shape, first[0], within=within):
                yield from self.joined(each, rest, within=within, schema=schema)
            return
        taken = (self.taken(shape, first, option, within=within, schema=schema) for option in first)
        for each in in_turn(list(taken)):
            yield from self.joined(each, rest, within=within, schema=schema)

    def taken(
        self, shape: Shape, options: list[Schema], option: Schema, *, within: tuple[str, ...], schema: Schema
    ) -> Iterator[Shape]:
        """The shapes of one alternative: with the tag that tells it, if there is one, and then without."""
        for tag in self.tags(schema, option):
            for each in self.spread(shape, tag, within=within):
                yield from self.spread(each, option, within=within)
        for each in self.spread(shape, option, within=within):
            each.foreign |= dict.fromkeys(self.foreign(each, options, option))
            yield each

    def tags(self, schema: Schema, option: Schema) -> list[Schema]:
        """The member that tells, with a tag of this option."""
        known = schema.get("discriminator", {})
        mapping = known.get("mapping", {})
        return [
            {"properties": {known["propertyName"]: {"const": tag}}, "required": [known["propertyName"]]}
            for tag, reference in mapping.items()
            if option.get("$ref") == reference
        ]

    def tagged(self, shape: Shape, schema: Schema, *, within: tuple[str, ...]) -> Iterator[Shape]:
        """A base that names its kinds: one of these first, as nobody knows what the base alone would be."""
        known = schema.get("discriminator")
        if known is not None and "oneOf" not in schema and "anyOf" not in schema:
            for tag, reference in known["mapping"].items():
                of_tag = {"properties": {known["propertyName"]: {"const": tag}}, "required": [known["propertyName"]]}
                if reference in within:
                    yield from self.spread(shape, of_tag, within=within)
                else:
                    inner = without_base(self.defs[reference], within)
                    for each in self.spread(shape, of_tag, within=within):
                        yield from self.spread(each, inner, within=(*within, reference))
        yield shape

    def foreign(self, shape: Shape, options: list[Schema], taken: Schema) -> Iterator[str]:
        """Members of other alternatives that this one does not know."""
        for option in options:
            if option is not taken:
                for other in itertools.islice(self.spread(Shape(), option, within=()), 1):
                    yield from (
                        name for name in other.properties if name not in shape.properties and shape.allows(name)
                    )


def in_turn(sources: list[Iterator[T]]) -> Iterator[T]:
    """One of each source, then the next of each."""
    while sources:
        left = []
        for source in sources:
            for each in itertools.islice(source, 1):
                yield each
                left.append(source)
        sources = left


def without_base(schema: Schema, within: tuple[str, ...]) -> Schema:
    """A kind without the base that it extends, which is there already."""
    if "allOf" not in schema:
        return schema
    return {**schema, "allOf": [each for each in schema["allOf"] if each.get("$ref") not in within]}


def merged(base: Shape, schema: Schema) -> Shape | None:
    """The shape that keeps the schema's own keywords too; None if no value can."""
    shape = copy(base)
    for name in ("examples", "patterns", "items", "contains", "further", "closed", "name_schemas"):
        setattr(shape, name, list(getattr(base, name)))
    for name in ("implied", "required", "foreign"):
        setattr(shape, name, dict(getattr(base, name)))
    for name in ("properties", "by_pattern"):
        setattr(shape, name, {key: list(each) for key, each in getattr(base, name).items()})
    shape.prefix = [list(each) for each in base.prefix]
    shape.examples += schema.get("examples", [])
    if "default" in schema:
        shape.examples.append(schema["default"])
    for kind, words in _IMPLIED.items():
        if any(word in schema for word in words.split()):
            shape.implied[kind] = None
    if not _typed(shape, schema):
        return None
    _numbers(shape, schema)
    _texts(shape, schema)
    _arrays(shape, schema)
    _objects(shape, schema)
    return shape


def _typed(shape: Shape, schema: Schema) -> bool:
    if "type" in schema:
        wider = {*schema["type"], *(["integer"] if "number" in schema["type"] else [])}
        known = shape.types
        if known is None:
            shape.types = tuple(schema["type"])
        else:
            shape.types = tuple(each for each in known if each in wider) or tuple(
                each for each in schema["type"] if each == "integer" and "number" in known
            )
        if not shape.types:
            return False
    values = schema.get("enum", [schema["const"]] if "const" in schema else None)
    if values is not None:
        shape.values = list(values) if shape.values is None else [each for each in shape.values if each in values]
    return shape.values != []


def _numbers(shape: Shape, schema: Schema) -> None:
    for key, step in (("minimum", 0), ("exclusiveMinimum", 1)):
        if key in schema:
            low = schema[key] + step if not step or isinstance(schema[key], int) else schema[key]
            shape.low = low if shape.low is None else max(shape.low, low)
    for key, step in (("maximum", 0), ("exclusiveMaximum", 1)):
        if key in schema:
            high = schema[key] - step if not step or isinstance(schema[key], int) else schema[key]
            shape.high = high if shape.high is None else min(shape.high, high)
    if "multipleOf" in schema:
        step = schema["multipleOf"]
        shape.step = step if shape.step is None else shape.step * step


def _texts(shape: Shape, schema: Schema) -> None:
    shape.least_length = max(shape.least_length, int(schema.get("minLength", 0)))
    shape.most_length = _least(shape.most_length, schema.get("maxLength"))
    shape.patterns += [schema["pattern"]] if "pattern" in schema else []
    shape.format = shape.format or schema.get("format", "")


def _arrays(shape: Shape, schema: Schema) -> None:
    shape.least_items = max(shape.least_items, int(schema.get("minItems", 0)))
    shape.most_items = _least(shape.most_items, schema.get("maxItems"))
    shape.is_unique = shape.is_unique or schema.get("uniqueItems", False)
    shape.items += [schema["items"]] if "items" in schema else []
    shape.contains += [schema["contains"]] if "contains" in schema else []
    for index, each in enumerate(schema.get("prefixItems", ())):
        if index == len(shape.prefix):
            shape.prefix.append([])
        shape.prefix[index].append(each)


def _objects(shape: Shape, schema: Schema) -> None:
    for name, each in schema.get("properties", {}).items():
        shape.properties.setdefault(name, []).append(each)
    shape.required |= dict.fromkeys(schema.get("required", ()))
    for pattern, each in schema.get("patternProperties", {}).items():
        shape.by_pattern.setdefault(pattern, []).append(each)
    further = schema.get("additionalProperties")
    if further == {"not": {}}:
        shape.closed.append((frozenset(schema.get("properties", ())), tuple(schema.get("patternProperties", ()))))
    elif further is not None:
        shape.further.append(further)
    shape.name_schemas += [schema["propertyNames"]] if "propertyNames" in schema else []
    shape.least_members = max(shape.least_members, int(schema.get("minProperties", 0)))


def _least(one: int | None, other: float | None) -> int | None:
    return one if other is None else int(other) if one is None else min(one, int(other))
