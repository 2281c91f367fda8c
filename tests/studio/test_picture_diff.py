"""Pixels are counted exactly, and a picture that is none says why."""

import io

import pytest
from PIL import Image

from tests.studio.small_pictures import png
from themekit.render.picture_diff import compare_job, compare_pictures
from themekit.render.worker import Failed

BLACK, NEAR = (0, 0, 0), (254, 255, 255)


def test_equal_pictures():
    """Of equal pixels, though not of equal bytes."""
    other = io.BytesIO()
    Image.open(io.BytesIO(png())).save(other, "png", compress_level=0)
    assert other.getvalue() != png()
    diff = compare_pictures(png(), other.getvalue())
    assert (0, 100, None, b"") == (diff.changed_px, diff.total_px, diff.box, diff.marked)


def test_each_pixel_that_differs_counts():
    diff = compare_pictures(png(), png(dots=[((2, 3), BLACK), ((7, 3), NEAR)]))
    assert (2, 100, (2, 3, 8, 4), 0.02) == (diff.changed_px, diff.total_px, diff.box, diff.share)


@pytest.mark.parametrize(("tolerance", "changed"), [(0, 2), (1, 1), (254, 1), (255, 0)])
def test_a_tolerance_is_of_each_channel(tolerance, changed):
    assert (
        changed == compare_pictures(png(), png(dots=[((2, 3), BLACK), ((7, 3), NEAR)]), tolerance=tolerance).changed_px
    )


@pytest.mark.parametrize(("before", "after"), [((10, 10), (10, 13)), ((10, 13), (10, 10))])
def test_what_only_one_has_differs(before, after):
    diff = compare_pictures(png(*before), png(*after))
    assert (30, 130, (0, 10, 10, 13), True) == (diff.changed_px, diff.total_px, diff.box, diff.is_resized)


def test_both_may_be_larger_one_way():
    diff = compare_pictures(png(10, 4), png(4, 10))
    assert (100 - 16, 100) == (diff.changed_px, diff.total_px)


def test_the_marked_picture_shows_where():
    diff = compare_pictures(png(), png(dots=[((5, 5), BLACK)]))
    marked = Image.open(io.BytesIO(diff.marked))
    assert (10, 10) == marked.size
    assert {(224, 0, 116)} == {marked.getpixel((x, y)) for x in (4, 5, 6) for y in (4, 5, 6)}
    assert (255, 255, 255) == marked.getpixel((8, 8))


@pytest.mark.parametrize("content", [b"", b"GIF89a", png()[:40], png()[:-30], b"\x89PNG\r\n\x1a\n" + b"\0" * 40])
def test_a_damaged_picture_says_why(content):
    for pair in ((content, png()), (png(), content)):
        assert isinstance(compare_pictures(*pair), Failed)


def test_the_job_alone_says_the_same():
    """In this process, where coverage sees it."""
    assert (0, 100) == compare_job(png(), png(), 0)
    changed, total, is_resized, *box, marked = compare_job(png(), png(dots=[((0, 0), BLACK)]), 0)
    assert (1, 100, 0, [0, 0, 1, 1]) == (changed, total, is_resized, box)
    assert marked.startswith(b"\x89PNG")
