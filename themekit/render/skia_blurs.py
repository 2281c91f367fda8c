"""Small blurs as Chromium has them, by boxes of whole pixels, told to a Skia that has true Gaussians below two pixels.

Source: Filter Effects 1, "feGaussianBlur", which allows three boxes in place of a Gaussian.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.render.svg_tree import Element

if TYPE_CHECKING:
    from collections.abc import Iterator

BOXES_FROM_PX = 2.0  # from here on Skia's own build has boxes too
UNSEEN_PX = 0.2  # blurs nothing, but keeps the filter's way through linear light, which 0 would not

_CALL = re.compile(r"(\w+)\s*\(([^)]*)\)")
_LINK = re.compile(r"url\(#([\w.-]+)\)")
_SEPARATOR = re.compile(r"[\s,]+")
_INSIDE_UNKNOWN = frozenset({"pattern", "clipPath", "mask"})


@dataclass(frozen=True, slots=True)
class Blur:
    """A blur in a text, where `mark` stands for its deviations. `scale` is from them to units of the root."""

    mark: str
    deviations: tuple[float, ...]
    scale: float

    def told(self, root_scale: float) -> str:
        """What to write in place of the mark, in a picture of so many pixels to a unit."""
        factor = self.scale * root_scale
        return " ".join(f"{_as_boxes(each * factor) / factor:.6f}" for each in self.deviations)


def mark_blurs(root: Element) -> tuple[Blur, ...]:
    """Put marks where the deviations of blurs stand, of all those that are always drawn in one known scale."""
    if any(each.name == "use" for each in _walk(root)):
        return ()  # a copy may be drawn in any scale
    scales: dict[str, set[float]] = {}
    for child in _elements(root):
        _collect(child, 1.0, scales)
    blurs: list[Blur] = []
    for each in _walk(root):
        known = scales.get(each.attributes.get("id", ""), set()) if each.name == "filter" else set()
        if len(known) != 1 or each.attributes.get("primitiveUnits") == "objectBoundingBox":
            continue
        (scale,) = known
        if scale > 0:  # not for NaN, which stands for a scale that is not known
            blurs += _marked(each, scale, first=len(blurs))
    return tuple(blurs)


def _marked(filter_: Element, scale: float, *, first: int) -> list[Blur]:
    blurs: list[Blur] = []
    for each in _elements(filter_):
        deviations = tuple(float(part) for part in _numbers(each.attributes.get("stdDeviation", "")))
        if each.name == "feGaussianBlur" and deviations:
            blurs.append(Blur(f"skia-deviation-{first + len(blurs)};", deviations, scale))
            each.attributes["stdDeviation"] = blurs[-1].mark
    return blurs


def _as_boxes(deviation_px: float) -> float:
    """The deviation of the boxes that a small blur is drawn by; that of a large one, 2 and above, is left."""
    if not 0 < deviation_px < BOXES_FROM_PX:
        return deviation_px
    side = math.floor(deviation_px * 3 * math.sqrt(2 * math.pi) / 4 + 0.5)
    # Three boxes of an odd side; of an even one two, and one that is a pixel wider.
    sides = (side, side, side if side % 2 else side + 1)
    return math.sqrt(sum(each * each - 1 for each in sides) / 12) if side > 1 else UNSEEN_PX


def _collect(element: Element, scale: float, scales: dict[str, set[float]]) -> None:
    """The scales in which each filter is used; NaN, which equals nothing, where one is not known."""
    own = scale * _scale_of(element)
    link = _LINK.fullmatch(element.attributes.get("filter", "").strip())
    if link:
        scales.setdefault(link[1], set()).add(own)
    inside = math.nan if element.name in _INSIDE_UNKNOWN else own
    for child in _elements(element):
        _collect(child, inside, scales)


def _scale_of(element: Element) -> float:
    """How much larger the element's user space is drawn than its parent's; NaN if not by one number."""
    scale = 1.0
    for name, inside in _CALL.findall(element.attributes.get("transform", "")):
        scale *= _scale_by(name, [float(part) for part in _numbers(inside)])
    if element.name == "svg" and "viewBox" in element.attributes:
        view = [float(part) for part in _numbers(element.attributes["viewBox"])]
        sides = [element.attributes.get(name, "").removesuffix("px") for name in ("width", "height")]
        if len(view) != 4 or "preserveAspectRatio" in element.attributes or not all(map(_is_number, sides)):
            return math.nan
        width, height = map(float, sides)
        scale *= min(width / view[2], height / view[3]) if view[2] > 0 and view[3] > 0 else math.nan
    return scale


def _scale_by(name: str, numbers: list[float]) -> float:
    match name, numbers:
        case "translate", _:
            return 1.0
        case "scale", [factor]:
            return factor
        case "scale", [factor, other] if factor == other:
            return factor
        case "matrix", [factor, 0.0, 0.0, other, _, _] if factor == other:
            return factor
        case _:
            return math.nan


def _walk(element: Element) -> Iterator[Element]:
    yield element
    for child in _elements(element):
        yield from _walk(child)


def _elements(element: Element) -> list[Element]:
    return [child for child in element.children if isinstance(child, Element)]


def _numbers(text: str) -> list[str]:
    parts = [part for part in _SEPARATOR.split(text.strip()) if part]
    return parts if all(map(_is_number, parts)) else []


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False
