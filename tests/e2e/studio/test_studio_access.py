"""Everybody can use it: axe finds nothing, keys reach all, 400 % zoom needs no sideways scrolling."""

import io
import json

import pytest
from PIL import Image

from tests.e2e.studio.conftest import BRAND
from tests.e2e.studio.test_studio_conflicts import edit_both

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


def broken(studio):
    studio.file.write_text(BRAND.replace('"#0b5fff" }', '"#0b5fff"'), encoding="utf-8")
    studio.page.get_by_role("region", name="Notice").wait_for()


def own_token(studio):
    link = '"tokens": { "color": { "link": { "$type": "color", "$value": "#9db9ee" } } }'
    studio.file.write_text(BRAND.replace('"shape"', f'{link},\n    "shape"'), encoding="utf-8")
    studio.page.get_by_role("tab", name="Problems").get_by_text("1").wait_for()
    studio.tab("Problems")
    studio.page.get_by_role("button", name="Show the field").first.click()
    studio.page.get_by_label("color.link, colour").wait_for()
    studio.page.get_by_role("button", name="color.link, colour: sliders").or_(
        studio.page.get_by_role("button", name="color.link: sliders")
    ).first.click()


def problems(studio):
    own_token(studio)
    studio.tab("Problems")


def lists(studio):
    portal = '"portal": { "social": [{ "kind": "github", "url": "https://a.example/" }], "navigation": [] }'
    studio.file.write_text(BRAND.replace('"shape"', f'{portal},\n    "shape"'), encoding="utf-8")
    open_sections(studio.page)
    studio.page.get_by_role("group", name="Item 1").wait_for()


def inspector(studio):
    studio.page.keyboard.press("i")
    studio.page.get_by_role("complementary", name="Inspector").wait_for()


def conflict(studio):
    edit_both(studio, BRAND.replace("#0b5fff", "#0a7a3a"))
    studio.page.get_by_role("dialog", name="Changed in two places").wait_for()


def conflict_of_texts(studio):
    studio.tab("Source")
    studio.page.locator(".cm-content").click()
    for key in ("Control+Home", "ArrowDown", "End", "ArrowLeft", "ArrowLeft"):
        studio.page.keyboard.press(key)
    studio.page.keyboard.type(" & Co")
    studio.file.write_text(BRAND.replace("Acme", "Theirs"), encoding="utf-8")
    studio.page.get_by_role("button", name="Brand: Theirs").wait_for()
    studio.page.get_by_role("button", name="Save", exact=True).click()
    studio.page.get_by_role("dialog", name="The file was changed elsewhere").wait_for()


STATES = {each.__name__: each for each in (broken, own_token, problems, lists, inspector, conflict, conflict_of_texts)}


@pytest.mark.parametrize("state", STATES)
def test_no_violation_in_what_comes_while_working(open_studio, state):
    """By day, by night, with more contrast, and at 400 %."""
    studio = open_studio(color_scheme="light")
    STATES[state](studio)
    found = {}
    for look in ({"color_scheme": "light"}, {"color_scheme": "dark"}, {"color_scheme": "dark", "contrast": "more"}):
        studio.page.emulate_media(**look)
        found |= {(*look.values(), *each[:2]): each[2] for each in violations(studio.page)}
    studio.page.set_viewport_size({"width": 320, "height": 640})
    found |= {("320", *each[:2]): each[2] for each in violations(studio.page)}
    assert {} == found
    assert [] == too_wide(studio.page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_ring_of_the_source_editor_is_whole(open_studio, scheme):
    """Two pixels on all four sides, from corner to corner."""
    studio = open_studio(color_scheme=scheme)
    studio.tab("Source")
    studio.page.locator(".cm-content").click()
    ring = studio.page.locator(".source-editor").evaluate(
        """element => {
            const canvas = document.createElement("canvas").getContext("2d");
            canvas.fillStyle = getComputedStyle(element).getPropertyValue("--focus");
            canvas.fillRect(0, 0, 1, 1);
            return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
        }"""
    )
    box = studio.page.locator(".source-editor").bounding_box()
    left, top = round(box["x"]), round(box["y"])
    right, bottom = round(box["x"] + box["width"]), round(box["y"] + box["height"])
    shot = Image.open(io.BytesIO(studio.page.screenshot())).convert("RGB")
    sides = {
        "left": (left, top, left + 2, bottom),
        "right": (right - 2, top, right, bottom),
        "top": (left, top, right, top + 2),
        "bottom": (left, bottom - 2, right, bottom),
    }
    pixels = {side: shot.crop(place) for side, place in sides.items()}
    colours = {side: {color for _, color in each.getcolors()} for side, each in pixels.items()}
    assert {side: {tuple(ring)} for side in sides} == colours


def test_the_head_of_a_frame_is_one_line_whatever_the_name(studio):
    """Of two frames side by side; the whole name is in the title, and what a screen reader says."""
    page, name = studio.page, "The Trading Name of Acme International Payments and Logistics Holding"
    head = page.locator(".frame-head")
    with page.expect_response("**/api/events"):  # from then on the page is told of what is written
        page.reload()
    page.get_by_role("form", name="Fields of the brand").wait_for()
    page.keyboard.press("2")
    head.nth(1).wait_for()
    heights = [each.bounding_box()["height"] for each in head.all()]
    studio.file.write_text(json.dumps({"name": name, "color": {"primary": "#0b5fff"}}), encoding="utf-8")
    page.get_by_role("button", name=f"Brand: {name}").wait_for()
    assert [heights[0]] * 2 == [each.bounding_box()["height"] for each in head.all()]
    chosen = head.first.get_by_label("Brand of this frame")
    assert name == chosen.get_attribute("title")
    assert 1 == page.get_by_role("article", name=f"Preview of {name}").count()
    edges = [
        each.bounding_box() for each in (chosen, head.first.get_by_label("View"), head.first.get_by_title("Close"))
    ]
    assert edges[0]["x"] + edges[0]["width"] <= edges[1]["x"] < edges[2]["x"]
    assert chosen.bounding_box()["width"] >= 64
    page.keyboard.press("1")
    assert chosen.bounding_box()["width"] > 300  # where there is room, more of it is shown


def test_the_heads_of_three_frames_are_one_line(studio):
    """In a window of 1280, where what has a picture is shown by it; all of it is still reached and named."""
    page = studio.page
    head = page.locator(".frame-head")
    page.keyboard.press("2")
    head.nth(1).wait_for()
    height = head.first.bounding_box()["height"]
    page.keyboard.press("3")
    head.nth(2).wait_for()
    for view in ("Portal", "Components"):
        head.nth(1).get_by_label("View").select_option(view)
        assert [height] * 3 == [each.bounding_box()["height"] for each in head.all()]
        assert all(each.bounding_box()["width"] >= 48 for each in head.nth(1).get_by_role("combobox").all()[:2])
    scheme = head.nth(1).get_by_label("Appearance of this frame")
    scheme.select_option("Dark")
    studio.until(lambda: page.locator("article.frame").nth(1).get_attribute("aria-label").endswith(", dark"))
    assert all(each.bounding_box()["width"] >= 24 for each in head.nth(1).get_by_role("button").all())
    edit = head.nth(1).get_by_role("button", name="Edit this brand")
    assert edit.is_visible()


def test_tabs_are_whole_in_a_middle_window(open_studio):
    """One column: the panel is as high as three quarters of the window, and its tabs are not what gives way."""
    page = open_studio(viewport={"width": 768, "height": 1024}).page
    tabs, tab = page.get_by_role("tablist", name="Side panel"), page.get_by_role("tab", name="Design")
    assert tab.bounding_box()["height"] <= tabs.bounding_box()["height"]


def test_forced_colours_tell_which_tab_is_open(open_studio):
    """Where clear borders are drawn too."""
    page = open_studio(forced_colors="active").page
    line = "element => getComputedStyle(element).borderBottomColor"
    colors = [tab.evaluate(line) for tab in page.get_by_role("tab").all()]
    assert colors[0] not in colors[1:]
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert {ground} == set(colors[1:])


@pytest.mark.parametrize("width", [1280, 320])
def test_messages_do_not_cover_the_form(open_studio, width):
    """Beside it where there is room, else there is room to scroll it above them."""
    page = open_studio(viewport={"width": width, "height": 800}).page
    open_sections(page)
    page.get_by_role("button", name="Add to social").click()
    page.get_by_role("button", name="Remove item 1").click()
    page.get_by_text("Removed; 0 left").wait_for()
    toast = page.locator(".toast").bounding_box()
    if width == 1280:
        panel = page.get_by_role("region", name="Brand").bounding_box()
        assert panel["x"] + panel["width"] <= toast["x"]
    else:
        page.evaluate("scrollTo(0, document.scrollingElement.scrollHeight)")
        last = page.locator(".frames").bounding_box()
        assert last["y"] + last["height"] <= toast["y"]


@pytest.mark.parametrize("state", OPENED)
def test_reflow_at_400_percent(open_studio, state):
    """320 CSS pixels wide: one column (WCAG 2.2, 1.4.10)."""
    studio = open_studio(viewport={"width": 320, "height": 640})
    OPENED[state](studio.page)
    assert [] == too_wide(studio.page)


def too_wide(page):
    """What stands out of a window of 320 pixels, and the document if it can be scrolled sideways."""
    width = page.evaluate("document.scrollingElement.scrollWidth")
    wide = page.evaluate(
        """[...document.querySelectorAll('#studio *')]
            .filter((one) => one.getBoundingClientRect().right > 321 && getComputedStyle(one).position !== 'absolute')
            .filter((one) => !one.closest('iframe, .tabs, pre, svg, .viewport') && one.checkVisibility())
            .map((one) => one.outerHTML.slice(0, 120))"""
    )
    return [*wide, *([f"the document: {width}"] if width > 320 else [])]


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


def focused(page):
    return page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.localName")


def test_the_focus_stays_near_what_goes_away(studio):
    """A button that goes with its field's value, one that is switched off, an entry: nobody starts at the top again."""
    page = studio.page
    page.get_by_role("button", name="Remove Radius from the file").press("Enter")
    studio.saved(BRAND.replace('"6px"', "").replace('"radius": ', "").replace("{  }", "{}"))
    studio.until(lambda: "Radius" == focused(page))
    undo = page.get_by_role("button", name="Undo")
    studio.until(undo.is_enabled)
    undo.press("Enter")
    studio.saved(BRAND)
    studio.until(lambda: "Redo" == focused(page))
    assert undo.is_disabled()


def test_the_list_of_brands_closes_behind_whoever_goes_on(studio):
    page = studio.page
    page.get_by_role("button", name="Brand: Acme").press("Enter")
    page.get_by_role("listbox", name="Brands").wait_for()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.get_by_role("listbox", name="Brands").wait_for(state="detached")


def test_the_list_of_brands_closes_for_whoever_goes_into_a_frame(studio):
    """Nothing of that reaches the Studio's own page but that its window has lost the focus."""
    page = studio.page
    page.get_by_role("button", name="Brand: Acme").click()
    page.get_by_role("listbox", name="Brands").wait_for()
    page.evaluate("document.querySelector('iframe').contentWindow.focus()")
    page.get_by_role("listbox", name="Brands").wait_for(state="detached")


def test_in_a_low_window_only_the_newest_toast_is_seen(open_studio):
    studio = open_studio(viewport={"width": 320, "height": 256})
    page = studio.page
    toasts = page.locator(".toast")
    page.get_by_role("button", name="Remove Radius from the file").press("Enter")
    studio.settled()
    for key, word in (("Control+z", "undone"), ("Control+Shift+z", "redone")):
        page.keyboard.press(key)
        toasts.filter(has_text=f"Last change {word}").wait_for()
    studio.until(lambda: 2 == toasts.count())
    assert not toasts.first.is_visible()
    assert toasts.last.is_visible()
