"""Responses say when they are sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Severity
from themekit.source.audit.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.source.audit.description import Description

RESPONSE_WITHOUT_DESCRIPTION = Code("response-without-description", Severity.WARNING, "A response has no description.")


def find(description: Description) -> Iterator[Finding]:
    """The places that break the rule."""
    for _, response in description.responses:
        if not str(response.members.get("description") or "").strip():
            yield Finding(response.pointer, "the response has no description", "say when it is sent", "key")


RULE = Rule(RESPONSE_WITHOUT_DESCRIPTION, find)
