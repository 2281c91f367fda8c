"""Policies are read whole or not at all, and what is unsafe has no way through."""

import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.gateway.sample_policy import API, API_PATH, JWK, POLICY, POLICY_PATH, changed, read_policy, shown
from themekit.engine.encoding import decode, encode
from themekit.model.policy import Guarded, Public, Secret
from themekit.source.policy_schema import policy_schema, policy_schema_object

BRANDS = Path(__file__).parents[2] / "brands"

PRIVATE_PEM = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIGhpZGRlbg==\n-----END PRIVATE KEY-----"
RSA_PEM = """-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAnzyis1ZjfNB0bBgKFMSv
vkTtwlvBsaJq7S5wA+kzeVOVpVWwkWdVha4s38XM/pa/yr47av7+z3VTmvDRyAHc
aT92whREFpLv9cj5lTeJSibyr/Mrm/YtjCZVWgaOYIhwrXwKLqPr/11inWsAkfIy
tvHWTxZYEcXLgAXFuUuaS3uF9gEiNQwzGTU1v0FqkqTBr4B8nW3HCN47XUu0t8Y0
e+lf4s4OxQawWD79J9/5d3Ry0vbV3Am1FtGJiJvOwRsIfVChDpYStTcHTCMqtvWb
V6L11BWkpzGXSW4Hv43qa+GSYOD2QU68Mb59oSk2OB+BtOLpJofmbGEGgvmwyCI9
MwIDAQAB
-----END PUBLIC KEY-----"""


def codes(policy, **options):
    return [each.code for each in read_policy(policy, **options)[1]]


def decided(name, changes=None):
    policy, diagnostics = read_policy(changed(changes or {}))
    assert "" == shown(diagnostics)
    return next(each for each in policy.operations if each.id == name)


def test_the_hint_for_an_empty_policy_is_one():
    """It was a brand."""
    (found,) = read_policy("")[1]
    begun = found.hint.removeprefix("write ").replace("{…}", "{}")
    assert ("json-empty", {"api", "targets", "routes"}) == (found.code, set(json.loads(begun)))
    assert not {"unknown-key", "wrong-type", "unknown-choice"} & set(codes(begun))


def test_every_operation_is_decided_in_order():
    policy, diagnostics = read_policy()
    assert "" == shown(diagnostics)
    expected = ["listPayments", "createPayment", "searchPayments", "retrievePayment", "cancelPayment", "createToken"]
    assert expected == [each.id for each in policy.operations]
    assert policy == decode(encode(policy))


def test_the_closest_route_decides():
    assert (("payments:read",), ("payments:write", "admin")) == decided("listPayments").access.scopes
    assert (("payments:write",),) == decided("createPayment").access.scopes
    assert (("tier", ("gold",)),) == decided("cancelPayment").access.claims
    assert Public("Clients get tokens here") == decided("createToken").access


def test_what_a_route_leaves_out_comes_from_the_next_and_then_from_the_policy():
    assert 1024 == decided("cancelPayment").max_body_bytes
    assert 7 == decided("cancelPayment", {"routes.write.maxBodyBytes": 7}).max_body_bytes
    assert decided("listPayments").cors
    assert None is decided("listPayments", {"routes.read.cors": {"origins": []}}).cors


NO_POINT = {"kty": "EC", "crv": "P-256", "x": "A" * 43, "y": "A" * 43, "kid": "a", "alg": "ES256"}
EVEN = {"kty": "RSA", "n": "u" * 341 + "A", "e": "AQAB", "kid": "a", "alg": "RS256"}
UNSAFE = {
    "no issuer": ({"tokens.main.issuer": ""}, ["invalid-text"]),
    "no audience": ({"tokens.main.audiences": []}, ["unsafe-policy"]),
    "audiences left out": ({"tokens.main.audiences": None}, ["missing-field"]),
    "no key": ({"tokens.main.keys": []}, ["invalid-key"]),
    "a key of small order": ({"tokens.main.keys": [{"jwk": {**JWK, "x": "A" * 43}}]}, ["invalid-key"]),
    "a key that is no point": ({"tokens.main.keys": [{"jwk": NO_POINT}]}, ["invalid-key"]),
    "a key with an even modulus": ({"tokens.main.keys": [{"jwk": EVEN}]}, ["invalid-key"]),
    "neither keys nor address": ({"tokens.main.keys": None}, ["invalid-key"]),
    "clear-text keys": ({"tokens.main.keys": None, "tokens.main.jwks": "http://id.acme.example/jwks"}, ["invalid-url"]),
    "expiry not required": ({"tokens.main.requireExpiry": False}, ["unknown-key"]),
    "any token of any skew": ({"tokens.main.clockSkewS": 86400}, ["out-of-range"]),
    "empty access": ({"routes.read.access": {}}, ["unsafe-policy"]),
    "open and guarded": ({"routes.read.access.public": "x"}, ["unsafe-policy"]),
    "open without a reason": ({"routes.token.access.public": " "}, ["invalid-text"]),
    "an empty set of scopes": ({"routes.read.access.scopes": [[]]}, ["unsafe-policy"]),
    "no set of scopes": ({"routes.read.access.scopes": []}, ["unsafe-policy"]),
    "scopes with a wildcard": ({"routes.read.access.scopes": [["payments:*"]]}, ["unsafe-policy"]),
    "two scopes in one": ({"routes.read.access.scopes": [["a b"]]}, ["invalid-text"]),
    "a claim of any value": ({"routes.cancel.access.claims": {"tier": []}}, ["unsafe-policy"]),
    "no claim": ({"routes.cancel.access.claims": {}}, ["unsafe-policy"]),
    "a claim that is taken out": ({"routes.cancel.access.claims": {"tier": None}}, ["unsafe-policy"]),
    "a claim of another type": ({"routes.cancel.access.claims": {"tier": 5}}, ["wrong-type"]),
    "no target": ({"targets": []}, ["missing-field"]),
    "no host": ({"listen.hosts": []}, ["missing-field"]),
    "scopes without tokens": ({"routes.read.access": {"certificates": ["x"], "scopes": [["a"]]}}, None),
    "unknown tokens": ({"routes.read.access.tokens": ["mian"]}, ["unknown-name"]),
    "unknown limit": ({"routes.read.limits": ["raeds"]}, ["unknown-name"]),
    "an operation without a decision": ({"routes.cancel.access": None, "routes.write": None}, None),
    "consumers on an open operation": ({"routes.token.limits": ["reads"]}, ["unsafe-policy"]),
    "credentials for all pages": ({"cors": {"origins": ["*"], "credentials": True}}, ["unsafe-policy"]),
    "an origin with a wildcard": ({"cors": {"origins": ["https://*.acme.example"]}}, ["unsafe-policy"]),
    "an origin with a path": ({"cors": {"origins": ["https://app.acme.example/"]}}, ["invalid-url"]),
    "a host with a wildcard": ({"listen.hosts": ["*.acme.example"]}, ["invalid-host"]),
    "clear text without a reason": ({"listen.plainText": None}, ["unsafe-policy"]),
    "an allow list of nobody": ({"addresses.allow": []}, ["unsafe-policy"]),
    "a bad network": ({"addresses.deny": ["300.1.1.1/99"]}, ["invalid-network"]),
    "a network with host bits": ({"addresses.deny": ["10.0.0.1/8"]}, ["invalid-network"]),
    "negative rate": ({"rates.reads.requests": -1}, ["out-of-range"]),
    "half a request": ({"rates.reads.requests": 1.5}, ["out-of-range"]),
    "framing headers": ({"requestHeaders.set": {"Content-Length": {"value": "0"}}}, ["invalid-header"]),
    "pages let in past `cors`": (
        {"responseHeaders.set": {"Access-Control-Allow-Origin": "*"}},
        ["invalid-header"],
    ),
    "keys in the client's address": (
        {
            "apiKeys": {"p": {"header": "X-Forwarded-For", "consumers": {"bank": "env:BANK"}}},
            "routes.cancel.access": {"apiKeys": ["p"]},
        },
        ["invalid-header"],
    ),
    "a secret above its folder": (
        {"listen.plainText": None, "listen.tls": {"certificate": "vault:pki/../other#chain", "key": "aws-sm:.."}},
        ["invalid-secret", "invalid-secret"],
    ),
    "a scope of another type": ({"routes.read.access.scopes": [[5]]}, ["wrong-type"]),
    "a set of scopes of another type": ({"routes.read.access.scopes": [5]}, ["wrong-type"]),
    "a claim's value of another type": ({"routes.cancel.access.claims": {"tier": [5]}}, ["wrong-type"]),
    "the client's address": ({"requestHeaders.set": {"X-Forwarded-For": {"value": "127.0.0.1"}}}, ["invalid-header"]),
    "a header with a line break": ({"responseHeaders.set": {"X-A": "a\r\nSet-Cookie: b"}}, ["invalid-header"]),
    "a path above the project": ({"api": "../../etc/api.yaml"}, ["invalid-path"]),
    "an API on the network": ({"api": "https://example.com/api.yaml"}, ["invalid-path"]),
}


@pytest.mark.parametrize("name", UNSAFE)
def test_what_is_unsafe_is_refused(name):
    changes, expected = UNSAFE[name]
    policy, diagnostics = read_policy(changed(changes))
    assert policy is None
    assert any(each.is_error for each in diagnostics)
    if expected is not None:
        assert expected == [each.code for each in diagnostics]


def test_an_undecided_operation_is_shown_where_it_is_described():
    _, diagnostics = read_policy(changed({"routes.token": None}))
    (found,) = diagnostics
    assert (API_PATH, 13, "undecided-operation") == (str(found.place.path), found.place.line, found.code)


@pytest.mark.parametrize("paths", ["", "paths: {}\n", "paths: {/a: {}}\n"])
def test_an_api_without_operations_is_refused(paths):
    """Envoy's files need the longest time that an operation may take: emitting them stopped with a traceback."""
    api = f'openapi: 3.1.0\ninfo: {{title: Payments, version: "1"}}\n{paths}'
    policy, found = read_policy(changed({"routes": {}, "limits": []}), api=api)
    assert policy is None
    assert [("unknown-operation", True)] == [(each.code, each.is_error) for each in found]
    assert f'"api": "{API_PATH}",' == found[0].place.excerpt.strip()


def test_parameters_that_mean_nothing_are_not_required():
    """OpenAPI says of these three headers that their description is to be ignored: a check would refuse wrongly."""
    names = ("Authorization", "accept", "Content-Type", "X-Version")
    listed = json.dumps([{"name": name, "in": "header", "required": True} for name in names])
    api = API.replace("operationId: createToken,", f"operationId: createToken, parameters: {listed},")
    policy, diagnostics = read_policy(changed({"validation": "openapi"}), api=api)
    assert "" == shown(diagnostics)
    assert [("header", "X-Version")] == [each for operation in policy.operations for each in operation.required]


def test_all_mistakes_are_told_at_once():
    changes = {"addresses.deny": ["x"], "listen.port": 0, "tokens.main.issuer": "", "nonsense": 1}
    assert ["invalid-network", "invalid-text", "out-of-range", "unknown-key"] == sorted(codes(changed(changes)))


@pytest.mark.parametrize("value", ["sk_live_51Hx", "env:no", "vault:a", "env:a-b", "https://x", "vault:#k", ""])
def test_a_secret_that_is_no_reference_is_never_shown(value):
    keys = {"partners": {"header": "Api-Key", "consumers": {"bank": value}}}
    policy, diagnostics = read_policy(
        changed({"apiKeys": keys, "routes.token.access": {"apiKeys": ["partners"]}, "oops": value})
    )
    assert policy is None
    assert {"invalid-secret", "unknown-key"} <= {each.code for each in diagnostics}
    assert not value or value not in shown(diagnostics)


@pytest.mark.parametrize(
    "changes",
    [
        {"upstream.url": "https://user:hunter2@payments.internal.example"},
        {"upstream.url": "hunter2:x@payments.internal.example"},
        {"upstream.url": "https://payments.internal.example?token=hunter2"},
        {"tokens.main.keys": None, "tokens.main.jwks": "https://id.acme.example/jwks?token=hunter2"},
        {"tokens.main.keys": None, "tokens.main.jwks": "https://user:hunter2@id.acme.example/jwks"},
        {"cors.origins": ["https://user:hunter2@app.acme.example"]},
    ],
)
def test_what_may_be_a_secret_in_an_address_is_never_shown(changes):
    """The other mistake is on the same line."""
    policy, diagnostics = read_policy(json.dumps(changed({**changes, "oops": 1})))
    assert policy is None
    assert ["invalid-url", "unknown-key"] == sorted(each.code for each in diagnostics)
    assert "hunter2" not in shown(diagnostics)


@pytest.mark.parametrize(
    ("place", "first", "value"),
    [("request", "X-Consumer", {"value": "a"}), ("response", "X-Content-Type-Options", "a")],
)
def test_one_header_in_two_spellings_is_told_at_the_second(place, first, value):
    """One of the two values was lost. A list of names to remove was compared without case already."""
    policy, (found,) = read_policy(changed({f"{place}Headers.set.{first.lower()}": value}))
    assert policy is None
    assert ("duplicate-item", f'"{first.lower()}"') == (found.code, found.place.excerpt.strip().partition(":")[0])
    (note,) = found.notes
    assert f'"{first}"' == note.place.excerpt.strip().partition(":")[0]
    assert ["duplicate-item"] == codes(changed({f"{place}Headers.remove": ["X-A", "x-a"]}))


def test_two_forms_of_one_feature_on_one_target_are_told_with_both_places():
    """The later one was taken, and the earlier one dropped without a word."""
    entry = {"feature": "rates", "target": "envoy", "form": "per-replica", "reason": "One replica"}
    other = {**entry, "target": "kong", "form": "fixed-windows"}
    assert () == read_policy(changed({"accept": [entry, other]}))[1]
    policy, (found,) = read_policy(changed({"accept": [entry, other, {**entry, "form": "other"}]}))
    assert policy is None
    assert "two forms of `rates` are accepted for `envoy`" == found.message
    lines = json.dumps(changed({"accept": [entry, other, {**entry, "form": "other"}]}), indent=1).splitlines()
    starts = [number for number, line in enumerate(lines, 1) if line == "  {" and number > lines.index(' "accept": [')]
    assert (starts[2], starts[0]) == (found.place.line, found.notes[0].place.line)


CREDENTIALS = "https://user:hunter2@host.example"


@pytest.mark.parametrize(
    "changes",
    [
        {"api": f"{CREDENTIALS}/openapi.yaml"},
        {"extends": f"{CREDENTIALS}/policy.json"},
        {"listen.hosts": [CREDENTIALS]},
        {"listen.basePath": CREDENTIALS},
        {"targets": [CREDENTIALS]},
        {"addresses.allow": [CREDENTIALS]},
        {"cors.headers": [CREDENTIALS]},
        {"tokens.main.audiences": [f"{CREDENTIALS}/*"]},
        {"routes.read.tag": CREDENTIALS},
        {f"routes.{CREDENTIALS.replace('.', '-')}": {"tag": "Payments"}},
    ],
)
def test_credentials_in_an_address_are_never_shown(changes):
    """`https://user:word@host` is pasted where a path or a host is meant; messages and excerpts repeated it."""
    _, diagnostics = read_policy(changed(changes))
    assert diagnostics
    assert "hunter2" not in shown(diagnostics)


PRIVATE_BODY = "MIIEpAIBAAKCAQEAu1SU1LfVLPHCozMxH2Mo4lgOEePzNm0t"
PRIVATE_TEXT = f"-----BEGIN RSA PRIVATE KEY-----\n{PRIVATE_BODY}\n{PRIVATE_BODY}\n-----END RSA PRIVATE KEY-----"


@pytest.mark.parametrize(
    "changes",
    [
        {"cors.headers": [PRIVATE_TEXT]},
        {"routes.read.tag": PRIVATE_TEXT},
        {"requestHeaders.set": {PRIVATE_TEXT: {"value": "x"}}},
        {PRIVATE_TEXT: 1},
        {"routes": {PRIVATE_TEXT: {}}},
        {"responseHeaders.set": {"X-A": PRIVATE_TEXT.replace("\n", " ")}},
        {"extends": PRIVATE_TEXT.partition("\n-----END")[0]},
    ],
)
def test_what_follows_the_head_of_a_private_key_is_never_shown(changes):
    """Messages hid the first line of the text, and repeated the key itself; a name of a member was shown whole."""
    policy, diagnostics = read_policy(changed(changes))
    assert policy is None
    text = shown(diagnostics)
    assert not [part for part in (PRIVATE_BODY[:12], PRIVATE_BODY[-12:]) if part in text]
    assert all(each.message.count("`") % 2 == 0 for each in diagnostics)


def test_credentials_in_a_reference_of_a_description_are_never_shown():
    api = API.replace("{operationId: createToken", f"{{$ref: '{CREDENTIALS}/x.yaml', operationId: createToken")
    _, diagnostics = read_policy(api=f"{api}components: {{schemas: {{A: {{$ref: '{CREDENTIALS}/a.yaml#/A'}}}}}}\n")
    assert "hunter2" not in shown(diagnostics)
    pathed = API.replace("paths:", f"paths:\n  /other: {{$ref: '{CREDENTIALS}/paths.yaml'}}")
    _, diagnostics = read_policy(api=pathed)
    assert "outside the project" in shown(diagnostics)
    assert "hunter2" not in shown(diagnostics)


def test_references_print_as_redacted():
    policy, _ = read_policy(
        changed(
            {
                "apiKeys": {"partners": {"header": "Api-Key", "consumers": {"bank": "vault:kv/api#bank"}}},
                "routes.token.access": {"apiKeys": ["partners"]},
                "routes.token.limits": [],
            }
        )
    )
    assert (("bank", Secret("vault", "kv/api", "bank")),) == policy.api_keys[0].consumers
    assert "kv/api" not in f"{policy} {policy!r}"
    assert "[redacted]" in repr(policy)


@pytest.mark.parametrize(
    "key",
    [
        {"jwk": {**JWK, "d": "c2VjcmV0LXBhcnQ"}},
        {"jwk": {"kty": "oct", "k": "c2VjcmV0LXBhcnQ", "kid": "a", "alg": "HS256"}},
        {"pem": PRIVATE_PEM, "id": "a", "algorithm": "RS256"},
    ],
)
def test_private_keys_are_refused_and_never_shown(key):
    policy, diagnostics = read_policy(changed({"tokens.main.keys": [key]}))
    assert policy is None
    assert "invalid-key" in [each.code for each in diagnostics]
    assert "c2VjcmV0" not in shown(diagnostics)
    assert "MC4CAQAw" not in shown(diagnostics)


def test_a_pem_key_becomes_a_jwk():
    policy, diagnostics = read_policy(
        changed({"tokens.main.keys": [{"pem": RSA_PEM, "id": "a", "algorithm": "RS256"}]})
    )
    assert "" == shown(diagnostics)
    (key,) = policy.tokens[0].keys
    assert ("a", "RS256", ["kty", "n", "e"]) == (key.id, key.algorithm, [name for name, _ in key.members])
    assert dict(key.members)["e"] == "AQAB"
    assert dict(key.members)["n"].startswith("nzyis1ZjfNB0bBgK")


def test_a_policy_inherits():
    base = changed({"listen": None})
    own = {"extends": "../_shared/policy.json", "listen": POLICY["listen"], "routes": {"token": {"limits": []}}}
    policy, diagnostics = read_policy(own, files={"brands/_shared/policy.json": json.dumps(base)})
    assert "" == shown(diagnostics)
    token = next(each for each in policy.operations if each.id == "createToken")
    assert ((), Public("Clients get tokens here")) == (token.limits, token.access)
    assert "brands/_shared/policy.json" == str(next(iter(policy.operations)).origin.path)


def test_an_api_with_mistakes_gives_no_policy():
    policy, diagnostics = read_policy(api=API.replace("operationId: listPayments, ", ""))
    assert policy is None
    assert ["invalid-openapi"] == [each.code for each in diagnostics]


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda each: (
            st.lists(each, max_size=3)
            | st.dictionaries(st.sampled_from([*POLICY, "main", "read", "access"]), each, max_size=4)
        ),
        max_leaves=20,
    )
)
def test_no_json_raises(value):
    """A law: any JSON gives a policy without an error, or none and an error."""
    policy, diagnostics = read_policy(json.dumps(value))
    assert (policy is None) == any(each.is_error for each in diagnostics)


@given(st.sampled_from(sorted(POLICY)), st.sampled_from([None, [], {}, "", 0, "x", ["x"], {"a": {}}]))
def test_a_field_of_another_kind_never_opens_anything(key, value):
    """A law: whatever stands in the place of a part, no operation loses its guard."""
    policy, _ = read_policy({**POLICY, key: value})
    if policy is not None:
        guarded = [each.id for each in policy.operations if isinstance(each.access, Guarded) and each.access.tokens]
        assert ["listPayments", "createPayment", "searchPayments", "retrievePayment", "cancelPayment"] == guarded


def test_the_place_of_a_mistake_is_its_line():
    _, diagnostics = read_policy(changed({"addresses.deny": ["x"]}))
    assert POLICY_PATH == str(diagnostics[0].place.path)
    assert '"x"' == diagnostics[0].place.excerpt.strip()


def test_the_schema_beside_the_brands_is_that_of_the_reader():
    """`themekit schema policy > brands/policy.schema.json` brings it up to date."""
    jsonschema.Draft202012Validator.check_schema(policy_schema_object())
    assert policy_schema() == (BRANDS / "policy.schema.json").read_text(encoding="utf-8")


def test_the_schema_takes_the_sample_and_sees_a_wrong_shape():
    validator = jsonschema.Draft202012Validator(policy_schema_object())
    validator.validate(POLICY)
    for changes in (
        {"nonsense": 1},
        {"listen.port": "x"},
        {"routes": None},
        {"routes.Read": {}},
        {"maxBodyBytes": 1.5},
    ):
        assert not validator.is_valid(changed(changes))
