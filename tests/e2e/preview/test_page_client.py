"""Previewed pages where browsers keep no data of sites, where a stream is refused, where answers are overtaken."""

import json

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HEADER = "getComputedStyle(document.querySelector('.md-header')).backgroundColor"
REFUSED = """
const refuse = () => { throw new DOMException("it is not allowed", "SecurityError"); };
Object.defineProperty(window, "sessionStorage", { get: refuse });
window.SharedWorker = class { constructor() { refuse(); } };
"""
RELOAD_TWICE = """async ([home, script]) => {
    const { reloadSheet } = await import(script);
    const again = (version) => reloadSheet(home, "assets/brand/tokens.css", version);
    const both = Promise.all([again("slow"), again("quick")]).then(() => "there");
    const told = await Promise.race([both, new Promise((done) => setTimeout(done, 8000, "waits"))]);
    return [told, [...document.querySelectorAll("link")].filter(({ href }) => href.includes("/tokens.css")).length];
}"""


def colored(path, color):
    path.write_text(json.dumps({**json.loads(path.read_text()), "color": {"primary": color}}))


@pytest.fixture
def open_page(chromium):
    """A page of acme, with a script that runs before all others."""
    pages = []

    def start(script):
        opened = chromium.new_page(viewport={"width": 1280, "height": 800})
        pages.append(opened)
        opened.set_default_timeout(60_000)
        opened.failures = []
        opened.on("pageerror", lambda error: opened.failures.append(str(error)))
        opened.add_init_script(script)
        return opened

    yield start
    failures = [failure for page in pages for failure in page.failures]
    for page in pages:
        page.close()
    assert [] == failures


def test_a_browser_that_keeps_no_data_of_sites_is_told_of_changes(open_page, preview, brand_file):
    """There `sessionStorage` cannot even be named, and no worker is shared."""
    page = open_page(REFUSED)
    page.goto(f"{preview.pages}acme/living.html")
    colored(brand_file, "#b3261e")
    page.wait_for_function(f"{HEADER} === 'rgb(179, 38, 30)'")
    good = brand_file.read_text()
    brand_file.write_text("{")
    page.get_by_role("button", name="Hide").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Show 1 mistake").wait_for()
    brand_file.write_text(good)
    page.get_by_role("button", name="Show 1 mistake").wait_for(state="detached")


def test_a_stream_that_was_refused_is_asked_for_again(open_page, preview, brand_file):
    """No browser does that by itself."""
    page = open_page("window.SharedWorker = undefined;")
    refused = []

    def refuse_once(route):
        if refused:
            route.continue_()
        else:
            refused.append(route.request.url)
            route.fulfill(status=503, body="not now")

    page.route("**/@events", refuse_once)
    page.goto(f"{preview.pages}acme/living.html")
    page.wait_for_function("document.querySelector('.md-header')")
    colored(brand_file, "#1a7f37")
    page.wait_for_function(f"{HEADER} === 'rgb(26, 127, 55)'")
    assert 1 == len(refused)


def test_a_sheet_that_is_overtaken_keeps_nobody_waiting(page, preview):
    """A browser tells nothing of a sheet that was taken out of the page before it was there."""
    page.route("**/tokens.css?v=slow", lambda _: None)
    home = "/" + f"{preview.pages}acme/".split("/", 3)[3]
    script = f"{preview.pages}@client/patching.js"
    assert ["there", 1] == page.evaluate(RELOAD_TWICE, [home, script])


def test_an_answer_that_is_overtaken_puts_no_old_content_over_new(page, project):
    source = project / "docs_src" / "living.md"
    before = source.read_text()
    waiting = []

    def hold(route):
        if waiting or route.request.resource_type != "fetch":
            route.continue_()
        else:
            waiting.append((route, route.fetch(timeout=60_000)))

    page.route("**/acme/living.html", hold)
    try:
        source.write_text(before.replace("First words.", "Second words."))
        for _ in range(600):
            if waiting:
                break
            page.wait_for_timeout(100)
        source.write_text(before.replace("First words.", "Third words."))
        page.wait_for_timeout(4000)
        route, answer = waiting[0]
        route.fulfill(response=answer)
        page.get_by_text("Third words.").wait_for(timeout=30_000)
        page.wait_for_timeout(500)
        assert page.get_by_text("Third words.").is_visible()
    finally:
        page.unroute("**/acme/living.html")
        source.write_text(before)
        page.get_by_text("First words.").wait_for()
