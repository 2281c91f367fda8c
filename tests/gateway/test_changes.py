"""Changes of a policy in words: each has the right risk, which the policy's meaning itself is asked to refute."""

import json
from dataclasses import fields, is_dataclass

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.gateway.policy_edits import (
    DEVIATIONS,
    EDITS,
    LEVELS,
    NOT_ALONE,
    PLACES,
    decided,
    near_requests,
    policy_of,
    request,
)
from themekit.gateway.change import Risk
from themekit.gateway.changes import changes
from themekit.gateway.changes_text import changes_json, changes_text
from themekit.model import policy as policy_model

TAGS = {"Payments": ("listPayments", "createPayment", "searchPayments", "retrievePayment", "cancelPayment")}
ALONE = [name for name in EDITS if name not in NOT_ALONE]


def found(old, new):
    return changes(old, new, tags=TAGS)


def is_opened(old, new, asked, level):
    """The old policy refuses, and the new one forwards."""
    return decided(new, asked, level).is_forwarded and not decided(old, asked, level).is_forwarded


def witness(old, new):
    return next((each for each in near_requests() if is_opened(old, new, *each)), None)


@pytest.mark.parametrize("name", ALONE)
def test_each_edit_has_its_areas_and_risks(name):
    base, edited = policy_of(), policy_of(name)
    assert base is not None
    assert edited is not None
    for expected, old, new in ((EDITS[name].there, base, edited), (EDITS[name].back, edited, base)):
        assert expected == {(str(each.area), str(each.risk)) for each in found(old, new)}


@pytest.mark.parametrize("name", EDITS)
def test_a_request_shows_what_an_edit_opens(name):
    """The law below would hold nothing if no request came near what the edits change."""
    base, edited = policy_of(), policy_of(name)
    for way, old, new in (("there", base, edited), ("back", edited, base)):
        seen = witness(old, new)
        assert (seen is not None) == (way in EDITS[name].opens.split()), seen
        if seen is not None:
            assert any(each.risk is Risk.WEAKENS for each in found(old, new))


def test_nothing_changes_between_a_policy_and_itself():
    assert () == found(policy_of(), policy_of())


edits = st.lists(st.sampled_from(list(EDITS)), max_size=4, unique=True).map(sorted)
drawn_requests = st.lists(
    st.tuples(
        st.sampled_from(PLACES),
        st.lists(st.sampled_from(list(DEVIATIONS)), max_size=3, unique=True),
        st.sampled_from(list(LEVELS)),
    ),
    min_size=20,
    max_size=40,
)


def asked_of(place, deviations):
    asked = request(place)
    for name in deviations:
        asked = DEVIATIONS[name](asked)
    return asked


@given(before=edits, after=edits, drawn=drawn_requests)
def test_what_opens_is_said_to_weaken(before, after, drawn):
    """The law: a request that the old policy refuses and the new one forwards has a change that weakens.

    And what the API gets: without one, no header that was kept from it comes through.
    """
    old, new = policy_of(*before), policy_of(*after)
    assume(old is not None and new is not None)
    said = found(old, new)
    if any(each.risk is Risk.WEAKENS for each in said):
        return
    for place, deviations, level in drawn:
        asked = asked_of(place, deviations)
        then, now = decided(old, asked, level), decided(new, asked, level)
        assert then.is_forwarded or not now.is_forwarded, (asked, then, now, said)
        if now.is_forwarded:
            assert set(then.removed) <= set(now.removed)


@pytest.mark.slow
def test_between_any_two_edits_too():
    """The same for every pair: most of them weaken in one way and strengthen in another, which no single edit does."""
    near = list(near_requests())
    policies = [policy_of(name) for name in EDITS]
    forwarded = [[decided(each, *asked).is_forwarded for asked in near] for each in policies]
    opened = 0
    for old, before in zip(policies, forwarded, strict=True):
        for new, after in zip(policies, forwarded, strict=True):
            if any(is_ and not was for was, is_ in zip(before, after, strict=True)):
                opened += 1
                assert any(each.risk is Risk.WEAKENS for each in found(old, new)), found(old, new)
    assert opened > len(policies)


@given(before=edits, after=edits)
def test_what_is_seen_one_way_is_seen_the_other_way(before, after):
    """What strengthens one way weakens the other, or there would be a third class."""
    old, new = policy_of(*before), policy_of(*after)
    assume(old is not None and new is not None)
    there, back = found(old, new), found(new, old)
    assert bool(there) == bool(back)
    if any(each.risk is Risk.STRENGTHENS for each in there):
        assert any(each.risk is Risk.WEAKENS for each in back)


def texts(name):
    return [f"{each.risk}: {each.where}: {each.text}" for each in found(policy_of(), policy_of(name))]


def test_operations_that_change_alike_are_one_change():
    (said,) = texts("a set of scopes more")
    where = "3 operations of tag Payments (`listPayments`, `searchPayments`, `retrievePayment`)"
    assert f"weakens: {where}: a token with the scope `audit` is enough now" == said
    assert ["weakens: all 6 operations: bodies may have 2048 bytes, and not 1024"] == texts("larger bodies")
    assert ["strengthens: `createPayment` (POST /payments): can no longer be called"] == texts("a method less")
    assert ["weakens: the whole policy: addresses in `198.51.100.128/25` may call now"] == texts("half a network")


def test_no_reference_to_a_secret_is_shown():
    said = "".join(texts("another API key") + texts("another authority") + texts("another certificate"))
    assert said
    assert not [name for name in ("BANK", "OTHER", "CA2", "CHAIN") if name in said]


def test_as_text_and_as_json():
    said = found(policy_of(), policy_of("another set of scopes"))
    text = changes_text(said, old="a", new="b")
    assert text.startswith("a → b: 1 weakens, 1 strengthens\n\nweakens: ")
    assert all(len(line) <= 100 for line in text.splitlines())
    shown = json.loads(changes_json(said, old="a", new="b"))
    assert {"weakens": 1, "strengthens": 1, "neutral": 0} == shown["counts"]
    assert ["listPayments", "searchPayments", "retrievePayment"] == shown["changes"][0]["operations"]
    assert "a → b: no change of meaning\n" == changes_text((), old="a", new="b")


NO_MEANING = {
    ("Policy", "name"),
    ("Policy", "path"),
    ("Policy", "api"),
    ("Policy", "origins"),
    ("TokenIssuer", "name"),
    ("ApiKeys", "name"),
    ("Certificates", "name"),
    ("Limit", "name"),
    ("OperationPolicy", "required"),  # of the description of the API, whose changes are not compared
    ("OperationPolicy", "route"),
    ("OperationPolicy", "path"),
    ("OperationPolicy", "method"),
    ("Acceptance", "feature"),
    ("Acceptance", "target"),
    ("Acceptance", "form"),
    ("HeaderChange", "name"),
}
"""Where it is written and what it is called; and what something is found by, whose change makes it another thing."""


def differing(old, new):
    """The fields, by their classes, in which two values of the model differ."""
    if is_dataclass(old) and type(old) is type(new):
        for each in fields(old):
            one, other = getattr(old, each.name), getattr(new, each.name)
            if each.name != "origin" and one != other:
                yield type(old).__name__, each.name
                yield from differing(one, other)
    elif isinstance(old, tuple) and isinstance(new, tuple):
        for one, other in zip(old, new, strict=False):
            yield from differing(one, other)


def model_fields():
    classes = [each for each in vars(policy_model).values() if isinstance(each, type) and is_dataclass(each)]
    return {(each.__name__, one.name) for each in classes for one in fields(each) if one.name != "origin"}


def test_every_field_of_a_policy_is_changed_by_some_edit():
    """A field that comes to the model, and that nobody compares, is missing here."""
    base = policy_of()
    seen = {found for name in EDITS for found in differing(base, policy_of(name))}
    assert set() == model_fields() - seen - NO_MEANING
    assert set() == NO_MEANING - model_fields()
