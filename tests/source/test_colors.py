"""Colours as people write them."""

import math
from dataclasses import replace

import pytest
from coloraide import Color as Oracle
from hypothesis import given
from hypothesis import strategies as st

from themekit.engine.encoding import decode, encode
from themekit.model import Color, WrittenColor
from themekit.source.colors import parse_color, plain_color, plain_colors

BLUE = Color("srgb", (11 / 255, 95 / 255, 1.0))


@pytest.mark.parametrize(
    ("text", "color"),
    [
        ("#0b5fff", BLUE),
        ("#0B5FFF", BLUE),
        (" #0b5fff ", BLUE),
        ("rgb(11 95 255)", BLUE),
        ("rgb(11, 95, 255)", BLUE),
        ("RGBA( 11 , 95 , 255 , 1 )", BLUE),
        ("#fff", Color("srgb", (1, 1, 1))),
        ("#0b58", Color("srgb", (0, 187 / 255, 85 / 255), 0.5333)),
        ("#0b5fff80", Color("srgb", BLUE.components, 0.502)),
        ("rgb(0% 50% 100% / 25%)", Color("srgb", (0, 0.5, 1), 0.25)),
        ("rgb(none 0 0)", Color("srgb", (0, 0, 0))),
        ("hsl(0.5turn 100% 50%)", Color("hsl", (180, 100, 50))),
        ("hsl(-90, 100%, 50%, .5)", Color("hsl", (270, 100, 50), 0.5)),
        ("hsl(200grad 10 20)", Color("hsl", (180, 10, 20))),
        ("hwb(360deg 10% 20%)", Color("hwb", (0, 10, 20))),
        ("lab(50% -20 100%)", Color("lab", (50, -20, 125))),
        ("lch(50 30 40)", Color("lch", (50, 30, 40))),
        ("oklab(0.5 0.1 -50%)", Color("oklab", (0.5, 0.1, -0.2))),
        ("oklch(60% 0.2 250deg / 0.5)", Color("oklch", (0.6, 0.2, 250), 0.5)),
        ("color(display-p3 0.1 0.4 1)", Color("display-p3", (0.1, 0.4, 1))),
        ("color(XYZ 0.1 20% 0.3 / 0.5)", Color("xyz-d65", (0.1, 0.2, 0.3), 0.5)),
    ],
)
def test_every_form_is_read(text, color):
    found = parse_color(text)
    assert color.space == found.space
    assert color.components == pytest.approx(found.components, abs=1e-12)
    assert color.alpha == pytest.approx(found.alpha)


def test_hex_and_rgb_of_one_colour_are_equal():
    """Equal to the last bit: a digest is taken of the value."""
    for number in range(256):
        assert parse_color(f"#{number:02x}{number:02x}{number:02x}") == parse_color(f"rgb({number} {number} {number})")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("#0b5ff", "hex has 3, 4, 6 or 8 digits from 0 to f"),
        ("#ggg", "hex has 3, 4, 6 or 8 digits from 0 to f"),
        ("red", "it is neither hex nor a colour function"),
        ("", "it is neither hex nor a colour function"),
        ("rgb(1 2 3", "it is neither hex nor a colour function"),
        ("var(--x)", "there is no colour function `var`"),
        ("rgb(1 2)", "it has 2 components, not 3"),
        ("rgb(1,2,3,4,5)", "it has 5 components, not 3"),
        ("oklch(1,2,3)", "it has 1 components, not 3"),
        ("rgb(1 2 x)", "`x` is no number"),
        ("rgb(1 2 3deg)", "`3deg` is an angle where a number is needed"),
        ("hsl(50% 1 1)", "a hue is an angle, not a percentage"),
        ("rgb(1 2 300)", "component 3 is 300, outside 0 to 255"),
        ("oklch(1.2 0 0)", "component 1 is 1.2, outside 0 to 1"),
        ("lab(50 2000 0)", "component 2 is 2000, outside -1000 to 1000"),
        ("rgb(1 2 3 / 2)", "alpha goes from 0 to 1"),
        ("rgb(1 2 3 / )", "`` is no number"),
        ("color(srbg 0 0 0)", "there is no colour space `srbg`"),
        ("color(hsl 0 0 0)", "there is no colour space `hsl`"),
        ("#fff} input{", "hex has 3, 4, 6 or 8 digits from 0 to f"),
        ("rgb(" + "0" * 100 + " 0 0)", "it is too long"),
    ],
)
def test_everything_else_is_refused_with_the_reason(text, reason):
    with pytest.raises(ValueError, match=r".") as raised:
        parse_color(text)
    assert reason == str(raised.value)


@given(st.text(max_size=40))
def test_any_text_is_a_colour_or_a_value_error(text):
    try:
        color = parse_color(text)
    except ValueError:
        return
    assert all(math.isfinite(component) for component in color.components)


@pytest.mark.parametrize(
    "text",
    [
        "hsl(217 91% 60%)",
        "hwb(194 0% 0%)",
        "lab(29.2 39.3 20)",
        "lch(52.2 72.2 50)",
        "oklab(0.59 0.1 -0.1)",
        "oklch(0.7 0.15 300)",
        "color(a98-rgb 0.3 0.4 0.5)",
        "color(prophoto-rgb 0.3 0.4 0.5)",
        "color(rec2020 0.3 0.4 0.5)",
        "color(xyz-d50 0.3 0.4 0.5)",
    ],
)
def test_spaces_and_units_agree_with_another_reader(text):
    """The components mean what CSS says they mean: coloraide reads the text to the same sRGB."""
    found = parse_color(text)
    first, second, third = found.components
    if found.space in {"hsl", "hwb"}:  # coloraide keeps percentages as fractions
        second, third = second / 100, third / 100
    ours = Oracle(found.space, [first, second, third], found.alpha).convert("srgb")
    assert Oracle(text).convert("srgb").coords() == pytest.approx(ours.coords(), abs=1e-9)


def test_what_an_author_wrote_beside_the_numbers_makes_another_colour_where_it_says_so():
    """A hex is the colour for other tools; `none` is another colour where colours are mixed."""
    plain = Color("oklch", (0.5, 0.0, 0.0))
    with_hex = WrittenColor("oklch", (0.5, 0.0, 0.0), hex="#636363")
    without_hue = WrittenColor("oklch", (0.5, 0.0, 0.0), missing=(False, False, True))
    assert plain == with_hex
    assert with_hex == plain
    assert with_hex == replace(with_hex, hex="#000000")
    assert hash(plain) == hash(with_hex)
    assert plain != without_hue
    assert without_hue != plain
    assert with_hex != without_hue
    assert without_hue == replace(without_hue, hex="#000000")
    assert with_hex != "#636363"
    for each in (with_hex, without_hue):
        assert repr(each) == repr(decode(encode(each)))


@pytest.mark.parametrize(
    ("value", "messages"),
    [
        ('{"colorSpace": "srgb", "components": [0, 0.5, 1], "hex": "#0080ff"}', []),
        ('{"colorSpace": "hsl", "components": ["none", 50, 100], "alpha": 1}', []),
        ('{"colorSpace": "srgb"}', ["a colour needs `components`"]),
        ('{"components": [0, 0, 0], "aplha": 1}', ["a colour has no key `aplha`", "a colour needs `colorSpace`"]),
        ('{"colorSpace": "srbg", "components": [0, 0, 0]}', ["`colorSpace` cannot be `srbg`"]),
        ('{"colorSpace": 1, "components": [0, 0, 0]}', ["`colorSpace` cannot be a number"]),
        ('{"colorSpace": "srgb", "components": [0, 0]}', ["`components` is an array of 3 numbers, found 2 of them"]),
        ('{"colorSpace": "srgb", "components": "0"}', ["`components` is an array of 3 numbers, found a string"]),
        ('{"colorSpace": "srgb", "components": [0, 0, true]}', ['`components` holds numbers or "none" only']),
        ('{"colorSpace": "srgb", "components": [0, 1, 0.5]}', []),
        ('{"colorSpace": "srgb", "components": [true, 0, 0]}', ['`components` holds numbers or "none" only']),
        ('{"colorSpace": "srgb", "components": [0, "0", 0]}', ['`components` holds numbers or "none" only']),
        ('{"colorSpace": "srgb", "components": [0, 0, 1.5]}', ["component 3 is 1.5, outside 0 to 1"]),
        ('{"colorSpace": "hsl", "components": [360, 0, 0]}', ["component 1 is 360, outside 0 to 360"]),
        (
            '{"colorSpace": "srgb", "components": [0, 0, 0], "alpha": 2, "hex": "#fff"}',
            ["`alpha` is a number from 0 to 1", "`hex` is a fallback of six digits, such as `#0b5fff`"],
        ),
    ],
)
def test_colour_objects(read_fields, value, messages):
    reading = read_fields(f'"tokens": {{"a": {{"$type": "color", "$value": {value}}}}}')
    assert [f"`tokens.a.$value`: {message}" for message in messages] == reading.messages


def test_a_seed_is_opaque(read):
    assert ["invalid-color"] == read('{"name": "A", "color": {"primary": "#0b5fff80"}}').codes


@pytest.mark.parametrize(
    "slip",
    [
        "#fff",
        None,
        [0, 0],
        {"colorSpace": "srgb"},
        {"colorSpace": "srgb", "component": [0, 0, 0]},
        {"colorSpace": ["srgb"], "components": [0, 0, 0]},
        {"colorSpace": "rgb", "components": [0, 0, 0]},
        {"colorSpace": "srgb", "components": "000"},
        {"colorSpace": "srgb", "components": [0, 0]},
        {"colorSpace": "srgb", "components": {"a": 0, "b": 0, "c": 0}},
        {"colorSpace": "srgb", "components": 0},
        {"colorSpace": 0, "components": [0, 0, 0]},
        {"colorSpace": "srgb", "components": [0.5, 0.5, True]},
        {"colorSpace": "srgb", "components": [0.5, 0.5, 1.5]},
        {"colorSpace": "srgb", "components": [0.5, 0.5, math.nan]},
        {"colorSpace": "srgb", "components": [0, 0, 0], "alpha": 0.5},
    ],
)
def test_of_many_colors_one_that_is_not_plain_is_seen(slip):
    good = [{"colorSpace": "oklch", "components": [0.5, 0.1, 359.5]}, {"components": [0, 1, 0.5], "colorSpace": "srgb"}]
    colors = [Color("oklch", (0.5, 0.1, 359.5)), Color("srgb", (0.0, 1.0, 0.5))]
    assert colors == plain_colors(good) == [plain_color(each) for each in good]
    assert all(type(channel) is float for color in plain_colors(good) for channel in color.components)
    assert plain_color(slip) is None
    assert plain_colors([*good, slip]) is plain_colors([slip, *good]) is None
