"""What each operation becomes: a method, its arguments, and where each of these goes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from themekit.model.api_types import AliasType, ListOf, ObjectType, Primitive, Reference
from themekit.sdk.typescript.naming import names_of
from themekit.sdk.typescript.spelling import camel, member, pascal, variable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from themekit.model.api import ApiModel, Content, Group, Operation, Pagination, Parameter, Response
    from themekit.model.api_types import Declaration, Field, Name, Type, TypeId
    from themekit.sdk.typescript.naming import TypeNames

AnswerKind = Literal["json", "text", "binary", "events", "json-lines", "none"]

OPTIONS = ("timeoutMs", "maxRetries", "headers", "idempotencyKey", "signal")
"""What `RequestOptions` has."""

_FORMS = frozenset({"form", "multipart"})
_STREAMS = frozenset({"events", "json-lines"})


@dataclass(frozen=True, slots=True)
class Placed:
    """A parameter, and what it is called here: a variable if it is in the path, else a key."""

    key: str
    parameter: Parameter


@dataclass(frozen=True, slots=True)
class BodyPlan:
    """A body. `fields` are its members by key; none if the body is an argument of its own."""

    content: Content
    is_required: bool
    is_argument: bool
    fields: tuple[tuple[str, Field], ...] = ()
    declared: ObjectType | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a call gives. `types` are the alternatives; `has_none` says that there may be no value."""

    kind: AnswerKind
    types: tuple[Type, ...] = ()
    has_none: bool = False
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """An operation as a method. `stream` and `iterate` are the names of further methods, or ""."""

    operation: Operation
    name: str
    path: tuple[Placed, ...]
    params: tuple[Placed, ...]
    options: tuple[Placed, ...]
    body: BodyPlan | None
    answer: Answer
    params_type: str
    options_type: str
    stream: str = ""
    streamed: Answer | None = None
    iterate: str = ""

    @property
    def needs_params(self) -> bool:
        """Some parameter, or member of the body, must be there."""
        body = self.body
        in_body = (
            body is not None and body.is_required and (body.is_argument or any(f.is_required for _, f in body.fields))
        )
        return in_body or any(each.parameter.is_required for each in self.params)


@dataclass(frozen=True, slots=True)
class Resource:
    """The operations of one group. `name` is the member of the client, `class_name` that of its class."""

    group: Group
    name: str
    class_name: str
    module: str
    calls: tuple[Call, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """An API as TypeScript has it."""

    api: ApiModel
    names: TypeNames
    resources: tuple[Resource, ...]
    options: Mapping[str, tuple[Placed, ...]]
    webhook_event: str = ""
    webhooks: str = ""


def plan_of(api: ApiModel) -> Plan:
    """What each part of an API becomes."""
    names = names_of(api)
    shared: dict[tuple[tuple[str, Type], ...], str] = {}
    options: dict[str, tuple[Placed, ...]] = {}
    resources = []
    by_group = api.by_group()
    for group in api.groups:
        own = by_group[group.name]
        taken = {member(each.name) for each in own}
        calls = []
        for operation in own:
            call = _call(operation, names, taken=taken)
            calls.append(_with_options(call, names, shared=shared, options=options))
        module = "-".join(group.name) if group.name != ("index",) else "index_"
        resources.append(Resource(group, member(group.name), pascal(group.name), module, tuple(calls)))
    event = names.free("WebhookEvent") if api.webhooks else ""
    members = {each.name for each in resources}
    return Plan(
        api, names, tuple(resources), options, event, _further(("webhooks",), members) if api.verifies_webhooks else ""
    )


def _call(operation: Operation, names: TypeNames, *, taken: set[str]) -> Call:
    body = _body(operation, names.types)
    path, params, options = _placed(operation, body)
    answer, streamed = _answers(operation.successes)
    params_type = ""
    if params or (body is not None and (body.is_argument or body.fields or (body.declared and body.declared.extra))):
        params_type = names.free(f"{pascal(operation.group)}{pascal(operation.name)}Params")
    return Call(
        operation,
        member(operation.name),
        path,
        params,
        options,
        body,
        answer,
        params_type,
        "",
        _further((*operation.name, "stream"), taken) if streamed else "",
        streamed,
        _further(_iterate(operation.name), taken) if operation.pagination and answer.kind == "json" else "",
    )


def _iterate(name: Name) -> Name:
    return ("iterate", *name[1:]) if name[0] == "list" else ("iterate", *name)


def _further(name: Name, taken: set[str]) -> str:
    found = member(name)
    while found in taken:
        found += "_"
    taken.add(found)
    return found


def _with_options(
    call: Call,
    names: TypeNames,
    *,
    shared: dict[tuple[tuple[str, Type], ...], str],
    options: dict[str, tuple[Placed, ...]],
) -> Call:
    """The call with the name of its options: calls with the same ones share it."""
    if not call.options:
        return call
    same = tuple((each.key, each.parameter.type) for each in call.options)
    if same not in shared:
        joined = "".join(each.key[:1].upper() + each.key[1:] for each in call.options)
        shared[same] = names.free(f"{joined}Options")
        options[shared[same]] = call.options
    return replace(call, options_type=shared[same])


def _placed(
    operation: Operation, body: BodyPlan | None
) -> tuple[tuple[Placed, ...], tuple[Placed, ...], tuple[Placed, ...]]:
    """Path parameters in the order of the path; what is a parameter; and what is an option, as headers are."""
    places = re.findall(r"\{([^{}]*)\}", operation.path)
    in_path = [each for each in operation.parameters if each.place == "path"]
    in_path.sort(key=lambda each: places.index(each.wire) if each.wire in places else len(places))
    variables = {"params", "options"}
    path = tuple(Placed(_distinct(variable(each.name), variables), each) for each in in_path)
    keys = {key for key, _ in body.fields} if body else set()
    keys |= {"body"} if body and body.is_argument else set()
    option_keys = set(OPTIONS)
    params: list[Placed] = []
    options: list[Placed] = []
    for each in operation.parameters:
        if each.place == "path" or (each.place == "header" and _is_own_header(each.wire, operation)):
            continue
        if each.place in {"header", "cookie"} and not each.is_required:
            options.append(Placed(_distinct(camel(each.name), option_keys), each))
        else:
            params.append(Placed(_distinct(_key(each), keys), each))
    return path, tuple(params), tuple(options)


def _is_own_header(wire: str, operation: Operation) -> bool:
    """The client itself writes it."""
    return wire.lower() in {"accept", "content-type", "authorization", operation.idempotency.lower()}


def _key(parameter: Parameter) -> str:
    """A parameter keeps its name if that is one in TypeScript, and if nothing else of the call has it."""
    wire = parameter.wire
    is_kept = re.fullmatch(r"[A-Za-z_$][A-Za-z0-9_$]*", wire) and _letters(wire) == "".join(parameter.name)
    return wire if is_kept else "_".join(parameter.name)


def _letters(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.lower())


def _distinct(name: str, taken: set[str]) -> str:
    while name in taken:
        name += "_"
    taken.add(name)
    return name


def _body(operation: Operation, types: Mapping[TypeId, Declaration]) -> BodyPlan | None:
    if operation.body is None or not operation.body.contents:
        return None
    content = next((each for each in operation.body.contents if each.kind != "xml"), operation.body.contents[0])
    content = replace(content, type=_sent(content))
    declared = object_of(content.type, types)
    is_required = operation.body.is_required
    if content.kind not in {"json", *_FORMS} or (declared is None and not content.parts):
        return BodyPlan(content, is_required, is_argument=True)
    found = [part.field for part in content.parts] if content.parts else list(declared.fields if declared else ())
    fields = tuple((each.wire, each) for each in found if each.access != "read")
    return BodyPlan(content, is_required, is_argument=False, fields=fields, declared=declared)


def _sent(content: Content) -> Type:
    """What a program gives: XML and events as their text, lines as a list."""
    if content.kind in {"xml", "events", "text"}:
        return Primitive("string")
    return ListOf(content.type) if content.kind == "json-lines" else content.type


def object_of(type_: Type, types: Mapping[TypeId, Declaration]) -> ObjectType | None:
    """The object that a type is, through other names of it; None if it is something else."""
    seen: set[TypeId] = set()
    while isinstance(type_, Reference) and type_.id not in seen:
        seen.add(type_.id)
        declared = types.get(type_.id)
        if isinstance(declared, ObjectType):
            return declared
        if not isinstance(declared, AliasType):
            return None
        type_ = declared.target
    return None


def _answers(successes: Iterable[Response]) -> tuple[Answer, Answer | None]:
    """What the call gives, and what it gives as a stream if it can do both."""
    contents = [content for response in successes for content in response.contents]
    has_none = any(not response.contents for response in successes)
    if not contents:
        return Answer("none"), None
    chosen = next((each for each in contents if each.kind == "json"), contents[0])
    answer = _answer(chosen, contents, has_none=has_none)
    others = [each for each in contents if each.kind in _STREAMS]
    streamed = _answer(others[0], others[:1], has_none=False) if others and chosen.kind not in _STREAMS else None
    return answer, streamed


def _answer(chosen: Content, contents: list[Content], *, has_none: bool) -> Answer:
    if chosen.kind == "json":
        found = dict.fromkeys(each.type for each in contents if each.kind == "json")
        return Answer("json", tuple(found), has_none, chosen.media_type)
    if chosen.kind in {"text", "xml"}:
        return Answer("text", (Primitive("string"),), media_type=chosen.media_type)
    if chosen.kind == "events":
        return Answer("events", (chosen.type,))
    if chosen.kind == "json-lines":
        return Answer("json-lines", (chosen.type,))
    return Answer("binary", media_type=chosen.media_type)


def page_key(call: Call, pagination: Pagination) -> str:
    """The key of the parameter that leads to the next page."""
    for each in call.params:
        if each.parameter.wire == pagination.parameter:
            return each.key
    return pagination.parameter
