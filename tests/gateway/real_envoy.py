"""A real Envoy with the files of a policy, an API behind it that tells what it got, and requests to it."""

import contextlib
import json
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

from tests.gateway.made_tokens import ISSUER, KEY_ID, STRANGER, signed
from themekit.trial.envoy import envoy_binary, running_files
from themekit.trial.envoy_files import files_of
from themekit.trial.live_run import free_port as free_port_or
from themekit.trial.serving import serving
from themekit.trial.wire import Place, Wire

HOST = "127.0.0.1"

__all__ = ["HOST", "Running", "envoy_binary", "free_port", "running_api", "running_envoy", "token_text"]


def free_port():
    return free_port_or(0)


class Telling:
    """Answers every request with what it got."""

    def __init__(self):
        self.requests = []

    async def __call__(self, scope, receive, send):
        size = 0
        while True:
            message = await receive()
            size += len(message.get("body", b""))
            if not message.get("more_body"):
                break
        path = scope["raw_path"].decode() + (f"?{scope['query_string'].decode()}" if scope["query_string"] else "")
        self.requests.append(path)
        headers = [[name.decode(), value.decode("latin-1")] for name, value in scope["headers"]]
        told = json.dumps({"method": scope["method"], "path": path, "headers": headers, "bytes": size}).encode()
        length = (b"content-length", str(len(told)).encode())
        start = {"type": "http.response.start", "status": 200, "headers": [length, (b"x-powered-by", b"a program")]}
        await send(start)
        await send({"type": "http.response.body", "body": told})


@contextlib.contextmanager
def running_api():
    app = Telling()
    with serving(app) as port:
        yield SimpleNamespace(requests=app.requests, server_address=("127.0.0.1", port))


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

    def raw(self, data):
        """Send bytes as they are, on a connection of their own; the first answer, or None if there is none."""
        with Wire(Place(HOST, self.port)) as wire:
            found = wire.exchange(data, has_body=not data.startswith(b"HEAD "))
        return None if found is None else Answer(found.status, dict(found.headers), found.body)

    def send(self, request, *, text=None):
        """Send a request of the reference model; `text` replaces the token's."""
        lines = [f"{request.method} {request.target} HTTP/1.1", f"Host: {request.host}", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in request.headers]
        if request.token is not None or text is not None:
            lines.append(f"Authorization: Bearer {text or token_text(request.token)}")
        if request.body_bytes and not request.values("content-length"):
            lines.append(f"Content-Length: {request.body_bytes}")
        return self.raw("\r\n".join([*lines, "", ""]).encode() + b"x" * request.body_bytes)


def token_text(token):
    """The token that the model describes."""
    if not token.is_well_formed:
        return "no.token"
    claims = {name: list(value) if isinstance(value, tuple) else value for name, value in token.claims}
    key = ISSUER if token.is_genuine else STRANGER
    return signed(claims, key=key, key_id=token.key or KEY_ID, algorithm=token.algorithm)


@contextlib.contextmanager
def running_envoy(policy, folder):
    """Envoy with the emitted files, which the command `gateway run` uses, too."""
    folder.mkdir(parents=True, exist_ok=True)
    with running_files(files_of(policy), folder) as envoy:
        yield Running(envoy.port, envoy.admin_port, folder)
