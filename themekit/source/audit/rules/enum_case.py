"""Values of an enumeration are in one style."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Severity
from themekit.source.audit.description import items_of
from themekit.source.audit.rule import Finding, Rule
from themekit.source.did_you_mean import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.source.audit.description import Description

MIXED_ENUM_CASE = Code(
    "mixed-enum-case", Severity.WARNING, "The values of an enumeration are written in several styles."
)

_STYLES = (
    ("snake_case", re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)+")),
    ("UPPER_CASE", re.compile(r"[A-Z]{2,}[A-Z0-9]*(?:_[A-Z0-9]+)*")),
    ("camelCase", re.compile(r"[a-z]+(?:[A-Z][a-z0-9]+)+")),
    ("kebab-case", re.compile(r"[a-z]+(?:-[a-z0-9]+)+")),
)


def find(description: Description) -> Iterator[Finding]:
    """The places that break the rule."""
    for part in description.schemas:
        values = [each for each in items_of(part.members.get("enum")) if isinstance(each, str)]
        styles = {style for each in values if (style := _style(each))}
        if len(styles) > 1:
            yield Finding(f"{part.pointer}/enum", f"the values are written in several styles: {listed(sorted(styles))}")


def _style(value: str) -> str:
    return next((name for name, pattern in _STYLES if pattern.fullmatch(value)), "")


RULE = Rule(MIXED_ENUM_CASE, find)
