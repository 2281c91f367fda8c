"""The files for Kong: as reviewed, the same each time, and as Kong's own settings are documented."""

import json
import os
from pathlib import Path

import jsonschema
import pytest

from tests.gateway.kong.documented_settings import PLUGINS, copied, faults
from tests.gateway.kong.kong_cases import ALL, BARE, CASES, SAMPLE, declarative, files, policy_of
from themekit.gateway.kong import GATEWAY
from themekit.gateway.secret_scan import scan

GOLDEN = Path(__file__).parents[2] / "golden" / "gateway" / "kong"
SHARED = Path(os.environ.get("THEMEKIT_SHARED", Path(__file__).parents[4] / "shared"))
SCHEMA = SHARED / "cases" / "kong_json_schema.json"
NOT_REVIEWED = {"kubernetes.json", "deck.json", "rotate-keys.py"}
"""They repeat `kong.json`, or are the same in every policy."""


@pytest.mark.parametrize("case", CASES)
def test_files(case, golden):
    for name, content in files(CASES[case]).items():
        if name not in NOT_REVIEWED:
            golden(GOLDEN / case / name, content)


def test_the_same_bytes_each_time():
    assert files(ALL) == files(ALL)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("name", ["kong.json", "deck.json"])
def test_the_schema_of_deck(case, name):
    if not SCHEMA.is_file():
        pytest.skip("kong_json_schema.json of go-database-reconciler is not in ../shared/cases")
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    found = jsonschema.Draft4Validator(schema).iter_errors(json.loads(files(CASES[case])[name]))
    assert [] == [each.message for each in found]


def test_deck_has_the_same_entities_and_touches_no_others():
    found = files(ALL)
    deck = json.loads(found["deck.json"])
    assert {"select_tags": ["themekit-acme"]} == deck.pop("_info")
    assert json.loads(found["kong.json"]) == deck


def test_deck_reads_no_text_as_its_template():
    """It looks for `${{ env "…" }}` in the file's text, before it is JSON."""
    value = '${{ env "DECK_SECRET" }}'
    changes = {**SAMPLE, "responseHeaders.set": {"X-Note": value}}
    found = files(changes)
    assert "${{" not in found["deck.json"]
    loaded = json.loads(found["deck.json"])
    assert (
        json.dumps(value)[1:-1].replace('"', "034") in loaded["services"][0]["plugins"][1]["config"]["header_filter"][0]
    )


@pytest.mark.parametrize("case", CASES)
def test_every_setting_is_as_documented(case):
    assert [] == faults(declarative(CASES[case]))


LEFT_OUT = object()
WRONG = {"left out": LEFT_OUT, "list": [[]], "object": {"a": {}}, "number": -7, "empty": "", "mixed": ["x", 1]}


def broken(declared):
    """The file with one thing wrong, for each setting of each kind of entity."""
    for place, table in tables(declared):
        for name, value in table.items():
            for how, wrong in WRONG.items():
                if wrong != value:
                    yield f"{place}.{name}: {how}", with_change(declared, place, name, wrong)
        yield f"{place}: unknown", with_change(declared, place, "unheard_of", True)


def with_change(declared, place, name, value):
    changed = copied(declared)
    table = dict(tables(changed))[place]
    if value is LEFT_OUT:
        del table[name]
    else:
        table[name] = value
    return changed


def tables(declared):
    """One table of each kind, by its name: that of a plugin stands for all of its name."""
    found = {}
    for service in declared["services"]:
        found.setdefault("service", service)
        for route in service["routes"]:
            kind = "nothing" if "methods" not in route else "preflight" if "headers" in route else "route"
            found.setdefault(kind, route)
            for plugin in (*service["plugins"], *route["plugins"]):
                found.setdefault(f"plugin {plugin['name']}", plugin)
                found.setdefault(f"settings of {plugin['name']}", plugin["config"])
    for consumer in declared["consumers"]:
        found.setdefault("consumer", consumer)
        for key in consumer["jwt_secrets"]:
            found.setdefault("key", key)
    for certificate in declared["certificates"]:
        found.setdefault("certificate", certificate)
    return list(found.items())


def test_the_check_sees_each_broken_setting():
    """A check that cannot fail would prove nothing: each setting is broken in six ways, and all are seen."""
    declared = declarative(ALL)
    assert set(PLUGINS) == {name.removeprefix("settings of ") for name, _ in tables(declared) if "settings" in name}
    mutants = dict(broken(declared))
    assert len(mutants) > 400
    assert [] == [what for what, changed in mutants.items() if not faults(changed)]


OPENED = {
    "no expiry": ("jwt", "claims_to_verify", []),
    "anonymous": ("jwt", "anonymous", "acme.main"),
    "preflights pass": ("jwt", "run_on_preflight", False),
    "tokens in addresses": ("jwt", "uri_param_names", ["jwt"]),
    "tokens in cookies": ("jwt", "cookie_names", ["jwt"]),
    "tokens in other headers": ("jwt", "header_names", ["authorization", "x-token"]),
    "keys by issuer": ("jwt", "key_claim_name", "iss"),
    "limits fail open": ("rate-limiting", "fault_tolerant", True),
    "limits by issuer": ("rate-limiting", "limit_by", "consumer"),
    "megabytes": ("request-size-limiting", "size_unit", "megabytes"),
    "preflights reach the API": ("cors", "preflight_continue", True),
    "any header": ("cors", "headers", []),
    "private networks": ("cors", "private_network", True),
    "any origin with credentials": ("cors", "origins", ["*"]),
    "ended on request": ("request-termination", "trigger", "x-end"),
    "a whole month": ("rate-limiting", "month", 1),
}


@pytest.mark.parametrize("what", OPENED)
def test_the_check_sees_what_would_open_the_gateway(what):
    name, setting, value = OPENED[what]
    declared = declarative(ALL)
    dict(tables(declared))[f"settings of {name}"][setting] = value
    assert faults(declared)


def test_the_check_sees_what_is_missing_or_twice():
    for change in (
        lambda service: service["plugins"].pop(0),
        lambda service: service["plugins"].append(service["plugins"][0]),
        lambda service: service["routes"][-1]["plugins"].pop(),
        lambda service: service["routes"].append(service["routes"][0]),
        lambda service: service["routes"][0].update(paths=["/payments"]),
        lambda service: service["routes"][0].update(paths=["~/payments"]),
    ):
        declared = declarative(SAMPLE)
        change(declared["services"][0])
        assert faults(declared)


def test_operations_that_differ_in_time_or_tries_have_services_of_their_own():
    services = {each["name"]: each for each in declarative(ALL)["services"]}
    assert {"acme.15000ms-2x", "acme.2500ms-2x"} == set(services)
    assert (2500, 2000, 2) == tuple(
        services["acme.2500ms-2x"][name] for name in ("read_timeout", "connect_timeout", "retries")
    )
    names = [
        route["name"] for each in services.values() for route in each["routes"] if "preflight" not in route["name"]
    ]
    operations = [f"acme.{each.id}" for each in policy_of(ALL).operations]
    assert sorted([*operations, "acme.nothing"]) == sorted(names)


def test_what_a_policy_does_not_ask_for_is_not_there():
    declared = declarative(BARE)
    assert [] == faults(declared)
    routes = [route for service in declared["services"] for route in service["routes"]]
    assert [] == [route["name"] for route in routes if "preflight" in route["name"]]
    used = {plugin["name"] for each in (*declared["services"], *routes) for plugin in each["plugins"]}
    assert set(PLUGINS) - {"cors", "file-log"} == used


def test_limits_of_one_kind_share_the_plugin():
    (found,) = {
        (plugin["config"]["minute"], plugin["config"]["hour"])
        for service in declarative(ALL)["services"]
        for route in service["routes"]
        if route["name"] == "acme.listPayments"
        for plugin in route["plugins"]
        if plugin["name"] == "rate-limiting"
    }
    assert (5, 50) == found


def test_secrets_are_references():
    found = files(ALL)
    (certificate,) = json.loads(found["kong.json"])["certificates"]
    assert "{vault://env/chain}" == certificate["cert"]
    assert "{vault://env/vault-pki-acme-private-key}" == certificate["key"]
    assert () == scan(GATEWAY.emit(policy_of(ALL)))


def test_keys_that_are_fetched_are_not_there_yet():
    found = files(ALL)
    keys = {each["username"]: len(each["jwt_secrets"]) for each in json.loads(found["kong.json"])["consumers"]}
    assert {"acme.main": 1, "acme.other": 0} == keys
    assert ["acme.other"] == [each["consumer"] for each in json.loads(found["issuers.json"])]
    assert {"issuers.json", "rotate-keys.py"} & set(files(SAMPLE)) == set()


def test_the_node_is_shut():
    conf = dict(line.split(" = ") for line in files(ALL)["kong.conf"].splitlines()[1:])
    assert ("off", "off", "off") == (conf["admin_listen"], conf["admin_gui_listen"], conf["proxy_access_log"])
    assert ("sandbox", "cjson.safe") == (conf["untrusted_lua"], conf["untrusted_lua_sandbox_requires"])
    assert ("custom", "TLSv1.3") == (conf["ssl_cipher_suite"], conf["ssl_protocols"])
    assert "0.0.0.0:8443 ssl http2" == conf["proxy_listen"]
    assert set(PLUGINS) == set(conf["plugins"].split(","))
    assert "nginx_proxy_proxy_ssl_trusted_certificate" in conf
    assert "ssl_protocols" not in files(SAMPLE)["kong.conf"]
