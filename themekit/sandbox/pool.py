"""What the sandbox's data says once and refers to by number: values, sets of headers, schemas."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from themekit.sandbox.schemas import Schema, SchemaTable
    from themekit.source.json_value import JsonValue

_UNUSED = frozenset(
    [
        "examples",
        "default",
        "discriminator",
        "readOnly",
        "writeOnly",
        "contentMediaType",
        "contentEncoding",
        "unevaluatedItems",
    ]
)


@dataclass(slots=True)
class Pool:
    """Values by number; equal ones have one number. Schemas refer to each other by number, as in `{"$ref": 3}`."""

    values: list[JsonValue] = field(default_factory=list)
    schemas: list[Any] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)
    _named: dict[tuple[str, str], int] = field(default_factory=dict)

    def value(self, value: JsonValue) -> int:
        """The number of a value."""
        text = json.dumps(value, ensure_ascii=False)
        if text not in self._numbers:
            self._numbers[text] = len(self.values)
            self.values.append(value)
        return self._numbers[text]

    def schema(self, schema: Schema, table: SchemaTable, *, is_strict: bool) -> int:
        """The number of a schema. Where it is not strict, one of `oneOf` may hold besides others."""
        target = schema["$ref"] if set(schema) == {"$ref"} else None
        if target is None:
            self.schemas.append(self._plain(schema, table, is_strict=is_strict))
            return len(self.schemas) - 1
        return self._number(target, table, is_strict=is_strict)

    def _number(self, name: str, table: SchemaTable, *, is_strict: bool) -> int:
        key = (table.direction, name)
        if key not in self._named:
            self._named[key] = len(self.schemas)
            self.schemas.append(None)
            self.schemas[self._named[key]] = self._plain(table.defs[name], table, is_strict=is_strict)
        return self._named[key]

    def _plain(self, schema: Schema, table: SchemaTable, *, is_strict: bool) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in schema.items():
            if key in _UNUSED:
                continue
            word = "anyOf" if key == "oneOf" and not is_strict and "anyOf" not in schema else key
            if key == "$ref":
                found[key] = self._number(value, table, is_strict=is_strict)
            elif key in {"properties", "patternProperties", "dependentSchemas"}:
                found[word] = {name: self._plain(each, table, is_strict=is_strict) for name, each in value.items()}
            elif key in _WITH_SCHEMAS:
                found[word] = self._inner(value, table, is_strict=is_strict)
            elif key == "type" and len(value) == 1:
                found[word] = value[0]
            else:
                found[word] = value
        return found

    def _inner(self, value: Any, table: SchemaTable, *, is_strict: bool) -> Any:  # noqa: ANN401 - schemas in any nesting
        if isinstance(value, list):
            return [self._plain(each, table, is_strict=is_strict) for each in value]
        return self._plain(value, table, is_strict=is_strict)


_WITH_SCHEMAS = frozenset(
    [
        "items",
        "not",
        "contains",
        "additionalProperties",
        "propertyNames",
        "if",
        "then",
        "else",
        "unevaluatedProperties",
        "allOf",
        "anyOf",
        "oneOf",
        "prefixItems",
    ]
)
