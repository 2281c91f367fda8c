"""The JSON reader: what it lets pass, what it says, and that the fast way and the careful way agree."""

import json
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from themekit.diagnostics import Span
from themekit.source import json_text
from themekit.source.json_scan import scan_json
from themekit.source.json_text import read_json

PATH = PurePosixPath("a.json")


SYNTAX, ENCODING, NUMBER, AGAIN = "json-syntax", "json-encoding", "json-number", "json-duplicate-key"
NOT_NUMBERS = [(1, c, n, NUMBER) for c, n in ((2, 2), (6, 2), (10, 2), (14, 4), (20, 2), (24, 2))]


def found(content):
    document, diagnostics = read_json(PATH, content.encode() if isinstance(content, str) else content)
    places = [(d.place.line, d.place.column, d.place.length, d.code) for d in diagnostics]
    return (None if document is None else document.value), places


def messages(content):
    return [d.message for d in read_json(PATH, content.encode())[1]]


@pytest.mark.parametrize(
    "text",
    ['{"a": [1, 2.5, -3e2, true, false, null, "x\\n\\u00e4\\ud83d\\ude80/"], "b": {}}', "[]", '"x"', " 1 ", "-0", "0"],
)
def test_json_is_read_as_the_standard_library_reads_it(text):
    assert (json.loads(text), []) == found(text)
    assert json.loads(text) == scan_json(text).value


@pytest.mark.parametrize(
    ("text", "value", "places"),
    [
        ("", None, [(1, 1, 1, "json-empty")]),
        (" \n ", None, [(1, 1, 1, "json-empty")]),
        ('{"a": 1} {', {"a": 1}, [(1, 10, 1, SYNTAX)]),
        ('{"a": 1,}', {"a": 1}, [(1, 8, 1, SYNTAX)]),
        ("[1,]", [1], [(1, 3, 1, SYNTAX)]),
        ("[1,,2]", None, [(1, 4, 1, SYNTAX)]),
        ('{"a": 1 "b": 2}', {"a": 1, "b": 2}, [(1, 8, 1, SYNTAX)]),
        ('{"a": 1\n"b": 2}', {"a": 1, "b": 2}, [(1, 8, 1, SYNTAX)]),
        ("[1 2]", [1, 2], [(1, 3, 1, SYNTAX)]),
        ('{"a" 1}', None, [(1, 5, 1, SYNTAX)]),
        ('{"a" = 1}', {"a": 1}, [(1, 6, 1, SYNTAX)]),
        ("{a: 1}", {"a": 1}, [(1, 2, 1, SYNTAX)]),
        ("{'a': 'it\\'s'}", {"a": "it's"}, [(1, 2, 3, SYNTAX), (1, 7, 7, SYNTAX)]),
        ("{'a: 1}", None, [(1, 2, 1, SYNTAX)]),
        ("{[: 1}", None, [(1, 2, 1, SYNTAX)]),
        ('{"a": 1 // x\n}', {"a": 1}, [(1, 9, 4, SYNTAX)]),
        ('{/* x\n */"a": 1}', {"a": 1}, [(1, 2, 4, SYNTAX)]),
        ('{"a": /1}', {}, [(1, 7, 2, SYNTAX)]),
        ('{"a": #0b5fff}', {}, [(1, 7, 7, SYNTAX)]),
        ('{"a": True, "b": None}', {"a": True, "b": None}, [(1, 7, 4, SYNTAX), (1, 18, 4, SYNTAX)]),
        ('{"a": yes}', {}, [(1, 7, 3, SYNTAX)]),
        ('{"a": }', None, [(1, 7, 1, SYNTAX)]),
        ('{"a":', None, [(1, 6, 1, SYNTAX)]),
        ('{"a": 1', None, [(1, 1, 1, SYNTAX)]),
        ("[[1, 2", None, [(1, 2, 1, SYNTAX)]),
        ("[1}", None, [(1, 3, 1, SYNTAX)]),
        ('{"a": "x\n', None, [(1, 7, 2, SYNTAX)]),
        ('{"a": "x\ty"}', {}, [(1, 9, 1, SYNTAX)]),
        ('{"a": "\\q\\u12"}', {}, [(1, 8, 2, SYNTAX), (1, 10, 2, SYNTAX)]),
        ('{"\\q": 1}', {}, [(1, 3, 2, SYNTAX)]),
        ('{"a": "\\ud800", "b": "\\udc00\\ud83d\\ude80"}', {}, [(1, 8, 6, ENCODING), (1, 23, 6, ENCODING)]),
        ("[1e400]", [None], [(1, 2, 5, NUMBER)]),
        ("[9007199254740993]", [None], [(1, 2, 16, NUMBER)]),
        ("[NaN, -Infinity]", [None, None], [(1, 2, 3, NUMBER), (1, 7, 9, NUMBER)]),
        ("[01, .5, +1, 0x10, 1., 1e]", [None] * 6, NOT_NUMBERS),
        (
            "[1e400, 9007199254740992, -9007199254740991]",
            [None, None, -9007199254740991],
            [(1, 2, 5, NUMBER), (1, 9, 16, NUMBER)],
        ),
        ('{"a": 1, "b": 2, "a": {"b": 3, "b": 4}}', {"a": 1, "b": 2}, [(1, 18, 3, AGAIN), (1, 32, 3, AGAIN)]),
    ],
)
def test_each_slip_has_its_place_and_what_can_be_read_is_read(text, value, places):
    assert (value, places) == found(text)


def test_both_places_of_a_repeated_key_are_named():
    _, (diagnostic,) = read_json(PATH, b'{\n "a~/": 1,\n "a~/": 2\n}')
    assert (3, 2) == (diagnostic.place.line, diagnostic.place.column)
    assert (2, 2) == (diagnostic.notes[0].place.line, diagnostic.notes[0].place.column)
    assert diagnostic.message == "the key `a~/` stands twice in this object"


def test_the_hint_for_an_empty_file_is_for_any_file():
    """It was a brand, whatever the file was."""
    assert ["it may be a save that failed: bring back what was in it"] == [
        each.hint for each in read_json(PATH, b" ")[1]
    ]
    assert ["run it"] == [each.hint for each in read_json(PATH, b"", if_empty="run it")[1]]


def test_members_of_one_object_are_no_repetition_of_anothers():
    assert (None, None) != found('{"a": {"x": 1}, "b": {"x": 1}, "a/x": 1}')
    assert [] == found('{"a": {"x": 1}, "b": {"x": 1}, "a/x": 1}')[1]


def test_depth_is_limited_before_anything_recurses():
    assert [] == found("[" * 64 + "]" * 64)[1]
    assert [(1, 65, 1, "json-depth")] == found("[" * 65 + "]" * 65)[1]
    assert [(1, 65, 1, "json-depth")] == found("[" * 200_000)[1]
    assert [] == found('{"a": "' + "[" * 100 + '"}')[1]
    assert [] == found("[" + ",".join(["{}"] * 100) + "]")[1]


def test_size_is_limited_before_decoding():
    assert [] == found('"' + "a" * (1024 * 1024 - 2) + '"')[1]
    assert [(1, 1, 1, "json-size")] == found(b"\xff" * (1024 * 1024 + 1))[1]


def test_encodings():
    assert ({"a": "ä"}, []) == found('{"a": "ä"}'.encode("utf-8-sig"))
    assert [(1, 1, 1, "json-encoding")] == found('{"a": 1}'.encode("utf-16"))[1]
    assert [(1, 1, 1, "json-encoding")] == found('{"a": 1}'.encode("utf-16-le"))[1]
    assert [(1, 1, 1, "json-encoding")] == found('{"a": 1}'.encode("utf-32"))[1]
    assert [(2, 8, 1, "json-encoding")] == found(b'\xef\xbb\xbf{\n "\xc3\xa4": "\xe4"}')[1]
    assert [(1, 3, 1, "json-encoding")] == found(b'"a\xc3')[1]


def test_a_flood_of_mistakes_is_cut():
    value, places = found("[" + "x y " * 200 + "]")
    assert (None, 50) == (value, len(places))


def test_names_of_the_wrong_are_cut_and_escaped():
    (message,) = messages('{"' + "k" * 100 + '": 1, "' + "k" * 100 + '": 2}')
    assert f"the key `{'k' * 59}…` stands twice in this object" == message
    assert ["expected a value, found `\\u001b`"] == messages('{"a": \x1b}')


def test_a_long_line_is_cut_around_its_mistake():
    _, (diagnostic,) = read_json(PATH, b'{"a": "' + b"x" * 5000 + b'", "b": NaN, "c": "' + b"y" * 5000 + b'"}')
    span = diagnostic.place
    assert isinstance(span, Span)
    assert 160 == len(span.excerpt)
    start = span.column - span.excerpt_column
    assert "NaN" == span.excerpt[start : start + span.length]


def test_integers_may_be_longer_where_that_is_asked_for():
    """Descriptions of APIs hold the bounds of 64-bit integers."""
    content = b'{"maximum": 9223372036854775807}'
    document, diagnostics = read_json(PATH, content, max_digits=400)
    assert ({"maximum": 2**63 - 1}, ()) == (document.value, diagnostics)
    assert [NUMBER] == [each.code for each in read_json(PATH, content)[1]]


@pytest.mark.parametrize("text", [r'"\ud83d\ude80\ud83d\ude80"', r'"\\\ud83d\ude80"'])
def test_whole_surrogate_pairs_are_read_fast(text, monkeypatch):
    monkeypatch.setattr(json_text, "_carefully", None)  # the careful reader
    assert (json.loads(text), []) == found(text)


@pytest.mark.parametrize("text", [r'"\ud83d"', r'"\ude80\ud83d"', r'"\\ud83d\ude80"', r'"\ud83d\ud83d\ude80"'])
def test_halves_of_surrogate_pairs_are_found(text):
    assert ENCODING in [code for *_, code in found(text)[1]]


NUMBERS = ["0", "-1.5", "1e999", "1E3", "999999999999999", "9007199254740993", "1234567890123456.5", "NaN"]
TEXTS = ['"a"', '"a:b"', '"https://a.example"', '"1e5"', '"\\u003a"', '"0000000000000000000"', "true", "null"]
WRITTEN = st.recursive(
    st.sampled_from([*NUMBERS, *TEXTS]),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.lists(st.tuples(st.sampled_from(['"a"', '"b"', '"a:"', '"x://"']), inner), max_size=3).map(
            lambda pairs: "{" + ", ".join(f"{key} : {value}" for key, value in pairs) + "}"
        )
    ),
    max_leaves=8,
)


@given(WRITTEN)
def test_without_hooks_the_same_is_read_and_reported(text):
    """A key that stands twice and a number that no double holds are found whether or not each is looked at."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            json_text, "_fast", lambda text, _, *, max_digits, **_more: json_text._with_hooks(text, max_digits)
        )
        expected = read_json(PATH, text.encode())
    assert repr(expected) == repr(read_json(PATH, text.encode()))


def test_hooks_run_only_where_they_might_stop(monkeypatch):
    """They take most of the time of a large file."""
    monkeypatch.setattr(json_text, "_with_hooks", lambda *_: pytest.fail("hooks were used"))
    text = '{"$schema": "https://a.example/x", "a": [1.25, -3, {"b": "x", "c0": true}], "d": null}'
    document, diagnostics = read_json(PATH, text.encode())
    assert (json.loads(text), ()) == (document.value, diagnostics)
