"""Tags have descriptions: these open the pages of the reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Severity
from themekit.diagnostics.printable import quoted
from themekit.source.audit.description import items_of
from themekit.source.audit.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.source.audit.description import Description

TAG_WITHOUT_DESCRIPTION = Code("tag-without-description", Severity.WARNING, "A tag has no description.")


def find(description: Description) -> Iterator[Finding]:
    """The places that break the rule."""
    for index, tag in enumerate(items_of(description.root.get("tags"))):
        if isinstance(tag, dict) and not str(tag.get("description") or "").strip():
            yield Finding(f"/tags/{index}", f"the tag {quoted(str(tag.get('name')))} has no description")


RULE = Rule(TAG_WITHOUT_DESCRIPTION, find)
