"""Icons: every purpose has its file, its size, its ground and its safe zone."""

import io
import math
import struct
from itertools import pairwise

import pytest
from PIL import Image

from tests.assets.sample import WAVE, brand_of, fixed_tokens, sample_of
from themekit.assets import icons as icons_module
from themekit.assets.icons import emit_icons, ico
from themekit.assets.logos import read_logos
from themekit.render.worker import Failed, shared_worker

BADGE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20" fill="#0a7a3a"/></svg>'
)

MOON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48">'
    '<path fill="#14213d" d="M40 30A18 18 0 1 1 18 8a14 14 0 0 0 22 22z"/></svg>'
)


def icons_of(mark: str | None, tokens=None):
    tokens = tokens or fixed_tokens()
    fields = {"name": "Acme", "color": {"primary": "#0b5fff"}, "logos": {"mark": "mark.svg"} if mark else {}}
    brand, files = brand_of("acme", fields, {"mark.svg": mark} if mark else {})
    logos, _ = read_logos(brand, tokens, files=files, letterer=sample_of(brand).letterer)
    artifacts, diagnostics = emit_icons(brand, logos, tokens=tokens)
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


SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48">{}</svg>'
RAMP = (
    '<linearGradient id="a"{}><stop stop-color="#7a2cff"/><stop offset="1" stop-color="#2f5bff"/></linearGradient>'
    '<rect width="48" height="48" rx="12" fill="url(#a)"/><path d="M12 12h24v24z" fill="#fff"/>'
)


@pytest.mark.parametrize("turn", ["", ' x2="0" y2="1"', ' x2="1" y2="1"'], ids=["right", "down", "slanting"])
def test_a_gradient_tile_is_its_own_plate(turn):
    """Its gradient goes on to the edge: between neighbours of the ground there is no step, so no tile's edge."""
    icons = icons_of(SVG.format(RAMP.format(turn)))
    for name in ("apple-touch-icon.png", "maskable-512.png"):
        picture = opened(icons[name])
        side = picture.width
        border = round(0.24 * side)
        for at in (2, side - 3):
            for row in ([(x, at) for x in range(side)], [(at, y) for y in range(side)]):
                colors = [picture.getpixel(place)[:3] for place in row]
                steps = [abs(a - b) for one, two in pairwise(colors) for a, b in zip(one, two, strict=True)]
                assert max(steps) <= 3
        ways = [picture.getpixel((at, at))[:3] for at in range(border)]
        assert max(abs(a - b) for one, two in pairwise(ways) for a, b in zip(one, two, strict=True)) <= 3


def test_a_tile_whose_content_would_be_lost_stands_on_a_plate():
    faint = SVG.format('<rect width="48" height="48" rx="9" fill="#ffc800"/><path d="M12 12h24v24z" fill="#ffffff"/>')
    touch = opened(icons_of(faint)["apple-touch-icon.png"])
    assert touch.getpixel((1, 1)) in {(255, 255, 255, 255), (0x10, 0x11, 0x14, 255), (0x0B, 0x5F, 0xFF, 255)}


def test_a_ramp_that_is_not_straight_stands_on_a_plate():
    """Its ground cannot be carried on."""
    bent = (
        '<linearGradient id="a"><stop stop-color="#00f"/><stop offset=".1" stop-color="#60f"/>'
        '<stop offset="1" stop-color="#06f"/></linearGradient>'
        '<rect width="48" height="48" fill="url(#a)"/><path d="M12 12h24v24z" fill="#fff"/>'
    )
    touch = opened(icons_of(SVG.format(bent))["apple-touch-icon.png"])
    assert (255, 255, 255, 255) == touch.getpixel((1, 1))


LEMON = SVG.format('<circle cx="24" cy="24" r="24" fill="#ffc800"/><circle cx="24" cy="24" r="14" fill="#fffbe3"/>')


@pytest.mark.parametrize(("solid", "ring"), [("#0b5fff", (0x0B, 0x5F, 0xFF)), ("#ffd60a", (0x10, 0x11, 0x14))])
def test_a_disc_lost_on_a_tab_has_a_thin_ring_there(solid, ring):
    """Of the brand's colour if it is seen on it, else of the dark page's. At 16 px a plate would leave the disc 11."""
    icons = icons_of(LEMON, fixed_tokens(primary_9=(solid, solid)))
    icon = opened(icons["icon-192.png"])
    across = [icon.getpixel((x, 96)) for x in range(192)]
    assert 12 <= across.count((*ring, 255)) <= 28
    assert 0 == icon.getpixel((3, 3))[3]
    light, dark = icons["icon.svg"].decode().split('<g class="tk-on-dark">')
    assert "{:02x}{:02x}{:02x}".format(*ring) in light
    assert "rx=" not in dark


@pytest.mark.parametrize("solid", ["#0b5fff", "#ffd60a"])
def test_a_disc_stands_on_the_brands_colour_where_the_ground_is_opaque(solid):
    icons = icons_of(LEMON, fixed_tokens(primary_9=(solid, solid)))
    grounds = {opened(icons[name]).getpixel((1, 1)) for name in ("apple-touch-icon.png", "maskable-512.png")}
    assert {(*bytes.fromhex(solid[1:]), 255)} == grounds
    middle = [opened(icons["apple-touch-icon.png"]).getpixel((x, 90)) for x in range(180)]
    assert (solid == "#ffd60a") == ((0x10, 0x11, 0x14, 255) in middle)


def test_a_name_that_no_font_can_draw_has_icons_all_the_same():
    brand, _ = brand_of("acme", {"name": "\u0627\u0644\u0646\u0648\u0631", "color": {"primary": "#0b5fff"}})
    logos, diagnostics = read_logos(brand, fixed_tokens(), files=(), letterer=sample_of(brand).letterer)
    assert {"missing-glyph"} == {each.code for each in diagnostics}
    icons = {each.path.name: each.content for each in emit_icons(brand, logos, tokens=fixed_tokens())[0]}
    for name in ("icon-192.png", "apple-touch-icon.png", "maskable-512.png"):
        colors = dict(map(reversed, opened(icons[name]).getcolors(1 << 20)))
        assert 0.05 < colors[(255, 255, 255, 255)] / sum(colors.values()) < 0.4


def test_the_same_bytes_twice():
    """In two workers, as two builds have."""
    first = icons_of(WAVE)
    shared_worker().close()
    assert first == icons_of(WAVE)
