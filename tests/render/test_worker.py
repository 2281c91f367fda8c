"""The limited worker: whatever a decoder does, the caller gets an answer and the next call works."""

import io
import os

import pytest

from themekit.render.worker import Failed, Worker, _answer, _pipe, _read_frame, shared_worker

JOBS = {
    name: f"tests.render.hostile_jobs:{name}"
    for name in ("crash", "abort", "spin", "swell", "chat", "scribble", "fail", "process_id")
}


@pytest.fixture
def worker():
    worker = Worker(jobs=JOBS, cpu_s=1)
    yield worker
    worker.close()


def test_values_travel_both_ways(worker):
    values = (b"", b"\x00\n\xff" * 40_000, "ä\n{}", 7, 0.1, None)
    assert values == worker.call("chat", *values)


def test_a_printing_library_does_not_break_a_frame(worker):
    assert ("a",) == worker.call("chat", "a")
    assert ("b",) == worker.call("chat", "b")


@pytest.mark.parametrize(("job", "signal_name"), [("crash", "SIGSEGV"), ("abort", "SIGABRT")])
def test_a_crash_is_an_answer_and_the_next_call_works(worker, job, signal_name):
    assert Failed(f"the decoder crashed ({signal_name})", is_crash=True) == worker.call(job)
    assert ("alive",) == worker.call("chat", "alive")


def test_an_endless_loop_ends_by_processor_time(worker):
    assert Failed("it needs more than 1 s of processor time") == worker.call("spin")


def test_the_limit_counts_from_each_call(worker):
    """A worker that has worked for long must not be ended in the middle of an innocent call."""
    before = worker.call("process_id")
    for _ in range(3):
        worker.call("chat", bytes(20_000_000))
    assert before == worker.call("process_id")


def test_waiting_ends_by_wall_time():
    worker = Worker(jobs=JOBS, wall_s=0.2)
    assert Failed("it takes longer than 0.2 s") == worker.call("spin")
    worker.close()


def test_memory_is_limited(worker):
    assert Failed("it needs more than 1024 MB of memory") == worker.call("swell")
    assert ("alive",) == worker.call("chat", "alive")


def test_no_file_can_be_written(worker, tmp_path):
    path = tmp_path / "x"
    assert isinstance(worker.call("scribble", str(path)), Failed)
    assert b"" == path.read_bytes()


def test_an_exception_names_its_kind(worker):
    assert Failed("it is damaged; its decoder says: bad magic") == worker.call("fail")


def test_an_unknown_job_is_our_own_bug(worker):
    with pytest.raises(KeyError):
        worker.call("no such job")


def test_one_process_serves_many_calls(worker):
    assert worker.call("process_id") == worker.call("process_id")
    assert (os.getpid(),) != worker.call("process_id")


def test_closing_ends_the_process_and_a_call_starts_another(worker):
    (before,) = worker.call("process_id")
    worker.close()
    with pytest.raises(ProcessLookupError):
        os.kill(before, 0)
    assert (before,) != worker.call("process_id")


def test_a_forked_child_gets_a_worker_of_its_own():
    """Two processes that talk over one pipe would read each other's answers."""
    mine = shared_worker()
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writer, b"same" if shared_worker() is mine else b"own")
        os._exit(0)
    os.waitpid(child, 0)
    assert b"own" == os.read(reader, 10)
    os.close(reader)
    os.close(writer)


def test_a_broken_frame_is_the_end_of_the_worker():
    """Announced bytes that do not come, or more than any job returns, must not hang or fill this process."""
    for broken in (b'["done", [5]]\nabc', b'["done"', b'["done", [999999999999]]\nabc'):
        assert _read_frame(io.BytesIO(broken)) is None


def test_a_worker_that_dies_before_it_reads_is_an_answer(worker):
    """More than a pipe holds cannot be written to a process that is gone."""
    worker.call("chat")
    worker._process.kill()
    worker._process.wait()
    worker._process.poll = lambda: None
    assert isinstance(worker.call("chat", bytes(1_000_000)), Failed)
    assert ("alive",) == worker.call("chat", "alive")


def test_closing_a_worker_that_left_something_unread(worker):
    worker.call("chat")
    worker._process.stdin.write(b"x")
    worker._process.kill()
    worker._process.wait()
    worker.close()
    assert worker._process is None


def test_a_refusal_is_in_the_words_of_the_job():
    """Here, not in the limited process: what a job raises becomes the answer."""
    assert ("refused", "it needs more than 1024 MB of memory") == _answer("tests.render.hostile_jobs:starve", ())
    assert ("refused", "it is damaged; its decoder says: bad magic") == _answer("tests.render.hostile_jobs:fail", ())
    assert ("done", "a") == _answer("tests.render.hostile_jobs:echo", ("a",))


def test_a_process_without_pipes_is_our_own_mistake():
    with pytest.raises(RuntimeError, match="without pipes"):
        _pipe(None)
