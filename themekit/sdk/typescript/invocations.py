"""Calls with example values: what samples, tests, the README and comments show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from themekit.model.api_types import ListOf, Nullable, Primitive, Reference
from themekit.sdk.typescript.client import credentials_of
from themekit.sdk.typescript.fitting import fits
from themekit.sdk.typescript.layout import Raw, applied
from themekit.sdk.typescript.reading import json_value
from themekit.sdk.typescript.spelling import RESERVED, camel
from themekit.sdk.typescript.values import example, members

if TYPE_CHECKING:
    from themekit.model.api import ApiModel, Operation
    from themekit.model.api_types import Field, Type
    from themekit.sdk.typescript.client import Credential
    from themekit.sdk.typescript.layout import Value
    from themekit.sdk.typescript.plan import BodyPlan, Call, Placed, Plan, Resource

FILE = Raw('{ content: new Blob(["hello"]), filename: "file.txt" }')
_TAKEN = RESERVED | {"client", "process", "console", "response", "stream", "event"}


@dataclass(frozen=True, slots=True)
class Shown:
    """An operation that is called somewhere, with what must be given, and `more`.

    `name` is that of another of its methods, `options` are those of the call.
    """

    resource: Resource
    call: Call
    plan: Plan
    name: str = ""
    more: Mapping[str, Value] = field(default_factory=dict)
    options: Mapping[str, Value] = field(default_factory=dict)

    def statement(self, before: str = "", *, indent: int = 0) -> str:
        """`const payment = await client.payments.create({ … });`, with `before` for what stands before the call."""
        call = self.call
        given = arguments(call, self.plan, more=self.more)
        if self.options:
            if call.params_type and len(given) == len(call.path):
                given.append({})
            given.append(self.options)
        return applied(f"{before}client.{self.resource.name}.{self.name or call.name}", given, indent=indent) + "\n"


def arguments(call: Call, plan: Plan, *, more: Mapping[str, Value]) -> list[Value]:
    """The values of the arguments: of the path, then the parameters that must be there, and `more`."""
    found: list[Value] = [_value(each, plan) for each in call.path]
    given: dict[str, Value] = {each.key: _value(each, plan) for each in call.params if each.parameter.is_required}
    if call.body is not None:
        given |= _body(call.body, plan)
    given |= more
    return [*found, given] if given or call.needs_params else found


def _value(placed: Placed, plan: Plan) -> Value:
    parameter = placed.parameter
    return example(parameter.type, plan.names.types, docs=parameter.docs)


def _body(body: BodyPlan, plan: Plan) -> dict[str, Value]:
    """The members of a body that must be there, or all of the first example that fits."""
    types = plan.names.types
    shown = [json_value(text) for _, text in body.content.examples]
    if body.is_argument:
        if body.content.kind == "binary":
            return {"body": FILE}
        fitting = [each for each in shown if fits(each, body.content.type, types=types)]
        return (
            {"body": fitting[0] if fitting else example(body.content.type, types)}
            if body.is_required or fitting
            else {}
        )
    declared = body.declared
    if declared is not None:
        shown += [json_value(text) for text in declared.docs.examples]
    fields = {field.wire: field for _, field in body.fields}
    found = next((each for each in shown if isinstance(each, Mapping) and _fits(each, body, plan)), None)
    known = members(tuple(fields.values()), types) if found is None else found
    files = {field.wire: _files(field.type) for field in _file_fields(body) if field.is_required or field.wire in known}
    return {**known, **files}


def _fits(shown: Mapping[str, Value], body: BodyPlan, plan: Plan) -> bool:
    """All members are known, and of their type; files stand for themselves."""
    is_open = body.declared is not None and body.declared.extra is not None
    files = {field.wire for field in _file_fields(body)}
    fields = {field.wire: field for _, field in body.fields}
    return all(
        name in files or fits(each, fields[name].type, types=plan.names.types) if name in fields else is_open
        for name, each in shown.items()
    ) and all(not field.is_required or name in shown or name in files for name, field in fields.items())


def _file_fields(body: BodyPlan) -> list[Field]:
    parts = {part.field.wire for part in body.content.parts if part.is_file}
    return [field for _, field in body.fields if field.wire in parts or is_binary(field.type)]


def is_binary(type_: Type) -> bool:
    """It is a file, or several."""
    inner = type_.inner if isinstance(type_, Nullable) else type_
    inner = inner.item if isinstance(inner, ListOf) else inner
    return isinstance(inner, Primitive) and inner.kind == "binary"


def _files(type_: Type) -> Value:
    inner = type_.inner if isinstance(type_, Nullable) else type_
    return [FILE] if isinstance(inner, ListOf) else FILE


def result_name(call: Call, plan: Plan) -> str:
    """What to call what a call gives: after its type."""
    type_ = call.answer.types[0] if call.answer.types else None
    if isinstance(type_, Reference) and type_.id in plan.names.types:
        name = camel(plan.names.types[type_.id].name)
        return name if name not in _TAKEN and len(name) <= 24 else "result"
    return "result"


def environment_of(api: ApiModel, operation: Operation) -> dict[str, str]:
    """Options of the client for a call, and the variables of the environment that hold them."""
    by_id = {each.scheme.id: each for each in credentials_of(api)}
    alternatives = [
        [by_id[each.scheme] for each in alternative if each.scheme in by_id] for alternative in operation.security
    ]
    usable = [each for each in alternatives if each]
    single = [each for each in usable if len(each) == 1 and len(each[0].options) == 1]
    chosen = (single or usable or [[]])[0]
    names = [name for each in chosen for name, _, _ in _needed(each)]
    if len(names) == 1:
        return {names[0]: "API_KEY"}
    return {name: "API_KEY" if name == "apiKey" else constant(name) for name in dict.fromkeys(names)}


def _needed(credential: Credential) -> tuple[tuple[str, str, str], ...]:
    """The options without which there are no credentials: an application needs no token that somebody has."""
    found = tuple(each for each in credential.options if each[0] != "scopes")
    return found if len(found) == 1 else tuple(each for each in found if each[0] != "accessToken")


def constant(name: str) -> str:
    """`clientId` as variables of the environment are named: `CLIENT_ID`."""
    return "".join(f"_{each}" if each.isupper() else each.upper() for each in name).strip("_")
