"""What a build did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from themekit.diagnostics import Diagnostic
    from themekit.model import BrandId


@dataclass(frozen=True, slots=True)
class BuildReport:
    """Counts are of artifacts; `drift` counts those that are not as they should be.

    `sources` are the brands built, each with the digest of what its tree was written from.
    """

    sources: tuple[tuple[BrandId, str], ...]
    failed: tuple[BrandId, ...]
    diagnostics: tuple[Diagnostic, ...]
    artifacts: int = 0
    written: int = 0
    unchanged: int = 0
    removed: int = 0
    drift: int = 0
    kept: tuple[BrandId, ...] = ()
    """The failed brands that have an output, of an earlier build."""

    @property
    def built(self) -> tuple[BrandId, ...]:
        """The brands that did not fail."""
        return tuple(brand_id for brand_id, _ in self.sources)
