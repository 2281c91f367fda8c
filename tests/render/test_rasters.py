"""Which of two renderers draws a picture, and how: as browsers do, or as near as can be."""

import io
import re

import pytest
from PIL import Image, ImageChops

from themekit.render import images, rasters, skia_svg
from themekit.render.rasters import by_resvg, rasterise_job
from themekit.render.svg_tree import Box, CleanSvg
from themekit.render.worker import Failed

needs_skia = pytest.mark.skipif(not skia_svg.is_there(), reason="Skia is not installed, or libGL is missing")
DIAMOND = '<path fill="#5b21ff" d="M24 0 48 24 24 48 0 24z"/>'
RAMP = '<linearGradient id="a"><stop stop-color="#5b21ff"/><stop offset="1" stop-color="#ff5c8a"/></linearGradient>'


def svg(body, box=(0, 0, 48, 48)):
    """A clean picture; `{class:declarations}` is a rule as the cleaner writes it."""
    body = re.sub(r"\{(x-\w):([^}]*)\}", r".\1.x-root,.x-root .\1{\2}", body)
    return CleanSvg(Box(*box), body, "x-root").text


def opened(png):
    return Image.open(io.BytesIO(png)).convert("RGBA")


def drawn(text, side=32, ground=""):
    (png,) = rasterise_job(text, 1, side, side, ground, 1)
    return opened(png)


READ = {
    "shapes": '<rect x="2" y="3" width="9" height="4" rx="1"/><circle cx="9" cy="9" r="4"/><ellipse rx="3" ry="2"/>'
    '<line x2="9" y2="9"/><polyline points="0,0 9 9"/><polygon points="0 0 9 9 3 4"/>',
    "gradients": f'{RAMP}<radialGradient id="b" href="#a" fx=".3"/><rect width="48" height="9" fill="url(#b)"/>',
    "groups": '<g transform="translate(3, 4) rotate(9)" opacity=".5"><path d="M0 0h9v9" stroke-width="2px"/></g>',
    "clips": '<clipPath id="c"><circle r="9"/></clipPath><g clip-path="url(#c)"><path d="M0 0h9v9"/></g>',
    "copies": '<defs><path id="p" d="M0 0h9v9"/></defs><use href="#p" x="4"/>',
    "a blur": '<filter id="f"><feGaussianBlur stdDeviation="2"/></filter><path filter="url(#f)" d="M0 0h9v9"/>',
    "a shadow": '<filter id="f"><feDropShadow dx="1"/></filter><path filter="url(#f)" d="M0 0h9v9"/>',
    "a coloured shadow": '<filter id="f" color-interpolation-filters="sRGB"><feDropShadow flood-color="red" '
    'result="r"/></filter>',
    "a style": '<path style="fill:#c00; stroke: none" d="M0 0h9v9"/>',
    "a sheet of classes": '<style>{x-a:fill:#14213d}{x-b:stroke:red}</style><path class="x-a" d="M0 0h9v9"/>',
}
LEFT = {
    "text": "<text>a</text>",
    "turbulence": '<filter id="f"><feTurbulence baseFrequency=".1"/></filter><path filter="url(#f)" d="M0 0h9v9"/>',
    "a flood": '<filter id="f"><feFlood flood-color="red"/></filter><path filter="url(#f)" d="M0 0h9v9"/>',
    "a coloured shadow in linear light": '<filter id="f"><feDropShadow flood-color="red"/></filter>',
    "the shadow of a result": '<filter id="f"><feOffset dx="1"/><feDropShadow/></filter>',
    "a blend mode": '<path style="mix-blend-mode:multiply" d="M0 0h9v9"/>',
    "a picture": '<image href="data:image/png;base64,AAAA"/>',
    "a symbol": '<symbol id="s"/><use href="#s"/>',
    "a stroke of nothing": '<path stroke="red" stroke-width="0.0" d="M0 0h9v9"/>',
    "a colour with alpha": '<path fill="#ff000080" d="M0 0h9v9"/>',
    "a name it does not know": '<path fill="rebeccapurple" d="M0 0h9v9"/>',
    "a share of opacity": '<path opacity="50%" d="M0 0h9v9"/>',
    "a unit": '<rect width="1mm" height="9"/>',
    "a sheet of selectors": "<style>path > g{fill:red}</style>",
    "a sheet with a query": "<style>@media print{.x-a{fill:red}}</style>",
    "two classes": '<style>{x-b:fill:red}{x-a:fill:#00f}</style><path class="x-a x-b" d="M0 0h9v9"/>',
    "a number without end": '<path d="M0 0H1e9"/>',
    "a number of nothing": '<path d="M0 0h9" transform="scale(1e-12)"/>',
    "importance": '<path style="fill:red!important" d="M0 0h9v9"/>',
    "luminance of another space": '<mask id="m" color-interpolation="linearRGB"/>',
}


@pytest.mark.parametrize("name", READ)
def test_what_skia_reads_as_browsers_do_is_left_to_it(name):
    given = skia_svg.readable(svg(READ[name]))
    assert given is not None
    assert "style" not in given.text
    assert " href=" not in given.text, "Skia knows xlink's alone"


@pytest.mark.parametrize("name", LEFT)
def test_what_it_reads_otherwise_is_not(name):
    assert skia_svg.readable(svg(LEFT[name])) is None


def test_only_our_own_documents_are_left_to_it():
    assert skia_svg.readable(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{DIAMOND}</svg>') is None
    assert skia_svg.readable(svg("<path")) is None


def test_sheet_and_style_win_over_attributes():
    text = skia_svg.readable(
        svg('<style>{x-a:fill:#111}{x-a:stroke:#222}</style><path stroke="red" class="x-a" style="fill:#333"/>')
    ).text
    assert 'stroke="#222"' in text
    assert 'fill="#333"' in text


def merges(steps):
    """Each step names the one before it twice."""
    first = '<feOffset dx="1" dy="1" result="r0"/>'
    each = '<feMerge result="r{}"><feMergeNode in="r{}"/><feMergeNode in="r{}"/></feMerge>'
    return first + "".join(each.format(step + 1, step, step) for step in range(steps))


@pytest.mark.parametrize(
    ("primitives", "users", "is_left"),
    [
        (merges(3), 4, True),
        (merges(30), 1, False),
        ('<feGaussianBlur stdDeviation="50"/>' * 1000, 1, False),
        ('<feGaussianBlur stdDeviation="50"/>', 100, True),
        ('<feGaussianBlur stdDeviation="50"/>', 3000, False),
    ],
    ids=["few-merges", "doubling", "long-chain", "some-users", "many-users"],
)
def test_filters_of_which_skia_would_draw_without_end_are_not_left_to_it(primitives, users, is_left):
    """Skia drew the doubling ones until the worker's limit, and resvg draws them at once."""
    shape = '<rect width="9" height="9" filter="url(#f)"/>' * users
    found = skia_svg.readable(svg(f'<filter id="f">{primitives}</filter>{shape}'))
    assert is_left == (found is not None)
    copies = '<use href="#r"/>' * 100
    filtered = f'<filter id="f">{primitives}</filter><g id="r">{shape}</g>'
    assert skia_svg.readable(svg(filtered + copies)) is None or users == 1


def test_a_shadow_is_written_at_length():
    text = skia_svg.readable(svg('<filter id="f"><feDropShadow dx="1" stdDeviation="3"/></filter>')).text
    assert "feDropShadow" not in text
    assert '<feGaussianBlur in="SourceGraphic" stdDeviation="3" result="skia-blur-SourceGraphic"/>' in text
    assert '<feOffset in="skia-blur-SourceGraphic" dx="1" dy="2" result="skia-moved-SourceGraphic"/>' in text
    assert '<feMergeNode in="skia-cut-SourceGraphic"/><feMergeNode in="SourceGraphic"/>' in text


def test_an_inner_picture_is_cut_at_its_edge():
    text = skia_svg.readable(
        svg('<svg x="8" y="9" width="30" height="20" viewBox="0 0 9 9"><circle r="20"/></svg>')
    ).text
    assert '<g clip-path="url(#skia-clip-1)"><clipPath id="skia-clip-1"><rect x="8" y="9" width="30"' in text


HOSTILE = {
    "endless": '<path d="M-1e9 12zL1e9 33zH1e38"/>'
    '<path transform="matrix(1e6 1e6 48 1e-6 1 24)" d="M-1e9 1H0zC0 0 1 1 1 1"/>',
    "no size": '<mask id="m" x="12" y="0" width="1e6" height="1"><path d="M0 12A-1e9 33 0 0 1 9 9"/></mask>'
    '<g transform="scale(47.9) rotate(-1e9)"><path mask="url(#m)" d="M1e-6 -1L0 1e6A0 .1 1e38 0 1 1e-6 1e9z"/></g>',
    "scaled again and again": '<g transform="scale(9999)">' * 9 + DIAMOND + "</g>" * 9,
    "dashes": '<path d="M0 0H99999" stroke="red" stroke-dasharray="0.0001"/>',
    "tiles": '<pattern id="p" width="0.0001" height="0.0001" patternUnits="userSpaceOnUse"><path d="M0 0h9v9"/>'
    '</pattern><rect width="48" height="48" fill="url(#p)"/>',
    "a wide blur": '<filter id="f" x="-99999" y="-99999" width="99999" height="99999">'
    '<feGaussianBlur stdDeviation="99999"/></filter><g filter="url(#f)"><path d="M0 0h48v48"/></g>',
}


@needs_skia
def test_skia_measures_edges():
    """A line at three eighths of a pixel covers three eighths, which sixteen samples cannot tell from a quarter."""
    side = svg('<rect width="18.375" height="48"/>')
    assert round(0.375 * 255) == drawn(side, 48).getpixel((18, 24))[3]
    assert {64, 128} & {opened(rasters._resvg(side, (48, 48), "")).getpixel((18, 24))[3]}


def test_without_skia_a_small_picture_is_averaged():
    """To a sixteenth of a pixel, the ground whole to its edge."""
    cut = svg('<rect width="18.375" height="48"/>')
    alpha = opened(by_resvg(cut, (48, 48))).getchannel("A")
    assert 0.375 * 255 == pytest.approx(alpha.getpixel((18, 24)), abs=255 / 32 + 1)
    full = opened(by_resvg(svg('<rect width="48" height="48" fill="#123456"/>'), (16, 16)))
    assert [(256, (0x12, 0x34, 0x56, 255))] == full.getcolors()


@pytest.mark.parametrize("is_there", [True, False])
def test_the_same_bytes_twice(monkeypatch, is_there):
    monkeypatch.setattr(skia_svg, "is_there", lambda: is_there and _SKIA)
    text = svg(f'{RAMP}<path fill="url(#a)" d="M24 0 48 24 24 48 0 24z"/>')
    sizes = (1, 16, 16, "", 1, 64, 64, "#ffffff", 0)
    assert rasterise_job(text, *sizes) == rasterise_job(text, *sizes)


_SKIA = skia_svg.is_there()


@pytest.mark.parametrize(
    "box", [(0, 0, 48, 48), (3, -2, 100, 30), (0, 0, 30, 100), (0, 0, 19.4, 7.3), (0, 0, 9.5, 3.5), (0, 0, 0.5, 0.4)]
)
def test_both_renderers_give_a_picture_one_size(box):
    text = svg("", box)
    for sides in ((16, 16), (97, 31), (31, 97), (512, 512)):
        assert opened(rasters._resvg(text, sides, "")).size == rasters._fitted(text, sides)


@needs_skia
@pytest.mark.parametrize("ground", ["", "#102030"])
def test_both_renderers_draw_one_picture(monkeypatch, ground):
    """Within what edges differ by."""
    text = svg(f'{RAMP}<path fill="url(#a)" opacity=".8" d="M24 0 48 24 24 48 0 24z"/>')
    one = drawn(text, 48, ground)
    monkeypatch.setattr(skia_svg, "is_there", lambda: False)
    other = drawn(text, 48, ground)
    highest = max(ImageChops.difference(_on_white(one), _on_white(other)).tobytes())
    assert 0 < highest <= 255 / 8


def _on_white(picture):
    return Image.alpha_composite(Image.new("RGBA", picture.size, "white"), picture)


@needs_skia
@pytest.mark.parametrize(
    "body",
    [
        '<linearGradient id="a"/><rect width="48" height="48" fill="url(#a)"/>',
        '<path d="M4 4H40V40 L zz"/>',
        f'{RAMP}<path d="M4 24H44" stroke="url(#a)" stroke-width="6"/>',
    ],
)
def test_where_they_draw_two_pictures_resvg_is_believed(body):
    """Skia fills with black where there is no gradient, drops a path at its first mistake, and more like that."""
    text = svg(body)
    assert skia_svg.readable(text) is not None
    assert rasters._for_skia(text) is None
    assert opened(by_resvg(text, (32, 32))).tobytes() == drawn(text).tobytes()


@needs_skia
def test_a_missing_dot_is_seen():
    """Of a sixteenth of the side: the least of what a picture is made of."""
    with_dot = svg(DIAMOND + '<circle cx="44" cy="4" r="1.7"/>')
    one = skia_svg.draw(skia_svg.readable(svg(DIAMOND)), (64, 64))
    assert rasters._far_apart(one, rasters._opened(rasters._resvg(with_dot, (64, 64), ""))) > rasters.AGREED
    assert rasters._far_apart(one, rasters._opened(rasters._resvg(svg(DIAMOND), (64, 64), ""))) <= rasters.AGREED
    assert 255 == rasters._far_apart(one, one.resize((32, 64)))


@needs_skia
def test_what_skia_cannot_read_is_left_to_resvg(monkeypatch):
    broken = skia_svg.Readable("<svg ", (9, 9))
    assert skia_svg.draw(broken, (9, 9)) is None
    monkeypatch.setattr(skia_svg, "readable", lambda _: broken)
    text = svg(DIAMOND)
    assert opened(by_resvg(text, (32, 32))).tobytes() == drawn(text).tobytes()


def test_a_crash_of_skia_leaves_the_picture_to_resvg(monkeypatch):
    calls = []

    class Crashing:
        def call(self, *arguments):
            calls.append(arguments)
            return Failed("the decoder crashed (SIGABRT)", is_crash=True) if arguments[2] else (b"png",)

    monkeypatch.setattr(images, "shared_worker", Crashing)
    assert (b"png",) == images.rasterise("<svg/>", images.Size(9, 9))
    assert [("rasterise", "<svg/>", may_skia, 9, 9, "", 0) for may_skia in (1, 0)] == calls


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_coordinates_are_drawn_or_refused_in_words(name):
    answer = images.rasterise(svg(HOSTILE[name]), images.Size(16, 16), images.Size(180, 180))
    assert not isinstance(answer, Failed) or answer.reason


def test_without_skia_there_is_no_need_of_it(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "skia", None)
    skia_svg.obstacle.cache_clear()
    try:
        assert not skia_svg.is_there()
    finally:
        skia_svg.obstacle.cache_clear()
