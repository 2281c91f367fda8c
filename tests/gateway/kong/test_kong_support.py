"""Each feature is judged for Kong, and what it cannot do is refused at its line unless a form of it is accepted."""

import json

import pytest

from tests.gateway.kong.kong_cases import ALL, CASES, SAMPLE, accept, files, policy_of
from tests.gateway.made_tokens import jwk
from themekit.gateway.kong import GATEWAY
from themekit.gateway.support import judge, uses
from themekit.model.gateway import Exactness, Feature

KONG = {"kong": GATEWAY}
BANKS = {"banks": {"authority": "env:CLIENT_CA", "names": ["spiffe://acme.example/bank"]}}
NEEDS = {
    Feature.JWKS: {"tokens.main.keys": None, "tokens.main.jwks": "https://id.acme.example/jwks.json"},
    Feature.KEYS: {},
    Feature.SCOPES: {},
    Feature.CLAIMS: {},
    Feature.API_KEYS: {
        "apiKeys": {"partners": {"header": "Api-Key", "consumers": {"bank": "env:BANK"}}},
        "routes.cancel.access": {"apiKeys": ["partners"]},
    },
    Feature.CERTIFICATES: {
        "listen.plainText": None,
        "listen.tls": {"certificate": "env:CHAIN", "key": "env:KEY"},
        "certificates": BANKS,
        "routes.cancel.access": {"tokens": ["main"], "certificates": ["banks"]},
    },
    Feature.AUTHORITIES: {
        "listen.plainText": None,
        "listen.tls": {"certificate": "env:CHAIN", "key": "env:KEY"},
        "certificates": {**BANKS, "more": {"authority": "env:OTHER_CA", "names": ["spiffe://acme.example/other"]}},
        "routes.cancel.access": {"tokens": ["main"], "certificates": ["banks", "more"]},
    },
    Feature.RATES: {},
    Feature.TIERS: {"rates.reads.tiers": {"claim": "plan", "rates": {"gold": {"requests": 50, "period": "second"}}}},
    Feature.QUOTAS: {"rates.reads.period": "day"},
    Feature.ADDRESSES: {},
    Feature.CORS: {},
    Feature.BODY_SIZE: {},
    Feature.VALIDATION: {"validation": "openapi"},
    Feature.TIMEOUTS: {},
    Feature.RETRIES: {"retries": {"attempts": 1, "on": ["connect-failure"]}},
    Feature.REQUEST_HEADERS: {},
    Feature.RESPONSE_HEADERS: {},
    Feature.TLS: {"listen.plainText": None, "listen.tls": {"certificate": "env:CHAIN", "key": "env:KEY"}},
    Feature.LOGGING: {"logging": {"fields": ["time"]}},
    Feature.PORT: {"listen.port": 8443},
    Feature.CONNECTIONS: {"upstream.idleTimeoutS": 9},
}


@pytest.mark.parametrize("feature", Feature)
def test_each_feature_is_judged(feature):
    """Nothing accepted: what is not exact is an error. Everything accepted that has a form: only what has none is."""
    changes = {**SAMPLE, **NEEDS[feature], "accept": []}
    policy = policy_of(changes)
    support = GATEWAY.support(feature)
    assert feature in {use.feature for use in uses(policy)}
    told = [each for each in judge(policy, KONG) if f"`{feature}`" in each.message]
    assert bool(told) is (support.exactness is not Exactness.EXACT)
    assert {"not-expressible"} >= {each.code for each in told}
    for form in support.forms:
        entry = {"feature": feature, "target": "kong", "form": form.name, "reason": "Known"}
        accepted = judge(policy_of({**changes, "accept": [entry]}), KONG)
        assert [] == [each for each in accepted if f"`{feature}`" in each.message]


@pytest.mark.parametrize("case", CASES)
def test_the_cases_are_expressible(case):
    assert () == judge(policy_of(CASES[case]), KONG)


def told(changes):
    (found,) = judge(policy_of({**SAMPLE, **changes}), KONG)
    assert "not-expressible" == found.code
    return found


def test_limits_that_the_plugin_cannot_hold_together():
    rate = {"by": "consumer", "requests": 10, "period": "minute"}
    for limit, why in (
        ({**rate, "by": "address"}, "cannot count two kinds of clients"),
        (rate, "one number for each period"),
        ({**rate, "requests": 2, "period": "hour"}, "no smaller number for a longer period"),
    ):
        found = told({"rates.more": limit, "routes.read.limits": ["reads", "more"]})
        assert why in found.message
        assert "`listPayments`" in found.message
        assert "/rates/more" == found.place.pointer


@pytest.mark.parametrize("port", [100, 8100])
def test_the_port_of_the_status_page(port):
    assert "/listen/port" == told({"listen.port": port}).place.pointer


def test_two_secrets_in_one_variable():
    tls = {"certificate": "vault:pki/acme#chain", "key": "env:VAULT_PKI_ACME_CHAIN"}
    changes = {"listen.plainText": None, "listen.tls": tls, "accept": accept("rates", "keys", "timeouts", "tls")}
    assert "`VAULT_PKI_ACME_CHAIN`" in told(changes).message


def test_quotas_that_the_api_counts_are_not_emitted():
    """Accepted as `in-app`, a quota leaves room for another limit."""
    changes = {
        **SAMPLE,
        "rates.more": {"by": "address", "requests": 10, "period": "month"},
        "routes.read.limits": ["reads", "more"],
        "accept": [
            *accept("rates", "keys", "timeouts"),
            {"feature": "quotas", "target": "kong", "form": "in-app", "reason": "Known"},
        ],
    }
    assert () == judge(policy_of(changes), KONG)
    assert '"month": null' in files(changes)["kong.json"]


def test_a_key_id_of_two_issuers():
    other = {"issuer": "https://o.example/", "audiences": ["https://api.acme.example"], "keys": [{"jwk": jwk()}]}
    found = told({"tokens.other": other})
    assert ("/tokens/other", True) == (found.place.pointer, "both have `k1`" in found.message)


def test_an_origin_that_kong_reads_as_a_pattern():
    found = told({"cors": {"origins": ["http://[::1]:3000"]}})
    assert ("/cors", True) == (found.place.pointer, "as a pattern" in found.message)


def test_kubernetes_runs_it_without_privileges_and_with_secrets_by_reference():
    found = files(ALL)
    items = json.loads(found["kubernetes.json"])["items"]
    kinds = {each["kind"]: each for each in items}
    assert ["ConfigMap", "Deployment", "Service", "PodDisruptionBudget", "HorizontalPodAutoscaler"] == list(kinds)
    assert {"kong-acme"} == {each["metadata"]["name"] for each in items}
    assert found["kong.json"] == kinds["ConfigMap"]["data"]["kong.json"]
    pod = kinds["Deployment"]["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["automountServiceAccountToken"] is False
    assert {
        "allowPrivilegeEscalation": False,
        "privileged": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    } == container["securityContext"]
    secrets = {each["name"]: each["valueFrom"] for each in container["env"] if "valueFrom" in each}
    names = ("CHAIN", "VAULT_PKI_ACME_PRIVATE_KEY")
    assert {name: {"secretKeyRef": {"name": "kong-acme", "key": name}} for name in names} == secrets
    values = {each["name"]: each["value"] for each in container["env"] if "value" in each}
    for name, value in (line.split(" = ") for line in found["kong.conf"].splitlines()[1:]):
        assert value == values[f"KONG_{name.upper()}"]
    for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
        assert "status" == container[probe]["httpGet"]["port"]
    assert {"requests", "limits"} == set(container["resources"])


def test_kubernetes_objects_hold_together():
    items = json.loads(files(ALL)["kubernetes.json"])["items"]
    kinds = {each["kind"]: each for each in items}
    labels = kinds["Deployment"]["spec"]["template"]["metadata"]["labels"]
    assert labels == kinds["Deployment"]["spec"]["selector"]["matchLabels"]
    assert labels == kinds["Service"]["spec"]["selector"]
    assert labels == kinds["PodDisruptionBudget"]["spec"]["selector"]["matchLabels"]
    target = kinds["HorizontalPodAutoscaler"]["spec"]["scaleTargetRef"]
    assert ("Deployment", "kong-acme") == (target["kind"], target["name"])
    scale = kinds["HorizontalPodAutoscaler"]["spec"]
    assert kinds["PodDisruptionBudget"]["spec"]["minAvailable"] < scale["minReplicas"] < scale["maxReplicas"]
    (container,) = kinds["Deployment"]["spec"]["template"]["spec"]["containers"]
    mounted = {each["name"] for each in container["volumeMounts"]}
    assert mounted == {each["name"] for each in kinds["Deployment"]["spec"]["template"]["spec"]["volumes"]}
    (port,) = kinds["Service"]["spec"]["ports"]
    assert (443, 8443) == (port["port"], container["ports"][0]["containerPort"])


def test_another_policy_means_other_pods():
    """Kong reads its file when it starts: the digest in the template makes Kubernetes start new ones."""
    digests = {
        next(each for each in json.loads(files(changes)["kubernetes.json"])["items"] if each["kind"] == "Deployment")[
            "spec"
        ]["template"]["metadata"]["annotations"]["themekit/policy-sha256"]
        for changes in (SAMPLE, {**SAMPLE, "maxBodyBytes": 2048})
    }
    assert 2 == len(digests)
