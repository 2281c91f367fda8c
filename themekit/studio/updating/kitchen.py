"""The one thread that owns the engine: work is handed in as functions, and what is urgent goes first."""

from __future__ import annotations

import asyncio
import itertools
import threading
from concurrent.futures import Future
from enum import IntEnum
from queue import PriorityQueue
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from themekit.engine import Engine

T = TypeVar("T")


class Rank(IntEnum):
    """Who waits: a reader for a repaint, a browser for a file, nobody."""

    URGENT = 0
    ASKED = 1
    CALM = 2


class KitchenClosed(RuntimeError):  # noqa: N818  # the state, not a fault
    """Work was handed in, or still waited, when the preview ended."""


class Kitchen:
    """Runs one piece of work at a time. Nothing is interrupted, so what is not urgent comes in small pieces."""

    def __init__(self, engine: Engine) -> None:
        """From now on nobody else may use the engine."""
        self._engine = engine
        self._orders: PriorityQueue[tuple[int, int, Callable[[], None] | None]] = PriorityQueue()
        self._numbers = itertools.count()
        self._waiting: set[Future[object]] = set()
        self._thread = threading.Thread(target=self._cook, name="kitchen", daemon=True)
        self.is_closed = False
        self._thread.start()

    async def do(self, work: Callable[[Engine], T], *, rank: Rank = Rank.ASKED) -> T:
        """The work's result, or its exception."""
        if self.is_closed:
            raise KitchenClosed
        done: Future[T] = Future()

        def order() -> None:
            if not done.set_running_or_notify_cancel():
                return
            try:
                done.set_result(work(self._engine))
            except BaseException as error:  # noqa: BLE001  # it is raised where the work was asked for
                done.set_exception(error)

        waiting: Future[object] = done  # type: ignore[assignment]  # of whatever
        self._waiting.add(waiting)
        try:
            self._orders.put((rank, next(self._numbers), order))
            return await asyncio.wrap_future(done)
        except asyncio.CancelledError:
            if self.is_closed:
                raise KitchenClosed from None
            raise
        finally:
            self._waiting.discard(waiting)

    def stop(self) -> None:
        """Take no more work; what waits is given up."""
        self.is_closed = True
        for each in tuple(self._waiting):
            each.cancel()

    def close(self) -> None:
        """The same, and end the thread after the work at hand."""
        self.stop()
        self._orders.put((-1, -1, None))
        self._thread.join()

    def _cook(self) -> None:
        while True:
            order = self._orders.get()[2]
            if order is None:
                return
            order()
