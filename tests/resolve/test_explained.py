"""Why a token is what it is: the figures told are those of the colours, and nothing is left without a reason."""

import re
from dataclasses import replace

import pytest

from tests.resolve.brands import alias, brand, hexes, literal
from themekit.model import Color, Mode, TokenId, TokenSet
from themekit.resolve import resolve_tokens
from themekit.resolve.colour import apca_lc, contrast, to_oklch
from themekit.resolve.default_tokens import solve_modes
from themekit.resolve.explained import explain_token
from themekit.resolve.roles import role_searches

MOVED = re.compile(r"lightness moved ([\d.]+), from ([\d.]+) to ([\d.]+)")
REACHED = re.compile(r"on `(color\.[a-z0-9.-]+)`: ([\d.]+):1(?: and Lc ([\d.]+))?$")


def reasons(found, name):
    tokens, _ = resolve_tokens(found)
    return tokens, {one.mode: one for one in explain_token(found, TokenId(name), resolved=tokens)}


@pytest.mark.parametrize("primary", ["#0b5fff", "#ffe600", "#6b7280"])
def test_every_token_has_a_reason_and_its_figures_are_those_of_the_colours(primary):
    found = brand(primary, colors={"options": {"textLc": 70}})
    tokens, _ = resolve_tokens(found)
    told = 0
    for token in tokens:
        for one in explain_token(found, token.id, resolved=tokens):
            assert one.text
            moved, reached = MOVED.search(one.text), REACHED.search(one.text)
            if moved and reached:
                told += 1
                distance, start, end = map(float, moved.groups())
                assert end == pytest.approx(to_oklch(one.value)[0], abs=0.0006)
                assert distance == pytest.approx(abs(start - end), abs=0.0011)
                ground = tokens.in_mode(one.mode)[TokenId(reached[1])]
                assert 0 <= contrast(one.value, ground) - float(reached[2]) < 0.01
                if reached[3]:
                    assert 0 <= abs(apca_lc(one.value, ground)) - float(reached[3]) < 0.1
    assert told > 100


def test_a_move_ends_where_what_was_asked_is_had_on_the_hardest_ground():
    """On every other surface of every scale the text has more."""
    tokens, found = reasons(brand(), "color.primary.11")
    one = found[Mode.LIGHT]
    hardest = TokenId(REACHED.search(one.text)[1])
    colors = tokens.in_mode(Mode.LIGHT)
    assert "to reach 4.5:1 on" in one.text
    assert 4.5 <= contrast(one.value, colors[hardest]) < 4.6
    surfaces = [value for name, value in colors.items() if re.fullmatch(r"color\.[a-z]+\.[1-5]", name)]
    assert min(contrast(one.value, ground) for ground in surfaces) == contrast(one.value, colors[hardest])


def test_a_reference_is_followed_to_what_was_solved():
    _, found = reasons(brand(), "color.link")
    assert {("color.primary.11",)} == {one.through for one in found.values()}


def test_a_solid_is_the_seed_or_was_moved_for_its_text():
    _, found = reasons(brand(), "color.primary.9")
    assert "`color.primary`, as it is" == found[Mode.LIGHT].text
    assert re.search(
        r"lightness moved [\d.]+, .* until white text on it has 7:1: 7\.\d\d:1", found[Mode.DARK_CONTRAST].text
    )
    _, found = reasons(brand("#ffe600", colors={"solid": "adjust"}), "color.primary.9")
    assert "and it stands out 3:1 from `color.page`" in found[Mode.LIGHT].text
    _, found = reasons(brand(), "color.danger.9")
    assert "the seed that is derived from the design and `color.primary`, as it is" == found[Mode.LIGHT].text


def test_what_a_brand_wrote_is_said_to_be_written():
    """In high contrast the solved value was put back, and its reason is given."""
    written = {"color": {"text-subtle": literal("#6d6d6d", dark="#a8a8a8"), "mine": alias("color.text-subtle")}}
    found = brand(tokens=written)
    tokens, said = reasons(found, "color.mine")
    assert ("color.text-subtle",) == said[Mode.LIGHT].through
    assert "/tokens/color/text-subtle/$value" == said[Mode.LIGHT].origin.pointer
    assert said[Mode.DARK].origin.pointer.endswith("/modes/dark")
    put_back = said[Mode.LIGHT_CONTRAST]
    assert put_back.text.startswith("solved, as what the brand wrote breaks the contract here: lightness moved")
    assert put_back.origin is None
    assert hexes(tokens, "color.text-subtle") == hexes(tokens, "color.mine")


def test_what_is_no_colour_comes_from_a_field():
    for name, text in (("radius.m", "from `shape.radius`"), ("duration.fast", "the same in every brand")):
        assert {text} == {one.text for one in reasons(brand(), name)[1].values()}


def test_a_search_finds_the_colour_of_its_token():
    """The reason belongs to the colour: the search that is told of is the one that made it."""
    found = replace(brand("#8b2fc9"), tokens=TokenSet())
    tokens, _ = resolve_tokens(found)
    for mode, solved in solve_modes(found).items():
        colors = tokens.in_mode(mode)
        searches = role_searches(solved)
        assert 16 < len(searches)
        for name, scale in solved.scales.items():
            searches |= {f"{name}.{step or 'on'}": search for step, search in scale.asked.searches.items()}
        assert {name: Color("oklch", one.found()) for name, one in searches.items()} == {
            name: colors[TokenId(f"color.{name}")] for name in searches
        }


def test_an_unknown_token_is_a_key_error():
    with pytest.raises(KeyError):
        reasons(brand(), "color.nobody")
