"""Keys of other keyboards, of input methods and of browsers themselves do what they say, and one thing at a time."""

import pytest

from tests.e2e.studio.conftest import BRAND

pytestmark = [pytest.mark.slow, pytest.mark.browser]

PRESS = """(target, options) => target.dispatchEvent(
    new KeyboardEvent("keydown", {bubbles: true, cancelable: true, ...options}))"""


def press(studio, **options):
    studio.page.locator("body").evaluate(PRESS, options)


def inspector(studio):
    return studio.page.get_by_role("complementary", name="Inspector")


def test_a_browser_that_fills_a_field_presses_no_key(studio):
    """Chromium tells of a choice from its own list by a `keydown` that has no key."""
    studio.colour().evaluate("field => field.dispatchEvent(new Event('keydown', {bubbles: true}))")
    studio.page.wait_for_timeout(100)  # an error would be known to the fixture by then


def test_shortcuts_on_a_keyboard_of_other_letters(studio):
    studio.colour().fill("#c2255c")
    studio.colour().press("Enter")
    studio.saved(BRAND.replace("#0b5fff", "#c2255c"))
    press(studio, key="я", code="KeyZ", ctrlKey=True)
    studio.saved(BRAND)
    press(studio, key="ш", code="KeyI")
    inspector(studio).wait_for()


def test_a_letter_is_where_the_layout_has_it(studio):
    """On a French keyboard the key at the place of W is Z, and the other way about."""
    studio.colour().fill("#c2255c")
    studio.colour().press("Enter")
    studio.saved(BRAND.replace("#0b5fff", "#c2255c"))
    press(studio, key="w", code="KeyZ", ctrlKey=True)
    studio.page.wait_for_timeout(300)
    press(studio, key="z", code="KeyW", ctrlKey=True)
    studio.saved(BRAND)


def test_a_key_that_is_held_switches_once(studio):
    press(studio, key="i", code="KeyI")
    inspector(studio).wait_for()
    press(studio, key="i", code="KeyI", repeat=True)
    studio.page.wait_for_timeout(100)
    assert inspector(studio).is_visible()


def test_another_modifier_makes_no_shortcut_of_one_letter(studio):
    press(studio, key="i", code="KeyI", metaKey=True)
    studio.page.wait_for_timeout(100)
    assert 0 == inspector(studio).count()


def test_escape_that_ends_a_composition_closes_nothing(studio):
    studio.page.keyboard.press("i")
    inspector(studio).wait_for()
    press(studio, key="Escape", isComposing=True)
    studio.page.wait_for_timeout(100)
    assert inspector(studio).is_visible()


def test_escape_closes_the_list_of_brands_and_not_the_inspector_too(studio):
    page = studio.page
    page.keyboard.press("i")
    inspector(studio).wait_for()
    page.get_by_role("button", name="Brand: Acme").click()
    page.keyboard.press("Escape")
    page.get_by_role("listbox", name="Brands").wait_for(state="detached")
    assert inspector(studio).is_visible()
    page.keyboard.press("Escape")
    inspector(studio).wait_for(state="detached")


def test_escape_empties_the_search_and_does_not_close_the_inspector_too(studio):
    page = studio.page
    page.keyboard.press("i")
    inspector(studio).wait_for()
    find = page.get_by_role("searchbox", name="Find a field")
    find.fill("radius")
    find.press("Escape")
    studio.until(lambda: "" == find.input_value())
    assert inspector(studio).is_visible()
    find.press("Escape")
    inspector(studio).wait_for(state="detached")


def test_the_arrows_that_go_back_in_the_browser_move_no_tab(studio):
    tab = studio.page.get_by_role("tab", name="Design")
    tab.focus()
    tab.evaluate(PRESS, {"key": "ArrowRight", "altKey": True})
    studio.page.wait_for_timeout(100)
    assert "true" == tab.get_attribute("aria-selected")


def test_keys_in_a_page_of_a_frame(whole_studio):
    """The page tells of those of other keyboards, too, and the Studio follows letters only where they are shortcuts."""
    studio = whole_studio
    body = studio.frame.locator("body")
    studio.frame.locator(".md-header").wait_for()
    body.evaluate("page => page.dispatchEvent(new Event('keydown', {bubbles: true}))")
    body.evaluate(PRESS, {"key": "ш", "code": "KeyI"})
    inspector(studio).wait_for()
    body.evaluate(PRESS, {"key": "Escape"})
    inspector(studio).wait_for(state="detached")
    studio.page.get_by_role("button", name="Keyboard shortcuts").click()
    studio.page.get_by_role("checkbox", name="Shortcuts of one letter").uncheck()
    studio.page.keyboard.press("Escape")
    body.evaluate(PRESS, {"key": "i", "code": "KeyI"})
    studio.page.wait_for_timeout(300)
    assert 0 == inspector(studio).count()
