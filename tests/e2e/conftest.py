"""A project from `themekit init`, built once for all end-to-end tests; each test that changes it gets a copy."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

THEMEKIT = (sys.executable, "-m", "themekit.cli")


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


@dataclass(frozen=True)
class Place:
    """A project's folder, and the command line run in it."""

    root: Path

    def run(self, *arguments: str, **environment: str) -> Ran:
        done = subprocess.run(
            [*THEMEKIT, *arguments],
            cwd=self.root,
            env={**os.environ, "NO_COLOR": "1", **environment},
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
        return Ran(done.returncode, done.stdout, done.stderr)

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen([*THEMEKIT, *arguments], cwd=self.root, stderr=subprocess.PIPE)

    def tree(self, folder: str = "build") -> dict[str, bytes]:
        """Every file below a folder but those of the cache."""
        base = self.root / folder
        files = (
            path for path in sorted(base.rglob("*")) if path.is_file() and not {".cache", ".spare"} & {*path.parts}
        )
        return {path.relative_to(base).as_posix(): path.read_bytes() for path in files}


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    root = tmp_path_factory.mktemp("project")
    place = Place(root)
    assert 0 == place.run("init", ".").code
    done = place.run("build")
    assert 0 == done.code, done.err
    return place


@pytest.fixture
def place(built, tmp_path):
    root = tmp_path / "project"
    shutil.copytree(built.root, root, copy_function=shutil.copy2)
    return Place(root)
