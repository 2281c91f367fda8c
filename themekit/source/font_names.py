"""One font family's name."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from themekit.diagnostics.printable import quoted
from themekit.source.codes import INVALID_FONT_FAMILY
from themekit.source.text_policy import plain_text, text_fault

if TYPE_CHECKING:
    from themekit.source.node import Item

# What would end a CSS string or a list of families. A comma means that somebody wrote a list into one name.
_FORBIDDEN = re.compile(r"[\"';{}()\\/@,<>=!*:#]")


def family_name(item: Item | None) -> str | None:
    """One family's name; None if it is absent or was reported."""
    name = plain_text(item)
    if item is None or name is None:
        return None
    match = _FORBIDDEN.search(name)
    if match is None:
        return name
    hint = "write each family as an item of its own" if match.group() == "," else "write the plain name, as in `Inter`"
    message = f"{item.name}: {quoted(name)} holds `{match.group()}`, which no family's name has"
    item.report(INVALID_FONT_FAMILY, message, hint=hint)
    return None


def plain_family_name(text: str) -> str | None:
    """As `family_name`, of a text without a place; None if there is something to report."""
    if text_fault(text) is not None or _FORBIDDEN.search(text):
        return None
    return unicodedata.normalize("NFC", text).strip()
