"""In 3.0 it is `nullable: true` beside a `type`, in 3.1 a list of types with "null": the other means nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Severity
from themekit.source.audit.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.source.audit.description import Description

MISUSED_NULLABLE = Code(
    "misused-nullable", Severity.WARNING, "Null is allowed in the way of another version of OpenAPI."
)

_TYPED = frozenset({"type", "allOf", "anyOf", "oneOf", "$ref"})


def find(description: Description) -> Iterator[Finding]:
    """The places that break the rule."""
    for part in description.schemas:
        has_list = isinstance(part.members.get("type"), list)
        if description.is_3_0 and has_list:
            message = "in OpenAPI 3.0 `type` is one type"
            yield Finding(f"{part.pointer}/type", message, "write one type, and `nullable: true`", "key")
        elif description.is_3_0 and part.members.get("nullable") is True and not part.members.keys() & _TYPED:
            message = "`nullable` means nothing without a `type` beside it"
            yield Finding(f"{part.pointer}/nullable", message, part="key")
        elif not description.is_3_0 and "nullable" in part.members:
            message = "OpenAPI 3.1 has no `nullable`"
            yield Finding(f"{part.pointer}/nullable", message, 'write `type: [string, "null"]`', "key")


RULE = Rule(MISUSED_NULLABLE, find)
