"""A store that several machines share, behind the one on this disk.

Only what `heavy` tasks make is shared: to ask a store far away costs 10 to 40 ms, and to parse a brand again costs
less. The disk is asked first and the shared store only where nothing on the disk holds, so a build that changes nothing
does not touch it.

Objects below the URL: `values/ab/cdef…` is an encoded value under its SHA-256, `traces/ab/cdef…/<SHA-256>` one trace of
a task with its arguments and code. An object's name follows from its content, so machines that write at one time write
the same bytes, and none can undo what another wrote. A value is put before the trace that names it. All that is read is
checked against its name; what is damaged counts as absent, is made again and written over. Nothing is deleted here: a
rule of the bucket for old objects does that, and whatever it takes is made again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.engine.encoding import DecodingError, decode, digest_bytes, encode
from themekit.engine.fsspec_store import Objects
from themekit.engine.store import RECENT_TRACES, DiskStore
from themekit.engine.trace import Trace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path


class SharedStore:
    """The store in `folder`, and below `url` the one it shares with other machines. Not for several threads.

    `shared` has the keys of tasks whose value was put there or taken from there.
    """

    is_shared = True

    def __init__(self, folder: Path, url: str) -> None:
        """`url` is one that `check_store_url` takes."""
        self._disk = DiskStore(folder)
        self.problems = self._disk.problems
        self.url = url
        self.shared: list[str] = []
        self._objects = Objects(url, self.problems)
        self._damaged: set[str] = set()
        self._fetched: dict[str, tuple[Trace, ...]] = {}

    def traces(self, key: str, *, is_heavy: bool = False) -> Iterable[Trace]:
        """The recent traces: those on the disk, then, if none of them will do, those of other machines."""
        own = self._disk.traces(key)
        yield from own
        if is_heavy:
            for trace in self._remote_traces(key):
                if trace not in own:
                    yield trace

    def blob(self, digest: str, *, is_heavy: bool = False) -> bytes | None:
        """The encoded value, from the disk or from the shared store; then the disk has it, too."""
        data = self._disk.blob(digest)
        return self.content(digest) if data is None and is_heavy else data

    def record(self, key: str, trace: Trace, blob: bytes | None, *, shared: Trace | None = None) -> None:
        """Keep a run on the disk, and share it if the task is heavy."""
        self._disk.record(key, trace, blob)
        if shared is not None and blob is not None:
            self._share(key, shared, blob)

    def reuse(self, key: str, trace: Trace, *, is_latest: bool) -> None:
        """Make it the latest on the disk, where one from another machine is not yet."""
        if trace in self._fetched.get(key, ()):
            self._disk.record(key, trace, None)
            self.shared.append(key)
        else:
            self._disk.reuse(key, trace, is_latest=is_latest)

    def put_content(self, contents: Mapping[str, bytes]) -> bool:
        """Put contents by their digests where other machines find them; whether all of them are there now."""
        return self._objects.put_missing({_value_name(digest): content for digest, content in contents.items()})

    def content(self, digest: str) -> bytes | None:
        """What has this digest, from the shared store to the disk; None if it is not there or damaged."""
        name = _value_name(digest)
        data = self._objects.get(name)
        if data is None or self._checked(name, data, digest) is None:
            return None
        self._disk.keep(digest, data)
        return data

    def prefetch(self, keys: Iterable[str]) -> None:
        """Bring the latest traces of these keys and their values to the disk, many at once."""
        latest: list[Trace] = []
        for key in keys:
            self._fetched.pop(key, None)  # what was looked at before others wrote to it
            latest += self._remote_traces(key)[:1]
        digests = {trace.digest: _value_name(trace.digest) for trace in latest}
        missing = {digest: name for digest, name in digests.items() if self._disk.blob(digest) is None}
        contents = self._objects.get_many(tuple(missing.values()))
        for digest, name in missing.items():
            if name in contents and self._checked(name, contents[name], digest) is not None:
                self._disk.keep(digest, contents[name])

    def prune(self, *, max_bytes: int) -> int:
        """Delete from the disk only; the bytes freed there."""
        return self._disk.prune(max_bytes=max_bytes)

    def clear_unfinished(self) -> None:
        """On the disk; a store elsewhere has no unfinished objects."""
        self._disk.clear_unfinished()

    def complain(self, problem: str) -> None:
        """Add to `problems`, unless it was said before."""
        self._disk.complain(problem)

    def _share(self, key: str, trace: Trace, blob: bytes) -> None:
        name, body = _value_name(trace.digest), encode(trace)
        is_there = name not in self._damaged and self._objects.has(name)
        if is_there or self._objects.put(name, blob):
            self._objects.put(f"{_folder_of(key)}/{digest_bytes(body)}", body)
            self.shared.append(key)

    def _remote_traces(self, key: str) -> tuple[Trace, ...]:
        if key not in self._fetched:
            folder = _folder_of(key)
            found = self._objects.get_many([f"{folder}/{name}" for name in self._objects.names(folder)[:RECENT_TRACES]])
            read = (self._read_trace(name, data) for name, data in found.items())
            self._fetched[key] = tuple(trace for trace in read if trace is not None)
        return self._fetched[key]

    def _read_trace(self, name: str, data: bytes) -> Trace | None:
        if self._checked(name, data, name.rpartition("/")[2]) is None:
            return None
        try:
            trace = decode(data)
        except DecodingError:
            return None
        return trace if isinstance(trace, Trace) else None

    def _checked(self, name: str, data: bytes, digest: str) -> bytes | None:
        if digest_bytes(data) == digest:
            return data
        self._damaged.add(name)
        self._disk.complain(f"{self.url}/{name}: is damaged, so its value is made again")
        return None


def _value_name(digest: str) -> str:
    return f"values/{digest[:2]}/{digest[2:]}"


def _folder_of(key: str) -> str:
    return f"traces/{key[:2]}/{key[2:]}"


def open_store(folder: Path, url: str = "") -> DiskStore | SharedStore:
    """The store in a folder, sharing with other machines if there is a URL."""
    return SharedStore(folder, url) if url else DiskStore(folder)
