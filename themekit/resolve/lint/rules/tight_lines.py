"""Lines of body text are 1.5 times as high as the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Severity
from themekit.model import Alias, TokenId, TypographyValue
from themekit.resolve.lint.rule import Finding, Rule, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.model import Origin
    from themekit.resolve.lint.rule import Theme

TIGHT_LINES = Code("tight-lines", Severity.WARNING, "Lines of body text stand closer than 1.5 times its size.")

LOWEST = 1.5  # Source: WCAG 2.2, 1.4.8 Visual Presentation (AAA), "line spacing is at least space-and-a-half"
BODY = TokenId("typography.body")
NORMAL = TokenId("font.line-height.normal")


def find(theme: Theme) -> Iterator[Finding]:
    """The height of lines in `typography.body`, at the first of the brand's own tokens that decides it."""
    body = theme.by_id.get(BODY)
    values = [value for value in body.values if isinstance(value, TypographyValue)] if body else []
    heights = [value.line_height for value in values if isinstance(value.line_height, float | int)]
    if heights and min(heights) < LOWEST:
        message = f"lines of body text are {min(heights):g} times its size apart; long texts need {LOWEST:g}"
        yield Finding(_place(theme), message, "1.5 or more; headings may be closer")


def _place(theme: Theme) -> Origin | None:
    token_id, pointer = BODY, "/lineHeight"
    for _ in range(len(theme.own) + 1):
        token = theme.own.get(token_id)
        if token is None:
            break
        for value in written(token):
            member = value.value.line_height if isinstance(value.value, TypographyValue) else value.value
            if isinstance(member, Alias) and member.target in theme.own:
                token_id = member.target
                break
            return value.place(pointer if isinstance(value.value, TypographyValue) else "")
    normal = theme.own.get(NORMAL)
    return next(written(normal)).place() if normal else None


RULE = Rule(TIGHT_LINES, find, needs_brand=True)
