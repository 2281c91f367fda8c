"""What is sent to another process and what comes back: values that `encode` takes, never pickles, never results."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, cast

from themekit.engine.disk import DiskHost
from themekit.engine.encoding import decode, encode
from themekit.engine.graph import Engine
from themekit.engine.shared_store import SharedStore, open_store
from themekit.engine.snapshot import OutsideSnapshot, open_snapshot
from themekit.engine.task import load_task, task_name

if TYPE_CHECKING:
    from themekit.engine.host import Host
    from themekit.engine.task import P, R, Task


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


class End(StrEnum):
    """How a job ended.

    FAILED: with an exception, a bug. DIED: with its process, which says little about the code. DECLINED: it was not
    begun, or could not go on where it ran, but can at home.
    """

    DONE = "done"
    FAILED = "failed"
    DIED = "died"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job; its value is in the store, under the digest `value`.

    `ran` names the tasks that were executed for it; `reason` is the traceback of one that failed, else a sentence.
    `problems` are those of the worker's store, `shared` the keys of what it put into the store that machines share,
    or took from there.
    """

    job: Job
    end: End
    reason: str = ""
    ran: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    value: str = ""
    shared: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Workplace:
    """Where jobs find their inputs and leave their values.

    `cache` is the folder of the store on this disk, `remote` the URL of the one that machines share, or "". Inputs
    come from the folder `root`, or, if there is a digest of one, from a `snapshot` in the shared store.
    """

    root: str
    cache: str
    remote: str = ""
    snapshot: str = ""


class Worker:
    """An engine at a workplace, which reads each input once for all jobs it gets."""

    def __init__(self, place: Workplace, engine: Engine | None = None) -> None:
        """Opens nothing yet. An `engine` that is at the workplace already is used as it is."""
        self._place = place
        self._store = engine.store if engine else open_store(Path(place.cache), place.remote)
        self._engine = engine

    def run(self, job: Job) -> Outcome:
        """Run one job; an exception becomes its failure, an input that is not to be had here its being declined."""
        shared = self._store.shared if isinstance(self._store, SharedStore) else []
        problems = len(self._store.problems)
        shared.clear()
        reason, value, end, ran = "", "", End.DONE, 0
        try:
            self._engine = engine = self._engine or self._opened()
            ran = len(engine.ran)
            task, arguments = load_task(job.task), cast("tuple[object, ...]", decode(job.arguments))
            engine.get(task, *arguments)
            value = engine.digest(task, *arguments)
        except OutsideSnapshot as error:
            end, reason = End.DECLINED, str(error)
        except Exception:  # noqa: BLE001  # whatever a task raises is reported with its job
            end, reason = End.FAILED, traceback.format_exc()
        return Outcome(
            job,
            end,
            reason,
            ran=tuple(self._engine.ran[ran:]) if self._engine else (),
            problems=tuple(self._store.problems[problems:]),
            value=value,
            shared=tuple(shared),
        )

    def _opened(self) -> Engine:
        host: Host = DiskHost(Path(self._place.root))
        if self._place.snapshot and isinstance(self._store, SharedStore):
            host = open_snapshot(self._store, self._place.snapshot, mounts=host)
        return Engine(host, self._store)


def is_done(engine: Engine, job: Job) -> bool:
    """The store has this job's value, and nothing it was made from has changed. Runs no task."""
    task = load_task(job.task)
    arguments = cast("tuple[object, ...]", decode(job.arguments))
    return engine.is_settled(task, *arguments)
