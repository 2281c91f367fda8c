"""Registries on loopback for tests: pypiserver, verdaccio, and a host that takes files by PUT."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

VERDACCIO = Path(__file__).parent / "node_modules/.bin/verdaccio"
TOKEN = "token-of-a-test"  # noqa: S105 - opens nothing

_CONFIG = """\
storage: ./storage
auth:
  htpasswd:
    file: ./htpasswd
packages:
  '**':
    access: $all
    publish: $all
log: {type: stdout, format: json, level: error}
"""


@contextmanager
def pypi_server(folder: Path) -> Iterator[str]:
    """An empty pypiserver that takes everything."""
    (folder / "packages").mkdir(parents=True)
    port = _free_port()
    command = [sys.executable, "-m", "pypiserver", "run", "-p", str(port), "-i", "127.0.0.1", "-P", ".", "-a", "."]
    with _running([*command, str(folder / "packages")], folder, url=f"http://127.0.0.1:{port}") as url:
        yield url


@contextmanager
def npm_server(folder: Path) -> Iterator[str]:
    """An empty verdaccio that asks nobody else."""
    if not VERDACCIO.exists() or shutil.which("node") is None:
        pytest.skip("verdaccio is not installed: `make tools` does it where there is npm")
    folder.mkdir(parents=True)
    (folder / "config.yaml").write_text(_CONFIG, encoding="utf-8")
    port = _free_port()
    command = [str(VERDACCIO), "--config", str(folder / "config.yaml"), "--listen", f"http://127.0.0.1:{port}"]
    with _running(command, folder, url=f"http://127.0.0.1:{port}") as url:
        yield url


class _TakingFiles(SimpleHTTPRequestHandler):
    """Files as they are put, for whoever has the token; never the same twice."""

    def do_PUT(self) -> None:
        """Keep the body under the path."""
        if self.headers.get("Authorization") != f"Bearer {TOKEN}":
            self._answer(401, f"who is {self.headers.get('Authorization')}?".encode())
            return
        target = Path(self.translate_path(self.path))
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(self.rfile.read(int(self.headers["Content-Length"])))
        self._answer(201, b"")

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@contextmanager
def file_server(folder: Path) -> Iterator[str]:
    """A host of files that takes more by PUT."""
    folder.mkdir(parents=True, exist_ok=True)

    def handler(*given: object) -> _TakingFiles:
        return _TakingFiles(*given, directory=str(folder))  # type: ignore[arg-type]  # as socketserver hands them over

    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)  # type: ignore[arg-type]  # a factory is what it needs
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def _running(command: list[str], folder: Path, *, url: str) -> Iterator[str]:
    known = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, env=known, stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait(url, process, folder / "log")
        yield url
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        assert process.poll() is None, log.read_text(encoding="utf-8", errors="replace")
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"{url} did not answer within a minute")


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])
