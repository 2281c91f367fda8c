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


def entry_points_of(group: str) -> dict[str, str]:
    """Name to value of the entry points of a group, of installed wheels.

    As `importlib.metadata` has them, which takes 20 ms to import, a twentieth of a build that changes nothing, and
    looks into archives and at import hooks, too.
    Source: the entry points specification, "File format".
    """
    found: dict[str, str] = {}
    seen: set[str] = set()
    for folder in _metadata_folders():
        if (distribution := folder.name.partition("-")[0].lower()) in seen:
            continue  # the one that is found first is the one that is imported
        seen.add(distribution)
        try:
            text = (folder / "entry_points.txt").read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        if f"[{group}]" in text:
            found = _entries_of(group, text) | found
    return found


def _entries_of(group: str, text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    is_ours = False
    for line in map(str.strip, text.splitlines()):
        if line.startswith("["):
            is_ours = line == f"[{group}]"
        elif is_ours and line and not line.startswith(("#", ";")):
            name, _, value = line.partition("=")
            found[name.strip()] = value.partition("[")[0].strip()
    return found


def _distributions() -> tuple[str, ...]:
    return tuple(sorted({folder.name for folder in _metadata_folders()}))


def _metadata_folders() -> list[Path]:
    """In the order in which imports look."""
    folders = (Path(entry) for entry in sys.path if Path(entry).is_dir())
    return [path for folder in folders for path in folder.iterdir() if path.name.endswith((".dist-info", ".egg-info"))]


def _files(pattern: str) -> tuple[tuple[str, str], ...]:
    package = Path(themekit.__file__).parent
    found = sorted((path.relative_to(package).as_posix(), path) for path in package.rglob(pattern) if path.is_file())
    return tuple((name, digest_bytes(path.read_bytes())) for name, path in found)


def _listed(names: set[str], where: str) -> list[str]:
    shown = sorted(name.removesuffix(".dist-info") for name in names)
    more = f" and {len(shown) - _SHOWN} more" if len(shown) > _SHOWN else ""
    return [f"{where}: {', '.join(shown[:_SHOWN])}{more}"] if shown else []
