"""Text is at least 12 px high."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Severity
from themekit.model import Alias, Dimension, TypographyValue
from themekit.resolve.lint.rule import Finding, Rule, px_of, shown_px, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.resolve.lint.rule import Theme

SMALL_TEXT = Code("small-text", Severity.WARNING, "Text is smaller than 12 px, which many people cannot read.")

SMALLEST_PX = 12.0  # Source: the audit "Document uses legible font sizes" of Lighthouse counts what is smaller
SIZES = "font.size."


def find(theme: Theme) -> Iterator[Finding]:
    """Sizes that are written in `font.size` and in styles of text; of references, what they lead to."""
    used = _sizes_used(theme)
    for token in theme.own.values():
        for value in written(token):
            if isinstance(value.value, TypographyValue):
                size, pointer = value.value.size, "/fontSize"
            elif isinstance(value.value, Dimension) and (token.id.startswith(SIZES) or token.id in used):
                size, pointer = value.value, ""
            else:
                continue
            px = px_of(size)
            if px is not None and px < SMALLEST_PX:
                message = f"`{token.id}` is text of {shown_px(px)}; below {SMALLEST_PX:g} px many people cannot read it"
                yield Finding(value.place(pointer), message, "0.75rem")


def _sizes_used(theme: Theme) -> set[str]:
    """What styles of text have as their size, directly or by further references."""
    pending = [
        value.value.size.target
        for token in theme.own.values()
        for value in written(token)
        if isinstance(value.value, TypographyValue) and isinstance(value.value.size, Alias)
    ]
    found: set[str] = set()
    while pending:
        token_id = pending.pop()
        token = theme.own.get(token_id)
        if token_id not in found:
            found.add(token_id)
            values = [value.value for value in written(token)] if token else []
            pending += [value.target for value in values if isinstance(value, Alias)]
    return found


RULE = Rule(SMALL_TEXT, find)
