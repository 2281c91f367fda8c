"""Servers are reached by https, but for those of the reader's own machine."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Severity
from themekit.diagnostics.printable import quoted
from themekit.source.audit.description import items_of
from themekit.source.audit.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.source.audit.description import Description

INSECURE_SERVER = Code("insecure-server", Severity.WARNING, "A server is reached without TLS.")

_LOCAL = re.compile(r"http://(?:localhost|127\.0\.0\.1|\[::1\])(?:[:/]|$)")


def find(description: Description) -> Iterator[Finding]:
    """The places that break the rule."""
    for index, server in enumerate(items_of(description.root.get("servers"))):
        url = server.get("url") if isinstance(server, dict) else None
        if isinstance(url, str) and url.startswith("http://") and not _LOCAL.match(url):
            yield Finding(f"/servers/{index}/url", f"{quoted(url)} is reached without TLS", "write `https://`")


RULE = Rule(INSECURE_SERVER, find)
