"""Requests and answers as transports and hooks see them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from .headers import Headers, header_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .options import Timeout


class Body(Protocol):
    """The body of a request, in pieces."""

    @property
    def length(self) -> int | None:
        """How many bytes it has, or None if nobody knows."""

    @property
    def is_blocking(self) -> bool:
        """Making a piece may wait for a disk."""

    def chunks(self) -> Iterator[bytes]:
        """The pieces, from the start."""

    def can_repeat(self) -> bool:
        """`chunks` may be called again."""


@dataclass(frozen=True)
class BytesBody:
    """A body that is there as a whole."""

    content: bytes = field(repr=False)
    is_blocking = False

    @property
    def length(self) -> int:
        """How many bytes it has."""
        return len(self.content)

    def chunks(self) -> Iterator[bytes]:
        """It is one piece."""
        yield self.content

    def can_repeat(self) -> bool:
        """It can be sent any number of times."""
        return True


@dataclass
class HttpRequest:
    """A request. Hooks may change its headers."""

    method: str
    url: str = field(repr=False)
    headers: Headers = field(default_factory=Headers)
    body: Body | None = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """The method and the path, for messages: a query may hold a secret."""
        return f"{self.method} {urlsplit(self.url).path or '/'}"


@dataclass(frozen=True)
class ResponseInfo:
    """The head of an answer."""

    status: int
    headers: Headers

    @property
    def request_id(self) -> str | None:
        """The id to quote to support, if the answer has one."""
        return self.headers.get("request-id") or self.headers.get("x-request-id")


class HttpResponse(Protocol):
    """An answer whose body is still to be read."""

    @property
    def status(self) -> int:
        """The status."""

    @property
    def headers(self) -> Headers:
        """The headers."""

    def read_chunk(self) -> bytes:
        """The next piece of the body; nothing at its end."""

    def close(self) -> None:
        """Let go of the connection, which is kept for others if the body is read."""


class AsyncHttpResponse(Protocol):
    """An answer whose body is still to be read."""

    @property
    def status(self) -> int:
        """The status."""

    @property
    def headers(self) -> Headers:
        """The headers."""

    async def read_chunk(self) -> bytes:
        """The next piece of the body; nothing at its end."""

    async def close(self) -> None:
        """Let go of the connection, which is kept for others if the body is read."""


class Transport(Protocol):
    """How a client sends requests. It is used by many threads at once.

    `send` raises ApiConnectionError or ApiTimeoutError if there is no answer. With
    `streams` the time-out is for the head and then for each piece of the body.
    """

    def send(
        self, request: HttpRequest, *, timeout: Timeout, streams: bool
    ) -> HttpResponse:
        """The answer, as soon as its head is there."""

    def close(self) -> None:
        """Close the connections."""


class AsyncTransport(Protocol):
    """How an asynchronous client sends requests; as `Transport` otherwise."""

    async def send(
        self, request: HttpRequest, *, timeout: Timeout, streams: bool
    ) -> AsyncHttpResponse:
        """The answer, as soon as its head is there."""

    async def close(self) -> None:
        """Close the connections."""


@dataclass(frozen=True)
class Address:
    """Where a request goes: an origin, and the target to ask it for."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def origin(self) -> tuple[str, str, int]:
        """What requests must share to share a connection."""
        return self.scheme, self.host, self.port


def address_of(url: str) -> Address:
    """The parts of a URL. Raises ValueError if it is none of HTTP."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("the URL is not one of http or https")
    target = parts.path or "/"
    if parts.query:
        target = f"{target}?{parts.query}"
    if not target.isascii() or any(each <= " " or each == "\x7f" for each in target):
        raise ValueError("the URL has characters that must be escaped")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    host = parts.hostname
    if not host.isascii():
        host = host.encode("idna").decode("ascii")
    return Address(parts.scheme, host, port, target)


def request_head(request: HttpRequest, address: Address) -> bytes:
    """The request up to its body."""
    host = f"[{address.host}]" if ":" in address.host else address.host
    if address.port != (443 if address.scheme == "https" else 80):
        host = f"{host}:{address.port}"
    lines = [
        f"{request.method} {address.target} HTTP/1.1\r\n".encode("ascii"),
        header_line("Host", host),
    ]
    framing = {"host", "content-length", "transfer-encoding", "connection"}
    lines += [
        header_line(name, value)
        for name, value in request.headers
        if name.lower() not in framing
    ]
    if request.body is None:
        if request.method in {"POST", "PUT", "PATCH"}:
            lines.append(header_line("Content-Length", "0"))
    elif request.body.length is None:
        lines.append(header_line("Transfer-Encoding", "chunked"))
    else:
        lines.append(header_line("Content-Length", str(request.body.length)))
    return b"".join(lines) + b"\r\n"


def framed(body: Body) -> Iterator[bytes]:
    """The pieces of a body as they are sent. Raises ValueError if it changes length."""
    if body.length is None:
        for chunk in body.chunks():
            if chunk:
                yield b"%x\r\n%b\r\n" % (len(chunk), chunk)
        yield b"0\r\n\r\n"
        return
    left = body.length
    for chunk in body.chunks():
        left -= len(chunk)
        if left < 0:
            break
        yield chunk
    if left:
        raise ValueError("the body has not as many bytes as it had before")
