"""Two pictures compared, pixel by pixel, in the limited worker: either may be anybody's."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

from themekit.render.images import DAMAGE, open_picture
from themekit.render.worker import Failed, RefusedError, Value, shared_worker

if TYPE_CHECKING:
    from PIL import Image

MARK = (224, 0, 116)  # on grey, no colour that text has
FADE = 0.78  # how far what is the same goes to white
RIM_PX = 1  # so that a single pixel is seen


@dataclass(frozen=True, slots=True)
class PictureDiff:
    """How two pictures differ. Where one is larger, what only it has is different.

    `box` is left, top, right, bottom of all that differs; None if nothing does. `marked` is a PNG of the later picture,
    faded, with what differs in one colour; empty if nothing does. `is_resized`: one is larger.
    """

    changed_px: int
    total_px: int
    box: tuple[int, int, int, int] | None = None
    marked: bytes = b""
    is_resized: bool = False

    @property
    def share(self) -> float:
        """The part of all pixels that differ, 0 to 1."""
        return self.changed_px / self.total_px


def compare_pictures(before: bytes, after: bytes, *, tolerance: int = 0) -> PictureDiff | Failed:
    """The difference of two PNG files. A channel may differ by `tolerance` of 255."""
    answer = shared_worker().call("compare", before, after, tolerance)
    if isinstance(answer, Failed):
        return answer
    changed, total, *rest = (int(value) for value in answer if isinstance(value, int))
    marked = next((value for value in answer if isinstance(value, bytes)), b"")
    if not changed:
        return PictureDiff(0, total)
    is_resized, left, top, right, bottom = rest
    return PictureDiff(changed, total, (left, top, right, bottom), marked, bool(is_resized))


def compare_job(before: bytes, *rest: bytes | int) -> tuple[Value, ...]:
    """Changed pixels and all; if some changed, also 1 if the sizes differ, the box and the marked PNG.

    `rest` is the later picture and the tolerance.
    """
    after, tolerance = bytes(rest[0]), int(rest[1])
    earlier, later = _loaded(before), _loaded(after)
    size = max(earlier.width, later.width), max(earlier.height, later.height)
    mask = _mask(earlier, later, size, tolerance)
    box = mask.getbbox()
    if box is None:
        return (0, size[0] * size[1])
    is_resized = int(earlier.size != later.size)
    return (mask.histogram()[255], size[0] * size[1], is_resized, *box, _marked(later, mask, box))


def _loaded(png: bytes) -> Image.Image:
    picture = open_picture(png)
    try:
        return picture.convert("RGBA")
    except DAMAGE as error:
        raise RefusedError("its data is damaged or cut off") from error


def _mask(earlier: Image.Image, later: Image.Image, size: tuple[int, int], tolerance: int) -> Image.Image:
    """White where the two differ."""
    from PIL import Image, ImageChops  # noqa: PLC0415 - loaded by the worker only

    common = (0, 0, min(earlier.width, later.width), min(earlier.height, later.height))
    bands = ImageChops.difference(earlier.crop(common), later.crop(common)).split()
    most = reduce(ImageChops.lighter, bands)
    mask = Image.new("L", size, 255)
    mask.paste(most.point([255 if value > tolerance else 0 for value in range(256)]), common[:2])
    return mask


def _marked(later: Image.Image, mask: Image.Image, box: tuple[int, int, int, int]) -> bytes:
    from PIL import Image, ImageFilter  # noqa: PLC0415 - loaded by the worker only

    ground = Image.new("RGB", mask.size, "white")
    grey = later.convert("L").point([round(value + (255 - value) * FADE) for value in range(256)])
    ground.paste(grey.convert("RGB"))
    left, top, right, bottom = box
    around = (
        max(left - RIM_PX, 0),
        max(top - RIM_PX, 0),
        min(right + RIM_PX, mask.width),
        min(bottom + RIM_PX, mask.height),
    )
    spot = mask.crop(around).filter(ImageFilter.MaxFilter(2 * RIM_PX + 1))
    ground.paste(MARK, around, spot)
    out = io.BytesIO()
    ground.save(out, "png", compress_level=6)
    return out.getvalue()
