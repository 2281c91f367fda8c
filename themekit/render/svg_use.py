"""Counts what an SVG draws once each `use`, pattern, mask and the like is followed: ten small levels make a bomb."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

from themekit.render.svg_tree import Element

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAX_DRAWN = 200_000  # elements after expansion; a gradient of five stops on each of 20,000 shapes stays below
MAX_RULES = 2_000  # of style; a drawing tool writes one for each look, and browsers try each on every element
_REFERENCE = re.compile(r"#([\w-]+)")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_SUBJECT = re.compile(r"[^\s>+~]+$")  # of a selector: the elements that it is about stand last
_NAME = re.compile(r"[.#]?[\w-]+")
ANY = "*"
INHERITED = frozenset(("fill", "stroke", "marker", "marker-start", "marker-mid", "marker-end"))
"""Properties that elements below have too, and that can refer to parts. Source: SVG 2."""

AT_EACH_POINT = frozenset(("marker", "marker-mid"))
_NUMBER = re.compile(r"\d+\.?\d*|\.\d+")

Reference = tuple[str, str]
"""An id, and the attribute or property that refers to it."""
Styles = Mapping[str, Sequence[Reference]]


@dataclass(slots=True)
class _Part:
    """An element with an id, or the root: how many elements it holds and how often it refers to others."""

    size: int = 0
    references: Counter[str] = field(default_factory=Counter)


def find_bomb(root: Element, root_class: str) -> str | None:
    """Why the document cannot be drawn in bounded work, or None. `root_class` is that of the `svg` around the root."""
    sheets = [part for each in _elements(root) if each.name == "style" for part in each.children]
    styles, rules = _styles("".join(part for part in sheets if isinstance(part, str)), root_class)
    if rules > MAX_RULES:
        return f"its style sheets have more than {MAX_RULES:,} rules"
    parts = _parts(root, styles, around=styles.get(f".{root_class}", ()))
    if parts is None:
        return TOO_MANY
    try:
        order = tuple(TopologicalSorter({name: part.references for name, part in parts.items()}).static_order())
    except CycleError:
        return "a part of it refers to itself"
    totals: dict[str, int] = {}
    for name in order:  # what a part refers to comes before it; ids that nothing has draw nothing
        if name in parts:
            part = parts[name]
            totals[name] = part.size + sum(times * totals.get(each, 0) for each, times in part.references.items())
            if totals[name] > MAX_DRAWN:
                return TOO_MANY
    return None


TOO_MANY = f"drawing it takes more than {MAX_DRAWN:,} elements, as its parts use one another"


def _elements(root: Element) -> Iterator[Element]:
    pending = [root]
    while pending:
        element = pending.pop()
        yield element
        pending += [child for child in element.children if isinstance(child, Element)]


def _styles(sheet: str, root_class: str) -> tuple[Styles, int]:
    """What elements refer to by style, by one name that they must have; and the number of rules.

    A name is `.class`, `#id`, an element's, or any. `sheet` is as `CssCleaner` writes it.
    """
    found: dict[str, dict[Reference, None]] = {}
    rules = 0
    for selectors, body in _RULE.findall(sheet):
        rules += 1
        references = dict.fromkeys(_declared(body))
        for selector in selectors.split(",") if references else ():
            subject = _SUBJECT.search(selector.strip())
            names = _NAME.findall(subject[0].split(":")[0]) if subject else []
            others = [name for name in names if name != f".{root_class}"]
            key = max(others, key=_weight, default=names[0] if names else ANY)
            found.setdefault(key, {}).update(references)
    return {key: tuple(references) for key, references in found.items()}, rules


def _declared(body: str) -> Iterator[Reference]:
    """The references in declarations."""
    for declaration in body.split(";"):
        name, _, value = declaration.partition(":")
        yield from ((target, name.strip()) for target in _REFERENCE.findall(value))


def _weight(name: str) -> int:
    """How few elements have a name."""
    return ".#".find(name[0]) + 1


def _parts(root: Element, styles: Styles, *, around: Iterable[Reference]) -> dict[str, _Part] | None:
    """By id; the root under the empty name. An element counts for each part that it stands in. None if it is endless.

    Elements that share an id are one part: renderers differ in which of them they draw, so none may hide the others.
    What is inherited counts for each element below, though one of its own may stand in its place.
    """
    ids = {name for each in _elements(root) if (name := each.attributes.get("id"))}
    parts = {"": _Part(), **{name: _Part() for name in ids}}
    outer = tuple(each for each in around if each[1] in INHERITED and each[0] in ids)
    pending: list[tuple[Element, tuple[str, ...], tuple[Reference, ...]]] = [(root, ("",), outer)]
    followed = 0
    while pending:
        element, holders, inherited = pending.pop()
        name = element.attributes.get("id")
        if name:
            holders = (*holders, name)
        own = [each for each in _references(element, styles) if each[0] in ids]
        references = _times((*inherited, *own), element)
        for holder in holders:
            parts[holder].size += 1
            parts[holder].references.update(references)
        followed += references.total()
        if followed > MAX_DRAWN:  # each draws an element or more
            return None
        below = tuple(dict.fromkeys((*inherited, *[each for each in own if each[1] in INHERITED])))
        pending += [(child, holders, below) for child in element.children if isinstance(child, Element)]
    return parts


def _times(references: Sequence[Reference], element: Element) -> Counter[str]:
    """How often an element draws each part that it refers to: markers stand at each point of a path."""
    found: Counter[str] = Counter()
    points = 0
    for target, name in references:
        if name in AT_EACH_POINT:
            points = points or max(
                1, sum(len(_NUMBER.findall(element.attributes.get(at, ""))) for at in ("d", "points"))
            )
            found[target] += points
        else:
            found[target] += 1
    return found


def _references(element: Element, styles: Styles) -> Iterator[Reference]:
    """What an element refers to in its attributes, and can by the style sheets: which rule wins is not asked."""
    for name, value in element.attributes.items():
        if name == "style":
            yield from _declared(value)
        elif name != "class":
            yield from ((target, name) for target in _REFERENCE.findall(value))
    if styles:
        classes = (f".{name}" for name in element.attributes.get("class", "").split())
        for key in (ANY, element.name, f"#{element.attributes.get('id', '')}", *dict.fromkeys(classes)):
            yield from styles.get(key, ())
