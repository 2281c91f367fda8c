"""What a brand chooses about its scales: what each choice changes, and that none breaks the contract or is lost."""

import json
from itertools import pairwise

import pytest

from tests.resolve.brands import PATH, brand, found, resolved, value
from themekit.model import BrandId, Mode
from themekit.resolve import contrast_report, resolve_tokens
from themekit.resolve.colour import apca_lc, to_oklch
from themekit.resolve.colour import hex as hex_of
from themekit.resolve.hue import hue_distance
from themekit.resolve.seeds import SCALES, brand_seeds
from themekit.source.brand import BrandInputs, parse_brand


def with_options(primary="#0b5fff", *, colors=None, **options):
    return resolved(primary, colors={**(colors or {}), "options": options})


def read(colors):
    text = json.dumps({"name": "Acme", "color": {"primary": "#0b5fff", **colors}}).encode()
    return parse_brand(PATH, text, brand_id=BrandId("acme"), inputs=BrandInputs(lambda _: None, lambda _: ()))


def least_lc(tokens, text, mode):
    grounds = [value(tokens, f"color.{scale}.{step}", mode) for scale in SCALES for step in range(1, 6)]
    return min(abs(apca_lc(value(tokens, text, mode), ground)) for ground in grounds)


def test_the_defaults_said_aloud_change_nothing():
    said = {"textLc": 0, "chroma": "standard", "hueShift": {"light": 0, "dark": 0}}
    assert resolved() == with_options(**said)


def test_running_text_has_the_floor_on_every_surface():
    """And other text has one of APCA's steps less. By day 4.5:1 alone gives step 11 some Lc 66."""
    tokens = with_options(colors={"solid": "adjust"}, textLc=85)
    for mode in Mode:
        assert least_lc(tokens, "color.neutral.12", mode) >= 85
        assert least_lc(tokens, "color.primary.11", mode) >= 70
        keyword, ground = (value(tokens, f"color.code.{name}", mode) for name in ("keyword", "background"))
        assert abs(apca_lc(keyword, ground)) >= 70
    assert least_lc(resolved(), "color.primary.11", Mode.LIGHT) < 70


def test_a_floor_moves_no_further_than_it_must():
    """Of two steps of lightness nearer to where the search began, the floor is missed."""
    tokens = with_options(colors={"solid": "adjust"}, textLc=85)
    assert 70 <= least_lc(tokens, "color.neutral.11", Mode.LIGHT) < 71.5


def test_a_given_solid_is_kept_and_the_miss_is_said():
    tokens, diagnostics = resolve_tokens(brand("#e4573d", colors={"options": {"textLc": 85}}))
    assert "#e4573d" == hex_of(value(tokens, "color.primary.9"))
    (one,) = diagnostics
    assert [("apca-floor", "/color/options/textLc")] == found(diagnostics)
    assert not one.is_error
    assert one.hint.startswith('`"solid": "adjust"` lets solids move')


def test_what_the_hint_says_can_be_had_can_be_had():
    _, (one,) = resolve_tokens(brand("#e4573d", colors={"options": {"textLc": 85}}))
    reachable = int(one.hint.split("`")[-2])
    assert 40 < reachable < 85
    assert () == resolve_tokens(brand("#e4573d", colors={"options": {"textLc": reachable}}))[1]


def test_an_adjusted_solid_carries_its_label_at_the_floor():
    tokens = with_options("#e4573d", colors={"solid": "adjust"}, textLc=85)
    for mode in Mode:
        for step in (9, 10):
            ground = value(tokens, f"color.primary.{step}", mode)
            assert abs(apca_lc(value(tokens, "color.primary.on", mode), ground)) >= 70


def test_a_floor_that_nobody_reaches_is_said_and_black_and_white_are_taken():
    """Even black has less than Lc 100 on an active component's ground, which is not white."""
    tokens, diagnostics = resolve_tokens(brand(colors={"solid": "adjust", "options": {"textLc": 100}}))
    assert "#000000" == hex_of(value(tokens, "color.neutral.12"))
    assert ["apca-floor"] == [one.code for one in diagnostics]
    assert all(pair.passes for pair in contrast_report(tokens))


def test_an_override_is_held_to_the_floor():
    override = {"color": {"text-muted": {"$type": "color", "$value": "{color.neutral.8}"}}}
    _, diagnostics = resolve_tokens(brand(tokens=override, colors={"options": {"textLc": 60}}))
    assert "low-contrast" in {one.code for one in diagnostics}
    override = {"color": {"text-muted": {"$type": "color", "$value": "#5d6470", **dark("#a8afbb")}}}
    _, diagnostics = resolve_tokens(brand(tokens=override, colors={"solid": "adjust", "options": {"textLc": 90}}))
    assert any("`color.text-muted`" in one.message for one in diagnostics if one.code == "apca-floor")


def dark(color):
    return {"$extensions": {"themekit": {"modes": {"dark": color}}}}


@pytest.mark.parametrize("step", [2, 3, 5, 7, 11])
def test_curves_go_from_muted_to_vivid(step):
    """In high contrast there is less room: text is near black or white, where all are the same."""
    for mode in (Mode.LIGHT, Mode.DARK):
        name = f"color.primary.{step}"
        chromas = [value(with_options(chroma=one), name, mode).components[1] for one in ("muted", "standard", "vivid")]
        assert chromas == sorted(set(chromas))


def test_no_curve_changes_a_solid():
    assert {"#0b5fff"} == {hex_of(value(with_options(chroma=one), "color.primary.9")) for one in ("muted", "vivid")}


def test_muted_code_is_calmer():
    keyword = [to_oklch(value(with_options(chroma=one), "color.code.string"))[1] for one in ("muted", "standard")]
    assert keyword[0] < 0.75 * keyword[1]


def test_the_hue_turns_towards_the_ends_and_not_at_the_seed():
    tokens = with_options(hueShift={"light": 20, "dark": -30})
    hues = [value(tokens, f"color.primary.{step}").components[2] for step in (3, 9, 12)]
    seed = brand_seeds(brand().color)[0].shade[2]
    assert 10 < hues[0] - seed <= 20
    assert seed == hues[1]
    assert -30 <= hues[2] - seed < -10
    assert all(one > other for one, other in pairwise(hues))


def test_status_colours_do_not_turn():
    turned, straight = with_options(hueShift={"light": 40, "dark": 40}), resolved()
    for name in ("success", "warning", "danger", "info"):
        one, other = (to_oklch(value(tokens, f"color.{name}.3")) for tokens in (turned, straight))
        assert hue_distance(one[2], other[2]) < 0.01


def test_greys_have_the_share_of_hue_asked_for():
    chromas = [value(with_options(neutralTint=tint), "color.neutral.11").components[1] for tint in (0, 0.3, 1)]
    assert 0 == chromas[0] < chromas[1] < chromas[2]
    assert 0 == hue_distance(
        brand_seeds(brand(colors={"options": {"neutralTint": 1}}).color)[2].shade[2],
        brand_seeds(brand().color)[0].shade[2],
    )


def test_a_tint_beside_a_given_neutral_is_reported():
    made, diagnostics = read({"neutral": "#777777", "options": {"neutralTint": 0.5}})
    assert made is not None
    assert [("unused-option", "/color/options/neutralTint")] == found(diagnostics)


@pytest.mark.parametrize(
    ("options", "code", "pointer"),
    [
        ({"textLc": 101}, "out-of-range", "/color/options/textLc"),
        ({"textLc": "75"}, "wrong-type", "/color/options/textLc"),
        ({"chroma": "loud"}, "unknown-choice", "/color/options/chroma"),
        ({"hueShift": {"dark": -41}}, "out-of-range", "/color/options/hueShift/dark"),
        ({"hueShift": 12}, "wrong-type", "/color/options/hueShift"),
        ({"neutralTint": 1.5}, "out-of-range", "/color/options/neutralTint"),
        ({"neutralTnt": 1}, "unknown-key", "/color/options/neutralTnt"),
    ],
)
def test_wrong_options_are_told_at_their_place(options, code, pointer):
    made, diagnostics = read({"options": options})
    assert made is None
    assert [(code, pointer)] == found(diagnostics)
