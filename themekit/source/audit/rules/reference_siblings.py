"""In OpenAPI 3.0 nothing but `$ref` stands in a reference: the rest is ignored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Severity
from themekit.diagnostics.printable import quoted
from themekit.source.audit.rule import Finding, Rule
from themekit.source.json_value import child_pointer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.source.audit.description import Description

IGNORED_SIBLING = Code("ignored-sibling", Severity.WARNING, "In OpenAPI 3.0 what stands beside a $ref is ignored.")


def find(description: Description) -> Iterator[Finding]:
    """The places that break the rule."""
    if not description.is_3_0:
        return
    for part in description.schemas:
        if "$ref" in part.members:
            for name in part.members:
                if name != "$ref" and not name.startswith("x-"):
                    message = f"{quoted(name)} is ignored beside `$ref` in OpenAPI 3.0"
                    place = child_pointer(part.pointer, name)
                    yield Finding(place, message, "write `allOf` with the reference in it", "key")


RULE = Rule(IGNORED_SIBLING, find)
