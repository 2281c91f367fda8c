"""A store that is written to when nobody waits: an edit's values are on the page before they are on the disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from themekit.engine import Store
    from themekit.engine.trace import Trace

MAX_WAITING_BYTES = 4 << 20  # some fifty edits of a drag without a rest; it is all of it in memory


class LateStore:
    """Another store, and what it has not been told yet, which is found here all the same."""

    is_shared = False

    def __init__(self, store: Store) -> None:
        """What a process that is killed had not written is made again by the next."""
        self._store = store
        self._waiting: list[tuple[str, Trace, bytes | None]] = []
        self._blobs: dict[str, bytes] = {}
        self._traces: dict[str, tuple[Trace, ...]] = {}
        self._waiting_bytes = 0
        self.problems = store.problems

    def traces(self, key: str, *, is_heavy: bool = False) -> Iterable[Trace]:
        """The recent ones, the latest first."""
        return (*self._traces.get(key, ()), *self._store.traces(key, is_heavy=is_heavy))

    def blob(self, digest: str, *, is_heavy: bool = False) -> bytes | None:
        """The value, from here or from there."""
        found = self._blobs.get(digest)
        return self._store.blob(digest, is_heavy=is_heavy) if found is None else found

    def record(self, key: str, trace: Trace, blob: bytes | None, *, shared: Trace | None = None) -> None:  # noqa: ARG002
        """Keep a run here until `flush`."""
        self._waiting.append((key, trace, blob))
        self._traces[key] = (trace, *self._traces.get(key, ()))
        if blob is not None:
            self._blobs[trace.digest] = blob
            self._waiting_bytes += len(blob)
        if self._waiting_bytes > MAX_WAITING_BYTES:
            self.flush()

    def reuse(self, key: str, trace: Trace, *, is_latest: bool) -> None:
        """Note that a trace held."""
        if key in self._traces:
            self._traces[key] = (trace, *(each for each in self._traces[key] if each != trace))
        else:
            self._store.reuse(key, trace, is_latest=is_latest)

    def flush(self) -> None:
        """Write what waits."""
        waiting, self._waiting = self._waiting, []
        for key, trace, blob in waiting:
            self._store.record(key, trace, blob)
        self._blobs.clear()
        self._traces.clear()
        self._waiting_bytes = 0
