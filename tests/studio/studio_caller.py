"""Calls an ASGI app without a server, and a preview's state without threads and watchers."""

import asyncio
import json
from dataclasses import dataclass

from themekit.build.brands import brand, brand_ids, tokens
from themekit.engine import Engine, MemoryStore, OverlayHost
from themekit.studio.updating.drafts import draft_of, glance_of
from themekit.studio.updating.events import Events
from themekit.targets.css import TARGET, rules_of


@dataclass
class Answer:
    status: int
    headers: list
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)

    def header(self, name):
        return next((value for key, value in self.headers if key == name), None)


async def call(app, method, target, *, headers=(), body=b""):
    """One request to an ASGI app, its body in one piece."""
    path, _, query = target.partition("?")
    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "scheme": "http",
        "http_version": "1.1",
        "server": ("127.0.0.1", 4100),
        "client": ("127.0.0.1", 50000),
        "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in headers],
    }
    asked = [{"type": "http.request", "body": body, "more_body": False}]
    sent = []

    async def receive():
        if not asked:
            await asyncio.sleep(3600)
        return asked.pop()

    async def send(message):
        sent.append(message)

    await app(scope, receive, send)
    start = next(message for message in sent if message["type"] == "http.response.start")
    content = b"".join(message.get("body", b"") for message in sent if message["type"] == "http.response.body")
    return Answer(
        start["status"], [(name.decode(), value.decode("latin-1")) for name, value in start["headers"]], content
    )


class Caller:
    """Asks as the Studio's own page does, or with other headers."""

    def __init__(self, app, origins):
        self.app = app
        self.origins = origins

    @property
    def own(self):
        return {
            "host": f"127.0.0.1:{self.origins.studio_port}",
            "cookie": f"{self.origins.cookie_name}={self.origins.cookie}",
            "sec-fetch-site": "same-origin",
        }

    def __call__(self, method, target, content=None, *, version=None, **others):
        headers = dict(self.own)
        body = b""
        if method in {"POST", "PUT"}:
            headers |= {"origin": self.origins.studio(), "content-type": "application/json"}
            body = content if isinstance(content, bytes) else json.dumps(content).encode()
            headers["content-length"] = str(len(body))
        if version is not None:
            headers["if-match"] = f'"{version}"'
        headers |= {name.replace("_", "-"): value for name, value in others.items()}
        given = [(name, value) for name, value in headers.items() if value is not None]
        return asyncio.run(call(self.app, method, target, headers=given, body=body))


class FakeLive:
    """The state of a preview as the API sees it; everything is done at once, in this thread."""

    def __init__(self, project):
        self.project = project
        self.events = Events()
        self.serials = {}
        self.told = []

    def engine(self, changes=None):
        host = OverlayHost(self.project.host, changes) if changes else self.project.host
        return Engine(host, MemoryStore(), code="test")

    async def ask(self, work, **_):
        return work(self.engine())

    async def brands(self):
        return self.engine().get(brand_ids)

    async def changed(self, paths):
        self.told.append(set(map(str, paths)))

    async def drafted(self, _brand_id, contents, *, work):
        return work(self.engine(contents))

    async def draft(self, brand_id, contents):
        return draft_of(self.engine(contents), brand_id, saved=self.rules(brand_id))

    async def glance(self, brand_id, contents, *, mode):
        good = self.engine().get(brand, brand_id)
        return glance_of(self.engine(contents), brand_id, saved=self.rules(brand_id), good=good, mode=mode)

    def rules(self, brand_id):
        return tuple(rules_of(self.engine().get(tokens, brand_id), TARGET.options))
