"""Several processes over one store: what a job leaves there, and what becomes of the others when one dies."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest

from themekit.engine import DiskHost, DiskStore, Engine
from themekit.engine.executor import LocalExecutor
from themekit.engine.job import End, Job, Workplace, is_done
from themekit.engine.task import load_task

TASKS = """
    import os, resource, signal, sys, threading, time

    def word(ask, name):
        return (ask.read(name) or b"?").decode()

    def shout(ask, name):
        return ask(word, name).upper() + str(os.getpid() != int(ask.environment("PARENT") or 0))

    def fail(ask):
        raise ValueError("our bug")

    def die(ask):
        os.kill(os.getpid(), signal.SIGKILL)

    def leave(ask):
        print("a frame this is not", flush=True)
        os._exit(3)

    def leave_a_fork(ask, pids):
        if os.fork() == 0:
            with open(pids, "a") as file:
                file.write(f"{os.getpid()}\\n")
            time.sleep(60)
        os._exit(4)

    def hang_at_exit(ask):
        threading.Thread(target=time.sleep, args=(60,)).start()
        return "done"

    def greedy_at_first(ask, flag):
        if not os.path.exists(flag):
            open(flag, "w").close()
            resource.setrlimit(resource.RLIMIT_AS, (1 << 28, 1 << 28))
            os.kill(os.getpid(), signal.SIGSEGV)
        return "survived"

    def talk(ask):
        print("words between frames", flush=True)
        sys.stdin.read()
        return "said"

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
    yield Workplace(str(root), str(tmp_path / "cache"))
    sys.modules.pop("toy_tasks", None)


def job(name: str, *arguments: object) -> Job:
    return Job.of(load_task(f"toy_tasks:{name}"), *arguments)


def run(jobs, place, *, workers=2):
    with LocalExecutor(place, workers=workers) as executor:
        return executor.run(jobs)


def engine_at(place) -> Engine:
    return Engine(DiskHost(Path(place.root)), DiskStore(Path(place.cache)))


def test_the_values_are_in_the_store_afterwards(place):
    jobs = [job("shout", name) for name in "abcd"]
    outcomes = run(jobs, place)
    assert jobs == [outcome.job for outcome in outcomes]
    assert [("word", "shout")] * 4 == [outcome.ran for outcome in outcomes]
    engine = engine_at(place)
    assert "ATrue" == engine.get(load_task("toy_tasks:shout"), "a")
    assert outcomes[0].value == engine.digest(load_task("toy_tasks:shout"), "a")
    assert [] == engine.ran
    assert [()] * 4 == [outcome.ran for outcome in run(jobs, place)]


def test_one_worker_runs_in_this_process(place):
    (outcome,) = run([job("shout", "a")], place, workers=1)
    assert End.DONE is outcome.end
    assert "AFalse" == engine_at(place).get(load_task("toy_tasks:shout"), "a")


def test_what_runs_here_runs_in_the_engine_that_is_here(place):
    """It has read the inputs and checked the traces already, and has the value at hand afterwards."""
    engine = engine_at(place)
    engine.get(load_task("toy_tasks:word"), "a")
    with LocalExecutor(place, workers=2, own=engine) as executor:
        (outcome,) = executor.run([job("shout", "a")])
    assert ("shout",) == outcome.ran
    assert ["word", "shout"] == engine.ran
    assert "AFalse" == engine.get(load_task("toy_tasks:shout"), "a")


@pytest.mark.parametrize("workers", [1, 2])
def test_an_exception_fails_its_own_job_only(place, workers):
    outcomes = run([job("word", "a"), job("fail"), job("word", "b")], place, workers=workers)
    assert [End.DONE, End.FAILED, End.DONE] == [outcome.end for outcome in outcomes]
    assert "ValueError: our bug" in outcomes[1].reason


@pytest.mark.parametrize(
    ("task", "reason"),
    [("die", "its process was ended by SIGKILL, as for want of memory"), ("leave", "itself, with exit code 3")],
)
def test_a_job_that_ends_its_process_is_lost_alone_and_said_how(place, task, reason):
    jobs = [job("word", "a"), job(task), *(job("word", name) for name in "bcd")]
    outcomes = run(jobs, place)
    assert [End.DONE, End.DIED, End.DONE, End.DONE, End.DONE] == [outcome.end for outcome in outcomes]
    assert outcomes[1].reason.endswith(reason)


def test_what_a_dead_process_forked_ends_with_it(place, tmp_path):
    """A fork holds the pipes open: whoever only listens to them would wait for it."""
    pids = tmp_path / "pids"
    outcomes = run([job("leave_a_fork", str(pids)), job("word", "a")], place)
    assert "its process was ended by itself, with exit code 4" == outcomes[0].reason
    assert until(lambda: not any(is_alive(int(pid)) for pid in pids.read_text().split()))


@pytest.mark.parametrize("task", ["die_once", "greedy_at_first"])
def test_a_process_that_dies_once_loses_nothing(place, tmp_path, task):
    jobs = [job(task, str(tmp_path / "flag")), *(job("word", name) for name in "abcd")]
    assert [End.DONE] * 5 == [outcome.end for outcome in run(jobs, place)]


def test_many_deaths_lose_nothing_else(place):
    """More poison than workers, so every process dies, and some twice."""
    jobs = [job("die_once", str(Path(place.root).parent / f"flag{number}")) for number in range(4)]
    outcomes = run([job("die"), *jobs, job("leave"), job("word", "a")], place)
    assert [End.DIED, *[End.DONE] * 4, End.DIED, End.DONE] == [outcome.end for outcome in outcomes]


def test_a_process_that_would_not_end_is_ended(place):
    started = time.monotonic()
    assert [End.DONE] * 2 == [outcome.end for outcome in run([job("hang_at_exit"), job("word", "a")], place)]
    assert time.monotonic() - started < 30  # its thread sleeps for 60


def test_what_a_task_prints_and_reads_stays_out_of_the_frames(place):
    assert [End.DONE] * 2 == [outcome.end for outcome in run([job("talk"), job("word", "a")], place)]


def test_a_job_given_twice_runs_once(place):
    outcomes = run([job("word", "a"), job("word", "b"), job("word", "a")], place)
    assert outcomes[0] is outcomes[2]


@pytest.mark.usefixtures("place")
def test_named_arguments_are_refused():
    with pytest.raises(TypeError, match="positional"):
        Job.of(load_task("toy_tasks:word"), name="a")


def test_a_task_that_is_not_there_fails_its_job(place):
    (outcome,) = run([Job("toy_tasks:gone", job("fail").arguments)], place, workers=1)
    assert "there is no task `toy_tasks:gone`" in outcome.reason


def test_problems_of_the_workers_stores_come_back(place):
    run([job("word", "a")], place, workers=1)
    for path in Path(place.cache).glob("values/*/*"):
        path.write_bytes(b"")
    (outcome, _) = run([job("word", "a"), job("word", "b")], place)
    assert "is damaged" in outcome.problems[0]


SLOW = """
    import os, time

    def slow(ask, pids, number):
        with open(pids, "a") as file:
            file.write(f"{os.getpid()}\\n")
        if os.fork() == 0:
            with open(pids, "a") as file:
                file.write(f"{os.getpid()}\\n")
        time.sleep(60)
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT], ids=lambda number: number.name)
def test_processes_end_with_their_parent(place, tmp_path, number):
    """In the middle of their jobs, with what they started: a parent that is killed cannot tell them to."""
    pids = tmp_path / "pids"
    (tmp_path / "code" / "slow_tasks.py").write_text(textwrap.dedent(SLOW))
    script = f"""
        import sys
        sys.path.insert(0, {str(tmp_path / "code")!r})
        from themekit.engine.executor import LocalExecutor
        from themekit.engine.job import Job, Workplace
        from slow_tasks import slow

        with LocalExecutor(Workplace({place.root!r}, {place.cache!r}), workers=2) as executor:
            executor.run([Job.of(slow, {str(pids)!r}, number) for number in range(5)])
    """
    parent = subprocess.Popen([sys.executable, "-c", textwrap.dedent(script)], stderr=subprocess.PIPE)
    assert until(lambda: pids.exists() and 4 == len(pids.read_text().split()))
    parent.send_signal(number)
    _, said = parent.communicate(timeout=20)
    processes = [int(pid) for pid in pids.read_text().split()]
    assert until(lambda: not any(is_alive(pid) for pid in processes))
    assert 4 == len(processes)  # and none was started after the signal
    assert (number == signal.SIGINT) == (b"KeyboardInterrupt" in said)


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
    engine = engine_at(place)
    asked = job("shout", "a")
    assert not is_done(engine, asked)
    run([asked], place, workers=1)
    engine.refresh()
    assert is_done(engine, asked)
    Path(place.root, "a").write_text("changed")
    engine.refresh()
    assert not is_done(engine, asked)
    assert [] == engine.ran
