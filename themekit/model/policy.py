"""A gateway policy as every gateway's emitter sees it: decided for each operation, and in no vendor's words.

What is unsafe has no form here: an access without a decision, an issuer without audiences, a token without expiry, a
scope that is only contained in another. Secrets are references and print as `[redacted]`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NewType

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from themekit.model.origin import Origin
    from themekit.model.outline import Method, OperationId, ParameterPlace

GatewayId = NewType("GatewayId", str)
SecretStore = Literal["env", "vault", "aws-sm"]
LimitedBy = Literal["consumer", "address", "route"]
Period = Literal["second", "minute", "hour", "day", "month"]
RetryCause = Literal["connect-failure", "reset", "unavailable"]
LogField = Literal[
    "time", "method", "path", "query", "operation", "status", "duration", "consumer", "address", "agent", "request"
]

REDACTED = "[redacted]"
PERIOD_S: dict[Period, int] = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400, "month": 2_592_000}
QUOTA_PERIODS: frozenset[Period] = frozenset({"day", "month"})
SAFE_METHODS: frozenset[Method] = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})
"""Those that may be sent twice: idempotent by RFC 9110, section 9.2.2."""


@dataclass(frozen=True, slots=True, repr=False)
class Secret:
    """A reference to a secret, never the secret. `key` is the field of a vault's entry, else empty."""

    store: SecretStore
    name: str
    key: str = ""

    def __repr__(self) -> str:
        """Not even the reference: it tells where to look."""
        return REDACTED

    __str__ = __repr__


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key that signs tokens, as members of a JWK in their order: `kty`, `n`, `e` or `crv`, `x`, `y`.

    Source: RFC 7517, RFC 7518 section 6.
    """

    id: str
    algorithm: str
    members: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TokenIssuer:
    """Who issues tokens (JWT), and what a token of theirs must say. An expiry is always required.

    Keys come from `jwks_url` or are `keys`: exactly one of the two is there. `consumer_claim` names who calls.
    """

    name: str
    issuer: str
    audiences: tuple[str, ...]
    origin: Origin
    jwks_url: str | None = None
    keys: tuple[PublicKey, ...] = ()
    clock_skew_s: int = 30
    consumer_claim: str = "sub"
    scope_claim: str = "scope"
    is_forwarded: bool = False


@dataclass(frozen=True, slots=True)
class ApiKeys:
    """Consumers that show a key in a header; the keys are references."""

    name: str
    header: str
    consumers: tuple[tuple[str, Secret], ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Certificates:
    """Consumers that show a certificate of this authority with one of these names (exact URI or DNS names)."""

    name: str
    authority: Secret
    names: tuple[str, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Public:
    """Open to everyone, and why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Guarded:
    """Whoever has what is named: each kind that is not empty has to be satisfied by one of its names.

    `scopes` is an OR of ANDs: a token must have all of at least one set; no sets means any token will do. `claims` are
    all required, each with one of its values, exactly.
    """

    tokens: tuple[str, ...] = ()
    scopes: tuple[tuple[str, ...], ...] = ()
    claims: tuple[tuple[str, tuple[str, ...]], ...] = ()
    api_keys: tuple[str, ...] = ()
    certificates: tuple[str, ...] = ()


Access = Public | Guarded


@dataclass(frozen=True, slots=True)
class Rate:
    """A token bucket: holds `burst` requests, and gets `requests` more evenly over each period."""

    requests: int
    period: Period
    burst: int

    @property
    def per_second(self) -> float:
        """Requests that come back in a second."""
        return self.requests / PERIOD_S[self.period]


@dataclass(frozen=True, slots=True)
class Limit:
    """How often something may be called. `tiers` are other rates for consumers whose token says so.

    `keys` is how many consumers or addresses are told apart; routes are counted one by one.
    """

    name: str
    by: LimitedBy
    rate: Rate
    origin: Origin
    tier_claim: str = ""
    tiers: tuple[tuple[str, Rate], ...] = ()
    keys: int = 10_000

    @property
    def is_quota(self) -> bool:
        """Counts for longer than any process lives, so it has to be kept somewhere."""
        return self.rate.period in QUOTA_PERIODS


@dataclass(frozen=True, slots=True)
class Cors:
    """Origins whose pages may call: exact ones, or `*` alone without credentials. Headers are in lower case."""

    origins: tuple[str, ...]
    headers: tuple[str, ...] = ()
    exposed: tuple[str, ...] = ()
    has_credentials: bool = False
    max_age_s: int = 600


@dataclass(frozen=True, slots=True)
class Retries:
    """At most `attempts` further tries. Methods that may not be sent twice are retried after a connect failure only."""

    attempts: int
    causes: tuple[RetryCause, ...]


@dataclass(frozen=True, slots=True)
class HeaderChange:
    """What is set, after the client's own value was removed: a fixed text, or a claim of the caller's token."""

    name: str
    value: str = ""
    claim: str = ""


@dataclass(frozen=True, slots=True)
class OperationPolicy:
    """Everything decided for one operation. `route` is the name of the route that decided the access.

    `required` are the parameters that the description asks for besides those of the path, if requests are validated.
    `settings` are those that a route decides, by their names in policy.json, and where.
    """

    id: OperationId
    method: Method
    path: str
    route: str
    access: Access
    origin: Origin
    limits: tuple[str, ...] = ()
    cors: Cors | None = None
    max_body_bytes: int = 65_536
    is_validated: bool = False
    required: tuple[tuple[ParameterPlace, str], ...] = ()
    timeout_s: float = 15.0
    retries: Retries | None = None
    settings: tuple[tuple[str, Origin], ...] = ()


@dataclass(frozen=True, slots=True)
class Tls:
    """The listener's certificate and the lowest version of TLS it speaks."""

    certificate: Secret
    key: Secret
    minimum: Literal["1.2", "1.3"]


@dataclass(frozen=True, slots=True)
class Listen:
    """Where clients call. Without `tls`, `plain_text` says why that is all right. `base_path` is empty or `/v1`."""

    hosts: tuple[str, ...]
    port: int
    base_path: str = ""
    tls: Tls | None = None
    plain_text: str = ""


@dataclass(frozen=True, slots=True)
class Upstream:
    """The API behind the gateway."""

    host: str
    port: int
    is_tls: bool
    connect_timeout_s: float = 2.0
    idle_timeout_s: float = 60.0


@dataclass(frozen=True, slots=True)
class Addresses:
    """Networks in CIDR form. `trusted_hops` is the number of our own proxies in front, which tell the client's address.

    With an empty `allow` all are allowed that are not denied.
    """

    trusted_hops: int = 0
    allow: tuple[str, ...] = ()
    deny: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Logging:
    """Fields of the access log, and which of them print as `[redacted]`."""

    fields: tuple[LogField, ...]
    redacted: tuple[LogField, ...] = ()


@dataclass(frozen=True, slots=True)
class Acceptance:
    """A weaker form of a feature that the policy's author accepts on one gateway, and why."""

    feature: str
    target: GatewayId
    form: str
    reason: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Policy:
    """The policy of one API and brand. `operations` has every operation of the API, in its order."""

    name: str
    path: PurePosixPath
    api: PurePosixPath
    targets: tuple[GatewayId, ...]
    listen: Listen
    upstream: Upstream
    addresses: Addresses
    tokens: tuple[TokenIssuer, ...]
    api_keys: tuple[ApiKeys, ...]
    certificates: tuple[Certificates, ...]
    limits: tuple[Limit, ...]
    request_removed: tuple[str, ...]
    request_set: tuple[HeaderChange, ...]
    response_removed: tuple[str, ...]
    response_set: tuple[HeaderChange, ...]
    logging: Logging
    operations: tuple[OperationPolicy, ...]
    accepted: tuple[Acceptance, ...] = ()
    origins: tuple[tuple[str, Origin], ...] = ()

    def token(self, name: str) -> TokenIssuer:
        """The issuer of this name."""
        return next(each for each in self.tokens if each.name == name)

    def limit(self, name: str) -> Limit:
        """The limit of this name."""
        return next(each for each in self.limits if each.name == name)

    def place_of(self, operation: OperationPolicy, setting: str) -> Origin:
        """Where a setting (`timeoutS`) was written that decides here; for a default, the route of the access."""
        of_route = next((origin for name, origin in operation.settings if name == setting), None)
        return of_route or self.origin_of(f"/{setting}") or operation.origin

    def origin_of(self, pointer: str) -> Origin | None:
        """Where the field at this JSON pointer was written (`/cors`), or None if it is a default."""
        return next((origin for known, origin in self.origins if known == pointer), None)
