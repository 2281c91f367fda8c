"""Ids of operations are in one style, that of most."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Severity
from themekit.diagnostics.printable import quoted
from themekit.source.audit.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.source.audit.description import DescribedOperation, Description

OPERATION_ID_STYLE = Code(
    "operation-id-style", Severity.WARNING, "An operationId is written in another style than most."
)

_STYLES = (
    ("camelCase", re.compile(r"[a-z]+(?:[A-Z][a-z0-9]*)+|[a-z]+[0-9]*[A-Z]\w*")),
    ("PascalCase", re.compile(r"[A-Z][A-Za-z0-9]*")),
    ("snake_case", re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)+")),
    ("kebab-case", re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")),
    ("dotted.case", re.compile(r"[A-Za-z0-9_-]+(?:[./][A-Za-z0-9_-]+)+")),
)


def find(description: Description) -> Iterator[Finding]:
    """The places that break the rule."""
    styled: dict[str, list[DescribedOperation]] = {}
    for operation in description.operations:
        style = _style(str(operation.members.get("operationId") or ""))
        if style:
            styled.setdefault(style, []).append(operation)
    if len(styled) < 2:
        return
    most = max(styled, key=lambda style: len(styled[style]))
    for style, operations in styled.items():
        for operation in operations if style != most else ():
            written = quoted(str(operation.members["operationId"]))
            message = f"the `operationId` {written} is in {style}, most are in {most}"
            yield Finding(f"{operation.pointer}/operationId", message)


def _style(written: str) -> str:
    """The style's name; "" for a single word, which is in all of them."""
    return next((name for name, pattern in _STYLES if pattern.fullmatch(written)), "")


RULE = Rule(OPERATION_ID_STYLE, find)
