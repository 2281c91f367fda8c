"""Processor time, wall time and memory of work and of commands, with every process they start.

Orphans count too: a server of worker processes outlives its parent by a moment, and the kernel adds up only what was
waited for, so this process asks to inherit them (Linux's `PR_SET_CHILD_SUBREAPER`) and waits.
"""

from __future__ import annotations

import ctypes
import json
import os
import platform
import resource
import statistics
import subprocess
import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h
TICKS_PER_S = os.sysconf("SC_CLK_TCK")
SAMPLE_S = 0.2  # between two looks at memory; a build lasts seconds
DISTRIBUTIONS = ("themekit", "mkdocs", "mkdocs-material", "Markdown", "pymdown-extensions", "Pygments", "zlib-ng")


@dataclass(frozen=True, slots=True)
class Usage:
    """What something used. `peak_mb` is the proportional memory of all its processes at once; 0 if nobody looked."""

    cpu_s: float
    wall_s: float
    peak_mb: float = 0.0
    largest_mb: float = 0.0  # of its largest process


class CommandFailedError(RuntimeError):
    """A measured command ended with something but 0."""


def used(work: Callable[[], object]) -> Usage:
    """What a call in this process uses, its child processes included, those that live on and those left behind too."""
    _inherit_orphans()
    living_s, own_s, began = _living_cpu_s(), _own_cpu_s(), time.perf_counter()
    work()
    wall_s, own_s = time.perf_counter() - began, _own_cpu_s() - own_s
    return Usage(own_s + _living_cpu_s() - living_s, wall_s)


def run(command: Sequence[str | Path], folder: Path, *, environment: Mapping[str, str] | None = None) -> Usage:
    """What a command uses from start to end. Raises CommandFailedError with the end of its output."""
    _inherit_orphans()
    ours = set(_children(os.getpid()))
    began = time.perf_counter()
    with (folder / ".output").open("w+b") as output:
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=folder,
            env={**_environment(), **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        memory = _Memory(process.pid)
        _, status, own = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall_s = time.perf_counter() - began
        orphans = [os.wait4(pid, 0)[2] for pid in _children(os.getpid()) if pid not in ours]
        peak_mb = memory.stop()
        output.seek(0)
        if process.returncode:
            raise CommandFailedError(f"{command[0]}: {output.read().decode(errors='replace')[-2000:]}")
    each = [own, *orphans]
    cpu_s = sum(usage.ru_utime + usage.ru_stime for usage in each)
    return Usage(cpu_s, wall_s, peak_mb, max(usage.ru_maxrss for usage in each) / 1024)


def _inherit_orphans() -> None:
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def cache_home() -> Path:
    """The folder for what benchmarks install and keep between runs."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "themekit-bench"


def _environment() -> dict[str, str]:
    """This process's, with compiled modules kept, as they are wherever a package was installed."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPYCACHEPREFIX": str(cache_home() / "pycache")}


def alternating(jobs: Mapping[str, Callable[[], Usage]], rounds: int) -> dict[str, Usage]:
    """The medians of jobs that take turns."""
    found: dict[str, list[Usage]] = {name: [] for name in jobs}
    for _ in range(rounds):
        for name, job in jobs.items():
            found[name].append(job())
    return {name: median(each) for name, each in found.items()}


def median(each: Sequence[Usage]) -> Usage:
    """Of every column by itself."""
    columns = [[asdict(usage)[name] for usage in each] for name in asdict(each[0])]
    return replace(each[0], **dict(zip(asdict(each[0]), map(statistics.median, columns), strict=True)))


def total(each: Sequence[Usage]) -> Usage:
    """One after another: times add up, memory does not."""
    return Usage(
        sum(usage.cpu_s for usage in each),
        sum(usage.wall_s for usage in each),
        max(usage.peak_mb for usage in each),
        max(usage.largest_mb for usage in each),
    )


def machine() -> dict[str, object]:
    """What the figures were measured with."""
    text = Path("/proc/cpuinfo").read_text(encoding="utf-8") if Path("/proc/cpuinfo").exists() else ""
    models = [line.partition(": ")[2] for line in text.split("\n") if line.startswith("model name")]
    return {
        "processor": models[0] if models else platform.machine(),
        "cores": len(os.sched_getaffinity(0)),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 1),
        "date": time.strftime("%Y-%m-%d", time.gmtime()),
        "versions": dict(_versions()),
    }


def keep(path: Path, rows: Mapping[str, object]) -> None:
    """Put rows into a JSON file beside those of other runs, each with the machine it was measured on."""
    known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    known |= {name: {"machine": machine(), "figures": figures} for name, figures in rows.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _versions() -> Iterator[tuple[str, str]]:
    for name in DISTRIBUTIONS:
        with suppress(PackageNotFoundError):
            yield name, version(name)


class _Memory:
    """Looks at a process and all below it from time to time."""

    def __init__(self, pid: int) -> None:
        self._pid, self._peak_kb, self._is_over = pid, 0, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> float:
        self._is_over.set()
        self._thread.join()
        return self._peak_kb / 1024

    def _look(self) -> None:
        while not self._is_over.wait(SAMPLE_S):
            self._peak_kb = max(self._peak_kb, sum(map(_proportional_kb, (self._pid, *_descendants(self._pid)))))


def _proportional_kb(pid: int) -> int:
    """Memory that processes share counts once over all of them."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").split("\n"):
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


def _own_cpu_s() -> float:
    own, gone = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + gone.ru_utime + gone.ru_stime


def _living_cpu_s() -> float:
    """Of all processes below this one."""
    return sum(map(_cpu_s_of, _descendants(os.getpid())))


def _cpu_s_of(pid: int) -> float:
    """Of a process, to the nanosecond, and of the children it has waited for, in ticks."""
    with suppress(OSError):
        fields = _status(pid)
        waited = (int(fields[13]) + int(fields[14])) / TICKS_PER_S
        with suppress(OSError):
            return waited + time.clock_gettime((~pid << 3) | 2)  # a process's clock, as clock_getcpuclockid(3) names it
        return waited + (int(fields[11]) + int(fields[12])) / TICKS_PER_S
    return 0.0


def _status(pid: int) -> list[str]:
    """The fields of proc(5)'s `stat` from the third on, which is the state."""
    return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rsplit(")", 1)[1].split()


def _descendants(pid: int) -> list[int]:
    """All processes below one, parents first."""
    below: dict[int, list[int]] = {}
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            with suppress(OSError):
                below.setdefault(int(_status(int(process.name))[1]), []).append(int(process.name))
    found = list(below.get(pid, ()))
    for each in found:
        found += below.get(each, ())
    return found


def _children(pid: int) -> list[int]:
    found = []
    for each in _descendants(pid):
        with suppress(OSError):
            found += [each] if int(_status(each)[1]) == pid else []
    return found
