"""Schemas to types: each place becomes one type, declared where languages need a name for it."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from themekit.model.api_types import (
    AliasType,
    Constant,
    Docs,
    Field,
    ListOf,
    MapOf,
    Nullable,
    ObjectType,
    Primitive,
    Reference,
    UnionType,
    Variant,
)
from themekit.source.api.docs import docs_of
from themekit.source.api.enums import enumerated
from themekit.source.api.names import Scope, named
from themekit.source.api.reading import At
from themekit.source.api.shape import SAYING, UNITING, says_nothing
from themekit.source.api.unions import Unions

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Literal

    from themekit.model.api_types import Declaration, Name, PrimitiveKind, Type, TypeId
    from themekit.source.api.reading import Reading
    from themekit.source.api.shape import Shape
    from themekit.source.api.shapes import Shapes
    from themekit.source.api.type_names import TypeNames

MAX_TYPES = 30_000  # the largest real description measured makes 2,000
MAX_FIELDS = 200_000  # the same has 5,300
MAX_DEPTH = 60  # of lists and alternatives in one another; each level costs seven of Python's stack

ANY = Primitive("any")
NULL = Primitive("null")

_KINDS_IN_ORDER = ("string", "integer", "number", "boolean", "array", "object")
_STRINGS: dict[str, PrimitiveKind] = {
    "date": "date",
    "date-time": "date-time",
    "byte": "base64",
    "base64": "base64",
    "binary": "binary",
}
_PLAIN = frozenset({"boolean", "integer", "number", "string"})
_NOT_PLAIN = SAYING - {"type", "format"}
_ENCODED = frozenset({"base64", "base64url"})
_TEXTUAL = re.compile(r"text/.*|application/(?:.*\+)?(?:json|xml|yaml)|application/(?:jwt|sql|javascript).*")


@dataclass(frozen=True, slots=True)
class _Member:
    at: At
    type: Type
    access: Literal["both", "read", "write"]
    docs: Docs


@dataclass(slots=True)
class Types:
    """Makes types, and keeps what was declared on the way."""

    reading: Reading
    shapes: Shapes
    names: TypeNames
    results: dict[str, tuple[Type, bool]] = field(default_factory=dict)
    running: dict[str, bool] = field(default_factory=dict)
    recursive: set[str] = field(default_factory=set)
    ids: dict[str, tuple[TypeId, Name]] = field(default_factory=dict)
    declared: dict[TypeId, Declaration] = field(default_factory=dict)
    fields: int = 0
    members: dict[str, _Member] = field(default_factory=dict)
    queue: deque[Callable[[], None]] = field(default_factory=deque)
    unions: Unions = field(init=False)

    def __post_init__(self) -> None:
        """Unions are made of types, and types of unions."""
        self.unions = Unions(self)

    def type_of(self, at: At) -> Type:
        """The type of the schema at this place."""
        settled = self.shapes.settle(at)
        type_, is_nullable = self.core(settled.at)
        return nullable(type_) if settled.is_nullable or is_nullable else type_

    def drain(self) -> None:
        """Fill in what was declared so far, and what that declares."""
        while self.queue:
            self.queue.popleft()()

    def core(self, at: At) -> tuple[Type, bool]:
        """The type of a settled schema without null, and whether null is one of its values."""
        key = at.key
        if key in self.results:
            return self.results[key]
        if key in self.running:
            self.recursive.add(key)
            return Reference(self.id_of(at)[0]), self.running[key]
        if self.reading.is_over:
            return ANY, False
        if len(self.ids) > MAX_TYPES or len(self.running) > MAX_DEPTH:
            message = (
                f"the description makes more than {MAX_TYPES:,} types, or nests them deeper than {MAX_DEPTH} levels"
            )
            self.reading.limit(at, message)
            return ANY, False
        plain = _plain(at)
        if plain is not None:
            return self._of_plain(at, plain)
        shape = self.shapes.shape(at)
        self.running[key] = shape.allows_null
        made = self.made(shape)
        is_nullable = self.running.pop(key) or isinstance(made, Nullable)
        made = made.inner if isinstance(made, Nullable) else made
        self.results[key] = self._declared_alias(shape, made), is_nullable
        return self.results[key]

    def _of_plain(self, at: At, made: Type) -> tuple[Type, bool]:
        """What `core` makes of a schema that is one primitive: most are, and need no shape."""
        if self.is_root(at):
            id_, name = self.id_of(at)
            self.declared[id_] = AliasType(id_, name, made, is_recursive=False, docs=docs_of([at]), origin=at.origin)
            made = Reference(id_)
        self.results[at.key] = made, at.members.get("nullable") is True
        return self.results[at.key]

    def _declared_alias(self, shape: Shape, made: Type) -> Type:
        """A reference to a name of its own for what can be referred to and is no declaration."""
        at, key = shape.at, shape.at.key
        is_recursive = key in self.recursive
        if is_recursive and made == Reference(self.id_of(at)[0]):
            if self.id_of(at)[0] in self.declared:
                return made
            self.reading.refuse(at, "the schema is only itself")
            made = ANY
        is_plain = isinstance(made, Reference) or made in (ANY, NULL)
        if not is_recursive and (is_plain or not self.is_root(at)):
            return made
        id_, name = self.id_of(at)
        docs = docs_of([at, *own_leaves(shape)])
        self.declared[id_] = AliasType(id_, name, made, is_recursive, docs, at.origin)
        return Reference(id_)

    def is_root(self, at: At) -> bool:
        """The place is one that schemas stand at to be referred to."""
        if at.parts or at.mark:
            return False
        owner = at.pointer.rpartition("/")[0]
        if owner == "/components/schemas" or owner.endswith(("/$defs", "/definitions")):
            return True
        return at.path != self.reading.path and at.pointer.count("/") < 2

    def id_of(self, at: At) -> tuple[TypeId, Name]:
        """Id and name of the declaration of a settled schema."""
        key = at.key
        if key not in self.ids:
            self.ids[key] = self.names.unique(at)
        return self.ids[key]

    def made(self, shape: Shape) -> Type:
        """The type that a shape means; Nullable if that was found among alternatives."""
        if shape.is_impossible and not shape.has_kinds:
            return ANY
        if shape.values is not None:
            return enumerated(self, shape)
        union = self.unions.of(shape)
        if union is not None:
            return union
        kinds = [kind for kind in _KINDS_IN_ORDER if kind in shape.kinds]
        if not shape.has_kinds or len(kinds) >= 5:
            return ANY
        if not kinds:
            return NULL
        if len(kinds) == 1:
            return self.of_kind(kinds[0], shape)
        return self._of_kinds(kinds, shape)

    def of_kind(self, kind: str, shape: Shape) -> Type:
        """The type of a shape that is of one JSON kind."""
        if kind == "object":
            return self._object(shape)
        if kind == "array":
            return ListOf(self._item(shape))
        if kind == "string":
            return _string(shape)
        return _scalar(kind, shape.format)

    def _of_kinds(self, kinds: list[str], shape: Shape) -> Type:
        at = shape.at
        inner = replace(shape, at=At(at.value, at.path, at.pointer, f"{at.mark}object", at.parts, at.depth))
        types = [self.of_kind(kind, inner) for kind in kinds]
        return self.union(shape, [(named(kind, "kind"), type_) for kind, type_ in zip(kinds, types, strict=True)])

    def union(self, shape: Shape, variants: list[tuple[Name, Type]]) -> Type:
        """A declared union without a discriminator."""
        id_, name = self.id_of(shape.at)
        scope = Scope()
        made = tuple(Variant(scope.unique(words), type_) for words, type_ in variants)
        docs = docs_of([shape.at, *own_leaves(shape)])
        self.declared[id_] = UnionType(id_, name, made, "", docs, shape.at.origin)
        return Reference(id_)

    def _item(self, shape: Shape) -> Type:
        if shape.tuple_items:
            types = list(dict.fromkeys(self.type_of(each) for each in (*shape.tuple_items, *shape.items[:1])))
            self.reading.unsupported(
                shape.at, "a list whose items have types by their positions is a list of any of them"
            )
            return types[0] if len(types) == 1 else ANY
        return self.type_of(merged(shape.items)) if shape.items else ANY

    def _object(self, shape: Shape) -> Type:
        at = shape.at
        if not shape.members and not (shape.is_closed and not shape.extra):
            return MapOf(self._extra(shape) or ANY)
        id_, name = self.id_of(at)
        docs = docs_of([at, *own_leaves(shape)])
        self.declared[id_] = ObjectType(id_, name, (), None, docs, at.origin)  # its place among the others
        self.queue.append(lambda: self._fill(shape, self.declared[id_]))
        return Reference(id_)

    def _extra(self, shape: Shape) -> Type | None:
        types = list(dict.fromkeys(self.type_of(each) for each in shape.extra))
        if not types:
            return None
        return types[0] if len(types) == 1 else ANY

    def _fill(self, shape: Shape, declaration: Declaration) -> None:
        assert isinstance(declaration, ObjectType)  # noqa: S101 - it was made so above
        self.fields += len(shape.members)
        if self.fields > MAX_FIELDS:
            self.reading.limit(shape.at, f"the objects of the description have more than {MAX_FIELDS:,} members")
        if self.reading.is_over:
            return
        scope = Scope()
        fields = []
        for wire, places in shape.members.items():
            if any(each.value is False for each in places):
                continue
            fields.append(self._field(wire, places, scope=scope, is_required=wire in shape.required))
        extra = self._extra(shape)
        missing = [wire for wire in shape.required if wire not in shape.members]
        fields += [_undescribed(wire, shape, scope=scope, type_=extra or ANY) for wire in missing]
        self.declared[declaration.id] = replace(declaration, fields=tuple(fields), extra=extra)

    def _field(self, wire: str, places: list[At], *, scope: Scope, is_required: bool) -> Field:
        member = self._member(places)
        name = scope.unique(named(wire, "field"))
        return Field(wire, name, member.type, is_required, member.access, member.docs, member.at.origin)

    def _member(self, places: list[At]) -> _Member:
        """What schemas of one member say together; made once for those that many objects take from one base."""
        if len(places) == 1:
            return self._only_member(places[0])
        unique = list({each.key: each for each in places}.values())
        key = "&".join(each.key for each in unique)
        if key not in self.members:
            saying = self._not_chosen([each for each in unique if not says_nothing(each.value)])
            at = merged(saying or unique[:1])
            chain = [*(each for each in reversed(unique) if each not in saying), *self.chain(at)]
            self.members[key] = _Member(unique[-1], self.type_of(at), access_of(chain), docs_of(chain))
        return self.members[key]

    def _only_member(self, at: At) -> _Member:
        if at.key not in self.members:
            chain = self.chain(at)
            self.members[at.key] = _Member(at, self.type_of(at), access_of(chain), docs_of(chain))
        return self.members[at.key]

    def _not_chosen(self, places: list[At]) -> list[At]:
        """Without alternatives of which another of the places is one anyway."""
        if len(places) < 2:
            return places
        keys = {self.shapes.settle(each).at.key for each in places}
        return [each for each in places if not self._offers(each, keys)] or places

    def _offers(self, at: At, keys: set[str]) -> bool:
        """The schema is nothing but alternatives, and has one with such a key."""
        own = [key for key in at.members if key in SAYING]
        if len(own) != 1 or own[0] not in UNITING:
            return False
        return any(self.shapes.settle(each).at.key in keys for each in self.shapes.branches(at, own[0]))

    def chain(self, at: At) -> list[At]:
        """The schemas whose texts speak of this one, the nearest first."""
        if at.parts:
            return [each for part in reversed(at.parts) for each in self.chain(part)]
        chain = self.shapes.settle(at).chain
        return [at] if len(chain) == 1 else [*chain, *self._passed_over(chain)]

    def _passed_over(self, chain: tuple[At, ...]) -> list[At]:
        """Members of an `allOf` with texts only, which a wrapper of one has beside that one."""
        return [
            each
            for at in chain[:-1]
            for each in (self.shapes.branches(at, "allOf") if "allOf" in at.members else ())
            if says_nothing(each.value)
        ]

    def docs(self, at: At) -> Docs:
        """The texts of a schema where it is used."""
        return docs_of(self.chain(at))


def own_leaves(shape: Shape) -> list[At]:
    """The parts of a shape that stand within its own schema, not in one that it refers to."""
    return [
        each for each in shape.leaves if each.path == shape.at.path and each.pointer.startswith(shape.at.pointer + "/")
    ]


def _undescribed(wire: str, shape: Shape, *, scope: Scope, type_: Type) -> Field:
    """A member that `required` names and no `properties` describe: what further members are, else any value."""
    return Field(wire, scope.unique(named(wire, "field")), type_, is_required=True, origin=shape.at.origin)


def merged(places: list[At]) -> At:
    """All of these schemas at once."""
    if len(places) == 1:
        return places[0]
    last = places[-1]
    return At(None, last.path, last.pointer, "", tuple(places))


def nullable(type_: Type) -> Type:
    """The type or null."""
    return type_ if isinstance(type_, Nullable) or type_ in (ANY, NULL) else Nullable(type_)


def access_of(chain: list[At]) -> Literal["both", "read", "write"]:
    """Whether a member is in answers only or in requests only."""
    is_read = any(each.members.get("readOnly") is True for each in chain)
    is_written = any(each.members.get("writeOnly") is True for each in chain)
    if is_read == is_written:
        return "both"
    return "read" if is_read else "write"


def constant_text(type_: Type) -> str:
    """The value of a constant as JSON, "" for other types."""
    return type_.value if isinstance(type_, Constant) else ""


def _plain(at: At) -> Type | None:
    """The type of a schema that says no more than `type` and `format`, if it is one of a primitive."""
    kind, said = at.members.get("type"), at.members.get("format", "")
    if not isinstance(kind, str) or kind not in _PLAIN or not isinstance(said, str) or at.parts:
        return None
    return _scalar(kind, said) if _NOT_PLAIN.isdisjoint(at.members) else None


def _scalar(kind: str, said: str) -> Type:
    """The type of one JSON kind with a format."""
    if kind == "string":
        known = _STRINGS.get(said)
        return Primitive("string", said) if known is None else Primitive(known)
    if kind == "boolean":
        return Primitive("boolean")
    if kind == "integer":
        is_short = said == "int32"
        return Primitive("int32" if is_short else "integer", "" if is_short else said)
    if said in ("int32", "int64"):  # a slip: `number` with the format of an integer
        return Primitive("number")
    return Primitive("float") if said == "float" else Primitive("number", said)


def _string(shape: Shape) -> Type:
    if shape.encoding in _ENCODED:
        return Primitive("base64")
    if shape.media_type and not shape.encoding and not _TEXTUAL.fullmatch(shape.media_type):
        return Primitive("binary")
    return _scalar("string", shape.format)
