"""How other eyes see a colour, and how far apart two colours are for all of them.

The matrices are those of Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision
Deficiency" (2009), severity 1.0, on linear sRGB. The Studio's pages show the same.
"""

from __future__ import annotations

from functools import lru_cache
from math import dist

from themekit.resolve.luminance import LINEAR_OF_BYTE, Rgb8
from themekit.resolve.oklab import Triple, linear_to_oklab

Rows = tuple[Triple, Triple, Triple]
VISIONS: dict[str, Rows] = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.01182, 0.04294, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.3039),
    ),
}
REMEMBERED = 2048  # colours: a data palette looks at a thousand


@lru_cache(maxsize=REMEMBERED)
def seen(rgb: Rgb8) -> tuple[Triple, ...]:
    """OKLab of the colour as it is, and as each of `VISIONS` sees it, clipped to what a screen shows."""
    red, green, blue = linear = tuple(LINEAR_OF_BYTE[byte] for byte in rgb)
    found = [linear_to_oklab((red, green, blue))]
    for rows in VISIONS.values():
        first, second, third = (sum(a * b for a, b in zip(row, linear, strict=True)) for row in rows)
        found.append(linear_to_oklab((_clipped(first), _clipped(second), _clipped(third))))
    return tuple(found)


def distance(one: Rgb8, other: Rgb8) -> float:
    """The least distance in OKLab (0.02 is just noticeable) over all visions."""
    return min(dist(a, b) for a, b in zip(seen(one), seen(other), strict=True))


def _clipped(channel: float) -> float:
    return min(max(channel, 0.0), 1.0)
