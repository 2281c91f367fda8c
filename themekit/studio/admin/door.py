"""Who asks the admin's API: login, logout, and who is behind a request. The Studio's guard has looked at it before.

The guard lets in only the Studio's own page; here a person logs in. A write also names the session's token in a header
of its own, which no form and no other page can send.
"""

from __future__ import annotations

import asyncio
import hmac
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.routing import Route

from themekit.studio.admin.audit_log import AuditLog, Entry
from themekit.studio.admin.keeping import FOLDER, kept_folder, require_private
from themekit.studio.admin.login_limits import LoginLimits
from themekit.studio.admin.oidc.accounts import Accounts
from themekit.studio.admin.people import People
from themekit.studio.admin.refusing import guarded
from themekit.studio.admin.sessions import IDLE_S, Session, Sessions
from themekit.studio.admin.users import Role, User, Users
from themekit.studio.serving.answers import Refused, answer, body_of, text_in

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.requests import Request
    from starlette.responses import Response

PATH = "/api/admin"
TOKEN_HEADER = "x-themekit-token"  # noqa: S105  # its name
ADD_USER = "themekit gateway admin user add NAME --role author"


@dataclass(frozen=True, slots=True)
class Actor:
    """The user behind a request."""

    user: User
    session: Session


class Door:
    """Login of one project."""

    def __init__(self, root: Path, port: int, *, users: Users | None = None, sessions: Sessions | None = None) -> None:
        """`port` is the Studio's: cookies are shared by all ports of a host."""
        self.root = root
        self.kept = root / FOLDER
        self.users = users or Users(self.kept)
        self.people = People(self.users, Accounts(self.kept))
        self.log = AuditLog(self.kept)
        self.sessions = sessions or Sessions()
        self.limits = LoginLimits()
        self._cookie = f"themekit-admin-{port}"
        self._one_at_a_time = asyncio.Lock()  # each check takes memory on purpose

    def routes(self) -> list[Route]:
        """Below `/api/admin`."""
        return [
            Route("/session", self.session),
            Route("/login", self.login, methods=["POST"]),
            Route("/logout", self.logout, methods=["POST"]),
        ]

    @guarded
    async def session(self, request: Request) -> Response:
        """Who is logged in."""
        return answer(_about(self.actor(request)))

    @guarded
    async def login(self, request: Request) -> Response:
        """Exchange a name and a password for a session. Whatever is wrong, the answer is the same."""
        body = await body_of(request)
        name, password = text_in(body, "name"), text_in(body, "password")
        address = "" if request.client is None else request.client.host
        wait_s = self.limits.begin(name, address)
        if wait_s > 0:
            seconds = math.ceil(wait_s)
            raise Refused(429, "too-many-logins", f"wait {seconds} s before the next try", seconds=seconds)
        async with self._one_at_a_time:
            user = await asyncio.to_thread(self._checked, name, password)
        if user is None:
            raise Refused(401, "wrong-login", "name or password is wrong")
        self.limits.succeeded(name, address)
        return self.opened(request, user)

    def opened(self, request: Request, user: User) -> Response:
        """A session for somebody who has just shown who they are, in place of the one they had."""
        secret, session = self.sessions.open(user, former=self._given(request))
        response = answer(_about(Actor(user, session)))
        response.set_cookie(self._cookie, secret, path=PATH, httponly=True, samesite="strict")
        return response

    @guarded
    async def logout(self, request: Request) -> Response:
        """End the session."""
        actor = self.writer(request)
        self.sessions.close(self._given(request))
        await asyncio.to_thread(self.log.append, Entry(actor.user.name, "logged-out"))
        response = answer({})
        response.delete_cookie(self._cookie, path=PATH, httponly=True, samesite="strict")
        return response

    def actor(self, request: Request, *roles: Role) -> Actor:
        """Who asks; with roles, only somebody with one of these."""
        require_private(self.kept)
        found = self.sessions.find(self._given(request), self.people.find)
        if found is None:
            has_users = self.people.are_any()
            message = "log in first" if has_users else f"there is no user yet; type: {ADD_USER}"
            raise Refused(401, "login-needed", message, hasUsers=has_users)
        session, user = found
        if roles and not set(roles) & set(user.roles):
            wanted = " or ".join(roles)
            raise Refused(403, "wrong-role", f"this is for the role {wanted}; yours: {', '.join(user.roles)}")
        return Actor(user, session)

    def is_in(self, request: Request) -> bool:
        """There is a session still; to look for it is no use of it."""
        return self.sessions.find(self._given(request), self.people.find, is_use=False) is not None

    def writer(self, request: Request, *roles: Role) -> Actor:
        """The same for a request that changes something."""
        actor = self.actor(request, *roles)
        given = request.headers.get(TOKEN_HEADER, "")
        if not hmac.compare_digest(given.encode(), actor.session.token.encode()):
            raise Refused(403, "no-token", f"a write names the session's token in `{TOKEN_HEADER}`")
        return actor

    def _checked(self, name: str, password: str) -> User | None:
        require_private(self.kept)
        user = self.users.check(name, password)
        if user is None:
            if self.users.find(name):  # a name that nobody has may be a password in the wrong field
                self.log.append(Entry(name, "login-failed"))
            return None
        kept_folder(self.root)
        self.log.append(Entry(user.name, "logged-in"))
        return user

    def _given(self, request: Request) -> list[str]:
        return cookies_of(request, self._cookie)


def cookies_of(request: Request, name: str) -> list[str]:
    """The values of all cookies of a name: another page on this host may set more of them, with other paths."""
    pairs = (pair.strip().partition("=") for line in request.headers.getlist("cookie") for pair in line.split(";"))
    return [value for found, _, value in pairs if found == name]


def _about(actor: Actor) -> dict[str, object]:
    return {
        "name": actor.user.name,
        "roles": list(actor.user.roles),
        "token": actor.session.token,
        "idleSeconds": IDLE_S,
    }
