"""How a list goes on, as the runtime is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.model.api import Parameter
from themekit.sdk.python.literals import string, strings

if TYPE_CHECKING:
    from themekit.model.api import Operation
    from themekit.sdk.python.annotations import Types
    from themekit.sdk.python.arguments import Argument, Arguments


@dataclass(frozen=True, slots=True)
class Page:
    """The annotation of an item, and the arguments of the runtime's description."""

    item: str
    parts: list[str]


def paging(operation: Operation, arguments: Arguments, *, types: Types) -> Page:
    """The description of a paginated operation."""
    of = operation.pagination
    if of is None:
        raise TypeError(operation.id)
    item = types.answer(of.item_type, lists="List", maps="Dict")
    parts = [string(of.kind), f"items={strings(of.items)}"]
    if codec := types.codec(of.item_type):
        parts.append(f"item={codec}")
    parameter = _named(arguments, of.parameter, of.place) if of.parameter else None
    if parameter is not None:
        parts.append(f"parameter={string(parameter.name)}")
    if of.next:
        parts.append(f"next={strings(of.next)}")
    if of.more:
        parts.append(f"more={strings(of.more)}")
    if of.id_field:
        parts.append(f"id_field={string(of.id_field)}")
    if of.kind == "page":
        parts.append(f"first={_first_page(parameter)}")
    return Page(item, parts)


def _first_page(parameter: Argument | None) -> int:
    """The number of the first page: the default, if the API says one, else 1."""
    default = parameter.docs.default if parameter is not None else None
    return int(default) if default is not None and default.isdecimal() else 1


def _named(arguments: Arguments, wire: str, place: str) -> Argument | None:
    for each in arguments.named:
        origin = each.origin
        if isinstance(origin, str):
            continue
        own = origin.wire if isinstance(origin, Parameter) else getattr(origin, "wire", "")
        is_query = isinstance(origin, Parameter) and origin.place == "query"
        if own == wire and is_query == (place == "query"):
            return each
    return None
