"""A hue followed through all lightnesses: how it drifts, and how much chroma sRGB has there."""

from __future__ import annotations

from dataclasses import dataclass

from themekit.resolve.gamut import max_chroma
from themekit.resolve.oklab import Triple, rounded

SAMPLES = 24
OCHRE_HUE_DEG = 72.0  # where dark yellow looks golden; kept at its own hue it looks olive
DRIFT_FROM, DRIFT_TO = 0.90, 0.45  # lightness at which yellow starts to turn, and where it has arrived


def smooth(position: float) -> float:
    """0 below 0, 1 above 1, and an S between: smoothstep."""
    position = min(max(position, 0.0), 1.0)
    return position * position * (3 - 2 * position)


def hue_distance(one_deg: float, other_deg: float) -> float:
    """Degrees between two hues, 0 to 180."""
    return abs((one_deg - other_deg + 180) % 360 - 180)


def yellowness(hue_deg: float) -> float:
    """1 for yellow and amber hues, 0 from orange downwards and from lime upwards."""
    return smooth((hue_deg - 62) / 16) * smooth((130 - hue_deg) / 20)


@dataclass(frozen=True, slots=True)
class HuePath:
    """A hue and, for lightness 0 to 1 in equal steps, the greatest chroma sRGB has along its path."""

    hue_deg: float
    chroma_limits: tuple[float, ...]

    @classmethod
    def of(cls, hue_deg: float) -> HuePath:
        """The path through this hue."""
        limits = tuple(max_chroma(i / SAMPLES, drifted(hue_deg, i / SAMPLES)) for i in range(SAMPLES + 1))
        return cls(hue_deg, limits)

    @property
    def peak(self) -> float:
        """The greatest chroma of the hue at any lightness."""
        return max(self.chroma_limits)

    def limit(self, lightness: float) -> float:
        """The greatest chroma at this lightness, read between the samples."""
        position = min(max(lightness, 0.0), 1.0) * SAMPLES
        index = min(int(position), SAMPLES - 1)
        low, high = self.chroma_limits[index], self.chroma_limits[index + 1]
        return low + (high - low) * (position - index)

    def shade(self, lightness: float, chroma: float) -> Triple:
        """OKLCH on the path; chroma is what is wished, and lowered to what sRGB has."""
        return rounded((lightness, min(chroma, self.limit(lightness)), drifted(self.hue_deg, lightness)))


def drifted(hue_deg: float, lightness: float) -> float:
    """The hue at this lightness: yellow turns to ochre as it darkens, as pigments do; all others stay."""
    amount = yellowness(hue_deg)
    if not amount or hue_deg <= OCHRE_HUE_DEG:
        return hue_deg
    return hue_deg + (OCHRE_HUE_DEG - hue_deg) * amount * smooth((DRIFT_FROM - lightness) / (DRIFT_FROM - DRIFT_TO))
