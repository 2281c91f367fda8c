"""Where everything of an API is in the reference: its pages, their anchors, and the links between them."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeVar

from themekit.site.navigation import REFERENCE
from themekit.site.reference.reach import types_at, types_reached
from themekit.site.variant import DOCS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from themekit.model.api import ApiModel, Group, Operation
    from themekit.model.api_types import Declaration, TypeId
    from themekit.model.outline import OperationId

ROOT = DOCS / REFERENCE
"""The folder that generated pages seem to be in; a page that is there takes a generated one's place."""
OPERATIONS_A_PAGE = 30
TYPES_A_PAGE = 60

PageKind = Literal["index", "authentication", "errors", "webhooks", "operations", "types"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ReferencePage:
    """A page: its name in the section's folder, without suffix, and what is on it.

    `group` is that of operations or types, None for types of several groups; `number` counts a group's pages from 1.
    """

    name: str
    kind: PageKind
    group: Group | None = None
    number: int = 1
    operations: tuple[Operation, ...] = ()
    types: tuple[Declaration, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A place on a page."""

    page: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Places:
    """All pages, in the order of a reader's way through them, and where operations and types are."""

    pages: tuple[ReferencePage, ...]
    operations: Mapping[OperationId, Place]
    types: Mapping[TypeId, Place]
    has_directory_urls: bool = False

    def link(self, place: Place, *, seen_from: str) -> str:
        """The address of a place as a page links to it."""
        if place.page == seen_from:
            return f"#{place.anchor}"
        fragment = f"#{place.anchor}" if place.anchor else ""
        return f"{self._address(place.page, seen_from)}{fragment}"

    def _address(self, page: str, seen_from: str) -> str:
        if not self.has_directory_urls:
            return posixpath.relpath(f"{page}.html", posixpath.dirname(seen_from) or ".")
        folder = "." if page == "index" else page
        return f"{posixpath.relpath(folder, '.' if seen_from == 'index' else seen_from)}/"


def places_of(api: ApiModel, *, has_directory_urls: bool = False) -> Places:
    """Where everything is. Names and anchors depend on the names of groups, operations and types only."""
    names: set[str] = set()
    pages = [ReferencePage(_settled(kind, names), kind) for kind in _overviews(api)]
    declared = api.declarations()
    reached = {
        group.name: types_reached(
            (each for operation in api.operations if operation.group == group.name for each in types_at(operation)),
            declared,
        )
        for group in api.groups
    }
    for group in api.groups:
        own = [operation for operation in api.operations if operation.group == group.name]
        name = "-".join(group.name)
        for number, few in enumerate(_batched(own, OPERATIONS_A_PAGE), start=1):
            page = _settled(_numbered(name, number), names)
            pages.append(ReferencePage(page, "operations", group, number, operations=few))
    pages += _type_pages(api, reached, names)
    operations = {
        operation.id: Place(page.name, f"operation-{'-'.join(operation.name)}")
        for page in pages
        for operation in page.operations
    }
    types = {each.id: Place(page.name, f"type-{each.id.replace('_', '-')}") for page in pages for each in page.types}
    return Places(tuple(pages), operations, types, has_directory_urls)


def _overviews(api: ApiModel) -> Iterator[PageKind]:
    yield "index"
    if api.schemes:
        yield "authentication"
    if any(not response.is_success for operation in api.operations for response in operation.responses):
        yield "errors"
    if api.webhooks:
        yield "webhooks"


def _type_pages(
    api: ApiModel, reached: Mapping[tuple[str, ...], frozenset[TypeId]], names: set[str]
) -> Iterator[ReferencePage]:
    """A type that one group's operations lead to is on that group's page, all others are on pages of their own."""
    by_group: dict[Group | None, list[Declaration]] = {None: [], **{group: [] for group in api.groups}}
    for declaration in api.types:
        groups = [group for group in api.groups if declaration.id in reached[group.name]]
        by_group[groups[0] if len(groups) == 1 else None].append(declaration)
    for group, declarations in by_group.items():
        name = "-".join(group.name) if group is not None else "shared"
        for number, few in enumerate(_batched(declarations, TYPES_A_PAGE), start=1):
            page = _settled(f"types/{_numbered(name, number)}", names)
            yield ReferencePage(page, "types", group, number, types=few)


def _numbered(name: str, number: int) -> str:
    """The name of a group's page; no group's name has a `_`, and the first page sorts before the others."""
    return name if number == 1 else f"{name}_{number}"


def _settled(name: str, taken: set[str]) -> str:
    """The name, with a number if another page has it."""
    number, found = 1, name
    while found in taken:
        number += 1
        found = f"{name}-{number}"
    taken.add(found)
    return found


def _batched(items: Sequence[T], size: int) -> Iterator[tuple[T, ...]]:
    return (tuple(items[start : start + size]) for start in range(0, len(items), size))
