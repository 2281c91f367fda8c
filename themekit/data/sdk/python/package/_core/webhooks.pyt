"""Signatures of webhooks: `t=…,v1=…`, HMAC-SHA256 over the time, a dot and the body."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import Iterable
from typing import Any

from ..errors import WebhookVerificationError
from .values import Codec, decode


def verified(
    codec: Codec,
    body: bytes | str,
    signature: str,
    secrets: str | Iterable[str],
    tolerance_s: float,
) -> Any:
    """The event that was signed. Raises WebhookVerificationError if it was not."""
    content = body.encode() if isinstance(body, str) else bytes(body)
    pairs = [pair.strip().partition("=") for pair in signature.split(",")]
    times = [value for name, _, value in pairs if name == "t"]
    given = [value for name, _, value in pairs if name == "v1"]
    if len(times) != 1 or not (times[0].isascii() and times[0].isdecimal()):
        raise WebhookVerificationError("the signature has no time")
    signed = times[0].encode() + b"." + content
    keys = [secrets] if isinstance(secrets, str) else list(secrets)
    if not keys or not all(keys):
        raise WebhookVerificationError("there is no secret to verify with")
    expected = [
        hmac.new(key.encode(), signed, hashlib.sha256).hexdigest() for key in keys
    ]
    is_signed = False
    for each in expected:
        for value in given:
            is_signed |= hmac.compare_digest(each.encode(), value.encode())
    if not is_signed:
        raise WebhookVerificationError("no signature fits the body")
    if abs(time.time() - int(times[0])) > tolerance_s:
        raise WebhookVerificationError("the signature is too old")
    try:
        return decode(codec, json.loads(content))
    except ValueError:
        raise WebhookVerificationError("the body is no JSON") from None
