"""A curl command that calls an operation, for a POSIX shell."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from themekit.model.sdk import slot
from themekit.site.reference.example_values import content_value, parameter_value
from themekit.site.reference.samples import Sample

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from themekit.model.api import ApiModel, Content, Operation, Parameter, Scheme
    from themekit.model.api_types import Declaration, TypeId

_EXPRESSION = re.compile(r"\{([^{}]*)\}")
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")


def curl(api: ApiModel, operation: Operation, *, declarations: Mapping[TypeId, Declaration]) -> Sample:
    """The command, with values of examples; credentials come from the environment."""
    parts = [f"curl {_method(operation)}{_url(operation, declarations)}", *_options(api, operation, declarations)]
    return Sample("curl", "curl", "bash", " \\\n  ".join(parts))


def _method(operation: Operation) -> str:
    if operation.method == "GET":
        return ""
    return "--head " if operation.method == "HEAD" else f"--request {operation.method} "


def _url(operation: Operation, declarations: Mapping[TypeId, Declaration]) -> str:
    """The address in double quotes, in which a shell reads nothing: all that is not safe in an address is percents."""
    values = {
        each.wire: _written(parameter_value(each, declarations), each)
        for each in operation.parameters
        if each.place == "path"
    }
    path = "".join(
        quote(values.get(part, part), safe="") if index % 2 else quote(part, safe="/:@,;=~.-_%")
        for index, part in enumerate(_EXPRESSION.split(operation.path))
    )
    pairs = [
        f"{quote(name, safe='')}={quote(value, safe='')}"
        for each in operation.parameters
        if each.place == "query" and each.is_required
        for name, value in _pairs(parameter_value(each, declarations), each)
    ]
    base = slot("base-url")
    return f'"{base}{path}{"?" if pairs else ""}{"&".join(pairs)}"'


def _options(api: ApiModel, operation: Operation, declarations: Mapping[TypeId, Declaration]) -> Iterator[str]:
    yield from _credentials(api, operation)
    for each in operation.parameters:
        if each.place == "header" and each.is_required and each.wire != operation.idempotency and _is_token(each.wire):
            yield f"--header {_quoted(f'{each.wire}: {_written(parameter_value(each, declarations), each)}')}"
    if operation.idempotency and _is_token(operation.idempotency):
        yield f'--header "{operation.idempotency}: $(uuidgen)"'
    if operation.body is not None and operation.body.contents:
        yield from _body(operation.body.contents[0], declarations)
    if any(content.kind == "events" for response in operation.successes for content in response.contents):
        yield "--no-buffer"
    if any(content.kind == "binary" for response in operation.successes for content in response.contents):
        yield "--output file"


def _credentials(api: ApiModel, operation: Operation) -> Iterator[str]:
    schemes = {each.id: each for each in api.schemes}
    for requirement in operation.security[0] if operation.security else ():
        scheme = schemes.get(requirement.scheme)
        if scheme is not None:
            yield from _credential(scheme)


def _credential(scheme: Scheme) -> Iterator[str]:
    match scheme.kind:
        case "bearer":
            yield '--header "Authorization: Bearer $API_KEY"'
        case "oauth2" | "openid":
            yield '--header "Authorization: Bearer $ACCESS_TOKEN"'
        case "basic":
            yield '--user "$USERNAME:$PASSWORD"'
        case "api-key" if scheme.place == "header" and _is_token(scheme.wire):
            yield f'--header "{scheme.wire}: $API_KEY"'
        case "api-key" if scheme.place == "cookie" and _is_token(scheme.wire):
            yield f'--cookie "{scheme.wire}=$API_KEY"'
        case "api-key" if scheme.place == "query":
            yield f'--url-query "{quote(scheme.wire, safe="")}=$API_KEY"'
        case "mutual-tls":
            yield "--cert client.pem"


def _body(content: Content, declarations: Mapping[TypeId, Declaration]) -> Iterator[str]:
    value = content_value(content, declarations)
    if content.kind == "multipart" and isinstance(value, dict):
        files = {part.field.wire for part in content.parts if part.is_file}
        for name, each in value.items():
            sent = "@file" if name in files else _plain(each)
            yield f"--form{'' if name in files else '-string'} {_quoted(f'{name}={sent}')}"
        return
    if content.kind == "form" and isinstance(value, dict):
        yield from (f"--data-urlencode {_quoted(f'{name}={_plain(each)}')}" for name, each in value.items())
        return
    yield f"--header {_quoted(f'Content-Type: {content.media_type}')}"
    if content.kind == "binary":
        yield "--data-binary @file"
    elif content.kind == "json":
        yield f"--data {_quoted(json.dumps(value, ensure_ascii=False, indent=2))}"
    else:
        yield f"--data-raw {_quoted(_plain(value))}"


def _pairs(value: object, parameter: Parameter) -> Iterator[tuple[str, str]]:
    if isinstance(value, list) and parameter.explode and not parameter.content_type:
        yield from ((parameter.wire, _plain(each)) for each in value)
    elif isinstance(value, dict) and parameter.style == "deepObject":
        yield from ((f"{parameter.wire}[{name}]", _plain(each)) for name, each in value.items())
    elif isinstance(value, dict) and parameter.explode and not parameter.content_type:
        yield from ((str(name), _plain(each)) for name, each in value.items())
    else:
        yield parameter.wire, _written(value, parameter)


def _written(value: object, parameter: Parameter) -> str:
    if parameter.content_type:
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return _joined([_plain(each) for each in value], parameter.style)
    if isinstance(value, dict):
        return _joined([part for name, each in value.items() for part in (str(name), _plain(each))], parameter.style)
    return _plain(value)


def _joined(values: Sequence[str], style: str) -> str:
    return {"spaceDelimited": " ", "pipeDelimited": "|"}.get(style, ",").join(values)


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _quoted(text: str) -> str:
    """One word of a POSIX shell, whatever the text holds. A leading `@` of a value would be a file's name."""
    return "'" + text.replace("\0", "").replace("'", "'\\''") + "'"


def _is_token(name: str) -> bool:
    """A header's name as HTTP has it, with nothing that a shell reads within quotes."""
    return _TOKEN.fullmatch(name) is not None and not set(name) & set("`$!")
