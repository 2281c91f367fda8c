"""Calls of operations with example values, for samples, documentation and tests."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.sdk.go.example_values import body_example, documented
from themekit.sdk.go.layout import Composite, written
from themekit.sdk.go.literals import string
from themekit.sdk.go.plan import primary

if TYPE_CHECKING:
    from themekit.model.api import Scheme
    from themekit.sdk.go.example_values import Json
    from themekit.sdk.go.expressions import Writer
    from themekit.sdk.go.fields import ParamField
    from themekit.sdk.go.layout import Expression
    from themekit.sdk.go.plan import Method, Plan

_FILE = '"Content of a file."'


@dataclass(frozen=True, slots=True)
class Call:
    """`text` is the call, from the service on: `Payments.Create(ctx, …)`; `imports` are what its arguments need."""

    text: str
    imports: frozenset[str]


def call(method: Method, plan: Plan, *, writer: Writer, context: str, name: str = "", indent: str = "\t") -> Call:
    """The call of a method with the values of its examples."""
    arguments = [context]
    for each in method.arguments:
        value = documented(each.parameter.docs, each.parameter.type, types=plan.types)
        arguments.append(
            written(writer.field(each.parameter.type, value, go_type=each.go_type) or _zero(each.go_type), indent)
        )
    if method.params:
        entries = _entries(method, plan, writer)
        if entries or any(each.is_required for each in method.fields):
            arguments.append(written(Composite(f"&{writer.qualifier}{method.params}", entries), indent))
        else:
            arguments.append("nil")
    field = next(each.field for each in plan.services if each.type == method.service)
    text = f"{field}.{name or method.name}({', '.join(arguments)})"
    joined = " ".join(arguments)
    found = {
        package
        for mark, package in (("time.Date(", "time"), ("strings.NewReader(", "strings"), ("io.", "io"))
        if mark in joined
    }
    return Call(text, frozenset(found))


def _zero(go_type: str) -> str:
    return '""' if go_type == "string" else f"*new({go_type})"


def _entries(method: Method, plan: Plan, writer: Writer) -> tuple[tuple[str, Expression], ...]:
    body: Json = None
    if method.content is not None:
        body = body_example(method.content, plan.types)
    found: list[tuple[str, Expression]] = []
    for each in method.fields:
        value = _field(each, body, method=method, plan=plan, writer=writer)
        if value is not None:
            found.append((each.name, value))
    return tuple(found)


def _field(each: ParamField, body: Json, *, method: Method, plan: Plan, writer: Writer) -> Expression | None:
    match each.place:
        case "query" | "header" | "cookie":
            if not each.is_required:
                return None
            value = documented(each.docs, each.type, types=plan.types)
            return writer.field(each.type, value, go_type=each.go_type)
        case "member" | "part":
            value = body.get(each.wire) if isinstance(body, dict) else None
            return writer.field(each.type, value, go_type=each.go_type)
        case "file":
            if not each.is_required and not (isinstance(body, dict) and each.wire in body):
                return None
            reader = f"strings.NewReader({_FILE})"
            return f"[]io.Reader{{{reader}}}" if each.go_type == "[]io.Reader" else reader
        case "filename":
            return '"file.pdf"' if any(other.place == "file" for other in method.fields) else None
        case "whole":
            return _whole(each, body, writer)
    return None


def _whole(each: ParamField, body: Json, writer: Writer) -> Expression | None:
    if each.go_type == "io.Reader":
        return f"strings.NewReader({_FILE})"
    if each.go_type in {"[]byte", "string"}:
        text = body if isinstance(body, str) else json.dumps(body)
        found = string(text)
        return f"[]byte({found})" if each.go_type == "[]byte" else found
    return writer.field(each.type, body, go_type=each.go_type)


def schemes_of(method: Method, plan: Plan) -> tuple[Scheme, ...]:
    """The schemes of the first alternative of an operation, with the primary one first if there is a choice."""
    by_id = {each.id: each for each in plan.api.schemes}
    key = primary(plan.api)
    for alternative in method.operation.security:
        if key is not None and [each.scheme for each in alternative] == [key.id]:
            return (key,)
    for alternative in method.operation.security[:1]:
        return tuple(by_id[each.scheme] for each in alternative)
    return ()


def credential(scheme: Scheme, plan: Plan, *, value: str, qualifier: str, user: str = '"user"') -> str:
    """The option that gives a scheme its credentials, which are expressions. "" for one that has no option."""
    match scheme.kind:
        case "basic":
            return f"{qualifier}WithBasicAuth({user}, {value})"
        case "oauth2" | "openid":
            return f"{qualifier}WithAccessToken({value})"
        case "bearer" | "api-key" | "http":
            return f"{qualifier}{plan.options[scheme.id]}({value})"
    return ""
