"""No value stands twice in an enumeration."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Severity
from themekit.diagnostics.printable import quoted
from themekit.source.audit.description import items_of
from themekit.source.audit.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.source.audit.description import Description

DUPLICATE_ENUM_VALUE = Code("duplicate-enum-value", Severity.WARNING, "A value stands twice in an enumeration.")


def find(description: Description) -> Iterator[Finding]:
    """The places that break the rule."""
    for part in description.schemas:
        seen: set[str] = set()
        for index, value in enumerate(items_of(part.members.get("enum"))):
            written = json.dumps(value, sort_keys=True)
            if written in seen:
                yield Finding(f"{part.pointer}/enum/{index}", f"the value {quoted(written)} stands here twice")
            seen.add(written)


RULE = Rule(DUPLICATE_ENUM_VALUE, find)
