"""Colours on the way to be mixed or changed, with components that may be missing, and who does the arithmetic.

Source: CSS Color 4, section 4.4 "Missing Color Components", and CSS Color 5.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable

Components = tuple[float | None, float | None, float | None]
HueMethod = Literal["shorter", "longer", "increasing", "decreasing"]


@dataclass(frozen=True, slots=True)
class Shade:
    """A colour in a space of DTCG, in CSS's units: hsl, hwb, lab and lch count to 100. None is `none`."""

    space: str
    components: Components
    alpha: float | None = 1.0


@dataclass(frozen=True, slots=True)
class Mix:
    """How two colours are mixed: `share` is that of the second, 0..1."""

    space: str
    share: float
    hue: HueMethod = "shorter"


@dataclass(frozen=True, slots=True)
class ColorMath:
    """`convert` takes a colour into a space, missing and powerless components and all; `mix` makes one of two."""

    convert: Callable[[Shade, str], Shade]
    mix: Callable[[tuple[Shade, Shade], Mix], Shade]
