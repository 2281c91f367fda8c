"""Members that stood in a file before are what the standard library would read again."""

import json
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from themekit.source import json_groups, json_text
from themekit.source.json_text import read_json
from themekit.source.json_value import MAX_DEPTH

PATH = PurePosixPath("a.json")
KEYS = st.sampled_from(["a", "b", "é", "}"])
VALUES = st.recursive(
    st.sampled_from([None, True, False, 0, 1, 1.0, -0.0, 10, "", "a", "é{", '"', "a\\", "://"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=6,
)
FILES = st.lists(st.dictionaries(st.sampled_from(["a", "b", "$type", "é"]), VALUES, max_size=3), max_size=5)
SLIPS = st.lists(
    st.tuples(st.integers(0, 60), st.sampled_from(["", ",", "}", '"', " ", "1", '"a": {},', "NaN"])), max_size=2
)


def slipped(text, slips):
    for at, word in slips:
        text = text[:at] + word + text[at + 1 :]
    return text


def read(text, *, shares_members):
    document, diagnostics = read_json(PATH, text.encode(), shares_members=shares_members)
    return (document and (repr(document.value), document.omitted)), diagnostics


@given(FILES, SLIPS, st.sampled_from([None, 1]))
def test_files_in_a_row_are_read_as_each_alone(files, slips, indent):
    """Slips too: of all that is odd, the readers that know it tell."""
    for file in files:
        for text in (json.dumps(file, indent=indent), slipped(json.dumps(file, indent=indent), slips)):
            assert read(text, shares_members=False) == read(text, shares_members=True)


@pytest.mark.parametrize(
    ("usual", "text"),
    [
        ('{"a": {"b1": {"c": 1}, "b2": {"c": 2}}}', '{"a": {"b1": {"c": 1}, "b1": {"c": 2}}}'),
        ('{"a": {"b": {"c1": 1, "c2": 2}}}', '{"a": {"b": {"c1": 1, "c1": 2}}}'),
        ('{"a": {"b": [{"c1": 1, "c2": 2}]}}', '{"a": {"b": [{"c1": 1, "c1": 2}]}}'),
        (r'{"a": {"b": {"\u0061": 1, "\u0062": 2}}}', r'{"a": {"b": {"\u0061": 1, "\u0061": 2}}}'),
        ('{"a": {"b": {"c": 1}}}', '{"a": {"b": {"c": 12345678901234567890}}}'),
        ('{"a": {"b": 1.5e1}}', '{"a": {"b": 1.5e999}}'),
        ('{"a": {"b": 1}}', '{"a": {"b": 01}}'),
        ('{"a": {"b": 1}}', '{"a": {"b": }}'),
    ],
)
def test_what_differs_in_digits_alone_is_looked_at_all_the_same(usual, text):
    for number in range(4):
        assert ((), number) == (read(usual.replace(": 1", f": {number}"), shares_members=True)[1], number)
    assert read(text, shares_members=False) == read(text, shares_members=True)
    assert read(text, shares_members=True)[1]


def test_the_members_of_a_text_that_differs_in_digits_alone_are_not_counted_again(monkeypatch):
    """Colours of brands are such: their keys are looked at twice, then no more."""
    monkeypatch.setattr(json_text, "_SHAPES", {})
    texts = [f'{{"a": {{"c{number}": {{"x": {number}.5}}}}}}' for number in range(6)]
    counted = []
    count = json_text._members_in
    monkeypatch.setattr(json_text, "_members_in", lambda *given, **more: counted.append(1) or count(*given, **more))
    for text in texts:
        assert read(text, shares_members=True) == ((repr(json.loads(text)), frozenset()), ())
    assert 2 == len(counted)
    for number in range(json_text.REMEMBERED + 1):
        read(f'{{"a": {{"{"b" * number}": 1}}}}', shares_members=True)
        assert len(json_text._SHAPES) <= json_text.REMEMBERED


@pytest.mark.parametrize(
    "text",
    [
        '{"a": {"b": 1}, "a": {"b": 1}}',
        '{"a": {"b": 1}, "a": 2}',
        '{"a": {"b": 1, "b": 1}}',
        '{"a": {"b": 1}} x',
        '{"a": {"b": 1}',
        '{"a": {"b": 1}, }',
        '{"a" {"b": 1}}',
        '{"a": }',
        '{"a": {"b": NaN}}',
        "{}",
        "[]",
        "",
        ' \n{ "a" :\t{"b": 1} , "c":[] }\n',
        '{"a": {"b": 12}}',
        '{"a": {"b": 1}1}',
        '{"a": {"b": 1e999}}',
        '{"a": {"b": [12345678901234567890]}}',
        '{"a": {"b": 1}, "c": 12345678901234567890}',
        r'{"a": {"b": "\ud83d"}}',
        r'{"a": {"b": "\ud83d\ude80"}}',
        r'{"\ud83d": {"b": 1}}',
        r'{"a": {"b": 1}, "\u0061": {"b": 1}}',
        '{"a": {"b": "x: y"}, "c": "x: y", "d": "https://a.example"}',
    ],
)
def test_what_is_odd_is_told_as_without_remembering(text):
    read('{"a": {"b": 1}}', shares_members=True)
    assert read(text, shares_members=False) == read(text, shares_members=True)


def test_a_number_may_begin_as_the_one_before():
    """It does not say where it ends, so only objects are remembered."""
    for text in ('{"a": 1}', '{"a": 12}', '{"a": 1.5}', '{"a": 1}'):
        assert read(text, shares_members=False) == read(text, shares_members=True)


def test_depth_is_counted_from_the_outermost_object():
    for depth in (MAX_DEPTH - 1, MAX_DEPTH, MAX_DEPTH + 1):
        text = '{"a":' * depth + "{}" + "}" * depth
        for _ in range(2):
            assert read(text, shares_members=False) == read(text, shares_members=True)


def test_the_same_text_is_the_same_object_and_other_text_is_not():
    first, second, third = (
        read_json(PATH, text.encode(), shares_members=True)[0].value
        for text in ('{"a": {"b": 1}, "c": 1}', '{"c": 2, "a": {"b": 1}}', '{"a": {"b": 1.0}}')
    )
    assert second["a"] is first["a"]
    assert "1.0" == repr(third["a"]["b"])


def test_only_so_many_are_remembered(monkeypatch):
    monkeypatch.setattr(json_groups, "_KNOWN", {})
    many = {f"k{number}": {"a": number} for number in range(1000)}
    read(json.dumps(many), shares_members=True)
    assert 0 < len(json_groups._KNOWN) <= json_groups.REMEMBERED
    monkeypatch.setattr(json_groups, "MAX_REMEMBERED", 10)
    json_groups._KNOWN.clear()
    read('{"a": {"b": "0123456789"}, "c": {}}', shares_members=True)
    assert ["c"] == list(json_groups._KNOWN)
