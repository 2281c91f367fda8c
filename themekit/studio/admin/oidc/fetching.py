"""One request to an OpenID provider, which may be slow, endless or hostile: bounded in time and size, never redirected.

Addresses begin with `https://`; `http://` is for this machine only, where a provider is tried out.
"""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from contextlib import suppress
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from themekit.source.json_value import JsonObject, JsonValue

TIMEOUT_S = 5.0
TOTAL_S = 10.0
MAX_BYTES = 256 << 10  # discovery documents and key sets are some KB
MAX_ADDRESS = 2000
LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class NoAnswer(RuntimeError):  # noqa: N818  # the state, not a fault
    """The provider did not give what it was asked for; the message says why, and nothing of secrets."""


class ErrorAnswer(NoAnswer):
    """It answered with a status of its own; `body` is the object it sent, if any."""

    def __init__(self, message: str, body: JsonObject) -> None:
        """`body` may be empty."""
        super().__init__(message)
        self.body = body


def address_fault(address: str, *, is_issuer: bool = False) -> str:
    """Why nothing is asked at this address, or no browser sent there; empty if it may be."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return "is no address"
    is_plain = address.isascii() and address.isprintable() and " " not in address and "\\" not in address
    if not is_plain or not host or len(address) > MAX_ADDRESS:
        return "is no address"
    if parts.scheme != "https" and not (parts.scheme == "http" and host in LOOPBACK):
        return "must begin with `https://`"
    if "@" in parts.netloc or "#" in address or (is_issuer and "?" in address):
        return "must have no user, query or fragment" if is_issuer else "must have no user and no fragment"
    return ""


def is_loopback(address: str) -> bool:
    """The address is one of this machine, without TLS."""
    parts = urlsplit(address)
    return parts.scheme == "http" and parts.hostname in LOOPBACK


def fetch(
    address: str, *, form: bytes | None = None, headers: Mapping[str, str] | None = None, total_s: float = TOTAL_S
) -> JsonObject:
    """The JSON object at an address; `form` is posted. Raises NoAnswer, ErrorAnswer for another status than 200."""
    fault = address_fault(address)
    if fault:
        raise NoAnswer(f"an address of the provider {fault}")
    parts = urlsplit(address)
    host = parts.hostname or ""
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(host, parts.port, timeout=min(TIMEOUT_S, total_s))
    target = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
    is_late = threading.Event()
    try:
        status, content = _asked(connection, target, form=form, headers=headers or {}, total_s=total_s, is_late=is_late)
    except (OSError, http.client.HTTPException, ValueError) as error:
        why = "takes too long" if is_late.is_set() or isinstance(error, TimeoutError) else type(error).__name__
        raise NoAnswer(f"{host} does not answer: {why}") from error
    finally:
        connection.close()
    if is_late.is_set():
        raise NoAnswer(f"{host} does not answer: takes too long")
    if len(content) > MAX_BYTES:
        raise NoAnswer(f"{host} answers with more than {MAX_BYTES >> 10} KiB")
    body = _object_in(content)
    if status != http.client.OK:
        raise ErrorAnswer(f"{host} answers with {status}", body or {})
    if body is None:
        raise NoAnswer(f"{host} answers with something other than a JSON object")
    return body


def _asked(
    connection: http.client.HTTPConnection,
    target: str,
    *,
    form: bytes | None,
    headers: Mapping[str, str],
    total_s: float,
    is_late: threading.Event,
) -> tuple[int, bytes]:
    """Status and content, of which at most one byte too much is read.

    A socket's time limit starts anew with each byte that comes: one thread more ends it all when time is over.
    """
    own = {"Accept": "application/json", "User-Agent": "themekit", **headers}
    if form is not None:
        own["Content-Type"] = "application/x-www-form-urlencoded"
    began_s = time.monotonic()
    connection.connect()

    def end(connected: socket.socket = connection.sock) -> None:
        is_late.set()
        with suppress(OSError):
            socket.socket.shutdown(connected, socket.SHUT_RDWR)  # below TLS, which another thread is in

    timer = threading.Timer(max(0.1, total_s - (time.monotonic() - began_s)), end)
    timer.daemon = True
    timer.start()
    try:
        connection.request("GET" if form is None else "POST", target, body=form, headers=own)
        answer = connection.getresponse()
        return answer.status, answer.read(MAX_BYTES + 1)
    finally:
        timer.cancel()


def _object_in(content: bytes) -> JsonObject | None:
    try:
        value = cast("JsonValue", json.loads(content))
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None
