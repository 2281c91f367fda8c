"""What takes long, made in a process that steps back behind all others: no edit waits for pictures or fonts.

They end in the store, where the kitchen finds them.
"""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from typing import TYPE_CHECKING

from themekit.engine.child import Child, ChildDied
from themekit.engine.job import Workplace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from themekit.build.project import Project
    from themekit.engine.job import Job

POLITE = 10  # of 19


class Drawing:
    """One process at a time."""

    def __init__(self, project: Project) -> None:
        """Starts nothing yet."""
        self._place = Workplace(str(project.root), str(project.cache), project.remote)
        self._turn = asyncio.Lock()
        self._child: Child | None = None

    async def run(self, jobs: Sequence[Job]) -> None:
        """Run the jobs. If the process dies, their values are not in the store, and whoever asks for them sees why."""
        if not jobs:
            return
        async with self._turn:
            child = self._child = Child(self._place)
            try:
                with suppress(OSError, AttributeError):  # gone already, or a system without it
                    os.setpriority(os.PRIO_PROCESS, child.pid, POLITE)
                with suppress(ChildDied):
                    for job in jobs:
                        await asyncio.to_thread(child.run, job)
            finally:
                self.close()

    def close(self) -> None:
        """End the process."""
        if self._child is not None:
            self._child.close()
            self._child = None
