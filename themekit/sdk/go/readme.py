"""The README of a Go module: what its API has, shown with calls of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.model.sdk import slot
from themekit.sdk.go.calls import call, schemes_of
from themekit.sdk.go.client import client_flow
from themekit.sdk.go.expressions import Writer
from themekit.sdk.go.plan import primary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from themekit.model.api import Scheme
    from themekit.sdk.go.plan import Method, Plan

PACKAGE = slot("go-package")
_FAILED = ("if err != nil {", "\treturn err", "}")


def readme(plan: Plan) -> str:
    """Sections for what the API has, and none for what it lacks."""
    return "\n\n".join(_sections(plan)) + "\n"


def _sections(plan: Plan) -> Iterator[str]:
    yield f"# {slot('name', 'markdown')} for Go"
    yield f"The Go library of {slot('name', 'markdown')}. It needs Go 1.21 or later and only the standard library."
    yield f"Documentation: <{slot('docs-url')}>"
    yield f"## Install\n\n```bash\ngo get {slot('go-module')}@{slot('go-version')}\n```"
    first = _chosen(plan, _is_first) or next(iter(plan.methods.values()), None)
    if first is not None:
        yield f"## First call\n\n{_code(_client(first, plan), '', *_checked(first, plan))}"
    yield from _credentials(plan)
    yield _ERRORS.replace("PKG", PACKAGE)
    yield _RETRIES.replace("KEY", 'os.Getenv("API_KEY"), ' if primary(plan.api) else "").replace("PKG", PACKAGE)
    yield _OPTIONAL.replace("PKG", PACKAGE)
    yield from _kinds(plan)
    yield _SETTINGS


def _is_first(method: Method) -> bool:
    return method.operation.method == "POST" and method.result.kind == "object" and bool(method.params)


def _chosen(plan: Plan, matches: Callable[[Method], bool]) -> Method | None:
    return next((each for service in plan.services for each in service.methods if matches(each)), None)


def _code(*lines: str) -> str:
    return "\n".join(["```go", *lines, "```"])


def _client(method: Method, plan: Plan) -> str:
    """A client with what the method asks for."""
    key, schemes = primary(plan.api), schemes_of(method, plan)
    if key is not None and (key in schemes or not schemes):
        return f'client := {PACKAGE}.New(os.Getenv("API_KEY"))'
    return _client_with(plan, *filter(None, (_option(each, plan) for each in schemes)))


def _client_with(plan: Plan, *options: str) -> str:
    first = () if primary(plan.api) is None else ('""',)
    return f"client := {PACKAGE}.New({', '.join([*first, *(f'{PACKAGE}.{each}' for each in options)])})"


def _option(scheme: Scheme, plan: Plan) -> str:
    """What gives a client the credentials of a scheme; "" for one without an option."""
    if scheme.kind == "basic":
        return 'WithBasicAuth(os.Getenv("API_USERNAME"), os.Getenv("API_PASSWORD"))'
    if client_flow(scheme):
        return 'WithClientCredentials(os.Getenv("CLIENT_ID"), os.Getenv("CLIENT_SECRET"))'
    if scheme.kind in {"oauth2", "openid"}:
        return 'WithAccessToken(os.Getenv("ACCESS_TOKEN"))'
    if scheme.kind in {"bearer", "api-key", "http"}:
        return f'{plan.options[scheme.id]}(os.Getenv("API_KEY"))'
    return ""


def _text(method: Method, plan: Plan, name: str = "") -> str:
    writer = Writer(plan, f"{PACKAGE}.")
    return call(method, plan, writer=writer, context="ctx", name=name, indent="").text


def _checked(method: Method, plan: Plan) -> tuple[str, ...]:
    text = _text(method, plan)
    if method.result.kind == "nothing":
        return f"if err := client.{text}; err != nil {{", "\treturn err", "}"
    if method.result.kind in {"events", "lines"}:
        return _loop(text)
    return f"answer, err := client.{text}", *_FAILED


def _loop(text: str) -> tuple[str, ...]:
    return (
        f"stream := client.{text}",
        "defer stream.Close()",
        "for stream.Next() {",
        "\tfmt.Println(stream.Event())",
        "}",
        "return stream.Err()",
    )


def _credentials(plan: Plan) -> Iterator[str]:
    key = primary(plan.api)
    lines = [] if key is None else [f'client := {PACKAGE}.New(os.Getenv("API_KEY"))']
    options = dict.fromkeys(_option(each, plan) for each in plan.api.schemes if each is not key)
    lines += [_client_with(plan, each) for each in options if each]
    if lines:
        yield "\n\n".join(["## Authenticate", *(_code(each) for each in lines)])
        yield "A call without credentials returns `ErrCredentials`, before anything is sent."


def _kinds(plan: Plan) -> Iterator[str]:
    pages = _chosen(plan, lambda each: bool(each.iterate))
    if pages is not None:
        text = _text(pages, plan, pages.iterate)
        loop = (
            f"for item, err := range client.{text} {{",
            "\tif err != nil {",
            "\t\treturn err",
            "\t}",
            "\tfmt.Println(item)",
            "}",
        )
        yield f"## Pages\n\n{_code(*loop)}"
        yield "Leaving the loop asks for no further page. Before Go 1.23, call `All()` on it."
    stream = _chosen(plan, lambda each: each.result.kind in {"events", "lines"})
    if stream is not None:
        yield f"## Streams\n\n{_code(*_loop(_text(stream, plan)))}"
    upload = _chosen(plan, lambda each: any(one.place == "file" for one in each.fields))
    if upload is not None:
        yield f"## Files\n\n{_code(*_checked(upload, plan))}"
        yield "A file is any `io.Reader`, read while it is sent. A retry needs an `io.Seeker`, which files are."
    download = _chosen(plan, lambda each: each.result.kind == "file")
    if download is not None:
        lines = (
            f"file, err := client.{_text(download, plan)}",
            *_FAILED,
            'return file.SaveTo("copy")',
        )
        yield f"{'## Files' if upload is None else '### Download'}\n\n{_code(*lines)}"
    if plan.api.verifies_webhooks:
        text = f"event, err := {PACKAGE}.VerifyWebhook(body, signature, secret)"
        yield f"## Webhooks\n\n{_code(text, *_FAILED)}"
        yield (
            "`body` is the request's body as it came, `signature` the header with the signature. What is wrong, or\n"
            f"older than five minutes, is `{PACKAGE}.ErrSignature`."
        )


_ERRORS = """\
## Errors

```go
var problem *PKG.Error
switch {
case errors.Is(err, PKG.ErrNotFound):
	fmt.Println("there is no such object")
case errors.As(err, &problem):
	fmt.Println(problem.Status, problem.Code, problem.RequestID)
case errors.Is(err, PKG.ErrTimeout):
	fmt.Println("no answer in time")
}
```

An answer outside `2xx` is an `*Error`; `ErrBadRequest`, `ErrAuthentication`, `ErrPermission`, `ErrNotFound`,
`ErrConflict`, `ErrUnprocessable`, `ErrRateLimit` and `ErrServer` stand for statuses. No answer at all is a
`*ConnectionError`."""

_RETRIES = """\
## Retries

Broken connections and the statuses 408, 429, 500, 502, 503 and 504 are tried again, three times by default, if the
request is safe to repeat. Pauses double from half a second to eight seconds; `Retry-After` wins, up to a minute.

```go
client := PKG.New(KEYPKG.WithMaxRetries(5), PKG.WithTimeout(30*time.Second))
```"""

_OPTIONAL = """\
## Optional values

The zero value of a field is not sent. Where zero has a meaning of its own, the field is a pointer, and `Ptr` makes one.
An explicit null goes into `Extra`: `map[string]json.RawMessage{"name": PKG.Null()}`. Members that are newer than the
library are in `Extra` of an answer."""

_SETTINGS = """\
## Settings

Each option can be given to the client and to a single call: `WithBaseURL`, `WithEnvironment`, `WithHTTPClient`,
`WithHeader`, `WithIdempotencyKey`, `WithLogger`, `WithMaxRetries`, `WithRequestHook`, `WithResponse`,
`WithResponseHook`, `WithTimeout`."""
