"""What programs depend on: the public names of the SDK with their signatures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.model.api_types import EnumType, ObjectType, UnionType
from themekit.sdk.python.arguments import OPTIONS, optional
from themekit.sdk.python.client import security
from themekit.sdk.python.literals import json_value
from themekit.sdk.python.methods import analysed
from themekit.sdk.python.names import class_name, member
from themekit.sdk.python.package import public_names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.model.api import ApiModel
    from themekit.model.api_types import Declaration
    from themekit.sdk.python.annotations import Types
    from themekit.sdk.python.methods import Method

_OPTION_TYPES = {
    "api_key": "str | None",
    "timeout": "Timeout | float | None",
    "max_retries": "int | None",
    "headers": "Mapping[str, str] | None",
}


_CLIENT = (
    "environment: Literal['live', 'sandbox'] | None = None",
    "base_url: str | None = None",
    "timeout: Timeout | float = Timeout()",
    "max_retries: int = 3",
    "headers: Mapping[str, str] | None = None",
    "before_request: Callable[[HttpRequest], None] | None = None",
    "after_response: Callable[[HttpRequest, ResponseInfo], None] | None = None",
    "transport: Transport | None = None",
)


def surface(api: ApiModel) -> tuple[str, ...]:
    """The lines, sorted. The client, whose name is the brand's, is `Client` here."""
    found = analysed(api)
    types = found.types
    lines = [f"class {name}" for name in public_names()]
    options, _ = security(api)
    heads = [f"{each.name}: str | None = None" for each in options]
    lines.append(f"Client({', '.join(sorted([*heads, *_CLIENT]))})")
    for resource in found.resources:
        for method in resource.methods:
            lines += _method(method, resource.attribute)
    for each in api.types:
        lines += _declaration(each, types)
    if api.verifies_webhooks:
        lines.append("webhooks.verify(body: bytes | str, signature: str, secret: str | Iterable[str])")
    return tuple(sorted(lines))


def _method(method: Method, attribute: str) -> Iterator[str]:
    result = method.result
    returned = f"Stream[{result.annotation}]" if result.is_stream else result.annotation
    heads = _heads(method)
    yield f"{attribute}.{method.name}({heads}) -> {returned}"
    if method.iterator:
        yield f"{attribute}.{method.iterator}({heads}) -> Iterator[{method.paged_item}]"
    if method.stream is not None:
        yield f"{attribute}.{method.stream_name}({heads}) -> Stream[{method.stream.annotation}]"


def _heads(method: Method) -> str:
    positional = [str(each) for each in method.arguments.positional]
    named = [str(each) for each in method.arguments.named if each.name != method.flag]
    if method.has_key:
        named.append("idempotency_key: str | None = None")
    named += [f"{name}: {_OPTION_TYPES[name]} = None" for name in OPTIONS]
    return ", ".join([*positional, "*", *sorted(named)])


def _declaration(declaration: Declaration, types: Types) -> Iterator[str]:
    own = class_name(declaration.name)
    if isinstance(declaration, ObjectType):
        yield f"class {own}"
        for each in declaration.fields:
            annotation = types.answer(each.type)
            is_sure = each.is_required and each.access != "write"
            yield f"{own}.{member(each.name)}: {annotation if is_sure else optional(annotation)}"
    elif isinstance(declaration, EnumType):
        yield f"class {own}"
        yield from (f"{own}[{json_value(each.value)}]" for each in declaration.members)
    elif isinstance(declaration, UnionType):
        yield f"class {own}"
        yield from (f"{own}[{types.answer(each.type)}]" for each in declaration.variants)
    else:
        yield f"{own} = {types.answer(declaration.target)}"
