"""The emitted Lua in a real nginx with its Lua module: headers, paths and framing are those that nginx really gives it.

It is still no Kong: its router, PDK and plugins are doubles here too, and OpenSSL verifies the signatures.
"""

import os
import time
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from tests.gateway.drawn_requests import drawn_requests
from tests.gateway.kong.kong_cases import SAMPLE
from tests.gateway.kong.real_nginx import has_nginx, running_nginx
from tests.gateway.kong.test_kong_agrees import statuses
from tests.gateway.made_tokens import signed
from tests.gateway.real_envoy import running_api
from tests.gateway.sample_policy import changed, read_policy
from tests.gateway.sample_probes import CLIENT, ask
from themekit.gateway.meaning import Context, decide

pytestmark = pytest.mark.skipif(not has_nginx(), reason="nginx with its Lua module is not installed")

DRAWN = int(os.environ.get("GATEWAY_REQUESTS", "150"))
WIDE = {"by": "consumer", "requests": 1_000_000, "period": "second"}


@pytest.fixture(scope="module")
def api():
    with running_api() as running:
        yield running


@pytest.fixture(scope="module")
def subject(api, tmp_path_factory):
    policy = policy_for(api, {"rates": {"reads": WIDE, "tokens": {**WIDE, "by": "address"}}})
    with running_nginx(policy, tmp_path_factory.mktemp("nginx")) as nginx:
        yield replace(policy, tokens=tuple(replace(each, clock_skew_s=0) for each in policy.tokens)), nginx


def policy_for(api, changes):
    policy, _ = read_policy(changed({**SAMPLE, "upstream.url": f"http://127.0.0.1:{api.server_address[1]}", **changes}))
    return policy


@settings(
    max_examples=DRAWN, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(asked=drawn_requests())
def test_nginx_answers_as_the_policy_means(subject, asked):
    policy, nginx = subject
    decision = decide(policy, asked, context=Context(time.time()))
    answer = nginx.send(asked)
    assert answer is not None
    if is_above_root(asked.target):
        assert (400, None) == (answer.status, answer.told)  # nginx reads no such path
        return
    known = {status or 200 for status in statuses(decision, asked)}
    assert answer.status in known, decision
    assert decision.is_forwarded is (answer.told is not None), decision
    if answer.told is not None:
        sent = dict(answer.told["headers"])
        assert dict(decision.set) == {name: sent[name] for name, _ in decision.set}
        assert not set(decision.removed) - {name for name, _ in decision.set} & set(sent)
        assert "x-themekit-counted" not in sent
        assert ("nosniff", None) == (answer.headers["x-content-type-options"], answer.headers.get("x-powered-by"))


def is_above_root(target):
    """At some point the path has left more folders than it has entered."""
    depth = 0
    for part in target.partition("?")[0].replace("%2e", ".").split("/")[1:]:
        depth += {"..": -1, ".": 0, "": 0}.get(part, 1)
        if depth < 0:
            return True
    return False


GOOD = {"iss": "https://id.acme.example/", "aud": "https://api.acme.example", "sub": "alice", "scope": "payments:write"}


def raw(line, *headers, body=b""):
    return "\r\n".join([line, "Host: api.acme.example", "Connection: close", *headers, "", ""]).encode() + body


def bearer():
    return f"Authorization: Bearer {signed({**GOOD, 'exp': int(time.time()) + 600})}"


def test_what_can_be_read_in_two_ways_reaches_no_api(subject, api):
    """As raw bytes: nginx itself refuses some, the program the rest."""
    _, nginx = subject
    good = raw("POST /payments HTTP/1.1", "X-Forwarded-For: 203.0.113.7", bearer())
    assert 200 == nginx.raw(good).status
    before = len(api.requests)
    hostile = {
        "two lengths": ("POST /payments HTTP/1.1", "Content-Length: 1", "Content-Length: 2"),
        "length and chunks": ("POST /payments HTTP/1.1", "Content-Length: 4", "Transfer-Encoding: chunked"),
        "underscore": ("POST /payments HTTP/1.1", "X_A: 1"),
        "escaped slash": ("POST /oauth%2f..%2fpayments HTTP/1.1",),
        "escaped zero": ("POST /payments%00 HTTP/1.1",),
        "two tokens": ("POST /payments HTTP/1.1", bearer()),
        "a token in the address": ("POST /payments?jwt=x HTTP/1.1", "Authorization: Basic eDp5"),
        "an absolute address": ("POST http://evil.example/payments HTTP/1.1",),
        "above the root": ("POST /../../payments/../../etc HTTP/1.1",),
    }
    for what, (line, *headers) in hostile.items():
        token = [] if "Authorization: Basic eDp5" in headers else [bearer()]
        answer = nginx.raw(raw(line, "X-Forwarded-For: 203.0.113.7", *token, *headers, body=b"0\r\n\r\n"))
        assert (what, True) == (what, answer.status in {400, 401, 404})
    assert before == len(api.requests)


def test_a_chunked_body_is_measured(subject):
    _, nginx = subject
    head = raw("POST /payments HTTP/1.1", "X-Forwarded-For: 203.0.113.7", bearer(), "Transfer-Encoding: chunked")
    sent = {size: nginx.raw(head + b"%x\r\n" % size + b"x" * size + b"\r\n0\r\n\r\n").status for size in (1024, 1025)}
    assert {1024: 200, 1025: 413} == sent


def test_a_header_that_is_set_is_the_one_that_is_counted(api, tmp_path):
    """Kong's plugin reads the header that our program set, and not the one that the client sent."""
    with running_nginx(policy_for(api, {}), tmp_path) as nginx:

        def read(name):
            headers = (CLIENT, ("x-themekit-counted", f"somebody-{time.monotonic()}"))
            return nginx.send(ask("GET", said={"sub": name, "scope": "payments:read"}, headers=headers)).status

        found = [read("mallory") for _ in range(11)]
        assert 200 == found[0]
        assert found.count(200) <= 10  # a window may have ended in between
        assert 429 in found
        assert 200 == read("alice")


def test_what_the_plugins_read_is_not_beyond_their_hundred_headers(subject):
    """As many as are let through, and the token after them all: Kong's plugins see both the token and our header."""
    _, nginx = subject
    known = 4  # host, connection, address and token
    sent = {
        count: nginx.raw(
            raw(
                "POST /payments HTTP/1.1",
                "X-Forwarded-For: 203.0.113.7",
                *(f"X-{number}: 1" for number in range(count - known)),
                bearer(),
            )
        ).status
        for count in (90, 91)
    }
    assert {90: 200, 91: 431} == sent


def test_preflights_end_at_the_gateway(subject, api):
    _, nginx = subject
    before = len(api.requests)
    for origin, status in (("https://app.acme.example", 200), ("https://evil.example", 403)):
        line = ("Origin: " + origin, "Access-Control-Request-Method: POST", "X-Forwarded-For: 203.0.113.7")
        answer = nginx.raw(raw("OPTIONS /payments HTTP/1.1", *line))
        assert (status, status == 200) == (answer.status, "access-control-allow-origin" in answer.headers)
    assert before == len(api.requests)
