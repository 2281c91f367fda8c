"""Policies for Kong that between them use all that it can do."""

import json
from dataclasses import replace
from pathlib import Path, PurePosixPath

from tests.gateway.made_tokens import jwk
from tests.gateway.sample_policy import changed, read_policy
from themekit.gateway.kong import GATEWAY
from themekit.source.openapi import parse_openapi
from themekit.source.policy import PolicyInputs, parse_policy

ACCEPTED = {
    "rates": "fixed-windows",
    "keys": "no-skew",
    "jwks": "rotated-keys",
    "timeouts": "between-reads",
    "retries": "connection-errors",
    "tls": "node-settings",
}


def accept(*features):
    return [{"feature": each, "target": "kong", "form": ACCEPTED[each], "reason": "Known"} for each in features]


SAMPLE = {
    "targets": ["kong"],
    "tokens.main.keys": [{"jwk": jwk()}],
    "accept": accept("rates", "keys", "timeouts"),
}
ALL = {
    **SAMPLE,
    "listen.plainText": None,
    "listen.port": 443,
    "listen.basePath": "/v1",
    "listen.tls": {"certificate": "env:CHAIN", "key": "vault:pki/acme#private_key", "minimum": "1.3"},
    "upstream.url": "https://payments.internal.example",
    "tokens.other": {
        "issuer": "https://other.example/",
        "audiences": ["https://api.acme.example"],
        "jwks": "https://other.example/jwks.json",
        "forward": True,
    },
    "routes.cancel.access.tokens": ["main", "other"],
    "rates.all": {"by": "route", "requests": 100, "period": "second"},
    "routes.write.limits": ["all"],
    "rates.hourly": {"by": "consumer", "requests": 50, "period": "hour"},
    "routes.read.limits": ["reads", "hourly"],
    "routes.write.timeoutS": 2.5,
    "addresses.allow": ["203.0.113.0/24", "2001:db8::/32"],
    "retries": {"attempts": 2, "on": ["connect-failure", "unavailable"]},
    "logging": {"fields": ["time", "status", "consumer", "request"], "redact": ["consumer"]},
    "cors": {"origins": ["https://a.example", "http://localhost:3000"], "credentials": True},
    "accept": accept("rates", "keys", "jwks", "timeouts", "retries", "tls"),
}
BARE = {**SAMPLE, "cors": None, "logging": {"fields": []}}
CASES = {"sample": SAMPLE, "tls-and-two-issuers": ALL}


def policy_of(changes):
    policy, diagnostics = read_policy(changed(changes))
    assert policy is not None, diagnostics
    return policy


def volt():
    """The policy of a brand of this repository, with all its operations, as one for Kong."""
    root = Path(__file__).parents[3]

    def read(path):
        return (root / path).read_bytes() if (root / path).is_file() else None

    def names(folder):
        return tuple(sorted(each.name for each in (root / folder).iterdir()))

    path = PurePosixPath("brands/volt/policy.json")
    inputs = PolicyInputs(read, names, lambda described: parse_openapi(described, read(described), read=read)[0])
    policy, _ = parse_policy(path, read(path), name="volt", inputs=inputs)
    return replace(policy, targets=("kong",))


def files(changes):
    return {artifact.path.name: artifact.content.decode() for artifact in GATEWAY.emit(policy_of(changes))}


def declarative(changes):
    return json.loads(files(changes)["kong.json"])
