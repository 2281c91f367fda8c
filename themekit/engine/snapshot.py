"""A project's inputs as they are at one moment, in the store that machines share: no folder needs to be shared.

A snapshot is a listing of every file below some of the project's paths, with the digest of its content, which is put
into the store under that digest, and the listing under its own. It names its roots, and a host over it answers for them
as the project's own host would; asked for anything else, it raises OutsideSnapshot, for it cannot know. Mounts (`@…`)
are answered from what is installed where the host is, which must be the same: see `installation`.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from themekit.engine.encoding import DecodingError, decode, digest_bytes, encode
from themekit.engine.host import UnreadableInput, require_inside

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from themekit.engine.host import Host
    from themekit.engine.shared_store import SharedStore


class OutsideSnapshot(LookupError):  # noqa: N818  # the field's word
    """A task asked for something that no snapshot holds; only the project's own machine can answer."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A path, and what the project's host answered for it.

    Reading: the content of this `digest`, "" for none, or the reason `unreadable`. Listing: `names`, or `unlisted`.
    """

    path: str
    digest: str = ""
    unreadable: str = ""
    names: tuple[str, ...] = ()
    unlisted: str = ""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that is at or below the roots."""

    roots: tuple[str, ...]
    entries: tuple[Entry, ...]


def take_snapshot(host: Host, store: SharedStore, *, roots: Sequence[PurePosixPath]) -> str | None:
    """Put the inputs at and below these paths into the shared store; the snapshot's digest, None if it refuses."""
    contents: dict[str, bytes] = {}
    entries = tuple(entry for root in roots for entry in _entries(host, root, contents))
    listing = encode(Snapshot(tuple(map(str, roots)), entries))
    if not store.put_content(contents):
        return None
    digest = digest_bytes(listing)
    return digest if store.put_content({digest: listing}) else None


def open_snapshot(store: SharedStore, digest: str, *, mounts: Host) -> SnapshotHost:
    """The host over a snapshot; `mounts` answers for paths that start with `@`.

    Raises OutsideSnapshot if the store does not have it.
    """
    data = store.content(digest)
    try:
        snapshot = None if data is None else decode(data)
    except DecodingError:
        snapshot = None
    if not isinstance(snapshot, Snapshot):
        raise OutsideSnapshot("the inputs of this build are not in the store")
    return SnapshotHost(snapshot, store, mounts=mounts)


class SnapshotHost:
    """A project's inputs from the shared store, each kept on this disk once it was read."""

    def __init__(self, snapshot: Snapshot, store: SharedStore, *, mounts: Host) -> None:
        """`mounts` answers for paths that start with `@`."""
        self._roots = tuple(PurePosixPath(root) for root in snapshot.roots)
        self._entries = {entry.path: entry for entry in snapshot.entries}
        self._store = store
        self._mounts = mounts

    def read(self, path: PurePosixPath) -> bytes | None:
        """The content of a file. Raises UnreadableInput as the project's host did, OutsideSnapshot for other paths."""
        if str(path).startswith("@"):
            return self._mounts.read(path)
        entry = self._entry(path)
        if entry.unreadable:
            raise UnreadableInput(path, entry.unreadable)
        if not entry.digest:
            return None
        content = self._store.blob(entry.digest, is_heavy=True)
        if content is None:
            raise OutsideSnapshot(f"`{path}` is gone from the store")
        return content

    def list(self, folder: PurePosixPath) -> tuple[str, ...]:
        """The names in a folder; empty for one that is missing."""
        if str(folder).startswith("@"):
            return self._mounts.list(folder)
        entry = self._entry(folder)
        if entry.unlisted:
            raise UnreadableInput(folder, entry.unlisted)
        return entry.names

    def environment(self, name: str) -> str | None:
        """Never answered: variables may be secret, and those of another machine mean nothing."""
        raise OutsideSnapshot(f"the variable {name} is not part of a snapshot")

    def _entry(self, path: PurePosixPath) -> Entry:
        require_inside(path)
        if not any(path.is_relative_to(root) for root in self._roots):
            raise OutsideSnapshot(f"`{path}` is not part of the snapshot")
        return self._entries.get(str(path)) or Entry(str(path))


def _entries(host: Host, path: PurePosixPath, contents: dict[str, bytes]) -> Iterator[Entry]:
    """The entry of a path that may be anything, and those below it; what files hold is added to `contents`."""
    digest = unreadable = unlisted = ""
    names: tuple[str, ...] = ()
    try:
        content = host.read(path)
    except UnreadableInput as error:
        unreadable = error.reason
    else:
        if content is not None:
            digest = digest_bytes(content)
            contents[digest] = content
    try:
        names = host.list(path)
    except UnreadableInput as error:
        unlisted = error.reason
    entry = Entry(str(path), digest, unreadable, names, unlisted)
    if entry != Entry(str(path)):  # else nothing is there
        yield entry
    for name in names:
        yield from _entries(host, path / name.removesuffix("/"), contents)
