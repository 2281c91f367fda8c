"""Whether a value fits a schema: enough of JSON Schema for examples, and never a doubt shown as a fault.

What is not looked at (formats, `not`, `if`, dependencies, …) fits. A reference that leads nowhere fits everything.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from themekit.diagnostics.printable import quoted
from themekit.source.json_value import as_number, child_pointer, json_type, noun

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from themekit.source.json_value import JsonObject, JsonValue

MAX_DEPTH = 40
MAX_PATTERN = 200
MAX_TEXT = 1000
"""A pattern may take time exponential in the text: longer ones are not tried."""

_RISKY = re.compile(r"[)\]+*}][+*]|[+*}]\)[+*{]")
"""Repetition of what repeats."""

_REPEATED = re.compile(r"[*+]|\{\d+,\d*\}")
MAX_STEPS = 10_000_000
"""Each repetition of a pattern may end at each character of the text."""


@dataclass(frozen=True, slots=True)
class ExampleFault:
    """The place in the value, and what does not fit there."""

    pointer: str
    message: str


@dataclass(frozen=True, slots=True)
class ExampleCheck:
    """Checks values. `resolved` follows a reference within the description."""

    resolved: Callable[[JsonValue], JsonValue]
    patterns: dict[str, re.Pattern[str] | None] = field(default_factory=dict)

    def fault(self, value: JsonValue, schema: JsonValue) -> ExampleFault | None:
        """The first thing that does not fit; None if all does."""
        return next(self._faults(value, schema, "", 0), None)

    def _faults(self, value: JsonValue, schema: JsonValue, pointer: str, depth: int) -> Iterator[ExampleFault]:
        found = self.resolved(schema)
        if not isinstance(found, dict) or depth > MAX_DEPTH:
            return
        if isinstance(beside := found.get("$ref"), str):
            del beside  # it leads to another file
            return
        if value is None and found.get("nullable") is True:
            return
        yield from self._of_kind(value, found, pointer)
        yield from self._of_parts(value, found, pointer, depth)
        for each in _list(found.get("allOf")):
            yield from self._faults(value, each, pointer, depth + 1)
        yield from self._of_choices(value, found, pointer, depth)

    def _of_kind(self, value: JsonValue, schema: JsonObject, pointer: str) -> Iterator[ExampleFault]:
        types = [each for each in _list_or_one(schema.get("type")) if isinstance(each, str)]
        if types and not any(_is_type(value, each) for each in types):
            yield ExampleFault(pointer, f"expected {' or '.join(types)}, found {noun(json_type(value))}")
            return
        values = schema.get("enum")
        if isinstance(values, list) and values and not any(_is_same(value, each) for each in values):
            yield ExampleFault(pointer, f"{quoted(_text(value))} is none of the values")
        if "const" in schema and not _is_same(value, schema["const"]):
            yield ExampleFault(pointer, f"{quoted(_text(value))} is not the one value that is allowed")
        if isinstance(value, str):
            yield from self._of_text(value, schema, pointer)
        elif (number := as_number(value)) is not None:
            yield from _of_number(number, schema, pointer)

    def _of_text(self, value: str, schema: JsonObject, pointer: str) -> Iterator[ExampleFault]:
        least, most = as_number(schema.get("minLength")), as_number(schema.get("maxLength"))
        if least is not None and len(value) < least:
            yield ExampleFault(pointer, f"it has {len(value)} characters, at least {least:g} are needed")
        if most is not None and len(value) > most:
            yield ExampleFault(pointer, f"it has {len(value)} characters, at most {most:g} are allowed")
        pattern = schema.get("pattern")
        if isinstance(pattern, str) and len(value) <= MAX_TEXT:
            steps = (len(value) + 1) ** min(20, 1 + len(_REPEATED.findall(pattern)))
            compiled = self._compiled(pattern) if steps <= MAX_STEPS else None
            if compiled is not None and not compiled.search(value):
                yield ExampleFault(pointer, f"{quoted(value)} does not match {quoted(pattern)}")

    def _compiled(self, pattern: str) -> re.Pattern[str] | None:
        """None for what Python reads otherwise than JavaScript, or what may take long."""
        if pattern not in self.patterns:
            try:
                is_tried = len(pattern) <= MAX_PATTERN and not _RISKY.search(pattern)
                self.patterns[pattern] = re.compile(pattern) if is_tried else None
            except (re.error, OverflowError, RecursionError):
                self.patterns[pattern] = None
        return self.patterns[pattern]

    def _of_parts(self, value: JsonValue, schema: JsonObject, pointer: str, depth: int) -> Iterator[ExampleFault]:
        if isinstance(value, list):
            yield from _of_count(len(value), schema, pointer)
            for index, each in enumerate(value):
                yield from self._faults(each, schema.get("items"), f"{pointer}/{index}", depth + 1)
        elif isinstance(value, dict):
            yield from self._of_members(value, schema, pointer, depth)

    def _of_members(self, value: JsonObject, schema: JsonObject, pointer: str, depth: int) -> Iterator[ExampleFault]:
        properties = schema.get("properties")
        known = properties if isinstance(properties, dict) else {}
        for name in _list(schema.get("required")):
            if isinstance(name, str) and name not in value and not self._is_one_way(known.get(name)):
                yield ExampleFault(pointer, f"{quoted(name)} is required, and absent")
        more = schema.get("additionalProperties")
        for name, each in value.items():
            own = child_pointer(pointer, name)
            if name in known:
                yield from self._faults(each, known[name], own, depth + 1)
            elif more is False and not schema.get("patternProperties"):
                yield ExampleFault(own, f"{quoted(name)} is no property")
            else:
                yield from self._faults(each, more, own, depth + 1)

    def _is_one_way(self, schema: JsonValue) -> bool:
        """It is in answers only, or in requests only: whose example this is, is not known here."""
        found = self.resolved(schema)
        return isinstance(found, dict) and (found.get("readOnly") is True or found.get("writeOnly") is True)

    def _of_choices(self, value: JsonValue, schema: JsonObject, pointer: str, depth: int) -> Iterator[ExampleFault]:
        for key in ("anyOf", "oneOf"):
            choices = _list(schema.get(key))
            if choices and all(next(self._faults(value, each, "", depth + 1), None) is not None for each in choices):
                yield ExampleFault(pointer, f"it fits none of the {len(choices)} schemas of `{key}`")


def _of_number(value: float, schema: JsonObject, pointer: str) -> Iterator[ExampleFault]:
    least, most = as_number(schema.get("minimum")), as_number(schema.get("maximum"))
    if least is not None and (value < least or (schema.get("exclusiveMinimum") is True and value == least)):
        yield ExampleFault(pointer, f"{value:g} is less than {least:g}")
    if most is not None and (value > most or (schema.get("exclusiveMaximum") is True and value == most)):
        yield ExampleFault(pointer, f"{value:g} is more than {most:g}")


def _of_count(count: int, schema: JsonObject, pointer: str) -> Iterator[ExampleFault]:
    least, most = as_number(schema.get("minItems")), as_number(schema.get("maxItems"))
    if least is not None and count < least:
        yield ExampleFault(pointer, f"it has {count} items, at least {least:g} are needed")
    if most is not None and count > most:
        yield ExampleFault(pointer, f"it has {count} items, at most {most:g} are allowed")


def _is_type(value: JsonValue, name: str) -> bool:
    if name == "integer":
        return isinstance(value, int | float) and not isinstance(value, bool) and value % 1 == 0
    return json_type(value) == name


def _is_same(one: JsonValue, other: JsonValue) -> bool:
    return json_type(one) == json_type(other) and one == other


def _text(value: JsonValue) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _list(value: JsonValue) -> list[JsonValue]:
    return value if isinstance(value, list) else []


def _list_or_one(value: JsonValue) -> list[JsonValue]:
    return value if isinstance(value, list) else [value]
