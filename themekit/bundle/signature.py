"""A `.minisig` file, and whether it is a trusted key's signature of a file.

Source: https://jedisct1.github.io/minisign/, "Signature format".
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.bundle.keys import decoded_base64

if TYPE_CHECKING:
    from themekit.bundle.keys import PublicKey

MAX_SIGNATURE_BYTES = 16 * 1024  # minisign's comments are at most 1 KiB and 8 KiB

_UNTRUSTED = "untrusted comment: "
_TRUSTED = "trusted comment: "
_PREHASHED = b"ED"
_SIGNED_BYTES = 2 + 8 + 64
_GLOBAL_BYTES = 64


class InvalidSignatureError(ValueError):
    """Not a signature of the file by the key; the message says why, as a clause after "the signature"."""


@dataclass(frozen=True, slots=True)
class Minisig:
    """A signature as its file has it. `comment` is the trusted one, which `whole` signs together with `signature`."""

    key_id: str
    signature: bytes
    comment: str
    whole: bytes


def parse_minisig(content: bytes) -> Minisig:
    """What the file says; nothing is checked against a key yet. Raises InvalidSignatureError."""
    if len(content) > MAX_SIGNATURE_BYTES:
        raise InvalidSignatureError("is larger than any signature")
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        raise InvalidSignatureError("is no text") from error
    lines = text.removesuffix("\n").split("\n")
    if len(lines) != 4 or not lines[0].startswith(_UNTRUSTED) or not lines[2].startswith(_TRUSTED):
        raise InvalidSignatureError("is not in minisign's form: four lines, two of them comments")
    signed, whole = decoded_base64(lines[1], _SIGNED_BYTES), decoded_base64(lines[3], _GLOBAL_BYTES)
    if signed is None or whole is None:
        raise InvalidSignatureError("is not in minisign's form: a line is no base64 of the right length")
    if signed[:2] != _PREHASHED:
        raise InvalidSignatureError("is not over the file's hash (`ED`), the only kind accepted here")
    return Minisig(signed[2:10][::-1].hex().upper(), signed[10:], lines[2].removeprefix(_TRUSTED), whole)


def check_minisig(found: Minisig, content: bytes, *, key: PublicKey) -> None:
    """Raises InvalidSignatureError if the key did not sign this content and this comment."""
    if found.key_id != key.id:
        raise InvalidSignatureError(f"is by the key {found.key_id}, not by {key.id}")
    if not key.has_signed(hashlib.blake2b(content).digest(), found.signature):
        raise InvalidSignatureError(f"is not of this file by the key {key.id}")
    if not key.has_signed(found.signature + found.comment.encode(), found.whole):
        raise InvalidSignatureError("has another comment than the one that was signed")


def signed_name(found: Minisig) -> str:
    """The file's name in the trusted comment, or "" if there is none: a checked one says what the signer meant."""
    fields = found.comment.split("\t")
    return next((each.removeprefix("file:") for each in fields if each.startswith("file:")), "")
