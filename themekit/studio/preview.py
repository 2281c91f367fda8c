"""`themekit preview`: two loopback servers, one kitchen and a watch, in one process."""

from __future__ import annotations

import asyncio
import signal
import socket
import sys
from contextlib import suppress
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from themekit.studio.late import Late, LateApp
from themekit.studio.serving.guard import HOSTS, Origins, PagesGuard, StudioGuard
from themekit.trial.loopback import loopback_server

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.types import ASGIApp

    from themekit.build.project import Project
    from themekit.studio.admin.prometheus import Prometheus
    from themekit.studio.whole import Whole
    from themekit.trial.loopback import LoopbackServer

    Ready = Callable[[Origins], None]

SWITCH_S = 0.0005  # what the kitchen tells is sent while it goes on; by default a thread waits 5 ms for another


class PortTaken(Exception):  # noqa: N818  # the state, not a fault
    """The port cannot be listened on; the message says why."""


def run_preview(project: Project, *, port: int, ready: Ready, prometheus: Prometheus | None = None) -> None:
    """Serve until a signal to end; `ready` is called when both servers answer. Raises PortTaken."""
    asyncio.run(serve_preview(project, port=port, ready=ready, prometheus=prometheus))


async def serve_preview(
    project: Project,
    *,
    port: int,
    ready: Ready,
    over: asyncio.Event | None = None,
    prometheus: Prometheus | None = None,
) -> None:
    """The same in a running loop, until `over` is set. Raises PortTaken."""
    sys.setswitchinterval(SWITCH_S)
    sockets = [_bound(port), _bound(0)]
    origins = Origins(sockets[0].getsockname()[1], sockets[1].getsockname()[1])
    late = Late(partial(_loaded, project, origins, prometheus))
    apps: tuple[ASGIApp, ASGIApp] = (
        StudioGuard(LateApp(partial(_app, late, "studio")), origins),
        PagesGuard(LateApp(partial(_app, late, "pages")), origins),
    )
    servers = [loopback_server(app) for app in apps]
    over = over or asyncio.Event()
    _end_on_signals(over)
    serving = [asyncio.create_task(server.serve(sockets=[own])) for server, own in zip(servers, sockets, strict=True)]
    try:
        await _started(servers, serving)
        ready(origins)
        await late.get()
        await over.wait()
    finally:
        late.cancel()
        if late.made:
            late.made.stop()
        for server in servers:
            server.should_exit = True
        await asyncio.gather(*serving, return_exceptions=True)
        for own in sockets:
            own.close()
        if late.made:
            await late.made.close()


async def _loaded(project: Project, origins: Origins, prometheus: Prometheus | None) -> Whole:
    """What takes a second to load is loaded while the browser starts."""
    whole = await asyncio.to_thread(import_module, "themekit.studio.whole")
    made: Whole = whole.Whole(project, origins, prometheus=prometheus)
    return made


async def _app(late: Late[Whole], name: str) -> ASGIApp:
    app: ASGIApp = getattr(await late.get(), name)
    return app


def _bound(port: int) -> socket.socket:
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # what is accepted has it, too
    try:
        bound.bind((HOSTS[0], port))
        bound.listen(128)
    except OSError as error:
        bound.close()
        raise PortTaken(error.strerror or str(error)) from error
    bound.setblocking(False)
    return bound


def _end_on_signals(over: asyncio.Event) -> None:
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(ValueError, RuntimeError):  # not in the main thread, as in tests
            loop.add_signal_handler(number, over.set)


async def _started(servers: list[LoopbackServer], serving: list[asyncio.Task[None]]) -> None:
    while not all(server.started for server in servers):
        for task in serving:
            if task.done():
                task.result()
        await asyncio.sleep(0.005)
