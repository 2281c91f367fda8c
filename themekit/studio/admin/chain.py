"""A log as a chain: each line has its number and the SHA-256 of the line before, and a head names the last.

What is changed, removed or moved no longer fits what comes after it; what is cut off at the end, the head tells.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

NOTHING = "0" * 64
MAX_FAULTS = 1000  # nobody reads more, and a file that is no log would have one a line


class Link(Protocol):
    """A record in its place: `previous` is the digest of the line before, `digest` that of its own."""

    @property
    def number(self) -> int: ...  # noqa: D102
    @property
    def previous(self) -> str: ...  # noqa: D102
    @property
    def digest(self) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Head:
    """The last record, as it was written."""

    number: int
    digest: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at a line, which counts from 1."""

    line: int
    text: str


def digest_of(line: bytes) -> str:
    """A record's, from its line without the end."""
    return hashlib.sha256(line).hexdigest()


def head_in(text: str) -> Head | None:
    """What a head's file says; None if that is no head."""
    try:
        number, digest = text.split()
        return Head(int(number), digest)
    except ValueError:
        return None


def chain_faults(
    lines: Iterable[bytes], head: Head | None, *, read: Callable[[bytes], Link | None], head_file: str
) -> tuple[Fault, ...]:
    """What is wrong with a log of these lines and this head; `read` makes a record of a line, or None.

    Lines come with their ends, one at a time however long the log is. After MAX_FAULTS the rest is not looked at.
    """
    faults: list[Fault] = []
    last, count = None, 0
    for line in lines:
        if not line.endswith(b"\n"):
            faults.append(Fault(count + 1, "the line is cut off"))
            break
        count += 1
        record = read(line.removesuffix(b"\n"))
        if record is None:
            faults.append(Fault(count, "the line is no record"))
        else:
            faults += _first_faults(record) if count == 1 else _order_faults(last, record, line=count)
        last = record
        if len(faults) >= MAX_FAULTS:
            return _sorted([*faults, Fault(count, "the rest was not looked at")])
    return _sorted([*faults, *_end_faults(last, head, line=count, head_file=head_file)])


def _sorted(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    return tuple(sorted(dict.fromkeys(faults), key=lambda fault: fault.line))


def _first_faults(record: Link) -> list[Fault]:
    if record.number != 1:
        return [Fault(1, f"record {record.number} is the first: what came before it was removed")]
    return [Fault(1, "the record was changed after it was written")] if record.previous != NOTHING else []


def _order_faults(before: Link | None, record: Link, *, line: int) -> list[Fault]:
    if before is None:
        return []
    if record.number != before.number + 1:
        text = f"record {record.number} comes after record {before.number}: one was removed, added or moved"
        return [Fault(line, text)]
    if record.previous != before.digest:
        text = f"the record was changed after it was written: record {record.number} has another digest of it"
        return [Fault(line - 1, text)]
    return []


def _end_faults(last: Link | None, head: Head | None, *, line: int, head_file: str) -> list[Fault]:
    if head is None:
        missing = f"`{head_file}` is missing, so nobody can tell whether records were removed at the end"
        return [Fault(line, missing)] if line else []
    number = 0 if last is None else last.number
    if number < head.number:
        return [Fault(line + 1, f"records after {number} were removed: `{head_file}` names record {head.number}")]
    if number > head.number:
        return [Fault(line, f"record {number} is not the one that `{head_file}` names: it was added by other means")]
    if last is not None and last.digest != head.digest:
        return [Fault(line, f"the record was changed after it was written: `{head_file}` has another digest of it")]
    return []
