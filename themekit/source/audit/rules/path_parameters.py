"""Every `{name}` of a path has a parameter, and every parameter in a path has its `{name}`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Severity
from themekit.diagnostics.printable import quoted
from themekit.source.audit.description import items_of, path_names
from themekit.source.audit.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.source.audit.description import DescribedOperation, Description

PATH_PARAMETER_MISMATCH = Code(
    "path-parameter-mismatch", Severity.WARNING, "A path and its parameters do not have the same names."
)


def find(description: Description) -> Iterator[Finding]:
    """The places that break the rule."""
    for operation in description.operations:
        if not operation.path:
            continue
        written = path_names(operation.path)
        described = [each.get("name") for each in description.parameters_of(operation) if each.get("in") == "path"]
        for name in written:
            if name not in described and not _has_foreign(description, operation):
                message = f"`{operation.name}` has no parameter {quoted(name)} in its path"
                yield Finding(operation.pointer, message, "add it to `parameters`, with `in: path`", "key")
        for named in described:
            if named not in written:
                message = f"the path of `{operation.name}` has no `{{{named}}}`, which is a parameter of it"
                yield Finding(operation.pointer, message, part="key")


def _has_foreign(description: Description, operation: DescribedOperation) -> bool:
    """A parameter is described in another file."""
    own = (*(part.members for part in operation.shared), *items_of(operation.members.get("parameters")))
    found = (description.resolved(each) for each in own)
    return any(isinstance(each, dict) and "$ref" in each for each in found)


RULE = Rule(PATH_PARAMETER_MISMATCH, find)
