"""What was done, by whom and why: a file that only grows, each line with the SHA-256 of the line before.

A record that is changed, removed or moved no longer fits those after it. What is cut off at the end, no chain can tell:
the file `audit.head` says which record was the last, and that of the users says which was the first, so that a log is
missed that is gone or was begun anew. Whoever can write all of them can write another history; against them, keep the
head's digest elsewhere, and give it to `--head`.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, cast

from themekit.build.files import naming
from themekit.studio.admin.chain import NOTHING, Fault, Head, chain_faults, digest_of, head_in
from themekit.studio.admin.keeping import PRIVATE_FILE, alone, keep, require_private
from themekit.studio.admin.users import FILE as USERS
from themekit.studio.admin.users import Users

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

FILE, HEAD = "audit.jsonl", "audit.head"
OURSELVES = "themekit"
RESTORE = "bring it back from a copy"
END_BYTES = 1 << 16  # more than two records: the longest reason is 2,000 characters


class AuditBroken(Exception):  # noqa: N818  # the state, not a fault
    """The log's end is not what was last written, so nothing may be added to it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be written down. `before` and `after` are digests of a policy's file, or empty."""

    actor: str
    action: str
    brand: str = ""
    before: str = ""
    after: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """An entry in its place: `previous` is the digest of the line before, `digest` that of its own."""

    number: int
    time: str
    entry: Entry
    previous: str
    digest: str


def _now() -> datetime:
    return datetime.now(UTC)


class AuditLog:
    """The log of a project."""

    def __init__(self, folder: Path, clock: Callable[[], datetime] = _now) -> None:
        """`folder` is the one that is kept."""
        self._folder = folder
        self._clock = clock
        self._users = Users(folder)

    def append(self, entry: Entry) -> Record:
        """Write it, and return when it is on the disk. Raises AuditBroken, BrokenUsers, NotPrivate, OutputError."""
        with alone(self._folder, "audit"):
            last, noted = self._last(), self._users.log_start()
            if noted and self._first() != noted:
                raise AuditBroken(f"{_other_start(has_records=last is not None)}: {RESTORE}")
            head = self.head()
            if last != head:
                before = self._before_last()
                if last is None or before != head:
                    raise AuditBroken(f"`{FILE}` does not end with the record that `{HEAD}` names")
                # Whoever wrote the last record was interrupted before the head: that is said, not passed over.
                repaired = self._write(Entry(OURSELVES, "head-repaired", after=last.digest), last)
                last = Head(repaired.number, repaired.digest)
            record = self._write(entry, last)
            if not noted:
                self._users.note_log(self._first())
            return record

    def content(self) -> bytes:
        """The whole file. Raises NotPrivate."""
        path = self._folder / FILE
        require_private(path)
        try:
            return path.read_bytes()
        except FileNotFoundError:
            return b""

    def head(self) -> Head | None:
        """What the anchor says; None where there is none, or no readable one."""
        path = self._folder / HEAD
        require_private(path)
        try:
            return head_in(path.read_text(encoding="ascii"))
        except (FileNotFoundError, ValueError):
            return None

    def records(self) -> tuple[Record, ...]:
        """Those that can be read, in order."""
        found = (record_in(line) for line in self.content().split(b"\n"))
        return tuple(record for record in found if record is not None)

    def faults(self, *, noted: str = "") -> tuple[Fault, ...]:
        """What is wrong with the log; `noted` is the digest of a record that must be in it."""
        content = self.content()
        faults = faults_in(content, self.head(), noted=noted)
        start, has_users = self._users.log_start(), bool(self._users.all())
        is_other = self._first() != start if start else has_users and not content
        return (Fault(1, _other_start(has_records=bool(content))), *faults) if is_other else faults

    def _first(self) -> str:
        """The digest of the first record; empty without one."""
        try:
            with (self._folder / FILE).open("rb") as file:
                line = file.readline()
        except FileNotFoundError:
            return ""
        return digest_of(line.removesuffix(b"\n")) if line else ""

    def _last(self) -> Head | None:
        lines = self._end()
        if not lines:
            return None
        record = record_in(lines[-1].removesuffix(b"\n"))
        if record is None or not lines[-1].endswith(b"\n"):
            raise AuditBroken(f"the last line of `{FILE}` is no whole record")
        return Head(record.number, record.digest)

    def _end(self) -> list[bytes]:
        """The last lines; the first of them may be a part of one."""
        path = self._folder / FILE
        require_private(path)
        try:
            with path.open("rb") as file:
                file.seek(max(0, file.seek(0, os.SEEK_END) - END_BYTES))
                return file.read().splitlines(keepends=True)
        except FileNotFoundError:
            return []

    def _before_last(self) -> Head | None:
        lines = self._end()
        record = record_in(lines[-2].removesuffix(b"\n")) if len(lines) > 1 else None
        return None if record is None else Head(record.number, record.digest)

    def _write(self, entry: Entry, last: Head | None) -> Record:
        number = 1 if last is None else last.number + 1
        value = {
            "number": number,
            "time": self._clock().isoformat(timespec="milliseconds"),
            **asdict(entry),
            "previous": NOTHING if last is None else last.digest,
        }
        line = json.dumps(value, ensure_ascii=True, separators=(",", ":")).encode()
        _append(self._folder / FILE, line + b"\n")
        record = Record(number, str(value["time"]), entry, str(value["previous"]), digest_of(line))
        keep(self._folder / HEAD, f"{number} {record.digest}\n".encode())
        return record


def _other_start(*, has_records: bool) -> str:
    if has_records:
        return f"the log does not begin with the record that `{USERS}` names: it was changed, or begun anew"
    return f"`{FILE}` is gone although there are users: what was written down was removed"


def _append(path: Path, line: bytes) -> None:
    """Add a line, on the disk when this returns; of one that does not fit nothing is left."""
    with naming(path):
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, PRIVATE_FILE)
        try:
            size = os.fstat(descriptor).st_size
            written = os.write(descriptor, line)
            if written == len(line):
                os.fsync(descriptor)
                return
            os.ftruncate(descriptor, size)  # half a record is none
        finally:
            os.close(descriptor)
        raise OSError(f"the disk took {written} of {len(line)} bytes of a record")


def record_in(line: bytes) -> Record | None:
    """The record of a line; None if it is no record."""
    try:
        value = json.loads(line)
        texts = {name: value[name] for name in ("time", "previous", *Entry.__dataclass_fields__)}
        number = value["number"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    if not isinstance(number, int) or not all(isinstance(text, str) for text in texts.values()):
        return None
    said = cast("dict[str, str]", texts)
    time, previous = said.pop("time"), said.pop("previous")
    return Record(number, time, Entry(**said), previous, digest_of(line))


def faults_in(content: bytes, head: Head | None, *, noted: str = "") -> tuple[Fault, ...]:
    """What is wrong with a log of this content and this head, by lines."""
    faults = chain_faults(BytesIO(content), head, read=record_in, head_file=HEAD)
    lines = content.split(b"\n")[:-1]
    if noted and noted not in {record.digest for record in map(record_in, lines) if record is not None}:
        missed = Fault(len(lines), f"no record has the digest {noted}: the log is not the one it was noted from")
        faults = tuple(sorted((*faults, missed), key=lambda fault: fault.line))
    return faults
