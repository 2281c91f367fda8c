"""Pictures that we draw look as browsers draw them: within 1 of 255 on average, in each channel.

At every size of an icon, by Skia, which draws what Chromium draws. Without Skia, edges of small pictures differ more.
"""

import io
from contextlib import nullcontext
from functools import cache
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageStat

from tests.assets.sample import BRANDS, sample
from themekit.assets import icons
from themekit.render import rasters, skia_svg
from themekit.render.images import Size, rasterise
from themekit.render.svg import sanitise_svg
from themekit.studio.chromium.opening import browser_on, fresh_context

ROOT = Path(__file__).parents[2]
SIDE_PX = 512
SIDES_PX = (16, 24, 32, 48, 64, 96, 128, 180, 192, 256, 512)
MEAN = 1.0  # of 255: the bar
NS = 'xmlns="http://www.w3.org/2000/svg"'
DRAWINGS = {
    "gradient": f'<svg {NS} viewBox="0 0 48 48"><linearGradient id="a"><stop stop-color="#5b21ff"/>'
    '<stop offset="1" stop-color="#ff5c8a"/></linearGradient><path fill="url(#a)" d="M24 0 48 24 24 48 0 24z"/></svg>',
    "strokes": f'<svg {NS} viewBox="0 0 48 48"><g fill="none" stroke="#0b5fff" stroke-width="3" stroke-linecap="round">'
    '<path d="M6 42C12 6 36 6 42 42"/><circle cx="24" cy="24" r="9" stroke-dasharray="4 5"/></g></svg>',
    "blur": f'<svg {NS} viewBox="0 0 48 48"><filter id="f"><feGaussianBlur stdDeviation="2"/></filter>'
    '<rect x="10" y="10" width="28" height="28" rx="6" fill="#12b76a" filter="url(#f)"/></svg>',
    "mask and pattern": f'<svg {NS} viewBox="0 0 48 48"><pattern id="p" width="6" height="6" '
    'patternUnits="userSpaceOnUse"><rect width="3" height="3" fill="#f79009"/></pattern><mask id="m">'
    '<circle cx="24" cy="24" r="20" fill="#fff"/></mask>'
    '<rect width="48" height="48" fill="url(#p)" mask="url(#m)"/></svg>',
    "radial, opacity, blend": f'<svg {NS} viewBox="0 0 48 48"><radialGradient id="r" cx=".3" cy=".3">'
    '<stop stop-color="#fff"/><stop offset="1" stop-color="#7a2cff"/></radialGradient>'
    '<circle cx="20" cy="24" r="16" fill="url(#r)"/><circle cx="30" cy="24" r="16" fill="#f0384b" opacity=".5" '
    'style="mix-blend-mode:multiply"/></svg>',
    "shadow": f'<svg {NS} viewBox="0 0 48 48"><filter id="f" x="-.5" y="-.5" width="2" height="2">'
    '<feDropShadow dx="2" dy="3" stdDeviation="1.5" flood-opacity=".6"/></filter>'
    '<path d="M24 8 40 40H8z" fill="#0a84ff" filter="url(#f)"/></svg>',
    "straight edges": f'<svg {NS} viewBox="0 0 48 48"><path d="M3 5 44 9 31 45 7 40zM12 12 20 34 36 30z" '
    'fill="#0b3a7a"/><rect x="23.4" y="20.6" width="19.9" height="2.2" rx="1" fill="#060"/></svg>',
    "curves": f'<svg {NS} viewBox="0 0 48 48"><circle cx="18" cy="20" r="14.3" fill="#0a7"/>'
    '<path d="M4 44C10 30 14 50 24 38S40 48 46 40V47H4z" fill="#235"/></svg>',
    "thin lines": f'<svg {NS} viewBox="0 0 48 48"><g fill="none" stroke="#000" stroke-width=".4">'
    '<path d="M4 4 44 40M8 24H40"/><circle cx="24" cy="24" r="17"/>'
    '<path stroke-width="1" d="M4 44 30 4M24 6V42"/></g></svg>',
    "seams": f'<svg {NS} viewBox="0 0 48 48"><g fill="#1a33e6"><path d="M24 24 46 24 35 43z"/>'
    '<path d="M24 24 35 43 13 43z"/><path d="M24 24 13 43 2 24z"/></g></svg>',
    "clips": f'<svg {NS} viewBox="0 0 48 48"><clipPath id="m"><circle cx="24" cy="24" r="20"/></clipPath>'
    '<g clip-path="url(#m)"><rect width="48" height="48" fill="#14c"/><path d="M0 30 48 12V48H0z" '
    'fill="#fc0"/></g></svg>',
    "classes, copies": f'<svg {NS} viewBox="0 0 48 48"><style>.a{{fill:#c00}}.b{{stroke:#00f;stroke-width:2}}</style>'
    '<defs><path id="p" d="M2 2h12l4 9-9 6z"/></defs><use href="#p" class="a"/>'
    '<use href="#p" class="b" transform="translate(20 20) rotate(20)"/></svg>',
    "wide blur": f'<svg {NS} viewBox="0 0 48 48"><filter id="f" x="-.5" y="-.5" width="2" height="2">'
    '<feGaussianBlur stdDeviation="5"/></filter><circle cx="24" cy="24" r="12" fill="#12b76a" filter="url(#f)"/></svg>',
}
BY_SKIA = {
    "blur": {24: 1.3},
    "wide blur": {16: 1.6},
    "shadow": {16: 1.5, 24: 3.1},
    "radial, opacity, blend": {16: 2.6, 24: 1.4},
}
"""What is above 1, and by how much.

Blurs of one or two pixels are boxes in Chromium and here the Gaussians of their width, and shadows are moved by
parts of a pixel otherwise. Blend modes are resvg's to draw.
"""
WITHOUT_SKIA = 110  # of 255 pixels by the side: edges are a share of the picture that grows as it gets smaller
BLURRED = 8.5  # without Skia: in linear light resvg rounds dark channels down where Chromium rounds them up
GROUNDS = ("#ffffff", "#202124")
STYLE = (
    "<!doctype html><style>* {{ margin: 0 }} body {{ background: {} }}"
    "svg {{ display: block; width: {}px; height: {}px }}</style>"
)
LOGOS = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "brands").glob("*/*.svg"))
needs_skia = pytest.mark.skipif(not skia_svg.is_there(), reason="Skia is not installed, or libGL is missing")


@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    """Draws the text of an SVG on a ground, as large as it is asked for."""
    with browser_on(tmp_path_factory.mktemp("rasters")) as (_, opened):
        context = fresh_context(opened)
        page = context.new_page()

        @cache
        def draw(svg, width, height, ground="#ffffff"):
            page.set_viewport_size({"width": width, "height": height})
            page.set_content(STYLE.format(ground, width, height) + svg)
            return page.screenshot()

        yield draw
        context.close()


def means(one, other):
    """The mean difference of each channel, of 255."""
    first, second = (Image.open(io.BytesIO(png)).convert("RGB") for png in (one, other))
    assert first.size == second.size
    return ImageStat.Stat(ImageChops.difference(first, second)).mean


def ours(svg, width, height):
    (png,) = rasterise(svg, Size(width, height, ground="#ffffff"))
    return png


def cleaned(text):
    picture, _ = sanitise_svg(text, path=Path("brands/acme/logo.svg"), prefix="x-")
    return picture


def above(limits, found):
    """What differs by more than its limit, or than the bar."""
    return {side: mean for side, mean in found.items() if mean > limits.get(side, MEAN)}


@needs_skia
@pytest.mark.parametrize("name", DRAWINGS)
def test_drawings_of_every_size_look_as_in_a_browser(chromium, name):
    svg = cleaned(DRAWINGS[name].encode()).text
    found = {side: max(means(chromium(svg, side, side), ours(svg, side, side))) for side in SIDES_PX}
    assert {} == above(BY_SKIA.get(name, {}), found)


@needs_skia
@pytest.mark.parametrize("path", LOGOS)
def test_logos_of_every_size_look_as_in_a_browser(chromium, path):
    """As large as fits, so that wide ones are a few pixels high."""
    picture = cleaned((ROOT / path).read_bytes())
    found = {}
    for side in SIDES_PX:
        drawn = ours(picture.text, side, side)
        found[side] = max(means(chromium(picture.text, *Image.open(io.BytesIO(drawn)).size), drawn))
    assert {} == above({}, found)


@needs_skia
@pytest.mark.parametrize("name", BRANDS)
def test_icons_that_are_emitted_look_as_in_a_browser(chromium, name, monkeypatch):
    """Every size of every icon, on a light and on a dark tab."""
    drawn = []

    def kept(svg, *sizes):
        pngs = rasterise(svg, *sizes)
        drawn.extend((svg, size.width_px, png) for size, png in zip(sizes, pngs, strict=True))
        return pngs

    monkeypatch.setattr(icons, "rasterise", kept)
    case = sample(name)
    icons.emit_icons(case.brand, case.logos, tokens=case.tokens)
    assert {16, 32, 48, 96, 180, 192, 512} == {side for _, side, _ in drawn}
    found = {
        (side, ground): max(means(chromium(svg, side, side, ground), on_ground(png, ground)))
        for svg, side, png in drawn
        for ground in GROUNDS
    }
    assert {} == above({}, found)


def on_ground(png, ground):
    picture = Image.open(io.BytesIO(png)).convert("RGBA")
    out = io.BytesIO()
    Image.alpha_composite(Image.new("RGBA", picture.size, ground), picture).save(out, "png")
    return out.getvalue()


@pytest.mark.parametrize("name", DRAWINGS)
def test_without_skia_edges_alone_differ(chromium, name, monkeypatch):
    monkeypatch.setattr(rasters, "no_new_files", nullcontext)  # Playwright opens some in this process
    svg = cleaned(DRAWINGS[name].encode()).text
    found = {
        side: max(means(chromium(svg, side, side), rasters.by_resvg(svg, (side, side), ground="#ffffff")))
        for side in SIDES_PX
        if side != 180 or "pattern" not in name  # where it draws tiles of 22.5 pixels as of 23
    }
    least = BLURRED if "blur" in name else MEAN
    assert {} == {side: mean for side, mean in found.items() if mean > max(least, WITHOUT_SKIA / side)}


def test_whole_browsers_differ_from_their_own_larger_drawings(chromium):
    """Why small sizes need Chromium's own rasteriser: exact coverage, which it draws at 8 times the size, is no nearer.

    Its edges are snapped to quarters of a pixel.
    """
    svg = cleaned(DRAWINGS["curves"].encode()).text
    large = Image.open(io.BytesIO(chromium(svg, 16 * 8, 16 * 8))).convert("RGB").resize((16, 16), Image.Resampling.BOX)
    out = io.BytesIO()
    large.save(out, "png")
    assert max(means(chromium(svg, 16, 16), out.getvalue())) > 2 * MEAN


def test_the_difference_would_be_seen():
    """A shift by one pixel is more than the bar allows."""
    svg = cleaned(DRAWINGS["strokes"].encode()).text
    moved = svg.replace("<g ", '<g transform="translate(.2 0)" ', 1)
    assert moved != svg
    assert max(means(ours(svg, SIDE_PX, SIDE_PX), ours(moved, SIDE_PX, SIDE_PX))) > MEAN
