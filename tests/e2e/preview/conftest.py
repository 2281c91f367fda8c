"""A preview of a small project, started once, and a real browser."""

import json
import shutil
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from previewing import COMMAND, Listener, previewed

PAGE = """# Living page

First words.

=== "One"

    Text of tab one.

=== "Two"

    Text of tab two.

??? note "More"

    Folded text.

""" + "\n\n".join(f"## Part {number}\n\nParagraph {number}." for number in range(60))

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40"><rect width="120" height="40" fill="{}"/></svg>'


@pytest.fixture(scope="session")
def project(built, tmp_path_factory):
    root = tmp_path_factory.mktemp("previewed") / "project"
    shutil.copytree(built.root, root, copy_function=shutil.copy2)
    (root / "docs_src" / "living.md").write_text(PAGE)
    (root / "brands" / "acme" / "logo.svg").write_text(LOGO.format("#123456"))
    brand = {"$schema": "../brand.schema.json", "name": "Acme", "color": {"primary": "#0b5fff"}}
    (root / "brands" / "acme" / "brand.json").write_text(json.dumps({**brand, "logos": {"light": "logo.svg"}}))
    (root / "elsewhere" / "linked").mkdir(parents=True)
    (root / "elsewhere" / "linked" / "brand.json").write_text(json.dumps({**brand, "name": "Linked"}))
    (root / "brands" / "linked").symlink_to("../elsewhere/linked")
    return root


@pytest.fixture(scope="session")
def preview(project):
    assert COMMAND
    with previewed(project) as running:
        running.warm("acme/living.html")
        yield running


@pytest.fixture
def events(preview):
    listener = Listener(preview)
    yield listener
    listener.close()


@pytest.fixture(scope="module")
def chromium():
    """One a module: two of Playwright's loops cannot run side by side, and other tests have theirs."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu", "--no-first-run"]
        )
        yield opened
        opened.close()


@pytest.fixture
def page(preview, chromium):
    """The page of acme, which notes whether it was loaded anew."""
    opened = chromium.new_page(viewport={"width": 1280, "height": 800})
    opened.set_default_timeout(120_000)  # of a machine that does other things, too
    errors = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.goto(f"{preview.pages}acme/living.html")
    opened.wait_for_function("document.querySelector('.md-header') && document.fonts.status === 'loaded'")
    opened.evaluate("window.isSamePage = true")
    yield opened
    assert [] == errors
    opened.close()


@pytest.fixture
def brand_file(project):
    """The file of acme, which is put back after the test."""
    path = project / "brands" / "acme" / "brand.json"
    before = path.read_bytes()
    yield path
    path.write_bytes(before)
