"""The sandbox of an API over HTTP, on loopback only: what SDKs, gateways and people's programs are tried against.

    with serving_sandbox(Path("docs_src/api/openapi.yaml")) as base_url:
        …  # "http://127.0.0.1:41037/v1": with the path of the description's first server

Every call starts with nothing made and nothing remembered. Each operation answers with its example, in its lowest 2xx
status. A request may ask for more by headers:

- `Prefer: code=404` answers with that status; `Prefer: code=429; times=2; run=ID` does so for the first two requests
  with that ID (an operation at a time), then as ever; `Prefer: example=NAME` takes another of the author's examples.
  429 and 503 have `Retry-After: 0`.
- Credentials are needed where the operation says so; any will do, but those that contain `invalid` get a 401.
- A request that is not valid by the description is refused: 400, or 422 where that is described and 400 is not, 415.
- A list has seven items. Objects that were created are got, listed first, changed and deleted. Objects of the
  description's own examples can be changed, but stay when they are deleted, so that tests can run in any order.
- A repeated request with the same idempotency key and body has the first answer again; with another body it is a 409.
- `Accept` chooses among media types; a stream sends three events, and ends.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from themekit.sandbox.making import make_sandbox
from themekit.source.api import read_api
from themekit.trial.envoy_files import LOOPBACK
from themekit.trial.sandbox_engine import Engine, EngineFailed
from themekit.trial.serving import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from themekit.diagnostics import Diagnostic
    from themekit.sandbox.making import SandboxData
    from themekit.trial.serving import Message, Receive, Send

MAX_BODY = 16 * 1024 * 1024
LOCAL = re.compile(r"null|https?://(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?")
"""Origins of pages that may read the answers: those of this machine, and files."""

_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}(?::\d{1,5})?|\[[0-9A-Fa-f:]{2,45}\](?::\d{1,5})?")
_LOCAL_HOST = re.compile(r"(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?", re.IGNORECASE)
_MISDIRECTED = b'{"type":"about:blank","title":"Misdirected Request","status":421}'
_TOO_LARGE = b'{"type":"about:blank","title":"Content Too Large","status":413}'
_FAILED = b'{"type":"about:blank","title":"Internal Server Error","status":500,"detail":"the sandbox began anew"}'


class CannotServe(Exception):  # noqa: N818 - it says what follows
    """The description has mistakes, `diagnostics`, so there is no sandbox of it."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        """The message has the errors, one a line."""
        self.diagnostics = diagnostics
        super().__init__("\n".join(each.message for each in diagnostics if each.is_error))


def read_sandbox(file: Path, root: Path) -> tuple[SandboxData | None, tuple[Diagnostic, ...]]:
    """The sandbox of the description in `file`, which may refer to other files below `root`."""

    def read(path: PurePosixPath) -> bytes | None:
        target = (root / path).resolve()
        return target.read_bytes() if target.is_relative_to(root.resolve()) and target.is_file() else None

    path = PurePosixPath(file.resolve().relative_to(root.resolve()).as_posix())
    content = file.read_bytes()
    api, diagnostics = read_api(path, content, read=read)
    if api is None:
        return None, diagnostics
    data, found = make_sandbox(path, content, read=read, api=api)
    return data, tuple(dict.fromkeys((*diagnostics, *found)))


@contextmanager
def serving_sandbox(file: Path, *, root: Path | None = None, port: int = 0) -> Iterator[str]:
    """Serve the sandbox of a description; the base URL. `root` is the folder that it may refer to, by default its own.

    Raises CannotServe if the description has mistakes, and OSError if the port cannot be used.
    """
    data, diagnostics = read_sandbox(file, root or file.parent)
    if data is None:
        raise CannotServe(diagnostics)
    with serving_data(data, port=port) as base_url:
        yield base_url


@contextmanager
def serving_data(data: SandboxData, *, base_path: str | None = None, port: int = 0) -> Iterator[str]:
    """Serve a sandbox; the base URL, with this path in place of the description's."""
    with Engine(data, base_path) as engine, serving(SandboxApp(engine), port=port) as bound:
        yield f"http://{LOOPBACK}:{bound}{data.base_path if base_path is None else base_path}"


class SandboxApp:
    """The ASGI application: takes requests apart for the engine, within limits."""

    def __init__(self, engine: Engine) -> None:
        """The engine is somebody else's to end."""
        self._engine = engine

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""
        headers = joined_headers(scope["headers"])
        cors = cors_headers(headers)
        if is_rebound(headers):
            await _send(send, 421, [("content-type", "application/problem+json")], chunks=(_MISDIRECTED,))
            return
        if scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            await _send(send, 204, preflight(headers, cors), chunks=())
            return
        body = await _body(receive)
        if body is None:
            await _send(
                send,
                413,
                [*cors, ("content-type", "application/problem+json"), ("connection", "close")],
                chunks=(_TOO_LARGE,),
            )
            return
        head: dict[str, object] = {"method": scope["method"], "url": url_of(scope, headers), "headers": headers}
        try:
            answer = await self._engine.answer(head, body)
        except EngineFailed:
            await _send(send, 500, [*cors, ("content-type", "application/problem+json")], chunks=(_FAILED,))
            return
        chunks = answer.chunks if scope["method"] != "HEAD" else tuple(b"" for _ in answer.chunks)
        length = len(answer.chunks[0]) if len(answer.chunks) == 1 else None
        await _send(send, answer.status, [*answer.headers, *cors], chunks=chunks, length=length)


def joined_headers(pairs: list[tuple[bytes, bytes]]) -> dict[str, str]:
    """Headers by name; those that came more than once as one list."""
    found: dict[str, str] = {}
    for raw, value in pairs:
        name, text = raw.decode("latin-1").lower(), value.decode("latin-1")
        found[name] = found[name] + ("; " if name == "cookie" else ", ") + text if name in found else text
    return found


def url_of(scope: Message, headers: dict[str, str]) -> str:
    """The URL as the caller wrote it, percent signs and all."""
    host = headers.get("host", "")
    raw: bytes = scope.get("raw_path") or b"/"
    query: bytes = scope.get("query_string") or b""
    path = raw.decode("latin-1").partition("?")[0]
    return f"http://{host if _HOST.fullmatch(host) else LOOPBACK}{path}" + (
        f"?{query.decode('latin-1')}" if query else ""
    )


def is_rebound(headers: dict[str, str]) -> bool:
    """A browser that was told that this machine is another host, whose pages may read what they think is their own.

    Gateways ask under other names, too; only browsers say the languages of people, and no page can keep them from it.
    """
    is_browser = "accept-language" in headers or headers.get("user-agent", "").startswith("Mozilla/")
    return is_browser and not _LOCAL_HOST.fullmatch(headers.get("host", ""))


def cors_headers(headers: dict[str, str]) -> list[tuple[str, str]]:
    """What lets a page of this machine read the answer; nothing for any other."""
    origin = headers.get("origin", "")
    if not LOCAL.fullmatch(origin):
        return [("vary", "Origin")]
    return [("access-control-allow-origin", origin), ("access-control-expose-headers", "*"), ("vary", "Origin")]


def preflight(headers: dict[str, str], cors: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """What a page may send, if it is one of this machine."""
    if len(cors) == 1:
        return cors
    wanted = re.sub(r"[^A-Za-z0-9, _-]", "", headers.get("access-control-request-headers", ""))
    methods = "GET, HEAD, PUT, POST, PATCH, DELETE, OPTIONS"
    allowed = [("access-control-allow-methods", methods), ("access-control-max-age", "600")]
    return [*cors, *allowed, *([("access-control-allow-headers", wanted)] if wanted else [])]


async def _body(receive: Receive) -> bytes | None:
    """The whole body; None if it is larger than is taken."""
    found = bytearray()
    while True:
        message = await receive()
        found += message.get("body", b"")
        if len(found) > MAX_BODY:
            return None
        if not message.get("more_body"):
            return bytes(found)


async def _send(
    send: Send, status: int, headers: list[tuple[str, str]], *, chunks: tuple[bytes, ...], length: int | None = None
) -> None:
    pairs = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    if status not in {204, 304} and len(chunks) == 1:
        pairs.append((b"content-length", str(len(chunks[0]) if length is None else length).encode()))
    await send({"type": "http.response.start", "status": status, "headers": pairs})
    for chunk in chunks if status not in {204, 304} else ():
        await send({"type": "http.response.body", "body": chunk, "more_body": True})
    await send({"type": "http.response.body", "body": b""})
