"""The guard before a Sass compiler, by itself: what it masks, joins, finds, and leaves alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from themekit.render.scss_guard import MAX_DEPTH, find_unsafe, flatten, mask


def found(text):
    return [(each.place.column, each.place.length) for each in find_unsafe({"main.scss": text})]


def flat(entry, **others):
    scss, diagnostics = flatten(
        {"main.scss": entry, **{f"{name}.scss": text for name, text in others.items()}}, "main.scss"
    )
    return scss, [(each.place.line, each.place.column, each.place.length) for each in diagnostics]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ('a /* b */ "c" url(d) #{e} f // g\nh', 'a         "_" ______ ____ f     \nh'),
        ("/* a\nb */c", "    \n    c"),
        ("'a\\'b' c", "'____' c"),
        ("'a\nb'", "'_\n_'"),
        ("#{a{b}c}d", "________d"),
        ("#{a", "___"),
        ('"', '"'),
        ('"a', '"a'),
        ("/* a", "    "),
        ('url("a")', 'url("_")'),
    ],
)
def test_masked(text, masked):
    assert masked == mask(text)


@given(st.text(alphabet="ab{}()#\"'/*\\\n $;:url"))
def test_masking_keeps_every_place(text):
    masked = mask(text)
    assert len(text) == len(masked)
    assert [at for at, character in enumerate(text) if character == "\n"] == [
        at for at, character in enumerate(masked) if character == "\n"
    ]


def test_sources_are_joined_in_order_and_lead_back():
    scss, faults = flat('a {}\n\n@import "b"; c {}\n@import "d"', b="b {}\n", d="\nd {}")
    assert [] == faults
    assert ["a {}", "b {}", " c {}", "d {}"] == [line.text for line in scss.lines]
    assert [("main.scss", 1, 1), ("b.scss", 1, 1), ("main.scss", 3, 13), ("d.scss", 2, 1)] == [
        (str(line.path), line.line, line.column) for line in scss.lines
    ]
    assert (3, 14) == (scss.span(3, 2).line, scss.span(3, 2).column)
    assert (2, 1) == (scss.span(4, 1).line, scss.span(4, 1).column)
    assert (None, None) == (scss.span(0, 1), scss.span(5, 1))


@pytest.mark.parametrize(("text", "length"), [('a {}\n@import "x" ;', 12), ("b {}\n@use\n'x';", 4)])
def test_an_import_that_is_none_is_underlined_within_its_line(text, length):
    assert [(2, 1, length)] == flat(text)[1]


@pytest.mark.parametrize(("levels", "faults"), [(MAX_DEPTH, 0), (MAX_DEPTH + 1, 1)])
def test_imports_are_nested_so_deep_and_no_deeper(levels, faults):
    others = {f"s{level}": f'@import "s{level + 1}";' for level in range(1, levels - 1)}
    assert faults == len(flat('@import "s1";', **others, **{f"s{levels - 1}": "a {}"})[1])


@pytest.mark.parametrize(
    "text",
    [
        ".x { width: calc(1px + 2px); color: $a; }",
        ".x { width: calc((1px + 2px) * 2); color: $a; }",
        ".x { width: calc(#{$a} + 1px); }",
        ".x { color: rgba(); }",
        ".x { color: rgba( $a ); }",
        ".x { width: 10px - $a; margin: -$a; }",
        ".x { color: var(--x, red); random-x: y; }",
        ".x { color: rgba($a, 0.5); }",
        ".x { .a { b: c } .d { e: f } }",
        ".x { .a { b: c } @include y; }",
        ".x { @if $a { b: c } d: e; }",
        ".x { b: c } d: e;",
        "} .x { b: c }",
        "// $a / 2\n/* $a / 2 */",
    ],
)
def test_what_compiles_as_it_is_written_is_left_alone(text):
    assert [] == found(text)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (".x { width: calc(#{$a} + $bc); }", "$bc"),
        (".x { width: calc((1px) + $bc); }", "$bc"),
        (".x { width: calc(1px + $bc", "$bc"),
        (".x { color: rgba(1 2 3); }", "rgba("),
        (".x { width: random(10); }", "random("),
        (".x { content: unique-id(); }", "unique-id("),
        (".x { width: 10px-$a; }", "x-"),
        (".x { color: var(--x, ); }", "var(--x, )"),
        (".x { .a { b: c } d: e; }", "d: e;"),
        (".x { @if $a { .b { c: d } } e: f; }", "e: f;"),
        (".x { .b { c: d } @if $a { e: f; } }", "e: f;"),
    ],
)
def test_what_would_be_corrupted_is_underlined(text, part):
    assert [(text.index(part) + 1, len(part))] == found(text)
