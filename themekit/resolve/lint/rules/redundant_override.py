"""A token that replaces a default says something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Severity
from themekit.resolve.aliases import written_in_modes
from themekit.resolve.default_tokens import default_tokens
from themekit.resolve.lint.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.resolve.lint.rule import Theme

REDUNDANT_OVERRIDE = Code(
    "redundant-override", Severity.WARNING, "A token replaces a default token by the value it has anyway."
)


def find(theme: Theme) -> Iterator[Finding]:
    """Overrides that write in each mode what the default has there."""
    if theme.brand is None or all(theme.is_new(token) for token in theme.own.values()):
        return
    defaults = default_tokens(theme.brand).by_id()
    for token in theme.own.values():
        default = defaults.get(token.id)
        if default is not None and written_in_modes(token) == written_in_modes(default):
            yield Finding(token.origin, f"`{token.id}` is what the default token is in every mode", "take it out")


RULE = Rule(
    REDUNDANT_OVERRIDE, find, is_on=False, needs_brand=True
)  # it may be meant to stay when the brand's colours change
