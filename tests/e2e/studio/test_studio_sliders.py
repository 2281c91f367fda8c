"""What a slider shows is what the file has, however it is let go, and in no other brand's file."""

import re

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.browser]


def place(slider, share):
    """A point of a slider's track, on the page."""
    box = slider.bounding_box()
    return box["x"] + box["width"] * share, box["y"] + box["height"] / 2


def take(studio, slider, *, to):
    """Takes the thumb where it stands, and moves it; it is not let go."""
    mouse = studio.page.mouse
    slider.scroll_into_view_if_needed()
    low, high = (float(slider.get_attribute(name)) for name in ("min", "max"))
    mouse.move(*place(slider, (float(slider.input_value()) - low) / (high - low)))
    mouse.down()
    mouse.move(*place(slider, to), steps=4)


@pytest.fixture
def lightness(studio):
    studio.page.get_by_role("button", name="Primary: sliders").click()
    return studio.page.get_by_role("slider", name="Primary: lightness")


def primary(file):
    return re.search(r'"primary": "([^"]+)"', file.read_text(encoding="utf-8"))[1]


def test_a_slider_let_go_where_it_was_taken_leaves_nothing_unsaved(studio):
    slider = studio.field("/shape/radius").get_by_role("slider")
    before = studio.file.read_text(encoding="utf-8")
    take(studio, slider, to=0.5)
    studio.until(lambda: float(slider.input_value()) > 9)
    x, y = place(slider, 0.5)
    while slider.input_value() != "6" and x > 0:
        x -= 2
        studio.page.mouse.move(x, y)
    assert "6" == slider.input_value()
    studio.page.mouse.up()
    studio.settled()
    assert before == studio.file.read_text(encoding="utf-8")
    assert studio.page.get_by_role("button", name="Undo", exact=True).is_disabled()
    studio.file.write_text(before.replace("6px", "20px"), encoding="utf-8")
    studio.until(lambda: slider.input_value() == "20")


def test_a_slider_is_let_go_over_a_frame(whole_studio):
    studio = whole_studio
    studio.frame.locator("h1").first.wait_for()
    studio.page.get_by_role("button", name="Primary: sliders").click()
    slider = studio.page.get_by_role("slider", name="Primary: lightness")
    take(studio, slider, to=0.7)
    studio.page.mouse.move(900, 500)
    studio.page.mouse.up()
    studio.until(lambda: slider.input_value() == "1")
    studio.until(lambda: primary(studio.file) == "#ffffff")
    studio.settled()
    studio.frame.locator("h1").click(trial=True)  # frames have their events again


def test_a_drag_does_not_go_on_in_another_brand(studio, lightness):
    lagoon = studio.preview.root / "brands" / "lagoon" / "brand.json"
    before = lagoon.read_bytes()
    points = [place(lightness, share / 100) for share in range(62, 90, 4)]
    try:
        take(studio, lightness, to=0.6)
        studio.page.evaluate("location.hash = 'brand=lagoon'")
        studio.until(lambda: studio.page.title().startswith("Lagoon"))
        shown = studio.colour().input_value()
        for point in points:
            studio.page.mouse.move(*point)
        studio.page.mouse.up()
        studio.page.wait_for_timeout(1000)
        assert before == lagoon.read_bytes()
        assert shown == studio.colour().input_value()
    finally:
        lagoon.write_bytes(before)


def test_what_was_let_go_is_written_before_another_brand_is_opened(studio, lightness):
    take(studio, lightness, to=0.7)
    studio.page.mouse.up()
    shown = studio.colour().input_value()
    assert "#0b5fff" != shown
    studio.page.evaluate("location.hash = 'brand=lagoon'")
    studio.until(lambda: studio.page.title().startswith("Lagoon"))
    assert shown == primary(studio.file)
    assert studio.page.get_by_role("button", name="Undo", exact=True).is_disabled()


def test_a_slider_that_is_gone_when_it_is_let_go_is_written(studio, lightness):
    take(studio, lightness, to=0.7)
    studio.until(lambda: studio.colour().input_value() != "#0b5fff")
    assert "#0b5fff" == primary(studio.file)
    studio.page.get_by_role("tab", name="Source").dispatch_event("click")
    lightness.wait_for(state="detached")
    studio.page.mouse.up()
    studio.until(lambda: primary(studio.file) != "#0b5fff")


COUNT_FRAMES_OF_DRAFTS = """() => {
    window.frames_until = [];
    addEventListener("message", ({ data }) => {
        if (data?.themekit !== "draft" || !data.sheets) return;
        const frames = [];
        window.frames_until.push(frames);
        const keep = (now) => frames.push(performance.timeOrigin + now);
        requestAnimationFrame(() => requestAnimationFrame(keep));
    });
}"""
TIME_DRAFTED = """() => {
    window.drafted_at = [];
    addEventListener("message", ({ data, timeStamp }) => {
        if (data?.themekit === "drafted") window.drafted_at.push(performance.timeOrigin + timeStamp);
    });
}"""


def test_the_next_colour_of_a_drag_is_asked_for_when_the_last_one_is_painted(whole_studio):
    """Or it would be made while the last is painted, and where cores are few frames would be late."""
    studio = whole_studio
    studio.frame.locator("h1").first.wait_for()
    page = next(each for each in studio.page.frames if each.parent_frame)
    page.evaluate(COUNT_FRAMES_OF_DRAFTS)
    studio.page.evaluate(TIME_DRAFTED)
    studio.page.get_by_role("button", name="Primary: sliders").click()
    hue = studio.page.get_by_role("slider", name="Primary: hue")
    take(studio, hue, to=0.1)
    for share in range(20, 90, 10):
        told = studio.page.evaluate("drafted_at.length")
        studio.page.mouse.move(*place(hue, share / 100))
        studio.until(lambda told=told: studio.page.evaluate("drafted_at.length") > told)
    drafted_ms = studio.page.evaluate("drafted_at")
    frames_ms = [each[0] for each in page.evaluate("frames_until") if each]
    assert 7 <= len(drafted_ms) <= len(frames_ms)
    assert [] == [told for frame, told in zip(frames_ms, drafted_ms, strict=False) if told < frame]
