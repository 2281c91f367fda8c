"""Logos: the brand's own where they can be seen, on a plate where they cannot, drawn where there are none."""

import io

import pytest
from PIL import Image

from tests.assets.sample import FIXED, NAVY_WORDMARK, WAVE, brand_of, fixed_tokens, read, sample_of
from themekit.assets import lettering, logos, visibility
from themekit.assets.lettering import Letterer, Whole, set_lines
from themekit.assets.logos import emit_logos, read_logos
from themekit.assets.palette import palette, rgb_of
from themekit.assets.social_card import emit_social_card
from themekit.diagnostics import Reporter
from themekit.model import Mode, ResolvedToken, ResolvedTokens, TokenId
from themekit.render.fonts import Typeface
from themekit.render.worker import Failed
from themekit.resolve.luminance import ratio

NEARLY_WHITE = NAVY_WORDMARK.replace("#14213d", "#fafafa").replace("#fca311", "#ffffff")
MINIMAL = {"name": "Acme", "color": {"primary": "#0b5fff"}}


def logos_of(fields=(), files=None, tokens=None, letterer=None):
    brand, given = brand_of("acme", {**MINIMAL, **dict(fields)}, files or {})
    letterer = letterer or sample_of(brand).letterer
    return read_logos(brand, tokens or fixed_tokens(), files=given, letterer=letterer)


def png(color: str, size=(60, 20), kind="png") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, color).save(out, kind)
    return out.getvalue()


def codes(diagnostics) -> list[str]:
    return [diagnostic.code for diagnostic in diagnostics]


def test_a_logo_that_is_seen_on_dark_is_used_there_too():
    bright = NAVY_WORDMARK.replace("#14213d", "#0b7a3b")
    logos, diagnostics = logos_of({"logos": {"light": "logo.svg"}}, {"logo.svg": bright})
    assert () == diagnostics
    assert logos.light == logos.dark


def test_a_dark_logo_gets_a_plate_on_dark():
    logos, diagnostics = logos_of({"logos": {"light": "logo.svg"}}, {"logo.svg": NAVY_WORDMARK})
    assert () == diagnostics
    assert logos.light.body in logos.dark.body
    assert 'fill="#ffffff"/><svg' in logos.dark.body


def test_a_logo_for_dark_alone_gets_a_plate_on_light():
    logos, diagnostics = logos_of({"logos": {"dark": "logo.svg"}}, {"logo.svg": NEARLY_WHITE})
    assert () == diagnostics
    assert NEARLY_WHITE.count("path") == logos.dark.body.count("path")
    assert 'fill="#101114"/><svg' in logos.light.body


def test_both_files_are_used_as_they_are():
    logos, _ = logos_of({"logos": {"light": "a.svg", "dark": "b.svg"}}, {"a.svg": NAVY_WORDMARK, "b.svg": NEARLY_WHITE})
    assert "#14213d" in logos.light.body
    assert "#fafafa" in logos.dark.body


def test_the_header_takes_the_file_that_is_seen_on_it():
    """The header is the brand's colour in both schemes, so the logo for dark pages is often the one."""
    logos, _ = logos_of({"logos": {"light": "a.svg", "dark": "b.svg"}}, {"a.svg": NAVY_WORDMARK, "b.svg": NEARLY_WHITE})
    assert logos.dark == logos.header_light == logos.header_dark


def test_a_logo_lost_on_its_own_page_is_told():
    _, diagnostics = logos_of({"logos": {"light": "logo.svg"}}, {"logo.svg": NEARLY_WHITE})
    assert ["faint-logo"] == codes(diagnostics)
    assert "`logos.dark`" in diagnostics[0].hint


def svg(content: str) -> str:
    gradient = '<linearGradient id="g"><stop stop-color="#f00" stop-opacity="0"/></linearGradient>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 30">{gradient}{content}</svg>'


EMPTY = {
    "nothing": svg(""),
    "no fill": svg('<path d="M0 0h90v30z" fill="none"/>'),
    "no such gradient": svg('<path d="M0 0h90v30z" fill="url(#nope)"/>'),
    "a gradient of nothing": svg('<path d="M0 0h90v30z" fill="url(#g)"/>'),
    "outside": svg('<path d="M200 0h90v30z"/>'),
    "a thin veil": svg('<path d="M0 0h90v30z" fill-opacity="0.02"/>'),
    "text": svg('<text x="9" y="20" font-size="20">Acme</text>'),
}


@pytest.mark.parametrize("content", EMPTY.values(), ids=EMPTY)
@pytest.mark.parametrize("role", ["light", "dark", "mark"])
def test_a_logo_that_draws_nothing_is_told_and_the_name_is_drawn(role, content):
    found, diagnostics = logos_of({"logos": {role: "logo.svg"}}, {"logo.svg": content})
    plain, _ = logos_of()
    empty = [each for each in diagnostics if each.code != "svg-text"]
    assert [("empty-logo", f"/logos/{role}")] == [(each.code, each.place.pointer) for each in empty]
    assert "`logo.svg` draws nothing, so it is not used" == empty[0].message
    assert ("<text" in content) == ("outlines" in empty[0].hint)
    assert plain == found


def test_a_transparent_picture_is_empty_too():
    out = io.BytesIO()
    Image.new("RGBA", (60, 20), (255, 0, 0, 0)).save(out, "png")
    found, diagnostics = logos_of({"logos": {"light": "logo.png"}}, {"logo.png": out.getvalue()})
    assert ["empty-logo"] == codes(diagnostics)
    assert logos_of()[0] == found


def test_a_veil_that_can_be_seen_is_no_empty_logo():
    veil = svg('<path d="M0 0h90v30z" fill="#0b5fff" fill-opacity="0.4"/>')
    found, diagnostics = logos_of({"logos": {"light": "logo.svg"}}, {"logo.svg": veil})
    assert () == diagnostics
    assert "0.4" in found.light.body


def test_an_opaque_picture_is_its_own_plate():
    logos, diagnostics = logos_of({"logos": {"light": "logo.png"}}, {"logo.png": png("#0a7a3a")})
    assert () == diagnostics
    assert logos.light == logos.dark
    assert "data:image/png;base64," in logos.light.text


@pytest.mark.parametrize("name", ["logo.svg", "logo.png"])
def test_a_file_that_cannot_be_used_is_an_error_and_a_wordmark_is_drawn(name):
    logos, diagnostics = logos_of({"logos": {"light": name}}, {name: b"<html/>"})
    assert [{"logo.svg": "invalid-svg", "logo.png": "invalid-image"}[name]] == codes(diagnostics)
    assert logos.light == logos_of()[0].light


def test_a_suffix_that_lies_is_an_error():
    _, (diagnostic,) = logos_of({"logos": {"light": "logo.png"}}, {"logo.png": png("red", kind="jpeg")})
    assert "invalid-image" == diagnostic.code
    assert "rename it to `logo.jpeg`" == diagnostic.hint


def test_a_picture_that_cannot_be_drawn_is_an_error(monkeypatch):
    """What resvg refuses after all checks, or dies of, is still a diagnostic."""
    monkeypatch.setattr(visibility, "rasterise", lambda *_: Failed("the decoder crashed (SIGABRT)"))
    logos, (diagnostic,) = logos_of({"logos": {"mark": "mark.svg"}}, {"mark.svg": WAVE})
    assert "unrenderable-image" == diagnostic.code
    assert "`mark.svg` cannot be drawn: the decoder crashed (SIGABRT)" == diagnostic.message
    assert logos.own_mark is None


def test_an_e_mail_logo_that_cannot_be_drawn_is_an_error(monkeypatch):
    brand, _ = brand_of("acme", MINIMAL)
    made, _ = logos_of()
    monkeypatch.setattr(logos, "rasterise", lambda *_: Failed("it takes longer than 60 s"))
    artifacts, diagnostics = emit_logos(brand, made, tokens=fixed_tokens())
    assert ["unrenderable-image"] * 2 == codes(diagnostics)
    assert 8 == len(artifacts)


def test_a_token_that_is_no_colour_is_our_own_mistake():
    token = ResolvedToken(TokenId("color.page"), "number", (1.0,), (None,))
    with pytest.raises(TypeError, match="float"):
        palette(ResolvedTokens((token,), (Mode.LIGHT,)), Mode.LIGHT)


def test_a_mark_lost_on_the_header_has_a_ring_or_a_plate_of_a_colour_it_is_seen_on():
    lemon = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><circle cx="24" cy="24" r="24" fill="{}"/></svg>'
    )
    yellow = fixed_tokens(header=("#ffd60a", "#ffd60a"))
    logos, _ = logos_of({"logos": {"mark": "mark.svg"}}, {"mark.svg": lemon.format("#ffc800")}, tokens=yellow)
    assert 'fill="#101114"' in logos.mark_header_light.body
    blue = fixed_tokens(header=("#0b5fff", "#0b5fff"))
    logos, _ = logos_of({"logos": {"mark": "mark.svg"}}, {"mark.svg": lemon.format("#0b5fff")}, tokens=blue)
    assert 'fill="#ffffff"' in logos.mark_header_light.body


def test_a_square_logo_is_the_mark():
    logos, _ = logos_of({"logos": {"light": "logo.svg"}}, {"logo.svg": WAVE})
    assert logos.own_mark is not None
    assert logos.light.body == logos.mark.body


def test_a_wide_logo_is_no_mark():
    logos, _ = logos_of({"logos": {"light": "logo.svg"}}, {"logo.svg": NAVY_WORDMARK})
    assert logos.own_mark is None
    assert logos.letter is not None


def test_an_own_mark_stands_in_the_drawn_wordmark():
    logos, _ = logos_of({"logos": {"mark": "mark.svg"}}, {"mark.svg": WAVE})
    assert "#12324a" in logos.light.body
    assert "scale(" in logos.light.body


@pytest.mark.parametrize("role", ["light", "dark", "header_light", "header_dark"])
def test_drawn_text_can_be_read_on_its_ground(role):
    logos, _ = logos_of()
    colors = palette(fixed_tokens(), Mode.DARK if "dark" in role else Mode.LIGHT)
    ground = colors.header if "header" in role else colors.page
    ink = getattr(logos, role).body.split('fill="')[-1][:7]
    assert ratio(rgb_of(ink), rgb_of(ground)) >= 4.5


def test_a_pale_tile_has_an_edge():
    """Yellow on white: the letter is dark, but the tile would be lost."""
    tokens = fixed_tokens(primary_9=("#ffd60a", "#ffd60a"), primary_edge=("#a77c00", "#ffd60a"))
    logos, _ = logos_of(tokens=tokens)
    assert 'stroke="#a77c00"' in logos.mark.body
    assert "stroke" not in logos.mark_dark.body


def test_a_long_name_goes_on_two_lines():
    name = "Genossenschaft der Zahlungsdienstleister"
    logos, _ = logos_of({"name": name})
    assert 2 == logos.light.body.count("scale(") - logos.mark.body.count("scale(")
    assert logos.light.box.aspect < 8


def test_corners_follow_the_brand():
    marks = {radius: logos_of({"shape": {"radius": radius}})[0].mark.body for radius in ("0px", "6px", "14px", "1rem")}
    assert "rx=" not in marks["0px"]
    assert 'rx="13.714"' in marks["6px"]
    assert 'rx="32"' in marks["14px"]
    assert 'rx="32"' in marks["1rem"]


@pytest.mark.parametrize(("name", "letter"), [("acme", "A"), ("“9bar”", "9"), ("ßeta", "ß"), ("— !", "")])
def test_the_letter_is_the_first_that_is_one(name, letter):
    from themekit.assets.mark import initial_of

    assert letter == initial_of(name)


def test_a_name_in_an_unknown_script_is_told_and_a_tile_is_drawn():
    logos, diagnostics = logos_of({"name": "中文 Pay"})
    assert {"missing-glyph"} == set(codes(diagnostics))
    assert "`中` `文`" in diagnostics[-1].message
    assert "scale(" in logos.light.body


def test_what_a_name_lacks_is_said_once():
    """Of initial, wordmark and card alike: they are parts of one name, at one place."""
    brand, _ = brand_of("acme", {**MINIMAL, "name": "東京 Pay 海"})
    sample = sample_of(brand)
    found, told = read_logos(brand, fixed_tokens(), files=(), letterer=sample.letterer)
    _, told_of_card = emit_social_card(brand, found, tokens=fixed_tokens(), letterer=sample.letterer)
    messages = {each.message for each in (*told, *told_of_card)}
    assert {"no font of the brand has `東` `京` `海`, which pictures with `東京 Pay 海` leave out"} == messages


def test_a_font_that_fails_on_the_whole_name_still_says_what_it_lacks(monkeypatch):
    """The parts were drawn; asked for the whole, the worker dies."""
    drawn = lettering.outline

    def outline(texts, *args, **kwargs):
        return Failed("it died") if list(texts) == ["中"] else drawn(texts, *args, **kwargs)

    monkeypatch.setattr(lettering, "outline", outline)
    report = Reporter()
    typeface = Typeface(read("@fonts/inter/Inter[opsz,wght].ttf"), 700)
    set_lines(["文"], (typeface,), report=report, size_px=10, whole=Whole("中"))
    assert ["no font of the brand has `文`, which pictures with `中` leave out"] == [
        each.message for each in report.found
    ]


def test_a_later_family_helps_out():
    """A heading font without a letter of the name gives way to one that has it."""
    narrow = Typeface(read("@fonts/space-grotesk/SpaceGrotesk[wght].ttf"), 700)
    wide = Typeface(read("@fonts/inter/Inter[opsz,wght].ttf"), 700)
    _, diagnostics = logos_of({"name": "Жук"}, letterer=Letterer((narrow, wide), ()))
    assert () == diagnostics
    assert {"missing-glyph"} == set(codes(logos_of({"name": "Жук"}, letterer=Letterer((narrow,), ()))[1]))


def test_of_two_families_that_lack_letters_the_fuller_is_taken():
    wide = Typeface(read("@fonts/inter/Inter[opsz,wght].ttf"), 700)
    narrow = Typeface(read("@fonts/space-grotesk/SpaceGrotesk[wght].ttf"), 700)
    for order in ((wide, narrow), (narrow, wide)):
        _, diagnostics = logos_of({"name": "Ж中"}, letterer=Letterer(order, ()))
        assert diagnostics[-1].message.startswith("no font of the brand has `中`, which")


def test_without_any_font_there_is_still_a_mark():
    logos, diagnostics = logos_of(letterer=Letterer((), ()))
    assert {"missing-glyph"} == set(codes(diagnostics))
    assert "<rect" in logos.light.body


def test_the_artifacts():
    brand, _ = brand_of("acme", MINIMAL)
    logos, _ = logos_of()
    artifacts, diagnostics = emit_logos(brand, logos, tokens=fixed_tokens())
    assert () == diagnostics
    by_name = {str(each.path): each for each in artifacts}
    assert [
        "assets/logo-light.svg",
        "assets/logo-dark.svg",
        "assets/logo-header-light.svg",
        "assets/logo-header-dark.svg",
        "assets/mark.svg",
        "assets/mark-dark.svg",
        "assets/mark-header-light.svg",
        "assets/mark-header-dark.svg",
        "assets/email-logo.png",
        "assets/email-logo-dark.png",
    ] == list(by_name)
    assert artifacts == emit_logos(brand, logos, tokens=fixed_tokens())[0]
    for name, ground in zip(("email-logo", "email-logo-dark"), FIXED["color.page"], strict=True):
        picture = Image.open(io.BytesIO(by_name[f"assets/{name}.png"].content)).convert("RGBA")
        assert 96 + 2 * 32 == picture.height
        assert (*rgb_of(ground), 255) == picture.getpixel((0, 0))
        assert (255, 255) == picture.getchannel("A").getextrema()
