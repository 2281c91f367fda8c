"""Credentials: which an operation takes, and where they go."""

from __future__ import annotations

import base64
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Union
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

from ..errors import MissingCredentialsError
from .messages import BytesBody, HttpRequest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .headers import Headers


@dataclass(frozen=True)
class Token:
    """A scheme that sends the option `option` in the header Authorization."""

    option: str
    scheme: str = "Bearer"


@dataclass(frozen=True)
class ApiKey:
    """A scheme that sends an option in a header, the query or a cookie."""

    option: str
    place: Literal["header", "query", "cookie"]
    wire: str


@dataclass(frozen=True)
class Basic:
    """A user name and a password."""


@dataclass(frozen=True)
class ClientCredentials:
    """A token for the client itself. A URL that starts with `/` is below the base URL.

    Source: RFC 6749, section 4.4.
    """

    token_url: str


@dataclass(frozen=True)
class Certificate:
    """A certificate of the client, which the transport has."""


Scheme = Union[Token, ApiKey, Basic, ClientCredentials, Certificate]

_OWN_TOKEN = Token("access_token")


@dataclass
class FetchedToken:
    """An access token and until when it is used."""

    value: str = field(repr=False)
    expires: float | None

    @property
    def is_fresh(self) -> bool:
        """It will be valid for a while."""
        return self.expires is None or time.monotonic() < self.expires


@dataclass
class Credentials:
    """What the client was given, by option, and the scopes to ask for."""

    options: dict[str, str] = field(repr=False)
    scopes: Sequence[str] = ()

    def has(self, scheme: Scheme) -> bool:
        """All that the scheme needs is here."""
        if isinstance(scheme, (Token, ApiKey)):
            return scheme.option in self.options
        if isinstance(scheme, Basic):
            return "username" in self.options
        if isinstance(scheme, ClientCredentials):
            return (
                _OWN_TOKEN.option in self.options
                or {"client_id", "client_secret"} <= self.options.keys()
            )
        return True


def chosen(
    security: Sequence[Sequence[str]],
    schemes: Mapping[str, Scheme],
    credentials: Credentials,
) -> list[tuple[str, Scheme]]:
    """The schemes of the first alternative whose credentials are all here.

    Raises MissingCredentialsError if there is none.
    """
    if not security:
        return []
    for names in security:
        found = [(name, schemes[name]) for name in names if name in schemes]
        if len(found) == len(names) and all(
            credentials.has(scheme) for _, scheme in found
        ):
            return [(name, _used(scheme, credentials)) for name, scheme in found]
    wanted = " or ".join(
        " and ".join(_option(schemes[name]) for name in names if name in schemes)
        for names in security
        if names
    )
    raise MissingCredentialsError(f"the client has no credentials: give {wanted}")


def _used(scheme: Scheme, credentials: Credentials) -> Scheme:
    """The scheme, or the token that the program has: then none is fetched."""
    has_own = _OWN_TOKEN.option in credentials.options
    return _OWN_TOKEN if has_own and isinstance(scheme, ClientCredentials) else scheme


def _option(scheme: Scheme) -> str:
    if isinstance(scheme, (Token, ApiKey)):
        return f"`{scheme.option}`"
    if isinstance(scheme, Basic):
        return "`username` and `password`"
    if isinstance(scheme, ClientCredentials):
        return "`client_id` and `client_secret`"
    return "a transport with a certificate"


def authorize(
    request: HttpRequest,
    scheme: Scheme,
    credentials: Credentials,
    token: FetchedToken | None,
) -> list[str]:
    """Put a scheme's credentials into the request; the names of the headers used."""
    options = credentials.options
    if isinstance(scheme, Token):
        return _authorization(request.headers, scheme.scheme, options[scheme.option])
    if isinstance(scheme, Basic):
        pair = f"{options['username']}:{options.get('password', '')}".encode()
        return _authorization(
            request.headers, "Basic", base64.b64encode(pair).decode("ascii")
        )
    if isinstance(scheme, ClientCredentials):
        return _authorization(
            request.headers, "Bearer", token.value if token is not None else ""
        )
    if isinstance(scheme, ApiKey):
        return _api_key(request, scheme, options[scheme.option])
    return []


def _authorization(headers: Headers, scheme: str, value: str) -> list[str]:
    headers["Authorization"] = f"{scheme} {value}" if scheme else value
    return ["Authorization"]


def _api_key(request: HttpRequest, scheme: ApiKey, value: str) -> list[str]:
    if scheme.place == "header":
        request.headers[scheme.wire] = value
        return [scheme.wire]
    if scheme.place == "cookie":
        pair = f"{scheme.wire}={quote(value, safe='')}"
        others = request.headers.get("Cookie")
        request.headers["Cookie"] = f"{others}; {pair}" if others else pair
        return ["Cookie"]
    parts = urlsplit(request.url)
    pair = urlencode({scheme.wire: value})
    query = f"{parts.query}&{pair}" if parts.query else pair
    request.url = urlunsplit(parts._replace(query=query))
    return []


def token_request(url: str, credentials: Credentials) -> HttpRequest:
    """The request for an access token."""
    form = {
        "grant_type": "client_credentials",
        "client_id": credentials.options["client_id"],
        "client_secret": credentials.options["client_secret"],
    }
    if credentials.scopes:
        form["scope"] = " ".join(credentials.scopes)
    request = HttpRequest("POST", url, body=BytesBody(urlencode(form).encode("ascii")))
    request.headers["Content-Type"] = "application/x-www-form-urlencoded"
    request.headers["Accept"] = "application/json"
    return request


def fetched_token(members: object) -> FetchedToken | None:
    """The token in an answer; it is used until shortly before it expires."""
    if not isinstance(members, dict):
        return None
    value, lifetime = members.get("access_token"), members.get("expires_in")
    if not isinstance(value, str) or not value:
        return None
    if isinstance(lifetime, str) and lifetime.isdecimal():
        lifetime = int(lifetime)
    if isinstance(lifetime, bool) or not isinstance(lifetime, (int, float)):
        return FetchedToken(value, None)
    early = min(60.0, lifetime / 10)
    return FetchedToken(value, time.monotonic() + lifetime - early)
