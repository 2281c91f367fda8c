"""A small project with a live preview of it, and a caller of ASGI apps that knows the Studio's secrets."""

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from studio_caller import Caller, FakeLive

from themekit.build.project import Project
from themekit.build.scaffold import write_scaffold
from themekit.studio.serving.guard import Origins, StudioGuard
from themekit.studio.serving.studio_app import studio_app

PAGE = "<!doctype html><title>Studio</title>"


@pytest.fixture
def project(tmp_path):
    """Two brands, a page, and no output."""
    write_scaffold(tmp_path / "project")
    return Project(tmp_path / "project")


@pytest.fixture
def origins():
    return Origins(4100, 4200)


@pytest.fixture
def live(project):
    return FakeLive(project)


@pytest.fixture
def studio(live, origins, tmp_path):
    """Asks the Studio's app, as its own page would."""
    page = tmp_path / "page"
    page.mkdir()
    (page / "index.html").write_text(PAGE, encoding="utf-8")
    return Caller(StudioGuard(studio_app(live, origins, page=page), origins), origins)


@pytest.fixture
def acme(project):
    """The path of a brand's file."""
    return project.root / "brands" / "acme" / "brand.json"


@pytest.fixture
def saved(acme):
    """What the file says now, as JSON."""
    return lambda: json.loads(acme.read_text(encoding="utf-8"))
