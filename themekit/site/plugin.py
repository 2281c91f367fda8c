"""The mkdocs plugin `themekit`: one project's docs, shown as one brand's portal.

With plain mkdocs it takes the brand from the environment (`THEMEKIT_BRAND`) through the provider; the engine's renders
hand it their inputs. Nothing here depends on a text's value, only on whether there is one: see variant.py.
"""

from __future__ import annotations

import os
import time
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape
from mkdocs.config.base import Config
from mkdocs.config.config_options import Type
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger
from mkdocs.structure.files import File
from mkdocs.utils import is_error_template, normalize_url, write_file

from themekit.site import appearance
from themekit.site.added_pages import with_pages
from themekit.site.conditions import Facts
from themekit.site.console import is_of_console
from themekit.site.descriptions import is_description
from themekit.site.escaping import site_path
from themekit.site.markdown import present_names
from themekit.site.metadata import (
    finished_metadata,
    finished_title,
    page_data,
    section_title_with_words,
    text_with_words,
    title_with_words,
)
from themekit.site.navigation import REFERENCE, missing_pages, section_of, variant_navigation
from themekit.site.overview import PageOverview, in_order, overview_files
from themekit.site.pages import expand_page, parse_page
from themekit.site.partner_files import check_overlay
from themekit.site.placeholder import word_of
from themekit.site.provided import BRAND_VARIABLE, DEFAULT_BRAND, ProvisionError, provided
from themekit.site.removals import report_removals
from themekit.site.render import EPOCH_S
from themekit.site.repairs import repaired
from themekit.site.style_guide.specimens import without_specimens
from themekit.site.time_limit import limit_time
from themekit.site.variant import DEFAULT_LOCALE, DOCS, LOCALE_SUFFIX, overlay_path, sections_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

    from themekit.diagnostics import Diagnostic
    from themekit.model import SourceFile
    from themekit.site.inputs import SiteInputs
    from themekit.site.reads import Reads
    from themekit.site.removals import Removal

DATA = Path(__file__).parents[1] / "data" / "site"
PARTNER_PAGE_CPU_S = 5.0  # our longest page takes 0.2 s, the worst within the limits of page_limits.py 1.2 s
PARTNER_PAGES_CPU_S = 60.0  # all of a brand's together: 200 pages like our longest take 40 s
VENDORED = {"mermaid": "mermaid.min.js", "iframe-worker": "iframe-worker.js"}

log = get_plugin_logger("themekit")


class ThemekitConfig(Config):  # type: ignore[no-untyped-call]
    """`brand`: the brand of a plain build, where the environment names none."""

    brand = Type(str, default=DEFAULT_BRAND)


class ThemekitPlugin(BasePlugin[ThemekitConfig]):  # type: ignore[no-untyped-call]
    """Sets the brand's texts and files, chooses pages, and makes pages of partners harmless."""

    def __init__(self) -> None:
        """Nothing is read before mkdocs asks."""
        super().__init__()
        self.inputs: SiteInputs | None = None
        self.data_folder = DATA
        self._given = False
        self._reads: Reads | None = None
        self._watched: tuple[Path, ...] = ()
        self.partner_pages: dict[str, SourceFile] = {}
        self._partner_cpu_s = PARTNER_PAGES_CPU_S
        self._page_since_s = 0.0
        self.removals: dict[str, list[Removal]] = {}
        """What was taken out of each of the partner's pages."""
        self._overviews: dict[str, PageOverview] = {}
        self.sections: dict[str, str] = {}
        """Of the pages in the navigation, in its order, the title of the section each is in."""
        self.partner_page: str | None = None
        """The partner's page that is being rendered."""

    def use(self, inputs: SiteInputs, *, data_folder: Path, reads: Reads | None = None) -> None:
        """Render these inputs instead of asking the provider. `reads` notes what is decided by their texts."""
        self.inputs, self.data_folder, self._given, self._reads = inputs, data_folder, True, reads

    def take_overview(self, page: str) -> PageOverview:
        """What is told of a page that was just rendered."""
        return self._overviews.pop(page)

    @event_priority(100)  # before search, which asks for the theme's language
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """The brand's texts in mkdocs' configuration."""
        os.environ.setdefault("SOURCE_DATE_EPOCH", str(EPOCH_S))  # mkdocs puts a time into its compressed sitemap
        if not self._given:
            self.inputs = self._provided(config)
        inputs = self._inputs
        self._overviews = {}
        folder = str(self.data_folder / "overrides")
        if folder not in config.theme.dirs:
            config.theme.dirs.insert(0, folder)
        appearance.configure(config, inputs, watched=self._reads.watched if self._reads else None)
        config.mdx_configs["themekit"] = {
            "brand": dict(inputs.fields),
            "sections": list(inputs.variant.sections),
            "locale": inputs.variant.locale,
            "partner": False,
            "removals": [],
        }
        return config

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., Any]) -> None:
        """Watch what the brand was made from."""
        del config, builder
        for path in (*self._watched, self.data_folder):
            if path.exists():
                server.watch(str(path))

    @event_priority(100)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """The pages and files of this variant."""
        variant = self._inputs.variant
        for file in [each for each in files if is_description(each.src_uri)]:
            files.remove(file)
        files = with_pages(files, self._inputs.pages, config=config)
        shown, hidden = frozenset(variant.sections), self._sections_of(files)
        _choose_locale(files, variant.locale)
        for file in list(files.documentation_pages()):
            if section_of(file.src_uri) in hidden - shown:
                files.remove(file)
        for file in list(files) if REFERENCE in hidden - shown else ():
            if is_of_console(file.src_uri):
                files.remove(file)
        pages = [file.src_uri for file in files.documentation_pages()]
        self._add_overlay(files, config, hidden=hidden - shown)
        for artifact in self._inputs.files:
            _put(files, File.generated(config, str(artifact.path), content=artifact.content))
        navigation = config.nav or []
        for path in missing_pages(navigation, pages=(*pages, *self.partner_pages), hidden=hidden - shown):
            log.warning("A reference to '%s' is included in the 'nav' configuration, but there is no such page", path)
        config.nav = [
            *variant_navigation(
                navigation,
                pages=pages,
                hidden=hidden - shown,
                added=sorted(self.partner_pages),
                locale=variant.locale,
            ),
            *appearance.navigation_links(self._inputs),
        ]
        return files

    def on_page_markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """The page's metadata as escaped text; limits for a partner's page."""
        del files
        path, inputs = page.file.src_uri, self._inputs
        is_partner = path in self.partner_pages
        described = dict(page.meta)
        page.meta = finished_metadata(page.meta, inputs.fields, is_partner=is_partner)
        config.mdx_configs["themekit"]["partner"] = is_partner
        nodes, _ = parse_page(markdown, PurePosixPath(path))
        facts = Facts(frozenset(inputs.variant.sections), present_names(inputs.fields), inputs.variant.locale)
        self._overviews[path] = PageOverview(
            url=page.url,
            section=self.sections.get(path, ""),
            title=text_with_words(str(described.get("title") or "")),
            description=text_with_words(str(described.get("description") or "")),
            text=without_specimens(expand_page(nodes, facts, value=word_of)),
        )
        if is_partner:
            config.mdx_configs["themekit"]["removals"] = self.removals[path] = []
            self.partner_page = path
            self._page_since_s = time.process_time()
            limit_time(path, min(PARTNER_PAGE_CPU_S, self._partner_cpu_s))
        return markdown

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """The page's title as escaped text."""
        del config, files
        path = page.file.src_uri
        if path in self.partner_pages:
            limit_time(None, 0)
            self._partner_cpu_s = max(0.1, self._partner_cpu_s - (time.process_time() - self._page_since_s))
            self.partner_page = None
            if not self._given:
                _warn_of_removals(self.removals[path], self.partner_pages[path])
        if not isinstance(page.title, Markup):  # that is the front matter's, and known already
            words = title_with_words(page)
            self._overviews[path] = replace(self._overviews[path], title=words)
        page.title = finished_title(page, self._inputs.fields, is_partner=path in self.partner_pages)
        return html.replace('<pre class="mermaid">', '<pre class="mermaid" data-search-exclude>')

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Files made of all pages, and the filters of our templates."""
        self.prepare_environment(env)
        pages = [file.page for file in files.documentation_pages() if file.page and file.src_uri in self._overviews]
        ordered = in_order({page.file.src_uri for page in pages}, self.sections)
        for path, text in overview_files([self._overviews[path] for path in ordered], inputs=self._inputs):
            _put(files, File.generated(config, path, content=text))
        for path, content in self.vendored_files(has_diagrams=any(has_diagrams(page.content or "") for page in pages)):
            _put(files, File.generated(config, path, content=content))
        return env

    def prepare_environment(self, env: Environment) -> None:
        """A `striptags` that leaves text escaped."""
        env.filters["striptags"] = lambda value: escape(Markup(value).striptags())  # noqa: S704 - it is stripped, then escaped

    def vendored_files(self, *, has_diagrams: bool) -> Iterator[tuple[str, bytes]]:
        """Other people's scripts that the pages need, by path in the site."""
        for folder, name in VENDORED.items():
            if folder != "mermaid" or has_diagrams:
                path = self.data_folder / "vendor" / name
                if not path.exists():
                    advice = "run `pip install -e .` again with npm on the path (hatch_build.py)"
                    raise PluginError(f"{path} is missing: {advice}")
                yield f"assets/themekit/vendor/{name}", path.read_bytes()

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Titles of sections and links as escaped text."""
        del config, files
        self.sections = {page.file.src_uri: section_title_with_words(page) for page in nav.pages}
        appearance.escape_titles(nav.items, self._inputs.fields)
        return nav

    @event_priority(100)  # before others ask anything for the page
    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """What templates say about the page to search engines and social networks."""
        del config, nav
        self._watch_for(page.file.dest_uri, is_page=True)
        context["themekit_data"] = page_data(page, self._inputs)  # type: ignore[typeddict-unknown-key]
        return context

    @event_priority(100)  # before others ask anything for the template
    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """The error page's absolute paths, safe in attributes: mkdocs takes them from the address as it is."""
        self._watch_for(template_name)
        if is_error_template(template_name):
            base = site_path(str(config.site_url))
            context["base_url"] = base
            context["extra_css"] = [normalize_url(path, None, base) for path in config.extra_css]
            context["extra_javascript"] = [normalize_url(str(path), None, base) for path in config.extra_javascript]
        return context

    def _repair_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """What Material leaves bare."""
        del page, config
        return repaired(output, self._inputs.variant.locale)

    @event_priority(-1000)  # after others have asked what they ask for the page
    def _end_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        del page, config
        self._watch_for("")
        return output

    on_post_page = CombinedEvent(_repair_page, _end_page)

    def _repair_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """The same on the error page."""
        del config
        return (
            repaired(output_content, self._inputs.variant.locale) if template_name.endswith(".html") else output_content
        )

    @event_priority(-1000)
    def _end_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        del template_name, config
        self._watch_for("")
        return output_content

    on_post_template = CombinedEvent(_repair_template, _end_template)

    @event_priority(-200)  # after search has written its index
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """The search index as a script: a page opened from a disk may not fetch."""
        index = Path(config.site_dir, "search", "search_index.json")
        if index.exists():
            write_file(b"var __index = " + index.read_bytes(), str(index.with_suffix(".js")))

    def _watch_for(self, file: str, *, is_page: bool = False) -> None:
        if self._reads:
            self._reads.file, self._reads.is_page = file, is_page

    @property
    def _inputs(self) -> SiteInputs:
        if self.inputs is None:
            raise PluginError("themekit has no brand to show")
        return self.inputs

    def _provided(self, config: MkDocsConfig) -> SiteInputs:
        project = Path(config.config_file_path or "mkdocs.yml").parent
        brand_id = os.environ.get(BRAND_VARIABLE) or self.config.brand
        try:
            found = provided(project, brand_id, docs=Path(config.docs_dir))
        except ProvisionError as error:
            raise PluginError(str(error)) from error
        for text in found.warnings:
            log.warning(text)
        self._watched = found.watched
        return found.inputs

    def _sections_of(self, files: Files) -> frozenset[str]:
        return frozenset(sections_of(DOCS / file.src_uri for file in files.documentation_pages()))

    def _add_overlay(self, files: Files, config: MkDocsConfig, *, hidden: frozenset[str]) -> None:
        """Whatever checking finds wrong is left out here too: a render must be safe without a check before it."""
        own: dict[str, File] = {}
        sources: dict[File, SourceFile] = {}
        wrong = {found.place.path for found in self._mistakes(files) if found.place}
        for source in self._inputs.overlay:
            path = str(overlay_path(source.path))
            if section_of(path) in hidden or source.path in wrong:
                continue
            own[path] = File.generated(config, path, content=source.content)
            sources[own[path]] = source
        chosen = _localised(own, self._inputs.variant.locale)
        for file in chosen.values():
            _put(files, file)
        self.partner_pages = {path: sources[file] for path, file in chosen.items() if path.endswith(".md")}

    def _mistakes(self, files: Files) -> tuple[Diagnostic, ...]:
        beside = [DOCS / file.src_uri for file in files]
        return check_overlay(self._inputs.overlay, self._inputs.variant.sections, beside=beside)


def has_diagrams(html: str) -> bool:
    """The page's HTML has a diagram that a script draws."""
    return 'class="mermaid"' in html


def _warn_of_removals(removals: Iterable[Removal], source: SourceFile) -> None:
    for found in report_removals(removals, source):
        place = found.place
        line, column = getattr(place, "line", 1), getattr(place, "column", 1)
        log.warning("%s:%s:%s: %s[%s]: %s", source.path, line, column, found.severity, found.code, found.message)


def _choose_locale(files: Files, locale: str) -> None:
    """`page.de.md` takes the place of `page.md` where the locale is de; files of other locales go."""
    for file in list(files.documentation_pages()):
        match = LOCALE_SUFFIX.search(file.src_uri)
        if not match:
            continue
        files.remove(file)
        base = files.get_file_from_path(file.src_uri.replace(match.group(), ".md"))
        if match[1] == locale and base is not None and locale != DEFAULT_LOCALE:
            base.abs_src_path = file.abs_src_path


def _localised(own: dict[str, File], locale: str) -> dict[str, File]:
    plain = {path: file for path, file in own.items() if not LOCALE_SUFFIX.search(path)}
    for path, file in own.items():
        match = LOCALE_SUFFIX.search(path)
        if match and match[1] == locale:
            base = path.replace(match.group(), ".md")
            plain[base] = file
            file.src_uri = base
    return plain


def _put(files: Files, file: File) -> None:
    old = files.get_file_from_path(file.src_uri)
    if old is not None:
        files.remove(old)
    files.append(file)
