"""From a JSON pointer to a line and a column, found only when a diagnostic has to be shown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from themekit.diagnostics import Span
from themekit.source.json_scan import scan_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import PurePosixPath

    from themekit.diagnostics import Diagnostic
    from themekit.model import Origin
    from themekit.source.json_scan import Extent

MAX_EXCERPT = 160  # a terminal's width, twice; a minified file is one line of a megabyte
LEAD = 60  # what of a long line is shown before the place


def locate(origin: Origin, text: str) -> Span:
    """The place of a key or value in the text of its file.

    A pointer that is not in the text gives its nearest enclosing value, so a stale origin still shows a place.
    """
    return _span(origin, text, scan_json(text).extents)


def located(diagnostic: Diagnostic, read_text: Callable[[PurePosixPath], str | None]) -> Diagnostic:
    """The diagnostic with every Origin replaced by a Span; an unreadable file leaves its Origin as it is."""
    return all_located((diagnostic,), read_text)[0]


def all_located(
    diagnostics: Iterable[Diagnostic], read_text: Callable[[PurePosixPath], str | None]
) -> tuple[Diagnostic, ...]:
    """Diagnostics with every Origin replaced by a Span, in the same order; each file is scanned once."""
    files: dict[PurePosixPath, tuple[str, dict[str, Extent]] | None] = {}

    def place(origin: Span | Origin | None) -> Span | Origin | None:
        if origin is None or isinstance(origin, Span):
            return origin
        if origin.path not in files:
            text = read_text(origin.path)
            files[origin.path] = None if text is None else (text, scan_json(text).extents)
        found = files[origin.path]
        return origin if found is None else _span(origin, *found)

    return tuple(
        replace(
            diagnostic,
            place=place(diagnostic.place),
            notes=tuple(replace(note, place=place(note.place)) for note in diagnostic.notes),
        )
        for diagnostic in diagnostics
    )


def span_at(path: PurePosixPath, text: str, *, start: int, end: int) -> Span:
    """The span of characters `start` to `end`, cut at the end of its first line.

    Lines end with a line feed; a carriage return before it is not shown.
    """
    start = min(start, len(text))
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", start)
    line = text[line_start : len(text) if line_end < 0 else line_end].removesuffix("\r")
    column = start - line_start + 1
    length = max(1, min(end, line_start + len(line)) - start)
    cut = max(0, column - 1 - LEAD) if len(line) > MAX_EXCERPT else 0
    return Span(
        path=path,
        line=text.count("\n", 0, line_start) + 1,
        column=column,
        length=length,
        excerpt=line[cut : cut + MAX_EXCERPT],
        excerpt_column=cut + 1,
    )


def _span(origin: Origin, text: str, extents: dict[str, Extent]) -> Span:
    pointer = origin.pointer
    while pointer and pointer not in extents:
        pointer = pointer.rpartition("/")[0]
    extent = extents.get(pointer)
    if extent is None:
        return span_at(origin.path, text, start=0, end=1)
    wants_key = origin.part == "key" and pointer == origin.pointer
    start, end = extent.key if wants_key and extent.key is not None else extent.value
    return span_at(origin.path, text, start=start, end=end)
