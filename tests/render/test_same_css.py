"""Whether two sheets say the same, and what both compilers make of Sass that CSS of today is written in."""

import pytest

from themekit.render.same_css import first_difference
from themekit.render.sass import compile_scss, has_dart_sass


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a{b:c}", "a {\n  b: c;\n}\n"),
        ("a { b: 0.50em; c: .5; d: 1.0 }", "a { b: .5em; c: 0.5; d: 1 }"),
        ("a { b: #FFF; c: red; d: rgba(0,0,0,.5) }", "a { b: white; c: #f00; d: rgba(0, 0, 0, 0.5) }"),
        ("a { b: hsl(210, 50%, 50%) }", "a { b: #4080bf }"),
        ("a { b: #091b2c }", "a { b: rgb(9.173, 26.5, 43.8) }"),
        ("a, b>c { d: 'e' }", 'a,b > c { d: "e" }'),
        (":nth-child(2n + 1) { a: b }", ":nth-child(2n+1) { a: b }"),
        ("/* x */ a { /* y */ b: c }", "a { b: c }"),
        ('@charset "UTF-8"; a { b: c }', "a { b: c }"),
        ("@media print{a{b:c}}", "@media print {\n  a { b: c; }\n}"),
        ("a { b: f(1,2) }", "a { b: f(1, 2) }"),
    ],
)
def test_sheets_that_say_the_same(one, other):
    assert None is first_difference(one, other)


@pytest.mark.parametrize(
    ("one", "other", "difference"),
    [
        ("a { b: c }", "a { b: d }", ("a { b: c", "a { b: d")),
        ("a { b: c }", "", ("a { b: c", "nothing")),
        ("a { b: c; d: e }", "a { d: e; b: c }", ("a { b: c", "a { d: e")),
        ("a b { c: d }", "ab { c: d }", ("a b { c: d", "ab { c: d")),
        ("a { b: c !important }", "a { b: c }", ("a { b: c !important", "a { b: c")),
        ("@media print { a { b: c } }", "a { b: c }", ("@media print { a { b: c", "a { b: c")),
        ("a { b: 1px }", "a { b: 1 }", ("a { b: 1px", "a { b: 1")),
        ("a { b: var(--x, ) }", "a { b: var(--x) }", ("a { b: var(--x ,)", "a { b: var(--x)")),
        ("@layer a;", "@layer b;", ("@layer a", "@layer b")),
        ("a { b: #111 }", "a { b: #112 }", ("a { b: srgb 17 17 17 1", "a { b: srgb 17 17 34 1")),
    ],
)
def test_sheets_that_differ(one, other, difference):
    assert difference == first_difference(one, other)


FEATURES = {
    "slashes of CSS": ".a { font: 12px/1.5 x; grid-area: 1 / 2; aspect-ratio: 16/9; }",
    "calc with units": ".a { b: calc(100% - 2 * var(--x)); }",
    "colours with commas": ".a { b: rgb(0, 128, 255); c: rgba(#123456, .5); d: hsl(210, 50%, 50%); }",
    "colours of CSS 4": ".a { b: oklch(0.6 0.2 30); c: color(display-p3 1 0 0); d: hwb(210 50% 50%); }",
    "colours computed": ".a { b: darken(#123456, 10%); c: mix(#000, #fff, 33%); d: saturate(#468, 20%); }",
    "relative colours": ".a { b: color-mix(in srgb, red 10%, blue); c: light-dark(#fff, #000); }",
    "supports": "@supports (display: grid) and (not (display: inline-grid)) { a { b: c } }",
    "layers": "@layer x, y; @layer x { a { b: c } }",
    "containers": "@container x (min-width: 10px) { a { b: c } }",
    "property": "@property --x { syntax: '<length>'; inherits: false; initial-value: 0px; }",
    "scope": "@scope (.a) to (.b) { img { c: d } }",
    "starting style": ".a { @starting-style { opacity: 0 } }",
    "nesting": ".a { &:hover { b: c } &__d { e: f } .g & { h: i } > .j { k: l } }",
    "selectors": ":has(> img) { a: b } :is(a, b) c { d: e } .a:nth-child(2n + 1) { f: g }",
    "custom properties": ".a { --x: 1px; --z:foo; c: var(--x, 1px 2px); }",
    "control": "$m: (a: 1px, b: 2px); @each $k, $v in $m { .#{$k} { @if $v == 1px { c: $v } @else { d: e } } }",
    "extend": ".a { b: c } .d { @extend .a; e: f } %p { g: h } .i { @extend %p; }",
    "mixins": "@mixin m { @media print { @content; } } .a { @include m { b: c } }",
    "font faces": "@font-face { font-family: x; src: url(a.woff2) format('woff2'); unicode-range: U+26, U+0-7F; }",
    "keyframes": "@keyframes x { from { a: b } 50.5% { a: c } to { a: d } }",
    "texts": '.a { content: \'é\\2014 "\'; } .b\\:c { d: "\\201C" }',
    "filters": ".a { filter: invert(10%) grayscale(20%) opacity(.5); }",
    "precision": ".a { b: percentage(.333333333333); c: 10px * 1.23456789123; }",
    "at-root": ".a { @at-root .b { c: d } @media print { e: f } }",
}
DIFFERENT = {
    "a sum of constants": ".a { b: calc(1px + 2px); }",
    "a clamp of constants": ".a { b: clamp(1rem, 2rem, 3rem); }",
    "equal without a unit": ".a { b: 1px == 1; }",
    "and outside a condition": ".a { b: true and false; }",
    "a function that one knows": ".a { b: pow(2, 3); }",
}


@pytest.mark.parametrize("name", FEATURES)
def test_both_compilers_agree(name):
    assert has_dart_sass()
    css, diagnostics = compile_scss({"a.scss": FEATURES[name]}, "a.scss", backend="both")
    assert () == diagnostics
    assert css


@pytest.mark.parametrize("name", DIFFERENT)
def test_where_they_disagree_the_source_is_refused(name):
    css, (found,) = compile_scss({"a.scss": DIFFERENT[name]}, "a.scss", backend="both")
    assert ("", "sass-differs") == (css, found.code)
    assert found.message.startswith("the compilers disagree: LibSass makes `")


def test_an_error_of_one_is_told_once_for_each():
    _, diagnostics = compile_scss({"a.scss": ".a { b: $c }"}, "a.scss", backend="both")
    assert ["sass-error"] == sorted({each.code for each in diagnostics})
    assert all(each.place.line == 1 for each in diagnostics)
