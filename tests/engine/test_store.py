"""The store on disk: damage, folders that cannot be written, several processes, pruning."""

import os
import signal
import time
from pathlib import Path

import pytest

from themekit.diagnostics import Diagnostic, Severity
from themekit.engine import Ask, DiskStore, Engine, MemoryHost, MemoryStore
from themekit.engine.encoding import digest_bytes, encode
from themekit.engine.store import RECENT_TRACES
from themekit.engine.trace import Kind, Read, Trace

KEY = "ab" * 32


def trace(number: int) -> Trace:
    read = Read(Kind.FILE, "a", b"", f"{number}")
    return Trace((read,), (Diagnostic("a", Severity.WARNING, "b"),), digest_bytes(encode(number)))


def word(ask: Ask) -> str:
    return (ask.read("a") or b"").decode()


def both(ask: Ask) -> str:
    return ask(word) * 2


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "build" / ".cache"


def built(folder: Path, *, text: str = "x") -> Engine:
    engine = Engine(MemoryHost({"a": text}), DiskStore(folder), code="1")
    assert text * 2 == engine.get(both)
    return engine


def files(folder: Path, kind: str) -> list[Path]:
    return sorted(folder.glob(f"{kind}/*/*"))


@pytest.mark.parametrize("kind", ["memory", "disk"])
def test_the_latest_traces_come_first_and_old_ones_go(kind, folder):
    store = MemoryStore() if kind == "memory" else DiskStore(folder)
    for number in range(RECENT_TRACES + 2):
        store.record(KEY, trace(number), encode(number))
    assert [trace(number) for number in range(RECENT_TRACES + 1, 1, -1)] == list(store.traces(KEY))
    store.reuse(KEY, trace(5), is_latest=False)
    assert [trace(number) for number in (5, 9, 8, 7, 6, 4, 3, 2)] == list(store.traces(KEY))
    store.reuse(KEY, trace(5), is_latest=True)
    assert trace(5) == store.traces(KEY)[0]
    assert encode(3) == store.blob(trace(3).digest)
    assert store.blob("00" * 32) is None
    assert () == store.traces("00" * 32)


def test_values_are_kept_once_under_their_digest(folder):
    built(folder)
    assert {digest_bytes(path.read_bytes()) for path in files(folder, "values")} == {
        path.parent.name + path.name for path in files(folder, "values")
    }
    assert [] == built(folder).ran


@pytest.mark.parametrize("damage", [lambda _: b"", lambda data: data[:-1], lambda data: data[:-1] + b"?"])
@pytest.mark.parametrize("kind", ["values", "traces"])
def test_damage_is_found_mended_and_said(kind, damage, folder):
    """FAULT-24 and FAULT-25: a flipped byte and a file cut short."""
    built(folder)
    for path in files(folder, kind):
        path.write_bytes(damage(path.read_bytes()))
    engine = built(folder)
    assert engine.ran
    assert engine.store.problems
    assert all("is damaged, so its value is made again" in problem for problem in engine.store.problems)
    again = built(folder)
    assert ([], []) == (again.ran, again.store.problems)


@pytest.mark.parametrize("body", [encode(("no", "traces")), encode(1), b"?"])
def test_a_trace_file_of_something_else_is_damage(folder, body):
    built(folder)
    for path in files(folder, "traces"):
        path.write_bytes(digest_bytes(body).encode() + body)
    assert ["word", "both"] == built(folder).ran


def test_a_file_that_cannot_be_read_is_told_and_made_again(folder):
    built(folder)
    for path in files(folder, "values"):
        path.unlink()
        path.mkdir()
    engine = built(folder)
    assert {"word", "both"} == set(engine.ran)
    assert all("cannot be read" in problem for problem in engine.store.problems)


def test_a_value_without_its_file_is_made_again(folder):
    built(folder)
    for path in files(folder, "values"):
        path.unlink()
    engine = built(folder)
    assert {"word", "both"} == set(engine.ran)
    assert [] == engine.store.problems


def test_the_folder_may_be_deleted_at_any_time(folder):
    engine = built(folder)
    for kind in ("values", "traces"):
        for path in files(folder, kind):
            path.unlink()
            path.parent.rmdir()
        (folder / kind).rmdir()
    engine.refresh()
    assert "xx" == engine.get(both)
    assert [] == built(folder).ran


def test_a_folder_that_cannot_be_written_breaks_nothing(folder, monkeypatch):
    """FAULT-27: the build goes on in memory and says so once. By injected errors, as root may write everywhere."""

    def refuse(*_args, **_kwargs):
        raise OSError(30, "Read-only file system")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "mkdir", refuse)
        engine = built(folder)
        assert [f"{folder}: cannot be written (Read-only file system), so nothing is kept for the next run"] == (
            engine.store.problems
        )
        engine.refresh()
        assert "xx" == engine.get(both)
        assert [] == engine.ran
    assert not folder.exists()


def test_a_file_where_the_folder_should_be_breaks_nothing(folder):
    folder.parent.mkdir()
    folder.write_text("in the way")
    assert ["word", "both"] == built(folder).ran


def test_a_full_disk_leaves_no_half_file(folder, monkeypatch):
    real = Path.write_bytes

    def half(self, content):
        real(self, content[: len(content) // 2])
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", half)
        built(folder)
    assert [] == [*files(folder, "values"), *files(folder, "traces")]


def test_prune_deletes_what_was_not_used_for_longest(folder):
    store = DiskStore(folder)
    for number in range(6):
        store.record(f"{number:02}" * 32, trace(number), encode("x" * 1000 + str(number)))
    for age, path in enumerate([*files(folder, "values"), *files(folder, "traces")]):
        os.utime(path, (age, age))
    oldest = files(folder, "values")[:2]
    total = sum(path.stat().st_size for path in folder.glob("*/*/*"))
    assert sum(path.stat().st_size for path in oldest) == store.prune(max_bytes=total - 1500)
    assert not any(path.exists() for path in oldest)
    assert 10 == len(list(folder.glob("*/*/*")))
    assert 0 == store.prune(max_bytes=total)


def test_unfinished_files_are_cleared_of_dead_processes_only(folder):
    DiskStore(folder).clear_unfinished()  # there is no folder yet
    built(folder)
    old, new = folder / "unfinished" / "old", folder / "unfinished" / "new"
    for path in (old, new):
        path.write_bytes(b"12345")
    os.utime(old, (0, 0))
    DiskStore(folder).clear_unfinished()
    assert (False, True) == (old.exists(), new.exists())


def test_what_a_killed_process_of_this_machine_left_is_cleared_at_once(folder, monkeypatch):
    """A kill leaves no litter for an hour: the name says whose file it is, and who is dead needs it no more."""
    child = os.fork()
    if not child:
        monkeypatch.setattr(Path, "replace", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
        DiskStore(folder).keep("ab" * 32, b"12345")
    os.waitpid(child, 0)
    (left,) = (folder / "unfinished").iterdir()
    alive = left.with_name(left.name.replace(f"-{child}-", f"-{os.getpid()}-"))
    nobody = left.with_name(left.name.replace(f"-{child}-", f"-{10**30}-"))
    for path in (alive, nobody):
        path.write_bytes(b"1")
    DiskStore(folder).clear_unfinished()
    assert (False, True, True) == (left.exists(), alive.exists(), nobody.exists())


@pytest.mark.parametrize("call", ["glob", "unlink"])
def test_a_folder_that_cannot_be_pruned_is_a_warning(folder, monkeypatch, call):
    """All is written by then: no reason to fail a build."""

    def refuse(*_, **__):
        raise OSError(24, "Too many open files")

    built(folder)
    store = DiskStore(folder)
    monkeypatch.setattr(Path, call, refuse)
    assert 0 == store.prune(max_bytes=0)
    assert [f"{folder}: cannot be cleared of what is not used (Too many open files)"] == store.problems


def test_a_disk_that_lies_leaves_no_false_value(folder, monkeypatch):
    """FAULT-10: the system says it wrote all of it, and did not."""
    real = Path.write_bytes
    monkeypatch.setattr(Path, "write_bytes", lambda self, content: real(self, content[1:]))
    engine = built(folder)
    assert ["word", "both"] == engine.ran
    assert [] == [path for path in folder.glob("*/*/*") if path.is_file()]


def test_what_is_used_is_spared(folder):
    built(folder)
    for path in folder.glob("*/*/*"):
        os.utime(path, (1, 1))
    built(folder)
    assert all(time.time() - path.stat().st_mtime < 60 for path in folder.glob("*/*/*"))
