"""A whole program that calls one operation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.model.sdk import slot
from themekit.sdk.go.calls import call, credential, schemes_of
from themekit.sdk.go.expressions import Writer
from themekit.sdk.go.names import LOCALS, local, singular
from themekit.sdk.go.plan import planned, primary

if TYPE_CHECKING:
    from themekit.model.api import ApiModel, Operation, Scheme
    from themekit.sdk.go.plan import Method, Plan

_TAKEN = LOCALS | {"client", "options", "url", "stream", "strings", "item", "page", "body"}


def sample(api: ApiModel, operation: Operation) -> str:
    """The program, as `main.go`: it prints what the operation answers."""
    plan = planned(api)
    method = plan.methods[operation.id]
    package = slot("go-package")
    writer = Writer(plan, f"{package}.")
    made = call(method, plan, writer=writer, context="ctx")
    body, imports = _use(method, plan, made.text)
    names = sorted({"context", "log", "os", *imports, *made.imports})
    lines = [
        "package main",
        "",
        "import (",
        *(f'\t"{each}"' for each in names),
        "",
        f'\t{package} "{slot("go-module")}"',
        ")",
    ]
    lines += [
        "",
        "func main() {",
        "\tctx := context.Background()",
        *_options(method, plan, package),
        "",
        *body,
        "}",
        "",
    ]
    return "\n".join(lines)


def _options(method: Method, plan: Plan, package: str) -> list[str]:
    key = primary(plan.api)
    schemes = schemes_of(method, plan)
    given = [
        credential(each, plan, value=_variable(each), qualifier=f"{package}.", user='os.Getenv("API_USERNAME")')
        for each in schemes
        if each is not key
    ]
    given = [each for each in given if each]
    first = 'os.Getenv("API_KEY"), ' if key is not None and key in schemes else '"", ' if key is not None else ""
    if given:
        lines = [f"\toptions := []{package}.Option{{{', '.join(given)}}}"]
    else:
        lines = [f"\tvar options []{package}.Option"]
    return [
        *lines,
        '\tif url := os.Getenv("API_BASE_URL"); url != "" {',
        f"\t\toptions = append(options, {package}.WithBaseURL(url))",
        "\t}",
        f"\tclient := {package}.New({first}options...)",
    ]


def _variable(scheme: Scheme) -> str:
    """Where a program has the secret from."""
    name = {"basic": "API_PASSWORD", "oauth2": "ACCESS_TOKEN", "openid": "ACCESS_TOKEN"}.get(scheme.kind, "API_KEY")
    return f'os.Getenv("{name}")'


def _use(method: Method, plan: Plan, text: str) -> tuple[list[str], set[str]]:
    """What the program does, and what that needs."""
    failed = ["\tif err != nil {", "\t\tlog.Fatal(err)", "\t}"]
    found = method.result
    name = _name(method)
    match found.kind:
        case "nothing":
            return [f"\tif err := client.{text}; err != nil {{", "\t\tlog.Fatal(err)", "\t}"], set()
        case "events" | "lines":
            return _stream(text), {"fmt"}
        case "file":
            lines = [f"\tbody, err := client.{text}", *failed, "\tdefer body.Close()"]
            return [*lines, "\tif _, err := io.Copy(os.Stdout, body); err != nil {", "\t\tlog.Fatal(err)", "\t}"], {
                "io"
            }
        case "bytes":
            return [f"\t{name}, err := client.{text}", *failed, f"\tfmt.Println(string({name}))"], {"fmt"}
    shown = f"fmt.Println({name}.ID)" if _has_id(method, plan) else f'fmt.Printf("%+v\\n", {name})'
    return [f"\t{name}, err := client.{text}", *failed, f"\t{shown}"], {"fmt"}


def _stream(text: str) -> list[str]:
    return [
        f"\tstream := client.{text}",
        "\tdefer stream.Close()",
        "\tfor read := 0; read < 3 && stream.Next(); read++ {",
        "\t\tfmt.Println(stream.Event())",
        "\t}",
        "\tif err := stream.Err(); err != nil {",
        "\t\tlog.Fatal(err)",
        "\t}",
    ]


def _has_id(method: Method, plan: Plan) -> bool:
    if method.result.kind != "object" or method.result.type is None:
        return False
    declared = plan.types.object_of(method.result.type)
    return declared is not None and any(each.name == ("id",) for each in declared.fields)


def _name(method: Method) -> str:
    """The variable for the answer: `payment` for one of `payments`, `page` for a list."""
    if method.operation.pagination is not None:
        return "page"
    found = local(singular(method.operation.group))
    return "answer" if found in _TAKEN or found.rstrip("_") in _TAKEN else found
