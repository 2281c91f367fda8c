"""Operations have a tag: the reference and the SDKs are ordered by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Severity
from themekit.source.audit.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.source.audit.description import Description

OPERATION_WITHOUT_TAG = Code("operation-without-tag", Severity.WARNING, "An operation has no tag.")


def find(description: Description) -> Iterator[Finding]:
    """The places that break the rule."""
    for operation in description.operations:
        if operation.path and not operation.members.get("tags"):
            yield Finding(operation.pointer, f"`{operation.name}` has no tag", "add `tags: [Payments]`", "key")


RULE = Rule(OPERATION_WITHOUT_TAG, find)
