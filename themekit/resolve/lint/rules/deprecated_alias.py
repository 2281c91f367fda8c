"""Tokens do not refer to tokens that are deprecated, unless they are so themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Note, Severity
from themekit.diagnostics.printable import quoted
from themekit.resolve.lint.rule import Finding, Rule, references, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.resolve.lint.rule import Theme

DEPRECATED_ALIAS = Code("deprecated-alias", Severity.WARNING, "A token refers to one that is deprecated.")


def find(theme: Theme) -> Iterator[Finding]:
    """The references that lead to a deprecated token."""
    gone = {token_id: token for token_id, token in theme.own.items() if token.deprecated is not None}
    for token in theme.own.values() if gone else ():
        for value in written(token) if token.deprecated is None else ():
            for pointer, target in references(value.value):
                if target in gone:
                    reason = gone[target].deprecated
                    notes = (Note(f"its author says: {quoted(reason)}", gone[target].origin),) if reason else ()
                    message = f"`{token.id}` refers to `{target}`, which is deprecated"
                    yield Finding(value.place(pointer), message, notes=notes)


RULE = Rule(DEPRECATED_ALIAS, find)
