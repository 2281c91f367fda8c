"""Reading from the one place that a user names, over HTTP or from a disk: from a byte on, and never from elsewhere.

Redirects are not followed: they would lead, and take a token, where nobody said.
"""

from __future__ import annotations

import http.client
import os
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TIMEOUT_S = 30.0
CHUNK = 256 * 1024
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class RemoteError(Exception):
    """The place does not give what was asked for; `status` is HTTP's, or 0. No token is in the message."""

    def __init__(self, message: str, status: int = 0) -> None:
        """`message` is a clause with the address in it."""
        super().__init__(message)
        self.status = status


class UnusableAddressError(ValueError):
    """The address is none that could be fetched from; the message says why."""


@dataclass(frozen=True, slots=True)
class Opened:
    """An answer: from which byte on it is, how long the file is (-1 if nobody says), its ETag, and its bytes.

    Whoever does not read it to its end closes it.
    """

    start: int
    size: int
    tag: str
    chunks: Iterator[bytes]
    close: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Remote:
    """A place by its address, and the token that opens it."""

    url: str
    token: str = field(default="", repr=False)
    timeout_s: float = TIMEOUT_S

    def __post_init__(self) -> None:
        """Refuse what is no address, and a token in the clear beyond this machine."""
        parts = urlsplit(self.url)
        if parts.scheme not in {"http", "https", "file"} or (parts.scheme != "file" and not parts.hostname):
            raise UnusableAddressError("the address has to begin with https://, http:// or file://")
        if parts.username or parts.password or parts.query or parts.fragment:
            raise UnusableAddressError(
                "the address has a password, a `?` or a `#` in it: a token stands in the environment"
            )
        if self.token and not (self.token.isascii() and self.token.isprintable() and " " not in self.token):
            raise UnusableAddressError("the token holds a character that no token has")
        if self.token and parts.scheme == "http" and parts.hostname not in LOOPBACK:
            raise UnusableAddressError("a token is sent to https:// addresses only, or to this machine")

    def open(self, path: str, *, start: int = 0, tag: str = "") -> Opened:
        """The file from `start` on, if it still has this ETag; else from its beginning. Raises RemoteError."""
        if urlsplit(self.url).scheme == "file":
            return self._open_file(path, start)
        return self._request(path, start, tag)

    def read(self, path: str, *, at_most: int, within_s: float = 120.0) -> bytes:
        """All of a small file. Raises RemoteError."""
        end, found = time.monotonic() + within_s, bytearray()
        with closing(self.open(path)) as opened:
            for chunk in opened.chunks:
                found += chunk
                if len(found) > at_most:
                    raise RemoteError(f"{self.url}/{path} has more than {at_most} bytes")
                if time.monotonic() > end:
                    raise RemoteError(f"{self.url}/{path} did not come within {within_s:.0f} s")
        return bytes(found)

    def _open_file(self, path: str, start: int) -> Opened:
        name = Path(unquote(urlsplit(self.url).path)) / path
        try:
            file = os.fdopen(os.open(name, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb")
        except OSError as error:
            raise RemoteError(f"{name}: {(error.strerror or 'cannot be read').lower()}", 404) from None
        size = os.fstat(file.fileno()).st_size
        start = start if start <= size else 0
        return Opened(start, size, "", _file_chunks(file, start), file.close)

    def _request(self, path: str, start: int, tag: str) -> Opened:
        parts = urlsplit(self.url)
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        connection = kind(parts.hostname or "", parts.port, timeout=self.timeout_s)
        headers = {"Accept-Encoding": "identity", "User-Agent": "themekit"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if start and tag:
            headers |= {"Range": f"bytes={start}-", "If-Range": tag}
        try:
            connection.request("GET", f"{parts.path.rstrip('/')}/{path}", headers=headers)
            answer = connection.getresponse()
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            raise RemoteError(f"{self.url}/{path} cannot be reached: {type(error).__name__}") from None
        if answer.status not in {200, 206}:
            answer.close()
            connection.close()
            why = "; the token is missing, has ended or was revoked" if answer.status == 401 else ""
            raise RemoteError(f"{self.url}/{path}: the server answered {answer.status}{why}", answer.status)

        def close() -> None:
            answer.close()  # where the connection ends with the answer, that alone holds the socket
            connection.close()

        try:
            begin, size = _place_in(answer, start)
        except RemoteError:
            close()
            raise
        chunks = _chunks(answer, f"{self.url}/{path}", close=close)
        return Opened(begin, size, answer.getheader("ETag", ""), chunks, close)


def _place_in(answer: http.client.HTTPResponse, asked: int) -> tuple[int, int]:
    """Where the answer's bytes begin, and how long the file is."""
    if answer.status == 206:
        unit, _, rest = answer.getheader("Content-Range", "").partition(" ")
        span, _, size = rest.partition("/")
        first = span.partition("-")[0]
        if unit != "bytes" or first != str(asked) or not size.isdigit():
            raise RemoteError("the server sent another part than the one asked for", 206)
        return asked, int(size[:18])
    length = answer.getheader("Content-Length", "")
    return 0, int(length[:18]) if length.isdigit() else -1


def _chunks(answer: http.client.HTTPResponse, name: str, *, close: Callable[[], object]) -> Iterator[bytes]:
    try:
        while chunk := answer.read1(CHUNK):
            yield chunk
        if answer.length:
            raise RemoteError(f"{name} broke off")
    except (OSError, http.client.HTTPException) as error:
        raise RemoteError(f"{name} broke off: {type(error).__name__}") from None
    finally:
        close()


def _file_chunks(file: BinaryIO, start: int) -> Iterator[bytes]:
    with file:
        file.seek(start)
        while chunk := file.read(CHUNK):
            yield chunk
