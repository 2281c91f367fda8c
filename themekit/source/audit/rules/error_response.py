"""Operations describe their errors: an SDK has types for those that are described."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Severity
from themekit.source.audit.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.source.audit.description import Description

NO_ERROR_RESPONSE = Code("no-error-response", Severity.WARNING, "An operation describes no error.")


def find(description: Description) -> Iterator[Finding]:
    """The places that break the rule."""
    for operation in description.operations:
        statuses = description.responses_of(operation)
        if operation.path and statuses and not any(status[:1] in "45" or status == "default" for status in statuses):
            hint = "describe the answers with 4xx, or `default`"
            yield Finding(operation.pointer, f"`{operation.name}` describes no error", hint, "key")


RULE = Rule(NO_ERROR_RESPONSE, find)
