"""A hue followed through all lightnesses: how it drifts, and how much chroma sRGB has there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from themekit.resolve.gamut import max_chroma
from themekit.resolve.oklab import Triple, rounded

SAMPLES = 24
OCHRE_HUE_DEG = 80.0  # where dark yellow looks golden; kept at its own hue it looks olive
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
    return smooth((hue_deg - 62) / 16) * smooth((124 - hue_deg) / 18)


@dataclass(frozen=True, slots=True)
class Turn:
    """How far a brand lets a hue turn from lightness `pivot` on: by `light_deg` at white, by `dark_deg` at black."""

    light_deg: float
    dark_deg: float
    pivot: float

    def at(self, lightness: float) -> float:
        """Degrees at this lightness."""
        if lightness > self.pivot:
            return self.light_deg * smooth((lightness - self.pivot) / (1 - self.pivot))
        return self.dark_deg * smooth((self.pivot - lightness) / self.pivot)


@dataclass(frozen=True, slots=True)
class HuePath:
    """A hue and, for lightness 0 to 1 in equal steps, the greatest chroma sRGB has along its path.

    `drift_deg` is how far the hue has turned where it is dark: yellow turns to ochre, as pigments do; all others stay.
    `turn` is what the brand adds to that.
    """

    hue_deg: float
    drift_deg: float
    yellowness: float
    turn: Turn | None
    chroma_limits: tuple[float, ...]

    @classmethod
    def of(cls, hue_deg: float, turn: Turn | None = None) -> HuePath:
        """The path through this hue."""
        return _path(hue_deg, turn)

    @property
    def is_straight(self) -> bool:
        """The hue is the same at every lightness."""
        return not self.drift_deg and self.turn is None

    def hue_at(self, lightness: float) -> float:
        """The hue at this lightness, in degrees."""
        if self.is_straight:
            return self.hue_deg
        drift_deg = self.drift_deg * smooth((DRIFT_FROM - lightness) / (DRIFT_FROM - DRIFT_TO))
        return self.hue_deg + drift_deg + (self.turn.at(lightness) if self.turn else 0.0)

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
        return rounded((lightness, min(chroma, self.limit(lightness)), self.hue_at(lightness)))


@lru_cache(maxsize=256)  # a dozen hues of code and admonitions are the same in every brand, some eight are its own
def _path(hue_deg: float, turn: Turn | None) -> HuePath:
    yellow = yellowness(hue_deg)
    path = HuePath(hue_deg, yellow * min(OCHRE_HUE_DEG - hue_deg, 0.0), yellow, turn, ())
    inner = [index / SAMPLES for index in range(1, SAMPLES)]
    limits = (max_chroma(level, path.hue_at(level)) for level in inner)
    # The ends are black and white to the byte: they are what a search can always fall back to.
    return replace(path, chroma_limits=(0.0, *limits, 0.0))
