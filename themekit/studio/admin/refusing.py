"""What is in the way of a request as an answer: a word for programs, a sentence for people, and nothing was changed."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, TypeVar

from themekit.build.files import OutputError
from themekit.build.lock import OutputLocked
from themekit.engine import UnreadableInput
from themekit.studio.admin.audit_log import AuditBroken
from themekit.studio.admin.keeping import NotPrivate
from themekit.studio.admin.oidc.accounts import BrokenAccounts
from themekit.studio.admin.oidc.settings import BrokenSettings
from themekit.studio.admin.release import BrokenState
from themekit.studio.admin.releases import NotDone
from themekit.studio.admin.users import BrokenUsers
from themekit.studio.serving.answers import Refused

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.responses import Response

Api = TypeVar("Api")
STALE = 412
BROKEN = (
    NotPrivate,
    BrokenUsers,
    BrokenAccounts,
    BrokenSettings,
    BrokenState,
    AuditBroken,
    OutputError,
    UnreadableInput,
)


def guarded(
    handler: Callable[[Api, Request], Awaitable[Response]],
) -> Callable[[Api, Request], Awaitable[Response]]:
    """A handler whose exceptions are answers."""

    @wraps(handler)
    async def answered(api: Api, request: Request) -> Response:
        try:
            return await handler(api, request)
        except NotDone as error:
            found = [{"error": each.error, "message": each.message} for each in error.obstacles]
            status = STALE if error.is_stale else 409
            raise Refused(status, error.obstacles[0].error, str(error), obstacles=found) from error
        except OutputLocked as error:
            raise Refused(503, "locked", f"{error}; try again") from error
        except BROKEN as error:
            raise Refused(500, "cannot-go-on", str(error)) from error

    return answered
