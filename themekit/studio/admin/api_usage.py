"""The admin's API on the gateway that runs on this machine: start, stop, and a stream of what comes through it."""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from starlette.responses import StreamingResponse
from starlette.routing import Route

from themekit.studio.admin.audit_log import Entry
from themekit.studio.admin.refusing import guarded
from themekit.studio.admin.usage import TICK_S, Usage
from themekit.studio.admin.users import Role
from themekit.studio.serving.answers import Refused, answer, brand_id_of, no_brand

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request
    from starlette.responses import Response

    from themekit.studio.admin.counting import Tick
    from themekit.studio.admin.door import Door
    from themekit.studio.updating.live import Live

STREAM_HEADERS = {"cache-control": "no-store", "x-accel-buffering": "no"}


class UsageApi:
    """The handlers."""

    def __init__(self, live: Live, door: Door, usage: Usage) -> None:
        """Nothing runs yet."""
        self._live = live
        self._door = door
        self.usage = usage
        self._is_over = False

    def routes(self) -> list[Route]:
        """Below `/api/admin`."""
        return [
            Route("/usage", self.read),
            Route("/usage/stream", self.stream),
            Route("/usage/stop", self.stop, methods=["POST"]),
            Route("/usage/start/{brand_id}", self.start, methods=["POST"]),
        ]

    def end(self) -> None:
        """The preview ends: so do streams, and the gateway."""
        self._is_over = True
        self.usage.stop()

    @guarded
    async def read(self, request: Request) -> Response:
        """The gateway's state, and the last minutes."""
        self._door.actor(request)
        return answer({**self._state(), "ticks": [_shown(each) for each in tuple(self.usage.ticks)]})

    @guarded
    async def start(self, request: Request) -> Response:
        """Run the published policy of a brand."""
        actor = self._door.writer(request, *Role)
        brand_id = brand_id_of(request)
        if brand_id not in await self._live.brands():
            raise no_brand(brand_id)
        saved = await asyncio.to_thread(self.usage.saved, brand_id)
        await asyncio.to_thread(self._door.log.append, Entry(actor.user.name, "gateway-started", brand_id))
        why = self.usage.start(brand_id, saved)
        if why:
            raise Refused(409, "cannot-run", why)
        return answer(self._state(), 202)

    @guarded
    async def stop(self, request: Request) -> Response:
        """End it."""
        actor = self._door.writer(request, *Role)
        brand_id = self.usage.shown.brand
        await asyncio.to_thread(self._door.log.append, Entry(actor.user.name, "gateway-stopped", brand_id))
        self.usage.stop()
        await asyncio.to_thread(self.usage.wait, 15.0)
        return answer(self._state())

    @guarded
    async def stream(self, request: Request) -> Response:
        """Server-sent events, one a second: the state with the ticks since the one before, while the session lasts."""
        self._door.actor(request)
        return StreamingResponse(self._events(request), media_type="text/event-stream", headers=STREAM_HEADERS)

    async def _events(self, request: Request) -> AsyncIterator[bytes]:
        latest_s = 0.0
        while not self._is_over and self._door.is_in(request):
            ticks = [each for each in tuple(self.usage.ticks) if each.time_s > latest_s]
            latest_s = ticks[-1].time_s if ticks else latest_s
            event = {**self._state(), "ticks": [_shown(each) for each in ticks]}
            yield f"data: {json.dumps(event)}\n\n".encode()
            await asyncio.sleep(TICK_S)

    def _state(self) -> dict[str, object]:
        shown = self.usage.shown
        return {
            "brand": shown.brand,
            "isRunning": shown.is_running,
            "url": shown.url,
            "host": shown.host,
            "digest": shown.digest,
            "error": shown.error,
            "tokens": [{"issuer": issuer, "token": token} for issuer, token in shown.tokens],
            "consumers": [
                {"name": name, "requests": count, "refused": refused} for name, count, refused in self.usage.top
            ]
            if shown.has_consumers
            else None,
        }


def _shown(tick: Tick) -> dict[str, object]:
    return {
        **asdict(tick),
        "statuses": dict(tick.statuses),
        "refusals": dict(tick.refusals),
        "quantiles_ms": {str(name): value for name, value in tick.quantiles_ms},
    }
