"""What is too much is refused before anything is made of it. Work is counted, not timed."""

import json
import sys

import pytest

from themekit.source.json_text import MAX_BYTES
from themekit.studio.serving import answers, brand_facts, json_edits
from themekit.studio.serving.answers import MAX_VALUES, holds_more_than, version_of


@pytest.fixture
def worked(monkeypatch):
    """The names of what takes long, as often as it was begun."""
    begun = []

    def count(module, name):
        work = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *given, **named: begun.append(name) or work(*given, **named))

    count(json_edits, "edited")
    count(json_edits, "read_json")
    count(brand_facts, "pointers_at")
    return begun


def calls_of(work):
    """How many functions the work calls, those of C too."""
    count = 0

    def note(_frame, event, _argument):
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("value", [[1] * 400_000, {str(number): [] for number in range(400_000)}])
def test_an_edit_of_too_many_values_is_refused_before_it_is_made(studio, acme, worked, value):
    before = acme.read_bytes()
    edits = {"edits": [{"pointer": "/portal/sections", "value": value}]}
    for method, target in (("PUT", "/api/brands/acme"), ("POST", "/api/brands/acme/glance")):
        answer = studio(method, target, edits, version=version_of(before))
        assert (413, "too-many") == (answer.status, answer.json["error"])
        assert f"at most {MAX_VALUES:,} values" in answer.json["message"]
    assert [] == worked
    assert before == acme.read_bytes()


def test_many_values_in_many_edits_are_as_many(studio, acme, worked):
    edits = [{"pointer": "/portal/sections", "value": [1] * 5000}] * (MAX_VALUES // 5000)
    answer = studio("PUT", "/api/brands/acme", {"edits": edits}, version=version_of(acme.read_bytes()))
    assert (413, []) == (answer.status, worked)


def test_counting_ends_where_there_are_too_many():
    """Of a list of millions its length is enough, and of one in another, too."""
    many = [[1] * 10 for _ in range(200_000)]
    assert calls_of(lambda: holds_more_than(100, many)) < 20
    assert calls_of(lambda: holds_more_than(100, [[many]])) < 20
    assert calls_of(lambda: holds_more_than(100, many[:50])) < 150


@pytest.mark.parametrize(("most", "is_more"), [(5, True), (6, False)])
def test_every_value_counts(most, is_more):
    """An object, a list, and what is in them; names do not."""
    assert is_more is holds_more_than(most, {"a": [1, None, "x"], "b": {}})


def test_as_many_values_as_are_allowed_are_taken(studio, acme, monkeypatch):
    body = {"edits": [{"pointer": "/name", "value": "New"}]}
    monkeypatch.setattr(answers, "MAX_VALUES", 5)
    assert 200 == studio("PUT", "/api/brands/acme", body, version=version_of(acme.read_bytes())).status
    monkeypatch.setattr(answers, "MAX_VALUES", 4)
    assert 413 == studio("PUT", "/api/brands/acme", body, version=version_of(acme.read_bytes())).status


@pytest.mark.parametrize("how", ["text", "value"])
def test_places_are_not_looked_for_in_what_is_too_large_to_be_read(studio, acme, worked, how):
    long = "x" * MAX_BYTES
    body = {"text": json.dumps({"name": long})} if how == "text" else {"edits": [{"pointer": "/name", "value": long}]}
    answer = studio("PUT", "/api/brands/acme", body, version=version_of(acme.read_bytes()))
    assert (422, ["json-size"]) == (answer.status, [each["code"] for each in answer.json["diagnostics"]])
    assert "pointers_at" not in worked
