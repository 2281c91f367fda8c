"""A login by a provider, from the address where the browser is sent to the user who comes back.

Authorization code flow with PKCE. Each login has a state, a nonce and a verifier of its own, and belongs to the browser
that began it by a cookie; it can be finished once, in ten minutes, by this process.

Sources: OpenID Connect Core 1.0 (3.1.2), RFC 7636, RFC 9207, RFC 9700 (2.1, 4.7).
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from themekit.studio.admin.oidc.id_token import Expected, values_of, verified
from themekit.studio.admin.oidc.provider import error_word, exchanged, keys_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from themekit.studio.admin.oidc.accounts import Accounts
    from themekit.studio.admin.oidc.provider import Provider
    from themekit.studio.admin.oidc.settings import OidcSettings
    from themekit.studio.admin.users import User

BYTES = 32
PENDING_S = 600.0
MAX_PENDING = 1000
MAX_CODE = 4096


class NotAdmitted(ValueError):  # noqa: N818  # an answer, not a fault
    """Somebody came back and is not let in; the message says why, `error` is a word for programs."""

    def __init__(self, error: str, message: str, *, name: str = "") -> None:
        """Nothing of what the browser or the provider sent stands in the message; `name` is whose roles ended by it."""
        super().__init__(message)
        self.error = error
        self.name = name


@dataclass(frozen=True, slots=True, repr=False)
class Pending:
    """A login on its way. `browser` is the hash of the cookie of who began it."""

    provider: Provider
    settings: str
    redirect_uri: str
    nonce: str
    verifier: str
    browser: str
    began_s: float


@dataclass(frozen=True, slots=True, repr=False)
class Returned:
    """What the browser brings back. `error` and `issuer` may be empty, `cookies` are all of the right name."""

    state: str
    code: str
    error: str
    issuer: str
    cookies: tuple[str, ...]


class Logins:
    """Those on their way, of one process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` counts seconds, and never goes back."""
        self._clock = clock
        self._by_state: dict[str, Pending] = {}

    def begin(self, settings: OidcSettings, provider: Provider, *, redirect_uri: str) -> tuple[str, str]:
        """Where to send the browser, and the cookie that it keeps meanwhile."""
        state, nonce, verifier, cookie = (secrets.token_urlsafe(BYTES) for _ in range(4))
        while len(self._by_state) >= MAX_PENDING:
            del self._by_state[next(iter(self._by_state))]  # the oldest
        self._by_state[_hash(state)] = Pending(
            provider, settings.digest, redirect_uri, nonce, verifier, _hash(cookie), self._clock()
        )
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        query = urlencode(
            {
                "response_type": "code",
                "client_id": settings.client_id,
                "redirect_uri": redirect_uri,
                "scope": " ".join(settings.scopes),
                "state": state,
                "nonce": nonce,
                "code_challenge": challenge,
                "code_challenge_method": "S256",
            }
        )
        address = provider.authorization_endpoint
        return f"{address}{'&' if '?' in address else '?'}{query}", cookie

    def take(self, returned: Returned, settings: OidcSettings) -> Pending:
        """The login that this ends; it cannot be ended again, whether this is good or not. Raises NotAdmitted."""
        pending = self._by_state.pop(_hash(returned.state), None)
        if pending is None or pending.browser not in map(_hash, returned.cookies):
            raise NotAdmitted("unknown-login", "this login was not begun in this browser, or was ended before")
        if self._clock() - pending.began_s >= PENDING_S:
            raise NotAdmitted("login-expired", "this login took too long: begin again")
        if pending.settings != settings.digest:
            raise NotAdmitted("unknown-login", "the provider's settings were changed meanwhile: begin again")
        is_theirs = returned.issuer == pending.provider.issuer
        if not is_theirs and (returned.issuer or pending.provider.names_itself):
            raise NotAdmitted("wrong-issuer", "another provider than the one that was asked has answered")
        if returned.error:
            raise NotAdmitted("provider-refused", f"the provider did not log in: {error_word(returned.error)}")
        if not 1 <= len(returned.code) <= MAX_CODE:
            raise NotAdmitted("provider-refused", "the provider has sent no code")
        return pending


def admitted(
    pending: Pending,
    code: str,
    *,
    settings: OidcSettings,
    secret: str,
    accounts: Accounts,
    note: Callable[[User], object],
) -> User:
    """Who has come back with a code; it talks to the provider. `note` writes it down before it counts.

    Raises NoAnswer, BadToken, NotAdmitted, NoName.
    """
    token = exchanged(
        pending.provider,
        code,
        redirect_uri=pending.redirect_uri,
        verifier=pending.verifier,
        client_id=settings.client_id,
        client_secret=secret,
    )
    expected = Expected(settings.issuer, settings.client_id, pending.nonce, time.time())
    claims = verified(token, keys_of(pending.provider), expected=expected)
    subject, preferred = str(claims["sub"]), claims.get("preferred_username")
    roles = settings.granted(values_of(claims, settings.claim))
    if not roles:
        former = accounts.dismiss(subject)  # sessions and approvals of before end with the roles
        raise NotAdmitted("no-role", "your account has no role here: ask who keeps this project", name=former)
    shown = preferred if isinstance(preferred, str) else ""
    return accounts.admit(settings, subject, preferred=shown, roles=roles, note=note)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
