"""Where a brand's file says its primary colour, so that another one there is read without reading all of the file.

A file of thousands of tokens takes ten milliseconds to read. One that is the same but for the text between two quotes
says the same but for that text, if it is plain: no quote ends it early and nothing in it is an escape.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from themekit.source.colors import parse_color
from themekit.source.json_scan import scan_json

if TYPE_CHECKING:
    from themekit.model import Color

POINTER = "/color/primary"
_PLAIN = re.compile(rb"[ !#-\[\]-~]{1,100}")  # printable ASCII without quote and backslash


@dataclass(frozen=True, slots=True)
class SeedPlace:
    """The bytes of a file before its primary colour, up to the quote, and those after it, from the quote."""

    before: bytes
    after: bytes

    @classmethod
    def of(cls, content: bytes) -> SeedPlace | None:
        """In a file that was read without a mistake; None if the colour is no plain text in it."""
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError:
            return None
        scan = scan_json(text)
        extent = scan.extents.get(POINTER)
        if scan.problems or extent is None:
            return None
        start, end = (len(text[:place].encode()) for place in extent.value)
        if not (content[start:end].startswith(b'"') and _PLAIN.fullmatch(content, start + 1, end - 1)):
            return None
        return cls(content[: start + 1], content[end - 1 :])

    def color_in(self, content: bytes) -> Color | None:
        """The primary colour of a file with this content; None if more is other in it, or the colour is none."""
        start, end = len(self.before), len(content) - len(self.after)
        is_same = start < end and content.startswith(self.before) and content.endswith(self.after)
        if not is_same or not _PLAIN.fullmatch(content, start, end):
            return None
        try:
            found = parse_color(content[start:end].decode("ascii"))
        except ValueError:
            return None
        return found if found.alpha == 1 else None
