"""Operations have a summary: it is their title in the reference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Severity
from themekit.source.audit.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.source.audit.description import Description

OPERATION_WITHOUT_SUMMARY = Code("operation-without-summary", Severity.WARNING, "An operation has no summary.")


def find(description: Description) -> Iterator[Finding]:
    """The places that break the rule."""
    for operation in description.operations:
        if not str(operation.members.get("summary") or "").strip():
            message = f"`{operation.name}` has no summary"
            yield Finding(operation.pointer, message, "add `summary`, a few words that say what it does", "key")


RULE = Rule(OPERATION_WITHOUT_SUMMARY, find)
