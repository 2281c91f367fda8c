"""Pixels: SVG to PNG, other people's pictures to clean PNG by Pillow, and what is known of them.

The `…_job` functions run in the limited worker and are named in `worker.JOBS`; the others ask for them. A picture is
read by the plugin of its own format only, after a look at the size in its header, and what leaves is encoded anew: no
metadata, no trailing bytes, no second format in the file.
"""

from __future__ import annotations

import base64
import binascii
import io
import re
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.render.packing import packed
from themekit.render.worker import Failed, RefusedError, Value, shared_worker

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PIL import Image

MAX_PIXELS = 40_000_000  # of a picture read: 160 MB as RGBA
MAX_SIDE_PX = 4096  # of a picture drawn
MAX_FILE_BYTES = 20_000_000
KEPT_SIDE_PX = 1024  # a picture that becomes a logo is made this small: twice what any page shows

SAME_CHANNEL = 12  # of 255: rounding, but no other colour
OPAQUE_ALPHA = 128  # of 255: antialiased pixels beyond it belong to the ink

DAMAGE = (OSError, SyntaxError, ValueError, EOFError, IndexError, struct.error)
"""What Pillow's plugins raise on a file that is not what it says."""

_PNG_SIZE = re.compile(rb".{8}....IHDR(....)(....)", re.DOTALL)
_DATA_URL = re.compile(r"data:image/(png|jpeg|jpg|webp);base64,([A-Za-z0-9+/=\s]+)")
_MAGIC = ((b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"))


@dataclass(frozen=True, slots=True)
class Size:
    """Pixels. `ground` is what lies behind, as #rrggbb, or None: transparent.

    `is_plain` keeps 32 bits a pixel, which readers of .ico files expect; other PNGs get the palette or depth that is
    smallest.
    """

    width_px: int
    height_px: int
    ground: str | None = None
    is_plain: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A clean picture as PNG, 8 bits RGBA or RGB."""

    png: bytes
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True)
class Ink:
    """The colours of a picture and how often each occurs: where it meets transparency, and wherever it is opaque.

    `max_alpha` is that of its least transparent pixel, 0 to 255.
    """

    edges: tuple[tuple[tuple[int, int, int], int], ...]
    fills: tuple[tuple[tuple[int, int, int], int], ...]
    max_alpha: int = 255


@dataclass(frozen=True, slots=True)
class Silhouette:
    """What the opaque part of a picture looks like from afar.

    `area` is its share of the picture; `reach` the way from the middle to its farthest point, in halves of the longer
    side: 1 for a disc, 1.41 for a square. `shades` are, of red, green and blue (0 to 255), the value in the middle and
    the slope to the right and down, in sides, that fit the outline best; `fit` is the share of it that they do fit.
    """

    area: float
    reach: float
    fit: float
    shades: tuple[tuple[float, float, float], ...]


def rasterise(svg: str, *sizes: Size) -> tuple[bytes, ...] | Failed:
    """One packed PNG for each size, which must have the picture's aspect: resvg keeps it where the SVG has a size.

    `svg` must be one that `sanitise_svg` returned or that we wrote. Raises ValueError above 4096 pixels a side.
    """
    for size in sizes:
        if not (0 < size.width_px <= MAX_SIDE_PX and 0 < size.height_px <= MAX_SIDE_PX):
            raise ValueError(f"{size} is not within 1 to {MAX_SIDE_PX} pixels")
    numbers: list[int | str] = []
    for size in sizes:
        numbers += [size.width_px, size.height_px, size.ground or "", int(size.is_plain)]
    answer = shared_worker().call("rasterise", svg, 1, *numbers)
    if isinstance(answer, Failed) and answer.is_crash:
        # It may have been Skia's, of which resvg has no part.
        answer = shared_worker().call("rasterise", svg, 0, *numbers)
    return answer if isinstance(answer, Failed) else tuple(_png(value) for value in answer)


def read_picture(content: bytes) -> Picture | Failed:
    """A PNG, JPEG or WebP file as a clean PNG, at most 1024 pixels a side."""
    answer = shared_worker().call("inspect", content, KEPT_SIDE_PX)
    if isinstance(answer, Failed):
        return answer
    png, width_px, height_px = answer[:3]
    return Picture(_png(png), int(width_px or 0), int(height_px or 0))


def ink_of(png: bytes) -> Ink | Failed:
    """The colours of a PNG of ours."""
    answer = shared_worker().call("ink", png)
    if isinstance(answer, Failed):
        return answer
    max_alpha, *numbers = [int(value) for value in answer if isinstance(value, int | float)]
    rows = [numbers[index : index + 5] for index in range(0, len(numbers), 5)]
    edges = tuple(((red, green, blue), edge) for red, green, blue, edge, _ in rows if edge)
    return Ink(edges, tuple(((red, green, blue), fill) for red, green, blue, _, fill in rows), max_alpha)


def silhouette_of(png: bytes) -> Silhouette | Failed:
    """The silhouette of a PNG of ours."""
    answer = shared_worker().call("silhouette", png)
    if isinstance(answer, Failed):
        return answer
    area, reach, fit, *rest = [float(value) for value in answer if isinstance(value, int | float)]
    return Silhouette(area, reach, fit, tuple((rest[at], rest[at + 1], rest[at + 2]) for at in (0, 3, 6)))


def inline_picture(url: str) -> str:
    """The `data:` URL of a picture with its picture encoded anew, or why it cannot be used."""
    parts = _DATA_URL.fullmatch(url)
    if not parts:
        return "only PNG, JPEG and WebP as base64 data may stand in an SVG"
    try:
        content = base64.b64decode(parts[2], validate=False)
    except binascii.Error:
        return "its base64 text is damaged"
    picture = read_picture(content)
    return picture.reason if isinstance(picture, Failed) else data_url(picture.png)


def data_url(png: bytes) -> str:
    """The PNG as the text of a link."""
    return f"data:image/png;base64,{base64.b64encode(png).decode()}"


def format_of(content: bytes) -> str | None:
    """`png`, `jpeg` or `webp` by the first bytes; None for all else."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "webp"
    return next((name for magic, name in _MAGIC if content.startswith(magic)), None)


def inspect_job(content: bytes, side_px: int) -> tuple[Value, ...]:
    """PNG bytes, width, height."""
    from PIL import ImageOps  # noqa: PLC0415

    picture = open_picture(content)
    try:
        picture.load()
    except DAMAGE as error:
        raise RefusedError("it is cut off" if "truncated" in str(error) else "its data is damaged") from error
    try:
        upright = ImageOps.exif_transpose(picture)
    except (SyntaxError, ValueError, OSError):
        upright = picture  # damaged notes of a camera are no fault of the picture
    kept = upright.convert("RGBA" if _has_alpha(picture) else "RGB")
    kept.thumbnail((side_px, side_px))
    out = io.BytesIO()
    kept.save(out, "png", compress_level=1)
    return packed(out.getvalue(), is_plain=False), kept.width, kept.height


def open_picture(content: bytes) -> Image.Image:
    """The picture, its header read and its size allowed, nothing decoded yet.

    The plugins are called by name, as `Image.open` asks every plugin there is, and that of EPS starts Ghostscript.
    """
    from PIL import Image, ImageFile, JpegImagePlugin, PngImagePlugin, WebPImagePlugin  # noqa: PLC0415

    Image.MAX_IMAGE_PIXELS = MAX_PIXELS // 2  # Pillow warns at it and refuses at twice as many
    plugins: dict[str, type[ImageFile.ImageFile]] = {
        "png": PngImagePlugin.PngImageFile,
        "jpeg": JpegImagePlugin.JpegImageFile,
        "webp": WebPImagePlugin.WebPImageFile,
    }
    found = format_of(content)
    if not content:
        raise RefusedError("it is empty")
    if found is None:
        raise RefusedError("it is no PNG, JPEG or WebP file")
    if len(content) > MAX_FILE_BYTES:
        raise RefusedError(f"it has {len(content):,} bytes; at most {MAX_FILE_BYTES:,} are read")
    try:
        picture = plugins[found](io.BytesIO(content))
    except Image.DecompressionBombError:
        raise RefusedError(f"it has more than {MAX_PIXELS // 1_000_000} megapixels") from None
    except DAMAGE as error:
        size = _PNG_SIZE.match(content)
        empty = size is not None and b"\0\0\0\0" in size.groups()
        raise RefusedError("it has no pixels" if empty else "its header is damaged or cut off") from error
    width, height = picture.size
    if width * height > MAX_PIXELS:
        raise RefusedError(f"it has {width} x {height} pixels; at most {MAX_PIXELS // 1_000_000} megapixels are read")
    return picture


def _has_alpha(picture: Image.Image) -> bool:
    return picture.mode in {"RGBA", "LA", "PA", "RGBa", "La"} or "transparency" in picture.info


def _png(value: Value) -> bytes:
    if not isinstance(value, bytes):
        raise TypeError(f"the worker answered {type(value).__name__} where a PNG was due")
    return value


def ink_job(png: bytes) -> tuple[Value, ...]:
    """The highest alpha; then for each colour red, green, blue, count in the outline, count in all that is opaque.

    Colours are sixteen to a channel. Of those that are alike the most frequent stands for all.
    """
    picture = open_picture(png).convert("RGBA")
    solid, outline = _opaque(picture)
    rgb = picture.convert("RGB").tobytes()
    pixels = zip(rgb[0::3], rgb[1::3], rgb[2::3], solid.tobytes(), outline.tobytes(), strict=True)
    exact: dict[tuple[int, int, int], list[int]] = {}
    for red, green, blue, is_solid, is_outline in pixels:
        if is_solid:
            count = exact.setdefault((red, green, blue), [0, 0])
            count[0] += bool(is_outline)
            count[1] += 1
    alike: dict[tuple[int, ...], tuple[tuple[int, int, int], list[int]]] = {}
    for color, (edge, fill) in sorted(exact.items(), key=lambda item: (-item[1][1], item[0])):
        _, count = alike.setdefault(tuple(channel // 16 for channel in color), (color, [0, 0]))
        count[0] += edge
        count[1] += fill
    colors = tuple(value for color, count in sorted(alike.values()) for value in (*color, *count))
    return (max(picture.getchannel("A").tobytes()), *colors)


def picture_pixels(content: bytes, *, side_px: int) -> Iterator[tuple[int, int, int]]:
    """The opaque pixels of a picture, sampled to at most this many a side, none blended. Only in the worker."""
    from PIL import Image  # noqa: PLC0415

    picture = open_picture(content)
    try:
        picture.draft("RGB", (side_px, side_px))  # JPEG decodes to an eighth, with all of a large photograph in it
        picture.load()
    except DAMAGE as error:
        raise RefusedError("its data is damaged") from error
    width, height = picture.size
    scale = min(1.0, side_px / max(width, height))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    pixels = picture.convert("RGBA").resize(size, Image.Resampling.NEAREST).tobytes()
    for at in range(0, len(pixels), 4):
        if pixels[at + 3] >= OPAQUE_ALPHA:
            yield pixels[at], pixels[at + 1], pixels[at + 2]


def silhouette_job(png: bytes) -> tuple[Value, ...]:
    """Area, reach, fit, then for red, green and blue the value in the middle and two slopes."""
    picture = open_picture(png).convert("RGBA")
    solid, outline = _opaque(picture)
    width, height = picture.size
    places = [(index % width + 0.5, index // width + 0.5) for index, is_in in enumerate(solid.tobytes()) if is_in]
    reach = max((((x - width / 2) ** 2 + (y - height / 2) ** 2) ** 0.5 for x, y in places), default=0.0)
    rgb = picture.convert("RGB").tobytes()
    edges = [
        ((index % width + 0.5) / width - 0.5, (index // width + 0.5) / height - 0.5, rgb[3 * index : 3 * index + 3])
        for index, is_in in enumerate(outline.tobytes())
        if is_in
    ]
    shades = [_plane([(x, y, color[channel]) for x, y, color in edges]) for channel in range(3)]
    fitting = sum(
        all(
            abs(middle + right * x + down * y - value) <= SAME_CHANNEL
            for value, (middle, right, down) in zip(color, shades, strict=True)
        )
        for x, y, color in edges
    )
    flat = [value for shade in shades for value in shade]
    return len(places) / (width * height), reach / (max(width, height) / 2), fitting / max(len(edges), 1), *flat


def _opaque(picture: Image.Image) -> tuple[Image.Image, Image.Image]:
    """Masks of all that is opaque and of its outline."""
    from PIL import ImageChops, ImageFilter, ImageOps  # noqa: PLC0415

    solid = picture.getchannel("A").point(lambda alpha: 255 if alpha >= OPAQUE_ALPHA else 0)
    # In a frame of nothing, so that ink at the border of the picture is outline too.
    padded = ImageOps.expand(solid, 1)
    inner = padded.filter(ImageFilter.MinFilter(3)).crop((1, 1, solid.width + 1, solid.height + 1))
    return solid, ImageChops.subtract(solid, inner)


def _plane(points: Sequence[tuple[float, float, float]]) -> tuple[float, float, float]:
    """Value in the middle, slope to the right and slope down that fit (x, y, value) best: least squares."""
    count = max(len(points), 1)
    x0, y0, z0 = (sum(point[axis] for point in points) / count for axis in range(3))
    xx = sum((x - x0) ** 2 for x, _, _ in points)
    yy = sum((y - y0) ** 2 for _, y, _ in points)
    xy = sum((x - x0) * (y - y0) for x, y, _ in points)
    xz = sum((x - x0) * (z - z0) for x, _, z in points)
    yz = sum((y - y0) * (z - z0) for _, y, z in points)
    determinant = xx * yy - xy * xy
    if determinant <= 0:
        return z0, 0.0, 0.0
    right, down = (xz * yy - yz * xy) / determinant, (yz * xx - xz * xy) / determinant
    return z0 - right * x0 - down * y0, right, down
