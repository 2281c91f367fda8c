"""The colour that `low-contrast` offers has the floor of APCA that the brand asks for, where one has both."""

from tests.resolve.brands import brand
from themekit.model import Mode
from themekit.resolve import contrast_report, resolve_tokens
from themekit.resolve.luminance import lightness_contrast

FAINT = {"color": {"text-muted": {"$type": "color", "$value": "#8a8f98"}}}


def offered(own, **options):
    found = brand("#0b5fff", own, {"options": options} if options else {})
    return next(each for each in resolve_tokens(found)[1] if each.code == "low-contrast").hint.split("`")[1]


def lc_of(text, **options):
    own = {"color": {"text-muted": {"$type": "color", "$value": text}}}
    tokens, _ = resolve_tokens(brand("#0b5fff", own, {"options": options}))
    pairs = contrast_report(tokens, text_lc=options["textLc"])
    return [pair for pair in pairs if pair.text == "color.text-muted" and pair.mode is Mode.LIGHT]


def test_the_offer_has_ratio_and_floor():
    plain, with_floor = offered(FAINT), offered(FAINT, textLc=90)
    assert plain != with_floor
    pairs = lc_of(with_floor, textLc=90)
    assert {75.0} == {pair.required_lc for pair in pairs}
    assert all(pair.passes and pair.has_lc for pair in pairs)
    assert not all(pair.has_lc for pair in lc_of(plain, textLc=90))


def test_a_floor_that_nothing_has_leaves_the_ratio():
    """On a middle grey no text has Lc 90; the colour with the ratio is offered all the same."""
    own = {
        "color": {
            "$type": "color",
            "selection": {"$value": "#8a8a8a"},
            "selection-text": {"$value": "#7a7a7a"},
        }
    }
    text = offered(own, textLc=90)
    grey, found = (138, 138, 138), tuple(bytes.fromhex(text[1:]))
    assert abs(lightness_contrast(found, grey)) < 75


def test_the_report_has_the_floor_of_each_text():
    tokens, _ = resolve_tokens(brand("#0b5fff", {}, {"options": {"textLc": 75}}))
    by_names = {(pair.text, pair.ground): pair.required_lc for pair in contrast_report(tokens, text_lc=75)}
    assert 75 == by_names["color.text", "color.page"]
    assert 60 == by_names["color.text-muted", "color.page"]
    assert 0 == by_names["color.focus", "color.page"]
    assert {0} == {pair.required_lc for pair in contrast_report(tokens)}
