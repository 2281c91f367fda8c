"""HTTP/1.1 as an attacker writes it: bytes that no client library would send, and the answers to them.

Source: RFC 9112, sections 6 and 7.
"""

from __future__ import annotations

import socket
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    import ssl
    from types import TracebackType

TIMEOUT_S = 15.0
IDLE_S = 5.0  # after which a kept connection is not trusted to be still there
CHUNK = 65_536
MAX_HEAD_BYTES = 262_144


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer; header names are in lower case."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def value(self, name: str) -> str:
        """The first value of a header, or an empty text."""
        return next((value for header, value in self.headers if header == name), "")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a gateway listens. `name` is what its certificate is for."""

    host: str
    port: int
    tls: ssl.SSLContext | None = None
    name: str = ""


class Wire:
    """A connection that is opened when it is needed. `source` is the address that it comes from, if that matters."""

    def __init__(self, place: Place, source: str = "") -> None:
        """Nothing is opened yet."""
        self._place = place
        self._source = source
        self._socket: socket.socket | None = None
        self._left = b""
        self._used_s = 0.0

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Closes the connection."""
        self.close()

    def exchange(self, data: bytes, *, has_body: bool = True) -> Answer | None:
        """The answer to these bytes; None if the connection is closed without one.

        `has_body` is false for the answer to a HEAD request. Raises OSError if there is no connection.
        """
        self.send(data)
        return self.answer(has_body=has_body)

    def send(self, data: bytes) -> None:
        """Send these bytes. Raises OSError if there is no connection."""
        if self._socket is not None and time.monotonic() - self._used_s > IDLE_S:
            self.close()
        if self._socket is None:
            self._socket = self._opened()
        with suppress(ConnectionError):  # an early answer may be there all the same
            self._socket.sendall(data)

    def answer(self, *, has_body: bool = True) -> Answer | None:
        """The answer to what was sent."""
        answer = None
        with suppress(ConnectionError):
            answer = self._answer(has_body=has_body)
        self._used_s = time.monotonic()
        if answer is None or answer.value("connection").lower() == "close":
            self.close()
        return answer

    def close(self) -> None:
        """Close the connection, if there is one."""
        if self._socket is not None:
            self._socket.close()
        self._socket, self._left = None, b""

    def _opened(self) -> socket.socket:
        place = self._place
        source = (self._source, 0) if self._source else None
        plain = socket.create_connection((place.host, place.port), timeout=TIMEOUT_S, source_address=source)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return plain if place.tls is None else place.tls.wrap_socket(plain, server_hostname=place.name or place.host)

    def _more(self) -> bool:
        assert self._socket is not None  # noqa: S101 - opened by exchange()
        data = self._socket.recv(CHUNK)
        self._left += data
        return bool(data)

    def _answer(self, *, has_body: bool) -> Answer | None:
        while True:
            while b"\r\n\r\n" not in self._left:
                if len(self._left) > MAX_HEAD_BYTES or not self._more():
                    return None
            head, _, self._left = self._left.partition(b"\r\n\r\n")
            first, *lines = head.decode("latin-1").split("\r\n")
            parts = first.split(" ", 2)
            if len(parts) < 2 or not parts[1].isdigit():
                return None
            status = int(parts[1])
            if status >= 200:
                break  # the others come before an answer
        pairs = (line.partition(":") for line in lines)
        headers = tuple((name.strip().lower(), value.strip()) for name, _, value in pairs)
        found = Answer(status, headers, b"")
        if not has_body or status in {204, 304}:
            return found
        return Answer(status, headers, self._body(found))

    def _body(self, head: Answer) -> bytes:
        length = head.value("content-length")
        if head.value("transfer-encoding").lower().endswith("chunked"):
            return self._chunks()
        if length.isdigit():
            return self._taken(int(length))
        while self._more():
            pass
        body, self._left = self._left, b""
        return body

    def _chunks(self) -> bytes:
        body = b""
        while True:
            while b"\r\n" not in self._left:
                if not self._more():
                    return body
            line, _, self._left = self._left.partition(b"\r\n")
            size = int(line.partition(b";")[0] or b"0", 16)
            body += self._taken(size)
            self._taken(2)
            if not size:
                return body

    def _taken(self, size: int) -> bytes:
        while len(self._left) < size and self._more():
            pass
        taken, self._left = self._left[:size], self._left[size:]
        return taken
