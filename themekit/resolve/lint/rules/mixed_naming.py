"""The names of new tokens are written in one style."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Severity
from themekit.model.token_names import Casing
from themekit.resolve.lint.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.resolve.lint.rule import Theme

MIXED_NAMING = Code("mixed-naming", Severity.WARNING, "Names of a brand's tokens are written in several styles.")

STYLES = {
    Casing.KEBAB: re.compile(r"[a-z0-9]+(-[a-z0-9]+)+"),
    Casing.SNAKE: re.compile(r"[a-z0-9]+(_[a-z0-9]+)+"),
    Casing.CONSTANT: re.compile(r"[A-Z0-9]+(_[A-Z0-9]+)+"),
    Casing.CAMEL: re.compile(r"[a-z][a-z0-9]*([A-Z][a-z0-9]*)+"),
    Casing.PASCAL: re.compile(r"[A-Z][a-z0-9]+([A-Z][a-z0-9]*)*"),
}
"""By words of several parts: `red` and `2xl` are of every style."""


def find(theme: Theme) -> Iterator[Finding]:
    """The first token with each word of a rarer style, where more than one is used."""
    seen: dict[str, Casing] = {}
    for token in theme.own.values():
        if theme.is_new(token):
            for part in token.id.split("."):
                if part not in seen and (style := style_of(part)):
                    seen[part] = style
    counts = Counter(seen.values())
    usual = max(counts, key=lambda style: counts[style], default=None)
    told: set[str] = set()
    for token in theme.own.values() if len(counts) > 1 and usual else ():
        for part in token.id.split(".") if theme.is_new(token) else ():
            style = seen.get(part)
            if style not in {None, usual} and part not in told:
                told.add(part)
                message = f"`{part}` in `{token.id}` is {style}, where most names are {usual}"
                yield Finding(token.origin, message, "write all names in one style, or set the rule to `off`")


def style_of(part: str) -> Casing | None:
    """The style that a part of a name is written in; None for what could be several, or is none."""
    return next((style for style, pattern in STYLES.items() if pattern.fullmatch(part)), None)


RULE = Rule(MIXED_NAMING, find)
