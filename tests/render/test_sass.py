"""The guarded Sass compilers: nothing is loaded, nothing is corrupted in silence, nothing runs for ever."""

import pytest

from themekit.diagnostics import Reporter
from themekit.render.sass import check_css, compile_scss, has_dart_sass, libsass_job
from themekit.render.scss_guard import find_unsafe, flatten, mask

BACKENDS = ["libsass", "dart"]


def faults(text, **others):
    """`path:line:column code` of each mistake, compiled with LibSass."""
    _, diagnostics = compile_scss({"main.scss": text, **others}, "main.scss")
    return [f"{each.place.path}:{each.place.line}:{each.place.column} {each.code}" for each in diagnostics]


def messages(text, **options):
    _, diagnostics = compile_scss({"main.scss": text}, "main.scss", **options)
    return [each.message for each in diagnostics]


@pytest.mark.parametrize("backend", BACKENDS)
def test_imports_come_from_the_given_sources(backend):
    sources = {
        "main.scss": '@import "lib/a", "lib/b"; // both\n.x { color: $a; margin: $b; }',
        "lib/_a.scss": '@import "deep";\n$a: $deep;',
        "lib/deep.scss": "$deep: red;",
        "lib/b.scss": "$b: 1px;",
    }
    assert (".x {\n  color: red;\n  margin: 1px;\n}\n", ()) == compile_scss(sources, "main.scss", backend=backend)


@pytest.mark.parametrize("is_ours", [True, False])
def test_text_that_is_not_ours_compiles_the_same(is_ours):
    assert (".x {\n  content: 'é';\n}\n", ()) == compile_scss(
        {"main.scss": ".x { content: 'é'; }"}, "main.scss", is_ours=is_ours
    )


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd",
        "../main",
        "a/../../b",
        "http://host/x",
        "//host/x",
        "x.css",
        "missing",
        "c:\\\\x",
        "",
        "a%2e",
        "#x",
    ],
)
def test_no_other_file_is_ever_read(name):
    assert ["main.scss:2:1 sass-import"] == faults(f'\n@import "{name}";')


@pytest.mark.parametrize(
    "statement",
    ['@use "a";', '@forward "a";', "@import url(a.css);", '@import "a" screen;', '@import #{"a"};', "@import a;"],
)
def test_only_quoted_names_are_imported(statement):
    assert ["main.scss:1:1 sass-import"] == faults(statement, **{"a.scss": ""})


@pytest.mark.parametrize("word", ["@IMPORT", "@Import", "@USE"])
@pytest.mark.parametrize("what", ["'x'", "url(https://e.example/x.css)"])
def test_an_import_in_capitals_is_no_way_round(word, what):
    """CSS takes it for one, and LibSass for a rule that it does not know."""
    css, diagnostics = compile_scss({"a": f"{word} {what}; b{{c:d}}", "x": "e{f:g}"}, "a")
    assert ("", ["sass-import"]) == (css, [each.code for each in diagnostics])


def test_an_import_inside_a_rule_is_refused():
    assert ["main.scss:1:6 sass-import"] == faults('.x { @import "a"; }', **{"a.scss": ""})


def test_a_circle_of_imports_is_named():
    sources = {"main.scss": '@import "a";', "a.scss": '\n@import "main";'}
    _, diagnostics = compile_scss(sources, "main.scss")
    assert ["`main` imports itself: main.scss → a.scss → main.scss"] == [each.message for each in diagnostics]
    assert ("a.scss", 2) == (str(diagnostics[0].place.path), diagnostics[0].place.line)


def test_imports_that_are_only_mentioned_are_none():
    text = "/* @import 'x'; */ // @import 'y';\n.a { content: \"@import 'z'\"; }"
    assert [] == faults(text)


def test_the_compiler_itself_cannot_import():
    """Behind the first guard stands a second: LibSass is given an importer that refuses."""
    css, message = libsass_job('@import "/etc/passwd";')
    assert "" == css
    assert "PermissionError" in message


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (".a { b: $x / 2; }", 9),
        (".a { b: 2/$x; }", 10),
        (".a { b: calc(1px - $x); }", 20),
        (".a { b: calc(1px - (2 * $x)); }", 25),
        (".a { b: clamp(1rem, $x, 2rem); }", 21),
        (".a { b: oklch(.6 .2 $h / .5); }", 21),
        (".a { b: color-mix(in srgb, $x 10%, red); }", 28),
        (".a { b: rgb(0 128 255); }", 9),
        (".a { b: rgb(var(--r) / .5); }", 9),
        (".a { b: hsl(210deg 50% 50% / .5); }", 9),
        (".a { --b: $x; }", 11),
        (".a { --b: 1px solid $x; }", 21),
        ("@media (width >= 60em) { a { b: c } }", 15),
        ("@media screen and (10em < width) { a { b: c } }", 25),
        (".a { b { c: d } e: f; }", 17),
        (".a { @media print { c: d } e: f; }", 28),
        (".a { @each $x in 1, 2 { b { c: d } } e: f; }", 38),
    ],
)
def test_what_libsass_corrupts_is_refused_at_its_place(text, place):
    assert f"main.scss:1:{place} sass-unsafe" in faults(text)


@pytest.mark.parametrize(
    "text",
    [
        ".a { b: #{$x} / 2; }",
        ".a { b: calc(1px - #{$x}); }",
        ".a { b: rgba($x, .5); c: rgb($x); d: rgb(1, 2, 3); }",
        ".a { b: url(a/$b); c: '$d / 2'; } // $e / 2",
        "/* calc($x) */ .a { --b: #{$x}; }",
        ".a { @each $x in 1, 2 { --b: 1; } c: d; }",
        ".a { &:hover { b: c } &::before { d: e } }",
        "@media (min-width: 60em) { .a { b: c } }",
        ".a { grid-area: 1 / 2; aspect-ratio: 16 / 9; }",
        "a { b: calc(1px",
        "@mixin a { b: c } @function d($e) { @return $e; }",
        ".a { @if 1 == 1 { b: c } @else { d: e } f: g; }",
    ],
)
def test_what_is_safe_passes(text):
    assert () == find_unsafe({"main.scss": text})


def test_unused_sources_are_not_judged():
    assert [] == faults("a { b: c; }", **{"other.scss": ".a { b: $x / 2; }"})


@pytest.mark.parametrize("backend", BACKENDS)
def test_an_error_is_placed_in_the_file_that_has_it(backend):
    sources = {"main.scss": '// head\n@import "a";\n.x { color: red; }\n', "a.scss": "\n.y {\n  color: $nope;\n}\n"}
    css, (fault,) = compile_scss(sources, "main.scss", backend=backend)
    assert "" == css
    assert ("sass-error", "a.scss", 3, 10) == (fault.code, str(fault.place.path), fault.place.line, fault.place.column)
    assert "  color: $nope;" == fault.place.excerpt
    assert fault.message.startswith("Undefined variable")


def test_an_error_beside_an_import_keeps_its_column():
    assert ["main.scss:1:27 sass-error"] == faults('@import "a"; .y { color : $nope }', **{"a.scss": "$a: 1;"})


def test_an_unclosed_rule_is_an_error():
    assert ["main.scss:2:8 sass-error"] == faults(".x {\n  a: b;\n")


@pytest.mark.parametrize("backend", BACKENDS)
def test_an_endless_loop_is_stopped(backend):
    found = messages("@while true {}", backend=backend, is_ours=False, timeout_s=1.0)
    assert ["the Sass compiler was stopped: it takes longer than 1 s"] == found


def test_a_greedy_source_is_stopped():
    """A list that doubles: it is out of memory or out of time, but never out of hand."""
    text = "$a: 1 2; @for $i from 1 through 60 { $a: join($a, $a); } .x { a: length($a); }"
    (message,) = messages(text, is_ours=False, timeout_s=3.0)
    assert message.startswith("the Sass compiler was stopped")


def test_dart_sass_that_is_not_there_is_said(monkeypatch):
    assert has_dart_sass()
    monkeypatch.setattr("themekit.render.sass.has_dart_sass", lambda: False)
    with pytest.raises(RuntimeError, match="Dart Sass is not installed"):
        compile_scss({"a": ""}, "a", backend="dart")


def test_an_entry_that_is_not_given_is_our_bug():
    with pytest.raises(KeyError):
        compile_scss({}, "main.scss")


LOADS = "the compiled CSS loads from elsewhere:"


@pytest.mark.parametrize(
    ("css", "message"),
    [
        ("\ufeffa{b:c}", "the compiled CSS starts with a byte order mark"),
        ("a { width: calc(100% - $a); }", "a `$` is left in the compiled CSS (line 1)"),
        ("a { --b: ($c); }", "a `$` is left in the compiled CSS (line 1)"),
        ("@media print {\n a { b: $c } }", "a `$` is left in the compiled CSS (line 2)"),
        ("a { b: url(x\ny) }", "the compiled CSS does not parse: bad string (line 1)"),
        ("a { b }", "the compiled CSS does not parse: Expected ':' after declaration name, got }. (line 1)"),
        ("a { b: c", None),
        ("@namespace a;", None),
        ("a { b: '$c'; } /* $d */", None),
        ("@IMPORT 'x.css';", "the compiled CSS imports a sheet (line 1)"),
        ("a { b: url(//e.example/x) }", f"{LOADS} `//e.example/x` (line 1)"),
        ("a { b: URL( 'https://e.example/x' ) }", f"{LOADS} `https://e.example/x` (line 1)"),
        ("a { --b: \\75rl(\\68ttps:x) }", f"{LOADS} `https:x` (line 1)"),
        ("@media print { a { b: image-set('//e.example' 1x) } }", f"{LOADS} `//e.example` (line 1)"),
        ("a { b: url('javascript:x') }", f"{LOADS} `javascript:x` (line 1)"),
        ("a { b: url(x.svg) url('../brand/mark.svg') url(#g) url(data:image/png;base64,AA==) }", None),
        ("a { b: 'https://e.example/x'; c: url('') }", None),
    ],
)
def test_what_comes_out_is_checked(css, message):
    report = Reporter()
    check_css(css, report)
    assert bool(message) == bool(report.found), report.found
    if message and "parse" not in message:
        assert message == report.found[0].message


def test_the_check_of_the_output_is_made():
    """A `$` that only appears when the source is compiled."""
    css, diagnostics = compile_scss({"a": 'b { --c: #{"$"}d; }'}, "a")
    assert ("", ["sass-output"]) == (css, [each.code for each in diagnostics])


def test_numbers_keep_their_digits():
    """LibSass rounds to five places unless told otherwise, which would move a breakpoint."""
    css, _ = compile_scss({"a": "@media (max-width: 59.984375em) { a { b: c; } }"}, "a")
    assert "(max-width: 59.984375em)" in css


def test_masked_text_has_the_same_length_and_lines():
    text = "a { b: 'x\\'y' \"z\" #{f('}')} url(http://h/ü) } // c\n/* d\n e */ #{$a"
    masked = mask(text)
    assert (len(text), text.count("\n")) == (len(masked), masked.count("\n"))
    assert "http" not in masked
    assert "$a" not in masked


def test_places_outside_the_text_are_none():
    flat, _ = flatten({"a": "b {}"}, "a")
    assert None is flat.span(9, 1)
