"""The authorizer of an API on AWS: says whether whoever calls may call, and to API Gateway nothing else.

Made by themekit. This program is the same for every policy; what the policy says is in `access.json` beside it. It
needs Python 3.11 or later and no package. Whatever it does not understand, it refuses.

Source: RFC 7515, RFC 7519 (tokens); RFC 8017, section 8.2 (RSA, PKCS #1 v1.5); FIPS 186-5 (ECDSA); RFC 5280,
section 4.2.1.6 (names in certificates); Amazon API Gateway, "Output from an API Gateway Lambda authorizer".
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import ipaddress
import json
import re
import ssl
import time
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Callable

Object = dict[str, object]

FETCH_TIMEOUT_S = 3
MAX_KEYS_BYTES = 262_144
MAX_TOKEN_CHARACTERS = 16_384
FRESH_S, STALE_S, PAUSE_S = 300, 3600, 15
"""Keys are asked for again after the first; kept after the second only if that works; never asked for more often."""
MIN_RSA_BITS, MIN_EXPONENT, MAX_EXPONENT = 2048, 65_537, 2**32
RSA_HASHES = {"RS256": "sha256", "RS384": "sha384", "RS512": "sha512"}
DIGEST_INFO = {
    "sha256": "3031300d060960864801650304020105000420",
    "sha384": "3041300d060960864801650304020205000430",
    "sha512": "3051300d060960864801650304020305000440",
}
P = 2**256 - 2**224 + 2**192 + 2**96 - 1
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
G = (
    0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
    0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5,
)
"""The curve P-256, of ES256."""
PLAIN = re.compile(r"[!-~](?:[ -~]*[!-~])?")
PRINTABLE = re.compile(r"[ -~]*")
SUBJECT_ALT_NAME, EXTENSIONS, DNS_NAME, URI = b"\x55\x1d\x11", 0xA3, 0x82, 0x86

_fetched: dict[str, tuple[float, float, list[Object]]] = {}
"""By address: when keys were got, when they were last asked for, and the keys."""


class Refused(Exception):  # noqa: N818 - it is an answer
    """The request is not to be let through."""

    def __init__(self, reason: str, status: int) -> None:
        """Keep the reason and the status, 401 or 403."""
        super().__init__(reason)
        self.reason, self.status = reason, status


def handler(event: Object, _context: object = None) -> Object:
    """API Gateway calls this: the answer is a policy for exactly the method that was called."""
    arn = str(event.get("routeArn") or event["methodArn"])
    try:
        shown = authorize(access(), event, now_s=time.time())
    except Refused as refused:
        if refused.status == 401 and "routeArn" not in event:
            raise Exception("Unauthorized") from None  # noqa: TRY002 - by this text a REST API answers 401
        return answer(arn, "Deny", shown={"reason": refused.reason, "consumer": "-"})
    except Exception:  # noqa: BLE001 - whatever fails, fails closed
        return answer(arn, "Deny", shown={"reason": "not-understood", "consumer": "-"})
    return answer(arn, "Allow", shown=shown)


def answer(arn: str, effect: str, *, shown: dict[str, str]) -> Object:
    """What API Gateway is told."""
    statement = {"Action": "execute-api:Invoke", "Effect": effect, "Resource": arn}
    return {
        "principalId": shown["consumer"],
        "policyDocument": {"Version": "2012-10-17", "Statement": [statement]},
        "context": shown,
    }


def access() -> Object:
    """What the policy says."""
    return cast("Object", json.loads(Path(__file__).with_name("access.json").read_text(encoding="utf-8")))


def authorize(rules: Object, event: Object, *, now_s: float) -> dict[str, str]:
    """What integrations and logs are told of the caller. Raises Refused."""
    context = event["requestContext"]
    if not isinstance(context, dict):
        raise Refused("not-understood", 403)
    key = str(event["routeKey"]) if "routeArn" in event else f"{event['httpMethod']} {event['resource']}"
    operation = cast("dict[str, Object]", rules["operations"]).get(key)
    if operation is None:
        raise Refused("unknown-operation", 403)
    if not is_allowed_address(cast("Object", rules["addresses"]), context):
        raise Refused("denied-address", 403)
    shown = {"reason": "allowed", "consumer": "-"}
    names = cast("list[str]", rules["shown"])
    shown |= {f"claim{number}": "" for number in range(len(names))}
    if wanted := cast("list[str]", operation["tokens"]):
        issuers = [each for each in cast("list[Object]", rules["issuers"]) if each["name"] in wanted]
        issuer, claims = verified(bearer(event), issuers, now_s=now_s)
        consumer = claims.get(str(issuer["consumerClaim"]))
        if not isinstance(consumer, str) or not PLAIN.fullmatch(consumer):
            raise Refused("no-consumer", 403)
        texts = [value if isinstance(value, str) else "" for value in (claims.get(name) for name in names)]
        if not all(PRINTABLE.fullmatch(text) for text in texts):
            raise Refused("missing-claim", 403)
        check_claims(operation, claims, scope_claim=str(issuer["scopeClaim"]))
        shown["consumer"] = consumer
        shown |= {f"claim{number}": text for number, text in enumerate(texts)}
    if (known := operation["certificates"]) and not set(certificate_names(context)) & set(cast("list[str]", known)):
        raise Refused("bad-certificate", 403)
    return shown


def is_allowed_address(addresses: Object, context: Object) -> bool:
    """No denied network has the caller's address, and one of the allowed ones, if there are any."""
    allow, deny = cast("list[str]", addresses["allow"]), cast("list[str]", addresses["deny"])
    if not allow and not deny:
        return True
    caller = cast("Object", context.get("http") or context["identity"])
    found = ipaddress.ip_address(str(caller["sourceIp"]))
    if any(found in ipaddress.ip_network(each) for each in deny):
        return False
    return not allow or any(found in ipaddress.ip_network(each) for each in allow)


def bearer(event: Object) -> str:
    """The one bearer token of the request."""
    many = cast("dict[str, list[str]]", event.get("multiValueHeaders") or {})
    one = cast("dict[str, str]", event.get("headers") or {})
    headers = [(name, values) for name, values in many.items()] or [(name, [value]) for name, value in one.items()]
    values = [value for name, each in headers if name.lower() == "authorization" for value in each]
    if not values:
        raise Refused("no-token", 401)
    scheme, _, token = values[0].partition(" ")
    if len(values) > 1 or scheme.lower() != "bearer" or len(token) > MAX_TOKEN_CHARACTERS:
        raise Refused("bad-token", 401)
    return token


def verified(token: str, issuers: list[Object], *, now_s: float) -> tuple[Object, Object]:
    """The issuer of a token and its claims, when it is genuine and holds now. Raises Refused."""
    parts = token.split(".")
    if len(parts) != 3:
        raise Refused("bad-token", 401)
    header, claims = (read_object(decoded(part)) for part in parts[:2])
    issuer = next((each for each in issuers if each["issuer"] == claims.get("iss")), None)
    if issuer is None:
        raise Refused("bad-token", 401)
    check_times(claims, skew_s=cast("int", issuer["clockSkewS"]), now_s=now_s)
    audience = claims.get("aud")
    named = audience if isinstance(audience, list) else [audience]
    if not any(isinstance(each, str) and each in cast("list[str]", issuer["audiences"]) for each in named):
        raise Refused("wrong-audience", 401)
    if "crit" in header or not isinstance(header.get("kid"), str):
        raise Refused("bad-token", 401)
    message, signature = f"{parts[0]}.{parts[1]}".encode(), decoded(parts[2])
    keys = keys_of(issuer, str(header["kid"]), now_s=now_s)
    if not any(is_signed(key, str(header.get("alg")), message=message, signature=signature) for key in keys):
        raise Refused("bad-token", 401)
    return issuer, claims


def check_times(claims: Object, *, skew_s: int, now_s: float) -> None:
    """Raises Refused for a token without an expiry, or that does not hold now."""
    expiry, start = claims.get("exp"), claims.get("nbf")
    if not is_number(expiry):
        raise Refused("bad-token", 401)
    if cast("float", expiry) + skew_s < now_s:
        raise Refused("expired-token", 401)
    if start is not None and (not is_number(start) or cast("float", start) - skew_s > now_s):
        raise Refused("bad-token", 401)


def check_claims(operation: Object, claims: Object, *, scope_claim: str) -> None:
    """Raises Refused for a token that lacks scopes, or the value of a claim."""
    said = claims.get(scope_claim)
    words = said.split(" ") if isinstance(said, str) else said if isinstance(said, list) else []
    scopes = {each for each in words if isinstance(each, str)}
    groups = cast("list[list[str]]", operation["scopes"])
    if groups and not any(scopes.issuperset(group) for group in groups):
        raise Refused("missing-scope", 403)
    for name, values in cast("dict[str, list[str]]", operation["claims"]).items():
        claim = claims.get(name)
        found = claim if isinstance(claim, list) else [claim]
        if not any(isinstance(each, str) and each in values for each in found):
            raise Refused("missing-claim", 403)


def keys_of(issuer: Object, key_id: str, *, now_s: float) -> list[Object]:
    """The issuer's keys of this id: those in the policy, or those at its address."""
    url = issuer["jwksUrl"]
    if url is None:
        return [key for key in cast("list[Object]", issuer["keys"]) if key.get("kid") == key_id]
    found = published(str(url), now_s=now_s, is_known=lambda keys: any(key.get("kid") == key_id for key in keys))
    return [key for key in found if key.get("kid") == key_id]


def published(url: str, *, now_s: float, is_known: Callable[[list[Object]], bool]) -> list[Object]:
    """The keys at this address, from memory while they are fresh and have the one that is asked for."""
    got_s, asked_s, keys = _fetched.get(url, (-STALE_S * 2.0, -PAUSE_S * 2.0, []))
    if now_s - got_s < FRESH_S and is_known(keys):
        return keys
    if now_s - asked_s >= PAUSE_S:
        _fetched[url] = (got_s, now_s, keys)
        try:
            keys = fetched(url)
        except (OSError, ValueError, Refused):
            pass  # the keys of before do for a while
        else:
            got_s = now_s
            _fetched[url] = (now_s, now_s, keys)
    if now_s - got_s >= STALE_S:
        raise Refused("no-keys", 401)
    return keys


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Keys come from the address in the policy and from no other."""

    def redirect_request(self, *_arguments: object, **_options: object) -> None:
        """Nothing is followed."""


def fetched(url: str) -> list[Object]:
    """The keys at this address. Raises OSError, ValueError or Refused."""
    if not url.startswith("https://"):
        raise Refused("no-keys", 401)
    secure = urllib.request.HTTPSHandler(context=ssl.create_default_context())
    opener = urllib.request.build_opener(NoRedirect, secure)
    with opener.open(url, timeout=FETCH_TIMEOUT_S) as response:
        content = response.read(MAX_KEYS_BYTES + 1)
    keys = read_object(content).get("keys")
    if len(content) > MAX_KEYS_BYTES or not isinstance(keys, list):
        raise Refused("no-keys", 401)
    return [key for key in keys if isinstance(key, dict)]


def is_signed(key: Object, algorithm: str, *, message: bytes, signature: bytes) -> bool:
    """This key signed the message by this algorithm. The algorithm has to be one that the key is for."""
    if key.get("alg", algorithm) != algorithm or key.get("use", "sig") != "sig":
        return False
    if algorithm in RSA_HASHES and key.get("kty") == "RSA":
        return is_signed_by_rsa(key, RSA_HASHES[algorithm], message=message, signature=signature)
    if algorithm == "ES256" and key.get("kty") == "EC" and key.get("crv") == "P-256":
        return is_signed_by_p256(key, message=message, signature=signature)
    return False


def is_signed_by_rsa(key: Object, hash_name: str, *, message: bytes, signature: bytes) -> bool:
    """PKCS #1 v1.5: the padded digest is made here and compared whole, so that nothing in it has to be read."""
    modulus, exponent = number(key["n"]), number(key["e"])
    length = (modulus.bit_length() + 7) // 8
    value = int.from_bytes(signature)
    is_sound = modulus.bit_length() >= MIN_RSA_BITS and exponent % 2 and MIN_EXPONENT <= exponent < MAX_EXPONENT
    if not is_sound or len(signature) != length or value >= modulus:
        return False
    digest = bytes.fromhex(DIGEST_INFO[hash_name]) + hashlib.new(hash_name, message).digest()
    expected = b"\x00\x01" + b"\xff" * (length - len(digest) - 3) + b"\x00" + digest
    return pow(value, exponent, modulus).to_bytes(length) == expected


def is_signed_by_p256(key: Object, *, message: bytes, signature: bytes) -> bool:
    """ECDSA on P-256 with SHA-256: `r` and `s` of 32 bytes each."""
    point = (number(key["x"]), number(key["y"]))
    r, s = int.from_bytes(signature[:32]), int.from_bytes(signature[32:])
    if len(signature) != 64 or not (0 < r < N and 0 < s < N) or not is_on_curve(point):
        return False
    digest = int.from_bytes(hashlib.sha256(message).digest())
    inverse = pow(s, -1, N)
    found = add(times(digest * inverse % N, G), times(r * inverse % N, point))
    return found is not None and found[0] % N == r


def is_on_curve(point: tuple[int, int]) -> bool:
    """The point is one of P-256."""
    x, y = point
    return x < P and y < P and (y * y - (x * x * x - 3 * x + B)) % P == 0


def add(first: tuple[int, int] | None, second: tuple[int, int] | None) -> tuple[int, int] | None:
    """The sum of two points; None is the one at infinity."""
    if first is None or second is None:
        return first or second
    (ax, ay), (bx, by) = first, second
    if ax == bx and (ay + by) % P == 0:
        return None
    slope = (3 * ax * ax - 3) * pow(2 * ay, -1, P) if first == second else (by - ay) * pow(bx - ax, -1, P)
    x = (slope * slope - ax - bx) % P
    return x, (slope * (ax - x) - ay) % P


def times(factor: int, point: tuple[int, int]) -> tuple[int, int] | None:
    """A point added to itself. Nothing here is secret, so it may take the time it takes."""
    found, doubled = None, cast("tuple[int, int] | None", point)
    while factor:
        if factor & 1:
            found = add(found, doubled)
        doubled = add(doubled, doubled)
        factor >>= 1
    return found


def certificate_names(context: Object) -> list[str]:
    """The DNS names and URIs of the client's certificate, which API Gateway has verified."""
    caller = cast("Object", context.get("authentication") or context.get("identity") or {})
    shown = cast("Object", caller.get("clientCert") or {})
    pem = re.search(r"-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END", str(shown.get("clientCertPem", "")))
    if pem is None:
        return []
    ((_, certificate),) = members(base64.b64decode("".join(pem[1].split()), validate=True))
    signed = members(members(certificate)[0][1])
    extensions = [each for tag, value in signed if tag == EXTENSIONS for each in members(members(value)[0][1])]
    found: list[str] = []
    for _, extension in extensions:
        parts = members(extension)
        if parts[0][1] == SUBJECT_ALT_NAME:
            names = members(members(parts[-1][1])[0][1])
            found += [value.decode("ascii") for tag, value in names if tag in {DNS_NAME, URI}]
    return found


def members(content: bytes) -> list[tuple[int, bytes]]:
    """The parts of a DER value: tag and content. Raises ValueError. Source: X.690, section 8.1."""
    found, at = [], 0
    while at < len(content):
        tag, size, at = content[at], content[at + 1], at + 2
        if size & 0x80:
            count = size & 0x7F
            size, at = int.from_bytes(content[at : at + count]), at + count
        if at + size > len(content):
            raise ValueError("the value ends too early")
        found.append((tag, content[at : at + size]))
        at += size
    return found


def decoded(text: str) -> bytes:
    """The bytes of base64url as tokens have it: unpadded, and written in the one way there is."""
    try:
        content = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        raise Refused("bad-token", 401) from None
    if base64.urlsafe_b64encode(content).rstrip(b"=").decode() != text:
        raise Refused("bad-token", 401)
    return content


def number(text: object) -> int:
    """A number of a key."""
    return int.from_bytes(decoded(str(text)))


def read_object(content: bytes) -> Object:
    """A JSON object that can be read in one way only. Raises Refused."""

    def once(pairs: list[tuple[str, object]]) -> Object:
        if len({name for name, _ in pairs}) != len(pairs):
            raise ValueError("a name twice")
        return dict(pairs)

    def no_number(_text: str) -> object:
        raise ValueError("no number")

    try:
        found = json.loads(content.decode("utf-8"), object_pairs_hook=once, parse_constant=no_number)
    except (ValueError, RecursionError):
        raise Refused("bad-token", 401) from None
    if not isinstance(found, dict):
        raise Refused("bad-token", 401)
    return found


def is_number(value: object) -> bool:
    """A number, and neither a truth value nor one without end."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) != float("inf")
