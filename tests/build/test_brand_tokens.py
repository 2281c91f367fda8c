"""A brand whose tokens stand in a resolver document: what an edit of one of its files makes anew, and its errors."""

import json

from themekit.build.brands import tokens
from themekit.engine import Engine, MemoryHost, MemoryStore
from themekit.model import Mode
from themekit.render.css import text_of

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
