"""One HTTP request to a registry: credentials to it alone, answers of bounded size, no secret in a message."""

from __future__ import annotations

import base64
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from http.client import HTTPException
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from http.client import HTTPMessage
    from typing import IO
    from urllib.parse import SplitResult
    from urllib.response import addinfourl

MAX_ANSWER = 256 * 1024 * 1024  # of a package that is compared with ours
MAX_DOCUMENT = 32 * 1024 * 1024  # of what is read as text; npm's largest have 20 MB
MAX_REFUSAL = 64 * 1024
MAX_SAID = 300  # characters of a refusal that are shown
TIMEOUT_S = 60.0  # without a sign of life
TOTAL_S = 600.0  # of one request: a registry that sends a byte now and then would hold us forever
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
        parts = _parts(self.url)
        if parts is None or parts.scheme not in {"http", "https"} or not parts.hostname:
            raise RegistryError("a registry is an address that starts with https:// or http://")
        if parts.username or parts.password:
            raise RegistryError("a registry's address holds no password: give it in the environment")
        if parts.query or parts.fragment:
            raise RegistryError("a registry's address has no `?` and no `#`")
        self._check_credentials()
        is_here = parts.hostname in {"localhost", "127.0.0.1", "::1"}
        if parts.scheme == "http" and not is_here and (self.credentials.token or self.credentials.user):
            raise RegistryError("credentials go to https:// addresses only, or to this machine")

    def _check_credentials(self) -> None:
        """Refuse what no header can say: the message of whoever sends it would show it."""
        known = self.credentials
        if not (known.token.isascii() and known.token.isprintable()) or " " in known.token:
            raise RegistryError("the token holds a space, a line break or a character outside ASCII")
        if not (known.user.isprintable() and known.password.isprintable()):
            raise RegistryError("the user or the password holds a line break or another control character")

    def get(self, path: str, *, accept: str = "*/*", at_most: int = MAX_ANSWER) -> bytes | None:
        """What is there; None if nothing is, or if the registry sends us on to another one. Raises RegistryError."""
        status, content = self.send("GET", path, headers={"Accept": accept}, at_most=at_most)
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
            raise RegistryError(f"{method} {self.url}/{path}: the registry answered {status} {self._shown(answer)}")

    def _shown(self, answer: bytes) -> str:
        """A refusal in one line, without secrets: which are looked for before it is cut, or halves would stay."""
        text = answer.decode("utf-8", "replace")
        if len(answer) >= MAX_REFUSAL:
            text = text[: -max(map(len, ("", *self._secrets())))]
        return " ".join(self.redacted(text).split())[:MAX_SAID]

    def send(
        self,
        method: str,
        path: str,
        *,
        headers: Mapping[str, str],
        content: bytes | None = None,
        at_most: int = MAX_ANSWER,
    ) -> tuple[int, bytes]:
        """The status and the body of an answer, whatever its status. Raises RegistryError if there is none."""
        given = {name: value for name, value in headers.items() if value}
        if "Authorization" not in given and self.credentials.header:
            given["Authorization"] = self.credentials.header
        request = urllib.request.Request(f"{self.url}/{path}", data=content, headers=given, method=method)  # noqa: S310 - the scheme was checked
        outcome: list[tuple[int, bytes] | Exception] = []
        thread = Thread(target=lambda: outcome.append(_exchanged(request, at_most)), daemon=True)
        thread.start()
        thread.join(TOTAL_S)
        found = outcome[0] if outcome else TimeoutError(f"no whole answer within {TOTAL_S:.0f} seconds")
        if isinstance(found, Exception):
            reason = str(getattr(found, "reason", found)) or type(found).__name__
            raise RegistryError(f"{method} {self.url}: {self.redacted(reason)[:MAX_SAID]}")
        return found

    def redacted(self, text: str) -> str:
        """The text without what the registry must not tell on: servers echo what they were sent."""
        for secret in self._secrets():
            text = text.replace(secret, "[redacted]")
        return text

    def _secrets(self) -> tuple[str, ...]:
        known = self.credentials
        basic = known.basic.partition(" ")[2] if known.header else ""
        plain = [secret for secret in (known.token, known.password, basic) if secret]
        return tuple(dict.fromkeys((*plain, *(quote(secret, safe="") for secret in plain))))


def _parts(url: str) -> SplitResult | None:
    """The address taken apart; None if a client would send it as something else, or not at all."""
    try:
        parts = urlsplit(url)
        is_whole = url.isascii() and url.isprintable() and " " not in url and parts.port != 0
    except ValueError:
        return None
    return parts if is_whole else None


def _exchanged(request: urllib.request.Request, at_most: int) -> tuple[int, bytes] | Exception:
    """The status and the body of the answer, or why there is none."""
    try:
        try:
            answer = _OPENER.open(request, timeout=TIMEOUT_S)
        except urllib.error.HTTPError as refusal:
            with refusal:
                return refusal.code, refusal.read(MAX_REFUSAL)
        with answer:
            content = answer.read(at_most + 1)
            if len(content) > at_most:
                return ValueError(f"the answer has more than {at_most:,} bytes")
            return ValueError("the answer ends too early") if answer.length else (int(answer.status), content)
    except (OSError, ValueError, HTTPException) as error:
        return error


class _SameOrigin(urllib.request.HTTPRedirectHandler):
    """Follows redirects of reads within the registry only: elsewhere the credentials would go along."""

    def http_error_302(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage
    ) -> addinfourl | None:
        """As it is; the answer is closed where its address is none."""
        try:
            return super().http_error_302(req, fp, code, msg, headers)
        except ValueError:
            fp.close()
            raise

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        """The request that follows, or None: then the redirect is the answer. What is sent is sent on to nowhere."""
        one, other = urlsplit(req.full_url), urlsplit(newurl)
        if req.get_method() != "GET" or (one.scheme, one.netloc) != (other.scheme, other.netloc):
            return None
        return super().redirect_request(req, fp, code, msg, headers, newurl)


_OPENER = urllib.request.build_opener(_SameOrigin)
