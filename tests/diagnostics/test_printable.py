"""Text from outside, made safe to show."""

from hypothesis import given
from hypothesis import strategies as st

from themekit.diagnostics.printable import display_width, is_unsafe, printable, quoted


@given(st.text(st.characters(codec=None)))
def test_printable_text_is_safe_to_show_and_stays_as_it_is(text):
    shown = printable(text)
    shown.encode()
    assert not any(is_unsafe(character) for character in shown)
    assert shown == printable(shown)


@given(st.text(st.characters(exclude_categories=("C", "Z"))))
def test_ordinary_text_is_shown_unchanged(text):
    assert text == printable(text)


def test_quoted_text_is_cut():
    assert "`abc`" == quoted("abc")
    assert f"`{'a' * 59}…`" == quoted("a" * 61)
    assert "`a…`" == quoted("abc", 2)


def test_widths():
    assert (3, 4, 1, 0) == (
        display_width("abc"),
        display_width("漢字"),
        display_width("a\u0301"),
        display_width("\u20dd"),
    )


def test_quoted_addresses_show_no_credentials():
    assert "`https://[redacted]@host.example/a`" == quoted("https://user:word@host.example/a")
    assert "`https://[redacted]@host.example`" == quoted("https://token@host.example")
    assert "`brands/https:/[redacted]@host.example`" == quoted("brands/https:/u:p@host.example")
    assert "`mail@host.example, https://host.example/@me`" == quoted("mail@host.example, https://host.example/@me")
