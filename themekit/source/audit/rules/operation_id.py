"""Operations have an id of their own: SDKs, links and addresses of pages are named by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Severity
from themekit.source.audit.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.source.audit.description import Description

OPERATION_WITHOUT_ID = Code("operation-without-id", Severity.WARNING, "An operation has no operationId.")


def find(description: Description) -> Iterator[Finding]:
    """The places that break the rule."""
    for operation in description.operations:
        if operation.path and not operation.members.get("operationId"):
            message = f"`{operation.name}` has no `operationId`: its name is made from its path"
            yield Finding(operation.pointer, message, "add `operationId`, as in `listPayments`", "key")


RULE = Rule(OPERATION_WITHOUT_ID, find)
