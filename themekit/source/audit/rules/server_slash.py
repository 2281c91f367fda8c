"""Addresses of servers do not end with a slash, as every path begins with one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Severity
from themekit.diagnostics.printable import quoted
from themekit.source.audit.description import items_of
from themekit.source.audit.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.source.audit.description import Description

SERVER_TRAILING_SLASH = Code("server-trailing-slash", Severity.WARNING, "The address of a server ends with a slash.")


def find(description: Description) -> Iterator[Finding]:
    """The places that break the rule."""
    for index, server in enumerate(items_of(description.root.get("servers"))):
        url = server.get("url") if isinstance(server, dict) else None
        if isinstance(url, str) and len(url) > 1 and url.endswith("/"):
            yield Finding(f"/servers/{index}/url", f"the address {quoted(url)} ends with a slash")


RULE = Rule(SERVER_TRAILING_SLASH, find)
