"""Each operation, or the description for all, says what credentials it needs: `security: []` is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Severity
from themekit.source.audit.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.source.audit.description import Description

OPERATION_WITHOUT_SECURITY = Code(
    "operation-without-security", Severity.WARNING, "It is not said whether an operation needs credentials."
)


def find(description: Description) -> Iterator[Finding]:
    """The places that break the rule."""
    if "security" in description.root:
        return
    for operation in description.operations:
        if operation.path and "security" not in operation.members:
            message = f"`{operation.name}` does not say whether it needs credentials"
            yield Finding(operation.pointer, message, "add `security`; `security: []` is: none", "key")


RULE = Rule(OPERATION_WITHOUT_SECURITY, find)
