"""Attacks by SCSS that are no known cases: the guard looks at a text before the limited process does, so it must end.

Each took minutes, or would have taken years, before the guard had its bounds.
"""

import time

import pytest

from themekit.render.sass import compile_scss
from themekit.render.scss_guard import MAX_FAULTS

HANGS_S = 20  # no timing: it tells work out of proportion from work


def doubling(levels):
    """Each source imports the next one twice."""
    sources = {f"s{level}.scss": f'@import "s{level + 1}", "s{level + 1}";' for level in range(levels)}
    return {**sources, f"s{levels}.scss": ".a { b: c; }"}


ONE = "s0.scss"
REFUSED = {
    "imports that double thirty times": (doubling(30), "more than 1,000 imports"),
    "a million characters": ({ONE: ".a { b: c; }" * 90_000}, "more than 400,000 characters"),
    "50,000 calculations in one another": ({ONE: ".a { b: " + "calc(" * 50_000}, "nested more than 64 deep"),
    "100,000 rules in one another": ({ONE: "a{" * 100_000}, "nested more than 64 deep"),
    "50,000 queries without an end": ({ONE: "@media " * 50_000 + "(a < b)"}, "cannot read a media range"),
    "60,000 properties without an end": ({ONE: "--a: " * 60_000 + "$b"}, "stays as it is"),
    "30,000 imports of nothing": ({ONE: '@import "x";\n' * 30_000}, "more than 1,000 imports"),
    "40,000 imports without an end": ({ONE: "@import " * 40_000}, "may only name quoted sources"),
    "50,000 divisions": ({ONE: ".a { b: $c/2 }" * 25_000}, "more places"),
    "an interpolation without an end": ({ONE: "#{" * 150_000}, ""),
    "a string without an end": ({ONE: '.a { b: "' + "\\" * 300_000}, ""),
    "an address without an end": ({ONE: "url(" * 90_000}, ""),
    "200,000 spaces before a variable": ({ONE: ".a { b: 1 /" + " " * 200_000 + "$c }"}, "divides"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_sheet_is_refused_soon(name):
    sources, reason = REFUSED[name]
    started = time.process_time()
    css, found = compile_scss(sources, ONE, is_ours=False, timeout_s=3)
    assert time.process_time() - started < HANGS_S
    assert "" == css
    assert [each for each in found if reason in each.message]
    assert all(len(each.message) < 1000 for each in found)


def test_of_one_source_not_more_is_said_than_anybody_reads():
    _, found = compile_scss({ONE: ".a { b: $c/2 }" * 25_000}, ONE)
    assert MAX_FAULTS + 1 == len(found)
    assert f"and {25_000 - MAX_FAULTS} more places that a compiler would corrupt" == found[-1].message


def test_a_source_that_is_imported_a_few_times_is_no_attack():
    css, found = compile_scss(doubling(3), ONE)
    assert () == found
    assert 8 == css.count("b: c;")


def test_twenty_brackets_are_no_attack():
    css, found = compile_scss({ONE: ".a { b: " + "(" * 20 + "1px" + ")" * 20 + "; }"}, ONE)
    assert () == found
    assert "b: 1px" in css
