"""The DTCG file can be read back, and says the same in every mode."""

import json
from dataclasses import replace

import pytest
from themes import GOLDEN, emitted, mini, read_brand, theme

from themekit.model import (
    Alias,
    BorderValue,
    Color,
    Dimension,
    FontNames,
    ResolvedToken,
    ResolvedTokens,
    StrokeStyle,
    TokenId,
)
from themekit.resolve.aliases import resolve_aliases
from themekit.targets.dtcg import TARGET


def read_back(tokens):
    """The file as the `tokens` of a brand, resolved."""
    document = json.loads(emitted(TARGET, tokens)["tokens.json"])
    brand = read_brand(json.dumps({"name": "Back", "color": {"primary": "#000000"}, "tokens": document}))
    return resolve_aliases(brand.tokens.tokens)[0]


@pytest.mark.parametrize("tokens", [mini(), theme("violet"), theme("wide")], ids=["mini", "violet", "wide"])
def test_what_is_written_reads_back(tokens):
    """All but the references, which a resolved file has no more."""
    expected = [replace(token, references=(None,) * 4) for token in tokens]
    assert expected == list(read_back(tokens))


def test_a_mode_between_two_equal_ones_is_not_lost():
    """High contrast dark that is equal to light, but not to dark, must be written: unwritten it would be dark's."""
    white, black = (Color("srgb", (part, part, part)) for part in (1.0, 0.0))
    token = ResolvedToken(TokenId("a"), "color", (white, black, white, white), (None,) * 4)
    assert [token] == list(read_back(ResolvedTokens((token,))))


def test_colours_carry_a_hex_fallback_without_alpha():
    value = json.loads(emitted(TARGET, mini())["tokens.json"])["color"]["veil"]["$value"]
    assert {"colorSpace": "srgb", "components": [0, 0, 0], "alpha": 0.4, "hex": "#000000"} == value


NO_HUE = {"colorSpace": "oklch", "components": [0.5, 0, "none"]}
P3 = {"colorSpace": "display-p3", "components": [1, 0, 0], "hex": "#EE1100"}
PX = {"value": 1, "unit": "px"}


def written_again(value, type_="color", **modes):
    """The token that is made of one with this value, and these in modes."""
    extensions = {"$extensions": {"themekit": {"modes": modes}}} if modes else {}
    token = {"$type": type_, "$value": value, **extensions}
    brand = read_brand(json.dumps({"name": "A", "color": {"primary": "#000000"}, "tokens": {"t": token}}))
    tokens = ResolvedTokens(resolve_aliases(brand.tokens.tokens)[0])
    return json.loads(emitted(TARGET, tokens)["tokens.json"])["t"]


def test_components_that_are_none_stay_none():
    """They were 0: a red that is mixed with it goes through other hues then."""
    assert [0.5, 0, "none"] == written_again(NO_HUE)["$value"]["components"]
    border = written_again({"color": NO_HUE, "width": PX, "style": "solid"}, "border")
    assert [0.5, 0, "none"] == border["$value"]["color"]["components"]
    stops = written_again([{"color": {**NO_HUE, "alpha": 0.5}, "position": 0}], "gradient")["$value"]
    assert {"colorSpace": "oklch", "components": [0.5, 0, "none"], "alpha": 0.5, "hex": "#636363"} == stops[0]["color"]


def test_the_authors_own_hex_stays():
    """It was that of our mapping into sRGB, whoever chose another."""
    assert "#ee1100" == written_again(P3)["$value"]["hex"]
    assert "#ff3428" == written_again({**P3, "hex": "#ff3428"})["$value"]["hex"]
    shadow = {"color": P3, "offsetX": PX, "offsetY": PX, "blur": PX, "spread": PX}
    assert "#ee1100" == written_again(shadow, "shadow")["$value"][0]["color"]["hex"]
    wrong = {"colorSpace": "srgb", "components": [0, 0, 1], "hex": "#00ff00"}
    assert "#00ff00" == written_again(wrong)["$value"]["hex"]


def test_a_mode_in_which_only_that_differs_is_written():
    zero = {**NO_HUE, "components": [0.5, 0, 0]}
    found = written_again(NO_HUE, dark=zero)["$extensions"]["themekit"]["modes"]
    assert {"dark": [0.5, 0, 0]} == {mode: each["components"] for mode, each in found.items()}
    found = written_again(P3, dark={**P3, "hex": "#ff3428"})["$extensions"]["themekit"]["modes"]
    assert {"dark": "#ff3428"} == {mode: each["hex"] for mode, each in found.items()}
    assert "$extensions" not in written_again(P3, dark={**P3})


def test_a_root_token_stands_in_its_group():
    value = FontNames(("Inter",))
    tokens = [ResolvedToken(TokenId(name), "fontFamily", (value,) * 4, (None,) * 4) for name in ("a.$root", "a.b")]
    assert tokens == list(read_back(ResolvedTokens(tuple(tokens))))


def test_an_unresolved_member_is_our_bug():
    border = BorderValue(Alias(TokenId("a")), Dimension(1.0, "px"), StrokeStyle("solid"))
    token = ResolvedToken(TokenId("b"), "border", (border,) * 4, (None,) * 4)
    with pytest.raises(TypeError, match="`a` is not resolved"):
        emitted(TARGET, ResolvedTokens((token,)))


def test_a_token_inside_a_token_is_our_bug():
    tokens = [ResolvedToken(TokenId(name), "number", (1.0,) * 4, (None,) * 4) for name in ("a", "a.$type.b")]
    with pytest.raises(TypeError, match=r"`\$type` is a property of a token"):
        emitted(TARGET, ResolvedTokens(tuple(tokens)))


def test_golden(golden):
    golden(GOLDEN / "mini" / "tokens.json", emitted(TARGET, mini())["tokens.json"])
