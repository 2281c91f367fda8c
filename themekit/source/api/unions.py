"""Alternatives of schemas: `oneOf`, `anyOf`, and a base whose discriminator tells its children apart.

What is one type after all becomes that type: alternatives that are equal, null beside one other, texts with texts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from themekit.diagnostics.printable import quoted
from themekit.model.api_types import (
    Constant,
    EnumType,
    ListOf,
    MapOf,
    Nullable,
    ObjectType,
    Primitive,
    Reference,
    UnionType,
    Variant,
)
from themekit.source.api.docs import docs_of, one_line
from themekit.source.api.enums import declared_enum, strip_null
from themekit.source.api.names import Scope, value_words
from themekit.source.api.reading import At, json_text
from themekit.source.api.shape import SAYING, is_null, says_nothing
from themekit.source.api.tags import Tags
from themekit.source.api.type_names import without_start

if TYPE_CHECKING:
    from themekit.model.api_types import Declaration, JsonText, Name, Type, TypeId
    from themekit.source.api.shape import Shape, Union
    from themekit.source.api.types import Types
    from themekit.source.json_value import JsonValue

MAX_DEPTH = 3  # how often alternatives are multiplied with alternatives
MAX_VARIANTS = 500
MAX_MULTIPLIED = 5000

_FILE = Primitive("binary")
_VALIDATING = frozenset({"required", "type"})


@dataclass(slots=True)
class Unions:
    """Makes the types of alternatives."""

    types: Types
    tags: Tags = field(init=False)
    multiplied: int = 0

    def __post_init__(self) -> None:
        """What tells variants apart is read from the same schemas."""
        self.tags = Tags(self.types.reading, self.types.shapes)

    def of(self, shape: Shape) -> Type | None:
        """The type of a shape that has alternatives; None if it has none."""
        unions = [each for each in shape.unions if not self._only_validates(each, shape)]
        if unions:
            return self._united(shape, unions)
        if shape.discriminator is not None and shape.at.mark != "base":
            return self._base(shape, shape.discriminator)
        return None

    def _only_validates(self, union: Union, shape: Shape) -> bool:
        """All branches say what must be there, and nothing about its type."""

        def validates(at: At) -> bool:
            own = {key for key in at.members if key in SAYING}
            return own <= _VALIDATING and "required" in own

        return bool(shape.members) and all(validates(each) or says_nothing(each.value) for each in union.branches)

    def _united(self, shape: Shape, unions: list[Union]) -> Type:
        union, *others = unions
        is_nullable = any(is_null(each.value) for each in union.branches)
        branches = [each for each in union.branches if not is_null(each.value)]
        if len(branches) > MAX_VARIANTS:
            self.types.reading.limit(union.owner, f"a schema has more than {MAX_VARIANTS} alternatives")
            return Primitive("any")
        if others or self._has_own_members(shape, branches):
            if shape.at.depth >= MAX_DEPTH:
                self.types.reading.unsupported(shape.at, "alternatives are nested too deeply to be told apart")
                return Primitive("any")
            self.multiplied += len(branches)
            if self.multiplied > MAX_MULTIPLIED:
                self.types.reading.limit(union.owner, f"alternatives make more than {MAX_MULTIPLIED:,} schemas")
                return Primitive("any")
            branches = [self._with_rest(shape, union, others=others, branch=each) for each in branches]
        made = self._type(shape, union, branches=branches)
        if not is_nullable or isinstance(made, Nullable) or made in (Primitive("any"), Primitive("null")):
            return made
        return Nullable(made)

    def _has_own_members(self, shape: Shape, branches: list[At]) -> bool:
        """Members stand beside the alternatives that these have not themselves."""
        own = shape.members.keys()
        if not own:
            return False
        return any(not own <= self._shape(each).members.keys() for each in branches)

    def _shape(self, at: At) -> Shape:
        return self.types.shapes.shape(self.types.shapes.settle(at).at)

    def _with_rest(self, shape: Shape, union: Union, *, others: list[Union], branch: At) -> At:
        """The branch together with all that stands beside it."""
        rest = tuple(_alone(each) for each in others)
        settled = self.types.shapes.settle(branch).at
        parts = (*shape.leaves, *rest, branch)
        return At(None, branch.path, settled.pointer, f"@{union.owner.pointer}", parts, shape.at.depth + 1)

    def _type(self, shape: Shape, union: Union, *, branches: list[At]) -> Type:
        enumeration = self._enumeration(shape, branches)
        if enumeration is not None:
            return enumeration
        found: dict[Type, At] = {}
        is_nullable = False
        for branch in branches:
            if branch.value is False:
                continue
            type_ = self.types.type_of(branch)
            is_nullable |= isinstance(type_, Nullable) or type_ == Primitive("null")
            if type_ != Primitive("null"):
                found.setdefault(strip_null(type_), branch)
        made = self._made(shape, union, found=_absorbed(found, self.types.declared))
        return Nullable(made) if is_nullable and made not in (Primitive("any"), Primitive("null")) else made

    def _made(self, shape: Shape, union: Union, *, found: dict[Type, At]) -> Type:
        if not found or Primitive("any") in found:
            return Primitive("any")
        if len(found) == 1:
            return next(iter(found))
        if set(found) == {_FILE, ListOf(_FILE)}:
            return ListOf(_FILE)  # one file or several: one is sent as several are
        id_, name = self.types.id_of(shape.at)
        if Reference(id_) in found:
            self.types.reading.warn(shape.at, "one of the alternatives is the schema itself")
            found = {type_: at for type_, at in found.items() if type_ != Reference(id_)}
            if len(found) == 1:
                return next(iter(found))
        discriminator, tags = self._told_apart(union.discriminator, found)
        names = variant_names(name, list(found))
        variants = [
            Variant(words, type_, tags.get(at.key, ())) for (type_, at), words in zip(found.items(), names, strict=True)
        ]
        return self._declared(shape, variants, discriminator=discriminator)

    def _declared(self, shape: Shape, variants: list[Variant], *, discriminator: str) -> Reference:
        id_, name = self.types.id_of(shape.at)
        docs = docs_of([shape.at])
        self.types.declared[id_] = UnionType(id_, name, tuple(variants), discriminator, docs, shape.at.origin)
        return Reference(id_)

    def _told_apart(self, said: At | None, found: dict[Type, At]) -> tuple[str, dict[str, tuple[str, ...]]]:
        """The member that tells the variants apart, and its values by the keys of these; "" if there is none."""
        if not all(_is_object(type_, self.types.declared) for type_ in found):
            return "", {}
        branches = list(found.values())
        if said is None:
            return self.tags.recognised(branches)
        return self.tags.said(said, branches)

    def _enumeration(self, shape: Shape, branches: list[At]) -> Type | None:
        """One enumeration, if every branch lists texts."""
        values: dict[JsonText, JsonValue] = {}
        names: dict[JsonText, tuple[str, str]] = {}
        for branch in branches:
            own = self._shape(branch)
            if not own.values or own.unions or not all(isinstance(each, str) for each in own.values):
                return None
            for value in own.values:
                values.setdefault(json_text(value), value)
            if len(own.values) == 1:
                members = branch.members
                names[json_text(own.values[0])] = one_line(members.get("title")), one_line(members.get("description"))
        if not values:
            return None
        if len(values) == 1:
            return Constant(next(iter(values)))
        return declared_enum(self.types, shape.at, values=values, named_by=names)

    def _base(self, shape: Shape, discriminator: At) -> Type | None:
        """The union of a base and its children, which take it by `allOf`; None if there are none."""
        children = self.tags.children(shape.at, discriminator)
        property_ = self.types.reading.text(discriminator, "propertyName")
        if not children or not property_:
            return None
        found: dict[Type, tuple[str, ...]] = {}
        for child, tags in children:
            if self.types.shapes.settle(child).at.key == shape.at.key:
                child_type = self._own_object(shape)
            else:
                child_type = strip_null(self.types.type_of(child))
            if not _is_object(child_type, self.types.declared):
                self.types.reading.warn(child, f"{quoted(property_)} cannot tell this schema from others")
                return None
            found[child_type] = (*found.get(child_type, ()), *tags)
        own = self._own_object(shape)
        if len(found) == 1 and _is_object(own, self.types.declared):
            found.setdefault(own, ())
        if len(found) == 1:
            return next(iter(found))
        names = variant_names(self.types.id_of(shape.at)[1], list(found))
        variants = [Variant(words, type_, tags) for (type_, tags), words in zip(found.items(), names, strict=True)]
        return self._declared(shape, variants, discriminator=property_)

    def _own_object(self, shape: Shape) -> Type:
        """The base's own members, as an object."""
        at = shape.at
        return strip_null(self.types.type_of(At(None, at.path, at.pointer, "base", tuple(shape.leaves))))


def _alone(union: Union) -> At:
    """Alternatives without what stands beside them."""
    owner = union.owner
    members: dict[str, JsonValue] = {union.keyword: owner.members[union.keyword]}
    if "discriminator" in owner.members:
        members["discriminator"] = owner.members["discriminator"]
    return At(members, owner.path, owner.pointer, f"{owner.mark}-{union.keyword}")


def _is_object(type_: Type, declared: dict[TypeId, Declaration]) -> bool:
    """It is an object with members, or a union of such."""
    pending, seen = [type_], set()
    while pending:
        each = pending.pop()
        found = declared.get(each.id) if isinstance(each, Reference) else None
        if isinstance(found, UnionType) and found.id not in seen:
            seen.add(found.id)
            pending.extend(variant.type for variant in found.variants)
        elif not isinstance(found, ObjectType | UnionType):
            return False
    return True


def _absorbed(found: dict[Type, At], declared: dict[TypeId, Declaration]) -> dict[Type, At]:
    """Without types that another one includes: a text with a format in a text, an integer in a number."""
    has_number = any(isinstance(each, Primitive) and each.kind in ("number", "float") for each in found)
    plain = [each for each in found if isinstance(each, Primitive) and each.kind == "string"]
    text = Primitive("string", plain[0].format if len(plain) == 1 and len(found) == 1 else "")
    kept: dict[Type, At] = {}
    for type_, at in found.items():
        kind = json_kind(type_, declared)
        if kind == "string" and plain:
            kept.setdefault(text, at)
        elif kind in ("integer", "number") and has_number:
            kept.setdefault(Primitive("number"), at)
        else:
            kept[type_] = at
    return kept


def json_kind(type_: Type, declared: dict[TypeId, Declaration]) -> str:
    """What the type is in JSON, if that is a text or a number, else ""."""
    if isinstance(type_, Constant):
        return "string" if type_.value.startswith('"') else "integer" if re.fullmatch(r"-?\d+", type_.value) else ""
    if isinstance(type_, Reference):
        found = declared.get(type_.id)
        return found.kind if isinstance(found, EnumType) else ""
    if not isinstance(type_, Primitive):
        return ""
    if type_.kind in ("string", "date", "date-time", "base64"):
        return "string"
    if type_.kind in ("integer", "int32"):
        return "integer"
    return "number" if type_.kind in ("number", "float") else ""


def variant_names(union: Name, types: list[Type]) -> list[Name]:
    """Names of a union's variants: those of their types, without the union's own at the start."""
    scope = Scope()
    found = []
    for type_ in types:
        words = type_words(type_)
        shorter = without_start(words, union)
        found.append(scope.unique(shorter if shorter[0][0].isalpha() else words))
    return found


def type_words(type_: Type) -> Name:
    """What to call a value of the type."""
    if isinstance(type_, Reference):
        return tuple(type_.id.split("_"))
    if isinstance(type_, ListOf):
        return (*type_words(type_.item), "list")
    if isinstance(type_, MapOf):
        return (*type_words(type_.value), "map")
    if isinstance(type_, Nullable):
        return type_words(type_.inner)
    if isinstance(type_, Constant):
        words = value_words(type_.value.strip('"'))
        return words if words[0][0].isalpha() else ("value", *words)
    return {"int32": ("integer",), "float": ("number",), "date-time": ("date", "time")}.get(type_.kind, (type_.kind,))
