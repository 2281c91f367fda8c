"""The types of an HTTP API, as every SDK language sees them: what a schema means, without how it was written.

`allOf` is merged, `nullable` and `null` are one thing, a schema that has no name of its own got one. Texts are what the
description says and nothing else: whoever writes them into a file escapes them there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NewType

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.model.origin import Origin

Name = tuple[str, ...]
"""Words of lower-case ASCII letters and digits, the first starting with a letter: `("payment", "intent")`.

Two names of one scope differ when their words are joined with nothing between, so they differ in snake_case, camelCase
and PascalCase alike. A language that reserves a name appends `_` to it, which no name has.
"""

TypeId = NewType("TypeId", str)
"""The name of a declaration, its words joined with `_`; unique in the API."""

JsonText = NewType("JsonText", str)
"""A JSON value as text: members in the order of the description, no space, all characters as they are."""

PrimitiveKind = Literal[
    "any",  # any JSON value
    "string",
    "boolean",
    "integer",  # 64 bits
    "int32",
    "number",  # a double
    "float",
    "date",  # YYYY-MM-DD
    "date-time",  # RFC 3339
    "base64",  # bytes, in JSON as base64
    "binary",  # bytes as they are: a body, or a part of a form
    "null",
]


@dataclass(frozen=True, slots=True)
class Primitive:
    """A type that every language has. `format` is what the description says besides ("uuid", "email", …), or ""."""

    kind: PrimitiveKind
    format: str = ""


@dataclass(frozen=True, slots=True)
class Constant:
    """One value and no other: a string, a number or a boolean, as JSON."""

    value: JsonText


@dataclass(frozen=True, slots=True)
class ListOf:
    """A JSON array."""

    item: Type


@dataclass(frozen=True, slots=True)
class MapOf:
    """A JSON object whose members have names that nobody knows."""

    value: Type


@dataclass(frozen=True, slots=True)
class Nullable:
    """The type, or null. Never of a Nullable, of `any` or of `null`."""

    inner: Type


@dataclass(frozen=True, slots=True)
class Reference:
    """A declaration of the API, by its id."""

    id: TypeId


Type = Primitive | Constant | ListOf | MapOf | Nullable | Reference


@dataclass(frozen=True, slots=True)
class Docs:
    """What people read: `summary` is one line of plain text, `description` is CommonMark; both may be empty.

    `examples` are values, the first is the best; `limits` are constraints to show: `("maxLength", "40")`.
    """

    summary: str = ""
    description: str = ""
    is_deprecated: bool = False
    examples: tuple[JsonText, ...] = ()
    limits: tuple[tuple[str, str], ...] = ()
    default: JsonText | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """A member of an object. `wire` is its name in JSON; `name` is unique in its object.

    `access`: "read" is in answers only, "write" in requests only. A field that is not required may be absent; one whose
    type is Nullable may be null; the two are not the same.
    """

    wire: str
    name: Name
    type: Type
    is_required: bool = False
    access: Literal["both", "read", "write"] = "both"
    docs: Docs = field(default_factory=Docs)
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class ObjectType:
    """A JSON object with members that have names. `extra` is the type of further members, None if there are none.

    An answer may have members that nobody knows yet, whatever `extra` is; a request has none unless it is there.
    """

    id: TypeId
    name: Name
    fields: tuple[Field, ...]
    extra: Type | None = None
    docs: Docs = field(default_factory=Docs)
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class EnumMember:
    """One value of an enumeration, as JSON, and its name, which is unique in the enumeration."""

    value: JsonText
    name: Name
    description: str = ""


@dataclass(frozen=True, slots=True)
class EnumType:
    """Values of one kind. An answer may hold a value that is not here yet: languages keep it as it came."""

    id: TypeId
    name: Name
    kind: Literal["string", "integer", "number"]
    members: tuple[EnumMember, ...]
    docs: Docs = field(default_factory=Docs)
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Variant:
    """One of a union's types; `name` is unique in it. `tags` are the values of the discriminator that mean this one."""

    name: Name
    type: Type
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnionType:
    """One of several types, in the order in which they are tried. `discriminator` is the member that tells, or "".

    With a discriminator every variant refers to an ObjectType, or to a union of such; one without tags is for all else.
    """

    id: TypeId
    name: Name
    variants: tuple[Variant, ...]
    discriminator: str = ""
    docs: Docs = field(default_factory=Docs)
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class AliasType:
    """Another name of a type that is no declaration: a list, a map, a primitive.

    `is_recursive`: following targets and items leads back here, so it cannot be written out where it is used.
    """

    id: TypeId
    name: Name
    target: Type
    is_recursive: bool = False
    docs: Docs = field(default_factory=Docs)
    origin: Origin | None = field(default=None, compare=False)


Declaration = ObjectType | EnumType | UnionType | AliasType


def referred(type_: Type) -> TypeId | None:
    """The declaration that a type leads to, through lists, maps and null; None if it is made of primitives."""
    while not isinstance(type_, Reference):
        if isinstance(type_, ListOf):
            type_ = type_.item
        elif isinstance(type_, MapOf):
            type_ = type_.value
        elif isinstance(type_, Nullable):
            type_ = type_.inner
        else:
            return None
    return type_.id


def inner_types(declaration: Declaration) -> Iterator[Type]:
    """The types that a declaration is made of."""
    if isinstance(declaration, ObjectType):
        yield from (each.type for each in declaration.fields)
        if declaration.extra is not None:
            yield declaration.extra
    elif isinstance(declaration, UnionType):
        yield from (each.type for each in declaration.variants)
    elif isinstance(declaration, AliasType):
        yield declaration.target


def inner_references(declaration: Declaration) -> tuple[TypeId, ...]:
    """The declarations that a declaration leads to at once, each once."""
    found = map(referred, inner_types(declaration))
    return tuple(dict.fromkeys(id_ for id_ in found if id_ is not None))
