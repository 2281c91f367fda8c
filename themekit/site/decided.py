"""What of a site is rendered for each brand because a plugin decides something by a brand's text."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from themekit.model import SiteTemplate

if TYPE_CHECKING:
    from collections.abc import Sequence

OF_ALL_PAGES = frozenset(map(PurePosixPath, ("search/search_index.json", "search/search_index.js")))
"""Files that take something from the output of each page."""
_WORDS = {"eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">=", "contains": "in", "iter": "for"}


@dataclass(frozen=True, slots=True)
class Decision:
    """A question that a render asked of a brand's text.

    `file` is the one whose output it was asked for, "" for no single file; `is_page` tells a page's from a template's.
    `asker` is a line of code or a template.
    """

    file: str
    is_page: bool
    field: str
    operation: str
    asker: str


def without_decided(template: SiteTemplate, decisions: Sequence[Decision]) -> SiteTemplate:
    """The template without the files that a decision may have touched, which are `plain` now.

    A decision made while one file's output was made may have touched that file, its compressed twin, and what takes
    something from it; any other may have touched everything.
    """
    reasons: dict[PurePosixPath, str] = {}
    of_all = ""
    for decision in decisions:
        if decision.file:
            touched = {PurePosixPath(decision.file), PurePosixPath(f"{decision.file}.gz")}
            touched |= OF_ALL_PAGES if decision.is_page else set()
            reasons |= {path: _reason(decision) for path in touched - reasons.keys()}
        else:
            of_all = of_all or _reason(decision)
    if of_all:
        reasons = {file.path: of_all for file in template.files}
    kept = tuple(file for file in template.files if file.path not in reasons)
    moved = ((file.path, reasons[file.path]) for file in template.files if file.path in reasons)
    return SiteTemplate(kept, tuple(sorted((*template.plain, *moved))))


def _reason(decision: Decision) -> str:
    operation = _WORDS.get(decision.operation, decision.operation)
    return f"`{decision.asker}` decides by `brand.{decision.field}` (`{operation}`)"
