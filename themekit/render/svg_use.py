"""Counts what an SVG draws once each `use`, pattern, mask and the like is followed: ten small levels make a bomb."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from themekit.render.svg_tree import Element

MAX_DRAWN = 200_000  # elements after expansion; a gradient of five stops on each of 20,000 shapes stays below
_REFERENCE = re.compile(r"#([\w-]+)")


@dataclass(slots=True)
class _Part:
    """An element with an id, or the root: how many elements it holds and what it refers to."""

    size: int = 0
    references: list[str] = field(default_factory=list)


def find_bomb(root: Element) -> str | None:
    """Why the document cannot be drawn in bounded work, or None."""
    parts = _parts(root)
    totals: dict[str, int] = {}
    path: list[str] = []
    pending = [""]
    while pending:
        name = pending[-1]
        if name in totals:
            pending.pop()
            continue
        waiting = [each for each in parts[name].references if each in parts and each not in totals]
        if path and path[-1] == name:  # all it refers to has been counted
            total = parts[name].size + sum(totals.get(each, 0) for each in parts[name].references)
            if total > MAX_DRAWN:
                return f"drawing it takes more than {MAX_DRAWN:,} elements, as its parts use one another"
            totals[name] = total
            path.pop()
            pending.pop()
            continue
        path.append(name)
        if set(waiting) & set(path):
            return "a part of it refers to itself"
        pending += waiting
    return None


def _parts(root: Element) -> dict[str, _Part]:
    """By id; the root under the empty name. An element counts for each part that it stands in."""
    parts = {"": _Part()}
    pending: list[tuple[Element, tuple[str, ...]]] = [(root, ("",))]
    while pending:
        element, holders = pending.pop()
        name = element.attributes.get("id")
        if name and name not in parts:
            parts[name] = _Part()
            holders = (*holders, name)
        references = [
            target
            for key, value in element.attributes.items()
            if key not in {"id", "class"}
            for target in _REFERENCE.findall(value)
        ]
        for holder in holders:
            parts[holder].size += 1
            parts[holder].references += references
        pending += [(child, holders) for child in element.children if isinstance(child, Element)]
    return parts
