"""A policy for two gateways goes through the build: the files of both, and the errors of one stop both."""

import json

from tests.gateway.kong.kong_cases import ALL, CASES
from tests.gateway.sample_policy import API, API_PATH, POLICY_PATH, changed
from themekit.build.gateway import gateway
from themekit.engine import Engine, MemoryHost, MemoryStore
from themekit.model import BrandId

ACME = BrandId("acme")


def engine_for(policy):
    files = {POLICY_PATH: json.dumps(policy), API_PATH: API}
    host = MemoryHost({path: text.encode() for path, text in files.items()})
    return Engine(host, MemoryStore(), code="")


def both(changes):
    accepted = [*changed(changes)["accept"], *changed({})["accept"]]
    return changed({**changes, "targets": ["envoy", "kong"], "accept": accepted})


def test_both_gateways_are_made():
    engine = engine_for(both(CASES["sample"]))
    paths = [str(artifact.path) for artifact in engine.get(gateway, ACME)]
    assert () == engine.diagnostics(gateway, ACME)
    kong = [path.removeprefix("gateway/kong/") for path in paths if path.startswith("gateway/kong/")]
    assert ["kong.json", "deck.json", "kong.conf", "kubernetes.json"] == kong
    assert any(path.startswith("gateway/envoy/") for path in paths)


def test_what_kong_cannot_do_stops_both():
    engine = engine_for(both({**CASES["sample"], "accept": []}))
    assert () == engine.get(gateway, ACME)
    found = engine.diagnostics(gateway, ACME)
    assert {"not-expressible"} == {each.code for each in found}
    assert all("`kong`" in each.message for each in found)


def test_no_file_holds_a_secret():
    engine = engine_for(changed(ALL))
    files = {str(file.path).removeprefix("gateway/") for file in engine.get(gateway, ACME)}
    assert {"kong/kong.json", "kong/deck.json", "kong/rotate-keys.py", "kong/issuers.json", "report.md"} < files
    assert () == engine.diagnostics(gateway, ACME)
