"""A picture's colours are those somebody chose, the most telling first, and the same every time."""

import io
from collections import Counter
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from themekit.render.picture_colors import colors_job, picture_colors, telling_colors
from themekit.render.worker import Failed

BRANDS = Path(__file__).parents[2] / "brands"


def picture(*patches, size=(400, 200), ground=(255, 255, 255, 255), format_="PNG"):
    drawn = Image.new("RGBA", size, ground)
    brush = ImageDraw.Draw(drawn)
    for box, color in patches:
        brush.ellipse(box, fill=color)
    out = io.BytesIO()
    (drawn if format_ == "PNG" else drawn.convert("RGB")).save(out, format_)
    return out.getvalue()


BLUE, ORANGE, INK = "#0b5fff", "#e65100", "#101114"


def test_an_svg_in_utf_16_is_read():
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="{BLUE}"/></svg>'
    assert (BLUE,) == picture_colors(svg.encode("utf-16"))


def test_a_mark_tells_more_than_its_ground():
    """White paper and black letters are in every logo."""
    found = picture_colors(picture(((20, 20, 120, 120), BLUE), ((150, 20, 180, 50), ORANGE), ((200, 0, 390, 190), INK)))
    assert (BLUE, ORANGE) == found


def test_transparency_is_no_colour():
    found = picture_colors(picture(((20, 20, 120, 120), BLUE), ground=(255, 0, 0, 0)))
    assert (BLUE,) == found


def test_what_is_only_ink_is_ink():
    assert (INK,) == picture_colors(picture(((0, 0, 390, 190), INK), ground=(0, 0, 0, 0)))
    assert () == picture_colors(picture(ground=(0, 0, 0, 0)))


@pytest.mark.parametrize("format_", ["JPEG", "WEBP"])
def test_lossy_files_give_about_the_same(format_):
    (first, *_) = picture_colors(picture(((20, 20, 220, 180), BLUE), format_=format_))
    channels = zip(bytes.fromhex(first[1:]), bytes.fromhex(BLUE[1:]), strict=True)
    assert all(abs(one - other) < 12 for one, other in channels)


def test_an_svg_is_drawn():
    svg = (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><rect width="9" height="9" fill="#0b5fff"/></svg>'
    )
    assert (BLUE,) == picture_colors(svg)
    assert picture_colors(svg) == picture_colors(svg)


def test_a_drawing_that_fails_is_refused(monkeypatch):
    from themekit.render import picture_colors as module

    monkeypatch.setattr(module, "rasterise", lambda *_: Failed("the decoder crashed"))
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'
    assert Failed("the decoder crashed") == picture_colors(svg)


def test_the_job_is_what_the_worker_runs():
    content = picture(((20, 20, 120, 120), BLUE))
    assert colors_job(content) == picture_colors(content)


def test_shades_of_one_colour_are_one():
    counts = Counter({(11, 95, 255): 500, (20, 100, 250): 300, (230, 81, 0): 100})
    assert ((11, 95, 255), (230, 81, 0)) == telling_colors(counts)


@pytest.mark.parametrize(
    "content",
    [b"", b"GIF89a", b"<html>", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", b"<svg/>", b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg/>"],
)
def test_what_is_no_picture_is_refused(content):
    assert isinstance(picture_colors(content), Failed)


def test_a_bomb_is_refused():
    out = io.BytesIO()
    Image.new("1", (20000, 20000)).save(out, "PNG")
    assert isinstance(picture_colors(out.getvalue()), Failed)


@pytest.mark.parametrize("name", sorted(path.parent.name for path in BRANDS.glob("*/logo.svg")))
def test_the_samples_have_colours(name):
    assert picture_colors((BRANDS / name / "logo.svg").read_bytes())
