"""HTTP/1.1 over sockets: connections are kept, and an attempt has one time limit."""

from __future__ import annotations

import contextlib
import select
import socket
import ssl
import threading
import time
from typing import TYPE_CHECKING

from ..errors import ApiConnectionError, ApiTimeoutError
from .http1 import ProtocolError, ResponseParser
from .messages import address_of, framed, request_head

if TYPE_CHECKING:
    from .headers import Headers
    from .messages import Address, HttpRequest
    from .options import Timeout

_PIECE = 65_536
_IDLE_S = 50.0  # most servers and proxies close after 60 s or later
_IDLE_CONNECTIONS = 16

Origin = tuple[str, str, int]


class _Connection:
    """A connection and how long it may still take."""

    def __init__(self, sock: socket.socket, origin: Origin) -> None:
        self.origin = origin
        self.idle_since = 0.0
        self.deadline = 0.0
        self._sock = sock

    def is_usable(self) -> bool:
        """It was not closed at the other side while nobody used it."""
        if time.monotonic() - self.idle_since > _IDLE_S:
            return False
        try:
            if hasattr(select, "poll"):
                poll = select.poll()
                poll.register(self._sock, select.POLLIN)
                return not poll.poll(0)
            return not select.select([self._sock], [], [], 0)[0]
        except (OSError, ValueError):
            return False

    def send(self, data: bytes) -> None:
        self._sock.settimeout(_left(self.deadline))
        self._sock.sendall(data)

    def receive(self) -> bytes:
        self._sock.settimeout(_left(self.deadline))
        return self._sock.recv(_PIECE)

    def close(self) -> None:
        self._sock.close()


class _Response:
    """An answer on a connection."""

    def __init__(
        self,
        transport: HttpTransport,
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

    def read_chunk(self) -> bytes:
        while True:
            data = self._parser.take()
            if data:
                return data
            if self._parser.is_done:
                self.close()
                return b""
            connection = self._connection
            if connection is None:
                raise ApiConnectionError("the answer was closed before it was read")
            if self._piece_s is not None:
                connection.deadline = time.monotonic() + self._piece_s
            try:
                self._parser.feed(connection.receive())
            except (OSError, ProtocolError) as error:
                self.close()
                raise _error(error) from error
            except BaseException:
                self.close()
                raise

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is None:
            return
        if self._parser.is_done and self._parser.keeps_alive:
            self._transport.keep(connection)
        else:
            connection.close()


class HttpTransport:
    """Sends requests over connections that it keeps. Threads may share it."""

    def __init__(self, *, ssl_context: ssl.SSLContext | None = None) -> None:
        self._ssl_context = ssl_context
        self._idle: list[_Connection] = []
        self._lock = threading.Lock()
        self._is_closed = False

    def send(
        self, request: HttpRequest, *, timeout: Timeout, streams: bool
    ) -> _Response:
        """The answer, as soon as its head is there."""
        address = address_of(request.url)
        head = request_head(request, address)
        deadline = time.monotonic() + timeout.read
        connection: _Connection | None = None
        try:
            connection = self._connection(address, timeout, deadline)
            connection.deadline = deadline
            parser = _exchange(connection, request, head)
        except (OSError, ProtocolError) as error:
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
        with self._lock:
            if not self._is_closed and len(self._idle) < _IDLE_CONNECTIONS:
                self._idle.append(connection)
                return
        connection.close()

    def close(self) -> None:
        """Close the connections that nobody uses, and keep none from now on."""
        with self._lock:
            self._is_closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def __del__(self) -> None:
        """Whoever forgets to close a client loses no connection."""
        with contextlib.suppress(Exception):
            self.close()

    def _connection(
        self, address: Address, timeout: Timeout, deadline: float
    ) -> _Connection:
        while (kept := self._kept(address.origin)) is not None:
            if kept.is_usable():
                return kept
            kept.close()
        limit = min(deadline, time.monotonic() + timeout.connect)
        return _Connection(self._connect(address, limit), address.origin)

    def _kept(self, origin: Origin) -> _Connection | None:
        with self._lock:
            for index in reversed(range(len(self._idle))):
                if self._idle[index].origin == origin:
                    return self._idle.pop(index)
        return None

    def _connect(self, address: Address, limit: float) -> socket.socket:
        sock = socket.create_connection((address.host, address.port), _left(limit))
        try:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if address.scheme == "https":
                sock.settimeout(_left(limit))
                return self._tls().wrap_socket(sock, server_hostname=address.host)
        except BaseException:
            sock.close()
            raise
        return sock

    def _tls(self) -> ssl.SSLContext:
        with self._lock:
            if self._ssl_context is None:
                self._ssl_context = ssl.create_default_context()
            return self._ssl_context


def _exchange(
    connection: _Connection, request: HttpRequest, head: bytes
) -> ResponseParser:
    """Send the request, and receive up to the end of the answer's head."""
    parser = ResponseParser(request.method)
    broken: OSError | None = None
    try:
        _send(connection, request, head)
    except TimeoutError:
        raise
    except OSError as error:
        broken = error  # a server may refuse a body early, and say why
    while not parser.status:
        try:
            parser.feed(connection.receive())
        except (OSError, ProtocolError) as error:
            raise broken or error from error
    if broken is not None:
        parser.keeps_alive = False
    return parser


def _send(connection: _Connection, request: HttpRequest, head: bytes) -> None:
    if request.body is None:
        connection.send(head)
        return
    for chunk in framed(request.body):
        connection.send(head + chunk)
        head = b""
    if head:
        connection.send(head)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("the time is up")
    return left


def _error(error: Exception) -> ApiConnectionError:
    if isinstance(error, TimeoutError):
        return ApiTimeoutError("there was no whole answer in time")
    return ApiConnectionError(f"the connection failed: {error}")
