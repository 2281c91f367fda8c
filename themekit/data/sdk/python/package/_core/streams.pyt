"""Answers that come bit by bit: server-sent events, lines of JSON, files."""

from __future__ import annotations

import codecs
import json
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, Generic, TypeVar

from ..errors import ApiConnectionError
from .exchange import run
from .messages import AsyncHttpResponse, ResponseInfo
from .values import decode

if TYPE_CHECKING:
    from types import TracebackType

    from .operations import Operation

T = TypeVar("T")


@dataclass(frozen=True)
class ServerEvent:
    """A server-sent event; `id` is that of the last event that had one."""

    data: str
    event: str = "message"
    id: str = ""


class EventParser:
    """Bytes into events. Source: HTML standard, section 9.2.6."""

    def __init__(self) -> None:
        self.last_id = ""
        self._text = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""
        self._is_first = True
        self._after_return = False
        self._event = ""
        self._data: list[str] = []

    def feed(self, chunk: bytes) -> list[ServerEvent]:
        """The events that end in this piece."""
        text = self._text.decode(chunk)
        if self._is_first and text:
            text = text.removeprefix("\ufeff")
            self._is_first = False
        if self._after_return and text:
            text = text.removeprefix("\n")
            self._after_return = False
        self._after_return = text.endswith("\r") or (self._after_return and not text)
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        *lines, self._rest = (self._rest + text).split("\n")
        events = [self._line(line) for line in lines]
        return [event for event in events if event is not None]

    def _line(self, line: str) -> ServerEvent | None:
        if not line:
            return self._dispatch()
        name, colon, value = line.partition(":")
        value = value.removeprefix(" ") if colon else ""
        if name == "data":
            self._data.append(value)
        elif name == "event":
            self._event = value
        elif name == "id" and "\0" not in value:
            self.last_id = value
        return None

    def _dispatch(self) -> ServerEvent | None:
        data, self._data = self._data, []
        event, self._event = self._event, ""
        if not data:
            return None
        return ServerEvent("\n".join(data), event or "message", self.last_id)


class LineParser:
    """Bytes into lines that are not empty."""

    def __init__(self) -> None:
        self.last_id = ""
        self._rest = b""

    def feed(self, chunk: bytes) -> list[ServerEvent]:
        """The lines that end in this piece; the rest is one at the end."""
        ended = not chunk
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        if ended and self._rest:
            lines.append(self._rest)
            self._rest = b""
        texts = [line.strip(b" \t\r\x1e").decode("utf-8", "replace") for line in lines]
        return [ServerEvent(text) for text in texts if text]


Reopen = Callable[[str], Awaitable[AsyncHttpResponse]]


class AsyncStream(Generic[T]):
    """Values as they come. Leaving it, or its end, closes the connection."""

    def __init__(
        self,
        response: AsyncHttpResponse,
        operation: Operation[T],
        *,
        reopen: Reopen | None = None,
        most_breaks: int = 0,
    ) -> None:
        self._response = response
        self._operation = operation
        self._reopen = reopen
        self._most_breaks = most_breaks
        self._breaks = 0
        self._is_done = False
        self._parser = self._new_parser()
        self._waiting: list[ServerEvent] = []
        self.last_event_id = ""

    @property
    def response(self) -> ResponseInfo:
        """The head of the answer."""
        return ResponseInfo(self._response.status, self._response.headers)

    def __aiter__(self) -> AsyncIterator[T]:
        return self

    async def __anext__(self) -> T:
        while not self._waiting:
            if self._is_done:
                raise StopAsyncIteration
            await self._receive()
        event = self._waiting.pop(0)
        if event.data == "[DONE]":
            await self.close()
            raise StopAsyncIteration
        self.last_event_id = event.id
        return self._value(event)

    async def __aenter__(self) -> AsyncStream[T]:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connection."""
        self._is_done = True
        self._waiting.clear()
        await self._response.close()

    def _new_parser(self) -> EventParser | LineParser:
        is_lines = self._operation.stream_kind == "json-lines"
        return LineParser() if is_lines else EventParser()

    def _value(self, event: ServerEvent) -> T:
        if self._operation.stream_kind == "raw-events":
            raw: Any = event
            return raw  # type: ignore[no-any-return]
        try:
            content = json.loads(event.data)
        except ValueError:
            content = event.data
        value: T = decode(self._operation.result, content)
        return value

    async def _receive(self) -> None:
        try:
            chunk = await self._response.read_chunk()
        except ApiConnectionError:
            if self._reopen is None or self._breaks >= self._most_breaks:
                self._is_done = True
                raise
            self._breaks += 1
            self._response = await self._reopen(self.last_event_id)
            self._parser = self._new_parser()
            self._parser.last_id = self.last_event_id
            return
        except BaseException:
            await self.close()
            raise
        found = self._parser.feed(chunk)
        if found:
            self._breaks = 0
        self._waiting += found
        if not chunk:
            self._is_done = True
            await self._response.close()


class Stream(Generic[T]):
    """Values as they come. Leaving it, or its end, closes the connection."""

    def __init__(self, inner: AsyncStream[T]) -> None:
        self._inner = inner

    @property
    def response(self) -> ResponseInfo:
        """The head of the answer."""
        return self._inner.response

    @property
    def last_event_id(self) -> str:
        """The id of the last event that was handed out, or nothing."""
        return self._inner.last_event_id

    def __iter__(self) -> Iterator[T]:
        return self

    def __next__(self) -> T:
        try:
            return run(_next(self._inner))
        except StopAsyncIteration:
            raise StopIteration from None

    def __enter__(self) -> Stream[T]:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        run(self._inner.close())


async def _next(stream: AsyncStream[T]) -> T:
    return await stream.__anext__()


class AsyncDownload:
    """A file that is read as it comes."""

    def __init__(self, response: AsyncHttpResponse) -> None:
        self._response = response

    @property
    def response(self) -> ResponseInfo:
        """The head of the answer."""
        return ResponseInfo(self._response.status, self._response.headers)

    @property
    def content_type(self) -> str:
        """The media type, or nothing."""
        return self._response.headers.get("content-type") or ""

    async def iter_bytes(self) -> AsyncIterator[bytes]:
        """The pieces of the file; its end closes the connection."""
        try:
            while piece := await self._response.read_chunk():
                yield piece
        finally:
            await self._response.close()

    async def read(self) -> bytes:
        """The whole file."""
        return b"".join([piece async for piece in self.iter_bytes()])

    async def save(self, path: str | os.PathLike[str]) -> None:
        """Write the file to this path. A file that is there is replaced."""
        with open(path, "wb") as file:
            async for piece in self.iter_bytes():
                file.write(piece)

    async def __aenter__(self) -> AsyncDownload:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connection."""
        await self._response.close()


class Download:
    """A file that is read as it comes."""

    def __init__(self, response: AsyncHttpResponse) -> None:
        self._response = response

    @property
    def response(self) -> ResponseInfo:
        """The head of the answer."""
        return ResponseInfo(self._response.status, self._response.headers)

    @property
    def content_type(self) -> str:
        """The media type, or nothing."""
        return self._response.headers.get("content-type") or ""

    def iter_bytes(self) -> Iterator[bytes]:
        """The pieces of the file; its end closes the connection."""
        try:
            while piece := run(_chunk(self._response)):
                yield piece
        finally:
            self.close()

    def read(self) -> bytes:
        """The whole file."""
        return b"".join(self.iter_bytes())

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the file to this path. A file that is there is replaced."""
        with open(path, "wb") as file:
            self.write_to(file)

    def write_to(self, file: IO[bytes]) -> None:
        """Write the file to one that is open for bytes."""
        for piece in self.iter_bytes():
            file.write(piece)

    def __enter__(self) -> Download:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        run(_closed(self._response))


async def _chunk(response: AsyncHttpResponse) -> bytes:
    return await response.read_chunk()


async def _closed(response: AsyncHttpResponse) -> None:
    await response.close()
