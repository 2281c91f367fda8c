"""Small blurs as Chromium has them: what Skia is told in place of what the picture says."""

import math

import pytest

from themekit.render.skia_blurs import UNSEEN_PX, Blur
from themekit.render.skia_svg import readable
from themekit.render.svg_tree import Box, CleanSvg

BLUR = '<filter id="f"><feGaussianBlur stdDeviation="2"/></filter>'
USED = '<path filter="url(#f)" d="M0 0h9"/>'


def given(body):
    return readable(CleanSvg(Box(0, 0, 48, 48), body, "x-root").text)


def blurs(body):
    return [(each.deviations, each.scale) for each in given(body).blurs]


@pytest.mark.parametrize(
    ("deviation_px", "told_px"),
    [
        (0, 0),
        (0.1, UNSEEN_PX),
        (0.79, UNSEEN_PX),  # a box of one pixel
        (0.8, math.sqrt(7 / 6)),  # two of two and one of three
        (1.32, math.sqrt(7 / 6)),
        (1.34, math.sqrt(2)),  # three of three
        (1.9, math.sqrt(4.5)),
        (2, 2),
        (30, 30),
    ],
)
def test_a_small_blur_is_as_wide_as_the_boxes(deviation_px, told_px):
    assert told_px == pytest.approx(float(Blur("m", (deviation_px,), 1).told(1)), abs=1e-6)


def test_what_is_told_is_in_the_units_of_the_picture():
    """Of 0.25 pixels to a unit and, within that, half of it."""
    assert f"{UNSEEN_PX * 8:.6f} 16.000000" == Blur("m", (4, 16), 0.5).told(0.25)


@pytest.mark.parametrize(
    ("around", "scale"),
    [
        ("<g>{}</g>", 1),
        ('<g transform="translate(3 4) scale(.5)">{}</g>', 0.5),
        ('<g transform="matrix(2 0 0 2 9 9)"><g transform="scale(3 3)">{}</g></g>', 6),
        ('<svg x="1" y="1" width="24" height="12" viewBox="0 0 48 48">{}</svg>', 0.25),
    ],
)
def test_the_scale_is_that_of_what_is_blurred(around, scale):
    assert [((2.0,), scale)] == blurs(BLUR + around.format(USED))


@pytest.mark.parametrize(
    "body",
    [
        f'{BLUR}<g transform="rotate(9)">{USED}</g>',
        f'{BLUR}<g transform="scale(1 2)">{USED}</g>',
        f'{BLUR}<svg width="50%" height="9" viewBox="0 0 9 9">{USED}</svg>',
        f'{BLUR}<svg width="9" height="9" viewBox="0 0 9 9" preserveAspectRatio="none">{USED}</svg>',
        f'{BLUR}<svg width="9" height="9" viewBox="0 0 0 9">{USED}</svg>',
        f"{BLUR}<mask>{USED}</mask>",
        f'{BLUR}{USED}<g transform="scale(2)">{USED}</g>',
        f'{BLUR}<g id="g">{USED}</g><use href="#g"/>',
        BLUR,
        f'<filter id="f" primitiveUnits="objectBoundingBox"><feGaussianBlur stdDeviation=".1"/></filter>{USED}',
        f'<filter id="f"><feOffset dx="1"/><feGaussianBlur/></filter>{USED}',
    ],
)
def test_where_no_one_scale_is_known_the_blur_is_left(body):
    assert [] == blurs(body)
    assert "skia-deviation" not in given(body).text


def test_each_blur_has_a_mark_of_its_own():
    both = '<filter id="f"><feGaussianBlur stdDeviation="1"/><feGaussianBlur stdDeviation="2 3"/></filter>'
    other = '<filter id="g"><feGaussianBlur stdDeviation="4"/></filter><path filter="url(#g)" d="M0 0h9"/>'
    read = given(both + USED + other)
    assert [(1.0,), (2.0, 3.0), (4.0,)] == [each.deviations for each in read.blurs]
    assert all(1 == read.text.count(each.mark) for each in read.blurs)
