"""Tasks that make a variant's site piece by piece: outline, pages' Markdown, pages' files, and files made of all pages.

An edit of a page runs its Markdown and its file; one that changes what others show of it, the files of all pages; one
of the navigation, these too, but no Markdown. Where a site cannot be rendered so, `pieced_site` is None.
Sites with a brand's own pages are always rendered whole: what such pages may cost is limited for all of them together.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from themekit.build.brands import CONFIGURATION, files_below, report_located
from themekit.build.reference import docs_content, reference_names
from themekit.build.theme import OWN_DATA
from themekit.engine import assembled, batch_of
from themekit.model import FileTemplate, SourceFile
from themekit.site.assembling import (
    FULL_TEXT,
    INDEX,
    INDEX_SCRIPT,
    SCRIPT_HEAD,
    anchor_messages,
    compile_texts,
    full_text,
    joined_file,
    listings,
    page_file,
    page_path,
    separated,
    site_of,
)
from themekit.site.compiling import compile_parts
from themekit.site.media_types import media_type
from themekit.site.messages import diagnostics_of
from themekit.site.navigation_free import without_navigation
from themekit.site.overview import in_order
from themekit.site.pieces import Fault, Frame, PageFile, ShownPage
from themekit.site.piecewise import UnpiecedError
from themekit.site.probe import slot_names
from themekit.site.renderer import shared_renderer
from themekit.site.variant import DOCS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from themekit.engine import Ask
    from themekit.model import SiteTemplate
    from themekit.site.overview import PageOverview
    from themekit.site.pieces import Outline, PageContent, Parts, PlacedPage
    from themekit.site.variant import Variant

OnePage = tuple["Variant", "PlacedPage"]
CompiledFiles = tuple[tuple[PurePosixPath, FileTemplate | Fault], ...]


def docs_names(ask: Ask) -> tuple[PurePosixPath, ...]:
    """The docs' files that can be read, and the pages that are generated."""
    found = (*(source.path for source in files_below(ask, DOCS)), *ask(reference_names))
    return tuple(sorted(found))


def theme_sources(ask: Ask) -> tuple[SourceFile, ...]:
    """The theme's own files."""
    return files_below(ask, OWN_DATA / "site")


def navigation_free(ask: Ask) -> bytes:
    """mkdocs.yml without its navigation."""
    return without_navigation(ask.read(CONFIGURATION) or b"")


def outline(ask: Ask, of: Variant) -> Outline | None:
    """Pages and files, and what mkdocs said of them; None if the site can only be rendered whole."""
    try:
        return shared_renderer().outline(_frame(ask, of))
    except UnpiecedError:
        return None


def page_content(ask: Ask, of: Variant, placed: PlacedPage) -> PageContent | None:
    """A page's Markdown, rendered; None if that fails."""
    return page_contents([ask], [(of, placed)])[0]


@batch_of(page_content)
def page_contents(asks: Sequence[Ask], arguments: Sequence[OnePage]) -> list[PageContent | None]:
    """The same for several pages of one site."""
    of, _ = arguments[0]
    frames = [_frame(ask, of, has_navigation=False) for ask in asks]
    pages = [placed for _, placed in arguments]
    texts = [docs_content(ask, placed.source) or b"" for ask, placed in zip(asks, pages, strict=True)]
    try:
        found = shared_renderer().contents(frames[0], list(zip(pages, texts, strict=True)))
    except UnpiecedError:
        return [None] * len(pages)
    for ask, content, placed, text in zip(asks, found, pages, texts, strict=True):
        _report_messages(ask, content.messages, [SourceFile(placed.source, text)])
    return list(found)


@assembled
def contents(ask: Ask, of: Variant) -> tuple[tuple[str, PageContent], ...] | None:
    """The Markdown of all pages, in the order of the outline."""
    known = ask(outline, of)
    if known is None:
        return None
    arguments = [(of, placed) for placed in known.pages]
    found = ask.each(page_content, arguments)
    pages = [(placed.page, content) for placed, content in zip(known.pages, found, strict=True) if content is not None]
    return tuple(pages) if len(pages) == len(found) else None


def shell(ask: Ask, of: Variant) -> tuple[ShownPage, ...]:
    """What pages show of others. It stops an edit that changes none of that."""
    return tuple(ShownPage.of(page, content) for page, content in ask(contents, of) or ())


def page_output(ask: Ask, of: Variant, placed: PlacedPage) -> PageFile | None:
    """A page's file; None if rendering it fails."""
    return page_outputs([ask], [(of, placed)])[0]


@batch_of(page_output)
def page_outputs(asks: Sequence[Ask], arguments: Sequence[OnePage]) -> list[PageFile | None]:
    """The same for several pages of one site."""
    of, _ = arguments[0]
    frames = [_frame(ask, of) for ask in asks]
    shells = [ask(shell, of) for ask in asks]
    found = [ask(page_content, *each) for ask, each in zip(asks, arguments, strict=True)]
    pages = [(placed.page, content) for (_, placed), content in zip(arguments, found, strict=True) if content]
    if len(pages) < len(arguments):
        return [None] * len(arguments)
    try:
        rendered = shared_renderer().pages(frames[0], pages, shell=shells[0])
    except UnpiecedError:
        return [None] * len(arguments)
    for ask, (_, messages) in zip(asks, rendered, strict=True):
        _report_messages(ask, messages, ())
    names = slot_names(of)
    return [page_file(names, page, halves=halves) for (page, _), (halves, _) in zip(pages, rendered, strict=True)]


def template_files(ask: Ask, of: Variant) -> CompiledFiles | None:
    """The error page, the site map and the like."""
    try:
        halves, messages = shared_renderer().templates(_frame(ask, of), ask(shell, of))
    except UnpiecedError:
        return None
    _report_messages(ask, messages, ())
    return compile_texts(slot_names(of), halves)


def overviews(ask: Ask, of: Variant) -> tuple[tuple[str, PageOverview], ...]:
    """What is told of pages, without their text. It stops an edit of a page's text."""
    return tuple((page, replace(content.overview, text="")) for page, content in ask(contents, of) or ())


def overview_files(ask: Ask, of: Variant) -> CompiledFiles:
    """llms.txt, robots.txt, and the beginning of llms-full.txt."""
    known, told = ask(outline, of), ask(overviews, of)
    return () if known is None else listings(of, dict(told), navigation=known.navigation)


def page_text(ask: Ask, of: Variant, placed: PlacedPage) -> Parts | Fault:
    """A page's share of llms-full.txt."""
    content = ask(page_content, of, placed)
    return () if content is None else full_text(of, content.overview)


def has_diagrams(ask: Ask, of: Variant) -> bool:
    """Whether any page has a diagram, for which the site needs a script."""
    return any(content.has_diagrams for _, content in ask(contents, of) or ())


def theme_files(ask: Ask, of: Variant) -> tuple[FileTemplate, ...] | None:
    """Files that are not the project's: Material's, ours, and other people's scripts."""
    needs_diagrams = ask(has_diagrams, of)
    try:
        found = shared_renderer().theme_files(_frame(ask, of), has_diagrams=needs_diagrams)
    except UnpiecedError:
        return None
    return tuple(_static(PurePosixPath(path), content) for path, content in found.items())


def copied_file(ask: Ask, path: PurePosixPath, source: PurePosixPath) -> FileTemplate:
    """A file of the project that is in the site as it is."""
    return _static(path, docs_content(ask, source) or b"")


@assembled
def pieced_site(ask: Ask, of: Variant) -> SiteTemplate | None:
    """The whole site. Later files take the place of earlier ones, as mkdocs writes them."""
    known, pages = ask(outline, of), ask(contents, of)
    if known is None or pages is None:
        return None
    _report_messages(ask, known.messages, _sources_of(ask, known) if known.messages else ())
    arguments = [(of, placed) for placed in known.pages]
    outputs = ask.each(page_output, arguments)
    theme, templates = ask(theme_files, of), ask(template_files, of)
    if theme is None or templates is None or None in outputs:
        return None
    copied = ask.each(copied_file, [(placed.path, placed.source) for placed in known.files])
    files: dict[PurePosixPath, FileTemplate | Fault] = {file.path: file for file in (*theme, *copied)}
    files |= dict(ask(overview_files, of))
    made = [output for output in outputs if output is not None]
    placed_by_page = {placed.page: placed for placed in known.pages}
    ordered = in_order(placed_by_page, [page.page for page in known.navigation])
    texts = ask.each(page_text, [(of, placed_by_page[page]) for page in ordered])
    files[FULL_TEXT] = joined_file(FULL_TEXT, [_parts(files[FULL_TEXT]), *texts])
    files |= dict(templates)
    for placed, output in zip(known.pages, made, strict=True):
        if output.file is not None:
            files[page_path(placed.page)] = output.file
    if known.search[0]:
        files |= _search_files(slot_names(of), known, made)
    if known.checks_anchors and (messages := anchor_messages(pages)):
        _report_messages(ask, messages, _sources_of(ask, known))
    return site_of(files)


def _search_files(
    names: tuple[str, ...], known: Outline, made: Sequence[PageFile]
) -> dict[PurePosixPath, FileTemplate | Fault]:
    head = compile_parts(names, (known.search[0].encode(), known.search[1].encode()))
    pieces = [head, *separated([output.entries for output in made], b","), (b"]}",)]
    return {
        INDEX: joined_file(INDEX, pieces),
        INDEX_SCRIPT: joined_file(INDEX_SCRIPT, [(SCRIPT_HEAD,), *pieces]),
    }


def _frame(ask: Ask, of: Variant, *, has_navigation: bool = True) -> Frame:
    configuration = (ask.read(CONFIGURATION) or b"") if has_navigation else ask(navigation_free)
    return Frame(of, configuration, ask(docs_names), ask(theme_sources))


def _sources_of(ask: Ask, known: Outline) -> list[SourceFile]:
    paths = [CONFIGURATION, *(placed.source for placed in known.pages)]
    return [SourceFile(path, docs_content(ask, path) or b"") for path in paths]


def _report_messages(ask: Ask, messages: Iterable[str], sources: Iterable[SourceFile]) -> None:
    report_located(ask, diagnostics_of(messages, sources=sources))


def _static(path: PurePosixPath, content: bytes) -> FileTemplate:
    return FileTemplate(path, (content,), media_type(path))


def _parts(file: FileTemplate | Fault) -> Parts | Fault:
    return file if isinstance(file, Fault) else file.parts
