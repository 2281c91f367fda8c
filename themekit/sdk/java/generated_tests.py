"""Tests of the package: each operation is called with example values, and the client's promises are tried on some.

They run against an address in `API_BASE_URL`, with nothing but Java: `TestRun` has a `main`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from themekit.model.sdk import slot
from themekit.sdk.java.client import accessor, option_names
from themekit.sdk.java.credentials import credentials
from themekit.sdk.java.layout import laid_out, without_strings
from themekit.sdk.java.names import pascal
from themekit.sdk.java.samples import LANGUAGE_IMPORTS, example_call
from themekit.sdk.java.source_file import TEST, JavaFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.model.sdk import SdkFile
    from themekit.sdk.java.operations import Plan
    from themekit.sdk.java.types import JavaApi

CLIENT = slot("client")
_INDENT = " " * 8
_SOME = 'Checks.isTrue(count > 0, "there are some");'
PAGE_ITEMS = 7  # what the sandbox has in each list


def test_files(java: JavaApi, plans: dict[tuple[str, ...], tuple[Plan, ...]]) -> Iterator[SdkFile]:
    """The classes of tests, besides what they share."""
    yield _client(java).sdk_file(TEST)
    tried = {group: tuple(each for each in found if each.operation.may_succeed) for group, found in plans.items()}
    for group, found in tried.items():
        yield _group(java, f"{pascal(group)}OperationsTest", found).sdk_file(TEST)
    yield _promises([each for found in tried.values() for each in found], java).sdk_file(TEST)


def _client(java: JavaApi) -> JavaFile:
    file = JavaFile("TestClients", imports={"java.net.URI", "java.util.function.Consumer"})
    found = credentials(java.api)
    gives_tokens = java.api.gives_tokens
    given = [name for name, _, _ in option_names(found) if not (gives_tokens and name == "accessToken")]
    calls = [f'.{name}("test_{name.lower()}")' for name in given]
    wrong = [f'.{name}("invalid_{name.lower()}")' for name in given]
    if gives_tokens and any(each.kind == "client" for each in found):
        calls.append('.clientCredentials("test_client", "test_secret")')
        wrong.append('.clientCredentials("invalid_client", "invalid_secret")')
    file.add("/** Clients of the address that the environment says. */", "final class TestClients {")
    file.add("    private TestClients() {}")
    for name, chosen in (("client", calls), ("bare", []), ("wrong", wrong)):
        file.member(f"    static {CLIENT} {name}() {{", *_built(chosen), "    }")
    file.member(
        f"    static {CLIENT} counting(Consumer<ApiResponse> hook) {{",
        *_built([*calls, ".afterResponse(hook)"]),
        "    }",
        "",
        f"    static {CLIENT}.Builder builder() {{",
        f'        return {CLIENT}.builder().baseUrl(URI.create(System.getenv("API_BASE_URL")));',
        "    }",
        "}",
    )
    return file


def _built(calls: list[str]) -> list[str]:
    return laid_out("        return ", f"builder(){''.join(calls)}.build()")


def _group(java: JavaApi, name: str, plans: tuple[Plan, ...]) -> JavaFile:
    file = JavaFile(name)
    file.add("/** Each operation of a group, with example values. */")
    file.add('@SuppressWarnings("deprecation")', f"public final class {name} {{")
    file.add(f"    private final {CLIENT} client = TestClients.client();")
    for each in plans:
        title = each.method[0].upper() + each.method[1:]
        throws = " throws Exception" if each.result.kind == "download" else ""
        file.member(f"    public void test{title}(){throws} {{", *_called(java, file, each), "    }")
    file.add("}")
    _import(file)
    return file


def _import(file: JavaFile) -> None:
    words = set(re.findall(r"[A-Za-z_][A-Za-z_0-9]*", without_strings("\n".join(file.lines))))
    file.imports |= {LANGUAGE_IMPORTS[each] for each in words & set(LANGUAGE_IMPORTS)}


def _called(java: JavaApi, file: JavaFile, plan: Plan) -> list[str]:
    made = example_call(java, plan, method=plan.method, indent=_INDENT)
    file.imports |= made.imports
    kind = plan.result.kind
    if kind == "none":
        return [*made.before, f"{_INDENT}{made.text};"]
    if kind == "download":
        return [
            *made.before,
            f"{_INDENT}try (InputStream content = {made.text}) {{",
            f"{_INDENT}    content.readAllBytes();",
            f"{_INDENT}}}",
        ]
    if kind == "events":
        return [*made.before, *_stream(plan, made.text)]
    if kind == "page":
        return [*made.before, f"{_INDENT}Checks.readable({made.text}.data());", *_all_pages(java, file, plan)]
    return [*made.before, f"{_INDENT}Checks.readable({made.text});"]


def _stream(plan: Plan, text: str) -> list[str]:
    item = plan.result.java.name.removeprefix("EventStream<").removesuffix(">")
    return [
        f"{_INDENT}int count = 0;",
        f"{_INDENT}try ({plan.result.java.name} stream = {text}) {{",
        f"{_INDENT}    for ({item} event : stream) {{",
        f"{_INDENT}        Checks.readable(event);",
        f"{_INDENT}        count++;",
        f"{_INDENT}    }}",
        f"{_INDENT}}}",
        f"{_INDENT}{_SOME}",
    ]


def _all_pages(java: JavaApi, file: JavaFile, plan: Plan) -> list[str]:
    made = example_call(java, plan, method=plan.iterate, indent=_INDENT)
    file.imports |= made.imports
    return [*laid_out(f"{_INDENT}long count = ", f"{made.text}.stream().count()"), f"{_INDENT}{_SOME}"]


def _promises(plans: list[Plan], java: JavaApi) -> JavaFile:
    file = JavaFile("ClientPromisesTest")
    file.add("/** What the client does for every operation, tried on one of them. */")
    file.add('@SuppressWarnings("deprecation")', "public final class ClientPromisesTest {")
    file.add("    private int answers;")
    secured = next((each for each in plans if each.operation.security and () not in each.operation.security), None)
    simple = [each for each in plans if each.result.kind in {"json", "page", "none", "text"}]
    repeated = next((each for each in simple if each.operation.method == "GET" and each.is_certain), None)
    if secured is not None:
        _test(java, file, secured, name="MissingCredentials", body=_MISSING)
    fixed = next((each for each in plans if each is secured or _has_key(java, each)), None)
    if fixed is not None and _has_key(java, fixed):
        _test(java, file, fixed, name="WrongCredentials", body=_WRONG)
    if repeated is not None:
        _test(java, file, repeated, name="TooManyRequests", body=_RETRY, options="Checks.twice(429)")
        _test(java, file, repeated, name="NotFound", body=_NOT_FOUND, options="Checks.forced(404)")
    listed = next(
        (each for each in plans if each.result.kind == "page" and not each.arguments and each.is_certain), None
    )
    if listed is not None:
        _pages(file, listed)
    file.add("}")
    _import(file)
    return file


def _has_key(java: JavaApi, plan: Plan) -> bool:
    """Its first alternative is of credentials that are not fetched."""
    kinds = {each.scheme.id: each.kind for each in credentials(java.api)}
    first = next(iter(plan.operation.security), ())
    return bool(first) and all(kinds.get(each.scheme) in {"key", "basic", "token"} for each in first)


def _test(java: JavaApi, file: JavaFile, plan: Plan, *, name: str, body: str, options: str = "") -> None:
    made = example_call(java, plan, method=plan.method, indent=_INDENT, options=options)
    file.imports |= made.imports
    start, *rest = (line for text in body.split("\n") for line in _line(text, made.text))
    file.member(f"    public void test{name}() {{", f"{_INDENT}{start}", *made.before)
    file.add(*(f"{_INDENT}{line}" for line in rest), "    }")


def _line(text: str, call: str) -> list[str]:
    """A line of a test's body with the call in it."""
    head, equals, expression = text.replace("CALL", call).replace("CLIENT", CLIENT).rpartition(" = ")
    lines = laid_out(f"{_INDENT}{head}{equals}", expression.removesuffix(";"))
    return [line.removeprefix(_INDENT) for line in lines]


_MISSING = """\
CLIENT client = TestClients.bare();
Checks.fails(MissingCredentialsException.class, () -> CALL);"""

_WRONG = """\
CLIENT client = TestClients.wrong();
AuthenticationException error = Checks.fails(AuthenticationException.class, () -> CALL);
Checks.equal(401, error.status());
Checks.isTrue(!error.toString().contains("invalid_"), "no secret is in the text");"""

_RETRY = """\
CLIENT client = TestClients.counting(response -> answers++);
CALL;
Checks.equal(3, answers);"""

_NOT_FOUND = """\
CLIENT client = TestClients.client();
NotFoundException error = Checks.fails(NotFoundException.class, () -> CALL);
Checks.equal(404, error.status());"""


def _pages(file: JavaFile, plan: Plan) -> None:
    size = plan.operation.pagination.size if plan.operation.pagination else ""
    setting = next((each for each in plan.settings if each.wire == size and each.java.name in {"long", "int"}), None)
    params = f"{plan.params}.builder().{setting.method}(3).build()" if setting is not None else ""
    group = f"client.{accessor(plan.operation.group)}"
    file.member(
        "    public void testPages() {",
        f"{_INDENT}{CLIENT} client = TestClients.client();",
        *laid_out(f"{_INDENT}long count = ", f"{group}().{plan.iterate}({params}).stream().count()"),
        f"{_INDENT}Checks.equal({PAGE_ITEMS}L, count);",
        "    }",
    )
