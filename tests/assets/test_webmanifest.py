import json

import pytest

from tests.assets.sample import brand_of, fixed_tokens
from themekit.assets.webmanifest import emit_webmanifest, short_name


def test_names_and_colours():
    brand, _ = brand_of("acme", {"name": 'Zitrone & Söhne’s "Pay"', "color": {"primary": "#0b5fff"}, "locale": "de"})
    (artifact,) = emit_webmanifest(brand, fixed_tokens(), start_url="../../")
    manifest = json.loads(artifact.content)
    assert 'Zitrone & Söhne’s "Pay"' == manifest["name"]
    assert ("de", "../../", "#0b5fff", "#ffffff") == (
        manifest["lang"],
        manifest["start_url"],
        manifest["theme_color"],
        manifest["background_color"],
    )
    assert "application/manifest+json" == artifact.media_type


def test_every_icon_that_it_names_is_made():
    from tests.assets.sample import sample_of
    from themekit.assets.icons import emit_icons
    from themekit.assets.logos import read_logos

    brand, _ = brand_of("acme", {"name": "Acme", "color": {"primary": "#0b5fff"}})
    logos, _ = read_logos(brand, fixed_tokens(), files=(), letterer=sample_of(brand).letterer)
    made = {each.path.name for each in emit_icons(brand, logos, tokens=fixed_tokens())[0]}
    manifest = json.loads(emit_webmanifest(brand, fixed_tokens())[0].content)
    assert {icon["src"] for icon in manifest["icons"]} <= made
    assert {"any", "maskable", "monochrome"} == {icon["purpose"] for icon in manifest["icons"]}


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Acme", "Acme"),
        ("Lumen Pay", "Lumen Pay"),
        ("Zitrone & Söhne", "Zitrone"),
        ("Harrow & Stone Clearing", "Harrow"),
        ("Zahlungsdienstleister eG", "Zahlungsdienstleister"),
        ("&", "&"),
    ],
)
def test_the_short_name_is_whole_words(name, short):
    assert short == short_name(name)
