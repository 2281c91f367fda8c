"""Two people, one file: what fits together is joined, the rest is shown, and nothing is lost before somebody chose."""

import json

import pytest

from tests.e2e.studio.conftest import BRAND

pytestmark = [pytest.mark.slow, pytest.mark.browser]


def hold_writes(studio):
    """Keeps the page's first write back, so that the file can change before it; returns what lets it go."""
    held = []

    def meet(route):
        if route.request.method == "PUT" and not held:
            held.append(route)
        else:
            route.continue_()

    studio.page.route("**/api/brands/acme", meet)

    def let_go():
        studio.until(lambda: held)
        held[0].continue_()

    return let_go


def edit_both(studio, theirs):
    let_go = hold_writes(studio)
    studio.colour().fill("#c2255c")
    studio.colour().press("Enter")
    studio.file.write_text(theirs, encoding="utf-8")
    let_go()


def test_edits_of_other_places_are_joined(studio):
    edit_both(studio, BRAND.replace("6px", "9px"))
    studio.saved(BRAND.replace("6px", "9px").replace("#0b5fff", "#c2255c"))


@pytest.mark.parametrize(("side", "colour"), [("Yours", "#c2255c"), ("In the file", "#0a7a3a")])
def test_edits_of_one_place_are_chosen(studio, side, colour):
    theirs = BRAND.replace("#0b5fff", "#0a7a3a").replace("6px", "9px")
    edit_both(studio, theirs)
    dialog = studio.page.get_by_role("dialog", name="Changed in two places")
    dialog.wait_for()
    assert theirs == studio.file.read_text(encoding="utf-8")
    for value in ("#0b5fff", "#c2255c", "#0a7a3a"):
        assert 1 == dialog.get_by_text(value, exact=True).count()
    assert dialog.get_by_role("button", name="Save the choice").is_disabled()
    dialog.get_by_text(side, exact=True).click()
    dialog.get_by_role("button", name="Save the choice").click()
    studio.saved(theirs.replace("#0a7a3a", colour))
    assert colour == studio.colour().input_value()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_choice_is_accessible(open_studio, scheme):
    from themekit.studio.chromium.axe import violations_of

    studio = open_studio(color_scheme=scheme)
    edit_both(studio, BRAND.replace("#0b5fff", "#0a7a3a"))
    dialog = studio.page.get_by_role("dialog", name="Changed in two places")
    dialog.wait_for()
    assert () == violations_of(studio.page, looks_into_frames=False)
    dialog.get_by_text("Yours", exact=True).click()
    assert () == violations_of(studio.page, looks_into_frames=False)


def test_a_choice_can_wait(studio):
    edit_both(studio, BRAND.replace("#0b5fff", "#0a7a3a"))
    studio.page.get_by_role("button", name="Decide later").click()
    assert "#c2255c" == studio.colour().input_value()
    studio.page.get_by_role("button", name="Compare").click()
    studio.page.get_by_role("button", name="All of the file").click()
    studio.page.get_by_role("button", name="Save the choice").click()
    studio.until(lambda: "#0a7a3a" == studio.colour().input_value())
    assert "#0a7a3a" == json.loads(studio.file.read_text(encoding="utf-8"))["color"]["primary"]


def test_what_is_edited_before_the_choice_is_kept(studio):
    """Of the same place the last edit is what there is to choose, and edits of other places are written with it."""
    theirs = BRAND.replace("#0b5fff", "#0a7a3a")
    edit_both(studio, theirs)
    studio.page.get_by_role("button", name="Decide later").click()
    studio.colour().fill("#7a1fa2")
    studio.colour().press("Enter")
    studio.colour("Accent").fill("#00796b")
    studio.colour("Accent").press("Enter")
    studio.page.get_by_role("button", name="Compare").click()
    dialog = studio.page.get_by_role("dialog", name="Changed in two places")
    assert 1 == dialog.get_by_text("#7a1fa2", exact=True).count()
    assert 0 == dialog.get_by_text("#c2255c", exact=True).count()
    dialog.get_by_text("Yours", exact=True).click()
    dialog.get_by_role("button", name="Save the choice").click()
    studio.until(lambda: "#00796b" in studio.file.read_text(encoding="utf-8"))
    assert {"primary": "#7a1fa2", "accent": "#00796b"} == json.loads(studio.file.read_text(encoding="utf-8"))["color"]


def test_nothing_is_to_choose_when_the_file_is_as_before(studio):
    """Somebody took the other edit back: the own one is written."""
    edit_both(studio, BRAND.replace("#0b5fff", "#0a7a3a"))
    studio.page.get_by_role("button", name="Decide later").click()
    studio.file.write_text(BRAND, encoding="utf-8")
    studio.saved(BRAND.replace("#0b5fff", "#c2255c"))
    studio.settled()
    assert 0 == studio.page.get_by_role("button", name="Compare").count()


def test_a_file_that_is_gone_is_told_and_can_be_saved(studio):
    """The frame does not say that it shows another brand; nothing is said when the file is back."""
    aside = studio.file.with_name("aside.json")
    notice = studio.page.get_by_text("brands/acme/brand.json is gone.")
    studio.file.rename(aside)
    try:
        notice.wait_for()
        assert "acme" == studio.page.get_by_label("Brand of this frame").input_value()
        with studio.page.expect_download() as download:
            studio.page.get_by_role("button", name="Export").click()
        assert BRAND == download.value.path().read_text(encoding="utf-8")
    finally:
        aside.rename(studio.file)
    notice.wait_for(state="detached")
    assert "acme" == studio.page.get_by_label("Brand of this frame").input_value()


def test_an_answer_that_broke_off_is_no_answer(studio):
    """A page that was left, or a preview that was ended, while it was asked: half an answer was an empty project."""
    half = {"status": 200, "content_type": "application/json", "body": '{"name": "shop", "brands": ['}
    studio.page.route("**/api/project", lambda route: route.fulfill(**half))
    studio.page.reload()
    studio.page.get_by_text("answer broke off").wait_for()
