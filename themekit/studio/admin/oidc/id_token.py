"""An ID token becomes claims that may be believed, or is refused with the reason.

Signatures are RS256 or ES256, by a key of the provider's set that is meant for them: nothing unsigned, and no
shared secrets.

Sources: OpenID Connect Core 1.0 (2, 3.1.3.7), RFC 7515, RFC 7517, RFC 8725 (3.1, 3.2, 3.8, 3.9).
"""

from __future__ import annotations

import base64
import hmac
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from joserfc import jwt
from joserfc.errors import JoseError, UnsupportedAlgorithmError
from joserfc.jwk import ECKey, RSAKey

if TYPE_CHECKING:
    from collections.abc import Sequence

    from joserfc.jwk import GuestProtocol

    from themekit.source.json_value import JsonObject, JsonValue

KEY_TYPES = {"RS256": "RSA", "ES256": "EC"}
RSA_BITS = range(2048, 8193)  # RFC 7518, 3.3; more takes seconds for each signature
MAX_EXPONENT = 8  # digits of base64: none in use is longer
PUBLIC = frozenset({"kty", "n", "e", "crv", "x", "y"})
LEEWAY_S = 60.0
OLDEST_S = 600.0
MAX_SUBJECT = 255
"""Characters, all of them ASCII. Source: Core, 2."""


class BadToken(ValueError):  # noqa: N818  # an answer, not a fault
    """The token is not what was asked for; the message says why, and nothing of its content."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a token must say: whose it is, for whom, in answer to which login, and the time it is now (Unix seconds)."""

    issuer: str
    client_id: str
    nonce: str
    now_s: float


def verified(token: str, keys: Sequence[JsonObject], *, expected: Expected) -> JsonObject:
    """The claims of a good token. Raises BadToken."""

    def key_of(signed: GuestProtocol) -> RSAKey | ECKey:
        return _key(signed.headers(), keys)  # asked for when the algorithm is known to be one of ours

    try:
        claims = cast("JsonObject", jwt.decode(token, key_of, algorithms=list(KEY_TYPES)).claims)
    except BadToken:
        raise
    except UnsupportedAlgorithmError as error:
        raise BadToken("it is not signed by RS256 or ES256") from error
    except (JoseError, ValueError, TypeError, KeyError, RecursionError) as error:
        raise BadToken(f"its signature is not good: {type(error).__name__}") from error
    for fault, is_so in _faults(claims, expected).items():
        if is_so:
            raise BadToken(fault)
    return claims


def values_of(claims: JsonObject, claim: str) -> frozenset[str]:
    """The strings of a claim, which is one or a list; of that name, or where a path through objects leads to."""
    found: JsonValue = claims
    for name in (claim,) if claim in claims else claim.split("."):
        found = found.get(name) if isinstance(found, dict) else None
    values = found if isinstance(found, list) else [found]
    return frozenset(each for each in values if isinstance(each, str))


def _key(header: dict[str, object], keys: Sequence[JsonObject]) -> RSAKey | ECKey:
    algorithm = str(header["alg"])
    fitting = [each for each in keys if _fits(each, algorithm)]
    if "kid" in header:
        fitting = [each for each in fitting if each.get("kid") == header["kid"]]
    if len(fitting) != 1:
        raise BadToken("the provider has no key for it" if not fitting else "it does not say which key it is signed by")
    chosen: dict[str, str | list[str]] = {name: str(value) for name, value in fitting[0].items() if name in PUBLIC}
    try:
        if algorithm == "RS256" and not (_bits(str(chosen["n"])) in RSA_BITS and len(chosen["e"]) <= MAX_EXPONENT):
            raise BadToken("the provider's key is too short or too long")
        return RSAKey.import_key(chosen) if algorithm == "RS256" else ECKey.import_key(chosen)
    except (JoseError, ValueError, TypeError, KeyError) as error:
        if isinstance(error, BadToken):
            raise
        raise BadToken("the provider's key cannot be used") from error


def _bits(number: str) -> int:
    """How long a number is that is written in base64url."""
    return int.from_bytes(base64.urlsafe_b64decode(number + "==")).bit_length()


def _fits(key: JsonObject, algorithm: str) -> bool:
    """The key is meant for such signatures."""
    return (
        key.get("kty") == KEY_TYPES[algorithm]
        and key.get("use", "sig") == "sig"
        and key.get("alg", algorithm) == algorithm
        and (algorithm != "ES256" or key.get("crv") == "P-256")
    )


def _faults(claims: JsonObject, expected: Expected) -> dict[str, bool]:
    audience, party = claims.get("aud"), claims.get("azp")
    audiences = audience if isinstance(audience, list) else [audience]
    end_s, made_s, start_s = (_seconds(claims.get(name)) for name in ("exp", "iat", "nbf"))
    nonce, subject = claims.get("nonce"), claims.get("sub")
    now_s = expected.now_s
    return {
        "it is of another issuer": claims.get("iss") != expected.issuer,
        "it is for another client": expected.client_id not in audiences,
        "it was given to another client": party != expected.client_id and (party is not None or len(audiences) > 1),
        "it is over": end_s is None or end_s + LEEWAY_S <= now_s,
        "it is not of now": made_s is None or not now_s - OLDEST_S - LEEWAY_S <= made_s <= now_s + LEEWAY_S,
        "it is not good yet": "nbf" in claims and (start_s is None or start_s > now_s + LEEWAY_S),
        "it is for another login": not isinstance(nonce, str)
        or not hmac.compare_digest(nonce.encode("utf-8", "surrogatepass"), expected.nonce.encode()),
        "it says of nobody": not isinstance(subject, str)
        or not subject.isascii()
        or not 1 <= len(subject) <= MAX_SUBJECT,
    }


def _seconds(value: JsonValue) -> float | None:
    """A time; None for what is none, such as an infinite one."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return float(value) if math.isfinite(value) else None
    except OverflowError:
        return None
