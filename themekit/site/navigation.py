"""The navigation of mkdocs.yml for one variant: hidden sections left out, folders filled in, own pages added."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from themekit.site.wording import section_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

REFERENCE = "reference"
"""The section of the pages that are generated from an API's description."""

OVERVIEWS = tuple(f"{REFERENCE}/{name}.md" for name in ("index", "authentication", "errors", "webhooks"))
"""Those of its pages that are about the whole API, in this order."""

NavItem = str | dict[str, "str | list[NavItem]"]


def variant_navigation(
    items: Sequence[NavItem], *, pages: Iterable[str], hidden: frozenset[str], added: Iterable[str], locale: str
) -> list[NavItem]:
    """The navigation to show.

    `pages` are the docs' pages as `guides/webhooks.md`; an entry `handbook/diagnostics/*` becomes those of the folder
    that stand nowhere else. `hidden` are section names. `added` are a brand's own pages: one that stands nowhere is put
    at the end of its section. Entries without a page are left out: see `missing_pages`.
    """
    every = [page for page in pages if section_of(page) not in hidden]
    listed = set(_paths(items))
    own = tuple(added)
    rest = [page for page in every if page not in listed]
    shown = _filled(items, rest, known=frozenset((*every, *own)), locale=locale)
    shown += _reference(shown, every, locale)
    listed = set(_paths(shown))
    for page in own:
        if page not in listed and section_of(page) not in hidden:
            _add(shown, page)
    return shown


def missing_pages(items: Sequence[NavItem], *, pages: Iterable[str], hidden: frozenset[str]) -> tuple[str, ...]:
    """Entries that name a page the docs do not have. Sections that are hidden are not looked at."""
    known = frozenset(pages)
    return tuple(
        path for path in _paths(items) if _is_page(path) and path not in known and section_of(path) not in hidden
    )


def section_of(page: str) -> str:
    """The section a page belongs to, "" for a page at the root."""
    return page.partition("/")[0] if "/" in page else ""


def _filled(items: Sequence[NavItem], rest: list[str], *, known: frozenset[str], locale: str) -> list[NavItem]:
    shown: list[NavItem] = []
    for item in items:
        if isinstance(item, str):
            shown += _entries(item, rest, known)
            continue
        for title, content in item.items():
            if isinstance(content, list):
                if children := _filled(content, rest, known=known, locale=locale):
                    shown.append({section_title(title, locale): children})
            elif content in known or not _is_page(content):
                shown.append({section_title(title, locale): content})
    return shown


def _is_page(path: str) -> bool:
    return path.endswith(".md") and "://" not in path


def _entries(entry: str, rest: list[str], known: frozenset[str]) -> list[NavItem]:
    if "*" not in entry:
        return [entry] if entry in known or not _is_page(entry) else []
    folder = PurePosixPath(entry).parent
    found = [page for page in rest if PurePosixPath(page).parent == folder and fnmatchcase(page, entry)]
    return [*sorted(found, key=lambda page: (PurePosixPath(page).name != "index.md", page))]


def _reference(shown: Sequence[NavItem], pages: Sequence[str], locale: str) -> list[NavItem]:
    """The API's reference in a section of its own, if the navigation of mkdocs.yml has nothing of it."""
    below = [page for page in pages if section_of(page) == REFERENCE]
    if not shown or not below or any(section_of(path) == REFERENCE for path in _paths(shown)):
        return []
    first = [page for page in OVERVIEWS if page in below]
    rest = [page for page in below if page not in first]
    entries = _entries(f"{REFERENCE}/*", rest, frozenset())
    for folder in dict.fromkeys(PurePosixPath(page).parent for page in sorted(rest)):
        if str(folder) != REFERENCE:  # a level below the sidebar's headings, where it is folded
            entries.append(
                {section_title(folder.name.capitalize(), locale): _entries(f"{folder}/*", rest, frozenset())}
            )
    more: list[NavItem] = [{section_title("Operations and types", locale): entries}] if entries else []
    return [{section_title("API reference", locale): [*first, *more]}]


def _paths(items: Iterable[NavItem]) -> Iterable[str]:
    for item in items:
        if isinstance(item, str):
            yield item
        else:
            for content in item.values():
                yield from [content] if isinstance(content, str) else _paths(content)


def _add(items: list[NavItem], page: str) -> None:
    """At the end of the first entry that already holds a page of the same section, else at the end of all."""
    for item in items:
        if isinstance(item, dict):
            for content in item.values():
                if isinstance(content, list) and any(
                    section_of(path) == section_of(page) != "" for path in _paths(content)
                ):
                    content.append(page)
                    return
    items.append(page)
