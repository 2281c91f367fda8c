"""JSON5, as other tools' tokens are written: all it allows is read, each place is kept, and what is wrong is said."""

import json
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from themekit.source.importing.read import import_tokens
from themekit.source.json5_scan import scan_json5
from themekit.source.json_scan import scan_json
from themekit.source.locate import all_located

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
    "{a: 1,\n a: 2}": ("the key `a` stands twice in this object", 2, 2),
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


def test_comments_are_allowed_in_files_named_json_too():
    """Style Dictionary reads both in either."""
    found, diagnostics = import_tokens(PurePosixPath("tokens.json"), b'{"size": {"a": {"value": "4px"}}, /* end */}')
    assert () == diagnostics
    assert {"size"} == set(found.document)
