"""What a GET answers has a media type and a schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Severity
from themekit.source.audit.rule import Finding, Rule
from themekit.source.json_value import child_pointer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.source.audit.description import Description

RESPONSE_WITHOUT_CONTENT = Code(
    "response-without-content", Severity.WARNING, "An answer of success to a GET has no content."
)

_WITH_BODY = ("200", "203", "206")


def find(description: Description) -> Iterator[Finding]:
    """The places that break the rule."""
    for operation in description.operations:
        for status, response in description.responses_of(operation).items():
            if operation.method == "get" and operation.path and status in _WITH_BODY and not response.get("content"):
                pointer = child_pointer(f"{operation.pointer}/responses", status)
                message = f"`{operation.name}` answers {status} without `content`"
                yield Finding(pointer, message, "describe the body, or answer 204", "key")


RULE = Rule(RESPONSE_WITHOUT_CONTENT, find)
