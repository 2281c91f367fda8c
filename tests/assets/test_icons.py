"""Icons: every purpose has its file, its size, its ground and its safe zone."""

import io
import math
import struct

import pytest
from PIL import Image

from tests.assets.sample import WAVE, brand_of, fixed_tokens, sample_of
from themekit.assets import icons as icons_module
from themekit.assets.icons import emit_icons, ico
from themekit.assets.logos import read_logos
from themekit.render.worker import Failed

BADGE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20" fill="#0a7a3a"/></svg>'
)

MOON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48">'
    '<path fill="#14213d" d="M40 30A18 18 0 1 1 18 8a14 14 0 0 0 22 22z"/></svg>'
)


def icons_of(mark: str | None):
    fields = {"name": "Acme", "color": {"primary": "#0b5fff"}, "logos": {"mark": "mark.svg"} if mark else {}}
    brand, files = brand_of("acme", fields, {"mark.svg": mark} if mark else {})
    logos, _ = read_logos(brand, fixed_tokens(), files=files, letterer=sample_of(brand).letterer)
    artifacts, diagnostics = emit_icons(brand, logos, tokens=fixed_tokens())
    assert () == diagnostics
    return {each.path.name: each.content for each in artifacts}


@pytest.fixture(scope="module", params=["drawn", "own"])
def icons(request):
    return icons_of(WAVE if request.param == "own" else None)


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("RGBA")


def test_every_file_has_its_size(icons):
    sizes = {name: opened(content).size[0] for name, content in icons.items() if name.endswith(".png")}
    assert {
        "icon-96.png": 96,
        "icon-192.png": 192,
        "icon-512.png": 512,
        "apple-touch-icon.png": 180,
        "maskable-192.png": 192,
        "maskable-512.png": 512,
        "monochrome-512.png": 512,
    } == sizes
    assert {"icon.svg", "favicon.ico"} == set(icons) - set(sizes)


@pytest.mark.parametrize("name", ["apple-touch-icon.png", "maskable-192.png", "maskable-512.png"])
def test_a_full_ground_is_opaque(icons, name):
    assert (255, 255) == opened(icons[name]).getchannel("A").getextrema()


def test_a_launcher_may_cut_all_but_the_safe_circle(icons):
    """Outside a circle of 80 % there is only ground. Source: W3C App Manifest, "maskable"."""
    picture = opened(icons["maskable-512.png"])
    ground = picture.getpixel((0, 0))
    outside = [
        picture.getpixel((x, y))
        for x in range(0, 512, 4)
        for y in range(0, 512, 4)
        if math.hypot(x + 0.5 - 256, y + 0.5 - 256) > 0.4 * 512 + 1
    ]
    assert {ground} == set(outside)
    assert 1 < len(picture.getcolors(1 << 20))


def test_a_wide_mark_stays_in_the_safe_circle():
    picture = opened(icons_of(BADGE)["maskable-512.png"])
    ground = picture.getpixel((0, 0))
    corners = [(x, y) for x in range(512) for y in (200, 256, 311) if picture.getpixel((x, y)) != ground]
    assert corners
    assert max(math.hypot(x - 256, y - 256) for x, y in corners) <= 0.4 * 512


def test_a_monochrome_icon_is_a_shape_with_its_inside_cut_out(icons):
    alpha = opened(icons["monochrome-512.png"]).getchannel("A")
    assert 0 == alpha.getpixel((0, 0))
    histogram = alpha.histogram()
    assert sum(histogram[200:]) > 0.15 * 512 * 512
    inside = alpha.crop((180, 180, 332, 332)).histogram()
    assert sum(inside[:60]) > 0.05 * 152 * 152
    assert sum(inside[200:]) > 0.05 * 152 * 152


def test_a_plain_shape_is_its_own_monochrome_icon():
    alpha = opened(icons_of(BADGE)["monochrome-512.png"]).getchannel("A")
    assert 255 == alpha.getpixel((256, 256))
    assert 0 == alpha.getpixel((256, 100))


def test_the_ico_holds_three_sizes_of_32_bits(icons):
    content = icons["favicon.ico"]
    reserved, kind, count = struct.unpack_from("<HHH", content)
    assert (0, 1, 3) == (reserved, kind, count)
    for index, side in enumerate((16, 32, 48)):
        width, height, _, _, planes, bits, size, offset = struct.unpack_from("<BBBBHHII", content, 6 + 16 * index)
        assert (side, side, 1, 32) == (width, height, planes, bits)
        entry = content[offset : offset + size]
        assert (side, side) == opened(entry).size
        assert 6 == entry[25]
    assert len(content) == offset + size


def test_an_ico_of_one():
    entry = icons_of(None)["icon-96.png"]
    assert 6 + 16 + len(entry) == len(ico((entry,)))


def test_a_mark_lost_on_a_dark_tab_has_a_plate_there():
    svg = icons_of(MOON)["icon.svg"].decode()
    assert "@media (prefers-color-scheme:dark)" in svg
    light, dark = svg.split('<g class="tk-on-dark">')
    assert 'fill="#ffffff"' not in light
    assert 'fill="#ffffff"' in dark


def test_a_mark_seen_on_both_tabs_needs_no_plate():
    svg = icons_of(BADGE)["icon.svg"].decode()
    assert "@media" not in svg
    assert "#ffffff" not in svg


def test_icons_that_cannot_be_drawn_are_an_error(monkeypatch):
    brand, _ = brand_of("acme", {"name": "Acme", "color": {"primary": "#0b5fff"}})
    logos, _ = read_logos(brand, fixed_tokens(), files=(), letterer=sample_of(brand).letterer)
    monkeypatch.setattr(icons_module, "rasterise", lambda *_: Failed("it takes longer than 60 s"))
    artifacts, diagnostics = emit_icons(brand, logos, tokens=fixed_tokens())
    assert {"unrenderable-image"} == {each.code for each in diagnostics}
    assert ["icon.svg"] == [each.path.name for each in artifacts]


def test_a_tile_of_one_colour_is_its_own_plate():
    """A tile in a white frame would look like a mistake."""
    icons = icons_of(WAVE)
    assert {(0x12, 0x32, 0x4A, 255)} == {
        opened(icons[name]).getpixel((1, 1)) for name in ("apple-touch-icon.png", "maskable-512.png")
    }
    assert "@media" not in icons["icon.svg"].decode()


@pytest.mark.parametrize(
    "mark",
    [
        (
            '<linearGradient id="a"><stop stop-color="#7a2cff"/>'
            '<stop offset="1" stop-color="#2f5bff"/></linearGradient>'
            '<rect width="48" height="48" rx="12" fill="url(#a)"/><path d="M12 12h24v24z" fill="#fff"/>'
        ),
        '<circle cx="24" cy="24" r="24" fill="#ffc800"/><path d="M12 12h24v24z" fill="#ffffff"/>',
    ],
    ids=["gradient", "faint-content"],
)
def test_any_other_tile_stands_on_a_plate(mark):
    """The seam would be seen, or the content lost."""
    touch = opened(
        icons_of(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48">{mark}</svg>')["apple-touch-icon.png"]
    )
    assert touch.getpixel((1, 1)) in {(255, 255, 255, 255), (0x10, 0x11, 0x14, 255), (0x0B, 0x5F, 0xFF, 255)}


def test_the_same_bytes_twice():
    assert icons_of(WAVE) == icons_of(WAVE)
