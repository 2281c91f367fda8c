"""One HTTP request to a registry: credentials to it alone, answers of bounded size, no secret in a message."""

from __future__ import annotations

import base64
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from http.client import HTTPMessage
    from typing import IO

MAX_ANSWER = 256 * 1024 * 1024  # of a package that is compared with ours
TIMEOUT_S = 60.0
_FOUND = range(200, 300)
_ELSEWHERE = range(300, 400)  # to another origin: others are followed
NOT_FOUND = 404


class RegistryError(Exception):
    """A registry that cannot be reached, or refuses what it is asked for."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a registry knows us by: a token, or a user and a password. Never printed."""

    token: str = field(default="", repr=False)
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    @property
    def basic(self) -> str:
        """The header's value for a user; a token is the password of `__token__`, as PyPI has it."""
        user, password = (self.user, self.password) if self.user else ("__token__", self.token)
        return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()

    @property
    def header(self) -> str:
        """The header's value: a token as a bearer, else the user; "" for none."""
        if self.token:
            return f"Bearer {self.token}"
        return self.basic if self.user else ""


@dataclass(frozen=True, slots=True)
class Registry:
    """A registry's address, without a slash at its end."""

    url: str
    credentials: Credentials = field(default_factory=Credentials)

    def __post_init__(self) -> None:
        """Refuse an address that says a password, or that would send one in the clear beyond this machine."""
        parts = urlsplit(self.url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise RegistryError("a registry is an address that starts with https:// or http://")
        if parts.username or parts.password:
            raise RegistryError("a registry's address holds no password: give it in the environment")
        is_here = parts.hostname in {"localhost", "127.0.0.1", "::1"}
        if parts.scheme == "http" and not is_here and (self.credentials.token or self.credentials.user):
            raise RegistryError("credentials go to https:// addresses only, or to this machine")

    def get(self, path: str, *, accept: str = "*/*") -> bytes | None:
        """What is there; None if nothing is, or if the registry sends us on to another one. Raises RegistryError."""
        status, content = self.send("GET", path, headers={"Accept": accept})
        if status == NOT_FOUND or status in _ELSEWHERE:
            return None
        if status not in _FOUND:
            raise RegistryError(f"GET {self.url}/{path}: the registry answered {status}")
        return content

    def put(self, path: str, content: bytes, *, media_type: str, method: str = "PUT", auth: str = "") -> None:
        """Send it there. Raises RegistryError with what the registry says."""
        headers = {"Content-Type": media_type, "Authorization": auth or self.credentials.header}
        status, answer = self.send(method, path, content=content, headers=headers)
        if status not in _FOUND:
            said = " ".join(answer[:300].decode("utf-8", "replace").split())
            raise RegistryError(f"{method} {self.url}/{path}: the registry answered {status} {self.redacted(said)}")

    def send(
        self, method: str, path: str, *, headers: Mapping[str, str], content: bytes | None = None
    ) -> tuple[int, bytes]:
        """The status and the body of an answer, whatever its status. Raises RegistryError if there is none."""
        given = {name: value for name, value in headers.items() if value}
        if "Authorization" not in given and self.credentials.header:
            given["Authorization"] = self.credentials.header
        request = urllib.request.Request(f"{self.url}/{path}", data=content, headers=given, method=method)  # noqa: S310 - the scheme was checked
        try:
            with _OPENER.open(request, timeout=TIMEOUT_S) as answer:
                return int(answer.status), answer.read(MAX_ANSWER)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read(64 * 1024)
        except (OSError, ValueError) as error:
            reason = getattr(error, "reason", error)
            raise RegistryError(f"{method} {self.url}: {self.redacted(str(reason))}") from None

    def redacted(self, text: str) -> str:
        """The text without what the registry must not tell on: servers echo what they were sent."""
        known = self.credentials
        for secret in (known.token, known.password, known.basic.partition(" ")[2] if known.header else ""):
            if secret:
                text = text.replace(secret, "[redacted]")
        return text


class _SameOrigin(urllib.request.HTTPRedirectHandler):
    """Follows redirects of reads within the registry only: elsewhere the credentials would go along."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        """The request that follows, or None: then the redirect is the answer."""
        one, other = urlsplit(req.full_url), urlsplit(newurl)
        if (one.scheme, one.netloc) != (other.scheme, other.netloc):
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)


_OPENER = urllib.request.build_opener(_SameOrigin)
