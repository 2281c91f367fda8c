"""Descriptions are CommonMark without HTML: the reference shows tags as they are written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from themekit.diagnostics import Code, Severity
from themekit.diagnostics.printable import quoted
from themekit.source.audit.rule import Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.source.audit.description import Description

HTML_IN_DESCRIPTION = Code("html-in-description", Severity.WARNING, "A description has HTML, which pages show as text.")

_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.DOTALL)
_TAG = re.compile(
    r"</?(?!br\b)(?:a|b|blockquote|code|div|em|font|h[1-6]|hr|i|img|li|ol|p|pre|span|strong|su[bp]|table|t[dhr]|u|ul)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)


def find(description: Description) -> Iterator[Finding]:
    """The places that break the rule."""
    parts = [(part.pointer, part.members) for part in (*description.schemas, *description.parameters)]
    parts += [(each.pointer, each.members) for each in description.operations]
    parts += [(part.pointer, part.members) for _, part in description.responses]
    for pointer, members in parts:
        text = members.get("description")
        if isinstance(text, str) and "<" in text and (tag := _TAG.search(_CODE.sub("", text))):
            message = f"the description has the HTML tag {quoted(tag.group())}, which pages show as text"
            yield Finding(f"{pointer}/description", message, "write it in Markdown")


RULE = Rule(HTML_IN_DESCRIPTION, find)
