"""What was fetched, by whom: a file that only grows, in a chain like the Studio's audit log, written in batches.

A transfer has two records: `begin`, which is on the disk before the first byte is sent, and `end` with the bytes that
went out. Whoever kills the server can so hide no transfer, only how far it came. No secret and no address of a client
is ever in it.
"""

from __future__ import annotations

import asyncio
import json
import os
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, cast

from themekit.build.files import naming
from themekit.diagnostics import Code
from themekit.studio.admin.chain import NOTHING, Fault, Head, chain_faults, digest_of, head_in
from themekit.studio.admin.keeping import PRIVATE_FILE, keep, require_private

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

FILE, HEAD = "downloads.jsonl", "downloads.head"
CHANGED = Code("download-log", summary="The log of downloads is not as it was written.")
MAX_LINE = 8192
MAX_TEXT = 300
BATCH = 500
_TEXTS = ("event", "token", "partner", "method", "brand", "file", "version", "transfer", "detail")
_NUMBERS = ("status", "start", "sent")


class LogBroken(Exception):  # noqa: N818  # the state, not a fault
    """The log's end is not what was last written, so nothing may be added to it."""


@dataclass(frozen=True, slots=True)
class Event:
    """What happened: `begin` or `end` of a transfer, or `refused`.

    `transfer` joins a begin with its end; `start` and `sent` are bytes; `detail` is why something was refused.
    """

    event: str
    token: str = ""
    partner: str = ""
    method: str = ""
    brand: str = ""
    file: str = ""
    version: str = ""
    transfer: str = ""
    status: int = 0
    start: int = 0
    sent: int = 0
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """An event in its place."""

    number: int
    time: str
    event: Event
    previous: str
    digest: str


@dataclass(slots=True)
class DownloadLog:
    """The log in a folder that is its user's alone, open to be added to by this one process."""

    folder: Path
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    _last: Head | None = None
    _waiting: list[tuple[Event, asyncio.Future[None]]] = field(default_factory=list)
    _writer: asyncio.Task[None] | None = None

    def open(self) -> None:
        """Find the end, and mend what a process that was killed left. Raises LogBroken, NotPrivate, OutputError."""
        path = self.folder / FILE
        require_private(path)
        require_private(self.folder / HEAD)
        head = read_head(self.folder)
        cut = _cut_torn_line(path)
        records = list(_records_after(path, head))
        if head is not None and (not records or records[0].digest != head.digest):
            raise LogBroken(f"`{FILE}` does not hold the record that `{HEAD}` names: bring both back from a copy")
        if head is None and records and records[0].number != 1:
            raise LogBroken(f"`{HEAD}` is missing and `{FILE}` does not begin with its first record")
        for one, other in pairwise(records):
            if other.number != one.number + 1 or other.previous != one.digest:
                raise LogBroken(f"`{FILE}` has a record after number {one.number} that does not follow it")
        self._last = Head(records[-1].number, records[-1].digest) if records else None
        if cut or self._last != head:
            self._write([Event("mended", detail=f"{cut} bytes of an unfinished record were removed")])

    async def add(self, event: Event) -> None:
        """Return when the event is on the disk; those that come meanwhile go there together."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((event, done))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._drain())
        await done

    async def _drain(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:BATCH], self._waiting[BATCH:]
            try:
                await asyncio.to_thread(self._write, [event for event, _ in batch])
            except Exception as error:  # noqa: BLE001  # each of those who wait is told
                for _, done in batch:
                    if not done.done():
                        done.set_exception(error)
            else:
                for _, done in batch:
                    if not done.done():
                        done.set_result(None)

    def _write(self, events: list[Event]) -> None:
        last, lines = self._last, []
        for event in events:
            number = 1 if last is None else last.number + 1
            previous = NOTHING if last is None else last.digest
            value = {"number": number, "time": self.clock().isoformat(timespec="milliseconds"), **_short(event)}
            line = json.dumps({**value, "previous": previous}, ensure_ascii=True, separators=(",", ":")).encode()
            lines.append(line + b"\n")
            last = Head(number, digest_of(line))
        _append(self.folder / FILE, b"".join(lines))
        self._last = last
        if last is not None:
            keep(self.folder / HEAD, f"{last.number} {last.digest}\n".encode())


def read_head(folder: Path) -> Head | None:
    """What the head's file says; None without one."""
    try:
        return head_in((folder / HEAD).read_text(encoding="ascii"))
    except (FileNotFoundError, ValueError):
        return None


def read_records(folder: Path) -> Iterator[Record]:
    """The records, one at a time however long the log is; lines that are none are passed over."""
    try:
        with (folder / FILE).open("rb") as file:
            for line in iter(lambda: file.readline(MAX_LINE), b""):
                record = record_in(line.removesuffix(b"\n"))
                if record is not None:
                    yield record
    except FileNotFoundError:
        return


def log_faults(folder: Path) -> tuple[Fault, ...]:
    """What is wrong with the log, by lines; read one at a time however long it is."""
    return chain_faults(_lines(folder / FILE), read_head(folder), read=record_in, head_file=HEAD)


def _lines(path: Path) -> Iterator[bytes]:
    """With their ends; of a line that is longer than any record its beginning."""
    try:
        with path.open("rb") as file:
            while line := file.readline(MAX_LINE):
                rest = line
                while rest and not rest.endswith(b"\n"):
                    rest = file.readline(MAX_LINE)
                yield line if line is rest or not rest else line + b"\n"
    except FileNotFoundError:
        return


def record_in(line: bytes) -> Record | None:
    """The record of a line; None if it is none."""
    try:
        value = json.loads(line)
        texts = {name: value[name] for name in ("time", "previous", *_TEXTS)}
        numbers = {name: value[name] for name in ("number", *_NUMBERS)}
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    if not all(type(number) is int for number in numbers.values()):
        return None
    if not all(isinstance(text, str) for text in texts.values()):
        return None
    said, counted = cast("dict[str, str]", texts), cast("dict[str, int]", numbers)
    time, previous, number = said.pop("time"), said.pop("previous"), counted.pop("number")
    return Record(number, time, _event(said, counted), previous, digest_of(line))


def _event(said: dict[str, str], counted: dict[str, int]) -> Event:
    return replace(replace(Event(""), **said), **counted)  # type: ignore[arg-type]  # the names were checked


def _short(event: Event) -> dict[str, object]:
    return {name: value[:MAX_TEXT] if isinstance(value, str) else value for name, value in asdict(event).items()}


def _records_after(path: Path, head: Head | None) -> Iterator[Record]:
    """The record that the head names, and those after it; all without a head."""
    for record in read_records(path.parent):
        if head is None or record.number >= head.number:
            yield record


def _cut_torn_line(path: Path) -> int:
    """Remove what follows the last line's end: nobody was told that it is written. How many bytes it was."""
    try:
        with path.open("r+b") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - MAX_LINE * BATCH))
            tail = file.read().rpartition(b"\n")[2]
            if tail:
                file.truncate(size - len(tail))
                os.fsync(file.fileno())
            return len(tail)
    except FileNotFoundError:
        return 0


def _append(path: Path, lines: bytes) -> None:
    """Add lines, on the disk when this returns; of what does not fit nothing is left."""
    with naming(path):
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, PRIVATE_FILE)
        try:
            size = os.fstat(descriptor).st_size
            written = os.write(descriptor, lines)
            if written == len(lines):
                os.fdatasync(descriptor)
                return
            os.ftruncate(descriptor, size)  # half a record is none
        finally:
            os.close(descriptor)
        raise OSError(f"the disk took {written} of {len(lines)} bytes")
