"""Token files without a brand: resolvers, contexts, modes, and what is wrong with them.

The rules are those of the DTCG Resolver Module 2025.10.
"""

import json
import re
from pathlib import PurePosixPath

import pytest

from themekit.build.tokens import TokenProject, build_tokens, check_tokens, write_artifacts
from themekit.diagnostics.text import render_text
from themekit.engine import MemoryHost
from themekit.plugins import target_named, targets

FILES = {
    "base.json": {"color": {"$type": "color", "blue": {"$value": "#06c"}, "text": {"$value": "{color.blue}"}}},
    "dark.json": {"color": {"blue": {"$type": "color", "$value": "#8bf"}}},
    "large.json": {"size": {"$type": "dimension", "m": {"$value": "20px"}}},
    "small.json": {"size": {"$type": "dimension", "m": {"$value": "10px"}}},
}
THEME = {"contexts": {"light": [], "dark": [{"$ref": "dark.json"}]}, "default": "light"}
SIZE = {"contexts": {"small": [{"$ref": "small.json"}], "large": [{"$ref": "large.json"}]}}
BASE = {"sources": [{"$ref": "base.json"}]}
ORDER = [{"$ref": "#/sets/base"}, {"$ref": "#/modifiers/theme"}]


def document(**changes):
    whole = {"version": "2025.10", "sets": {"base": BASE}, "modifiers": {"theme": THEME}, "resolutionOrder": ORDER}
    return {key: value for key, value in {**whole, **changes}.items() if value is not None}


def made(resolver=None, files=None, targets=("css",), **contexts):
    """What the build of a resolver, or of the files alone, makes."""
    every = {**FILES, **(files or {}), **({"r.json": resolver} if resolver else {})}
    host = MemoryHost({name: json.dumps(content) for name, content in every.items()})
    alone = () if resolver else tuple(PurePosixPath(name) for name in (files or {}))
    project = TokenProject(alone, PurePosixPath("r.json") if resolver else None, contexts)
    return build_tokens(host, project, targets=[target_named(name) for name in targets], prefix="tk")


def css(report):
    assert "" == render_text([each for each in report.diagnostics if each.is_error])
    return next(each.content.decode() for each in report.artifacts if each.path.name == "tokens.min.css")


def codes(report):
    return [each.code for each in report.diagnostics]


def test_files_alone():
    """Later files win; there is one mode, which nothing needs to choose."""
    report = made(files={"a.json": FILES["base.json"], "b.json": FILES["dark.json"]})
    assert ":root{--tk-color-blue:#8bf;--tk-color-text:var(--tk-color-blue)}\n" == css(report)
    assert ("default",) == report.modes


@pytest.mark.parametrize("name", ["b", "a/b", "x~y", "~1", "a~0b", "é"])
def test_a_mistake_is_shown_in_the_file_that_wrote_it(name):
    """Whatever stands in a name that a pointer writes otherwise; what another file wrote is that one's."""
    far = {"colorSpace": "oklch", "components": [0.7, 0.4, 150]}
    below = {"color": {"$type": "color", name: {"$value": "#fff"}, "far": {"$value": far}}}
    report = made(files={"a.json": below, "b.json": {"color": {name: {"$value": far}}}})
    assert [("a.json", '"$value"'), ("b.json", '"$value"')] == sorted(
        (str(each.place.path), each.place.excerpt[each.place.column - 11 :][:8]) for each in report.diagnostics
    )


def test_defaults_hold_where_nothing_is_chosen():
    assert ":root{--tk-color-blue:#06c;--tk-color-text:var(--tk-color-blue)}\n" == css(made(document()))


def test_a_context_is_chosen_whatever_its_case():
    """Inputs SHOULD be case-insensitive."""
    assert "--tk-color-blue:#8bf" in css(made(document(), THEME=["Dark"]))


def test_contexts_become_modes():
    report = made(document(), theme=["*"])
    assert ("light", "dark") == report.modes
    assert "@media screen and (prefers-color-scheme: dark)" in css(report)
    assert "--tk-color-blue:#8bf" in css(report)


def test_contexts_of_several_modifiers_multiply():
    size = {"base": BASE}
    resolver = document(
        sets=size, modifiers={"theme": THEME, "size": SIZE}, resolutionOrder=[*ORDER, {"$ref": "#/modifiers/size"}]
    )
    report = made(resolver, theme=["*"], size=["large", "small"])
    assert ("light large", "light small", "dark large", "dark small") == report.modes
    assert '[data-tk-mode="dark small"]{--tk-color-blue:#8bf;--tk-size-m:10px}' in css(report)
    assert ":root,[data-tk-mode]{--tk-color-text:var(--tk-color-blue)}" in css(report)


def test_a_modifier_without_default_asks_for_a_context():
    resolver = document(modifiers={"size": SIZE}, resolutionOrder=[{"$ref": "#/modifiers/size"}])
    report = made(resolver)
    assert ["unknown-context"] == codes(report)
    assert "choose one: --context size=small" == report.diagnostics[0].hint
    assert ":root{--tk-size-m:20px}\n" == css(made(resolver, size=["large"]))


def test_the_hint_for_a_context_can_be_typed_in_a_shell():
    contexts = {"Light Mode": [], "Dark Mode": [{"$ref": "dark.json"}]}
    resolver = document(modifiers={"theme": {"contexts": contexts}})
    assert "choose one: --context 'theme=Light Mode'" == made(resolver).diagnostics[0].hint


def test_every_wrong_input_is_said():
    """Three mistakes of the specification's own example."""
    resolver = document(
        modifiers={"theme": {"contexts": THEME["contexts"]}, "size": SIZE},
        resolutionOrder=[{"$ref": "#/modifiers/theme"}, {"$ref": "#/modifiers/size"}],
    )
    report = made(resolver, theme=["blue"], foo=["bar"])
    messages = [each.message for each in report.diagnostics]
    assert [
        "the modifier `theme` has no context `blue`",
        "there is no modifier `foo`",
        "`size` has no default",
    ] == messages


def test_inline_sets_and_modifiers():
    order = [
        {"type": "set", "name": "base", "sources": [{"color": {"$type": "color", "blue": {"$value": "#06c"}}}]},
        {"type": "modifier", "name": "theme", **THEME},
    ]
    resolver = document(sets=None, modifiers=None, resolutionOrder=order)
    assert ":root{--tk-color-blue:#06c}\n" == css(made(resolver))
    assert ":root{--tk-color-blue:#8bf}\n" == css(made(resolver, theme=["dark"]))


def test_order_counts_and_not_the_place_of_the_definition():
    order = [{"$ref": "#/modifiers/theme"}, {"$ref": "#/sets/base"}]
    assert "--tk-color-blue:#06c" in css(made(document(resolutionOrder=order), theme=["dark"]))


def test_a_context_may_refer_to_a_set_and_files_to_parts():
    theme = {"contexts": {"light": [{"$ref": "#/sets/base"}], "dark": [{"$ref": "all.json#/dark"}]}, "default": "dark"}
    resolver = document(modifiers={"theme": theme}, resolutionOrder=[{"$ref": "#/modifiers/theme"}])
    files = {"all.json": {"dark": FILES["dark.json"]}}
    assert ":root{--tk-color-blue:#8bf}\n" == css(made(resolver, files))
    assert "--tk-color-blue:#06c" in css(made(resolver, files, theme=["light"]))


def test_keys_beside_a_reference_override_it_shallowly():
    sets = {"base": BASE, "own": {"$ref": "#/sets/base", "sources": [{"$ref": "dark.json"}]}}
    resolver = document(sets=sets, resolutionOrder=[{"$ref": "#/sets/own"}])
    assert ":root{--tk-color-blue:#8bf}\n" == css(made(resolver))


def test_definitions_are_ignored_and_can_be_referred_to():
    resolver = document(**{"$defs": {"x": FILES["dark.json"]}}, sets={"base": {"sources": [{"$ref": "#/$defs/x"}]}})
    assert ":root{--tk-color-blue:#8bf}\n" == css(made(resolver))


def test_aliases_are_followed_when_all_is_composed():
    """Aliases MUST NOT be resolved until then."""
    files = {"early.json": {"a": {"$value": "{b}"}}, "late.json": {"b": {"$type": "number", "$value": 2}}}
    sets = {"base": {"sources": [{"$ref": "early.json"}, {"$ref": "late.json"}]}}
    assert ":root{--tk-b:2;--tk-a:var(--tk-b)}\n" == css(
        made(document(sets=sets), files)
    ) or ":root{--tk-a:var(--tk-b);--tk-b:2}\n" == css(made(document(sets=sets), files))


def test_a_token_of_some_contexts_only():
    """It has a value in all modes of the output, and that is said."""
    theme = {"contexts": {"off": [], "on": [{"debug": {"$type": "number", "$value": 1}}]}, "default": "off"}
    report = made(document(modifiers={"theme": theme}), theme=["*"])
    assert ["token-not-in-context"] == codes(report)
    assert "--tk-debug:1" in css(report)


WRONG = [
    ({"version": "2024.01"}, ["unknown-choice"]),
    ({"version": None}, ["missing-field"]),
    ({"resolutionOrder": None}, ["missing-field"]),
    ({"resolutionOrder": []}, ["invalid-resolver"]),
    ({"resolutionOrder": [3]}, ["wrong-type"]),
    ({"resolutionOrder": [{"sources": []}]}, ["invalid-resolver"] * 2),
    ({"resolutionOrder": [{"type": "sets", "name": "x"}]}, ["unknown-choice"]),
    ({"resolutionOrder": [{"type": "set", "name": "x", "sources": []}] * 2}, ["invalid-resolver"]),
    ({"resolutionOrder": [{"type": "set", "name": "x"}]}, ["missing-field"]),
    ({"resolutionOrder": [{"$ref": "#/sets/bsae"}]}, ["invalid-resolver"]),
    ({"resolutionOrder": [{"$ref": "#/resolutionOrder/0"}]}, ["invalid-resolver"]),
    ({"resolutionOrder": [{"$ref": "#/sets"}]}, ["invalid-resolver"]),
    ({"modes": {}}, ["unknown-key"]),
    ({"sets": {"base": {**BASE, "source": []}}}, ["unknown-key"]),
    ({"sets": {"base": {"sources": {}}}}, ["wrong-type"]),
    ({"sets": {"base": BASE, "x": {}}}, ["missing-field"]),
    ({"sets": {"base": {"sources": [4]}}}, ["wrong-type"]),
    ({"sets": {"base": {"sources": [{"$ref": "none.json"}]}}}, ["missing-file"]),
    ({"sets": {"base": {"sources": [{"$ref": "../up.json"}]}}}, ["invalid-path"]),
    ({"sets": {"base": {"sources": [{"$ref": "https://example.com/a.json"}]}}}, ["unsupported-token-feature"]),
    ({"sets": {"base": {"sources": [{"$ref": 3}]}}}, ["wrong-type"]),
    ({"sets": {"base": {"sources": [{"$ref": "#/sets/base"}]}}}, ["invalid-resolver"]),
    (
        {"sets": {"base": {"sources": [{"$ref": "#/sets/b"}]}, "b": {"sources": [{"$ref": "#/sets/base"}]}}},
        ["invalid-resolver"],
    ),
    ({"sets": {"base": {"sources": [{"$ref": "#/modifiers/theme"}]}}}, ["invalid-resolver"]),
    ({"modifiers": {"theme": {"contexts": {}}}}, ["invalid-resolver"]),
    ({"modifiers": {"theme": {"contexts": {"light": []}, "default": "light"}}}, ["invalid-resolver"]),
    ({"modifiers": {"theme": {**THEME, "default": "drak"}}}, ["invalid-resolver", "unknown-context"]),
    ({"modifiers": {"theme": {"default": "light"}}}, ["missing-field"]),
    ({"modifiers": {"theme": {**THEME, "contexts": {"light": {}, "dark": []}}}}, ["wrong-type"]),
]


@pytest.mark.parametrize(("changes", "expected"), WRONG, ids=[str(index) for index in range(len(WRONG))])
def test_what_is_wrong_with_a_resolver(changes, expected):
    report = made(document(**changes))
    assert expected == codes(report)
    assert () == report.artifacts
    assert all(each.place.line >= 1 and str(each.place.path) == "r.json" for each in report.diagnostics)


def test_a_check_looks_at_every_context():
    """A build of the default context would not see the dark one."""
    files = {**FILES, "dark.json": {"color": {"blue": {"$type": "colour", "$value": "#000"}}}, "r.json": document()}
    host = MemoryHost({name: json.dumps(content) for name, content in files.items()})
    project = TokenProject((), PurePosixPath("r.json"))
    assert ["unknown-token-type"] == codes(check_tokens(host, project))


@pytest.mark.parametrize(
    ("name", "is_resolver"), [("base.tokens.json", False), ("acme.resolver.json", True), ("acme.json", True)]
)
def test_the_hint_for_an_empty_file_is_what_it_could_hold(name, is_resolver):
    """It was a brand, whatever the file was; what a file is, its use says and not its name."""
    path = PurePosixPath(name)
    project = TokenProject(resolver=path) if is_resolver else TokenProject((path,))
    (found,) = check_tokens(MemoryHost({name: ""}), project).diagnostics
    assert "json-empty" == found.code
    colour = {"$type": "color", "$value": {"colorSpace": "srgb", "components": [0, 0, 1]}}
    files = {"base.tokens.json": json.dumps({"a": colour}), name: found.hint.removeprefix("write ")}
    assert () == check_tokens(MemoryHost(files), project).diagnostics


def test_extensions_and_groups_come_through(tmp_path):
    files = {
        "a.json": {
            "$description": "All",
            "g": {"$extensions": {"org.x": 1}, "t": {"$type": "number", "$value": 1, "$extensions": {"org.y": [2]}}},
        }
    }
    report = made(files=files, targets=("dtcg",))
    written = json.loads(report.artifacts[0].content)
    assert {"org.x": 1} == written["g"]["$extensions"]
    assert {"org.y": [2]} == written["g"]["t"]["$extensions"]
    assert "All" == written["$description"]
    assert (1, 0) == write_artifacts(report.artifacts, tmp_path)
    assert (0, 1) == write_artifacts(report.artifacts, tmp_path)
    assert ["tokens.json"] == [path.name for path in tmp_path.iterdir()]


def test_too_many_resolutions_are_refused():
    contexts = {f"c{n}": [] for n in range(9)}
    modifiers = {name: {"contexts": contexts, "default": "c0"} for name in ("a", "b")}
    resolver = document(modifiers=modifiers, resolutionOrder=[{"$ref": f"#/modifiers/{name}"} for name in modifiers])
    assert ["too-long"] == codes(made(resolver, a=["*"], b=["*"]))


def test_two_resolutions_are_never_one_mode():
    """Names of contexts may hold spaces, and a mode's name is theirs joined by one: one would hide the other."""
    modifiers = {
        "a": {"contexts": {"x": [], "x y": [{"$ref": "dark.json"}]}, "default": "x"},
        "b": {"contexts": {"y z": [], "z": []}, "default": "z"},
    }
    order = [{"$ref": "#/sets/base"}, *({"$ref": f"#/modifiers/{name}"} for name in modifiers)]
    report = made(document(modifiers=modifiers, resolutionOrder=order), a=["*"], b=["*"])
    assert ["invalid-resolver"] == codes(report)
    assert "`a=x, b=y z` and `a=x y, b=z` would both be the mode `x y z`" in report.diagnostics[0].message
    assert () == report.artifacts
    assert ("x", "x y") == made(document(modifiers=modifiers, resolutionOrder=order), a=["*"]).modes


def test_sets_that_double_at_each_level_are_refused():
    """Twenty-five sets, each of which names the one before twice, would be 33 million groups of tokens."""
    doubled = {f"s{n}": {"sources": [{"$ref": f"#/sets/s{n - 1}"}] * 2} for n in range(1, 26)}
    resolver = document(sets={"s0": BASE, **doubled}, modifiers=None, resolutionOrder=[{"$ref": "#/sets/s25"}])
    assert ["too-long"] == codes(made(resolver))
    resolver["resolutionOrder"] = [{"$ref": "#/sets/s5"}]
    assert [] == codes(made(resolver))


def text_of_size(number):
    """A style of text of the largest size, whose line height is another token."""
    style = {
        "fontFamily": "A",
        "fontSize": "100000000rem",
        "fontWeight": 400,
        "letterSpacing": "0",
        "lineHeight": "{t}",
    }
    return {"t": {"$type": "number", "$value": number}, "s": {"$type": "typography", "$value": style}}


LARGEST = {
    "px": ("dimension", "100000000px", "100000001px"),
    "rem": ("dimension", {"value": -1e8, "unit": "rem"}, {"value": -1e308, "unit": "rem"}),
    "ms": ("duration", {"value": 2e9, "unit": "ms"}, {"value": 3e9, "unit": "ms"}),
    "s": ("duration", "2000000s", {"value": 1e308, "unit": "s"}),
    "curve": ("cubicBezier", [0, 1e30, 1, -1e30], [0, 0, 1, -1e31]),
    "number": ("number", 1e30, 1e31),
}


@pytest.mark.parametrize(("type_", "value", "more"), LARGEST.values(), ids=LARGEST)
def test_numbers_that_no_platform_could_hold_are_refused(type_, value, more):
    """Of rem come pixels, of seconds milliseconds, and integers have 32 bits on phones: what fits is written."""
    every = [each.name for each in targets() if each.per_brand and not each.needs_defaults]

    def of(number):
        tokens = text_of_size(number) if type_ == "number" else {"t": {"$type": type_, "$value": number}}
        return made(files={"a.json": tokens}, targets=every)

    assert [] == codes(of(value))
    assert {"out-of-range"} == set(codes(of(more)))
    android = [each.content.decode() for each in of(value).artifacts if each.path.suffix == ".xml"]
    integers = re.findall(r"<integer [^>]*>(-?[0-9]+)<", "".join(android))
    assert all(abs(int(each)) < 2**31 for each in integers)


@pytest.mark.parametrize("name", ["x" * 300, "ü" * 60])
def test_a_name_too_long_for_a_file_is_said(name):
    """Pictures and colour sets are named after their tokens; elsewhere names may be as long as they like."""
    files = {"a.json": {"c": {"$type": "color", name: {"$value": "#f00"}}}}
    report = made(files=files, targets=("style-guide", "xcassets"))
    assert {"output-path"} == set(codes(report))
    assert () == report.artifacts
    assert [] == codes(made(files=files, targets=("css", "swift", "android")))
