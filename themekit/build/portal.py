"""Tasks that make a brand's portal: one render for each variant, then a stamp for each brand."""

from __future__ import annotations

import tempfile
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from themekit.assets.webmanifest import emit_webmanifest
from themekit.build.brands import CONFIGURATION, brand, files_below, overlay, report_located, tokens
from themekit.build.pictures import assets
from themekit.build.pieces import docs_names, outline, pieced_site
from themekit.build.reference import docs_content, reference_sources
from themekit.build.style_guide import guide_names, style_guide_files
from themekit.build.theme import OWN_DATA, theme
from themekit.diagnostics import Code, Reporter, Span
from themekit.engine import assembled, heavy
from themekit.model import Artifact, BrandId, SourceFile
from themekit.site.asked import asked_in
from themekit.site.checking import check_sources, is_page
from themekit.site.compiling import NOT_STAMPED, compile_site
from themekit.site.configuration import check_configuration
from themekit.site.fields import slot_fields
from themekit.site.inputs import BRAND_FOLDER
from themekit.site.page_mistakes import check_page
from themekit.site.pages import PageRules
from themekit.site.proving import prove
from themekit.site.secrets import check_secrets
from themekit.site.site_paths import check_site_paths
from themekit.site.stamp import SITE, render_plain_files, stamp_when_asked
from themekit.site.unstamped import unstamped
from themekit.site.variant import DOCS, Variant, sections_of, variant_of

if TYPE_CHECKING:
    from themekit.engine import Ask
    from themekit.model import SiteTemplate

MISSING_PORTAL = Code("missing-portal", summary="The project has no mkdocs.yml, or no page.")
INIT = "`themekit init DIR` makes a project to start from"
PORTAL_ROOT = "../" * len(BRAND_FOLDER.parts)
"""The portal's first page, seen from the web manifest in its folder of brand files."""


def site_sources(ask: Ask) -> tuple[SourceFile, ...]:
    """What a render reads: mkdocs.yml, the docs, the generated pages and the theme's own files."""
    configuration = ask.read(CONFIGURATION)
    found = () if configuration is None else (SourceFile(CONFIGURATION, configuration),)
    return (*found, *files_below(ask, DOCS), *ask(reference_sources), *files_below(ask, OWN_DATA / "site"))


def has_portal(ask: Ask) -> bool:
    """Whether there is anything to render, which can lie in one site; what is missing or in the way is reported."""
    report = Reporter()
    if ask.read(CONFIGURATION) is None:
        report(MISSING_PORTAL, Span(CONFIGURATION, 1, 1), "the project has no `mkdocs.yml`", hint=INIT)
    if not any(name.endswith((".md", "/")) for name in ask.list(DOCS)):
        report(MISSING_PORTAL, Span(DOCS, 1, 1), f"the project has no page in `{DOCS}`", hint=INIT)
    faults = check_site_paths(ask(docs_names))
    ask.report(*report.diagnostics, *faults)
    return not (report.found or faults)


def variant(ask: Ask, brand_id: BrandId) -> Variant | None:
    """What decides the structure of the brand's site."""
    known = ask(brand, brand_id)
    if known is None:
        return None
    named = [SourceFile(path, b"") for path in ask(docs_names)]
    return variant_of(known, sources=named, overlay=ask(overlay, brand_id), asked=ask(asked_fields))


def asked_fields(ask: Ask) -> tuple[str, ...]:
    """The optional fields that any page asks for: what else a brand has or not is no part of its variant."""
    pages = [(path,) for path in ask(docs_names) if is_page(path)]
    found = {name for each in ask.each(fields_of_page, pages) for name in each}
    return tuple(sorted(found))


def fields_of_page(ask: Ask, path: PurePosixPath) -> tuple[str, ...]:
    """The same of one page."""
    return asked_in(docs_content(ask, path) or b"")


@heavy
@assembled
def site_template(ask: Ask, of: Variant, whose: str) -> SiteTemplate | None:
    """The variant's site as literals and slots. `whose` is the brand whose own pages it has, "" for none."""
    if not ask(has_portal):
        own = ask(overlay, BrandId(whose)) if whose else ()
        ask.report(*check_sources(ask(site_sources), overlay=own))  # all mistakes in one run
        return None
    if whose:
        return ask(whole_site, of, whose)
    if ask(has_errors):
        return None
    template = ask(pieced_site, of)
    if template is None:
        return ask(whole_site, of, whose)
    if template.plain:
        ask.report(*unstamped(template, ask(site_sources), locale=of.locale))
    return template


def has_errors(ask: Ask) -> bool:
    """Whether the project's pages or mkdocs.yml have a mistake, which is reported, so that nothing is rendered."""
    configuration = SourceFile(CONFIGURATION, ask.read(CONFIGURATION) or b"")
    found = check_configuration(configuration)
    ask.report(*found)
    sections = sections_of(ask(docs_names))
    in_pages = ask.each(page_has_errors, [(path, sections) for path in ask(docs_names) if is_page(path)])
    in_files = ask.each(file_has_secrets, [(path,) for path in ask(docs_names) if not is_page(path)])
    return any((*in_pages, *in_files)) or any(each.is_error for each in found)


def page_has_errors(ask: Ask, path: PurePosixPath, sections: tuple[str, ...]) -> bool:
    """Whether one of the project's pages has a mistake, which is reported."""
    found = check_page(SourceFile(path, docs_content(ask, path) or b""), PageRules(sections))
    ask.report(*found)
    return any(each.is_error for each in found)


def file_has_secrets(ask: Ask, path: PurePosixPath) -> bool:
    """Whether a file that is no page would publish a secret, which is reported."""
    found = check_secrets(SourceFile(path, docs_content(ask, path) or b""))
    ask.report(*found)
    return bool(found)


def whole_site(ask: Ask, of: Variant, whose: str) -> SiteTemplate | None:
    """The same from two renders of everything, where pieces will not do: slow, and right for any mkdocs.yml."""
    own = ask(overlay, BrandId(whose)) if whose else ()
    with tempfile.TemporaryDirectory(prefix="themekit-") as scratch:
        template, diagnostics = compile_site(of, ask(site_sources), overlay=own, scratch=Path(scratch))
        if template is not None and ask(outline, of) is None:  # of what the plugins do nothing is known
            sources = ask(site_sources)
            template, more = prove(template, of, sources=sources, overlay=own, scratch=Path(scratch))
            diagnostics += more
    report_located(ask, [found for found in diagnostics if found.code != NOT_STAMPED.name])
    if template is not None and template.plain:
        ask.report(*unstamped(template, (*ask(site_sources), *own), locale=of.locale))
    return template


def texts(ask: Ask, brand_id: BrandId) -> tuple[tuple[str, str], ...]:
    """The brand's texts by field name. All that pages have of a brand: no edit of its tokens comes further."""
    known = ask(brand, brand_id)
    return () if known is None else tuple(slot_fields(known).items())


@assembled
def pages(ask: Ask, brand_id: BrandId) -> tuple[Artifact, ...]:
    """The brand's rendered pages and the theme's files, below site/. Made anew rather than stored: it is a join."""
    of = ask(variant, brand_id)
    if of is None:
        return ()
    whose = brand_id if of.overlay else ""
    template = ask(site_template, of, whose)
    if template is None:
        return ()
    plain = tuple(path for path, _ in template.plain)
    rendered = ask(plain_pages, brand_id, of, plain) if plain else ()
    stamped = stamp_when_asked(template, ask(texts, brand_id))
    if not rendered:
        return stamped
    return tuple(sorted((*stamped, *rendered), key=lambda artifact: artifact.path))


@heavy
def plain_pages(ask: Ask, brand_id: BrandId, of: Variant, paths: tuple[PurePosixPath, ...]) -> tuple[Artifact, ...]:
    """The files that cannot be stamped, from a render of this brand alone."""
    known = ask(brand, brand_id)
    if known is None:
        return ()
    with tempfile.TemporaryDirectory(prefix="themekit-") as scratch:
        artifacts, diagnostics = render_plain_files(
            of, known, paths=paths, sources=ask(site_sources), overlay=ask(overlay, brand_id), scratch=Path(scratch)
        )
    report_located(ask, diagnostics)
    return artifacts


def brand_files(ask: Ask, brand_id: BrandId) -> tuple[Artifact, ...]:
    """The theme's style sheets, the assets and the style guide's values, where the site's pages look for them."""
    known, resolved = ask(brand, brand_id), ask(tokens, brand_id)
    if known is None or resolved is None:
        return ()
    sheets = [artifact for artifact in ask(theme, brand_id) if artifact.path.match("theme/*.css")]
    manifest = emit_webmanifest(known, resolved, start_url=PORTAL_ROOT)
    names = {artifact.path for artifact in manifest}
    pictures = [artifact for artifact in ask(assets, brand_id) if artifact.path not in names]
    return tuple(
        Artifact(
            BRAND_FOLDER / artifact.path.relative_to(artifact.path.parts[0]), artifact.content, artifact.media_type
        )
        for artifact in (*sheets, *pictures, *manifest, *ask(guide_files, brand_id))
    )


def guide_files(ask: Ask, brand_id: BrandId) -> tuple[Artifact, ...]:
    """What the style guide says of the brand, if its portal has one; below assets/."""
    of = ask(variant, brand_id) if ask(guide_names) else None
    return () if of is None else ask(style_guide_files, brand_id, of.sections)


@assembled
def site(ask: Ask, brand_id: BrandId) -> tuple[Artifact, ...]:
    """The whole site, below site/; none if it cannot be rendered."""
    made = ask(pages, brand_id)
    if not made:
        return ()
    own = (Artifact(SITE / file.path, file.content, file.media_type) for file in ask(brand_files, brand_id))
    return (*made, *own)
