"""A brand's own tokens: where they go, what they may not be, and what they may not break."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

import themekit
from brands import alias, brand, found, hexes, literal, resolved, token
from themekit.model import Alias, Mode, ResolvedTokens, Token, TokenId, TokenSet
from themekit.render.property_names import property_name
from themekit.resolve import contrast_report, resolve_tokens
from themekit.resolve.aliases import resolve_aliases
from themekit.resolve.default_tokens import default_tokens
from themekit.resolve.luminance import ratio
from themekit.resolve.override_contrast import _resolved, judge_overrides, nearest_passing
from themekit.resolve.tokens import OF_THE_SHEETS
from themekit.site.style_guide.page import shared_tokens


def diagnosed(tokens, **fields):
    return resolve_tokens(brand(tokens=tokens, **fields))[1]


def test_an_override_keeps_the_place_and_new_tokens_follow_in_order():
    default = [one.id for one in resolved()]
    tokens = resolved(
        tokens={"z": {"b": literal("#111111")}, "color": {"overlay": literal("#00000080")}, "a": {"c": alias("z.b")}}
    )
    assert [*default, "z.b", "a.c"] == [one.id for one in tokens]
    assert ["#00000080"] * 4 == hexes(tokens, "color.overlay")


def test_an_override_keeps_the_description_unless_it_has_one():
    color = {"primary": {"9": literal("#0b5fff"), "10": {**literal("#0a50dd"), "$description": "Hover of ours"}}}
    tokens = resolved(tokens={"color": color})
    assert ["Solid", "Hover of ours"] == [token(tokens, f"color.primary.{step}").description for step in (9, 10)]


def test_defaults_that_refer_to_an_override_follow_it():
    tokens = resolved(tokens={"color": {"primary": {"9": literal("#0050e0", dark="#0b5fff")}}})
    assert ["#0050e0", "#0b5fff"] == hexes(tokens, "color.solid")[:2]


def test_an_override_of_another_type():
    (one,) = diagnosed({"color": {"page": {"$type": "dimension", "$value": "1px"}}})
    assert [("override-type", "/tokens/color/page")] == found([one])
    assert "`color.page` is a color and cannot be replaced by a dimension" == one.message
    assert 'write "$type": "color"' == one.hint


@pytest.mark.parametrize(
    ("tokens", "message", "hint"),
    [
        (
            {"color": {"primary": literal("#111111")}},
            "`color.primary` is a group, which holds `color.primary.1`",
            "name it `color.primary.$root`",
        ),
        (
            {"color": {"page": {"inner": literal("#111111")}}},
            "`color.page` is a token and cannot hold `color.page.inner`",
            None,
        ),
    ],
)
def test_a_token_is_no_group(tokens, message, hint):
    (one,) = diagnosed(tokens)
    assert ("token-is-group", message, hint) == (one.code, one.message, one.hint)


@pytest.mark.parametrize("name", ["rem", "Emblem"])
def test_a_name_that_the_sheets_use_themselves(name):
    """A token `rem` would multiply every length of the theme."""
    (one,) = diagnosed({name: {"$type": "number", "$value": 4}})
    said = f"`{name}` would be named `--tk-{name.lower()}`, which the theme's sheets use themselves"
    assert ("token-name-collision", said, "rename it") == (one.code, one.message, one.hint)


def test_every_property_that_sheets_only_read_or_set_at_the_root_is_taken():
    """Of those that are no tokens; what a sheet sets for one element alone is its own matter."""
    data = Path(themekit.__file__).parent / "data"
    sheets = [*(data / "scss").rglob("*.scss"), data / "site/overrides/assets/themekit/portal.css"]
    texts = [sheet.read_text(encoding="utf-8") for sheet in sheets]
    named = {name for text in texts for name in re.findall(r"var\(--tk-([a-z0-9-]+)[,)]", text)}
    set_here = {name for text in texts for name in re.findall(r"^ +--tk-([a-z0-9-]+):", text, re.MULTILINE)}
    names = [property_name("tk", token.id).removeprefix("--tk-") for token in shared_tokens()]
    unknown = {name for name in named if not any(name == each or name.startswith(f"{each}-") for each in names)}
    assert unknown - set_here <= OF_THE_SHEETS <= unknown  # Material's sheet sets `rem` for its whole page


def test_a_name_that_collides_with_a_default_in_css():
    (one,) = diagnosed({"color": {"primary-9": literal("#111111")}})
    assert ("token-name-collision", "to replace the default, write `color.primary.9`") == (one.code, one.hint)
    assert (
        "`color.primary-9` and the default token `color.primary.9` would both be named `--tk-color-primary-9`"
        == one.message
    )


def test_every_mistake_in_one_run():
    tokens = {
        "color": {
            "page": {"$type": "dimension", "$value": "1px"},
            "primary": literal("#111111"),
            "text": alias("no.such"),
        }
    }
    assert {"override-type", "token-is-group", "unknown-token"} == {one.code for one in diagnosed(tokens)}


def test_low_contrast_names_value_ratio_and_requirement():
    (one,) = diagnosed({"color": {"header-text": literal("#222222", dark="#ffffff")}})
    assert [("low-contrast", "/tokens/color/header-text/$value")] == found([one])
    assert (
        "in mode light, `color.header-text` on `color.header` has a contrast of 3.10:1, but needs 4.5:1" == one.message
    )
    assert () == one.notes


def test_the_hint_passes_and_is_the_nearest():
    """One 8-bit step back towards what was written fails."""
    (one,) = diagnosed({"color": {"header-text": literal("#dddddd", dark="#ffffff")}}, primary="#0b5fff")
    assert "the nearest colour that passes is `#f1f1f1`" == one.hint
    assert 4.5 <= ratio((0xF1,) * 3, (0x0B, 0x5F, 0xFF))
    assert 4.5 > ratio((0xF0,) * 3, (0x0B, 0x5F, 0xFF))
    assert () == diagnosed({"color": {"header-text": literal("#f1f1f1", dark="#ffffff")}})


def test_a_value_that_fails_only_in_the_dark_gets_the_key_to_write():
    (one,) = diagnosed({"color": {"text": literal("#222222")}})
    assert [("low-contrast", "/tokens/color/text/$value")] == found([one])
    assert one.message.startswith("in mode dark, `color.text` on ")
    assert one.hint.startswith('give the mode a value of its own: "$extensions": {"themekit": {"modes": {"dark": "#')


def test_further_pairs_are_notes():
    (one,) = diagnosed({"color": {"text": literal("#999999", dark="#eeeeee")}})
    assert ["also", "also", "also", "and"] == [note.message.split()[0] for note in one.notes]
    assert "and 15 more pairs" == one.notes[3].message


def test_a_ground_is_blamed_if_the_text_is_not_the_brands():
    """The hint is a ground on which all that stands on it can be read."""
    (one,) = diagnosed({"color": {"page": literal("#808080", dark="#121212")}})
    assert [("low-contrast", "/tokens/color/page/$value")] == found([one])
    hint = one.hint.split("`")[1]
    assert () == diagnosed({"color": {"page": literal(hint, dark="#121212")}})


def test_the_hint_for_a_ground_is_of_its_own_hue():
    light, dark = diagnosed({"color": {"surface": literal("#7a1020")}})
    assert "the nearest colour that passes is `#ffeeed`" == light.hint
    assert '"dark": "#4d000d"' in dark.hint


def test_text_is_blamed_before_its_ground():
    color = {"header": literal("#444444"), "header-text": literal("#555555")}
    assert {"/tokens/color/header-text/$value"} == {
        one.place.pointer for one in diagnosed({"color": color}) if "muted" not in one.message
    }


def test_blame_follows_references_to_the_brands_token():
    """`color.link` is the override; what it leads to is only where it got the value."""
    (one, *_) = diagnosed({"color": {"link": alias("brand.sky")}, "brand": {"sky": literal("#aaddff")}})
    assert [("low-contrast", "/tokens/color/link/$value")] == found([one])


def test_an_overridden_step_is_blamed_for_its_roles():
    diagnostics = diagnosed({"color": {"neutral": {"12": literal("#888888", dark="#eeeeee")}}})
    assert [("low-contrast", "/tokens/color/neutral/12/$value")] == found(diagnostics)


def test_the_hint_is_found_between_what_fails():
    """A solid must carry white text, and be seen on a dark page: too light fails, and too dark too."""

    def tokens(dark):
        return {"color": {"primary": {"9": literal("#0b5fff", dark=dark)}}}

    for dark in ("#3a7aff", "#0a2a66"):
        (one,) = diagnosed(tokens(dark))
        hint = one.hint.split("`")[1]
        assert () == diagnosed(tokens(hint))


def test_the_hint_says_if_no_colour_passes():
    """Text on a solid that is too bright for white, and whose hover is too dark for black."""
    pair = {"9": literal("#0b5fff", dark="#3a7aff"), "on": literal("#ffffff", dark="#d0d0d0")}
    (one,) = diagnosed({"color": {"primary": pair}})
    assert "no lightness of this colour passes everywhere: override the token it is paired with too" == one.hint
    assert nearest_passing((119, 119, 119), lambda _: False) is None


def test_translucent_text_is_judged_as_it_is_seen():
    """Half-transparent black on white is a grey of 4.00:1, though black on white has 21:1."""
    tokens, (one, *_) = resolve_tokens(brand(tokens={"color": {"text-subtle": literal("#00000080", dark="#eeeeee")}}))
    assert [("low-contrast", "/tokens/color/text-subtle/$value")] == found([one])
    pairs = {(one.mode, one.text, one.ground): one.ratio for one in contrast_report(tokens)}
    assert 4.0 == pytest.approx(pairs[Mode.LIGHT, "color.text-subtle", "color.surface-raised"], abs=0.02)


def test_a_translucent_ground_lies_on_the_page():
    tokens, _ = resolve_tokens(brand(tokens={"color": {"mark": literal("#ffff0000")}}))
    pairs = {(one.mode, one.text, one.ground): one.ratio for one in contrast_report(tokens)}
    assert pairs[Mode.DARK, "color.text", "color.page"] == pairs[Mode.DARK, "color.text", "color.mark"]


def test_high_contrast_keeps_the_solved_colour_unless_asked():
    """An override for the ordinary modes does not take high contrast from those who need it."""
    tokens = resolved(tokens={"color": {"link": literal("#0a4fd6", dark="#8ab4ff")}})
    default = resolved()
    assert ["#0a4fd6", "#8ab4ff", hexes(default, "color.link")[2], "#8ab4ff"] == hexes(tokens, "color.link")
    assert all(pair.passes for pair in contrast_report(tokens))


def test_high_contrast_that_was_asked_for_is_judged():
    diagnostics = diagnosed({"color": {"link": literal("#0a4fd6", dark="#8ab4ff", light_contrast="#0a4fd6")}})
    assert [("low-contrast", "/tokens/color/link/$extensions/themekit/modes/light-contrast")] == found(diagnostics)


def test_a_ground_that_was_not_asked_for_gives_way_to_text_that_was():
    color = {
        "header": literal("#ff9500", dark="#ff9500"),
        "header-text": literal("#000000", light_contrast="#ffffff"),
        "header-text-muted": literal("#111111", light_contrast="#ffffff"),
    }
    tokens = resolved(tokens={"color": color})
    assert ["#ff9500", "#ff9500", hexes(resolved(), "color.header")[2], "#ff9500"] == hexes(tokens, "color.header")


def test_what_was_put_back_is_not_blamed():
    """Not even the solved text can be read on this page, which was asked for."""
    color = {"page": literal("#ffffff", light_contrast="#808080"), "text": literal("#222222")}
    places = {one.place.pointer for one in diagnosed({"color": color}) if "light-contrast" in one.message}
    assert {"/tokens/color/page/$extensions/themekit/modes/light-contrast"} == places


def test_putting_a_default_back_closes_no_circle():
    """By default the page is step 1; here step 1 is the page."""
    color = {"page": literal("#b0b0b0", dark="#121212"), "neutral": {"1": alias("color.page")}}
    tokens, _ = resolve_tokens(brand(tokens={"color": color}))
    assert hexes(resolved(), "color.page")[2] == hexes(tokens, "color.page")[2]


def test_defaults_that_break_the_contract_are_our_bug():
    tokens = default_tokens(brand()).by_id()
    text = tokens[TokenId("color.header-text")]
    tokens[text.id] = replace(text, value=tokens[TokenId("color.header")].value)
    found_tokens, _ = resolve_aliases(tuple(tokens.values()))
    defaults = TokenSet(tuple(tokens.values()))
    with pytest.raises(ArithmeticError, match="default tokens break the contract in mode light"):
        judge_overrides(found_tokens, tuple(defaults), defaults=defaults, own=TokenSet())


def test_tokens_of_other_names_have_no_contract():
    """The report is of what there is: a part of the tokens gives a part of the pairs."""
    part = tuple(one for one in resolved() if one.id in {"color.text", "color.page"})
    assert {("color.text", "color.page")} == {(one.text, one.ground) for one in contrast_report(ResolvedTokens(part))}


def test_putting_back_what_is_broken_is_our_bug():
    with pytest.raises(ArithmeticError, match="no token is named"):
        _resolved([Token(TokenId("a.b"), None, Alias(TokenId("a.c")))])


def test_a_value_that_must_change_does_not_bind_the_others():
    """No text can be read on this page: the page is wrong, the text in the dark is not, and in light both are."""
    color = {"page": literal("#808080"), "text": literal("#999999", dark="#eeeeee")}
    diagnostics = diagnosed({"color": color})
    assert [
        ("low-contrast", "/tokens/color/page/$value"),
        ("low-contrast", "/tokens/color/page/$value"),
        ("low-contrast", "/tokens/color/text/$value"),
    ] == sorted(found(diagnostics))
    page, text, dark_page = (
        one.hint for one in sorted(diagnostics, key=lambda one: ("dark" in one.message, one.message))
    )
    assert "`#" in page
    assert "`#" in text
    assert '"dark": "#' in dark_page
