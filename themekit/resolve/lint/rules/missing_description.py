"""New tokens say what they are for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Severity
from themekit.resolve.lint.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.resolve.lint.rule import Theme

MISSING_DESCRIPTION = Code("missing-description", Severity.WARNING, "A token does not say what it is for.")


def find(theme: Theme) -> Iterator[Finding]:
    """New tokens without a `$description`."""
    for token in theme.own.values():
        if theme.is_new(token) and not token.description.strip():
            yield Finding(token.origin, f"`{token.id}` has no `$description`")


RULE = Rule(MISSING_DESCRIPTION, find, is_on=False)  # a matter of the house's style
