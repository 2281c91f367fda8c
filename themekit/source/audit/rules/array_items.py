"""Arrays say what is in them: without `items` an SDK has lists of anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Severity
from themekit.source.audit.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.source.audit.description import Description

ARRAY_WITHOUT_ITEMS = Code("array-without-items", Severity.WARNING, "An array does not say what is in it.")


def find(description: Description) -> Iterator[Finding]:
    """The places that break the rule."""
    for part in description.schemas:
        if part.members.get("type") == "array" and not part.members.keys() & {
            "items",
            "prefixItems",
            "contains",
            "$ref",
        }:
            yield Finding(part.pointer, "the array has no `items`", "say what is in it")


RULE = Rule(ARRAY_WITHOUT_ITEMS, find)
