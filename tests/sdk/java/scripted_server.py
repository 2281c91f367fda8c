"""A loopback server that answers as its paths say, and remembers what it was asked."""

import json
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

THING = {"id": "t1", "size": 1}
EVENTS = (
    b'\xef\xbb\xbf: hello\n\nid: 1\ndata: {"type": "circle",\ndata: "radius": 1}\n\n',
    b'event: x\r\nid: 2\r\ndata: {"type": "squ',
    b'are", "side": 2}\r\n\r',
    b'\ndata:{"type":"hexagon","edge":"\xe2\x82',
    b'\xac"}\r\rdata: [DONE]\n\ndata: {}\n\n',
)
LINES = (b'{"id": "a", "si', b'ze": 1}\n\n{"id": "\xc3', b'\xa4", "size": 2}\r\n{"id": "c", "size": 3}')


@dataclass
class Seen:
    """The requests, in the order of their arrival."""

    requests: list = field(default_factory=list)
    counts: dict = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)
    other: str = ""

    def add(self, request):
        with self.lock:
            self.requests.append(request)
            name = request["headers"].get("x-run", "")
            self.counts[name] = self.counts.get(name, 0) + 1
            return self.counts[name]

    def of(self, run):
        return [each for each in self.requests if each["headers"].get("x-run") == run]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def answer(self, status, body=b"", **headers):
        content = json.dumps(body).encode() if not isinstance(body, bytes) else body
        self.send_response(status)
        kind = "application/json" if status < 400 else "application/problem+json"
        for name, value in {"Content-Type": kind, "Request-Id": "req_1", **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        if status != 204:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content if status != 204 else b"")

    def chunks(self, chunks, kind, *, cut=False):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for chunk in chunks:
            self.wfile.write(b"%x\r\n%s\r\n" % (len(chunk), chunk))
            self.wfile.flush()
            time.sleep(0.01)
        if cut:
            self.close_connection = True
            return
        self.wfile.write(b"0\r\n\r\n")

    def handle_any(self):
        seen = self.server.seen
        length = int(self.headers.get("Content-Length") or 0)
        body = self.chunked() if self.headers.get("Transfer-Encoding") == "chunked" else self.rfile.read(length)
        headers = {name.lower(): value for name, value in self.headers.items()}
        url = urlsplit(self.path)
        request = {"method": self.command, "path": url.path, "query": url.query, "headers": headers, "body": body}
        count = seen.add(request)
        script = headers.get("x-script", "")
        kind, _, rest = script.partition(" ")
        if hasattr(self, f"script_{kind.replace('-', '_')}"):
            getattr(self, f"script_{kind.replace('-', '_')}")(rest, count)
        else:
            self.by_path(url, request)

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = handle_any  # noqa: N815 - the base class's names

    def chunked(self):
        body = b""
        while size := int(self.rfile.readline().split(b";")[0], 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def script_status(self, rest, count):
        """`status 503 503 200`: these in turn, the last one for ever."""
        statuses = [int(each) for each in rest.split()]
        status = statuses[min(count, len(statuses)) - 1]
        code = "idempotency_in_progress" if status == 409 else "no"
        body = THING if status < 300 else {"title": "No", "code": code, "sent": "x"}
        self.answer(status, body, **({"Retry_After": "0"} if status in {409, 429, 503} else {}))

    def script_after(self, rest, count):
        self.answer(429 if count == 1 else 200, THING, Retry_After=rest)

    def script_cut(self, rest, count):
        """The connection ends without an answer, so many times."""
        if count <= int(rest):
            self.close_connection = True
            self.connection.close()
        else:
            self.answer(200, THING)

    def script_slow(self, rest, _count):
        """The head comes at once, the body after a while."""
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.flush()
        time.sleep(float(rest))
        self.wfile.write(b"{}")

    def script_redirect(self, rest, count):
        status, target = rest.split()
        if count > 1:
            self.answer(200, THING)
            return
        self.answer(int(status), b"", Location=target.replace("OTHER", self.server.seen.other))

    def script_broken_stream(self, _rest, count):
        if count == 1:
            self.chunks([b'id: 7\ndata: {"type":"circle","radius":7}\n\n'], "text/event-stream", cut=True)
        else:
            self.chunks([b'data: {"type":"square","side":8}\n\n'], "text/event-stream")

    def script_endless(self, _rest, _count):
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        self.wfile.write(b'data: {"type":"circle","radius":1}\n\n')
        self.wfile.flush()
        time.sleep(20)

    def script_body(self, rest, _count):
        self.answer(200, rest.encode())

    def by_path(self, url, request):
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        path = url.path.removeprefix("/v1")
        if path == "/oauth/token":
            number = sum(each["path"] == url.path for each in self.server.seen.requests)
            time.sleep(0.1)
            self.answer(200, {"access_token": f"at_{number}", "expires_in": 3600})
        elif path == "/auth/oauth" and request["headers"].get("x-refuse") == request["headers"]["authorization"]:
            self.answer(401, {"title": "Expired"})
        elif path.startswith("/lists/"):
            self.answer(200, listed(path.rpartition("/")[2], query))
        elif path == "/events":
            self.chunks(EVENTS, "text/event-stream")
        elif path == "/lines":
            self.chunks(LINES, "application/x-ndjson")
        elif path.endswith("/content") and request["method"] == "GET":
            self.chunks([b"x" * 70000] * 3, "application/octet-stream")
        elif path == "/auth/form":
            self.answer(200, b"some text \xc3\xa4", Content_Type="text/plain")
        elif request["method"] in {"DELETE", "PUT"}:
            self.answer(204)
        else:
            self.answer(200, THING)


def listed(kind, query):
    """Seven things, two a page."""
    things = [{"id": f"t{number}", "size": number} for number in range(7)]
    if kind == "offset":
        start = int(query.get("offset", 0))
        return {"items": things[start : start + 2], "has_more": start + 2 < len(things)}
    start = int(query.get("cursor", "c0")[1:])
    more = start + 2 < len(things)
    return {"data": things[start : start + 2], "next_cursor": f"c{start + 2}" if more else None}


@contextmanager
def scripted_server(seen):
    """The address, with a path."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.seen = seen
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
