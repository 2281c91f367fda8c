"""Paths do not end with a slash, which clients and gateways drop or add as they like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Severity
from themekit.diagnostics.printable import quoted
from themekit.source.audit.description import object_at
from themekit.source.audit.rule import Finding, Rule
from themekit.source.json_value import child_pointer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.source.audit.description import Description

PATH_TRAILING_SLASH = Code("path-trailing-slash", Severity.WARNING, "A path ends with a slash.")


def find(description: Description) -> Iterator[Finding]:
    """The places that break the rule."""
    for path in object_at(description.root, "paths"):
        if len(path) > 1 and path.endswith("/"):
            message = f"the path {quoted(path)} ends with a slash"
            yield Finding(child_pointer("/paths", path), message, f"write `{path.rstrip('/')}`", "key")


RULE = Rule(PATH_TRAILING_SLASH, find)
