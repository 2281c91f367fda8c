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
