"""A request as the guard looks at it, and what is wrong with its form, whoever sent it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from starlette.types import Scope

MAX_HEADER_BYTES = 16 << 10  # browsers send 1 to 2 KB
MAX_HEADERS = 100
MAX_TARGET_BYTES = 4 << 10

CLOSE = (b"connection", b"close")
"""Of a request that is refused the rest is not read."""

_HOST = re.compile(r"[a-z0-9.-]+(:[0-9]{1,5})?")
# Encoded separators, percent signs and NUL: names that would mean something else when decoded once more.
_ENCODED = re.compile(rb"%(?:2[fF]|5[cC]|25|00)")
_ODD = re.compile(r"[\x00-\x1f\x7f\\\ufffd%]")
_ONCE = ("host", "origin", "content-length", "content-type", "transfer-encoding", "if-match")
_DIGITS = re.compile(r"[0-9]{1,15}")


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer of the guard's own. The message is the page itself if the headers name a content type."""

    status: int
    error: str
    message: str
    headers: tuple[tuple[bytes, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """Method, decoded path, raw path, query, and the headers with names in lower case."""

    method: str
    path: str
    raw_path: bytes
    query: str
    headers: tuple[tuple[bytes, bytes], ...]

    @classmethod
    def of(cls, scope: Scope) -> Self:
        """The request of an ASGI scope."""
        headers = tuple((bytes(name).lower(), bytes(value)) for name, value in scope["headers"])
        path = str(scope["path"])
        raw_path = scope.get("raw_path")
        query = bytes(scope.get("query_string", b"")).decode("latin-1")
        return cls(str(scope["method"]), path, path.encode() if raw_path is None else raw_path, query, headers)

    @property
    def host(self) -> str:
        """The value of `Host`, in small letters; "" without one."""
        return (self.header("host") or "").lower()

    def all(self, name: str) -> list[str]:
        """The values of a header, in order."""
        wanted = name.encode()
        return [value.decode("latin-1") for found, value in self.headers if found == wanted]

    def header(self, name: str) -> str | None:
        """The first value of a header."""
        return next(iter(self.all(name)), None)

    def cookies(self, name: str) -> list[str]:
        """The values of all cookies of this name: there can be several, of different paths."""
        pairs = (pair.strip().partition("=") for line in self.all("cookie") for pair in line.split(";"))
        return [value for key, _, value in pairs if key == name]


def form_fault(asked: Asked, *, hosts: Collection[str], methods: Sequence[str]) -> Refusal | None:
    """Why a request is refused before anybody asks who sent it; None if its form is good."""
    return _host_fault(asked, hosts) or _method_fault(asked, methods) or _size_fault(asked) or _path_fault(asked)


def _host_fault(asked: Asked, hosts: Collection[str]) -> Refusal | None:
    if any(len(asked.all(name)) > 1 for name in _ONCE):
        return Refusal(400, "bad-request", "a header that may stand once stands twice")
    if _HOST.fullmatch(asked.host) is None:
        return Refusal(400, "bad-request", "the header `Host` is missing or malformed")
    if asked.host not in hosts:
        return Refusal(421, "wrong-host", "this server does not answer for that host")
    return None


def _method_fault(asked: Asked, methods: Sequence[str]) -> Refusal | None:
    if asked.all("upgrade"):
        return Refusal(400, "bad-request", "this server speaks HTTP only")
    if asked.method not in methods:
        return Refusal(405, "wrong-method", "not allowed here", ((b"allow", ", ".join(methods).encode()),))
    length = asked.header("content-length")
    if length is not None and (asked.all("transfer-encoding") or _DIGITS.fullmatch(length) is None):
        return Refusal(400, "bad-request", "the length of the body is not clear")
    return None


def _size_fault(asked: Asked) -> Refusal | None:
    if len(asked.raw_path) + len(asked.query) > MAX_TARGET_BYTES:
        return Refusal(414, "too-long", "the address is too long")
    size = sum(len(name) + len(value) for name, value in asked.headers)
    if size > MAX_HEADER_BYTES or len(asked.headers) > MAX_HEADERS:
        return Refusal(431, "too-large", "the headers are too large")
    return None


def _path_fault(asked: Asked) -> Refusal | None:
    """Paths are plain: no empty, hidden or climbing part, nothing that means more when it is decoded again."""
    path = asked.path
    if not path.startswith("/") or "//" in path or _ENCODED.search(asked.raw_path) or _ODD.search(path):
        return Refusal(400, "bad-request", "that is no path of this server")
    parts = path.split("/")
    if "." in parts or ".." in parts:
        return Refusal(400, "bad-request", "that is no path of this server")
    if any(part.startswith(".") for part in parts):
        return Refusal(404, "not-found", "there is nothing here")
    return None
