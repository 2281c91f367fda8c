"""The README of the package: what the API has is shown, what it has not is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.model.sdk import slot
from themekit.sdk.python.client import security
from themekit.sdk.python.samples import called, program

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from themekit.model.api import ApiModel
    from themekit.sdk.python.annotations import Types
    from themekit.sdk.python.methods import Method, Resource

_DECLINED = "| `PaymentDeclinedError` | `402` | `ApiError` |\n"

_ERRORS = """\
| Class | Raised for | Is a |
| --- | --- | --- |
| `SdkError` | Everything below | `Exception` |
| `ApiError` | Every answer outside `2xx` | `SdkError` |
| `BadRequestError` | `400` | `ApiError` |
| `AuthenticationError` | `401`, `403` | `ApiError` |
| `PaymentDeclinedError` | `402` | `ApiError` |
| `PermissionDeniedError` | `403` | `AuthenticationError` |
| `NotFoundError` | `404` | `ApiError` |
| `ConflictError` | `409` | `ApiError` |
| `UnprocessableEntityError` | `422` | `ApiError` |
| `RateLimitError` | `429` | `ApiError` |
| `ServerError` | `5xx` | `ApiError` |
| `ApiConnectionError` | No answer: name, network, TLS | `SdkError` |
| `ApiTimeoutError` | No answer in time | `ApiConnectionError` |
| `MissingCredentialsError` | No credentials that the operation takes; nothing was sent | `SdkError` |"""


_INTRODUCTION = (
    f"The client library of {slot('name', 'markdown')}: typed, synchronous and asynchronous, with nothing but the\n"
    "standard library. It needs Python 3.10 or later."
)
_OF_ERRORS = (
    "An `ApiError` has `status`, `headers`, `request_id`, `body` and, of problem details, `type`, `title`, `detail`\n"
    "and `code`; other members are attributes too."
)
_OF_UPLOADS = (
    "A file is bytes, a `Path`, a file that is open for bytes, or an `Upload` with a name and a type:\n"
    f"`from {slot('python-module')} import Upload`."
)

_WEBHOOKS = """\
## Webhooks

```python
event = client.webhooks.verify(body, signature, secret)
```

`body` is the request's body as it came, `signature` the header with the signature. What is wrong, or older than
five minutes, raises `WebhookVerificationError`."""
_HOOKS = """\
## Hooks

The client's options `before_request` and `after_response` are functions that see each attempt and its answer: to log,
to count, or to add a header."""


def readme(api: ApiModel, resources: Sequence[Resource], *, types: Types) -> str:
    """The text, with marks."""
    sections = [
        f"# {slot('name', 'markdown')} for Python",
        _INTRODUCTION,
        f"## Install\n\n```bash\npython -m pip install {slot('python-package')}\n```",
        *_sections(api, resources, types),
        f"The whole documentation is at <{slot('docs-url')}>.",
    ]
    return "\n\n".join(sections) + "\n"


def _sections(api: ApiModel, resources: Sequence[Resource], types: Types) -> Iterator[str]:
    def found(is_one: Callable[[Method], bool]) -> tuple[str, Method] | None:
        return next(((r.attribute, m) for r in resources for m in r.methods if is_one(m)), None)

    def shown(one: tuple[str, Method]) -> str:
        return "\n".join(["```python", *called(one[1], types, start=f"client.{one[0]}"), "```"])

    plain = found(lambda each: each.result.kind == "json" and not each.iterator)
    first = found(_is_usual) or plain or found(lambda _: True)
    if first is not None:
        yield f"## First call\n\n```python\n{_program(api, first[1], types=types, attribute=first[0])}```"
        yield _asynchronous(first[0], first[1])
    yield _authentication(api)
    errors = _ERRORS if api.describes("402") else _ERRORS.replace(_DECLINED, "")
    yield f"## Errors\n\n{errors}\n\n{_OF_ERRORS}"
    yield _retries(resources)
    if paged := found(lambda each: bool(each.iterator)):
        text = f"`{paged[1].name}` is one page, `{paged[1].iterator}` goes on to the last."
        yield f"## Pages\n\n{text}\n\n{shown(paged)}"
    if stream := found(lambda each: each.result.is_stream):
        yield f"## Streams\n\nLeaving the block closes the connection.\n\n{shown(stream)}"
    if upload := found(lambda each: any("FileInput" in one.annotation for one in each.arguments.all)):
        yield f"## Uploads\n\n{_OF_UPLOADS}\n\n{shown(upload)}"
    if download := found(lambda each: each.result.kind == "download"):
        text = "`iter_bytes()` and `save(path)` never have the whole file in memory."
        yield f"## Downloads\n\n{text}\n\n{shown(download)}"
    if api.verifies_webhooks:
        yield _WEBHOOKS
    yield _HOOKS


def _is_usual(of: Method) -> bool:
    """It takes credentials and answers a value: what a first call shows best."""
    security = of.operation.security
    return bool(security and all(security)) and of.result.kind == "json" and not of.iterator


def _program(api: ApiModel, method: Method, *, types: Types, attribute: str) -> str:
    """The program for people, who have no other address of the API."""
    text = program(api, method, types=types, attribute=attribute)
    text = "\n".join(line for line in text.split("\n") if "API_BASE_URL" not in line)
    text = text.replace("(\n)\n", "()\n")
    return text if "os.environ" in text else text.replace("import os\n\n", "")


def _asynchronous(attribute: str, method: Method) -> str:
    return (
        "## asyncio\n\n"
        f"`Async{slot('client')}` has the same methods as coroutines: `await client.{attribute}.{method.name}(…)`.\n"
        "Make it with `async with`, or close it when you are done."
    )


def _authentication(api: ApiModel) -> str:
    options, _ = security(api)
    if not options:
        return "## Credentials\n\nThe API asks for none."
    lines = [f"- `{each.name}`: {_plain(each.text)}" for each in options]
    return "\n".join(["## Credentials", "", "Options of the client:", "", *lines])


def _plain(text: str) -> str:
    """A text of the description as one line of Markdown that is only text."""
    clean = "".join(each if each.isprintable() else " " for each in text)
    return "".join(f"\\{each}" if each in "\\`*_{}[]<>()#+!|~&" else each for each in " ".join(clean.split()))


def _retries(resources: Sequence[Resource]) -> str:
    has_keys = any(method.has_key for resource in resources for method in resource.methods)
    lines = [
        "## Time-outs and retries",
        "",
        "A request is repeated, three times at most, after a broken connection and the statuses 408, 429, 500, 502,",
        "503 and 504, if that is safe. Pauses double from half a second to eight; `Retry-After` wins. Change it with",
        "`max_retries` and `timeout`, for the client or for one call.",
    ]
    if has_keys:
        lines += [
            "",
            "Where the API takes an idempotency key, each call has a random one unless you give `idempotency_key`.",
        ]
    return "\n".join(lines)
