"""The console of a built portal in a real Chromium: its Execute button is answered, with or without a server."""

import json
import shutil
import subprocess
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.skipif(shutil.which("chromium") is None, reason="chromium is not installed"),
]

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "docs_src" / "api" / "openapi.yaml"
MKDOCS = """\
site_name: A portal
docs_dir: docs_src
use_directory_urls: false
exclude_docs: |
  /api/
theme: {name: material, font: false}
plugins: [themekit, search]
markdown_extensions:
  - themekit
  - attr_list
  - toc: {permalink: true}
  - pymdownx.superfences
  - pymdownx.tabbed: {alternate_style: true}
"""
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
SCHEMES = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "contrast": {"color_scheme": "light", "contrast": "more"},
    "dark-contrast": {"color_scheme": "dark", "contrast": "more"},
}
PATIENCE_MS = 60_000  # against hanging, not a promise


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_arguments):
        """Say nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The sample API's reference, as `themekit build` makes it, and no other page but the first."""
    root = tmp_path_factory.mktemp("project")
    (root / "docs_src" / "api").mkdir(parents=True)
    (root / "brands" / "acme").mkdir(parents=True)
    shutil.copy(SAMPLE, root / "docs_src" / "api")
    (root / "docs_src" / "index.md").write_text("# Home\n")
    (root / "mkdocs.yml").write_text(MKDOCS)
    (root / "brands" / "acme" / "brand.json").write_text('{"name": "Acme", "color": {"primary": "#0b5fff"}}')
    command = [sys.executable, "-m", "themekit.cli", "build", "acme", "--only", "site"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, timeout=900)
    assert 0 == done.returncode, done.stderr
    return root / "build" / "acme" / "site"


@pytest.fixture(scope="module")
def address(site):
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=site))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium):
    context = chromium.new_context(viewport={"width": 1280, "height": 1000}, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()


def opened(page, name):
    """The panel of an operation ("GET /payments") on the page that is shown."""
    line = page.locator(f'[data-operation="{name}"]')
    line.locator(".tk-try").click()
    panel = line.locator("+ .tk-console")
    page.wait_for_function("panel => panel.dataset.state", arg=panel.element_handle())
    assert "ready" == panel.get_attribute("data-state"), panel.inner_text()
    return panel


def executed(panel):
    """Status and body of the answer to the Execute button."""
    before = panel.get_attribute("data-answers") or "0"
    panel.locator(".execute").click()
    panel.page.wait_for_function(
        "([panel, before]) => (panel.dataset.answers ?? '0') !== before", arg=[panel.element_handle(), before]
    )
    panel.page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)))")
    panel.locator(".loading-container").wait_for(state="detached")
    status = panel.locator(".live-responses-table tbody .response-col_status").inner_text().split()[0]
    body = panel.locator(".live-responses-table .highlight-code > pre.microlight")
    return status, body.first.inner_text() if body.count() else ""


def operations_by_page(site):
    import re
    from html import unescape

    found = {}
    for path in sorted((site / "reference").glob("*.html")):
        names = [unescape(each) for each in re.findall(r' data-operation="([^"]+)"', path.read_text(encoding="utf-8"))]
        if names:
            found[path.name] = names
    return found


@pytest.mark.parametrize("place", ["worker", "page"])
def test_every_operation_is_answered_through_the_execute_button(page, site, address, place):
    """From a web server by a service worker, and from a disk by the page itself."""
    base = address if place == "worker" else site.as_uri()
    found, kinds = {}, set()
    for name, operations in operations_by_page(site).items():
        page.goto(f"{base}/reference/{name}")
        for each in operations:
            panel = opened(page, each)
            kinds.add(page.evaluate("apiSandbox.ready"))
            page.evaluate("apiSandbox.reset()")
            for file in panel.locator("input[type=file]").all():
                file.set_input_files({"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n"})
            found[each] = executed(panel)[0]
    assert {} == {each: status for each, status in found.items() if not status.startswith("2")}
    assert (54, {place}) == (len(found), kinds)


@pytest.mark.parametrize("place", ["worker", "page"])
def test_what_was_created_is_got(page, site, address, place):
    page.goto(f"{address if place == 'worker' else site.as_uri()}/reference/payments.html")
    created = opened(page, "POST /payments")
    body = json.dumps({"amount": 4711, "currency": "EUR"})
    created.locator("textarea.body-param__text").fill(body)
    status, text = executed(created)
    made = json.loads(text)
    assert ("201", 4711) == (status, made["amount"])
    got = opened(page, "GET /payments/{payment_id}")
    got.locator('tr[data-param-name="payment_id"] input').fill(made["id"])
    status, text = executed(got)
    assert ("200", made) == (status, json.loads(text))


def test_pages_of_a_list_follow_one_another(page, address):
    page.goto(f"{address}/reference/payments.html")
    panel = opened(page, "GET /payments")
    seen = []
    for _ in range(3):
        panel.locator('tr[data-param-name="limit"] input').fill("3")
        if seen:
            panel.locator('tr[data-param-name="starting_after"] input').fill(seen[-1])
        _, text = executed(panel)
        answer = json.loads(text)
        seen += [each["id"] for each in answer["data"]]
    assert (7, 7, False) == (len(seen), len(set(seen)), answer["has_more"])


def test_refusals_are_shown(page, address):
    """Credentials that are not valid, and any answer that the description has."""
    page.goto(f"{address}/reference/payments.html")
    panel = opened(page, "GET /payments")
    panel.locator("input[data-scheme=secretKey]").fill("invalid")
    status, text = executed(panel)
    assert ("401", 401) == (status, json.loads(text)["status"])
    panel.locator("input[data-scheme=secretKey]").fill("sk_test_1")
    panel.locator("select.answer").select_option("429")
    status, text = executed(panel)
    assert ("429", 429) == (status, json.loads(text)["status"])
    assert "retry-after: 0" in panel.locator(".responses-inner").inner_text().lower()
    panel.locator("select.answer").select_option("")
    assert "200" == executed(panel)[0]


def test_a_request_goes_where_its_panel_says(page, address):
    """Live, it leaves the browser, and this brand's address leads nowhere. A key of one target is none of another."""
    page.goto(f"{address}/reference/payments.html")
    panel = opened(page, "GET /payments")
    sent = []
    page.on("request", lambda request: sent.append((request.url.split("?")[0], request.headers.get("authorization"))))
    panel.locator("select.target").select_option("live")
    assert "" == panel.locator("input[data-scheme=secretKey]").input_value()
    assert not panel.locator("select.answer").is_visible()
    panel.locator("input[data-scheme=secretKey]").fill("sk_live_1")
    panel.locator(".execute").click()
    panel.locator(".live-responses-table").get_by_text("Failed to fetch").first.wait_for()
    assert ("https://api.acme.example/v1/payments", "Bearer sk_live_1") in sent
    other = opened(page, "POST /payments")
    assert "live" == other.locator("select.target").input_value()
    panel.locator("select.target").select_option("simulation")
    assert ["simulation", "sandbox-key"] == [
        other.locator("select.target").input_value(),
        other.locator("input[data-scheme=secretKey]").input_value(),
    ]
    assert "200" == executed(panel)[0]


def test_an_operation_with_a_server_of_its_own_is_asked_there_if_it_is_live(page, address):
    page.goto(f"{address}/reference/payments.html")
    page.evaluate(
        "() => { let known; Object.defineProperty(window, 'API_OPERATIONS', { get: () => known, set: (each) => {"
        " each.paths['/payments'].get['x-server'] = 'https://own.example/v2/'; known = each; } }); }"
    )
    panel = opened(page, "GET /payments")
    sent = []
    page.on("request", lambda request: sent.append(request.url.split("?")[0]))
    assert "200" == executed(panel)[0]
    panel.locator("select.target").select_option("live")
    assert panel.locator(".about").inner_text().endswith(" own.example/v2")
    panel.locator(".execute").click()
    panel.locator(".live-responses-table").get_by_text("Failed to fetch").first.wait_for()
    assert "https://own.example/v2/payments" in sent


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_barrier_in_the_panel(chromium, address, scheme):
    from themekit.studio.chromium.axe import violations_of

    found = []
    for width in (1440, 390):
        context = chromium.new_context(
            viewport={"width": width, "height": 1000}, reduced_motion="reduce", **SCHEMES[scheme]
        )
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        for name, operation in (("payments.html", "POST /payments"), ("files.html", "POST /files")):
            page.goto(f"{address}/reference/{name}")
            panel = opened(page, operation)
            executed(panel) if name == "payments.html" else None
            assert panel.evaluate("panel => panel.scrollWidth <= panel.clientWidth + 1"), (operation, width)
            found += [(operation, width, each) for each in violations_of(page)]
        context.close()
    assert [] == found


def test_nothing_is_loaded_before_somebody_asks(page, address):
    asked = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.goto(f"{address}/reference/payments.html")
    page.wait_for_load_state("networkidle")
    parts = ("swagger", "sandbox", "operations", "console.js")
    assert ["console.js"] == [each for each in asked if each.startswith(parts)]
    opened(page, "GET /payments")
    assert {"swagger-ui-bundle.js", "swagger-ui.css", "operations.js", "sandbox.js"} <= set(asked)


def test_without_scripts_there_is_a_page_and_no_button(chromium, address):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/reference/payments.html")
    assert (0, True) == (page.locator(".tk-try").count(), page.get_by_text("List payments").first.is_visible())
    context.close()


def test_what_is_shipped_is_lean(site):
    import gzip

    folder = site / "assets" / "themekit" / "console"
    assert [] == [path.name for path in folder.rglob("*.map")]
    for path in (*folder.glob("*.js"), *folder.glob("*.css")):
        assert b"sourceMappingURL" not in path.read_bytes(), path.name
    code = b"".join((site / name).read_bytes() for name in ("sandbox-worker.js", "sandbox-engine.js"))
    assert len(gzip.compress(code, 9)) <= 20_000
