"""Types of the model as annotations, and as the codecs that make such values of JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
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
    UnionType,
)
from themekit.sdk.python.literals import json_value, string
from themekit.sdk.python.names import class_name

if TYPE_CHECKING:
    from themekit.model.api_types import Declaration, Type, TypeId

_PLAIN = {
    "any": "Any",
    "string": "str",
    "boolean": "bool",
    "integer": "int",
    "int32": "int",
    "number": "float",
    "float": "float",
    "date": "datetime.date",
    "date-time": "datetime.datetime",
    "base64": "bytes",
    "binary": "bytes",
    "null": "None",
}
_GIVEN = {"date": "datetime.date | str", "date-time": "datetime.datetime | str", "binary": "FileInput"}
_SCALARS = {"date": "DATE", "date-time": "DATE_TIME", "base64": "BYTES"}
_KINDS = {"string": "STRING", "boolean": "BOOLEAN", "integer": "NUMBER", "int32": "NUMBER", "number": "NUMBER"}


@dataclass(frozen=True, slots=True)
class Types:
    """The declarations of an API, and what was found out about them."""

    by_id: dict[TypeId, Declaration]
    _classes: dict[str, Declaration] = field(default_factory=dict)
    _codecs: dict[TypeId, str] = field(default_factory=dict)
    _holds: dict[TypeId, bool] = field(default_factory=dict)
    _nullable: dict[TypeId, bool] = field(default_factory=dict)

    @property
    def classes(self) -> dict[str, Declaration]:
        """The declarations by the names they have in Python."""
        if not self._classes:
            self._classes.update((class_name(each.name), each) for each in self.by_id.values())
        return self._classes

    def name(self, reference: Reference) -> str:
        """The class or alias that a reference means."""
        return class_name(self.by_id[reference.id].name)

    def resolved(self, of: Type) -> Type | Declaration:
        """The type, or the declaration that is no other name of a type; null beside it is left out."""
        seen: set[TypeId] = set()
        while True:
            if isinstance(of, Nullable):
                of = of.inner
            elif isinstance(of, Reference) and of.id not in seen:
                seen.add(of.id)
                found = self.by_id[of.id]
                if not isinstance(found, AliasType):
                    return found
                of = found.target
            else:
                return of

    def is_nullable(self, of: Type) -> bool:
        """Null is one of its values."""
        seen: set[TypeId] = set()
        while isinstance(of, Reference) and of.id not in seen:
            seen.add(of.id)
            found = self.by_id[of.id]
            if isinstance(found, UnionType):  # of thousands of variants, which thousands of members may refer to
                if of.id not in self._nullable:
                    self._nullable[of.id] = any(
                        isinstance(each.type, Nullable) or each.type == Primitive("null") for each in found.variants
                    )
                return self._nullable[of.id]
            if not isinstance(found, AliasType):
                return False
            of = found.target
        return isinstance(of, Nullable) or (isinstance(of, Primitive) and of.kind in {"null", "any"})

    def answer(self, of: Type, *, lists: str = "list", maps: str = "dict") -> str:
        """The annotation of a value that comes from the API."""
        if isinstance(of, Primitive):
            return _PLAIN[of.kind]
        if isinstance(of, Constant):
            return constant(of)
        if isinstance(of, ListOf):
            return f"{lists}[{self.answer(of.item, lists=lists, maps=maps)}]"
        if isinstance(of, MapOf):
            return f"{maps}[str, {self.answer(of.value, lists=lists, maps=maps)}]"
        if isinstance(of, Nullable):
            return f"{self.answer(of.inner, lists=lists, maps=maps)} | None"
        return self.name(of)

    def parameter(self, of: Type) -> str:
        """The annotation of a value that a program gives: what can be read as such a value will do."""
        if isinstance(of, Primitive):
            return _GIVEN.get(of.kind, _PLAIN[of.kind])
        if isinstance(of, Constant):
            return constant(of)
        if isinstance(of, ListOf):
            return f"Sequence[{self.parameter(of.item)}]"
        if isinstance(of, MapOf):
            return f"Mapping[str, {self.parameter(of.value)}]"
        if isinstance(of, Nullable):
            return f"{self.parameter(of.inner)} | None"
        return self._declared_parameter(of)

    def _declared_parameter(self, of: Reference) -> str:
        found = self.by_id[of.id]
        if isinstance(found, AliasType) and not found.is_recursive:
            return self.parameter(found.target)
        if self.holds_objects(of.id):
            return f"{self.name(of)} | Mapping[str, Any]"
        return self.name(of)

    def holds_objects(self, of: TypeId) -> bool:
        """A data class is one of its values: a mapping will do for it."""
        if of not in self._holds:
            self._holds[of] = False  # while it is looked at, for those that lead back
            found = self.by_id[of]
            if isinstance(found, UnionType):
                inner = [self.resolved(each.type) for each in found.variants]
                self._holds[of] = any(
                    isinstance(each, ObjectType) or (isinstance(each, UnionType) and self.holds_objects(each.id))
                    for each in inner
                )
            else:
                self._holds[of] = isinstance(found, ObjectType)
        return self._holds[of]

    def codec(self, of: Type) -> str:
        """The codec as an expression, "" for values that are as JSON has them."""
        if isinstance(of, Primitive):
            return _SCALARS.get(of.kind, "")
        if isinstance(of, ListOf):
            inner = self.codec(of.item)
            return f"ListOf({inner})" if inner else ""
        if isinstance(of, MapOf):
            inner = self.codec(of.value)
            return f"MapOf({inner})" if inner else ""
        if isinstance(of, Nullable):
            return self.codec(of.inner)
        return self._named(of.id) if isinstance(of, Reference) else ""

    def _named(self, of: TypeId) -> str:
        if of not in self._codecs:
            found = self.by_id[of]
            own = string(class_name(found.name))
            if isinstance(found, EnumType):
                self._codecs[of] = ""
            elif isinstance(found, AliasType):
                self._codecs[of] = own if found.is_recursive else self.codec(found.target)
            else:
                self._codecs[of] = own
        return self._codecs[of]

    def variant_codec(self, of: Type) -> str:
        """The codec of a union's variant, which must tell kinds of JSON values apart."""
        codec = self.codec(of)
        if codec:
            return codec
        found = self.resolved(of)
        if isinstance(found, Primitive):
            return f"Kind.{_KINDS.get(found.kind, 'ANY')}" if found.kind != "null" else ""
        if isinstance(found, Constant):
            return f"Kind.{_kind_of(found)}"
        if isinstance(found, EnumType):
            return "Kind.STRING" if found.kind == "string" else "Kind.NUMBER"
        return "Kind.LIST" if isinstance(found, ListOf) else "Kind.MAP" if isinstance(found, MapOf) else "Kind.ANY"


def _kind_of(of: Constant) -> str:
    content = json.loads(of.value)
    return "BOOLEAN" if isinstance(content, bool) else "STRING" if isinstance(content, str) else "NUMBER"


def constant(of: Constant) -> str:
    """The annotation of one value; Python has no literal types of fractions."""
    content = json.loads(of.value)
    return "float" if isinstance(content, float) else f"Literal[{json_value(of.value)}]"
