"""What builds and packagers clear away when they are done: files nobody finished, and what nobody used for long."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING

from themekit.build.shared import SharedFiles

if TYPE_CHECKING:
    from pathlib import Path

    from themekit.build.project import Project

MAX_CACHE_BYTES = 4 << 30  # a variant's template has 40 MB; this is a hundred of them
PRUNE_EVERY_S = 3600  # to look at every file of a cache takes as long as to write a brand


def tidy(project: Project) -> None:
    """Clear what killed processes left in the cache; now and then also what was not used for the longest time."""
    project.store.clear_unfinished()
    if _is_prune_due(project.cache):
        prune(project, max_bytes=MAX_CACHE_BYTES)


def prune(project: Project, *, max_bytes: int) -> int:
    """Keep at most `max_bytes` of values, those used last, and no shared file that is in no tree; the bytes freed."""
    freed = project.store.prune(max_bytes=max_bytes)
    SharedFiles(project.cache).prune()
    return freed


def _is_prune_due(cache: Path) -> bool:
    """Whether the cache was not pruned within the last while; that it is now is remembered."""
    marker = cache / "pruned"
    with suppress(OSError):
        if 0 <= time.time() - marker.stat().st_mtime < PRUNE_EVERY_S:
            return False
    with suppress(OSError):  # a cache that cannot be written is looked through each time
        marker.touch()
    return True
