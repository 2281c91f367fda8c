"""Policies of every kind, for what has to hold for any."""

from tests.gateway.sample_policy import JWK, changed, read_policy, shown


def policy_of(changes=None):
    found, diagnostics = read_policy(changed(changes or {}))
    assert found is not None, shown(diagnostics)
    return found


POLICIES = {
    "sample": policy_of(),
    "no proxy in front": policy_of({"addresses.trustedHops": 0}),
    "two proxies": policy_of({"addresses.trustedHops": 2}),
    "allowed networks": policy_of({"addresses": {"trustedHops": 1, "allow": ["203.0.113.0/28", "2001:db8::/64"]}}),
    "any origin": policy_of({"cors.origins": ["*"]}),
    "no rule on origins": policy_of({"cors": None}),
    "base path": policy_of({"listen.basePath": "/v1"}),
    "tiers": policy_of(
        {
            "rates.reads": {
                "by": "consumer",
                "requests": 5,
                "period": "minute",
                "tiers": {"claim": "plan", "rates": {"gold": {"requests": 9, "period": "minute"}}},
            }
        }
    ),
    "by route": policy_of({"rates.reads": {"by": "route", "requests": 5, "period": "minute"}}),
    "two issuers": policy_of(
        {
            "tokens.staff": {
                "issuer": "https://staff.acme.example/",
                "audiences": ["https://api.acme.example", "https://back.acme.example"],
                "keys": [{"jwk": {**JWK, "kid": "s1"}}],
                "consumerClaim": "email",
                "scopeClaim": "scp",
                "clockSkewS": 0,
                "forward": True,
            },
            "routes.cancel.access": {"tokens": ["staff"]},
            "routes.read.access": {"tokens": ["main", "staff"], "scopes": [["payments:read"]]},
        }
    ),
    "keys from a server": policy_of({"tokens.main.keys": None, "tokens.main.jwks": "https://id.acme.example/jwks"}),
    "nothing but public": policy_of(
        {
            "routes": {
                "all": {"tag": "Payments", "access": {"public": "A"}},
                "t": {"tag": "Tokens", "access": {"public": "B"}},
            },
            "tokens": None,
            "rates": None,
            "limits": None,
            "requestHeaders": None,
            "accept": None,
        }
    ),
}
