"""The constants of a resource's module: each operation as the runtime is told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.model.api import Parameter, Part
from themekit.sdk.python.arguments import sends_null
from themekit.sdk.python.literals import string, strings
from themekit.sdk.python.paging import paging
from themekit.sdk.python.printed import Group, assigned, call, keyed

if TYPE_CHECKING:
    from themekit.model.api import Content
    from themekit.sdk.python.annotations import Types
    from themekit.sdk.python.arguments import Argument, Arguments
    from themekit.sdk.python.methods import Method
    from themekit.sdk.python.results import Result

Lines = list[str]

_KINDS = {"xml": "text", "events": "json-lines"}
"""Kinds of bodies that are sent as another kind."""


def constant_lines(method: Method, types: Types) -> Lines:
    """The constants of one operation: itself, its pages, its stream."""
    lines = _operation(method, method.result, method.constant, types)
    if method.iterator:
        page = paging(method.operation, method.arguments, types=types)
        name = f"{method.constant}_PAGES"
        lines += assigned(f"{name}: Paging[{page.item}]", call("Paging", page.parts))
    if method.stream is not None:
        lines += _operation(method, method.stream, f"{method.constant}_STREAM", types)
    return lines


def _operation(method: Method, result: Result, name: str, types: Types) -> Lines:
    """The description of an operation for the runtime."""
    of = method.operation
    parts = [*_request(method, types), *_answer(method, result)]
    if of.security:
        alternatives = [strings(one.scheme for one in each) for each in of.security]
        parts.append(Group("security=(", alternatives, ")", kind="tuple"))
    if of.servers:
        parts.append(f"server={string(of.servers[0].url)}")
    if of.idempotency:
        parts.append(f"idempotency={string(of.idempotency)}")
    if result.kind in {"events", "raw-events"} and (resume := _resume(method.arguments)):
        parts.append(f"resume={string(resume)}")
    kind = "Any" if result.kind == "download" else result.annotation
    return assigned(f"{name}: Operation[{kind}]", call("Operation", parts))


def _request(method: Method, types: Types) -> list[Group | str]:
    """Where an operation is, and what it takes."""
    parts: list[Group | str] = [string(method.operation.method), string(method.operation.path)]
    params = [_param(each, each.origin) for each in method.arguments.all if isinstance(each.origin, Parameter)]
    if params:
        parts.append(Group("params=(", params, ")", kind="tuple"))
    if method.arguments.content is not None and method.operation.body is not None:
        parts.append(_body(method, method.arguments.content, types, is_required=method.operation.body.is_required))
    return parts


def _answer(method: Method, result: Result) -> list[Group | str]:
    """What an operation answers."""
    parts: list[Group | str] = []
    if result.codec:
        parts.append(f"result={result.codec}")
    if result.by_status:
        table = [f"{string(status)}: {codec or 'None'}" for status, codec in result.by_status]
        parts.append(Group("results={", table, "}"))
    if result.kind in {"text", "none"}:
        parts.append(f"result_kind={string(result.kind)}")
    if result.accept != "application/json":
        parts.append(f"accept={string(result.accept)}")
    if result.is_stream:
        parts.append(f"stream_kind={string(result.kind)}")
    if method.errors:
        parts.append(Group("errors={", [f"{string(status)}: {codec}" for status, codec in method.errors], "}"))
    return parts


def _resume(arguments: Arguments) -> str:
    """The parameter for the id of the last event of a stream."""
    for each in arguments.named:
        if isinstance(each.origin, Parameter) and each.origin.wire.lower() == "last-event-id":
            return each.name
    return ""


def _param(of: Argument, origin: Parameter) -> Group:
    parts: list[Group | str] = [string(of.name)]
    if origin.wire != of.name:
        parts.append(string(origin.wire))
    if origin.content_type:
        parts.append("is_json=True")
    else:
        usual = {"path": "simple", "query": "form"}.get(origin.place, origin.style)
        if origin.style != usual:
            parts.append(f"style={string(origin.style)}")
        is_usual = origin.explode == (origin.place in {"query", "cookie"})
        if not is_usual:
            parts.append(f"explode={origin.explode}")
    if origin.allow_reserved:
        parts.append("allow_reserved=True")
    return call(origin.place, parts)


def _body(method: Method, content: Content, types: Types, *, is_required: bool) -> Group:
    arguments = method.arguments
    kind = _KINDS.get(content.kind, content.kind)
    tail = [f"media_type={string(content.media_type)}"] if arguments.is_flat else [string(content.media_type)]
    if is_required:
        tail.append("is_required=True")
    if not arguments.is_flat:
        return call("body=BodySpec", [string(kind), *tail])
    plain: list[Group | str] = []
    more: list[Group | str] = []
    nullable = []
    for each in arguments.named:
        if isinstance(each.origin, Parameter | str):
            continue
        if sends_null(each, types):
            nullable.append(each.name)
        written = _part(each)
        if isinstance(written, str) and written == string(each.name):
            plain.append(written)
        else:
            more.append(keyed(string(each.name), written))
    parts: list[Group | str] = [string(kind), *plain, *tail]
    if nullable:
        parts.append(Group("nullable=(", [string(name) for name in nullable], ")", kind="tuple"))
    if more:
        parts.append(Group("more={", more, "}"))
    return call("body=fields", parts)


def _part(of: Argument) -> Group | str:
    """How a field is written, its wire name alone if it is as usual."""
    origin = of.origin
    if not isinstance(origin, Part):
        return string(origin.wire) if not isinstance(origin, str | Parameter) else ""
    parts: list[Group | str] = [string(origin.field.wire)]
    if origin.is_file:
        parts.append("is_file=True")
    if origin.content_type:
        parts.append(f"content_type={string(origin.content_type)}")
    if origin.style != "form":
        parts.append(f"style={string(origin.style)}")
    if not origin.explode:
        parts.append("explode=False")
    return string(origin.field.wire) if len(parts) == 1 else call("Part", parts)
