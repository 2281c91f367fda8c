"""The README: as much as the API has of installing, calling, credentials, errors, retries, pages, streams and files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.model.sdk import slot
from themekit.sdk.java.client import accessor, option_names
from themekit.sdk.java.credentials import credentials
from themekit.sdk.java.operations import plan
from themekit.sdk.java.samples import program

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.sdk.java.operations import Plan
    from themekit.sdk.java.types import JavaApi

CLIENT = slot("client")


def readme(java: JavaApi) -> str:
    """The page."""
    plans = [plan(java, each) for each in java.api.operations]
    sections = [
        *_start(java, plans),
        *_credentials(java),
        _errors(java),
        _RETRIES,
        *_by_kind(java, plans),
        _ASYNC,
        *_end(),
    ]
    return "\n\n".join(section.strip() for section in sections) + "\n"


def _errors(java: JavaApi) -> str:
    """The section on errors; a refused payment is told of where an operation describes one."""
    return _ERRORS if java.api.describes("402") else _ERRORS.replace(_DECLINED, "")


def _start(java: JavaApi, plans: list[Plan]) -> Iterator[str]:
    yield f"# {slot('name', 'markdown')} for Java"
    yield "Java 11 or later, no dependencies. One client serves all threads."
    yield f"""## Install

```xml
<dependency>
  <groupId>{slot("java-group")}</groupId>
  <artifactId>{slot("java-artifact")}</artifactId>
  <version>{slot("version")}</version>
</dependency>
```

Gradle: `implementation("{slot("java-group")}:{slot("java-artifact")}:{slot("version")}")`."""
    first = _first(plans)
    if first is not None:
        yield f"## First call\n\n```java\n{program(java, first).strip()}\n```"
        yield "`fromEnv()` takes credentials from the environment, and the address from `API_BASE_URL` if that is set."


def _first(plans: list[Plan]) -> Plan | None:
    """A creating call shows most; without one the first that takes nothing."""
    creating = [each for each in plans if each.operation.method == "POST" and each.result.kind == "json"]
    return next(iter([*creating, *plans]), None)


def _credentials(java: JavaApi) -> Iterator[str]:
    found = credentials(java.api)
    single = {name: f'.{name}(System.getenv("{variable}"))' for name, _, variable in option_names(found)}
    if "username" in single:  # one is nothing without the other
        single["username"] += f"\n        {single.pop('password')}"
    options = list(single.values())
    if any(each.kind == "client" for each in found):
        options.append('.clientCredentials(System.getenv("CLIENT_ID"), System.getenv("CLIENT_SECRET"))')
    if not options:
        return
    shown = "\n\n".join(
        f"```java\n{CLIENT} client = {CLIENT}.builder()\n        {option}\n        .build();\n```" for option in options
    )
    yield f"## Credentials\n\n{shown}\n\n{_CREDENTIALS}"


def _by_kind(java: JavaApi, plans: list[Plan]) -> Iterator[str]:
    page = next((each for each in plans if each.result.kind == "page" and not each.arguments and each.is_certain), None)
    if page is not None:
        item = page.result.java.name.removeprefix("Page<").removesuffix(">")
        yield f"""## Pages

```java
for ({item} item : client.{accessor(page.operation.group)}().{page.iterate}()) {{
    System.out.println(item);
}}
```

`{page.method}` gives one page, with `data()`, `hasMore()`, `nextCursor()` and `next()`."""
    stream = next((each for each in plans if each.result.kind == "events" or each.streaming), None)
    if stream is not None:
        yield _STREAMS
    if any(each.is_file for found in plans for each in found.settings):
        yield _UPLOADS
    if any(each.result.kind == "download" for each in plans):
        yield _DOWNLOADS
    if java.api.verifies_webhooks:
        yield _WEBHOOKS


def _end() -> Iterator[str]:
    yield f"Documentation: <{slot('docs-url')}>"


_CREDENTIALS = """\
A call uses the first of its kinds of credentials that the client was given; with none of them it is a
`MissingCredentialsException`, and nothing is sent."""

_DECLINED = "| `PaymentDeclinedException` | 402 |\n"

_ERRORS = """## Errors

```java
try {
    // a call
} catch (RateLimitException error) {
    // status 429, after all retries
} catch (ApiException error) {
    System.err.println(error.status() + " " + error.code() + " " + error.requestId());
} catch (ApiConnectionException error) {
    // no answer: what the request did is unknown
}
```

| Class | Thrown for |
| --- | --- |
| `BadRequestException` | 400 |
| `AuthenticationException` | 401, 403 |
| `PaymentDeclinedException` | 402 |
| `PermissionException` | 403 |
| `NotFoundException` | 404 |
| `ConflictException` | 409 |
| `UnprocessableException` | 422 |
| `RateLimitException` | 429 |
| `ServerException` | 5xx |
| `ApiException` | every answer that is none of success |
| `ApiTimeoutException`, `ApiConnectionException` | no answer |

All of them are `SdkException`s. `body()` is the parsed body, of the class that is described for the status."""

_RETRIES = f"""## Retries and time-outs

```java
{CLIENT} client = {CLIENT}.builder()
        .fromEnv()
        .maxRetries(5)
        .timeout(Duration.ofSeconds(30))
        .build();
```

Broken connections and the statuses 408, 429, 500, 502, 503 and 504 are tried again, by default 3 times, if the method
is idempotent or the request has an idempotency key. Pauses double from half a second to eight seconds; `Retry-After`
wins. The time-out is that of one attempt. `RequestOptions` says both for one call, besides headers and the key."""

_STREAMS = """## Streams

An `EventStream` is iterated once, and closed with `try`:

```java
try (var stream = /* a call */) {
    for (var event : stream) {
        System.out.println(event);
    }
}
```"""

_UPLOADS = """## Files to send

```java
Upload.of(Path.of("delivery-note.pdf"));
Upload.of(bytes, "delivery-note.pdf").contentType("application/pdf");
```

Files are read while they are sent."""

_DOWNLOADS = """## Files to receive

A download is an `InputStream`: close it, as it holds a connection."""

_WEBHOOKS = """## Webhooks

```java
Object event = client.webhooks().verify(body, signature, secret);
```

`body` is the request's body as it came, `signature` the header with the signature. What is wrong, or older than five
minutes, is a `WebhookVerificationException`. The result is plain JSON for a `from` method."""

_ASYNC = """## Without waiting

`client.async()` has the same operations, whose methods give a `CompletableFuture`. Canceling it ends the request."""
