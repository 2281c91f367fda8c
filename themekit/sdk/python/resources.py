"""The modules of `resources/`: one for each group, with a synchronous and an asynchronous class."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from themekit.model.api import Parameter, Part
from themekit.sdk.python.arguments import sends_null
from themekit.sdk.python.docstrings import method_text
from themekit.sdk.python.literals import docstring, string, strings
from themekit.sdk.python.paging import paging
from themekit.sdk.python.printed import Group, assigned, call, imported, keyed, printed, united

if TYPE_CHECKING:
    from themekit.sdk.python.annotations import Types
    from themekit.sdk.python.arguments import Argument, Arguments
    from themekit.sdk.python.methods import Method, Resource
    from themekit.sdk.python.results import Result

Lines = list[str]

_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_STRING = re.compile(r"\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)*'")
_TYPING = ("Any", "Dict", "List", "Literal")
_ABC = ("AsyncIterator", "Iterator", "Mapping", "Sequence")
_STREAMS = ("AsyncDownload", "AsyncStream", "Download", "ServerEvent", "Stream")
_OPERATIONS = ("Operation", "Paging", "Part", "cookie", "fields", "BodySpec", "header", "path", "query")
_VALUES = ("BYTES", "DATE", "DATE_TIME", "ListOf", "MapOf", "UnionOf", "Kind")
_OPTIONS = (
    ("api_key: str | None = None", "api_key"),
    ("timeout: Timeout | float | None = None", "timeout"),
    ("max_retries: int | None = None", "max_retries"),
    ("headers: Mapping[str, str] | None = None", "headers"),
)


def resource_text(resource: Resource, types: Types) -> str:
    """The module of a resource."""
    constants = [line for each in resource.methods for line in _constants(each, types)]
    code: Lines = []
    words: set[str] = set()
    for is_async in (False, True):
        code += ["", "", *_class(resource, is_async=is_async, words=words, types=types)]
    head = _head(types, constants, words)
    return "\n".join([*head, *constants, *code]) + "\n"


def _head(types: Types, constants: Lines, words: set[str]) -> Lines:
    """The imports that the constants and the heads of the methods need."""
    code = set(_WORD.findall(_STRING.sub("", "\n".join(constants))))
    named = types.classes.keys()
    used = sorted(words & named)
    lines = ['"""Operations of the API."""', "", "from __future__ import annotations", ""]
    lines.append(f"from typing import {', '.join(sorted({'TYPE_CHECKING'} | (code & set(_TYPING))))}")
    lines += ["", *imported(".._core.deprecation", {"deprecated"} & words)]
    lines += imported(".._core.operations", code & set(_OPERATIONS))
    needed = {"CallOptions"} | ({"UNSET"} & words)
    lines += imported(".._core.options", needed)
    lines += imported(".._core.values", code & set(_VALUES))
    late: Lines = []
    if "datetime" in words or "datetime" in code:
        late.append("    import datetime")
    late += imported("collections.abc", words & set(_ABC), indent=4)
    typing = (words & set(_TYPING)) - code
    late += imported("typing", typing, indent=4)
    late += [""] if late else []
    late += imported(".._core.clients", {"AsyncClient", "SyncClient"}, indent=4)
    late += imported(".._core.options", {"Timeout", *({"Unset"} & words)}, indent=4)
    late += imported(".._core.requests", {"FileInput"} & words, indent=4)
    late += imported(".._core.streams", (words | code) & set(_STREAMS), indent=4)
    late += imported("..types", set(used) | (code & named), indent=4)
    return [*lines, "", "if TYPE_CHECKING:", *late, ""]


def _constants(method: Method, types: Types) -> Lines:
    lines = [*_operation(method, method.result, method.constant, types)]
    if method.iterator:
        page = paging(method.operation, method.arguments, types)
        name = f"{method.constant}_PAGES"
        lines += assigned(f"{name}: Paging[{page.item}]", call("Paging", page.parts))
    if method.stream is not None:
        lines += _operation(method, method.stream, f"{method.constant}_STREAM", types)
    return lines


def _operation(method: Method, result: Result, name: str, types: Types) -> Lines:
    """The description of an operation for the runtime."""
    of = method.operation
    parts: list[Group | str] = [string(of.method), string(of.path)]
    params = [_param(each) for each in method.arguments.all if isinstance(each.origin, Parameter)]
    if params:
        parts.append(Group("params=(", params, ")", kind="tuple"))
    if method.arguments.content is not None:
        parts.append(_body(method, types))
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


def _resume(arguments: Arguments) -> str:
    """The parameter for the id of the last event of a stream."""
    for each in arguments.named:
        if isinstance(each.origin, Parameter) and each.origin.wire.lower() == "last-event-id":
            return each.name
    return ""


def _param(of: Argument) -> Group:
    origin = of.origin
    if not isinstance(origin, Parameter):
        raise TypeError(of.name)
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


def _body(method: Method, types: Types) -> Group:
    content, arguments = method.arguments.content, method.arguments
    if content is None or method.operation.body is None:
        raise TypeError(method.name)
    kind = (
        content.kind if content.kind not in {"xml", "events"} else {"xml": "text", "events": "json-lines"}[content.kind]
    )
    tail = [f"media_type={string(content.media_type)}"] if arguments.is_flat else [string(content.media_type)]
    if method.operation.body.is_required:
        tail.append("is_required=True")
    if not arguments.is_flat:
        return call("body=BodySpec", [string(kind), *tail])
    plain: list[Group | str] = []
    more: list[Group | str] = []
    nullable = []
    for each in arguments.named:
        if isinstance(each.origin, Parameter) or isinstance(each.origin, str):
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


def _class(resource: Resource, *, is_async: bool, words: set[str], types: Types) -> Lines:
    prefix = "Async" if is_async else ""
    client = "AsyncClient" if is_async else "SyncClient"
    lines = [f"class {prefix}{resource.name}:"]
    lines += docstring(resource.group.description or resource.group.title or resource.attribute, indent=4)
    lines += ["", f"    def __init__(self, client: {client}) -> None:", "        self._client = client"]
    for method in resource.methods:
        lines += ["", *_method(method, is_async=is_async, words=words, resource=resource, types=types)]
        if method.iterator:
            lines += ["", *_iterate(method, is_async=is_async, words=words)]
        if method.stream is not None:
            lines += ["", *_streaming(method, is_async=is_async, words=words)]
    return lines


def _method(method: Method, *, is_async: bool, words: set[str], resource: Resource, types: Types) -> Lines:
    result = method.result
    returned, helper = _returned(result, is_async=is_async)
    arguments = [each for each in method.arguments.all if each.name != method.flag]
    text = method_text(method, resource=resource, arguments=arguments, is_async=is_async, types=types)
    lines = _deprecated(method, words)
    lines += _signature(
        f"{'async ' if is_async else ''}def {method.name}",
        _heads(method, arguments),
        returned,
        words=words,
    )
    lines += docstring(text, indent=8)
    parts = [f"{method.constant}", _values(arguments), _call_options(method)]
    awaited = "await " if is_async else ""
    statement = f"return {awaited}self._client.{helper}"
    if result.kind == "none":
        statement = f"{awaited}self._client.{helper}"
    return lines + printed(call(statement, parts), indent=8)


def _returned(result: Result, *, is_async: bool) -> tuple[str, str]:
    prefix = "Async" if is_async else ""
    if result.is_stream:
        return f"{prefix}Stream[{result.annotation}]", "_stream"
    if result.kind == "download":
        return f"{prefix}Download", "_download"
    return result.annotation, "_call"


def _deprecated(method: Method, words: set[str]) -> Lines:
    if not method.operation.docs.is_deprecated:
        return []
    words.add("deprecated")
    return ['    @deprecated("the API will drop this operation")']


def _heads(method: Method, arguments: list[Argument]) -> list[Argument | str]:
    positional = [each for each in arguments if each in method.arguments.positional]
    named: list[Argument | str] = [each for each in arguments if each not in method.arguments.positional]
    if method.has_key:
        named.append("idempotency_key: str | None = None")
    return ["self", *positional, "*", *named, *(head for head, _ in _OPTIONS)]


def _signature(start: str, heads: list[Argument | str], returned: str, *, words: set[str]) -> Lines:
    texts = [str(each) for each in heads]
    words.update(_WORD.findall(_STRING.sub("", " ".join([*texts, returned]))))
    whole = call(start, texts, end=f" -> {returned}:")
    lines = printed(whole, indent=4)
    if len(lines) == 1:
        return lines
    inner: Lines = []
    for each in heads:
        if isinstance(each, str):
            inner.append(f"        {each},")
        else:
            default = f" = {each.default}" if each.default else ""
            inner += united(each.name, each.annotation, default=default, indent=8)
    return [lines[0], *inner, lines[-1]]


def _values(arguments: list[Argument]) -> Group:
    return Group("{", [f"{string(each.name)}: {each.name}" for each in arguments], "}")


def _call_options(method: Method) -> Group:
    names = [*(["idempotency_key"] if method.has_key else []), *(name for _, name in _OPTIONS)]
    return call("CallOptions", [f"{name}={name}" for name in names])


def _iterate(method: Method, *, is_async: bool, words: set[str]) -> Lines:
    """The method that goes over the items of all pages."""
    arguments = [each for each in method.arguments.all if each.name != method.flag]
    item = method.paged_item
    returned = f"{'Async' if is_async else ''}Iterator[{item}]"
    lines = _deprecated(method, words)
    lines += _signature(f"def {method.iterator}", _heads(method, arguments), returned, words=words)
    lines += docstring(
        f"Every item of `{method.name}`, from this page to the last.\n\n"
        "Pages are asked for while you go on; the parameters are the same.",
        indent=8,
    )
    parts = [method.constant, f"{method.constant}_PAGES", _values(arguments), _call_options(method)]
    return lines + printed(call("return self._client._iterate", parts), indent=8)


def _streaming(method: Method, *, is_async: bool, words: set[str]) -> Lines:
    """The method that has the answer item by item."""
    if method.stream is None:
        raise TypeError(method.name)
    arguments = [each for each in method.arguments.all if each.name != method.flag]
    returned, helper = _returned(method.stream, is_async=is_async)
    lines = _deprecated(method, words)
    lines += _signature(
        f"{'async ' if is_async else ''}def {method.stream_name}", _heads(method, arguments), returned, words=words
    )
    lines += docstring(f"The answer of `{method.name}` as it comes; the parameters are the same.", indent=8)
    values = _values(arguments)
    if method.flag:
        values = Group("{", [*values.parts, f"{string(method.flag)}: True"], "}")
    parts = [f"{method.constant}_STREAM", values, _call_options(method)]
    return lines + printed(call(f"return {'await ' if is_async else ''}self._client.{helper}", parts), indent=8)
