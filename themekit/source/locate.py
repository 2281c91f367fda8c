"""From a JSON pointer, in JSON or YAML, to a line and a column, found only when a diagnostic has to be shown."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from themekit.diagnostics import Span
from themekit.diagnostics.printable import has_credentials
from themekit.model import Origin
from themekit.source.json_places import lone_places, places_of
from themekit.source.json_text import is_strict

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from pathlib import PurePosixPath

    from themekit.diagnostics import Diagnostic
    from themekit.source.json_places import Extent

MAX_EXCERPT = 160  # a terminal's width, twice; a minified file is one line of a megabyte
FEW = 8  # places of a text: each is searched for the start of its line; for more, all starts are found once
_SCRIPTS = frozenset({".js", ".mjs", ".cjs", ".ts", ".mts", ".cts"})
LEAD = 60  # what of a long line is shown before the place


def locate(origin: Origin, text: str) -> Span:
    """The place of a key or value in the text of its file.

    A pointer that is not in the text gives its nearest enclosing value, so a stale origin still shows a place.
    """
    return _located_text(origin.path, text, (origin,)).span(origin)


def located(diagnostic: Diagnostic, read_text: Callable[[PurePosixPath], str | None]) -> Diagnostic:
    """The diagnostic with every Origin replaced by a Span; an unreadable file leaves its Origin as it is."""
    return all_located((diagnostic,), read_text)[0]


def all_located(
    diagnostics: Iterable[Diagnostic],
    read_text: Callable[[PurePosixPath], str | None],
    *,
    is_sound: bool = False,
    is_foreign: bool = False,
) -> tuple[Diagnostic, ...]:
    """Diagnostics with every Origin replaced by a Span, in the same order; each file is scanned once.

    The files are `is_sound` if they are known to be JSON without a slip, in which all the places are, and `is_foreign`
    if they are other tools', where the last one of equal keys counts.
    """
    wanted = tuple(diagnostics)
    named = (place for each in wanted for place in (each.place, *(note.place for note in each.notes)))
    found = places(
        (place for place in named if isinstance(place, Origin)), read_text, is_sound=is_sound, is_foreign=is_foreign
    )

    def place(origin: Span | Origin | None) -> Span | Origin | None:
        return found.get(origin, origin) if isinstance(origin, Origin) else origin

    return tuple(
        replace(
            diagnostic,
            place=place(diagnostic.place),
            notes=tuple(replace(note, place=place(note.place)) for note in diagnostic.notes),
        )
        for diagnostic in wanted
    )


def places(
    origins: Iterable[Origin],
    read_text: Callable[[PurePosixPath], str | None],
    *,
    is_sound: bool = False,
    is_foreign: bool = False,
) -> dict[Origin, Span]:
    """The place of each, without those in a file that cannot be read; each file is scanned once.

    `is_sound` and `is_foreign` are as in `all_located`.
    """
    by_file: dict[PurePosixPath, dict[Origin, None]] = {}
    for origin in origins:
        by_file.setdefault(origin.path, {})[origin] = None
    found: dict[Origin, Span] = {}
    for path, named in by_file.items():
        text = read_text(path)
        if text is None:
            continue
        located_in = _located_text(path, text, named, is_sound=is_sound, is_foreign=is_foreign)
        for origin in named:
            span = located_in.span(origin)
            found[origin] = replace(span, excerpt="") if origin.is_hidden else span
    return found


def pointers_at(text: str, offsets: Iterable[tuple[int, int]]) -> list[str]:
    """For each line and column the pointer of the innermost member or element that stands there."""
    starts = line_starts(text)
    extents = [
        (pointer, one.key[0] if one.key else one.value[0], one.value[1])
        for pointer, one in _all_places(text).items()
        if "\0" not in pointer
    ]
    found = []
    for line, column in offsets:
        at = starts[min(line, len(starts)) - 1] + column - 1
        around = [pointer for pointer, start, end in extents if start <= at < end]
        found.append(around[-1] if around else "")  # extents are in the order of the text, inner after outer
    return found


def span_at(path: PurePosixPath, text: str, *, start: int, end: int, starts: list[int] | None = None) -> Span:
    """The span of characters `start` to `end`, cut at the end of its first line.

    Lines end with a line feed; a carriage return before it is not shown. Who asks for many spans of one text gives
    `starts`, its `line_starts`.
    """
    return _span_in(path, text, starts=starts, start=start, end=end)


def line_starts(text: str) -> list[int]:
    """Where each line of a text begins."""
    return [0, *accumulate(len(line) + 1 for line in text.split("\n")[:-1])]


def _span_in(path: PurePosixPath, text: str, *, starts: list[int] | None, start: int, end: int) -> Span:
    start = min(start, len(text))
    if starts is None:
        line = text.count("\n", 0, start) + 1
        line_start = text.rfind("\n", 0, start) + 1
        line_end = text.find("\n", start) % (len(text) + 1)  # -1 is the end of the text
    else:
        line = bisect_right(starts, start)
        line_start = starts[line - 1]
        line_end = starts[line] - 1 if line < len(starts) else len(text)
    if text.startswith("\r", max(line_start, line_end - 1), line_end):
        line_end -= 1
    column = start - line_start + 1
    is_long = line_end - line_start > MAX_EXCERPT
    withheld = _long_line_has_credentials if is_long else _line_has_credentials
    if withheld(text, line_start, end=line_end):  # not shown, and nothing of it
        return Span(path=path, line=line, column=column, length=max(1, min(end, line_end) - start))
    cut = max(0, column - 1 - LEAD) if is_long else 0
    return Span(
        path=path,
        line=line,
        column=column,
        length=max(1, min(end, line_end) - start),
        excerpt=text[line_start + cut : min(line_end, line_start + cut + MAX_EXCERPT)],
        excerpt_column=cut + 1,
    )


def _line_has_credentials(text: str, start: int, *, end: int) -> bool:
    return has_credentials(text[start:end])


@lru_cache(64)
def _long_line_has_credentials(text: str, start: int, *, end: int) -> bool:
    """Remembered, as all diagnostics of a minified file ask it of the same megabytes."""
    return _line_has_credentials(text, start, end=end)


def _all_places(text: str) -> dict[str, Extent]:
    from themekit.source.json5_scan import scan_json5  # noqa: PLC0415  # 5 ms, for files that have a slip
    from themekit.source.json_scan import scan_json  # noqa: PLC0415

    scan = scan_json(text)
    return scan.extents if scan.is_whole else max(scan.extents, scan_json5(text).extents, key=len)


class _Located:
    """A text with the places of its lines and of the values asked for, found once for all diagnostics of the file."""

    def __init__(self, text: str, origins: Collection[Origin], *, places: dict[str, Extent] | None = None) -> None:
        self._text = text
        self._extents = places or places_of(text, (origin.pointer for origin in origins)) or _all_places(text)
        self._starts = line_starts(text) if len(origins) > FEW else None

    def span(self, origin: Origin) -> Span:
        pointer = origin.pointer
        while pointer and pointer not in self._extents:
            pointer = pointer.rpartition("/")[0]
        extent = self._extents.get(pointer)
        start, end = (0, 1) if extent is None else extent.value
        if extent is not None and extent.key is not None and origin.part == "key" and pointer == origin.pointer:
            start, end = extent.key
        return _span_in(origin.path, self._text, starts=self._starts, start=start, end=end)


class _LocatedYaml:
    """The same for YAML."""

    def __init__(self, text: str) -> None:
        from themekit.source.yaml_scan import scan_yaml, span_of  # noqa: PLC0415  # 40 ms, and most files are JSON

        self._span_of = span_of
        self._lines = text.split("\n")
        self._scan = scan_yaml(text, with_places=True)

    def span(self, origin: Origin) -> Span:
        pointer = origin.pointer
        while pointer and pointer not in self._scan.values:
            pointer = pointer.rpartition("/")[0]
        place = self._scan.values.get(pointer, (0, 0, 1))
        if origin.part == "key" and pointer == origin.pointer:
            place = self._scan.keys.get(pointer, place)
        return self._span_of(origin.path, place, lines=self._lines)


def _located_text(
    path: PurePosixPath,
    text: str,
    origins: Collection[Origin],
    *,
    is_sound: bool = False,
    is_foreign: bool = False,
) -> _Located | _LocatedYaml:
    if path.suffix in {".yaml", ".yml"}:
        return _LocatedYaml(text)
    if path.suffix in _SCRIPTS:
        from themekit.source.importing.js_object import scan_js  # noqa: PLC0415  # only imports read such files

        return _Located(text, origins, places=scan_js(text).extents)
    if is_foreign and not is_strict(text):
        from themekit.source.json5_scan import scan_json5  # noqa: PLC0415  # as above

        return _Located(text, origins, places=scan_json5(text).extents)
    sound = lone_places(text, [origin.pointer for origin in origins]) if is_sound else None
    return _Located(text, origins, places=sound)
