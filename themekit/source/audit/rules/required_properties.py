"""What a schema requires is among its properties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Severity
from themekit.diagnostics.printable import quoted
from themekit.source.audit.rule import Finding, Rule
from themekit.source.did_you_mean import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.source.audit.description import Description

UNKNOWN_REQUIRED_PROPERTY = Code(
    "unknown-required-property", Severity.WARNING, "A schema requires a property that it does not describe."
)

_OPEN = frozenset({"allOf", "anyOf", "oneOf", "$ref", "additionalProperties", "patternProperties"})


def find(description: Description) -> Iterator[Finding]:
    """The places that break the rule."""
    for part in description.schemas:
        properties, required = part.members.get("properties"), part.members.get("required")
        if not isinstance(properties, dict) or not isinstance(required, list) or part.members.keys() & _OPEN:
            continue
        for index, name in enumerate(required):
            if isinstance(name, str) and name not in properties and "/allOf/" not in part.pointer:
                message = f"the schema requires {quoted(name)}, and has no such property"
                yield Finding(f"{part.pointer}/required/{index}", message, did_you_mean(name, properties))


RULE = Rule(UNKNOWN_REQUIRED_PROPERTY, find)
