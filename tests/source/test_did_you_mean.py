"""The nearest name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from themekit.source.did_you_mean import did_you_mean, did_you_mean_or, edit_distance, listed, nearest


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("pallete", "palette"),
        ("nmae", "name"),
        ("Name", "name"),
        ("colour", "color"),
        ("col", None),
        ("entirely", None),
        ("", None),
    ],
)
def test_typos_find_what_was_meant(name, expected):
    assert expected == nearest(name, ["color", "name", "palette"])


def test_a_hint_costs_no_more_than_reading():
    """Only so many names are looked at, and after so many mistakes none."""
    others = [f"other{number}" for number in range(499)]
    assert "abcdef" == nearest("abcdex", [*others, "abcdef"])
    assert nearest("abcdex", [*others, "one more", "abcdef"]) is None
    assert did_you_mean("abcdex", ["abcdef"], before=100) is None


def test_of_equals_the_first_is_taken():
    assert "abcde1" == nearest("abcde", ["abcde1", "abcde2"])
    assert ("did you mean `abcde`?", None) == (did_you_mean("abcdx", ["abcde"]), did_you_mean("zzzzz", ["abcde"]))


@pytest.mark.parametrize(("one", "other", "distance"), [("", "ab", 2), ("ab", "ba", 1), ("kitten", "sitting", 3)])
def test_distances(one, other, distance):
    assert distance == edit_distance(one, other) == edit_distance(other, one)


@given(st.text("abc", max_size=6), st.text("abc", max_size=6), st.integers(0, 6))
def test_one_edit_is_one(text, rest, place):
    assert edit_distance(text, text) == 0
    assert edit_distance(text, text[:place] + "x" + text[place:]) == 1
    assert edit_distance(text, rest) <= max(len(text), len(rest))


def test_where_no_name_is_near_all_are_listed():
    names = tuple(f"name{letter}" for letter in "abcdefghijklmnopqr")
    assert "did you mean `namea`?" == did_you_mean_or("nameaa", names, label="known keys")
    assert "known keys: " + ", ".join(f"`{name}`" for name in names) == did_you_mean_or(
        "other", names, label="known keys"
    )
    assert did_you_mean_or("other", names, label="known keys", before=100) is None
    assert did_you_mean_or("other", (), label="the portal's sections") is None


def test_a_list_of_thousands_is_cut():
    assert listed([str(number) for number in range(1000)]).endswith(", `59` and 940 more")
