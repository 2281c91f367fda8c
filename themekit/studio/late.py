"""ASGI apps that are loaded when they are needed: a preview listens before all that it is made of has been read."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.types import Receive, Scope, Send

T = TypeVar("T")


class Late(Generic[T]):
    """What is made once, for the first who asks. Only for the thread of the event loop."""

    def __init__(self, make: Callable[[], Awaitable[T]]) -> None:
        """Makes nothing yet."""
        self._make = make
        self._making: asyncio.Future[T] | None = None

    async def get(self) -> T:
        """It; whoever stops waiting does not stop those that wait beside them. Raises what `make` does, to all."""
        if self._making is None:
            self._making = asyncio.ensure_future(self._make())
        return await asyncio.shield(self._making)

    @property
    def made(self) -> T | None:
        """It, if it is there."""
        making = self._making
        is_there = making is not None and making.done() and not making.cancelled() and making.exception() is None
        return making.result() if making is not None and is_there else None

    def cancel(self) -> None:
        """Whoever waits for it waits in vain."""
        if self._making is not None:
            self._making.cancel()


class LateApp:
    """Stands for an app: requests wait for it."""

    def __init__(self, app: Callable[[], Awaitable[Callable[[Scope, Receive, Send], Awaitable[None]]]]) -> None:
        """`app` gives it."""
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Have the request answered."""
        await (await self._app())(scope, receive, send)
