"""The core flows of preview, Studio, portal and console in Firefox and in WebKit, as users of those have them."""

import json
import time
from contextlib import suppress

import pytest

from tests.e2e.browsers.conftest import BRAND, PAGE
from tests.e2e.browsers.webdriver import PATIENCE_S

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HEADER = "getComputedStyle(document.querySelector('.md-header')).backgroundColor"
COLOUR = "input[aria-label='Primary, colour']"
OVERLAY = "document.querySelector('themekit-problems')"
TRY = "[data-operation='{}'] .tk-try"
PANEL = "document.querySelector(\"[data-operation='{}'] + .tk-console\")"


def until_file_is(path, text):
    end = time.monotonic() + PATIENCE_S
    while text != path.read_text(encoding="utf-8") and time.monotonic() < end:
        time.sleep(0.05)
    assert text == path.read_text(encoding="utf-8")


@pytest.fixture
def living(browser, preview, brand_file):
    """A page of the preview, which notes whether it was loaded anew."""
    browser.go(f"{preview.pages}acme/living.html")
    browser.until(f"document.querySelector('.md-header') && {HEADER} === 'rgb(11, 95, 255)'")
    browser.run("window.isSamePage = true")
    return brand_file


@pytest.fixture
def studio(browser, preview, brand_file):
    """The Studio on acme, with the portal in its frame."""
    browser.go(preview.first_url)
    browser.go(f"{preview.studio}/favicon.ico")  # or the address after it would differ by its fragment only
    browser.go(f"{preview.studio}/#brand=acme")
    browser.until(f"document.querySelector({json.dumps(COLOUR)})?.value === '#0b5fff'")
    browser.frame("iframe")
    browser.until(f"document.querySelector('.md-button--primary') && {HEADER} === 'rgb(11, 95, 255)'")
    browser.frame(None)
    return brand_file


def test_a_token_edit_reaches_the_page_and_the_page_stays(browser, living):
    browser.run("[...document.querySelectorAll('.tabbed-labels label')].at(-1).click()")
    browser.run("scrollTo({ top: 300, behavior: 'instant' })")
    for color, painted in (("#b3261e", "rgb(179, 38, 30)"), ("#1a7f37", "rgb(26, 127, 55)")):
        living.write_text(BRAND.replace("#0b5fff", color), encoding="utf-8")
        browser.until(f"{HEADER} === arguments[0]", painted)
    place = "[window.isSamePage, scrollY, document.querySelectorAll('.tabbed-set > input')[1].checked]"
    assert [True, 300, True] == browser.evaluate(place)


def test_colours_that_need_other_rules_reach_the_page(browser, living):
    """Outside sRGB a sheet has rules for wide gamuts, which are put in whole."""
    for color in ("oklch(0.6 0.29 29)", "#777777"):
        before = browser.evaluate(HEADER)
        living.write_text(BRAND.replace("#0b5fff", color), encoding="utf-8")
        browser.until(f"{HEADER} !== arguments[0]", before)
    assert browser.evaluate("window.isSamePage")


def test_texts_and_markdown_are_exchanged_in_place(browser, living, preview):
    source = preview.root / "docs_src" / "living.md"
    living.write_text(BRAND.replace('"Acme"', '"Acme & Söhne"'), encoding="utf-8")
    browser.until("document.title.endsWith('Acme & Söhne')")
    try:
        source.write_text(PAGE.replace("First words.", "Other words."), encoding="utf-8")
        browser.until("document.querySelector('.md-content').textContent.includes('Other words.')")
    finally:
        source.write_text(PAGE, encoding="utf-8")
    browser.until("document.querySelector('.md-content').textContent.includes('First words.')")
    assert browser.evaluate("window.isSamePage")


def test_a_mistake_lies_over_the_last_good_page_until_it_is_mended(browser, living):
    living.write_text(BRAND.replace('"#0b5fff"', "#0b5fff"), encoding="utf-8")
    said = browser.until(f"{OVERLAY}?.shadowRoot.querySelector('.panel')?.textContent")
    assert "brands/acme/brand.json:3:28" in said
    assert "^^^^^^^" in said
    assert "rgb(11, 95, 255)" == browser.evaluate(HEADER)
    browser.press("Escape")
    assert "Show 1 mistake" == browser.until(f"{OVERLAY}.shadowRoot.querySelector('.pill')?.textContent")
    living.write_text(BRAND, encoding="utf-8")
    browser.until(f"!{OVERLAY}")
    assert browser.evaluate("window.isSamePage")


def test_the_form_writes_the_file_and_the_keyboard_takes_it_back(browser, studio):
    changed = BRAND.replace("#0b5fff", "#c2255c")
    browser.click(COLOUR)
    browser.run("document.activeElement.select()")
    browser.type("#c2255c")
    browser.press("Enter")
    until_file_is(studio, changed)
    browser.until("document.querySelector('[aria-label=Undo]:not(:disabled)')")
    browser.frame("iframe")
    browser.until(f"{HEADER} === 'rgb(194, 37, 92)'")
    browser.frame(None)
    browser.press("Control", "z")
    until_file_is(studio, BRAND)
    browser.until("document.querySelector('[aria-label=Redo]:not(:disabled)')")
    browser.press("Control", "Shift", "Z")
    until_file_is(studio, changed)


def test_a_dragged_slider_paints_at_once_and_writes_when_it_is_let_go(browser, studio):
    browser.click("[aria-label='Primary: sliders']")
    slider = "input[aria-label='Primary: lightness']"
    x, y = browser.place(slider)
    browser.mouse(("move", x, y), ("down",), *(("move", x - step, y) for step in range(0, 40, 4)))
    browser.frame("iframe")
    browser.until(f"{HEADER} !== 'rgb(11, 95, 255)'")
    browser.frame(None)
    assert BRAND == studio.read_text(encoding="utf-8")
    browser.mouse(("up",))
    shown = browser.evaluate("document.querySelector(arguments[0]).value", COLOUR)
    assert "#0b5fff" != shown
    until_file_is(studio, BRAND.replace("#0b5fff", shown))


@pytest.mark.usefixtures("studio")
def test_the_inspector_names_token_and_line(browser):
    browser.click("[data-inspects]")
    browser.frame("iframe")
    browser.until("document.querySelector('themekit-inspector')")
    browser.frame(None)
    browser.click(".md-button--primary", within="iframe")
    browser.until("document.querySelector('.inspector .chain')")
    said = browser.evaluate("document.querySelector('.inspector').innerText")
    assert "background-color" in said
    assert "color.primary.9" in said
    assert "brands/acme/brand.json:3" in said
    browser.press("Escape")  # in the page, which has the focus now
    browser.until("!document.querySelector('.inspector')")


def test_the_source_is_edited_and_saved(browser, studio):
    browser.run("[...document.querySelectorAll('[role=tab]')].find((tab) => tab.textContent === 'Source').click()")
    editor = "document.querySelector('.source-editor').shadowRoot"
    browser.until(f"{editor}?.querySelector('.cm-content')")
    browser.run(f"{editor}.querySelector('.cm-content').focus()")
    for key in ("ArrowDown", "End", "ArrowLeft", "ArrowLeft"):
        browser.press(key)
    browser.type(" Two")
    browser.press("Control", "s")
    until_file_is(studio, BRAND.replace('"Acme"', '"Acme Two"'))


def executed(browser, panel):
    """Status and body of the answer to the Execute button, which Swagger UI shows a little before it listens."""
    for _ in range(PATIENCE_S // 5):
        browser.run(f"{panel}.shadowRoot.querySelector('.execute')?.click()")
        with suppress(AssertionError):
            browser.until(f"{panel}.dataset.answers", patience_s=5)
            break
    status = browser.until(f"{panel}.shadowRoot.querySelector('tbody .response-col_status')?.textContent")
    body = f"{panel}.shadowRoot.querySelector('.live-responses-table pre.microlight')?.textContent"
    return status[:3], browser.until(body)


@pytest.mark.parametrize("place", ["worker", "page"])
def test_what_is_created_by_try_it_is_got(browser, site, address, place):
    """From a web server a service worker answers, from a disk the page itself."""
    browser.go(f"{address if place == 'worker' else site.as_uri()}/reference/notes.html")
    made = None
    for name in ("POST /notes", "GET /notes/{note_id}"):
        browser.click(TRY.format(name))
        panel = PANEL.format(name)
        assert "ready" == browser.until(f"{panel}.dataset.state"), browser.evaluate(f"{panel}.textContent")
        browser.until(f"{panel}.shadowRoot.querySelector('.execute')")
        if name.startswith("GET"):
            field = f"{panel}.shadowRoot.querySelector('tr[data-param-name=note_id] input')"
            browser.until(f"{field} !== null")
            browser.run(f"{field}.focus(); {field}.select()")
            browser.type(made["id"])
            browser.press("Tab")
        status, body = executed(browser, panel)
        if name.startswith("POST"):
            made = json.loads(body)
            assert ("201", "Call Ada") == (status, made["text"])
    assert ("200", made) == (status, json.loads(body))
    assert place == browser.awaited("return await apiSandbox.ready")


@pytest.mark.parametrize("place", ["worker", "page"])
def test_the_portal_is_searched(browser, site, address, place):
    browser.go(f"{address if place == 'worker' else site.as_uri()}/index.html")
    browser.click("[data-md-component=search-query]")
    browser.type("note")
    found = "[...document.querySelectorAll('.md-search-result__item h1')].map((each) => each.textContent)"
    browser.until(f"{found}.some((title) => title.includes('Notes'))")
