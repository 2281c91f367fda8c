"""From a place on the page to its token, the line that defines it, and its field; and mistakes at their lines."""

import pytest

from tests.e2e.studio.conftest import BRAND

pytestmark = [pytest.mark.slow, pytest.mark.browser]


def test_pointing_names_token_and_line(whole_studio):
    studio = whole_studio
    studio.frame.locator(".md-header").wait_for()
    studio.page.get_by_role("button", name="Inspect: point at the page").click()
    studio.frame.locator("themekit-inspector").wait_for(state="attached")
    studio.point_and_click(studio.frame.locator(".tk-hero .md-button--primary, .md-button--primary").first)
    inspector = studio.page.get_by_role("complementary", name="Inspector")
    inspector.get_by_text("background-color").wait_for()
    inspector.get_by_role("button", name="color.solid", exact=True).wait_for()  # not that of a button that is hovered
    inspector.get_by_role("button", name="brands/acme/brand.json:3").first.wait_for()
    inspector.get_by_text("color.primary, as it is").first.wait_for()  # the reason, as `explain` has it
    inspector.get_by_role("button", name="Edit color.primary").first.click()
    focused = "document.activeElement.closest('[data-pointer]')?.dataset.pointer"
    studio.until(lambda: studio.page.evaluate(focused) == "/color/primary")


def test_the_keyboard_goes_from_the_page_to_the_inspector_and_back(whole_studio):
    """Enter picks what has the focus in the page; F6 leaves the page, however many links it has."""
    studio = whole_studio
    page = studio.page
    studio.frame.locator(".md-header").wait_for()
    page.get_by_role("button", name="Inspect: point at the page").press("Enter")
    studio.frame.locator("themekit-inspector").wait_for(state="attached")
    studio.frame.locator(".md-button--primary").first.focus()
    page.keyboard.press("Enter")
    page.get_by_role("complementary", name="Inspector").get_by_text("background-color").wait_for()
    page.keyboard.press("F6")
    close = page.get_by_role("button", name="Close the inspector")
    studio.until(lambda: close.evaluate("element => element === document.activeElement"))
    page.keyboard.press("Shift+F6")
    inspect = page.get_by_role("button", name="Inspect: point at the page")
    studio.until(lambda: inspect.evaluate("element => element === document.activeElement"))
    page.keyboard.press("F6")
    page.keyboard.press("Enter")
    studio.until(lambda: inspect.evaluate("element => element === document.activeElement"))
    assert 0 == close.count()


def test_escape_ends_inspecting_from_within_the_page(whole_studio):
    """Who has pointed has the focus in the frame, not in the Studio."""
    studio = whole_studio
    studio.frame.locator(".md-header").wait_for()
    studio.page.get_by_role("button", name="Inspect: point at the page").click()
    studio.frame.locator("themekit-inspector").wait_for(state="attached")
    studio.point_and_click(studio.frame.locator(".md-button--primary").first)
    inspector = studio.page.get_by_role("complementary", name="Inspector")
    inspector.get_by_text("background-color").wait_for()
    assert "IFRAME" == studio.page.evaluate("document.activeElement.tagName")
    studio.page.keyboard.press("Escape")
    inspector.wait_for(state="detached")
    studio.frame.locator("themekit-inspector").wait_for(state="detached")


def test_a_token_says_why_it_is_what_it_is(studio):
    studio.tab("Tokens")
    studio.page.get_by_role("searchbox", name="Find a token").fill("color.link-hover")
    token = studio.page.get_by_role("button", name="link-hover")
    token.locator(".swatch").nth(1).wait_for()
    day, night = (swatch.bounding_box() for swatch in token.locator(".swatch").all())
    assert (day["y"], day["x"] + day["width"]) == (night["y"], night["x"])
    token.click()
    reasons = studio.page.locator(".reasons")
    reasons.get_by_text("lightness").first.wait_for()
    assert "Light" in reasons.inner_text()


def test_a_line_leads_to_the_source(whole_studio):
    studio = whole_studio
    studio.frame.locator(".md-header").wait_for()
    studio.page.get_by_role("button", name="Inspect: point at the page").click()
    studio.frame.locator("themekit-inspector").wait_for(state="attached")
    studio.point_and_click(studio.frame.locator(".md-button--primary").first)
    studio.page.get_by_role("button", name="brands/acme/brand.json:3").first.click()
    studio.page.locator(".cm-content").wait_for()
    studio.until(lambda: "primary" in studio.page.locator(".cm-activeLine").text_content())


def test_broken_json_is_shown_and_mended(studio):
    broken = BRAND.replace('"#0b5fff" }', '"#0b5fff"')
    studio.file.write_text(broken, encoding="utf-8")
    studio.page.get_by_role("button", name="Open the source").click()
    studio.page.get_by_role("list", name="Diagnostics").get_by_text("error[").first.wait_for()
    studio.page.locator(".cm-lintRange-error, .cm-lint-marker-error").first.wait_for(state="attached")
    studio.tab("Design")
    assert studio.colour().is_disabled()
    studio.file.write_text(BRAND, encoding="utf-8")
    studio.until(studio.colour().is_enabled)


def test_the_source_is_edited_and_saved(studio):
    studio.tab("Source")
    editor = studio.page.locator(".cm-content")
    editor.wait_for()
    editor.click()
    for key in ("Control+Home", "ArrowDown", "End", "ArrowLeft", "ArrowLeft"):
        studio.page.keyboard.press(key)
    studio.page.keyboard.type(" & Co")
    changed = BRAND.replace("Acme", "Acme & Co")
    studio.page.keyboard.press("Control+s")
    studio.saved(changed)
    studio.settled()
    studio.page.get_by_role("button", name="Undo").click()
    studio.saved(BRAND)


def test_broken_source_is_not_saved(studio):
    studio.tab("Source")
    editor = studio.page.locator(".cm-content")
    editor.wait_for()
    editor.click()
    studio.page.keyboard.press("Control+End")
    studio.page.keyboard.insert_text("}")
    mistakes = studio.page.get_by_role("list", name="Diagnostics").get_by_text("error[")
    mistakes.first.wait_for()  # while it is typed
    studio.page.get_by_role("button", name="Save", exact=True).click()
    mistakes.first.wait_for()
    assert BRAND == studio.file.read_text(encoding="utf-8")


def test_what_is_taken_back_is_no_mistake_any_more(studio):
    studio.tab("Source")
    studio.page.locator(".cm-content").click()
    studio.page.keyboard.press("Control+End")
    studio.page.keyboard.insert_text("}")
    mistakes = studio.page.get_by_role("list", name="Diagnostics").get_by_text("error[")
    mistakes.first.wait_for()
    studio.page.get_by_role("button", name="Revert").click()
    studio.until(lambda: 0 == mistakes.count())


def test_a_problem_leads_to_its_field_and_offers_what_passes(studio):
    """The offered value is used when somebody takes it, and not before."""
    text = BRAND.replace(
        '"#0b5fff" }', '"#0b5fff" },\n    "tokens": { "color": { "link": { "$type": "color", "$value": "#9db9ee" } } }'
    )
    studio.file.write_text(text, encoding="utf-8")
    studio.page.get_by_role("tab", name="Problems").get_by_text("1").wait_for()
    studio.tab("Problems")
    studio.page.get_by_role("button", name="Show the field").first.click()
    field = studio.page.get_by_label("color.link, colour")
    field.wait_for()
    studio.until(lambda: field.evaluate("element => element === document.activeElement"))
    assert text == studio.file.read_text(encoding="utf-8")
    offer = studio.page.get_by_role("button", name="Use #").first
    value = offer.text_content().removeprefix("Use ").strip()
    offer.click()
    studio.saved(text.replace("#9db9ee", value))
