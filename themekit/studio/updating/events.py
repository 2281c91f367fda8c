"""Who listens, and server-sent events: what is told to one subscriber, told to all, as JSON in `data:` lines.

Source: HTML, "Server-sent events".
"""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping

Event = dict[str, object]

MAX_WAITING = 256  # events; whoever is so far behind connects anew and learns how things stand
HEARTBEAT_S = 15.0  # so that a connection whose reader is gone is noticed
RETRY = b"retry: 300\n\n"  # ms until a browser connects again


class Subscription:
    """One listener's queue. Iterate over it for events; it ends when the preview does."""

    def __init__(self) -> None:
        """Nothing waits yet."""
        self._queue: asyncio.Queue[tuple[Event, bytes] | None] = asyncio.Queue()
        self.is_over = False

    def put(self, event: Event, encoded: bytes) -> None:
        """Let the listener know, or give it up if it does not listen."""
        if self._queue.qsize() >= MAX_WAITING:
            self.end()
        elif not self.is_over:
            self._queue.put_nowait((event, encoded))

    def end(self) -> None:
        """Nothing more will come."""
        if not self.is_over:
            self.is_over = True
            self._queue.put_nowait(None)

    async def get(self) -> tuple[Event, bytes] | None:
        """The next event, with its bytes; None at the end."""
        return await self._queue.get()


class Events:
    """The subscribers. Only for the thread of the event loop."""

    def __init__(self) -> None:
        """Nobody listens yet."""
        self._subscriptions: set[Subscription] = set()
        self._is_over = False

    def subscribe(self) -> Subscription:
        """A new listener, who is told all that is sent from now on."""
        subscription = Subscription()
        if self._is_over:
            subscription.end()
        else:
            self._subscriptions.add(subscription)
        return subscription

    def leave(self, subscription: Subscription) -> None:
        """Forget a listener."""
        self._subscriptions.discard(subscription)
        subscription.end()

    def send(self, event: Event) -> None:
        """Tell everybody."""
        encoded = encode_event(event)
        for subscription in tuple(self._subscriptions):
            subscription.put(event, encoded)
            if subscription.is_over:
                self._subscriptions.discard(subscription)

    def end(self) -> None:
        """Let all streams end."""
        self._is_over = True
        for subscription in tuple(self._subscriptions):
            self.leave(subscription)

    async def stream(
        self, first: Callable[[], Mapping[str, object]], *, kinds: frozenset[str] | None = None
    ) -> AsyncIterator[bytes]:
        """The bytes of a stream: `first`, as it is when the stream begins, then what is sent, of these `kinds` only."""
        subscription = self.subscribe()
        try:
            yield RETRY + encode_event(dict(first()))
            while True:
                found: tuple[Event, bytes] | None = None
                is_late = True
                with suppress(TimeoutError):
                    async with asyncio.timeout(HEARTBEAT_S):
                        found = await subscription.get()
                        is_late = False
                if is_late:
                    yield b":\n\n"
                elif found is None:
                    return
                elif kinds is None or found[0]["kind"] in kinds:
                    yield found[1]
        finally:
            self.leave(subscription)


def encode_event(event: Event) -> bytes:
    """One event as it goes over the wire. JSON has no line breaks outside strings, and escapes those in them."""
    return f"data: {json.dumps(event, ensure_ascii=False, separators=(',', ':'))}\n\n".encode()
