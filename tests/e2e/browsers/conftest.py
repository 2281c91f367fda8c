"""Firefox and WebKit as Debian has them, a preview of a small project, and a built portal with an API to try."""

import shutil
import subprocess
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.e2e.browsers.webdriver import FIREFOX, WEBKIT, firefox, webkit
from tests.e2e.preview.previewing import previewed
from tests.e2e.studio.conftest import bundle  # noqa: F401 - a fixture
from themekit.build.scaffold import write_scaffold

ROOT = Path(__file__).parents[3]
BRAND = """{
    "name":   "Acme",
    "color":  { "primary": "#0b5fff" },
    "shape":  { "radius": "6px" }
}
"""
PAGE = """# Living page

First words.

=== "One"

    Text of tab one.

=== "Two"

    Text of tab two.

""" + "\n\n".join(f"## Part {number}\n\nParagraph {number}." for number in range(40))
API = """\
openapi: 3.1.0
info: {title: Notes, version: 1.0.0}
paths:
  /notes:
    post:
      operationId: createNote
      tags: [Notes]
      summary: Create a note
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: "#/components/schemas/NewNote"}}}
      responses:
        "201":
          description: The note.
          content: {application/json: {schema: {$ref: "#/components/schemas/Note"}}}
  /notes/{note_id}:
    get:
      operationId: getNote
      tags: [Notes]
      summary: Get a note
      parameters: [{name: note_id, in: path, required: true, schema: {type: string}}]
      responses:
        "200":
          description: The note.
          content: {application/json: {schema: {$ref: "#/components/schemas/Note"}}}
components:
  schemas:
    NewNote:
      type: object
      required: [text]
      properties: {text: {type: string, example: Call Ada}}
    Note:
      allOf:
        - $ref: "#/components/schemas/NewNote"
        - {type: object, required: [id], properties: {id: {type: string, example: note_1}}}
"""
MKDOCS = """\
site_name: A portal
docs_dir: docs_src
use_directory_urls: false
exclude_docs: |
  /api/
theme: {name: material, font: false}
plugins: [themekit, search]
markdown_extensions: [themekit, attr_list, pymdownx.superfences, pymdownx.tabbed: {alternate_style: true}]
"""
KINDS = {
    "firefox": (firefox, FIREFOX, "firefox-esr is not installed"),
    "webkit": (webkit, WEBKIT, "webkit2gtk-driver or xvfb is not installed"),
}


@pytest.fixture(scope="module", params=KINDS)
def started(request, tmp_path_factory):
    """One browser for the tests of a module."""
    start, command, reason = KINDS[request.param]
    if command is None:
        pytest.skip(reason)
    with start(tmp_path_factory.mktemp(request.param) / "browser") as opened:
        opened.size(1280, 900)
        yield opened


@pytest.fixture
def browser(started):
    """No page of a test has thrown what nobody caught."""
    before = len(started.errors())
    yield started
    started.frame(None)
    assert [] == started.errors()[before:]


@pytest.fixture(scope="session")
def preview(tmp_path_factory, bundle):  # noqa: ARG001, F811
    root = tmp_path_factory.mktemp("browsers") / "shop"
    write_scaffold(root)
    (root / "docs_src" / "living.md").write_text(PAGE, encoding="utf-8")
    with previewed(root) as running:
        running.warm("acme/living.html")
        running.warm("acme/index.html")
        yield running
        running.process.stdout.close()


@pytest.fixture
def brand_file(preview):
    """The file of acme, as it is before each test."""
    path = preview.root / "brands" / "acme" / "brand.json"
    path.write_text(BRAND, encoding="utf-8")
    return path


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_arguments):
        """Say nothing."""


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """A portal with an API of two operations, as `themekit build` makes it."""
    root = tmp_path_factory.mktemp("portal")
    (root / "docs_src" / "api").mkdir(parents=True)
    (root / "brands" / "acme").mkdir(parents=True)
    (root / "docs_src" / "api" / "openapi.yaml").write_text(API, encoding="utf-8")
    (root / "docs_src" / "index.md").write_text(PAGE, encoding="utf-8")
    (root / "mkdocs.yml").write_text(MKDOCS, encoding="utf-8")
    (root / "brands" / "acme" / "brand.json").write_text(BRAND, encoding="utf-8")
    command = [sys.executable, "-m", "themekit.cli", "build", "acme", "--only", "site"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, timeout=900)
    assert 0 == done.returncode, done.stderr
    yield root / "build" / "acme" / "site"
    shutil.rmtree(root)


@pytest.fixture(scope="session")
def address(site):
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
