"""What is typed and taken away in fields comes to the file as it was meant, and into no other brand's."""

import json
import re

import pytest

from tests.e2e.studio.conftest import BRAND

pytestmark = [pytest.mark.slow, pytest.mark.browser]

ENTER_OF_AN_INPUT_METHOD = """field => field.dispatchEvent(
    new KeyboardEvent("keydown", {key: "Enter", isComposing: true, bubbles: true}))"""


def number(studio, name):
    return studio.page.get_by_role("spinbutton", name=f"{name}, number")


def value_of(studio):
    return json.loads(studio.file.read_text(encoding="utf-8"))


def test_a_number_that_is_emptied_stays_empty(studio):
    """Or the default would come back under the hand, and what is typed next would stand behind it."""
    ratio = number(studio, "Ratio")
    ratio.click()
    ratio.press("ControlOrMeta+a")
    ratio.press("Backspace")
    studio.page.wait_for_timeout(100)
    assert "" == ratio.input_value()
    ratio.press_sequentially("1.3")
    ratio.press("Tab")
    studio.saved(BRAND.replace("1.2 ", "1.3 "))


def test_a_number_with_a_nought_in_it_can_be_typed(studio):
    """While "1.0" is on its way to "1.05", it must not become "1"."""
    ratio = number(studio, "Ratio")
    ratio.click()
    ratio.press("ControlOrMeta+a")
    ratio.press_sequentially("1.05", delay=60)
    assert "1.05" == ratio.input_value()
    ratio.press("Tab")
    studio.saved(BRAND.replace("1.2 ", "1.05 "))


def test_a_length_with_a_nought_in_it_can_be_typed(studio):
    radius = number(studio, "Radius")
    radius.click()
    radius.press("ControlOrMeta+a")
    radius.press_sequentially("10.05", delay=60)
    radius.press("Tab")
    studio.saved(BRAND.replace('"6px"', '"10.05px"'))


@pytest.mark.parametrize(("name", "other", "same"), [("Radius", "12", "6"), ("Ratio", "1.5", "1.2")])
def test_a_number_that_is_typed_back_is_settled(studio, name, other, same):
    """Browsers tell of no change then, and the edit would wait for ever, and each undo after it."""
    field = number(studio, name)
    field.click()
    for text in (other, same):
        field.press("ControlOrMeta+a")
        field.press_sequentially(text)
    field.press("Tab")
    studio.page.get_by_role("status").get_by_text("Not saved yet").wait_for(state="detached")
    assert BRAND == studio.file.read_text(encoding="utf-8")


def test_a_length_that_is_emptied_is_taken_away(studio):
    radius = number(studio, "Radius")
    radius.click()
    radius.press("ControlOrMeta+a")
    radius.press_sequentially("1")
    radius.press("Backspace")
    radius.press("Tab")
    studio.until(lambda: "radius" not in value_of(studio).get("shape", {}))
    studio.until(lambda: "" == radius.input_value())


def test_a_length_that_is_typed_anew_has_the_unit_it_had(studio):
    studio.file.write_text(BRAND.replace("6px", "0.5rem"), encoding="utf-8")
    radius = number(studio, "Radius")
    studio.until(lambda: "0.5" == radius.input_value())
    radius.click()
    radius.press("ControlOrMeta+a")
    radius.press("Backspace")
    studio.page.wait_for_timeout(100)
    radius.press_sequentially("1.25")
    radius.press("Tab")
    studio.saved(BRAND.replace("6px", "1.25rem"))


def open_slowly(studio):
    """Asks for the brand lagoon, whose answer waits; what is given back lets it through."""
    waiting = []

    def hold(route):
        waiting.append(route)

    studio.page.route("**/api/brands/lagoon", hold)
    studio.page.evaluate("location.hash = 'brand=lagoon'")
    studio.until(lambda: waiting)

    def go_on():
        waiting.pop().continue_()
        studio.page.unroute("**/api/brands/lagoon")
        studio.page.get_by_role("button", name="Brand: Lagoon").wait_for()

    return go_on


def test_what_is_typed_is_not_written_into_a_brand_that_is_opened_meanwhile(studio):
    lagoon = studio.file.parents[1] / "lagoon" / "brand.json"
    before = lagoon.read_text(encoding="utf-8")
    go_on = open_slowly(studio)
    studio.colour().fill("#c2255c")
    go_on()
    studio.until(lambda: "#c2255c" != studio.colour().input_value())
    studio.colour().blur()
    studio.page.wait_for_timeout(500)
    assert before == lagoon.read_text(encoding="utf-8")


def test_a_number_is_not_written_into_a_brand_that_is_opened_meanwhile(studio):
    lagoon = studio.file.parents[1] / "lagoon" / "brand.json"
    before = lagoon.read_text(encoding="utf-8")
    go_on = open_slowly(studio)
    number(studio, "Ratio").press_sequentially("3")
    go_on()
    number(studio, "Ratio").blur()
    studio.page.wait_for_timeout(500)
    assert before == lagoon.read_text(encoding="utf-8")


def refusing(studio):
    """Writes are refused, so that edits wait; what is given back lets them through again."""
    studio.page.route(
        "**/api/brands/acme", lambda route: route.abort() if route.request.method == "PUT" else route.continue_()
    )
    return lambda: studio.page.unroute("**/api/brands/acme")


def test_items_taken_away_while_nothing_can_be_written_are_all_taken_away(open_studio):
    """The place of an item is another after one before it has gone: its edits must not take each other's place."""
    studio = open_studio()
    studio.file.write_text(
        json.dumps({**json.loads(BRAND), "portal": {"sections": ["api", "guides", "changelog"]}}), encoding="utf-8"
    )
    page = studio.page
    page.get_by_role("button", name=re.compile("^Portal")).click()
    sections = studio.field("/portal/sections")
    sections.get_by_text("Changelog").first.wait_for()
    let_through = refusing(studio)
    sections.get_by_role("button", name="Remove item 1").click()
    sections.get_by_role("button", name="Remove item 1").click()
    studio.notice("could not be saved").wait_for()
    studio.until(lambda: 1 == sections.locator("li").count())
    let_through()
    page.get_by_role("button", name="Try again").click()
    studio.until(lambda: ["changelog"] == value_of(studio)["portal"]["sections"])


def test_a_name_that_is_being_composed_is_not_added_by_the_key_that_ends_it(studio):
    """Enter takes what an input method proposes, as for Japanese: it is no Enter for the page."""
    page = studio.page
    colour = studio.colour()
    colour.fill("#c2255c")
    colour.evaluate(ENTER_OF_AN_INPUT_METHOD)
    page.wait_for_timeout(300)
    assert BRAND == studio.file.read_text(encoding="utf-8")
    colour.press("Enter")
    studio.saved(BRAND.replace("#0b5fff", "#c2255c"))


def test_a_unit_typed_into_a_length_does_not_take_it_away(studio):
    """Browsers let a number have an `e`: what is no number then is not a field that was emptied."""
    field = number(studio, "Radius")
    field.press("ControlOrMeta+a")
    studio.page.keyboard.type("12rem", delay=50)
    field.press("Tab")
    studio.saved(BRAND.replace("6px", "12px"))
    assert "12" == field.input_value()


def test_a_minus_alone_is_no_number(studio):
    field = number(studio, "Ratio")
    field.press("ControlOrMeta+a")
    field.press("-")
    field.press("Tab")
    studio.until(lambda: "1.2" == field.input_value())
    studio.page.wait_for_timeout(500)
    assert BRAND == studio.file.read_text(encoding="utf-8")


def test_what_is_no_number_is_not_left_in_a_field_without_one(studio):
    field = number(studio, "Base")
    field.press("-")
    assert field.evaluate("element => element.validity.badInput")
    field.press("Tab")
    assert not field.evaluate("element => element.validity.badInput")
    assert BRAND == studio.file.read_text(encoding="utf-8")
