"""A brand whose tokens stand in files: edited where they stand, byte by byte, and followed when files change."""

import json
import re

import pytest

from tests.e2e.studio.conftest import Held, link_of

pytestmark = [pytest.mark.slow, pytest.mark.browser]

BRAND = '{"name": "Acme", "color": {"primary": "#0b5fff"}, "tokens": ["../_shared/base.json", "t.json"]}\n'
LAGOON = '{"name": "Lagoon", "color": {"primary": "#00897b"}, "tokens": "../_shared/base.json"}\n'
OWN = """{
    "glow":   { "$type": "color", "$value": "#123456" },
    "edge": {"$type": "dimension",   "$value": "4px"},
    "color": { "link": { "$type": "color", "$value": "{glow}" } }
}
"""
BASE = '{ "haze": { "$type": "color", "$value": "#0a3fa8" } }\n'
SHARED = "brands/_shared/base.json"


class Files:
    """The project's files below brands/, as the tests write and read them."""

    def __init__(self, folder):
        self.folder = folder
        self.own = folder / "acme" / "t.json"
        self.shared = folder / "_shared" / "base.json"
        self.dark = folder / "acme" / "dark.json"
        self.resolver = folder / "acme" / "r.json"


@pytest.fixture
def files(preview):
    """The files of two brands, one of them of both; as before after the test."""
    found = Files(preview.root / "brands")
    lagoon = found.folder / "lagoon" / "brand.json"
    before = lagoon.read_bytes()
    found.shared.parent.mkdir(exist_ok=True)
    found.own.write_text(OWN, encoding="utf-8")
    found.shared.write_text(BASE, encoding="utf-8")
    lagoon.write_text(LAGOON, encoding="utf-8")
    yield found
    lagoon.write_bytes(before)
    (found.folder / "acme" / "brand.json").write_text('{"name": "Acme", "color": {"primary": "#0b5fff"}}')
    for path in (found.own, found.shared, found.dark, found.resolver):
        path.unlink(missing_ok=True)


def begin(studio, text=BRAND, *, name="glow"):
    studio.file.write_text(text, encoding="utf-8")
    return open_token(studio, name)


def open_token(studio, name):
    """The body of a token's row."""
    page = studio.page
    page.get_by_role("tab", name="Tokens").click()
    page.get_by_label("Find a token").fill(name)
    place = f"token-{name.replace('.', '-')}"
    page.locator(f"[aria-controls={place}][aria-expanded=false]").click()
    return page.locator(f"#{place}")


def has_text(studio, path, text):
    """Wait until the file has exactly this text."""
    for _ in range(300):
        if path.read_text(encoding="utf-8") == text:
            return
        studio.page.wait_for_timeout(50)
    assert text == path.read_text(encoding="utf-8")


def fill(field, text):
    field.fill(text)
    field.press("Enter")


def test_tokens_of_a_file_are_shown_and_followed(studio, files):
    token = begin(studio)
    token.get_by_role("button", name="brands/acme/t.json:2").wait_for()
    assert "#123456" == token.get_by_label("glow, colour").input_value()
    files.own.write_text(OWN.replace("#123456", "#abcdef"), encoding="utf-8")
    studio.until(lambda: "#abcdef" == token.get_by_label("glow, colour").input_value())
    files.own.write_text(OWN.replace("#123456", "#abcde"), encoding="utf-8")
    studio.page.get_by_role("tab", name="Problems").get_by_text("1").wait_for()
    token.get_by_text("invalid").or_(token.get_by_text("colour")).first.wait_for()
    assert BRAND == studio.file.read_text(encoding="utf-8")


def test_an_edit_changes_the_bytes_of_the_value_in_its_file(studio, files):
    token = begin(studio)
    fill(token.get_by_label("glow, colour"), "#c2255c")
    has_text(studio, files.own, OWN.replace("#123456", "#c2255c"))
    edge = open_token(studio, "edge")
    edge.get_by_label("edge, number").fill("7")
    edge.get_by_label("edge, number").press("Enter")
    has_text(studio, files.own, OWN.replace("#123456", "#c2255c").replace("4px", "7px"))
    studio.page.get_by_label("Find a token").fill("glow")
    studio.page.locator(".token-value", has_text="#c2255c").first.wait_for()
    token.get_by_role("button", name="Another value for dark", exact=True).click()
    studio.until(lambda: '"dark": "#c2255c"' in files.own.read_text(encoding="utf-8"))
    assert (BRAND, BASE) == (studio.file.read_text(encoding="utf-8"), files.shared.read_text(encoding="utf-8"))


def test_undo_goes_over_files_in_the_order_of_edits(studio, files):
    begin(studio)
    fill(studio.page.get_by_label("glow, colour"), "#c2255c")
    has_text(studio, files.own, OWN.replace("#123456", "#c2255c"))
    studio.tab("Design")
    fill(studio.colour(), "#0a7a3a")
    studio.saved(BRAND.replace("#0b5fff", "#0a7a3a"))
    studio.tab("Tokens")
    fill(studio.page.get_by_label("glow, colour"), "#111111")
    has_text(studio, files.own, OWN.replace("#123456", "#111111"))
    undo, redo = (studio.page.get_by_role("button", name=name, exact=True) for name in ("Undo", "Redo"))
    undo.click()
    has_text(studio, files.own, OWN.replace("#123456", "#c2255c"))
    assert BRAND.replace("#0b5fff", "#0a7a3a") == studio.file.read_text(encoding="utf-8")
    undo.click()
    studio.saved(BRAND)
    undo.click()
    has_text(studio, files.own, OWN)
    redo.click()
    redo.click()
    studio.saved(BRAND.replace("#0b5fff", "#0a7a3a"))
    assert OWN.replace("#123456", "#c2255c") == files.own.read_text(encoding="utf-8")


def test_the_list_of_tokens_is_not_newer_than_the_files(whole_studio, files):
    studio, page = whole_studio, whole_studio.page
    begin(studio)
    studio.frame.locator("h1").first.wait_for()
    shown = page.locator("[aria-controls=token-glow] .token-value")
    shown.get_by_text("#123456").wait_for()
    held = []
    is_held = True
    page.route("**/api/brands/acme", lambda route: held.append(route) if is_held else route.continue_())
    with page.expect_response(lambda answer: answer.url.endswith("/tokens") and "#abcdef" in answer.text()):
        files.own.write_text(OWN.replace("#123456", "#abcdef"), encoding="utf-8")
    studio.until(lambda: held)
    page.wait_for_timeout(300)
    assert "#123456" == shown.inner_text()
    is_held = False
    for route in held:
        route.continue_()
    shown.get_by_text("#abcdef").wait_for()
    assert "#abcdef" == page.get_by_label("glow, colour").input_value()


def retype(editor, old, new):
    """Replaces a word of the source, as somebody at a keyboard does: filling it at once would bring styles with it."""
    editor.get_by_text(old).first.dblclick()
    editor.page.keyboard.insert_text(new)


def meet(studio, files, theirs):
    """Holds the page's first write of the file back until somebody else has written it."""
    kept = []

    def hold(route):
        if route.request.method == "PUT" and not kept:
            kept.append(route)
        else:
            route.continue_()

    studio.page.route("**/sources?*", hold)
    fill(studio.page.get_by_label("glow, colour"), "#c2255c")
    files.own.write_text(theirs, encoding="utf-8")
    studio.until(lambda: kept)
    kept[0].continue_()


def test_edits_of_other_places_of_a_file_are_joined(studio, files):
    begin(studio)
    meet(studio, files, OWN.replace("4px", "9px"))
    has_text(studio, files.own, OWN.replace("4px", "9px").replace("#123456", "#c2255c"))


def test_an_edit_outlives_a_file_that_is_half_written(studio, files):
    """What others changed is looked at as it was before, when the file is whole again: nothing of it is a conflict."""
    begin(studio)
    meet(studio, files, OWN[:60])
    notice = studio.page.get_by_role("region", name="Notice").filter(has_text="brands/acme/t.json is no valid JSON")
    notice.wait_for()
    files.own.write_text(OWN.replace("4px", "9px"), encoding="utf-8")
    has_text(studio, files.own, OWN.replace("4px", "9px").replace("#123456", "#c2255c"))
    notice.wait_for(state="detached")
    studio.settled()


@pytest.mark.parametrize(("side", "colour"), [("Yours", "#c2255c"), ("In the file", "#0a7a3a")])
def test_a_conflict_in_a_file_is_chosen(studio, files, side, colour):
    begin(studio)
    theirs = OWN.replace("#123456", "#0a7a3a").replace("4px", "9px")
    meet(studio, files, theirs)
    dialog = studio.page.get_by_role("dialog", name="Changed in two places")
    dialog.get_by_text("brands/acme/t.json /glow/$value").wait_for()
    assert theirs == files.own.read_text(encoding="utf-8")
    dialog.get_by_text(side, exact=True).click()
    dialog.get_by_role("button", name="Save the choice").click()
    has_text(studio, files.own, theirs.replace("#0a7a3a", colour))
    assert BRAND == studio.file.read_text(encoding="utf-8")


def color_in(frame):
    """The custom property of the shared token, as a frame has it."""
    return frame.locator("html").evaluate("e => getComputedStyle(e).getPropertyValue('--tk-haze').trim()")


def test_a_shared_file_is_said_and_shown_before_it_is_written(whole_studio, files):
    studio, page = whole_studio, whole_studio.page
    token = begin(studio, name="haze")
    token.get_by_text(f"{SHARED} also changes Lagoon.").wait_for()
    studio.frame.locator("h1").first.wait_for()
    fill(token.get_by_label("haze, colour"), "#c2255c")
    notice = page.get_by_role("region", name="Notice").filter(has_text="Nothing is written yet")
    notice.get_by_text("Lagoon").wait_for()
    studio.until(lambda: "#c2255c" == color_in(studio.frame))
    notice.get_by_role("button", name="Show it beside").click()
    other = page.frame_locator("iframe").nth(1)
    other.locator("h1").first.wait_for()
    studio.until(lambda: "#c2255c" == color_in(other))
    fill(token.get_by_label("haze, colour"), "#c2255d")
    studio.until(lambda: ["#c2255d"] * 2 == [color_in(studio.frame), color_in(other)])
    assert BASE == files.shared.read_text(encoding="utf-8")
    notice.get_by_role("button", name="Discard").click()
    studio.until(lambda: ["#0a3fa8"] * 2 == [color_in(studio.frame), color_in(other)])
    fill(token.get_by_label("haze, colour"), "#0a7a3a")
    notice.get_by_role("button", name="Write it").click()
    has_text(studio, files.shared, BASE.replace("#0a3fa8", "#0a7a3a"))
    studio.until(lambda: ["#0a7a3a"] * 2 == [color_in(studio.frame), color_in(other)])
    fill(token.get_by_label("haze, colour"), "#111111")
    has_text(studio, files.shared, BASE.replace("#0a3fa8", "#111111"))
    page.get_by_role("button", name="Undo", exact=True).click()
    has_text(studio, files.shared, BASE.replace("#0a3fa8", "#0a7a3a"))
    studio.until(lambda: ["#0a7a3a"] * 2 == [color_in(studio.frame), color_in(other)])
    assert BRAND == studio.file.read_text(encoding="utf-8")


def held(studio, color="#c2255c"):
    """A change of the shared file that nobody has agreed to yet."""
    fill(studio.page.get_by_label("haze, colour"), color)
    notice = studio.notice("Nothing is written yet")
    notice.wait_for()
    return notice


def test_a_draft_of_a_shared_file_waits_for_its_brand(studio, files):
    """While another brand is edited; what was written meanwhile is joined, and to write it is asked again."""
    begin(studio, name="haze")
    held(studio)
    studio.choose_brand("Lagoon")
    waiting = studio.notice("Acme has 1 change not written yet")
    waiting.wait_for()
    assert 0 == studio.notice("Nothing is written yet").count()
    theirs = BASE.replace(" }\n", ', "mist": { "$type": "color", "$value": "#dddddd" } }\n')
    files.shared.write_text(theirs, encoding="utf-8")
    waiting.get_by_role("button", name="Go back to Acme").click()
    notice = studio.notice("Nothing is written yet")
    notice.wait_for()
    assert 0 == waiting.count()
    assert "#c2255c" == studio.page.get_by_label("haze, colour").input_value()
    assert theirs == files.shared.read_text(encoding="utf-8")
    notice.get_by_role("button", name="Write it").click()
    has_text(studio, files.shared, theirs.replace("#0a3fa8", "#c2255c"))
    assert (BRAND, OWN) == (studio.file.read_text(encoding="utf-8"), files.own.read_text(encoding="utf-8"))


def test_a_draft_that_waited_is_chosen_where_the_other_brand_changed_the_same(studio, files):
    """That the other brand's change was agreed to is no agreement to this one."""
    begin(studio, name="haze")
    held(studio)
    studio.choose_brand("Lagoon")
    studio.until(lambda: "#0a3fa8" == studio.page.get_by_label("haze, colour").input_value())
    held(studio, "#0a7a3a").get_by_role("button", name="Write it").click()
    has_text(studio, files.shared, BASE.replace("#0a3fa8", "#0a7a3a"))
    studio.settled()
    studio.choose_brand("Acme")
    dialog = studio.page.get_by_role("dialog", name="Changed in two places")
    for value in ("#0a3fa8", "#c2255c", "#0a7a3a"):
        dialog.get_by_text(value, exact=True).wait_for()
    dialog.get_by_text("Yours", exact=True).click()
    dialog.get_by_role("button", name="Save the choice").click()
    notice = studio.notice("Nothing is written yet")
    notice.wait_for()
    assert BASE.replace("#0a3fa8", "#0a7a3a") == files.shared.read_text(encoding="utf-8")
    notice.get_by_role("button", name="Write it").click()
    has_text(studio, files.shared, BASE.replace("#0a3fa8", "#c2255c"))


@pytest.mark.usefixtures("files")
def test_a_draft_that_waits_is_given_up_when_somebody_says_so(studio):
    begin(studio, name="haze")
    held(studio)
    link = link_of([{"source": "brands/acme/t.json", "pointer": "/glow/$value", "value": "#111111"}])
    studio.page.evaluate("fragment => { location.hash = fragment }", link)
    said = "Link not opened: write or discard what is not written yet first"
    studio.page.get_by_text(said).wait_for(state="attached")  # it is shown for a moment only
    studio.notice("Nothing is written yet").wait_for()
    studio.choose_brand("Lagoon")
    waiting = studio.notice("Acme has 1 change not written yet")
    waiting.get_by_role("button", name="Discard").click()
    waiting.wait_for(state="detached")
    studio.choose_brand("Acme")
    studio.until(lambda: "#0a3fa8" == studio.page.get_by_label("haze, colour").input_value())
    assert 0 == studio.notice("Nothing is written yet").count()


def swatch(studio):
    """The colour in the bar."""
    shown = studio.page.locator(".picker-button .swatch")
    return shown.evaluate("element => element.style.getPropertyValue('--swatch')")


def test_a_brand_with_a_mistake_keeps_its_name_and_colour(studio, files):
    """In its tokens, as brand.json says them by itself, and in brand.json, as it said them last."""
    begin(studio)
    button = studio.page.get_by_role("button", name="Brand: Acme", exact=True)
    button.wait_for()
    files.own.write_text(OWN.replace("#123456", "#abcde"), encoding="utf-8")
    button.click()
    studio.page.get_by_role("option", name="Acme 1 error").wait_for()
    studio.page.keyboard.press("Escape")
    assert ("#0b5fff", 1) == (swatch(studio), button.count())
    text = BRAND.replace("Acme", "Acme Two").replace("#0b5fff", "#0a7a3a")
    studio.file.write_text(text, encoding="utf-8")
    studio.page.get_by_role("button", name="Brand: Acme Two").wait_for()
    studio.until(lambda: "#0a7a3a" == swatch(studio))
    studio.file.write_text("{", encoding="utf-8")
    studio.notice("brands/acme/brand.json is no valid JSON").wait_for()
    studio.page.get_by_role("button", name="Brand: Acme Two").click()
    studio.page.get_by_role("option", name="Acme Two 1 error").wait_for()
    assert "#0a7a3a" == swatch(studio)


def test_what_was_written_in_several_files_at_once_is_one_step(studio, files):
    begin(studio)
    edits = [
        {"pointer": "/color/primary", "value": "#0a7a3a"},
        {"source": "brands/acme/t.json", "pointer": "/glow/$value", "value": "#c2255c"},
    ]
    brand, own = BRAND.replace("#0b5fff", "#0a7a3a"), OWN.replace("#123456", "#c2255c")
    studio.page.evaluate("fragment => { location.hash = fragment }", link_of(edits))
    studio.notice("A shared link").get_by_role("button", name="Apply").click()
    has_text(studio, files.own, own)
    studio.saved(brand)
    studio.settled()
    fill(studio.page.get_by_label("glow, colour"), "#111111")
    has_text(studio, files.own, OWN.replace("#123456", "#111111"))
    undo, redo = (studio.page.get_by_role("button", name=name, exact=True) for name in ("Undo", "Redo"))
    undo.click()
    has_text(studio, files.own, own)
    assert brand == studio.file.read_text(encoding="utf-8")
    undo.click()
    studio.saved(BRAND)
    has_text(studio, files.own, OWN)
    studio.until(undo.is_disabled)
    redo.click()
    studio.saved(brand)
    has_text(studio, files.own, own)
    studio.settled()
    files.own.write_text(own.replace("#c2255c", "#222222"), encoding="utf-8")
    studio.until(lambda: "#222222" == studio.page.get_by_label("glow, colour").input_value())
    undo.click()
    studio.page.get_by_text("Last change undone, but in brands/acme/t.json, which was changed there since").wait_for(
        state="attached"  # it is shown for a moment only
    )
    studio.saved(BRAND)
    assert own.replace("#c2255c", "#222222") == files.own.read_text(encoding="utf-8")


def test_an_edit_while_several_files_are_written_is_a_step_of_its_own(studio, files):
    """What was begun together stays one step, though an edit of the file whose turn has not come yet came between."""
    begin(studio, name="edge")
    edits = [
        {"pointer": "/color/primary", "value": "#0a7a3a"},
        {"source": "brands/acme/t.json", "pointer": "/glow/$value", "value": "#c2255c"},
    ]
    brand, own = BRAND.replace("#0b5fff", "#0a7a3a"), OWN.replace("#123456", "#c2255c")
    studio.page.evaluate("fragment => { location.hash = fragment }", link_of(edits))
    waiting = Held(studio.page)
    studio.notice("A shared link").get_by_role("button", name="Apply").click()
    studio.until(lambda: len(waiting))
    fill(studio.page.get_by_label("edge, number"), "7")
    studio.page.wait_for_timeout(500)
    waiting.tell()
    has_text(studio, files.own, own.replace("4px", "7px"))
    studio.settled()
    studio.page.unroute("**/api/brands/acme")
    undo = studio.page.get_by_role("button", name="Undo", exact=True)
    undo.click()
    has_text(studio, files.own, own)
    assert brand == studio.file.read_text(encoding="utf-8")
    undo.click()
    has_text(studio, files.own, OWN)
    studio.saved(BRAND)


def test_a_slider_shows_a_draft_and_writes_when_it_is_let_go(whole_studio, files):
    studio, page = whole_studio, whole_studio.page
    token = begin(studio)
    studio.frame.locator("h1").first.wait_for()
    token.get_by_role("button", name="glow: sliders").click()
    slider = token.get_by_label("glow: lightness")
    glow = "e => getComputedStyle(e).getPropertyValue('--tk-glow').trim()"
    box = slider.bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.3, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.8, box["y"] + box["height"] / 2, steps=3)
    studio.until(lambda: studio.frame.locator("html").evaluate(glow) not in {"#123456", ""})
    assert OWN == files.own.read_text(encoding="utf-8")
    page.mouse.up()
    studio.until(lambda: OWN != files.own.read_text(encoding="utf-8"))
    found = json.loads(files.own.read_text(encoding="utf-8"))["glow"]["$value"]
    assert OWN.replace("#123456", found) == files.own.read_text(encoding="utf-8")
    page.get_by_role("button", name="Undo", exact=True).click()
    has_text(studio, files.own, OWN)
    studio.until(lambda: studio.frame.locator("html").evaluate(glow) == "#123456")


def test_the_source_tab_shows_each_file_with_its_mistakes(studio, files):
    begin(studio)
    studio.tab("Source")
    choice = studio.page.get_by_label("File", exact=True)
    names = [name.partition(" ")[0] for name in choice.locator("option").all_inner_texts()]
    assert ["brands/acme/brand.json", SHARED, "brands/acme/t.json"] == names
    choice.select_option(SHARED)
    studio.page.get_by_text("Saving also changes Lagoon.").wait_for()
    choice.select_option("brands/acme/t.json")
    editor = studio.page.get_by_label("Source of brands/acme/t.json")
    retype(editor, "123456", "12345")
    studio.page.get_by_role("list", name="Diagnostics").get_by_text("invalid-color").wait_for()
    retype(editor, "12345", "c2255c")
    studio.page.get_by_role("button", name="Save", exact=True).click()
    has_text(studio, files.own, OWN.replace("#123456", "#c2255c"))
    files.own.write_text("{", encoding="utf-8")
    notice = studio.page.get_by_role("region", name="Notice").filter(has_text="brands/acme/t.json is no valid JSON")
    choice.select_option("")
    notice.get_by_role("button", name="Open the source").click()
    assert "brands/acme/t.json" == choice.input_value()


def test_two_texts_of_a_file_are_merged(studio, files):
    begin(studio)
    studio.tab("Source")
    studio.page.get_by_label("File", exact=True).select_option("brands/acme/t.json")
    editor = studio.page.get_by_label("Source of brands/acme/t.json")
    retype(editor, "123456", "c2255c")
    files.own.write_text(OWN.replace("4px", "9px"), encoding="utf-8")
    studio.page.get_by_role("button", name="Save", exact=True).click()
    has_text(studio, files.own, OWN.replace("4px", "9px").replace("#123456", "#c2255c"))


def test_a_low_contrast_in_a_file_has_a_value_that_passes(studio, files):
    files.own.write_text('{"color": {"text": {"$type": "color", "$value": "#999999"}}}', encoding="utf-8")
    begin(studio, name="color.text")
    studio.tab("Problems")
    fix = studio.page.get_by_role("button", name=re.compile("^Use "))
    fix.first.wait_for()
    value = fix.first.inner_text().removeprefix("Use ").strip()
    fix.first.click()
    studio.until(lambda: f'"{value}"' in files.own.read_text(encoding="utf-8"))
    assert '"#999999"' not in files.own.read_text(encoding="utf-8") or '"modes"' in files.own.read_text(
        encoding="utf-8"
    )


def test_a_resolver_s_modes_are_edited_in_their_files(studio, files):
    theme = {"contexts": {"light": [], "dark": [{"$ref": "dark.json"}]}, "default": "light"}
    sets = {"base": {"sources": [{"$ref": "t.json"}]}}
    order = [{"$ref": "#/sets/base"}, {"$ref": "#/modifiers/theme"}]
    document = {"version": "2025.10", "sets": sets, "modifiers": {"theme": theme}, "resolutionOrder": order}
    files.resolver.write_text(json.dumps(document), encoding="utf-8")
    dark = '{ "glow": { "$type": "color", "$value": "#eeeeee" } }\n'
    files.dark.write_text(dark, encoding="utf-8")
    token = begin(studio, BRAND.replace('["../_shared/base.json", "t.json"]', '{"resolver": "r.json"}'))
    token.get_by_role("button", name="brands/acme/dark.json:1").wait_for()
    fill(token.get_by_label("glow, dark, colour"), "#dddddd")
    has_text(studio, files.dark, dark.replace("#eeeeee", "#dddddd"))
    fill(token.get_by_label("glow, colour"), "#222222")
    has_text(studio, files.own, OWN.replace("#123456", "#222222"))
    assert 0 == token.get_by_role("button", name=re.compile("Another value")).count()


def test_a_default_token_is_overridden_in_the_last_file(studio, files):
    token = begin(studio, name="color.page")
    token.get_by_role("button", name="Override in brands/acme/t.json").click()
    studio.until(lambda: "page" in json.loads(files.own.read_text(encoding="utf-8"))["color"])
    token.get_by_label("color.page, colour").wait_for()
    token.get_by_role("button", name="Remove from brands/acme/t.json").click()
    has_text(studio, files.own, OWN)


def test_a_link_carries_changes_of_files(studio, files, open_studio):
    begin(studio)
    fill(studio.page.get_by_label("glow, colour"), "#c2255c")
    has_text(studio, files.own, OWN.replace("#123456", "#c2255c"))
    studio.page.get_by_role("button", name="Share").click()
    dialog = studio.page.get_by_role("dialog", name="Share")
    dialog.get_by_text("brands/acme/t.json /glow/$value").wait_for()
    studio.until(lambda: "#share=" in dialog.locator("[name=link]").input_value())
    link = dialog.locator("[name=link]").input_value()
    dialog.get_by_label("The whole look").check()
    dialog.get_by_text(f"Not carried: what stands in {SHARED}, brands/acme/t.json").wait_for()
    files.own.write_text(OWN, encoding="utf-8")
    text = studio.file.read_text(encoding="utf-8")
    other = open_studio()
    other.file.write_text(text, encoding="utf-8")
    open_token(other, "glow")
    other.page.evaluate("link => { location.hash = new URL(link).hash }", link)
    notice = other.page.get_by_role("region", name="Notice").filter(has_text="A shared link")
    notice.wait_for()
    assert OWN == files.own.read_text(encoding="utf-8")
    notice.get_by_role("button", name="Apply").click()
    has_text(other, files.own, OWN.replace("#123456", "#c2255c"))
    other.file.write_text('{"name": "Acme", "color": {"primary": "#0b5fff"}}', encoding="utf-8")
    open_token(other, "color.page").get_by_role("button", name="Override", exact=True).wait_for()
    other.page.evaluate("link => { location.hash = new URL(link).hash }", link)
    other.page.get_by_text("which this brand is not made of").first.wait_for()


@pytest.mark.usefixtures("files")
def test_an_export_says_what_it_has(studio):
    begin(studio)
    studio.page.get_by_role("button", name="Export").click()
    dialog = studio.page.get_by_role("dialog", name="Export")
    dialog.get_by_text("made of 3 files").wait_for()
    dialog.get_by_text("also of Lagoon").wait_for()
    for name, text in (("brands/acme/t.json", OWN), ("brands/acme/brand.json", BRAND), (SHARED, BASE)):
        with studio.page.expect_download() as downloading:
            dialog.get_by_role("button", name=f"Download {name}").click()
        assert name.rpartition("/")[2] == downloading.value.suggested_filename
        assert text == downloading.value.path().read_text(encoding="utf-8")


def test_the_inspector_leads_to_the_row_and_the_line(whole_studio, files):
    studio, page = whole_studio, whole_studio.page
    files.own.write_text('{"color": {\n"text": {"$type": "color", "$value": "#101418"}}}', encoding="utf-8")
    begin(studio, name="color.text").get_by_label("color.text, colour").wait_for()
    studio.tab("Design")
    text = studio.frame.locator(".md-content h1").first
    text.wait_for()
    page.get_by_role("button", name="Inspect: point at the page").click()
    studio.frame.locator("themekit-inspector").wait_for(state="attached")
    studio.point_and_click(text)
    inspector = page.get_by_role("complementary", name="Inspector")
    inspector.get_by_role("button", name="Edit color.text", exact=True).first.click()
    page.get_by_label("color.text, colour").wait_for()
    inspector.get_by_role("button", name="brands/acme/t.json:2").first.click()
    assert "brands/acme/t.json" == page.get_by_label("File", exact=True).input_value()


def test_a_third_frame_shows_the_next_mode_and_says_so(studio):
    page = studio.page
    page.get_by_role("radiogroup", name="Frames side by side").get_by_text("4").click()
    names = [frame.get_attribute("aria-label") for frame in page.locator("article.frame").all()]
    assert 4 == len(set(names)), names
    assert ["dark", "dark"] == [name.rpartition(", ")[2] for name in names[2:]]
    schemes = page.get_by_label("Appearance of this frame")
    assert ["", "", "dark", "dark"] == [each.input_value() for each in schemes.all()]
    schemes.nth(2).select_option("dark-contrast")
    assert 1 == page.get_by_role("article", name=re.compile("dark, high contrast|dark contrast")).count()


@pytest.mark.usefixtures("files")
def test_the_rows_and_dialogs_are_accessible(studio):
    from themekit.studio.chromium.axe import violations_of

    token = begin(studio, name="haze")
    token.get_by_text("also changes Lagoon.").wait_for()
    fill(token.get_by_label("haze, colour"), "#c2255c")
    studio.page.get_by_role("button", name="Write it").wait_for()
    assert () == violations_of(studio.page, looks_into_frames=False)
    studio.page.get_by_role("button", name="Discard").click()
    studio.page.get_by_role("button", name="Export").click()
    studio.page.get_by_role("dialog", name="Export").wait_for()
    assert () == violations_of(studio.page, looks_into_frames=False)
    studio.page.keyboard.press("Escape")
    studio.tab("Source")
    studio.page.get_by_label("File", exact=True).select_option(SHARED)
    studio.page.get_by_text("Saving also changes Lagoon.").wait_for()
    assert () == violations_of(studio.page, looks_into_frames=False)
