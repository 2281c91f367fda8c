"""An update channel in a folder, with cheap keys, and what is fetched from it."""

import http.server
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path, PurePosixPath

from tests.bundle.forge import FILES
from themekit.bundle.archive import member, write_zip
from themekit.bundle.keys import new_key, unlocked
from themekit.bundle.manifest import MANIFEST_PATH, BundleBrand, Tool, file_entry, manifest_of
from themekit.model import Artifact
from themekit.publish.channel import Channel, latest_root, new_root, put_root, sign_root
from themekit.publish.fetching import fetch_bundle
from themekit.publish.page import Look, page_files
from themekit.publish.place import open_place
from themekit.publish.releasing import Bundle, publish_bundles
from themekit.publish.remote import Remote

PASSWORD = "correct horse"  # noqa: S105


@cache
def key(name):
    del name
    text, _ = new_key(PASSWORD, opslimit=32_768, memlimit=16 * 1024 * 1024)
    return unlocked(text, password=PASSWORD)


def bundle_of(version="1.0.0", *, brand="acme", text=b"hello", **given):
    """A bundle that verifies."""
    files = (*FILES, Artifact(PurePosixPath("site/new.txt"), text, "text/plain"))
    whose = BundleBrand(brand, "Acme & Söhne", version, "en")
    manifest = manifest_of(map(file_entry, files), brand=whose, inputs="0" * 64, tools=[Tool("themekit", "0.1.0")])
    first = Artifact(MANIFEST_PATH, manifest.to_json(), "application/json")
    ordered = sorted(files, key=lambda each: str(each.path))
    content = write_zip([member(each) for each in (first, *ordered)], epoch_s=0)
    return Bundle(f"{brand}-{version}.zip", brand, "Acme & Söhne", version, content, **given)


def page(listing):
    return page_files(listing, Look({}))


@dataclass
class Repository:
    folder: Path
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    roots: tuple = ("r1", "r2", "r3")
    root: bytes = b""

    @property
    def place(self):
        return open_place(f"file://{self.folder}")

    def make_root(self, *, signers=("r1", "r2"), online="online", before=None, keys=None, days=365):
        public = [key(each).public for each in keys or self.roots]
        content = new_root(public, key(online).public, threshold=2, now=self.now, before=before, days=days)
        for each in signers:
            content = sign_root(content, key(each))
        return content

    def begin(self):
        self.root = self.make_root()
        put_root(self.place, self.root)
        return self

    def channel(self, *, online="online", now=None, **own):
        """Signed by these keys, those of brands by the brands' names."""
        own = {brand: key(name) for brand, name in own.items()}
        return Channel(self.place, latest_root(self.place), key(online), now or self.now, brand_keys=own)

    def publish(self, *bundles, now=None, patches=0, **keys):
        now = now or self.now
        channel = self.channel(now=now, **keys)
        return publish_bundles(self.place, bundles, channel=channel, page=page, now_s=now.timestamp, patches=patches)

    def fetch(self, into, *, brand="acme", url="", root=None, **given):
        remote = Remote(url or f"file://{self.folder}")
        return fetch_bundle(remote, brand, folder=into / brand, root=root or self.root, **given)


def later(days):
    return datetime.now(UTC) + timedelta(days=days)


@contextmanager
def answering(answer):
    """A server on loopback that answers as `answer(handler)` does."""

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            answer(self)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def from_disk(repository, handler):
    path = repository.folder / handler.path.lstrip("/")
    if not path.is_file():
        handler.send_response(404)
        handler.send_header("Content-Length", "0")
        handler.end_headers()
        return
    content = path.read_bytes()
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content)
