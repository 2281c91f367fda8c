"""A call from its request to its answer: credentials, retries, redirects, errors.

It is written once, as coroutines. The asynchronous client awaits them; those of the
synchronous client never wait, so that `run` has their result at once.
"""

from __future__ import annotations

import asyncio
import contextlib
import email.utils
import json
import random
import threading
import time
import uuid
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol, TypeVar
from urllib.parse import urljoin

from ..errors import ApiConnectionError, ApiError, error_class
from .auth import (
    ClientCredentials,
    Credentials,
    FetchedToken,
    Scheme,
    authorize,
    chosen,
    fetched_token,
    token_request,
)
from .messages import (
    AsyncHttpResponse,
    AsyncTransport,
    HttpRequest,
    HttpResponse,
    ResponseInfo,
    Transport,
    address_of,
)
from .operations import Operation, by_status
from .options import CallOptions, Timeout, as_timeout
from .requests import build
from .values import decode

if TYPE_CHECKING:
    from .headers import Headers

T = TypeVar("T")

RETRIED = frozenset({408, 429, 500, 502, 503, 504})
_IDEMPOTENT = frozenset({"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE"})
_FIRST_PAUSE_S, _LONGEST_PAUSE_S, _LONGEST_WAIT_S = 0.5, 8.0, 60.0
_MOST_REDIRECTS = 5


def run(work: Coroutine[Any, Any, T]) -> T:
    """The result of a coroutine that never waits."""
    try:
        work.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    work.close()
    raise RuntimeError("a synchronous call waited for an event loop")


class Io(Protocol):
    """What differs between the synchronous and the asynchronous client."""

    async def send(
        self, request: HttpRequest, *, timeout: Timeout, streams: bool
    ) -> AsyncHttpResponse:
        """The answer, as soon as its head is there."""

    async def pause(self, seconds: float) -> None:
        """Wait."""

    def lock(self) -> contextlib.AbstractAsyncContextManager[None]:
        """One at a time."""


class _Answer:
    """An answer of the synchronous transport, as coroutines that never wait."""

    def __init__(self, response: HttpResponse) -> None:
        self._response = response

    @property
    def status(self) -> int:
        return self._response.status

    @property
    def headers(self) -> Headers:
        return self._response.headers

    async def read_chunk(self) -> bytes:
        return self._response.read_chunk()

    async def close(self) -> None:
        self._response.close()


class SyncIo:
    """Waits by blocking the thread."""

    def __init__(self, transport: Transport) -> None:
        self.transport = transport
        self._lock = threading.Lock()

    async def send(
        self, request: HttpRequest, *, timeout: Timeout, streams: bool
    ) -> AsyncHttpResponse:
        return _Answer(self.transport.send(request, timeout=timeout, streams=streams))

    async def pause(self, seconds: float) -> None:
        time.sleep(seconds)

    @contextlib.asynccontextmanager
    async def lock(self) -> AsyncIterator[None]:
        with self._lock:
            yield


class AsyncIo:
    """Waits by letting the event loop go on."""

    def __init__(self, transport: AsyncTransport) -> None:
        self.transport = transport
        self._lock: tuple[asyncio.AbstractEventLoop, asyncio.Lock] | None = None

    async def send(
        self, request: HttpRequest, *, timeout: Timeout, streams: bool
    ) -> AsyncHttpResponse:
        return await self.transport.send(request, timeout=timeout, streams=streams)

    async def pause(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    @contextlib.asynccontextmanager
    async def lock(self) -> AsyncIterator[None]:
        loop = asyncio.get_running_loop()
        if self._lock is None or self._lock[0] is not loop:
            self._lock = loop, asyncio.Lock()
        async with self._lock[1]:
            yield


@dataclass(frozen=True)
class Settings:
    """What a client was made with."""

    base_url: str
    has_own_base_url: bool
    user_agent: str
    schemes: Mapping[str, Scheme]
    credentials: Credentials = field(repr=False)
    timeout: Timeout
    max_retries: int
    headers: Mapping[str, str] = field(repr=False)
    before_request: Callable[[HttpRequest], None] | None
    after_response: Callable[[HttpRequest, ResponseInfo], None] | None


@dataclass(frozen=True)
class Answer:
    """An answer that was read to its end."""

    info: ResponseInfo
    body: bytes = field(repr=False)

    @property
    def json(self) -> Any:
        """The body as JSON, or None if there is none. Raises ValueError for others."""
        return json.loads(self.body) if self.body.strip() else None


@dataclass
class Call:
    """A call on its way."""

    operation: Operation[Any]
    request: HttpRequest
    schemes: list[tuple[str, Scheme]]
    credentials: Credentials = field(repr=False)
    timeout: Timeout
    retries: int
    private: set[str]
    is_repeatable: bool
    attempts: int = 0
    has_new_token: bool = False


class Exchange:
    """Sends the requests of a client."""

    def __init__(self, settings: Settings, io: Io) -> None:
        self.settings = settings
        self.io = io
        self._tokens: dict[str, FetchedToken] = {}

    def base_url(self, operation: Operation[Any]) -> str:
        """Where an operation is."""
        server = operation.server
        if not server or self.settings.has_own_base_url:
            return self.settings.base_url
        if "://" in server:
            return server
        return urljoin(f"{self.settings.base_url}/", server)

    async def read(
        self,
        operation: Operation[Any],
        values: Mapping[str, Any],
        options: CallOptions,
        *,
        url: str = "",
    ) -> Answer:
        """The whole answer. Raises ApiError if it is no success."""
        call = self._call(operation, values, options, url)
        return await self._attempts(call, self._whole)

    async def open(
        self,
        operation: Operation[Any],
        values: Mapping[str, Any],
        options: CallOptions,
    ) -> AsyncHttpResponse:
        """The answer with its body still to be read. Raises ApiError if no success."""
        call = self._call(operation, values, options, "")
        return await self._attempts(call, self._opened)

    def _call(
        self,
        operation: Operation[Any],
        values: Mapping[str, Any],
        options: CallOptions,
        url: str,
    ) -> Call:
        settings = self.settings
        credentials = settings.credentials
        if options.api_key is not None:
            known = {**credentials.options, "api_key": options.api_key}
            credentials = Credentials(known, credentials.scopes)
        request = build(operation, values, self.base_url(operation))
        follows = bool(url)
        if follows:
            request.url = urljoin(request.url, url)
        schemes = chosen(operation.security, settings.schemes, credentials)
        own_headers = {**settings.headers, **(options.headers or {})}
        if follows and _origin(request.url) != _origin(self.base_url(operation)):
            schemes, own_headers = [], {}  # they are not for others
        headers = request.headers
        for name, value in (
            ("Accept", operation.accept),
            ("User-Agent", settings.user_agent),
        ):
            headers[name] = value
        private = set()
        for name, value in own_headers.items():
            headers[name] = value
            private.add(name)
        if operation.idempotency and operation.idempotency not in headers:
            headers[operation.idempotency] = options.idempotency_key or str(
                uuid.uuid4()
            )
        retries = options.max_retries
        body = request.body
        return Call(
            operation,
            request,
            schemes,
            credentials,
            as_timeout(
                settings.timeout if options.timeout is None else options.timeout
            ),
            settings.max_retries if retries is None else retries,
            private,
            (request.method in _IDEMPOTENT or bool(operation.idempotency))
            and (body is None or body.can_repeat()),
        )

    async def _attempts(
        self,
        call: Call,
        finish: Callable[[Call, AsyncHttpResponse], Coroutine[Any, Any, T]],
    ) -> T:
        while True:
            call.attempts += 1
            try:
                response = await self._sent(call, streams=finish == self._opened)
                if 200 <= response.status < 300:
                    return await finish(call, response)
                error = await self._error(call, response)
            except ApiConnectionError as failed:
                failed.attempts = call.attempts
                if not call.is_repeatable or call.attempts > call.retries:
                    raise
                await self.io.pause(_pause_s(call.attempts, None))
                continue
            if await self._has_other_token(call, error):
                continue
            if not _is_retried(error) or not call.is_repeatable:
                raise error
            if call.attempts > call.retries:
                raise error
            await self.io.pause(_pause_s(call.attempts, error.headers))

    async def _has_other_token(self, call: Call, error: ApiError) -> bool:
        """A token was refused, and another can be fetched: once a call."""
        fetched = [
            name
            for name, scheme in call.schemes
            if isinstance(scheme, ClientCredentials)
        ]
        body = call.request.body
        if error.status != 401 or not fetched or call.has_new_token:
            return False
        if body is not None and not body.can_repeat():
            return False
        used = call.request.headers.get("Authorization")
        for name in fetched:
            token = self._tokens.get(name)
            if token is not None and used == f"Bearer {token.value}":
                del self._tokens[name]
        call.has_new_token = True
        call.attempts -= 1
        return True

    async def _sent(self, call: Call, *, streams: bool) -> AsyncHttpResponse:
        """The answer to one attempt, redirects followed."""
        request = HttpRequest(
            call.request.method,
            call.request.url,
            call.request.headers.copy(),
            call.request.body,
        )
        private = {"Authorization", "Cookie", *call.private}
        for name, scheme in call.schemes:
            token = None
            if isinstance(scheme, ClientCredentials):
                token = await self._token(name, scheme, call)
            private.update(authorize(request, scheme, call.credentials, token))
        if call.schemes:
            used = request.headers.get("Authorization")
            if used is not None:
                call.request.headers["Authorization"] = used
        for _ in range(_MOST_REDIRECTS):
            response = await self._send(request, call.timeout, streams=streams)
            following = _redirected(request, response, private)
            if following is None:
                return response
            await _discard(response)
            request = following
        return await self._send(request, call.timeout, streams=streams)

    async def _send(
        self, request: HttpRequest, timeout: Timeout, *, streams: bool
    ) -> AsyncHttpResponse:
        if self.settings.before_request is not None:
            self.settings.before_request(request)
        response = await self.io.send(request, timeout=timeout, streams=streams)
        if self.settings.after_response is not None:
            info = ResponseInfo(response.status, response.headers)
            self.settings.after_response(request, info)
        return response

    async def _whole(self, call: Call, response: AsyncHttpResponse) -> Answer:
        info = ResponseInfo(response.status, response.headers)
        return Answer(info, await _read(response))

    async def _opened(
        self, call: Call, response: AsyncHttpResponse
    ) -> AsyncHttpResponse:
        return response

    async def _error(self, call: Call, response: AsyncHttpResponse) -> ApiError:
        body = await _read(response)
        try:
            content = json.loads(body)
        except ValueError:
            content = None
        _, codec = by_status(call.operation.errors, response.status)
        return error_class(response.status)(
            response.status,
            headers=response.headers,
            body=body,
            json=content,
            data=decode(codec, content),
            request=call.request.name,
        )

    async def _token(
        self, name: str, scheme: ClientCredentials, call: Call
    ) -> FetchedToken:
        """The token of a scheme: the one there is, or a new one, fetched once."""
        async with self.io.lock():
            token = self._tokens.get(name)
            if token is None or not token.is_fresh:
                token = self._tokens[name] = await self._fetch(scheme, call)
            return token

    async def _fetch(self, scheme: ClientCredentials, call: Call) -> FetchedToken:
        url = urljoin(f"{self.settings.base_url.rstrip('/')}/", scheme.token_url)
        request = token_request(url, call.credentials)
        request.headers["User-Agent"] = self.settings.user_agent
        inner = Call(
            Operation("POST", ""),
            request,
            [],
            call.credentials,
            call.timeout,
            call.retries,
            set(),
            is_repeatable=True,
        )
        answer = await self._attempts(inner, self._whole)
        with contextlib.suppress(ValueError):
            token = fetched_token(answer.json)
            if token is not None:
                return token
        raise ApiConnectionError("the answer for an access token has none")


def _is_retried(error: ApiError) -> bool:
    return error.status in RETRIED or (
        error.status == 409 and error.code == "idempotency_in_progress"
    )


def _pause_s(attempts: int, headers: Headers | None) -> float:
    """How long to wait before the next attempt; `Retry-After` wins."""
    told = headers.get("retry-after") if headers is not None else None
    if told is not None:
        with contextlib.suppress(ValueError, TypeError, OverflowError):
            return min(max(_seconds(told), 0.0), _LONGEST_WAIT_S)
    pause = min(_FIRST_PAUSE_S * 2.0 ** (attempts - 1), _LONGEST_PAUSE_S)
    return pause * random.uniform(0.75, 1.25)


def _seconds(told: str) -> float:
    if told.strip().replace(".", "", 1).isdecimal():
        return float(told)
    return email.utils.parsedate_to_datetime(told).timestamp() - time.time()


def _origin(url: str) -> tuple[str, str, int]:
    return address_of(url).origin


def _redirected(
    request: HttpRequest, response: AsyncHttpResponse, private: set[str]
) -> HttpRequest | None:
    """The request that the answer asks for, without credentials for another origin."""
    status, target = response.status, response.headers.get("location")
    if status not in {301, 302, 303, 307, 308} or not target:
        return None
    keeps_method = request.method in {"GET", "HEAD"} or status in {307, 308}
    if not keeps_method and status != 303:
        return None
    body = request.body if keeps_method else None
    headers = request.headers.copy()
    if body is None:
        headers.remove("Content-Type")
    url = urljoin(request.url, target)
    try:
        is_elsewhere = _origin(url) != _origin(request.url)
    except ValueError:
        return None
    if is_elsewhere:
        for name in private:
            headers.remove(name)
    if body is not None and (is_elsewhere or not body.can_repeat()):
        return None  # what is in the body is not for others
    return HttpRequest(request.method if keeps_method else "GET", url, headers, body)


async def _read(response: AsyncHttpResponse) -> bytes:
    pieces: list[bytes] = []
    try:
        while piece := await response.read_chunk():
            pieces.append(piece)
    finally:
        await response.close()
    return b"".join(pieces)


async def _discard(response: AsyncHttpResponse) -> None:
    """Read what is left of a small body, so that the connection can be used again."""
    left = 65_536
    try:
        while left > 0 and (piece := await response.read_chunk()):
            left -= len(piece)
    finally:
        await response.close()
