"""Runs jobs on the machines of a Dask cluster, through `Client.get_executor()`.

A worker needs the same installation and a way to the shared store, and no folder: the inputs of the build are a
snapshot in that store, an order names its digest, and what comes back are digests and names. The values stay in the
store, from where they are fetched together. Each job runs in a child process of its worker, so one that kills its
process does not take the worker with it, and Dask's daemons may start processes.

If a worker dies, the scheduler gives its jobs to another. What several died of, and what is left when all are gone or
the scheduler is, runs on this machine, each job in a process of its own. A scheduler is trusted: whoever reaches it can
run code on its workers and here, so it belongs on a network of its own or behind TLS (`dask+tls://`).
"""

from __future__ import annotations

import time
from concurrent.futures import FIRST_COMPLETED, Future, wait
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, cast

from themekit.engine.child import Child, ChildDied
from themekit.engine.encoding import decode, digest, encode
from themekit.engine.executor import ClusterRefused
from themekit.engine.installation import Installation, installation
from themekit.engine.job import End, Job, Outcome, Workplace
from themekit.engine.snapshot import take_snapshot

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import PurePosixPath

    from distributed import Client

    from themekit.engine.executor import LocalExecutor
    from themekit.engine.host import Host
    from themekit.engine.shared_store import SharedStore

SCHEMES = {"dask": "tcp", "dask+tls": "tls"}
CONNECT_S = 10.0
NO_WORKER_S = 30.0  # a cluster that scales, or that lost its last worker, gets this long
_LOOK_S = 2.0


class DaskExecutor:
    """A cluster, which is connected to when the first job is run; what it cannot do runs in `home`."""

    def __init__(
        self, address: str, *, host: Host, store: SharedStore, roots: Sequence[PurePosixPath], home: LocalExecutor
    ) -> None:
        """`address` is `dask://host:port` or `dask+tls://host:port`; `roots` are all the paths that tasks may read."""
        self.problems: list[str] = []
        self._address = address
        self._host = host
        self._store = store
        self._roots = roots
        self._home = home
        self._client: Client | None = None
        self._snapshot: str | None = None

    def close(self) -> None:
        """Leave the cluster; jobs that still run there are cancelled."""
        if self._client is not None:
            self._client.close(timeout=CONNECT_S)
            self._client = None

    def run(self, jobs: Sequence[Job]) -> tuple[Outcome, ...]:
        """The outcomes of the jobs, in their order. Raises ClusterRefused if the cluster cannot be used at all."""
        distinct = list(dict.fromkeys(jobs))
        client = self._client = self._client or _connected(self._address)
        self._snapshot = self._snapshot or take_snapshot(self._host, self._store, roots=self._roots)
        if self._snapshot is None:
            outcomes: dict[Job, Outcome] = {}
            self._say("the store took no inputs for the cluster, so all jobs ran on this machine")
        else:
            outcomes = self._run_there(client, distinct)
            again = [job for job, outcome in outcomes.items() if outcome.end is End.DIED]
            outcomes |= self._run_there(client, again)
        left = [job for job in distinct if job not in outcomes or outcomes[job].end is End.DECLINED]
        for reason in dict.fromkeys(outcomes[job].reason for job in left if job in outcomes):
            self._say(f"a worker declined a job, which then ran on this machine: {reason}")
        outcomes |= {outcome.job: outcome for outcome in self._home.run(left, apart=True)}
        self._store.prefetch(dict.fromkeys(key for outcome in outcomes.values() for key in outcome.shared))
        return tuple(outcomes[job] for job in jobs)

    def _run_there(self, client: Client, jobs: list[Job]) -> dict[Job, Outcome]:
        """The outcomes of the jobs that the cluster finished."""
        here = digest(installation())
        executor = client.get_executor(pure=False)
        orders = [encode((here, self._store.url, self._snapshot, job)) for job in jobs]
        futures = [executor.submit(run_order, order) for order in orders]
        outcomes: dict[Job, Outcome] = {}
        pending, seen_s = set(futures), time.monotonic()
        while pending and time.monotonic() - seen_s < NO_WORKER_S:
            done, pending = wait(pending, _LOOK_S, FIRST_COMPLETED)
            for future in done:
                outcome = _outcome_of(future)
                if outcome is not None:
                    outcomes[outcome.job] = outcome
            if done or _has_worker(client):
                seen_s = time.monotonic()
        for future in pending:
            future.cancel()
        if len(outcomes) < len(jobs):
            lost = len(jobs) - len(outcomes)
            self._say(f"{self._address}: workers or the scheduler died; {lost} of {len(jobs)} jobs ran on this machine")
        return outcomes

    def _say(self, problem: str) -> None:
        if problem not in self.problems:
            self.problems.append(problem)


def _connected(address: str) -> Client:
    """A client of the scheduler, whose workers all have our code."""
    import distributed  # noqa: PLC0415  # 1.1 s of CPU that only a build on a cluster needs

    scheme, _, place = address.partition("://")
    security = distributed.Security()
    if SCHEMES[scheme] == "tls" and security.get_connection_args("client").get("ssl_context") is None:
        raise ClusterRefused(
            "TLS is not set up: name the files in DASK_DISTRIBUTED__COMM__TLS__CA_FILE, …__TLS__CLIENT__CERT and "
            "…__TLS__CLIENT__KEY"
        )
    try:
        client = distributed.Client(
            f"{SCHEMES[scheme]}://{place}", timeout=CONNECT_S, security=security, set_as_default=False
        )
    except (OSError, TimeoutError, ValueError) as error:
        raise ClusterRefused(f"no Dask scheduler answers at {address} ({type(error).__name__})") from error
    try:
        client.wait_for_workers(1, timeout=NO_WORKER_S)
        _require_our_code(client)
    except TimeoutError as error:
        client.close()
        raise ClusterRefused(f"{address} has no worker") from error
    except BaseException:
        client.close()
        raise
    return client


def _require_our_code(client: Client) -> None:
    """Raises ClusterRefused, naming the workers whose installation is another one."""
    answers = client.run(described, on_error="return")
    faults = []
    for worker, answer in sorted(answers.items()):
        found = decode(answer) if isinstance(answer, bytes) else None
        if not isinstance(found, Installation):
            faults.append(f"{worker}: has no themekit of this version ({type(answer).__name__})")
        elif difference := installation().difference(found):
            faults.append(f"{worker}: {difference}")
    if faults:
        raise ClusterRefused("workers run other code; install the same lock file there: " + "; ".join(faults))


def _has_worker(client: Client) -> bool:
    try:
        client.wait_for_workers(1, timeout=_LOOK_S)
    except Exception:  # noqa: BLE001  # whatever a lost scheduler makes of the question, the answer is no
        return False
    return True


def _outcome_of(future: Future[bytes]) -> Outcome | None:
    """The outcome, or None if the cluster lost the job, for whatever reason.

    A job is also lost with the innocent: Dask suspects all that a dead worker was to run, not only what it ran.
    """
    if future.cancelled() or future.exception() is not None:
        return None
    return cast("Outcome", decode(future.result()))


# What runs in a worker. Dask hands it over by its name; arguments and results are bytes of ours.


def described() -> bytes:
    """The installation of a worker, encoded."""
    return encode(installation())


def run_order(order: bytes) -> bytes:
    """Run one job in a child of this worker; the encoded outcome."""
    from distributed import get_worker  # noqa: PLC0415  # as above

    wanted, remote, snapshot, job = cast("tuple[str, str, str, Job]", decode(order))
    if wanted != digest(installation()):
        return encode(Outcome(job, End.DECLINED, f"the worker {get_worker().address} runs other code"))
    # What is on the disk counts as shared already, so each shared store has a folder of its own.
    cache = str(Path(get_worker().local_directory) / f"themekit-{digest(remote)[:16]}")
    return encode(_children.run(job, Workplace(cache, cache, remote, snapshot)))


class _Children:
    """The idle children of this worker, one for each of its threads, all at the workplace of the latest build."""

    def __init__(self) -> None:
        self._idle: list[tuple[Workplace, Child]] = []
        self._lock = Lock()

    def run(self, job: Job, place: Workplace) -> Outcome:
        with self._lock:
            old = [child for other, child in self._idle if other != place]
            same = [child for other, child in self._idle if other == place]
            child = same.pop() if same else Child(place)
            self._idle = [(place, each) for each in same]
        for each in old:
            each.close()
        try:
            outcome = child.run(job)
        except ChildDied as death:
            child.close()
            return Outcome(job, End.DIED, death.reason)
        with self._lock:
            self._idle.append((place, child))
        return outcome


_children = _Children()
