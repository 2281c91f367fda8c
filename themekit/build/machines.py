"""Where the heavy tasks of a build run: in processes of this machine, or on a Dask cluster."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from themekit.build.executors import LOCAL
from themekit.build.project import INPUTS
from themekit.engine.executor import LocalExecutor
from themekit.engine.job import Workplace
from themekit.engine.shared_store import SharedStore

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.build.project import Project
    from themekit.engine.executor import Executor


@contextmanager
def open_executor(project: Project, *, workers: int) -> Iterator[Executor]:
    """The project's executor; no process and no connection is left after the `with` block."""
    place = Workplace(str(project.root), str(project.cache), project.remote)
    with LocalExecutor(place, workers=workers, own=project.engine) as home:
        if project.executor == LOCAL:
            yield home
            return
        from themekit.engine.dask_executor import DaskExecutor  # noqa: PLC0415  # only where it is asked for

        store = project.store
        assert isinstance(store, SharedStore)  # noqa: S101  # `check_executor` wants a URL
        cluster = DaskExecutor(project.executor, host=project.host, store=store, roots=INPUTS, home=home)
        try:
            yield cluster
        finally:
            cluster.close()
