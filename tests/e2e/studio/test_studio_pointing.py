"""Pointers as hands have them: the other button, a second finger, a file dropped beside its place."""

import pytest

from tests.e2e.studio.conftest import BRAND

pytestmark = [pytest.mark.slow, pytest.mark.browser]

POINT = "(target, [kind, options]) => target.dispatchEvent(new PointerEvent(kind, {bubbles: true, ...options}))"
DROP = """(target, kind) => {
    const carried = new DataTransfer();
    carried.items.add(new File(["x"], "logo.svg"));
    return !target.dispatchEvent(new DragEvent(kind, {dataTransfer: carried, bubbles: true, cancelable: true}));
}"""


def is_sliding(studio, name="is-sliding"):
    return name in (studio.page.locator("body").get_attribute("class") or "").split()


def slider_of(studio):
    studio.page.get_by_role("button", name="Primary: sliders").click()
    return studio.page.get_by_role("slider", name="Primary: lightness")


def test_the_other_button_takes_no_slider(studio):
    """Where its menu opens, no page is told that it was let go."""
    slider = slider_of(studio)
    slider.evaluate(POINT, ["pointerdown", {"button": 2, "pointerId": 1}])
    assert not is_sliding(studio)


def test_the_other_button_takes_no_splitter(studio):
    box = studio.page.get_by_role("separator").bounding_box()
    studio.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 100)
    studio.page.mouse.down(button="right")
    assert not is_sliding(studio, "is-resizing")
    studio.page.mouse.up(button="right")


def test_a_second_finger_lets_go_of_nothing(studio):
    slider = slider_of(studio)
    slider.evaluate(POINT, ["pointerdown", {"button": 0, "pointerId": 11}])
    slider.evaluate(POINT, ["pointerup", {"pointerId": 12}])
    assert is_sliding(studio)
    slider.evaluate(POINT, ["pointerup", {"pointerId": 11}])
    assert not is_sliding(studio)


@pytest.mark.parametrize("kind", ["dragover", "drop"])
def test_a_file_beside_its_place_does_not_take_the_page_away(studio, kind):
    assert studio.page.locator(".bar").evaluate(DROP, kind)


def test_messages_close_together_are_all_shown(studio):
    """One below the other: neither replaces what was not read yet, nor covers it."""
    page = studio.page
    studio.file.write_text(BRAND.replace("#0b5fff", "#1a7f37"), encoding="utf-8")
    page.get_by_text("was changed outside, and read again").wait_for()
    studio.colour().fill("#c2255c")
    studio.colour().press("Enter")
    studio.settled()
    page.get_by_role("button", name="Undo").click()
    page.get_by_text("Last change undone").wait_for()
    boxes = [toast.bounding_box() for toast in page.locator(".toast").all()]
    assert 2 == len(boxes)
    assert boxes[0]["y"] + boxes[0]["height"] <= boxes[1]["y"]


def test_a_brand_that_is_null_is_told_as_what_it_is(studio):
    studio.file.write_text("null\n", encoding="utf-8")
    studio.notice("brands/acme/brand.json is null, where an object is needed").wait_for()
    studio.file.write_text("[]\n", encoding="utf-8")
    studio.notice("brands/acme/brand.json is a list, where an object is needed").wait_for()
    studio.file.write_text("{\n", encoding="utf-8")
    studio.notice("brands/acme/brand.json is no valid JSON").wait_for()


def test_a_name_of_another_direction_moves_no_words(studio):
    """Each name stands in an element of its own, whose direction is its own."""
    page = studio.page
    page.route(
        "**/api/brands/acme", lambda route: route.abort() if "PUT" == route.request.method else route.continue_()
    )
    studio.file.write_text(BRAND.replace("Acme", "متجر"), encoding="utf-8")
    page.get_by_role("button", name="Brand: متجر").wait_for()
    studio.colour().fill("#c2255c")
    studio.colour().press("Enter")
    studio.notice("could not be saved").wait_for()
    studio.choose_brand("Lagoon")
    notice = page.get_by_role("region", name="Notice: متجر has 1 change not written yet")
    notice.wait_for()
    assert ["متجر", "متجر"] == notice.locator("bdi").all_text_contents()
