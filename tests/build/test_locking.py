"""The lock of a project names each input and tool, and each difference is shown at its line."""

import json

import pytest

from themekit.build import locking
from themekit.build.brands import BRANDS
from themekit.build.locking import LOCK, lock_drift, lock_of, lock_text, tools
from themekit.build.pieces import CONFIGURATION
from themekit.build.project import INPUTS
from themekit.diagnostics import Span
from themekit.engine import MemoryHost
from themekit.site.variant import DOCS

FILES = {
    "brands/acme/brand.json": b"{}",
    "brands/acme/.DS_Store": b"x",
    "docs_src/a/b.md": b"# b",
    "mkdocs.yml": b"site_name: x",
    "README.md": b"no input",
}


def host(changed=None, lock=None):
    files = {name: content for name, content in (FILES | (changed or {})).items() if content is not None}
    return MemoryHost(files if lock is None else files | {str(LOCK): lock.encode()})


@pytest.fixture
def text():
    return lock_text(lock_of(host()))


def drift(changed, lock):
    return [(each.message, each.place.line) for each in lock_drift(host(changed, lock))]


def line_of(text, part):
    return next(number for number, line in enumerate(text.splitlines(), 1) if part in line)


def test_inputs_are_what_tasks_read():
    assert (BRANDS, DOCS, CONFIGURATION) == INPUTS


def test_a_lock_names_the_inputs_and_tools_and_nothing_else(text):
    locked = json.loads(text)
    assert ["brands/acme/brand.json", "docs_src/a/b.md", "mkdocs.yml"] == list(locked["inputs"])
    assert {"python", "themekit", "mkdocs", "jinja2"} <= locked["tools"].keys()
    assert "pytest" not in locked["tools"]


def test_what_is_as_locked_differs_in_nothing(text):
    assert () == lock_drift(host(lock=text))
    assert text == lock_text(lock_of(host(lock=text)))


def test_every_difference_is_at_its_line(text):
    changed = {"docs_src/a/b.md": b"# c", "mkdocs.yml": None, "brands/volt/brand.json": b"{}"}
    assert {
        ("`docs_src/a/b.md` has changed", line_of(text, "a/b.md")),
        ("`mkdocs.yml` is gone", line_of(text, "mkdocs.yml")),
        ("`brands/volt/brand.json` is not locked", line_of(text, '"inputs"')),
    } == set(drift(changed, text))


def test_other_tools_differ(text, monkeypatch):
    now = {**tools(), "mkdocs": "9.9", "added": "1"}
    monkeypatch.setattr(locking, "tools", lambda: {name: now[name] for name in now if name != "jinja2"})
    version = tools()["mkdocs"]
    assert {
        (f"`mkdocs` is `9.9` here, and locked is `{version}`", line_of(text, '"mkdocs"')),
        ("`jinja2` is gone", line_of(text, '"jinja2"')),
        ("`added` is not locked", line_of(text, '"tools"')),
    } == set(drift({}, text))


def with_skia(monkeypatch, *, is_there):
    """The lock of a machine on which Skia can be loaded, or not: without libGL it draws nothing."""
    monkeypatch.setattr(locking.skia_svg, "is_there", lambda: is_there)
    monkeypatch.setattr(locking, "tools", tools.__wrapped__)
    return lock_text(lock_of(host()))


def test_a_lock_names_skia_where_it_draws(monkeypatch):
    """Two machines with the same packages draw different icons if one of them lacks libGL."""
    monkeypatch.setattr(locking, "version_of_skia", lambda: "144.1")
    by_skia = with_skia(monkeypatch, is_there=True)
    by_resvg = with_skia(monkeypatch, is_there=False)
    assert "144.1" == json.loads(by_skia)["tools"]["skia-python"]
    assert "skia-python" not in json.loads(by_resvg)["tools"]
    (found,) = lock_drift(host(lock=by_skia))
    assert "`skia-python` is not here, so resvg draws icons, with other bytes" == found.message
    assert "`themekit doctor` says why; install what it names, or run `themekit lock` if this is meant" == found.hint
    assert line_of(by_skia, "skia-python") == found.place.line
    with_skia(monkeypatch, is_there=True)
    (found,) = lock_drift(host(lock=by_resvg))
    assert "`skia-python` is not locked, and draws icons with other bytes than resvg did" == found.message


@pytest.mark.parametrize(
    "content",
    [
        "[]",
        "{}",
        '{"version": 1, "tools": {}}',
        '{"version": 2, "tools": {}, "inputs": {}}',
        '{"version": 1, "tools": {"a": 1}, "inputs": {}}',
        '{"version": 1, "tools": [], "inputs": {}}',
        '{"version": 1, "tools": {}, "inputs": {}, "more": 1}',
    ],
)
def test_a_lock_of_another_form_is_not_read(content):
    (found,) = lock_drift(host(lock=content))
    assert ("invalid-lock", Span(LOCK, 1, 1)) == (found.code, found.place)


def test_without_a_lock_nothing_is_frozen():
    (found,) = lock_drift(host())
    assert ("invalid-lock", "run `themekit lock`") == (found.code, found.hint)


def test_a_lock_with_a_merge_conflict_is_a_mistake_at_its_line(text):
    """Two branches that locked: what Git leaves is no JSON."""
    lines = text.splitlines(keepends=True)
    found = lock_drift(host(lock="".join([*lines[:3], "<<<<<<< HEAD\n", *lines[3:]])))
    assert {"json-syntax"} == {each.code for each in found}
    assert 4 == found[0].place.line
