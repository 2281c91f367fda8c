"""The Go type of every type of an API, and the names of its declarations."""

from __future__ import annotations

import json
from collections import Counter
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
from themekit.sdk.go.names import Scope, exported

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from themekit.model.api_types import Declaration, Docs, Field, Type, TypeId, Variant

PRIMITIVES: Mapping[str, str] = {
    "any": "any",
    "string": "string",
    "boolean": "bool",
    "integer": "int64",
    "int32": "int32",
    "number": "float64",
    "float": "float32",
    "date": "Date",
    "date-time": "time.Time",
    "base64": "[]byte",
    "binary": "string",
    "null": "any",
}
_NUMBERS = frozenset({"bool", "int64", "int32", "float64", "float32"})
_STRUCTS = frozenset({"time.Time", "Date"})


@dataclass(frozen=True, slots=True)
class Alternative:
    """A variant of a union in Go: the type that an interface holds; `wraps` is what a type made for it stands for."""

    go_type: str
    type: Type
    tags: tuple[str, ...]
    wraps: str = ""


@dataclass(slots=True)
class GoTypes:
    """Names and types of the declarations of an API.

    `qualifier` stands before each name that the package declares: "" within it.
    """

    by_id: dict[TypeId, Declaration]
    names: dict[TypeId, str]
    scope: Scope
    loops: dict[TypeId, int]
    wrappers: dict[tuple[TypeId, tuple[str, ...]], str] = field(default_factory=dict)
    qualifier: str = ""

    def of(self, kind: Type) -> str:
        """The type where a value is always there."""
        match kind:
            case Primitive(kind=name):
                found = PRIMITIVES[name]
                return f"{self.qualifier}{found}" if found == "Date" else found
            case Constant(value=value):
                return constant_type(value)
            case ListOf(item=item):
                return f"[]{self._item(item)}"
            case MapOf(value=value):
                return f"map[string]{self._item(value)}"
            case Nullable(inner=inner):
                return self.of(inner)
            case Reference(id=id):
                return f"{self.qualifier}{self.names[id]}"

    def of_field(self, kind: Type, *, is_optional: bool, docs: Docs | None = None, owner: TypeId | None = None) -> str:
        """The type of a member, which may be absent or null; a pointer where the zero value would not do for that."""
        plain = self.of(kind)
        base = self.resolved(kind)
        is_nullable = isinstance(base, Nullable)
        inner = self.resolved(base.inner) if isinstance(base, Nullable) else base
        if isinstance(inner, Reference):
            declared = self.by_id[inner.id]
            if isinstance(declared, ObjectType):
                return f"*{plain}" if is_optional or is_nullable or self._loops(owner, inner.id) else plain
            if isinstance(declared, EnumType) and declared.kind != "string":
                return f"*{plain}" if is_optional or is_nullable else plain
            return plain
        if PRIMITIVES.get(getattr(inner, "kind", ""), "") in _NUMBERS and (
            is_nullable or (is_optional and zero_matters(inner, docs))
        ):
            return f"*{plain}"
        return plain

    def _item(self, kind: Type) -> str:
        """The type of an item of a list or map: a pointer if it can be null."""
        plain = self.of(kind)
        base = self.resolved(kind)
        if isinstance(base, Nullable) and not self.is_nilable(base.inner):
            return f"*{plain}"
        return plain

    def _loops(self, owner: TypeId | None, target: TypeId) -> bool:
        return owner is not None and owner in self.loops and self.loops.get(target) == self.loops[owner]

    def resolved(self, kind: Type) -> Type:
        """What an alias stands for, at last; other declarations stay references."""
        for _ in range(len(self.by_id) + 1):
            if not isinstance(kind, Reference):
                break
            declared = self.by_id[kind.id]
            if not isinstance(declared, AliasType):
                break
            kind = declared.target
        return kind

    def is_nilable(self, kind: Type) -> bool:
        """Go's nil can stand for null: a list, a map, a union or any value."""
        found = self.resolved(kind)
        if isinstance(found, Nullable):
            return self.is_nilable(found.inner)
        if isinstance(found, Reference):
            return isinstance(self.by_id[found.id], UnionType)
        if isinstance(found, Primitive):
            return found.kind in {"any", "null", "base64"}
        return isinstance(found, ListOf | MapOf)

    def object_of(self, kind: Type) -> ObjectType | None:
        """The object that this type is, if it is one."""
        found = self.resolved(kind)
        if isinstance(found, Nullable):
            found = self.resolved(found.inner)
        declared = self.by_id[found.id] if isinstance(found, Reference) else None
        return declared if isinstance(declared, ObjectType) else None

    def union_of(self, kind: Type) -> UnionType | None:
        """The union that this type is, if it is one."""
        found = self.resolved(kind)
        if isinstance(found, Nullable):
            found = self.resolved(found.inner)
        declared = self.by_id[found.id] if isinstance(found, Reference) else None
        return declared if isinstance(declared, UnionType) else None

    def alternatives(self, union: UnionType) -> tuple[Alternative, ...]:
        """What the union's interface can hold, each type once; unions within it are taken apart."""
        found: dict[str, Alternative] = {}
        for each in self._alternatives(union, frozenset({union.id})):
            known = found.get(each.go_type)
            if known is None:
                found[each.go_type] = each
            elif each.tags:
                tags = tuple(dict.fromkeys((*known.tags, *each.tags)))
                found[each.go_type] = Alternative(each.go_type, each.type, tags, each.wraps)
        return tuple(found.values())

    def _alternatives(self, union: UnionType, seen: frozenset[TypeId]) -> Iterator[Alternative]:
        for variant in union.variants:
            kind = _without_null(variant.type)
            declared = self.by_id[kind.id] if isinstance(kind, Reference) else None
            if isinstance(declared, UnionType):
                if declared.id not in seen:
                    for inner in self._alternatives(declared, seen | {declared.id}):
                        yield Alternative(inner.go_type, inner.type, variant.tags or inner.tags, inner.wraps)
            elif isinstance(declared, ObjectType):
                yield Alternative(f"*{self.of(kind)}", kind, variant.tags)
            elif isinstance(declared, EnumType) or (isinstance(declared, AliasType) and declared.is_recursive):
                yield Alternative(self.of(kind), kind, variant.tags)
            elif self.resolved(kind) != Primitive("null"):
                yield self._wrapper(union, variant, kind)

    def _wrapper(self, union: UnionType, variant: Variant, kind: Type) -> Alternative:
        key = (union.id, variant.name)
        if key not in self.wrappers:
            self.wrappers[key] = self.scope.claim(self.names[union.id] + exported(variant.name))
        return Alternative(f"{self.qualifier}{self.wrappers[key]}", kind, variant.tags, self.of(kind))


def go_types(declarations: tuple[Declaration, ...], scope: Scope) -> GoTypes:
    """Every declaration under a name of its own."""
    by_id = {each.id: each for each in declarations}
    names = {each.id: scope.claim(exported(each.name)) for each in declarations}
    return GoTypes(by_id, names, scope, _loops(by_id))


def constant_type(value: str) -> str:
    """The type of a constant."""
    decoded = json.loads(value)
    if isinstance(decoded, bool):
        return "bool"
    if isinstance(decoded, int):
        return "int64"
    return "float64" if isinstance(decoded, float) else "string" if isinstance(decoded, str) else "any"


def zero_matters(kind: Type, docs: Docs | None) -> bool:
    """Zero or false means something else than leaving the member out."""
    if docs is None:
        return True
    if docs.default is not None and docs.default in {"0", "0.0", "false"}:
        return False
    if kind == Primitive("boolean"):
        return True
    limits = dict(docs.limits)
    return not (_above(limits.get("minimum"), at_least=0.000001) or _above(limits.get("exclusiveMinimum"), at_least=0))


def _above(limit: str | None, *, at_least: float) -> bool:
    try:
        return limit is not None and float(limit) >= at_least
    except ValueError:
        return False


def _without_null(kind: Type) -> Type:
    return kind.inner if isinstance(kind, Nullable) else kind


def _loops(by_id: Mapping[TypeId, Declaration]) -> dict[TypeId, int]:
    """For objects that would hold themselves as values, directly or through others, the number of their circle.

    Source: R. Tarjan, Depth-first search and linear graph algorithms (1972), without recursion.
    """
    edges = {
        each.id: [target for member in each.fields for target in _held(member, by_id)]
        for each in by_id.values()
        if isinstance(each, ObjectType)
    }
    order: dict[TypeId, int] = {}
    low: dict[TypeId, int] = {}
    stack: list[TypeId] = []
    found: dict[TypeId, int] = {}
    for start in edges:
        work = [(start, 0)] if start not in order else []
        while work:
            node, position = work.pop()
            if position == 0:
                order[node] = low[node] = len(order)
                stack.append(node)
            if position:
                low[node] = min(low[node], low.get(edges[node][position - 1], low[node]))
            while position < len(edges[node]) and edges[node][position] in order:
                target = edges[node][position]
                if target not in found:
                    low[node] = min(low[node], order[target])
                position += 1
            if position < len(edges[node]):
                work += [(node, position + 1), (edges[node][position], 0)]
            elif low[node] == order[node]:
                _close(node, stack, found)
    sizes = Counter(found.values())
    return {node: number for node, number in found.items() if sizes[number] > 1 or node in edges[node]}


def _close(node: TypeId, stack: list[TypeId], found: dict[TypeId, int]) -> None:
    number = len(found)
    while True:
        top = stack.pop()
        found[top] = number
        if top == node:
            return


def _held(member: Field, by_id: Mapping[TypeId, Declaration]) -> Iterator[TypeId]:
    if member.is_required and isinstance(member.type, Reference) and isinstance(by_id[member.type.id], ObjectType):
        yield member.type.id
