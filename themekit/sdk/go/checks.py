"""Tests that an SDK ships: every operation against a sandbox, and what all calls have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.sdk.go.calls import call, credential
from themekit.sdk.go.expressions import Writer
from themekit.sdk.go.plan import primary
from themekit.sdk.go.source import Piece, go_file, piece

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.model.sdk import SdkFile
    from themekit.sdk.go.plan import Method, Plan, Service

_FAILED = ("\tif err != nil {", "\t\tt.Fatal(err)", "\t}")
_LIMITED = ', WithHeader("Prefer", "code=429; times=2; run="+run)'
_HEAD = ("//go:build go1.23", "")  # range over functions


def checks(plan: Plan) -> Iterator[SdkFile]:
    """The files, one for each resource."""
    writer = Writer(plan)
    yield go_file("sandbox_test.go", _shared(plan, writer))
    for each in plan.services:
        yield go_file(f"{each.file}_api_test.go", _service(each, plan, writer), head=_HEAD)


def _service(given: Service, plan: Plan, writer: Writer) -> Iterator[Piece]:
    for method in (each for each in given.methods if each.operation.may_succeed):
        prefix = f"Test{given.type.removesuffix('Service')}_"
        yield _operation(method, plan, writer, name=f"{prefix}{method.name}")
        if method.iterate:
            yield _iteration(method, plan, writer, name=f"{prefix}{method.iterate}")


def _operation(method: Method, plan: Plan, writer: Writer, *, name: str) -> Piece:
    made = call(method, plan, writer=writer, context="context.Background()")
    lines = [f"func {name}(t *testing.T) {{", "\tclient := sandboxClient(t)"]
    match method.result.kind:
        case "nothing":
            lines += [f"\terr := client.{made.text}", *_FAILED]
        case "events" | "lines":
            lines += [
                f"\tstream := client.{made.text}",
                "\tdefer stream.Close()",
                "\tfor count := 0; count < 3 && stream.Next(); count++ {",
                "\t\tt.Log(stream.Event())",
                "\t}",
                "\tif err := stream.Err(); err != nil {",
                "\t\tt.Fatal(err)",
                "\t}",
            ]
        case "file":
            lines += [f"\tfile, err := client.{made.text}", *_FAILED, "\tdefer file.Close()"]
            lines += ["\tif _, err := io.Copy(io.Discard, file); err != nil {", "\t\tt.Fatal(err)", "\t}"]
        case _:
            lines += [f"\t_, err := client.{made.text}", *_FAILED]
    imports = {"context", "testing", *made.imports, *(["io"] if method.result.kind == "file" else [])}
    return piece(*lines, "}", imports=imports)


def _iteration(method: Method, plan: Plan, writer: Writer, *, name: str) -> Piece:
    made = call(method, plan, writer=writer, context="context.Background()", name=method.iterate)
    return piece(
        f"func {name}(t *testing.T) {{",
        "\tclient := sandboxClient(t)",
        "\tcount := 0",
        f"\tfor _, err := range client.{made.text} {{",
        "\t\tif err != nil {",
        "\t\t\tt.Fatal(err)",
        "\t\t}",
        "\t\tcount++",
        "\t}",
        "\tif count == 0 {",
        '\t\tt.Error("there is no item")',
        "\t}",
        "}",
        imports={"context", "testing", *made.imports},
    )


def _shared(plan: Plan, writer: Writer) -> Iterator[Piece]:
    key = primary(plan.api)
    others = [credential(each, plan, value='"test-key"', qualifier="") for each in plan.api.schemes if each is not key]
    options = ", ".join(dict.fromkeys(each for each in others if each))
    first = '"sk_test_key", ' if key is not None else ""
    yield piece(
        "// sandboxClient is a client of the sandbox whose address is in API_BASE_URL, with",
        "// all kinds of credentials.",
        "func sandboxClient(t *testing.T, opts ...Option) *Client {",
        "\tt.Helper()",
        f"\tgiven := []Option{{{options}}}",
        f"\treturn New({first}append(append(given, sandbox(t)), opts...)...)",
        "}",
        imports=["testing"],
    )
    yield piece(
        "func sandbox(t *testing.T) Option {",
        "\tt.Helper()",
        '\turl := os.Getenv("API_BASE_URL")',
        '\tif url == "" {',
        '\t\tt.Skip("API_BASE_URL is not set: it is the address of a sandbox")',
        "\t}",
        "\treturn WithBaseURL(url)",
        "}",
        imports=["os", "testing"],
    )
    method = _plain(plan)
    if method is not None:
        yield from _behaviour(method, plan, writer)


def _plain(plan: Plan) -> Method | None:
    """A call that is safe to repeat, needs credentials, and answers more than a stream."""
    key = primary(plan.api)
    found = [
        each
        for each in plan.methods.values()
        if each.operation.method == "GET"
        and key is not None
        and [key.id] in [[one.scheme for one in alternative] for alternative in each.operation.security]
        and each.result.kind in {"object", "value"}
    ]
    return min(found, key=lambda each: len(each.arguments) + len(each.fields)) if found else None


def _behaviour(method: Method, plan: Plan, writer: Writer) -> Iterator[Piece]:
    made = call(method, plan, writer=writer, context="context.Background()")
    closing = made.text.rindex(")")
    text = f"client.{made.text[:closing]}{{extra}})"

    def test(name: str, client: str, extra: str, *checks: str) -> Piece:
        lines = [f"\tclient := {client}", f"\t_, err := {text.replace('{extra}', extra)}", *checks]
        imports = {"context", "testing", *made.imports}
        imports |= {each for each in ("errors", "net/http") if any(f"{each.split('/')[-1]}." in line for line in lines)}
        return piece(f"func {name}(t *testing.T) {{", *lines, "}", imports=imports)

    def expects(condition: str) -> tuple[str, ...]:
        return (f"\tif {condition} {{", '\t\tt.Fatalf("found %v", err)', "\t}")

    yield test("TestSandbox_MissingCredentials", 'New("", sandbox(t))', "", *expects("!errors.Is(err, ErrCredentials)"))
    yield test(
        "TestSandbox_WrongCredentials",
        'New("sk_test_invalid", sandbox(t))',
        "",
        *expects("!errors.Is(err, ErrAuthentication)"),
    )
    yield test(
        "TestSandbox_AnErrorThatIsAskedFor",
        "sandboxClient(t)",
        ', WithHeader("Prefer", "code=404")',
        "\tvar problem *Error",
        *expects("!errors.As(err, &problem) || !errors.Is(err, ErrNotFound) || problem.Status != http.StatusNotFound"),
    )
    yield piece(
        "func TestSandbox_TooManyRequestsIsRepeated(t *testing.T) {",
        "\trun, err := newKey()",
        *_FAILED,
        "\tsent := 0",
        "\tclient := sandboxClient(t, WithRequestHook(func(*http.Request) error {",
        "\t\tsent++",
        "\t\treturn nil",
        "\t}))",
        f"\t_, err = {text.replace('{extra}', _LIMITED)}",
        "\tif err != nil || sent != 3 {",
        '\t\tt.Fatalf("found %v after %d requests", err, sent)',
        "\t}",
        "}",
        imports={"context", "net/http", "testing", *made.imports},
    )
