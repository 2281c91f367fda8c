"""Login by a provider as the page asks for it: is there one, where is it, and who has come back from it."""

from __future__ import annotations

import asyncio
import math
import os
from typing import TYPE_CHECKING

from starlette.routing import Route

from themekit.studio.admin.audit_log import Entry
from themekit.studio.admin.door import cookies_of
from themekit.studio.admin.keeping import kept_folder, require_private
from themekit.studio.admin.login_limits import LoginLimits
from themekit.studio.admin.oidc.accounts import NoName
from themekit.studio.admin.oidc.fetching import NoAnswer
from themekit.studio.admin.oidc.id_token import BadToken
from themekit.studio.admin.oidc.login import PENDING_S, Logins, NotAdmitted, Returned, admitted
from themekit.studio.admin.oidc.provider import discovered
from themekit.studio.admin.oidc.settings import SettingsFile
from themekit.studio.admin.refusing import guarded
from themekit.studio.serving.answers import Refused, answer, body_of, text_in
from themekit.studio.serving.guard import RETURN_PATH

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from themekit.studio.admin.door import Door
    from themekit.studio.admin.oidc.login import Pending
    from themekit.studio.admin.oidc.settings import OidcSettings
    from themekit.studio.admin.users import User

PATH = "/api/admin/oidc"
AT_ONCE = 2
"""Logins that talk to the provider at a time: each holds a thread for as long as it does not answer."""
MAX_COOKIES = 8


class OidcApi:
    """The handlers."""

    def __init__(self, door: Door, port: int) -> None:
        """`port` is the Studio's: cookies are shared by all ports of a host."""
        self._door = door
        self._settings = SettingsFile(door.kept)
        self._logins = Logins()
        self._limits = LoginLimits()  # of its own: nobody's password is tried here
        self._cookie = f"themekit-oidc-{port}"
        self._some_at_a_time = asyncio.Semaphore(AT_ONCE)

    def routes(self) -> list[Route]:
        """Below `/api/admin`."""
        return [
            Route("/oidc", self.read),
            Route("/oidc/begin", self.begin, methods=["POST"]),
            Route("/oidc/finish", self.finish, methods=["POST"]),
        ]

    @guarded
    async def read(self, _request: Request) -> Response:
        """What the login form offers beside passwords; empty if there is no provider."""
        settings = self._read()
        return answer({"name": "" if settings is None else settings.shown})

    @guarded
    async def begin(self, request: Request) -> Response:
        """Where the browser is to go."""
        settings, _ = self._ready()
        self._limited(request)
        try:
            async with self._some_at_a_time:
                provider = await asyncio.to_thread(discovered, settings.issuer)
        except NoAnswer as error:
            raise Refused(502, "no-provider", str(error)) from error
        redirect_uri = f"http://{request.headers['host']}{RETURN_PATH}"  # a name of ours: the guard has looked
        url, cookie = self._logins.begin(settings, provider, redirect_uri=redirect_uri)
        response = answer({"url": url})
        response.set_cookie(self._cookie, cookie, max_age=int(PENDING_S), path=PATH, httponly=True, samesite="strict")
        return response

    @guarded
    async def finish(self, request: Request) -> Response:
        """Exchange what the provider sent for a session like any other."""
        body = await body_of(request)
        said = {name: text_in(body, name, default="") for name in ("code", "error", "issuer")}
        returned = Returned(text_in(body, "state"), said["code"], said["error"], said["issuer"], self._cookies(request))
        settings, secret = self._ready()
        try:
            pending = self._logins.take(returned, settings)
            async with self._some_at_a_time:
                user = await asyncio.to_thread(self._admitted, pending, returned.code, settings=settings, secret=secret)
        except NotAdmitted as error:
            raise Refused(403, error.error, str(error)) from error
        except NoName as error:
            raise Refused(403, "no-name", str(error)) from error
        except BadToken as error:
            raise Refused(403, "bad-token", f"what the provider sent is not believed: {error}") from error
        except NoAnswer as error:
            raise Refused(502, "no-provider", str(error)) from error
        self._limits.succeeded("oidc", _address(request))
        response = self._door.opened(request, user)
        response.delete_cookie(self._cookie, path=PATH, httponly=True, samesite="strict")
        return response

    def _admitted(self, pending: Pending, code: str, *, settings: OidcSettings, secret: str) -> User:
        kept_folder(self._door.root)
        log, accounts = self._door.log, self._door.people.accounts

        def note(user: User) -> None:
            log.append(Entry(user.name, "logged-in", reason=", ".join(user.roles)))

        try:
            return admitted(pending, code, settings=settings, secret=secret, accounts=accounts, note=note)
        except NotAdmitted as error:
            if error.name:
                log.append(Entry(error.name, "login-failed", reason="has no role any more"))
            raise

    def _read(self) -> OidcSettings | None:
        require_private(self._door.kept)
        return self._settings.read()

    def _ready(self) -> tuple[OidcSettings, str]:
        settings = self._read()
        if settings is None:
            raise Refused(404, "no-provider", "this project has no login by a provider")
        secret = settings.secret_in(os.environ)
        if secret is None:
            name = settings.secret.removeprefix("env:")
            raise Refused(500, "no-secret", f"the variable `{name}` has no secret: set it and start the preview again")
        return settings, secret

    def _limited(self, request: Request) -> None:
        wait_s = self._limits.begin("oidc", _address(request))
        if wait_s > 0:
            seconds = math.ceil(wait_s)
            raise Refused(429, "too-many-logins", f"wait {seconds} s before the next try", seconds=seconds)

    def _cookies(self, request: Request) -> tuple[str, ...]:
        return tuple(cookies_of(request, self._cookie)[:MAX_COOKIES])


def _address(request: Request) -> str:
    return "" if request.client is None else request.client.host
