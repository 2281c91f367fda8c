"""What a gateway cannot do exactly is refused at its line, unless the policy accepts a weaker form by name."""

import json
from dataclasses import replace

import pytest

from tests.gateway.sample_policy import changed, read_policy
from themekit.gateway.envoy import GATEWAY
from themekit.gateway.meaning import Reason
from themekit.gateway.secret_scan import scan
from themekit.gateway.support import judge, uses
from themekit.model import Artifact
from themekit.model.gateway import Exactness, Feature
from themekit.plugins import gateways

ENVOY = {"envoy": GATEWAY}


def judged(changes):
    policy, diagnostics = read_policy(changed(changes))
    assert policy is not None, diagnostics
    return judge(policy, ENVOY)


def test_the_registry_finds_gateways():
    assert {"aws-http", "aws-rest", "envoy", "kong"} <= {each.name for each in gateways()}


def test_every_feature_has_an_answer_and_every_weaker_one_a_reason():
    for gateway in gateways():
        assert sorted(Feature) == sorted(each.feature for each in gateway.supports)
        assert all(each.why for each in gateway.supports if each.exactness is not Exactness.EXACT)
        assert {reason for reason, _ in gateway.answers} <= set(map(str, Reason))


def test_the_sample_is_expressible():
    assert () == judged({})


@pytest.mark.parametrize(
    ("changes", "feature", "pointer"),
    [
        ({"accept": []}, "rates", "/rates/reads"),
        ({"validation": "openapi"}, "validation", "/validation"),
        ({"routes.read.validation": "openapi"}, "validation", "/routes/read/validation"),
        ({"rates.reads.period": "day"}, "quotas", "/rates/reads"),
        (
            {
                "apiKeys": {"partners": {"header": "Api-Key", "consumers": {"bank": "env:BANK"}}},
                "routes.cancel.access": {"apiKeys": ["partners"]},
            },
            "api-keys",
            "/routes/cancel",
        ),
    ],
)
def test_what_it_cannot_do_is_an_error_at_its_line(changes, feature, pointer):
    (found,) = judged(changes)
    assert ("not-expressible", pointer) == (found.code, found.place.pointer)
    assert f"`{feature}`" in found.message
    assert "targets" in found.hint


def test_a_form_is_accepted_by_its_name_only():
    accept = [
        {"feature": "rates", "target": "envoy", "form": "per-replica", "reason": "One"},
        {"feature": "validation", "target": "envoy", "form": "in-app", "reason": "The API checks"},
    ]
    assert () == judged({"validation": "openapi", "accept": accept})
    accept[1]["form"] = "somehow"
    (found,) = judged({"validation": "openapi", "accept": accept})
    assert "there is no form `somehow`; forms: `in-app`" == found.notes[0].message


def test_an_acceptance_without_need_is_told():
    accept = [
        {"feature": "rates", "target": "envoy", "form": "per-replica", "reason": "One"},
        {"feature": "cors", "target": "envoy", "form": "none", "reason": "x"},
    ]
    assert ["unused-acceptance"] == [each.code for each in judged({"accept": accept})]


def test_an_unknown_target_is_told():
    (found,) = judged({"targets": ["envoi"]})
    assert ("unknown-name", "did you mean `envoy`?") == (found.code, found.hint)


NAMES = ("aws-http", "aws-rest", "envoy", "kong")


def test_names_that_are_none_are_told_beside_other_mistakes():
    """They were silent while anything else was wrong, and for gateways that are no target, always."""
    accept = [
        {"feature": "rates", "target": "envoy", "form": "per-replica", "reason": "One"},
        {"feature": "corss", "target": "kong", "form": "none", "reason": "x"},
        {"feature": "cors", "target": "kongo", "form": "none", "reason": "x"},
    ]
    changes = {"targets": ["envoy", "envoi"], "accept": accept, "listen.port": 0}
    policy, found = read_policy(changed(changes), gateways=NAMES)
    assert policy is None
    told = {(each.message, each.hint) for each in found if each.code == "unknown-name"}
    assert {
        ("`targets[1]`: no gateway is named `envoi`", "did you mean `envoy`?"),
        ("`accept[1].feature`: no feature is named `corss`", "did you mean `cors`?"),
        ("`accept[2].target`: no gateway is named `kongo`", "did you mean `kong`?"),
    } == told


def test_without_a_list_of_gateways_any_name_is_one():
    policy, found = read_policy(changed({"targets": ["envoi"]}))
    assert (("envoi",), ()) == (policy.targets, found)


@pytest.mark.parametrize("port", [9901, 9902])
def test_a_port_that_envoy_listens_on_itself_is_refused(port):
    """Linux gives two listeners of one user one port, and deals calls out between them."""
    (found,) = judged({"listen.port": port})
    assert ("not-expressible", "/listen/port") == (found.code, found.place.pointer)


def test_two_secrets_in_one_place_are_refused():
    tls = {"certificate": "vault:pki/acme#chain", "key": "vault:pki-acme#chain"}
    (found,) = judged({"listen.plainText": None, "listen.tls": tls})
    assert ("not-expressible", "/listen") == (found.code, found.place.pointer)
    assert "`/etc/themekit/secrets/vault-pki-acme-chain`" in found.message
    assert () == judged({"listen.plainText": None, "listen.tls": {**tls, "key": "vault:pki/acme#key"}})


def test_features_are_used_once_and_in_order():
    policy, _ = read_policy()
    found = [use.feature for use in uses(policy)]
    assert [feature for feature in Feature if feature in found] == found


SECRETS = [
    "-----BEGIN RSA PRIVATE KEY-----",
    '"d": "c2VjcmV0LXBhcnQtb2Yta2V5"',
    r"{\"d\": \"c2VjcmV0LXBhcnQtb2Yta2V5\"}",
    "Bearer abcdefghijklmnop12345",
    "Basic dXNlcjpwYXNzd29yZA==",
    "sk_" + "live_51HxAbCdEfGh",
    "AKIA" + "IOSFODNN7EXAMPLE",
    "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2ln",
    "https://user:word@internal.example",
]


@pytest.mark.parametrize("secret", SECRETS)
def test_a_secret_is_found_and_not_shown(secret):
    (found,) = scan([Artifact.text("gateway/x.json", f'{{\n"value": "{secret}"\n}}')])
    assert ("secret-in-output", 2) == (found.code, found.place.line)
    assert secret not in f"{found.message} {found.hint} {found.place.excerpt}"


def test_the_sample_holds_none_and_a_header_that_does_is_found():
    policy, _ = read_policy()
    assert () == scan(GATEWAY.emit(policy))
    value = replace(policy.response_set[0], value="Bearer abcdefghijklmnop12345")
    assert ["secret-in-output"] == [each.code for each in scan(GATEWAY.emit(replace(policy, response_set=(value,))))]


def test_references_are_all_that_is_written():
    """The name of a variable stands in the files, and so does a file's, but nothing else of a secret."""
    tls = {"certificate": "env:CHAIN", "key": "vault:pki/acme#private_key"}
    policy, _ = read_policy(changed({"listen.plainText": None, "listen.tls": tls}))
    (listener,) = [each for each in GATEWAY.emit(policy) if each.path.name == "lds.json"]
    context = json.loads(listener.content)["resources"][0]["filter_chains"][0]["transport_socket"]["typed_config"]
    (certificate,) = context["common_tls_context"]["tls_certificates"]
    assert {"environment_variable": "CHAIN"} == certificate["certificate_chain"]
    assert {"filename": "/etc/themekit/secrets/vault-pki-acme-private_key"} == certificate["private_key"]
