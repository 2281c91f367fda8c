"""Diagnostics as people see them."""

import re
from pathlib import PurePosixPath

import pytest

from themekit.diagnostics import Diagnostic, Note, Severity, Span
from themekit.diagnostics.order import counts, in_order
from themekit.diagnostics.text import headline, render_text
from themekit.model import Origin

PATH = PurePosixPath("brands/acme/brand.json")


def diagnostic(message="no token is named `color.brnd`", **changes):
    values = {
        "code": "unknown-token",
        "severity": Severity.ERROR,
        "message": message,
        "place": Span(PATH, 7, 25, 18, '    "text": { "$value": "{color.brnd.primary}" }'),
    }
    return Diagnostic(**{**values, **changes})


def test_the_format_of_the_conventions():
    text = render_text([diagnostic(hint="did you mean `color.brand.primary`, defined at line 5?")])
    assert (
        "brands/acme/brand.json:7:25: error[unknown-token]: no token is named `color.brnd`\n"
        '  7 |     "text": { "$value": "{color.brnd.primary}" }\n'
        "    |                         ^^^^^^^^^^^^^^^^^^\n"
        "hint: did you mean `color.brand.primary`, defined at line 5?\n"
    ) == text


def test_a_long_list_in_a_hint_is_broken_between_names():
    names = [f"a rather long name {number}" for number in range(12)]
    *_, first, second, third = render_text(
        [diagnostic(hint=f"known: {', '.join(f'`{name}`' for name in names)}")]
    ).split("\n")[:-1]
    assert first.startswith("hint: known: `a rather long name 0`, ")
    assert all(line.startswith("      `a rather") for line in (second, third))
    assert names == re.findall(r"`([^`]+)`", first + second + third)
    assert max(map(len, (first, second, third))) <= 126


def test_what_is_to_be_typed_is_not_broken():
    typed = "write " + "a word, " * 40
    assert f"hint: {typed}\n" in render_text([diagnostic(hint=typed)])


def test_nothing_wrong_prints_nothing():
    assert render_text([]) == ""


def test_a_note_has_a_place_and_an_excerpt_of_its_own():
    note = Note("first written here", Span(PATH, 12, 3, 6, '  "name": 1'))
    assert render_text([diagnostic(place=None, notes=(note, Note("and a fact")))]) == (
        "error[unknown-token]: no token is named `color.brnd`\n"
        "brands/acme/brand.json:12:3: note: first written here\n"
        '  12 |   "name": 1\n'
        "     |   ^^^^^^\n"
        "note: and a fact\n"
    )


def test_a_place_not_yet_located_shows_its_file():
    assert headline(diagnostic(place=Origin(PATH, "/name"), message="x")) == (
        "brands/acme/brand.json: error[unknown-token]: x"
    )


@pytest.mark.parametrize(
    ("excerpt", "column", "length", "caret"),
    [
        ('\t"a": 1', 7, 1, "    " + " " * 5 + "^"),
        ('{"漢字": 1}', 2, 4, " ^^^^^^"),
        ('{"a\u0301": 1}', 8, 1, "      ^"),
        ('{"\x1b[2J": 1}', 9, 1, " " * 13 + "^"),
        ('{"👩\u200d👩": 1}', 9, 1, " " * 9 + "^"),
    ],
    ids=["tab", "wide", "combining", "escape", "joined-emoji"],
)
def test_the_caret_stands_under_the_value(excerpt, column, length, caret):
    """Columns count characters; a terminal counts cells, and escapes are wider than what they stand for."""
    text = render_text([diagnostic(place=Span(PATH, 1, column, length, excerpt))])
    assert f"    | {caret}" == text.splitlines()[2]


def test_an_excerpt_cut_at_the_left_says_so_and_keeps_the_caret():
    text = render_text([diagnostic(place=Span(PATH, 1, 103, 2, "abcdef", excerpt_column=101))])
    assert ["  1 | …abcdef", "    |    ^^"] == text.splitlines()[1:]


def test_control_characters_are_escaped_everywhere():
    evil = "\x1b[2J\n\u202e\ud800\U000e0001"
    shown = diagnostic(
        message=evil,
        hint=evil,
        notes=(Note(evil, Origin(PurePosixPath(f"b/{evil}"), "")),),
        place=Span(PurePosixPath(evil), 1, 1, 1, evil),
    )
    text = render_text([shown])
    text.encode()
    assert 5 == text.count("\\u001b[2J\\n\\u202e\\ud800\\udb40\\udc01") - 1
    assert not {"\x1b", "\u202e", "\ud800"} & set(text)
    assert 5 == text.count("\n")


def test_a_headline_alone_is_escaped_too():
    assert "error[unknown-token]: \\u001b[2J" == headline(diagnostic("\x1b[2J", place=None))


def test_colour_changes_nothing_but_colour():
    plain = render_text([diagnostic(hint="h", notes=(Note("n"),)), diagnostic(severity=Severity.WARNING)])
    coloured = render_text(
        [diagnostic(hint="h", notes=(Note("n"),)), diagnostic(severity=Severity.WARNING)], color=True
    )
    assert plain == re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert "\x1b[1;31merror[unknown-token]\x1b[0m" in coloured
    assert "\x1b[1;33mwarning[unknown-token]\x1b[0m" in coloured


def test_order_is_by_place_whatever_the_order_found():
    at = [
        diagnostic(place=None),
        diagnostic(place=Origin(PATH, "/a")),
        diagnostic(place=Span(PATH, 2, 9)),
        diagnostic(place=Span(PATH, 10, 1)),
        diagnostic(place=Span(PurePosixPath("brands/bolt/brand.json"), 1, 1)),
    ]
    assert tuple(at) == in_order([*reversed(at), at[0]])
    assert (4, 1) == counts([*at[:4], diagnostic(severity=Severity.WARNING)])
