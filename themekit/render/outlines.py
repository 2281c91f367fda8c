"""Text as outlines, in the limited worker: glyphs of one font side by side, kerned, at one weight.

Simple layout on purpose: one glyph for each character, left to right, pair kerning, no ligatures. That is right for
names and headings in Latin, Greek and Cyrillic; a character the font lacks is left out and named.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from themekit.render.font_files import open_font
from themekit.render.kerning import Kerning

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont
    from fontTools.ttLib.ttGlyphSet import _TTGlyphSet

    from themekit.render.worker import Value


@dataclass(frozen=True, slots=True)
class _Glyph:
    """A glyph in font units: the pen's steps that draw it, and the box of its ink, if it has any."""

    width: float
    steps: tuple[tuple[str, tuple[tuple[float, float], ...]], ...]
    box: tuple[float, float, float, float] | None


@dataclass(frozen=True, slots=True)
class _Face:
    """A font at one place of its axes. What was drawn or kerned once is kept: names share their letters."""

    font: TTFont
    shapes: _TTGlyphSet
    kerning: Kerning
    glyphs: dict[str, _Glyph] = field(default_factory=dict)

    def glyph(self, name: str) -> _Glyph:
        if name not in self.glyphs:
            self.glyphs[name] = _drawn(self.shapes, name)
        return self.glyphs[name]


@dataclass(frozen=True, slots=True)
class _Setting:
    """How a face is set. `scale` is pixels for a font unit; `tracking` is font units after a glyph."""

    face: _Face
    scale: float
    tracking: float


def outline_job(content: bytes, setting_json: str, *texts: str) -> tuple[Value, ...]:
    """Cap height and x-height; then for each text: path data, advance, left, top, right, bottom, and what is missing.

    All in pixels, y downwards, the baseline at 0. The bounds of an empty outline are all 0. `setting_json` is weight,
    size in pixels and tracking in em.
    """
    weight, size_px, tracking_em = json.loads(setting_json)
    font = _opened(content)
    units = font["head"].unitsPerEm
    location = _location(font, {"wght": weight, "opsz": size_px})
    face = _face(content, tuple(sorted(location.items())))
    setting = _Setting(face, size_px / units, tracking_em * units)
    answers: list[Value] = [_height(setting, "H"), _height(setting, "x")]
    for text in texts:
        answers += _outline(text, setting)
    return tuple(answers)


@lru_cache(maxsize=4)
def _opened(content: bytes) -> TTFont:
    return open_font(content)


@lru_cache(maxsize=8)
def _face(content: bytes, location: tuple[tuple[str, float], ...]) -> _Face:
    font = _opened(content)
    return _Face(font, font.getGlyphSet(location=dict(location)), Kerning(font, dict(location)))


def _location(font: TTFont, wanted: dict[str, float]) -> dict[str, float]:
    """The nearest place that the font's axes allow; an axis not asked for stays at its default."""
    axes = font["fvar"].axes if "fvar" in font else ()
    return {
        axis.axisTag: min(max(wanted.get(axis.axisTag, axis.defaultValue), axis.minValue), axis.maxValue)
        for axis in axes
    }


def _drawn(shapes: _TTGlyphSet, name: str) -> _Glyph:
    from fontTools.pens.boundsPen import BoundsPen  # noqa: PLC0415 - in the worker only
    from fontTools.pens.recordingPen import DecomposingRecordingPen  # noqa: PLC0415

    glyph, box = shapes[name], BoundsPen(None)
    steps = DecomposingRecordingPen(shapes, skipMissingComponents=True)
    glyph.draw(steps)
    steps.replay(box)
    return _Glyph(glyph.width, tuple(steps.value), box.bounds)


def _height(setting: _Setting, character: str) -> float:
    name = setting.face.font.getBestCmap().get(ord(character))
    box = setting.face.glyph(name).box if name else None
    return setting.scale * box[3] if box else 0.0


def _outline(text: str, setting: _Setting) -> tuple[Value, ...]:
    from fontTools.pens.svgPathPen import SVGPathPen  # noqa: PLC0415 - in the worker only

    face, scale = setting.face, setting.scale
    names = face.font.getBestCmap()
    path = SVGPathPen(None, ntos=_decimal)
    boxes: list[tuple[float, float, float, float]] = []
    x, previous, missing = 0.0, "", ""
    for character in text:
        name = names.get(ord(character))
        if name is None:
            missing += character
            continue
        x += setting.tracking + face.kerning.between(previous, name) if previous else 0
        glyph, start = face.glyph(name), x * scale
        for step, points in glyph.steps:
            getattr(path, step)(*((scale * across + start, -scale * up) for across, up in points))
        if glyph.box is not None:
            left, low, right, high = glyph.box
            boxes.append((scale * left + start, -scale * high, scale * right + start, -scale * low))
        x += glyph.width
        previous = name
    lefts, tops, rights, bottoms = zip(*boxes, strict=True) if boxes else ((0.0,),) * 4
    bounds = (float(min(lefts)), float(min(tops)), float(max(rights)), float(max(bottoms)))
    return path.getCommands(), x * scale, *bounds, missing


def _decimal(value: float) -> str:
    """Two decimals: a hundredth of a pixel."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text
