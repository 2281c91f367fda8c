"""All the network that a photographed page can reach: a proxy on the loopback that serves one folder and nothing else.

The browser is told to ask it for everything, also for other hosts and for the loopback. So a page of a partner reaches
no service of the machine, and addresses are the same in every run, whatever the port.
"""

from __future__ import annotations

import json
import mimetypes
import shutil
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, cast
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOST = "portal.localhost"
ADDRESS = f"http://{HOST}"
SEARCH_INDEX = ("search", "search_index.json")
MAX_REFUSED = 1000  # a page may ask for more than anybody reads
_TYPES = mimetypes.MimeTypes()  # without the system's own list, which differs between machines
_TEXT_TYPES = {"text/html", "text/css", "text/javascript", "text/plain"}


@dataclass(slots=True)
class Served:
    """A folder that is being served, and what was asked of it."""

    folder: Path
    port: int = 0
    refused: list[str] = field(default_factory=list)
    """Addresses of others that pages asked for, in order."""
    _active: int = 0
    _last: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def answering(self) -> Iterator[None]:
        """Count a request as under way."""
        with self._lock:
            self._active += 1
        try:
            yield
        finally:
            with self._lock:
                self._active -= 1
                self._last = time.monotonic()

    def idle_s(self) -> float:
        """For how long nothing has been asked."""
        with self._lock:
            return 0.0 if self._active else time.monotonic() - self._last

    def refuse(self, address: str) -> None:
        """Remember an address that was not served."""
        if len(self.refused) < MAX_REFUSED:
            self.refused.append(address)

    def file_at(self, path: str) -> Path | None:
        """The file of a URL's path; None if there is none, or if it lies outside the folder."""
        try:
            found = (self.folder / unquote(path).lstrip("/")).resolve()
            if found.is_dir():
                found /= "index.html"
            return found if found.is_relative_to(self.folder.resolve()) and found.is_file() else None
        except (OSError, ValueError):  # a name that no file can have
            return None


@contextmanager
def served(folder: Path) -> Iterator[Served]:
    """The folder, for one browser; `ADDRESS` is its root there."""
    serves = Served(folder)
    server = _Server(serves)
    serves.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield serves
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def without_documents(content: bytes) -> bytes:
    """A search that finds nothing: each page builds its index when it opens, for as long as a picture takes.

    What is no such index is left as it is.
    """
    try:
        index = json.loads(content)
    except (ValueError, RecursionError):
        return content
    if not isinstance(index, dict) or "docs" not in index:
        return content
    return json.dumps({**index, "docs": []}).encode()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False  # a browser keeps connections open that nobody uses

    def __init__(self, serves: Served) -> None:
        self.serves = serves
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a browser that is closed cuts its connections."""


class _Handler(BaseHTTPRequestHandler):
    """Speaks as a proxy does: the request names the whole address."""

    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_GET(self) -> None:
        """A file, or why there is none."""
        serves = cast("_Server", self.server).serves
        with serves.answering():
            address = urlsplit(self.path)
            if (address.scheme, address.netloc) != ("http", HOST):
                serves.refuse(self.path)
                self._empty(HTTPStatus.FORBIDDEN)
                return
            file = serves.file_at(address.path)
            if file is None:
                self._empty(HTTPStatus.NOT_FOUND)
                return
            self._file(file)

    do_HEAD = do_GET  # noqa: N815 - the base class calls it

    def do_CONNECT(self) -> None:
        """HTTPS and WebSockets are always somebody else's."""
        cast("_Server", self.server).serves.refuse(f"https://{self.path}")
        self._empty(HTTPStatus.FORBIDDEN)

    def do_POST(self) -> None:
        """Nothing here takes data."""
        cast("_Server", self.server).serves.refuse(self.path)
        self.close_connection = True
        self._empty(HTTPStatus.FORBIDDEN)

    do_PUT = do_DELETE = do_OPTIONS = do_PATCH = do_POST  # noqa: N815 - as above

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it
        """Say nothing: what is photographed is not news."""

    def _file(self, file: Path) -> None:
        if file.parts[-2:] == SEARCH_INDEX:
            self._content(without_documents(file.read_bytes()), "application/json")
            return
        kind = _TYPES.guess_type(file.name)[0] or "application/octet-stream"
        with file.open("rb") as content:
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind in _TEXT_TYPES else kind)
            self.send_header("Content-Length", str(file.stat().st_size))
            self.end_headers()
            if self.command != "HEAD":
                shutil.copyfileobj(content, self.wfile)

    def _content(self, content: bytes, kind: str) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def _empty(self, status: HTTPStatus) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()
