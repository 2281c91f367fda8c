"""The size of a browser's window, as written on the command line: `1280x800`."""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_PX = 8192
_WRITTEN = re.compile(r"([1-9][0-9]{2,3})x([1-9][0-9]{2,3})", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Viewport:
    """CSS pixels."""

    width_px: int
    height_px: int

    def __str__(self) -> str:
        """As it is written."""
        return f"{self.width_px}x{self.height_px}"


def parse_viewport(text: str) -> Viewport | None:
    """The viewport; None for what is not written as one, or is of a size that nobody has."""
    match = _WRITTEN.fullmatch(text)
    if match is None:
        return None
    width_px, height_px = int(match[1]), int(match[2])
    return Viewport(width_px, height_px) if max(width_px, height_px) <= MAX_PX else None
