"""A process of its own that runs jobs, and what its parent holds of it.

It is started anew rather than forked, so no lock is ever copied in a held state, whatever threads its parent has; a
Dask worker, whose processes are daemons and may fork no pool, can have one, too. A frame, in both directions, is a
length of 8 bytes and an encoded value: first the workplace, then a job and its outcome in turn.

It leads a session with all that its jobs start. The terminal's interrupt does not reach it; its parent ends it, and
if the parent is gone, even killed, its end of the pipe is closed, which the child takes as its own end at once.
"""

from __future__ import annotations

import os
import signal
import struct
import subprocess
import sys
import threading
from contextlib import suppress
from multiprocessing.connection import wait
from queue import SimpleQueue
from typing import TYPE_CHECKING

from themekit.engine.encoding import decode, encode
from themekit.engine.job import Job, Outcome, Worker, Workplace
from themekit.engine.sweeping import sweep_rarely

if TYPE_CHECKING:
    from typing import IO

# The parent's path of modules: a child must find the same code.
_BOOT = "import sys; sys.path[:] = sys.argv[1:]; from themekit.engine.child import serve; serve()"
EXIT_SEEN_S = 1.0
_LENGTH = struct.Struct(">Q")


class ChildDied(Exception):  # noqa: N818  # the field's word
    """The process ended before its job did; `reason` completes "it could not be built: …"."""

    def __init__(self, status: int) -> None:
        """`status` is the exit status, negative for a signal."""
        self.reason = f"its process was ended by {_ending(status)}"
        super().__init__(self.reason)


class Child:
    """The parent's side. `run` may be called by one thread at a time, `kill` by any at any time."""

    def __init__(self, place: Workplace) -> None:
        """Starts the process: 0.15 s until its first job begins."""
        self._process = subprocess.Popen(  # noqa: S603  # our own code in our own interpreter
            [sys.executable, "-c", _BOOT, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        self._place: Workplace | None = place
        self._killing = threading.Lock()
        self._is_killed = False

    @property
    def pid(self) -> int:
        """Of the process, and of its group and session."""
        return self._process.pid

    def run(self, job: Job) -> Outcome:
        """The outcome of a job. Raises ChildDied if the process ends before it."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None  # noqa: S101  # both are pipes
        assert stdout is not None  # noqa: S101
        outcome: object = None
        try:
            if self._place is not None:
                _send(stdin, self._place)
                self._place = None
            _send(stdin, job)
            while not wait([stdout.fileno()], EXIT_SEEN_S):
                if self._process.poll() is not None:  # what it forked may hold the pipe open
                    break
            else:
                outcome = _receive(stdout)
        except OSError:  # it died before it was asked
            pass
        if not isinstance(outcome, Outcome):
            self.kill()
            raise ChildDied(self._process.wait())
        return outcome

    def kill(self) -> None:
        """End the process and all that it started, at once: no job is running whose outcome anybody waits for."""
        with self._killing:
            if not self._is_killed:  # later the number may be another group's
                with suppress(ProcessLookupError):
                    os.killpg(self.pid, signal.SIGKILL)
                self._is_killed = True
        self._process.wait()

    def close(self) -> None:
        """As `kill`, and the pipes are closed; no thread may be in `run`."""
        self.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):  # what was still to be written to a dead process
                    pipe.close()


def serve() -> None:
    """The child's side: run jobs until the parent closes the pipe."""
    sweep_rarely()
    # Whatever a task starts or prints must neither take from our pipes nor add to them.
    orders, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)
    asked: SimpleQueue[object] = SimpleQueue()
    threading.Thread(target=_listen, args=(orders, asked), daemon=True).start()
    place = asked.get()
    assert isinstance(place, Workplace)  # noqa: S101  # what a parent sends first
    worker = Worker(place)
    while True:
        job = asked.get()
        assert isinstance(job, Job)  # noqa: S101  # and what it sends then
        _send(answers, worker.run(job))


def _listen(orders: IO[bytes], asked: SimpleQueue[object]) -> None:
    """Hand on what the parent sends; with the parent's end, all of this session ends, in the middle of a job, too."""
    while (value := _receive(orders)) is not None:
        asked.put(value)
    os.killpg(os.getpgid(0), signal.SIGKILL)


def _send(pipe: IO[bytes], value: object) -> None:
    body = encode(value)
    pipe.write(_LENGTH.pack(len(body)) + body)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> object:
    """The next value; None at the end of the stream, also in the middle of a frame."""
    header = pipe.read(_LENGTH.size)
    if len(header) < _LENGTH.size:
        return None
    length = _LENGTH.unpack(header)[0]
    body = pipe.read(length)
    return decode(body) if len(body) == length else None


def _ending(status: int) -> str:
    if status >= 0:
        return f"itself, with exit code {status}"
    with suppress(ValueError):
        name = signal.Signals(-status).name
        return f"{name}, as for want of memory" if name == "SIGKILL" else name
    return f"signal {-status}"
