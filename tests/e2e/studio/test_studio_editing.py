"""The form writes the bytes of a value and no others; the file's own edits come into the form; undo takes all back."""

import json

import coloraide
import pytest

from tests.e2e.studio.conftest import BRAND

pytestmark = [pytest.mark.slow, pytest.mark.browser]


def test_a_colour_changes_its_bytes_only(studio):
    studio.colour().fill("#c2255c")
    studio.colour().press("Enter")
    studio.saved(BRAND.replace("#0b5fff", "#c2255c"))


def test_a_slider_saves_when_it_is_let_go(studio):
    studio.page.get_by_role("button", name="Primary: sliders").click()
    slider = studio.page.get_by_role("slider", name="Primary: lightness")
    slider.focus()
    slider.press("End")
    studio.saved(BRAND.replace("#0b5fff", "#ffffff"))


def test_a_slider_goes_through_all_hues_and_back(studio):
    """Hues where the chroma does not fit must not eat it: the value's text is held apart from the sliders."""
    studio.page.get_by_role("button", name="Primary: sliders").click()
    slider = studio.page.get_by_role("slider", name="Primary: hue")
    start = float(slider.input_value())
    for hue in (*range(260, 0, -20), start):
        slider.fill(str(round(hue)))
    chroma = studio.page.get_by_role("slider", name="Primary: chroma")
    assert 0.2 < float(chroma.input_value())
    studio.settled()


def test_lengths_choices_numbers_and_texts(studio):
    page = studio.page
    page.get_by_role("spinbutton", name="Radius, number").fill("12")
    page.get_by_role("spinbutton", name="Radius, number").press("Tab")
    expected = BRAND.replace('"6px"', '"12px"')
    studio.saved(expected)
    page.get_by_role("spinbutton", name="Ratio, number").fill("1.25")
    page.get_by_role("spinbutton", name="Ratio, number").press("Tab")
    expected = expected.replace("1.2 ", "1.25 ")
    studio.saved(expected)
    page.get_by_role("radio", name="Strong").check(force=True)
    expected = expected.replace('"12px"', '"12px", "shadow": "strong"')
    studio.saved(expected)
    page.get_by_role("button", name="Brand Name, language").click()
    page.get_by_role("textbox", name="Tagline").fill("Money that moves")
    page.get_by_role("textbox", name="Tagline").blur()
    studio.until(lambda: '"tagline": "Money that moves"' in studio.file.read_text(encoding="utf-8"))


def test_colour_options_and_palettes(studio):
    """The schema alone makes their controls: objects within the section on colours."""
    page = studio.page

    def colors():
        return json.loads(studio.file.read_text(encoding="utf-8"))["color"]

    page.get_by_role("radio", name="Muted").check(force=True)
    studio.until(lambda: {"chroma": "muted"} == colors().get("options"))
    tint = page.get_by_role("spinbutton", name="Neutral tint, number")
    tint.fill("0.5")
    tint.press("Tab")
    studio.until(lambda: {"chroma": "muted", "neutralTint": 0.5} == colors()["options"])
    page.get_by_role("radiogroup", name="Data").get_by_role("radio", name="Yes").check(force=True)
    studio.until(lambda: {"data": True} == colors().get("palettes"))
    page.get_by_role("img", name="Data category, light: 8 steps from #").wait_for()
    assert 3 == page.get_by_role("img", name="light: 12 steps from #").count()  # what the options made of the scales


def test_defaults_that_are_numbers_are_where_sliders_stand(studio):
    """And those that are words are told below, as a field for numbers would cut them."""
    page = studio.page
    assert "0" == page.get_by_role("slider", name="Light", exact=True).input_value()
    assert "-40" == page.get_by_role("slider", name="Light", exact=True).get_attribute("min")
    tint = page.get_by_role("slider", name="Neutral tint")
    assert "Default: derived from primary" == tint.get_attribute("aria-valuetext")
    studio.field("/color/options/neutralTint").get_by_text("Default: derived from primary").wait_for()
    page.get_by_role("group", name="Text Lc").wait_for()


def test_palettes_are_on_the_gallery_as_soon_as_they_are_asked_for(whole_studio):
    """Without a reload: the page has them, and its sheet shows them when the brand's sheet has their tokens."""
    studio = whole_studio
    studio.page.get_by_label("View", exact=True).select_option("gallery")
    studio.frame.get_by_role("heading", name="Buttons").wait_for()
    for name, part in (("Data", "data"), ("Gradient", "gradient"), ("Tones", "tones")):
        assert studio.frame.locator(f".gallery__{part}").is_hidden()
        studio.page.get_by_role("radiogroup", name=name).get_by_role("radio", name="Yes").check(force=True)
        studio.frame.locator(f".gallery__{part}").wait_for()
    background = "element => getComputedStyle(element).backgroundColor"
    bars = [bar.evaluate(background) for bar in studio.frame.locator(".gallery__chart > span").all()]
    assert (8, 8) == (len(bars), len(set(bars)))
    assert "linear-gradient" in studio.frame.locator(".gallery__banner").evaluate(
        "element => getComputedStyle(element).backgroundImage"
    )


def test_undo_and_redo_to_the_byte(studio):
    changed = BRAND.replace("#0b5fff", "#c2255c")
    studio.colour().fill("#c2255c")
    studio.colour().press("Enter")
    studio.saved(changed)
    studio.page.get_by_role("radio", name="Strong").check(force=True)
    studio.saved(changed.replace('"6px"', '"6px", "shadow": "strong"'))
    studio.page.keyboard.press("Control+z")
    studio.saved(changed)
    studio.page.get_by_role("button", name="Undo").click()
    studio.saved(BRAND)
    studio.until(studio.page.get_by_role("button", name="Undo").is_disabled)
    studio.page.keyboard.press("Control+Shift+Z")
    studio.saved(changed)
    studio.until(lambda: "#c2255c" == studio.colour().input_value())


def test_redo_leaves_what_others_wrote(studio):
    """Undo took back one place of a file that somebody changed elsewhere, which redo leaves alone."""
    page, radius = studio.page, studio.page.get_by_role("spinbutton", name="Radius, number")
    studio.colour().fill("#c2255c")
    studio.colour().press("Enter")
    studio.saved(BRAND.replace("#0b5fff", "#c2255c"))
    studio.settled()
    theirs = BRAND.replace("6px", "9px")
    studio.file.write_text(theirs.replace("#0b5fff", "#c2255c"), encoding="utf-8")
    studio.until(lambda: "9" == radius.input_value())
    page.get_by_role("button", name="Undo").click()
    studio.saved(theirs)
    page.get_by_role("button", name="Redo").click()
    studio.until(page.get_by_role("button", name="Redo").is_disabled)
    studio.saved(theirs.replace("#0b5fff", "#c2255c"))


def test_undo_leaves_what_others_wrote(studio):
    studio.colour().fill("#c2255c")
    studio.colour().press("Enter")
    studio.saved(BRAND.replace("#0b5fff", "#c2255c"))
    theirs = BRAND.replace("#0b5fff", "#c2255c").replace("Acme", "Acme Two")
    studio.file.write_text(theirs, encoding="utf-8")
    studio.page.get_by_role("button", name="Brand: Acme Two").wait_for()
    studio.page.get_by_role("button", name="Undo").click()
    studio.saved(BRAND.replace("Acme", "Acme Two"))


def test_the_file_changes_the_form(studio):
    """And not the field that is being typed into."""
    studio.colour().focus()
    studio.colour().press_sequentially("x")
    studio.file.write_text(BRAND.replace("6px", "9px"), encoding="utf-8")
    radius = studio.page.get_by_role("spinbutton", name="Radius, number")
    studio.until(lambda: "9" == radius.input_value())
    assert "x" in studio.colour().input_value()


def test_lists_grow_move_and_shrink(studio):
    page = studio.page
    page.get_by_role("searchbox", name="Find a field").fill("social")
    page.get_by_role("button", name="Add to social").click()
    page.get_by_role("textbox", name="Url").or_(page.get_by_role("textbox", name="URL")).fill("https://a.example/")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Add to social").click()
    page.get_by_role("group", name="Item 2").wait_for()
    page.get_by_role("button", name="Move item 2 up").click()
    page.get_by_text("Moved to place 1").wait_for()
    page.get_by_role("button", name="Remove item 2").click()
    page.get_by_role("group", name="Item 2").wait_for(state="detached")
    studio.until(lambda: "https://a.example/" not in studio.file.read_text(encoding="utf-8"))
    studio.settled()


def test_the_page_is_repainted(whole_studio):
    studio = whole_studio
    hero = studio.frame.locator(".md-header")
    hero.wait_for()
    before = hero.evaluate("element => getComputedStyle(element).backgroundColor")
    studio.colour().fill("#0a7a3a")
    studio.colour().press("Enter")
    studio.until(lambda: before != hero.evaluate("element => getComputedStyle(element).backgroundColor"))


def test_a_file_that_others_write_is_painted_after_a_slider_too(whole_studio):
    """What the slider's draft lay over is followed again as soon as the draft is the file."""
    studio = whole_studio
    header = studio.frame.locator(".md-header")
    header.wait_for()

    def is_painted(color):
        return color == header.evaluate("element => getComputedStyle(element).backgroundColor")

    studio.page.get_by_role("button", name="Primary: sliders").click()
    slider = studio.page.get_by_role("slider", name="Primary: hue")
    slider.press("PageDown")
    studio.until(lambda: not is_painted("rgb(11, 95, 255)"))
    studio.settled()
    studio.file.write_text(BRAND.replace("#0b5fff", "#b3261e"), encoding="utf-8")
    studio.until(lambda: is_painted("rgb(179, 38, 30)"))
    studio.until(lambda: "#b3261e" == studio.colour().input_value())  # or it would be a conflict
    slider.press("PageDown")
    studio.until(lambda: not is_painted("rgb(179, 38, 30)"))
    studio.settled()
    studio.page.get_by_role("button", name="Undo").click()
    studio.until(lambda: is_painted("rgb(179, 38, 30)"))


def test_while_a_slider_is_dragged_the_gallery_skips_what_is_not_seen(whole_studio):
    """Nothing moves by it, and all of it has the new colour afterwards."""
    page = whole_studio.page
    page.get_by_label("View", exact=True).select_option("gallery")
    page.frame_locator("iframe").get_by_role("heading", name="Buttons").wait_for()
    gallery = next(frame for frame in page.frames if "@gallery" in frame.url)
    whole_studio.until(
        lambda: "complete" == gallery.evaluate("document.readyState")
    )  # sheets and fonts are made after it
    gallery.evaluate("document.fonts.ready.then(() => true)")
    height = gallery.evaluate("document.documentElement.scrollHeight")
    skipped = """() => [...document.querySelectorAll(".gallery > section")].filter(
        (each) => each.checkVisibility()  // not a palette that the brand has not asked for
            && !each.firstElementChild.checkVisibility({ contentVisibilityAuto: true })).length"""
    swatch = """() => getComputedStyle(
        document.querySelector('.gallery__swatch[style*="primary-9"]')
    ).backgroundColor"""
    assert 0 == gallery.evaluate(skipped)
    before = gallery.evaluate(swatch)
    page.get_by_role("button", name="Primary: sliders").click()
    slider = page.get_by_role("slider", name="Primary: hue")
    hues = iter(range(40, 340))

    def drags_and_skips():
        slider.fill(str(next(hues)))
        return 0 < gallery.evaluate(skipped)

    whole_studio.until(drags_and_skips)
    assert height == gallery.evaluate("document.documentElement.scrollHeight")
    whole_studio.settled()
    whole_studio.until(lambda: 0 == gallery.evaluate(skipped))
    assert before != gallery.evaluate(swatch)
    assert height == gallery.evaluate("document.documentElement.scrollHeight")


def test_while_a_slider_is_dragged_colours_follow_at_once(whole_studio):
    """Without the transitions of components, and without what is only looked at when the hand rests."""
    page = whole_studio.page
    page.get_by_label("View", exact=True).select_option("gallery")
    page.frame_locator("iframe").get_by_role("heading", name="Buttons").wait_for()
    gallery = next(frame for frame in page.frames if "@gallery" in frame.url)
    durations = """() => getComputedStyle(document.querySelector(".tk-button--primary")).transitionDuration"""
    usual = gallery.evaluate(durations)
    gallery.evaluate(
        f"""() => new MutationObserver(() => {{ window.seen = [...(window.seen ?? []), ({durations})()]; }})
            .observe(document.documentElement, {{ attributes: true }})"""
    )
    asked = []
    page.on("request", lambda request: asked.append(request.url.partition("?")[0].rpartition("/")[2]))
    page.get_by_role("button", name="Primary: sliders").click()
    slider = page.get_by_role("slider", name="Primary: hue")
    # Edits come every 40 ms, as from a slow hand: from within the page, as a command of the test's takes longer.
    slider.evaluate(
        """async (slider) => {
            for (let hue = 40; hue < 60; hue++) {
                slider.value = hue;
                slider.dispatchEvent(new InputEvent("input", { bubbles: true }));
                await new Promise((done) => setTimeout(done, 40));
            }
        }"""
    )
    whole_studio.until(lambda: "draft" in asked)
    assert 1 <= asked.count("draft") < asked.count("glance")
    slider.dispatch_event("change")  # let go
    whole_studio.settled()
    whole_studio.until(lambda: usual == gallery.evaluate(durations))
    assert {usual} < set(gallery.evaluate("window.seen"))


def test_while_a_slider_is_dragged_the_next_colours_wait_for_the_paint_of_the_last(whole_studio):
    """Of a frame that paints nothing, as one out of sight, no paint is waited for longer than 50 ms."""
    page = whole_studio.page
    page.get_by_label("View", exact=True).select_option("gallery")
    page.frame_locator("iframe").get_by_role("heading", name="Buttons").wait_for()
    gallery = next(frame for frame in page.frames if "@gallery" in frame.url)
    page.get_by_role("button", name="Primary: sliders").click()
    drag = """async (slider) => {
        const times = [], real = window.fetch;
        window.fetch = (url, ...rest) => {
            if (String(url).includes("/glance")) times.push(performance.now());
            return real(url, ...rest);
        };
        for (let hue = 40; hue < 160; hue++) {
            slider.value = hue;
            slider.dispatchEvent(new InputEvent("input", { bubbles: true }));
            await new Promise((done) => setTimeout(done, 8));
        }
        window.fetch = real;
        return times.slice(1).map((time, at) => time - times[at]);
    }"""
    slider = page.get_by_role("slider", name="Primary: hue")
    swatch = """() => getComputedStyle(document.body).getPropertyValue("--tk-color-primary-9")"""
    before = gallery.evaluate(swatch)
    gallery.evaluate("() => { window.real = requestAnimationFrame; window.requestAnimationFrame = () => 0; }")
    gaps = slider.evaluate(drag)
    assert len(gaps) > 1
    assert min(gaps) >= 49.5  # a timer of 50 ms may be early by a part of one
    assert before != gallery.evaluate(swatch)
    gallery.evaluate("() => { window.requestAnimationFrame = window.real; }")
    # Without the timer it is the paint alone that ends the wait.
    page.evaluate(
        """() => {
            const real = window.setTimeout;
            window.setTimeout = (work, ms, ...rest) => (ms === 50 ? 0 : real(work, ms, ...rest));
        }"""
    )
    assert len(slider.evaluate(drag)) > 1
    slider.dispatch_event("change")
    whole_studio.settled()


def test_what_a_drag_ends_at_is_written_though_colours_were_on_their_way(whole_studio):
    page = whole_studio.page
    page.route("**/glance*", lambda route: page.wait_for_timeout(1000) or route.continue_())
    page.get_by_role("button", name="Primary: sliders").click()

    def written():
        primary = json.loads(whole_studio.file.read_text("utf-8"))["color"]["primary"]
        return coloraide.Color(primary).convert("oklch").coords()

    for name, at, numbers, tolerance in (
        ("Primary: hue", 2, (100, 120, 140), 2),
        ("Primary: lightness", 0, (0.3, 0.35, 0.4), 0.01),
    ):
        slider = page.get_by_role("slider", name=name)
        slider.evaluate(
            """(slider, numbers) => {
                for (const number of numbers) {
                    slider.value = number;
                    slider.dispatchEvent(new InputEvent("input", { bubbles: true }));
                }
                slider.dispatchEvent(new Event("change", { bubbles: true }));
            }""",
            list(numbers),
        )
        end, place = pytest.approx(numbers[-1], abs=tolerance), at
        whole_studio.until(lambda end=end, place=place: end == written()[place])
        assert str(numbers[-1]) == slider.input_value()
    page.unroute_all(behavior="wait")
