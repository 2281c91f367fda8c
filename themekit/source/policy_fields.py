"""The table of policy.json: every field with its kind, its limits, its default and what it is for."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from themekit.model.outline import METHODS
from themekit.model.policy import LimitedBy, LogField, Period, RetryCause
from themekit.source.field_table import Field, Leaf, Listing, Members, Named

if TYPE_CHECKING:
    from themekit.source.json_value import JsonValue

REFERENCE_PATTERN = r"^(env:[A-Z][A-Z0-9_]*|vault:[^#]+#[A-Za-z0-9_.-]+|aws-sm:[A-Za-z0-9/_+=.@-]+)$"

LOG_FIELDS: tuple[str, ...] = get_args(LogField)
DEFAULT_LOG_FIELDS = tuple(name for name in LOG_FIELDS if name != "query")

_TEXT = Leaf(max_length=200)
_REASON = Leaf(max_length=400)
_URL = Leaf(max_length=2000)
_NAME = Leaf(max_length=60)
_CIDR = Leaf(max_length=49)
_HEADER = Leaf(max_length=80)
_SECRET = Leaf(max_length=300, pattern=REFERENCE_PATTERN)
_SCOPE = Leaf(max_length=120)
_PORT = Leaf(("number",), minimum=1, maximum=65535, is_integer=True)


def _seconds(low: float, high: float, *, is_integer: bool = False) -> Leaf:
    return Leaf(("number",), minimum=low, maximum=high, is_integer=is_integer)


def _count(low: int, high: int) -> Leaf:
    return Leaf(("number",), minimum=low, maximum=high, is_integer=True)


_LISTEN = Members(
    (
        Field(
            "hosts",
            Listing(Leaf(max_length=253), 32, min_items=1),
            "Host names that clients call; no wildcards",
            examples=(["api.acme.example"],),
            is_required=True,
        ),
        Field("port", _PORT, "Port that the gateway listens on", default="8443"),
        Field("basePath", Leaf(max_length=100), "Path before those of the API", default="none", examples=("/v1",)),
        Field(
            "tls",
            Members(
                (
                    Field("certificate", _SECRET, "Certificate chain", examples=("env:TLS_CHAIN",), is_required=True),
                    Field("key", _SECRET, "Its private key", examples=("vault:pki/api#key",), is_required=True),
                    Field("minimum", Leaf(choices=("1.2", "1.3")), "Lowest version of TLS", default="1.2"),
                )
            ),
            "TLS at the gateway",
        ),
        Field("plainText", _REASON, "Instead of `tls`: why clear text is all right here"),
    )
)

_UPSTREAM = Members(
    (
        Field("url", _URL, "Origin of the API", examples=("https://payments.internal.example",), is_required=True),
        Field("connectTimeoutS", _seconds(0.1, 30), "Time to connect", default="2"),
        Field("idleTimeoutS", _seconds(1, 3600), "Time that an idle connection is kept", default="60"),
    )
)

_ADDRESSES = Members(
    (
        Field("trustedHops", _count(0, 10), "Own proxies in front of the gateway, which tell the client", default="0"),
        Field("allow", Listing(_CIDR, 256), "Networks that may call", default="all", examples=(["203.0.113.0/24"],)),
        Field("deny", Listing(_CIDR, 256), "Networks that may not call", examples=(["198.51.100.0/24"],)),
    )
)

_JWK: tuple[str, ...] = ("kty", "kid", "alg", "use", "n", "e", "crv", "x", "y")
_KEY = Members(
    (
        Field("pem", Leaf(max_length=4000), "Public key in PEM form"),
        Field("id", Leaf(max_length=120), "Key id (`kid`) of a PEM key"),
        Field("algorithm", Leaf(max_length=5), "Algorithm (`alg`) of a PEM key", examples=("RS256",)),
        Field(
            "jwk",
            Members(tuple(Field(name, Leaf(max_length=1500), f"Member `{name}` of the JWK") for name in _JWK)),
            "Public key as a JWK with `kid` and `alg`",
        ),
    )
)

_TOKEN = Members(
    (
        Field("issuer", _URL, "Exact value of `iss`", examples=("https://id.acme.example/",), is_required=True),
        Field(
            "audiences",
            Listing(_TEXT, 16),
            "Values of `aud`, of which a token needs one",
            examples=(["https://api.acme.example"],),
            is_required=True,
        ),
        Field("jwks", _URL, "Address of the issuer's keys", examples=("https://id.acme.example/jwks.json",)),
        Field("keys", Listing(_KEY, 16), "The issuer's public keys, instead of `jwks`"),
        Field("clockSkewS", _seconds(0, 300, is_integer=True), "Difference of clocks that is borne", default="30"),
        Field("consumerClaim", _NAME, "Claim that says who calls", default="sub"),
        Field("scopeClaim", _NAME, "Claim with the scopes", default="scope"),
        Field("forward", Leaf(("boolean",)), "Whether the API gets the token", default="false"),
    )
)

_API_KEYS = Members(
    (
        Field("header", _HEADER, "Header with the key", examples=("Api-Key",), is_required=True),
        Field(
            "consumers",
            Named(_SECRET, 1000),
            "Keys by consumer",
            examples=({"partner": "env:PARTNER_KEY"},),
            is_required=True,
        ),
    )
)

_CERTIFICATES = Members(
    (
        Field("authority", _SECRET, "Certificate of the authority", examples=("env:CLIENT_CA",), is_required=True),
        Field(
            "names",
            Listing(_TEXT, 64),
            "Names in the certificate (URI or DNS), of which one must be there exactly",
            examples=(["spiffe://acme.example/bank"],),
            is_required=True,
        ),
    )
)

_RATE = (
    Field("requests", _count(1, 1_000_000_000), "Requests a period", examples=(50,), is_required=True),
    Field("period", Leaf(choices=get_args(Period)), "Period", examples=("second",), is_required=True),
    Field("burst", _count(1, 1_000_000_000), "Requests at once", default="requests"),
)

_LIMIT = Members(
    (
        Field(
            "by", Leaf(choices=get_args(LimitedBy)), "What is counted apart", is_required=True, examples=("consumer",)
        ),
        *_RATE,
        Field("keys", _count(100, 1_000_000), "Consumers or addresses that are told apart", default="10000"),
        Field(
            "tiers",
            Members(
                (
                    Field("claim", _NAME, "Claim with the tier", examples=("plan",), is_required=True),
                    Field(
                        "rates",
                        Named(Members(_RATE), 32),
                        "Rates by tier",
                        examples=({"gold": {"requests": 200, "period": "second"}},),
                        is_required=True,
                    ),
                )
            ),
            "Other rates for some consumers",
        ),
    )
)

_CORS = Members(
    (
        Field(
            "origins",
            Listing(Leaf(max_length=300), 64),
            'Origins that may call, exactly; or `["*"]`; `[]` for none',
            examples=(["https://dashboard.acme.example"],),
            is_required=True,
        ),
        Field("headers", Listing(_HEADER, 64), "Request headers that pages may send"),
        Field("expose", Listing(_HEADER, 64), "Response headers that pages may read"),
        Field("credentials", Leaf(("boolean",)), "Whether pages may send cookies and the like", default="false"),
        Field("maxAgeS", _seconds(0, 86_400, is_integer=True), "Time that a preflight is kept", default="600"),
    )
)

_RETRIES = Members(
    (
        Field("attempts", _count(0, 5), "Further tries; 0 for none", examples=(2,), is_required=True),
        Field(
            "on",
            Listing(Leaf(choices=get_args(RetryCause)), 3),
            "What is tried again; POST and PATCH only after `connect-failure`",
            default="connect-failure",
            examples=(["connect-failure", "unavailable"],),
        ),
    )
)

_HEADER_NAME = Leaf(max_length=80)
_SET = Members(
    (
        Field("value", Leaf(max_length=1000), "Fixed text"),
        Field("claim", _NAME, "Claim of the caller's token, instead of a text"),
    )
)
_REQUEST_HEADERS = Members(
    (
        Field("remove", Listing(_HEADER, 64), "Headers of the client that the API does not get"),
        Field(
            "set",
            Named(_SET, 64, _HEADER_NAME),
            "Headers set for the API; a client's own are removed first, on every operation",
            examples=({"X-Consumer": {"claim": "sub"}},),
        ),
    )
)
_RESPONSE_HEADERS = Members(
    (
        Field("remove", Listing(_HEADER, 64), "Headers of the API that the client does not get"),
        Field(
            "set",
            Named(Leaf(max_length=1000), 64, _HEADER_NAME),
            "Headers set on every answer",
            examples=({"Strict-Transport-Security": "max-age=31536000"},),
        ),
    )
)

_LOGGING = Members(
    (
        Field("fields", Listing(Leaf(choices=LOG_FIELDS), 16), "Fields of the access log", default="all but query"),
        Field("redact", Listing(Leaf(choices=LOG_FIELDS), 16), "Fields that print as `[redacted]`"),
    )
)


def _settings(word: str) -> tuple[Field, ...]:
    """What can be said for all operations, and differently by a route."""
    return (
        Field("limits", Listing(_NAME, 8), f"Names of limits that {word} count", default="none"),
        Field("cors", _CORS, f"Which web pages may call {word}"),
        Field("maxBodyBytes", _count(1, 10_485_760), f"Largest request body of {word}", default="65536"),
        Field("validation", Leaf(choices=("none", "openapi")), f"How requests of {word} are checked", default="none"),
        Field("timeoutS", _seconds(0.1, 300), f"Time that {word} may take", default="15"),
        Field("retries", _RETRIES, f"When {word} are sent again"),
    )


_SCOPES: JsonValue = [["payments:read"], ["payments:admin"]]
_ACCESS = Members(
    (
        Field("public", _REASON, "Everyone may call: say why", examples=("Issues tokens",)),
        Field("tokens", Listing(_NAME, 8), "Names of `tokens`, of which one is needed", examples=(["main"],)),
        Field(
            "scopes",
            Listing(Listing(_SCOPE, 16), 16),
            "Sets of scopes: a token needs all of one set",
            examples=(_SCOPES,),
        ),
        Field(
            "claims",
            Named(Listing(_TEXT, 64), 16, Leaf(max_length=120)),
            "Claims that a token needs, each with one of these values",
            examples=({"tier": ["gold", "silver"]},),
        ),
        Field("apiKeys", Listing(_NAME, 8), "Names of `apiKeys`, of which one is needed"),
        Field("certificates", Listing(_NAME, 8), "Names of `certificates`, of which one is needed"),
    )
)

_ROUTE = Members(
    (
        Field("operation", Leaf(max_length=120), "Id of one operation", examples=("createAccessToken",)),
        Field("path", Leaf(max_length=300), "Path of the API as described, for all its operations"),
        Field("tag", Leaf(max_length=120), "Tag, for all its operations", examples=("Payments",)),
        Field("methods", Listing(Leaf(choices=METHODS), 8), "Only operations with these methods", examples=(["GET"],)),
        Field("access", _ACCESS, "Who may call"),
        *_settings("these operations"),
    )
)

_ACCEPT = Members(
    (
        Field("feature", _NAME, "What the target cannot do exactly", examples=("rate-limits",), is_required=True),
        Field("target", _NAME, "Target", examples=("envoy",), is_required=True),
        Field("form", _NAME, "Weaker form that is accepted", examples=("per-replica",), is_required=True),
        Field("reason", _REASON, "Why that is good enough", is_required=True, examples=("We run one replica",)),
    )
)

POLICY = Members(
    (
        Field("$schema", Leaf(), "JSON Schema of this file, for editors"),
        Field("extends", Leaf(max_length=240), "Policy file whose fields this one inherits"),
        Field(
            "api",
            Leaf(max_length=240),
            "OpenAPI description, from the project's folder",
            examples=("docs_src/api/openapi.yaml",),
            is_required=True,
        ),
        Field(
            "targets",
            Listing(_NAME, 8, min_items=1),
            "Gateways to make files for",
            examples=(["envoy"],),
            is_required=True,
        ),
        Field(
            "listen",
            _LISTEN,
            "Where clients call",
            examples=({"hosts": ["api.acme.example"]},),
            is_required=True,
        ),
        Field(
            "upstream",
            _UPSTREAM,
            "The API behind the gateway",
            examples=({"url": "https://payments.internal.example"},),
            is_required=True,
        ),
        Field("addresses", _ADDRESSES, "Which networks may call"),
        Field("tokens", Named(_TOKEN, 16), "Issuers of tokens (JWT) by name"),
        Field("apiKeys", Named(_API_KEYS, 16), "API keys by name"),
        Field("certificates", Named(_CERTIFICATES, 16), "Client certificates by name"),
        Field("rates", Named(_LIMIT, 32), "Rate limits and quotas by name"),
        *_settings("operations"),
        Field("requestHeaders", _REQUEST_HEADERS, "What the API gets"),
        Field("responseHeaders", _RESPONSE_HEADERS, "What clients get"),
        Field("logging", _LOGGING, "What is logged"),
        Field("routes", Named(_ROUTE, 1000), "Decisions by name", is_required=True, examples=({},)),
        Field("accept", Listing(_ACCEPT, 64), "Weaker forms that are accepted, and why"),
    )
)
