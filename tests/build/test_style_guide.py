"""The style guide is in a portal whose navigation has it, and costs a brand one file more."""

from pathlib import PurePosixPath

import pytest

from tests.literate.project import ProjectHost
from themekit.build.brands import brand, section_names
from themekit.build.pieces import docs_names
from themekit.build.portal import guide_files
from themekit.build.reference import docs_content, localised_sources
from themekit.build.style_guide import guide_names
from themekit.engine import Engine, MemoryStore
from themekit.model import BrandId
from themekit.site.navigation_free import named_in_navigation

PAGE, GERMAN = PurePosixPath("docs_src/style-guide/index.md"), PurePosixPath("docs_src/style-guide/index.de.md")
ACME = BrandId("acme")
LISTED = b"site_name: x\nnav:\n  - Home: index.md\n  - More:\n      - Looks: style-guide/index.md\n"


def project(configuration=LISTED, portal="{}", **files):
    brand_file = f'{{"name": "Acme", "color": {{"primary": "#0b5fff"}}, "portal": {portal}}}'.encode()
    host = ProjectHost(
        {
            "mkdocs.yml": configuration,
            "docs_src/index.md": b"# Home\n",
            "docs_src/guides/index.md": b"# Guides\n",
            "brands/acme/brand.json": brand_file,
            **{path.replace("__", "/") + ".md": content for path, content in files.items()},
        }
    )
    return host, Engine(host, MemoryStore(), code="")


def content(ask, path):
    """As a task, so that a test can ask it."""
    return docs_content(ask, path)


def test_a_navigation_that_lists_it_has_it_in_every_language():
    _, engine = project()
    assert {PAGE, GERMAN} <= set(engine.get(docs_names))
    assert ("guides", "style-guide") == engine.get(section_names)
    assert b"# Style guide" in engine.get(content, PAGE)
    assert b"# Gestaltung" in engine.get(content, GERMAN)
    (german,) = engine.get(localised_sources, "de")
    assert (PAGE, engine.get(content, GERMAN)) == (german.path, german.content)


def test_a_navigation_that_does_not_has_none_of_it():
    _, engine = project(b"site_name: style-guide\nnav:\n  - Home: index.md\n")
    assert () == engine.get(guide_names)
    assert ("guides",) == engine.get(section_names)
    assert () == engine.get(guide_files, ACME)
    assert engine.get(content, PAGE) is None


def test_a_page_that_somebody_wrote_takes_its_place():
    _, engine = project(**{"docs_src__style-guide__index": b"# Ours\n"})
    assert () == engine.get(guide_names)
    assert b"# Ours\n" == engine.get(content, PAGE)
    assert () == engine.get(guide_files, ACME)


def test_a_brand_has_one_file_for_it():
    _, engine = project()
    (file,) = engine.get(guide_files, ACME)
    assert PurePosixPath("assets/style-guide.js") == file.path
    assert b'"--tk-color-text"' in file.content


def test_a_brand_that_does_not_show_the_section_has_none():
    _, engine = project(portal='{"sections": ["guides"]}')
    assert engine.get(brand, ACME) is not None
    assert () == engine.get(guide_files, ACME)


def test_an_edit_of_the_navigation_elsewhere_makes_nothing_anew():
    host, engine = project()
    engine.get(guide_files, ACME)
    host.write("mkdocs.yml", LISTED + b"theme: {name: material}\n")
    again = Engine(host, engine.store, code="")
    assert 1 == len(again.get(guide_files, ACME))
    assert ["lists_style_guide"] == again.ran


@pytest.mark.parametrize(
    ("navigation", "expected"),
    [
        ("nav: [style-guide/index.md]", True),
        ("nav:\n  - A:\n      - B:\n          - C: style-guide/index.md", True),
        ("nav: ['style-guide/*']", True),
        ("nav: [other/style-guide/index.md]", False),
        ("extra: [style-guide/index.md]", False),
        ("nav: style-guide", False),
        ("nav: [", False),
        ("- nav", False),
        ("nav: [!!python/name:os.system x, style-guide/index.md]", True),
        ("nav: &a [style-guide/index.md, *a]", True),
        ("nav: " + "[" * 5000, False),
    ],
)
def test_whether_a_navigation_names_a_page(navigation, expected):
    assert expected == named_in_navigation(navigation.encode(), "style-guide/index.md")
