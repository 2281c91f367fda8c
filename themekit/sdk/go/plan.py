"""What becomes of an API in Go: services, methods, parameters and results, all names settled."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from themekit.model.api_types import EnumType, Primitive, UnionType
from themekit.sdk.go.fields import ParamField, param_fields
from themekit.sdk.go.names import LOCALS, METHODS, RESERVED, Scope, exported, local, singular
from themekit.sdk.go.types import GoTypes, go_types

if TYPE_CHECKING:
    from themekit.model.api import ApiModel, Content, Group, Operation, Parameter, Response, Scheme, SchemeId
    from themekit.model.api_types import EnumMember, Type, TypeId

ResultKind = Literal["object", "value", "nothing", "text", "bytes", "file", "events", "lines", "statuses"]

COMMON_SHARE = 0.5  # of the operations that take a header for it to be an option of the client
COMMON_LEAST = 5


@dataclass(frozen=True, slots=True)
class Argument:
    """A parameter of the path, as an argument of the method."""

    name: str
    go_type: str
    parameter: Parameter


@dataclass(frozen=True, slots=True)
class Result:
    """What a method answers. `statuses` is for operations whose answers of success differ."""

    kind: ResultKind
    go_type: str = ""
    type: Type | None = None
    media_type: str = ""
    statuses: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Method:
    """One method: an operation, or its streaming twin, which settles the body's member `stream`."""

    operation: Operation
    service: str
    name: str
    variable: str
    arguments: tuple[Argument, ...]
    params: str
    fields: tuple[ParamField, ...]
    content: Content | None
    result: Result
    preset: bool | None = None
    iterate: str = ""
    is_twin: bool = False

    @property
    def is_body_whole(self) -> bool:
        """The field `Body` is the body."""
        return any(each.place == "whole" for each in self.fields)


@dataclass(frozen=True, slots=True)
class Service:
    """A resource: a field of the client."""

    group: Group
    type: str
    field: str
    file: str
    methods: tuple[Method, ...]


@dataclass(slots=True)
class Plan:
    """All that is emitted."""

    api: ApiModel
    types: GoTypes
    services: tuple[Service, ...] = ()
    common: tuple[Parameter, ...] = ()
    answers: frozenset[TypeId] = frozenset()
    wrapped: set[str] = field(default_factory=set)
    homes: dict[TypeId, str] = field(default_factory=dict)
    constants: dict[TypeId, tuple[tuple[EnumMember, str], ...]] = field(default_factory=dict)
    options: dict[SchemeId, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    error_tables: dict[tuple[tuple[str, str], ...], str] = field(default_factory=dict)
    methods: dict[str, Method] = field(default_factory=dict)

    @property
    def has_unions(self) -> bool:
        """An answer's type may have to be chosen by what fits."""
        return any(isinstance(each, UnionType) for each in self.api.types)


def plan(api: ApiModel) -> Plan:
    """Names of declarations come first, then those of the operations, so that a type's name seldom changes."""
    scope = Scope(set(RESERVED))
    types = go_types(api.types, scope)
    common = common_headers(api)
    answers: set[TypeId] = set()
    services = _services(api, types, common=common, answers=answers)
    made = Plan(api, types, services, common, frozenset(answers))
    made.methods = {each.operation.id: each for service in services for each in service.methods if not each.is_twin}
    for declared in api.types:
        if isinstance(declared, EnumType):
            made.constants[declared.id] = tuple(
                (each, scope.claim(types.names[declared.id] + exported(each.name))) for each in declared.members
            )
        elif isinstance(declared, UnionType):
            types.alternatives(declared)  # which claims names
    made.options = {each.id: scope.claim(f"With{exported(each.name)}") for each in api.schemes}
    key = primary(api)
    if key is not None:
        made.options[key.id] = "WithAPIKey"
    made.headers = {each.wire: scope.claim(f"With{exported(each.name)}") for each in common}
    return made


_PLANNED: list[Plan] = []


def planned(api: ApiModel) -> Plan:
    """The plan of this API; the last one is kept, as samples are asked for one by one."""
    if not _PLANNED or _PLANNED[0].api is not api:
        _PLANNED[:] = [plan(api)]
    return _PLANNED[0]


def common_headers(api: ApiModel) -> tuple[Parameter, ...]:
    """Optional headers that most operations take: they become options of the client."""
    found: dict[str, list[Parameter]] = {}
    for operation in api.operations:
        for each in operation.parameters:
            if each.place == "header" and not each.is_required and each.wire.lower() != operation.idempotency.lower():
                found.setdefault(each.wire.lower(), []).append(each)
    least = max(COMMON_LEAST, COMMON_SHARE * len(api.operations))
    return tuple(each[0] for each in found.values() if len(each) >= least and isinstance(each[0].type, Primitive))


def _services(
    api: ApiModel, types: GoTypes, *, common: tuple[Parameter, ...], answers: set[TypeId]
) -> tuple[Service, ...]:
    fields, files, variables = Scope({"String", "GoString"}), Scope(), Scope(set(RESERVED))
    by_group = api.by_group()
    maker = _Maker(types, frozenset(each.wire.lower() for each in common), answers, variables)
    return tuple(
        Service(
            group,
            service := types.scope.claim(f"{exported(group.name)}Service"),
            fields.claim(exported(group.name)),
            files.claim("_".join(group.name)),
            maker.methods(by_group[group.name], service=service),
        )
        for group in api.groups
        if by_group[group.name]
    )


@dataclass(slots=True)
class _Maker:
    types: GoTypes
    common: frozenset[str]
    answers: set[TypeId]
    variables: Scope

    def methods(self, operations: tuple[Operation, ...], *, service: str) -> tuple[Method, ...]:
        scope = Scope(set(METHODS))
        names = {each.id: scope.claim(exported(each.name)) for each in operations}
        found: list[Method] = []
        for operation in operations:
            method = self._method(operation, service, name=names[operation.id], scope=scope)
            found.append(method)
            twin = self._twin(method, scope)
            if twin is not None:
                found.append(twin)
        return tuple(found)

    def _method(self, operation: Operation, service: str, *, name: str, scope: Scope) -> Method:
        content = operation.body.contents[0] if operation.body and operation.body.contents else None
        whole = exported((*singular(operation.group), *operation.name))
        streams = has_twin(operation)
        fields = param_fields(operation, content, types=self.types, common=self.common, without_stream=streams)
        iterate = ""
        if operation.pagination is not None:
            rest = operation.name[1:] if operation.name[0] == "list" else operation.name
            iterate = scope.claim(exported(("iterate", *rest)))
        return Method(
            operation=operation,
            service=service,
            name=name,
            variable=self.variables.claim(f"op{service.removesuffix('Service')}{name}"),
            arguments=self._arguments(operation),
            params=self.types.scope.claim(f"{whole}Params") if fields else "",
            fields=fields,
            preset=False if streams and self._must_say(content) else None,
            content=content,
            result=self._result(operation, whole),
            iterate=iterate,
        )

    def _twin(self, method: Method, scope: Scope) -> Method | None:
        """The method that asks for a stream, of an operation that answers either way."""
        content = _stream_content(method.operation)
        if content is None or not has_twin(method.operation):
            return None
        kind: ResultKind = "events" if content.kind == "events" else "lines"
        item = self._item(content.type)
        return Method(
            operation=method.operation,
            service=method.service,
            name=scope.claim(f"{method.name}Streaming"),
            variable=self.variables.claim(f"{method.variable}Streaming"),
            arguments=method.arguments,
            params=method.params,
            fields=method.fields,
            content=method.content,
            result=Result(kind, item, content.type, content.media_type),
            preset=True if _stream_member(method.operation) else None,
            is_twin=True,
        )

    def _must_say(self, content: Content | None) -> bool:
        """A body has to say whether a stream is wanted."""
        found = None if content is None or content.kind != "json" else self.types.object_of(content.type)
        return found is not None and any(each.wire == "stream" and each.is_required for each in found.fields)

    def _arguments(self, operation: Operation) -> tuple[Argument, ...]:
        scope = Scope(set(LOCALS) | {each for each in RESERVED if not each[:1].isupper()})
        by_wire = {each.wire: each for each in operation.parameters if each.place == "path"}
        ordered = sorted(by_wire.values(), key=lambda each: operation.path.find(f"{{{each.wire}}}"))
        return tuple(
            Argument(scope.claim(local(each.name)), self.types.of(each.type), each)
            for each in ordered
            if f"{{{each.wire}}}" in operation.path
        )

    def _item(self, kind: Type) -> str:
        plain = self.types.of(kind)
        return f"*{plain}" if self.types.object_of(kind) is not None else plain

    def _result(self, operation: Operation, whole: str) -> Result:
        found = [(each, _answer(each)) for each in operation.successes]
        bodies = [(response, content) for response, content in found if content is not None]
        kinds = dict.fromkeys((content.kind, content.type) for _, content in bodies)
        if not bodies:
            return Result("nothing")
        if len(kinds) == 1:
            return self._of_content(bodies[0][1])
        if any(content.kind != "json" for _, content in bodies):
            return self._of_content(bodies[0][1])
        statuses = tuple((response.status, self._item(content.type)) for response, content in bodies)
        return Result(
            "statuses", self.types.scope.claim(f"{whole}Result"), media_type="application/json", statuses=statuses
        )

    def _of_content(self, content: Content) -> Result:
        media_type = content.media_type
        match content.kind:
            case "json":
                found = self.types.object_of(content.type)
                if found is None:
                    return Result(
                        "value", self.types.of_field(content.type, is_optional=False), content.type, media_type
                    )
                self.answers.add(found.id)
                return Result("object", self.types.names[found.id], content.type, media_type)
            case "events":
                return Result("events", self._item(content.type), content.type, media_type)
            case "json-lines":
                return Result("lines", self._item(content.type), content.type, media_type)
            case "text":
                return Result("text", "string", content.type, media_type)
            case "binary":
                return Result("file", "*Download", content.type, media_type)
        return Result("bytes", "[]byte", content.type, media_type)


def _answer(response: Response) -> Content | None:
    """The body that is asked for: JSON if there is that."""
    contents = [each for each in response.contents if each.kind == "json"] or list(response.contents)
    return contents[0] if contents else None


def _stream_content(operation: Operation) -> Content | None:
    contents = [each for response in operation.successes for each in response.contents]
    return next((each for each in contents if each.kind in {"events", "json-lines"}), None)


def primary(api: ApiModel) -> Scheme | None:
    """The scheme whose key is the argument of New: the first bearer, or else the first API key."""
    for kind in ("bearer", "api-key"):
        for each in api.schemes:
            if each.kind == kind:
                return each
    return None


def has_twin(operation: Operation) -> bool:
    """It answers JSON or a stream, as it is asked."""
    contents = {each.kind for response in operation.successes for each in response.contents}
    return "json" in contents and bool(contents & {"events", "json-lines"})


def _stream_member(operation: Operation) -> bool:
    return operation.body is not None and bool(operation.body.contents) and operation.body.contents[0].kind == "json"
