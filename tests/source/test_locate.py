"""From a pointer to a place."""

from pathlib import PurePosixPath

import pytest

from themekit.diagnostics import Diagnostic, Note, Severity, Span
from themekit.model import Origin
from themekit.source.locate import all_located, locate, located, span_at

PATH = PurePosixPath("a.json")
TEXT = '{\r\n  "a/b": {"~": [1, {"x": "y"}]},\n  "long": {\n    "z": 1\n  }\n}'


@pytest.mark.parametrize(
    ("pointer", "part", "place"),
    [
        ("", "value", (1, 1, 1)),
        ("/a~1b", "key", (2, 3, 5)),
        ("/a~1b", "value", (2, 10, 22)),
        ("/a~1b/~0/1/x", "value", (2, 26, 3)),
        ("/a~1b/~0/1/x", "key", (2, 21, 3)),
        ("/a~1b/~0/1", "key", (2, 20, 10)),
        ("/long", "value", (3, 11, 1)),
        ("/long/gone/deeper", "key", (3, 11, 1)),
        ("/gone", "value", (1, 1, 1)),
    ],
)
def test_a_pointer_has_a_place(pointer, part, place):
    span = locate(Origin(PATH, pointer, part), TEXT)
    assert place == (span.line, span.column, span.length)


def test_the_excerpt_is_the_line():
    assert "{" == locate(Origin(PATH, ""), TEXT).excerpt
    assert '    "z": 1' == locate(Origin(PATH, "/long/z"), TEXT).excerpt


@pytest.mark.parametrize("text", ["", "{", '{"a"', "nonsense"])
def test_any_text_has_a_place(text):
    """A file can change between reading and showing."""
    assert 1 == locate(Origin(PATH, "/a/b"), text).line


def test_diagnostics_are_located_with_their_notes_and_each_file_is_read_once():
    read = []

    def text_of(path):
        read.append(path)
        return TEXT if path == PATH else None

    span = Span(PATH, 1, 1)
    away = Origin(PurePosixPath("gone.json"), "/x")
    notes = (Note("n", Origin(PATH, "/long")), Note("m", span), Note("o"), Note("p", away))
    both = [Diagnostic("c", Severity.ERROR, "m", place, notes) for place in (Origin(PATH, "/a~1b"), None)]
    first, second = all_located(both, text_of)
    assert (2, 10) == (first.place.line, first.place.column)
    assert [3, 1, None, away] == [getattr(note.place, "line", note.place) for note in first.notes]
    assert second.place is None
    assert [PATH, away.path] == read
    assert first == located(both[0], text_of)


def test_a_span_stays_inside_its_line():
    span = span_at(PATH, "ab\ncd", start=3, end=100)
    assert (2, 1, 2) == (span.line, span.column, span.length)
    assert (1, 3, 1) == tuple(
        getattr(span_at(PATH, "ab", start=9, end=12), name) for name in ("line", "column", "length")
    )
