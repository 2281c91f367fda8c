"""What the synchronous and the asynchronous client have in common with each other."""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from .async_transport import AsyncHttpTransport
from .auth import Credentials, Scheme
from .exchange import Answer, AsyncIo, Exchange, Settings, SyncIo, run
from .operations import by_status
from .options import Timeout, as_timeout
from .pages import async_items
from .streams import AsyncDownload, AsyncStream, Download, Stream
from .sync_transport import HttpTransport
from .values import Model, decode

if TYPE_CHECKING:
    from types import TracebackType

    from .messages import (
        AsyncHttpResponse,
        AsyncTransport,
        HttpRequest,
        ResponseInfo,
        Transport,
    )
    from .operations import Operation, Paging
    from .options import CallOptions

T = TypeVar("T")
S = TypeVar("S", bound="SyncClient")
A = TypeVar("A", bound="AsyncClient")

_TEST_KEY = re.compile(r"[a-z]+_test_")


def settings_of(
    *,
    schemes: Mapping[str, Scheme],
    options: Mapping[str, str | None],
    scopes: tuple[str, ...] = (),
    base_url: str | None,
    environment: Literal["live", "sandbox"] | None,
    base_urls: Mapping[str, str],
    user_agent: str,
    timeout: Timeout | float,
    max_retries: int,
    headers: Mapping[str, str] | None,
    before_request: Callable[[HttpRequest], None] | None,
    after_response: Callable[[HttpRequest, ResponseInfo], None] | None,
) -> Settings:
    """The settings that a client's arguments mean."""
    given = {name: value for name, value in options.items() if value}
    if not given and "api_key" in options and (key := os.environ.get("API_KEY")):
        given["api_key"] = key
    if environment is None:
        is_test = _TEST_KEY.match(given.get("api_key", ""))
        environment = "sandbox" if is_test else "live"
    return Settings(
        base_url=(base_url or base_urls[environment]).rstrip("/"),
        has_own_base_url=base_url is not None or environment == "sandbox",
        user_agent=user_agent,
        schemes=schemes,
        credentials=Credentials(given, scopes),
        timeout=as_timeout(timeout),
        max_retries=max_retries,
        headers=dict(headers or {}),
        before_request=before_request,
        after_response=after_response,
    )


def result_of(operation: Operation[T], answer: Answer) -> T:
    """The answer in the type that the operation describes."""
    codec, kind = operation.result, operation.result_kind
    if operation.results is not None:
        found, other = by_status(operation.results, answer.info.status)
        codec = other if found else codec
    value: Any = None
    if kind == "text":
        value = answer.body.decode("utf-8", "replace")
    elif kind == "json" and answer.body:
        try:
            value = decode(codec, answer.json)
        except ValueError:
            value = answer.body.decode("utf-8", "replace")
    if isinstance(value, Model):
        object.__setattr__(value, "_response", answer.info)
    return value  # type: ignore[no-any-return]


class _Resumed:
    """How a stream goes on after its connection broke."""

    def __init__(
        self,
        exchange: Exchange,
        operation: Operation[Any],
        values: Mapping[str, Any],
        options: CallOptions,
    ) -> None:
        self._exchange = exchange
        self._operation = operation
        self._values = values
        self._options = options

    async def __call__(self, last_event_id: str) -> AsyncHttpResponse:
        values = dict(self._values)
        if last_event_id:
            values[self._operation.resume] = last_event_id
        return await self._exchange.open(self._operation, values, self._options)


async def _stream(
    exchange: Exchange,
    operation: Operation[T],
    values: Mapping[str, Any],
    options: CallOptions,
) -> AsyncStream[T]:
    response = await exchange.open(operation, values, options)
    retries = options.max_retries
    most = exchange.settings.max_retries if retries is None else retries
    reopen = _Resumed(exchange, operation, values, options)
    return AsyncStream(
        response,
        operation,
        reopen=reopen if operation.resume else None,
        most_breaks=most,
    )


class SyncClient:
    """Calls operations and waits for the answers. Threads may share it."""

    def __init__(self, settings: Settings, transport: Transport | None) -> None:
        self._transport = transport or HttpTransport()
        self._exchange = Exchange(settings, SyncIo(self._transport))

    def __enter__(self: S) -> S:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections that are kept."""
        self._transport.close()

    def _call(
        self,
        operation: Operation[T],
        values: Mapping[str, Any],
        options: CallOptions,
    ) -> T:
        answer = run(self._exchange.read(operation, values, options))
        return result_of(operation, answer)

    def _stream(
        self,
        operation: Operation[T],
        values: Mapping[str, Any],
        options: CallOptions,
    ) -> Stream[T]:
        return Stream(run(_stream(self._exchange, operation, values, options)))

    def _download(
        self,
        operation: Operation[Any],
        values: Mapping[str, Any],
        options: CallOptions,
    ) -> Download:
        return Download(run(self._exchange.open(operation, values, options)))

    def _iterate(
        self,
        operation: Operation[Any],
        paging: Paging[T],
        values: Mapping[str, Any],
        options: CallOptions,
    ) -> Iterator[T]:
        items = async_items(self._exchange, operation, paging, values, options)
        while True:
            try:
                item = run(_next(items))
            except StopAsyncIteration:
                return
            yield item


async def _next(items: AsyncIterator[T]) -> T:
    return await items.__anext__()


class AsyncClient:
    """Calls operations while the event loop goes on."""

    def __init__(self, settings: Settings, transport: AsyncTransport | None) -> None:
        self._transport = transport or AsyncHttpTransport()
        self._exchange = Exchange(settings, AsyncIo(self._transport))

    async def __aenter__(self: A) -> A:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections that are kept."""
        await self._transport.close()

    async def _call(
        self,
        operation: Operation[T],
        values: Mapping[str, Any],
        options: CallOptions,
    ) -> T:
        answer = await self._exchange.read(operation, values, options)
        return result_of(operation, answer)

    def _stream(
        self,
        operation: Operation[T],
        values: Mapping[str, Any],
        options: CallOptions,
    ) -> Coroutine[Any, Any, AsyncStream[T]]:
        return _stream(self._exchange, operation, values, options)

    async def _download(
        self,
        operation: Operation[Any],
        values: Mapping[str, Any],
        options: CallOptions,
    ) -> AsyncDownload:
        return AsyncDownload(await self._exchange.open(operation, values, options))

    def _iterate(
        self,
        operation: Operation[Any],
        paging: Paging[T],
        values: Mapping[str, Any],
        options: CallOptions,
    ) -> AsyncIterator[T]:
        return async_items(self._exchange, operation, paging, values, options)
