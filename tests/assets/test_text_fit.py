"""Setting text in a box: as large as it goes, lines of nearly one width, nothing outside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from themekit.assets.text_fit import Measure, Words, fit_text, in_two

BOX = Measure(width=100, height=60, leading=1.2, smallest=10, largest=40)


def words(text: str) -> Words:
    """Each letter half as wide as it is high."""
    parts = tuple(text.split())
    return Words(parts, tuple(len(part) / 2 for part in parts), 0.5)


def width(line: str) -> float:
    return len(line) / 2


def test_a_short_text_is_as_large_as_allowed():
    assert (("Hi",), 40) == (fit_text(words("Hi"), BOX).lines, fit_text(words("Hi"), BOX).size_px)


def test_a_longer_text_is_smaller_and_broken():
    fitted = fit_text(words("accept payments anywhere"), BOX)
    assert (("accept", "payments", "anywhere"), 16) == (fitted.lines, fitted.size_px)


def test_lines_are_of_nearly_one_width():
    """A greedy break would leave `d` alone on the last line."""
    fitted = fit_text(words("aaa bbb ccc d"), Measure(width=60, height=60, leading=1, smallest=10, largest=10.5))
    assert ("aaa bbb", "ccc d") == fitted.lines


def test_what_is_too_long_ends_in_an_ellipsis():
    fitted = fit_text(words("one two, " * 60), BOX)
    assert 5 == len(fitted.lines)
    assert fitted.lines[-1].endswith("two…") or fitted.lines[-1].endswith("one…")


def test_a_line_that_is_full_gives_up_a_word_for_the_ellipsis():
    assert "abcd abcd abcd…" == fit_text(words("abcd " * 60), BOX).lines[-1]


def test_a_full_line_of_one_word_gives_up_letters_for_the_ellipsis():
    last = fit_text(words(("a" * 20 + " ") * 9), BOX).lines[-1]
    assert last.endswith("a…")
    assert width(last) <= 10


def test_a_word_wider_than_the_box_is_cut():
    fitted = fit_text(words("a" * 80), BOX)
    assert fitted.lines[0].endswith("a…")
    assert width(fitted.lines[0]) * fitted.size_px <= BOX.width


@given(st.lists(st.text("abc", min_size=1, max_size=30), min_size=1, max_size=40))
def test_nothing_leaves_the_box(parts):
    fitted = fit_text(words(" ".join(parts)), BOX)
    assert all(width(line) * fitted.size_px <= BOX.width + 0.01 for line in fitted.lines)
    assert len(fitted.lines) * BOX.leading * fitted.size_px <= BOX.height + 0.01


@given(st.lists(st.text("abc", min_size=1, max_size=9), min_size=1, max_size=12))
def test_no_word_is_lost_while_there_is_room(parts):
    fitted = fit_text(words(" ".join(parts)), Measure(width=1000, height=1000, leading=1.2, smallest=4, largest=40))
    assert " ".join(parts) == " ".join(fitted.lines)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("aa bb", ("aa", "bb")),
        ("a b cccc", ("a b", "cccc")),
        ("aaaa b c", ("aaaa", "b c")),
        ("a a a", ("a", "a a")),
    ],
)
def test_two_lines_break_near_the_middle(text, lines):
    assert lines == in_two(words(text))
