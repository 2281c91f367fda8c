"""HTTP/1.1 as an attacker writes it: bytes that no client library would send, and the answers to them.

Source: RFC 9112, sections 6 and 7.
"""

from __future__ import annotations

import re
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
MAX_BODY_BYTES = 8 * 2**20
BODY_S = 5.0  # after the head of an answer, which says what came of a request
MAX_INTERIM = 32  # answers of 1xx before one that counts
_STATUS = re.compile(r"[1-9][0-9]{2}")
_SIZE = re.compile(rb"\s*([0-9A-Fa-f]{1,8})\s*")  # of a chunk


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
        self._end_s = 0.0
        self._is_cut = False  # the end of an answer was not found, so the next one's beginning is not, either

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
        self._socket.settimeout(TIMEOUT_S)
        with suppress(ConnectionError):  # an early answer may be there all the same
            self._socket.sendall(data)

    def answer(self, *, has_body: bool = True) -> Answer | None:
        """The answer to what was sent, or None. Raises TimeoutError if its head takes longer than TIMEOUT_S."""
        answer = None
        self._end_s, self._is_cut = time.monotonic() + TIMEOUT_S, False
        with suppress(ConnectionError):
            answer = self._answer(has_body=has_body)
        self._used_s = time.monotonic()
        if answer is None or self._is_cut or answer.value("connection").lower() == "close":
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
        left_s = self._end_s - time.monotonic()
        if left_s <= 0:
            raise TimeoutError("the answer does not end")
        self._socket.settimeout(left_s)
        data = self._socket.recv(CHUNK)
        self._left += data
        return bool(data)

    def _answer(self, *, has_body: bool) -> Answer | None:
        for _ in range(MAX_INTERIM):
            while b"\r\n\r\n" not in self._left:
                if len(self._left) > MAX_HEAD_BYTES or not self._more():
                    return None
            head, _, self._left = self._left.partition(b"\r\n\r\n")
            first, *lines = head.decode("latin-1").split("\r\n")
            parts = first.split(" ", 2)
            if len(parts) < 2 or not _STATUS.fullmatch(parts[1]):
                return None
            status = int(parts[1])
            if status >= 200:
                break  # the others come before an answer
        else:
            return None
        pairs = (line.partition(":") for line in lines)
        headers = tuple((name.strip().lower(), value.strip()) for name, _, value in pairs)
        found = Answer(status, headers, b"")
        if not has_body or status in {204, 304}:
            return found
        return Answer(status, headers, self._body(found))

    def _body(self, head: Answer) -> bytes:
        """The body, or what of it came in BODY_S: a stream of events has no end."""
        self._end_s = min(self._end_s, time.monotonic() + BODY_S)
        try:
            return self._whole_body(head)
        except TimeoutError:
            self._is_cut = True
            return self._left

    def _whole_body(self, head: Answer) -> bytes:
        length = head.value("content-length")
        if head.value("transfer-encoding").lower().endswith("chunked"):
            return self._chunks()
        if length.isdecimal():
            return self._taken(int(length[: len(str(MAX_BODY_BYTES)) + 1]))
        while len(self._left) < MAX_BODY_BYTES and self._more():
            pass
        body, self._left, self._is_cut = self._left, b"", True
        return body

    def _chunks(self) -> bytes:
        body = bytearray()
        while True:
            while b"\r\n" not in self._left:
                if len(self._left) > CHUNK or not self._more():
                    self._is_cut = True
                    return bytes(body)
            line, _, self._left = self._left.partition(b"\r\n")
            match = _SIZE.fullmatch(line.partition(b";")[0])
            if match is None:
                self._is_cut = True
                return bytes(body)
            size = int(match[1], 16)
            body += self._taken(size, MAX_BODY_BYTES - len(body))
            self._taken(2)
            if not size or self._is_cut:
                return bytes(body)

    def _taken(self, size: int, most: int = MAX_BODY_BYTES) -> bytes:
        """So many bytes, or as many as come; never more than `most`, after which the connection is of no use."""
        if size > most:
            size, self._is_cut = most, True
        while len(self._left) < size and self._more():
            pass
        taken, self._left = self._left[:size], self._left[size:]
        return taken
