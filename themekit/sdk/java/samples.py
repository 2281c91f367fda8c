"""A program for one operation: whole, small, with the values of its examples."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.model.sdk import slot
from themekit.sdk.java.client import accessor
from themekit.sdk.java.example_values import example, is_file, setting_values
from themekit.sdk.java.expressions import Expressions
from themekit.sdk.java.layout import laid_out, without_strings
from themekit.sdk.java.operations import plan
from themekit.sdk.java.reserved import KEYWORDS, RUNTIME
from themekit.sdk.java.types import java_api

if TYPE_CHECKING:
    from themekit.model.api import ApiModel, Operation
    from themekit.sdk.java.operations import Argument, Plan
    from themekit.sdk.java.types import JavaApi

CLIENT = slot("client")
PACKAGE = slot("java-package")
LANGUAGE_IMPORTS = {
    "InputStream": "java.io.InputStream",
    "List": "java.util.List",
    "LocalDate": "java.time.LocalDate",
    "Map": "java.util.Map",
    "OffsetDateTime": "java.time.OffsetDateTime",
}


_NO_NAMES = frozenset(["Boolean", "Double", "Integer", "Long", "Object", "String"])


@dataclass(frozen=True, slots=True)
class Call:
    """The call of an operation as an expression, and what it needs imported."""

    before: tuple[str, ...]
    text: str
    imports: frozenset[str]


_KNOWN: list[tuple[ApiModel, JavaApi]] = []


def sample(api: ApiModel, operation: Operation) -> str:
    """The program."""
    java = _java(api)
    found = plan(java, operation)
    return program(java, found)


def _java(api: ApiModel) -> JavaApi:
    """The names of the API that was asked for last: samples are asked for one by one."""
    if not _KNOWN or _KNOWN[0][0] is not api:
        _KNOWN[:] = [(api, java_api(api))]
    return _KNOWN[0][1]


def program(java: JavaApi, found: Plan) -> str:
    """The program that makes the call of a plan."""
    method = found.iterate if found.result.kind == "page" else found.method
    made = example_call(java, found, method=method, indent=" " * 12)
    lines = [*made.before, *_use(found, made)]
    body = "\n".join(lines)
    words = set(re.findall(r"[A-Za-z_][A-Za-z_0-9]*", without_strings(body)))
    classes = sorted(words & (set(java.names.types.values()) | set(java.names.params.values()) | RUNTIME))
    imports = sorted({*made.imports, *(LANGUAGE_IMPORTS[each] for each in words & set(LANGUAGE_IMPORTS))})
    imports = [each for each in imports if each.rpartition(".")[2] in words]
    throws = " throws Exception" if found.result.kind == "download" else ""
    head = [f"import {PACKAGE}.{CLIENT};", *(f"import {PACKAGE}.{each};" for each in classes), ""]
    head += [*(f"import {each};" for each in imports), ""] if imports else []
    quiet = ['@SuppressWarnings("deprecation")'] if found.operation.docs.is_deprecated else []
    name = "Example" if "Example" not in classes else "ExampleProgram"
    return "\n".join(
        [
            *head,
            *quiet,
            f"public final class {name} {{",
            f"    public static void main(String[] args){throws} {{",
            f"        try ({CLIENT} client = {CLIENT}.builder().fromEnv().build()) {{",
            *lines,
            "        }",
            "    }",
            "}",
            "",
        ]
    )


def example_call(java: JavaApi, found: Plan, *, method: str, indent: str, options: str = "") -> Call:
    """The call of `client` with example values; parameters are made before."""
    write = Expressions(java)
    arguments = [_argument(java, write, each) for each in found.arguments]
    params = _params(java, found, write) if found.params else ""
    before = laid_out(f"{indent}{found.params} params = ", params) if params else []
    arguments += ["params"] if params else []
    arguments += [options] if options else []
    group = accessor(found.operation.group)
    return Call(tuple(before), f"client.{group}().{method}({', '.join(arguments)})", frozenset(write.imports))


def _argument(java: JavaApi, write: Expressions, each: Argument) -> str:
    value = example(java, each.parameter.type, docs=each.parameter.docs)
    return write.value(each.parameter.type, value if value not in ("", None) else "x")


def _params(java: JavaApi, found: Plan, write: Expressions) -> str:
    """The parameters, or nothing if the call can do without."""
    values = setting_values(java, found)
    calls = []
    for each in found.settings:
        if each.method not in values:
            continue
        if each.is_file or is_file(java, each.type):
            shown = write.file("example.txt")
        else:
            shown = write.setting(each, values[each.method])
        calls.append(f".{each.method}({shown})")
    if not calls and found.is_certain:
        return ""
    return f"{found.params}.builder(){''.join(calls)}.build()"


def _use(found: Plan, made: Call) -> list[str]:
    indent = " " * 12
    kind = found.result.kind
    if kind == "none":
        return laid_out(indent, made.text)
    if kind == "page":
        item = found.result.java.name.removeprefix("Page<").removesuffix(">")
        return [
            *laid_out(f"{indent}for ({item} item : ", made.text, tail=") {"),
            f"{indent}    System.out.println(item);",
            f"{indent}}}",
        ]
    if kind == "events":
        item = found.result.java.name.removeprefix("EventStream<").removesuffix(">")
        return [
            *laid_out(f"{indent}try ({found.result.java.name} stream = ", made.text, tail=") {"),
            f"{indent}    for ({item} event : stream) {{",
            f"{indent}        System.out.println(event);",
            f"{indent}    }}",
            f"{indent}}}",
        ]
    if kind == "download":
        return [
            *laid_out(f"{indent}try (InputStream content = ", made.text, tail=") {"),
            f'{indent}    System.out.println(content.readAllBytes().length + " bytes");',
            f"{indent}}}",
        ]
    name = variable(found.result.java.name)
    return [
        *laid_out(f"{indent}{found.result.java.name} {name} = ", made.text),
        f"{indent}System.out.println({name});",
    ]


def variable(kind: str) -> str:
    """A variable for a value of a class."""
    if not kind.isalnum() or kind in _NO_NAMES:
        return "result"
    name = kind[0].lower() + kind[1:]
    return "result" if name in KEYWORDS | {"args", "client", "params"} else name
