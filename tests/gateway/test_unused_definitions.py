"""What a policy defines and no operation uses is told where it stands, and nothing else is."""

import json

import pytest

from tests.gateway.sample_policy import POLICY, changed, read_policy

KEYS = {"header": "Api-Key", "consumers": {"bank": "env:BANK_KEY"}}
CERTIFICATE = {"authority": "env:CLIENT_CA", "names": ["spiffe://acme.example/bank"]}
RATE = {"by": "consumer", "requests": 9, "period": "second"}
TIERED = RATE | {
    "tiers": {
        "claim": "tier",
        "rates": {"gold": {"requests": 99, "period": "second"}, "iron": {"requests": 1, "period": "second"}},
    }
}
BASE = "brands/_shared/policy.json"


def told(changes, **options):
    """The message and the text under the caret of each warning; a policy with warnings is read whole."""
    policy, found = read_policy(changed(changes), **options)
    assert policy is not None
    assert {"unused-definition"} >= {each.code for each in found}
    return [(each.message, each.place.excerpt[each.place.column - 1 :].partition(":")[0]) for each in found]


@pytest.mark.parametrize(
    ("key", "value", "hint"),
    [
        ("tokens", {**POLICY["tokens"]["main"], "issuer": "https://other.example/"}, "access.tokens"),
        ("apiKeys", KEYS, "access.apiKeys"),
        ("certificates", CERTIFICATE, "access.certificates"),
        ("rates", RATE, "limits"),
    ],
)
def test_a_definition_that_no_route_names_is_told_at_its_name(key, value, hint):
    changes = {f"{key}.spare": value}
    assert [(f"no route names `spare` of `{key}`", '"spare"')] == told(changes)
    (found,) = read_policy(changed(changes))[1]
    assert f"name it in `{hint}` of a route, or remove it" == found.hint


def test_a_definition_that_an_operation_uses_is_not_told():
    assert [] == told({})
    used = {
        "certificates.spare": CERTIFICATE,
        "rates.spare": RATE,
        "routes.write.access.certificates": ["spare"],
        "routes.write.limits": ["spare"],
    }
    assert [] == told(used)


def test_a_default_that_every_route_decides_otherwise_is_told():
    changes = {
        "rates.spare": RATE,
        "limits": ["spare"],
        "routes.write.limits": [],
        "routes.cancel.limits": [],
    }
    message = "no operation uses `spare` of `rates`: closer routes decide `limits` of all of them"
    assert [(message, '"spare"')] == told(changes)


def test_what_only_an_unused_route_names_is_told_once():
    changes = {
        "rates.spare": RATE,
        "routes.all": {"path": "/payments/search", "access": {"tokens": ["main"]}, "limits": ["spare"]},
        "routes.search": {"operation": "searchPayments", "access": {"tokens": ["main"]}, "limits": []},
    }
    assert ["unused-route"] == [each.code for each in read_policy(changed(changes))[1]]


def test_a_tier_that_nobody_can_have_is_told_at_its_name():
    changes = {"rates.tiered": TIERED, "routes.cancel.limits": ["tiered"]}
    message = "nobody has the tier `iron`: the operations ask for other values of the claim"
    assert [(message, '"iron"')] == told(changes)
    assert [] == told({**changes, "routes.write.limits": ["tiered"]})
    assert [] == told({**changes, "routes.cancel.access.claims": {"tier": ["gold", "iron"]}})
    assert [] == told({**changes, "routes.cancel.access.claims": {"plan": ["gold"]}})


def test_what_is_inherited_may_be_meant_for_other_brands():
    base = {"rates": {"spare": RATE}, "apiKeys": {"spare": KEYS}}
    files = {BASE: json.dumps(base)}
    assert [] == told({"extends": "../_shared/policy.json"}, files=files)
    own = {"extends": "../_shared/policy.json", "rates.own": RATE}
    assert [("no route names `own` of `rates`", '"own"')] == told(own, files=files)


def test_nothing_is_told_while_operations_are_not_decided():
    """The route that names a definition may be the one with the mistake."""
    changes = {"rates.spare": RATE, "routes.token": None}
    assert ["undecided-operation"] == [each.code for each in read_policy(changed(changes))[1]]
