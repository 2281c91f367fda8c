"""Pixels from SVG, and other people's pictures: what leaves is ours to the last byte."""

import io
import json
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from themekit.render import images
from themekit.render.images import (
    Ink,
    Picture,
    Size,
    ink_of,
    inline_picture,
    inspect_job,
    rasterise,
    read_picture,
    silhouette_of,
)
from themekit.render.worker import Failed, RefusedError

CASES = Path(__file__).parents[1] / "cases" / "hostile_inputs.json"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8">{}</svg>'


def png(width: int, height: int, *, depth: int = 1, chunks: bytes = b"") -> bytes:
    """A PNG of nothing, of any size, as small as it can be."""
    rows = zlib.compress(bytes(1000), 9)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, 0, 0, 0, 0))
        + chunks
        + (chunk(b"IDAT", rows) + chunk(b"IEND", b""))
    )


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def picture_of(kind: str, mode: str = "RGB", size: tuple[int, int] = (4, 3), **options) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "red" if mode.startswith("RGB") else 1).save(out, kind, **options)
    return out.getvalue()


BOMB = zlib.compress(bytes(200_000_000), 9)
HOSTILE = {
    "IMAGE-01": png(20_000, 20_000),
    "IMAGE-03": struct.pack("<HHHBBBBHHII", 0, 1, 1, 0, 0, 0, 0, 1, 32, 100, 22) + png(20_000, 20_000),
    "IMAGE-04": png(4, 4, chunks=chunk(b"zTXt", b"k\0\0" + BOMB) + chunk(b"iCCP", b"k\0\0" + BOMB)),
    "IMAGE-06": b"%!PS-Adobe-3.0 EPSF-3.0",
    "IMAGE-07": picture_of("png") + b"<script>alert(1)</script>",
    "IMAGE-09": picture_of("jpeg"),
    "IMAGE-10": png(2**31 - 1, 2**31 - 1),
    "IMAGE-12": b"",
}


def hostile() -> dict[str, dict[str, str]]:
    cases = json.loads(CASES.read_text(encoding="utf-8"))["cases"]
    return {case["id"]: case for case in cases if case["area"] == "image"}


@pytest.mark.parametrize("case_id", HOSTILE)
def test_hostile_input(case_id):
    case = hostile()[case_id]
    result = read_picture(HOSTILE[case_id])
    if case["expected_class"] == "input":
        assert isinstance(result, Failed)
        assert result.reason
    if isinstance(result, Picture):
        assert b"script" not in result.png
        assert b"zTXt" not in result.png


def test_every_hostile_case_is_tried():
    assert set(hostile()) == set(HOSTILE)


@pytest.mark.parametrize("size", [(0, 4), (4, 0), (40_001, 1_000), (2**31 - 1, 1)])
def test_a_size_out_of_bounds_is_refused_by_its_header(size):
    assert isinstance(read_picture(png(*size)), Failed)


def photo(kind: str) -> bytes:
    return picture_of(kind, size=(300, 200))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (png(0, 0), "it has no pixels"),
        (png(0, 4), "it has no pixels"),
        (png(4, 4)[:20], "its header is damaged or cut off"),
        (photo("png")[:-60], "it is cut off"),
        (photo("jpeg")[:900], "it is cut off"),
        (photo("webp")[:60], "its header is damaged or cut off"),
        (png(4, 4)[:8] + b"\0" * 60, "its header is damaged or cut off"),
    ],
)
def test_what_is_damaged_is_said_in_words(content, reason):
    """Not in those of Python: `SyntaxError: not identified by this driver` was a picture without pixels."""
    assert reason == read_picture(content).reason
    with pytest.raises(RefusedError, match=reason):
        inspect_job(content, 8)


def test_forty_megapixels_are_the_limit():
    assert "megapixels" in read_picture(png(8_000, 5_001)).reason
    assert "megapixels" not in getattr(read_picture(png(8_000, 5_000)), "reason", "")


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("png", "RGB"), ("png", "RGBA"), ("png", "P"), ("png", "L"), ("jpeg", "RGB"), ("jpeg", "CMYK"), ("webp", "RGBA")],
)
def test_pictures_of_every_kind_become_png(kind, mode):
    result = read_picture(picture_of(kind, mode))
    assert (4, 3) == (result.width_px, result.height_px)
    assert (4, 3) == Image.open(io.BytesIO(result.png)).size


def test_a_large_picture_is_made_smaller():
    result = read_picture(picture_of("png", size=(3000, 1500)))
    assert (1024, 512) == (result.width_px, result.height_px)


def test_transparency_stays():
    result = read_picture(picture_of("png", "RGBA"))
    assert (255, 0, 0, 255) == Image.open(io.BytesIO(result.png)).convert("RGBA").getpixel((0, 0))
    out = io.BytesIO()
    Image.new("RGBA", (4, 3), (255, 0, 0, 0)).save(out, "png")
    assert 0 == Image.open(io.BytesIO(read_picture(out.getvalue()).png)).convert("RGBA").getpixel((0, 0))[3]


@pytest.mark.parametrize(
    "options", [{"icc_profile": b"secret" * 30}, {"exif": b"Exif\0\0secret"}, {"comment": b"secret"}]
)
def test_metadata_is_dropped(options):
    kind = "jpeg" if "comment" in options else "png"
    result = read_picture(picture_of(kind, **options))
    assert {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS"} >= set(chunk_kinds(result.png))


def chunk_kinds(content: bytes):
    at = 8
    while at < len(content):
        (size,) = struct.unpack_from(">I", content, at)
        yield content[at + 4 : at + 8]
        at += size + 12


def test_a_photograph_stands_upright():
    """Cameras store the turn as metadata, which we drop."""
    exif = Image.Exif()
    exif[0x0112] = 6
    result = read_picture(picture_of("jpeg", exif=exif))
    assert (3, 4) == (result.width_px, result.height_px)


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("data:image/svg+xml;base64,PHN2Zz4=", "only PNG"),
        ("data:image/png,plain", "only PNG"),
        ("data:image/png;base64,A", "damaged"),
        ("data:image/png;base64,AAAA", "no PNG"),
    ],
)
def test_a_data_url_must_hold_a_picture(url, reason):
    assert reason in inline_picture(url)


def test_the_size_drawn_is_the_size_asked():
    small, wide = rasterise(SVG.format('<rect x="4" width="4" height="8"/>'), Size(16, 16), Size(40, 20, "#ff0000"))
    assert (16, 16) == Image.open(io.BytesIO(small)).size
    assert (255, 0, 0) == Image.open(io.BytesIO(wide)).convert("RGB").getpixel((0, 0))


def test_drawing_twice_gives_the_same_bytes():
    svg = SVG.format('<circle cx="4" cy="4" r="3" fill="#369"/>')
    assert rasterise(svg, Size(64, 64)) == rasterise(svg, Size(64, 64))


def test_flat_art_is_not_filtered():
    """A filter makes indexed colours larger, and to try each takes three times as long."""
    (flat,) = rasterise(SVG.format('<circle cx="4" cy="4" r="3" fill="#369"/>'), Size(64, 64))
    assert 3 == flat[25], "it has a palette"
    (start,) = (at for at in range(len(flat)) if flat[at : at + 4] == b"IDAT")
    rows = zlib.decompressobj().decompress(flat[start + 4 :])
    assert {0} == set(rows[:: len(rows) // 64])


def test_a_gradient_is_filtered():
    """Without filters this one takes ten times as many bytes."""
    ramp = '<linearGradient id="a" x2="0" y2="1"><stop stop-color="#5b21ff"/><stop offset="1" stop-color="#ff5c8a"/>'
    (shaded,) = rasterise(SVG.format(f'{ramp}</linearGradient><path fill="url(#a)" d="M0 0H8V8H0"/>'), Size(512, 512))
    assert len(shaded) < 4000


def test_a_plain_png_keeps_32_bits():
    """Colour type 6; one colour alone would become a palette."""
    svg = SVG.format('<rect width="4" height="8"/>')
    packed, plain = rasterise(svg, Size(16, 16), Size(16, 16, is_plain=True))
    assert 6 == plain[25]
    assert 6 != packed[25]


@pytest.mark.parametrize("size", [Size(0, 1), Size(1, 0), Size(4097, 1), Size(1, 30_000)])
def test_too_large_a_canvas_never_reaches_the_renderer(size):
    with pytest.raises(ValueError, match="4096"):
        rasterise(SVG.format(""), size)


def test_what_the_renderer_cannot_read_is_an_answer():
    assert isinstance(rasterise("<svg", Size(9, 9)), Failed)


def test_files_are_not_read_even_if_a_picture_names_them(tmp_path):
    """The sanitiser removes links; the renderer must not follow one that slips through."""
    (tmp_path / "a.png").write_bytes(picture_of("png"))
    svg = SVG.format(f'<image width="8" height="8" href="{tmp_path}/a.png"/>')
    (drawn,) = rasterise(svg, Size(8, 8))
    assert (0, 0) == Image.open(io.BytesIO(drawn)).convert("RGBA").getchannel("A").getextrema()


def test_ink_tells_the_outline_from_what_is_inside():
    (drawn,) = rasterise(
        SVG.format('<rect x="1" y="1" width="6" height="6" fill="#f00"/><path d="M3 3h2v2H3z"/>'), Size(8, 8)
    )
    assert Ink((((255, 0, 0), 20),), (((0, 0, 0), 4), ((255, 0, 0), 32))) == ink_of(drawn)


def test_ink_at_the_border_of_the_picture_is_outline():
    (drawn,) = rasterise(SVG.format('<rect width="8" height="8" fill="#f00"/>'), Size(8, 8))
    assert ((((255, 0, 0), 28),)) == ink_of(drawn).edges


@pytest.mark.parametrize(
    ("shape", "area", "reach"),
    [("<rect width='8' height='8'/>", 1.0, 2**0.5), ("<circle cx='4' cy='4' r='4'/>", 0.785, 1.0)],
)
def test_a_silhouette_tells_a_disc_from_a_square(shape, area, reach):
    (drawn,) = rasterise(SVG.format(shape), Size(80, 80))
    seen = silhouette_of(drawn)
    assert area == pytest.approx(seen.area, abs=0.02)
    assert reach == pytest.approx(seen.reach, abs=0.03)
    assert (1.0, ((0.0, 0.0, 0.0),) * 3) == (seen.fit, seen.shades)


def test_a_silhouette_knows_the_gradient_of_its_ground():
    ramp = '<linearGradient id="a"><stop stop-color="#200"/><stop offset="1" stop-color="#a00"/></linearGradient>'
    (drawn,) = rasterise(SVG.format(f'{ramp}<rect width="8" height="8" fill="url(#a)"/>'), Size(80, 80))
    red, green, blue = silhouette_of(drawn).shades
    assert (0x66, 0x88, 0) == pytest.approx(red, abs=2)
    assert ((0.0, 0.0, 0.0), (0.0, 0.0, 0.0)) == (green, blue)


def test_a_silhouette_of_nothing_and_of_a_line():
    blank, line = (
        rasterise(SVG.format(""), Size(8, 8))[0],
        rasterise(SVG.format('<path d="M0 0h8v1H0z"/>'), Size(8, 8))[0],
    )
    assert (0.0, 0.0, 0.0) == (silhouette_of(blank).area, silhouette_of(blank).reach, silhouette_of(blank).fit)
    assert ((0.0, 0.0, 0.0),) * 3 == silhouette_of(line).shades
    assert isinstance(silhouette_of(b""), Failed)


def test_ink_of_what_is_no_picture_is_an_answer():
    assert isinstance(ink_of(b""), Failed)


def test_an_answer_of_another_kind_is_our_own_mistake(monkeypatch):
    monkeypatch.setattr(images.shared_worker(), "call", lambda *_: (7,))
    with pytest.raises(TypeError, match="int where a PNG was due"):
        rasterise(SVG.format(""), Size(1, 1))
