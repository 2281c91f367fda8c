"""Builds in a process that has built before: what is looked at anew, and what is not."""

from __future__ import annotations

import os
import time
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pytest

from themekit.engine import DiskHost, Engine, MemoryHost, MemoryStore
from themekit.engine.host import UnreadableInput

if TYPE_CHECKING:
    from themekit.engine import Ask

WORD = PurePosixPath("docs/word.txt")
LONG_AGO_S = 60


def word(ask: Ask, name: str) -> str:
    return (ask.read(f"docs/{name}.txt") or b"").decode()


def both(ask: Ask) -> str:
    return ask(word, "one") + ask(word, "other")


class CountingStore(MemoryStore):
    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def traces(self, key: str, *, is_heavy: bool = False):
        self.asked += 1
        return super().traces(key, is_heavy=is_heavy)


def test_what_did_not_change_is_not_looked_for_in_the_store():
    store = CountingStore()
    host = MemoryHost({f"docs/{name}.txt": name for name in ("one", "other")})
    engine = Engine(host, store, code="")
    assert "oneother" == engine.get(both)
    engine.refresh()
    store.asked = 0
    assert "oneother" == engine.get(both)
    assert 1 == store.asked
    assert [] == engine.ran


def test_what_changed_runs_and_its_neighbours_do_not():
    host = MemoryHost({f"docs/{name}.txt": name for name in ("one", "other")})
    engine = Engine(host, MemoryStore(), code="")
    engine.get(both)
    engine.refresh()
    host.write("docs/other.txt", "new")
    assert "onenew" == engine.get(both)
    assert ["word", "both"] == engine.ran
    engine.refresh()
    host.delete("docs/one.txt")
    assert "new" == engine.get(both)


@pytest.fixture
def project(tmp_path):
    (tmp_path / "project" / "docs").mkdir(parents=True)
    file = tmp_path / "project" / WORD
    file.write_bytes(b"word")
    return tmp_path / "project"


@pytest.fixture
def later(monkeypatch):
    """Files that were written just now are old: the clock is put forward."""
    now_ns = time.time_ns
    monkeypatch.setattr("themekit.engine.disk.time.time_ns", lambda: now_ns() + LONG_AGO_S * 1_000_000_000)


@pytest.mark.usefixtures("later")
def test_an_old_file_is_read_once(project):
    host = DiskHost(project)
    assert host.read(WORD) is host.read(WORD)


def test_a_young_file_is_read_again(project):
    """It may have been written to twice within what a clock tells apart."""
    host = DiskHost(project)
    assert host.read(WORD) is not host.read(WORD)


@pytest.mark.usefixtures("later")
def test_a_file_with_its_old_time_and_size_is_read_again(project):
    """The time of its last change is not for anybody to set."""
    host, file = DiskHost(project), project / WORD
    host.read(WORD)
    status = file.stat()
    time.sleep(0.02)  # the clock of the file system ticks every few milliseconds
    file.write_bytes(b"turd")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert b"turd" == host.read(WORD)


@pytest.mark.usefixtures("later")
def test_a_known_file_behind_a_link_out_of_the_project_is_refused(project):
    host = DiskHost(project)
    host.read(WORD)
    (project / "docs").rename(project.parent / "elsewhere")
    (project / "docs").symlink_to(Path("..", "elsewhere"))
    with pytest.raises(UnreadableInput):
        host.read(WORD)


@pytest.mark.usefixtures("later")
def test_a_known_file_that_becomes_a_link_is_refused(project):
    host = DiskHost(project)
    host.read(WORD)
    (project / WORD).rename(project.parent / "word.txt")
    (project / WORD).symlink_to(project.parent / "word.txt")
    with pytest.raises(UnreadableInput):
        host.read(WORD)


@pytest.mark.usefixtures("later")
def test_a_known_file_that_is_gone_is_missing(project):
    host = DiskHost(project)
    host.read(WORD)
    (project / WORD).unlink()
    assert host.read(WORD) is None


@pytest.mark.usefixtures("later")
def test_a_mounted_file_is_read_once_through_a_link_too(project):
    (project.parent / "mounted").mkdir()
    (project.parent / "mounted" / "word.txt").symlink_to(project / WORD)
    host = DiskHost(project, lambda: {"@mounted": project.parent / "mounted"})
    path = PurePosixPath("@mounted/word.txt")
    assert host.read(path) is host.read(path)
    (project.parent / "mounted" / "word.txt").unlink()
    (project.parent / "mounted" / "word.txt").write_bytes(b"other")
    assert b"other" == host.read(path)
