"""HTTP/1.1 over asyncio streams: as the synchronous transport, and cancellable."""

from __future__ import annotations

import asyncio
import ssl
import time
from typing import TYPE_CHECKING, TypeVar

from ..errors import ApiConnectionError, ApiTimeoutError
from .http1 import ProtocolError, ResponseParser
from .messages import address_of, framed, request_head

if TYPE_CHECKING:
    from collections.abc import Awaitable, Iterator

    from .headers import Headers
    from .messages import Address, HttpRequest
    from .options import Timeout

T = TypeVar("T")

_PIECE = 65_536
_IDLE_S = 50.0  # most servers and proxies close after 60 s or later
_IDLE_CONNECTIONS = 100

Origin = tuple[str, str, int]


class _Connection:
    """A connection, which belongs to one event loop, and its time limit."""

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        origin: Origin,
    ) -> None:
        self.origin = origin
        self.loop = asyncio.get_running_loop()
        self.idle_since = 0.0
        self.deadline = 0.0
        self._reader = reader
        self._writer = writer

    def is_usable(self) -> bool:
        """It was not closed at the other side while nobody used it."""
        return not (
            self._reader.at_eof()
            or self._writer.is_closing()
            or time.monotonic() - self.idle_since > _IDLE_S
        )

    async def send(self, data: bytes) -> None:
        self._writer.write(data)
        await _within(self._writer.drain(), self.deadline)

    async def receive(self) -> bytes:
        return await _within(self._reader.read(_PIECE), self.deadline)

    def close(self) -> None:
        if not self.loop.is_closed():
            self._writer.close()


class _Response:
    """An answer on a connection."""

    def __init__(
        self,
        transport: AsyncHttpTransport,
        connection: _Connection,
        parser: ResponseParser,
        *,
        piece_s: float | None,
    ) -> None:
        self._transport = transport
        self._connection: _Connection | None = connection
        self._parser = parser
        self._piece_s = piece_s

    @property
    def status(self) -> int:
        return self._parser.status

    @property
    def headers(self) -> Headers:
        return self._parser.headers

    async def read_chunk(self) -> bytes:
        while True:
            data = self._parser.take()
            if data:
                return data
            if self._parser.is_done:
                await self.close()
                return b""
            connection = self._connection
            if connection is None:
                raise ApiConnectionError("the answer was closed before it was read")
            if self._piece_s is not None:
                connection.deadline = time.monotonic() + self._piece_s
            try:
                self._parser.feed(await connection.receive())
            except (OSError, asyncio.TimeoutError, ProtocolError) as error:
                await self.close()
                raise _error(error) from error
            except BaseException:
                await self.close()
                raise

    async def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is None:
            return
        if self._parser.is_done and self._parser.keeps_alive:
            self._transport.keep(connection)
        else:
            connection.close()


class AsyncHttpTransport:
    """Sends requests over connections that it keeps for each event loop."""

    def __init__(self, *, ssl_context: ssl.SSLContext | None = None) -> None:
        self._ssl_context = ssl_context
        self._idle: list[_Connection] = []
        self._is_closed = False

    async def send(
        self, request: HttpRequest, *, timeout: Timeout, streams: bool
    ) -> _Response:
        """The answer, as soon as its head is there."""
        address = address_of(request.url)
        head = request_head(request, address)
        deadline = time.monotonic() + timeout.read
        connection: _Connection | None = None
        try:
            connection = await self._connection(address, timeout, deadline)
            connection.deadline = deadline
            parser = await _exchange(connection, request, head)
        except (OSError, asyncio.TimeoutError, ProtocolError) as error:
            if connection is not None:
                connection.close()
            raise _error(error) from error
        except BaseException:
            if connection is not None:
                connection.close()
            raise
        piece_s = timeout.read if streams else None
        return _Response(self, connection, parser, piece_s=piece_s)

    def keep(self, connection: _Connection) -> None:
        """Keep a connection for later requests."""
        connection.idle_since = time.monotonic()
        if self._is_closed or len(self._idle) >= _IDLE_CONNECTIONS:
            connection.close()
        else:
            self._idle.append(connection)

    async def close(self) -> None:
        """Close the connections that nobody uses, and keep none from now on."""
        self._is_closed = True
        idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()
        await asyncio.sleep(0)

    async def _connection(
        self, address: Address, timeout: Timeout, deadline: float
    ) -> _Connection:
        loop = asyncio.get_running_loop()
        for kept in reversed(self._idle):
            if kept.origin == address.origin and kept.loop is loop:
                self._idle.remove(kept)
                if kept.is_usable():
                    return kept
                kept.close()
        self._idle = [kept for kept in self._idle if not kept.loop.is_closed()]
        limit = min(deadline, time.monotonic() + timeout.connect)
        context = self._tls() if address.scheme == "https" else None
        reader, writer = await _within(
            asyncio.open_connection(address.host, address.port, ssl=context), limit
        )
        return _Connection(reader, writer, address.origin)

    def _tls(self) -> ssl.SSLContext:
        if self._ssl_context is None:
            self._ssl_context = ssl.create_default_context()
        return self._ssl_context


async def _exchange(
    connection: _Connection, request: HttpRequest, head: bytes
) -> ResponseParser:
    """Send the request, and receive up to the end of the answer's head."""
    parser = ResponseParser(request.method)
    broken: OSError | None = None
    try:
        await _send(connection, request, head)
    except TimeoutError:
        raise
    except OSError as error:
        broken = error  # a server may refuse a body early, and say why
    while not parser.status:
        try:
            parser.feed(await connection.receive())
        except (OSError, ProtocolError) as error:
            raise broken or error from error
    if broken is not None:
        parser.keeps_alive = False
    return parser


async def _send(connection: _Connection, request: HttpRequest, head: bytes) -> None:
    if request.body is None:
        await connection.send(head)
        return
    pieces = framed(request.body)
    while True:
        if request.body.is_blocking:
            chunk = await asyncio.to_thread(_next, pieces)
        else:
            chunk = _next(pieces)
        if chunk is None:
            break
        await connection.send(head + chunk)
        head = b""
    if head:
        await connection.send(head)


def _next(pieces: Iterator[bytes]) -> bytes | None:
    return next(pieces, None)


async def _within(work: Awaitable[T], deadline: float) -> T:
    return await asyncio.wait_for(work, max(0.0, deadline - time.monotonic()))


def _error(error: Exception) -> ApiConnectionError:
    if isinstance(error, (TimeoutError, asyncio.TimeoutError)):
        return ApiTimeoutError("there was no whole answer in time")
    return ApiConnectionError(f"the connection failed: {error}")
