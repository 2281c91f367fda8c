"""The files for Envoy: as reviewed, the same each time, and with no default that decides something left out."""

import json
from pathlib import Path

import pytest

from tests.gateway.sample_policy import changed, read_policy
from themekit.gateway.envoy import GATEWAY
from themekit.gateway.support import NOT_EXPRESSIBLE, judge
from themekit.model.gateway import Feature

GOLDEN = Path(__file__).parents[1] / "golden" / "gateway" / "envoy"
CASES = {
    "sample": {},
    "tls-and-tiers": {
        "listen.plainText": None,
        "listen.tls": {"certificate": "env:CHAIN", "key": "vault:pki/acme#private_key", "minimum": "1.3"},
        "upstream.url": "https://payments.internal.example",
        "tokens.main.keys": None,
        "tokens.main.jwks": "https://id.acme.example/jwks.json",
        "certificates": {"banks": {"authority": "env:CLIENT_CA", "names": ["spiffe://acme.example/bank"]}},
        "routes.cancel.access": {"tokens": ["main"], "certificates": ["banks"]},
        "rates.reads.tiers": {"claim": "plan", "rates": {"gold": {"requests": 50, "period": "second"}}},
        "rates.all": {"by": "route", "requests": 100, "period": "second"},
        "routes.read.limits": ["reads", "all"],
        "addresses.allow": ["203.0.113.0/24", "2001:db8::/32"],
        "retries": {"attempts": 2, "on": ["connect-failure", "unavailable"]},
        "logging": {"fields": ["time", "status", "consumer"], "redact": ["consumer"]},
        "cors": {"origins": ["*"]},
    },
}


def files(changes):
    policy, diagnostics = read_policy(changed(changes))
    assert policy is not None, diagnostics
    return {artifact.path.name: artifact.content.decode() for artifact in GATEWAY.emit(policy)}


@pytest.mark.parametrize("case", CASES)
def test_files(case, golden):
    for name, text in files(CASES[case]).items():
        golden(GOLDEN / case / name, text)


def test_the_same_bytes_each_time():
    assert files({}) == files({})


def every_object(value):
    if isinstance(value, dict):
        yield value
        for each in value.values():
            yield from every_object(each)
    elif isinstance(value, list):
        for each in value:
            yield from every_object(each)


@pytest.fixture(params=CASES)
def objects(request):
    found = files(CASES[request.param])
    return [each for name, text in found.items() if name.endswith(".json") for each in every_object(json.loads(text))]


def of_type(objects, name):
    return [each for each in objects if str(each.get("@type", "")).endswith(f".{name}")]


def descriptor_key(action):
    ((name, said),) = action.items()
    return said.get("typed_config", said).get("descriptor_key", name)


def test_no_two_descriptors_fit_one_request(objects):
    """Of two that fit, Envoy takes any: an entry without a value stands beside no other one of its key with a value."""
    for limit in of_type(objects, "LocalRateLimit"):
        values = {}
        for each in limit["descriptors"]:
            for place, entry in enumerate(each["entries"]):
                values.setdefault((each["entries"][0]["key"], place), set()).add(entry.get("value"))
        assert all(None not in each or each == {None} for each in values.values())


def test_limits_are_on_and_enforced(objects):
    """Without either of the two the filter does nothing."""
    limits = of_type(objects, "LocalRateLimit")
    assert limits
    on = {"default_value": {"numerator": 100, "denominator": "HUNDRED"}}
    for limit in limits:
        assert (on, on) == (limit["filter_enabled"], limit["filter_enforced"])
        keys = {tuple(sorted(map(descriptor_key, each["actions"]))) for each in limit["rate_limits"]}
        described = {tuple(sorted(entry["key"] for entry in each["entries"])) for each in limit["descriptors"]}
        assert keys == described
        assert limit["max_dynamic_descriptors"] >= 100


def test_providers_ask_for_everything(objects):
    (authentication,) = of_type(objects, "JwtAuthentication")
    assert "rules" not in authentication
    for provider in authentication["providers"].values():
        assert provider["issuer"]
        assert provider["audiences"]
        assert provider["require_expiration"] is True
        assert "jwt_cache_config" not in provider
        assert "filename" not in json.dumps(provider)


def test_no_scope_is_matched_in_part(objects):
    text = json.dumps(objects)
    assert '"contains"' not in text
    assert '"shadow_rules"' not in text
    assert '"allow_missing' not in text


def test_every_route_decides_and_no_rule_is_empty_but_to_deny(objects):
    for route in (each for each in objects if "match" in each and ("route" in each or "direct_response" in each)):
        settings = route["typed_per_filter_config"]
        assert settings["themekit.access"]["rbac"]["rules"]["action"] == "ALLOW"
        jwt = settings["envoy.filters.http.jwt_authn"]
        assert ("requirement_name" in jwt) != ("disabled" in jwt)
    for config in of_type(objects, "CorsPolicy"):
        assert config["forward_not_matching_preflights"] is False


def test_filters_stand_in_the_order_of_the_meaning(objects):
    (manager,) = of_type(objects, "HttpConnectionManager")
    names = [each["name"] for each in manager["http_filters"]]
    expected = ["themekit.response-headers", "themekit.addresses", "envoy.filters.http.cors", "themekit.limit.tokens"]
    assert expected == names[:4]
    assert names.index("envoy.filters.http.jwt_authn") + 1 == names.index("themekit.access")
    assert names.index("themekit.access") < names.index("themekit.limit.reads")
    assert ["envoy.filters.http.buffer", "envoy.filters.http.router"] == names[-2:]


def test_how_it_is_started():
    found = files({})
    assert "--reject-unknown-dynamic-fields" in found["start.sh"]
    admin = json.loads(found["envoy.json"])["admin"]["address"]["socket_address"]["address"]
    assert "127.0.0.1" == admin


HOSTILE_CLAIMS = ["sub)%%REQ(x-attacker", "https://acme.example/tenant", "sub:x", "a%b", "ä"]


@pytest.mark.parametrize("claim", HOSTILE_CLAIMS)
def test_a_claim_that_the_formatter_could_read_otherwise_is_refused(claim):
    """It would let a client write what the API trusts, or be lost in silence."""
    headers, log = (
        read_policy(changed(changes))[0]
        for changes in ({"requestHeaders.set.X-T": {"claim": claim}}, {"tokens.main.consumerClaim": claim})
    )
    for policy, feature in ((headers, Feature.REQUEST_HEADERS), (log, Feature.LOGGING)):
        assert [feature] == [each.feature for each in GATEWAY.refuses(policy)]
        assert NOT_EXPRESSIBLE.name in {each.code for each in judge(policy, {"envoy": GATEWAY})}
        with pytest.raises(ValueError, match="formatter"):
            GATEWAY.emit(policy)


def test_a_consumer_that_no_log_shows_may_have_any_name():
    hidden = {"tokens.main.consumerClaim": "https://acme.example/id", "logging": {"redact": ["consumer"]}}
    policy, _ = read_policy(changed(hidden))
    assert () == GATEWAY.refuses(policy)
    assert GATEWAY.emit(policy)
