"""The values a site is rendered from piece by piece: what each piece is made of, and all that others see of it.

A page's Markdown depends on its own text and on the frame; its file also on the shell, which holds what other pages
show of it (title, address, tags, icons). So an edit that leaves a page's shell alone renders that page, and no other.
Each piece has a half for each set of probes, numbered 0 and 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from themekit.model import FileTemplate, Slot, SourceFile
    from themekit.site.overview import PageOverview
    from themekit.site.variant import Variant

HALVES = (0, 1)


@dataclass(frozen=True, slots=True)
class Frame:
    """All of a site but the contents of its files.

    `names` are the paths of the project's docs, `data` the theme's own files. Sites with a brand's own pages are no
    matter of pieces: what such pages may cost is limited for all of them together.
    """

    variant: Variant
    configuration: bytes
    names: tuple[PurePosixPath, ...]
    data: tuple[SourceFile, ...] = ()


@dataclass(frozen=True, slots=True)
class PlacedPage:
    """A page of the site: its path in the portal (`guides/x.md`) and the project's file that has its text."""

    page: str
    source: PurePosixPath


@dataclass(frozen=True, slots=True)
class PlacedFile:
    """A file that is copied: its path in the site, and the project's file it comes from."""

    path: PurePosixPath
    source: PurePosixPath


@dataclass(frozen=True, slots=True)
class ListedPage:
    """A page of the navigation. `section` is its section's title, `title` the one that mkdocs.yml gives it, or "".

    Both are plain text with words for values.
    """

    page: str
    section: str
    title: str


@dataclass(frozen=True, slots=True)
class Outline:
    """What the frame alone decides: pages in the order they are rendered, files that are copied, what mkdocs said.

    `search` has for each half what the search index holds before its entries, "" if there is no index.
    """

    pages: tuple[PlacedPage, ...]
    files: tuple[PlacedFile, ...]
    navigation: tuple[ListedPage, ...]
    search: tuple[str, str]
    checks_anchors: bool
    messages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PageHalf:
    """A page's Markdown, rendered once.

    `meta` and `toc` are JSON (see encoded.py), `shown_meta` is the part of `meta` that other pages may show. `listing`
    is the Markdown again if it asks for a listing of tags, else "".
    """

    html: str
    toc: str
    title: str
    meta: str
    shown_meta: str
    listing: str


@dataclass(frozen=True, slots=True)
class PageContent:
    """A page's Markdown, rendered. `links` are those to anchors: (page, anchor, as written).

    `overview` knows nothing of the navigation yet: it has no section, and the title is the page's own.

    `messages` are what mkdocs said, with the first set of probes.
    """

    halves: tuple[PageHalf, PageHalf]
    overview: PageOverview
    anchors: tuple[str, ...]
    links: tuple[tuple[str, str, str], ...]
    has_diagrams: bool
    messages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownPage:
    """What other pages see of a page; each field but the path once for each half."""

    page: str
    titles: tuple[str, str]
    metas: tuple[str, str]
    listings: tuple[str, str]

    @classmethod
    def of(cls, page: str, content: PageContent) -> ShownPage:
        """From a page's content."""
        one, other = content.halves
        return cls(page, (one.title, other.title), (one.shown_meta, other.shown_meta), (one.listing, other.listing))


@dataclass(frozen=True, slots=True)
class Fault:
    """Why something cannot be stamped. Of several faults in one file the one of the lowest `stage` is told of."""

    stage: int
    reason: str


Parts = tuple["bytes | Slot", ...]
"""Literals and slots, as in a FileTemplate."""


@dataclass(frozen=True, slots=True)
class PageFile:
    """A page's file, and its share of the search index. `file` is None if mkdocs writes none."""

    file: FileTemplate | Fault | None
    entries: Parts | Fault
