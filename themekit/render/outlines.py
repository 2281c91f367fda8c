"""Text as outlines, in the limited worker: glyphs of one font side by side, kerned, at one weight.

Simple layout on purpose: one glyph for each character, left to right, pair kerning, no ligatures. That is right for
names and headings in Latin, Greek and Cyrillic; a character the font lacks is left out and named.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from themekit.render.font_files import open_font
from themekit.render.kerning import Kerning

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

    from themekit.render.worker import Value


@dataclass(frozen=True, slots=True)
class _Setting:
    """A font at one place of its axes. `scale` is pixels for a font unit; `tracking` is font units after a glyph."""

    font: TTFont
    location: dict[str, float]
    scale: float
    tracking: float
    kerning: Kerning


def outline_job(content: bytes, setting_json: str, *texts: str) -> tuple[Value, ...]:
    """Cap height and x-height; then for each text: path data, advance, left, top, right, bottom, and what is missing.

    All in pixels, y downwards, the baseline at 0. The bounds of an empty outline are all 0. `setting_json` is weight,
    size in pixels and tracking in em.
    """
    weight, size_px, tracking_em = json.loads(setting_json)
    font = _opened(content)
    units = font["head"].unitsPerEm
    location = _location(font, {"wght": weight, "opsz": size_px})
    setting = _Setting(font, location, size_px / units, tracking_em * units, Kerning(font, location))
    answers: list[Value] = [_height(setting, "H"), _height(setting, "x")]
    for text in texts:
        answers += _outline(text, setting)
    return tuple(answers)


@lru_cache(maxsize=4)
def _opened(content: bytes) -> TTFont:
    return open_font(content)


def _location(font: TTFont, wanted: dict[str, float]) -> dict[str, float]:
    """The nearest place that the font's axes allow; an axis not asked for stays at its default."""
    axes = font["fvar"].axes if "fvar" in font else ()
    return {
        axis.axisTag: min(max(wanted.get(axis.axisTag, axis.defaultValue), axis.minValue), axis.maxValue)
        for axis in axes
    }


def _height(setting: _Setting, character: str) -> float:
    top = _outline(character, setting)[3]
    return -top if isinstance(top, float) else 0.0


def _outline(text: str, setting: _Setting) -> tuple[Value, ...]:
    from fontTools.pens.boundsPen import BoundsPen  # noqa: PLC0415 - in the worker only
    from fontTools.pens.svgPathPen import SVGPathPen  # noqa: PLC0415
    from fontTools.pens.transformPen import TransformPen  # noqa: PLC0415

    glyphs = setting.font.getGlyphSet(location=setting.location)
    names = setting.font.getBestCmap()
    scale = setting.scale
    path, bounds = SVGPathPen(glyphs, ntos=_decimal), BoundsPen(glyphs)
    x, previous, missing = 0.0, "", ""
    for character in text:
        name = names.get(ord(character))
        if name is None:
            missing += character
            continue
        x += setting.tracking + setting.kerning.between(previous, name) if previous else 0
        placed = (scale, 0, 0, -scale, x * scale, 0)
        glyphs[name].draw(TransformPen(path, placed))
        glyphs[name].draw(TransformPen(bounds, placed))
        x += glyphs[name].width
        previous = name
    left, top, right, bottom = bounds.bounds or (0.0, 0.0, 0.0, 0.0)
    return path.getCommands(), x * scale, float(left), float(top), float(right), float(bottom), missing


def _decimal(value: float) -> str:
    """Two decimals: a hundredth of a pixel."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text
