"""SVG to PNG, in the limited worker: by Skia where it is installed and reads the picture, else by resvg.

Skia draws what Chromium draws, to the pixel. resvg takes sixteen samples of a pixel, four to a row, where Chromium
measures each row exactly; so a small picture is drawn several times, moved by parts of a sample, and averaged.
"""

from __future__ import annotations

import io
import math
import re
from typing import TYPE_CHECKING

from themekit.render import skia_svg
from themekit.render.packing import packed
from themekit.render.worker import Value, no_new_files

if TYPE_CHECKING:
    from PIL import Image

    from themekit.render.skia_svg import Readable

SAMPLE_PX = 0.25  # the way between two of resvg's samples
DRAWN_TIMES = ((64, 4), (128, 2))  # up to this side, this often; above, edges are too small a share to matter
CHECKED_SIDE_PX, BLOCK_PX = 64, 8
AGREED = 16  # of 255, of the mean of a block: edges differ by 4, a missing dot of a sixteenth of the side by 64

_ROOT = re.compile(
    r'(?P<before><svg [^>]*?viewBox=")(?P<x>[^" ]+) (?P<y>[^" ]+) (?P<view_width>[^" ]+) (?P<view_height>[^" ]+)'
    r'(?P<after>"[^>]*? width="(?P<width>[0-9.]+)" height="(?P<height>[0-9.]+)">)'
)
"""How the text of a CleanSvg begins."""


def rasterise_job(svg: str, may_skia: int, *numbers: int | str) -> tuple[Value, ...]:
    """PNG bytes for each four of width, height, ground, which is "" for none, and whether to keep 32 bits."""
    for_skia = _for_skia(svg) if may_skia else None
    answers: list[Value] = []
    for index in range(0, len(numbers), 4):
        width, height, ground, is_plain = numbers[index : index + 4]
        sides = (int(width), int(height))
        drawn = skia_svg.draw(for_skia, _fitted(svg, sides), ground=str(ground)) if for_skia else None
        png = by_resvg(svg, sides, ground=str(ground)) if drawn is None else _encoded(drawn)
        answers.append(packed(png, is_plain=bool(is_plain)))
    return tuple(answers)


def by_resvg(svg: str, sides_px: tuple[int, int], *, ground: str = "") -> bytes:
    """A PNG at most this wide and high, small ones averaged of several."""
    root = _ROOT.match(svg)
    times = next((times for most, times in DRAWN_TIMES if max(sides_px) <= most), 1)
    if root is None or times == 1:
        return _resvg(svg, sides_px, ground)
    step = SAMPLE_PX / times * float(root["view_width"]) / _fitted(svg, sides_px)[0]
    pictures = []
    for at in range(times):
        x = float(root["x"]) + (at - (times - 1) / 2) * step
        view = f"{x:.9f} {root['y']} {root['view_width']} {root['view_height']}"
        pictures.append(_opened(_resvg(f"{root['before']}{view}{root['after']}{svg[root.end() :]}", sides_px, ground)))
    return _encoded(_mean(pictures))


def _for_skia(svg: str) -> Readable | None:
    """The picture for Skia; None if it cannot be left to it, or if it draws something else than resvg does."""
    given = skia_svg.readable(svg) if skia_svg.is_there() else None
    if given is None:
        return None
    sides = (CHECKED_SIDE_PX, CHECKED_SIDE_PX)
    drawn = skia_svg.draw(given, _fitted(svg, sides))
    agree = drawn is not None and _far_apart(drawn, _opened(_resvg(svg, sides, ""))) <= AGREED
    return given if agree else None


def _far_apart(one: Image.Image, other: Image.Image) -> int:
    """The largest difference of the means of blocks, in any channel; 255 if the sizes differ."""
    from PIL import Image, ImageChops  # noqa: PLC0415 - loaded by the worker only

    if one.size != other.size:
        return 255
    blocks = (max(1, one.width // BLOCK_PX), max(1, one.height // BLOCK_PX))
    first, second = (_as_bytes(each).resize(blocks, Image.Resampling.BOX) for each in (one, other))
    return max(ImageChops.difference(first, second).tobytes())


def _as_bytes(picture: Image.Image) -> Image.Image:
    """The same four bytes in a mode whose bytes Pillow takes for nothing but numbers: RGBA it premultiplies."""
    from PIL import Image  # noqa: PLC0415 - loaded by the worker only

    return Image.frombytes("CMYK", picture.size, picture.tobytes())


def _fitted(svg: str, sides_px: tuple[int, int]) -> tuple[int, int]:
    """The size that resvg gives a picture: as large as fits, by whole pixels of its own size."""
    root = _ROOT.match(svg)
    if root is None:
        return sides_px
    width, height = (max(1, math.floor(float(root[name]) + 0.5)) for name in ("width", "height"))
    as_high = math.ceil(sides_px[1] * width / height)
    return (as_high, sides_px[1]) if as_high < sides_px[0] else (sides_px[0], math.ceil(sides_px[0] * height / width))


def _resvg(svg: str, sides_px: tuple[int, int], ground: str) -> bytes:
    import resvg_py  # noqa: PLC0415 - loaded by the worker only

    # No fonts, and no files: resvg would read those that a link names, were there one left.
    with no_new_files():
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=svg,
                width=sides_px[0],
                height=sides_px[1],
                background=ground or None,
                skip_system_fonts=True,
            )
        )


def _opened(png: bytes) -> Image.Image:
    """Premultiplied, as pixels are averaged."""
    from PIL import PngImagePlugin  # noqa: PLC0415 - loaded by the worker only

    return PngImagePlugin.PngImageFile(io.BytesIO(png)).convert("RGBA").convert("RGBa")


def _encoded(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.convert("RGBA").save(out, "png", compress_level=1)
    return out.getvalue()


def _mean(pictures: list[Image.Image]) -> Image.Image:
    """Of two, four, eight … pictures, premultiplied; halves are rounded down and up by turns."""
    from PIL import Image, ImageChops  # noqa: PLC0415 - loaded by the worker only

    layers = [_as_bytes(each) for each in pictures]
    while len(layers) > 1:
        pairs = zip(layers[::2], layers[1::2], strict=True)
        # Inverted each time: to round the inverse down is to round up.
        layers = [ImageChops.invert(ImageChops.add(one, other, scale=2)) for one, other in pairs]
    steps = len(pictures).bit_length() - 1
    mean = ImageChops.invert(layers[0]) if steps % 2 else layers[0]
    return Image.frombytes("RGBa", mean.size, mean.tobytes())
