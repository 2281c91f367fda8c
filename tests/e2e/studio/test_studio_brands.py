"""From brand to brand while the preview is slow or away: what was asked of one is done in no other."""

import json
from functools import partial

import pytest

from tests.e2e.studio.conftest import BRAND, link_of

pytestmark = [pytest.mark.slow, pytest.mark.browser]

LAGOON = '{"name": "Lagoon", "color": {"primary": "#00897b"}}\n'


@pytest.fixture
def lagoon(preview):
    """The file of the other brand; as before after the test."""
    file = preview.root / "brands" / "lagoon" / "brand.json"
    before = file.read_bytes()
    file.write_text(LAGOON, encoding="utf-8")
    yield file
    file.write_bytes(before)


def paint(studio, color):
    studio.colour().fill(color)
    studio.colour().press("Enter")


def slow_down(studio, method, path, ms):
    """Answers to such requests come that much later, and all others at once."""
    studio.page.evaluate(
        """([method, path, ms]) => {
            const real = window.fetch;
            window.fetch = async (url, options) => {
                const answer = await real(url, options);
                const isIt = String(url).endsWith(path) && (options?.method ?? "GET") === method;
                if (isIt) await new Promise((done) => setTimeout(done, ms));
                return answer;
            };
        }""",
        [method, path, ms],
    )


def ask_for(studio, name):
    """Choose a brand in the list in the bar, and do not wait for it."""
    studio.page.locator(".picker-button").click()
    studio.page.get_by_role("listbox", name="Brands").get_by_role("option", name=name).click()


def after(work, route):
    """Something is done just before a file is written."""
    if route.request.method == "PUT":
        work()
    route.continue_()


def refuse_writes(studio):
    studio.page.route(
        "**/api/brands/acme",
        lambda route: route.fulfill(status=500, body="{}") if route.request.method == "PUT" else route.continue_(),
    )
    paint(studio, "#c2255c")
    studio.notice("1 change could not be saved").wait_for()


def test_undo_that_waits_takes_back_nothing_of_another_brand(studio, lagoon):
    """A key was pressed twice, the first step is still on its way, and another brand is opened."""
    studio.choose_brand("Lagoon")
    paint(studio, "#0a7a3a")
    studio.settled()
    studio.choose_brand("Acme")
    for color in ("#c2255c", "#111111"):
        paint(studio, color)
        studio.saved(BRAND.replace("#0b5fff", color))
        studio.settled()
    slow_down(studio, "PUT", "/api/brands/acme", 1500)
    studio.page.keyboard.press("Control+z")
    studio.page.keyboard.press("Control+z")
    studio.choose_brand("Lagoon")
    studio.settled()  # the first step
    studio.page.wait_for_timeout(1000)
    assert LAGOON.replace("#00897b", "#0a7a3a") == lagoon.read_text(encoding="utf-8")
    assert BRAND.replace("#0b5fff", "#c2255c") == studio.file.read_text(encoding="utf-8")


@pytest.mark.usefixtures("lagoon")
def test_the_brand_chosen_last_is_opened(studio):
    """Whichever answer comes first."""
    slow_down(studio, "GET", "/api/brands/lagoon", 1200)
    ask_for(studio, "Lagoon")
    ask_for(studio, "Acme")
    studio.page.wait_for_timeout(2000)
    assert 1 == studio.page.get_by_role("button", name="Brand: Acme", exact=True).count()
    assert "#0b5fff" == studio.colour().input_value()


@pytest.mark.usefixtures("lagoon")
def test_a_link_is_shown_on_no_brand_that_was_chosen_meanwhile(studio):
    slow_down(studio, "GET", "/api/brands/lagoon", 1200)
    link = link_of([{"pointer": "/color/primary", "value": "#c2255c"}], brand="lagoon", kind=1)
    studio.page.evaluate("fragment => { location.hash = fragment }", link)
    studio.page.wait_for_timeout(300)
    ask_for(studio, "Acme")
    studio.page.get_by_text("Link not opened: another brand was chosen meanwhile").wait_for(state="attached")
    assert 0 == studio.notice("A shared link").count()
    assert "#0b5fff" == studio.colour().input_value()


@pytest.mark.usefixtures("lagoon")
def test_a_brand_that_cannot_be_opened_is_told(studio):
    """The preview was ended: what is here stays, and the list of a frame names what is shown."""
    studio.page.route("**/api/brands/lagoon", lambda route: route.abort())
    said = studio.page.get_by_text("Lagoon was not opened: the preview does not answer")
    ask_for(studio, "Lagoon")
    said.wait_for(state="attached")
    frame = studio.page.get_by_label("Brand of this frame")
    frame.select_option("lagoon")
    assert "acme" == frame.input_value()


def test_changes_of_a_brand_that_is_gone_lead_nowhere(studio, lagoon):
    """They are told as what they are, and can be gone back to when the file is there again."""
    del lagoon
    refuse_writes(studio)
    studio.choose_brand("Lagoon")
    back = studio.page.get_by_role("button", name="Go back to")
    back.wait_for()
    aside = studio.file.with_name("aside.json")
    studio.file.rename(aside)
    try:
        studio.notice("acme is gone, and 1 change of it is not written").wait_for()
        assert 0 == back.count()
    finally:
        aside.rename(studio.file)
    back.click()
    studio.until(lambda: "#c2255c" == studio.colour().input_value())


def test_each_brand_s_conflict_is_shown(studio, lagoon):
    """That somebody decides later of one brand is said of that one."""
    for file, text in ((studio.file, BRAND), (lagoon, LAGOON)):
        name = json.loads(text)["name"]
        studio.choose_brand(name)
        old = json.loads(text)["color"]["primary"]
        path = f"**/api/brands/{name.lower()}"

        write = partial(file.write_text, text.replace(old, "#777777"), encoding="utf-8")
        studio.page.route(path, partial(after, write))
        paint(studio, "#c2255c")
        dialog = studio.page.get_by_role("dialog", name="Changed in two places")
        dialog.wait_for()
        dialog.get_by_role("button", name="Decide later").click()
        studio.page.unroute(path)


def test_to_leave_the_page_is_asked_while_something_is_not_written(studio, lagoon):
    """Of this brand, or of one that was left; not otherwise."""
    del lagoon
    asked = []
    studio.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    refuse_writes(studio)
    studio.choose_brand("Lagoon")
    studio.notice("Acme has 1 change not written yet").wait_for()
    studio.page.reload()
    studio.page.get_by_role("form", name="Fields of the brand").wait_for()
    assert ["beforeunload"] == asked
    studio.page.locator(".picker-button").click()
    studio.page.reload()
    studio.page.get_by_role("form", name="Fields of the brand").wait_for()
    assert ["beforeunload"] == asked


def test_the_page_hears_of_files_again_after_its_stream_was_refused(studio):
    """As by a preview that was ended and started again, until somebody opens its address."""
    studio.page.route("**/api/events", lambda route: route.fulfill(status=401, body="{}"))
    studio.page.reload()
    lost = studio.notice("The preview does not answer")
    lost.wait_for()
    refuse_writes(studio)
    paint(studio, "#0a7a3a")
    studio.notice("1 change could not be saved").wait_for()
    studio.page.unroute("**/api/brands/acme")
    studio.page.unroute("**/api/events")
    lost.wait_for(state="detached")
    studio.saved(BRAND.replace("#0b5fff", "#0a7a3a"))
    studio.file.write_text(BRAND.replace("#0b5fff", "#c2255c"), encoding="utf-8")
    studio.until(lambda: "#c2255c" == studio.colour().input_value())


def test_a_name_that_is_that_of_the_folder_is_shown_while_there_is_a_mistake(studio):
    studio.file.write_text(BRAND.replace('"Acme"', '"acme"').replace("6px", "6pxx"), encoding="utf-8")
    studio.page.get_by_role("button", name="Brand: acme", exact=True).wait_for()


def test_the_focus_goes_on_after_a_notice_that_goes(studio, lagoon):
    del lagoon
    refuse_writes(studio)
    studio.choose_brand("Lagoon")
    studio.notice("Acme has 1 change not written yet").get_by_role("button", name="Discard").press("Enter")
    studio.until(lambda: "Design" == studio.page.evaluate("document.activeElement.textContent.trim()"))


def test_a_notice_with_a_long_word_for_a_name_fits_a_narrow_page(studio, lagoon):
    """At 320 pixels, as at 400 % zoom, nothing is to be scrolled to sideways."""
    del lagoon
    studio.file.write_text(BRAND.replace("Acme", "W" * 80), encoding="utf-8")
    studio.page.reload()
    refuse_writes(studio)
    studio.choose_brand("Lagoon")
    notice = studio.notice("has 1 change not written yet")
    notice.wait_for()
    studio.page.set_viewport_size({"width": 320, "height": 640})
    for part in (notice.get_by_role("paragraph"), *notice.get_by_role("button").all()):
        box = part.bounding_box()
        assert 320 >= box["x"] + part.evaluate("element => element.scrollWidth")
        assert 320 >= box["x"] + box["width"]


def test_frames_stay_when_the_preview_was_started_again(studio):
    """Its pages have another address then, which the policy of this page lets into no frame."""
    page = studio.page
    before = page.locator("iframe").first.get_attribute("src")

    def move(route):
        answer = route.fetch()
        route.fulfill(response=answer, json={**answer.json(), "pages": "http://127.0.0.1:9/other/"})

    page.route("**/api/project", move)
    studio.file.write_text(BRAND.replace("Acme", "Heron"), encoding="utf-8")
    page.get_by_role("button", name="Brand: Heron").wait_for()
    assert before == page.locator("iframe").first.get_attribute("src")
    page.unroute("**/api/project")
    studio.notice("was started again").get_by_role("button", name="Reload").click()
    page.get_by_role("form", name="Fields of the brand").wait_for()
    studio.notice("was started again").wait_for(state="detached")
