"""Garbage is collected when nobody waits: a full collection looks at a million objects, and all threads stop for it."""

from __future__ import annotations

import gc

YOUNG, MIDDLE, NEVER = 50_000, 10, 1_000_000  # an edit makes some tens of thousands of objects that outlive it


class Sweeper:
    """Collects in moments of quiet; in between only what is young, lest a drag that never ends fill memory."""

    def __init__(self) -> None:
        """From now on the interpreter itself collects no old garbage."""
        self._has_settled = False
        gc.set_threshold(YOUNG, MIDDLE, NEVER)

    def sweep(self) -> None:
        """Collect. What is there the first time, modules above all, stays as long as the process: it is set aside."""
        gc.collect()
        if not self._has_settled:
            self._has_settled = True
            gc.freeze()
