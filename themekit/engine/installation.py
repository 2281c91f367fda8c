"""The code that runs tasks: what is installed here, its digest, and how another machine's differs."""

from __future__ import annotations

import platform
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import themekit
from themekit.engine.encoding import digest, digest_bytes

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Installation:
    """Python's version, the installed distributions as `name-version`, themekit's files with their digests."""

    python: str
    distributions: tuple[str, ...]
    files: tuple[tuple[str, str], ...]

    def difference(self, other: Installation) -> str:
        """What differs there from here, in words; empty if nothing does."""
        if other.python != self.python:
            return f"Python is {other.python} there and {self.python} here"
        here, there = set(self.distributions), set(other.distributions)
        if here != there:
            return "; ".join(_listed(there - here, "only there") + _listed(here - there, "only here"))
        changed = {name for name, _ in {*self.files} ^ {*other.files}}
        return "; ".join(_listed(changed, "differ in themekit"))


@cache
def code_digest() -> str:
    """Digest of everything that is code: themekit's modules, all installed distributions, and Python's version.

    Coarse on purpose. A digest of a task's own module would miss the stages it calls, and one of its imports would
    miss what those import lazily; an edit of themekit's code costs its developer one full build. The distributions
    are taken by the names of their metadata folders, which hold the versions: one listing instead of 100 parsed files.
    """
    return digest((platform.python_version(), _distributions(), _files("*.py")))


@cache
def installation() -> Installation:
    """What is installed here, themekit's data included: a snapshot of a project does not hold that."""
    return Installation(platform.python_version(), _distributions(), (*_files("*.py"), *_files("data/**/*")))


def _distributions() -> tuple[str, ...]:
    folders = (Path(entry) for entry in sys.path if Path(entry).is_dir())
    names = {path.name for folder in folders for path in folder.iterdir()}
    return tuple(sorted(name for name in names if name.endswith((".dist-info", ".egg-info"))))


def _files(pattern: str) -> tuple[tuple[str, str], ...]:
    package = Path(themekit.__file__).parent
    found = sorted((path.relative_to(package).as_posix(), path) for path in package.rglob(pattern) if path.is_file())
    return tuple((name, digest_bytes(path.read_bytes())) for name, path in found)


def _listed(names: set[str], where: str) -> list[str]:
    shown = sorted(name.removesuffix(".dist-info") for name in names)
    more = f" and {len(shown) - _SHOWN} more" if len(shown) > _SHOWN else ""
    return [f"{where}: {', '.join(shown[:_SHOWN])}{more}"] if shown else []
