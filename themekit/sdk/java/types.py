"""Types of an API as types of Java, each with the expression that reads it from plain JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from themekit.model.api_types import (
    AliasType,
    Constant,
    EnumType,
    ListOf,
    MapOf,
    Nullable,
    ObjectType,
    Primitive,
    Reference,
    Type,
    UnionType,
)
from themekit.sdk.java.names import Names, names_of

if TYPE_CHECKING:
    from themekit.model.api import ApiModel, Group, Operation
    from themekit.model.api_types import Declaration, Name, TypeId
    from themekit.model.outline import OperationId
    from themekit.sdk.java.operations import Plan

MAX_ALIASES = 64  # a longer chain of names is a circle


@dataclass(frozen=True, slots=True)
class JavaType:
    """`name` as declared, `boxed` within `<…>`, and a function from plain JSON. Imports are full names."""

    name: str
    boxed: str
    reader: str
    imports: frozenset[str] = frozenset()

    @property
    def is_primitive(self) -> bool:
        """It cannot be null."""
        return self.name != self.boxed


def _plain(name: str, reader: str, *imports: str) -> JavaType:
    return JavaType(name, name, f"WireValues::{reader}", frozenset(imports))


ANY = _plain("Object", "any")
STRING = _plain("String", "string")
LONG = JavaType("long", "Long", "WireValues::int64")
DOUBLE = JavaType("double", "Double", "WireValues::number")
BOOLEAN = JavaType("boolean", "Boolean", "WireValues::bool")
UPLOAD = _plain("Upload", "upload")

PRIMITIVES = {
    "any": ANY,
    "null": ANY,
    "string": STRING,
    "boolean": BOOLEAN,
    "integer": LONG,
    "int32": JavaType("int", "Integer", "WireValues::int32"),
    "number": DOUBLE,
    "float": DOUBLE,
    "date": _plain("LocalDate", "date", "java.time.LocalDate"),
    "date-time": _plain("OffsetDateTime", "dateTime", "java.time.OffsetDateTime"),
    "base64": _plain("byte[]", "bytes"),
    "binary": UPLOAD,
}
_ENUMS = {"string": STRING, "integer": LONG, "number": DOUBLE}


@dataclass(frozen=True, slots=True)
class JavaApi:
    """An API with its names in Java, and what is looked up often."""

    api: ApiModel
    names: Names
    declared: dict[TypeId, Declaration]
    groups: dict[Name, tuple[Group, tuple[Operation, ...]]]
    cached: dict[Type, JavaType] = field(default_factory=dict, compare=False)
    planned: dict[OperationId, Plan] = field(default_factory=dict, compare=False)

    def type_of(self, wanted: Type) -> JavaType:
        """The type in Java. A type that contains itself is an `Object` there."""
        found = self.cached.get(wanted)
        if found is None:
            found = self.cached[wanted] = self._type(wanted, frozenset())
        return found

    def _type(self, wanted: Type, above: frozenset[TypeId]) -> JavaType:
        if isinstance(wanted, Primitive):
            return PRIMITIVES[wanted.kind]
        if isinstance(wanted, Constant):
            return constant_type(json.loads(wanted.value))
        if isinstance(wanted, Nullable):
            inner = self._type(wanted.inner, above)
            return replace(inner, name=inner.boxed, reader=f"WireValues.nullable({inner.reader})")
        if isinstance(wanted, ListOf):
            return _collection("List", self._type(wanted.item, above))
        if isinstance(wanted, MapOf):
            return _collection("Map", self._type(wanted.value, above))
        return self._declared(wanted, above)

    def _declared(self, wanted: Reference, above: frozenset[TypeId]) -> JavaType:
        found = self.declared[wanted.id]
        if isinstance(found, EnumType):
            return _ENUMS[found.kind]
        if isinstance(found, AliasType):
            return ANY if wanted.id in above else self._type(found.target, above | {wanted.id})
        name = self.names.types[wanted.id]
        return JavaType(name, name, f"{name}::from")

    def followed(self, wanted: Type) -> Type:
        """The type behind names of lists, maps and primitives."""
        for _ in range(MAX_ALIASES):
            if not isinstance(wanted, Reference):
                return wanted
            found = self.declared[wanted.id]
            if not isinstance(found, AliasType):
                return wanted
            wanted = found.target
        return Primitive("any")

    def declaration(self, wanted: Type) -> Declaration | None:
        """The object, union or enumeration that this is, if it is one."""
        found = self.followed(wanted)
        return self.declared[found.id] if isinstance(found, Reference) else None

    def object_type(self, wanted: Type) -> ObjectType | None:
        """The object type that this is, if it is one."""
        found = self.declaration(wanted)
        return found if isinstance(found, ObjectType) else None


def java_api(api: ApiModel) -> JavaApi:
    """The API with its names in Java."""
    operations = api.by_group()
    groups = {each.name: (each, operations[each.name]) for each in api.groups}
    return JavaApi(api, names_of(api), api.declarations(), groups)


def constant_type(value: object) -> JavaType:
    """The type of one JSON value."""
    if isinstance(value, bool):
        return BOOLEAN
    if isinstance(value, int):
        return LONG
    if isinstance(value, float):
        return DOUBLE
    return STRING if isinstance(value, str) else ANY


def _collection(kind: str, item: JavaType) -> JavaType:
    name = f"List<{item.boxed}>" if kind == "List" else f"Map<String, {item.boxed}>"
    reader = f"WireValues.{kind.lower()}Of({item.reader})"
    return JavaType(name, name, reader, item.imports | {f"java.util.{kind}"})


def leaves(java: JavaApi, union: UnionType) -> tuple[TypeId, ...] | None:
    """The object types that the union can be, those of unions within it too; None if it can be something else."""
    found: dict[TypeId, None] = {}
    waiting, seen = [union], {union.id}
    while waiting:
        for variant in waiting.pop(0).variants:
            declared = java.declaration(variant.type)
            if isinstance(declared, ObjectType):
                found[declared.id] = None
            elif isinstance(declared, UnionType):
                if declared.id not in seen:
                    seen.add(declared.id)
                    waiting.append(declared)
            else:
                return None
    return tuple(found)
