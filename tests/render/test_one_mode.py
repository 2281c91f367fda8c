"""What is written of tokens in one mode is what every other way of writing them says."""

import json
from pathlib import PurePosixPath

import pytest

from themekit.model import Color, Dimension, Duration, Mode, ResolvedTokens, ShadowLayer, TargetOptions, TokenId
from themekit.model.token_columns import ColumnTokens, TokenColumns, columns_of
from themekit.render import css
from themekit.render import one_mode as module
from themekit.render.css_modes import P3, REC2020
from themekit.render.custom_properties import custom_properties
from themekit.render.losses import dashes_as_keyword
from themekit.render.mode_declarations import mode_declarations
from themekit.render.one_mode import one_mode
from themekit.resolve.plain_tokens import resolve_plain
from themekit.source.colors import parse_color
from themekit.source.plain_tokens import read_plain_tokens
from themekit.source.sources import Sources
from themekit.targets.css import emit, rules_of

PX = {"value": 1, "unit": "px"}
MS = {"value": 200, "unit": "ms"}
WIDE = {"colorSpace": "display-p3", "components": [1, 0, 0]}
FAR = {"colorSpace": "oklch", "components": [0.7, 0.4, 150], "alpha": 0.5}
LAYER = {"color": FAR, "offsetX": PX, "offsetY": PX, "blur": PX, "spread": PX, "inset": True}
BORDER = {"color": FAR, "width": PX, "style": "solid"}
FILE = {
    "color": {"$type": "color", "blue": {"$value": "#06c"}, "red": {"$value": WIDE}, "text": {"$value": "{color.red}"}},
    "far": {"$type": "color", "a": {"$value": FAR}},
    "line": {"$type": "border", "a": {"$value": BORDER}, "b": {"$value": "{line.a}"}, "c": {"$value": BORDER}},
    "line-c": {"$type": "dimension", "width": {"$value": PX}},
    "shadow": {
        "$type": "shadow",
        "a": {"$value": [LAYER]},
    },
    "fade": {"$type": "gradient", "$value": [{"color": WIDE, "position": 0}, {"color": FAR, "position": 0.25}]},
    "time": {"$type": "duration", "a": {"$value": MS}, "b": {"$value": "{time.a}"}},
    "move": {"$type": "transition", "$value": {"duration": MS, "delay": "{time.a}", "timingFunction": [0, 0.5, 1, 1]}},
    "text": {
        "$type": "typography",
        "$value": {
            "fontFamily": ["Inter", "serif"],
            "fontSize": PX,
            "fontWeight": 400,
            "letterSpacing": PX,
            "lineHeight": 1.5,
        },
    },
    "heading": {"$value": "{text}"},
    "title": {"$value": "{heading}"},
    "count": {"$type": "number", "$value": -0.25},
}


def tokens_in(mode):
    path = PurePosixPath("a.json")
    tokens, _ = resolve_plain(read_plain_tokens(path, json.dumps(FILE).encode()), Sources(path).origin, mode=mode)
    return tokens


def test_the_declarations_are_those_of_custom_properties():
    tokens = tokens_in("default")
    every = custom_properties(tokens, "tk")
    found = one_mode(columns_of(tokens), "tk").declarations
    assert [(each.name, each.texts[0]) for each in every] == list(found.texts.items())
    assert [(each.name, each.wide[0]) for each in every if each.is_wide] == list(found.wide.items())
    assert [(each.name, each.widest[0]) for each in every if each.is_widest] == list(found.widest.items())
    assert [each.name for each in every if each.is_time] == found.times
    assert min(map(len, (found.wide, found.widest, found.times))) > 1


@pytest.mark.parametrize("mode", ["default", "dark", Mode.LIGHT, Mode.DARK])
def test_the_rules_are_those_of_properties(mode):
    tokens = tokens_in(mode)
    found = list(rules_of(tokens, TargetOptions()))
    assert list(rules_of(ResolvedTokens(tokens.tokens, (mode,)), TargetOptions())) == found
    assert [(), P3, REC2020, ("@media (prefers-reduced-motion: reduce)",)] == [rule.conditions for rule in found]


NEAR = {"colorSpace": "display-p3", "components": [0.5, 0.5, 0.5]}


@pytest.mark.parametrize(
    ("first", "second"), [((WIDE, NEAR), (NEAR, WIDE)), ((FAR, FAR), (NEAR, NEAR)), ((NEAR, FAR), (FAR, FAR))]
)
def test_colors_that_become_wide_or_cease_to_be_stand_in_token_order(first, second):
    """Also where the rest is that of the set before."""
    path = PurePosixPath("a.json")
    found = []
    for one, other in (first, second):
        file = {**FILE, "color": {**FILE["color"], "blue": {"$value": one}, "last": {"$value": other}}}
        tokens, _ = resolve_plain(
            read_plain_tokens(path, json.dumps(file).encode()), Sources(path).origin, mode="default"
        )
        found.append(one_mode(columns_of(tokens), "tk").declarations)
    module._LATEST.clear()
    expected = one_mode(columns_of(tokens), "tk").declarations
    assert [list(part.items()) for part in expected[:3]] == [list(part.items()) for part in found[1][:3]]
    assert expected.times == found[1].times
    assert list(found[0].texts) == list(found[1].texts)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"references": [None, TokenId("a")]}, {"--tk-a": "1px", "--tk-b": "var(--tk-a)"}),
        ({"types": ["dimension", "duration"], "values": [Dimension(1.0, "px"), Duration(2.0, "s")]}, None),
        ({"ids": [TokenId("a"), TokenId("c")]}, {"--tk-a": "1px", "--tk-c": "1px"}),
    ],
)
def test_columns_of_other_names_types_or_references_are_declared_anew(change, expected):
    """Also if all the rest is the very same."""
    size = Dimension(1.0, "px")
    columns = TokenColumns([TokenId("a"), TokenId("b")], ["dimension"] * 2, [size, size], [None, None], ["", ""])
    assert {"--tk-a": "1px", "--tk-b": "1px"} == one_mode(columns, "tk").declarations.texts
    found = one_mode(columns._replace(**change), "tk").declarations
    assert (expected or {"--tk-a": "1px", "--tk-b": "2s"}) == found.texts
    assert ([] if expected else ["--tk-b"]) == found.times


def shadow(*layers, color="#00f"):
    """The columns of one shadow; each layer is its lengths and whether it is inside."""
    made = [ShadowLayer(parse_color(color), *lengths, inset=inset) for *lengths, inset in layers]
    return TokenColumns(ID, ["shadow"], [tuple(made)], [None], [""])


ID, ONE, TWO = [TokenId("a")], Dimension(1.0, "px"), Dimension(2.0, "px")
USUAL = (ONE, ONE, TWO, ONE, False)


@pytest.mark.parametrize(
    "layers",
    [
        [USUAL],
        [(TWO, ONE, TWO, ONE, False)],
        [(ONE, TWO, TWO, ONE, False)],
        [(ONE, ONE, ONE, ONE, False)],
        [(ONE, ONE, TWO, TWO, False)],
        [(ONE, ONE, TWO, ONE, True)],
        [USUAL, USUAL],
        [],
    ],
)
@pytest.mark.parametrize("color", ["#00f", "#12345678", "color(display-p3 1 0 0)", "oklch(0.7 0.4 150 / 0.5)"])
def test_a_shadow_that_is_other_than_before_is_declared_as_any(layers, color):
    """Its colour alone, a length, what is inside, or their number."""
    columns = [shadow(USUAL, color="#abc"), shadow(*layers, color=color), shadow(USUAL, color="oklch(0.6 0.3 20)")]
    columns = [each._replace(ids=ID, types=columns[0].types, references=columns[0].references) for each in columns]
    found = [one_mode(each, "tk").declarations for each in columns]
    for each, declarations in zip(columns, found, strict=True):
        module._LATEST.clear()
        assert one_mode(each, "tk").declarations == declarations


def test_another_prefix_is_another_name():
    size = Dimension(1.0, "px")
    columns = TokenColumns([TokenId("a")], ["dimension"], [size], [None], [""])
    assert [["--x-a"], ["--y-a"]] == [list(one_mode(columns, prefix).declarations.texts) for prefix in "xy"]


def test_digits_of_a_color_are_those_that_linear_light_gives():
    """Channels at and beside each border between two bytes, and each byte itself."""
    ends = [each for byte in range(256) for each in (byte / 255, (byte + 0.5) / 255)]
    channels = [end + shift for end in ends for shift in (-1e-5, -1e-7, -1e-12, 0.0, 1e-12, 1e-7, 1e-5)]
    for channel in channels:
        value = Color("srgb", (channel, 0.02, 1.0))
        assert css.hex_color(value).removeprefix("#") == css.color(value)[1:]


def test_channels_are_remembered_in_bounds(monkeypatch):
    monkeypatch.setattr(css, "REMEMBERED_CHANNELS", 8)
    css._PAIRS.clear()
    for byte in range(0, 255, 3):
        assert f"#{byte:02x}{byte + 1:02x}{byte + 2:02x}" == css.color(
            Color("srgb", (byte / 255, (byte + 1) / 255, (byte + 2) / 255))
        )
        assert len(css._PAIRS) <= 8


def in_mode(**colors):
    """The columns of a mode in which these groups are others."""
    path, file = PurePosixPath("a.json"), FILE | colors
    tokens, _ = resolve_plain(read_plain_tokens(path, json.dumps(file).encode()), Sources(path).origin, mode="x")
    return columns_of(tokens)


OTHERS = {
    "nothing": {},
    "a colour that is wide here only": {"color": FILE["color"] | {"blue": {"$value": FAR}}},
    "a colour that is wide there only": {"color": FILE["color"] | {"red": {"$value": "#f00"}}},
    "another value with the same text": {
        "color": FILE["color"] | {"blue": {"$value": {"colorSpace": "srgb", "components": [0, 0.4001, 0.8]}}}
    },
    "a reference": {"color": FILE["color"] | {"blue": {"$value": "{color.red}"}}},
    "a reference to another": {"color": FILE["color"] | {"text": {"$value": "{color.blue}"}}},
    "a time that is a reference": {"time": FILE["time"] | {"a": {"$value": "{time.b}"}, "b": {"$value": MS}}},
    "one member": {"line": FILE["line"] | {"a": {"$value": BORDER | {"width": {"value": 2, "unit": "px"}}}}},
    "a composite that is a reference": {"line": FILE["line"] | {"a": {"$value": "{line.c}"}}},
    "a reference that is a composite": {"line": FILE["line"] | {"b": {"$value": BORDER}}},
    "the colour of a layer": {"shadow": {"$type": "shadow", "a": {"$value": [LAYER | {"color": WIDE}]}}},
    "a colour of sRGB in a layer": {"shadow": {"$type": "shadow", "a": {"$value": [LAYER | {"color": "#0000ff80"}]}}},
    "a layer that is not inside": {"shadow": {"$type": "shadow", "a": {"$value": [LAYER | {"inset": False}]}}},
    "two layers": {"shadow": {"$type": "shadow", "a": {"$value": [LAYER, LAYER | {"color": WIDE}]}}},
    "the colour of a border": {"line": FILE["line"] | {"a": {"$value": BORDER | {"color": WIDE}}}},
    "a border whose members have no names": {"line": FILE["line"] | {"c": {"$value": BORDER | {"color": "#00f"}}}},
    "the stops of a gradient": {"fade": FILE["fade"] | {"$value": [{"color": FAR, "position": 0}]}},
    "a layer": {"shadow": {"$type": "shadow", "a": {"$value": [LAYER | {"blur": "2px"}]}}},
}


@pytest.mark.parametrize("modes", [(Mode.LIGHT, Mode.DARK, Mode.LIGHT_CONTRAST), ("a", "b", "c"), tuple(Mode)])
@pytest.mark.parametrize("name", OTHERS)
def test_several_modes_are_declared_as_properties_are(name, modes):
    first, other = in_mode(), in_mode(**OTHERS[name])
    for every in ((first, other, first, other), (other, first, first, first)):
        tokens = ColumnTokens(every[: len(modes)], modes)
        expected = emit(ResolvedTokens(tokens.tokens, modes), TargetOptions())
        assert expected == emit(tokens, TargetOptions())  # in the same order
        assert dashes_as_keyword(ResolvedTokens(tokens.tokens, modes), TargetOptions()) == dashes_as_keyword(
            tokens, TargetOptions()
        )


STYLE = FILE["text"]["$value"]
SPACED = {
    "a": {"$type": "typography", "$value": STYLE},
    "b": {"$value": "{a}"},
    "c": {"$value": "{b}"},
    "d": {"$value": "{a}"},
    "d-letter": {"spacing": {"$type": "dimension", "$value": PX}},
    "e": {"$value": "{d}"},
    "f": {"$type": "typography", "$value": STYLE},
    "f-letter": {"spacing": {"$type": "dimension", "$value": PX}},
    "g": {"$value": "{f}"},
}


def spaced_in(mode, tree=SPACED):
    path = PurePosixPath("a.json")
    tokens, _ = resolve_plain(read_plain_tokens(path, json.dumps(tree).encode()), Sources(path).origin, mode=mode)
    return tokens


def test_a_reference_to_a_style_of_text_has_its_spacing_of_letters():
    """No shorthand has it, so that it was lost; what a token's name takes, and what would follow that, stays out."""
    tokens = spaced_in("default")
    found = one_mode(columns_of(tokens), "tk").declarations.texts
    spacings = {name: text for name, text in found.items() if name.endswith("letter-spacing")}
    assert {
        "--tk-a-letter-spacing": "1px",
        "--tk-b-letter-spacing": "var(--tk-a-letter-spacing)",
        "--tk-c-letter-spacing": "var(--tk-b-letter-spacing)",
        "--tk-d-letter-spacing": "1px",
        "--tk-f-letter-spacing": "1px",
    } == spacings
    assert [(each.name, each.texts[0]) for each in custom_properties(tokens, "tk")] == list(found.items())


def test_a_spacing_of_letters_that_is_other_in_a_mode_is_declared_there():
    other = {**SPACED, "a": {"$type": "typography", "$value": {**STYLE, "letterSpacing": {"value": 3, "unit": "px"}}}}
    columns = tuple(columns_of(spaced_in(mode, tree)) for mode, tree in (("x", SPACED), ("y", other)))
    tokens = ColumnTokens(columns, ("x", "y"))
    found = mode_declarations(tokens, "tk")
    assert {"--tk-a-letter-spacing", "--tk-b-letter-spacing", "--tk-c-letter-spacing"} == {
        name for name in found.varying.names if name.endswith("letter-spacing")
    }
    every = custom_properties(tokens, "tk")
    assert found.varying.names == frozenset(each.name for each in every if not each.is_constant)
    assert found.varying.followers == frozenset(each.name for each in every if each.is_follower)
