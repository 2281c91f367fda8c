"""PNGs made small by oxipng, in the limited worker."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from oxipng import RowFilter

OXIPNG_LEVEL = 2  # 1.06 s for -12 % on a set of ten; level 4 takes 6.2 s for -13.4 %
DEFLATE_LEVEL = 10  # of 12: half the time of the preset's 11 for 4 % more bytes (a 512 px gradient: 80 against 145 ms)
FLAT_DEFLATE_LEVEL = 9  # of flat art, as smaller here as not (icons -1 %, cards +5 %) in half the time of 10

_PNG_COLOR_TYPE, _PALETTE = 25, 3  # where IHDR holds it, and that of indexed colours


def packed(png: bytes, *, is_plain: bool) -> bytes:
    """The picture smaller: flat art, which then has a palette, unfiltered, as no filter helps; others at their best."""
    from oxipng import RowFilter  # noqa: PLC0415 - loaded by the worker only

    every = (RowFilter.NoOp, RowFilter.Sub, RowFilter.Entropy, RowFilter.Bigrams)
    if is_plain:
        return _optimized(png, every, level=DEFLATE_LEVEL, reduces=False)
    flat = _optimized(png, every[:1], level=FLAT_DEFLATE_LEVEL, reduces=True)
    return flat if flat[_PNG_COLOR_TYPE] == _PALETTE else _optimized(png, every, level=DEFLATE_LEVEL, reduces=True)


def _optimized(png: bytes, filters: Sequence[RowFilter], *, level: int, reduces: bool) -> bytes:
    import oxipng  # noqa: PLC0415 - loaded by the worker only

    return bytes(
        oxipng.optimize_from_memory(
            png,
            level=OXIPNG_LEVEL,
            filter=filters,
            deflate=oxipng.Deflaters.libdeflater(level),
            strip=oxipng.StripChunks.all(),
            bit_depth_reduction=reduces,
            color_type_reduction=reduces,
            palette_reduction=reduces,
            grayscale_reduction=reduces,
        )
    )
