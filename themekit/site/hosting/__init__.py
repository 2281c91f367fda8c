"""Files that tell static hosts how to serve a brand's site: headers, redirects, and what stands at known places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.site.hosting.answers import answers_of
from themekit.site.hosting.demands import Demands
from themekit.site.hosting.static_hosts import host_files
from themekit.site.hosting.well_known import well_known_files

if TYPE_CHECKING:
    from themekit.model import Artifact, Brand

__all__ = ["Demands", "hosting_files"]


def hosting_files(brand: Brand, demands: Demands, *, epoch_s: int | None) -> tuple[Artifact, ...]:
    """The files, below `hosting/` and `site/`. `epoch_s` is SOURCE_DATE_EPOCH, None if it is not set."""
    return (*host_files(brand, answers_of(brand, demands)), *well_known_files(brand, epoch_s=epoch_s))
