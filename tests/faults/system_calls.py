"""A command's system calls below one folder, as strace sees them, and the same command with one of them spoilt.

`when=N` of strace counts one process's calls of one name, so a call is named by its name and number. The number is
taken from all calls, ours or not; a run is repeatable enough for that, and each hit is looked at afterwards.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from themekit.cli import main
from themekit.plugins import targets

if TYPE_CHECKING:
    from pathlib import Path

THEMEKIT = (sys.executable, "-m", "themekit.cli")
TIMEOUT_S = 120
VARIABLES = {"NO_COLOR": "1", "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "0", "LC_ALL": "C.UTF-8"}
"""So that one run makes the same calls as the next."""

WATCHED = (
    "openat write pwrite64 fsync fdatasync syncfs ftruncate rename renameat renameat2 link linkat symlink symlinkat "
    "mkdir mkdirat unlink unlinkat rmdir chmod fchmod fchmodat utimensat copy_file_range sendfile flock"
).split()
"""Some are not there on every processor: strace is told so with a question mark."""

MAKING = {"write", "pwrite64", "mkdir", "mkdirat", "link", "linkat", "symlink", "rename", "renameat", "renameat2"}
"""What a full disk refuses."""

_CALL = re.compile(r"^(\w+)\((.*)")


@dataclass(frozen=True, slots=True)
class Call:
    """The `number`th call of this name in the traced process; `text` is its line, with paths for descriptors."""

    name: str
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended; `hits` are the lines of the calls that were spoilt."""

    code: int
    out: str
    err: str
    hits: tuple[str, ...] = ()


@cache
def why_not() -> str:
    """Why calls cannot be spoilt here; empty if they can."""
    if shutil.which("strace") is None:
        return "strace is not installed: `make tools` does it where it may"
    options = ["-f", "--seccomp-bpf", "-o", os.devnull, "-e", "trace=openat", "-e", "inject=openat:error=EIO:when=9999"]
    command = ["strace", *options, "true"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=TIMEOUT_S)
    return f"ptrace is not permitted here: {done.stderr.strip()}" if done.returncode else ""


def run(arguments: tuple[str, ...], *, root: Path, before: tuple[str, ...] = ()) -> Ran:
    """`themekit` in its own process, with nothing that differs from one run to the next."""
    where = (str(root),) if arguments == ("init",) else ("--project", str(root))
    done = subprocess.run(
        [*before, *THEMEKIT, *arguments, *where],
        cwd=root.parent,
        env={**os.environ, **VARIABLES},
        capture_output=True,
        text=True,
        check=False,
        timeout=TIMEOUT_S,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def forked(arguments: tuple[str, ...], *, root: Path, scratch: Path) -> Ran:
    """The same command in a fork of this process: half a second quicker, as everything is imported already."""
    for module in ("cli.build", "cli.package", "build.run", "build.packaging"):
        import_module(f"themekit.{module}")
    targets()
    said = scratch / "said"
    child = os.fork()
    if not child:
        code = 70
        try:
            descriptor = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(descriptor, 1)
            os.dup2(descriptor, 2)
            os.environ |= VARIABLES
            sys.stdout, sys.stderr = os.fdopen(1, "w", closefd=False), os.fdopen(2, "w", closefd=False)
            code = main.run([*arguments, "--project", str(root)])
            sys.stdout.flush()
            sys.stderr.flush()
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return Ran(os.waitstatus_to_exitcode(status), "", said.read_text())


def traced(arguments: tuple[str, ...], *, root: Path, scratch: Path, only: tuple[str, ...] = ()) -> tuple[Call, ...]:
    """The calls of a run that name build/, in order; with `only`, numbered among those that name one of these paths.

    Raises AssertionError if there is more than one process: the call of a number would be spoilt in each of them.
    """
    logs = scratch / "logs"
    shutil.rmtree(logs, ignore_errors=True)
    logs.mkdir(parents=True)
    names = ",".join(f"?{name}" for name in WATCHED)
    before = ("strace", "-ff", "-qq", "-y", "-s", "1", "-o", str(logs / "log"), "-e", f"trace={names}", *_paths(only))
    done = run(arguments, root=root, before=before)
    assert 0 == done.code, done.err
    (log,) = logs.iterdir()
    return _ours(log.read_text(errors="replace"), root)


def spoilt(arguments: tuple[str, ...], how: str, *, root: Path, scratch: Path, only: tuple[str, ...] = ()) -> Ran:
    """The run with `how` injected, such as `write:error=EIO:when=7`, into calls of its first process."""
    log = scratch / "hits"
    name = how.partition(":")[0]
    # The filter stops the process at this one call only, which halves the time of a run, but loses signals (strace
    # 6.1). It wants -f, which is the same for a single process.
    quick = () if ":signal=" in how else ("--seccomp-bpf",)
    options = ("-f", *quick, "-qq", "-y", "-s", "1", "-o", str(log), "-e", f"trace={name}", *_paths(only))
    done = run(arguments, root=root, before=("strace", *options, "-e", f"inject={how}"))
    lines = [line.partition(" ")[2].lstrip() for line in log.read_text(errors="replace").splitlines()]
    if ":signal=" in how:  # the call that it was killed at is its last, and has no result
        hits = tuple(line for line in lines if line.startswith(name))[-1:] if done.code in {-9, 137} else ()
    else:
        hits = tuple(line for line in lines if "(INJECTED)" in line)
    return Ran(done.code, done.out, done.err, hits)


def names_build(line: str, root: Path) -> bool:
    """A path in the line is build/ or below it."""
    return re.search(rf'["<]{re.escape(str(root))}/build(?:[/">]|$)', line) is not None


def named_paths(calls: tuple[Call, ...]) -> tuple[str, ...]:
    """Every path that the calls name, but those that have chance in them."""
    found = dict.fromkeys(path for call in calls for path in re.findall(r'["<](/[^">]*)[">]', call.text))
    return tuple(path for path in found if "/build" in path and "/unfinished/" not in path)


def _paths(only: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(part for path in only for part in ("-P", path))


def _ours(log: str, root: Path) -> tuple[Call, ...]:
    counts: dict[str, int] = {}
    found = []
    for line in log.splitlines():
        match = _CALL.match(line)
        if match is None:
            continue
        name = match[1]
        counts[name] = counts.get(name, 0) + 1
        if names_build(line, root):
            found.append(Call(name, counts[name], line))
    return tuple(found)
