"""A brand's own words as outlines, in the first of its fonts that has their letters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.assets.text_fit import Words
from themekit.diagnostics import Code, Reporter, Severity
from themekit.render.fonts import Outlines, Typeface, outline
from themekit.render.worker import Failed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from themekit.model import Origin

MEASURE_PX = 100.0

INVALID_FONT = Code("invalid-font", summary="A font file cannot be read.")
MISSING_GLYPH = Code("missing-glyph", Severity.WARNING, "A drawn text has a character that no font of the brand has.")


@dataclass(frozen=True, slots=True)
class Letterer:
    """Typefaces for headings and for running text, the preferred first. `origin` is where a fault is shown."""

    heading: tuple[Typeface, ...]
    body: tuple[Typeface, ...]
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Whole:
    """A text that is drawn in parts (a name: its initial, its lines), and where a fault of it is shown."""

    text: str
    origin: Origin | None = None


def set_lines(
    texts: Sequence[str],
    typefaces: Sequence[Typeface],
    *,
    report: Reporter,
    size_px: float,
    tracking_em: float = 0,
    whole: Whole | None = None,
) -> Outlines:
    """The texts in the first typeface that has all their characters, else in the one that lacks the fewest.

    What is missing is said of the `whole` that they are parts of, so that all its parts say the same.
    """
    named = whole or Whole(" ".join(texts))
    best: Outlines | None = None
    chosen: Typeface | None = None
    for typeface in typefaces:
        outlines = outline(texts, typeface, size_px=size_px, tracking_em=tracking_em)
        if isinstance(outlines, Failed):
            continue  # the font's own check reports it
        if best is None or len(_missing(outlines)) < len(_missing(best)):
            best, chosen = outlines, typeface
        if not _missing(best):
            return best
    if best is None or chosen is None:
        report(
            MISSING_GLYPH, named.origin, f"there is no font to draw `{named.text}` with", hint="install `fontpkg-inter`"
        )
        return Outlines(0, 0, ())
    entire = outline([named.text], chosen, size_px=size_px)
    missing = _missing(best) if isinstance(entire, Failed) else _missing(entire) or _missing(best)
    signs = " ".join(f"`{sign}`" for sign in dict.fromkeys(missing))
    report(
        MISSING_GLYPH,
        named.origin,
        f"no font of the brand has {signs}, which pictures with `{named.text}` leave out",
        hint="give a logo file, or a font that has it",
    )
    return best


def measured(text: str, typefaces: Sequence[Typeface], *, tracking_em: float) -> Words | None:
    """The text's words with their widths; None if there is no font. What is missing is reported when it is set."""
    words = tuple(text.split())
    outlines = set_lines(
        [*words, "n n", "nn"], typefaces, report=Reporter(), size_px=MEASURE_PX, tracking_em=tracking_em
    )
    widths = tuple(line.advance / MEASURE_PX + tracking_em for line in outlines.lines)
    return Words(words, widths[:-2], widths[-2] - widths[-1]) if widths else None


def _missing(outlines: Outlines) -> str:
    return "".join(line.missing for line in outlines.lines)
