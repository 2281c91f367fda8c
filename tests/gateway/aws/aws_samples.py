"""Policies for the targets on AWS, made from the sample, with every weaker form accepted that it needs."""

from tests.gateway.made_tokens import jwk
from tests.gateway.sample_policy import POLICY, changed, read_policy
from themekit.gateway.aws import HTTP, REST

BY_NAME = {"aws-http": HTTP, "aws-rest": REST}
FORMS = {
    "aws-http": {
        "rates": "in-app",
        "addresses": "told-address",
        "response-headers": "listed-statuses",
        "body-size": "in-app",
        "request-headers": "token-forwarded",
        "port": "usual-port",
    },
    "aws-rest": {
        "rates": "in-app",
        "cors": "preflight-only",
        "request-headers": "emptied",
        "response-headers": "own-answers",
        "port": "usual-port",
    },
}
SAMPLE = changed(
    {
        "addresses": {"deny": ["198.51.100.0/24"]},
        "upstream.url": "https://payments.internal.example",
        "tokens.main.keys": [{"jwk": jwk()}],
        "rates.tokens.requests": 30,
        "rates.all": {"by": "route", "requests": 100, "period": "second", "burst": 50},
        "routes.read.limits": ["reads", "all"],
    },
    POLICY,
)
RICH = {
    "listen.plainText": None,
    "listen.basePath": "/v1",
    "listen.tls": {"certificate": "env:CHAIN", "key": "vault:pki/acme#private_key"},
    "tokens.main.keys": None,
    "tokens.main.jwks": "https://id.acme.example/jwks.json",
    "certificates": {"banks": {"authority": "env:CLIENT_CA", "names": ["spiffe://acme.example/bank"]}},
    "routes.cancel.access": {"tokens": ["main"], "certificates": ["banks"]},
    "upstream.url": "http://payments.internal.example:8080",
    "addresses.allow": ["203.0.113.0/24", "2001:db8::/32"],
    "routes.write.maxBodyBytes": 65536,
    "logging": {"fields": ["time", "status", "consumer", "address"], "redact": ["address"]},
}


def accepting(target, forms):
    return [{"feature": name, "target": target, "form": form, "reason": "A test"} for name, form in forms.items()]


def aws_policy(target, changes=None, *, forms=None):
    """The sample for one target, changed; `forms` are accepted besides those it needs."""
    wanted = {"targets": [target], "accept": accepting(target, {**FORMS[target], **(forms or {})})}
    policy, diagnostics = read_policy(changed({**wanted, **(changes or {})}, SAMPLE))
    assert policy is not None, diagnostics
    return policy
