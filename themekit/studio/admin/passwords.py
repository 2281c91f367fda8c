"""Passwords as they are kept: never themselves, but what a slow function makes of each with a salt of its own.

Sources: RFC 7914 (scrypt); OWASP Password Storage Cheat Sheet (32 MiB three times); NIST SP 800-63B (length, NFKC).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import unicodedata
from dataclasses import dataclass

MIN_CHARACTERS = 12
MAX_CHARACTERS = 256
SALT_BYTES = 16
HASH_BYTES = 32
MAX_MEMORY_BYTES = 256 << 20  # no file may make us take more


class WeakPassword(ValueError):  # noqa: N818  # an answer, not a fault
    """Too short or too long; the message says what is wanted."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Parameters of scrypt: 128 · n · r bytes of memory, p times over."""

    n: int = 2**15
    r: int = 8
    p: int = 3


COST = Cost()


@dataclass(frozen=True, slots=True, repr=False)
class Hashed:
    """A password's hash, with all that is needed to make it again; salt and hash in hexadecimal digits."""

    cost: Cost
    salt: str
    hash: str

    @classmethod
    def of(cls, password: str, *, cost: Cost = COST) -> Hashed:
        """Of a new password. Raises WeakPassword."""
        if not MIN_CHARACTERS <= len(password) <= MAX_CHARACTERS:
            raise WeakPassword(f"a password has {MIN_CHARACTERS} to {MAX_CHARACTERS} characters")
        salt = secrets.token_bytes(SALT_BYTES)
        return cls(cost, salt.hex(), _scrypt(password, salt, cost=cost).hex())

    def is_of(self, password: str) -> bool:
        """The password is this one; the time that the answer takes tells nothing of it."""
        if len(password) > MAX_CHARACTERS:
            return False
        made = _scrypt(password, bytes.fromhex(self.salt), cost=self.cost)
        return hmac.compare_digest(made.hex(), self.hash)


def _scrypt(password: str, salt: bytes, *, cost: Cost) -> bytes:
    text = unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")
    return hashlib.scrypt(text, salt=salt, n=cost.n, r=cost.r, p=cost.p, maxmem=MAX_MEMORY_BYTES, dklen=HASH_BYTES)
