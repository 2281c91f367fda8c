"""Attacks are made from any policy, by its own words, and judged by what it means."""

import time
from dataclasses import replace

import pytest

from tests.gateway.policies_of_kinds import POLICIES, policy_of
from tests.gateway.sample_policy import read_policy
from themekit.gateway.attacks import Need, Scene, attacks_on
from themekit.gateway.attacks.judging import Judge, Seen
from themekit.gateway.envoy import GATEWAY
from themekit.gateway.meaning import STATUS, Context, Reason, decide
from themekit.model.policy import Guarded, Public

NOW_S = 1_800_000_000.0


def decided(policy, attacks):
    """Each attack with what the policy means for each of its shots, in order and with the levels of buckets."""
    levels = {}
    for attack in attacks:
        reasons = []
        for shot in attack.shots:
            for _ in range(shot.times):
                decision = decide(policy, shot.request, context=Context(NOW_S, levels))
                levels.update(decision.spent)
                reasons.append(decision.reason)
        yield attack, reasons


@pytest.mark.parametrize("name", sorted(set(POLICIES) - {"nothing but public"}))
def test_what_can_be_refused_is_attacked(name):
    """The suite has an attack for each reason for which the policy refuses anything."""
    policy = POLICIES[name]
    found = {reason for _, reasons in decided(policy, attacks_on(Scene(policy, NOW_S))) for reason in reasons}
    wanted = {
        Reason.FORWARDED, Reason.AMBIGUOUS, Reason.HOST, Reason.OPERATION, Reason.NO_TOKEN, Reason.BAD_TOKEN,
        Reason.EXPIRED, Reason.AUDIENCE, Reason.NO_CONSUMER, Reason.SCOPE, Reason.CLAIM, Reason.LIMIT, Reason.BODY,
    }  # fmt: skip
    if not any(isinstance(each.access, Guarded) and each.access.claims for each in policy.operations):
        wanted -= {Reason.CLAIM}
    if policy.addresses.trusted_hops:
        wanted |= {Reason.ADDRESS}
    if any(operation.cors for operation in policy.operations):
        wanted |= {Reason.PREFLIGHT}
    if any(operation.cors and "*" not in operation.cors.origins for operation in policy.operations):
        wanted |= {Reason.FOREIGN_ORIGIN}
    assert set() == wanted - found


@pytest.mark.parametrize("name", POLICIES)
def test_good_requests_pass_and_stolen_ones_do_not(name):
    """What an attack is called and what the policy means for it do not contradict each other."""
    policy = POLICIES[name]
    bad = ("no token", "wrong key", "expired", "no expiry", "algorithm none", "tampered payload", "wrong issuer")
    seen = set()
    for attack, reasons in decided(policy, attacks_on(Scene(policy, NOW_S))):
        if attack.name in {"good token", "good request"}:
            assert [Reason.FORWARDED] == reasons, attack
            seen.add(attack.operation)
        if attack.name in bad:
            assert Reason.FORWARDED not in reasons, attack
    assert {operation.id for operation in policy.operations} == seen


@pytest.mark.parametrize("name", POLICIES)
def test_bursts_reach_their_limits(name):
    policy = POLICIES[name]
    bursts = [each for each in decided(policy, attacks_on(Scene(policy, NOW_S))) if each[0].limit]
    named = {limit for operation in policy.operations for limit in operation.limits}
    assert named == {attack.limit for attack, _ in bursts}
    for attack, reasons in bursts:
        assert Reason.LIMIT in reasons, attack


def test_a_burst_goes_on_after_others_came():
    policy = POLICIES["sample"]
    (burst,) = [each for each in attacks_on(Scene(policy, NOW_S)) if each.name == "burst over reads by a consumer"]
    consumers = [dict(shot.request.token.claims)["sub"] for shot in burst.shots]
    assert consumers[0] == consumers[-1]
    assert 25 == len(set(consumers[1:-1]))


def test_attacks_are_the_same_each_time():
    policy = POLICIES["sample"]
    assert attacks_on(Scene(policy, NOW_S)) == attacks_on(Scene(policy, NOW_S))


def test_what_cannot_be_attacked_says_why():
    quota = policy_of({"rates.reads": {"by": "consumer", "requests": 5, "period": "day"}})
    reasons = {each.name: each.impossible for each in attacks_on(Scene(quota, NOW_S)) if each.impossible}
    assert {"burst over reads": "nobody waits a day for a quota"} == reasons


def test_large_limits_are_not_tried():
    large = policy_of({"rates.reads": {"by": "consumer", "requests": 9000, "period": "second"}})
    large = replace(large, operations=tuple(replace(each, max_body_bytes=2**27) for each in large.operations))
    named = {each.name for each in attacks_on(Scene(large, NOW_S)) if each.impossible}
    assert {"burst over reads", "body over the limit"} == named


def test_from_outside_no_address_is_told():
    policy = replace(POLICIES["sample"], addresses=replace(POLICIES["sample"].addresses, trusted_hops=0))
    attacks = attacks_on(Scene(policy, NOW_S, is_outside=True))
    told = [
        attack.name
        for attack in attacks
        for shot in attack.shots
        if shot.request.values("x-forwarded-for") and Need.ADDRESS not in attack.needs
    ]
    assert ["made-up address where no proxy is trusted"] == told


def judge(policy, **options):
    return Judge(policy, (GATEWAY,), **options)


def burst_request(policy):
    scene = Scene(policy, NOW_S)
    operation = next(each for each in policy.operations if each.id == "listPayments")
    return scene.request(operation, scene.good(operation))


def answered(judging, request, status, *, api=None, began_s=NOW_S, ended_s=NOW_S, headers=()):
    expected = judging.expect(request, began_s=began_s, ended_s=ended_s)
    seen = Seen(status, (("x-content-type-options", "nosniff"), *headers), api)
    judging.settle(expected, seen, began_s=began_s, ended_s=ended_s)
    return judging.fault(expected, seen), expected


GOT = ((("x-consumer", "t-1"),),)


def test_a_bucket_is_empty_when_it_is_surely_so():
    policy, request = POLICIES["sample"], burst_request(POLICIES["sample"])
    judging = judge(policy)
    for _ in range(5):
        assert "" == answered(judging, request, 200, api=GOT)[0]
    fault, expected = answered(judging, request, 200, api=GOT)
    assert (True, "200, and the API was asked") == (expected.is_limited, fault)


def test_between_sending_and_answer_a_token_may_come_back_or_not():
    """Five a minute: in 12 s one comes back. What may be either is not held against the gateway."""
    policy, request = POLICIES["sample"], burst_request(POLICIES["sample"])
    for status, api in ((200, GOT), (429, ())):
        judging = judge(policy)
        for _ in range(5):
            answered(judging, request, 200, api=GOT)
        fault, expected = answered(judging, request, status, api=api, began_s=NOW_S + 1, ended_s=NOW_S + 14)
        assert ("", False) == (fault, expected.is_sure)
        fault, expected = answered(judging, request, 200, api=GOT, began_s=NOW_S + 14, ended_s=NOW_S + 14)
        assert (status == 200) == bool(fault)


def test_answers_of_the_gateway_differ_where_it_says_so():
    policy = POLICIES["sample"]
    assert frozenset({403}) == judge(policy).statuses(Reason.AUDIENCE)
    assert frozenset({STATUS[Reason.NO_TOKEN]}) == judge(policy).statuses(Reason.NO_TOKEN)


FAULTS = {
    "the API was asked twice": ({"api": GOT * 2}, "the API was asked 2 times"),
    "a header is spoofed": ({"api": ((("x-consumer", "admin"),),)}, "the API got 1 of `x-consumer`"),
    "a header is missing": ({"api": ((),)}, "the API got 0 of `x-consumer`"),
    "the token goes on": ({"api": ((("x-consumer", "t-1"), ("authorization", "x")),)}, "the API got 1 of `authoriz"),
    "the answer names a program": ({"api": GOT, "headers": (("x-powered-by", "x"),)}, "the answer has `x-powered-by`"),
    "any page may read": (
        {"api": GOT, "headers": (("access-control-allow-origin", "https://evil.example"),)},
        "pages of https://evil.example may read the answer",
    ),
    "nobody answers": ({"api": ()}, "a closed connection"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_more_than_the_status_is_judged(name):
    policy = POLICIES["sample"]
    options, said = FAULTS[name]
    status = 0 if name == "nobody answers" else 200
    fault, _ = answered(judge(policy), burst_request(policy), status, **options)
    assert fault.startswith(said)


def test_headers_that_the_gateway_has_to_set():
    policy = POLICIES["sample"]
    judging = judge(policy)
    expected = judging.expect(burst_request(policy), began_s=NOW_S, ended_s=NOW_S)
    assert "the answer does not say" in judging.fault(expected, Seen(200, (), GOT))


def test_a_connection_may_be_closed_on_an_ambiguous_request_only():
    policy = POLICIES["sample"]
    request = burst_request(policy)
    ambiguous = replace(request, headers=(*request.headers, ("content-length", "1"), ("content-length", "2")))
    judging = judge(policy)
    for asked, is_fault in ((ambiguous, False), (replace(request, token=None), True)):
        expected = judging.expect(asked, began_s=NOW_S, ended_s=NOW_S)
        assert is_fault == bool(judging.fault(expected, Seen(0, (), ())))


def test_where_others_call_too_a_limit_by_address_may_be_reached_at_any_time():
    policy = POLICIES["sample"]
    operation = next(each for each in policy.operations if isinstance(each.access, Public))
    request = Scene(policy, NOW_S).request(operation, None)
    expected = judge(policy, has_others=True).expect(request, began_s=NOW_S, ended_s=NOW_S)
    assert (Reason.LIMIT, Reason.FORWARDED) == (expected.low.reason, expected.high.reason)


def test_a_limit_is_tried_when_a_gateway_without_it_would_have_been_seen():
    """One that lets through what comes back, and no more, is never wrong; that it was tried is known all the same."""
    policy, request = POLICIES["sample"], burst_request(POLICIES["sample"])
    judging = judge(policy)
    held, tried, refused = 5.0, [], 0
    for number in range(30):  # one every 6 s, of which every second one is more than comes back
        held = min(5.0, held + (0.5 if number else 0.0))  # it is counted in the middle
        passes = held >= 1
        held -= passes
        refused += not passes
        began_s = NOW_S + 6 * number
        given = {"api": GOT if passes else (), "began_s": began_s, "ended_s": began_s + 6}
        fault, expected = answered(judging, request, 200 if passes else 429, **given)
        assert "" == fault, number
        tried.append(expected.is_limited)
    assert refused > 5
    assert not any(tried[:6])
    assert sum(tried) > 5


def test_the_suite_for_hundreds_of_paths_is_made_soon():
    """With more paths than Python keeps patterns of, each was compiled again for each attack: it took minutes."""
    policy, _ = read_policy()
    first = policy.operations[0]
    many = tuple(replace(first, id=f"get{each}", path=f"/payments/{{id}}/x{each}") for each in range(600))
    policy = replace(policy, operations=many)
    began_s = time.process_time()
    found = attacks_on(Scene(policy, NOW_S))
    assert time.process_time() - began_s < 20
    assert 600 == len({each.operation for each in found})
