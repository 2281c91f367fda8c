"""The outline of an HTTP API: its operations, where they are, and where their schemas stand in the description.

What gateways need, read in a fraction of the time of the whole `ApiModel`. Schemas are pointers into the description:
who reads them has the document.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NewType

if TYPE_CHECKING:
    from themekit.model.origin import Origin

OperationId = NewType("OperationId", str)
Method = Literal["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"]
ParameterPlace = Literal["path", "query", "header", "cookie"]

METHODS: tuple[Method, ...] = ("GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of an operation. `schema` is the place of its schema, if it has one."""

    name: str
    place: ParameterPlace
    is_required: bool
    schema: Origin | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """The request body in one media type."""

    media_type: str
    is_required: bool
    schema: Origin | None = None


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation. `path` is a template such as `/payments/{payment_id}`; `origin` is where it is described."""

    id: OperationId
    method: Method
    path: str
    origin: Origin
    tags: tuple[str, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    bodies: tuple[Body, ...] = ()


@dataclass(frozen=True, slots=True)
class ApiOutline:
    """An API in outline. Operations are in the order of the description; no two have one id, or one method and path."""

    title: str
    version: str
    origin: Origin
    operations: tuple[Operation, ...]

    @property
    def tags(self) -> tuple[str, ...]:
        """Every tag that an operation has, in the order of first use."""
        return tuple(dict.fromkeys(tag for operation in self.operations for tag in operation.tags))

    @property
    def paths(self) -> tuple[str, ...]:
        """Every path template, in order."""
        return tuple(dict.fromkeys(operation.path for operation in self.operations))
