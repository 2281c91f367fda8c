"""Colour maths against coloraide, which implements CSS Color 4 and WCAG on its own, and against published vectors."""

import pytest
from coloraide.everything import ColorAll as Oracle
from hypothesis import given, settings
from hypothesis import strategies as st

from themekit.model import Color
from themekit.resolve import colour
from themekit.resolve.gamut import fits, map_to_srgb, max_chroma
from themekit.resolve.luminance import lightness_contrast, luminance, ratio
from themekit.resolve.oklab import linear_to_oklch, oklch_to_linear, rounded
from themekit.resolve.solve import bytes_of, move, stands_out
from themekit.resolve.spaces import SPACES, clipped_bytes, decode_srgb, encode_srgb, to_linear

UNIT = st.floats(0, 1)
BYTES = st.tuples(*[st.integers(0, 255)] * 3)
OKLCH = st.tuples(st.floats(0, 1), st.floats(0, 0.4), st.floats(0, 359.99))
PERCENT_SPACES = {"hsl", "hwb"}  # coloraide counts their last two to 1
PROPHOTO_MATRIX = 2e-5  # CSS Color 4 prints this matrix rounded, coloraide computes it


def oracle(rgb):
    return Oracle("srgb", [byte / 255 for byte in rgb])


@pytest.mark.parametrize("space", SPACES)
@settings(max_examples=60)
@given(channels=st.tuples(UNIT, UNIT, UNIT))
def test_every_space_converts_as_coloraide_does(space, channels):
    """From a random sRGB colour, so that the components are ones people write."""
    original = Oracle("srgb", channels)
    components = [0.0 if part != part else part for part in original.convert(space).coords()]  # noqa: PLR0124 - NaN
    if space in PERCENT_SPACES:
        components = [components[0], components[1] * 100, components[2] * 100]
    tolerance = PROPHOTO_MATRIX if space == "prophoto-rgb" else 1e-7  # near grey coloraide drops the hue
    assert original.convert("srgb-linear").coords() == pytest.approx(
        list(to_linear(space, tuple(components))), abs=tolerance
    )


@pytest.mark.parametrize("space", sorted(set(SPACES) - {"hsl", "hwb"}))
def test_colours_outside_srgb_convert_too(space):
    """P3's green: negative channels in linear sRGB."""
    original = Oracle("display-p3", [0, 1, 0])
    components = tuple(original.convert(space).coords())
    tolerance = PROPHOTO_MATRIX if space == "prophoto-rgb" else 1e-6
    assert original.convert("srgb-linear").coords() == pytest.approx(list(to_linear(space, components)), abs=tolerance)


@pytest.mark.parametrize("components", [(0, 0, 100), (120, 30, 70), (200, 60, 60), (200, 0, 100)])
def test_hwb_without_hue_is_a_grey(components):
    expected = Oracle("hwb", [components[0], components[1] / 100, components[2] / 100]).convert("srgb-linear").coords()
    assert expected == pytest.approx(list(to_linear("hwb", components)), abs=1e-9)


@pytest.mark.parametrize("lightness", [0, 0.5, 4, 8, 9, 50, 100])
def test_lab_near_black(lightness):
    """Below 8 the curve is a line."""
    expected = Oracle("lab", [lightness, 3, -4]).convert("srgb-linear").coords()
    assert expected == pytest.approx(list(to_linear("lab", (lightness, 3, -4))), abs=1e-9)


def test_an_unknown_space():
    with pytest.raises(ValueError, match="`cmyk` is no colour space"):
        to_linear("cmyk", (0, 0, 0))


@given(st.floats(-1, 1))
def test_gamma_and_back(channel):
    assert channel == pytest.approx(decode_srgb(encode_srgb(channel)), abs=1e-6)


@given(BYTES)
def test_bytes_survive_oklch(rgb):
    """What is rounded for a token is still the same on a screen: a seed is kept."""
    assert rgb == colour.to_srgb8(colour.from_rgb8(rgb))


@given(BYTES)
def test_oklch_and_back(rgb):
    linear = tuple(decode_srgb(byte / 255) for byte in rgb)
    assert linear == pytest.approx(oklch_to_linear(linear_to_oklch(linear)), abs=1e-9)


@given(UNIT)
def test_a_byte_is_the_rounded_channel(linear):
    """A search in a table of borders, to be fast; the border itself may go either way."""
    exact = 255 * encode_srgb(linear)
    assert abs(exact - clipped_bytes((linear,) * 3)[0]) <= 0.5 + 1e-6


@pytest.mark.parametrize(("linear", "byte"), [(-0.5, 0), (0, 0), (1, 255), (1.5, 255)])
def test_a_byte_is_clipped(linear, byte):
    assert (byte,) * 3 == clipped_bytes((linear,) * 3)


def test_greys_have_no_hue():
    """An 8-bit grey converts to a chroma of about 1e-8, whose angle is noise."""
    assert {(0.0, 0.0)} == {colour.from_rgb8((grey, grey, grey)).components[1:] for grey in range(256)}


@settings(max_examples=60)
@given(BYTES, BYTES)
def test_contrast_is_coloraides(text, ground):
    expected = oracle(text).contrast(oracle(ground), method="wcag21")
    assert expected == pytest.approx(ratio(text, ground), rel=2e-3)  # coloraide does not round WCAG's coefficients
    assert oracle(text).luminance() == pytest.approx(luminance(text), abs=1e-3)


@given(BYTES, BYTES)
def test_contrast_does_not_mind_the_order(one, other):
    assert ratio(one, other) == ratio(other, one)
    assert 1 <= ratio(one, other) <= 21


def test_contrast_at_the_ends():
    assert 21 == pytest.approx(ratio((0, 0, 0), (255, 255, 255)))
    assert 4.4781 == pytest.approx(ratio((0x77, 0x77, 0x77), (255, 255, 255)), abs=1e-4)


@pytest.mark.parametrize(
    ("text", "ground", "lc"),
    [
        ("888888", "ffffff", 63.056469930209424),
        ("ffffff", "888888", -68.54146436644962),
        ("000000", "aaaaaa", 58.146262578561334),
        ("aaaaaa", "000000", -56.24113336839742),
        ("112233", "ddeeff", 91.66830811481631),
        ("ddeeff", "112233", -93.06770049484275),
        ("112233", "444444", 8.32326136957393),
        ("444444", "112233", -7.526878460278154),
    ],
)
def test_apca_gives_its_published_values(text, ground, lc):
    """Source: the test values in the read-me of apca-w3."""
    assert lc == pytest.approx(lightness_contrast(tuple(bytes.fromhex(text)), tuple(bytes.fromhex(ground))), abs=1e-9)


@pytest.mark.parametrize(("text", "ground"), [(7, 7), (90, 95), (95, 90)])
def test_apca_clips_what_cannot_be_seen(text, ground):
    assert 0 == lightness_contrast((text,) * 3, (ground,) * 3)


@given(OKLCH)
def test_mapping_into_srgb_keeps_lightness_and_hue(oklch):
    lightness, chroma, hue = oklch
    linear = map_to_srgb(oklch)
    assert fits(linear)
    assert all(0 <= channel <= 1 for channel in linear)
    assert map_to_srgb(linear_to_oklch(linear)) == pytest.approx(linear, abs=2e-3)
    if 0.15 < lightness < 0.98:
        found = linear_to_oklch(linear)
        assert lightness == pytest.approx(found[0], abs=2e-3)
        assert found[1] <= chroma + 2e-3
        if found[1] > 0.02:
            assert abs((found[2] - hue + 180) % 360 - 180) < 3


@settings(max_examples=40)
@given(OKLCH)
def test_mapping_loses_no_more_chroma_than_it_must(oklch):
    """Within a just noticeable difference (2 in this scale) of coloraide's ray trace, which also keeps L and h.

    Nearer to black than L 0.15 all differences are smaller than a byte.
    """
    oklch = (0.15 + 0.85 * oklch[0], *oklch[1:])
    linear = map_to_srgb(oklch)
    expected = Oracle("oklch", oklch).fit("srgb", method="raytrace")
    assert Oracle("srgb-linear", linear).delta_e(expected, method="ok") * 100 < 2


@pytest.mark.parametrize(("lightness", "grey"), [(1.0, 1.0), (1.2, 1.0), (0.0, 0.0), (-0.1, 0.0)])
def test_beyond_black_and_white_there_is_no_chroma(lightness, grey):
    assert (grey, grey, grey) == map_to_srgb((lightness, 0.3, 40.0))


@given(st.floats(0.05, 0.95), st.floats(0, 360))
def test_the_greatest_chroma_is_at_the_border(lightness, hue):
    limit = max_chroma(lightness, hue)
    assert fits(oklch_to_linear((lightness, limit, hue)))
    assert not fits(oklch_to_linear((lightness, limit + 1e-3, hue)))


@given(OKLCH)
def test_the_solver_sees_the_bytes_that_are_written(oklch):
    shade = rounded(oklch)
    assert colour.to_srgb8(Color("oklch", shade)) == bytes_of(shade)


def test_hex_with_and_without_alpha():
    assert "#0b5fff" == colour.hex(colour.from_rgb8((11, 95, 255)))
    assert "#0b5fff80" == colour.hex(Color("srgb", (11 / 255, 95 / 255, 1.0), 0.5))
    assert "#00000000" == colour.hex(Color("srgb", (0.0, 0.0, 0.0), 0.0))


def test_display_p3_of_its_own_red():
    assert (1.0, 0.0, 0.0) == pytest.approx(colour.to_display_p3(Color("display-p3", (1.0, 0.0, 0.0))), abs=1e-9)
    assert not colour.in_srgb(Color("display-p3", (1.0, 0.0, 0.0)))
    assert colour.in_srgb(Color("display-p3", (0.5, 0.5, 0.5)))


def test_blending_is_done_in_srgb():
    """As browsers do: half of black on white is #808080, not the linear #bcbcbc."""
    half = Color("srgb", (0.0, 0.0, 0.0), 0.5)
    white = Color("srgb", (1.0, 1.0, 1.0))
    assert "#808080" == colour.hex(colour.blend(half, white))
    assert white is colour.blend(white, half)


def test_colours_with_alpha_have_no_contrast():
    half, white = Color("srgb", (0.0, 0.0, 0.0), 0.5), Color("srgb", (1.0, 1.0, 1.0))
    for measure in (colour.contrast, colour.apca_lc):
        with pytest.raises(ValueError, match="blend it"):
            measure(half, white)
    with pytest.raises(ValueError, match="blend it"):
        colour.relative_luminance(half)
    assert 1.0 == pytest.approx(colour.relative_luminance(white))
    assert -107.88 == pytest.approx(colour.apca_lc(white, Color("srgb", (0.0, 0.0, 0.0))), abs=0.01)
    assert 21 == pytest.approx(colour.contrast(white, Color("srgb", (0.0, 0.0, 0.0))))


GREY = (0.0, 0.0)


@given(st.floats(0, 1), st.lists(st.integers(150, 255), min_size=1, max_size=3), st.floats(1.1, 7))
def test_move_ends_where_the_condition_holds_and_just_so(start, greys, wanted):
    """The shade passes; unless it is the start itself, one a hundredth nearer to the start fails."""
    grounds = [(grey, grey, grey) for grey in greys]
    shade = move(lambda level: (level, *GREY), stands_out(grounds, ratio=wanted), start=start, end=0.0)
    assert all(ratio(bytes_of(shade), ground) >= wanted for ground in grounds)
    if shade[0] != start:
        nearer = bytes_of((min(shade[0] + 0.01, start), *GREY))
        assert any(ratio(nearer, ground) < wanted for ground in grounds) or not stands_out(grounds, ratio=wanted)(
            nearer
        )


def test_move_refuses_the_impossible():
    with pytest.raises(ArithmeticError, match="no lightness between"):
        move(lambda level: (level, *GREY), stands_out([(128, 128, 128)], ratio=7), start=0.5, end=0.0)


def test_move_takes_the_end_where_nothing_nearer_passes():
    """The last bisection stops a little before it."""
    shade = move(lambda level: (float(level > 0), *GREY), lambda rgb: rgb == (0, 0, 0), start=0.5, end=0.0)
    assert (0.0, *GREY) == shade


def test_between_two_grounds_nothing_stands_out():
    """Mid grey has 5:1 on white and 4:1 on black, and would still be no text on a gradient of the two."""
    assert not stands_out([(0, 0, 0), (255, 255, 255)], ratio=3)((118, 118, 118))


@pytest.mark.parametrize(("lc", "passes"), [(0, True), (63, True), (64, False)])
def test_a_floor_of_apca(lc, passes):
    assert passes is stands_out([(255, 255, 255)], ratio=3, lc=lc)((0x88, 0x88, 0x88))
