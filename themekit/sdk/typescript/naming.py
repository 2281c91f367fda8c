"""The names of an API's types in TypeScript, unique in the one module where they stand."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from themekit.model.api_types import Constant, ListOf, MapOf, Nullable, Primitive
from themekit.sdk.typescript.layout import literal
from themekit.sdk.typescript.reach import reach_of
from themekit.sdk.typescript.reading import json_value
from themekit.sdk.typescript.spelling import pascal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from themekit.model.api import ApiModel
    from themekit.model.api_types import Declaration, PrimitiveKind, Type, TypeId
    from themekit.sdk.typescript.reach import Reach

Way = Literal["given", "got"]
"""Whether a value goes to the API or comes from it."""

PRIMITIVES: Mapping[PrimitiveKind, str] = {
    "any": "unknown",
    "string": "string",
    "boolean": "boolean",
    "integer": "number",
    "int32": "number",
    "number": "number",
    "float": "number",
    "date": "string",
    "date-time": "string",
    "base64": "string",
    "binary": "string",
    "null": "null",
}


@dataclass(frozen=True, slots=True)
class TypeNames:
    """How types are spelled. `taken` grows with the names that are made beside those of the API."""

    types: Mapping[TypeId, Declaration]
    reach: Reach
    names: Mapping[TypeId, str]
    inputs: Mapping[TypeId, str]
    taken: set[str] = field(default_factory=set)

    def free(self, name: str) -> str:
        """The name, or one like it that nothing has yet."""
        while name in self.taken:
            name += "_"
        self.taken.add(name)
        return name

    def spell(self, type_: Type, way: Way, *, scope: str = "") -> str:
        """A type as TypeScript writes it. `scope` stands before the names of declarations: `types.`."""
        if isinstance(type_, Primitive):
            is_file = type_.kind == "binary" and way == "given"
            return "core.Uploadable" if is_file else PRIMITIVES[type_.kind]
        if isinstance(type_, Constant):
            return literal(json_value(type_.value))
        if isinstance(type_, ListOf):
            inner = self.spell(type_.item, way, scope=scope)
            return f"({inner})[]" if isinstance(type_.item, Nullable) else f"{inner}[]"
        if isinstance(type_, MapOf):
            return f"{{ [key: string]: {self.spell(type_.value, way, scope=scope)} }}"
        if isinstance(type_, Nullable):
            return f"{self.spell(type_.inner, way, scope=scope)} | null"
        if type_.id not in self.names:
            return "unknown"
        is_input = way == "given" and type_.id in self.inputs
        return scope + (self.inputs if is_input else self.names)[type_.id]


def names_of(api: ApiModel) -> TypeNames:
    """The names of all declarations, and second ones for those that requests write in another way."""
    reach = reach_of(api)
    found = TypeNames(api.declarations(), reach, names := {}, inputs := {})
    for each in api.types:
        names[each.id] = found.free(pascal(each.name))
    for each in api.types:
        if each.id in reach.split:
            inputs[each.id] = found.free(f"{pascal(each.name)}Input")
    return found
