"""Fonts made small for the web, in the limited worker: fewer glyphs, fewer axes, WOFF2."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from themekit.render.font_files import open_font, weight_range
from themekit.render.worker import RefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fontTools.ttLib import TTFont

    from themekit.render.worker import Value

_FEATURES = ("tnum", "zero", "case")  # beside HarfBuzz's defaults: figures in tables, and capitals' punctuation
_KEPT_NAMES = frozenset({0, 1, 2, 5, 7, 13, 14})  # copyright, names, version, trademark and licence stay with the font
_UNKEPT_TABLES = ("meta", "DSIG", "STAT", "MVAR")  # MVAR moves underlines only; STAT names styles for desktop menus


def subset_job(content: bytes, unicodes: str, *keep_axes: str) -> tuple[Value, ...]:
    """WOFF2 bytes with the characters and axes that the font has; the codes come in hex, with commas between."""
    font = open_font(content)
    wanted = {int(code, 16) for code in unicodes.split(",") if code}
    if not wanted & set(font.getBestCmap() or ()):
        raise RefusedError("it has none of the characters wanted")
    axes = [axis.axisTag for axis in font["fvar"].axes] if "fvar" in font else []
    smaller = open_font(
        _reduced(_unpacked(font, content), wanted, pinned=[tag for tag in axes if tag not in keep_axes])
    )
    _prune_names(smaller)
    return (_saved(smaller, flavor="woff2"),)


def describe_job(content: bytes) -> tuple[Value, ...]:
    """Lowest and highest weight, embedding bits of OS/2, how many characters."""
    font = open_font(content)
    os2 = font.get("OS/2")
    single = float(os2.usWeightClass) if os2 else 400.0
    low, high = weight_range(font) or (single, single)
    return low, high, int(os2.fsType) if os2 else 0, len(font.getBestCmap() or ())


def _unpacked(font: TTFont, content: bytes) -> bytes:
    """The font without WOFF's compression, its tables as they are. Raises TTLibError if one is cut off.

    HarfBuzz leaves out a table that is damaged; a font that lost its letters so is no font.
    """
    for tag in font.reader.keys():  # noqa: SIM118 - the reader is no mapping
        _ = font.reader[tag]
    return _saved(font, flavor=None) if font.flavor else content


def _reduced(content: bytes, wanted: set[int], *, pinned: Sequence[str]) -> bytes:
    """The font with these characters and what its layout makes of them, unhinted; pinned axes stand at their defaults.

    By HarfBuzz, which takes 25 ms for what takes fontTools three seconds.
    """
    import uharfbuzz  # noqa: PLC0415 - in the worker only

    face, plan = uharfbuzz.Face(content), uharfbuzz.SubsetInput()
    plan.unicode_set.update(wanted)
    plan.layout_feature_tag_set.update(map(_tag, _FEATURES))
    plan.drop_table_tag_set.update(map(_tag, _UNKEPT_TABLES))
    plan.name_id_set.update(range(1 << 15))  # `_prune_names` knows which
    plan.flags = uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    for tag in pinned:
        plan.pin_axis_to_default(face, tag)
    return bytes(uharfbuzz.subset(face, plan).blob.data)


def _tag(name: str) -> int:
    """A tag as HarfBuzz's sets hold it."""
    return int.from_bytes(name.encode(), "big")


def _saved(font: TTFont, *, flavor: str | None) -> bytes:
    out = io.BytesIO()
    font.flavor = flavor
    font.save(out, reorderTables=flavor is not None)
    return out.getvalue()


def _prune_names(font: TTFont) -> None:
    axes = font["fvar"].axes if "fvar" in font else []
    instances = font["fvar"].instances if "fvar" in font else []
    used = {axis.axisNameID for axis in axes} | {instance.subfamilyNameID for instance in instances} | _KEPT_NAMES
    table = font.get("name")
    if table is not None:
        table.names = [record for record in table.names if record.nameID in used]
