"""Tokens of partners: kept as digests, for some brands, for a time; one that is revoked opens nothing any more.

A token is `tk_<id>_<secret>`. Of the secret, which has 256 bits of chance, its SHA-256 is kept: no slow hash is
needed where nothing can be guessed.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING

from themekit.studio.admin.keeping import alone, keep, require_private

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FILE = "download-tokens.json"
LINKS = "download-links.key"
EVERY = "*"
METRICS = "metrics"
MAX_FILE_BYTES = 16 * 1024 * 1024
_TOKEN = re.compile(r"tk_(?P<id>[0-9a-f]{12})_(?P<secret>[A-Za-z0-9_-]{43})")
_MAC = re.compile(r"[0-9a-f]{64}")


class BrokenTokens(Exception):  # noqa: N818  # the state, not a fault
    """The file of tokens cannot be read as one."""


@dataclass(frozen=True, slots=True)
class Token:
    """What is kept of a token. Times are UNIX seconds; `scope` are ids of brands, or `*`, or `metrics`."""

    id: str
    partner: str
    scope: tuple[str, ...]
    sha256: str = field(repr=False)
    created_s: int
    expires_s: int
    revoked_s: int = 0

    def state(self, now_s: float) -> str:
        """`active`, `expired` or `revoked`."""
        if self.revoked_s:
            return "revoked"
        return "active" if now_s < self.expires_s else "expired"

    def may_have(self, brand: str) -> bool:
        """The brand is in its scope."""
        return brand in self.scope or (EVERY in self.scope and brand != METRICS)


class Tokens:
    """The tokens in a folder that is its user's alone; read again whenever the file is another."""

    def __init__(self, folder: Path) -> None:
        """`folder` is there, and private."""
        self._folder = folder
        self._path = folder / FILE
        self._seen: tuple[int, int, int] | None = None
        self._known: dict[str, Token] = {}

    def all(self) -> tuple[Token, ...]:
        """In the order in which they were made. Raises BrokenTokens, NotPrivate."""
        return tuple(self._read().values())

    def add(self, partner: str, scope: Sequence[str], *, now_s: int, expires_s: int) -> tuple[str, Token]:
        """A new token: its text, which is not kept, and what is."""
        secret = secrets.token_urlsafe(32)
        token = Token(secrets.token_hex(6), partner, tuple(scope), _digest(secret), now_s, expires_s)
        with alone(self._folder, "tokens"):
            self._write({**self._read(), token.id: token})
        return f"tk_{token.id}_{secret}", token

    def revoke(self, wanted: str, *, now_s: int) -> tuple[Token, ...]:
        """Revoke the token of this id, or all of this partner; those that were not revoked before."""
        with alone(self._folder, "tokens"):
            known = dict(self._read())
            hit = [token for token in known.values() if wanted in {token.id, token.partner} and not token.revoked_s]
            known |= {token.id: replace(token, revoked_s=now_s) for token in hit}
            if hit:
                self._write(known)
        return tuple(known[token.id] for token in hit)

    def find(self, text: str, *, now_s: float) -> Token | None:
        """The active token that this is the text of; the comparison takes as long for a wrong secret as for a right."""
        match = _TOKEN.fullmatch(text)
        known = self._read().get(match["id"]) if match else None
        given = _digest(match["secret"] if match else text)
        is_it = hmac.compare_digest(given, known.sha256 if known else _digest(""))
        return known if known and is_it and known.state(now_s) == "active" else None

    def link(self, token: Token, path: str, *, expires_s: int) -> str:
        """The part of an address that opens this path until then, for whoever has it, as long as the token is valid."""
        return f"{expires_s}/{token.id}/{self._mac(token.id, path, expires_s)}/{path}"

    def opened(self, link: str, *, now_s: float) -> tuple[Token, str] | None:
        """Whose link this is, and to which path; None if it is none, is over, or its token is."""
        parts = link.split("/", 3)
        if len(parts) != 4 or not re.fullmatch(r"\d{1,12}", parts[0]) or not _MAC.fullmatch(parts[2]):
            return None
        token = self._read().get(parts[1])
        expires_s = int(parts[0])
        is_it = hmac.compare_digest(parts[2], self._mac(parts[1], parts[3], expires_s))
        if token is None or not is_it or now_s >= expires_s or token.state(now_s) != "active":
            return None
        return token, parts[3]

    def _mac(self, token_id: str, path: str, expires_s: int) -> str:
        key = self._folder / LINKS
        if not key.exists():
            with alone(self._folder, "tokens"):
                if not key.exists():
                    keep(key, secrets.token_bytes(32))
        require_private(key)
        return hmac.new(key.read_bytes(), f"{expires_s}\n{token_id}\n{path}".encode(), "sha256").hexdigest()

    def _read(self) -> dict[str, Token]:
        try:
            status = self._path.stat()
        except FileNotFoundError:
            return {}
        seen = (status.st_ino, status.st_mtime_ns, status.st_size)
        if seen != self._seen:
            require_private(self._path)
            if status.st_size > MAX_FILE_BYTES:
                raise BrokenTokens(f"`{FILE}` is larger than {MAX_FILE_BYTES} bytes")
            self._known, self._seen = _tokens_in(self._path.read_bytes()), seen
        return self._known

    def _write(self, known: dict[str, Token]) -> None:
        keep(self._path, json.dumps([asdict(token) for token in known.values()], indent=1).encode() + b"\n")
        self._seen = None


def _tokens_in(content: bytes) -> dict[str, Token]:
    try:
        tokens = [Token(**{**each, "scope": tuple(map(str, each["scope"]))}) for each in json.loads(content)]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise BrokenTokens(f"`{FILE}` is no list of tokens") from error
    return {token.id: token for token in tokens}


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
