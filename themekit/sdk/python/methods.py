"""The methods of a resource: what they are called, what they take, and the operation each calls."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from themekit.sdk.python.annotations import Types
from themekit.sdk.python.arguments import Arguments, arguments_of
from themekit.sdk.python.names import argument, class_name, method, module, resource
from themekit.sdk.python.results import Result, errors_of, result_of, streamed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from themekit.model.api import ApiModel, Group, Operation
    from themekit.sdk.python import printed


@dataclass(frozen=True, slots=True)
class Method:
    """One operation. `iterator` and `stream_name` are the names of its other methods, "" if it has none."""

    operation: Operation
    name: str
    constant: str
    arguments: Arguments
    result: Result
    errors: tuple[tuple[str, str], ...]
    iterator: str = ""
    stream_name: str = ""
    stream: Result | None = None
    flag: str = ""
    paged_item: str = ""
    example: list[Sequence[printed.Group | str]] = field(
        default_factory=list, compare=False
    )  # what a call passes, once made

    @property
    def has_key(self) -> bool:
        """It takes an idempotency key."""
        return bool(self.operation.idempotency)


@dataclass(frozen=True, slots=True)
class Resource:
    """The operations of a group: `client.<attribute>` is one of class `name`, in the module `module`."""

    group: Group
    attribute: str
    name: str
    module: str
    methods: tuple[Method, ...]


@dataclass(frozen=True, slots=True)
class Analysed:
    """An API as its SDK has it."""

    types: Types
    resources: tuple[Resource, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Same:
    """An API that is equal to itself only: to compare whole ones costs more than to analyse them again."""

    api: ApiModel

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.api is self.api

    def __hash__(self) -> int:
        return id(self.api)


def analysed(api: ApiModel) -> Analysed:
    """The types and resources; kept for the last few APIs, as each sample asks for them."""
    return _analysed(_Same(api))


@lru_cache(maxsize=4)
def _analysed(of: _Same) -> Analysed:
    types = Types(of.api.declarations())
    return Analysed(types, _resources(of.api, types))


def _resources(api: ApiModel, types: Types) -> tuple[Resource, ...]:
    """The resources that have an operation, in the order of the API."""
    found = []
    by_group = api.by_group()
    for group in api.groups:
        operations = by_group[group.name]
        if operations:
            name = f"{class_name(group.name)}Resource"
            while {name, f"Async{name}"} & types.classes.keys():
                name += "_"
            found.append(Resource(group, resource(group.name), name, module(group.name), _methods(operations, types)))
    return tuple(found)


def _methods(operations: tuple[Operation, ...], types: Types) -> tuple[Method, ...]:
    taken = {method(each.name) for each in operations}
    found = []
    for each in operations:
        made = arguments_of(each, types)
        result = result_of(each, types)
        name = method(each.name)
        iterator = _new(_iterator(each), taken) if each.pagination and result.kind == "json" else ""
        stream = streamed(each, types)
        stream_name = _new(f"{'_'.join(each.name)}_stream", taken) if stream else ""
        found.append(
            Method(
                each,
                name,
                f"_{name.strip('_').upper()}",
                made,
                result,
                errors_of(each, types),
                iterator,
                stream_name,
                stream,
                flag=_flag(made) if stream else "",
                paged_item=types.answer(each.pagination.item_type, lists="List", maps="Dict")
                if each.pagination
                else "",
            )
        )
    return tuple(found)


def _iterator(operation: Operation) -> str:
    words = operation.name[1:] if operation.name[0] == "list" else operation.name
    return "_".join(("iterate", *words))


def _new(name: str, taken: set[str]) -> str:
    while name in taken:
        name = f"{name}_"
    taken.add(name)
    return name


def _flag(arguments: Arguments) -> str:
    """The argument that asks for the stream: `stream`, as is the custom."""
    return next((each.name for each in arguments.named if each.name == argument(("stream",))), "")
