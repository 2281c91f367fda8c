"""Changes on the wire: what each small change asks for, in both directions, and what two real versions show."""

import os
from pathlib import Path, PurePosixPath

import pytest

from tests.sdk.changes.change_cases import CASES, Case, api
from themekit.model.api_change import largest
from themekit.sdk.changes.wire import wire_changes
from themekit.source.api import read_api

SPECS = Path(os.environ.get("THEMEKIT_SHARED", Path(__file__).parents[4] / "shared")) / "specs"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_change_asks_for_its_level(case: Case) -> None:
    """The largest level of what is found is the case's, and its rule is among what is found."""
    found = wire_changes(api(case.old), api(case.new))
    said = [(each.rule, each.level, each.where, each.words) for each in found]
    assert case.level == largest(tuple(each.level for each in found)), said
    assert case.rule in {each.rule for each in found} | {""}, said


def test_the_corpus_is_as_large_as_it_says() -> None:
    """150 small changes at least, no two of one name, of every level."""
    assert 150 <= len({case.name for case in CASES}) == len(CASES)
    assert {"major", "minor", "patch", None} == {case.level for case in CASES}


def test_every_change_says_where_it_was_written() -> None:
    """A change of a field leads to the field in both descriptions, so that it can be shown in its file."""
    old, new = api({}), api({"/components/schemas/Thing/properties/price/type": "string"})
    (change,) = wire_changes(old, new)
    assert "Thing.price" in change.where
    assert change.old is not None
    assert "/components/schemas/Thing/properties/price" == change.old.pointer


def test_an_api_is_equal_to_itself() -> None:
    """No change between a description and the same one read again."""
    assert () == wire_changes(api({}), api({}))


def test_a_chain_of_thousands_of_types_is_followed_to_its_end() -> None:
    """Each holds the next: the change is in the last one, deeper than Python's stack."""
    old, new = (api(chain(kind)) for kind in ("string", "integer"))
    assert {"response-type-changed", "request-type-changed"} >= {each.rule for each in wire_changes(old, new)} != set()


def chain(kind: str) -> dict[str, object]:
    """Settings: a member of a thing, and what it holds."""
    found: dict[str, object] = {"/components/schemas/Thing/properties/a": {"$ref": "#/components/schemas/C0"}}
    for n in range(2000):
        member = {"$ref": f"#/components/schemas/C{n + 1}"}
        found[f"/components/schemas/C{n}"] = {"type": "object", "properties": {"a": member}}
    return {**found, "/components/schemas/C2000": {"type": kind}}


@pytest.mark.skipif(not SPECS.is_dir(), reason="the real descriptions are not here")
def test_a_real_step_loses_what_it_lost() -> None:
    """Adyen's checkout from version 70 to 71 removes 32 properties from its schemas: the step is a break."""
    found = {}
    for version in (70, 71):
        path = SPECS / f"adyen-checkout-v{version}-3.1.json"
        found[version], _ = read_api(PurePosixPath(path.name), path.read_bytes(), read=lambda _: None)
    changes = wire_changes(found[70], found[71])
    removed = {each.where for each in changes if each.rule.endswith("field-removed")}
    assert "major" == largest(tuple(each.level for each in changes))
    assert len(removed) >= 20, sorted(removed)
