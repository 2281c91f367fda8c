"""How the API signs its webhooks: OpenAPI has no place for it, so an extension of the description says it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics.printable import quoted
from themekit.source.did_you_mean import did_you_mean_or

if TYPE_CHECKING:
    from themekit.source.api.reading import At, Reading

KEY = "x-webhook-signature"
SCHEMES = ("timestamped-hmac-sha256",)
"""`t=…,v1=…` in one header: the time in seconds, and HMAC-SHA256 in hexadecimal over it, a full stop and the body."""


def webhook_signature(reading: Reading, root: At) -> str:
    """The scheme, "" for none: then SDKs have nothing that verifies, as a wrong check would refuse what is genuine."""
    said = root.members.get(KEY)
    if said is None or said is False:
        return ""
    if isinstance(said, str) and said in SCHEMES:
        return said
    hint = did_you_mean_or(str(said)[:40], SCHEMES, label="known schemes")
    reading.refuse(root.child(KEY), f"`{KEY}`: there is no scheme {quoted(str(said))}", hint=hint)
    return ""
