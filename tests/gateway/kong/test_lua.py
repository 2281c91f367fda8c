"""The Lua that Kong runs: texts stay texts, addresses are read as Python reads them, and each check is needed."""

import base64
import json
import time
from dataclasses import replace
from ipaddress import ip_address, ip_network

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.gateway.kong.documented_settings import faults
from tests.gateway.kong.kong_cases import ACCEPTED, ALL, SAMPLE, accept, declarative, policy_of, volt
from tests.gateway.kong.kong_double import Kong, has_luajit, running_lua
from tests.gateway.made_tokens import ISSUER, STRANGER, encoded, jwk, rs256, signed
from tests.gateway.sample_probes import CLIENT, ask, probes
from themekit.gateway.kong import GATEWAY
from themekit.gateway.kong.lua import literal, pattern
from themekit.gateway.kong.programs import AFTER, ANSWER, BEFORE, program
from themekit.gateway.meaning import Context, decide
from themekit.gateway.requests import Request

pytestmark = pytest.mark.skipif(not has_luajit(), reason="luajit with cjson is not installed")

NOW = int(time.time())
quick = settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
texts = st.text(max_size=20) | st.sampled_from(['"', "\\", '"..os.exit()..', "]]", "${{", "\n", "\\065", "\x00", "é1"])


@pytest.fixture(scope="module")
def lua():
    with running_lua() as running:
        yield running


def kong(lua, changes=SAMPLE, *, change=lambda _: None):
    declared = declarative(changes)
    change(declared)
    return Kong(lua, declared)


@quick
@given(
    value=st.recursive(
        texts | st.booleans() | st.integers(-(2**31), 2**31),
        lambda inner: st.dictionaries(texts, inner, min_size=1, max_size=4) | st.lists(inner, min_size=1, max_size=4),
    )
)
def test_a_value_comes_back_as_it_was(lua, value):
    """Whatever a text says, it is read as that text: the double gives the chunk nothing that it could call."""
    assert value == lua("value", code=literal(value))["value"]


def test_no_value_is_nil(lua):
    assert {} == lua("value", code=literal(None))
    assert {"value": {"b": 1}} == lua("value", code=literal({"a": None, "b": 1}))


@quick
@given(text=texts.filter(lambda text: "\x00" not in text), other=texts)
def test_a_pattern_fits_its_text_alone(lua, text, other):
    code = f"({{{literal(text)}}})[1]:match({literal(f'^{pattern(text)}$')}) ~= nil"
    assert lua("value", code=code)["value"]
    assert (text == other) is lua("value", code=code.replace(literal(text), literal(other), 1))["value"]


addresses = st.ip_addresses().map(str) | st.sampled_from(
    ["::", "::1", "1::", "::ffff:1.2.3.4", "1:2:3:4:5:6:7::", "1:2:3:4:5:6:1.2.3.4", "64:ff9b::192.0.2.1"]
)
near = st.sampled_from(
    [
        "1.2.3",
        "1.2.3.256",
        "01.2.3.4",
        "1.2.3.4.5",
        ":::",
        "1:2:3:4:5:6:7",
        "1::2::3",
        "g::",
        "1.2.3.4::",
        "12345::",
        "",
    ]
)


def probe(lua, name):
    """One of the program's own functions, called on a text."""
    code = BEFORE.replace(
        "return function()\n", f"return function() return {name}(kong.request.get_method()) end\n--[==[", 1
    )
    lua("load", name=name, code=program("{}", code + "]==]"))
    return lambda text: (lua("start", request={"method": text, "headers": {}, "now": 0}), lua("run", name=name))[1]


@quick
@given(text=addresses | near)
def test_addresses_are_read_as_python_reads_them(lua, text):
    try:
        expected = list(ip_address(text).packed)
    except ValueError:
        expected = None
    assert expected == probe(lua, "address_of")(text).get("result")


@quick
@given(
    network=st.ip_addresses().flatmap(lambda each: st.tuples(st.just(each), st.integers(0, each.max_prefixlen))),
    other=addresses,
)
def test_networks_hold_what_they_hold(lua, network, other):
    found = ip_network(network, strict=False)
    policy = policy_of(SAMPLE)
    denying = replace(policy, addresses=replace(policy.addresses, deny=(str(found),)))
    request = Request("POST", "/oauth/token", "api.acme.example", "127.0.0.1", (("x-forwarded-for", other),))
    expected = decide(denying, request, context=Context(NOW)).status
    answer = kong_of(lua, denying).send(request, now=NOW)
    assert expected == answer.status


def kong_of(lua, policy):
    return Kong(lua, json.loads(GATEWAY.emit(policy)[0].content))


def answers(subject):
    """What each probe gets: those of Envoy's mutations, so that both gateways are held to the same."""
    found = []
    for request in PROBES:
        result = subject.send(request, now=NOW)
        found.append((result.status, sorted((result.sent or {}).items()), sorted(result.answer.items())))
    return found


def more_probes():
    """Those for what Kong's own plugins leave to the program."""
    crafted = [
        signed({**GOOD, "nbf": NOW + 600}),
        signed({**GOOD, "exp": "never"}),
        signed({**GOOD, "scope": ["payments:read", "xpayments:write"]}),
        signed({**GOOD, "sub": "a\nb"}),
        signed({**GOOD, "sub": ["alice"]}),
        signed_with({"alg": "RS256", "kid": "k1", "crit": ["b64"]}, GOOD),
        signed_with({"alg": "PS256", "kid": "k1"}, GOOD),
        signed_with({"alg": "RS256"}, GOOD),
    ]
    bare = replace(ask(), token=None)
    spoofed = (CLIENT, ("x-consumer-username", "admin"), ("x-themekit-counted", "nobody"))
    both = (CLIENT, ("authorization", f"Bearer {signed(GOOD)}"), ("authorization", f"Bearer {signed(GOOD)}"))
    many = (CLIENT, *((f"x-{number}", "1") for number in range(120)))
    return [
        *(replace(bare, headers=(CLIENT, ("authorization", f"Bearer {text}"))) for text in crafted),
        replace(bare, headers=(CLIENT, ("authorization", f"Basic x Bearer {signed(GOOD)}"))),
        replace(ask("POST", "/oauth/token", headers=spoofed), token=None),
        replace(bare, headers=both),
        ask(headers=many),
        ask(headers=(CLIENT, ("content-length", "1"), ("transfer-encoding", "chunked"))),
        ask(target="/payments#x"),
        ask("GET", "/payments/a%5cb"),
    ]


GOOD = {
    "iss": "https://id.acme.example/",
    "aud": "https://api.acme.example",
    "sub": "alice",
    "scope": "payments:write",
    "tier": "gold",
    "exp": NOW + 600,
}


def signed_with(header, claims, *, key=ISSUER):
    """A token with a header of its own."""
    message = ".".join(encoded(json.dumps(part).encode()) for part in (header, claims))
    return f"{message}.{encoded(rs256(key, message.encode()))}"


PROBES = [*probes(), *more_probes()]


CHECKS = {
    "header count": ("count > MAX_HEADERS", "false"),
    "ambiguity": ("not path or is_ambiguous(headers)", "not path"),
    "underscores": ('name:find("_", 1, true)', "false"),
    "two lengths": ('+ #values(headers, "transfer-encoding") > 1', "> 1"),
    "escaped slashes": ('upper == "2F" or ', ""),
    "escaped backslashes": ('upper == "5C" or ', ""),
    "fragments": (' or target:find("#", 1, true)', ""),
    "denied addresses": (" or is_within(bytes, policy.deny)", ""),
    "trusted hops": ("policy.hops == 0", "true"),
    "hosts": ("not policy.hosts[kong.request.get_host():lower()]", "true"),
    "closest path": (
        "alike = each.operations break",
        "for name, one in pairs(each.operations) do alike[name] = one end",
    ),
    "foreign origins": ('return refuse(403, "foreign-origin")', ""),
    "operation": ("if not operation then", "if false then"),
    "token": ("if status then", "if false then"),
    "no token": ("#shown == 0", "false"),
    "two tokens": ("#shown > 1", "false"),
    "issuer": ("each.issuer == claims.iss and ", ""),
    "critical headers": (" or header.crit ~= nil", ""),
    "no expiry": (" or not is_number(claims.exp)", ""),
    "not before": ("claims.nbf ~= nil and not (", "false and not ("),
    "audience": ("not has_value(claims.aud, issuer.audiences)", "false"),
    "consumer": ('type(consumer) ~= "string" or not (', "false and not ("),
    "scopes": ("#operation.scopes > 0 and ", "false and "),
    "claims": ("not has_value(claims[each.name], each.values)", "false"),
    "whom to count": ("if operation.counts then", "if false then"),
    "our header removed after": ("kong.service.request.clear_header(policy.counted)\n  for", "for"),
    "headers of Kong": ("ipairs(OF_KONG)", "ipairs({})"),
    "headers removed": ("ipairs(seen.removed)", "ipairs({})"),
    "headers set": ("ipairs(seen.set)", "ipairs({})"),
    "answer's headers removed": ("ipairs(policy.response_removed)", "ipairs({})"),
    "answer's headers set": ("ipairs(policy.response_set)", "ipairs({})"),
}
"""Each check, and what stands in its place when it is taken out."""


@pytest.fixture(scope="module")
def sound(lua):
    return answers(kong(lua))


@pytest.mark.parametrize("check", CHECKS)
def test_each_check_of_the_program_is_noticed(lua, sound, check):
    """Taken out one at a time, each lets a request through that was stopped, or another answer out."""
    text, instead = CHECKS[check]
    assert 1 == sum(code.count(text) for code in (BEFORE, AFTER, ANSWER))

    def without(declared):
        for service in declared["services"]:
            for plugin in service["plugins"][:2]:
                for phase, (code,) in plugin["config"].items():
                    plugin["config"][phase] = [code.replace(text, instead)]

    assert sound != answers(kong(lua, change=without))


PLUGIN_CHANGES = {
    "no jwt": ("jwt", None),
    "no size": ("request-size-limiting", None),
    "no rates": ("rate-limiting", None),
    "no cors": ("cors", None),
    "no function before": ("pre-function", None),
    "no function after": ("post-function", None),
    "greater bodies": ("request-size-limiting", {"allowed_payload_size": 2048}),
    "more requests": ("rate-limiting", {"minute": 50}),
}


@pytest.mark.parametrize("what", PLUGIN_CHANGES)
def test_each_plugin_is_noticed(lua, sound, what):
    name, settings_of = PLUGIN_CHANGES[what]

    def changed_plugins(declared):
        for service in declared["services"]:
            for entity in (service, *service["routes"]):
                for plugin in entity["plugins"]:
                    if plugin["name"] == name and settings_of:
                        plugin["config"] |= settings_of
                if settings_of is None:
                    entity["plugins"] = [plugin for plugin in entity["plugins"] if plugin["name"] != name]

    if name == "post-function":  # the double asks it for the headers of every answer
        with pytest.raises(KeyError):
            answers(kong(lua, change=changed_plugins))
    else:
        assert sound != answers(kong(lua, change=changed_plugins))


def test_an_expired_token_is_refused_by_two(lua):
    """By the program, and by the plugin should that be gone."""
    expired = replace(
        ask(), token=None, headers=(CLIENT, ("authorization", f"Bearer {signed({**GOOD, 'exp': NOW - 1})}"))
    )
    assert 401 == kong(lua).send(expired, now=NOW).status

    def careless(declared):
        for service in declared["services"]:
            (code,) = service["plugins"][0]["config"]["access"]
            check = 'if claims.exp <= ngx.time() then return 401, "expired-token" end'
            assert check in code
            service["plugins"][0]["config"]["access"] = [code.replace(check, "")]

    assert 401 == kong(lua, change=careless).send(expired, now=NOW).status


TWO = {
    **SAMPLE,
    "tokens.other": {
        "issuer": "https://other.example/",
        "audiences": ["https://api.acme.example"],
        "keys": [{"jwk": jwk(STRANGER, key_id="other")}],
    },
}


def test_an_issuer_cannot_speak_for_another(lua):
    """Kong finds a key by its id alone: a key of the other issuer signs what `main` is said to have issued."""
    subject = kong(lua, TWO)
    bare = replace(ask(), token=None)
    text = signed(GOOD, key=STRANGER, key_id="other")
    assert 401 == subject.send(replace(bare, headers=(CLIENT, ("authorization", f"Bearer {text}"))), now=NOW).status

    def fetched(declared):
        """As it is with keys that are fetched: the program does not know whose they are, the last step does."""
        for service in declared["services"]:
            (code,) = service["plugins"][0]["config"]["access"]
            check = 'if issuer.keys and issuer.keys[key] ~= algorithm then return 401, "bad-token" end'
            assert check in code
            service["plugins"][0]["config"]["access"] = [code.replace(check, "")]

    result = kong(lua, TWO, change=fetched).send(
        replace(bare, headers=(CLIENT, ("authorization", f"Bearer {text}"))), now=NOW
    )
    assert (401, None) == (result.status, result.sent)


def test_a_key_named_among_the_claims_is_not_taken(lua):
    """Kong looks for the id among the claims first: the program would have looked at another key than the plugin."""
    text = signed_with({"alg": "RS256", "kid": "k1"}, {**GOOD, "kid": "other"}, key=STRANGER)
    request = replace(ask(), token=None, headers=(CLIENT, ("authorization", f"Bearer {text}")))
    here = 'if claims.kid ~= nil and claims.kid ~= key then return 401, "bad-token" end'
    last = 'return kong.response.exit(401, {message = "bad-token"})'

    def without(*checks):
        def change(declared):
            for service in declared["services"]:
                for plugin in service["plugins"][:2]:
                    (code,) = plugin["config"]["access"]
                    for check in checks:
                        code = code.replace(check, "")
                    plugin["config"]["access"] = [code]

        return kong(lua, TWO, change=change).send(request, now=NOW).status

    assert [401, 401, 401, 0] == [without(), without(here), without(last), without(here, last)]


def test_an_anonymous_consumer_is_stopped_by_the_last_step(lua):
    """Somebody may add the setting to a Kong by hand."""

    def anonymous(declared):
        for service in declared["services"]:
            for route in service["routes"]:
                for plugin in route["plugins"]:
                    if plugin["name"] == "jwt":
                        plugin["config"]["anonymous"] = "somebody"

    forged = replace(ask(), token=replace(ask().token, is_genuine=False))
    assert 401 == kong(lua, change=anonymous).send(forged, now=NOW).status


def test_a_whole_api_fits(lua):
    """Fifty operations are no more than LuaJIT takes, Kong's settings hold, and a ConfigMap (1 MiB) does."""
    emitted = {each.path.name: each.content for each in GATEWAY.emit(volt())}
    declared = json.loads(emitted["kong.json"])
    assert [] == faults(declared)
    assert len(emitted["kong.json"]) < 1 << 20
    request = Request("GET", "/v1/payments", "api.volt.example", "127.0.0.1", (CLIENT,))
    assert (401, "no-token") == ((found := Kong(lua, declared).send(request, now=NOW)).status, found.reason)


def test_nobody_gets_in_without_keys(lua):
    fetched = {**SAMPLE, "tokens.main.keys": None, "tokens.main.jwks": "https://id.acme.example/jwks.json"}
    assert 401 == kong(lua, fetched).send(ask(), now=NOW).status


def test_a_route_that_kong_chose_otherwise_is_no_way_in(lua):
    """Should Kong's router take another route than the program, its plugins would be those of another operation."""

    def misrouted(declared):
        for service in declared["services"]:
            for route in service["routes"]:
                if route["name"] == "acme.createToken":
                    route["paths"] = ["~/payments$"]
                    route["regex_priority"] = 99

    assert 404 == kong(lua, change=misrouted).send(ask(), now=NOW).status


def test_a_request_that_skipped_the_program_ends(lua):
    """The last step lets through what the first one passed, and nothing else."""
    lua("load", name="after", code=program('{counted="X-Themekit-Counted"}', AFTER))
    lua("start", request={"method": "POST", "headers": {}, "route": "acme.createPayment", "now": NOW})
    assert 500 == lua("run", name="after", phase="access")["status"]


def test_limits_count_each_consumer_and_come_back(lua):
    subject = kong(lua)

    def read(name, at):
        return subject.send(ask("GET", said={"sub": name, "scope": "payments:read"}), now=at).status

    minute = NOW - NOW % 60
    assert [0] * 5 + [429] == [read("mallory", minute + number) for number in range(6)]
    assert 0 == read("alice", minute + 6)
    assert 0 == read("mallory", minute + 60)


def test_a_log_line_has_the_policys_fields_and_no_others(lua):
    changes = {**ALL, "logging": {"fields": ["time", "method", "status", "consumer", "address"], "redact": ["address"]}}
    request = replace(ask("GET", "/v1/payments", said={"scope": "payments:read"}), host="api.acme.example")
    result = kong(lua, changes).send(request, now=NOW)
    expected = {
        "time": "2026-01-02 03:04:05",
        "method": "GET",
        "status": 200,
        "consumer": "alice",
        "address": "[redacted]",
    }
    assert expected == result.log
    refused = kong(lua, changes).send(replace(request, token=None), now=NOW)
    assert ("no-token", 401) == (refused.log["details"], refused.log["status"])


def test_answers_that_differ_from_the_meaning(lua):
    """Those that the page on Kong lists: none of them gets through."""
    subject = kong(lua)
    forged = replace(ask(said={"scope": "x"}), token=replace(ask(said={"scope": "x"}).token, is_genuine=False))
    many = (CLIENT, *((f"x-{number}", "1") for number in range(120)))
    listed = {
        "forged and without a scope": (forged, 403),
        "ambiguous, for an unknown host": (replace(ask(target="/a%2fb"), host="evil.example"), 404),
        "a backslash": (ask(target="\\payments"), 400),
        "a backslash within": (ask("GET", "/payments\\p1", said={"scope": "payments:read"}), 404),
        "many headers": (ask(headers=many), 431),
    }
    for what, (request, status) in listed.items():
        result = subject.send(request, now=NOW)
        assert (what, status, None) == (what, result.status, result.sent)
    public = replace(ask("POST", "/oauth/token"), token=None)
    assert [0, 0, 0, 429] == [subject.send(public, now=NOW).status for _ in range(4)]
    assert 413 == subject.send(replace(public, body_bytes=2000), now=NOW).status


def test_hostile_json_is_no_token(lua):
    subject = kong(lua)
    for claims in (b"[]", b"1", b"null", b'"x"', b"{", b"", b'{"exp":1e999}', b"[" * 2000):
        part = base64.urlsafe_b64encode(claims).rstrip(b"=").decode()
        text = f"{encoded(b'{}')}.{part}.x"
        request = replace(ask(), token=None, headers=(CLIENT, ("authorization", f"Bearer {text}")))
        assert 401 == subject.send(request, now=NOW).status


def test_all_that_is_accepted_is_named_in_the_cases():
    assert set(ACCEPTED) == {each["feature"] for each in accept(*ACCEPTED)}
