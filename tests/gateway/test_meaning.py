"""What a policy means: single decisions, and laws that hold for any request."""

import re
import string
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.gateway.sample_policy import changed, read_policy
from themekit.gateway.meaning import STATUS, Context, Level, Reason, decide, level_at
from themekit.gateway.requests import Request, Token, client_address, matching, normal_path, path_pattern
from themekit.model.policy import Rate, Secret

NOW_S = 1_000_000.0
GOOD = {
    "iss": "https://id.acme.example/",
    "aud": "https://api.acme.example",
    "sub": "alice",
    "exp": 1_000_600,
    "scope": "payments:read payments:write",
    "tier": "gold",
}


@cache
def policy():
    found, _ = read_policy()
    assert found is not None
    return found


def token(**changes):
    said = {**GOOD, **changes}
    claims = tuple((name, value) for name, value in said.items() if value is not None)
    return Token(claims, key="k1", algorithm="EdDSA")


def request(method="POST", target="/payments", *, address="203.0.113.7", headers=(), **options):
    told = ("x-forwarded-for", address)
    return Request(method, target, "api.acme.example", "127.0.0.1", (told, *headers), **options)


def decided(asked, **context):
    return decide(policy(), asked, context=Context(NOW_S, **context))


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (request(token=token()), Reason.FORWARDED),
        (request(), Reason.NO_TOKEN),
        (request(token=token(exp=None)), Reason.BAD_TOKEN),
        (request(token=token(exp=999_970)), Reason.FORWARDED),
        (request(token=token(exp=999_969)), Reason.EXPIRED),
        (request(token=token(nbf=1_000_031)), Reason.BAD_TOKEN),
        (request(token=token(iss="https://id.acme.example")), Reason.BAD_TOKEN),
        (request(token=token(aud=("a", "b"))), Reason.AUDIENCE),
        (request(token=replace(token(), key="k2")), Reason.BAD_TOKEN),
        (request(token=replace(token(), is_genuine=False)), Reason.BAD_TOKEN),
        (request(token=replace(token(), algorithm="none")), Reason.BAD_TOKEN),
        (request(token=token(sub="")), Reason.NO_CONSUMER),
        (request(token=token(scope="xpayments:write")), Reason.SCOPE),
        (request("GET", token=token(scope="payments:write")), Reason.SCOPE),
        (request("GET", token=token(scope="payments:write admin")), Reason.FORWARDED),
        (request("DELETE", "/payments/1", token=token(tier="silver")), Reason.CLAIM),
        (request("DELETE", "/payments/search", token=token()), Reason.OPERATION),
        (request("PUT", token=token()), Reason.OPERATION),
        (request("POST", "/payments/", token=token()), Reason.OPERATION),
        (request("POST", "/payments%2f", token=token()), Reason.AMBIGUOUS),
        (request(headers=(("x_a", "1"),)), Reason.AMBIGUOUS),
        (request(headers=(("content-length", "1"), ("transfer-encoding", "chunked"))), Reason.AMBIGUOUS),
        (request(address="198.51.100.1"), Reason.ADDRESS),
        (request(token=token(), body_bytes=1025), Reason.BODY),
        (request("POST", "/oauth/token"), Reason.FORWARDED),
        (replace(request(), host="x.example"), Reason.HOST),
    ],
)
def test_decisions(asked, reason):
    assert reason is decided(asked).reason


def test_every_reason_has_a_status():
    assert set(Reason) == set(STATUS)


def test_api_keys_and_certificates():
    changes = {
        "apiKeys": {"partners": {"header": "Api-Key", "consumers": {"bank": "env:BANK"}}},
        "certificates": {"banks": {"authority": "env:CA", "names": ["spiffe://acme.example/bank"]}},
        "routes.token": {"path": "/oauth/token", "access": {"apiKeys": ["partners"], "certificates": ["banks"]}},
    }
    found, _ = read_policy(changed(changes))
    context = Context(NOW_S, secrets={Secret("env", "BANK"): "value"})

    def reason(*, key, names):
        asked = request("POST", "/oauth/token", headers=(("api-key", key),), certificate_names=names)
        return decide(found, asked, context=context).reason

    bank = ("spiffe://acme.example/bank",)
    assert Reason.FORWARDED is reason(key="value", names=bank)
    assert Reason.API_KEY is reason(key="valu", names=bank)
    assert Reason.API_KEY is reason(key="", names=bank)
    assert Reason.CERTIFICATE is reason(key="value", names=("spiffe://acme.example/bank2",))
    assert Reason.API_KEY is decide(found, request("POST", "/oauth/token"), context=Context(NOW_S)).reason


def test_what_the_api_gets():
    found = decided(request(token=token(sub="bob")))
    assert ("x-internal", "x-consumer", "authorization") == found.removed
    assert (("x-consumer", "bob"),) == found.set
    assert (("x-internal", "x-consumer"), ()) == (
        decided(request("POST", "/oauth/token")).removed,
        decided(request("POST", "/oauth/token")).set,
    )


def test_preflights():
    def preflight(origin, method):
        headers = (("origin", origin), ("access-control-request-method", method))
        return decided(request("OPTIONS", headers=headers))

    assert (Reason.PREFLIGHT, "https://app.acme.example") == (
        preflight("https://app.acme.example", "GET").reason,
        preflight("https://app.acme.example", "GET").allowed_origin,
    )
    assert Reason.FOREIGN_ORIGIN is preflight("https://app.acme.example.evil", "GET").reason
    assert Reason.OPERATION is preflight("https://app.acme.example", "PUT").reason


def run(asked, times_s):
    """The reasons of the same request at these times."""
    levels, found = {}, []
    for now_s in times_s:
        decision = decide(policy(), asked, context=Context(now_s, levels))
        levels.update(decision.spent)
        found.append(decision.reason)
    return found


def test_a_bucket_fills_again():
    asked = request("GET", token=token(exp=2_000_000))
    assert [Reason.FORWARDED] * 5 + [Reason.LIMIT] == run(asked, [NOW_S] * 6)
    assert [Reason.FORWARDED] * 5 + [Reason.LIMIT, Reason.FORWARDED] == run(asked, [NOW_S] * 6 + [NOW_S + 12])


def test_addresses_of_one_customer_share_a_bucket():
    one, other = request("POST", "/oauth/token", address="2001:db8::1"), "2001:db8::ffff"
    levels = dict(decided(one).spent)
    assert set(levels) == {key for key, _ in decided(replace(one, headers=(("x-forwarded-for", other),))).spent}


@given(st.lists(st.floats(0, 300), max_size=40))
def test_no_more_than_the_rate_gets_through(waits_s):
    """A law: in any time t at most burst + rate x t requests of one consumer."""
    times_s = sorted(NOW_S + wait_s for wait_s in waits_s)
    found = run(request("GET", token=token(exp=2_000_000)), times_s)
    passed = [time_s for time_s, reason in zip(times_s, found, strict=True) if reason is Reason.FORWARDED]
    for first in range(len(passed)):
        for last in range(first, len(passed)):
            assert last - first + 1 <= 5 + (passed[last] - passed[first]) * 5 / 60 + 1e-6


@given(st.floats(0, 1000), st.floats(0, 1000), st.floats(0, 100))
def test_a_bucket_never_holds_more_than_its_burst(held, wait_s, now_s):
    rate = Rate(10, "minute", 7)
    assert 0 <= level_at(Level(min(held, 7), now_s), rate, now_s=now_s + wait_s) <= 7


words = st.text(string.ascii_lowercase + ":-", min_size=1, max_size=20)


@given(st.lists(words | st.sampled_from(["payments:write", "xpayments:write", "payments:writex"]), max_size=4))
def test_a_scope_is_had_exactly_or_not_at_all(scopes):
    asked = request(token=token(scope=" ".join(scopes)))
    assert ("payments:write" in scopes) == decided(asked).is_forwarded


@given(st.sampled_from(sorted(GOOD)), st.none() | words | st.integers(0, 2_000_000))
def test_a_changed_claim_never_opens_more(name, value):
    """A law: no single change makes a refused request a forwarded one."""
    asked = request("DELETE", "/payments/1", token=token(tier="silver"))
    assume((name, value) != ("tier", "gold"))
    assert not decided(replace(asked, token=token(**{"tier": "silver", name: value}))).is_forwarded


@given(st.lists(st.ip_addresses(v=4).map(str) | words, max_size=5), st.integers(1, 3))
def test_what_a_client_writes_to_the_left_changes_nothing(written, hops):
    told = ["203.0.113.7", *(["10.0.0.1"] * (hops - 1))]
    asked = request(address=", ".join([*written, *told]))
    assert "203.0.113.7" == client_address(asked, hops)


@given(st.text("ab./%2eE\\;?", max_size=20))
def test_a_normal_path_stays_as_it_is(text):
    """A law: normalising is idempotent, and leaves no dot segment and no double slash."""
    path = normal_path(f"/{text}")
    if path is not None:
        assert path == normal_path(path)
        assert not {"", ".", ".."} & set(path.split("/")[1:-1])
        assert "\\" not in path


@given(st.text("ab./%2eE\\?#", max_size=20), st.sampled_from(["GET", "POST", "DELETE", "OPTIONS"]))
def test_without_a_token_only_open_operations_are_reached(text, method):
    found = decided(request(method, f"/payments{text}"))
    assert not found.is_forwarded
    found = decided(request(method, f"/{text}"))
    assert not found.is_forwarded or found.operation == "createToken"


@given(
    st.sampled_from(["", "/v1"]),
    st.lists(st.sampled_from(["a", "b", "{x}", "{y}.b", "a{x}", "a+b"]), min_size=1, max_size=3),
    st.lists(st.sampled_from(["a", "b", "ab", "a.b", "a+b", "aab", "", "\n"]), min_size=1, max_size=3),
)
def test_a_path_fits_as_its_pattern_says(base, template, parts):
    """Gateways get the pattern of `path_pattern`; the meaning goes by segments."""
    operation = replace(policy().operations[0], path="/" + "/".join(template))
    alone = replace(policy(), operations=(operation,), listen=replace(policy().listen, base_path=base))
    path = f"{base}/" + "/".join(parts)
    is_fitting = re.fullmatch(path_pattern(base + operation.path), path) is not None
    assert is_fitting == bool(matching(alone, path))


def test_the_closest_path_is_chosen():
    assert ["searchPayments"] == [each.id for each in matching(policy(), "/payments/search")]
    assert ["retrievePayment", "cancelPayment"] == [each.id for each in matching(policy(), "/payments/x")]
    assert [] == matching(policy(), "/payments/x/y")
