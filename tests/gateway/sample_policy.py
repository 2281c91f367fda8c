"""A small API and a policy for it, to be changed by tests."""

import copy
import json
from pathlib import PurePosixPath

from themekit.diagnostics.text import render_text
from themekit.source.locate import all_located
from themekit.source.openapi import parse_openapi
from themekit.source.policy import PolicyInputs, parse_policy

POLICY_PATH = "brands/acme/policy.json"
API_PATH = "docs_src/api/openapi.yaml"
JWK = {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", "kid": "k1", "alg": "EdDSA"}

API = """\
openapi: 3.1.0
info: {title: Payments, version: "1"}
paths:
  /payments:
    get: {operationId: listPayments, tags: [Payments]}
    post: {operationId: createPayment, tags: [Payments]}
  /payments/search:
    get: {operationId: searchPayments, tags: [Payments]}
  /payments/{payment_id}:
    get: {operationId: retrievePayment, tags: [Payments]}
    delete: {operationId: cancelPayment, tags: [Payments]}
  /oauth/token:
    post: {operationId: createToken, tags: [Tokens]}
"""

POLICY = {
    "api": API_PATH,
    "targets": ["envoy"],
    "listen": {"hosts": ["api.acme.example"], "port": 8080, "plainText": "TLS ends at the load balancer"},
    "upstream": {"url": "http://127.0.0.1:9000"},
    "addresses": {"trustedHops": 1, "deny": ["198.51.100.0/24"]},
    "tokens": {
        "main": {
            "issuer": "https://id.acme.example/",
            "audiences": ["https://api.acme.example"],
            "keys": [{"jwk": JWK}],
        }
    },
    "rates": {
        "reads": {"by": "consumer", "requests": 5, "period": "minute", "burst": 5},
        "tokens": {"by": "address", "requests": 3, "period": "minute"},
    },
    "cors": {"origins": ["https://app.acme.example"], "headers": ["Authorization"]},
    "maxBodyBytes": 1024,
    "requestHeaders": {"remove": ["X-Internal"], "set": {"X-Consumer": {"claim": "sub"}}},
    "responseHeaders": {"remove": ["X-Powered-By"], "set": {"X-Content-Type-Options": "nosniff"}},
    "routes": {
        "read": {
            "tag": "Payments",
            "methods": ["GET"],
            "access": {"tokens": ["main"], "scopes": [["payments:read"], ["payments:write", "admin"]]},
            "limits": ["reads"],
        },
        "write": {"tag": "Payments", "access": {"tokens": ["main"], "scopes": [["payments:write"]]}},
        "cancel": {"operation": "cancelPayment", "access": {"tokens": ["main"], "claims": {"tier": ["gold"]}}},
        "token": {"path": "/oauth/token", "access": {"public": "Clients get tokens here"}, "limits": ["tokens"]},
    },
    "accept": [{"feature": "rates", "target": "envoy", "form": "per-replica", "reason": "One replica"}],
}


def changed(changes, base=POLICY):
    """The policy with values put at dotted paths; `None` takes the member out."""
    policy = copy.deepcopy(base)
    for path, value in changes.items():
        *parents, last = path.split(".")
        node = policy
        for part in parents:
            node = node.setdefault(part, {})
        if value is None:
            node.pop(last, None)
        else:
            node[last] = value
    return policy


def read_policy(policy=POLICY, *, api=API, files=(), gateways=()):
    """The policy or None, and its diagnostics with lines and columns."""
    text = policy if isinstance(policy, str) else json.dumps(policy, indent=1)
    known = {POLICY_PATH: text, API_PATH: api, **dict(files)}
    contents = {path: content.encode() for path, content in known.items()}

    def read(path):
        return contents.get(str(path))

    def list_folder(folder):
        return tuple(sorted(path.name for path in map(PurePosixPath, contents) if path.parent == folder))

    described = []

    def api_of(path):
        model, found = parse_openapi(path, contents[str(path)], read=read)
        described.extend(found)
        return model

    inputs = PolicyInputs(read, list_folder, api_of, gateways)
    found, diagnostics = parse_policy(PurePosixPath(POLICY_PATH), contents[POLICY_PATH], name="acme", inputs=inputs)
    return found, all_located((*described, *diagnostics), lambda path: known.get(str(path)))


def shown(diagnostics):
    return render_text(diagnostics)
