"""The record of what was written: the only files the writer may delete, and how it knows that nothing has changed.

Kept in `build/.cache/outputs/<name>.json`. A second file, `<name>.next.json`, is there while trees are being swapped:
after a kill at that moment either may be true, so both count as a list of our files.
"""

from __future__ import annotations

import json
import stat
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from themekit.build.files import make_folder, sync_files, write_new

if TYPE_CHECKING:
    import os
    from pathlib import Path

REGULAR = stat.S_IFREG
_VERSION = 2

Row = tuple[str, int, int, int]
"""Path, size, time and mode, as in a WrittenFile, which takes longer to make: there are tens of thousands."""


class WrittenFile(NamedTuple):
    """One file as it was written: its size, its time in nanoseconds since 1970, and its mode.

    There is no digest: to read a file and compare it costs less than to hash what it should hold.
    """

    path: str
    size: int
    mtime_ns: int
    mode: int

    @classmethod
    def of(cls, path: str, status: os.stat_result) -> WrittenFile:
        """The file as it is now."""
        return cls(path, status.st_size, status.st_mtime_ns, stat.S_IMODE(status.st_mode))


@dataclass(frozen=True, slots=True)
class Written:
    """The files of a tree in path order, and the digest of what they were made from ("" if unknown)."""

    files: tuple[WrittenFile, ...] = ()
    source: str = ""

    def by_path(self) -> dict[str, WrittenFile]:
        """A new mapping, in order."""
        return {file.path: file for file in self.files}


def record_of(cache: Path, name: str) -> Path:
    """The file that holds the record of an output."""
    return cache / "outputs" / f"{name}.json"


def load_written(record: Path) -> Written:
    """The record, together with one that a killed process did not put in place; empty if it is missing or damaged.

    Raises OSError.
    """
    present, pending = _load(record), _load(_next_of(record))
    if not pending.files:
        return present
    # Which tree is there is unknown: no source, and each file's own time decides.
    return Written(tuple((present.by_path() | pending.by_path()).values()))


def written_from(record: Path, source: str) -> list[Row] | None:
    """Path, size, time and mode of each file, if all were written from this source; None if that is not known.

    What `load_written` reads, for those who only compare: thirty thousand of them at a time. Raises OSError.
    """
    if not source or _next_of(record).exists():
        return None
    found = _rows(record)
    return found[1] if found and found[0] == source else None


def begin_record(record: Path, written: Written) -> None:
    """Write the record of the tree that is about to take its place."""
    make_folder(record.parent)
    rows = [[file.path, file.size, file.mtime_ns, file.mode] for file in written.files]
    text = json.dumps({"version": _VERSION, "source": written.source, "files": rows})
    pending = _next_of(record)
    pending.unlink(missing_ok=True)
    write_new(pending, text.encode())
    sync_files([pending])


def finish_record(record: Path) -> None:
    """The tree is in place: what `begin_record` wrote is the record now."""
    _next_of(record).replace(record)


def forget(record: Path) -> None:
    """The tree is gone, and so is its record."""
    _next_of(record).unlink(missing_ok=True)
    record.unlink(missing_ok=True)


def _next_of(record: Path) -> Path:
    return record.with_suffix(".next.json")


def _load(record: Path) -> Written:
    """Files of an unknown origin, where there is no record: none is deleted, each is compared by its content.

    Raises OSError if it is there and cannot be read: without it, files to be removed would pass for others'.
    """
    source, rows = _rows(record) or ("", [])
    return Written(tuple(WrittenFile(*row) for row in rows), source)


def _rows(record: Path) -> tuple[str, list[Row]] | None:
    """The source, and a row for each file; None if the record is missing or damaged."""
    try:
        document = json.loads(record.read_bytes())
        if document["version"] != _VERSION:
            return None
        rows = [(str(path), int(size), int(time), int(mode)) for path, size, time, mode in document["files"]]
        return str(document["source"]), rows
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None
