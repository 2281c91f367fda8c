"""Answers with 204, 205 and 304 have no body. Source: RFC 9110, sections 15.3.5, 15.3.6 and 15.4.5."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Severity
from themekit.source.audit.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.source.audit.description import Description

CONTENT_WITHOUT_BODY = Code("content-without-body", Severity.WARNING, "A response that can have no body describes one.")


def find(description: Description) -> Iterator[Finding]:
    """The places that break the rule."""
    for status, response in description.responses:
        if status in {"204", "205", "304"} and response.members.get("content"):
            yield Finding(f"{response.pointer}/content", f"an answer with {status} has no body", part="key")


RULE = Rule(CONTENT_WITHOUT_BODY, find)
