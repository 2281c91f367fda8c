"""Whole builds of a project on a cluster with a store on S3, by the command line, and by a second machine after it."""

import os
import shutil
import signal
import subprocess
import sys
import uuid
from dataclasses import dataclass
from pathlib import Path

import pytest

from themekit.build.prepare import prepare
from themekit.build.project import Project
from themekit.engine.executor import LocalExecutor

HEAVY = {"site_template", "plain_pages", "subset", "logos", "logo_files", "icon_files", "social_card"}


@dataclass(frozen=True)
class Machine:
    """A copy of the project, and nothing else that another machine has."""

    root: Path

    def start(self, *arguments):
        command = [sys.executable, "-m", "themekit.cli", *arguments]
        return subprocess.Popen(command, cwd=self.root, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def run(self, *arguments):
        process = self.start(*arguments)
        out, err = process.communicate(timeout=300)
        return process.returncode, out, err

    def tree(self):
        base = self.root / "build"
        files = (path for path in base.rglob("*") if path.is_file() and not {".cache", ".spare"} & {*path.parts})
        return {path.relative_to(base).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def machines(tmp_path):
    """Three machines with the same small project."""
    first = Machine(tmp_path / "first")
    first.root.mkdir()
    assert 0 == first.run("init", ".")[0]
    for name in ("second", "alone"):
        shutil.copytree(first.root, tmp_path / name)
    return first, Machine(tmp_path / "second"), Machine(tmp_path / "alone")


@pytest.mark.slow
def test_a_cluster_a_store_and_a_second_machine(s3, cluster, machines, monkeypatch):
    """One worker is killed in the middle: the bytes are those of a machine alone; the next one makes nothing heavy."""
    first, second, alone = machines
    for worker in cluster.workers:
        worker.kill()
        worker.wait()
    cluster.workers.clear()
    for _ in range(2):
        cluster.start_worker(**s3.environment())
    assert cluster.until(lambda: 2 == cluster.joined())
    monkeypatch.setenv("THEMEKIT_STORE", f"s3://brands/{uuid.uuid4().hex}")

    building = first.start("build", "--executor", f"dask://{cluster.address}")
    assert cluster.until(lambda: _children_of(cluster.workers[0].pid))
    os.kill(cluster.workers[0].pid, signal.SIGKILL)
    _, said = building.communicate(timeout=300)
    assert 0 == building.returncode, said
    assert "warning" not in said

    ran = []
    run = LocalExecutor.run

    def watched(self, jobs, *, apart=False):
        outcomes = run(self, jobs, apart=apart)
        ran.extend(name for outcome in outcomes for name in outcome.ran)
        return outcomes

    monkeypatch.setattr(LocalExecutor, "run", watched)
    project = Project(second.root, os.environ["THEMEKIT_STORE"])
    brands = sorted(path.name for path in (second.root / "brands").iterdir())
    prepared = prepare(project, brands, parts=("theme", "assets", "site"), jobs=2, tell=lambda _: None)
    assert (({}, ())) == (prepared.lost, prepared.diagnostics)
    assert set() == HEAVY & {*ran, *project.engine.ran}
    assert ran
    assert [] == project.store.problems

    monkeypatch.delenv("THEMEKIT_STORE")
    assert 0 == second.run("build")[0]
    assert 0 == alone.run("build")[0]
    assert alone.tree() == first.tree() == second.tree()


def _children_of(pid):
    """The processes whose parent this is. Source: proc(5)."""
    tasks = Path(f"/proc/{pid}/task")
    return [child for task in tasks.glob("*/children") for child in task.read_text().split()]


@pytest.mark.slow
def test_shards_together_are_the_whole(machines, tmp_path, monkeypatch):
    """Bundles of two shards, with their lists sorted together, are those of one machine."""
    first, second, alone = machines
    monkeypatch.setenv("THEMEKIT_STORE", f"file://{tmp_path}/shared")
    assert 0 == first.run("package", "--shard", "1/2")[0]
    assert 0 == second.run("package", "--shard", "2/2")[0]
    assert 0 == alone.run("package")[0]
    lists = [(machine.root / f"build/dist/SHA256SUMS.{place}-of-2") for place, machine in ((1, first), (2, second))]
    joined = sorted((line for each in lists for line in each.read_text().splitlines()), key=lambda line: line[66:])
    assert (alone.root / "build/dist/SHA256SUMS").read_text().splitlines() == joined
    bundles = [{path.name for path in (machine.root / "build/dist").glob("*.zip")} for machine in machines]
    assert bundles[2] == bundles[0] | bundles[1]
    assert not bundles[0] & bundles[1]
    assert 0 == first.run("clean")[0]
    assert not list((first.root / "build/dist").glob("*"))
