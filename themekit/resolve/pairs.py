"""The contrast report: every pair of the contract and every text on a gradient, with the figures of WCAG and APCA."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.resolve.colour import from_rgb8
from themekit.resolve.contract import judged
from themekit.resolve.gradient_contrast import gradient_pairs
from themekit.resolve.luminance import lightness_contrast

if TYPE_CHECKING:
    from themekit.model import Color, Mode, ResolvedTokens, TokenId


@dataclass(frozen=True, slots=True)
class ContrastPair:
    """One line of the contrast report.

    `lc` is APCA's lightness contrast, below zero for light text on dark; `required_lc` is the floor that the brand asks
    for, 0 without one. `worst` is the colour of a gradient on which the text is judged; None of other grounds.
    """

    mode: Mode
    text: TokenId
    ground: TokenId
    required: float
    ratio: float
    lc: float
    passes: bool
    required_lc: float = 0.0
    worst: Color | None = None

    @property
    def has_lc(self) -> bool:
        """The floor of APCA is reached."""
        return abs(self.lc) >= self.required_lc


def contrast_report(tokens: ResolvedTokens, *, text_lc: float = 0.0) -> tuple[ContrastPair, ...]:
    """Every pair whose two tokens exist, in every mode, judged on the 8-bit sRGB colours shown.

    `text_lc` is the floor that the brand asks for running text.
    """
    of_contract = (
        ContrastPair(
            one.mode,
            one.pair.text,
            one.pair.ground,
            required=one.required,
            ratio=one.ratio,
            lc=lightness_contrast(one.text, one.ground),
            passes=one.ratio >= one.required,
            required_lc=one.pair.required_lc(text_lc),
        )
        for one in judged(tokens)
    )
    on_gradients = (
        ContrastPair(
            one.mode,
            one.text,
            one.ground,
            required=one.required,
            ratio=one.ratio,
            lc=lightness_contrast(one.shown, one.worst),
            passes=one.ratio >= one.required,
            worst=from_rgb8(one.worst),
        )
        for one in gradient_pairs(tokens)
    )
    return (*of_contract, *on_gradients)
