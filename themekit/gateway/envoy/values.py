"""Small pieces of Envoy's configuration, in the JSON form of its protocol buffers (API version 3)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from themekit.model.policy import Policy, Secret, TokenIssuer

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
JsonObject = dict[str, Json]

SECRETS_FOLDER = "/etc/themekit/secrets"
"""Where the platform mounts what `vault:` and `aws-sm:` name."""
SYSTEM_AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt"

JWT = "envoy.filters.http.jwt_authn"
CORS = "envoy.filters.http.cors"
BUFFER = "envoy.filters.http.buffer"
RESPONSE_HEADERS = "themekit.response-headers"
ADDRESSES = "themekit.addresses"
ACCESS = "themekit.access"
ROUTE_METADATA = "themekit"
"""Names of filters. The statistics and each route's own settings go by them."""

_PLAIN_CLAIM = re.compile(r"[A-Za-z0-9_.@/-]+")


def typed(name: str, /, **members: Json) -> JsonObject:
    """A message with its type: `name` is without `type.googleapis.com/`."""
    return {"@type": f"type.googleapis.com/{name}", **members}


def http_filter(name: str, message: str, /, **members: Json) -> JsonObject:
    """A filter of the chain; `message` is below `envoy.extensions.filters.http`."""
    return {"name": name, "typed_config": typed(f"envoy.extensions.filters.http.{message}", **members)}


def duration(seconds: float) -> str:
    """A duration in JSON's form of protocol buffers."""
    return f"{seconds:.3f}".rstrip("0").rstrip(".") + "s"


def always() -> JsonObject:
    """100 %. A filter for which this is left out does nothing, and says nothing."""
    return {"default_value": {"numerator": 100, "denominator": "HUNDRED"}}


def exactly(text: str) -> JsonObject:
    """A string matcher: this text and no other."""
    return {"exact": text}


def data_source(secret: Secret) -> JsonObject:
    """Where Envoy finds a secret when it starts: an environment variable, or a file that the platform mounts."""
    if secret.store == "env":
        return {"environment_variable": secret.name}
    name = re.sub(r"[^A-Za-z0-9_.-]+", "-", f"{secret.store}-{secret.name}-{secret.key}").strip("-")
    return {"filename": f"{SECRETS_FOLDER}/{name}"}


def payload_key(issuer: TokenIssuer) -> str:
    """Where the claims of this issuer's verified tokens are kept: apart, so that none can speak for another."""
    return f"payload_{issuer.name}"


def claim_path(issuer: TokenIssuer, claim: str) -> list[Json]:
    """The path to a claim in the metadata of verified tokens."""
    return [{"key": payload_key(issuer)}, {"key": claim}]


def is_plain_claim(claim: str) -> bool:
    """Nothing in the name ends it early for Envoy's formatter, which splits at `:` and knows no escape."""
    return _PLAIN_CLAIM.fullmatch(claim) is not None


def shown_claim(issuer: TokenIssuer, claim: str) -> str:
    """A command of Envoy's formatter. Raises ValueError for a claim that is not plain: it could be another command."""
    if not is_plain_claim(claim):
        raise ValueError("a claim that Envoy's formatter cannot name")
    return f"%DYNAMIC_METADATA({JWT}:{payload_key(issuer)}:{claim})%"


def requirement_name(issuers: Iterable[str]) -> str:
    """The name of "a token of one of these issuers"."""
    return "+".join(sorted(issuers))


def issuers_of(policy: Policy, names: Iterable[str]) -> list[TokenIssuer]:
    """The issuers of these names, in the policy's order."""
    wanted = set(names)
    return [issuer for issuer in policy.tokens if issuer.name in wanted]
