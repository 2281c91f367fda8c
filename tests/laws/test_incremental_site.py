"""The law of pieces: after any edits, a site rendered piece by piece is the one that a clean build renders.

The clean build has another engine, and sessions of mkdocs that have seen no edit. At the end of each sequence the whole
site is rendered by mkdocs' own `build`, too, which knows nothing of pieces.
"""

import json
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from themekit.build import pieces
from themekit.build.portal import pages, site_sources, site_template, variant
from themekit.engine import DiskHost, Engine, MemoryHost, MemoryStore
from themekit.model import BrandId
from themekit.site.compiling import compile_site
from themekit.site.renderer import Renderer, shared_renderer

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
SETTINGS = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").partition("\nnav:")[0]
BRANDS = tuple(map(BrandId, ("acme", "zitrone")))
PLAIN = {"name": "Acme", "color": {"primary": "#0b5fff"}}
GERMAN = {"name": 'Zitrone & "Söhne"', "locale": "de", "color": {"primary": "#ffd60a"}, "portal": {"sections": ["a"]}}


class ProjectHost(MemoryHost):
    """Files in memory; the theme's own may be replaced."""

    _installed = DiskHost(Path(__file__).parent)

    def read(self, path):
        found = super().read(path)
        return self._installed.read(path) if found is None and str(path).startswith("@") else found

    def list(self, folder):
        return self._installed.list(folder) if str(folder).startswith("@") else super().list(folder)


def page(title, tags, body):
    front = f"---\ntitle: {title}\n" * bool(title) + f"tags: {json.dumps(tags)}\n" * bool(title and tags)
    return f"{front}---\n\n{body}" if front else body


BODIES = (
    "# One of {{ brand.name }}\n\nText.\n\n## Sub\n",
    "# One of {{ brand.name }}\n\nOther text, [two](two.md#sub) and [gone](gone.md).\n",
    "Text without a heading. {{ brand.tagline }}\n\n```mermaid\nflowchart LR\n  A --> B\n```\n",
    "# Tags\n\n<!-- material/tags -->\n",
    "# C\n\n```python\nx = '{{ brand.api.baseUrl }}'  # (1)!\n```\n\n1. note[^1]\n\n[^1]: foot\n\n![p](p.png)\n",
    "# If\n\n{% if sections.b %}\n[b](../b/index.md)\n{% else %}\nnone\n{% endif %}\n",
)
PATHS = ("index.md", "a/index.md", "a/one.md", "a/two.md", "a/one.de.md", "b/index.md", "b/three.md", "a/p.png")
texts = st.builds(
    page,
    st.sampled_from(["", "Given", "{{ brand.name }} given"]),
    st.sampled_from([[], ["Red"], ["Red", "Blue"]]),
    st.sampled_from(BODIES),
)
NAVIGATIONS = (
    "\nnav:\n  - Home: index.md\n  - A:\n      - a/index.md\n      - a/*\n  - B:\n      - b/index.md\n      - b/*\n",
    "\nnav:\n  - index.md\n  - B & b:\n      - b/index.md\n      - Three: b/three.md\n  - a/two.md\n  - missing.md\n",
    "\n",
)
edits = st.one_of(
    st.tuples(st.sampled_from(PATHS).map("docs_src/{}".format), texts),
    st.tuples(st.sampled_from(PATHS[2:]).map("docs_src/{}".format), st.none()),
    st.tuples(st.just("mkdocs.yml"), st.sampled_from(NAVIGATIONS).map(SETTINGS.__add__)),
    st.tuples(st.just("docs_src/api/openapi.yaml"), st.sampled_from(["openapi: 3.1.0\n", "openapi: 3.0.0\n"])),
    st.tuples(
        st.just("brands/acme/brand.json"), st.sampled_from(["Acme", "Bolt"]).map(lambda name: PLAIN | {"name": name})
    ),
    st.tuples(
        st.just("@themekit/site/overrides/partials/copyright.html"),
        st.sampled_from(["<p>{{ config.copyright }}</p>", "<b>x</b>"]),
    ),
    st.tuples(st.just("brands/zitrone/docs/a/own.md"), st.sampled_from(["# Own\n\n[x](one.md)\n", None])),
)
START = {
    "mkdocs.yml": SETTINGS + NAVIGATIONS[0],
    "docs_src/index.md": BODIES[0],
    "docs_src/a/index.md": BODIES[3],
    "docs_src/a/one.md": page("", [], BODIES[1]),
    "docs_src/a/two.md": page("Two", ["Red"], BODIES[0]),
    "docs_src/b/index.md": BODIES[5],
    "docs_src/api/openapi.yaml": "openapi: 3.0.0\n",
    "brands/acme/brand.json": json.dumps(PLAIN),
    "brands/zitrone/brand.json": json.dumps(GERMAN),
}


def outcome(engine):
    """Every file of every brand's pages, and what is said of them."""
    return {
        brand_id: (
            {str(artifact.path): artifact.content for artifact in engine.get(pages, brand_id)},
            engine.diagnostics(pages, brand_id),
        )
        for brand_id in BRANDS
    }


def write(host, path, content):
    if content is not None:
        host.write(path, json.dumps(content) if isinstance(content, dict) else content)
    elif host.read(PurePosixPath(path)) is not None and not path.startswith("@"):
        host.delete(path)


@pytest.fixture(scope="module")
def renderers():
    """One that sees every edit, and one that sees none."""
    kept, clean = Renderer(processes=1), Renderer(processes=2)
    yield kept, clean
    kept.close()
    clean.close()


@settings(max_examples=4, deadline=None)
@given(st.lists(edits, min_size=2, max_size=5))
def test_pieces_equal_a_clean_build(renderers, tmp_path_factory, sequence):
    kept, clean = renderers
    host = ProjectHost(START)
    engine = Engine(host, MemoryStore(), code="1")
    with pytest.MonkeyPatch.context() as patch:
        for path, content in sequence:
            write(host, path, content)
            engine.refresh()
            patch.setattr(pieces, "shared_renderer", lambda: kept)
            incremental = outcome(engine)
            clean.forget()
            patch.setattr(pieces, "shared_renderer", lambda: clean)
            assert outcome(Engine(host, MemoryStore(), code="1")) == incremental
        patch.setattr(pieces, "shared_renderer", lambda: kept)
        of = engine.get(variant, BRANDS[0])
        template = engine.get(site_template, of, "")
    scratch = tmp_path_factory.mktemp("whole")
    whole, diagnostics = compile_site(of, engine.get(site_sources), scratch=scratch)
    assert whole == template
    assert {(each.code, each.message) for each in diagnostics} == {
        (each.code, each.message) for each in engine.diagnostics(site_template, of, "")
    }


def ran_after(path, content):
    """The tasks that an edit of the small project runs for one brand, pages by their number."""
    host = ProjectHost(START)
    engine = Engine(host, MemoryStore(), code="1")
    engine.get(pages, BRANDS[0])
    write(host, path, content)
    engine.refresh()
    engine.get(pages, BRANDS[0])
    names = [name for name in engine.ran if name in {"page_content", "page_output", "template_files", "pages"}]
    return {name: names.count(name) for name in names}


def test_an_edit_runs_what_it_touches():
    """A text runs its page, a title or the navigation the files of all, a brand's text a stamp, its tokens nothing."""
    two = START["docs_src/a/two.md"]
    page_files = sum(path.endswith(".md") for path in START) + 1  # and the first page of the reference
    assert {"page_content": 1, "page_output": 1, "pages": 1} == ran_after("docs_src/a/two.md", f"{two}\nMore.\n")
    retitled = ran_after("docs_src/a/two.md", two.replace("title: Two", "title: Three"))
    assert {"page_content": 1, "page_output": page_files, "template_files": 1, "pages": 1} == retitled
    navigation = ran_after("mkdocs.yml", SETTINGS + NAVIGATIONS[1])
    assert {"page_output": page_files, "template_files": 1, "pages": 1} == navigation
    assert {"pages": 1} == ran_after("brands/acme/brand.json", PLAIN | {"name": "Bolt"})
    assert {} == ran_after("brands/acme/brand.json", PLAIN | {"color": {"primary": "#ff0000"}})
    assert {} == ran_after("docs_src/api/openapi.yaml", "openapi: 3.1.0\n")


@pytest.fixture(autouse=True, scope="module")
def _end_processes():
    yield
    shared_renderer().close()
