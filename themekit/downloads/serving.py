"""The download server on a socket: uvicorn with files sent by the system, and patience with nobody.

A client that does not finish its request's head, or takes no byte for a while, is cut off; heads that are too long are
told so.
"""

from __future__ import annotations

import asyncio
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from themekit.downloads.app import MAX_HEAD_BYTES, ZERO_COPY
from themekit.trial.loopback import LoopbackServer

if TYPE_CHECKING:
    from themekit.trial.serving import App, Message, Receive, Send

HEAD_S = 10.0
STALL_S = 30.0
LINGER_S = 2.0
KEEP_ALIVE_S = 15
MOST_AT_ONCE = 4 * 1024 * 1024
"""In one call: the system stops earlier, where the socket's buffer is full."""
GOODBYE_S = 5
_PHRASES = {400: b"Bad Request", 414: b"URI Too Long", 431: b"Request Header Fields Too Large"}


class _Bytes:
    """Stands for that many bytes of a file where h11 counts what is sent."""

    def __init__(self, length: int) -> None:
        self._length = length

    def __len__(self) -> int:
        return self._length


class FileProtocol(H11Protocol):
    """A connection that can send a part of a file without reading it."""

    _deadline: asyncio.TimerHandle | None = None
    _is_over = False
    head_s = HEAD_S
    stall_s = STALL_S

    def __init__(self, *given: Any, **named: Any) -> None:  # noqa: ANN401  # uvicorn's
        """As uvicorn makes it; the application is wrapped."""
        super().__init__(*given, **named)
        self._asked = self.app
        self.app = self._with_files

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request's head."""
        super().connection_made(transport)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Hand it on; a head that has begun has to end in time."""
        if not self._is_over:
            super().data_received(data)
            self._watch()

    def _watch(self) -> None:
        """After data: wait for the end of a head that has begun."""
        if self._is_over:
            return
        if self._is_answering():
            self._stop_waiting()
        elif self._deadline is None and not self.transport.is_closing():
            self._await_head()

    def send_400_response(self, msg: str) -> None:
        """Say which it was: too long a line, too long a head, or no HTTP."""
        error = sys.exc_info()[1]
        status = getattr(error, "error_status_hint", 400)
        if status == 431 and b"\n" not in bytes(self.conn.trailing_data[0][:MAX_HEAD_BYTES]):
            status = 414
        status = status if status in _PHRASES else 400
        body = f"{status}\n".encode()
        self.transport.write(
            b"HTTP/1.1 %d %s\r\ncontent-type: text/plain; charset=utf-8\r\nx-content-type-options: nosniff\r\n"
            b"connection: close\r\ncontent-length: %d\r\n\r\n%s" % (status, _PHRASES[status], len(body), body)
        )
        # Closed at once, what the client still sends would be answered by a reset, which can overtake the answer.
        self._is_over = True
        self._stop_waiting()
        self.transport.write_eof()
        self._deadline = self.loop.call_later(LINGER_S, self.transport.abort)
        del msg

    def _is_answering(self) -> bool:
        cycle: RequestResponseCycle | None = self.cycle  # None before the first request, whatever uvicorn's types say
        return cycle is not None and not cycle.response_complete

    def _await_head(self) -> None:
        self._stop_waiting()
        self._deadline = self.loop.call_later(self.head_s, self._cut)

    def _stop_waiting(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None

    def _cut(self) -> None:
        self._deadline = None
        if not self._is_answering():
            self.transport.abort()

    async def _with_files(self, scope: Message, receive: Receive, send: Send) -> None:
        scope["extensions"] = {ZERO_COPY: {}}
        cycle = self.cycle

        async def send_any(message: Message) -> None:
            if message["type"] != ZERO_COPY:
                await send(message)
            elif not cycle.disconnected:
                # The head and what was written before it are sent by asyncio before the file begins.
                self.conn.send_with_data_passthrough(h11.Data(data=_Bytes(message["count"])))  # type: ignore[arg-type]
                await self._send_file(message)

        with suppress(ConnectionError, TimeoutError):
            await self._asked(scope, receive, send_any)
            return
        self.transport.abort()
        cycle.response_complete = True  # it was broken off, which is no fault of the application

    async def _send_file(self, message: Message) -> None:
        """Hand the part to the system as fast as the client takes it; `message["sent"]` is how far it came.

        asyncio's own `sendfile` does not tell how far it was when its time is over. The socket's second descriptor is
        one that asyncio lets us wait for.
        """
        await self._emptied()
        descriptor = os.dup(self.transport.get_extra_info("socket").fileno())
        offset, left, sent = message["offset"], message["count"], message["sent"]
        try:
            while left:
                try:
                    done = os.sendfile(descriptor, message["file"], offset, min(left, MOST_AT_ONCE))
                except BlockingIOError:
                    await self._writable(descriptor)
                    continue
                if done == 0:
                    raise ConnectionAbortedError("the file became shorter while it was sent")
                offset, left = offset + done, left - done
                sent[0] += done
                await asyncio.sleep(0)  # others have their turn
        finally:
            os.close(descriptor)

    async def _emptied(self) -> None:
        """Return when what was written before is with the system."""
        async with asyncio.timeout(self.stall_s):
            while self.transport.get_write_buffer_size():  # noqa: ASYNC110  # asyncio tells nobody of it
                await asyncio.sleep(0.005)
        if self.transport.is_closing():
            raise ConnectionAbortedError("the client has gone")

    async def _writable(self, descriptor: int) -> None:
        """Return when the client has taken something. Raises TimeoutError."""
        ready: asyncio.Future[None] = self.loop.create_future()
        self.loop.add_writer(descriptor, _resolve, ready)
        try:
            async with asyncio.timeout(self.stall_s):
                await ready
        finally:
            self.loop.remove_writer(descriptor)


def _resolve(ready: asyncio.Future[None]) -> None:
    if not ready.done():
        ready.set_result(None)


def download_server(app: App, *, head_s: float = HEAD_S, stall_s: float = STALL_S) -> LoopbackServer:
    """A server of the application, for sockets that are bound already."""
    protocol = type("Protocol", (FileProtocol,), {"head_s": head_s, "stall_s": stall_s})
    config = uvicorn.Config(
        app,
        loop="asyncio",
        http=protocol,
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=KEEP_ALIVE_S,
        timeout_graceful_shutdown=GOODBYE_S,
        h11_max_incomplete_event_size=MAX_HEAD_BYTES,
        backlog=2048,
    )
    return LoopbackServer(config)
