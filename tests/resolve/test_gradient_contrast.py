"""Text on gradients: at the stops, between them, by name; and gradients of which nobody says what text is on them."""

import pytest
from coloraide.everything import ColorAll as Oracle

from tests.resolve.brands import brand
from themekit.model import Mode
from themekit.resolve import contrast_report, resolve_tokens, unjudged_gradients
from themekit.resolve.colour import hex as hex_of
from themekit.resolve.gradient_contrast import text_names

WHITE, BLACK = "#ffffff", "#000000"


def gradient(*colors):
    stops = [{"color": color, "position": index / (len(colors) - 1)} for index, color in enumerate(colors)]
    return {"$type": "gradient", "$value": stops}


def color(value, **modes):
    extensions = {"$extensions": {"themekit": {"modes": modes}}} if modes else {}
    return {"$type": "color", "$value": value, **extensions}


def judged(own, **fields):
    """The pairs on gradients by mode, and what is said of them."""
    tokens, diagnostics = resolve_tokens(brand("#0b5fff", own, **fields))
    pairs = {pair.mode: pair for pair in contrast_report(tokens) if pair.ground.startswith("gradient.")}
    return tokens, pairs, diagnostics


def test_a_gradient_that_can_be_read_everywhere_passes():
    own = {"gradient": {"hero": gradient("#101840", "#3a1050")}, "color": {"on-hero": color(WHITE)}}
    tokens, pairs, diagnostics = judged(own)
    assert () == diagnostics
    assert set(Mode) == set(pairs)
    assert all(pair.passes for pair in pairs.values())
    assert () == unjudged_gradients(tokens)


def test_it_is_judged_between_its_stops():
    """White is read on both ends; on the way between them, by other hues in OKLCH, it is not."""
    ends = ("#696e28", "#2350f5")
    own = {"gradient": {"hero": gradient(*ends)}, "color": {"on-hero": color(WHITE)}}
    _, pairs, diagnostics = judged(own)
    assert all(Oracle(WHITE).contrast(end) > 5 for end in ends)
    light = pairs[Mode.LIGHT]
    assert not light.passes
    assert Oracle(WHITE).contrast(hex_of(light.worst)) == pytest.approx(light.ratio, abs=0.01)
    way = [Oracle(each).convert("srgb").fit(method="clip") for each in Oracle.steps(ends, steps=65, space="oklch")]
    assert min(Oracle(WHITE).contrast(each) for each in way) == pytest.approx(light.ratio, abs=0.05)
    assert {"low-contrast"} == {each.code for each in diagnostics}
    assert "`color.on-hero` on `gradient.hero`" in diagnostics[0].message
    assert "/tokens/color/on-hero/$value" == diagnostics[0].place.pointer


def test_what_is_offered_passes():
    own = {"gradient": {"hero": gradient("#eeeeee", "#cccccc")}, "color": {"on-hero": color("#999999")}}
    _, _, diagnostics = judged(own)
    offered = diagnostics[0].hint.split("`")[1]
    own["color"]["on-hero"]["$value"] = offered
    assert () == judged(own)[2]


def test_each_mode_has_its_own_place():
    own = {
        "gradient": {"hero": gradient("{color.page}", "{color.surface}")},
        "color": {"on-hero": color(BLACK, dark="#333333")},
    }
    _, pairs, diagnostics = judged(own)
    assert [Mode.DARK, Mode.DARK_CONTRAST] == [mode for mode, pair in pairs.items() if not pair.passes]
    assert {"/tokens/color/on-hero/$extensions/themekit/modes/dark"} == {each.place.pointer for each in diagnostics}


def test_a_gradient_without_a_text_is_named():
    """Nothing is left out in silence, and nothing is guessed."""
    tokens, pairs, diagnostics = judged({"gradient": {"hero": gradient("#ffffff", "#000000")}})
    assert ({}, ()) == (pairs, diagnostics)
    assert ("gradient.hero",) == unjudged_gradients(tokens)


def test_translucent_stops_lie_on_the_page():
    own = {"gradient": {"hero": gradient("#00000000", "#00000010")}, "color": {"on-hero": color(BLACK, dark=WHITE)}}
    _, pairs, diagnostics = judged(own)
    assert () == diagnostics
    assert all(pair.passes for pair in pairs.values())


def test_an_override_of_the_brands_gradient_is_judged_between_the_stops():
    own = {"color": {"gradient": {"1": color("#696e28"), "2": color("#2350f5")}}}
    _, pairs, diagnostics = judged(own, color={"primary": "#0b5fff", "palettes": {"gradient": True}})
    assert "gradient.brand" == pairs[Mode.LIGHT].ground
    assert any("`color.on-gradient` on `gradient.brand`" in each.message for each in diagnostics)
    assert all("/tokens/color/gradient/" in each.place.pointer for each in diagnostics)


def test_the_brands_own_gradient_keeps_the_contract():
    _, pairs, diagnostics = judged({}, color={"primary": "#0b5fff", "palettes": {"gradient": True}})
    assert () == diagnostics
    assert [4.5, 4.5, 7.0, 7.0] == [pairs[mode].required for mode in Mode]
    assert all(pair.passes for pair in pairs.values())


@pytest.mark.parametrize(
    ("gradient_id", "names"),
    [
        ("gradient.hero", ["color.on-hero", "gradient.on-hero"]),
        ("hero", ["color.on-hero", "on-hero"]),
        ("gradient.cards.top", ["color.cards.on-top", "color.on-top", "gradient.cards.on-top"]),
        ("gradient.brand", ["color.on-gradient"]),
    ],
)
def test_names_of_texts(gradient_id, names):
    assert names == list(text_names(gradient_id))


def test_one_stop_is_a_ground_too():
    stops = [{"color": "#777777", "position": 0}]
    own = {"gradient": {"hero": {"$type": "gradient", "$value": stops}}, "color": {"on-hero": color(WHITE)}}
    _, pairs, _ = judged(own)
    assert Oracle(WHITE).contrast("#777777") == pytest.approx(pairs[Mode.LIGHT].ratio, abs=0.01)
