"""The social card: its size, its text on a ground it can be read on, and nothing outside the picture."""

import io

import pytest
from PIL import Image

from tests.assets.sample import BRANDS, brand_of, fixed_tokens, sample, sample_of
from themekit.assets import social_card
from themekit.assets.lettering import Letterer
from themekit.assets.palette import palette, rgb_of
from themekit.assets.social_card import emit_social_card
from themekit.model import Mode
from themekit.resolve.luminance import ratio


def card_of(brand_id: str):
    case = sample(brand_id)
    return emit_social_card(case.brand, case.logos, tokens=case.tokens, letterer=case.letterer)


@pytest.mark.parametrize("brand_id", ["violet", "yellow", "navy", "long"])
def test_a_card_is_1200_by_630_and_the_same_each_time(brand_id):
    (card,), diagnostics = card_of(brand_id)
    assert () == diagnostics
    assert "assets/og-image.png" == str(card.path)
    assert (1200, 630) == Image.open(io.BytesIO(card.content)).size
    assert card_of(brand_id)[0] == (card,)


@pytest.mark.parametrize("brand_id", BRANDS)
def test_text_can_be_read_on_the_ground(brand_id):
    colors = palette(sample(brand_id).tokens, Mode.LIGHT)
    assert ratio(rgb_of(colors.header_text), rgb_of(colors.header)) >= 4.5
    assert ratio(rgb_of(colors.header_text_muted), rgb_of(colors.header)) >= 4.5


@pytest.mark.parametrize("brand_id", ["acme", "long", "zitrone"])
def test_text_stays_on_the_flat_ground(brand_id):
    """Between the text and the tiles, and in the margins, there is nothing but the ground."""
    picture = Image.open(io.BytesIO(card_of(brand_id)[0][0].content)).convert("RGB")
    ground = rgb_of(palette(sample(brand_id).tokens, Mode.LIGHT).header)
    empty = [(0, 0, 72, 630), (0, 0, 800, 72), (0, 575, 800, 630), (788, 0, 818, 630)]
    for box in empty:
        assert [(ground, ground)] == list(
            {tuple(zip(*picture.crop(box).getextrema(), strict=True))},
        )


def test_two_brands_of_one_look_differ():
    fields = {"name": "Acme", "color": {"primary": "#0b5fff"}}
    cards = []
    for brand_id in ("one", "two"):
        brand, _ = brand_of(brand_id, {**fields, "urls": {"site": "https://same.example/"}})
        case = sample_of(brand)
        cards.append(emit_social_card(brand, case.logos, tokens=case.tokens, letterer=case.letterer)[0][0].content)
    assert cards[0] != cards[1]


@pytest.mark.parametrize(("name", "is_shown"), [("Acme", True), (BRANDS["long"]["name"], False)])
def test_the_address_stands_beside_a_name_that_leaves_room(name, is_shown):
    cards = []
    for host in ("one.example", "two.example"):
        fields = {"name": name, "color": {"primary": "#0b5fff"}, "urls": {"site": f"https://{host}/"}}
        case = sample_of(brand_of("acme", fields)[0])
        cards.append(emit_social_card(case.brand, case.logos, tokens=case.tokens, letterer=case.letterer)[0])
    assert is_shown == (cards[0] != cards[1])


def test_without_a_font_there_is_a_card_without_words():
    brand, _ = brand_of("acme", {"name": "Acme", "color": {"primary": "#0b5fff"}})
    (card,), diagnostics = emit_social_card(
        brand, sample_of(brand).logos, tokens=fixed_tokens(), letterer=Letterer((), ())
    )
    assert {"missing-glyph"} == {each.code for each in diagnostics}
    assert card.content.startswith(b"\x89PNG")


def test_words_that_no_font_can_draw_leave_the_mark_alone_and_large():
    words = "\u0627\u0644\u0646\u0648\u0631"
    case = sample_of(brand_of("acme", {"name": words, "tagline": words, "color": {"primary": "#0b5fff"}})[0])
    (card,), diagnostics = emit_social_card(case.brand, case.logos, tokens=case.tokens, letterer=case.letterer)
    assert {"missing-glyph"} == {each.code for each in diagnostics}
    assert {"/tagline"} == {each.place.pointer for each in diagnostics}
    picture = Image.open(io.BytesIO(card.content)).convert("RGB")
    assert picture.getpixel((100, 315)) != picture.getpixel((10, 315))


def test_what_cannot_be_drawn_is_an_error(monkeypatch):
    from themekit.render.worker import Failed

    monkeypatch.setattr(social_card, "rasterise", lambda *_: Failed("the decoder crashed (SIGABRT)"))
    artifacts, (diagnostic,) = card_of("acme")
    assert () == artifacts
    assert "unrenderable-image" == diagnostic.code
