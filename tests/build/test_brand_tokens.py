"""A brand whose tokens stand in a resolver document: what an edit of one of its files makes anew, and its errors."""

import json

from themekit.build.brands import brand, tokens
from themekit.engine import Engine, MemoryHost, MemoryStore
from themekit.model import Mode, TokenId
from themekit.render.css import text_of
from themekit.resolve.explained import explain_token

LIGHT, DARK = "brands/acme/tokens/light.json", "brands/acme/tokens/dark.json"


def color(text):
    return {"$type": "color", "$value": text}


RESOLVER = {
    "version": "2025.10",
    "sets": {"base": {"sources": [{"$ref": "light.json"}]}},
    "modifiers": {"theme": {"contexts": {"light": [], "dark": [{"$ref": "dark.json"}]}, "default": "light"}},
    "resolutionOrder": [{"$ref": "#/sets/base"}, {"$ref": "#/modifiers/theme"}],
}
FILES = {
    "brands/acme/brand.json": {"name": "A", "color": {"primary": "#0b5fff"}, "tokens": {"resolver": "tokens/r.json"}},
    "brands/acme/tokens/r.json": RESOLVER,
    LIGHT: {"glow": color("#111111"), "color": {"text": color("#101010")}},
    DARK: {"glow": color("#eeeeee"), "color": {"text": color("#f0f0f0")}},
    "brands/other/brand.json": {"name": "A", "color": {"primary": "#b3261e"}, "tokens": "t.json"},
    "brands/other/t.json": {"glow": color("#333333")},
}


def opened(changes=()):
    host = MemoryHost(
        {path: json.dumps(value, indent=1).encode() for path, value in {**FILES, **dict(changes)}.items()}
    )
    return host, Engine(host, MemoryStore(), code="")


def glow(engine, brand_id="acme"):
    resolved = engine.get(tokens, brand_id)
    assert [] == [each.message for each in engine.diagnostics(tokens, brand_id)]
    found = next(token for token in resolved if token.id == "glow")
    return dict(zip(resolved.modes, map(text_of, found.values), strict=True))


def test_contexts_are_the_modes_of_the_brand():
    _, engine = opened()
    assert ["#111", "#eee", "#111", "#eee"] == [glow(engine)[mode] for mode in Mode]


def test_an_edit_of_a_file_that_the_resolver_names_makes_that_brand_anew_and_no_other():
    host, engine = opened()
    assert ("#eee", "#333") == (glow(engine)[Mode.DARK], glow(engine, "other")[Mode.DARK])
    host.write(DARK, json.dumps({"glow": color("#dddddd"), "color": {"text": color("#f0f0f0")}}).encode())
    engine.forget({DARK})
    engine.ran.clear()
    assert "#333" == glow(engine, "other")[Mode.DARK]
    assert [] == engine.ran
    assert "#ddd" == glow(engine)[Mode.DARK]
    assert ["brand", "tokens"] == sorted(engine.ran)


def test_a_colour_that_cannot_be_read_is_shown_in_the_file_of_its_context():
    dark = {"glow": color("#eeeeee"), "color": {"text": color("#333333")}}
    _, engine = opened({DARK: dark})
    engine.get(tokens, "acme")
    found = engine.diagnostics(tokens, "acme")
    assert ["low-contrast"] == [each.code for each in found]
    assert (DARK, 9, 14) == (str(found[0].place.path), found[0].place.line, found[0].place.column)


def test_a_mode_that_the_context_leaves_as_it_is_gets_its_value_there():
    """No value for modes may be written beside it: contexts make the modes."""
    light = {"color": {"text": color("#101010")}, "glow": color("#111111")}
    _, engine = opened({LIGHT: light, DARK: {"glow": color("#eeeeee")}})
    engine.get(tokens, "acme")
    found = engine.diagnostics(tokens, "acme")
    assert [("low-contrast", LIGHT)] == [(each.code, str(each.place.path)) for each in found]
    assert found[0].hint.startswith("give it another value in the context that is mode dark: `#")
    assert found[0].fix is None


def shown(engine, token_id):
    resolved = engine.get(tokens, "acme")
    found = next(token for token in resolved if token.id == token_id)
    return dict(zip(resolved.modes, map(text_of, found.values), strict=True))


def test_an_override_of_one_mode_leaves_the_default_in_the_others():
    """High contrast is as its scheme where that keeps the contract, and solved where it does not."""
    light = {"glow": color("#111111")}
    _, plain = opened({LIGHT: light, DARK: {"glow": color("#eeeeee")}})
    solved = shown(plain, "color.text")
    _, engine = opened({LIGHT: light, DARK: {"glow": color("#eeeeee"), "color": {"text": color("#ffeedd")}}})
    found = shown(engine, "color.text")
    assert [] == [each.message for each in engine.diagnostics(tokens, "acme")]
    assert [solved[Mode.LIGHT], "#fed", solved[Mode.LIGHT_CONTRAST], "#fed"] == [found[mode] for mode in Mode]
    explained = {
        one.mode: one.text
        for one in explain_token(engine.get(brand, "acme"), TokenId("color.text"), resolved=engine.get(tokens, "acme"))
    }
    assert "written" == explained[Mode.DARK]
    assert "written" not in explained[Mode.LIGHT]
    assert "breaks the contract" not in explained[Mode.LIGHT]


def test_an_override_of_one_mode_that_cannot_be_read_is_blamed_there_only():
    dark = {"glow": color("#eeeeee"), "color": {"text": color("#444444")}}
    _, engine = opened({LIGHT: {"glow": color("#111111")}, DARK: dark})
    engine.get(tokens, "acme")
    found = engine.diagnostics(tokens, "acme")
    assert [("low-contrast", DARK)] == [(each.code, str(each.place.path)) for each in found]
    assert found[0].message.startswith("in mode dark, ")


def test_an_override_of_light_leaves_dark_alone():
    light = {"glow": color("#111111")}
    base = {
        "brands/acme/tokens/r.json": {
            **RESOLVER,
            "modifiers": {
                "theme": {
                    "contexts": {"light": [{"color": {"text": color("#001122")}}], "dark": [{"$ref": "dark.json"}]},
                    "default": "light",
                }
            },
        }
    }
    _, plain = opened({LIGHT: light, DARK: {"glow": color("#eeeeee")}})
    _, engine = opened({LIGHT: light, DARK: {"glow": color("#eeeeee")}, **base})
    found, solved = shown(engine, "color.text"), shown(plain, "color.text")
    assert ["#012", solved[Mode.DARK], "#012", solved[Mode.DARK_CONTRAST]] == [found[mode] for mode in Mode]


def test_a_new_token_of_one_mode_is_told_of():
    _, engine = opened({DARK: {"glow": color("#eeeeee"), "rare": color("#010203")}, LIGHT: {"glow": color("#111111")}})
    assert {"#010203"} == set(shown(engine, "rare").values())
    (found,) = engine.diagnostics(tokens, "acme")
    assert ("token-not-in-context", DARK) == (found.code, str(found.place.path))
    message = "`rare` is defined in `dark`, `dark-contrast` only; in the other modes it has that value too"
    assert message == found.message


def test_where_the_default_stays_it_is_not_blamed():
    """In light mode the text is solved, and the ground that cannot carry it is the brand's."""
    light = {"glow": color("#111111"), "color": {"selection": color("#101010")}}
    dark = {"glow": color("#eeeeee"), "color": {"selection-text": color("#ffffff")}}
    _, engine = opened({LIGHT: light, DARK: dark})
    engine.get(tokens, "acme")
    found = engine.diagnostics(tokens, "acme")
    assert [("low-contrast", LIGHT)] == [(each.code, str(each.place.path)) for each in found]
    assert "`color.selection-text` on `color.selection`" in found[0].message
