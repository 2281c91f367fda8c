"""Who is logged in: random secrets that end by themselves, of which only hashes are held.

A session belongs to one state of its user: another password, other roles or the user's removal end it at once.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from themekit.studio.admin.users import User

TOKEN_BYTES = 32
IDLE_S = 30 * 60.0
ABSOLUTE_S = 8 * 3600.0
MAX_SESSIONS = 1000


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody's. `token` is a second secret that each write must name: a cookie alone can be sent by other pages."""

    name: str
    user_version: str
    token: str
    began_s: float
    used_s: float


class Sessions:
    """All of one process; they end with it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` counts seconds, and never goes back."""
        self._clock = clock
        self._by_hash: dict[str, Session] = {}

    def open(self, user: User, *, former: Iterable[str] = ()) -> tuple[str, Session]:
        """A new secret and its session; those of the secrets `former`, which the caller had before, end."""
        self.close(former)
        self._sweep()
        if len(self._by_hash) >= MAX_SESSIONS:
            oldest = min(self._by_hash, key=lambda each: self._by_hash[each].used_s)
            del self._by_hash[oldest]
        secret = secrets.token_urlsafe(TOKEN_BYTES)
        now_s = self._clock()
        session = Session(user.name, user.version, secrets.token_urlsafe(TOKEN_BYTES), now_s, now_s)
        self._by_hash[_hash(secret)] = session
        return secret, session

    def find(
        self, given: Iterable[str], find_user: Callable[[str], User | None], *, is_use: bool = True
    ) -> tuple[Session, User] | None:
        """The first session that one of these secrets opens and whose user is as they were; it counts as used.

        With `is_use` false it does not: nobody did anything, a page only goes on looking.
        """
        for secret in given:
            key = _hash(secret)
            session = self._by_hash.get(key)
            if session is None:
                continue
            user = None if self._is_over(session) else find_user(session.name)
            if user is None or user.version != session.user_version:
                del self._by_hash[key]
                continue
            if is_use:
                session = replace(session, used_s=self._clock())
                self._by_hash[key] = session
            return session, user
        return None

    def close(self, given: Iterable[str]) -> None:
        """End the sessions of these secrets."""
        for secret in given:
            self._by_hash.pop(_hash(secret), None)

    def _is_over(self, session: Session) -> bool:
        now_s = self._clock()
        return now_s - session.used_s >= IDLE_S or now_s - session.began_s >= ABSOLUTE_S

    def _sweep(self) -> None:
        self._by_hash = {key: each for key, each in self._by_hash.items() if not self._is_over(each)}


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
