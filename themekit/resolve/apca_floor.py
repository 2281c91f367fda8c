"""The floor of APCA that a brand asks for, and the texts that cannot have it."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Note, Reporter, Severity
from themekit.resolve.contract import judged
from themekit.resolve.luminance import lightness_contrast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.diagnostics import Diagnostic
    from themekit.model import Brand, ResolvedTokens
    from themekit.resolve.contract import ShownPair

APCA_FLOOR = Code(
    "apca-floor", Severity.WARNING, summary="A text cannot have the lightness contrast that the brand asks for."
)
POINTER = "/color/options/textLc"
MAX_NOTES = 3  # further pairs: the first message is enough to act on


@dataclass(frozen=True, slots=True)
class Miss:
    """A text that has less than the floor."""

    shown: ShownPair
    lc: float
    wanted: float

    def sentence(self) -> str:
        """With the figure rounded down: 59.99 is not 60."""
        pair = self.shown.pair
        return f"`{pair.text}` on `{pair.ground}` has Lc {floor(self.lc * 10) / 10:g}, not {self.wanted:g}"


def misses(tokens: ResolvedTokens, text_lc: float) -> Iterator[Miss]:
    """The pairs of the contract below the floor: running text of `text_lc`, other text of one step of APCA less."""
    for shown in judged(tokens):
        wanted = shown.pair.required_lc(text_lc)
        lc = abs(lightness_contrast(shown.text, shown.ground)) if wanted > 0 else 0.0
        if lc < wanted:
            yield Miss(shown, lc, wanted)


def judge_floor(tokens: ResolvedTokens, brand: Brand) -> tuple[Diagnostic, ...]:
    """A warning if some text misses the floor: its worst pair, the next ones as notes, and what can be had."""
    text_lc = brand.color.options.text_lc
    if not text_lc:
        return ()
    found = sorted(misses(tokens, text_lc), key=lambda miss: miss.lc - miss.wanted)
    if not found:
        return ()
    worst, *others = found
    notes = [Note(f"also in mode {miss.shown.mode}, {miss.sentence()}") for miss in others[:MAX_NOTES]]
    if len(others) > MAX_NOTES:
        notes.append(Note(f"and {len(others) - MAX_NOTES} more pairs"))
    reachable = max(floor(min(text_lc + miss.lc - miss.wanted for miss in found)), 0)
    hint = f"every text has what `{reachable}` asks for"
    if brand.color.solid == "keep" and any(_is_on_solid(miss) for miss in found):
        hint = f'`"solid": "adjust"` lets solids move until their text has it; without, {hint}'
    report = Reporter()
    report(
        APCA_FLOOR,
        brand.origin_of(POINTER),
        f"in mode {worst.shown.mode}, {worst.sentence()}",
        hint=hint,
        notes=notes,
    )
    return report.diagnostics


def _is_on_solid(miss: Miss) -> bool:
    return miss.shown.pair.text.endswith((".on", "header-text", "header-text-muted", "on-solid", "on-accent"))
