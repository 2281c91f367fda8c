"""What people are shown of the faults of a bundle: a repacked one has several for each of its thousand files."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from themekit.bundle.reader import HEADER_MISMATCH, NOT_CANONICAL
from themekit.bundle.verify import REPACKED
from themekit.diagnostics import Note

if TYPE_CHECKING:
    from collections.abc import Iterable

    from themekit.diagnostics import Diagnostic

MAX_OF_A_CODE = 3


def condensed(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Of each bundle and code the first few, the last of them with the number of the others.

    Strange headers are not repeated where it is said that all is packed anew.
    """
    groups: dict[tuple[str, str], list[Diagnostic]] = {}
    for each in diagnostics:
        groups.setdefault((str(each.place.path) if each.place else "", each.code), []).append(each)
    repacked = {path for path, code in groups if code == REPACKED.name}
    headers = {HEADER_MISMATCH.name, NOT_CANONICAL.name}
    kept = [found for (path, code), found in groups.items() if path not in repacked or code not in headers]
    return tuple(each for found in kept for each in _first(found))


def _first(found: list[Diagnostic]) -> list[Diagnostic]:
    if len(found) <= MAX_OF_A_CODE:
        return found
    *first, last = found[:MAX_OF_A_CODE]
    more = Note(f"and {len(found) - MAX_OF_A_CODE} more of this kind; `--format json` lists them all")
    return [*first, replace(last, notes=(*last.notes, more))]
