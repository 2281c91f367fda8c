"""Servers on this machine that live in a process beside other things: no signals of their own, no log, no traces."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import uvicorn

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

GOODBYE_S = 1  # for requests that are being answered
KEEP_ALIVE_S = 5


class LoopbackServer(uvicorn.Server):
    """One of several in a process: signals are seen to outside."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave them alone."""
        yield


def loopback_server(app: Callable[..., Awaitable[None]], *, keep_alive_s: int = KEEP_ALIVE_S) -> LoopbackServer:
    """A server of the ASGI application, for sockets that are bound already."""
    config = uvicorn.Config(
        app,
        loop="asyncio",
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        proxy_headers=False,
        timeout_keep_alive=keep_alive_s,
        timeout_graceful_shutdown=GOODBYE_S,
    )
    return LoopbackServer(config)
