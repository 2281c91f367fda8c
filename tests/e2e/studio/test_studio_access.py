"""Everybody can use it: axe finds nothing, keys reach all, 400 % zoom needs no sideways scrolling."""

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.browser]


def open_sections(page):
    closed = page.locator(".section-head button[aria-expanded=false]")
    while closed.count():
        closed.first.click()


OPENED = {
    "design": lambda page: page.get_by_role("button", name="Primary: sliders").click(),
    "all sections": open_sections,
    "tokens": lambda page: page.get_by_role("tab", name="Tokens").click(),
    "source": lambda page: (page.get_by_role("tab", name="Source").click(), page.locator(".cm-content").wait_for()),
    "problems": lambda page: page.get_by_role("tab", name="Problems").click(),
    "new brand": lambda page: page.get_by_role("button", name="New brand").click(),
    "share": lambda page: page.get_by_role("button", name="Share").click(),
    "keys": lambda page: page.get_by_role("button", name="Keyboard shortcuts").click(),
    "picker": lambda page: page.get_by_role("button", name="Brand: Acme").click(),
    "four frames": lambda page: page.keyboard.press("4"),
}


def violations(page):
    """Of the Studio's own document: the frames have tests of their own."""
    from themekit.studio.chromium.axe import violations_of

    return [(each.rule, each.html, each.advice) for each in violations_of(page, looks_into_frames=False)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", OPENED)
def test_no_violation(open_studio, state, scheme):
    studio = open_studio(color_scheme=scheme)
    OPENED[state](studio.page)
    assert [] == violations(studio.page)


@pytest.mark.parametrize("state", OPENED)
def test_reflow_at_400_percent(open_studio, state):
    """320 CSS pixels wide: one column (WCAG 2.2, 1.4.10)."""
    studio = open_studio(viewport={"width": 320, "height": 640})
    OPENED[state](studio.page)
    assert 320 == studio.page.evaluate("document.scrollingElement.scrollWidth")
    wide = studio.page.evaluate(
        """[...document.querySelectorAll('#studio *')]
            .filter((one) => one.getBoundingClientRect().right > 321 && getComputedStyle(one).position !== 'absolute')
            .filter((one) => !one.closest('iframe, .tabs, pre, svg, .viewport') && one.checkVisibility())
            .map((one) => one.outerHTML.slice(0, 120))"""
    )
    assert [] == wide


def test_axe_at_320_pixels(open_studio):
    assert [] == violations(open_studio(viewport={"width": 320, "height": 640}).page)


def test_side_by_side(whole_studio):
    studio = whole_studio
    page = studio.page
    page.keyboard.press("2")
    assert 2 == page.locator("iframe").count()
    brands = page.get_by_label("Brand of this frame")
    assert ["acme", "lagoon"] == [one.input_value() for one in brands.all()]
    page.get_by_role("radio", name="Dark", exact=True).check(force=True)
    for frame in page.frames[1:]:
        studio.until(lambda frame=frame: "slate" == frame.evaluate("document.body?.dataset.mdColorScheme"))
    page.get_by_label("View", exact=True).last.select_option("gallery")
    page.get_by_role("button", name="Edit this brand").click()
    page.get_by_role("button", name="Brand: Lagoon").wait_for()
    page.get_by_role("button", name="Close this frame").last.click()
    assert 1 == page.locator("iframe").count()


def test_a_viewport_is_scaled_to_fit(whole_studio):
    studio = whole_studio
    page = studio.page
    page.get_by_label("Width of the page").select_option("1920")
    studio.until(lambda: 1920 == page.frames[1].evaluate("innerWidth"))
    box = page.locator(".viewport").bounding_box()
    inner = page.locator("iframe").bounding_box()
    assert inner["width"] == pytest.approx(box["width"], abs=1)
    assert inner["height"] == pytest.approx(box["height"], abs=1)


def test_the_keyboard_reaches_everything(studio):
    """From the top, Tab alone passes every control that is shown, and dialogs give the focus back."""
    page = studio.page
    page.evaluate("document.activeElement.blur()")
    seen = set()
    for _ in range(200):
        page.keyboard.press("Tab")
        name = page.evaluate(
            "document.activeElement === document.body ? '' : document.activeElement.outerHTML.slice(0, 80)"
        )
        if name.startswith("<iframe"):
            break
        seen.add(name)
    assert 45 < len(seen)
    page.get_by_role("button", name="Keyboard shortcuts").focus()
    page.keyboard.press("Enter")
    page.get_by_role("dialog", name="Keyboard shortcuts").wait_for()
    page.keyboard.press("Escape")
    assert "Keyboard shortcuts" == page.evaluate("document.activeElement.getAttribute('aria-label')")


def test_shortcuts_of_one_letter_can_be_off(studio):
    page = studio.page
    page.keyboard.press("?")
    page.get_by_role("checkbox", name="Shortcuts of one letter").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("3")
    assert 1 == page.locator("iframe").count()
