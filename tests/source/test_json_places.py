"""Places that are looked for one by one are those that the careful reader finds."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from themekit.source import json_places
from themekit.source.json_places import lone_places, places_of
from themekit.source.json_scan import scan_json

KEYS = st.sampled_from(["a", "b", "", "a/b", "~", "é", '"', "\\", "$value", "0", "\n"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 10**6) | st.floats(-9, 9) | st.sampled_from(["", "x", "{}"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)
INDENTS = st.sampled_from([None, 0, 2, "\t"])


@given(VALUES, INDENTS, st.randoms(use_true_random=False))
def test_of_plain_json_all_is_found_where_the_careful_reader_finds_it(value, indent, chance):
    text = json.dumps(value, indent=indent, ensure_ascii=chance.random() < 0.5)
    extents = scan_json(text).extents
    asked = [pointer for pointer in extents if chance.random() < 0.4] or [""]
    assert {pointer: extents[pointer] for pointer in asked} == places_of(text, asked)


@given(VALUES, st.data())
def test_of_a_text_with_a_slip_what_is_found_is_right(value, data):
    """One character is put in, taken out or exchanged: the answer is right, or there is none."""
    text = json.dumps(value, indent=1)
    at = data.draw(st.integers(0, len(text) - 1))
    put = data.draw(st.sampled_from(["", ",", "{", "}", "]", '"', "1", " ", "a", "NaN", "//x\n", "\x01", ":"]))
    spoiled = text[:at] + put + text[at + data.draw(st.integers(0, 1)) :]
    extents = scan_json(spoiled).extents
    for pointer in scan_json(text).extents:
        found = places_of(spoiled, [pointer])
        assert found is None or {pointer: extents.get(pointer)} == found


@pytest.mark.parametrize(
    ("text", "pointer"),
    [
        ('{"a": 1}', "/b"),
        ('{"a": {"c": 1}}', "/a/b"),
        ("[1]", "/1"),
        ("[]", "/0"),
        ("{}", "/a"),
        ("1", "/a"),
        ("", ""),
        ('{"a": NaN, "b": 1}', "/b"),
        ('{"a" 1}', "/a"),
        ('{"a": 1 "b": 2}', "/b"),
        ('{, "b": 2}', "/b"),
        ("[1 2]", "/1"),
        ("1x", ""),
        ('{"a": 1x}', "/a"),
        ('{1: 2, "b": 1}', "/b"),
        ('{"a": 1', "/b"),
        ('{"a": {"c": 1}, "x": {"b": 1}}', "/b"),
        ('{"a": {"c": 1, "b": 2}, "x": "b"}', "/b"),
        (f'{{"a": {"[" * 100_000}, "b": 1}}', "/b"),
    ],
)
def test_what_is_not_there_or_no_json_has_no_place(text, pointer):
    assert places_of(text, [pointer]) is None


def test_of_a_key_that_stands_twice_the_first_one_counts():
    text = '{"a": 1, "a": {"b": 2}, "c": 3}'
    assert {"/a", "/c"} == set(places_of(text, ["/a", "/c"]))
    assert scan_json(text).extents["/a"] == places_of(text, ["/a"])["/a"]
    assert places_of(text, ["/a/b"]) is None


@pytest.mark.parametrize(
    "before",
    ['"x": "b", ', '"x": {"b": 2}, ', '"x": ["b"], "y": {"c": 1, "b": 2}, ', '"x": ",\\"b\\": 1", ', '"": "", '],
)
def test_a_key_that_stands_elsewhere_too_is_not_taken_for_the_other(before):
    text = f'{{ {before}"b": 1, "c": 2}}'
    extents = scan_json(text).extents
    assert text.rindex('"b"') == extents["/b"].key[0]
    assert {pointer: extents[pointer] for pointer in ("/b", "/c")} == places_of(text, ["/b", "/c"])


def test_keys_that_stand_far_apart_are_found(monkeypatch):
    """Nothing is leapt over where the next ones are too far away to be searched for."""
    text = json.dumps({f"k{number}": {"a": number} for number in range(50)})
    asked = ["/k3", "/k30/a", "/k31", "/k49"]
    extents = scan_json(text).extents
    for reach in (1, 30, 300, 1000):
        monkeypatch.setattr(json_places, "MAX_LEAP", reach)
        assert {pointer: extents[pointer] for pointer in asked} == places_of(text, asked)


def test_what_comes_after_the_last_place_is_not_read():
    assert {"/a"} == set(places_of('{"a": 1, oops', ["/a"]))


@given(VALUES, INDENTS, st.randoms(use_true_random=False))
def test_what_stands_once_in_sound_json_is_found_where_the_careful_reader_finds_it(value, indent, chance):
    text = json.dumps(value, indent=indent, ensure_ascii=chance.random() < 0.5)
    extents = scan_json(text).extents
    asked = [pointer for pointer in extents if pointer and chance.random() < 0.4]
    assert lone_places(text, asked) in ({pointer: extents[pointer] for pointer in asked}, None)


def test_nothing_before_a_key_that_stands_once_is_read():
    """A hundred lines of a large file are not looked at for a warning about the last."""
    text = '{"a": oops, "c1": {"x": 1, "$value": {"color": [1, 2]}}, "c2": 3}'
    found = lone_places(text, ["/c1/$value", "/c1/$value/color/1", "/c2"])
    assert {"/c1/$value": '{"color": [1, 2]}', "/c1/$value/color/1": "2", "/c2": "3"} == {
        pointer: text[slice(*extent.value)] for pointer, extent in found.items()
    }
    assert ['"$value"', None, '"c2"'] == [
        each.key and text[slice(*each.key)] for each in map(found.get, ["/c1/$value", "/c1/$value/color/1", "/c2"])
    ]


@pytest.mark.parametrize(
    ("text", "pointer"),
    [
        ('{"a": {"c": 1}, "b": {"c": 2}}', "/b/c/d"),
        ('{"x": "b", "b": 1}', "/b"),
        ('{"x": "b"}', "/b"),
        ('{"b": 1, "x": "\\"}', "/b"),
        ('{"$b": 1}', "/$b"),
        ('[{"0": 1}]', "/0"),
        ('{"0": [1]}', "/0/0"),
        ('{"b": 1}', "/b/c"),
        ("1", ""),
    ],
)
def test_what_may_be_another_place_is_left_to_the_walk(text, pointer):
    assert lone_places(text, [pointer]) is None
