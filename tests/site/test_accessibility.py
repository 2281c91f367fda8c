"""The portal in a real browser: no axe-core violation, no request to anybody else, diagrams, and search from a disk."""

import functools
import http.server
import json
import threading
from pathlib import Path

import pytest

from themekit.site.fields import slot_fields
from themekit.site.inputs import SiteInputs
from themekit.site.render import render_site
from themekit.site.variant import variant_of

pytestmark = [pytest.mark.slow, pytest.mark.browser]

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
SCHEMES = {
    "default": {"color_scheme": "light"},
    "slate": {"color_scheme": "dark"},
    "contrast": {"color_scheme": "light", "contrast": "more"},
}
KINDS = ["index.html", "guides/index.html", "guides/hooks.html", "resources/tags.html", "404.html"]


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = Path("/usr/bin/chromium")
        chromium = playwright.chromium.launch(executable_path=found if found.exists() else None, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory, module_portal):
    """The small portal of a real brand on a disk, with the brand's generated files."""
    sources, provision = module_portal
    folder = tmp_path_factory.mktemp("site")
    variant = variant_of(provision.brand, sources=sources)
    rendered = render_site(
        sources, SiteInputs(variant, slot_fields(provision.brand)), scratch=tmp_path_factory.mktemp("scratch")
    )
    for path, content in [*rendered.files.items(), *((file.path, file.content) for file in provision.files)]:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def address(site):
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

        def translate_path(self, path):
            return super().translate_path(path.removeprefix("/entwickler"))

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/entwickler/"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_violation_and_nobody_else(scheme, browser, address):
    """Every kind of page in every scheme; also at the width of a telephone."""
    from themekit.studio.chromium.axe import violations_of

    found, foreign, failed = [], [], []
    for width in (1440, 390):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, reduced_motion="reduce", **SCHEMES[scheme]
        )
        page = context.new_page()
        page.on("request", lambda request: foreign.append(request.url) if "127.0.0.1" not in request.url else None)
        page.on("pageerror", lambda error: failed.append(str(error)))
        page.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
        for kind in KINDS:
            page.goto(address + kind)
            page.wait_for_load_state("networkidle")
            assert scheme == page.evaluate("document.body.dataset.mdColorScheme")
            found += [(kind, width, each.rule, each.html) for each in violations_of(page)]
        context.close()
    assert [] == found
    assert [] == [url for url in foreign if not url.startswith(("data:", "blob:"))]
    assert [] == failed


def test_diagrams_are_drawn_by_the_portals_own_copy(browser, address):
    page = browser.new_page()
    page.goto(address + "guides/hooks.html")
    page.wait_for_selector("div.mermaid")
    # Material draws into a closed shadow root; its host has a size only if there is a picture in it.
    page.wait_for_function("document.querySelector('div.mermaid').getBoundingClientRect().height > 40")
    assert page.evaluate("performance.getEntriesByType('resource').some(e => e.name.includes('vendor/mermaid.min.js'))")
    page.close()


def test_pages_without_diagrams_do_not_load_them(browser, address):
    page = browser.new_page()
    page.goto(address + "guides/index.html")
    page.wait_for_load_state("networkidle")
    loaded = json.loads(page.evaluate("JSON.stringify(performance.getEntriesByType('resource').map(e => e.name))"))
    assert not [name for name in loaded if "mermaid" in name or "diagrams" in name]
    page.close()


def test_the_switch_is_labelled_and_goes_round(browser, address):
    page = browser.new_page(color_scheme="light")
    page.goto(address + "guides/index.html")
    seen = []
    for _ in range(3):
        seen.append(page.evaluate("document.body.dataset.mdColorScheme"))
        label = page.locator("form[data-md-component=palette] label:not([hidden])")
        assert label.get_attribute("title")
        label.click()
    assert ["default", "slate", "contrast"] == seen
    assert "default" == page.evaluate("document.body.dataset.mdColorScheme")
    page.close()


@pytest.mark.parametrize("place", ["http", "disk"])
def test_search_finds_a_page(place, browser, address, site):
    page = browser.new_page()
    page.goto(address + "index.html" if place == "http" else (site / "index.html").as_uri())
    page.wait_for_load_state("networkidle")
    page.keyboard.press("/")
    page.locator(".md-search__input").press_sequentially("Haken")  # Material listens to keys
    page.wait_for_selector(".md-search-result__item a")
    assert "hooks.html" in page.locator(".md-search-result__item a").first.get_attribute("href")
    page.close()
