"""Keys of responses are statuses from 100 to 599, ranges as in `4XX`, or `default`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Severity
from themekit.diagnostics.printable import quoted
from themekit.source.audit.description import object_at
from themekit.source.audit.rule import Finding, Rule
from themekit.source.json_value import child_pointer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.source.audit.description import Description

INVALID_STATUS = Code("invalid-status", Severity.WARNING, "A key among the responses is no status.")

_STATUS = re.compile(r"[1-5](?:\d\d|XX)|default")


def find(description: Description) -> Iterator[Finding]:
    """The places that break the rule."""
    for operation in description.operations:
        for status in object_at(operation.members, "responses"):
            if not _STATUS.fullmatch(status) and not status.startswith("x-"):
                pointer = child_pointer(f"{operation.pointer}/responses", status)
                yield Finding(pointer, f"{quoted(status)} is no status", "write `200`, `4XX` or `default`", "key")


RULE = Rule(INVALID_STATUS, find)
