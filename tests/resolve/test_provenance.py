"""Which field of a brand a default token comes from is measured, not written down."""

from dataclasses import replace
from pathlib import PurePosixPath

from themekit.resolve.provenance import default_sources
from themekit.source.brand import BrandInputs, parse_brand
from themekit.source.colors import parse_color

PATH = PurePosixPath("brands/a/brand.json")
TEXT = b'{"name": "A", "color": {"primary": "#0b5fff"}}'
BRAND, _ = parse_brand(PATH, TEXT, brand_id="a", inputs=BrandInputs(lambda _: None, lambda _: ()))


def sources(**seeds):
    colors = {name: parse_color(text) for name, text in seeds.items()}
    return default_sources(replace(BRAND, color=replace(BRAND.color, **colors)))


def test_all_comes_from_the_one_seed_there_is():
    found = sources()
    assert ("/color/primary",) == found["color.accent.9"] == found["color.link-visited"] == found["color.neutral.1"]
    assert () == found["color.link"]
    assert ("/shape/radius",) == found["radius.m"]
    assert ("/typography/families/heading", "/typography/families/body") == found["font.family.heading"]
    assert () == found["duration.fast"]


def test_a_seed_that_is_given_has_its_own_tokens():
    found = sources(accent="#e65100", neutral="#6b6f76", warning="#f79009")
    assert ("/color/accent",) == found["color.accent.9"]
    assert ("/color/neutral",) == found["color.neutral.12"]
    assert "/color/neutral" == found["color.text-subtle"][0]
    assert "/color/primary" == found["color.code.keyword"][0]
    assert ("/color/warning",) == found["color.admonition.warning"]
    assert ("/color/primary",) == found["color.admonition.note"]
    assert "/color/primary" == found["color.header-text-muted"][0]
