"""Texts that match a pattern, and patterns of ECMA-262 as Python matches them."""

import itertools
import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from themekit.sandbox.ecma import NotAPattern, parse_pattern
from themekit.sandbox.matching import matching
from themekit.sandbox.patterns import compiled

PATTERNS = [
    r"^pay_[A-Za-z0-9]{12,32}$",
    r"^[\x21-\x7E]+$",
    r"^AC[0-9a-fA-F]{32}$",
    r"^(?!foo)[a-z]{3}$",
    r"^(?=.*\d)[a-z\d]{4,}$",
    r"^\p{Lu}\p{Ll}+$",
    r"^(a|b)\1$",
    r"^(?<year>\d{4})-(0[1-9]|1[0-2])-\k<year>$",
    r"^\S+@\S+\.\S+$",
    r"^$",
    r"",
    r"^\+[1-9]\d{1,14}$",
    r"^[^\s<>]{1,8}$",
    r"^(?:[A-Z]{2}|\*)$",
    r"^\u00e9{2}\cA?\/\t$",
    r"^\d+(\.\d{1,2})?$",
    r"^[\w\-.]+[^-]$",
    r"\bword\b",
    r"^\ud83d\ude00$",
    r"^[\d-]{3}$",
    r"^.{5}$",
    r"^a{,3}$",
]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_there_is_a_text_for_it(pattern):
    text = next(matching(pattern))
    assert compiled(pattern).search(text)


@pytest.mark.parametrize("pattern", PATTERNS[:4])
def test_there_are_several(pattern):
    found = list(itertools.islice(matching(pattern), 5))
    assert (5, 5) == (len(found), len(set(found)))


@pytest.mark.parametrize(("shortest", "longest"), [(30, 40), (200, 200), (1, 1)])
def test_lengths_are_kept(shortest, longest):
    text = next(matching("^[a-z]+$", shortest=shortest, longest=longest))
    assert shortest <= len(text) <= longest
    assert re.fullmatch("[a-z]+", text)


def test_no_text_for_what_cannot_be():
    assert [] == list(matching("^[a-z]{3}$", shortest=4))
    assert [] == list(matching("[^\\s\\S]"))


@pytest.mark.parametrize(
    ("pattern", "text", "matches"),
    [
        (r"^a$", "a\n", False),
        (r"^\d$", "٣", False),
        (r"^\w$", "é", False),
        (r"^\s$", "\ufeff", True),
        (r"^.$", "\u2028", False),
        (r"^\bé$", "é", False),
        (r"^[^a]$", "\n", True),
        (r"^\P{L}$", "1", True),
        (r"^[\b]$", "\b", True),
    ],
)
def test_the_dialect_is_that_of_ecma(pattern, text, matches):
    """Python would say otherwise in most of these."""
    assert matches is bool(compiled(pattern).search(text))


@pytest.mark.parametrize(
    "pattern",
    ["(", "[", "a**", "(?i)a", r"\Aa\Z", "[z-a]", "a{3,1}", r"\p{Script=Greek}", "(" * 70 + ")" * 70, "a)", "\\"],
)
def test_what_is_no_pattern(pattern):
    assert compiled(pattern) is None
    assert [] == list(matching(pattern))
    with pytest.raises(NotAPattern):
        parse_pattern(pattern)


@given(st.text(alphabet="ab[](){}^$.*+?|\\-,123dwsbBpPLuxk<=!:>é", max_size=14))
def test_any_text_is_a_pattern_or_none(pattern):
    """What is offered is always found by the pattern, and nothing else is raised."""
    for text in itertools.islice(matching(pattern), 3):
        assert compiled(pattern).search(text)


@pytest.mark.parametrize(
    "pattern", ["(a+)+$", "^(a|a)*$", "^(a|a|a)*$", "(.*)*x", "(x+x+)+y", "^(([a-z])+.)+[A-Z]([a-z])+$", "(a*)*(a*)*b"]
)
def test_a_pattern_that_explodes_is_given_up(pattern):
    """The text is taken to match: nobody can wait for the answer. Short texts are looked at all the same."""
    start = process_time()
    assert compiled(pattern).search("a" * 60 + "!") is True
    compiled(pattern).search("aaaaaaaa!")
    assert process_time() - start < 10


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"^[\w.+-]+@[\w-]+\.[\w.-]+$", "somebody.else+tag_at_acme.example"),
        (r"^[a-z]+(-[a-z]+)*$", "one-two-Three"),
        (r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$", "123e4567-e89b-12d3-a456-42661417400g"),
        (r"^[A-Z]{2}\d{2}[A-Z0-9]{1,30}$", "DE02120300000000202051x"),
        (r"^.{1,255}$", "a" * 256),
    ],
)
def test_an_ordinary_pattern_is_looked_for(pattern, text):
    assert compiled(pattern).search(text) is False
