"""Answers that come late: when another brand, tab or reading has taken the place of what was asked about."""

import re

import pytest

from tests.e2e.studio.conftest import BRAND, Held

pytestmark = [pytest.mark.slow, pytest.mark.browser]

RED = BRAND.replace("#0b5fff", "#c2255c")
GREEN = BRAND.replace("#0b5fff", "#1a7f37")


def shown_for_a_moment(studio):
    """All that the field of the primary colour shows meanwhile: what is wrong is put right when all is read again."""
    found = set()
    for _ in range(20):
        found.add(studio.colour().input_value())
        studio.page.wait_for_timeout(20)
    return found


def change(studio, text):
    studio.colour().fill(text)
    studio.colour().press("Enter")


def test_a_late_undo_lays_nothing_old_over_a_newer_reading(studio):
    change(studio, "#c2255c")
    studio.saved(RED)
    studio.settled()
    held = Held(studio.page)
    studio.page.get_by_role("button", name="Undo").click()
    studio.until(lambda: len(held))
    studio.file.write_text(GREEN, encoding="utf-8")
    studio.until(lambda: "#1a7f37" == studio.colour().input_value())
    held.tell()
    assert {"#1a7f37"} == shown_for_a_moment(studio)


def open_source(studio):
    studio.tab("Source")
    editor = studio.page.get_by_role("textbox", name=re.compile("^Source of"))
    editor.wait_for()
    return editor


def retype(studio, new):
    """Another word in the colour's place, as somebody types it: filling all at once would bring styles with it."""
    editor = open_source(studio)
    editor.get_by_text('"#0b5fff"', exact=True).dblclick()
    studio.page.keyboard.insert_text(new)
    return editor


def test_a_text_that_is_saved_late_is_not_shown_as_another_brands(studio):
    retype(studio, "c2255c")
    held = Held(studio.page)
    studio.page.get_by_role("button", name="Save", exact=True).click()
    studio.until(lambda: len(held))
    studio.choose_brand("Lagoon")
    studio.tab("Design")
    held.tell()
    assert "#c2255c" not in shown_for_a_moment(studio)


def test_a_text_that_is_refused_late_breaks_no_other_tab(studio):
    retype(studio, 'c2255c"')
    held = Held(studio.page)
    studio.page.get_by_role("button", name="Save", exact=True).click()
    studio.until(lambda: len(held))
    studio.tab("Problems")
    held.tell()
    studio.page.wait_for_timeout(300)  # an error would be known to the fixture by then


def test_a_text_is_saved_once_however_long_the_keys_are_held(studio):
    editor = retype(studio, "c2255c")
    held = Held(studio.page)
    for _ in range(3):
        editor.press("ControlOrMeta+s")
    studio.until(lambda: len(held))
    studio.page.wait_for_timeout(300)
    assert 1 == len(held)
    held.tell()
    studio.settled()
    assert RED == studio.file.read_text(encoding="utf-8")


def test_saving_before_the_editor_is_there_breaks_nothing(studio):
    studio.page.route("**/source-*.js", lambda _: None)
    studio.tab("Source")
    studio.page.keyboard.press("ControlOrMeta+s")
    studio.page.wait_for_timeout(300)


def test_the_browser_asks_before_a_text_is_lost_with_the_page(studio):
    retype(studio, "c2255c")
    studio.page.get_by_text("not saved", exact=True).wait_for()
    asked = []
    studio.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    studio.page.close(run_before_unload=True)
    studio.until(lambda: asked)
    assert ["beforeunload"] == asked


def test_brands_made_while_the_connection_was_lost_are_listed(studio):
    """Their event was told to nobody."""
    page = studio.page
    events = "**/api/events"
    page.route(events, lambda route: route.abort())
    new = studio.file.parents[1] / "heron" / "brand.json"
    page.reload()
    studio.notice("does not answer").wait_for()
    new.parent.mkdir()
    new.write_text(BRAND.replace("Acme", "Heron"), encoding="utf-8")
    page.unroute(events)
    studio.notice("does not answer").wait_for(state="detached")
    page.get_by_role("button", name=re.compile("^Brand: ")).click()
    page.get_by_role("listbox", name="Brands").get_by_role("option", name="Heron").wait_for()


def test_the_picture_that_was_dropped_last_is_the_one_that_counts(studio):
    page = studio.page
    page.get_by_role("button", name="New brand").click()
    logo = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9" fill="{}"/></svg>'
    held = Held(page, "**/api/colors", method="POST")
    chooser = page.get_by_label("Logo or picture")
    for name, color in (("first.svg", "#c2255c"), ("second.svg", "#1a7f37")):
        chooser.set_input_files({"name": name, "mimeType": "image/svg+xml", "buffer": logo.format(color).encode()})
        studio.until(lambda: len(held))
    studio.until(lambda: 2 == len(held))
    held.tell(newest_first=True)
    page.wait_for_timeout(300)
    assert page.get_by_text("second.svg").is_visible()


def test_a_text_that_somebody_changed_while_it_was_saved_is_shown_and_not_written_over(studio):
    """What was typed is in the file no more: from then on it would be the older text that is edited, and saved."""
    editor = retype(studio, "c2255c")
    held = Held(studio.page)
    studio.page.get_by_role("button", name="Save", exact=True).click()
    studio.until(lambda: len(held))
    studio.file.write_text(GREEN, encoding="utf-8")
    studio.page.get_by_role("status").get_by_text("was changed outside").wait_for()
    studio.page.wait_for_timeout(1500)  # all that is computed from it has been told, too
    held.tell()
    editor.get_by_text('"#1a7f37"', exact=True).wait_for()
    editor.press("ControlOrMeta+s")
    studio.page.wait_for_timeout(300)
    assert GREEN == studio.file.read_text(encoding="utf-8")
