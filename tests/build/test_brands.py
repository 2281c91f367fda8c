"""What a project's tasks say of its brands, where two stages must agree."""

import os

import pytest
from click import UsageError
from hypothesis import given
from hypothesis import strategies as st

from themekit.build import brands as brands_module
from themekit.build.brands import brand, brand_ids, section_names
from themekit.build.checking import check
from themekit.build.pictures import logos
from themekit.build.portal import site_sources
from themekit.build.prepare import Verdict
from themekit.build.project import Project
from themekit.cli.project import chosen_brands
from themekit.engine import Engine, MemoryHost, MemoryStore
from themekit.model import BrandId
from themekit.site.variant import sections_of

PAGES = st.lists(
    st.sampled_from(
        [
            "docs_src/index.md",
            "docs_src/guides/index.md",
            "docs_src/guides/start.md",
            "docs_src/sdks/deep/down/page.md",
            "docs_src/sdks/logo.svg",
            "docs_src/payouts/only.de.md",
            "docs_src/.drafts/x.md",
            "docs_src/guides2/.hidden.md",
            "docs_src/api/openapi.md",
            "docs_src/changes/one.added.md",
            "docs_src/assets/readme.md",
            "docs_src/empty/picture.png",
        ]
    ),
    unique=True,
)


@given(paths=PAGES)
def test_a_brand_may_show_the_sections_that_the_site_has(paths):
    """`portal.sections` is judged by what the render takes for a section: no other folder, and none forgotten."""
    engine = Engine(MemoryHost(dict.fromkeys(paths, b"# x")), MemoryStore(), code="")
    assert sections_of(source.path for source in engine.get(site_sources)) == engine.get(section_names)


def test_a_section_needs_no_first_page():
    engine = Engine(MemoryHost({"docs_src/sdks/deep/page.md": b"", "docs_src/a/b.png": b""}), MemoryStore(), code="")
    assert ("sdks",) == engine.get(section_names)


def test_a_brand_folder_that_leaves_the_project_is_told_and_fails(tmp_path):
    """It was passed over as if it were a file."""
    (tmp_path / "elsewhere").mkdir()
    for brand_id in ("acme", "shop"):
        folder = tmp_path / "project" / "brands" / brand_id
        folder.mkdir(parents=True)
        (folder / "brand.json").write_text('{"name": "Acme", "color": {"primary": "#0b5fff"}}')
    root = tmp_path / "project"
    (root / "brands/partner").symlink_to(tmp_path / "elsewhere")
    (root / "brands/README.md").symlink_to(tmp_path / "elsewhere")
    (root / "brands/gone").symlink_to("nowhere")
    (root / "brands/notes").write_text("no brand")
    project = Project(root)
    brands = project.engine.get(brand_ids)
    assert ("acme", "shop") == brands
    verdict = Verdict.on(project, brands, tasks=(brand,), lost={})
    assert ["partner"] == verdict.failed
    (one,) = (each for each in verdict.diagnostics if each.is_error)
    assert "`brands/partner` cannot be read: it leaves the project" == one.message
    assert [] == Verdict.on(project, brands[:1], tasks=(brand,), lost={}).failed
    assert brands == chosen_brands(project, [])
    with pytest.raises(UsageError, match="`brands/partner` cannot be read: it leaves the project"):
        chosen_brands(project, ["partner"])


def test_a_logo_that_cannot_be_read_is_shown_with_the_line_that_names_it(tmp_path):
    folder = tmp_path / "brands" / "acme"
    folder.mkdir(parents=True)
    text = '{"name": "Acme", "color": {"primary": "#0b5fff"},\n"logos": {"light": "logo.svg", "mark": "mark.svg"}}'
    (folder / "brand.json").write_text(text)
    (folder / "logo.svg").symlink_to(tmp_path.parent / "elsewhere.svg")
    os.mkfifo(folder / "mark.svg")
    told = Project(tmp_path).engine.diagnostics(logos, BrandId("acme"))
    light, mark = (each for each in told if each.code == "unreadable-input")
    assert "`brands/acme/logo.svg` cannot be read: it leaves the project" == light.message
    assert "`brands/acme/mark.svg` cannot be read: it is not a regular file" == mark.message
    for found, name in ((light, '"logo.svg"'), (mark, '"mark.svg"')):
        (note,) = found.notes
        assert "it is named here" == note.message
        assert (2, text.split("\n")[1].index(name) + 1) == (note.place.line, note.place.column)


def test_a_brand_file_that_is_a_link_to_nothing_is_told(tmp_path):
    """It was built as a brand without anything, and `check` had no word on it."""
    (tmp_path / "brands/acme").mkdir(parents=True)
    (tmp_path / "brands/acme/brand.json").symlink_to("nowhere.json")
    report = check(Project(tmp_path), (BrandId("acme"),), jobs=1, tell=lambda _: None)
    assert (BrandId("acme"),) == report.failed
    found = {each.code: str(each.place.path) for each in report.diagnostics}
    assert "brands/acme/brand.json" == found["unreadable-input"]


def test_a_folder_with_too_many_files_is_refused(monkeypatch):
    """Links can lead to millions: looking ends at the bound, with one error at the folder."""
    monkeypatch.setattr(brands_module, "MAX_FILES", 11)
    files = {f"docs_src/{name}/{number}.md": b"# x" for name in "abcd" for number in range(3)}
    host = MemoryHost(files)
    engine = Engine(host, MemoryStore(), code="")
    (found,) = engine.diagnostics(site_sources)
    assert ("unreadable-input", "docs_src") == (found.code, str(found.place.path))
    assert "`docs_src` cannot be read: it has more than 11 files and folders, counted along its links" == found.message
    for name in "cd":
        for number in range(3):
            host.delete(f"docs_src/{name}/{number}.md")
    assert () == Engine(host, MemoryStore(), code="").diagnostics(site_sources)
