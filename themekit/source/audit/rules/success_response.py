"""Operations describe what they answer when all is well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Severity
from themekit.source.audit.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.source.audit.description import Description

NO_SUCCESS_RESPONSE = Code("no-success-response", Severity.WARNING, "An operation describes no answer of success.")


def find(description: Description) -> Iterator[Finding]:
    """The places that break the rule."""
    for operation in description.operations:
        statuses = description.responses_of(operation)
        if not any(status[:1] in "23" or status == "default" for status in statuses):
            yield Finding(operation.pointer, f"`{operation.name}` describes no answer of success", part="key")


RULE = Rule(NO_SUCCESS_RESPONSE, find)
