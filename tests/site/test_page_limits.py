"""A page that would keep Markdown busy for minutes is refused at its place, before anything parses it."""

from pathlib import PurePosixPath

import pytest

from themekit.model import SourceFile
from themekit.site.page_limits import check_page_limits
from themekit.site.partner_files import check_partner_file

PATH = PurePosixPath("brands/acme/docs/x.md")


def places(text):
    return [(found.place.line, found.place.column) for found in check_page_limits(text, PATH)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n" + "[\n" * 1001, [(1002, 1)]),
        ("[" * 999 + "\n ab[[", [(2, 5)]),
        ("*" * 3000 + "\n" + "*" * 1001, [(2, 1001)]),
        ("`\n" * 2000 + "``" * 1001, [(2001, 2001)]),
        ("> " * 13 + "a", [(1, 1)]),
        ("a\n  - 1. > - * + - - - - - 1) - x", [(2, 3)]),
        (" " * 121 + "a", [(1, 122)]),
        ("\t" * 31 + "a", [(1, 32)]),
        ("|" * 42, [(1, 1)]),
        ("a\n: b\n\n" * 501, [(1502, 1)]),
        ("# a\n" * 501, [(501, 1)]),
        ("a\n=\n" * 501, [(1002, 1)]),
        ("*[a]: x\n" * 201, [(201, 1)]),
        ("[^a]: x\n" * 201, [(201, 1)]),
        (f"*[a]: {'x' * 300}", [(1, 1)]),
        ("\n" * 3000, [(3001, 1)]),
        ("x" * 4001, [(1, 1)]),
        ("x\n" * 50_001, [(1, 1)]),
    ],
)
def test_a_page_beyond_a_limit(text, expected):
    assert expected == places(text)


@pytest.mark.parametrize(
    "text",
    [
        "[\n" * 1000,
        "> " * 12 + "a",
        "* * * * * * * * * * * * * * * *",
        "-" * 200,
        " " * 120 + "a",
        " " * 500,
        "|" * 41,
        "*[a]: x\n" * 200,
        f"*[a]: {'x' * 299}",
        "\n" * 2999,
        "x" * 4000,
    ],
)
def test_a_page_within_the_limits(text):
    assert [] == places(text)


def test_an_endless_line_is_not_shown():
    (found,) = check_page_limits("x" * 5000, PATH)
    assert "" == found.place.excerpt


def test_nothing_else_looks_at_such_a_page():
    """The other checks search the text with patterns, which are meant for pages of a sane size."""
    found = check_partner_file(SourceFile(PATH, b"[x](javascript:y)\n" + b"[" * 1001), ())
    assert ["page-limit"] == [each.code for each in found]


def test_hostile_page_of_brackets(hostile):
    assert 'python: "["*50000' == hostile("markdown")["MARKDOWN-10"]["payload"]
    assert [(1, 1001), (1, 1)] == places("[" * 50_000)
