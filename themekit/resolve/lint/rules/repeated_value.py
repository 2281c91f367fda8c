"""A value that is written twice is a reference the second time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Note, Severity
from themekit.resolve.lint.rule import Finding, Rule, references, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.model import Token
    from themekit.resolve.lint.rule import Theme

REPEATED_VALUE = Code("repeated-value", Severity.WARNING, "Two tokens of one type have the same value.")


def find(theme: Theme) -> Iterator[Finding]:
    """Tokens without references that say in every mode what another of their type has said before."""
    first: dict[object, Token] = {}
    for token in theme.own.values():
        said = tuple((value.mode, value.value) for value in written(token))
        if any(True for _, value in said for _ in references(value)):
            continue
        before = first.setdefault((token.type, said), token)
        if before is not token:
            message = f"`{token.id}` has the value of `{before.id}`"
            place = next(written(token)).place()
            yield Finding(place, message, f'"{{{before.id}}}"', (Note(f"`{before.id}`", before.origin),))


RULE = Rule(REPEATED_VALUE, find, is_on=False)  # two meanings may have one value by chance
