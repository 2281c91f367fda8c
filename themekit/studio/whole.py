"""All of a preview but its sockets: what is watched, what is made of it, and the apps that answer for it."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from themekit.studio.late import Late, LateApp
from themekit.studio.serving.pages_app import pages_app
from themekit.studio.serving.studio_app import studio_app
from themekit.studio.updating.live import Live
from themekit.studio.updating.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable

    from themekit.build.project import Project
    from themekit.studio.admin.admin import Admin
    from themekit.studio.admin.prometheus import Prometheus
    from themekit.studio.serving.guard import Origins


class Whole:
    """Of one preview. Must be made where the event loop runs."""

    def __init__(self, project: Project, origins: Origins, *, prometheus: Prometheus | None = None) -> None:
        """Begins to watch."""
        self._live = live = Live(project)
        self._watch = Watch(project.root, live.touched)
        live.on_read = self._watch.look_at
        self._is_over = False
        self._admin = Late(partial(self._loaded_admin, partial(_admin, live, origins.studio_port, prometheus)))
        self.studio = studio_app(live, origins, admin=LateApp(self._admin.get))
        self.pages = pages_app(live, origins)

    def stop(self) -> None:
        """Take no more work, end all streams and what runs in threads of its own."""
        self._is_over = True
        self._live.stop()
        if self._admin.made:
            self._admin.made.stop()

    async def close(self) -> None:
        """After `stop`, wait until all has ended."""
        await asyncio.to_thread(self._watch.close)
        if self._admin.made:
            await asyncio.to_thread(self._admin.made.wait)
        await self._live.close()

    async def _loaded_admin(self, make: Callable[[], Admin]) -> Admin:
        admin = await asyncio.to_thread(make)
        if self._is_over:
            admin.stop()
        return admin


def _admin(live: Live, port: int, prometheus: Prometheus | None) -> Admin:
    from themekit.studio.admin.admin import Admin  # noqa: PLC0415  # as much as all else, and few ask for it

    return Admin(live, port, prometheus=prometheus)
