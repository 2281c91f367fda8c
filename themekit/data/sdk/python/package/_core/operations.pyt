"""What is to be known about an operation to call it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, Literal, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .values import Codec

T = TypeVar("T")

Place = Literal["path", "query", "header", "cookie"]
BodyKind = Literal["json", "form", "multipart", "text", "binary", "json-lines"]
PagingKind = Literal["cursor", "last-id", "offset", "page", "next-url", "link-header"]
ResultKind = Literal["json", "text", "none"]


@dataclass(frozen=True)
class Param:
    """A parameter, by its name in Python, and how its value is written."""

    name: str
    wire: str
    place: Place
    style: str = ""
    explode: bool = True
    allow_reserved: bool = False
    is_json: bool = False


@dataclass(frozen=True)
class Part:
    """A field of a form, and how it is written."""

    wire: str
    is_file: bool = False
    content_type: str = ""
    style: str = "form"
    explode: bool = True


@dataclass(frozen=True)
class BodySpec:
    """How a body is made: of fields, by their names in Python, or of one value.

    None is sent as null in fields that are `nullable`; in others it is: not given.
    """

    kind: BodyKind
    media_type: str
    fields: Mapping[str, Part] | None = None
    is_required: bool = False
    nullable: frozenset[str] = frozenset()


def path(name: str, wire: str = "", style: str = "simple", **more: Any) -> Param:
    """A parameter in the path."""
    return Param(name, wire or name, "path", style, **{"explode": False, **more})


def query(name: str, wire: str = "", style: str = "form", **more: Any) -> Param:
    """A parameter in the query."""
    return Param(name, wire or name, "query", style, **more)


def header(name: str, wire: str = "", **more: Any) -> Param:
    """A parameter in a header."""
    return Param(name, wire or name, "header", "simple", **{"explode": False, **more})


def cookie(name: str, wire: str = "", **more: Any) -> Param:
    """A parameter in a cookie."""
    return Param(name, wire or name, "cookie", "form", **more)


def fields(
    kind: BodyKind,
    *names: str,
    media_type: str,
    is_required: bool = False,
    nullable: tuple[str, ...] = (),
    more: Mapping[str, str | Part] | None = None,
) -> BodySpec:
    """A body with these fields; `more` are those that are called otherwise in it."""
    found = {name: Part(name) for name in names}
    for name, part in (more or {}).items():
        found[name] = Part(part) if isinstance(part, str) else part
    return BodySpec(kind, media_type, found, is_required, frozenset(nullable))


@dataclass(frozen=True)
class Operation(Generic[T]):
    """An operation whose answer, or each item of it, is a T.

    `errors` has the codecs of answers that are no success, by status, range or
    "default". `resume` is the parameter for the id of the last event of a stream.
    """

    method: str
    path: str
    params: tuple[Param, ...] = ()
    body: BodySpec | None = None
    result: Codec = None
    results: Mapping[str, Codec] | None = None
    result_kind: ResultKind = "json"
    accept: str = "application/json"
    stream_kind: Literal["", "events", "raw-events", "json-lines"] = ""
    errors: Mapping[str, Codec] = field(default_factory=dict)
    security: tuple[tuple[str, ...], ...] = ()
    server: str = ""
    idempotency: str = ""
    resume: str = ""


@dataclass(frozen=True)
class Paging(Generic[T]):
    """How a list goes on; `parameter` and `size` are names in Python."""

    kind: PagingKind
    items: tuple[str, ...]
    item: Codec = None
    parameter: str = ""
    next: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    id_field: str = ""
    first: int = 0


def by_status(table: Mapping[str, Codec], status: int) -> tuple[bool, Codec]:
    """Whether the table has something for a status, and what."""
    for key in (str(status), f"{status // 100}XX", f"{status // 100}xx", "default"):
        if key in table:
            return True, table[key]
    return False, None
