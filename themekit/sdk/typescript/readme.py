"""README.md: how to install the library and how to do what its API can do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.model.sdk import slot
from themekit.sdk.typescript.client import options_of
from themekit.sdk.typescript.invocations import Shown
from themekit.sdk.typescript.layout import table
from themekit.sdk.typescript.samples import body, program

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.sdk.typescript.plan import Call, Plan, Resource

PACKAGE = slot("typescript-package")
CLIENT = slot("client")


def readme(plan: Plan) -> str:
    """The page, with the sections that the API has something for."""
    return "\n".join(_sections(plan))


def _sections(plan: Plan) -> Iterator[str]:
    calls = [(resource, call) for resource in plan.resources for call in resource.calls]
    yield f"# {slot('name', 'markdown')} for TypeScript\n"
    yield (
        "A client library for Node.js 20 or later, Deno, Bun, edge runtimes and browsers. It uses the\n"
        "built-in `fetch`, has no dependencies, and brings ES modules, CommonJS and types.\n"
    )
    yield f"## Install\n\n```bash\nnpm install {PACKAGE}\n```\n"
    first = _first(calls)
    if first is not None:
        yield f"## First call\n\n```ts\n{program(Shown(*first, plan), is_tried=False)}```\n"
    yield from _credentials(plan)
    yield _ERRORS
    yield _RETRIES
    yield from _pages(calls, plan)
    yield from _streams(calls, plan)
    yield from _files(calls, plan)
    if plan.webhooks:
        yield _WEBHOOKS.replace("webhooks.verify", f"{plan.webhooks}.verify")
    yield _OPTIONS
    yield _NUMBERS
    yield f"## More\n\nThe documentation of the API: <{slot('docs-url')}>\n"


def _first(calls: list[tuple[Resource, Call]]) -> tuple[Resource, Call] | None:
    """A call to begin with: one that makes something, else one that reads."""
    plain = [each for each in calls if each[1].answer.kind == "json"]
    made = [each for each in plain if each[1].name == "create" and each[1].operation.security]
    return next(iter(made or plain or calls), None)


def _credentials(plan: Plan) -> Iterator[str]:
    options = options_of(plan.api)
    if options:
        rows = [(f"`{name}`", f"`{type_}`") for name, type_, _ in options]
        yield (
            "## Credentials\n\nEach call takes the first way of authentication that the client has everything for.\n\n"
            f"{table(('Option', 'Type'), rows)}"
        )
        if "apiKey" in [name for name, _, _ in options]:
            yield "Without any of them `apiKey` is the environment variable `API_KEY`.\n"


def _pages(calls: list[tuple[Resource, Call]], plan: Plan) -> Iterator[str]:
    for resource, call in calls:
        if call.iterate:
            shown = Shown(resource, call, plan, name=call.iterate)
            yield (
                f"## Pages\n\n```ts\n{shown.statement('const items = ')}for await (const item of items) {{\n"
                "  console.log(item);\n}\n```\n\n"
                "`toArray({ max: 100 })` gives an array, `pages()` one page after the other.\n"
            )
            return


def _streams(calls: list[tuple[Resource, Call]], plan: Plan) -> Iterator[str]:
    for resource, call in calls:
        if call.answer.kind in {"events", "json-lines"}:
            closed = "The connection is closed when the loop ends."
            yield f"## Streams\n\n```ts\n{body(Shown(resource, call, plan))}```\n\n{closed}\n"
            return


def _files(calls: list[tuple[Resource, Call]], plan: Plan) -> Iterator[str]:
    upload = next((each for each in calls if each[1].body and each[1].body.content.kind == "multipart"), None)
    download = next((each for each in calls if each[1].answer.kind == "binary"), None)
    if upload:
        yield (
            f"## Upload files\n\n```ts\n{body(Shown(*upload, plan))}```\n\n"
            '`content` is a `Blob`, bytes or a stream; `await fileFromPath("note.pdf")` is a file on disk.\n'
        )
    if download:
        yield f"## Download files\n\n```ts\n{body(Shown(*download, plan))}```\n"


_CLASSES = (
    ("`BadRequestError`", "400"),
    ("`AuthenticationError`", "401"),
    ("`PermissionDeniedError`", "403"),
    ("`NotFoundError`", "404"),
    ("`ConflictError`", "409"),
    ("`UnprocessableError`", "422"),
    ("`RateLimitError`", "429"),
    ("`ServerError`", "500 and above"),
    ("`ApiError`", "every answer outside 2xx; the base of those above"),
    ("`TimeoutError`", "no answer in time"),
    ("`ConnectionError`", "no answer at all; the base of `TimeoutError`"),
    ("`CredentialsError`", "a call without credentials, before it is sent"),
    ("`DecodeError`", "an answer that is not what the API describes"),
    ("`SdkError`", "the base of all of them"),
)

_ERRORS = f"""## Errors

```ts
import {{ ApiError, ConnectionError }} from "{PACKAGE}";

try {{
  // a call
}} catch (error) {{
  if (error instanceof ApiError) {{
    console.error(error.status, error.requestId, error.data);
  }} else if (error instanceof ConnectionError) {{
    console.error("no answer after", error.attempts, "attempts");
  }} else {{
    throw error;
  }}
}}
```

{table(("Class", "Thrown for"), _CLASSES)}"""

_WEBHOOKS = """## Webhooks

```ts
const event = await client.webhooks.verify(body, signature, secret);
```

`body` is the request's body as it came, `signature` the header with the signature. What is wrong, or older than five
minutes, throws a `WebhookVerificationError`.
"""

_RETRIES = """## Retries

Calls are repeated up to three times after a broken connection and after 408, 429, 500, 502, 503 and 504, if that is
safe: reads, and all calls with an idempotency key. Pauses double from half a second to eight seconds; `Retry-After`
wins. Set `maxRetries` for the client or for one call.
"""

_OPTIONS = """## Options of a call

The last argument of each method: `timeoutMs` (for one attempt), `maxRetries`, `headers`, `idempotencyKey`, `signal`
(an `AbortSignal` that ends the call with its retries). `.withResponse()` gives `{ data, response, requestId }`.
The client's options `onRequest` and `onResponse` are functions that see each attempt and its answer.
"""

_NUMBERS = """## Large integers

Integers beyond `Number.MAX_SAFE_INTEGER` arrive as `bigint`, so that no digit is lost, and are sent back as they came.
"""
