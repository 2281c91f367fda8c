"""Fonts opened under suspicion, in the limited worker only: the one place that knows the containers."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from themekit.render.worker import RefusedError

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

MAX_FILE_BYTES = 10_000_000  # Latin, Greek and Cyrillic with two axes are 1.2 MB; what is larger is CJK
MAX_SFNT_BYTES = 40_000_000  # unpacked, as a WOFF2 file declares it
MAX_GLYPHS = 65_535
LOWEST_UNITS, HIGHEST_UNITS = 16, 16_384  # of an em. Source: OpenType 1.9, `head`
_CONTAINERS = frozenset({b"\x00\x01\x00\x00", b"true", b"OTTO", b"wOFF", b"wOF2"})


def open_font(content: bytes) -> TTFont:
    """The font, its tables read as they are asked for. Raises RefusedError for what is none, or too large."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - 180 ms, in the worker only

    if not content:
        raise RefusedError("it is empty")
    if len(content) > MAX_FILE_BYTES:
        raise RefusedError(f"it has {len(content):,} bytes; at most {MAX_FILE_BYTES:,} are read")
    if content[:4] not in _CONTAINERS:
        raise RefusedError("it is no TrueType, OpenType, WOFF or WOFF2 font")
    if content[:4] in {b"wOFF", b"wOF2"}:
        declared = int.from_bytes(content[16:20], "big")
        if declared > MAX_SFNT_BYTES:
            raise RefusedError(f"it unpacks to {declared:,} bytes; at most {MAX_SFNT_BYTES:,} are read")
    font = TTFont(io.BytesIO(content), lazy=True, recalcTimestamp=False)
    missing = [tag for tag in ("cmap", "head", "hhea", "hmtx", "maxp") if tag not in font]
    if missing:
        raise RefusedError(f"it has no `{missing[0]}` table")
    units = font["head"].unitsPerEm
    if not LOWEST_UNITS <= units <= HIGHEST_UNITS:
        raise RefusedError(f"its em has {units} units; a font has {LOWEST_UNITS} to {HIGHEST_UNITS}")
    return font


def weight_range(font: TTFont) -> tuple[float, float] | None:
    """The range of the `wght` axis; None for a font of one weight."""
    axes = font["fvar"].axes if "fvar" in font else ()
    return next(((axis.minValue, axis.maxValue) for axis in axes if axis.axisTag == "wght"), None)
