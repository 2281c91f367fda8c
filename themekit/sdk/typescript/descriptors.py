"""What the runtime is told of an operation: a value of JavaScript, with no code in it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from themekit.model.api_types import Primitive
from themekit.sdk.typescript.plan import page_key
from themekit.sdk.typescript.reading import json_value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from themekit.model.api import Pagination, Part
    from themekit.sdk.typescript.layout import Value
    from themekit.sdk.typescript.plan import Answer, BodyPlan, Call, Placed

PATH_SAFE = "/{}:@!$&'()*+,;=-._~%?"
"""What may stand in a path as it is; parameters are in braces."""

MEDIA_TYPES: Mapping[str, str] = {
    "json": "application/json",
    "json-lines": "application/jsonl",
    "form": "application/x-www-form-urlencoded",
    "multipart": "multipart/form-data",
    "text": "text/plain",
}
"""What a body is sent as if the description has a range only, as in `text/*`."""

_STREAM_PARAMETER = "stream"


def descriptor(call: Call, *, is_streamed: bool = False) -> dict[str, Value]:
    """One operation; with `is_streamed` as its answer comes as a stream."""
    operation = call.operation
    found: dict[str, Value] = {"method": operation.method, "path": quote(operation.path, safe=PATH_SAFE)}
    if operation.servers:
        found["server"] = operation.servers[0].url
    if operation.security:
        found["security"] = [[each.scheme for each in alternative] for alternative in operation.security]
    if call.path:
        found["pathParams"] = [_path_parameter(each) for each in call.path]
    params = [_parameter(each) for each in call.params] + [
        {**_parameter(each), "isOption": True} for each in call.options
    ]
    if params:
        found["params"] = params
    if call.body is not None:
        found["body"] = _body(call.body, is_streamed=is_streamed, is_twin=call.streamed is not None)
    if operation.idempotency:
        found["idempotency"] = operation.idempotency
    answer = call.streamed if is_streamed and call.streamed else call.answer
    found["answer"] = _answer(answer, call)
    if call.iterate and operation.pagination is not None and not is_streamed:
        found["pages"] = _pages(call, operation.pagination)
    return found


def _path_parameter(placed: Placed) -> dict[str, Value]:
    """By its name in the path, which is percent-encoded as the path is."""
    parameter = placed.parameter
    found: dict[str, Value] = {"name": quote(parameter.wire, safe=PATH_SAFE)}
    if parameter.content_type:
        return {**found, "json": True}
    if parameter.style != "simple":
        found["style"] = parameter.style
    if parameter.explode:
        found["explode"] = True
    return found


def _parameter(placed: Placed) -> dict[str, Value]:
    parameter = placed.parameter
    found: dict[str, Value] = {"key": placed.key}
    if placed.key != parameter.wire:
        found["name"] = parameter.wire
    if parameter.place != "query":
        found["in"] = parameter.place
    if parameter.content_type:
        return {**found, "json": True}
    if parameter.style not in {"form", "simple"}:
        found["style"] = parameter.style
    if parameter.explode != (parameter.style == "form"):
        found["explode"] = parameter.explode
    if parameter.allow_reserved:
        found["reserved"] = True
    return found


def _body(body: BodyPlan, *, is_streamed: bool, is_twin: bool) -> dict[str, Value]:
    content = body.content
    kind = "text" if content.kind in {"xml", "events"} else content.kind
    media_type = MEDIA_TYPES.get(kind, "") if "*" in content.media_type else content.media_type
    found: dict[str, Value] = {"kind": kind, "type": media_type or "application/octet-stream"}
    if body.is_required:
        found["isRequired"] = True
    if body.is_argument:
        found["isArgument"] = True
    parts = [each for each in map(_part, content.parts) if len(each) > 1]
    if parts:
        found["parts"] = parts
    asked = next((field for name, field in body.fields if name == _STREAM_PARAMETER), None)
    if asked is not None and (is_streamed or (is_twin and asked.is_required)):
        found["always"] = {_STREAM_PARAMETER: is_streamed}
    return found


def _part(part: Part) -> dict[str, Value]:
    found: dict[str, Value] = {"name": part.field.wire}
    if part.is_file:
        found["file"] = True
    if part.content_type:
        found["type"] = part.content_type
    if part.style != "form":
        found["style"] = part.style
    if part.explode != (part.style == "form"):
        found["explode"] = part.explode
    return found


def _answer(answer: Answer, call: Call) -> dict[str, Value]:
    found: dict[str, Value] = {"kind": answer.kind}
    if answer.media_type not in {"", "*/*", "application/json"}:
        found["accept"] = answer.media_type
    if answer.kind == "events":
        if answer.types and answer.types[0] == Primitive("string"):
            found["isText"] = True
        if any(each.key == "lastEventId" for each in call.options):
            found["resume"] = True
    return found


def _pages(call: Call, pagination: Pagination) -> dict[str, Value]:
    found: dict[str, Value] = {"kind": pagination.kind, "items": list(pagination.items)}
    if pagination.next:
        found["next"] = list(pagination.next)
    if pagination.parameter:
        found["key"] = page_key(call, pagination)
    if pagination.id_field:
        found["idField"] = pagination.id_field
    if pagination.more:
        found["more"] = list(pagination.more)
    start = _start(call, pagination)
    if start is not None:
        found["start"] = start
    return found


def _start(call: Call, pagination: Pagination) -> Value:
    """Where the list starts if nothing is said, if the description says so."""
    if pagination.kind not in {"offset", "page"}:
        return None
    for each in call.params:
        if each.parameter.wire == pagination.parameter and each.parameter.docs.default is not None:
            found = json_value(each.parameter.docs.default)
            return found if isinstance(found, int) else None
    return None
