"""Generated pages flow as pages do: an edit of the description renders the pages that it changes, and no other."""

import shutil
from pathlib import Path, PurePosixPath

import pytest

from tests.literate.project import ProjectHost
from themekit.build.brands import section_names
from themekit.build.documentation import linted, record_of, sample_states, shown_operations
from themekit.build.pieces import docs_names
from themekit.build.reference import (
    docs_content,
    localised_sources,
    reference_files,
    reference_names,
    reference_page,
    reference_sources,
)
from themekit.build.sandbox import SANDBOX as SANDBOX_FILES
from themekit.build.sdk import api_model, api_path
from themekit.engine import Engine, MemoryStore
from themekit.model.outline import OperationId
from themekit.site.console import FOLDER, SANDBOX
from themekit.site.reference.addresses import has_directory_urls
from themekit.site.reference.samples import Sample
from themekit.trial.samples import COMPILERS, compiled_samples

API = """openapi: 3.1.0
info: {title: Payments, version: "1"}
security: []
tags: [{name: Payments, description: Collect money.}, {name: Payouts, description: Pay out.}]
paths:
  /payments:
    get:
      operationId: listPayments
      summary: List payments
      tags: [Payments]
      responses:
        "200": {description: All of them., content: {application/json: {schema: {type: object}}}}
        "404": {description: There are none.}
  /payouts:
    get:
      operationId: listPayouts
      summary: List payouts
      tags: [Payouts]
      responses:
        "200": {description: All of them., content: {application/json: {schema: {type: object}}}}
        "404": {description: There are none.}
"""
FILES = {
    "mkdocs.yml": b"site_name: x\nuse_directory_urls: false\n",
    "docs_src/index.md": b"# Home\n",
    "docs_src/api/openapi.yaml": API.encode(),
    "docs_src/api/changes/2.md": b"# Version 2\n",
}
PAYMENTS = PurePosixPath("docs_src/reference/payments.md")
PAYOUTS = PurePosixPath("docs_src/reference/payouts.md")


def project(**changes):
    host = ProjectHost(FILES | {path.replace("__", "/"): content for path, content in changes.items()})
    return host, Engine(host, MemoryStore(), code="")


@pytest.fixture
def no_languages(monkeypatch):
    """Samples are a matter of their own, and take their time."""
    monkeypatch.setattr("themekit.build.reference._languages", dict)


@pytest.mark.usefixtures("no_languages")
def test_pages_are_files_of_the_docs_in_every_language():
    _, engine = project()
    names = {str(path) for path in engine.get(docs_names)}
    assert {"docs_src/reference/index.md", str(PAYMENTS), "docs_src/reference/payments.de.md"} <= names
    assert "docs_src/reference/changes/2.md" in names
    assert "reference" in engine.get(section_names)


@pytest.mark.usefixtures("no_languages")
def test_without_a_description_there_are_none():
    host = ProjectHost({"docs_src/index.md": b"# Home\n"})
    engine = Engine(host, MemoryStore(), code="")
    assert () == engine.get(reference_names)
    assert "reference" not in engine.get(section_names)


@pytest.mark.usefixtures("no_languages")
def test_a_description_with_an_error_has_none_and_says_so():
    host, engine = project()
    host.write(PurePosixPath("docs_src/api/openapi.yaml"), b"openapi: 2.0\n")
    assert [PurePosixPath("docs_src/reference/changes/2.md")] == list(engine.get(reference_names))
    assert any(each.is_error for each in engine.diagnostics(reference_names))


@pytest.mark.usefixtures("no_languages")
def test_a_page_that_is_there_takes_the_place_of_a_generated_one():
    host, engine = project()
    host.write(PAYMENTS, b"# By hand\n")
    assert PAYMENTS not in engine.get(reference_names)
    assert PAYOUTS in engine.get(reference_names)
    assert b"# By hand\n" == engine.get(content_of, PAYMENTS)


def content_of(ask, path):
    """What a page's renderer reads."""
    return docs_content(ask, path)


@pytest.mark.usefixtures("no_languages")
def test_an_edit_runs_on_only_for_pages_that_show_it():
    """What is above a page stops where the page is the same."""
    host, engine = project()
    before = engine.get(content_of, PAYOUTS)
    engine.get(content_of, PAYMENTS)
    host.write(PurePosixPath("docs_src/api/openapi.yaml"), API.replace("List payments", "List all").encode())
    engine.refresh()
    assert before == engine.get(content_of, PAYOUTS)
    assert "reference_page" in engine.ran
    assert "content_of" not in engine.ran
    assert b"List all" in engine.get(content_of, PAYMENTS)
    assert "content_of" in engine.ran


@pytest.mark.usefixtures("no_languages")
def test_changes_are_shown_as_they_are():
    _, engine = project()
    assert b"# Version 2\n" == engine.get(content_of, PurePosixPath("docs_src/reference/changes/2.md"))


@pytest.mark.usefixtures("no_languages")
def test_a_renderer_of_one_language_gets_its_pages_in_place():
    _, engine = project()
    found = {source.path: source.content for source in engine.get(localised_sources, "de")}
    assert b"<h3>Antworten</h3>" in found[PAYMENTS]
    assert not [path for path in found if path.name.endswith(".de.md")]
    assert len(engine.get(reference_sources)) > len(found)


@pytest.mark.usefixtures("no_languages")
def test_a_page_is_that_of_all_pages():
    _, engine = project()
    by_path = {source.path: source.content for source in engine.get(reference_files, "de")}
    path = PurePosixPath("docs_src/reference/payouts.de.md")
    assert by_path[path] == engine.get(reference_page, path)


@pytest.mark.parametrize(
    ("configuration", "expected"),
    [
        ("site_name: x\n", True),
        ("use_directory_urls: false\n", False),
        ("use_directory_urls: true\n", True),
        ("x: !!python/name:a.b c\nuse_directory_urls: false\n", False),
        ("- a list\n", True),
        ("{", True),
    ],
)
def test_addresses_are_as_mkdocs_yml_has_them(configuration, expected):
    assert expected == has_directory_urls(configuration.encode())


@pytest.mark.usefixtures("no_languages")
def test_an_operation_is_shown_where_its_section_is_on_its_page():
    _, engine = project()
    api = engine.get(api_model, engine.get(api_path))
    page = ("reference/payments.html", ("list",))
    assert {"listPayments"} == shown_operations(api, [(page,)])
    assert set() == shown_operations(api, [(("reference/payments.html", ("other",)),)])
    assert {"listPayments", "listPayouts"} == shown_operations(
        api, [(page,), (("reference/payouts/index.html", ("list",)),)]
    )


def test_samples_are_known_by_their_text():
    """A record of other text says nothing."""
    good, bad, new = (Sample("go", "Go", "go", text) for text in ("a", "b", "c"))
    record = record_of({"go": [(good, True), (bad, False)]})
    states, diagnostics = sample_states({"go": [("one", good), ("two", bad), ("three", new)]}, record)
    assert {"one": {"go": "works"}, "two": {"go": "fails"}, "three": {"go": "unknown"}} == states
    assert ["unchecked-samples"] == [each.code for each in diagnostics]


def test_a_compiler_that_was_not_found_is_named_as_the_reason():
    """`--compile` was run already, so it is no help to be told to run it."""
    good = Sample("go", "Go", "go", "a")
    record = record_of({"go": [(good, True)]})
    assert ["its compiler was not found"] == [
        each.hint[:26] for each in sample_states({"java": [("one", good)]}, record)[1]
    ]
    assert ["run `themekit docs audit -"] == [
        each.hint[:26] for each in sample_states({"java": [("one", good)]}, None)[1]
    ]


@pytest.mark.parametrize("record", [None, b"", b"[]", b"{", b'{"version": 9}', b'{"version": 1, "samples": []}'])
def test_a_damaged_record_says_nothing(record):
    sample = Sample("go", "Go", "go", "a")
    assert {OperationId("one"): {"go": "unknown"}} == sample_states({"go": [("one", sample)]}, record)[0]


def test_what_rules_find_is_at_its_line():
    _, engine = project()
    path = PurePosixPath("docs_src/api/openapi.yaml")
    assert 0 == engine.get(linted, path)


def test_a_compiler_names_the_samples_that_it_refuses(tmp_path, monkeypatch):
    """A wrong program among right ones is found by its number; the right ones count as right."""
    from themekit.build.project import Project

    root = Path(__file__).parents[2]
    for name in ("brands", "docs_src/api"):
        shutil.copytree(root / name, tmp_path / name)
    opened = Project(tmp_path)
    right = Sample("python", "Python", "python", "import \ufdd0python-module\ufdd2plain\ufdd1\n")
    wrong = Sample("python", "Python", "python", "from \ufdd0python-module\ufdd2plain\ufdd1 import Missing\n")
    monkeypatch.setattr("themekit.trial.samples.COMPILERS", {"python": COMPILERS["python"]})
    monkeypatch.setattr("themekit.trial.samples.language_samples", made_samples)
    MADE[:] = [("one", right), ("two", wrong), ("three", right)]
    said = []
    found = compiled_samples(opened, "acme", tell=said.append)
    assert [True, False, True] == [is_good for _, is_good in found["python"]]
    count, why = said
    assert "compiled 3 samples in python: 1 refused" == count
    assert why.startswith("  samples/s1.py:1: error: Module")
    assert "Missing" in why


MADE = []


def made_samples(ask, language):
    """In the place of the task."""
    del ask, language
    return tuple(MADE)


KEPT = {
    "docs_src__api__versions__1.9.yaml": API.replace('version: "1"', 'version: "1.9"').encode(),
    "docs_src__api__versions__1.10.yaml": API.replace('version: "1"', 'version: "1.10"')
    .replace("/payouts:", "/transfers/{% x %}/`a`:")
    .encode(),
}
NEWEST = API.replace('version: "1"', 'version: "2.0"').encode()


@pytest.mark.usefixtures("no_languages")
def test_kept_descriptions_become_pages_of_what_changed():
    """In the order of versions, where 10 follows 9; the description as it is comes last."""
    host, engine = project(**KEPT)
    host.write(PurePosixPath("docs_src/api/openapi.yaml"), NEWEST)
    engine.refresh()
    folder = PurePosixPath("docs_src/reference/changes")
    names = [path.name for path in engine.get(reference_names) if path.parent == folder]
    assert ["index.md", "index.de.md", "1.10.md", "1.10.de.md", "2.0.md", "2.0.de.md", "2.md"] == names
    index = engine.get(content_of, folder / "index.md").decode()
    assert index.index("[2.0](2.0.md)") < index.index("[1.10](1.10.md)")
    page = engine.get(content_of, folder / "1.10.md").decode()
    assert "## Breaking changes { #major }" in page
    assert "<code>GET /payouts</code>" in page or "GET /payouts" in page
    assert "{% x" not in page
    assert "## Brechende" in engine.get(content_of, folder / "2.0.de.md").decode()


@pytest.mark.usefixtures("no_languages")
def test_one_version_has_no_pages_and_a_page_by_hand_comes_first():
    host, engine = project(**dict([next(iter(KEPT.items()))]))
    host.write(PurePosixPath("docs_src/api/openapi.yaml"), KEPT["docs_src__api__versions__1.9.yaml"])
    engine.refresh()
    folder = PurePosixPath("docs_src/reference/changes")
    assert ["2.md"] == [path.name for path in engine.get(reference_names) if path.parent == folder]
    host.write(PurePosixPath("docs_src/api/openapi.yaml"), NEWEST)
    host.write(PurePosixPath("docs_src/api/changes/2.0.md"), b"# By hand\n")
    engine.refresh()
    assert b"# By hand\n" == engine.get(content_of, folder / "2.0.md")
    assert 1 == list(engine.get(reference_names)).count(folder / "2.0.md")


@pytest.mark.usefixtures("no_languages")
def test_console_and_sandbox_are_files_of_the_docs_where_an_api_is_described():
    """Nothing of them names its tool's source map, and a page's edit makes none of them anew."""
    _, engine = project()
    names = {str(path.relative_to("docs_src")) for path in engine.get(reference_names)}
    assert set(SANDBOX) <= names
    assert FOLDER + "swagger-ui-bundle.js" in names
    data = engine.get(content_of, PurePosixPath("docs_src/sandbox-data.js"))
    assert data.startswith(b"self.API_SANDBOX={")
    operations = engine.get(content_of, PurePosixPath("docs_src", FOLDER, "operations.js"))
    assert b'"/payouts"' in operations
    sheet = engine.get(content_of, PurePosixPath("docs_src", FOLDER, "swagger-ui.css"))
    assert b"sourceMappingURL" not in sheet
    assert b"var(--tk-color-primary-11)" in sheet


def test_the_site_knows_the_sandboxs_files():
    assert {str(path.name) for path in SANDBOX_FILES} == set(SANDBOX)
