"""A process of its own for decoders of other people's files: what hangs, swells or aborts there costs a diagnostic.

One worker serves many calls, as a start costs more than an icon. It is limited in address space, in processor time for
each call and in wall time, writes no file, and is started anew after a crash. Measured without it: resvg aborts the
interpreter on a canvas of 30000 x 30000 pixels and dies of a full stack on 100,000 nested groups.

A frame, in both directions, is a line of JSON followed by the bytes it announces; nothing is ever unpickled.
"""

from __future__ import annotations

import atexit
import importlib
import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

Value = bytes | str | int | float | None

JOBS = {
    "rasterise": "themekit.render.rasters:rasterise_job",
    "inspect": "themekit.render.images:inspect_job",
    "ink": "themekit.render.images:ink_job",
    "silhouette": "themekit.render.images:silhouette_job",
    "colors": "themekit.render.picture_colors:colors_job",
    "compare": "themekit.render.picture_diff:compare_job",
    "outline": "themekit.render.outlines:outline_job",
    "subset": "themekit.render.subsets:subset_job",
    "describe": "themekit.render.subsets:describe_job",
}
"""What a worker can be asked to do: a function from values to values. The tests add hostile jobs of their own."""

MEMORY_BYTES = 1 << 30  # 40 megapixels, the largest picture read, are 160 MB, and a resize holds two copies of it
CPU_S = 20  # the largest font we ship is subset in 4 s
FRAME_BYTES = 1 << 28  # more than this no job returns: a broken worker must not make us reserve what it announces
WALL_S = 60.0  # generous: a machine under load may give us a third of a processor

_BOOT = "import sys; sys.path.insert(0, sys.argv[1]); from themekit.render.worker import serve; serve(sys.argv[2:])"
_PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT")


class RefusedError(Exception):
    """Raised by a job that will not do what it was asked; the text is for users."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A call that gave no result. `reason` completes a sentence: "cannot be drawn: the decoder crashed (SIGABRT)"."""

    reason: str
    is_crash: bool = False


class Worker:
    """One limited process, started at the first call; safe to call from several threads."""

    def __init__(self, *, wall_s: float = WALL_S, cpu_s: int = CPU_S, jobs: dict[str, str] | None = None) -> None:
        """Nothing is started yet. `jobs` adds to JOBS: name to "module:function"."""
        self._wall_s = wall_s
        self._cpu_s = cpu_s
        self._jobs = {**JOBS, **(jobs or {})}
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def call(self, job: str, *arguments: Value) -> tuple[Value, ...] | Failed:
        """What the job returned, or why it returned nothing. Raises KeyError for an unknown job."""
        reference = self._jobs[job]
        with self._lock:
            process = self._running()
            timer = threading.Timer(self._wall_s, process.kill)
            timer.start()
            try:
                _write_frame(_pipe(process.stdin), (reference, self._cpu_s, *arguments))
                answer = _read_frame(_pipe(process.stdout))
            except BrokenPipeError:
                answer = None
            finally:
                timer.cancel()
            if answer is None:
                return self._obituary()
        if answer[0] == "refused":
            return Failed(str(answer[1]))
        return answer[1:]

    def close(self) -> None:
        """End the process; a later call starts another."""
        with self._lock:
            self._stop()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._stop()
            root = str(Path(__file__).parents[2])
            # Our own interpreter and our own text: nothing of a user's is on the command line.
            self._process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-I", "-c", _BOOT, root, str(MEMORY_BYTES)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd="/",
                env={name: os.environ[name] for name in _PASSED_ON if name in os.environ}
                # One thread each: a second one would not make small files faster, and each reserves address space.
                | {"MALLOC_ARENA_MAX": "1", "RAYON_NUM_THREADS": "1"},
            )
        return self._process

    def _obituary(self) -> Failed:
        process = self._process
        self._stop()
        code = process.returncode if process else 0
        if code == -signal.SIGXCPU:
            return Failed(f"it needs more than {self._cpu_s} s of processor time")
        if code == -signal.SIGKILL:
            return Failed(f"it takes longer than {self._wall_s:g} s")
        how = signal.Signals(-code).name if code < 0 else f"exit {code}"
        return Failed(f"the decoder crashed ({how})", is_crash=True)

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            try:
                _pipe(pipe).close()
            except BrokenPipeError:
                continue  # it died before it read what was buffered for it
        process.wait()


_shared: dict[int, Worker] = {}
_sharing = threading.Lock()


def shared_worker() -> Worker:
    """The worker of this process; a forked child gets its own, as two may not talk over one pipe."""
    with _sharing:
        if os.getpid() not in _shared:
            _shared[os.getpid()] = worker = Worker()
            atexit.register(worker.close)
        return _shared[os.getpid()]


def serve(arguments: list[str]) -> None:  # pragma: no cover - runs in the limited process, which writes no file
    """Answer frames on standard input until it ends: the body of the limited process."""
    requests, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # a chatty library must not write into a frame
    _limit(int(arguments[0]))
    while (frame := _read_frame(requests)) is not None:
        reference, cpu_s, *values = frame
        _limit_cpu(int(cpu_s or 0))
        _write_frame(answers, _answer(str(reference), tuple(values)))


@contextmanager
def no_new_files() -> Iterator[None]:
    """Nothing can be opened meanwhile. For a job whose library reads files that its input names, as resvg does."""
    import resource  # noqa: PLC0415 - only the limited process limits itself

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def _answer(reference: str, values: tuple[Value, ...]) -> tuple[Value, ...]:
    module, function = reference.split(":")
    try:
        return ("done", *getattr(importlib.import_module(module), function)(*values))
    except RefusedError as error:
        return ("refused", str(error))
    except MemoryError:
        return ("refused", f"it needs more than {MEMORY_BYTES >> 20} MB of memory")
    except Exception as error:  # noqa: BLE001 - whatever a decoder raises on a hostile file is the file's fault
        return ("refused", f"it is damaged; its decoder says: {error}"[:200])


def _limit(memory_bytes: int) -> None:  # pragma: no cover - as serve
    import resource  # noqa: PLC0415 - only the limited process limits itself

    limits = ((resource.RLIMIT_AS, memory_bytes), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0))
    for kind, limit in limits:
        try:
            resource.setrlimit(kind, (limit, limit))
        except (ValueError, OSError):
            continue  # macOS knows the name of RLIMIT_AS and refuses it


def _limit_cpu(seconds: int) -> None:  # pragma: no cover - as serve
    """SIGXCPU this long from now: the limit counts from the start of the process, which has done other work."""
    import resource  # noqa: PLC0415 - only the limited process limits itself

    usage = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(usage.ru_utime + usage.ru_stime) + 1 + seconds, hard))


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise RuntimeError("the worker was started without pipes")
    return pipe


def _write_frame(stream: IO[bytes], values: tuple[Value, ...]) -> None:
    """Bytes travel after the line: in it they are the one-element list of their length."""
    blobs = [value for value in values if isinstance(value, bytes)]
    line = json.dumps([[len(value)] if isinstance(value, bytes) else value for value in values])
    stream.write(line.encode() + b"\n" + b"".join(blobs))
    stream.flush()


def _read_frame(stream: IO[bytes]) -> tuple[Value, ...] | None:
    """None at the end of the stream, and for a frame that was cut off."""
    line = stream.readline()
    if not line.endswith(b"\n"):
        return None
    values: list[Value] = []
    for value in json.loads(line):
        if isinstance(value, list):
            blob = stream.read(min(value[0], FRAME_BYTES))
            if len(blob) != value[0]:
                return None
            values.append(blob)
        else:
            values.append(value)
    return tuple(values)
