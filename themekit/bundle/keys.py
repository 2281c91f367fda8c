"""Keys that sign bundles, in minisign's files: a secret one under a password, and the public one that checks.

A key signs two kinds of text: a file's BLAKE2b-512, 64 bytes, for minisign; and what `envelope.py` puts before a
statement, which begins with `DSSEv1`. Neither can be taken for the other: minisign's older kind of signature, over the
file itself, is refused. Source: https://jedisct1.github.io/minisign/, "Signature format"; RFC 8032.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import minisign
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_KEY_BYTES = 4096
"""Of a key's file: two lines, the second of 212 characters at most."""
OPSLIMIT = 4 * 1024 * 1024
MEMLIMIT = 128 * 1024 * 1024
"""Together scrypt with N = 2^17, r = 8, p = 1, as OWASP's Password Storage Cheat Sheet has it: 128 MiB."""
MAX_OPSLIMIT = 33_554_432  # libsodium's "sensitive", which minisign itself takes; more is a file that stops us
MAX_MEMLIMIT = 1024**3

ALGORITHM = b"Ed"
_ID = slice(2, 10)
_KEY = slice(10, 42)
_PUBLIC_BYTES = 42
_SECRET_BYTES = 158
_LIMITS = slice(38, 54)
_SIGNATURE = slice(10, 74)
_NO_PASSWORD = b"\0\0"


class UnusableKeyError(ValueError):
    """The text is no key, or none that can be used; the message says why, as a sentence without its stop."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """`id` is as minisign prints it: 16 upper-case hex digits. `raw` are the 32 bytes of Ed25519."""

    id: str
    raw: bytes

    @property
    def text(self) -> str:
        """The line of 56 characters that `minisign -P` takes."""
        return base64.b64encode(ALGORITHM + bytes.fromhex(self.id)[::-1] + self.raw).decode()

    def to_file(self) -> str:
        """The file that `minisign -p` takes."""
        return f"untrusted comment: minisign public key {self.id}\n{self.text}\n"

    def has_signed(self, message: bytes, signature: bytes) -> bool:
        """Whether the signature of 64 bytes is this key's over the message."""
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A secret key, unlocked. It stands in no message and no log."""

    public: PublicKey
    _secret: minisign.SecretKey = field(repr=False, compare=False)

    def signature_of(self, message: bytes) -> bytes:
        """Ed25519 over the message itself: 64 bytes, the same each time."""
        return _signature_in(self._secret.sign(message, prehash=False, trusted_comment="-"))

    def minisig(self, content: bytes, *, name: str, epoch_s: int) -> str:
        """The signature's file for a file of this name: the same bytes each time."""
        made = self._secret.sign(
            content,
            untrusted_comment=f"signature of {self.public.id}",
            trusted_comment=f"timestamp:{epoch_s}\tfile:{name}\thashed",
        )
        return f"{bytes(made).decode()}\n"


def public_key(text: str) -> PublicKey:
    """The key in the text of a `.pub` file, or in its second line alone. Raises UnusableKeyError."""
    lines = text.strip().splitlines()
    if len(text) > MAX_KEY_BYTES or not lines or len(lines) > 2:
        raise UnusableKeyError("this is no public key of minisign: two lines, or the second alone")
    decoded = _decoded(lines[-1], _PUBLIC_BYTES, what="public key")
    return PublicKey(_shown_id(decoded[_ID]), decoded[_KEY])


def new_key(password: str, *, opslimit: int = OPSLIMIT, memlimit: int = MEMLIMIT) -> tuple[str, PublicKey]:
    """A new key: the secret one's file, under the password, and the public one."""
    require_password(password)
    pair = minisign.KeyPair.generate()
    public = public_key(pair.public_key.to_base64().decode())
    with pair.secret_key as secret:
        secret.encrypt(password, opslimit=opslimit, memlimit=memlimit)
        secret.untrusted_comment = f"minisign encrypted secret key {public.id}"
        return f"{bytes(secret).decode()}\n", public


def require_password(password: str) -> None:
    """Raises UnusableKeyError if there is none: who has the file would have the key."""
    if not password:
        raise UnusableKeyError("the password is empty")


def unlocked(text: str, *, password: str) -> SigningKey:
    """The secret key in the text of its file. Raises UnusableKeyError; one without a password is refused, too."""
    lines = text.strip().splitlines()
    if len(text) > MAX_KEY_BYTES or len(lines) != 2:
        raise UnusableKeyError("this is no secret key of minisign")
    decoded = _decoded(lines[1], _SECRET_BYTES, what="secret key")
    if decoded[2:4] == _NO_PASSWORD:
        raise UnusableKeyError("the secret key has no password: set one with `minisign -C -s FILE`")
    opslimit, memlimit = _limits(decoded)
    if opslimit > MAX_OPSLIMIT or memlimit > MAX_MEMLIMIT:
        raise UnusableKeyError("the secret key asks for more work than minisign ever does")
    try:
        secret = minisign.SecretKey.from_bytes("\n".join(lines).encode())
        secret.decrypt(password)
    except (minisign.Error, ValueError) as error:
        raise UnusableKeyError("the password does not open the key, or the key is damaged") from error
    return SigningKey(public_key(secret.get_public_key().to_base64().decode()), secret)


def _limits(secret: bytes) -> Iterator[int]:
    return (int.from_bytes(half, "little") for half in (secret[_LIMITS][:8], secret[_LIMITS][8:]))


def decoded_base64(text: str, length: int) -> bytes | None:
    """The bytes, if it is strict base64 of so many."""
    try:
        decoded = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return None
    return decoded if len(decoded) == length and base64.b64encode(decoded).decode() == text else None


def _decoded(line: str, length: int, *, what: str) -> bytes:
    decoded = decoded_base64(line.strip(), length)
    if decoded is None or not decoded.startswith(ALGORITHM):
        raise UnusableKeyError(f"this is no {what} of minisign")
    return decoded


def _shown_id(stored: bytes) -> str:
    """As minisign prints it: a little-endian number."""
    return stored[::-1].hex().upper()


def _signature_in(made: minisign.Signature) -> bytes:
    return base64.b64decode(bytes(made).splitlines()[1])[_SIGNATURE]
