"""Several processes over one store: what a job leaves there, and what becomes of the others when one dies."""

import os
import signal
import subprocess
import sys
import textwrap
import time

import pytest

from themekit.engine import DiskHost, DiskStore, Engine
from themekit.engine.executor import KILLED, Job, is_done, run_many
from themekit.engine.task import load_task

TASKS = """
    import os, signal

    def word(ask, name):
        return (ask.read(name) or b"?").decode()

    def shout(ask, name):
        return ask(word, name).upper() + str(os.getpid() != int(ask.environment("PARENT") or 0))

    def fail(ask):
        raise ValueError("our bug")

    def die(ask):
        os.kill(os.getpid(), signal.SIGKILL)

    def die_once(ask, flag):
        if not os.path.exists(flag):
            open(flag, "w").close()
            os.kill(os.getpid(), signal.SIGKILL)
        return "survived"
"""


@pytest.fixture
def place(tmp_path, monkeypatch):
    (tmp_path / "code").mkdir()
    (tmp_path / "code" / "toy_tasks.py").write_text(textwrap.dedent(TASKS))
    monkeypatch.syspath_prepend(tmp_path / "code")
    monkeypatch.setenv("PARENT", str(os.getpid()))
    root = tmp_path / "project"
    root.mkdir()
    for name in "abcd":
        (root / name).write_text(name)
    yield {"root": root, "cache": tmp_path / "cache"}
    sys.modules.pop("toy_tasks", None)


def job(name: str, *arguments: object) -> Job:
    return Job.of(load_task(f"toy_tasks:{name}"), *arguments)


def test_the_values_are_in_the_store_afterwards(place):
    jobs = [job("shout", name) for name in "abcd"]
    outcomes = run_many(jobs, workers=2, **place)
    assert jobs == [outcome.job for outcome in outcomes]
    assert [("word", "shout")] * 4 == [outcome.ran for outcome in outcomes]
    engine = Engine(DiskHost(place["root"]), DiskStore(place["cache"]))
    assert "ATrue" == engine.get(load_task("toy_tasks:shout"), "a")
    assert [] == engine.ran
    assert [()] * 4 == [outcome.ran for outcome in run_many(jobs, workers=2, **place)]


def test_one_worker_runs_in_this_process(place):
    (outcome,) = run_many([job("shout", "a")], workers=1, **place)
    assert outcome.failure is None
    assert "AFalse" == Engine(DiskHost(place["root"]), DiskStore(place["cache"])).get(load_task("toy_tasks:shout"), "a")


@pytest.mark.parametrize("workers", [1, 2])
def test_an_exception_fails_its_own_job_only(place, workers):
    outcomes = run_many([job("word", "a"), job("fail"), job("word", "b")], workers=workers, **place)
    assert [True, False, True] == [outcome.failure is None for outcome in outcomes]
    assert "ValueError: our bug" in (outcomes[1].failure or "")


def test_a_killed_worker_loses_its_own_job_only(place):
    jobs = [job("word", "a"), job("die"), *(job("word", name) for name in "bcd")]
    outcomes = run_many(jobs, workers=2, **place)
    assert [None, KILLED, None, None, None] == [outcome.failure for outcome in outcomes]


def test_a_worker_killed_once_loses_nothing(place, tmp_path):
    jobs = [job("die_once", str(tmp_path / "flag")), *(job("word", name) for name in "abcd")]
    assert [None] * 5 == [outcome.failure for outcome in run_many(jobs, workers=2, **place)]


def test_a_job_given_twice_runs_once(place):
    outcomes = run_many([job("word", "a"), job("word", "a")], workers=2, **place)
    assert outcomes[0] is outcomes[1]


@pytest.mark.usefixtures("place")
def test_named_arguments_are_refused():
    with pytest.raises(TypeError, match="positional"):
        Job.of(load_task("toy_tasks:word"), name="a")


def test_a_task_that_is_not_there_fails_its_job(place):
    outcomes = run_many([Job("toy_tasks:gone", job("fail").arguments)], workers=1, **place)
    assert "there is no task `toy_tasks:gone`" in (outcomes[0].failure or "")


def test_problems_of_the_workers_stores_come_back(place):
    run_many([job("word", "a")], workers=1, **place)
    for path in place["cache"].glob("values/*/*"):
        path.write_bytes(b"")
    (outcome, _) = run_many([job("word", "a"), job("word", "b")], workers=2, **place)
    assert "is damaged" in outcome.problems[0]


def test_workers_end_with_their_parent(place, tmp_path):
    """A parent that is killed cannot tell its workers to end."""
    pids, script = tmp_path / "pids", tmp_path / "code" / "parent.py"
    (tmp_path / "code" / "slow_tasks.py").write_text(
        textwrap.dedent("""
            import os, pathlib, time

            def slow(ask, pids, number):
                with open(pids, "a") as file:
                    file.write(f"{os.getpid()}\\n")
                time.sleep(60)
        """)
    )
    script.write_text(
        textwrap.dedent(f"""
            from pathlib import Path
            from themekit.engine.executor import Job, run_many
            from slow_tasks import slow

            if __name__ == "__main__":
                jobs = [Job.of(slow, {str(pids)!r}, number) for number in range(2)]
                run_many(jobs, root=Path({str(place["root"])!r}), cache=Path({str(place["cache"])!r}), workers=2)
        """)
    )
    parent = subprocess.Popen([sys.executable, script])
    assert until(lambda: pids.exists() and 2 == len(pids.read_text().split()))
    parent.kill()
    parent.wait()
    workers = [int(pid) for pid in pids.read_text().split()]
    ended = until(lambda: not any(is_alive(pid) for pid in workers))
    for pid in workers:
        if is_alive(pid):
            os.kill(pid, signal.SIGKILL)
    assert ended


def until(holds, timeout_s: float = 20) -> bool:
    deadline = time.monotonic() + timeout_s
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.02)
    return bool(holds())


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_job_is_done_until_its_inputs_change(place):
    engine = Engine(DiskHost(place["root"]), DiskStore(place["cache"]))
    asked = job("shout", "a")
    assert not is_done(engine, asked)
    run_many([asked], workers=1, **place)
    engine.refresh()
    assert is_done(engine, asked)
    (place["root"] / "a").write_text("changed")
    engine.refresh()
    assert not is_done(engine, asked)
    assert [] == engine.ran
