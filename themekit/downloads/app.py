"""The download server's ASGI application: who may have what, and every answer it can give.

What is not there and what is not yours get the same answer. Files go out by the server's `sendfile` (the extension
`http.response.zerocopysend` of ASGI), so memory does not grow with them.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import secrets
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from themekit.downloads.conditions import Part, asked_part
from themekit.downloads.download_log import Event
from themekit.downloads.limits import Buckets, Running
from themekit.downloads.metrics import Metrics
from themekit.downloads.tokens import METRICS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from themekit.downloads.download_log import DownloadLog
    from themekit.downloads.shelf import Opened, Shelf
    from themekit.downloads.tokens import Token, Tokens
    from themekit.trial.serving import Message, Receive, Send

ZERO_COPY = "http.response.zerocopysend"
ALWAYS = (
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-robots-tag", "noindex"),
)
MAX_HEAD_BYTES = 16 * 1024
MAX_PATH = 4096
CLOSED = "default-src 'none'; frame-ancestors 'none'; sandbox"
# Without an origin of its own the page would get neither its style nor its logo. It has no script.
PAGE = (
    "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'; form-action 'none'; "
    "sandbox allow-downloads allow-same-origin"
)
_NEVER_IN_A_PATH = re.compile(r"[%\\\x00-\x1f\x7f-\xff]|//|/\.\.?(?:/|$)")
_PATH = re.compile(r"/d/(?P<brand>[^/]+)/(?P<name>[^/]*)")
_SIGNED = re.compile(r"/signed/(?P<link>.+)")
_SHOWN = ("text/html", "text/css", "image/svg")


@dataclass(frozen=True, slots=True)
class Refusal(Exception):  # noqa: N818  # an answer, no fault
    """An answer without a file; `reason` is for metrics and log, and one of a few words."""

    status: int
    reason: str
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks for what."""

    token: Token
    method: str
    headers: Mapping[str, str]


@dataclass(slots=True)
class Downloads:
    """The application, with the state it keeps between requests."""

    shelf: Shelf
    tokens: Tokens
    log: DownloadLog
    hosts: frozenset[str]
    requests: Buckets = field(default_factory=lambda: Buckets(20, 200))
    strangers: Buckets = field(default_factory=lambda: Buckets(0.5, 20))
    running: Running = field(default_factory=lambda: Running(64))
    metrics: Metrics = field(default_factory=Metrics)
    now_s: Callable[[], float] = time.time

    async def __call__(self, scope: Message, _receive: Receive, send: Send) -> None:
        """The ASGI application."""
        if scope["type"] != "http":
            return
        caller: Caller | None = None
        try:
            headers = _headers(scope)
            path = self._checked_path(scope, headers)
            if path == "/healthz":
                await self._answer(send, scope, 200, body=b"ok\n")
                return
            caller, path = self._caller(scope, headers, path)
            await self._serve(scope, send, caller, path)
        except Refusal as refusal:
            await self._refuse(scope, send, refusal, caller)

    def _checked_path(self, scope: Message, headers: Mapping[str, str]) -> str:
        if scope["method"] not in {"GET", "HEAD"}:
            raise Refusal(405, "method", (("allow", "GET, HEAD"), ("connection", "close")))
        path = str(scope["raw_path"].decode("latin-1"))
        if len(path) > MAX_PATH:
            raise Refusal(414, "size")
        if sum(len(name) + len(value) for name, value in scope["headers"]) > MAX_HEAD_BYTES:
            raise Refusal(431, "size", (("connection", "close"),))
        if headers.get("host", "").lower() not in self.hosts:
            raise Refusal(421, "host")
        if scope["query_string"]:
            raise Refusal(400, "query")  # a token in it would stand in logs and histories
        if _NEVER_IN_A_PATH.search(path):
            raise Refusal(400, "path")
        return path

    def _caller(self, scope: Message, headers: Mapping[str, str], path: str) -> tuple[Caller, str]:
        """Who it is, by a token or a signed link, and the path that is meant."""
        now_s, client = self.now_s(), str((scope.get("client") or ("",))[0])
        if signed := _SIGNED.fullmatch(path):
            opened = self.tokens.opened(signed["link"], now_s=now_s)
            token, path = (opened[0], f"/d/{opened[1]}") if opened else (None, path)
        else:
            token = self.tokens.find(_secret(headers.get("authorization", "")), now_s=now_s)
        if token is None:
            wait_s = self.strangers.wait_s(client, now_s)
            if wait_s:
                raise Refusal(429, "rate", (("retry-after", str(wait_s)),))
            if signed:
                raise Refusal(403, "link")
            asks = (("www-authenticate", 'Bearer realm="downloads"'), ("www-authenticate", 'Basic realm="downloads"'))
            raise Refusal(401, "token", asks)
        caller = Caller(token, scope["method"], headers)
        if wait_s := self.requests.wait_s(token.id, now_s):
            raise Refusal(429, "rate", (("retry-after", str(wait_s)),))
        return caller, path

    async def _serve(self, scope: Message, send: Send, caller: Caller, path: str) -> None:
        if path == "/metrics" and METRICS in caller.token.scope:
            text = self.metrics.text(running=self.running.total).encode()
            await self._answer(send, scope, 200, body=text, media_type="text/plain; version=0.0.4")
            return
        if path in {"/", "/d/"}:
            await self._answer(send, scope, 200, body=self._index(caller.token), media_type="application/json")
            return
        match = _PATH.fullmatch(path)
        if match is None:
            raise Refusal(404, "path")
        brand, name, opened = self._opened(caller.token, match["brand"], match["name"] or "index.html")
        try:
            await self._send_file(scope, send, caller, opened=opened, place=(brand, name))
        finally:
            opened.close()

    def _opened(self, token: Token, folder: str, name: str) -> tuple[str, str, Opened]:
        """The file, after brand and name; a refusal if it is not there, or not for this token."""
        if folder == "metadata":
            found = self.shelf.open_metadata(name)
            if found is None:
                raise Refusal(404, "absent")
            role, opened = found
            if role in {"root", "targets", "snapshot", "timestamp"} or token.may_have(role):
                return "", name, opened
            opened.close()
            raise Refusal(404, "scope")
        if not token.may_have(folder):
            raise Refusal(404, "scope")
        opened_file = self.shelf.open(folder, name)
        if opened_file is None:
            raise Refusal(404, "absent")
        return folder, name, opened_file

    def _index(self, token: Token) -> bytes:
        brands = [brand for brand in self.shelf.brands() if token.may_have(brand)]
        projects = [{"name": brand, "url": f"/d/{brand}/index.json"} for brand in brands]
        return json.dumps({"meta": {"api-version": "1.0"}, "projects": projects}, indent=1).encode() + b"\n"

    async def _send_file(
        self, scope: Message, send: Send, caller: Caller, *, opened: Opened, place: tuple[str, str]
    ) -> None:
        part = asked_part(caller.headers, tag=opened.tag, size=opened.size)
        headers = [("etag", opened.tag), ("accept-ranges", "bytes"), ("content-type", opened.media_type)]
        headers.append(("cache-control", "private, no-cache"))
        if not opened.media_type.startswith(_SHOWN):
            headers.append(("content-disposition", f'attachment; filename="{place[1]}"'))
        if part.status == 206:
            last = part.start + part.length - 1
            headers.append(("content-range", f"bytes {part.start}-{last}/{opened.size}"))
        if part.status == 416:
            headers.append(("content-range", f"bytes */{opened.size}"))
        if part.status in {304, 412, 416} or caller.method == "HEAD":
            length = part.length if part.status in {200, 206} else 0
            await self._answer(send, scope, part.status, headers=headers, length=length)
            return
        if not self.running.begin(caller.token.id):
            raise Refusal(429, "transfers", (("retry-after", "5"),))
        try:
            await self._transfer(send, caller, opened=opened, part=part, headers=headers, place=place)
        finally:
            self.running.end(caller.token.id)

    async def _transfer(  # what is sent, to whom, as what
        self,
        send: Send,
        caller: Caller,
        *,
        opened: Opened,
        part: Part,
        headers: list[tuple[str, str]],
        place: tuple[str, str],
    ) -> None:
        def event(kind: str, sent: int, detail: str = "") -> Event:
            who = caller.token
            return Event(
                kind, who.id, who.partner, caller.method, *place, opened.version, transfer, part.status, part.start,
                sent, detail,
            )  # fmt: skip

        transfer = secrets.token_hex(8)
        await self.log.add(event("begin", 0))
        self.metrics.answers[part.status] += 1
        sent: list[int] = [0]
        detail = "broken"
        try:
            await _start(send, part.status, [*headers, ("content-length", str(part.length))])
            message = {"type": ZERO_COPY, "file": opened.descriptor, "offset": part.start, "count": part.length}
            await send({**message, "sent": sent, "more_body": True})
            await send({"type": "http.response.body", "body": b""})
            detail = "whole" if sent[0] == part.length else "broken"
        finally:
            self.metrics.sent_bytes += sent[0]
            self.metrics.whole += detail == "whole"
            self.metrics.broken += detail != "whole"
            await self.log.add(event("end", sent[0], detail))

    async def _refuse(self, scope: Message, send: Send, refusal: Refusal, caller: Caller | None) -> None:
        self.metrics.refusals[refusal.reason] += 1
        if caller is not None:
            who, path = caller.token, str(scope["raw_path"].decode("latin-1"))
            event = Event("refused", who.id, who.partner, caller.method, status=refusal.status, detail=refusal.reason)
            with suppress(Exception):
                await self.log.add(event if "signed" in path else _with_file(event, path))
        body = b"" if refusal.status == 304 else f"{refusal.status}\n".encode()
        await self._answer(send, scope, refusal.status, headers=list(refusal.headers), body=body)

    async def _answer(  # noqa: PLR0913  # an answer's parts
        self,
        send: Send,
        scope: Message,
        status: int,
        *,
        headers: list[tuple[str, str]] | None = None,
        body: bytes = b"",
        media_type: str = "text/plain; charset=utf-8",
        length: int | None = None,
    ) -> None:
        self.metrics.answers[status] += 1
        given = list(headers or ())
        if not any(name == "content-type" for name, _ in given):
            given += [("content-type", media_type), ("cache-control", "no-store")]
        if status != 304:
            given.append(("content-length", str(len(body) if length is None else length)))
        await _start(send, status, given)
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


async def _start(send: Send, status: int, headers: list[tuple[str, str]]) -> None:
    is_page = any(name == "content-type" and value.startswith("text/html") for name, value in headers)
    policy = ("content-security-policy", PAGE if is_page else CLOSED)
    pairs = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in (*headers, *ALWAYS, policy)]
    await send({"type": "http.response.start", "status": status, "headers": pairs})


def _with_file(event: Event, path: str) -> Event:
    from dataclasses import replace  # noqa: PLC0415  # for refusals only

    return replace(event, file=path)


def _headers(scope: Message) -> dict[str, str]:
    """By names in lower case. Two that would say different things are refused."""
    found: dict[str, str] = {}
    for name, value in scope["headers"]:
        key = name.decode("latin-1").lower()
        if key in found and key in {"authorization", "host", "range", "if-range"}:
            raise Refusal(400, "twice")
        found[key] = f"{found[key]}, {value.decode('latin-1')}" if key in found else value.decode("latin-1")
    return found


def _secret(authorization: str) -> str:
    """The token in a bearer's header, or the password in one of Basic; empty if there is none."""
    scheme, _, given = authorization.partition(" ")
    if scheme.lower() == "bearer":
        return given.strip()
    if scheme.lower() == "basic":
        with suppress(binascii.Error, UnicodeDecodeError, ValueError):
            return base64.b64decode(given.strip(), validate=True).decode().partition(":")[2]
    return ""
