"""For every field of policy.json two values that ask for different things, and what else a policy needs to have it."""

import base64
import copy
from dataclasses import dataclass, field

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from tests.gateway.made_tokens import ISSUER, STRANGER
from tests.gateway.policy_edits import EC_JWK, OTHER_JWK
from tests.gateway.sample_policy import API, JWK, changed, read_policy, shown
from themekit.source.field_table import Leaf, Listing, Members, Named
from themekit.source.policy_fields import POLICY

WORDS = frozenset(
    {
        "$schema",
        "extends",
        "accept.*.feature",
        "accept.*.target",
        "accept.*.form",
        "accept.*.reason",
        "targets.*",
        "tokens.*.keys.*.jwk.use",
    }
    | {"routes.*.access.public", "listen.plainText"}
)
"""Reasons for whoever reads the policy, what the trials vary themselves, and what is only checked."""


API_WITH_PARAMETER = API.replace(
    "{operationId: listPayments, tags: [Payments]}",
    "{operationId: listPayments, tags: [Payments], parameters: [{name: page, in: query, required: true}]}",
)
API_WITH_OPERATION = f"{API}  /more:\n    get: {{operationId: more, tags: [Payments]}}\n"


@dataclass(frozen=True)
class Trial:
    """`one` and `other` are put at the dotted path `at`, in the sample policy with the changes of `needs`."""

    at: str
    one: object
    other: object
    needs: dict = field(default_factory=dict)

    def policies(self, target):
        """The two policies, which accept nothing."""
        return tuple(self._policy(target, value) for value in (self.one, self.other))

    def _policy(self, target, value):
        changes = {**EVERYWHERE, "targets": [target], **self.needs, self.at: value}
        files = {"docs_src/api/other.yaml": API_WITH_OPERATION}.items()
        found, diagnostics = read_policy(changed(copy.deepcopy(changes)), api=API_WITH_PARAMETER, files=files)
        assert found is not None, shown(diagnostics)
        return found


API_KEYS = {
    "apiKeys": {"partners": {"header": "X-API-Key", "consumers": {"bank": "env:BANK"}}},
    "routes.write.access": {"apiKeys": ["partners"]},
    "routes.cancel.access": {"tokens": ["main"]},
}
CERTIFICATES = {
    "certificates": {"banks": {"authority": "env:CA", "names": ["spiffe://acme.example/bank"]}},
    "routes.write.access": {"certificates": ["banks"]},
    "listen.plainText": None,
    "listen.tls": {"certificate": "env:CHAIN", "key": "env:KEY"},
}
TLS = {"listen.plainText": None, "listen.tls": {"certificate": "env:CHAIN", "key": "env:KEY"}}
TIERS = {"rates.reads.tiers": {"claim": "plan", "rates": {"gold": {"requests": 9, "period": "minute"}}}}


def _pem(key):
    return key.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()


def _ed25519(jwk, **named):
    raw = base64.urlsafe_b64decode(jwk["x"] + "=")
    return {"pem": _pem(ed25519.Ed25519PublicKey.from_public_bytes(raw)), "algorithm": "EdDSA", **named}


def _rsa(number, exponent=65537):
    return {"kty": "RSA", "kid": "r1", "alg": "RS256", "n": _base64(number), "e": _base64(exponent)}


def _base64(number):
    data = number.to_bytes((number.bit_length() + 7) // 8)
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


FETCHED = {"tokens.main.keys": None, "tokens.main.jwks": "https://a.example/jwks"}
NATIVE = {"addresses": None, "routes.cancel": None, "routes.read.access.scopes": [["payments:read"]]}
"""With these AWS's own authorizer can check every token."""
RSA_PEM = {"pem": _pem(rsa.RSAPublicNumbers(65537, ISSUER[0]).public_key()), "id": "r1"}
EC = {**EC_JWK, "kid": "k1"}
_OTHER_POINT = ec.derive_private_key(7, ec.SECP256R1()).public_key().public_numbers()
OTHER_EC = {**EC, "x": _base64(_OTHER_POINT.x), "y": _base64(_OTHER_POINT.y)}


def _setting(prefix, needs):
    """What a policy says of all its operations, and a route of its own."""
    cors = {"origins": ["https://app.acme.example"]}
    retries = {"attempts": 1, "on": ["reset"]}
    with_cors, with_retries = {**needs, f"{prefix}cors": cors}, {**needs, f"{prefix}retries": retries}
    if prefix:
        with_cors = {**with_cors, "cors": None}
    origins = (["https://app.acme.example"], ["https://b.acme.example"])
    return {
        "limits.*": Trial(f"{prefix}limits", [], ["all"], {**needs, "rates.all": _rate("route")}),
        "cors.origins.*": Trial(f"{prefix}cors.origins", *origins, needs=with_cors),
        "cors.headers.*": Trial(f"{prefix}cors.headers", ["X-A"], ["X-B"], with_cors),
        "cors.expose.*": Trial(f"{prefix}cors.expose", ["X-A"], ["X-B"], with_cors),
        "cors.credentials": Trial(f"{prefix}cors.credentials", False, True, with_cors),
        "cors.maxAgeS": Trial(f"{prefix}cors.maxAgeS", 60, 600, with_cors),
        "maxBodyBytes": Trial(f"{prefix}maxBodyBytes", 2048, 4096, needs),
        "validation": Trial(f"{prefix}validation", "none", "openapi", needs),
        "timeoutS": Trial(f"{prefix}timeoutS", 5, 6, needs),
        "retries.attempts": Trial(f"{prefix}retries.attempts", 1, 2, with_retries),
        "retries.on.*": Trial(f"{prefix}retries.on", ["reset"], ["unavailable"], with_retries),
    }


def _rate(by, **more):
    return {"by": by, "requests": 300, "period": "minute", **more}


def _keys(one, other):
    return Trial("tokens.main.keys", [one], [other])


def _of_issuer(member, one, other):
    """With keys that stand in the policy, and with keys that are fetched, which some gateways do by themselves."""
    at = f"tokens.main.{member}"
    return (Trial(at, one, other, FETCHED if member == "jwks" else {}), Trial(at, one, other, {**FETCHED, **NATIVE}))


def _counted(member, one, other):
    """For each kind of what is counted; a period that every gateway can count."""
    return tuple(
        Trial(f"rates.{by}.{member}", one, other, {f"rates.{by}": _rate(by), "routes.read.limits": [by]})
        for by in ("consumer", "address", "route")
    )


READ = "routes.read.access"
EVERYWHERE = {
    "accept": [],
    "addresses.trustedHops": 0,
    "tokens.main.keys": [{"jwk": EC}],
    "upstream.url": "https://upstream.acme.example",
}
"""Makes the sample one that every gateway can take, with the weaker forms that it offers."""
TRIALS = {
    "api": Trial("api", "docs_src/api/openapi.yaml", "docs_src/api/other.yaml"),
    "listen.hosts.*": Trial("listen.hosts", ["api.acme.example"], ["old.acme.example"]),
    "listen.port": Trial("listen.port", 8080, 9090),
    "listen.basePath": Trial("listen.basePath", "/v1", "/v2"),
    "listen.tls.certificate": Trial("listen.tls.certificate", "env:ONE", "env:OTHER", TLS),
    "listen.tls.key": Trial("listen.tls.key", "env:ONE", "env:OTHER", TLS),
    "listen.tls.minimum": Trial("listen.tls.minimum", "1.2", "1.3", TLS),
    "upstream.url": Trial("upstream.url", "https://a.acme.example", "https://b.acme.example"),
    "upstream.connectTimeoutS": Trial("upstream.connectTimeoutS", 1, 3),
    "upstream.idleTimeoutS": Trial("upstream.idleTimeoutS", 20, 90),
    "addresses.trustedHops": Trial("addresses.trustedHops", 1, 2),
    "addresses.allow.*": Trial("addresses", {"allow": ["203.0.113.0/24"]}, {"allow": ["192.0.2.0/24"]}),
    "addresses.deny.*": Trial("addresses", {"deny": ["203.0.113.0/24"]}, {"deny": ["192.0.2.0/24"]}),
    "tokens.*.issuer": Trial("tokens.main.issuer", "https://a.example/", "https://b.example/"),
    "tokens.*.audiences.*": Trial("tokens.main.audiences", ["https://a.example"], ["https://b.example"]),
    "tokens.*.jwks": _of_issuer("jwks", "https://a.example/jwks", "https://b.example/jwks"),
    "tokens.*.keys.*.pem": _keys(_ed25519(JWK, id="a"), _ed25519(OTHER_JWK, id="a")),
    "tokens.*.keys.*.id": _keys(_ed25519(JWK, id="a"), _ed25519(JWK, id="b")),
    "tokens.*.keys.*.algorithm": _keys({**RSA_PEM, "algorithm": "RS256"}, {**RSA_PEM, "algorithm": "RS384"}),
    "tokens.*.keys.*.jwk.kty": _keys({"jwk": EC}, {"jwk": {**_rsa(ISSUER[0]), "kid": "k1"}}),
    "tokens.*.keys.*.jwk.kid": _keys({"jwk": EC}, {"jwk": {**EC, "kid": "k2"}}),
    "tokens.*.keys.*.jwk.alg": _keys({"jwk": _rsa(ISSUER[0])}, {"jwk": {**_rsa(ISSUER[0]), "alg": "RS384"}}),
    "tokens.*.keys.*.jwk.n": _keys({"jwk": _rsa(ISSUER[0])}, {"jwk": _rsa(STRANGER[0])}),
    "tokens.*.keys.*.jwk.e": _keys({"jwk": _rsa(ISSUER[0])}, {"jwk": _rsa(ISSUER[0], 17)}),
    "tokens.*.keys.*.jwk.crv": _keys({"jwk": EC}, {"jwk": {**JWK, "kid": "k1"}}),
    "tokens.*.keys.*.jwk.x": _keys({"jwk": EC}, {"jwk": OTHER_EC}),
    "tokens.*.keys.*.jwk.y": _keys({"jwk": EC}, {"jwk": OTHER_EC}),
    "tokens.*.clockSkewS": _of_issuer("clockSkewS", 10, 20),
    "tokens.*.consumerClaim": _of_issuer("consumerClaim", "sub", "client_id"),
    "tokens.*.scopeClaim": _of_issuer("scopeClaim", "scope", "scp"),
    "tokens.*.forward": _of_issuer("forward", False, True),
    "apiKeys.*.header": Trial("apiKeys.partners.header", "Api-Key", "X-Key", API_KEYS),
    "apiKeys.*.consumers.*": Trial("apiKeys.partners.consumers", {"bank": "env:ONE"}, {"bank": "env:OTHER"}, API_KEYS),
    "certificates.*.authority": Trial("certificates.banks.authority", "env:ONE", "env:OTHER", CERTIFICATES),
    "certificates.*.names.*": Trial("certificates.banks.names", ["a.example"], ["b.example"], CERTIFICATES),
    "rates.*.by": Trial("rates.reads.by", "consumer", "route"),
    "rates.*.requests": _counted("requests", 300, 600),
    "rates.*.period": _counted("period", "minute", "second"),
    "rates.*.burst": _counted("burst", 5, 9),
    "rates.*.keys": _counted("keys", 200, 300)[:2],
    "rates.*.tiers.claim": Trial("rates.reads.tiers.claim", "plan", "tier", TIERS),
    "rates.*.tiers.rates.*.requests": Trial("rates.reads.tiers.rates.gold.requests", 8, 9, TIERS),
    "rates.*.tiers.rates.*.period": Trial("rates.reads.tiers.rates.gold.period", "minute", "hour", TIERS),
    "rates.*.tiers.rates.*.burst": Trial("rates.reads.tiers.rates.gold.burst", 8, 9, TIERS),
    **_setting("", {"routes.read.limits": None}),
    "requestHeaders.remove.*": Trial("requestHeaders.remove", ["X-A"], ["X-B"]),
    "requestHeaders.set.*.value": Trial("requestHeaders.set.X-Consumer", {"value": "a"}, {"value": "b"}),
    "requestHeaders.set.*.claim": Trial("requestHeaders.set.X-Consumer", {"claim": "sub"}, {"claim": "plan"}),
    "responseHeaders.remove.*": Trial("responseHeaders.remove", ["X-A"], ["X-B"]),
    "responseHeaders.set.*": Trial("responseHeaders.set", {"X-A": "a"}, {"X-A": "b"}),
    "logging.fields.*": Trial("logging.fields", ["time", "status"], ["time", "path"]),
    "logging.redact.*": Trial("logging.redact", [], ["status"]),
    "routes.*.operation": Trial(
        "routes.extra", *({"operation": each, "timeoutS": 7} for each in ("listPayments", "createPayment"))
    ),
    "routes.*.path": Trial(
        "routes.extra", *({"path": each, "timeoutS": 7} for each in ("/payments", "/payments/search"))
    ),
    "routes.*.tag": Trial("routes.extra", *({"tag": each, "timeoutS": 7} for each in ("Payments", "Tokens"))),
    "routes.*.methods.*": Trial(
        "routes.extra", *({"path": "/payments", "methods": [each], "timeoutS": 7} for each in ("GET", "POST"))
    ),
    "routes.*.access.tokens.*": Trial(
        f"{READ}.tokens",
        ["main"],
        ["main", "staff"],
        {"tokens.staff": {"issuer": "https://s.example/", "audiences": ["a"], "keys": [{"jwk": OTHER_JWK}]}},
    ),
    "routes.*.access.scopes.*.*": Trial(f"{READ}.scopes", [["payments:read"]], [["payments:write"]]),
    "routes.*.access.claims.*.*": Trial(f"{READ}.claims", {"tier": ["gold"]}, {"tier": ["silver"]}),
    "routes.*.access.apiKeys.*": Trial(
        "routes.write.access",
        {"tokens": ["main"]},
        {"tokens": ["main"], "apiKeys": ["partners"]},
        {"apiKeys": API_KEYS["apiKeys"]},
    ),
    "routes.*.access.certificates.*": Trial(
        "routes.write.access",
        {"tokens": ["main"]},
        {"tokens": ["main"], "certificates": ["banks"]},
        {"certificates": CERTIFICATES["certificates"], **TLS},
    ),
    **{f"routes.*.{name}": trial for name, trial in _setting("routes.read.", {}).items()},
}


def leaves(kind=POLICY, path=()):
    """The dotted path of every value that a policy can have; `*` stands for an author's own name or an item."""
    if isinstance(kind, Members):
        for each in kind.fields:
            yield from leaves(each.kind, (*path, each.name))
    elif isinstance(kind, Named | Listing):
        yield from leaves(kind.item, (*path, "*"))
    else:
        assert isinstance(kind, Leaf)
        yield ".".join(path)


def trials_of(field):
    """The trials of a field: most have one."""
    found = TRIALS[field]
    return found if isinstance(found, tuple) else (found,)
