"""A body of GET and HEAD means nothing, and clients drop it. Source: RFC 9110, section 9.3.1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Severity
from themekit.source.audit.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.source.audit.description import Description

BODY_ON_GET = Code("body-on-get", Severity.WARNING, "A GET or HEAD has a request body.")


def find(description: Description) -> Iterator[Finding]:
    """The places that break the rule."""
    for operation in description.operations:
        if operation.method in {"get", "head"} and "requestBody" in operation.members:
            message = f"`{operation.name}` has a request body, which many clients do not send"
            yield Finding(f"{operation.pointer}/requestBody", message, "make it parameters, or a POST", "key")


RULE = Rule(BODY_ON_GET, find)
