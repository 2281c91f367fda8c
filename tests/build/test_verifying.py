"""Which brands are verified, and what is remembered of it. Sites and renders are made up."""

import json
from pathlib import PurePosixPath

import pytest

from tests.literate.project import ProjectHost
from themekit.build import verifying
from themekit.build.project import Project
from themekit.build.verifying import RECORD, verify_renders
from themekit.diagnostics import Reporter
from themekit.engine import Engine, MemoryStore
from themekit.model import Artifact, BrandId
from themekit.site.inputs import BRAND_FOLDER
from themekit.site.render import RENDER_FAILED, RenderedSite

NAMES = tuple(map(BrandId, "abcd"))
INDEX, STYLE = PurePosixPath("index.html"), BRAND_FOLDER / "tokens.css"
PAGE = PurePosixPath("docs_src/index.md")


def made_site(ask, brand_id):
    page = (ask.read(PAGE) or b"") + b"<p>" + brand_id.encode()
    return (
        Artifact(PurePosixPath("site") / INDEX, page, "text/html"),
        Artifact(PurePosixPath("site") / STYLE, b"x {}", "text/css"),
    )


def made_files(ask, brand_id):
    del ask, brand_id
    return (Artifact(STYLE, b"x {}", "text/css"),)


def page_of(inputs, page=b""):
    return RenderedSite({INDEX: page + f"<p>{inputs.fields['id']}".encode()})


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project of four brands, whose sites hold their names."""
    spec = json.dumps({"name": "Acme", "color": {"primary": "#0b5fff"}}).encode()
    opened = Project(tmp_path)
    host = ProjectHost({f"brands/{name}/brand.json": spec for name in NAMES} | {str(PAGE): b""})
    opened.__dict__.update(host=host, engine=Engine(host, MemoryStore(), code=""))
    monkeypatch.setitem(verifying.PARTS, "site", made_site)
    monkeypatch.setattr(verifying, "brand_files", made_files)
    return opened


@pytest.fixture
def verify(project, monkeypatch):
    """Verifies some brands, whose plain renders are `render`'s."""

    def run(count, *, render=page_of, writes=False, brands=NAMES):
        monkeypatch.setattr(verifying, "render_site", lambda _sources, inputs, **_: render(inputs))
        return verify_renders(project, brands, count=count, jobs=2, writes=writes, tell=lambda _: None)

    return run


def other_for(*names):
    return lambda inputs: RenderedSite({INDEX: b"other"}) if inputs.fields["id"] in names else page_of(inputs)


def test_all_brands_have_a_turn_before_one_has_another(verify):
    rounds = [[verify(1).brands[0] for _ in NAMES] for _ in range(3)]
    assert [set(NAMES)] * 3 == [set(each) for each in rounds]


def test_more_than_there_are_is_all(verify):
    done = verify(9)
    assert set(NAMES) == set(done.brands)
    assert ((), ()) == (done.differing, done.diagnostics)


def test_the_choice_is_the_same_for_the_same_sites_and_record(verify, project):
    first = verify(2).brands
    (project.cache / RECORD).unlink()
    assert first == verify(2).brands


def test_without_a_record_an_edit_changes_the_choice(verify, project):
    found = set()
    for number in range(8):
        page = b"#" * number
        project.host.write(str(PAGE), page)
        project.engine.refresh()
        found |= set(verify(1, render=lambda inputs, page=page: page_of(inputs, page)).brands)
        (project.cache / RECORD).unlink()
    assert len(found) > 1


def test_a_brand_that_differs_is_the_first_of_the_next_run(verify):
    done = verify(4, render=other_for("b"))
    assert ("b",) == done.differing
    assert ["build/b/site/index.html"] == [str(each.place.path) for each in done.diagnostics]
    assert ("b",) == verify(1).brands


@pytest.mark.parametrize(
    "record", ["", "[]", "{}", '{"version": 1, "turns": []}', '{"version": 1, "turns": {"a": "x"}}', '{"version": 2}']
)
def test_a_damaged_record_is_none(verify, project, record):
    project.cache.mkdir(parents=True)
    (project.cache / RECORD).write_text(record)
    verify(4)
    assert dict.fromkeys(NAMES, 1) == json.loads((project.cache / RECORD).read_bytes())["turns"]


def test_what_was_written_is_compared_file_by_file(verify, project):
    for name in NAMES:
        folder = project.output / name / "site" / BRAND_FOLDER
        folder.mkdir(parents=True)
        (project.output / name / "site/index.html").write_text(f"<p>{name}")
        (folder / "tokens.css").write_bytes(b"x {}")
    (project.output / "c/site/stale.html").write_text("old")
    (project.output / "d/site/assets/brand/tokens.css").unlink()
    done = verify(4, writes=True)
    assert {"build/c/site/stale.html", "build/d/site/assets/brand/tokens.css"} == {
        str(each.place.path) for each in done.diagnostics
    }


def test_a_plain_render_that_fails_is_a_difference(verify):
    report = Reporter()
    report(RENDER_FAILED, None, "stopped")
    done = verify(1, render=lambda _: RenderedSite({}, report.diagnostics))
    assert done.brands == done.differing
    assert ["render-differs", "render-failed"] == [each.code for each in done.diagnostics]


def test_a_brand_that_was_broken_meanwhile_is_not_verified(verify, project):
    project.host.write("brands/a/brand.json", b"{")
    assert set(NAMES[1:]) == set(verify(4).brands)


def test_the_plain_side_reads_inputs_anew(verify, project):
    """Whatever the build's engine has kept: it could be wrong, and that is to be found."""
    verify(1)
    project.host.write(str(PAGE), b"# edited")
    done = verify(4, render=lambda inputs: page_of(inputs, b"# edited"))
    assert set(NAMES) == set(done.differing)
