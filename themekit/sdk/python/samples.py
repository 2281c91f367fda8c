"""Programs that call one operation: what the portal shows beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.model.sdk import slot
from themekit.sdk.python.client import security
from themekit.sdk.python.examples import call_of
from themekit.sdk.python.methods import analysed
from themekit.sdk.python.printed import Group, printed

if TYPE_CHECKING:
    from themekit.model.api import ApiModel, Operation
    from themekit.sdk.python.annotations import Types
    from themekit.sdk.python.methods import Method

_VARIABLES = {
    "username": "API_USERNAME",
    "password": "API_PASSWORD",
    "client_id": "CLIENT_ID",
    "client_secret": "CLIENT_SECRET",
}


def sample(api: ApiModel, operation: Operation) -> str:
    """The program for this operation. Raises ValueError if the API has it not."""
    found = analysed(api)
    for resource in found.resources:
        for method in resource.methods:
            if method.operation is operation or method.operation.id == operation.id:
                return program(api, method, types=found.types, attribute=resource.attribute)
    raise ValueError(f"the API has no operation {operation.id!r}")


def program(api: ApiModel, method: Method, *, types: Types, attribute: str) -> str:
    """A whole program, as a text with marks."""
    body = called(method, types, start=f"client.{attribute}")
    text = "\n".join(body)
    module = slot("python-module")
    lines = ["import os", "", f"from {module} import {slot('client')}"]
    if "Upload(" in text:
        lines.append(f"from {module} import Upload")
    return "\n".join([*lines, "", *client_lines(api, method.operation), "", *body]) + "\n"


def client_lines(api: ApiModel, operation: Operation) -> list[str]:
    """The client, with the credentials that the operation takes."""
    parts = [f'{name}=os.environ["{variable}"]' for name, variable in credentials(api, operation)]
    parts.append('base_url=os.environ.get("API_BASE_URL")')
    lines = [f"client = {slot('client')}("]
    return [*lines, *(f"    {part}," for part in parts), ")"]


def credentials(api: ApiModel, operation: Operation) -> list[tuple[str, str]]:
    """The options of the first alternative, and the variables of the environment that they come from."""
    _, schemes = security(api)
    expressions = {each.id: str(expression) for each, expression in zip(api.schemes, schemes, strict=True)}
    found: dict[str, str] = {}
    for requirement in operation.security[0] if operation.security else ():
        expression = expressions.get(requirement.scheme, "")
        for name in _options_in(expression):
            found[name] = _VARIABLES.get(name, "API_KEY")
    return list(found.items())


def _options_in(expression: str) -> list[str]:
    """The client's options that a scheme needs, from how the runtime is told of it."""
    kind = expression.partition(": ")[2]
    if kind.startswith("Basic"):
        return ["username", "password"]
    if kind.startswith("ClientCredentials"):
        return ["client_id", "client_secret"]
    return [kind.split('"')[1]] if kind.startswith(("Token", "ApiKey")) else []


def called(method: Method, types: Types, *, start: str) -> list[str]:
    """The call and what is done with its result."""
    made = call_of(method, types, start=f"{start}.{method.name}")
    if method.iterator:
        made = call_of(method, types, start=f"{start}.{method.iterator}")
        return [*_headed("for item in ", made), "    print(item)"]
    if method.result.is_stream:
        return [*_headed("with ", made, end=" as stream:"), "    for event in stream:", "        print(event)"]
    if method.result.kind == "download":
        return [*_headed("with ", made, end=" as file:"), "    print(len(file.read()))"]
    if method.result.kind == "none":
        return printed(made)
    return [*printed(call_of(method, types, start=f"result = {start}.{method.name}")), "print(result)"]


def _headed(start: str, made: Group, *, end: str = ":") -> list[str]:
    return printed(Group(f"{start}{made.start}", made.parts, f"{made.end}{end}"))
