"""Pieces of a site put together: a page's file from its two renders, files of all pages from each page's share."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from themekit.model import FileTemplate, SiteTemplate
from themekit.site.compiling import compile_file, compile_parts
from themekit.site.inputs import SiteInputs
from themekit.site.media_types import media_type
from themekit.site.overview import FULL, full_entry, in_order, listing_files
from themekit.site.pieces import Fault, PageFile
from themekit.site.probe import FIRST, SECOND, probe_fields, slot_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from themekit.model import Slot
    from themekit.site.overview import PageOverview
    from themekit.site.pieces import ListedPage, PageContent, Parts
    from themekit.site.variant import Variant

INDEX = PurePosixPath("search/search_index.json")
INDEX_SCRIPT = INDEX.with_suffix(".js")
SCRIPT_HEAD = b"var __index = "
FULL_TEXT = PurePosixPath(FULL)

Rendered = tuple["bytes | None", str]
"""A page in one half: its file, and its entries in the search index."""


def page_path(page: str) -> PurePosixPath:
    """Where the page's file is in the site: `guides/README.md` and `guides/index.md` are `guides/index.html`."""
    path = PurePosixPath(page)
    return path.with_name("index.html" if path.stem == "README" else f"{path.stem}.html")


def page_file(names: tuple[str, ...], page: str, *, halves: tuple[Rendered, Rendered]) -> PageFile:
    """The page's file and its share of the index, compiled. `names` number the probes."""
    (file, entries), (other_file, other_entries) = halves
    both = compile_parts(names, (entries.encode(), other_entries.encode()))
    if file is None and other_file is None:
        return PageFile(None, both)
    return PageFile(compile_file(names, page_path(page), renders=(file, other_file)), both)


def listings(
    variant: Variant, overviews: Mapping[str, PageOverview], *, navigation: Sequence[ListedPage]
) -> tuple[tuple[PurePosixPath, FileTemplate | Fault], ...]:
    """The files that list all pages, compiled; of llms-full.txt what comes before its first page."""
    listed = {page.page: page for page in navigation}
    pages = []
    for name in in_order(overviews, listed):
        own, place = overviews[name], listed.get(name)
        pages.append(replace(own, section=place.section, title=place.title or own.title) if place else own)
    one, other = (dict(listing_files(pages, inputs=inputs)) for inputs in _probed(variant))
    return compile_texts(
        slot_names(variant),
        ({path: text.encode() for path, text in one.items()}, {path: text.encode() for path, text in other.items()}),
    )


def full_text(variant: Variant, overview: PageOverview) -> Parts | Fault:
    """A page's share of llms-full.txt, compiled."""
    one, other = (full_entry(overview, inputs).encode() for inputs in _probed(variant))
    return compile_parts(slot_names(variant), (one, other))


def _probed(variant: Variant) -> tuple[SiteInputs, SiteInputs]:
    names = slot_names(variant)
    one, other = (SiteInputs(variant, probe_fields(names, probes, locale=variant.locale)) for probes in (FIRST, SECOND))
    return one, other


def compile_texts(
    names: tuple[str, ...], halves: tuple[Mapping[str, bytes], Mapping[str, bytes]]
) -> tuple[tuple[PurePosixPath, FileTemplate | Fault], ...]:
    """The files of both halves, compiled, in path order."""
    one, other = halves
    paths = sorted(one.keys() | other.keys())
    return tuple(
        (PurePosixPath(path), compile_file(names, PurePosixPath(path), renders=(one.get(path), other.get(path))))
        for path in paths
    )


def joined_file(path: PurePosixPath, pieces: Iterable[Parts | Fault]) -> FileTemplate | Fault:
    """One file from its pieces in order; if some have faults, the one that the whole file would have."""
    parts: list[bytes | Slot] = []
    faults: list[Fault] = []
    for piece in pieces:
        if isinstance(piece, Fault):
            faults.append(piece)
        else:
            parts += piece
    if faults:
        return min(faults, key=lambda fault: fault.stage)
    return FileTemplate(path, _merged(parts), media_type(path))


def separated(pieces: Sequence[Parts | Fault], separator: bytes) -> Iterable[Parts | Fault]:
    """The pieces that are not empty, with the separator between each two."""
    is_first = True
    for piece in pieces:
        if piece in ((), (b"",)):
            continue
        if not is_first:
            yield (separator,)
        is_first = False
        yield piece


def site_of(files: Mapping[PurePosixPath, FileTemplate | Fault]) -> SiteTemplate:
    """The template of a site with these files."""
    ordered = [(path, files[path]) for path in sorted(files)]
    return SiteTemplate(
        tuple(file for _, file in ordered if isinstance(file, FileTemplate)),
        tuple((path, file.reason) for path, file in ordered if isinstance(file, Fault)),
    )


def anchor_messages(pages: Sequence[tuple[str, PageContent]]) -> tuple[str, ...]:
    """What mkdocs says of links to anchors that are not there: `Page.validate_anchor_links`, in its words."""
    anchors = {page: frozenset(content.anchors) for page, content in pages}
    found = []
    for page, content in pages:
        for target, anchor, written in content.links:
            if target not in anchors or anchor in anchors[target]:
                continue
            problem = f"the doc '{target}' does not contain an anchor '#{anchor}'"
            if target == page:
                problem = "there is no such anchor on this page"
            context = ""
            if target == page and anchor.startswith("fnref:"):
                context = " This seems to be a footnote that is never referenced."
            found.append(f"Doc file '{page}' contains a link '{written}', but {problem}.{context}")
    return tuple(found)


def _merged(parts: list[bytes | Slot]) -> tuple[bytes | Slot, ...]:
    """Literals that follow each other as one."""
    merged: list[bytes | Slot] = []
    literals: list[bytes] = []
    for part in parts:
        if isinstance(part, bytes):
            literals.append(part)
            continue
        if literals:
            merged.append(b"".join(literals))
            literals = []
        merged.append(part)
    if literals:
        merged.append(b"".join(literals))
    return tuple(merged)
