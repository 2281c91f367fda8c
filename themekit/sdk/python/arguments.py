"""The parameters of an operation's method: one flat set of those of the operation and the fields of its body."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from themekit.model.api_types import Constant, Docs, MapOf, Nullable, ObjectType, Primitive
from themekit.sdk.python.literals import json_value
from themekit.sdk.python.names import argument

if TYPE_CHECKING:
    from themekit.model.api import Content, Operation, Parameter, Part
    from themekit.model.api_types import Field, Type
    from themekit.sdk.python.annotations import Types

OPTIONS = ("api_key", "timeout", "max_retries", "headers")


@dataclass(frozen=True, slots=True)
class Argument:
    """One parameter. `default` is its expression, "" for one that must be given.

    `origin` is the parameter, the field or part of the body, or the body as a whole.
    """

    name: str
    type: Type
    annotation: str
    default: str
    docs: Docs
    origin: Parameter | Field | Part | Literal["body", "extra"]

    @property
    def is_required(self) -> bool:
        """It must be given."""
        return not self.default

    def __str__(self) -> str:
        """As it stands in the method's head."""
        return f"{self.name}: {self.annotation}" + (f" = {self.default}" if self.default else "")


@dataclass(frozen=True, slots=True)
class Arguments:
    """Those of the path come by position, all others by name. `content` is the body that is sent, if there is one."""

    positional: tuple[Argument, ...]
    named: tuple[Argument, ...]
    content: Content | None
    is_flat: bool

    @property
    def all(self) -> tuple[Argument, ...]:
        """In the order of the method's head."""
        return (*self.positional, *self.named)


def arguments_of(operation: Operation, types: Types) -> Arguments:
    """The parameters of the method."""
    in_path = sorted(
        (each for each in operation.parameters if each.place == "path"),
        key=lambda each: operation.path.find("{" + each.wire + "}"),
    )
    positional = tuple(_parameter(each, types) for each in in_path)
    others = [
        _parameter(each, types)
        for each in operation.parameters
        if each.place != "path" and each.wire.lower() != operation.idempotency.lower()
    ]
    content = operation.body.contents[0] if operation.body and operation.body.contents else None
    is_flat = content is not None and _is_flat(content, types)
    if operation.body and content is not None:
        if is_flat:
            others += _fields(content, types, is_sent=operation.body.is_required)
        else:
            others.append(_whole(content, types, is_required=operation.body.is_required, docs=operation.body.docs))
    distinct = {each.name: each for each in reversed(others) if each.name not in {one.name for one in positional}}
    kept = list(distinct.values())[::-1]
    ordered = sorted(kept, key=lambda each: not each.is_required)
    return Arguments(positional, tuple(ordered), content, is_flat)


def _parameter(of: Parameter, types: Types) -> Argument:
    return _argument(argument(of.name), of.type, types, is_required=of.is_required, docs=of.docs, origin=of)


def _argument(  # the parts of one value
    name: str, of: Type, types: Types, *, is_required: bool, docs: Docs, origin: Parameter | Field | Part
) -> Argument:
    annotation = types.parameter(of)
    default = ""
    if isinstance(of, Constant) and is_required and not isinstance(json.loads(of.value), float):
        default = json_value(of.value)
    elif not is_required:
        annotation, default = optional(annotation), "None"
    return Argument(name, of, annotation, default, docs, origin)


def optional(annotation: str) -> str:
    """The annotation of a value that may also be None."""
    return annotation if annotation == "Any" or annotation.endswith("None") else f"{annotation} | None"


def _is_flat(content: Content, types: Types) -> bool:
    """The body is an object with fields of its own."""
    if content.kind in {"form", "multipart"}:
        return bool(content.parts)
    found = types.resolved(content.type)
    return content.kind == "json" and isinstance(found, ObjectType) and bool(found.fields)


def _fields(content: Content, types: Types, *, is_sent: bool) -> list[Argument]:
    if content.kind in {"form", "multipart"}:
        found: list[Argument] = []
        for part in content.parts:
            if part.field.access != "read":
                one = _body_field(part.field, types, is_sent=is_sent, origin=part)
                found.append(_file(one) if part.is_file else one)
        return found
    declaration = types.resolved(content.type)
    if not isinstance(declaration, ObjectType):
        return []
    found = [
        _body_field(each, types, is_sent=is_sent, origin=each) for each in declaration.fields if each.access != "read"
    ]
    if declaration.extra is not None:
        of = MapOf(declaration.extra)
        annotation = f"Mapping[str, {types.parameter(declaration.extra)}] | None"
        docs = Docs(summary="Further members of the body.")
        found.append(Argument("extra", of, annotation, "None", docs, "extra"))
    return found


def _file(of: Argument) -> Argument:
    """A file instead of its bytes, or several."""
    annotation = of.annotation.replace("bytes", "FileInput").replace("Any", "FileInput").replace("str", "FileInput")
    return Argument(of.name, of.type, annotation, of.default, of.docs, of.origin)


def _body_field(of: Field, types: Types, *, is_sent: bool, origin: Field | Part) -> Argument:
    is_required = of.is_required and is_sent
    made = _argument(argument(of.name), of.type, types, is_required=is_required, docs=of.docs, origin=origin)
    if not is_required and types.is_nullable(of.type):
        annotation = made.annotation if made.annotation == "Any" else f"{optional(made.annotation)} | Unset"
        return Argument(made.name, of.type, annotation, "UNSET", of.docs, origin)
    return made


def _whole(content: Content, types: Types, *, is_required: bool, docs: Docs) -> Argument:
    if content.kind == "binary":
        annotation = "FileInput"
    elif content.kind in {"text", "xml"}:
        annotation = "str | bytes"
    elif content.kind in {"json-lines", "events"}:
        annotation = f"Sequence[{types.parameter(content.type)}]"
    elif content.kind in {"form", "multipart"}:
        annotation = "Mapping[str, Any]"
    else:
        annotation = types.parameter(content.type)
    if is_required:
        return Argument("body", content.type, annotation, "", docs, "body")
    return Argument("body", content.type, optional(annotation), "None", docs, "body")


def sends_null(of: Argument, types: Types) -> bool:
    """None is a value of its own, which is sent."""
    return isinstance(of.type, Nullable) or types.is_nullable(of.type) or of.type == Primitive("any")
