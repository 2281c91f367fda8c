"""The colours that a picture is made of, the most telling first: what a brand looks like, from its logo.

Pixels are counted as they are, not blended, so a colour that is found is one that somebody chose. Those that an eye
takes for one (near in OKLab) are one. Paper and ink, which every logo has, are left out unless there is nothing else.
`colors_job` runs in the limited worker.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import dist, hypot, sqrt
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from themekit.render.images import Size, format_of, picture_pixels, rasterise
from themekit.render.svg import sanitise_svg
from themekit.render.worker import Failed, Value, shared_worker
from themekit.resolve.luminance import LINEAR_OF_BYTE
from themekit.resolve.oklab import linear_to_oklab

if TYPE_CHECKING:
    from collections.abc import Iterable

    from themekit.resolve.oklab import Triple

Rgb = tuple[int, int, int]

NAME = "picture"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
BOM_AND_BLANKS = b"\xef\xbb\xbf \t\r\n"
SIDE_PX = 128  # of the sample: a logo's colours cover more than a pixel of it
MAX_COLORS = 6
NEAR = 0.09  # in OKLab: an eye sees shades of one colour
SMALLEST_SHARE = 0.004  # of what is opaque: less is the edge between two colours
GREY_CHROMA = 0.035
PAPER, INK = 0.93, 0.25  # OKLab lightness above which a grey is paper, and below which it is ink
VIVID_CHROMA = 0.18  # from here on a colour is not more telling for being more vivid


@dataclass(slots=True)
class _Group:
    """Shades of one colour; the first is the most frequent and stands for all."""

    rgb: Rgb
    shade: Triple
    count: int

    @property
    def chroma(self) -> float:
        return hypot(self.shade[1], self.shade[2])

    @property
    def is_paper_or_ink(self) -> bool:
        return self.chroma < GREY_CHROMA and not INK <= self.shade[0] <= PAPER

    @property
    def weight(self) -> float:
        """A small vivid mark tells more than a large grey ground."""
        return sqrt(self.count) * (0.15 + min(self.chroma, VIVID_CHROMA) / VIVID_CHROMA)


def picture_colors(content: bytes) -> tuple[str, ...] | Failed:
    """Up to six colours as `#rrggbb` of a PNG, JPEG, WebP or SVG file; none of one that is empty."""
    if format_of(content) is None:
        if not content.startswith(UTF_16) and not content.lstrip(BOM_AND_BLANKS).startswith(b"<"):
            return Failed("it is no SVG, PNG, JPEG or WebP file")
        clean, diagnostics = sanitise_svg(content, path=PurePosixPath(NAME), prefix="p-")
        if clean is None:
            reasons = (each.message.removeprefix(f"`{NAME}` cannot be used: ") for each in diagnostics if each.is_error)
            return Failed(next(reasons, "it is no picture"))
        longer = max(clean.box.width, clean.box.height)
        width, height = (max(1, round(side / longer * SIDE_PX)) for side in (clean.box.width, clean.box.height))
        drawn = rasterise(clean.text, Size(width, height, is_plain=True))
        if isinstance(drawn, Failed):
            return drawn
        content = drawn[0]
    answer = shared_worker().call("colors", content)
    return answer if isinstance(answer, Failed) else tuple(str(value) for value in answer)


def colors_job(content: bytes) -> tuple[Value, ...]:
    """The colours of a picture file."""
    counts: Counter[Rgb] = Counter()
    for red, green, blue in picture_pixels(content, side_px=SIDE_PX):
        counts[red, green, blue] += 1
    return tuple(f"#{red:02x}{green:02x}{blue:02x}" for red, green, blue in telling_colors(counts))


def telling_colors(counts: Counter[Rgb]) -> tuple[Rgb, ...]:
    """The colours of pixels, by how often each occurs."""
    total = sum(counts.values())
    groups = [group for group in _groups(_coarse(counts)) if group.count >= SMALLEST_SHARE * total]
    colored = [group for group in groups if not group.is_paper_or_ink] or groups
    ordered = sorted(colored, key=lambda group: (-group.weight, group.rgb))
    return tuple(group.rgb for group in ordered[:MAX_COLORS])


def _coarse(counts: Counter[Rgb]) -> Iterable[tuple[Rgb, int]]:
    """The most frequent of those that share the upper four bits, with the number of all: at most 4,096."""
    sums: Counter[Rgb] = Counter()
    best: dict[Rgb, Rgb] = {}
    for rgb, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        cell = (rgb[0] >> 4, rgb[1] >> 4, rgb[2] >> 4)
        best.setdefault(cell, rgb)
        sums[cell] += count
    return sorted(((best[cell], count) for cell, count in sums.items()), key=lambda item: (-item[1], item[0]))


def _groups(colors: Iterable[tuple[Rgb, int]]) -> list[_Group]:
    groups: list[_Group] = []
    for rgb, count in colors:
        red, green, blue = rgb
        shade = linear_to_oklab((LINEAR_OF_BYTE[red], LINEAR_OF_BYTE[green], LINEAR_OF_BYTE[blue]))
        nearest = min(groups, key=lambda group: dist(group.shade, shade), default=None)
        if nearest is not None and dist(nearest.shade, shade) < NEAR:
            nearest.count += count
        else:
            groups.append(_Group(rgb, shade, count))
    return groups
