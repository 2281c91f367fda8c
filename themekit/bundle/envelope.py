"""DSSE: a statement and its signatures, in one line of JSON.

Source: https://github.com/secure-systems-lab/dsse, envelope.md and protocol.md, version 1.0.2.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from themekit.bundle.keys import PublicKey, SigningKey

MAX_ENVELOPE_BYTES = 8 * 1024 * 1024  # 40,000 inputs of 150 bytes each, in base64
MAX_SIGNATURES = 16
PAYLOAD_TYPE = "application/vnd.in-toto+json"


class InvalidEnvelopeError(ValueError):
    """No envelope that can be accepted; the message says why, as a clause after "the provenance"."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """`signatures` are pairs of the key's id, a hint that proves nothing, and the signature."""

    payload: bytes
    signatures: tuple[tuple[str, bytes], ...]


def sealed(payload: bytes, *, key: SigningKey) -> bytes:
    """The payload, signed: one line, ended by a line feed."""
    signature = base64.b64encode(key.signature_of(signed_text(payload))).decode()
    document = {
        "payload": base64.b64encode(payload).decode(),
        "payloadType": PAYLOAD_TYPE,
        "signatures": [{"keyid": key.public.id, "sig": signature}],
    }
    return json.dumps(document, separators=(",", ":")).encode() + b"\n"


def signed_text(payload: bytes) -> bytes:
    """What is signed: the type and the payload, each with its length, so that neither can pass for another ("PAE")."""
    return b"DSSEv1 %d %b %d %b" % (len(PAYLOAD_TYPE), PAYLOAD_TYPE.encode(), len(payload), payload)


def parse_envelope(content: bytes) -> Envelope:
    """The envelope in a file of one line. Raises InvalidEnvelopeError."""
    if len(content) > MAX_ENVELOPE_BYTES:
        raise InvalidEnvelopeError("is larger than any statement about a bundle")
    lines = content.removesuffix(b"\n").split(b"\n")
    if len(lines) != 1:
        raise InvalidEnvelopeError("is not one line of JSON")
    try:
        document = json.loads(lines[0])
    except (ValueError, RecursionError) as error:
        raise InvalidEnvelopeError("is not JSON") from error
    if not isinstance(document, dict) or document.keys() != {"payload", "payloadType", "signatures"}:
        raise InvalidEnvelopeError("is no DSSE envelope")
    if document["payloadType"] != PAYLOAD_TYPE:
        raise InvalidEnvelopeError(f"is not of the type `{PAYLOAD_TYPE}`")
    signatures = document["signatures"]
    if not isinstance(signatures, list) or not 0 < len(signatures) <= MAX_SIGNATURES:
        raise InvalidEnvelopeError(f"has no signature, or more than {MAX_SIGNATURES}")
    return Envelope(_bytes(document["payload"]), tuple(_signature(each) for each in signatures))


def is_sealed_by(envelope: Envelope, key: PublicKey) -> bool:
    """Whether one of its signatures is the key's."""
    text = signed_text(envelope.payload)
    return any(
        len(signature) == 64 and key.has_signed(text, signature)
        for key_id, signature in envelope.signatures
        if key_id == key.id
    )


def _signature(value: object) -> tuple[str, bytes]:
    if not isinstance(value, dict) or not {"sig"} <= value.keys() <= {"keyid", "sig"}:
        raise InvalidEnvelopeError("has a signature that is none")
    key_id = value.get("keyid", "")
    if not isinstance(key_id, str):
        raise InvalidEnvelopeError("names a key by something that is no text")
    return key_id, _bytes(value["sig"])


def _bytes(value: object) -> bytes:
    try:
        return base64.b64decode(value.encode("ascii") if isinstance(value, str) else b"?", validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise InvalidEnvelopeError("has a text that is no base64") from error
