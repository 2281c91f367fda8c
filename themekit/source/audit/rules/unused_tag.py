"""Tags in the list are used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Severity
from themekit.diagnostics.printable import quoted
from themekit.source.audit.description import items_of
from themekit.source.audit.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.source.audit.description import Description

UNUSED_TAG = Code("unused-tag", Severity.WARNING, "No operation has a tag that is in the list of tags.")


def find(description: Description) -> Iterator[Finding]:
    """The places that break the rule."""
    used = {
        tag for each in description.operations for tag in items_of(each.members.get("tags")) if isinstance(tag, str)
    }
    for index, tag in enumerate(items_of(description.root.get("tags"))):
        name = tag.get("name") if isinstance(tag, dict) else None
        if isinstance(name, str) and name not in used:
            yield Finding(f"/tags/{index}", f"no operation has the tag {quoted(name)}")


RULE = Rule(UNUSED_TAG, find)
