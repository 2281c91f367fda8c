"""Who may ask the two loopback servers: an ASGI layer around each, in front of all that knows the project.

A page of any site that is open in the same browser can send requests here, and a name of its own can be made to lead
here (DNS rebinding). So both servers want their own name in `Host`, refuse what another origin's page sends, and know
their user by a secret: the Studio by a cookie, got once for the token of the first URL, the pages by their path. The
two servers share a host, and with it cookies: what tells them apart is `Origin` and `Sec-Fetch-Site`, never a cookie.

Sources: Fetch (`Origin`, `Sec-Fetch-*`, CORP), HTML (COOP, `Origin-Agent-Cluster`), CSP 3, RFC 9110 (421), RFC 6585.
"""

from __future__ import annotations

import hmac
import html
import json
import re
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from themekit.studio.serving.asking import CLOSE, Asked, Refusal, form_fault

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

HOSTS = ("127.0.0.1", "localhost")
READS = ("GET", "HEAD")
WRITES = ("POST", "PUT")
MAX_BODY_BYTES = 28 << 20  # a picture of 20 MB as base64
TOKEN_BYTES = 32

_NOT_HERE = Refusal(404, "not-found", "there is nothing here")
_FOREIGN = Refusal(403, "foreign-origin", "only the Studio's own page may ask this")
_DOOR = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Studio</title>
<p>The Studio opens with the whole address that <code>themekit preview</code> prints.
<p>If you have just opened that address, <a href="/">go on</a>.
"""
RETURN_PATH = "/oidc"
_RETURNED = re.compile(r"[A-Za-z0-9._~%!$&'()*+,;=:@/?-]{1,4096}")  # what a query may be: RFC 3986, 3.4
_PASSAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Studio</title>
<meta http-equiv="refresh" content="0;url=/gateway.html#{0}">
<p><a href="/gateway.html#{0}">Go on to the gateway policies</a>
"""
_OWN = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"origin-agent-cluster", b"?1"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)


@dataclass(frozen=True, slots=True)
class Origins:
    """The two servers of one preview, and their secrets."""

    studio_port: int
    pages_port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(TOKEN_BYTES), repr=False)
    cookie: str = field(default_factory=lambda: secrets.token_urlsafe(TOKEN_BYTES), repr=False)
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(TOKEN_BYTES), repr=False)

    @property
    def first_url(self) -> str:
        """What the user opens. Works until the process ends, for whoever knows it."""
        return f"{self.studio()}/?token={self.token}"

    @property
    def cookie_name(self) -> str:
        """With the port, as cookies are shared by all ports of a host."""
        return f"themekit-{self.studio_port}"

    def studio(self, host: str = HOSTS[0]) -> str:
        """The Studio's origin under one of its names."""
        return f"http://{host}:{self.studio_port}"

    def pages(self, host: str = HOSTS[0]) -> str:
        """The pages' origin under one of its names."""
        return f"http://{host}:{self.pages_port}"

    def pages_url(self, host: str = HOSTS[0]) -> str:
        """Where the pages are, with the secret and a final slash."""
        return f"{self.pages(host)}/{self.secret}/"


class StudioGuard:
    """Lets in who has the cookie, and only the Studio's own page."""

    def __init__(self, app: ASGIApp, origins: Origins) -> None:
        """`app` sees only requests that may be answered."""
        self._app = app
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse."""
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        else:
            await _no_http(self._app, scope, receive, send=send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        asked = Asked.of(scope)
        answer = Dressed(send, _studio_headers(asked, self._origins))
        refusal = (
            form_fault(asked, hosts=_hosts(self._origins.studio_port), methods=(*READS, *WRITES))
            or self._origin_fault(asked)
            or _passage(asked)
            or self._welcome(asked)
            or self._stranger(asked)
            or _write_fault(asked)
        )
        if refusal is not None:
            await answer.refuse(refusal)
            return
        body = await _body(receive) if asked.method in WRITES else b""
        if body is None:
            await answer.refuse(Refusal(413, "too-large", f"at most {MAX_BODY_BYTES >> 20} MiB are read"))
            return
        await self._app(scope, _replayed(body, receive) if asked.method in WRITES else receive, answer.send)

    def _origin_fault(self, asked: Asked) -> Refusal | None:
        """Another origin's page may only lead to the front door, or back from a provider, as the whole of a tab."""
        origin = asked.header("origin")
        if origin is not None and origin != f"http://{asked.host}":
            return _FOREIGN
        if asked.method in WRITES and origin is None:
            return _FOREIGN
        if asked.header("sec-fetch-dest") in {"iframe", "frame", "embed", "object"}:
            return _FOREIGN
        if asked.header("sec-fetch-site") in {None, "same-origin", "none"}:
            return None
        is_visit = asked.header("sec-fetch-mode") == "navigate" and asked.header("sec-fetch-dest") == "document"
        is_for_all = asked.path in {"/", RETURN_PATH}
        return None if is_visit and asked.method in READS and is_for_all else _FOREIGN

    def _welcome(self, asked: Asked) -> Refusal | None:
        """The exchange of the token for the cookie: the answer that leads on to an address without it."""
        given = parse_qs(asked.query).get("token", [""])[0] if asked.path == "/" and asked.method == "GET" else ""
        if not _is_same(given, self._origins.token):
            return None
        cookie = f"{self._origins.cookie_name}={self._origins.cookie}; Path=/; HttpOnly; SameSite=Strict"
        return Refusal(303, "welcome", "", ((b"location", b"/"), (b"set-cookie", cookie.encode())))

    def _stranger(self, asked: Asked) -> Refusal | None:
        # A page of the other origin may set cookies of this name and another path: one right one is enough.
        values = asked.cookies(self._origins.cookie_name)
        if any(_is_same(value, self._origins.cookie) for value in values):
            return None
        if asked.path == "/" and asked.method == "GET":
            return Refusal(401, "unknown-user", _DOOR, ((b"content-type", b"text/html; charset=utf-8"),))
        return Refusal(401, "unknown-user", "open the address that `themekit preview` printed")


class PagesGuard:
    """Lets in who knows the secret that the path begins with."""

    def __init__(self, app: ASGIApp, origins: Origins) -> None:
        """For `app` the secret is the `root_path`, so that its routes begin with the brand."""
        self._app = app
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse."""
        if scope["type"] != "http":
            await _no_http(self._app, scope, receive, send=send)
            return
        asked = Asked.of(scope)
        answer = Dressed(send, _pages_headers(self._origins))
        refusal = form_fault(asked, hosts=_hosts(self._origins.pages_port), methods=READS) or self._fault(asked)
        if refusal is not None:
            await answer.refuse(refusal)
            return
        root = f"/{self._origins.secret}"
        await self._app({**scope, "root_path": scope.get("root_path", "") + root}, receive, answer.send)

    def _fault(self, asked: Asked) -> Refusal | None:
        first = asked.path.split("/")[1]
        if not _is_same(first, self._origins.secret) or asked.path == f"/{first}":
            return _NOT_HERE
        origin = asked.header("origin")
        if origin is not None and origin != f"http://{asked.host}":
            return _FOREIGN
        site, place = asked.header("sec-fetch-site"), asked.header("sec-fetch-dest")
        if site in {None, "same-origin", "none"}:
            return None
        # From elsewhere: the Studio's frame, which is the same site, or a tab whose address somebody was given.
        is_visit = asked.header("sec-fetch-mode") == "navigate"
        is_framed = place == "iframe" and site == "same-site"
        return None if is_visit and (is_framed or place == "document") else _FOREIGN


class Dressed:
    """The way back: every answer gets the server's own headers, and none an invitation to other origins."""

    def __init__(self, send: Send, headers: Iterable[tuple[bytes, bytes]]) -> None:
        """`headers` replace the app's of the same names."""
        self._send = send
        self._headers = tuple(headers)
        self._names = frozenset(name for name, _ in self._headers) | {b"server"}

    async def send(self, message: Message) -> None:
        """Pass a message on."""
        if message["type"] == "http.response.start":
            given = [(bytes(name).lower(), bytes(value)) for name, value in message.get("headers", ())]
            kept = [
                (name, value)
                for name, value in given
                if name not in self._names and not name.startswith(b"access-control-")
            ]
            if all(name != b"cache-control" for name, _ in kept):
                kept.append((b"cache-control", b"no-store"))
            message = {**message, "headers": [*kept, *self._headers]}
        await self._send(message)

    async def refuse(self, refusal: Refusal) -> None:
        """The whole answer to a request that is refused."""
        own = dict(refusal.headers)
        if refusal.status == 303:
            content = ""
        elif b"content-type" in own:
            content = refusal.message
        else:
            own[b"content-type"] = b"application/json"
            content = json.dumps({"error": refusal.error, "message": refusal.message})
        body = content.encode()
        headers = [*own.items(), (b"content-length", str(len(body)).encode()), CLOSE]
        await self.send({"type": "http.response.start", "status": refusal.status, "headers": headers})
        await self.send({"type": "http.response.body", "body": body})


def _passage(asked: Asked) -> Refusal | None:
    """The way back from a provider: the same page for everybody, which knows nothing and asks nothing.

    What another site leads to comes without our cookies. This page leads on to the Studio's own, which then has them,
    with what the provider said in the fragment: no server sees it, and only a write of that page does anything with it.
    """
    if asked.path != RETURN_PATH:
        return None
    if _RETURNED.fullmatch(asked.query) is None:
        return Refusal(400, "bad-request", "this is where a provider leads back to after a login")
    page = _PASSAGE.format(html.escape(asked.query))
    return Refusal(200, "returned", page, ((b"content-type", b"text/html; charset=utf-8"),))


def _hosts(port: int) -> frozenset[str]:
    return frozenset(f"{host}:{port}" for host in HOSTS)


def _is_same(given: str, wanted: str) -> bool:
    return hmac.compare_digest(given.encode(), wanted.encode())


def _write_fault(asked: Asked) -> Refusal | None:
    if asked.method not in WRITES:
        return None
    type_ = (asked.header("content-type") or "").partition(";")[0].strip().lower()
    if type_ != "application/json":
        return Refusal(415, "not-json", "a write has `Content-Type: application/json`")
    length = asked.header("content-length")
    if length is not None and int(length) > MAX_BODY_BYTES:
        return Refusal(413, "too-large", f"at most {MAX_BODY_BYTES >> 20} MiB are read")
    return None


async def _body(receive: Receive) -> bytes | None:
    """The whole body, as writes are small; None if it is too large."""
    parts: list[bytes] = []
    size, has_more = 0, True
    while has_more:
        message = await receive()
        if message["type"] == "http.disconnect":
            break
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > MAX_BODY_BYTES:
            return None
        has_more = message.get("more_body", False)
    return b"".join(parts)


def _replayed(body: bytes, receive: Receive) -> Receive:
    pending: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return pending.pop() if pending else await receive()

    return replay


async def _no_http(app: ASGIApp, scope: Scope, receive: Receive, *, send: Send) -> None:
    """Nobody opens a web socket here; what starts and ends the server passes."""
    if scope["type"] == "lifespan":
        await app(scope, receive, send)
    elif scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 1008})


def _studio_headers(asked: Asked, origins: Origins) -> tuple[tuple[bytes, bytes], ...]:
    host = asked.host.rpartition(":")[0]
    pages = origins.pages(host if host in HOSTS else HOSTS[0])
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
        f"connect-src 'self'; worker-src 'self'; manifest-src 'self'; frame-src {pages}; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )
    return (
        *_OWN,
        (b"content-security-policy", policy.encode()),
        (b"cross-origin-opener-policy", b"same-origin"),
        (b"x-frame-options", b"DENY"),
    )


def _pages_headers(origins: Origins) -> tuple[tuple[bytes, bytes], ...]:
    """Pages have scripts of their own, inline too; what they may not is to be framed by others than the Studio."""
    framers = " ".join(origins.studio(host) for host in HOSTS)
    return (*_OWN, (b"content-security-policy", f"frame-ancestors 'self' {framers}".encode()))
