"""JSON5, as other tools' tokens are written: all it allows is read, each place is kept, and what is wrong is said."""

import json
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from themekit.source.importing.read import import_tokens
from themekit.source.json5_scan import MAX_NOTED, scan_json5
from themekit.source.json_found import MARK
from themekit.source.json_scan import scan_json
from themekit.source.json_text import is_strict
from themekit.source.json_value import child_pointer
from themekit.source.locate import all_located

PATH = PurePosixPath("in.json")
EXAMPLE = r"""// comments
{
  unquoted: 'and you can quote me on that', /* of
  two lines */
  'single': 'I can use "double quotes" here',
  lineBreaks: 'Look, Mom! \
No \\n\'s!',
  hexadecimal: 0xdecaf, negative: -0X1F,
  leading: .8675309, andTrailing: 8675309., exponent: -.5E+3,
  positive: +1,
  trailingComma: 'in objects', andIn: ['arrays',],
  "json": "with JSON", $a_b: null, größe: true,
  escapes: '\x41\u0042\v\0\q',
}
"""
VALUE = {
    "unquoted": "and you can quote me on that",
    "single": 'I can use "double quotes" here',
    "lineBreaks": "Look, Mom! No \\n's!",
    "hexadecimal": 0xDECAF,
    "negative": -0x1F,
    "leading": 0.8675309,
    "andTrailing": 8675309.0,
    "exponent": -500.0,
    "positive": 1,
    "trailingComma": "in objects",
    "andIn": ["arrays"],
    "json": "with JSON",
    "$a_b": None,
    "größe": True,
    "escapes": "AB\v\0q",
}
MISTAKES = {
    "{a: 'x": ("the string is not closed on its line", 1, 5),
    "{a: 1 /* x": ("the file ends inside this comment", 1, 7),
    "{a: 1,, b: 2}": ("two commas", 1, 7),
    "{a: 1\n b: 2}": ("a comma is missing between two members", 1, 6),
    "{a: Infinity}": ("`Infinity` is no JSON number; numbers are finite", 1, 5),
    "{a: 0x1fffffffffffffffff}": ("the integer `0x1fffffffffffffffff` is out of range", 1, 5),
    "{a: 012}": ("`012` is not written as a JSON number", 1, 5),
    "{a: '\\1'}": ("`\\1` is no escape that JSON knows", 1, 6),
    "{a: b}": ("expected a value, found `b`", 1, 5),
    "{a-b: 1}": ("a key must stand in double quotes", 1, 2),
    "{a: '\x01'}": ("a string may not hold the control character U+0001", 1, 6),
    "{a: '\\ud800'}": ("`\\ud800` is half of a surrogate pair, which is no character", 1, 6),
    "[1e999]": ("the number `1.0e999` is out of range", 1, 2),
    "// only a comment": ("the file is empty", 1, 1),
}


def test_all_that_json5_allows_is_read():
    scan = scan_json5(EXAMPLE)
    assert () == scan.problems
    assert json.dumps(VALUE) == json.dumps(scan.value)  # 1 is not 1.0


def test_places_are_kept():
    start, end = scan_json5(EXAMPLE).extents["/lineBreaks"].value
    assert ("'Look", "s!'") == (EXAMPLE[start : start + 5], EXAMPLE[end - 3 : end])


@pytest.mark.parametrize("text", MISTAKES)
def test_mistakes_have_their_places(text):
    message, line, column = MISTAKES[text]
    _, diagnostics = import_tokens(PurePosixPath("in.json5"), text.encode())
    assert (message, line, column) == (
        diagnostics[0].message,
        diagnostics[0].place.line,
        diagnostics[0].place.column,
    )


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(VALUES, st.booleans())
def test_json_is_json5(value, is_ascii):
    """What one reader makes of JSON, the other does, places included."""
    text = json.dumps(value, ensure_ascii=is_ascii, indent=1)
    one, other = scan_json(text), scan_json5(text)
    assert not one.problems
    assert one == other


@given(st.text(alphabet="{}[]:,'\"\\/*+-.0x1eE# \n\tau$\u2028", max_size=60))
def test_any_text_is_read_or_refused(text):
    scan = scan_json5(text)
    assert scan.is_whole or scan.problems
    assert all(0 <= each.start <= each.end for each in scan.problems)


@pytest.mark.parametrize("text", ["/*" * 100_000, "/**/" * 100_000, "{a:" * 50_000, "[" * 50_000, "'\\\n" * 50_000])
def test_long_texts_take_no_longer_than_they_are(text):
    """Without an end, within the test's own time limit."""
    assert scan_json5(text).problems


def test_tokens_in_json5_are_imported_and_placed():
    text = """{
  // of the brand
  color: {
    red: { value: '#f00', },
    bad: { value: 'url(x)', themeable: true, type: 'color' },
  },
}"""
    path = PurePosixPath("tokens.json5")
    found, diagnostics = import_tokens(path, text.encode())
    assert {"red"} <= set(found.document["color"])
    lines = {each.place.line for each in all_located(diagnostics, lambda _: text)}
    assert {5} == lines


TWICE = {
    "in.json": """{
  "color": { "red": { "value": "1qx" } },
  "size": { "a": { "value": "1px" } },
  "color": { "blue": { "value": "2qx" } }
}""",
    "in.json5": """{
  color: { red: { value: '1qx' } },
  size: { a: { value: '1px' } },
  'color': { blue: { value: '2qx' } },
}""",
    "in.js": """export default {
  color: { red: { value: '1qx' } },
  size: { a: { value: '1px' } },
  'color': { blue: { value: '2qx' } },
}""",
}


@pytest.mark.parametrize("name", TWICE)
def test_of_a_key_that_stands_twice_the_last_value_counts_and_the_other_is_told_of(name):
    """As Style Dictionary reads it. Such files, of which Primer's are some, were refused."""
    text = TWICE[name]
    found, diagnostics = import_tokens(PurePosixPath(name), text.encode())
    assert {"size": {"a": {"$type": "dimension", "$value": {"value": 1, "unit": "px"}}}} == found.document
    said = all_located(diagnostics, lambda _: text, is_foreign=True)
    assert [
        (2, 3, "the key `color` stands again further down in this object, and this value was left out"),
        (4, text.splitlines()[3].index("2qx"), "`color.blue.value` was left out: `2qx` is no color of DTCG"),
    ] == [(each.place.line, each.place.column, each.message) for each in said]
    assert {("not-imported", False)} == {(each.code, each.is_error) for each in said}
    assert [("this one counts", 4, 3)] == [(each.message, each.place.line, each.place.column) for each in said[0].notes]


def test_each_value_that_does_not_count_is_told_of():
    """Of many the first ones at their places, and how many more there are: none goes in silence."""
    text = "{" + ",\n".join([f'"{name}": 1' for name in "aabbab"]) + "}"
    _, diagnostics = import_tokens(PATH, text.encode())
    assert [(1, 5), (2, 5), (3, 6), (4, 6)] == [
        (each.place.line, each.notes[0].place.line) for each in diagnostics if each.notes
    ]
    _, diagnostics = import_tokens(PATH, ("{" + ",\n".join(['"a": 1'] * 304) + "}").encode())
    said = [each for each in diagnostics if "further down" in each.message]
    assert MAX_NOTED + 1 == len(said)
    assert (201, "from here on 103 more keys stand again further down, and these values were left out") == (
        said[-1].place.line,
        said[-1].message,
    )


def test_a_mistake_in_the_last_value_leaves_the_key_out():
    """What was written before it never counts."""
    scan = scan_json5("{a: 1, b: 2, a: 1e999}")
    assert {"b": 2} == scan.value
    assert {"/a"} == scan.omitted
    assert {"b": 2} == scan_json5("{a: 1e999, b: 1, b: 2, a: Infinity}").value
    assert {"a": 3} == scan_json5("{a: 1e999, a: 3}").value
    assert "/a" not in scan_json5("{a: 1e999, a: 3}").omitted


def test_no_key_is_taken_for_the_mark_of_another():
    """Within the reader, members of equal keys are told apart by what no pointer holds."""
    text = '{"a": 1, "a": 2, "a\\u00009": 3, "a~\\u00009": 4}'
    scan = scan_json5(text)
    assert {"a": 2, "a\0009": 3, "a~\0009": 4} == scan.value
    assert 1 == len(scan.problems)
    assert {"", "/a", "/a\0009", "/a~0\0009"} == {each for each in scan.extents if MARK not in each}


REPEATED = st.recursive(
    st.sampled_from(["1", "true", '"x"']),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.lists(st.tuples(st.sampled_from(['"a"', '"b"', '"/~"']), inner), max_size=5).map(
            lambda pairs: "{" + ", ".join(f"{key}: {value}" for key, value in pairs) + "}"
        )
    ),
    max_leaves=12,
)


def members_of(value, pointer=""):
    """Every member and element by its pointer."""
    yield pointer, value
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in pairs:
        yield from members_of(each, child_pointer(pointer, key))


@given(REPEATED)
def test_equal_keys_are_read_as_other_readers_do_and_the_last_one_has_the_place(text):
    scan = scan_json5(text)
    assert json.dumps(json.loads(text)) == json.dumps(scan.value)  # in the same order
    places = {pointer: extent for pointer, extent in scan.extents.items() if MARK not in pointer}
    members = dict(members_of(scan.value))
    assert set(members) == set(places)
    for pointer, extent in places.items():
        assert members[pointer] == json.loads(text[slice(*extent.value)])
    assert ("not-imported" in {each.code.name for each in scan.problems}) == (not is_strict(text))


def test_comments_are_allowed_in_files_named_json_too():
    """Style Dictionary reads both in either."""
    found, diagnostics = import_tokens(PurePosixPath("tokens.json"), b'{"size": {"a": {"value": "4px"}}, /* end */}')
    assert () == diagnostics
    assert {"size"} == set(found.document)
