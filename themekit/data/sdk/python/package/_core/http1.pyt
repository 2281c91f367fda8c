"""HTTP/1.1 without a connection: bytes of an answer in, its head and body out.

Source: RFC 9112.
"""

from __future__ import annotations

from .headers import Headers

_MAX_HEAD = 262_144  # what servers allow at most, many times over
_MAX_LINE = 16_384


class ProtocolError(Exception):
    """The other side does not speak HTTP/1.1, or broke off."""


class ResponseParser:
    """One answer. `status` is 0 until the head is there."""

    def __init__(self, method: str) -> None:
        self.status = 0
        self.headers = Headers()
        self.is_done = False
        self.keeps_alive = False
        self._method = method
        self._buffer = bytearray()
        self._body = bytearray()
        self._state = "head"
        self._left = 0
        self._seen = 0

    @property
    def has_started(self) -> bool:
        """A byte of the answer has come."""
        return self._state != "head" or bool(self._buffer)

    def feed(self, data: bytes) -> None:
        """Take what was received; nothing is: the connection was closed."""
        if not data:
            self._end()
            return
        self._buffer += data
        while not self.is_done and self._step():
            pass
        if self.is_done and self._buffer:
            self.keeps_alive = False  # more than was asked for

    def take(self) -> bytes:
        """The bytes of the body that have come since the last time."""
        data = bytes(self._body)
        self._body.clear()
        return data

    def _end(self) -> None:
        if self._state == "until-close":
            self._finish()
        elif not self.is_done:
            raise ProtocolError("the connection was closed before the answer's end")
        self.keeps_alive = False

    def _finish(self) -> None:
        self.is_done = True
        self._state = "done"

    def _step(self) -> bool:
        """Do what the buffer allows; False: more is needed."""
        if self._state == "head":
            return self._head()
        if self._state == "fixed":
            return self._fixed()
        if self._state == "until-close":
            self._body += self._buffer
            self._buffer.clear()
            return False
        return self._chunked()

    def _line(self, limit: int) -> bytes | None:
        end = self._buffer.find(b"\n", self._seen)
        if end < 0:
            if len(self._buffer) > limit:
                raise ProtocolError("a line of the answer is too long")
            self._seen = len(self._buffer)
            return None
        line = bytes(self._buffer[:end])
        del self._buffer[: end + 1]
        self._seen = 0
        return line.removesuffix(b"\r")

    def _head(self) -> bool:
        end = _head_end(self._buffer)
        if end < 0:
            if len(self._buffer) > _MAX_HEAD:
                raise ProtocolError("the head of the answer is too long")
            return False
        lines = bytes(self._buffer[:end]).decode("latin-1").split("\n")
        del self._buffer[:end]
        version, status = _status_line(lines[0])
        headers = Headers(_fields(lines[1:]))
        if status == 101:
            raise ProtocolError("the answer changes the protocol")
        if status >= 200:
            self.status, self.headers = status, headers
            self._frame(version)
        return True

    def _frame(self, version: str) -> None:
        """Find where the body ends. Source: RFC 9112, section 6.3."""
        tokens = (self.headers.get("connection") or "").lower()
        options = {token.strip() for token in tokens.split(",")}
        self.keeps_alive = "close" not in options
        if version == "HTTP/1.0" and "keep-alive" not in options:
            self.keeps_alive = False
        coding = (self.headers.get("transfer-encoding") or "").strip().lower()
        length = self.headers.get_all("content-length")
        if self._method == "HEAD" or self.status in {204, 304}:
            self._finish()
        elif coding:
            if coding != "chunked":
                raise ProtocolError("the answer has an unknown transfer coding")
            self._state = "chunk-size"
        elif length:
            self._left = _length(length)
            self._state = "fixed"
            if not self._left:
                self._finish()
        else:
            self._state = "until-close"
            self.keeps_alive = False

    def _fixed(self) -> bool:
        data = self._buffer[: self._left]
        self._body += data
        del self._buffer[: len(data)]
        self._left -= len(data)
        if not self._left:
            self._finish()
        return False

    def _chunked(self) -> bool:
        if self._state == "chunk-data":
            data = self._buffer[: self._left]
            self._body += data
            del self._buffer[: len(data)]
            self._left -= len(data)
            if self._left:
                return False
            self._state = "chunk-end"
        line = self._line(_MAX_LINE)
        if line is None:
            return False
        if self._state == "chunk-size":
            self._left = _chunk_size(line)
            self._state = "chunk-data" if self._left else "trailers"
        elif self._state == "chunk-end":
            if line:
                raise ProtocolError("a chunk of the answer is longer than it says")
            self._state = "chunk-size"
        elif not line:  # the end of the trailers
            self._finish()
        return True


def _head_end(buffer: bytearray) -> int:
    ends = [
        at + len(mark)
        for mark in (b"\r\n\r\n", b"\n\n", b"\n\r\n")
        if (at := buffer.find(mark)) >= 0
    ]
    return min(ends) if ends else -1


def _status_line(line: str) -> tuple[str, int]:
    version, _, rest = line.rstrip("\r").partition(" ")
    status = rest[:3]
    if version not in {"HTTP/1.1", "HTTP/1.0"} or not (
        status.isdecimal() and status.isascii() and rest[3:4] in {"", " "}
    ):
        raise ProtocolError("the answer is not HTTP/1.1")
    return version, int(status)


def _fields(lines: list[str]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for raw in lines:
        line = raw.rstrip("\r")
        if not line:
            continue
        if line[0] in " \t" and found:  # a folded line, as old servers write them
            name, value = found.pop()
            found.append((name, f"{value} {line.strip()}"))
            continue
        name, colon, value = line.partition(":")
        if not colon or not name or name != name.strip():
            raise ProtocolError("a header of the answer is none")
        found.append((name, value.strip(" \t")))
    return found


def _length(values: list[str]) -> int:
    sizes = {size.strip() for value in values for size in value.split(",")}
    size = sizes.pop()
    if sizes or not (size.isascii() and size.isdecimal()):
        raise ProtocolError("the length of the answer is not clear")
    return int(size)


def _chunk_size(line: bytes) -> int:
    size = line.partition(b";")[0].strip()
    if not size or size.strip(b"0123456789abcdefABCDEF"):
        raise ProtocolError("a chunk of the answer has no size")
    return int(size, 16)
