"""Drawn requests: the emitted Lua, in a real LuaJIT, answers each as the policy means it. What differs is listed here.

`GATEWAY_REQUESTS` sets how many are drawn.
"""

import json
import os
import time
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from tests.gateway.drawn_requests import drawn_requests
from tests.gateway.kong.kong_double import Kong, has_luajit, running_lua
from tests.gateway.made_tokens import jwk
from tests.gateway.sample_policy import changed, read_policy
from themekit.gateway.kong import GATEWAY
from themekit.gateway.meaning import Context, Reason, decide

pytestmark = pytest.mark.skipif(not has_luajit(), reason="luajit with cjson is not installed")

DRAWN = int(os.environ.get("GATEWAY_REQUESTS", "200"))
WIDE = {"by": "consumer", "requests": 1_000_000, "period": "second"}


POLICIES = {
    "sample": {},
    "two hops, few networks, tokens forwarded": {
        "addresses": {"trustedHops": 2, "allow": ["203.0.113.0/29", "2001:db8::/33"], "deny": ["203.0.113.7/32"]},
        "tokens.main.forward": True,
        "cors": None,
        "requestHeaders.set": {"X-Consumer": {"claim": "sub"}, "X-Tier": {"claim": "tier"}, "X-Via": {"value": "a b"}},
    },
    "no hops, two methods alike": {
        "addresses": {"trustedHops": 0},
        "routes.cancel.access.scopes": [["admin"], ["payments:write", "payments:read"]],
        "routes.read.access": {"public": "Everyone may read"},
        "routes.read.limits": ["tokens"],
        "cors": {"origins": ["*"]},
    },
}


@pytest.fixture(scope="module", params=POLICIES)
def subject(request):
    rates = {"reads": WIDE, "tokens": {**WIDE, "by": "address"}}
    policy, diagnostics = read_policy(
        changed({"tokens.main.keys": [{"jwk": jwk()}], "rates": rates, **POLICIES[request.param]})
    )
    assert policy is not None, diagnostics
    (declarative,) = [each.content for each in GATEWAY.emit(policy) if each.path.name == "kong.json"]
    exact = replace(policy, tokens=tuple(replace(each, clock_skew_s=0) for each in policy.tokens))
    with running_lua() as lua:
        yield exact, Kong(lua, json.loads(declarative))


def statuses(decision, asked):
    """The status of the meaning, and those that Kong may give in its place."""
    known = {decision.status}
    if decision.reason in {Reason.AMBIGUOUS, Reason.ADDRESS} and asked.host == "evil.example":
        known = {404}  # its router knows no such host, so that nothing of ours runs
    if decision.reason is Reason.BAD_TOKEN and asked.token is not None and not asked.token.is_genuine:
        known |= {403}  # claims are looked at before the signature
    return known


@settings(max_examples=DRAWN, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(asked=drawn_requests())
def test_the_program_answers_as_the_policy_means(subject, asked):
    policy, kong = subject
    now = time.time()
    decision = decide(policy, asked, context=Context(now))
    result = kong.send(asked, now=now)
    assert result.status in statuses(decision, asked), (decision, result)
    assert decision.is_forwarded is (result.sent is not None), (decision, result)
    if result.sent is not None:
        assert dict(decision.set) == {name: result.sent[name] for name, _ in decision.set if name in result.sent}
        assert not set(decision.removed) - {name for name, _ in decision.set} & set(result.sent)
        assert "x-themekit-counted" not in result.sent
    if decision.reason is Reason.PREFLIGHT:
        assert result.answer["access-control-allow-origin"] in {decision.allowed_origin, "*"}
