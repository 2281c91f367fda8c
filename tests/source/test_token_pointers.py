"""JSON Pointers into values, and references inside lists: what each leads to, and every way it can be wrong.

The examples are those of DTCG 2025.10, sections 7.1.2, 7.3 and 9.1, in our own words and numbers.
"""

import json

import pytest

from themekit.model import Alias, Color, CubicBezier, Dimension, FontNames, GradientStop, ShadowLayer

BLUE = {"$type": "color", "$value": {"colorSpace": "srgb", "components": [0.2, 0.4, 0.9]}}
TEXT = {
    "$type": "typography",
    "$value": {
        "fontFamily": ["Inter", "serif"],
        "fontSize": {"value": 16, "unit": "px"},
        "fontWeight": 400,
        "letterSpacing": {"value": 0, "unit": "px"},
        "lineHeight": 1.5,
    },
}
BASE = {
    "blue": BLUE,
    "text": TEXT,
    "link": {"$value": "{base.blue}"},
    "ease": {"$type": "cubicBezier", "$value": [0, 1, 1, 0]},
}


def value(read_tokens, token, **others):
    """The value of `t` beside the base tokens."""
    reading = read_tokens(json.dumps({"base": BASE, **others, "t": token}))
    assert [] == reading.messages
    return reading.brand.tokens.by_id()["t"].value


def pointer(text):
    return {"$ref": text}


@pytest.mark.parametrize(
    ("type_", "written", "expected"),
    [
        (
            "color",
            {"colorSpace": "srgb", "components": [pointer("#/base/blue/$value/components/0"), 0.4, 0.7]},
            Color("srgb", (0.2, 0.4, 0.7)),
        ),
        (
            "color",
            {
                "colorSpace": pointer("#/base/blue/$value/colorSpace"),
                "components": pointer("#/base/link/$value/components"),
            },
            Color("srgb", (0.2, 0.4, 0.9)),
        ),
        ("dimension", {"value": pointer("#/base/text/$value/fontSize/value"), "unit": "rem"}, Dimension(16.0, "rem")),
        ("dimension", {"value": 3, "unit": pointer("#/base/text/$value/fontSize/unit")}, Dimension(3.0, "px")),
        ("dimension", pointer("#/base/text/$value/fontSize"), Dimension(16.0, "px")),
        ("fontFamily", [pointer("#/base/text/$value/fontFamily/0"), "mono"], FontNames(("Inter", "mono"))),
        ("cubicBezier", [pointer("#/base/ease/$value/1"), 0, "{n}", 1], CubicBezier((1.0, 0.0, 0.5, 1.0))),
        ("number", pointer("#/base/text/$value/lineHeight"), 1.5),
    ],
)
def test_into_a_value(read_tokens, type_, written, expected):
    found = value(read_tokens, {"$type": type_, "$value": written}, n={"$type": "number", "$value": 0.5})
    assert expected == found


def test_a_token_that_is_a_pointer_into_another(read_tokens):
    token = {"$type": "number", "$ref": "#/base/blue/$value/components/0"}
    assert 0.2 == value(read_tokens, token)


@pytest.mark.parametrize("text", ["#/base/blue", "#/base/blue/$value"])
def test_a_pointer_to_a_whole_token_stays_a_reference(read_tokens, text):
    """So that CSS can say `var(--…)`; in a composite too."""
    assert Alias("base.blue") == value(read_tokens, {"$ref": text})
    border = {"color": pointer(text), "width": {"value": 1, "unit": "px"}, "style": "solid"}
    assert Alias("base.blue") == value(read_tokens, {"$type": "border", "$value": border}).color


def test_members_of_a_composite(read_tokens):
    member = {**TEXT["$value"], "fontFamily": pointer("#/base/text/$value/fontFamily"), "fontWeight": 700}
    found = value(read_tokens, {"$type": "typography", "$value": member})
    assert (FontNames(("Inter", "serif")), 700.0) == (found.family, found.weight)


def test_a_pointer_to_what_a_group_inherits(read_tokens):
    """After `$extends`, not before it."""
    token = {"$type": "number", "$ref": "#/own/blue/$value/components/2"}
    assert 0.9 == value(read_tokens, token, own={"$extends": "{base}"})


def test_a_group_that_refers_is_a_group_that_extends(read_tokens):
    """DTCG 2025.10, 6.4.1: the two are functionally identical."""
    reading = read_tokens(
        json.dumps({"base": BASE, "own": {"$ref": "#/base", "red": BLUE}, "same": {"$ref": "#/base"}})
    )
    assert [] == reading.messages
    assert "same.blue" in reading.brand.tokens.by_id()
    assert {"own.blue", "own.red", "own.text"} <= set(reading.brand.tokens.by_id())


def test_layers_and_stops_of_other_tokens(read_tokens):
    layer = {
        "color": "{base.blue}",
        **{key: {"value": 1, "unit": "px"} for key in ("offsetX", "offsetY", "blur", "spread")},
    }
    found = value(read_tokens, {"$type": "shadow", "$value": ["{s}", layer]}, s={"$type": "shadow", "$value": layer})
    px = Dimension(1.0, "px")
    assert (Alias("s"), ShadowLayer(Alias("base.blue"), px, px, px, px)) == found
    stop = {"color": BLUE["$value"], "position": 0}
    found = value(
        read_tokens, {"$type": "gradient", "$value": ["{g}", stop]}, g={"$type": "gradient", "$value": [stop]}
    )
    assert (Alias("g"), GradientStop(Color("srgb", (0.2, 0.4, 0.9)), 0.0)) == found


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("#/base/blue/$value/components/3", ["unknown-token"]),
        ("#/base/blue/$value/nothing", ["unknown-token"]),
        ("#/base/none/$value/components/0", ["unknown-token"]),
        ("#/base/blue/$value/components/-1", ["unknown-token"]),
        ("other.json#/base/blue/$value/components/0", ["invalid-alias"]),
        ("#/t/$value/components/0", ["alias-cycle"]),
        ("#/base/blue/$value/components", ["invalid-color"]),
    ],
)
def test_what_is_wrong_with_a_pointer(read_tokens, written, codes):
    color = {"colorSpace": "srgb", "components": [pointer(written), 0, 0]}
    reading = read_tokens(json.dumps({"base": BASE, "t": {"$type": "color", "$value": color}}))
    assert codes == reading.codes
    assert reading.diagnostics[0].place.line == 1
    assert reading.diagnostics[0].place.column > 1


def test_all_that_is_wrong_is_said_in_one_run(read_tokens):
    components = [pointer("#/x/$value/a"), pointer("#/y/$value/b"), pointer(3)]
    reading = read_tokens(
        json.dumps({"t": {"$type": "color", "$value": {"colorSpace": "srgb", "components": components}}})
    )
    assert ["unknown-token", "unknown-token", "invalid-alias"] == reading.codes


def test_references_that_double_are_stopped(read_tokens):
    """A hundred lines that would make 2^60 values."""
    tokens = {
        f"t{n}": {"$type": "fontFamily", "$value": [pointer(f"#/t{n + 1}/$value"), pointer(f"#/t{n + 1}/$value")]}
        for n in range(60)
    }
    tokens["t60"] = {"$type": "fontFamily", "$value": ["Inter"]}
    codes = read_tokens(json.dumps(tokens)).codes
    assert {"too-long", "alias-cycle"} & set(codes)


@pytest.mark.parametrize(
    ("type_", "written", "expected"),
    [
        (
            "color",
            {"colorSpace": "srgb", "components": [pointer("#/css/$value/components/2"), 0, 0]},
            Color("srgb", (1.0, 0.0, 0.0)),
        ),
        (
            "color",
            {
                "colorSpace": pointer("#/wide/$value/colorSpace"),
                "components": pointer("#/wide/$value/components"),
                "alpha": pointer("#/wide/$value/alpha"),
            },
            Color("oklch", (0.5, 0.1, 200.0), 0.5),
        ),
        ("dimension", {"value": pointer("#/gap/$value/value"), "unit": "px"}, Dimension(1.5, "px")),
        ("number", pointer("#/time/$value/value"), 120.0),
    ],
    ids=["hex", "function", "length", "time"],
)
def test_strings_are_pointed_into_as_the_objects_they_stand_for(read_tokens, type_, written, expected):
    others = {
        "css": {"$type": "color", "$value": "#0000ff"},
        "wide": {"$type": "color", "$value": "oklch(0.5 0.1 200 / 0.5)"},
        "gap": {"$type": "dimension", "$value": "1.5rem"},
        "time": {"$type": "duration", "$value": "120ms"},
    }
    assert expected == value(read_tokens, {"$type": type_, "$value": written}, **others)


@pytest.mark.parametrize(
    "path", ["#/css/$value/hex", "#/css/$value/0", "#/name/$value/components", "#/css/$value/value"]
)
def test_a_string_has_no_other_parts(read_tokens, path):
    others = {"css": {"$type": "color", "$value": "#0000ff"}, "name": {"$type": "fontFamily", "$value": "Inter"}}
    token = {"$type": "number", "$value": pointer(path)}
    reading = read_tokens(json.dumps({**others, "t": token}))
    assert ["unknown-token"] == reading.codes


@pytest.mark.parametrize(
    ("written", "into"),
    [
        ("#/color/primary/9/$value/components/0", "color.primary.9"),
        ("#/space/4/$value/value", "space.4"),
        ("#/base/blu/$value/alpha", "base.blu"),
    ],
)
def test_a_pointer_into_a_token_that_is_written_elsewhere(read_tokens, written, into):
    """A default token is solved after these are read: the message names it, and what follows it as a whole."""
    reading = read_tokens(json.dumps({"base": BASE, "t": {"$type": "number", "$value": pointer(written)}}))
    (message,) = [each.message for each in reading.diagnostics]
    assert f"`{written}` leads into `{into}`, which is not written in these tokens" == message
    (hint,) = [each.hint for each in reading.diagnostics]
    assert f"into a default token no pointer leads; where a whole value stands, `{{{into}}}` follows one" == hint
