"""The modules of resources: classes whose methods are the operations of a group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.model.api_types import Docs
from themekit.sdk.typescript.descriptors import descriptor
from themekit.sdk.typescript.documentation import documented
from themekit.sdk.typescript.invocations import Shown, result_name
from themekit.sdk.typescript.layout import Raw, call, literal
from themekit.sdk.typescript.signatures import methods_of
from themekit.sdk.typescript.spelling import quoted

if TYPE_CHECKING:
    from themekit.sdk.typescript.layout import Value
    from themekit.sdk.typescript.plan import Call, Plan, Resource
    from themekit.sdk.typescript.signatures import Method

MAX_EXAMPLE_LINES = 12
"""Longer examples are in the reference, not in comments."""


def resource_code(resource: Resource, plan: Plan) -> str:
    """The class, and the descriptors that its methods name."""
    operations: dict[str, Value] = {}
    methods = []
    for each in resource.calls:
        operations[each.name] = descriptor(each)
        if each.stream:
            operations[each.stream] = descriptor(each, is_streamed=True)
        methods += [_method(each, method) for method in methods_of(each, plan)]
    blocks = [
        'import { Resource } from "../core/client.js";\n',
        f"const operations = {_expanded(operations)};\n",
        "\n".join(
            [*_docs(resource), f"export class {resource.class_name} extends Resource {{", "\n\n".join(methods), "}\n"]
        ),
    ]
    return "\n".join(blocks)


def resource_types(resource: Resource, plan: Plan) -> str:
    """The class as TypeScript declares it, documented."""
    methods = []
    for each in resource.calls:
        for method in methods_of(each, plan):
            more = _example(Shown(resource, each, plan)) if method.name == each.name else ()
            more = (*more, *_remark(each))
            docs = documented(_docs_of(each, method), indent="  ", more=more)
            methods.append("\n".join([*docs, call(method.name, method.arguments, end=f": {method.result};", indent=2)]))
    body = "\n".join([*_docs(resource), f"export class {resource.class_name} {{", "\n\n".join(methods), "}\n"])
    imports = [f'import type * as {name} from "../{name}.js";\n' for name in ("core", "types") if f"{name}." in body]
    return "".join([*imports, "\n" if imports else "", body])


def _method(planned: Call, method: Method) -> str:
    """The body of a method: hand all to the runtime."""
    verb, operation = "_call", planned.name
    if method.name == planned.iterate:
        verb = "_pages"
    elif method.name == planned.stream:
        verb, operation = "_stream", planned.stream
    elif planned.answer.kind in {"events", "json-lines"}:
        verb = "_stream"
    path = f"[{', '.join(each.key for each in planned.path)}]"
    params = "params" if "params" in method.given else "undefined"
    handed = call(f"return this.{verb}", [f"operations.{operation}", path, params, "options"], end=";", indent=4)
    return f"{call(method.name, method.given, end=' {', indent=2)}\n{handed}\n  }}"


def _expanded(operations: dict[str, Value]) -> Raw:
    """A line for each operation at least, however small."""
    members = [f"  {name}: {_spread(value)},\n" for name, value in operations.items()]
    return Raw("{\n" + "".join(members) + "}")


def _spread(value: Value) -> str:
    members = value.items() if isinstance(value, dict) else ()
    lines = [f"    {name}: {literal(each, indent=4, used=len(name) + 7)},\n" for name, each in members]
    return "{\n" + "".join(lines) + "  }"


def _docs(resource: Resource) -> list[str]:
    group = resource.group
    return documented(Docs(summary=group.title, description=group.description))


def _docs_of(planned: Call, method: Method) -> Docs:
    docs = planned.operation.docs
    if method.name == planned.iterate and method.name != planned.name:
        return Docs(summary=f"All items of `{planned.name}`, page after page.", is_deprecated=docs.is_deprecated)
    if method.name == planned.stream and method.name != planned.name:
        return Docs(summary=f"As `{planned.name}`, but as a stream.", is_deprecated=docs.is_deprecated)
    return docs


def _remark(planned: Call) -> tuple[str, ...]:
    """What `fetch` refuses, and so the runtime sends in another way, which browsers have not."""
    method = planned.operation.method
    is_refused = method == "TRACE" or (method in {"GET", "HEAD"} and planned.operation.body is not None)
    what = "`TRACE`" if method == "TRACE" else f"`{method}` with a body"
    return (f"@remarks Browsers cannot send {what}; Node.js 20.16 and later can.",) if is_refused else ()


def _example(shown: Shown) -> tuple[str, ...]:
    """The call with the values of its examples, if that is short."""
    call = shown.call
    before = "const stream = " if call.answer.kind in {"events", "json-lines"} else "await "
    if call.answer.types and before == "await ":
        before = f"const {result_name(call, shown.plan)} = await "
    lines = list(quoted(shown.statement(before)))
    return ("@example", *lines) if len(lines) <= MAX_EXAMPLE_LINES else ()
