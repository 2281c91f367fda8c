"""The fields of an operation's params struct: parameters, and what its body has, in one flat set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from themekit.model.api_types import Constant, Docs, ListOf, MapOf, Nullable, Primitive
from themekit.sdk.go.literals import is_plain_name, tag
from themekit.sdk.go.names import FIELDS, Scope, exported

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.model.api import Content, Operation, Parameter, Part
    from themekit.model.api_types import Field, JsonText, Type, TypeId
    from themekit.sdk.go.types import GoTypes

IGNORED_HEADERS = frozenset({"accept", "content-type", "authorization"})  # OpenAPI 3.1, "Parameter Object"

Place = Literal["query", "header", "cookie", "member", "part", "file", "filename", "whole", "extra"]


@dataclass(frozen=True, slots=True)
class ParamField:
    """A field of a params struct. `wire` is the parameter, member or part that it is."""

    name: str
    go_type: str
    tag: str
    place: Place
    wire: str
    type: Type
    docs: Docs
    is_required: bool


def param_fields(
    operation: Operation, content: Content | None, *, types: GoTypes, common: frozenset[str], without_stream: bool
) -> tuple[ParamField, ...]:
    """Required ones first; none at all if the operation takes nothing but arguments of its path."""
    scope = Scope(set(FIELDS))
    found = [
        _parameter(each, types, scope)
        for each in operation.parameters
        if each.place != "path" and not _is_settled(each, operation, common)
    ]
    if operation.body is not None and content is not None:
        is_required = operation.body.is_required
        found += _body(content, types, scope=scope, is_required=is_required, without_stream=without_stream)
    return tuple(sorted(found, key=lambda each: (each.place == "extra", not each.is_required)))


def _is_settled(parameter: Parameter, operation: Operation, common: frozenset[str]) -> bool:
    if parameter.place != "header":
        return False
    wire = parameter.wire.lower()
    return wire in common or wire in IGNORED_HEADERS or wire == operation.idempotency.lower()


def _parameter(parameter: Parameter, types: GoTypes, scope: Scope) -> ParamField:
    is_required = parameter.is_required
    pairs: list[tuple[str, str]] = [(parameter.place, parameter.wire)]
    style = _style(parameter)
    if style:
        pairs.append(("style", style))
    if is_required:
        pairs.append(("api", "required"))
    return ParamField(
        scope.claim(exported(parameter.name)),
        types.of_field(parameter.type, is_optional=not is_required, docs=parameter.docs),
        tag(*pairs),
        parameter.place if parameter.place != "path" else "query",
        parameter.wire,
        parameter.type,
        parameter.docs,
        is_required,
    )


def _style(parameter: Parameter) -> str:
    if parameter.content_type:
        return "json"
    usual = ("simple", False) if parameter.place == "header" else ("form", True)
    if (parameter.style, parameter.explode) == usual and not parameter.allow_reserved:
        return ""
    return style_text(parameter.style, explode=parameter.explode, is_reserved=parameter.allow_reserved)


def style_text(style: str, *, explode: bool, is_reserved: bool = False) -> str:
    """A style as the runtime reads it: `form,explode`."""
    return ",".join([style, *(["explode"] if explode else []), *(["reserved"] if is_reserved else [])])


def _body(
    content: Content, types: GoTypes, *, scope: Scope, is_required: bool, without_stream: bool
) -> Iterator[ParamField]:
    if content.kind == "json":
        found = types.object_of(content.type)
        if found is not None and not isinstance(content.type, Nullable):
            for each in found.fields:
                is_settled = (
                    without_stream and each.wire == "stream" and types.resolved(each.type) == Primitive("boolean")
                )
                if each.access != "read" and not is_settled:
                    yield object_field(each, types, scope=scope, is_param=True)
            yield _extra(found.extra, types)
            return
    if content.kind in {"form", "multipart"}:
        yield from _parts(content, types, scope)
        return
    yield _whole(content, types, scope, is_required=is_required)


def object_field(
    member: Field, types: GoTypes, *, scope: Scope, owner: TypeId | None = None, is_param: bool = False
) -> ParamField:
    """A member of an object, with the tag that the runtime and encoding/json read."""
    is_optional = not member.is_required or (member.access != "both" and not is_param)
    if is_plain_name(member.wire):
        pairs = [("json", f"{member.wire},omitempty" if is_optional else member.wire)]
    else:
        pairs = [("json", "-"), ("wire", member.wire), *([("api", "omit")] if is_optional else [])]
    if isinstance(types.resolved(member.type), Nullable) and not is_optional:
        pairs.append(("api", "null"))
    constant = _constant(types.resolved(member.type))
    if constant is not None:
        pairs.append(("const", constant))
    return ParamField(
        scope.claim(exported(member.name)),
        types.of_field(member.type, is_optional=not member.is_required, docs=member.docs, owner=owner),
        tag(*pairs),
        "member",
        member.wire,
        member.type,
        member.docs,
        member.is_required and constant is None,
    )


def _constant(kind: Type) -> JsonText | None:
    return kind.value if isinstance(kind, Constant) else None


def _extra(extra: Type | None, types: GoTypes) -> ParamField:
    docs = Docs(description="Extra are members that have no field here. They are sent as they are; Null() is null.")
    return ParamField(
        "Extra", extra_type(extra, types), '`json:"-"`', "extra", "", MapOf(Primitive("any")), docs, is_required=False
    )


def extra_type(extra: Type | None, types: GoTypes) -> str:
    """The type of the field Extra."""
    if extra is None or types.resolved(extra) == Primitive("any"):
        return "map[string]json.RawMessage"
    return types.of(MapOf(extra))


def _parts(content: Content, types: GoTypes, scope: Scope) -> Iterator[ParamField]:
    files = [each for each in content.parts if each.is_file and not isinstance(types.resolved(each.field.type), ListOf)]
    for each in content.parts:
        if each.field.access == "read":
            continue
        if each.is_file and len(files) == 1 and each is files[0] and not _has_filename(content):
            docs = Docs(description="Filename is the name that the file is sent with, by default its own.")
            name = scope.claim("Filename")
            yield ParamField(
                name, "string", tag(("file", "name")), "filename", "", Primitive("string"), docs, is_required=False
            )
        yield _part(each, types, scope)


def _has_filename(content: Content) -> bool:
    return any(each.field.name == ("filename",) for each in content.parts)


def _part(part: Part, types: GoTypes, scope: Scope) -> ParamField:
    member = part.field
    pairs = [("form", member.wire)]
    constant = _constant(types.resolved(member.type))
    if constant is not None:
        pairs.append(("const", constant))
    if member.is_required:
        pairs.append(("api", "required"))
    if part.is_file:
        kind = types.resolved(member.type)
        is_list = isinstance(types.resolved(kind.inner) if isinstance(kind, Nullable) else kind, ListOf)
        go_type = "[]io.Reader" if is_list else "io.Reader"
    else:
        go_type = types.of_field(member.type, is_optional=not member.is_required, docs=member.docs)
    return ParamField(
        scope.claim(exported(member.name)),
        go_type,
        tag(*pairs),
        "file" if part.is_file else "part",
        member.wire,
        member.type,
        member.docs,
        member.is_required and constant is None,
    )


def _takes_null(kind: Type, types: GoTypes) -> bool:
    """Null is a value of the type, and nothing else is nil."""
    found = types.resolved(kind)
    return isinstance(found, Nullable) or found == Primitive("null")


def _whole(content: Content, types: GoTypes, scope: Scope, *, is_required: bool) -> ParamField:
    match content.kind:
        case "json":
            go_type = types.of_field(content.type, is_optional=not is_required)
            if types.object_of(content.type) is not None and not go_type.startswith("*"):
                go_type = f"*{go_type}"
        case "text":
            go_type = "string"
        case "binary":
            go_type = "io.Reader"
        case _:
            go_type = "[]byte"
    is_null = is_required and content.kind == "json" and _takes_null(content.type, types)
    docs = Docs(description="Body is what is sent; nil is JSON's null." if is_null else "Body is what is sent.")
    return ParamField(
        scope.claim("Body"),
        go_type,
        tag(("body", "null" if is_null else "required" if is_required else "optional")),
        "whole",
        "",
        content.type,
        docs,
        is_required,
    )
