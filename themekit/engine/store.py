"""Where traces and values are kept between builds.

On disk (`build/.cache/`): `values/ab/cdef…` holds an encoded value under its SHA-256, `traces/ab/cdef…` the recent
traces of one task with its arguments and code, behind their own SHA-256. A value is written before the trace that
names it, each to a temporary file in `unfinished/` that is then renamed, so any number of processes may share the
folder, and a killed one leaves at worst a file that the next build clears. Everything read is checked against its
digest: what is damaged counts as absent and is made again, which is also why nothing here is synced to the platter.
The folder may be deleted at any time.

Values are not compressed: level 1 of zlib-ng turns 20 MB into 7.8 MB, but takes 200 ms to write and 150 ms to read,
where hashing takes 20 ms.
"""

from __future__ import annotations

import errno
import os
import platform
import secrets
import time
from collections import OrderedDict
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Protocol

from themekit.engine.encoding import DecodingError, decode, digest_bytes, encode, encoded_tuple
from themekit.engine.trace import Trace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

RECENT_TRACES = 8  # going back to an earlier state of the inputs (a branch, an undone edit) costs nothing
DAY_S = 86_400
KEPT_ENCODED = 256  # of the traces that an edit makes, with those before them: some 3 MB
UNFINISHED_S = 3_600  # no write takes an hour: an older temporary file, of another machine, is that of a dead process
_UNFINISHED = "unfinished"
_DIGEST_LENGTH = 64
_MTIME_NS = 2  # its place in a signature


class Store(Protocol):
    """Traces by key, encoded values by digest. `problems` says in words what was found damaged or could not be kept.

    `is_heavy` is said of what a task made that takes long: a store that machines share is asked for no other.
    """

    problems: list[str]
    is_shared: bool
    """Machines share what heavy tasks make."""

    def traces(self, key: str, *, is_heavy: bool = False) -> Iterable[Trace]:
        """The recent traces, the latest first."""

    def blob(self, digest: str, *, is_heavy: bool = False) -> bytes | None:
        """The encoded value of this digest, or None if it is not there."""

    def record(self, key: str, trace: Trace, blob: bytes | None, *, shared: Trace | None = None) -> None:
        """Keep a run: the encoded value (None: only its digest is to be remembered), then the trace as the latest.

        `shared` is the trace to keep where other machines find it, for heavy tasks of a store that is shared.
        """

    def reuse(self, key: str, trace: Trace, *, is_latest: bool) -> None:
        """Note that a trace held: it becomes the latest, and it and its value count as used now."""


class MemoryStore:
    """A store for tests, previews and projects whose cache folder cannot be written."""

    is_shared = False

    def __init__(self) -> None:
        """Empty."""
        self.problems: list[str] = []
        self._traces: dict[str, tuple[Trace, ...]] = {}
        self._blobs: dict[str, bytes] = {}

    def traces(self, key: str, *, is_heavy: bool = False) -> tuple[Trace, ...]:  # noqa: ARG002  # shared by nobody
        """The recent traces, the latest first."""
        return self._traces.get(key, ())

    def blob(self, digest: str, *, is_heavy: bool = False) -> bytes | None:  # noqa: ARG002  # as above
        """The encoded value, or None."""
        return self._blobs.get(digest)

    def record(self, key: str, trace: Trace, blob: bytes | None, *, shared: Trace | None = None) -> None:  # noqa: ARG002
        """Keep a run."""
        if blob is not None:
            self._blobs[trace.digest] = blob
        self._traces[key] = _with_latest(trace, self.traces(key))

    def reuse(self, key: str, trace: Trace, *, is_latest: bool) -> None:
        """Make it the latest."""
        if not is_latest:
            self._traces[key] = _with_latest(trace, self.traces(key))


class DiskStore:
    """A store in a folder. If it cannot be written, what could not be kept there is kept in memory."""

    is_shared = False

    def __init__(self, folder: Path) -> None:
        """`folder` need not exist."""
        self.problems: list[str] = []
        self._folder = folder
        self._memory = MemoryStore()
        self._kept: dict[str, tuple[tuple[int, ...], tuple[Trace, ...]]] = {}
        self._encoded: OrderedDict[int, tuple[Trace, bytes]] = OrderedDict()

    def traces(self, key: str, *, is_heavy: bool = False) -> tuple[Trace, ...]:  # noqa: ARG002  # shared by nobody
        """The recent traces, the latest first; none if they are damaged."""
        kept, signature = self._kept.get(key), _signature(f"{self._folder}/traces/{key[:2]}/{key[2:]}")
        if kept is not None and kept[0] == signature:
            return kept[1]
        path = self._path("traces", key)  # its signature is from before it is read: what replaces it is read next time
        data = None if self._memory.traces(key) else self._read(path)
        if data is None:
            return self._memory.traces(key)
        checksum, body = data[:_DIGEST_LENGTH], data[_DIGEST_LENGTH:]
        try:
            found = decode(body) if checksum == digest_bytes(body).encode() else None
        except DecodingError:
            found = None
        if not isinstance(found, tuple) or not all(isinstance(trace, Trace) for trace in found):
            self._discard(path)
            return ()
        self._kept[key] = (signature, found)
        return found

    def blob(self, digest: str, *, is_heavy: bool = False) -> bytes | None:  # noqa: ARG002  # as above
        """The encoded value, or None if it is absent or damaged."""
        path = self._path("values", digest)
        data = self._read(path)
        if data is None:
            return self._memory.blob(digest)
        if digest_bytes(data) != digest:
            self._discard(path)
            return None
        return data

    def record(self, key: str, trace: Trace, blob: bytes | None, *, shared: Trace | None = None) -> None:  # noqa: ARG002
        """Keep a run; in memory only, and said so once, if the folder cannot be written."""
        path = self._path("values", trace.digest)
        try:
            if path.exists():
                self._renew(path)
            elif blob is not None:
                self._write(path, blob)
            self._write_traces(key, _with_latest(trace, self.traces(key)))
        except OSError as error:
            self._memory.record(key, trace, blob)
            self.complain(f"{self._folder}: cannot be written ({error.strerror}), so nothing is kept for the next run")

    def reuse(self, key: str, trace: Trace, *, is_latest: bool) -> None:
        """Make it the latest, and mark both files as used, so that `prune` spares them."""
        self.touch(key, trace.digest)
        if not is_latest:
            with suppress(OSError):  # a folder that cannot be written still serves what it has
                self._write_traces(key, _with_latest(trace, self.traces(key)))

    def touch(self, key: str, digest: str) -> None:
        """Mark traces and a value as used now; their times are renewed at most once a day, as that is a write."""
        kept = self._kept.get(key)
        is_young = kept is not None and kept[0] and time.time() - kept[0][_MTIME_NS] / 1e9 < DAY_S
        if not is_young and self._renew(self._path("traces", key)):
            self._renew(self._path("values", digest))

    def keep(self, digest: str, data: bytes) -> None:
        """Keep an encoded value that was made elsewhere; nothing is said if the folder cannot be written."""
        with suppress(OSError):
            self._write(self._path("values", digest), data)

    def prune(self, *, max_bytes: int) -> int:
        """Delete what was not used for the longest time until at most `max_bytes` are left; returns the bytes freed.

        Safe beside running builds: what they miss they make again.
        """
        freed = 0
        try:
            files = sorted(self._files(), key=lambda file: file[1].st_mtime)
            excess = sum(status.st_size for _, status in files) - max_bytes
            for path, status in files:
                if freed >= excess:
                    break
                path.unlink(missing_ok=True)
                freed += status.st_size
        except OSError as error:
            self.complain(f"{self._folder}: cannot be cleared of what is not used ({error.strerror})")
        return freed

    def clear_unfinished(self) -> None:
        """Delete what processes that are dead had begun to write."""
        with suppress(OSError), os.scandir(self._folder / _UNFINISHED) as entries:  # it may not be there yet
            for entry in entries:
                with suppress(FileNotFoundError):  # another process was quicker
                    if _is_abandoned(entry.name, entry.stat(follow_symlinks=False)):
                        os.unlink(entry)  # noqa: PTH108  # a `DirEntry` is no `Path`

    def _files(self) -> Iterator[tuple[Path, os.stat_result]]:
        for kind in ("traces", "values"):
            for path in (self._folder / kind).glob("*/*"):
                try:
                    yield path, path.stat()
                except FileNotFoundError:
                    continue  # another process was quicker

    def _path(self, kind: str, name: str) -> Path:
        return self._folder.joinpath(kind, name[:2], name[2:])

    def _read(self, path: Path) -> bytes | None:
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            self.complain(f"{path}: cannot be read ({error.strerror}), so its value is made again")
            return None

    def _write(self, path: Path, content: bytes) -> int:
        """Put a file in place; its number, by which to tell whether it is still the one."""
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = self._folder / _UNFINISHED / f"{_own_mark()}{os.getpid()}-{secrets.token_hex(8)}"
        temporary.parent.mkdir(exist_ok=True)
        try:
            number = _write_whole(temporary, content)
            temporary.replace(path)
        except OSError:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise
        return number

    def _write_traces(self, key: str, traces: tuple[Trace, ...]) -> None:
        body, path = encoded_tuple([self._encoded_trace(trace) for trace in traces]), self._path("traces", key)
        number = self._write(path, digest_bytes(body).encode() + body)
        signature = _signature(str(path))
        if signature and signature[0] == number:  # and not of a process that wrote right after us
            self._kept[key] = (signature, traces)

    def _encoded_trace(self, trace: Trace) -> bytes:
        """Encoded once: each edit writes a task's new trace, and seven older ones with it."""
        known = self._encoded.pop(id(trace), None) or (trace, encode(trace))
        self._encoded[id(trace)] = known  # which keeps the trace, and so its id
        while len(self._encoded) > KEPT_ENCODED:
            self._encoded.popitem(last=False)
        return known[1]

    def _renew(self, path: Path) -> bool:
        """Set the time of a file to now if it is older than a day; whether it was."""
        try:
            is_old = time.time() - path.stat().st_mtime > DAY_S
            if is_old:
                os.utime(path)
        except OSError:
            return False  # it is gone, or in a folder that cannot be written
        return is_old

    def _discard(self, path: Path) -> None:
        self.complain(f"{path}: is damaged, so its value is made again")
        with suppress(OSError):  # then it will be found damaged again
            path.unlink(missing_ok=True)

    def complain(self, problem: str) -> None:
        """Add to `problems`, unless it was said before."""
        if problem not in self.problems:
            self.problems.append(problem)


def _write_whole(path: Path, content: bytes) -> int:
    """Write a file and look at its size: a system that wrote less than it said leaves no false value. Its number."""
    path.write_bytes(content)
    status = path.stat()
    if status.st_size != len(content):
        raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))
    return status.st_ino


def _is_abandoned(name: str, status: os.stat_result) -> bool:
    """A temporary file whose process is dead; of another machine's, only the age says so."""
    pid = name.removeprefix(_own_mark()).partition("-")[0]
    if name.startswith(_own_mark()) and pid.isdecimal():
        try:
            os.kill(int(pid), 0)
        except ProcessLookupError:
            return True
        except (OSError, OverflowError):
            pass  # another user's, or no number of a process
    return time.time() - status.st_mtime > UNFINISHED_S


@cache
def _own_mark() -> str:
    """How the temporary files of this machine begin. Its name may hold anything, so its digest stands for it."""
    return f"{digest_bytes(platform.node().encode())[:8]}-"


def _signature(path: str) -> tuple[int, ...]:
    """Differs after each write: files of this store are never written to, but replaced."""
    try:
        status = os.stat(path)  # noqa: PTH116  # thousands of them: a third of the time of `path.stat()`
    except OSError:
        return ()
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _with_latest(trace: Trace, others: tuple[Trace, ...]) -> tuple[Trace, ...]:
    return (trace, *(other for other in others if other != trace))[:RECENT_TRACES]
