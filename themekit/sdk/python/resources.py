"""The modules of `resources/`: one for each group, with a synchronous and an asynchronous class."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from themekit.sdk.python.docstrings import method_docstring
from themekit.sdk.python.literals import LITERAL, docstring, string
from themekit.sdk.python.operations import constant_lines
from themekit.sdk.python.printed import Group, call, imported, printed, united

if TYPE_CHECKING:
    from themekit.sdk.python.annotations import Types
    from themekit.sdk.python.arguments import Argument
    from themekit.sdk.python.methods import Method, Resource
    from themekit.sdk.python.results import Result

Lines = list[str]

_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
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
    constants = [line for each in resource.methods for line in constant_lines(each, types)]
    code: Lines = []
    words: set[str] = set()
    for is_async in (False, True):
        code += ["", "", *_class(resource, is_async=is_async, words=words, types=types)]
    head = _head(types, constants, words)
    return "\n".join([*head, *constants, *code]) + "\n"


def _head(types: Types, constants: Lines, words: set[str]) -> Lines:
    """The imports that the constants and the heads of the methods need."""
    code = set(_WORD.findall(LITERAL.sub("", "\n".join(constants))))
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


def _class(resource: Resource, *, is_async: bool, words: set[str], types: Types) -> Lines:
    prefix = "Async" if is_async else ""
    client = "AsyncClient" if is_async else "SyncClient"
    lines = [f"class {prefix}{resource.name}:"]
    group, default = resource.group, f"The operations of `{resource.attribute}`."
    lines += docstring(group.description or group.title, indent=4, default=default)
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
    lines = _deprecated(method, words)
    lines += _signature(
        f"{'async ' if is_async else ''}def {method.name}",
        _heads(method, arguments),
        returned,
        words=words,
    )
    lines += method_docstring(method, resource=resource, arguments=arguments, is_async=is_async, types=types)
    values = _values(arguments)
    if any(each.name == method.flag and each.is_required for each in method.arguments.all):
        values = Group("{", [*values.parts, f"{string(method.flag)}: False"], "}")
    parts: list[Group | str] = [method.constant, values, _call_options(method)]
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
    words.update(_WORD.findall(LITERAL.sub("", " ".join([*texts, returned]))))
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
    parts: list[Group | str] = [method.constant, f"{method.constant}_PAGES", _values(arguments), _call_options(method)]
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
    parts: list[Group | str] = [f"{method.constant}_STREAM", values, _call_options(method)]
    return lines + printed(call(f"return {'await ' if is_async else ''}self._client.{helper}", parts), indent=8)
