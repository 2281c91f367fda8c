"""The operations of a group as the methods of a class: one class that waits for answers, and one that does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.sdk.java import members
from themekit.sdk.java.layout import laid_out
from themekit.sdk.java.params import argument_tags, method_docs, request
from themekit.sdk.java.source_file import JavaFile, call
from themekit.sdk.java.text import doc, literal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.model.api import Group, Pagination
    from themekit.sdk.java.operations import Plan, Result, Setting
    from themekit.sdk.java.types import JavaApi


def resource_file(java: JavaApi, group: Group, *, plans: tuple[Plan, ...]) -> JavaFile:
    """The class that waits."""
    file = JavaFile(java.names.resources[group.name])
    _head(file, group)
    for each in plans:
        _methods(file, each, asynchronous="")
    _calls(java, file, plans)
    file.add("}")
    return file


def asynchronous_file(java: JavaApi, group: Group, *, plans: tuple[Plan, ...]) -> JavaFile:
    """The class that does not wait."""
    file = JavaFile(java.names.asynchronous[group.name], imports={"java.util.concurrent.CompletableFuture"})
    _head(file, group)
    for each in plans:
        _methods(file, each, asynchronous=java.names.resources[group.name])
    file.add("}")
    return file


def _head(file: JavaFile, group: Group) -> None:
    file.add(*doc(group.description or group.title or "Operations."))
    file.add(f"public final class {file.name} {{")
    file.add(
        "    private final WireTransport transport;",
        "",
        f"    {file.name}(WireTransport transport) {{",
        "        this.transport = transport;",
        "    }",
    )


def _methods(file: JavaFile, plan: Plan, *, asynchronous: str) -> None:
    _overloads(file, plan, plan.result, name=plan.method, asynchronous=asynchronous)
    if plan.streaming is not None:
        _overloads(file, plan, plan.streaming, name=plan.stream_method, asynchronous=asynchronous)
    if plan.result.kind == "page" and not asynchronous:
        _iterate(file, plan)


def _overloads(file: JavaFile, plan: Plan, result: Result, *, name: str, asynchronous: str) -> None:
    members.use(file, *(each.java for each in plan.arguments), result.java)
    shown = f"CompletableFuture<{result.java.boxed}>" if asynchronous else result.java.name
    for with_params, with_options in _forms(plan):
        tags = argument_tags(plan, with_params=with_params, with_options=with_options)
        gives = () if shown == "void" else (f"@return {_gives(result, asynchronous)}",)
        file.member(*method_docs(plan, indent="    ", tags=(*tags, *gives)))
        file.add(*members.deprecation(plan.operation.docs))
        file.add(
            *call(
                f"    public {shown} {name}",
                _parameters(plan, with_params=with_params, with_options=with_options),
                tail=" {",
            )
        )
        is_full = with_options and (with_params or not plan.params)
        if is_full:
            file.add(*_sent(plan, result, is_stream=name != plan.method, asynchronous=asynchronous))
        else:
            back = "" if shown == "void" else "return "
            file.add(*call(f"        {back}{name}", _passed(plan, with_params=with_params, with_options=with_options)))
        file.add("    }")


def _gives(result: Result, asynchronous: str) -> str:
    what = {
        "page": "the first page",
        "events": "the stream, to be closed",
        "download": "the content, to be closed",
        "json": "the answer, or null if it has no body",
        "text": "the answer",
        "none": "nothing",
    }[result.kind]
    return f"{what}, when it is there" if asynchronous else what


def _forms(plan: Plan) -> list[tuple[bool, bool]]:
    if not plan.params:
        return [(False, False), (False, True)]
    if plan.is_certain:
        return [(False, False), (True, False), (False, True), (True, True)]
    return [(True, False), (True, True)]


def _parameters(plan: Plan, *, with_params: bool, with_options: bool) -> list[str]:
    shown = [f"{each.java.name} {each.name}" for each in plan.arguments]
    shown += [f"{plan.params} params"] if with_params else []
    return [*shown, *(["RequestOptions options"] if with_options else [])]


def _passed(plan: Plan, *, with_params: bool, with_options: bool) -> list[str]:
    shown = [each.name for each in plan.arguments]
    if plan.params:
        shown.append("params" if with_params else f"{plan.params}.builder().build()")
    return [*shown, "options" if with_options else "null"]


def _sent(plan: Plan, result: Result, *, is_stream: bool, asynchronous: str) -> Iterator[str]:
    owner = f"{asynchronous}.Calls" if asynchronous else "Calls"
    passed = [each.name for each in plan.arguments] + (["params"] if plan.params else [])
    made = f"{owner}.{plan.method}({', '.join(passed)})"
    if is_stream:
        made += _asks_for_stream(plan, result)
    elif plan.streaming is not None and any(each.is_required for each in plan.settings if _is_flag(each)):
        made += '.member("stream", false)'
    yield from _assigned("        WireCall call =", made)
    sent = f"transport.{result.kind}"
    arguments = ["call", "options", *_readers(plan, result, owner)]
    if asynchronous:
        yield from call(f"        return {sent}", arguments)
    elif result.kind == "none":
        yield from laid_out("        ", f"WireTransport.await({sent}({', '.join(arguments)}))")
    else:
        yield from laid_out("        return ", f"WireTransport.await({sent}({', '.join(arguments)}))")


def _assigned(head: str, value: str) -> list[str]:
    line = f"{head} {value};"
    return [line] if len(line) <= 100 else [head, f"                {value};"]


def _asks_for_stream(plan: Plan, result: Result) -> str:
    asked = ""
    if any(map(_is_flag, plan.settings)):
        asked = '.member("stream", true)'
    return f"{asked}.accept({literal(result.accept)})"


def _is_flag(setting: Setting) -> bool:
    """The member of a body that asks for a stream."""
    return setting.wire == "stream" and setting.store.startswith("body(")


def _readers(plan: Plan, result: Result, owner: str) -> list[str]:
    if result.kind == "page":
        return [f"{owner}.{plan.method}Paging()"]
    if result.kind == "events":
        return [f"EventStream.Format.{result.format}", result.java.reader]
    return [result.java.reader] if result.kind == "json" else []


def _iterate(file: JavaFile, plan: Plan) -> None:
    shown = plan.result.java.name.replace("Page<", "Pages<", 1)
    for with_params, with_options in _forms(plan):
        tags = argument_tags(plan, with_params=with_params, with_options=with_options)
        tags = (*tags, "@return the items; pages are fetched as they are needed")
        file.member(*doc("All items, from page to page.", "    ", tags=tags))
        file.add(*members.deprecation(plan.operation.docs))
        file.add(
            *call(
                f"    public {shown} {plan.iterate}",
                _parameters(plan, with_params=with_params, with_options=with_options),
                tail=" {",
            )
        )
        passed = _passed(plan, with_params=with_params, with_options=with_options)
        if with_options and (with_params or not plan.params):
            file.add(*laid_out("        return ", f"new Pages<>(() -> {plan.method}({', '.join(passed)}))"))
        else:
            file.add(*call(f"        return {plan.iterate}", passed))
        file.add("    }")


def _calls(java: JavaApi, file: JavaFile, plans: tuple[Plan, ...]) -> None:
    file.member("    /** The requests, as both kinds of client send them. */", "    static final class Calls {")
    file.add("        private Calls() {}")
    for each in plans:
        members.use(file, *(argument.java for argument in each.arguments))
        file.member(*request(java, each, name=each.method))
        if each.result.kind == "page" and each.operation.pagination is not None:
            file.member(*_paging(each, each.operation.pagination))
    file.add("    }")


def _paging(plan: Plan, pagination: Pagination) -> list[str]:
    item = plan.result.java.name.removeprefix("Page<").removesuffix(">")
    calls = [f".items({_literals(pagination.items)})"]
    calls += [f".next({_literals(pagination.next)})"] if pagination.next else []
    calls += [f".more({_literals(pagination.more)})"] if pagination.more else []
    if pagination.parameter:
        calls.append(f".sends({literal(pagination.place)}, {literal(pagination.parameter)})")
    calls += [f".id({literal(pagination.id_field)})"] if pagination.id_field else []
    made = f"            return new WirePaging<{item}>({literal(pagination.kind)}, {plan.result.java.reader})"
    return [
        f"        static WirePaging<{item}> {plan.method}Paging() {{",
        made,
        *(f"                    {each}" for each in calls[:-1]),
        f"                    {calls[-1]};",
        "        }",
    ]


def _literals(names: tuple[str, ...]) -> str:
    return ", ".join(map(literal, names))
