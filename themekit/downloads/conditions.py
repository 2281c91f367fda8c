"""What a request asks of a file: all of it, a part, or nothing if the client has it already.

Source: RFC 9110, sections 13 (conditions) and 14 (ranges). One range is answered; several are answered with all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_RANGE = re.compile(r"bytes=\s*(\d{0,18})\s*-\s*(\d{0,18})\s*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Part:
    """Status, and which bytes to send."""

    status: int
    start: int = 0
    length: int = 0


def asked_part(headers: Mapping[str, str], *, tag: str, size: int) -> Part:
    """The answer to a GET or HEAD with these headers, whose names are in lower case, for a file with this ETag."""
    if "if-match" in headers and not _names(headers["if-match"], tag, weakly=False):
        return Part(412)
    if "if-none-match" in headers and _names(headers["if-none-match"], tag, weakly=True):
        return Part(304)
    found = _RANGE.fullmatch(headers.get("range", "").strip())
    # If-Range with a date is no match either: there is no Last-Modified that it could be of.
    if found is None or not any(found.groups()) or headers.get("if-range", tag).strip() != tag:
        return Part(200, 0, size)
    first, last = found.groups()
    if first and last and int(last) < int(first):
        return Part(200, 0, size)  # invalid, so it is as if it was not there
    start = int(first) if first else max(size - int(last), 0)
    end = min(int(last) + 1, size) if first and last else size
    return Part(206, start, end - start) if start < end else Part(416)


def _names(condition: str, tag: str, *, weakly: bool) -> bool:
    tags = {part.strip() for part in condition.split(",")}
    if weakly:
        tags = {part.removeprefix("W/") for part in tags}
    return "*" in tags or tag in tags
