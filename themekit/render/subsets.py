"""Fonts made small for the web, in the limited worker: fewer glyphs, fewer axes, WOFF2."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from themekit.render.font_files import open_font, weight_range
from themekit.render.worker import RefusedError

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

    from themekit.render.worker import Value

_FEATURES = ("tnum", "zero", "case")  # beside fontTools' defaults: figures in tables, and capitals' punctuation
_KEPT_NAMES = frozenset({0, 1, 2, 5, 7, 13, 14})  # copyright, names, version, trademark and licence stay with the font
_UNKEPT_TABLES = ("meta", "DSIG", "STAT", "MVAR")  # MVAR moves underlines only; STAT names styles for desktop menus


def subset_job(content: bytes, unicodes: str, *keep_axes: str) -> tuple[Value, ...]:
    """WOFF2 bytes with the characters and axes that the font has; the codes come in hex, with commas between."""
    from fontTools import subset  # noqa: PLC0415 - in the worker only

    font = open_font(content)
    wanted = {int(code, 16) for code in unicodes.split(",") if code}
    if not wanted & set(font.getBestCmap() or ()):
        raise RefusedError("it has none of the characters wanted")
    options = subset.Options()
    options.layout_features = [*options.layout_features, *_FEATURES]
    options.hinting = False  # screens that hint need it no more, and it is a fifth of the file
    options.notdef_outline = True
    options.name_IDs = ["*"]  # fontTools would look through every table for names in use: a fifth of the whole time
    options.drop_tables += _UNKEPT_TABLES
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted)
    subsetter.subset(font)
    font = _with_axes(font, frozenset(keep_axes))
    _prune_names(font)
    out = io.BytesIO()
    font.flavor = "woff2"
    font.save(out, reorderTables=True)
    return (out.getvalue(),)


def describe_job(content: bytes) -> tuple[Value, ...]:
    """Lowest and highest weight, embedding bits of OS/2, how many characters."""
    font = open_font(content)
    os2 = font.get("OS/2")
    single = float(os2.usWeightClass) if os2 else 400.0
    low, high = weight_range(font) or (single, single)
    return low, high, int(os2.fsType) if os2 else 0, len(font.getBestCmap() or ())


def _prune_names(font: TTFont) -> None:
    axes = font["fvar"].axes if "fvar" in font else []
    instances = font["fvar"].instances if "fvar" in font else []
    used = {axis.axisNameID for axis in axes} | {instance.subfamilyNameID for instance in instances} | _KEPT_NAMES
    table = font.get("name")
    if table is not None:
        table.names = [record for record in table.names if record.nameID in used]


def _with_axes(font: TTFont, kept: frozenset[str]) -> TTFont:
    """The font with its other axes fixed at their defaults."""
    from fontTools.varLib import instancer  # noqa: PLC0415 - in the worker only

    axes = [axis.axisTag for axis in font["fvar"].axes] if "fvar" in font else []
    pinned: dict[str, None] = {tag: None for tag in axes if tag not in kept}
    return instancer.instantiateVariableFont(font, pinned, inplace=True) if pinned else font
