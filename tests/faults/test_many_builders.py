"""Any number of processes at work on one project at once: as if there had been one."""

import os
import subprocess
import threading

import pytest

from tests.faults.scenarios import copy, litter, made_scenario, replace, state_of, well
from tests.faults.system_calls import THEMEKIT, TIMEOUT_S, VARIABLES
from themekit.build import dist
from themekit.build.files import names_in
from themekit.build.project import Project
from themekit.bundle import SUMS_NAME

COMMANDS = [("build",), ("package",), ("build", "acme"), ("build",), ("package", "lagoon"), ("build",), ("build",)]
COMMANDS.append(("package", "acme"))


def times(build):
    """When each file was written, and which it is, but for the store's: a value's time says when it was used."""
    files = (path for path in sorted(build.rglob("*")) if path.is_file() and path.suffix not in {".owner", ".lock"})
    return {
        str(path): (path.stat().st_ino, path.stat().st_mtime_ns)
        for path in files
        if not {"traces", "values"} & set(path.parts)
    }


@pytest.mark.slow
def test_eight_at_once_do_what_one_does(workshop, tmp_path):
    """The store has the render, but no theme and no picture: all eight make, keep and share the same values."""
    scenario = made_scenario("first", workshop)
    scenario.restore()
    together, alone = tmp_path / "together", tmp_path / "alone"
    copy(scenario.root, together)
    replace(together / "brands/acme/brand.json", "#0b5f0f", "#7a1fa2")
    replace(together / "brands/lagoon/brand.json", "#00897b", "#a23b1f")
    copy(together, alone)
    for command in ("build", "package"):
        well(command, root=alone)

    started = [
        subprocess.Popen(
            [*THEMEKIT, *command, "-j", "2", "--project", str(together)],
            env={**os.environ, **VARIABLES},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        for command in COMMANDS
    ]
    ended = [(process.communicate(timeout=TIMEOUT_S)[1], process.returncode) for process in started]
    assert [0] * len(COMMANDS) == [code for _, code in ended], ended
    assert [] == [said for said, _ in ended if "warning" in said or "error" in said]
    assert state_of(alone / "build") == state_of(together / "build")
    assert [] == litter(together / "build")

    before = times(together / "build")
    done = well("build", root=together)
    assert "(0 written, " in done.err
    assert before == times(together / "build")


def test_two_packagers_at_once_lose_no_line_of_the_sums(tmp_path, monkeypatch):
    """Both look at what is there and then write: who looks first and writes last must not undo the other's line."""
    project = Project(tmp_path)
    project.dist.mkdir(parents=True)
    others = []

    def add_other():
        (project.dist / "lagoon-1.0.0.zip").write_bytes(b"lagoon")
        dist.write_sums(project, [], shard=None)

    def slow_names_in(folder):
        found = names_in(folder)
        if not others:
            others.append(threading.Thread(target=add_other))
            others[0].start()
            others[0].join(0.5)  # it is done by then, or waits for us
        return found

    monkeypatch.setattr(dist, "names_in", slow_names_in)
    (project.dist / "acme-1.0.0.zip").write_bytes(b"acme")
    dist.write_sums(project, [], shard=None)
    others[0].join()
    sums = (project.dist / SUMS_NAME).read_text()
    assert ["acme-1.0.0.zip", "lagoon-1.0.0.zip"] == [line.split()[-1] for line in sums.splitlines()]
