"""What a brand's file says of its tokens: values as in its other outputs, and ratios that another library finds too."""

import json
from math import floor

import pytest
from coloraide import Color

from themekit.model import Mode
from themekit.resolve import resolve_tokens
from themekit.site.style_guide.values import guide_values

SPEC = {
    "name": "Acme",
    "color": {"primary": "#0b5fff", "palettes": {"gradient": True}},
    "tokens": {
        "color": {
            "$type": "color",
            "glow": {"$description": "Light & behind", "$value": "#0b5fff80"},
            "wide": {"$value": "color(display-p3 0 1 0)"},
        },
        "gap": {"form": {"$type": "dimension", "$value": "6px"}},
    },
}


def read(content):
    head, _, text = content.decode().partition("=")
    assert "self.TK_STYLE_GUIDE" == head
    return json.loads(text.removesuffix(";\n"))


@pytest.fixture
def guide(make_brand):
    resolved, diagnostics = resolve_tokens(make_brand(SPEC))
    assert not [each for each in diagnostics if each.is_error]
    return resolved, read(guide_values(resolved, locale="en").content)


def test_a_token_has_its_property_its_type_and_a_value_for_each_mode(guide):
    _, found = guide
    assert list(Mode) == found["modes"]
    assert {"name": "--tk-space-4", "type": "dimension", "values": ["1rem"]} == found["tokens"]["space.4"]
    text = found["tokens"]["color.text"]
    assert ("--tk-color-text", "color", 4, 4) == (text["name"], text["type"], len(text["values"]), len(text["ratios"]))


def test_ratios_are_those_of_another_library(guide):
    """Of opaque colours that sRGB holds; rounded down, on the page of their mode."""
    _, found = guide
    pages = found["tokens"]["color.page"]["values"]
    checked = 0
    for token in found["tokens"].values():
        if token["type"] != "color":
            continue
        for index, ratio in enumerate(token["ratios"]):
            value = token["values"][index if len(token["values"]) > 1 else 0]
            if value.startswith("#") and len(value) in {4, 7}:
                expected = Color(value).contrast(Color(pages[index]), method="wcag21")
                assert floor(expected * 100) / 100 == pytest.approx(float(ratio), abs=0.011)
                checked += 1
    assert 600 < checked


def test_pairs_have_the_ratio_of_their_two_colours(guide):
    _, found = guide
    assert 4 == len(found["pairs"]["color.link color.page"])
    assert found["tokens"]["color.link"]["ratios"] == found["pairs"]["color.link color.page"]


def test_what_only_this_brand_has_stands_apart(guide):
    _, found = guide
    own = {token["name"]: token for token in found["own"]}
    assert {"--tk-color-glow", "--tk-color-wide", "--tk-gap-form", "--tk-gradient-brand"} <= own.keys()
    assert own.keys().isdisjoint(token["name"] for token in found["tokens"].values())
    assert "Light & behind" == own["--tk-color-glow"]["about"]
    assert ["color(display-p3 0 1 0)"] == own["--tk-color-wide"]["values"]
    assert ["#0b5fff80"] == own["--tk-color-glow"]["values"]


def test_a_translucent_colour_has_the_ratio_of_what_is_seen(guide):
    _, found = guide
    page = Color(found["tokens"]["color.page"]["values"][0])
    seen = Color.layer([Color("#0b5fff80"), page], space="srgb")
    own = {token["name"]: token for token in found["own"]}
    assert seen.contrast(page, method="wcag21") == pytest.approx(float(own["--tk-color-glow"]["ratios"][0]), abs=0.03)


def test_german_figures_have_a_comma(make_brand, specs):
    resolved, _ = resolve_tokens(make_brand(specs["AWKWARD"], "zitrone"))
    found = read(guide_values(resolved, locale="de").content)
    assert "1,00" == found["tokens"]["color.page"]["ratios"][0]


def test_the_file_is_ascii_whatever_a_brand_writes(make_brand):
    """No character of a description ends a line of a script, or a script."""
    spec = {"name": "Acme", "color": {"primary": "#0b5fff"}}
    spec["tokens"] = {"größe": {"$type": "number", "$value": 1, "$description": "Ä \u2028 B"}}
    resolved, _ = resolve_tokens(make_brand(spec))
    content = guide_values(resolved, locale="en").content
    assert content.isascii()
    assert 1 == content.count(b"\n")
    assert "--tk-größe" == read(content)["own"][0]["name"]
