"""Runs jobs in several processes of this machine that share one store; the parent then finds their values there.

A process that dies (killed for want of memory, by a crash in a library, by `os._exit`) takes only the job it has. That
job is tried once more in a new process, after all others and alone: it may have been the victim of a greedy neighbour.
If it dies again, it is lost, with the way it died; nothing else is. Whatever ends the parent ends the children.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import TYPE_CHECKING, Protocol, Self

from themekit.engine.child import Child, ChildDied
from themekit.engine.job import End, Job, Outcome, Worker, Workplace

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    from themekit.engine.graph import Engine


class Executor(Protocol):
    """Runs jobs somewhere. `problems` says in words what went wrong without harm to the result."""

    problems: list[str]

    def run(self, jobs: Sequence[Job]) -> tuple[Outcome, ...]:
        """The outcomes of the jobs, in their order; the values are in the store afterwards.

        What several jobs share should have been run before them: two workers that need the same value at the same
        time both make it.
        """


class ClusterRefused(Exception):  # noqa: N818  # the field's word
    """The cluster cannot be used: nobody answers, TLS is not set up, or workers run other code."""


class LocalExecutor:
    """Processes of this machine, which end with the `with` block. One worker means: in this process."""

    def __init__(self, place: Workplace, *, workers: int, own: Engine | None = None) -> None:
        """Starts nothing yet. `own` is an engine of this process at the same place, for what is run here."""
        self.problems: list[str] = []
        self._place = place
        self._workers = workers
        self._idle: list[Child] = []
        self._children: list[Child] = []
        self._starting = Lock()
        self._is_ending = False
        self._own = Worker(place, own) if own else None

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """No process is left."""
        for child in self._children:
            child.close()

    def run(self, jobs: Sequence[Job], *, apart: bool = False) -> tuple[Outcome, ...]:
        """The outcomes of the jobs, in their order.

        One job runs in this process, which has read the inputs already; `apart`, none does, as for jobs that were
        with others when they died.
        """
        distinct = list(dict.fromkeys(jobs))
        if not apart and (self._workers <= 1 or len(distinct) <= 1):
            self._own = self._own or Worker(self._place)
            outcomes = {job: self._own.run(job) for job in distinct}
        else:
            outcomes = self._run_in_children(distinct)
        return tuple(outcomes[job] for job in jobs)

    def _run_in_children(self, jobs: list[Job]) -> dict[Job, Outcome]:
        pool = ThreadPoolExecutor(min(self._workers, len(jobs)) or 1)
        try:
            first = {outcome.job: outcome for outcome in pool.map(self._run_in_child, jobs)}
        except BaseException:  # an interrupt: threads wait for children, so these go first, and no new ones come
            with self._starting:
                self._is_ending = True
            for child in self._children:
                child.kill()
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
        return {job: self._run_in_child(job) if each.end is End.DIED else each for job, each in first.items()}

    def _run_in_child(self, job: Job) -> Outcome:
        with self._starting:
            if self._is_ending:
                return Outcome(job, End.DECLINED, "the build is ending")
            if self._idle:
                child = self._idle.pop()
            else:
                child = Child(self._place)
                self._children.append(child)
        try:
            outcome = child.run(job)
        except ChildDied as death:
            return Outcome(job, End.DIED, death.reason)
        self._idle.append(child)
        return outcome
