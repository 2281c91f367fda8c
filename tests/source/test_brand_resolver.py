"""A brand's tokens from a resolver document: which contexts are which modes, and where a mistake is shown."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from themekit.model import Color, Dimension, Mode
from themekit.resolve import resolve_tokens
from themekit.source.colors import parse_color


def px(value):
    return {"$type": "dimension", "$value": {"value": value, "unit": "px"}}


def color(text):
    return {"$type": "color", "$value": text}


def project(**changes):
    """A resolver with a theme of three modes, a density, and their tokens."""
    document = {
        "version": "2025.10",
        "sets": {"base": {"sources": [{"$ref": "base.json"}]}},
        "modifiers": {
            "theme": {
                "default": "Light",
                "contexts": {
                    "Dark": [{"$ref": "dark.json"}],
                    "Light": [],
                    "dark-contrast": [{"$ref": "dark.json"}, {"$ref": "more.json"}],
                },
            },
            "density": {"default": "wide", "contexts": {"wide": [], "compact": [{"gap": {"a": px(1)}}]}},
        },
        "resolutionOrder": [{"$ref": "#/sets/base"}, {"$ref": "#/modifiers/theme"}, {"$ref": "#/modifiers/density"}],
    }
    files = {
        "r.json": document,
        "base.json": {"glow": color("#111111"), "ring": color("#222222"), "gap": {"a": px(4)}},
        "dark.json": {"glow": color("#eeeeee"), "ring": color("#dddddd")},
        "more.json": {"glow": color("#ffffff")},
        **changes,
    }
    return {f"brands/acme/tokens/{name}": json.dumps(content, indent=1) for name, content in files.items()}


def named(**more):
    return '"tokens": ' + json.dumps({"resolver": "tokens/r.json", **more})


def token(reading, token_id):
    assert [] == reading.messages
    return next(each for each in reading.brand.tokens if each.id == token_id)


def modes_of(reading, token_id):
    return {one.mode: one.value for one in token(reading, token_id).modes}


def test_contexts_named_like_modes_are_these_modes(read_fields):
    """In any case; a high contrast mode has a value of its own only where it is another than its scheme's."""
    reading = read_fields(named(), project())
    assert parse_color("#111111") == token(reading, "glow").value
    expected = {Mode.DARK: parse_color("#eeeeee"), Mode.DARK_CONTRAST: parse_color("#ffffff")}
    assert expected == modes_of(reading, "glow")
    assert {Mode.DARK: parse_color("#dddddd")} == modes_of(reading, "ring")
    assert {} == modes_of(reading, "gap.a")
    assert Dimension(4.0, "px") == token(reading, "gap.a").value
    assert (Mode.LIGHT, Mode.DARK, Mode.DARK_CONTRAST) == reading.brand.tokens.made_modes


def test_a_context_that_is_chosen_holds_in_all_modes(read_fields):
    reading = read_fields(named(contexts={"Density": "COMPACT"}), project())
    assert Dimension(1.0, "px") == token(reading, "gap.a").value
    assert {Mode.DARK, Mode.DARK_CONTRAST} == set(modes_of(reading, "glow"))
    reading = read_fields(named(contexts={"theme": "Dark"}), project())
    assert (parse_color("#eeeeee"), {}) == (token(reading, "glow").value, modes_of(reading, "glow"))


def test_modes_may_be_said(read_fields):
    reading = read_fields(named(modes={"dark": {"theme": "dark-contrast", "density": "compact"}}), project())
    assert {Mode.DARK: parse_color("#ffffff")} == modes_of(reading, "glow")
    assert {Mode.DARK: Dimension(1.0, "px")} == modes_of(reading, "gap.a")


def test_places_are_those_of_the_files(read_fields):
    reading = read_fields(named(), project())
    glow = token(reading, "glow")
    places = [str(glow.place(mode).path) for mode in (None, Mode.DARK, Mode.DARK_CONTRAST)]
    assert ["base.json", "dark.json", "more.json"] == [path.rpartition("/")[2] for path in places]
    assert "/glow/$value" == glow.place(Mode.DARK).pointer


def test_in_a_list_and_over_what_is_extended(read_fields):
    """Layers keep their order: files, a resolver, tokens in place."""
    base = {"brands/_shared/base.json": json.dumps({"tokens": ["t.json", {"resolver": "../acme/tokens/r.json"}]})}
    shared = {"brands/_shared/t.json": json.dumps({"gap": {"a": px(9), "b": px(9)}})}
    own = json.dumps({"ring": color("#abcdef")})
    reading = read_fields(f'"extends": "../_shared/base.json", "tokens": {own}', {**project(), **base, **shared})
    assert Dimension(4.0, "px") == token(reading, "gap.a").value
    assert Dimension(9.0, "px") == token(reading, "gap.b").value
    assert (parse_color("#abcdef"), {}) == (token(reading, "ring").value, modes_of(reading, "ring"))
    assert {Mode.DARK, Mode.DARK_CONTRAST} == set(modes_of(reading, "glow"))


def test_a_resolver_over_tokens_in_place_replaces_only_what_it_has(read_fields):
    base = {"brands/_shared/base.json": json.dumps({"tokens": {"gap": {"b": px(7)}, "ring": color("#000000")}})}
    reading = read_fields('"extends": "../_shared/base.json", ' + named(), {**project(), **base})
    assert Dimension(7.0, "px") == token(reading, "gap.b").value
    assert parse_color("#222222") == token(reading, "ring").value


def test_a_group_named_resolver_is_a_group(read_fields):
    reading = read_fields('"tokens": ' + json.dumps({"resolver": {"x": px(3)}}))
    assert ["resolver.x"] == [each.id for each in reading.brand.tokens]


def test_a_token_with_modes_of_its_own_that_no_context_touches_keeps_them(read_fields):
    own = {**color("#123456"), "$extensions": {"themekit": {"modes": {"dark": "#fedcba"}}}}
    files = project(**{"base.json": {"own": own, "glow": color("#111111"), "ring": color("#222222")}})
    assert {Mode.DARK: parse_color("#fedcba")} == modes_of(read_fields(named(), files), "own")
    files = project(**{"base.json": {"glow": own, "ring": color("#222222"), "gap": {"a": px(4)}}})
    reading = read_fields(named(), files)
    assert ["unsupported-token-feature"] == reading.codes
    assert "brands/acme/tokens/base.json" == str(reading.diagnostics[0].place.path)


def test_a_token_of_one_context_only_is_noted(read_fields):
    reading = read_fields(named(), project(**{"more.json": {"glow": color("#fff"), "rare": color("#010203")}}))
    assert (("rare", (Mode.DARK_CONTRAST,)),) == reading.brand.tokens.partial
    rare = next(each for each in reading.brand.tokens if each.id == "rare")
    assert (Color("srgb", parse_color("#010203").components), ()) == (rare.value, rare.modes)


def test_other_types_in_two_modes_are_refused(read_fields):
    files = project(**{"dark.json": {"glow": px(3), "ring": color("#dddddd")}, "more.json": {}})
    reading = read_fields(named(), files)
    assert ["token-type-replaced", "alias-type"] == reading.codes
    assert {"brands/acme/tokens/dark.json"} == {str(each.place.path) for each in reading.diagnostics}


def test_every_mistake_is_said_once_in_its_file(read_fields):
    """Whatever the number of modes that share it."""
    base = {"glow": color("#11111"), "ring": color("#222222"), "gap": {"a": {"$type": "dimension", "$value": "4pc"}}}
    reading = read_fields(named(), project(**{"base.json": base, "more.json": {"glow": color("nope")}}))
    found = sorted((each.code, str(each.place.path).rpartition("/")[2]) for each in reading.diagnostics)
    expected = [("invalid-color", "base.json"), ("invalid-color", "more.json"), ("invalid-dimension", "base.json")]
    assert expected == found


@pytest.mark.parametrize(
    ("tokens", "code", "message"),
    [
        ({"resolver": "../../r.json"}, "invalid-path", "is not a file of tokens below `brands`"),
        ({"resolver": "none.json"}, "missing-file", "there is no file `brands/acme/none.json`"),
        ({"resolver": "tokens/r.json", "context": {}}, "unknown-key", "have no key `context`"),
        ({"resolver": "tokens/r.json", "contexts": []}, "wrong-type", "expected an object of modifiers"),
        ({"resolver": "tokens/r.json", "contexts": {"them": "Dark"}}, "unknown-context", "no modifier `them`"),
        ({"resolver": "tokens/r.json", "contexts": {"theme": "Dork"}}, "unknown-context", "no context `Dork`"),
        (
            {"resolver": "tokens/r.json", "contexts": {"theme": ["Dark"]}},
            "wrong-type",
            "expected the name of a context",
        ),
        ({"resolver": "tokens/r.json", "modes": {"drak": {}}}, "unknown-mode", "there is no mode `drak`"),
        ({"resolver": "tokens/r.json", "modes": {"dark": 1}}, "wrong-type", "expected an object of modifiers"),
        ({"resolver": "tokens/r.json", "modes": {"dark": {"theme": "x"}}}, "unknown-context", "no context `x`"),
        ([{"resolver": 3}], "wrong-type", "expected the path of a file"),
    ],
)
def test_what_is_wrong_with_the_names(read_fields, tokens, code, message):
    reading = read_fields('"tokens": ' + json.dumps(tokens), project())
    assert [code] == reading.codes
    assert message in reading.messages[0]
    assert "brands/acme/brand.json" == str(reading.diagnostics[0].place.path)


def test_a_modifier_without_default_needs_a_context(read_fields):
    document = json.loads(project()["brands/acme/tokens/r.json"])
    del document["modifiers"]["density"]["default"]
    reading = read_fields(named(), project(**{"r.json": document}))
    assert ["unknown-context"] == reading.codes
    assert ['choose one: "contexts": {"density": "wide"}'] == reading.hints
    assert Dimension(4.0, "px") == token(read_fields(named(contexts={"density": "wide"}), project()), "gap.a").value


@pytest.mark.parametrize("path", ["../../../secret.json", "/etc/secret.json", "../../../../secret.json"])
def test_no_reference_leads_out_of_brands(read_fields, path):
    document = json.loads(project()["brands/acme/tokens/r.json"])
    document["sets"]["base"]["sources"] = [{"$ref": path}]
    reading = read_fields(named(), {**project(**{"r.json": document}), "secret.json": "{}"})
    assert "invalid-path" in reading.codes
    assert not any("secret" in asked for asked in reading.asked)


SHADES = st.sampled_from(["#101010", "#f0f0f0", "#0b5fff", "{color.primary.11}", "{color.page}"])


@settings(max_examples=40)
@given(shades=st.fixed_dictionaries(dict.fromkeys(Mode, SHADES)), name=st.sampled_from(["glow", "color.link"]))
def test_contexts_come_to_the_same_as_values_for_modes(read_project, shades, name):
    """A resolver with a context for each mode, and the extension with a value for each that differs."""
    *groups, leaf = name.split(".")

    def tree(token):
        whole = {leaf: token}
        for group in reversed(groups):
            whole = {group: whole}
        return whole

    contexts = {mode: [tree(color(shade))] for mode, shade in shades.items()}
    modifier = {"type": "modifier", "name": "theme", "contexts": contexts, "default": "light"}
    below = {Mode.DARK: Mode.LIGHT, Mode.LIGHT_CONTRAST: Mode.LIGHT, Mode.DARK_CONTRAST: Mode.DARK}
    own = {mode: shades[mode] for mode, base in below.items() if shades[mode] != shades[base]}
    inline = {**color(shades[Mode.LIGHT]), "$extensions": {"themekit": {"modes": own}}}
    files = {"brands/acme/r.json": json.dumps({"version": "2025.10", "resolutionOrder": [modifier]})}
    found = []
    for written in ({"resolver": "r.json"}, tree(inline)):
        text = json.dumps({"name": "Acme", "color": {"primary": "#0b5fff"}, "tokens": written})
        reading = read_project({"brands/acme/brand.json": text, **files})
        assert [] == reading.messages
        resolved, diagnostics = resolve_tokens(reading.brand)
        (values,) = [token.values for token in resolved if token.id == name]
        found.append((values, sorted(each.message for each in diagnostics)))
    assert found[0] == found[1]
