"""The class of what an operation takes, and the request that is made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.sdk.java import members
from themekit.sdk.java.layout import laid_out
from themekit.sdk.java.objects import adder_name
from themekit.sdk.java.operations import flat_body, parameter_expression
from themekit.sdk.java.reserved import PARAM_WORDS
from themekit.sdk.java.source_file import JavaFile, call
from themekit.sdk.java.text import doc, html, literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.model.api import Requirement
    from themekit.sdk.java.operations import Plan, Setting
    from themekit.sdk.java.types import JavaApi


def params_file(java: JavaApi, plan: Plan) -> JavaFile:
    """The class of parameters."""
    name = plan.params
    file = JavaFile(name)
    resource = java.names.resources[plan.operation.group]
    file.add(f"/** Parameters of {{@link {resource}#{plan.method}}}. */")
    file.add(f"public final class {name} extends ApiParams {{")
    file.add(
        f"    private {name}(Builder builder) {{",
        "        super(builder);",
        "    }",
        "",
        "    /**",
        "     * Starts with no parameter.",
        "     *",
        "     * @return a builder",
        "     */",
        "    public static Builder builder() {",
        "        return new Builder();",
        "    }",
        "",
        f"    /** Builds {{@link {name}}}. */",
        "    public static final class Builder extends ApiParams.Builder<Builder> {",
    )
    fixed = [f"            {each.store}, {each.fixed});" for each in plan.settings if each.fixed is not None]
    file.add(*(["        private Builder() {", *fixed, "        }"] if fixed else ["        private Builder() {}"]))
    file.member("        @Override", "        Builder self() {", "            return this;", "        }")
    taken = {each.method for each in plan.settings}
    for each in plan.settings:
        if each.fixed is None:
            _setters(java, file, each, taken)
    required = [literal(each.wire) for each in plan.settings if each.is_required]
    file.member(
        "        /**",
        "         * The parameters.",
        "         *",
        "         * @return immutable",
        "         */",
        f"        public {name} build() {{",
        *(call("            require", required) if required else ()),
        f"            return new {name}(this);",
        "        }",
        "    }",
        "}",
    )
    return file


def _setters(java: JavaApi, file: JavaFile, each: Setting, taken: set[str]) -> None:
    _, is_nullable = members.without_null(each.type, java)
    members.use(file, each.java)
    for shown in members.setter_types(each.java, is_nullable=is_nullable):
        file.member(*_setter(each, each.method, [f"{shown} value"], body=f"{each.store}, value)"))
    if each.is_file:
        file.imports.add("java.nio.file.Path")
        file.member(*_setter(each, each.method, ["Path value"], body=f"{each.store}, value)"))
    items = members.item_type(each.type, java)
    if items is None:
        return
    kind, item = items
    adder = adder_name(each.name, kind)
    if adder in taken or adder in PARAM_WORDS or (kind == "map" and not each.add.startswith("put(")):
        return
    taken.add(adder)
    arguments = [f"{item.name} item"] if kind == "list" else ["String key", f"{item.name} value"]
    values = "item)" if kind == "list" else "key, value)"
    file.member(*_setter(each, adder, arguments, body=f"{each.add}, {values}"))


def _setter(each: Setting, name: str, parameters: list[str], *, body: str) -> Iterator[str]:
    fallback = f"Sets `{each.wire}`." if each.wire else "The body."
    taken = [parameter.split()[-1] for parameter in parameters]
    tags = (*(f"@param {each} {_WHAT[each]}" for each in taken), "@return this")
    yield from members.field_doc(each.docs, fallback, indent="        ", tags=tags)
    yield from members.deprecation(each.docs, "        ")
    yield from call(f"        public Builder {name}", parameters, tail=" {")
    yield from _returned(body)
    yield "        }"


_WHAT = {"value": "the value", "item": "one more", "key": "its name"}


def _returned(body: str) -> list[str]:
    head, _, rest = body.partition("(")
    return call(f"            return {head}", _arguments(rest[:-1]))


def _arguments(text: str) -> list[str]:
    """The arguments of a call that was written as one text: what comes before its last comma, and what after."""
    first, _, last = text.rpartition(", ")
    if first.endswith(", key"):
        return [first.removesuffix(", key"), "key", last]
    return [first, last]


def request(java: JavaApi, plan: Plan, *, name: str) -> list[str]:
    """A static method that makes the request of the operation."""
    operation = plan.operation
    parameters = [f"{each.java.name} {each.name}" for each in plan.arguments]
    parameters += [f"{plan.params} params"] if plan.params else []
    made = f"new WireCall({literal(operation.method)}, {literal(operation.path)})"
    calls = [*_path_calls(plan), *([".with(params)"] if plan.params else [])]
    calls += _body_calls(java, plan)
    calls += [f".accept({literal(plan.result.accept)})"] if plan.result.accept else []
    calls += [f".server({literal(operation.servers[0].url)})"] if operation.servers else []
    calls += [f".idempotency({literal(operation.idempotency)})"] if operation.idempotency else []
    calls += [_security(alternative) for alternative in operation.security]
    calls += _errors(java, plan)
    calls += [".resumable()"] if _is_resumable(plan) else []
    return [
        *call(f"        static WireCall {name}", parameters, tail=" {"),
        *laid_out("            return ", made + "".join(calls)),
        "        }",
    ]


def _is_resumable(plan: Plan) -> bool:
    wires = {each.wire.lower() for each in plan.operation.parameters if each.place == "header"}
    return plan.result.kind == "events" and "last-event-id" in wires


def _path_calls(plan: Plan) -> Iterator[str]:
    for each in plan.arguments:
        parameter = each.parameter
        if parameter.style == "simple" and not parameter.explode and not parameter.content_type:
            yield f".path({literal(parameter.wire)}, {each.name})"
        else:
            yield f".parameter({parameter_expression(parameter)}, {each.name})"


def _body_calls(java: JavaApi, plan: Plan) -> Iterator[str]:
    body = plan.body
    if body is None or plan.operation.body is None:
        return
    kind = {"xml": "text", "events": "text", "json-lines": "text"}.get(body.kind, body.kind)
    yield f".sends({literal(kind)}, {literal(body.media_type)})"
    if plan.operation.body.is_required and flat_body(java, body) is not None:
        yield ".always()"
    for part in body.parts:
        wire = literal(part.field.wire)
        if body.kind == "multipart" and part.content_type:
            yield f".partType({wire}, {literal(part.content_type)})"
        elif body.kind == "form" and ((part.style, part.explode) != ("form", True) or part.content_type):
            as_json = ".json()" if "json" in part.content_type else ""
            explode = str(part.explode).lower()
            yield f'.part(new WireParameter(WireParameter.QUERY, {wire}, "{part.style}", {explode}){as_json})'


def _security(alternative: tuple[Requirement, ...]) -> str:
    return f".security({', '.join(literal(each.scheme) for each in alternative)})"


def _errors(java: JavaApi, plan: Plan) -> list[str]:
    readers: dict[str, list[str]] = {}
    for response in plan.operation.responses:
        content = next((each for each in response.contents if each.kind == "json"), None)
        if response.is_success or content is None:
            continue
        reader = java.type_of(members.without_null(content.type, java)[0]).reader
        if reader != "WireValues::any":
            readers.setdefault(reader, []).append(literal(response.status.upper().replace("DEFAULT", "default")))
    return [f".errors({reader}, {', '.join(statuses)})" for reader, statuses in readers.items()]


def method_docs(plan: Plan, *, indent: str, tags: tuple[str, ...]) -> list[str]:
    """The doc comment of a method of a resource."""
    docs = plan.operation.docs
    deprecated = ("@deprecated It is going to be removed.",) if docs.is_deprecated else ()
    title = f"{plan.operation.method} {plan.operation.path}"
    return doc(members.docs_text(docs, f"`{title}`"), indent, tags=(*tags, *deprecated))


def argument_tags(plan: Plan, *, with_params: bool, with_options: bool) -> tuple[str, ...]:
    """The `@param` tags of a method."""
    tags = []
    for each in plan.arguments:
        text = " ".join(members.docs_text(each.parameter.docs, f"the `{each.parameter.wire}` of the path").split())
        tags.append(f"@param {each.name} {html(text[:200].replace('`', ''))}")
    tags += ["@param params what it takes"] if with_params else []
    return (*tags, *(["@param options what is special about this call, or null"] if with_options else []))
