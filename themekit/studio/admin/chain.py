"""A log as a chain: each line has its number and the SHA-256 of the line before, and a head names the last.

What is changed, removed or moved no longer fits what comes after it; what is cut off at the end, the head tells.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

NOTHING = "0" * 64


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
    content: bytes, head: Head | None, *, read: Callable[[bytes], Link | None], head_file: str
) -> tuple[Fault, ...]:
    """What is wrong with a log of this content and this head, by lines; `read` makes a record of a line, or None."""
    lines = content.split(b"\n")
    tail = lines.pop()
    faults = [] if not tail else [Fault(len(lines) + 1, "the line is cut off")]
    records = [read(line) for line in lines]
    faults += [Fault(at, "the line is no record") for at, record in enumerate(records, 1) if record is None]
    faults += _order_faults(records)
    faults += _end_faults(records, head, head_file)
    return tuple(sorted(dict.fromkeys(faults), key=lambda fault: fault.line))


def _order_faults(records: Sequence[Link | None]) -> list[Fault]:
    faults = []
    first = records[0] if records else None
    if first is not None and first.number != 1:
        faults.append(Fault(1, f"record {first.number} is the first: what came before it was removed"))
    elif first is not None and first.previous != NOTHING:
        faults.append(Fault(1, "the record was changed after it was written"))
    for line, (one, other) in enumerate(pairwise(records), 2):
        if one is None or other is None:
            continue
        if other.number != one.number + 1:
            text = f"record {other.number} comes after record {one.number}: one was removed, added or moved"
            faults.append(Fault(line, text))
        elif other.previous != one.digest:
            text = f"the record was changed after it was written: record {other.number} has another digest of it"
            faults.append(Fault(line - 1, text))
    return faults


def _end_faults(records: Sequence[Link | None], head: Head | None, head_file: str) -> list[Fault]:
    last = records[-1] if records else None
    line = len(records)
    if head is None:
        missing = f"`{head_file}` is missing, so nobody can tell whether records were removed at the end"
        return [Fault(line, missing)] if records else []
    number = 0 if last is None else last.number
    if number < head.number:
        return [Fault(line + 1, f"records after {number} were removed: `{head_file}` names record {head.number}")]
    if number > head.number:
        return [Fault(line, f"record {number} is not the one that `{head_file}` names: it was added by other means")]
    if last is not None and last.digest != head.digest:
        return [Fault(line, f"the record was changed after it was written: `{head_file}` has another digest of it")]
    return []
