"""Tasks that make the portal's reference: its pages seem to be files of the docs, and flow from there as pages do.

So do the files of its console and the style guide: see sandbox.py and style_guide.py.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from themekit.build.brands import API_FOLDER, CONFIGURATION, brand
from themekit.build.sandbox import GENERATED, console_content, console_names
from themekit.build.sdk import api_model, api_path, callable_api
from themekit.build.style_guide import GUIDE_PAGES, guide_names, style_guide_page
from themekit.build.versions import CHANGES_PAGES, version_page, version_page_names
from themekit.engine import heavy
from themekit.model import SourceFile
from themekit.plugins import languages
from themekit.site.reference.addresses import has_directory_urls
from themekit.site.reference.pages import Reference, page_path, reference_pages
from themekit.site.reference.places import ROOT, places_of
from themekit.site.reference.samples import Sample
from themekit.site.variant import DEFAULT_LOCALE, DOCS, LOCALE_SUFFIX
from themekit.site.wording import LOCALES

if TYPE_CHECKING:
    from pathlib import PurePosixPath

    from themekit.engine import Ask
    from themekit.model import BrandId
    from themekit.model.sdk import SdkLanguage

CHANGES = API_FOLDER / "changes"
"""Pages on versions of the API that somebody wrote, in the place of generated ones."""

_LEXERS = {"typescript": "typescript", "python": "python", "java": "java", "go": "go"}


def reference_names(ask: Ask) -> tuple[PurePosixPath, ...]:
    """The generated files of the docs, pages in every language; what the project has as a file is not among them."""
    own = {ROOT / name for name in ask.list(ROOT)} | {ROOT / "types" / name for name in ask.list(ROOT / "types")}
    own |= {DOCS / name for name in ask.list(DOCS)}
    own |= {CHANGES_PAGES / name for name in ask.list(CHANGES_PAGES)} | set(ask(changes_names))
    made = (*ask(page_names), *ask(version_page_names), *ask(console_names))
    return (*(path for path in made if path not in own), *ask(changes_names), *ask(guide_names))


def page_names(ask: Ask) -> tuple[PurePosixPath, ...]:
    """The pages of the API's description; none if the project has none, or if it has an error."""
    path = ask(api_path)
    api = None if path is None else ask(api_model, path)
    if api is None:
        return ()
    return tuple(page_path(page, locale) for page in places_of(api).pages for locale in LOCALES)


def changes_names(ask: Ask) -> tuple[PurePosixPath, ...]:
    """The pages of changes, where the reference has them."""
    if ask(api_path) is None:
        return ()
    return tuple(CHANGES_PAGES / name for name in ask.list(CHANGES) if name.endswith(".md"))


def docs_content(ask: Ask, path: PurePosixPath) -> bytes | None:
    """The content of a file of the docs, be it one or a generated page. No task: asks for what it is made from."""
    if not (path.is_relative_to(ROOT) or path in GENERATED or path in GUIDE_PAGES) or path not in ask(reference_names):
        return ask.read(path)
    if path in GUIDE_PAGES:
        return ask(style_guide_page, GUIDE_PAGES[path])
    if path in GENERATED:
        return console_content(ask, path)
    if path.is_relative_to(CHANGES_PAGES):
        by_hand = CHANGES / path.relative_to(CHANGES_PAGES)
        return ask.read(by_hand) if path in ask(changes_names) else ask(version_page, path)
    return ask(reference_page, path)


def reference_sources(ask: Ask) -> tuple[SourceFile, ...]:
    """All generated pages, in every language."""
    return tuple(SourceFile(path, docs_content(ask, path) or b"") for path in ask(reference_names))


def localised_sources(ask: Ask, locale: str) -> tuple[SourceFile, ...]:
    """The generated pages of one language, each in the place of the page that it translates."""
    found = {source.path: source for source in ask(reference_sources)}
    chosen = []
    for path, source in found.items():
        if not LOCALE_SUFFIX.search(path.name):
            own = found.get(path.with_name(f"{path.stem}.{locale}.md"), source)
            chosen.append(replace(own, path=path))
    return tuple(chosen)


def reference_page(ask: Ask, path: PurePosixPath) -> bytes | None:
    """One page. It stops an edit of the API's description that does not change it."""
    locale = LOCALE_SUFFIX.search(path.name)
    found = ask(reference_files, locale[1] if locale else DEFAULT_LOCALE)
    return next((source.content for source in found if source.path == path), None)


@heavy
def reference_files(ask: Ask, locale: str) -> tuple[SourceFile, ...]:
    """All pages in one language."""
    path = ask(api_path)
    api = None if path is None else ask(api_model, path)
    if api is None:
        return ()
    reference = Reference.of(api, locale=locale, has_directory_urls=ask(directory_urls))
    samples: dict[str, list[Sample]] = {}
    for language in _languages():
        for operation, sample in ask(language_samples, language):
            samples.setdefault(operation, []).append(sample)
    return reference_pages(reference, samples={each.id: samples.get(each.id, []) for each in api.operations})


@heavy
def language_samples(ask: Ask, language: str) -> tuple[tuple[str, Sample], ...]:
    """A program for each operation, in one language."""
    path = ask(api_path)
    api = None if path is None else ask(callable_api, path)
    if api is None:
        return ()
    chosen = _languages()[language]
    lexer = _LEXERS.get(chosen.name, "text")
    made = ((operation.id, chosen.sample(api, operation)) for operation in api.operations)
    return tuple((id_, Sample(chosen.name, chosen.title, lexer, text)) for id_, text in made if text.strip())


def directory_urls(ask: Ask) -> bool:
    """Whether pages are `x/index.html`; all that the reference has of mkdocs.yml."""
    return has_directory_urls(ask.read(CONFIGURATION) or b"")


def provided_pages(ask: Ask, brand_id: BrandId) -> tuple[SourceFile, ...]:
    """The generated pages in the brand's language, for renderers that the engine does not drive."""
    known = ask(brand, brand_id)
    return () if known is None else ask(localised_sources, known.locale)


@cache
def _languages() -> dict[str, SdkLanguage]:
    return {each.name: each for each in languages()}
