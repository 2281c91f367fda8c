"""The code in a page's source: what stands in it is shown, not meant."""

from __future__ import annotations

import re

FENCE = re.compile(
    r"^[ \t>]*(?P<sign>`{3,}|~{3,})(?P<language>[^\n]*)\n(?P<body>.*?)(?:^[ \t>]*(?P=sign)|\Z)",
    re.MULTILINE | re.DOTALL,
)
_SPAN = re.compile(r"(`+)[^`\n]+\1")


def without_code(text: str) -> str:
    """The text with code blanked out, which may show any link or tag. What only looks like code, the sanitiser sees."""
    return _SPAN.sub(_blank, FENCE.sub(_blank, text))


def blank(text: str) -> str:
    """Spaces in the place of all but line feeds, so that places stay what they are."""
    return re.sub(r"[^\n]", " ", text)


def _blank(match: re.Match[str]) -> str:
    return blank(match.group())
