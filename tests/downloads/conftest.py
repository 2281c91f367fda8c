"""A download server in a thread, over a folder as `themekit publish` writes it."""

import asyncio
import hashlib
import http.client
import json
import socket
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass

import pytest

from themekit.downloads.app import Downloads
from themekit.downloads.download_log import DownloadLog
from themekit.downloads.limits import Buckets, Running
from themekit.downloads.serving import download_server
from themekit.downloads.shelf import Shelf
from themekit.downloads.tokens import Tokens
from themekit.publish.listing import Listing, Release, Stored

NOW_S = 1_800_000_000


def stored(name, content):
    return Stored(name, len(content), hashlib.sha256(content).hexdigest())


def publish_by_hand(root, brand, files):
    """`files`: name to content; the version is in the name."""
    folder = root / brand
    folder.mkdir(parents=True, exist_ok=True)
    listing = Listing(brand, brand.title())
    for name, content in files.items():
        (folder / name).write_bytes(content)
        version = name.removeprefix(f"{brand}-").removesuffix(".zip")
        listing = listing.put(Release(version, stored(name, content)))
    (folder / "index.json").write_bytes(listing.to_json())
    (folder / "index.html").write_bytes(b"<!doctype html><title>x</title>")


@dataclass
class Answer:
    status: int
    headers: dict
    body: bytes


@dataclass
class Client:
    port: int
    app: Downloads
    state: object
    token: str = ""

    def ask(self, path, method="GET", headers=None, *, token=None, host=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
        connection.putheader("Host", host or f"127.0.0.1:{self.port}")
        token = self.token if token is None else token
        if token:
            connection.putheader("Authorization", f"Bearer {token}")
        for name, value in (headers or {}).items():
            connection.putheader(name, value)
        connection.endheaders()
        answer = connection.getresponse()
        body = answer.read()
        headers = {}
        for name, value in answer.getheaders():
            headers[name.lower()] = f"{headers[name.lower()]}, {value}" if name.lower() in headers else value
        connection.close()
        return Answer(answer.status, headers, body)

    def raw(self, content, *, timeout=30):
        """What comes for these bytes, until the server closes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=timeout) as link:
            link.sendall(content)
            link.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: link.recv(65536), b""))

    def log(self, count=0):
        """The log's records, once there are that many of them."""
        for _ in range(1000):
            if len(self._records()) >= count:
                break
            time.sleep(0.02)
        return self._records()

    def _records(self):
        path = self.state / "downloads.jsonl"
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


@contextmanager
def served(root, state, *, head_s=10.0, stall_s=30.0, **settings):
    state.mkdir(mode=0o700, exist_ok=True)
    bound = socket.create_server(("127.0.0.1", 0), backlog=2048)
    port = bound.getsockname()[1]
    log = DownloadLog(state)
    log.open()
    settings.setdefault("requests", Buckets(10_000, 10_000))
    settings.setdefault("strangers", Buckets(10_000, 10_000))
    settings.setdefault("running", Running(1000))
    app = Downloads(Shelf(root), Tokens(state), log, frozenset({f"127.0.0.1:{port}"}), **settings)
    server = download_server(app, head_s=head_s, stall_s=stall_s)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[bound])), daemon=True)
    thread.start()
    try:
        yield Client(port, app, state)
    finally:
        server.should_exit = True
        thread.join(30)
        bound.close()


CONTENT = bytes(range(256)) * 4096


@pytest.fixture
def published(tmp_path):
    root = tmp_path / "published"
    publish_by_hand(root, "acme", {"acme-1.0.0.zip": CONTENT, "acme-1.1.0.zip": CONTENT[::-1]})
    publish_by_hand(root, "volt", {"volt-1.0.0.zip": b"volt" * 1000})
    return root


@pytest.fixture
def client(published, tmp_path):
    """With a token for acme, by a partner of that name."""
    with served(published, tmp_path / "state") as client:
        tokens = Tokens(tmp_path / "state")
        client.token, _ = tokens.add("acme-inc", ["acme"], now_s=0, expires_s=2**40)
        yield client
