"""Resources as services with a method for each operation, and what the runtime is told about each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from themekit.model.api_types import Docs
from themekit.model.sdk import slot
from themekit.sdk.go.calls import call
from themekit.sdk.go.comments import doc, one_line
from themekit.sdk.go.declarations import field_rows
from themekit.sdk.go.expressions import Writer
from themekit.sdk.go.fields import style_text
from themekit.sdk.go.layout import Composite, rows, written
from themekit.sdk.go.literals import string, strings
from themekit.sdk.go.source import Piece, piece

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.model.api import Operation, Pagination, Parameter, Part
    from themekit.sdk.go.layout import Expression
    from themekit.sdk.go.plan import Method, Plan, Service

_HTTP = {
    each: f"http.Method{each.capitalize()}"
    for each in ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"]
}
_BODIES = {
    "json": "jsonBody",
    "form": "formBody",
    "multipart": "multipartBody",
    "text": "textBody",
}
_PAGES = {
    "cursor": "cursorPages",
    "last-id": "lastIDPages",
    "offset": "offsetPages",
    "page": "numberedPages",
    "next-url": "nextURLPages",
    "link-header": "linkPages",
}


def service(given: Service, plan: Plan) -> Iterator[Piece]:
    """The type of a resource, its methods and their params structs."""
    about = doc(
        Docs(description=given.group.description),
        given.type,
        fallback=f"{given.type} has the operations of a resource.",
    )
    yield piece(*about, f"type {given.type} struct {{", "\tcaller *caller", "}")
    for method in given.methods:
        if method.params and not method.is_twin:
            yield _params(method)
        yield from _results(method)
        yield _method(method, plan)
        if method.iterate:
            yield from _iterate(method, plan)
        yield _variable(method, plan)


def _params(method: Method) -> Piece:
    about = f"{method.params} has what {method.service}.{method.name} takes."
    return piece(
        f"// {about}",
        f"type {method.params} struct {{",
        *rows(field_rows(method.fields)),
        "}",
        types=[each.go_type for each in method.fields],
    )


def signature(method: Method) -> tuple[str, str]:
    """The parameters and the result of a method."""
    given = ["ctx context.Context", *(f"{each.name} {each.go_type}" for each in method.arguments)]
    if method.params:
        given.append(f"params *{method.params}")
    return ", ".join([*given, "opts ...Option"]), returned(method)


def returned(method: Method) -> str:
    """What a method returns."""
    found = method.result
    match found.kind:
        case "nothing":
            return "error"
        case "events" | "lines":
            return f"*Stream[{found.go_type}]"
        case "object" | "statuses":
            return f"(*{found.go_type}, error)"
    return f"({found.go_type}, error)"


def _method(method: Method, plan: Plan) -> Piece:
    parameters, result = signature(method)
    types = [result, *(each.go_type for each in method.arguments)]
    header = f"func (s *{method.service}) {method.name}({parameters}) {result} {{"
    return piece(*_about(method, plan), header, *_code(method), "}", types=types, imports=["context"])


def _about(method: Method, plan: Plan) -> tuple[str, ...]:
    """What the description says, the call with example values, and where it goes."""
    operation, name = method.operation, method.name
    shown = Docs(operation.docs.summary, operation.docs.description)
    parts = [*doc(shown, name, fallback=f"{name} calls an operation of the API."), "//"]
    if parts[-2].startswith(("//  ", "//\t")):
        parts += ["// An example:", "//"]  # which Go would take for a part of the list or code before it
    parts += [*(f"//\t{line}" for line in _example(method, plan)), "//"]
    parts.append(f"// {operation.method} {one_line(operation.path)}")
    if operation.docs.is_deprecated:
        parts += ["//", "// Deprecated: it will go away."]
    return tuple(parts)


def _example(method: Method, plan: Plan) -> list[str]:
    made = call(method, plan, writer=Writer(plan, f"{slot('go-package')}."), context="ctx", indent="")
    found = {"nothing": "err", "events": "stream", "lines": "stream"}.get(method.result.kind, "answer, err")
    return f"{found} := client.{made.text}".split("\n")


def _call(method: Method) -> str:
    arguments = f"[]any{{{', '.join(each.name for each in method.arguments)}}}" if method.arguments else "nil"
    return f"s.caller.call(&{method.variable}, {arguments}, {'params' if method.params else 'nil'}, opts)"


def _code(method: Method) -> tuple[str, ...]:
    found, call = method.result, _call(method)
    match found.kind:
        case "events" | "lines":
            is_lines = "true" if found.kind == "lines" else "false"
            return (
                f"\treturn newStream[{found.go_type}](ctx, s.caller, {is_lines}, func() *call {{",
                f"\t\treturn {call}",
                "\t})",
            )
        case "statuses":
            return _status_code(method)
    names = {
        "object": f"fetchObject[{found.go_type}]",
        "value": f"fetch[{found.go_type}]",
        "nothing": "fetchNothing",
        "text": "fetchText",
        "bytes": "fetchBytes",
        "file": "fetchFile",
    }
    return (f"\treturn {names[found.kind]}(ctx, s.caller, {call})",)


def _status_code(method: Method) -> tuple[str, ...]:
    lines = [
        f"\tanswer, err := s.caller.read(ctx, {_call(method)})",
        "\tif err != nil {",
        "\t\treturn nil, err",
        "\t}",
        f"\tresult := &{method.result.go_type}{{LastResponse: answer}}",
        "\tswitch {",
    ]
    for status, go_type in method.result.statuses:
        lines.append(f"\tcase matchesStatus({string(status)}, answer.Status):")
        lines.append(f"\t\tresult.{_status_field(status)}, err = decoded[{go_type}](answer)")
    return (*lines, "\t}", "\treturn result, err")


def _status_field(status: str) -> str:
    return f"Status{re.sub('[^0-9A-Za-z]', '', status.capitalize() if status == 'default' else status.upper())}"


def _results(method: Method) -> Iterator[Piece]:
    if method.result.kind != "statuses" or method.is_twin:
        return
    lines = [
        f"// {method.result.go_type} is the answer of {method.service}.{method.name}: the field of its status is set."
    ]
    lines.append(f"type {method.result.go_type} struct {{")
    for status, go_type in method.result.statuses:
        lines += [
            f"\t// {_status_field(status)} is the answer if its status is that.",
            f"\t{_status_field(status)} {go_type}",
        ]
    lines += ["\t// LastResponse is the answer as it came.", "\tLastResponse *Response", "}"]
    yield piece(*lines, types=[go_type for _, go_type in method.result.statuses])


def item_type(method: Method, plan: Plan) -> str:
    """The type of an item of a list's pages."""
    assert method.operation.pagination is not None  # noqa: S101  # the caller asked for one
    kind = method.operation.pagination.item_type
    plain = plan.types.of(kind)
    return f"*{plain}" if plan.types.object_of(kind) is not None else plain


def _iterate(method: Method, plan: Plan) -> Iterator[Piece]:
    pages = method.operation.pagination
    if pages is None:
        return
    parameters, _ = signature(method)
    item = item_type(method, plan)
    yield piece(
        f"// {method.iterate} goes through all items of all pages that {method.name} answers, from the page that the",
        "// parameters ask for.",
        f"func (s *{method.service}) {method.iterate}({parameters}) Items[{item}] {{",
        f"\treturn iterate[{item}](ctx, s.caller, func() *call {{",
        f"\t\treturn {_call(method)}",
        f"\t}}, {method.variable}Pages)",
        "}",
        types=[item],
        imports=["context"],
    )
    entries = tuple(_pages(pages, method.operation))
    yield piece(f"var {method.variable}Pages = {written(Composite('pagination', entries))}")


def _pages(pages: Pagination, operation: Operation) -> Iterator[tuple[str, Expression]]:
    yield "kind", _PAGES[pages.kind]
    for key, names in (("items", pages.items), ("next", pages.next), ("more", pages.more)):
        if names:
            yield key, strings(names)
    if pages.parameter:
        yield "parameter", string(pages.parameter)
    if pages.place == "body":
        yield "inBody", "true"
    first = _first(pages, operation)
    if first:
        yield "first", str(first)
    if pages.id_field:
        yield "idField", string(pages.id_field)


def _first(pages: Pagination, operation: Operation) -> int:
    if pages.kind not in {"offset", "page"}:
        return 0
    named = [each.docs.default for each in operation.parameters if each.wire == pages.parameter]
    default = named[0] if named and named[0] is not None else ""
    if re.fullmatch(r"\d{1,9}", default):
        return int(default)
    return 1 if pages.kind == "page" else 0


def _variable(method: Method, plan: Plan) -> Piece:
    entries = tuple(_entries(method, plan))
    return piece(f"var {method.variable} = {written(Composite('operation', entries))}", imports=["net/http"])


def _entries(method: Method, plan: Plan) -> Iterator[tuple[str, Expression]]:
    operation = method.operation
    yield "method", _HTTP[operation.method]
    yield "path", strings(_path_texts(method))
    if method.arguments:
        yield "names", strings(tuple(each.parameter.wire for each in method.arguments))
        styles = [_path_style(each.parameter) for each in method.arguments]
        if any(each != _SIMPLE for each in styles):
            yield "styles", f"[]style{{{', '.join(styles)}}}"
    if operation.servers:
        yield "server", string(operation.servers[0].url)
    yield "accept", string(method.result.media_type or "application/json")
    yield from _body_entries(method)
    if operation.idempotency:
        yield "idempotency", string(operation.idempotency)
    if operation.security:
        alternatives = ", ".join(
            "{" + ", ".join(string(each.scheme) for each in alternative) + "}" for alternative in operation.security
        )
        yield "security", f"[]alternative{{{alternatives}}}"
    errors = errors_of(operation, plan)
    if errors:
        yield "errors", plan.error_tables.setdefault(errors, f"errors{len(plan.error_tables) + 1}")
    if any(each.wire.lower() == "last-event-id" for each in operation.parameters):
        yield "resumes", "true"


_SIMPLE = '{name: "simple"}'


def _path_style(parameter: Parameter) -> str:
    if parameter.content_type:
        return '{name: "simple", json: true}'
    explode = ", explode: true" if parameter.explode else ""
    return f"{{name: {string(parameter.style)}{explode}}}"


def _path_texts(method: Method) -> tuple[str, ...]:
    rest, found = method.operation.path, []
    for each in method.arguments:
        before, _, rest = rest.partition(f"{{{each.parameter.wire}}}")
        found.append(_encoded(before))
    return (*found, _encoded(rest))


def _encoded(text: str) -> str:
    """As a URL holds it; what the model has in percent encoding stays."""
    return quote(text, safe="/:@!$&'()*+,;=~-._%", errors="replace")


def _body_entries(method: Method) -> Iterator[tuple[str, Expression]]:
    content = method.content
    if content is None:
        return
    yield "body", _BODIES.get(content.kind, "rawBody")
    if content.kind != "multipart":
        is_range = "*" in content.media_type or not content.media_type
        yield "mediaType", string("application/octet-stream" if is_range else content.media_type)
    parts = tuple((string(each.field.wire), text) for each in content.parts if (text := _part(each)))
    if parts:
        yield "parts", Composite("map[string]part", parts)
    if method.operation.body is not None and not method.operation.body.is_required:
        yield "isBodyOptional", "true"
    if method.preset is not None:
        yield "preset", f'map[string]any{{"stream": {str(method.preset).lower()}}}'


def _part(part: Part) -> str:
    entries = []
    if style_text(part.style, explode=part.explode) != "form,explode":
        explode = ", explode: true" if part.explode else ""
        entries.append(f"style: style{{name: {string(part.style)}{explode}}}")
    if part.content_type:
        entries.append(f"mediaType: {string(part.content_type)}")
    return f"{{{', '.join(entries)}}}" if entries else ""


def errors_of(operation: Operation, plan: Plan) -> tuple[tuple[str, str], ...]:
    """Statuses and the types of their bodies; one for all if they have the same."""
    found = [
        (each.status, plan.types.of(content.type))
        for each in operation.responses
        for content in each.contents[:1]
        if each not in operation.successes and content.kind == "json"
    ]
    names = {name for _, name in found}
    if len(names) == 1:
        return (("default", names.pop()),)
    return tuple(sorted(found, key=lambda each: (each[0] == "default", "X" in each[0].upper())))


def error_tables(plan: Plan) -> Iterator[Piece]:
    """The tables of error types that operations name."""
    for errors, name in plan.error_tables.items():
        entries = tuple(("", f"{{{string(status)}, makeNew[{go_type}]}}") for status, go_type in errors)
        yield piece(f"var {name} = {written(Composite('[]described', entries))}", types=[each for _, each in errors])
