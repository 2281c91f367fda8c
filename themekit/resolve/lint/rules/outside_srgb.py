"""Colours are within sRGB."""

from __future__ import annotations

from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Severity
from themekit.resolve import colour
from themekit.resolve.lint.rule import Finding, Rule, colors_in, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.resolve.lint.rule import Theme

OUTSIDE_SRGB = Code("outside-srgb", Severity.WARNING, "A colour is outside sRGB, so that many outputs change it.")


def find(theme: Theme) -> Iterator[Finding]:
    """Each colour that is written in a token, members of composites included."""
    for token in theme.own.values():
        for value in written(token):
            for pointer, color in colors_in(value.value):
                if not colour.in_srgb(color):
                    message = f"`{token.id}` is outside sRGB; there it is shown as `{colour.hex(color)}`"
                    yield Finding(value.place(pointer), message, colour.hex(color))


RULE = Rule(OUTSIDE_SRGB, find, is_on=False)  # CSS has the wider colour for the screens that show it
