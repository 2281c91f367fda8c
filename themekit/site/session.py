"""One variant's site inside mkdocs, kept so that single pages can be rendered again; it lives in a process of its own.

mkdocs builds whole sites. Everything here is its own code, run in its own order, on fewer pages: configuration, files
and navigation once for a frame, Markdown page by page, then templates with what a page shows of the others put in
their places. That is right only where nothing else is read or kept: a configuration with other plugins, hooks or
templates is refused with UnpiecedError, and rendered whole.
"""

from __future__ import annotations

import json
import logging
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from material.plugins.search.plugin import SearchPlugin
from material.plugins.tags.plugin import TagsPlugin
from mkdocs.commands.build import _build_page, _build_theme_template, _populate_page
from mkdocs.config import load_config
from mkdocs.structure.files import InclusionLevel, get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc
from mkdocs.utils.meta import get_data

from themekit.site.encoded import decoded_meta, encoded_meta, encoded_toc
from themekit.site.halves import word_fields
from themekit.site.inputs import SiteInputs
from themekit.site.metadata import finished_title, title_with_words
from themekit.site.pieces import ListedPage, Outline, PageHalf, PlacedFile, PlacedPage
from themekit.site.piecewise import UnpiecedError, refuse_unpieced
from themekit.site.plugin import DATA, ThemekitPlugin
from themekit.site.render import CONFIGURATION, DATA_MOUNT
from themekit.site.variant import DOCS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File

    from themekit.site.overview import PageOverview
    from themekit.site.pieces import Frame

UNSHOWN = frozenset({"description", "search", "hide"})
"""Front matter that no page but its own shows: neither Material's templates nor ours ask others for it."""


RenderedContent = tuple[PageHalf, "PageOverview", tuple[str, ...], tuple[tuple[str, str, str], ...]]


class Messages(logging.Handler):
    """Keeps what mkdocs warns of, until it is taken."""

    def __init__(self) -> None:
        """Nothing yet."""
        super().__init__(logging.WARNING)
        self._found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one."""
        self._found.append(record.getMessage())

    def take(self) -> tuple[str, ...]:
        """What was said since the last time."""
        found, self._found = tuple(self._found), []
        return found


class Session:
    """mkdocs with one frame and one set of probes."""

    def __init__(self, frame: Frame, fields: Mapping[str, str], *, folder: Path, messages: Messages) -> None:
        """`folder` is an empty one that lives as long as the session. Raises UnpiecedError and mkdocs' errors."""
        self._frame, self._messages = frame, messages
        self._site = folder / "site"
        _lay_out(frame, folder)
        config = load_config(str(folder / "project" / CONFIGURATION), site_dir=str(self._site))
        refuse_unpieced(config)
        self._plugin: ThemekitPlugin = _only(config, ThemekitPlugin)
        self._search, self._tags = _only(config, SearchPlugin), _only(config, TagsPlugin)
        inputs = SiteInputs(frame.variant, fields)
        self._plugin.use(inputs, data_folder=folder / "data" if frame.data else DATA)
        self._inputs = inputs
        self._config: MkDocsConfig = config.plugins.on_config(config)
        self._config.plugins.on_pre_build(config=self._config)
        files = get_files(self._config)
        self._env = self._config.theme.get_env()
        files.add_files_from_theme(self._env, self._config)
        self._files = self._config.plugins.on_files(files, config=self._config)
        set_exclusions(self._files, self._config)
        self._nav = get_navigation(self._files, self._config)
        self._nav = self._config.plugins.on_nav(self._nav, config=self._config, files=self._files)
        self._doc_files = self._files.documentation_pages()
        for file in self._doc_files:
            if file.page is None:
                Page(None, file, self._config)
        self._plugin.prepare_environment(self._env)
        self._given_titles: dict[str, Markup] = {}
        self._titles_with_words: dict[str, str] = {}
        self._note_titles_of_navigation()
        self._said = messages.take()
        self._shell: tuple[tuple[str, str, str, str], ...] = ()
        self._shell_number: int | None = None
        self._search_head = self.search_head()

    def outline(self) -> Outline:
        """What the frame alone decides. The other half's part of `search` is left empty."""
        pages = tuple(PlacedPage(file.src_uri, self._source(file)) for file in self._doc_files)
        files = tuple(
            PlacedFile(PurePosixPath(file.dest_uri), self._source(file))
            for file in self._static_files()
            if not self._is_of_theme(file)
        )
        level = self._config.validation.links.anchors
        listed = tuple(
            ListedPage(name, section, self._titles_with_words.get(name, ""))
            for name, section in self._plugin.sections.items()
        )
        return Outline(pages, files, listed, (self.search_head(), ""), level >= logging.WARNING, self._said)

    def search_head(self) -> str:
        """The search index up to its first entry."""
        if self._search is None or not self._search.config.enabled:
            return ""
        self._search.search_index.entries = []
        return str(self._search.search_index.generate_search_index(None))[: -len("]}")]

    def theme_files(self, *, has_diagrams: bool) -> dict[str, bytes]:
        """The files that are not the project's, by path in the site."""
        found = {file.dest_uri: file.content_bytes for file in self._static_files() if self._is_of_theme(file)}
        return found | dict(self._plugin.vendored_files(has_diagrams=has_diagrams))

    def content(self, page: str, text: str) -> RenderedContent:
        """The page's Markdown rendered with words for values, what is told of it, its anchors, its links to anchors."""
        self._shell_number = None  # the page no longer is what others should see
        file = self._file(page)
        file._content = text  # noqa: SLF001  # set by its property, the file would forget where it came from
        target = self._page(page)
        target.markdown, target.content, target.meta, target.toc = None, None, {}, get_toc([])
        target.__dict__.pop("title", None)
        if self._tags is not None:
            self._tags.on_config(self._config)
        with self._words_for_values():
            _populate_page(target, self._config, self._files)
        has_listing = self._tags is not None and bool(self._tags.listings.data)
        half = PageHalf(
            str(target.content),
            encoded_toc(target.toc),
            str(target.title),
            encoded_meta(target.meta),
            encoded_meta({key: value for key, value in target.meta.items() if key not in UNSHOWN}),
            get_data(text)[0] if has_listing else "",
        )
        no_links: dict[File, dict[str, str]] = {}
        links = tuple(
            (to.src_uri, anchor, written)
            for to, found in (target.links_to_anchors or no_links).items()
            for anchor, written in found.items()
            if to.is_documentation_page()
        )
        overview = replace(self._plugin.take_overview(page), section="")
        return half, overview, tuple(sorted(target.present_anchor_ids or ())), links

    @contextmanager
    def _words_for_values(self) -> Iterator[None]:
        words = word_fields(self._inputs.fields)
        options = self._config.mdx_configs["themekit"]
        self._plugin.inputs, options["brand"] = replace(self._inputs, fields=words), words
        try:
            yield
        finally:
            self._plugin.inputs, options["brand"] = self._inputs, dict(self._inputs.fields)

    def show(self, number: int, shell: Iterable[tuple[str, str, str, str]]) -> None:
        """Put titles, front matter and listings of all pages in place: (page, title, meta, listing), in page order.

        `number` says which shell it is: one that is in place is not put there again.
        """
        if number == self._shell_number:
            return
        self._shell = tuple(shell)
        for name, title, meta, _ in self._shell:
            page = self._page(name)
            page.title = self._given_titles.get(name) or Markup(title)  # noqa: S704 - escaped when it was rendered
            page.meta, page.content, page.toc = decoded_meta(meta), "", get_toc([])
            page.markdown = ""
        self._reset_tags()
        self._shell_number = number

    def page(self, name: str, half: PageHalf) -> tuple[bytes | None, str]:
        """The page's file (None: mkdocs writes none), and its entries in the search index."""
        page, meta = self._page(name), self._page(name).meta
        page.meta, page.content, page.toc = decoded_meta(half.meta), half.html, get_toc(json.loads(half.toc))
        if half.listing:
            self._fill_listings()
        if self._search is not None and self._search.config.enabled:
            self._search.search_index.entries = []
        _build_page(page, self._config, self._doc_files, self._nav, self._env)
        page.meta, page.content, page.toc = meta, "", get_toc([])
        path = Path(page.file.abs_dest_path)
        content = path.read_bytes() if path.exists() else None
        path.unlink(missing_ok=True)
        return content, self._entries()

    def templates(self) -> dict[str, bytes]:
        """The files made of the shell alone, by path in the site."""
        if self._tags is not None:
            self._fill_listings()
        for template in self._config.theme.static_templates:
            _build_theme_template(template, self._env, self._files, self._config, self._nav)
        return _taken(self._site)

    def _fill_listings(self) -> None:
        """Let the tags plugin fill the listings of pages that have their content now; it adds to what it has."""
        if self._tags is not None:
            self._reset_tags()
            self._tags.on_env(self._env, config=self._config)

    def _reset_tags(self) -> None:
        if self._tags is None:
            return
        self._tags.on_config(self._config)
        for name, _, _, listing in self._shell:
            self._tags.on_page_markdown(listing, page=self._page(name), config=self._config)

    def _entries(self) -> str:
        if self._search is None or not self._search.config.enabled:
            return ""
        index = self._search.search_index
        return str(index.generate_search_index(None))[len(self._search_head) : -len("]}")]

    def _note_titles_of_navigation(self) -> None:
        """The titles that mkdocs.yml gives pages take the place of those that pages have."""
        for file in self._doc_files:
            page = self._page(file.src_uri)
            if page.__dict__.get("title") is not None:
                self._titles_with_words[file.src_uri] = title_with_words(page)
                self._given_titles[file.src_uri] = finished_title(page, self._inputs.fields, is_partner=False)

    def _static_files(self) -> Iterator[File]:
        lowest = InclusionLevel.NOT_IN_NAV.value
        return (file for file in self._files if not file.is_documentation_page() and file.inclusion.value >= lowest)

    def _is_of_theme(self, file: File) -> bool:
        return file.src_dir is not None and file.src_dir != self._config.docs_dir

    def _source(self, file: File) -> PurePosixPath:
        return DOCS / Path(file.abs_src_path or "").relative_to(self._config.docs_dir).as_posix()

    def _file(self, page: str) -> File:
        file = self._files.get_file_from_path(page)
        if file is None:
            raise UnpiecedError(f"there is no page {page}")
        return file

    def _page(self, name: str) -> Page:
        page = self._file(name).page
        if page is None:
            raise UnpiecedError(f"{name} is no page")
        return page


def _lay_out(frame: Frame, folder: Path) -> None:
    """Files without content: mkdocs walks the folder for their names."""
    for path in frame.names:
        place = folder / "project" / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.touch()
    (folder / "project" / DOCS).mkdir(parents=True, exist_ok=True)
    (folder / "project" / CONFIGURATION).write_bytes(frame.configuration)
    for source in frame.data:
        place = folder / "data" / source.path.relative_to(DATA_MOUNT)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(source.content)


def _only(config: MkDocsConfig, kind: type[Any]) -> Any:  # noqa: ANN401  # Material's plugins have no types
    return next((plugin for plugin in config.plugins.values() if isinstance(plugin, kind)), None)


def _taken(folder: Path) -> dict[str, bytes]:
    """The files of a folder, which is empty afterwards."""
    found = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        found[path.relative_to(folder).as_posix()] = path.read_bytes()
        path.unlink()
    return found
