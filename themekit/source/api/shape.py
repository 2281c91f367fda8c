"""What a schema says, as one value, and what single schemas say at a glance."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from themekit.source.api.names import word_set

if TYPE_CHECKING:
    from themekit.source.api.reading import At
    from themekit.source.json_value import JsonValue

ALL_KINDS = frozenset({"null", "boolean", "object", "array", "number", "integer", "string"})

COMBINING = ("allOf", "oneOf", "anyOf")
UNITING = ("oneOf", "anyOf")
SAYING = word_set(
    """$ref $dynamicRef type enum const properties required items prefixItems additionalProperties patternProperties
    unevaluatedProperties allOf oneOf anyOf format contentEncoding contentMediaType discriminator"""
)
"""Keywords that make a type another one; all others are texts, limits or examples."""


@dataclass(frozen=True, slots=True)
class Union:
    """Alternatives: `oneOf` or `anyOf` of a schema, with its discriminator."""

    keyword: str
    owner: At
    branches: tuple[At, ...]
    discriminator: At | None = None


@dataclass(slots=True)
class Shape:
    """What a schema says, all its parts together."""

    at: At
    kinds: frozenset[str] = ALL_KINDS
    has_kinds: bool = False
    is_nullable: bool = False
    is_impossible: bool = False
    values: list[JsonValue] | None = None
    format: str = ""
    encoding: str = ""
    media_type: str = ""
    members: dict[str, list[At]] = field(default_factory=dict)
    required: dict[str, None] = field(default_factory=dict)
    is_closed: bool = False
    extra: list[At] = field(default_factory=list)
    items: list[At] = field(default_factory=list)
    tuple_items: list[At] = field(default_factory=list)
    unions: list[Union] = field(default_factory=list)
    leaves: list[At] = field(default_factory=list)
    discriminator: At | None = None

    @property
    def allows_null(self) -> bool:
        """Null is one of its values."""
        if self.is_nullable:
            return True
        if self.values is not None:
            return None in self.values and (not self.has_kinds or "null" in self.kinds)
        return self.has_kinds and "null" in self.kinds

    @property
    def is_object(self) -> bool:
        """It is an object and nothing else, null apart."""
        return bool(self.kinds - {"null"}) and self.kinds - {"null"} == {"object"}


def says_nothing(value: JsonValue) -> bool:
    """The schema makes no type another one: texts and limits only."""
    return value is True or (isinstance(value, dict) and not any(key in SAYING for key in value))


def is_null(value: JsonValue) -> bool:
    """The schema of null alone."""
    if not isinstance(value, dict):
        return False
    if value.get("type") in ("null", ["null"]) or ("const" in value and value["const"] is None):
        return True
    return value.get("enum") == [None] or (value.get("nullable") is True and says_nothing(value))
