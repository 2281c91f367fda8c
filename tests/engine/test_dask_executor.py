"""A real scheduler and two workers: what they make, and that their deaths lose nothing."""

import os
import signal
import subprocess
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import pytest

from themekit.engine import DiskHost, Engine
from themekit.engine.dask_executor import ClusterRefused, DaskExecutor
from themekit.engine.executor import LocalExecutor
from themekit.engine.job import End, Job, Workplace
from themekit.engine.shared_store import SharedStore
from themekit.engine.task import load_task

TASKS = """
    import os, signal, time
    from themekit.engine import heavy

    def word(ask, name):
        return (ask.read(f"brands/{name}") or b"?").decode()

    @heavy
    def shout(ask, name):
        return f"{ask(word, name).upper()} {'brands/' + name in [f'brands/{each}' for each in ask.list('brands')]}"

    @heavy
    def where(ask, name):
        return str(os.getpid())

    @heavy
    def slow(ask, name, pids):
        with open(pids, "a") as file:
            file.write(f"{os.getppid()}\\n")
        time.sleep(0.3)
        return ask(word, name)

    @heavy
    def die(ask):
        os.kill(os.getpid(), signal.SIGKILL)

    @heavy
    def kill_worker(ask, pids):
        if os.getppid() in pids:
            os.kill(os.getppid(), signal.SIGKILL)
            time.sleep(60)
        return "survived"

    @heavy
    def fail(ask):
        raise ValueError("our bug")

    @heavy
    def curious(ask):
        return (ask.read("mkdocs.yml") or b"").decode() + (ask.environment("HOME") or "")
"""


@pytest.fixture(scope="module", autouse=True)
def code(tmp_path_factory):
    folder = tmp_path_factory.mktemp("code")
    (folder / "cluster_tasks.py").write_text(textwrap.dedent(TASKS))
    sys.path.insert(0, str(folder))
    yield folder
    sys.path.remove(str(folder))
    sys.modules.pop("cluster_tasks", None)


@pytest.fixture
def place(tmp_path):
    root = tmp_path / "project"
    (root / "brands").mkdir(parents=True)
    for name in "abcdefgh":
        (root / "brands" / name).write_text(name)
    (root / "mkdocs.yml").write_text("site_name: x")
    return Workplace(str(root), str(tmp_path / "cache"), f"file://{tmp_path}/shared")


def job(name, *arguments):
    return Job.of(load_task(f"cluster_tasks:{name}"), *arguments)


@dataclass
class Home:
    """A machine that gives its jobs to the cluster."""

    place: Workplace
    address: str
    local: LocalExecutor | None = None
    executor: DaskExecutor | None = None
    store: SharedStore | None = None

    def __enter__(self):
        host, self.store = DiskHost(Path(self.place.root)), SharedStore(Path(self.place.cache), self.place.remote)
        self.local = LocalExecutor(self.place, workers=1)
        roots = [PurePosixPath("brands")]
        self.executor = DaskExecutor(self.address, host=host, store=self.store, roots=roots, home=self.local)
        return self

    def __exit__(self, *error):
        self.executor.close()
        self.local.__exit__(*error)


def home(cluster, place):
    return Home(place, f"dask://{cluster.address}")


def test_a_cluster_makes_what_this_machine_finds(cluster, place):
    """Inputs, traces and values travel through the store; results of jobs are keys."""
    with home(cluster, place) as here:
        outcomes = here.executor.run([job("shout", name) for name in "abcd"])
        assert [End.DONE] * 4 == [outcome.end for outcome in outcomes]
        assert [("word", "shout")] * 4 == [outcome.ran for outcome in outcomes]
        assert [] == here.executor.problems
        assert [] == list(Path(place.root).rglob("build"))
        engine = Engine(DiskHost(Path(place.root)), here.store)
        assert "A True" == engine.get(load_task("cluster_tasks:shout"), "a")
        assert outcomes[0].value == engine.digest(load_task("cluster_tasks:shout"), "a")
        assert [] == engine.ran  # its trace names the files below, so not even `word` is run to check it
        _check_failures(here)


def _check_failures(here):
    """On the same cluster, as its start is what takes time: a bug, a poisoned job, and asking for what is not there."""
    outcomes = here.executor.run([job("fail"), job("die"), job("curious"), job("shout", "e")])
    assert [End.FAILED, End.DIED, End.DONE, End.DONE] == [outcome.end for outcome in outcomes]
    assert "ValueError: our bug" in outcomes[0].reason
    assert "its process was ended by SIGKILL, as for want of memory" == outcomes[1].reason
    (problem,) = here.executor.problems
    assert "a worker declined a job, which then ran on this machine: `mkdocs.yml` is not part of the" in problem


def test_a_worker_that_is_killed_in_the_middle_loses_nothing(cluster, place, tmp_path):
    pids = tmp_path / "pids"
    with home(cluster, place) as here:
        jobs = [job("slow", name, str(pids)) for name in "abcdefgh"]
        killer = subprocess.Popen(
            [sys.executable, "-c", _KILL_FIRST, str(pids), *(str(each.pid) for each in cluster.workers)]
        )
        outcomes = here.executor.run(jobs)
        assert 0 == killer.wait(timeout=60)
        assert [End.DONE] * 8 == [outcome.end for outcome in outcomes]
        assert [] == here.executor.problems
        engine = Engine(DiskHost(Path(place.root)), here.store)
        assert "h" == engine.get(load_task("cluster_tasks:slow"), "h", str(pids))
    assert [-signal.SIGKILL] == [code for process in cluster.workers if (code := process.poll()) is not None]


# Kills the worker that has a job, once three were begun.
_KILL_FIRST = """
import os, pathlib, signal, sys, time
pids = pathlib.Path(sys.argv[1])
for _ in range(3000):
    begun = pids.read_text().split() if pids.exists() else []
    if len(begun) >= 3:
        assert begun[2] in sys.argv[2:]
        os.kill(int(begun[2]), signal.SIGKILL)
        sys.exit(0)
    time.sleep(0.01)
sys.exit(1)
"""


def test_a_job_that_kills_workers_comes_home_and_the_others_are_done(cluster, place):
    """Two may die of it, says the scheduler's setting; a third does the rest. At home it is in a process of its own."""
    cluster.start_worker()
    assert cluster.until(lambda: 3 == cluster.joined())
    with home(cluster, place) as here:
        killed = tuple(worker.pid for worker in cluster.workers)
        outcomes = here.executor.run([job("kill_worker", killed), *(job("shout", name) for name in "abc")])
        assert [End.DONE] * 4 == [outcome.end for outcome in outcomes]
        assert " workers or the scheduler died; " in here.executor.problems[0]
    assert 2 == sum(worker.poll() is not None for worker in cluster.workers)


def test_without_a_cluster_in_the_middle_this_machine_goes_on(cluster, place, tmp_path, monkeypatch):
    monkeypatch.setattr("themekit.engine.dask_executor.NO_WORKER_S", 3.0)
    pids = tmp_path / "pids"
    with home(cluster, place) as here:
        killer = subprocess.Popen(
            [
                sys.executable,
                "-c",
                _KILL_ALL,
                str(pids),
                *(str(each.pid) for each in [*cluster.workers, cluster.scheduler]),
            ]
        )
        outcomes = here.executor.run([job("slow", name, str(pids)) for name in "abcdefgh"])
        assert 0 == killer.wait(timeout=60)
        assert [End.DONE] * 8 == [outcome.end for outcome in outcomes]
        assert " workers or the scheduler died; " in here.executor.problems[0]


_KILL_ALL = """
import os, pathlib, signal, sys, time
pids = pathlib.Path(sys.argv[1])
for _ in range(3000):
    if pids.exists() and len(pids.read_text().split()) >= 3:
        for pid in sys.argv[2:]:
            os.kill(int(pid), signal.SIGKILL)
        sys.exit(0)
    time.sleep(0.01)
sys.exit(1)
"""


def test_a_worker_with_other_code_is_refused_and_named(cluster, place, tmp_path):
    (tmp_path / "other" / "colour_science-0.4.7.dist-info").mkdir(parents=True)
    cluster.start_worker(PYTHONPATH=f"{cluster.environment['PYTHONPATH']}{os.pathsep}{tmp_path / 'other'}")
    assert cluster.until(lambda: 3 == cluster.joined())
    try:
        with home(cluster, place) as here, pytest.raises(ClusterRefused) as refused:
            here.executor.run([job("shout", "a"), job("shout", "b")])
    finally:
        cluster.workers[-1].kill()
        cluster.workers[-1].wait()
    assert "workers run other code; install the same lock file there: tcp://127.0.0.1:" in str(refused.value)
    assert str(refused.value).endswith(": only there: colour_science-0.4.7")


def test_nobody_at_the_address_is_refused(place, monkeypatch):
    monkeypatch.setattr("themekit.engine.dask_executor.CONNECT_S", 0.5)
    with (
        Home(place, "dask://127.0.0.1:1") as here,
        pytest.raises(ClusterRefused, match=r"no Dask scheduler answers at dask://127\.0\.0\.1:1"),
    ):
        here.executor.run([job("shout", "a"), job("shout", "b")])


def test_tls_without_its_files_is_refused(place):
    with (
        Home(place, "dask+tls://127.0.0.1:1") as here,
        pytest.raises(ClusterRefused, match="TLS is not set up: name the files in DASK_DISTRIBUTED__COMM"),
    ):
        here.executor.run([job("shout", "a"), job("shout", "b")])
