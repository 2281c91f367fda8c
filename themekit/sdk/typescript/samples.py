"""A program that calls one operation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.model.sdk import slot
from themekit.sdk.typescript.invocations import Shown, environment_of, result_name
from themekit.sdk.typescript.plan import plan_of

if TYPE_CHECKING:
    from themekit.model.api import ApiModel, Operation
    from themekit.sdk.typescript.plan import Call, Plan

CLIENT = slot("client")


def sample(api: ApiModel, operation: Operation) -> str:
    """The program, with marks for the names of the brand. Raises ValueError for an operation of another API."""
    plan = cached_plan(api)
    for resource in plan.resources:
        for call in resource.calls:
            if call.operation.id == operation.id:
                return program(Shown(resource, call, plan))
    raise ValueError(f"the API has no operation `{operation.id}`")


_LAST: list[Plan] = []


def cached_plan(api: ApiModel) -> Plan:
    """The plan of this API; the last one is kept, as all samples of an API are asked for in a row."""
    last = _LAST[0] if _LAST else None
    if last is None or last.api is not api:
        last = plan_of(api)
        _LAST[:] = [last]
    return last


def program(shown: Shown, *, is_tried: bool = True) -> str:
    """Imports, the client, the call, and what comes of it; `is_tried`: the environment may name another server."""
    head = f'import {{ {CLIENT} }} from "{slot("typescript-package")}";\n\n'
    return f"{head}{client(shown.call, shown.plan, is_tried=is_tried)}\n{body(shown)}"


def client(call: Call, plan: Plan, *, is_tried: bool) -> str:
    """A client with what this call needs, from the environment."""
    options = environment_of(plan.api, call.operation)
    lines = [f"  {name}: process.env.{variable},\n" for name, variable in options.items()]
    if is_tried:
        lines.append("  baseUrl: process.env.API_BASE_URL,\n")
    given = f"{{\n{''.join(lines)}}}" if lines else ""
    return f"const client = new {CLIENT}({given});\n"


def body(shown: Shown) -> str:
    """The call, and what is done with its result."""
    call = shown.call
    if call.answer.kind in {"events", "json-lines"}:
        return (
            f"{shown.statement('const stream = ')}for await (const event of stream) {{\n"
            "  console.log(event);\n  break; // go on for as long as you like\n}\n"
        )
    if call.answer.kind == "none":
        return shown.statement("await ")
    if call.answer.kind == "binary":
        return (
            f"{shown.statement('const response = await ')}const bytes = await response.arrayBuffer();\n"
            "console.log(bytes.byteLength);\n"
        )
    name = result_name(call, shown.plan)
    return f"{shown.statement(f'const {name} = await ')}console.log({name});\n"
