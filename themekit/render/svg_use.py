"""Counts what an SVG draws once each `use`, pattern, mask and the like is followed: ten small levels make a bomb."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter

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
    try:
        order = tuple(TopologicalSorter({name: part.references for name, part in parts.items()}).static_order())
    except CycleError:
        return "a part of it refers to itself"
    totals: dict[str, int] = {}
    for name in order:  # what a part refers to comes before it; ids that nothing has draw nothing
        if name in parts:
            totals[name] = parts[name].size + sum(totals.get(each, 0) for each in parts[name].references)
            if totals[name] > MAX_DRAWN:
                return f"drawing it takes more than {MAX_DRAWN:,} elements, as its parts use one another"
    return None


def _parts(root: Element) -> dict[str, _Part]:
    """By id; the root under the empty name. An element counts for each part that it stands in.

    Elements that share an id are one part: renderers differ in which of them they draw, so none may hide the others.
    """
    parts = {"": _Part()}
    pending: list[tuple[Element, tuple[str, ...]]] = [(root, ("",))]
    while pending:
        element, holders = pending.pop()
        name = element.attributes.get("id")
        if name:
            parts.setdefault(name, _Part())
            holders = (*holders, name)
        references = [target for value in element.attributes.values() for target in _REFERENCE.findall(value)]
        for holder in holders:
            parts[holder].size += 1
            parts[holder].references += references
        pending += [(child, holders) for child in element.children if isinstance(child, Element)]
    return parts
