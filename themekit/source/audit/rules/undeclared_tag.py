"""Tags that operations have are in the list of tags, which has their order and descriptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Severity
from themekit.diagnostics.printable import quoted
from themekit.source.audit.description import items_of
from themekit.source.audit.rule import Finding, Rule
from themekit.source.did_you_mean import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.source.audit.description import Description

UNDECLARED_TAG = Code("undeclared-tag", Severity.WARNING, "An operation has a tag that is not in the list of tags.")


def find(description: Description) -> Iterator[Finding]:
    """The places that break the rule."""
    declared = {each.get("name") for each in items_of(description.root.get("tags")) if isinstance(each, dict)}
    seen: set[str] = set()
    for operation in description.operations:
        for index, tag in enumerate(items_of(operation.members.get("tags"))):
            if isinstance(tag, str) and tag not in declared and tag not in seen:
                seen.add(tag)
                message = f"the tag {quoted(tag)} is not in the list of tags"
                hint = did_you_mean(tag, [str(name) for name in declared]) or "add it to `tags`, with a description"
                yield Finding(f"{operation.pointer}/tags/{index}", message, hint)


RULE = Rule(UNDECLARED_TAG, find)
