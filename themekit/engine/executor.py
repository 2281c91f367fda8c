"""Runs tasks in several processes that share one store on disk; the parent then finds their values there.

Workers are forked from a server process that has no threads (where that exists; else they are started anew), so no
lock is ever copied in a held state. A worker that dies takes the whole pool with it: what was not done is tried once
more in a new pool, and what is still not done then runs alone, so that only the job that kills its worker is lost.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import traceback
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from themekit.engine.disk import DiskHost
from themekit.engine.encoding import decode, encode
from themekit.engine.explain import State, explain
from themekit.engine.graph import Engine
from themekit.engine.store import DiskStore
from themekit.engine.task import load_task, task_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from multiprocessing.context import BaseContext
    from pathlib import Path

    from themekit.engine.task import P, R, Task

KILLED = "its process was killed, as by a signal or for want of memory"


@dataclass(frozen=True, slots=True)
class Job:
    """A task to be run: its name and its encoded arguments."""

    task: str
    arguments: bytes

    @classmethod
    def of(cls, task: Task[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Job:
        """The job of running a task; its module must be importable under its name."""
        if kwargs:
            raise TypeError("a task's arguments are positional")
        return cls(task_name(task), encode(args))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job.

    `ran` names the tasks that were executed for it; `failure` is None, a traceback, or the reason why there is none;
    `problems` are those of the worker's store.
    """

    job: Job
    ran: tuple[str, ...] = ()
    failure: str | None = None
    problems: tuple[str, ...] = ()


def is_done(engine: Engine, job: Job) -> bool:
    """The store has this job's value, and nothing it was made from has changed. Runs no task."""
    task = load_task(job.task)
    arguments = cast("tuple[object, ...]", decode(job.arguments))
    return explain(engine, task, *arguments).state is State.SAME


def run_many(jobs: Sequence[Job], *, root: Path, cache: Path, workers: int) -> tuple[Outcome, ...]:
    """The outcomes of the jobs, in their order; the values are in the store in `cache` afterwards.

    What several jobs share should have been run before them: two workers that need the same value at the same time
    both make it. `workers` of 1 runs everything in this process.
    """
    if workers <= 1 or len(jobs) <= 1:
        worker = _Worker(root, cache)
        return tuple(worker.run(job) for job in jobs)
    outcomes: dict[Job, Outcome] = {}
    for _ in range(2):
        left = [job for job in dict.fromkeys(jobs) if job not in outcomes]
        outcomes |= _run_pool(left, root, cache, min(workers, len(left)))
    for job in jobs:
        if job not in outcomes:
            outcomes |= _run_pool([job], root, cache, 1) or {job: Outcome(job, failure=KILLED)}
    return tuple(outcomes[job] for job in jobs)


def _run_pool(jobs: list[Job], root: Path, cache: Path, workers: int) -> dict[Job, Outcome]:
    """The outcomes of the jobs that were done before all were, or before a worker died."""
    if not jobs:
        return {}
    pool = ProcessPoolExecutor(workers, _context(), _start_worker, (root, cache))
    try:
        futures = [pool.submit(_run_in_worker, job) for job in jobs]
        return {outcome.job: outcome for outcome in _results(futures)}
    except BrokenProcessPool:  # while jobs were still being submitted
        return {}
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _results(futures: Iterable[Future[Outcome]]) -> Iterable[Outcome]:
    pending = set(futures)
    while pending:
        done, pending = wait(pending, return_when=FIRST_COMPLETED)
        for future in done:
            if not isinstance(future.exception(), BrokenProcessPool):
                yield future.result()


def _context() -> BaseContext:
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    context.set_forkserver_preload([__name__])
    return context


class _Worker:
    """One process with its own engine, which reads each input once for all jobs it gets."""

    def __init__(self, root: Path, cache: Path) -> None:
        self._store = DiskStore(cache)
        self._engine = Engine(DiskHost(root), self._store)

    def run(self, job: Job) -> Outcome:
        """Run one job; an exception becomes its failure."""
        self._engine.ran.clear()
        self._store.problems.clear()
        try:
            self._engine.get(load_task(job.task), *cast("tuple[object, ...]", decode(job.arguments)))
        except Exception:  # noqa: BLE001  # whatever a task raises is reported with its job
            return Outcome(job, tuple(self._engine.ran), traceback.format_exc(), tuple(self._store.problems))
        return Outcome(job, tuple(self._engine.ran), None, tuple(self._store.problems))


_worker: _Worker | None = None


def _start_worker(root: Path, cache: Path) -> None:
    global _worker  # noqa: PLW0603  # an initializer has no other way to hand something to the jobs
    # The terminal sends its interrupt to the whole group: the parent reports it, a worker just ends.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _worker = _Worker(root, cache)


def _end_with_parent() -> None:
    """Workers of a killed parent would wait for jobs for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _run_in_worker(job: Job) -> Outcome:
    assert _worker is not None  # noqa: S101  # set by the initializer
    return _worker.run(job)
