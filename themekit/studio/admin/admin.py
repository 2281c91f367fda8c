"""The admin's part of the Studio, put together: the door, and what is behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Router

from themekit.studio.admin.api_policies import PolicyApi
from themekit.studio.admin.api_usage import UsageApi
from themekit.studio.admin.compiling import Compiler
from themekit.studio.admin.door import Door
from themekit.studio.admin.oidc.api import OidcApi
from themekit.studio.admin.usage import Usage
from themekit.studio.serving.answers import NOTHING_ELSE

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

    from themekit.studio.admin.prometheus import Prometheus
    from themekit.studio.admin.trials import Trials
    from themekit.studio.updating.live import Live

END_S = 10.0


class Admin:
    """Of one preview."""

    def __init__(
        self,
        live: Live,
        port: int,
        *,
        door: Door | None = None,
        trials: Trials | None = None,
        usage: Usage | None = None,
        prometheus: Prometheus | None = None,
    ) -> None:
        """`port` is the Studio's. Nothing is read or made yet; tests exchange what talks to Envoy."""
        root = live.project.root
        self.door = door or Door(root, port)
        self.oidc = OidcApi(self.door, port)
        self.policies = PolicyApi(live, self.door, trials=trials)
        self.usage = UsageApi(live, self.door, usage or Usage(root, Compiler(root), prometheus=prometheus))

        parts = (self.door, self.oidc, self.policies, self.usage)
        self._router = Router([*(route for part in parts for route in part.routes()), NOTHING_ELSE])

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what is asked below `/api/admin`."""
        await self._router(scope, receive, send)

    def stop(self) -> None:
        """Tell what runs in threads of its own to end."""
        self.policies.trials.stop()
        self.usage.end()

    def wait(self) -> None:
        """Until it has ended, and with it what it started."""
        self.policies.trials.wait(END_S)
        self.usage.usage.wait(END_S)
