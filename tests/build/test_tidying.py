"""What is cleared away after each build, and what only now and then."""

import os
import time

import pytest

from themekit.build.project import Project
from themekit.build.tidying import PRUNE_EVERY_S, tidy
from themekit.engine import DiskStore


@pytest.fixture
def project(tmp_path, monkeypatch):
    """With the calls of its store by name."""
    calls = []
    monkeypatch.setattr(DiskStore, "prune", lambda _, *, max_bytes: calls.append(("prune", max_bytes > 1 << 30)))
    monkeypatch.setattr(DiskStore, "clear_unfinished", lambda _: calls.append("clear"))
    (tmp_path / "build/.cache").mkdir(parents=True)
    found = Project(tmp_path)
    object.__setattr__(found, "calls", calls)
    return found


def test_every_file_of_the_cache_is_looked_at_once_in_a_while(project):
    """What dead processes left is cleared each time: that is in one folder."""
    tidy(project)
    tidy(project)
    assert ["clear", ("prune", True), "clear"] == project.calls
    before = time.time() - PRUNE_EVERY_S - 1
    os.utime(project.cache / "pruned", (before, before))
    tidy(project)
    assert ["clear", ("prune", True)] == project.calls[-2:]
    assert time.time() - (project.cache / "pruned").stat().st_mtime < PRUNE_EVERY_S


def test_a_clock_that_was_wrong_stops_nothing(project):
    tidy(project)
    later = time.time() + 90_000
    os.utime(project.cache / "pruned", (later, later))
    tidy(project)
    assert ["clear", ("prune", True)] == project.calls[-2:]


def test_a_cache_that_cannot_be_marked_is_looked_at_each_time(project):
    (project.cache).rmdir()
    tidy(project)
    tidy(project)
    assert 2 == project.calls.count(("prune", True))
