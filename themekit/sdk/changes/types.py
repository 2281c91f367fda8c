"""Two types to what changed, seen from the side that writes the values.

In a request the new type has to take all that the old one took; in an answer it may hold nothing that the old one did
not. So each rule has a direction, and one change of a type that is used in both has two.
"""

from __future__ import annotations

import json
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from themekit.model.api_change import ApiChange
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
from themekit.sdk.changes.limits import limit_changes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from themekit.model.api_change import Level
    from themekit.model.api_types import Declaration, Docs, Field, JsonText, Type, TypeId, Variant
    from themekit.model.origin import Origin
    from themekit.sdk.changes.limits import Direction

Shape = Primitive | Constant | ListOf | MapOf | ObjectType | EnumType | UnionType

MAX_DEPTH = 40  # types within types that are looked at at once, before others
_ANY = Primitive("any")
_WIDER: Mapping[str, frozenset[str]] = {
    "int32": frozenset({"integer", "number"}),
    "integer": frozenset({"number"}),
    "float": frozenset({"number"}),
    "date": frozenset({"string"}),
    "date-time": frozenset({"string"}),
    "base64": frozenset({"string"}),
}
"""What each kind of value is a case of."""


@dataclass(slots=True)
class TypeComparison:
    """What was found so far. Each pair of declarations is looked at once in each direction."""

    old: Mapping[TypeId, Declaration]
    new: Mapping[TypeId, Declaration]
    found: dict[tuple[str, str, str], ApiChange] = field(default_factory=dict)
    seen: set[tuple[str, str, str]] = field(default_factory=set)
    places: tuple[Origin | None, Origin | None] = (None, None)
    depth: int = 0
    later: deque[tuple[Type, Type, str, Direction]] = field(default_factory=deque)

    def compare(self, old: Type, new: Type, *, where: str, direction: Direction) -> None:
        """Look at what changed between two types at this place, and at all that they refer to."""
        if self.depth == MAX_DEPTH:  # thousands of types may refer to one another; Python's stack ends before
            self.later.append((old, new, where, direction))
            return
        self.depth += 1
        self._compare(old, new, where, direction)
        while self.depth == 1 and self.later:
            self._compare(*self.later.popleft())
        self.depth -= 1

    def _compare(self, old: Type, new: Type, where: str, direction: Direction) -> None:
        before, was_null = _shape(old, self.old)
        after, is_null = _shape(new, self.new)
        self._null(was_null, is_null, where, direction)
        if isinstance(before, _NAMED) or isinstance(after, _NAMED):
            key = (_key(before), _key(after), direction)
            if key in self.seen:
                return
            self.seen.add(key)
        self._shapes(before, after, where, direction)

    def report(self, rule: str, level: Level, where: str, words: str) -> None:
        """Take down one change; the same one at the same place is taken down once."""
        change = ApiChange(rule, level, "wire", where, words, *self.places)
        self.found.setdefault((rule, where, words), change)

    def _null(self, was: bool, now: bool, where: str, direction: Direction) -> None:  # noqa: FBT001 - a pair
        if was == now:
            return
        words = "may now be null" if now else "may not be null any more"
        is_felt = now if direction == "response" else was
        rule = f"{direction}-{'became' if now else 'not'}-nullable"
        self.report(rule, _level(is_felt, direction), where, words)

    def _shapes(self, old: Shape, new: Shape, where: str, direction: Direction) -> None:
        match old, new:
            case (ObjectType(), ObjectType()):
                self._objects(old, new, direction)
            case (ListOf(), ListOf()):
                self.compare(old.item, new.item, where=f"{where}[]", direction=direction)
            case (MapOf(), MapOf()):
                self.compare(old.value, new.value, where=f"{where}{{}}", direction=direction)
            case (UnionType(), UnionType()):
                self._unions(old, new, direction)
            case (Primitive(), Primitive()):
                self._primitives(old, new, where, direction)
            case _ if _values(old) is not None and _values(new) is not None:
                self._enums(old, new, where, direction)
            case _:
                self._kinds(old, new, where, direction)

    def _kinds(self, old: Shape, new: Shape, where: str, direction: Direction) -> None:
        """Of different kinds: one may still be a case of the other."""
        words = f"was {noun(old)}, is {noun(new)}"
        if self._is_case(old, new, direction):
            self.report(f"{direction}-type-widened", _level(direction == "response", direction), where, words)
        elif self._is_case(new, old, direction):
            self.report(f"{direction}-type-narrowed", _level(direction == "request", direction), where, words)
        else:
            self.report(f"{direction}-type-changed", "major", where, words)

    def _is_case(self, one: Shape, other: Shape, direction: Direction) -> bool:
        """Every value of one is a value of the other, as far as that can be told from the kinds alone."""
        if other == _ANY:
            return True
        if isinstance(other, Primitive) and other.kind == "string" and not other.format:
            values = _values(one)
            return values is not None and all(isinstance(json.loads(value), str) for value in values)
        if isinstance(other, UnionType):
            return any(self._is_same(one, each.type) for each in other.variants)
        return isinstance(one, ObjectType) and isinstance(other, MapOf) and direction == "request"

    def _is_same(self, one: Shape, other: Type) -> bool:
        for known in (self.old, self.new):
            if isinstance(other, Reference) and other.id not in known:
                continue
            if _key(_shape(other, known)[0]) == _key(one):
                return True
        return False

    def _primitives(self, old: Primitive, new: Primitive, where: str, direction: Direction) -> None:
        if old.kind != new.kind:
            words = f"was {noun(old)}, is {noun(new)}"
            if new.kind == "any" or new.kind in _WIDER.get(old.kind, ()):
                self.report(f"{direction}-type-widened", _level(direction == "response", direction), where, words)
            elif old.kind == "any" or old.kind in _WIDER.get(new.kind, ()):
                self.report(f"{direction}-type-narrowed", _level(direction == "request", direction), where, words)
            else:
                self.report(f"{direction}-type-changed", "major", where, words)
        elif old.format != new.format:
            words = f"the format was `{old.format or 'none'}`, is `{new.format or 'none'}`"
            is_felt = bool(new.format if direction == "request" else old.format)
            self.report(f"{direction}-format-changed", _level(is_felt, direction), where, words)

    def _enums(self, old: Shape, new: Shape, where: str, direction: Direction) -> None:
        before, after = _values(old) or (), _values(new) or ()
        place = next((_title(each) for each in (new, old) if isinstance(each, EnumType)), where)
        for value in before:
            if value not in after:
                words = f"the value {value} is gone"
                self.report(f"{direction}-value-removed", _level(direction == "request", direction), place, words)
        for value in after:
            if value not in before:
                # SDKs keep values that they do not know, so a new one in an answer is no break: callers are told of it.
                self.report(f"{direction}-value-added", "minor", place, f"the value {value} is new")

    def _unions(self, old: UnionType, new: UnionType, direction: Direction) -> None:
        if old.discriminator != new.discriminator:
            words = f"the discriminator was `{old.discriminator or 'none'}`, is `{new.discriminator or 'none'}`"
            self.report(f"{direction}-discriminator-changed", "major", _title(new), words)
        rest = list(new.variants)
        for variant in old.variants:
            other = next((each for each in rest if self._is_variant(variant, each)), None)
            if other is None:
                words = f"the variant `{'_'.join(variant.name)}` is gone"
                self.report(
                    f"{direction}-variant-removed", _level(direction == "request", direction), _title(new), words
                )
                continue
            rest.remove(other)
            self.compare(variant.type, other.type, where=f"{_title(new)}.{'_'.join(other.name)}", direction=direction)
        for each in rest:
            words = f"the variant `{'_'.join(each.name)}` is new"
            self.report(f"{direction}-variant-added", _level(direction == "response", direction), _title(new), words)

    def _is_variant(self, old: Variant, new: Variant) -> bool:
        if old.tags or new.tags:
            return bool(set(old.tags) & set(new.tags))
        if old.type == new.type or old.name == new.name:
            return True
        return _key(_shape(old.type, self.old)[0]) == _key(_shape(new.type, self.new)[0])

    def _objects(self, old: ObjectType, new: ObjectType, direction: Direction) -> None:
        hidden = "read" if direction == "request" else "write"
        before = {each.wire: each for each in old.fields if each.access != hidden}
        after = {each.wire: each for each in new.fields if each.access != hidden}
        for wire, one in before.items():
            if wire not in after:
                self.at(one.origin, new.origin)
                self.report(f"{direction}-field-removed", "major", f"{_title(new)}.{wire}", "the field is gone")
        for wire, one in after.items():
            if wire in before:
                self._fields(before[wire], one, f"{_title(new)}.{wire}", direction)
            else:
                self.at(old.origin, one.origin)
                is_felt = direction == "request" and one.is_required
                rule = f"{direction}-field-added{'-required' if is_felt else ''}"
                words = "the field is new, and required" if is_felt else "the field is new"
                self.report(rule, "major" if is_felt else "minor", f"{_title(new)}.{wire}", words)
        self._extra(old, new, direction)

    def _fields(self, old: Field, new: Field, where: str, direction: Direction) -> None:
        self.at(old.origin, new.origin)
        if old.is_required != new.is_required:
            is_felt = new.is_required if direction == "request" else old.is_required
            rule = f"{direction}-field-became-{'required' if new.is_required else 'optional'}"
            self.report(rule, _level(is_felt, direction), where, rule.rpartition("field-")[2].replace("-", " "))
        self.texts(old.docs, new.docs, where=where, direction=direction)
        self.compare(old.type, new.type, where=where, direction=direction)

    def texts(self, old: Docs, new: Docs, *, where: str, direction: Direction) -> None:
        """Look at limits, default and deprecation of a field or parameter."""
        for rule, level, words in limit_changes(old.limits, new.limits, direction=direction):
            self.report(rule, level, where, words)
        if old.default != new.default and direction == "request":
            words = f"the default was {old.default or 'none'}, is {new.default or 'none'}"
            self.report("request-default-changed", "major" if old.default is not None else "minor", where, words)
        if old.is_deprecated != new.is_deprecated:
            what = "deprecated" if new.is_deprecated else "not deprecated any more"
            rule = "deprecated" if new.is_deprecated else "undeprecated"
            self.report(rule, "minor" if new.is_deprecated else "patch", where, f"is {what}")

    def _extra(self, old: ObjectType, new: ObjectType, direction: Direction) -> None:
        if old.extra is not None and new.extra is not None:
            self.compare(old.extra, new.extra, where=f"{_title(new)}{{}}", direction=direction)
        elif old.extra is not None:
            self.report(f"{direction}-extra-removed", "major", _title(new), "takes no further members any more")
        elif new.extra is not None:
            self.report(f"{direction}-extra-added", "minor", _title(new), "takes further members")

    def at(self, old: Origin | None, new: Origin | None) -> None:
        """Where the changes that follow were written, in the old description and in the new one."""
        self.places = (old, new)


_NAMED = (ObjectType, EnumType, UnionType)


def _level(is_felt: bool, direction: Direction) -> Level:  # noqa: FBT001 - the one claim it turns into a level
    if is_felt:
        return "major"
    return "minor" if direction == "request" else "patch"


def _shape(of: Type, known: Mapping[TypeId, Declaration]) -> tuple[Shape, bool]:
    """What stands behind names, and whether it may be null."""
    is_null = False
    for _ in range(64):  # a longer chain of names is a circle, which the reader refuses
        if isinstance(of, Nullable):
            is_null, of = True, of.inner
        elif isinstance(of, Reference):
            declared = known[of.id]
            if not isinstance(declared, AliasType):
                return declared, is_null
            of = declared.target
        else:
            return of, is_null
    return _ANY, is_null


def _key(shape: Shape) -> str:
    return shape.id if isinstance(shape, _NAMED) else repr(shape)


def _values(shape: Shape) -> Sequence[JsonText] | None:
    if isinstance(shape, Constant):
        return (shape.value,)
    return tuple(member.value for member in shape.members) if isinstance(shape, EnumType) else None


def _title(declaration: ObjectType | EnumType | UnionType) -> str:
    """Its name as SDKs write it."""
    return "".join(word.capitalize() for word in declaration.name)


def noun(shape: Shape) -> str:
    """A shape in words."""
    match shape:
        case Primitive():
            return f"{shape.kind} ({shape.format})" if shape.format else shape.kind
        case Constant():
            return f"the value {shape.value}"
        case ListOf():
            return "a list"
        case MapOf():
            return "a map"
        case EnumType():
            return f"the values of `{_title(shape)}`"
        case UnionType():
            return f"one of `{_title(shape)}`"
        case _:
            return f"an object `{_title(shape)}`"
