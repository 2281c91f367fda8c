"""What each operation is in Java: its arguments, its class of parameters, what it answers. Decided once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from themekit.model.api_types import EnumType, ListOf, ObjectType, Primitive, Type, UnionType
from themekit.sdk.java import members
from themekit.sdk.java.names import camel
from themekit.sdk.java.reserved import LOCAL_WORDS, PARAM_WORDS
from themekit.sdk.java.text import literal
from themekit.sdk.java.types import STRING, UPLOAD, JavaType

if TYPE_CHECKING:
    from themekit.model.api import Content, Operation, Parameter, Part, Response
    from themekit.model.api_types import Docs, Field, Name
    from themekit.sdk.java.types import JavaApi

WHOLE = "ApiParams.WHOLE"
BODY_NAME: Name = ("body",)

ResultKind = Literal["none", "json", "text", "download", "events", "page"]


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that a class of parameters takes. `store` are the setter's words before the value: `query("limit"`."""

    name: Name
    method: str
    type: Type
    java: JavaType
    docs: Docs
    store: str
    add: str
    wire: str
    is_required: bool
    fixed: str | None = None
    is_file: bool = False


@dataclass(frozen=True, slots=True)
class Argument:
    """A parameter of the path: an argument of the method."""

    parameter: Parameter
    name: str
    java: JavaType


@dataclass(frozen=True, slots=True)
class Result:
    """What a method gives. `format` is that of a stream."""

    kind: ResultKind
    java: JavaType
    type: Type | None = None
    format: str = ""
    accept: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """An operation. `streaming` is there if it answers a stream besides, when it is asked to."""

    operation: Operation
    method: str
    arguments: tuple[Argument, ...]
    params: str
    settings: tuple[Setting, ...]
    body: Content | None
    result: Result
    streaming: Result | None
    iterate: str
    stream_method: str

    @property
    def is_certain(self) -> bool:
        """Without parameters the call can succeed."""
        return not any(each.is_required and each.fixed is None for each in self.settings)


def plan(java: JavaApi, operation: Operation) -> Plan:
    """The operation in Java, made once."""
    if operation.id not in java.planned:
        java.planned[operation.id] = _plan(java, operation)
    return java.planned[operation.id]


def _plan(java: JavaApi, operation: Operation) -> Plan:
    body = operation.body.contents[0] if operation.body and operation.body.contents else None
    settings = (*_parameter_settings(java, operation), *_body_settings(java, operation, body))
    result, streaming = _results(java, operation)
    names = java.names
    return Plan(
        operation=operation,
        method=names.methods[operation.id],
        arguments=_arguments(java, operation),
        params=names.params[operation.id] if settings else "",
        settings=_unique(settings),
        body=body,
        result=result,
        streaming=streaming,
        iterate=names.others[operation.id, "iterate"],
        stream_method=names.others[operation.id, "stream"],
    )


def _unique(settings: tuple[Setting, ...]) -> tuple[Setting, ...]:
    found: dict[str, Setting] = {}
    for each in settings:
        found.setdefault(each.method, each)
    return tuple(found.values())


def _arguments(java: JavaApi, operation: Operation) -> tuple[Argument, ...]:
    return tuple(
        Argument(each, camel(each.name, LOCAL_WORDS), java.type_of(members.without_null(each.type, java)[0]))
        for each in operation.parameters
        if each.place == "path"
    )


def _parameter_settings(java: JavaApi, operation: Operation) -> tuple[Setting, ...]:
    return tuple(
        _parameter_setting(java, each)
        for each in operation.parameters
        if each.place != "path" and not _is_idempotency(operation, each)
    )


def _is_idempotency(operation: Operation, parameter: Parameter) -> bool:
    return parameter.place == "header" and parameter.wire.lower() == operation.idempotency.lower() != ""


def _parameter_setting(java: JavaApi, parameter: Parameter) -> Setting:
    wanted, _ = members.without_null(parameter.type, java)
    written = parameter_expression(parameter)
    is_plain = (
        parameter.place in {"query", "header"}
        and not parameter.allow_reserved
        and not parameter.content_type
        and (parameter.style, parameter.explode) == {"query": ("form", True)}.get(parameter.place, ("simple", False))
    )
    store = f"{parameter.place}({literal(parameter.wire)}" if is_plain else f"parameter({written}"
    return Setting(
        name=parameter.name,
        method=camel(parameter.name, PARAM_WORDS),
        type=wanted,
        java=java.type_of(wanted),
        docs=parameter.docs,
        store=store,
        add=f"addTo({written}",
        wire=parameter.wire,
        is_required=parameter.is_required,
        fixed=members.plain_constant(wanted, java) if parameter.is_required else None,
    )


def parameter_expression(parameter: Parameter) -> str:
    """The parameter and its style, without a value."""
    place = f"WireParameter.{parameter.place.upper()}"
    explode = str(parameter.explode).lower()
    made = f'new WireParameter({place}, {literal(parameter.wire)}, "{parameter.style}", {explode})'
    made += ".reserved()" if parameter.allow_reserved else ""
    return made + (".json()" if "json" in parameter.content_type else "")


def _body_settings(java: JavaApi, operation: Operation, body: Content | None) -> tuple[Setting, ...]:
    if body is None or operation.body is None:
        return ()
    declared = flat_body(java, body)
    if declared is None:
        return (_whole(java, body, is_required=operation.body.is_required),)
    parts = {each.field.wire: each for each in body.parts}
    return tuple(_field_setting(java, each, parts.get(each.wire)) for each in declared.fields if each.access != "read")


def flat_body(java: JavaApi, body: Content) -> ObjectType | None:
    """The object whose fields are parameters of the operation, if the body is one."""
    return java.object_type(body.type) if body.kind in {"json", "form", "multipart"} else None


def _whole(java: JavaApi, body: Content, *, is_required: bool) -> Setting:
    wanted, _ = members.without_null(body.type, java)
    found = java.type_of(wanted)
    is_file = body.kind == "binary" or found is UPLOAD
    found = UPLOAD if is_file else STRING if body.kind in {"text", "xml"} else found
    return Setting(
        name=BODY_NAME,
        method="body",
        type=Primitive("binary") if is_file else Primitive("string") if body.kind in {"text", "xml"} else wanted,
        java=found,
        docs=members.NO_DOCS,
        store=f"body({WHOLE}",
        add=f"add({WHOLE}",
        wire="",
        is_required=is_required,
        is_file=is_file,
    )


def _field_setting(java: JavaApi, field: Field, part: Part | None) -> Setting:
    wanted = field.type
    plain, _ = members.without_null(wanted, java)
    is_list = isinstance(java.followed(plain), ListOf)
    if part is not None and part.is_file:
        wanted = ListOf(Primitive("binary")) if is_list else Primitive("binary")
        plain = wanted
    wire = literal(field.wire)
    return Setting(
        name=field.name,
        method=camel(field.name, PARAM_WORDS),
        type=wanted,
        java=java.type_of(plain),
        docs=field.docs,
        store=f"body({wire}",
        add=f"{'add' if is_list else 'put'}({wire}",
        wire=field.wire,
        is_required=field.is_required,
        fixed=members.plain_constant(plain, java) if field.is_required else None,
        is_file=part is not None and part.is_file and not is_list,
    )


def _results(java: JavaApi, operation: Operation) -> tuple[Result, Result | None]:
    contents = [(response, content) for response in operation.successes for content in response.contents]
    if not contents:
        return Result("none", JavaType("void", "Void", "")), None
    plain = [each for each in contents if each[1].kind not in {"events", "json-lines"}]
    streams = [each for each in contents if each[1].kind in {"events", "json-lines"}]
    if operation.pagination is not None and plain:
        item = java.type_of(operation.pagination.item_type)
        page = JavaType(f"Page<{item.boxed}>", f"Page<{item.boxed}>", item.reader, item.imports)
        return Result("page", page, operation.pagination.item_type, accept=_accept(operation, plain[0][1])), None
    if not plain:
        return _result(java, operation, streams[0][1]), None
    result = _result(java, operation, _preferred(plain))
    return result, _result(java, operation, streams[0][1]) if streams else None


def _preferred(contents: list[tuple[Response, Content]]) -> Content:
    return next((content for _, content in contents if content.kind == "json"), contents[0][1])


def _accept(operation: Operation, content: Content) -> str:
    described = (each.media_type for response in operation.responses for each in response.contents)
    return ", ".join([content.media_type, *sorted({each for each in described if "problem" in each})])


def _result(java: JavaApi, operation: Operation, content: Content) -> Result:
    accept = _accept(operation, content)
    if content.kind in {"events", "json-lines"}:
        return _stream(java, content, accept)
    if content.kind == "json":
        wanted, _ = members.without_null(content.type, java)
        found = java.type_of(wanted)
        return Result("json", JavaType(found.boxed, found.boxed, found.reader, found.imports), wanted, accept=accept)
    if content.kind in {"text", "xml", "form"}:
        return Result("text", STRING, accept=accept)
    imports = frozenset({"java.io.InputStream"})
    return Result("download", JavaType("InputStream", "InputStream", "", imports), accept=accept)


def _stream(java: JavaApi, content: Content, accept: str) -> Result:
    wanted, _ = members.without_null(content.type, java)
    found = java.type_of(wanted)
    if content.kind == "json-lines":
        return _stream_result(found, "LINES", wanted, accept)
    if found in {STRING, java.type_of(Primitive("any"))} and not isinstance(java.declaration(wanted), EnumType):
        event = JavaType("ServerSentEvent", "ServerSentEvent", "ServerSentEvent.class::cast")
        return _stream_result(event, "RAW", wanted, accept)
    return _stream_result(found, "ENVELOPES" if _is_envelope(java, wanted) else "EVENTS", wanted, accept)


def _stream_result(item: JavaType, form: str, wanted: Type, accept: str) -> Result:
    name = f"EventStream<{item.boxed}>"
    return Result("events", JavaType(name, name, item.reader, item.imports), wanted, form, accept)


def _is_envelope(java: JavaApi, wanted: Type) -> bool:
    """The type describes an event as a whole: what it is called, and its data."""
    declared = java.declaration(wanted)
    if isinstance(declared, ObjectType):
        return {"event", "data"} <= {each.wire for each in declared.fields}
    if isinstance(declared, UnionType) and declared.variants:
        objects = [java.object_type(each.type) for each in declared.variants]
        return all(each is not None and {"event", "data"} <= {field.wire for field in each.fields} for each in objects)
    return False
