"""Edits of a policy, what each means, and requests near the edge of what it lets through."""

# ruff: noqa: E501 - a table reads best with one edit a line

import copy
from dataclasses import dataclass, replace
from functools import cache

from tests.gateway.sample_policy import API, JWK, changed, read_policy
from themekit.gateway.meaning import Context, Level, decide
from themekit.gateway.requests import Request, Token

NOW_S = 1_000_000.0
OTHER_JWK = {**JWK, "x": "A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg", "kid": "k2"}
EC_JWK = {
    "kty": "EC",
    "crv": "P-256",
    "x": "Ju_OvQ7p40pmkYfhizqRIrL3M5RbZJzJ-fkh6fna2BI",
    "y": "kCOL3pzHuzMNFQxncE3SWucFUgV0S28xv0BwdFhy0OY",
    "kid": "k3",
    "alg": "ES256",
}
ORIGIN = "https://app.acme.example"
BANK = "spiffe://acme.example/bank"
BASE = {
    "validation": "openapi",
    "retries": {"attempts": 1, "on": ["reset"]},
    "listen.hosts": ["api.acme.example", "old.acme.example"],
    "addresses.allow": ["203.0.113.0/24", "198.51.100.0/24", "2001:db8::/32"],
    "tokens.main.keys": [{"jwk": JWK}, {"jwk": {**JWK, "kid": "k3"}}],
    "tokens.main.audiences": ["https://api.acme.example", "https://old.acme.example"],
    "tokens.second": {"issuer": "https://id2.acme.example/", "audiences": ["https://api.acme.example"], "jwks": "https://id2.acme.example/jwks.json"},
    "apiKeys": {"partners": {"header": "Api-Key", "consumers": {"bank": "env:BANK", "shop": "env:SHOP"}}},
    "certificates": {"banks": {"authority": "env:CA", "names": [BANK, "spiffe://acme.example/shop"]}},
    "rates.gold": {"by": "consumer", "requests": 5, "period": "minute", "tiers": {"claim": "tier", "rates": {"gold": {"requests": 10, "period": "minute"}}}},
    "routes.read.access.tokens": ["main", "second"],
    "routes.write": None,
    "routes.partner": {"operation": "createPayment", "access": {"tokens": ["main"], "apiKeys": ["partners"], "certificates": ["banks"]}},
    "routes.cancel": {"operation": "cancelPayment", "access": {"tokens": ["main"], "claims": {"tier": ["gold", "silver"]}}, "limits": ["gold"]},
    "listen.plainText": None,
    "listen.tls": {"certificate": "env:CHAIN", "key": "env:KEY", "minimum": "1.3"},
    "accept": [{"feature": "rates", "target": "envoy", "form": "per-replica", "reason": "One replica"}],
}  # fmt: skip


@dataclass(frozen=True)
class Edit:
    """`there` and `back` are areas and risks that it must have, and no others, from the base and to it.

    `opens` says in which direction a single request shows it: refused by the first policy, forwarded by the second.
    """

    changes: dict
    there: frozenset
    back: frozenset
    opens: str = ""
    api: tuple = ()


def edit(changes, there, back, *, opens="", api=()):
    def risks(text):
        return frozenset(tuple(each.split(":")) for each in text.split())

    return Edit(changes, risks(there), risks(back), opens, api)


def weaker(area, changes, *, opens="there", api=()):
    return edit(changes, f"{area}:weakens", f"{area}:strengthens", opens=opens, api=api)


def both(area, changes, *, opens="there back", api=()):
    return edit(
        changes, f"{area}:weakens {area}:strengthens", f"{area}:weakens {area}:strengthens", opens=opens, api=api
    )


def neutral(area, changes, *, api=()):
    return edit(changes, f"{area}:neutral", f"{area}:neutral", api=api)


READ = "routes.read.access"
EDITS = {
    "opened": edit({READ: {"public": "All may read"}, "routes.read.limits": []}, "access:weakens limits:weakens request-headers:weakens", "access:strengthens limits:strengthens request-headers:strengthens", opens="there"),
    "another reason to be open": neutral("access", {"routes.token.access": {"public": "Others"}}),
    "no token": edit({"routes.partner.access": {"apiKeys": ["partners"], "certificates": ["banks"]}}, "tokens:weakens request-headers:weakens", "tokens:strengthens request-headers:strengthens", opens="there"),
    "an issuer less": edit({f"{READ}.tokens": ["main"]}, "tokens:strengthens", "tokens:weakens", opens="back"),
    "another issuer": both("tokens", {"tokens.second.issuer": "https://id3.acme.example/"}),
    "an audience more": weaker("tokens", {"tokens.second.audiences": ["https://api.acme.example", "https://x.example"]}),
    "an audience less": edit({"tokens.main.audiences": ["https://api.acme.example"]}, "tokens:strengthens", "tokens:weakens", opens="back"),
    "a key more": weaker("tokens", {"tokens.main.keys": [{"jwk": JWK}, {"jwk": {**JWK, "kid": "k3"}}, {"jwk": OTHER_JWK}]}),
    "another key of one name": both("tokens", {"tokens.main.keys": [{"jwk": {**OTHER_JWK, "kid": "k1"}}, {"jwk": {**JWK, "kid": "k3"}}]}, opens=""),
    "another kind of key": both("tokens", {"tokens.main.keys": [{"jwk": JWK}, {"jwk": EC_JWK}]}, opens=""),
    "another name of a key": both("tokens", {"tokens.main.keys": [{"jwk": JWK}, {"jwk": {**JWK, "kid": "k2"}}]}, opens="there"),
    "keys from an address": edit({"tokens.main.keys": None, "tokens.main.jwks": "https://id.acme.example/jwks.json"}, "tokens:weakens", "tokens:weakens", opens="there"),
    "a longer skew": weaker("tokens", {"tokens.main.clockSkewS": 120}),
    "another consumer claim": edit({"tokens.main.consumerClaim": "client_id"}, "tokens:weakens", "tokens:weakens", opens="there back"),
    "another scope claim": edit({"tokens.main.scopeClaim": "scp"}, "tokens:weakens", "tokens:weakens", opens="there back"),
    "the token goes on": edit({"tokens.main.forward": True}, "request-headers:weakens", "request-headers:strengthens"),
    "no scope": weaker("scopes", {f"{READ}.scopes": None}),
    "a set of scopes more": weaker("scopes", {f"{READ}.scopes": [["payments:read"], ["payments:write", "admin"], ["audit"]]}),
    "a smaller set of scopes": weaker("scopes", {f"{READ}.scopes": [["payments:read"], ["payments:write"]]}),
    "a set that another implies": edit({f"{READ}.scopes": [["payments:read"], ["payments:write", "admin"], ["payments:read", "x"]]}, "", ""),
    "another set of scopes": both("scopes", {f"{READ}.scopes": [["payments:read"], ["audit"]]}),
    "a claim less": weaker("claims", {"routes.cancel.access.claims": None}),
    "a value less": edit({"routes.cancel.access.claims": {"tier": ["gold"]}}, "claims:strengthens", "claims:weakens", opens="back"),
    "a claim more": edit({"routes.cancel.access.claims": {"tier": ["gold", "silver"], "plan": ["a"]}}, "claims:strengthens", "claims:weakens", opens="back"),
    "no API key": edit({"routes.partner.access": {"tokens": ["main"], "certificates": ["banks"]}}, "api-keys:weakens request-headers:weakens", "api-keys:strengthens request-headers:strengthens", opens="there"),
    "another API key": both("api-keys", {"apiKeys.partners.consumers": {"bank": "env:OTHER", "shop": "env:SHOP"}}),
    "a consumer less": edit({"apiKeys.partners.consumers": {"bank": "env:BANK"}}, "api-keys:strengthens", "api-keys:weakens", opens="back"),
    "keys in another header": edit({"apiKeys.partners.header": "X-Api-Key"}, "api-keys:weakens api-keys:strengthens request-headers:weakens request-headers:strengthens", "api-keys:weakens api-keys:strengthens request-headers:weakens request-headers:strengthens", opens="there back"),
    "no certificate": weaker("certificates", {"routes.partner.access": {"tokens": ["main"], "apiKeys": ["partners"]}}),
    "a name of certificates less": edit({"certificates.banks.names": [BANK]}, "certificates:strengthens", "certificates:weakens", opens="back"),
    "another authority": both("certificates", {"certificates.banks.authority": "env:CA2"}, opens=""),
    "a faster limit": weaker("limits", {"rates.reads.requests": 50}),
    "a larger burst": weaker("limits", {"rates.reads.burst": 9}, opens=""),
    "fewer and more": edit({"rates.reads": {"by": "consumer", "requests": 50, "period": "minute", "burst": 2}}, "limits:weakens", "limits:weakens", opens="there"),
    "a faster tier": weaker("limits", {"rates.gold.tiers.rates.gold.requests": 20}),
    "no limit": weaker("limits", {"routes.read.limits": []}),
    "a limit of another name": edit({"rates.reads": None, "rates.lists": {"by": "consumer", "requests": 5, "period": "minute", "burst": 5}, "routes.read.limits": ["lists"]}, "limits:neutral", "limits:neutral"),
    "a limit more": edit({"routes.token.limits": ["tokens", "all"], "rates.all": {"by": "route", "requests": 1, "period": "hour"}}, "limits:strengthens", "limits:weakens", opens="back"),
    "counted by address": edit({"rates.reads.by": "address"}, "limits:weakens", "limits:weakens"),
    "fewer keys told apart": edit({"rates.reads.keys": 500}, "limits:weakens", "limits:strengthens"),
    "larger bodies": weaker("bodies", {"maxBodyBytes": 2048}),
    "no validation": weaker("validation", {"validation": "none"}, opens=""),
    "no foreign pages": edit({"cors": None}, "cors:strengthens", "cors:weakens"),
    "pages of all origins": weaker("cors", {"cors.origins": ["*"]}, opens=""),
    "pages of other origins": both("cors", {"cors.origins": ["https://b.acme.example"]}, opens=""),
    "pages send a header more": weaker("cors", {"cors.headers": ["Authorization", "X-More"]}, opens=""),
    "pages read a header more": weaker("cors", {"cors.expose": ["X-More"]}, opens=""),
    "pages with cookies": weaker("cors", {"cors.credentials": True}, opens=""),
    "browsers remember longer": neutral("cors", {"cors.maxAgeS": 6000}),
    "an address denied": edit({"addresses.deny": ["198.51.100.0/24", "203.0.113.0/28"]}, "addresses:strengthens", "addresses:weakens", opens="back"),
    "half a network": weaker("addresses", {"addresses.deny": ["198.51.100.0/25"]}),
    "the same networks in pieces": edit({"addresses.deny": ["198.51.100.0/25", "198.51.100.128/25"]}, "", ""),
    "all addresses": weaker("addresses", {"addresses.allow": None}),
    "a proxy more": edit({"addresses.trustedHops": 2}, "addresses:weakens", "addresses:weakens", opens="there back"),
    "no proxy": edit({"addresses.trustedHops": 0}, "addresses:weakens", "addresses:weakens", opens="there back"),
    "a header kept": edit({"requestHeaders.remove": []}, "request-headers:weakens", "request-headers:strengthens"),
    "a claim shown no longer": edit({"requestHeaders.set": {"X-Consumer": {"value": "x"}}, "tokens.main.consumerClaim": "sub"}, "request-headers:weakens", "request-headers:weakens"),
    "a claim more shown": edit({"requestHeaders.set": {"X-Consumer": {"claim": "sub"}, "X-Tier": {"claim": "note"}}}, "request-headers:strengthens", "request-headers:weakens", opens="back"),
    "another fixed answer": edit({"responseHeaders.set": {"X-Content-Type-Options": "none"}}, "response-headers:weakens", "response-headers:weakens"),
    "a protecting header less": edit({"responseHeaders.set": {}}, "response-headers:weakens", "response-headers:strengthens"),
    "answers name programs": weaker("response-headers", {"responseHeaders.remove": []}, opens=""),
    "a host more": weaker("listen", {"listen.hosts": ["api.acme.example", "old.acme.example", "new.acme.example"]}),
    "a host less": edit({"listen.hosts": ["api.acme.example"]}, "listen:strengthens", "listen:weakens", opens="back"),
    "paths begin otherwise": edit({"listen.basePath": "/v2"}, "listen:weakens", "listen:weakens", opens="there back"),
    "another port": neutral("listen", {"listen.port": 8081}),
    "no TLS": weaker("tls", {"listen.tls": None, "listen.plainText": "TLS ends elsewhere"}, opens=""),
    "older TLS": weaker("tls", {"listen.tls.minimum": "1.2"}, opens=""),
    "another certificate": neutral("tls", {"listen.tls.certificate": "env:CHAIN2"}),
    "another API": neutral("upstream", {"upstream.url": "http://127.0.0.1:9001"}),
    "the API by TLS": edit({"upstream.url": "https://127.0.0.1:9000"}, "upstream:strengthens", "upstream:weakens"),
    "a longer wait": neutral("timeouts", {"timeoutS": 20}),
    "more retries": neutral("retries", {"retries.attempts": 2}),
    "retries after something else": neutral("retries", {"retries.on": ["connect-failure"]}),
    "an API at another host": neutral("upstream", {"upstream.url": "http://127.0.0.2:9000"}),
    "a longer wait for a connection": neutral("timeouts", {"upstream.connectTimeoutS": 4}),
    "connections kept longer": neutral("timeouts", {"upstream.idleTimeoutS": 90}),
    "a key of the certificate elsewhere": neutral("tls", {"listen.tls.key": "vault:pki/acme#key"}),
    "a slower period": edit({"rates.reads": {"by": "consumer", "requests": 5, "period": "hour", "burst": 5}}, "limits:strengthens", "limits:weakens", opens="back"),
    "an address in the log is hidden": edit({"logging": {"redact": ["address"]}}, "logging:strengthens", "logging:weakens"),
    "a field of the log less": edit({"logging": {"fields": ["time", "method", "operation", "status", "duration", "consumer", "address", "agent", "request"]}}, "logging:weakens", "logging:weakens"),
    "a form accepted": weaker("accepted", {"accept": [{"feature": "rates", "target": "envoy", "form": "per-replica", "reason": "One replica"}, {"feature": "validation", "target": "envoy", "form": "in-app", "reason": "It does"}]}, opens=""),
    "another reason for a form": neutral("accepted", {"accept": [{"feature": "rates", "target": "envoy", "form": "per-replica", "reason": "Two"}]}),
    "another target": neutral("targets", {"targets": ["envoy", "kong"]}),
    "an operation more": edit({}, "operations:weakens", "operations:strengthens", opens="there", api=(("  /oauth/token:", "  /refunds:\n    get: {operationId: listRefunds, tags: [Payments]}\n  /oauth/token:"),)),
    "a method less": edit({}, "operations:strengthens", "operations:weakens", opens="back", api=(("    post: {operationId: createPayment, tags: [Payments]}\n", ""),)),
    "a path less, and another takes its requests": edit({"routes.read.access": {"tokens": ["main"], "scopes": [["audit"]]}, "routes.one": {"operation": "retrievePayment", "access": {"public": "All"}, "limits": []}}, "operations:weakens", "operations:weakens", opens="there back", api=(("  /payments/search:\n    get: {operationId: searchPayments, tags: [Payments]}\n", ""),)),
    "another name of an operation": neutral("operations", {}, api=(("searchPayments", "findPayments"),)),
    "another name of a parameter": edit({}, "", "", api=(("{payment_id}", "{id}"),)),
    "a preflight as an operation": edit({"routes.options": {"path": "/payments", "methods": ["OPTIONS"], "access": {"public": "All"}}}, "operations:weakens", "operations:strengthens", opens="there", api=(("    post: {operationId: createPayment", "    options: {operationId: askPayments, tags: [Payments]}\n    post: {operationId: createPayment"),)),
}  # fmt: skip
PARTNER_API = {"routes.partner": None}
NOT_ALONE = {"a path less, and another takes its requests"}
"""Edits that change more than the one thing they are for: for the law alone."""


@cache
def policy_of(*edits):
    """The base with these edits; None if they make no policy."""
    changes, api = dict(BASE), API
    for name in edits:
        changes |= EDITS[name].changes
        for old, new in EDITS[name].api:
            api = api.replace(old, new)
    if any(name == "a method less" for name in edits):
        changes |= PARTNER_API
    found, diagnostics = read_policy(changed(copy.deepcopy(changes)), api=api)
    return found if not any(each.is_error for each in diagnostics) else None


GOOD = {
    "iss": "https://id.acme.example/",
    "aud": "https://api.acme.example",
    "sub": "alice",
    "client_id": "alice",
    "exp": 1_000_600,
    "scope": "payments:read payments:write admin",
    "scp": "payments:read payments:write admin",
    "tier": "gold",
    "plan": "a",
    "note": "plain",
}
PLACES = [
    ("GET", "/payments"),
    ("POST", "/payments"),
    ("GET", "/payments/search"),
    ("GET", "/payments/p1"),
    ("DELETE", "/payments/p1"),
    ("POST", "/oauth/token"),
    ("GET", "/refunds"),
    ("OPTIONS", "/payments"),
    ("GET", "/v2/payments"),
]


def request(place):
    """One that asks for everything rightly."""
    method, target = place
    token = Token(tuple(GOOD.items()), key="k1", algorithm="EdDSA")
    headers = (
        ("x-forwarded-for", "203.0.113.7, 203.0.113.77"),
        ("api-key", "value of BANK"),
        ("x-api-key", "value of BANK"),
    )
    return Request(method, target, "api.acme.example", "203.0.113.9", headers, token=token, certificate_names=(BANK,))


def says(**claims):
    def deviate(asked):
        if asked.token is None:
            return asked
        said = {**dict(asked.token.claims), **claims}
        kept = tuple((name, value) for name, value in said.items() if value is not None)
        return replace(asked, token=replace(asked.token, claims=kept))

    return deviate


def has(**fields):
    return lambda asked: replace(asked, **fields)


def signed_by(**fields):
    return lambda asked: asked if asked.token is None else replace(asked, token=replace(asked.token, **fields))


def header(name, value):
    def deviate(asked):
        others = tuple(each for each in asked.headers if each[0] != name)
        return replace(asked, headers=(*others, *(((name, value),) if value is not None else ())))

    return deviate


SECOND = "https://id2.acme.example/"
DEVIATIONS = {
    "no token": has(token=None),
    "of the second issuer": says(iss=SECOND),
    "of a third issuer": says(iss="https://id3.acme.example/"),
    "for the old host": says(aud="https://old.acme.example"),
    "for another": says(aud="https://x.example"),
    "of the second issuer for another": says(iss=SECOND, aud="https://x.example"),
    "another key": signed_by(key="k2"),
    "an unknown key": signed_by(key="k9"),
    "false": signed_by(is_genuine=False),
    "expired for 60 s": says(exp=999_940),
    "nobody": says(sub=None),
    "no client": says(client_id=None),
    "no scope": says(scope=""),
    "no other scope": says(scp=""),
    "one scope": says(scope="payments:write"),
    "to write as admin": says(scope="payments:write admin"),
    "to audit": says(scope="audit"),
    "to read": says(scope="payments:read"),
    "silver": says(tier="silver"),
    "no tier": says(tier=None),
    "plan b": says(plan="b"),
    "a note that breaks lines": says(note="a\nb"),
    "no key": lambda asked: header("api-key", None)(header("x-api-key", None)(asked)),
    "a key in the old header": header("x-api-key", None),
    "a key in the new header": header("api-key", None),
    "another's key": header("api-key", "value of OTHER"),
    "the shop's key": header("api-key", "value of SHOP"),
    "no certificate": has(certificate_names=()),
    "the shop's certificate": has(certificate_names=("spiffe://acme.example/shop",)),
    "from a denied network": header("x-forwarded-for", "203.0.113.77, 198.51.100.3"),
    "from its other half": header("x-forwarded-for", "203.0.113.77, 198.51.100.200"),
    "from far away": header("x-forwarded-for", "192.0.2.1"),
    "from a small network": header("x-forwarded-for", "203.0.113.77, 203.0.113.7"),
    "from a denied one by a good proxy": header("x-forwarded-for", "198.51.100.3, 203.0.113.77"),
    "by a proxy far away": has(source="192.0.2.9"),
    "a larger body": has(body_bytes=1500),
    "the old host": has(host="old.acme.example"),
    "a new host": has(host="new.acme.example"),
    "a foreign page": header("origin", "https://b.acme.example"),
    "our page asks": lambda asked: header("origin", ORIGIN)(header("access-control-request-method", "GET")(asked)),
}
LEVELS = {
    "unused": None,
    "empty": Level(0.0, NOW_S),
    "4 s later": Level(0.0, NOW_S - 4),
    "6 s later": Level(0.0, NOW_S - 6),
    "8 s later": Level(0.0, NOW_S - 8),
    "1 min later": Level(0.0, NOW_S - 60),
}


class Everywhere(dict):
    """One level for whatever is counted, by whatever name."""

    def __init__(self, level):
        super().__init__()
        self.level = level

    def get(self, _key, _default=None):
        return self.level


class Vault(dict):
    def get(self, secret, _default=None):
        return f"value of {secret.name}"


def context(level):
    return Context(NOW_S, Everywhere(LEVELS[level]), Vault())


def decided(policy, asked, level):
    return decide(policy, asked, context=context(level))


def near_requests():
    """Every place with each single deviation, and each level."""
    for place in PLACES:
        asked = request(place)
        yield from ((asked, level) for level in LEVELS)
        yield from ((deviate(asked), "unused") for deviate in DEVIATIONS.values())
