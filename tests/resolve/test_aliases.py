"""References: what they lead to, in which mode, and every way they can be wrong."""

import pytest

from brands import alias, brand, found, hexes, literal, resolved, token, value
from themekit.model import BorderValue, Dimension, Mode, StrokeStyle, Token, TokenId
from themekit.resolve import resolve_tokens
from themekit.resolve.aliases import names_hint, resolve_aliases


def diagnosed(tokens):
    resolved_tokens, diagnostics = resolve_tokens(brand(tokens=tokens))
    assert resolved_tokens is None
    return diagnostics


def test_an_alias_keeps_its_reference():
    """CSS writes `var(--…)` from it."""
    tokens = resolved(tokens={"a": {"b": alias("color.primary.9")}})
    assert ("color.primary.9",) * 4 == token(tokens, "a.b").references
    assert "color" == token(tokens, "a.b").type
    assert value(tokens, "color.primary.9") == value(tokens, "a.b")


@pytest.mark.parametrize("pointer", ["#/color/primary/9", "#/color/primary/9/$value"])
def test_a_pointer_to_a_whole_default_token_is_an_alias(pointer):
    written = {"a": {"b": {"$type": "color", "$value": {"$ref": pointer}}}}
    tokens = resolved(tokens=written)
    assert ("color.primary.9",) * 4 == token(tokens, "a.b").references
    assert hexes(tokens, "color.primary.9") == hexes(tokens, "a.b")


def test_an_alias_is_followed_in_each_mode():
    tokens = resolved(tokens={"a": {"b": alias("a.c"), "c": literal("#111111", dark="#222222")}})
    assert ["#111111", "#222222", "#111111", "#222222"] == hexes(tokens, "a.b")


def test_high_contrast_falls_back_to_its_scheme_then_to_the_value():
    written = {"a": {"b": literal("#111111", light="#222222", dark_contrast="#444444")}}
    assert ["#222222", "#111111", "#222222", "#444444"] == hexes(resolved(tokens=written), "a.b")


def test_a_mode_can_be_an_alias_where_the_value_is_none():
    tokens = resolved(tokens={"a": {"b": literal("#111111", dark="{color.primary.9}")}})
    assert (None, "color.primary.9", None, "color.primary.9") == token(tokens, "a.b").references


def test_members_of_composites_are_filled_in():
    value_ = {
        "color": "{color.solid}",
        "width": "{border-width.thin}",
        "style": {"dashArray": ["{space.1}", "2px"], "lineCap": "round"},
    }
    tokens = resolved(tokens={"a": {"b": {"$type": "border", "$value": value_}}})
    expected = BorderValue(
        value(tokens, "color.primary.9"),
        value(tokens, "border-width.thin"),
        StrokeStyle(None, (value(tokens, "space.1"), Dimension(2.0, "px")), "round"),
    )
    assert expected == value(tokens, "a.b")


def test_lists_of_composites_are_filled_in():
    layer = {"color": "{color.shadow}", "offsetX": "{space.1}", "offsetY": "1px", "blur": "2px", "spread": "0px"}
    stops = [{"color": "{color.solid}", "position": 0}, {"color": "{color.page}", "position": "{a.end}"}]
    tokens = resolved(
        tokens={
            "a": {
                "s": {"$type": "shadow", "$value": [layer]},
                "g": {"$type": "gradient", "$value": stops},
                "end": {"$type": "number", "$value": 0.5},
            }
        }
    )
    assert value(tokens, "space.1") == value(tokens, "a.s")[0].offset_x
    assert value(tokens, "color.shadow") == value(tokens, "a.s")[0].color
    assert [0, 0.5] == [stop.position for stop in value(tokens, "a.g")]


@pytest.mark.parametrize(("number", "expected"), [(3.5, 1), (-2, 0)])
def test_a_stop_at_a_reference_is_within_the_gradient(number, expected):
    """DTCG 2025.10, §9.6: outside 0 to 1 it is "considered as if it were clamped", and a reference is no exception."""
    stops = [{"color": "{color.solid}", "position": "{a.end}"}, {"color": "{color.page}", "position": 1}]
    tokens = {"g": {"$type": "gradient", "$value": stops}, "end": {"$type": "number", "$value": number}}
    assert expected == value(resolved(tokens={"a": tokens}), "a.g")[0].position


def test_unknown_token_names_the_nearest():
    (one,) = diagnosed({"a": {"b": alias("color.primry.9")}})
    assert [("unknown-token", "/tokens/a/b/$value")] == found([one])
    assert "no token is named `color.primry.9`" == one.message
    assert "did you mean `color.primary.9`?" == one.hint


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("one.two.fourteen", "`one.two` holds `red`, `blue`"),
        ("one.zwei.red", "`one` holds `two`, `three`"),
        ("elsewhere", "tokens begin with `one`, `shade`"),
    ],
)
def test_where_no_token_is_near_the_last_known_group_is_shown(target, expected):
    assert expected == names_hint(target, ["one.two.red", "one.two.blue", "one.three", "shade"])


def test_unknown_token_in_a_member_and_in_a_mode_is_placed_there():
    border = {"color": "{a.x}", "width": "1px", "style": "solid"}
    diagnostics = diagnosed({"a": {"b": {"$type": "border", "$value": border}, "c": literal("#111111", dark="{a.y}")}})
    assert [
        ("unknown-token", "/tokens/a/b/$value/color"),
        ("unknown-token", "/tokens/a/c/$extensions/themekit/modes/dark"),
    ] == found(diagnostics)


def test_what_follows_from_a_mistake_is_not_reported():
    tokens = {"a": {"b": alias("a.c"), "c": alias("a.missing"), "d": alias("a.b"), "e": alias("a.other")}}
    assert [("unknown-token", "/tokens/a/c/$value"), ("unknown-token", "/tokens/a/e/$value")] == found(
        diagnosed(tokens)
    )


def test_a_cycle_is_reported_once_with_its_chain():
    (one,) = diagnosed({"a": {"x": alias("a.z"), "y": alias("a.x"), "z": alias("a.y"), "w": alias("a.x")}})
    assert [("alias-cycle", "/tokens/a/x/$value")] == found([one])
    assert "references go in a circle: `a.x` → `a.z` → `a.y` → `a.x`" == one.message


def test_a_token_that_refers_to_itself():
    (one,) = diagnosed({"a": {"x": alias("a.x")}})
    assert "references go in a circle: `a.x` → `a.x`" == one.message


def test_two_cycles_are_two_mistakes():
    tokens = {"a": {"p": alias("a.q"), "q": alias("a.p"), "r": alias("a.s"), "s": alias("a.r")}}
    assert 2 == len(diagnosed(tokens))


def test_a_cycle_through_a_default_is_placed_at_the_brands_token():
    (one,) = diagnosed({"color": {"neutral": {"1": alias("color.page")}}})
    assert [("alias-cycle", "/tokens/color/neutral/1/$value")] == found([one])


def test_a_cycle_in_one_mode_only():
    tokens = {"a": {"x": literal("#111111", dark="{a.y}"), "y": alias("a.x")}}
    assert [("alias-cycle", "/tokens/a/x/$extensions/themekit/modes/dark")] == found(diagnosed(tokens))


def test_a_long_cycle_is_shortened():
    (one,) = diagnosed({"a": {f"t{i:02}": alias(f"a.t{(i + 1) % 20:02}") for i in range(20)}})
    assert one.message.endswith("`a.t06` → 12 more → `a.t19` → `a.t00`")


def test_an_alias_of_another_type():
    """`color.page` is a colour whatever the brand makes of it."""
    (one,) = diagnosed({"color": {"page": alias("space.1")}})
    assert [("alias-type", "/tokens/color/page/$value")] == found([one])
    assert "`color.page` refers to `space.1`, which is a dimension, but it is a color" == one.message


def test_an_alias_with_a_type_of_its_own_that_differs():
    (one,) = diagnosed({"a": {"b": {"$type": "color", "$value": "{space.1}"}}})
    assert "alias-type" == one.code


def test_a_mode_of_another_type_than_the_value():
    (one,) = diagnosed(
        {"a": {"b": {**alias("color.page"), "$extensions": {"themekit": {"modes": {"dark": "{space.1}"}}}}}}
    )
    assert [("alias-type", "/tokens/a/b/$extensions/themekit/modes/dark")] == found([one])


def test_a_member_of_another_type():
    border = {"color": "{space.1}", "width": "{color.page}", "style": "solid"}
    one, other = diagnosed({"a": {"b": {"$type": "border", "$value": border}}})
    assert "`a.b` refers to `space.1`, which is a dimension, but its member `color` must be a color" == one.message
    assert [("alias-type", "/tokens/a/b/$value/color"), ("alias-type", "/tokens/a/b/$value/width")] == found(
        [one, other]
    )


@pytest.mark.parametrize("length", [20_000])
def test_a_chain_may_be_as_long_as_the_set(length):
    """No recursion, and no value is resolved twice."""
    names = [TokenId(f"c.t{i}") for i in range(length)]
    last = token(resolved(), "color.page")
    chain = [Token(name, None, _alias(names[i + 1])) for i, name in enumerate(names[:-1])]
    tokens, diagnostics = resolve_aliases([*chain, Token(names[-1], "color", last.values[0])])
    assert () == diagnostics
    assert last.values[0] == tokens.in_mode(Mode.DARK)[names[0]]


def test_sharing_does_not_expand():
    """Thirty levels that each use the one below eight times: 8^30 visits if it were followed blindly."""
    stops = [{"color": f"{{a.c{0}}}", "position": 0}] * 8
    tokens = {"a": {f"c{i}": alias(f"a.c{i + 1}") for i in range(30)} | {"c30": literal("#111111")}}
    tokens["g"] = {f"g{i}": {"$type": "gradient", "$value": stops} for i in range(30)}
    assert 8 == len(value(resolved(tokens=tokens), "g.g29"))


def test_hints_stop_after_fifty_mistakes():
    """Looking for the nearest name costs a pass over all names."""
    diagnostics = diagnosed({"a": {f"t{i}": alias(f"color.pag{i}") for i in range(60)}})
    assert 60 == len(diagnostics)
    assert [True] * 10 + [False] * 10 == [bool(one.hint) for one in (*diagnostics[:10], *diagnostics[50:])]


def test_a_token_without_type_and_reference_is_our_bug():
    with pytest.raises(ValueError, match="neither a type nor a reference"):
        resolve_aliases([Token(TokenId("a.b"), None, 1.0)])


def _alias(name):
    from themekit.model import Alias

    return Alias(name)
