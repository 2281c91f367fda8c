"""`check` finds what `build` would refuse, at the same place: nothing is first learned from a build."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.literate.project import ProjectHost
from themekit.build.brands import brand
from themekit.build.checking import checked_pages
from themekit.build.portal import has_portal, site_template, variant
from themekit.diagnostics import Severity, Span
from themekit.diagnostics.codes import defined_codes
from themekit.engine import Engine, MemoryStore
from themekit.model import BrandId
from themekit.site.render import RenderedSite

ROOT = Path(__file__).parents[2]
ACME = BrandId("acme")
BUILD_ALONE = {
    "not-stamped": "what two renders show",
    "render-failed": "what mkdocs and its plugins say when they stop",
    "partner-page": "how long a page takes to render",
    "broken-link": "which anchors and pages a render has",
    "missing-page": "the same",
    "page-outside-navigation": "the same",
    "render-warning": "the same",
    "output-collision": "what was made; the docs' own names are checked before",
    "output-path": "the same",
    "missing-jdk": "which programs are installed",
    "output-drift": "what lies in build/",
    "render-differs": "the same, and what mkdocs builds",
    "unknown-brand": "what `mkdocs build` was asked for",
}
"""Codes that only a build or a render can report, and what it has to know for that."""
SHARED_MODULES = frozenset({"build/prepare.py", "build/portal.py", "build/brands.py", "build/locking.py"})
MISTAKES = {
    "a key": ("brands/acme/brand.json", b'{"name": "Acme", "color": {"primary": "#0b5fff"}, "nmae": 1}'),
    "no mkdocs.yml": ("mkdocs.yml", None),
    "a tag in mkdocs.yml": ("mkdocs.yml", b"a: !!python/object:os.system x\n"),
    "mkdocs.yml is no text": ("mkdocs.yml", b"\xff"),
    "a placeholder": ("docs_src/guides/a.md", b"# x\n\n{{ brand.nmae }}\n"),
    "a condition": ("docs_src/guides/b.md", b"{% if sections. %}\n"),
    "a head": ("docs_src/guides/c.md", b"---\ntitle: [\n---\n"),
    "a page that is no text": ("docs_src/guides/d.md", b"\xff"),
    "a file in the brand's folder": ("docs_src/assets/brand/tokens.css", b"x"),
    "a key in a page": ("docs_src/guides/e.md", b"# x\n\nAKIA" + b"Q7W3RT5YUP2LKJHG\n"),
    "a key in a file": ("docs_src/assets/x.json", b'{"key": "AKIA' + b'Q7W3RT5YUP2LKJHG"}'),
    "a file twice": ("docs_src/guides/INDEX.md", b"# x"),
    "a partner's script": ("brands/acme/docs/x.js", b"x"),
    "a partner's snippet": ("brands/acme/docs/y.md", b'--8<-- "/etc/passwd"\n'),
    "a partner's link": ("brands/acme/docs/z.md", b"[x](javascript:alert)\n"),
}
GOOD = {
    "brands/acme/brand.json": b'{"name": "Acme", "color": {"primary": "#0b5fff"}}',
    "mkdocs.yml": (ROOT / "themekit/data/scaffold/mkdocs.yml").read_bytes(),
    "docs_src/index.md": b"# x",
    "docs_src/guides/index.md": b"# x",
}


def placed(diagnostics):
    errors = [each for each in diagnostics if each.severity is Severity.ERROR]
    assert all(isinstance(each.place, Span) for each in errors)
    return {(each.code, each.place.path, each.place.line, each.place.column) for each in errors}


def found(tasks, engine):
    return placed(each for task in tasks for each in engine.diagnostics(task, ACME))


def rendered(ask, brand_id):
    """What a build asks for a brand's pages, up to where they are rendered: with a mistake it does not get there."""
    of = ask(variant, brand_id)
    return None if of is None else ask(site_template, of, brand_id)


def pages(ask, brand_id):
    """What `check` asks beside the theme and the assets, which are the tasks of a build."""
    return ask(has_portal), ask(checked_pages, brand_id)


@settings(max_examples=60)
@given(names=st.sets(st.sampled_from(sorted(MISTAKES)), min_size=1, max_size=5))
def test_what_a_build_refuses_check_reports_at_the_same_place(names):
    changed = GOOD | dict(MISTAKES[name] for name in sorted(names))
    files = {path: content for path, content in changed.items() if content is not None}
    by_check = found((brand, pages), Engine(ProjectHost(files), MemoryStore(), code=""))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("themekit.site.compiling.render_sites", lambda *_, **__: (RenderedSite({}), RenderedSite({})))
        by_build = found((brand, rendered), Engine(ProjectHost(files), MemoryStore(), code=""))
    assert by_check
    assert by_build <= by_check


CHECKED_MODULES = frozenset(
    f"site/{name}.py"
    for name in (
        "checking",
        "configuration",
        "front_matter",
        "page_limits",
        "page_mistakes",
        "pages",
        "partner_files",
        "removals",
        "secrets",
        "site_paths",
    )
)
"""Modules whose mistakes `check_sources` and `site_sources` gather, which both commands ask for."""


def test_a_code_that_only_a_build_reports_was_decided_to_be_one():
    """A new code of the render, or of what follows it, is either found by `check` too or listed with its reason."""
    paths = (path for room in ("build", "site") for path in (ROOT / "themekit" / room).glob("*.py"))
    texts = {path.relative_to(ROOT / "themekit").as_posix(): path.read_text(encoding="utf-8") for path in paths}
    late = [each.code.name for each in defined_codes(texts) if each.module not in SHARED_MODULES | CHECKED_MODULES]
    assert sorted(BUILD_ALONE) == late
