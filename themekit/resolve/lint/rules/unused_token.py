"""New tokens are referred to by others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Severity
from themekit.resolve.lint.rule import Finding, Rule, references, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.resolve.lint.rule import Theme

UNUSED_TOKEN = Code("unused-token", Severity.WARNING, "No other token refers to a token that the theme does not use.")


def find(theme: Theme) -> Iterator[Finding]:
    """New tokens that nothing refers to. What replaces a default is used by the theme itself."""
    used = {target for token in theme.own.values() for value in written(token) for _, target in references(value.value)}
    for token in theme.own.values():
        if theme.is_new(token) and token.id not in used:
            rest = "" if theme.brand is None else ", and the theme does not use it"
            yield Finding(token.origin, f"no token refers to `{token.id}`{rest}")


RULE = Rule(UNUSED_TOKEN, find, is_on=False)  # pages and apps may use it, of which we know nothing
