"""The APIs behind a gateway on trial: one that remembers what it got, and how any is served on loopback."""

from __future__ import annotations

import asyncio
import socket
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from themekit.trial.envoy_files import LOOPBACK
from themekit.trial.loopback import loopback_server

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, MutableMapping
    from typing import Any

    Message = MutableMapping[str, Any]
    Receive = Callable[[], Awaitable[Message]]
    Send = Callable[[Message], Awaitable[None]]
    App = Callable[[Message, Receive, Send], Awaitable[None]]

Headers = tuple[tuple[str, str], ...]
KEEP_ALIVE_S = 300
NUMBER = "x-number-of-request"
NOISY = (b"x-powered-by", b"server")
"""What an API tells of itself, for the gateway to take out."""


class Remembering:
    """Answers every request with 200, and remembers its headers until it is asked.

    Its answers have the headers that the gateway has to take out, and wrong values of those that it has to set.
    """

    def __init__(self, headers: tuple[str, ...]) -> None:
        """`headers` are those that its answers have."""
        names = dict.fromkeys((*NOISY, *(name.lower().encode() for name in headers)))
        self._headers = [(name, b"of the API") for name in names]
        self._got: dict[int, Headers] = {}
        self._count = 0

    def taken(self) -> dict[int, Headers]:
        """The headers of all requests since the last time, by the numbers that the answers have."""
        got, self._got = self._got, {}
        return got

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """The ASGI application."""
        self._count += 1
        number, pairs = self._count, scope["headers"]
        self._got[number] = tuple((name.decode("latin-1"), value.decode("latin-1")) for name, value in pairs)
        size = 0
        while True:
            message = await receive()
            size += len(message.get("body", b""))
            if not message.get("more_body"):
                break
        body = b"" if scope["method"] == "HEAD" else f"{scope['method']} {scope['path']} {size} bytes\n".encode()
        numbered = (NUMBER.encode(), str(number).encode())
        headers = [
            *self._headers,
            numbered,
            (b"content-type", b"text/plain"),
            (b"content-length", str(len(body)).encode()),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})


@contextmanager
def serving(app: App, *, port: int = 0) -> Iterator[int]:
    """Serve on loopback in a thread of its own; the port, any that is free for 0."""
    bound = socket.create_server((LOOPBACK, port))
    bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # what is accepted has it, too; else 40 ms an answer
    server = loopback_server(app, keep_alive_s=KEEP_ALIVE_S)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[bound])), name="api", daemon=True)
    thread.start()
    try:
        yield int(bound.getsockname()[1])
    finally:
        server.should_exit = True
        thread.join()
        bound.close()
