"""The real preview and a real browser: edits by file are on the page, and the page is the same page."""

import json
import re
import urllib.error
import urllib.request

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]

HEADER = "getComputedStyle(document.querySelector('.md-header')).backgroundColor"


def replaced(path, text):
    """Written as most editors do: a new file in the old one's place."""
    temporary = path.with_name(f".{path.name}.new")
    temporary.write_text(text)
    temporary.replace(path)


def edited(path, **members):
    replaced(path, json.dumps({**json.loads(path.read_text()), **members}))


def changes(page, expression, *, to=None):
    """A wait for the expression to have another value than now, or this one."""
    before = page.evaluate(expression)
    wanted = "value !== before" if to is None else "value === to"

    def wait():
        page.wait_for_function(
            f"([before, to]) => {{ const value = {expression}; return {wanted}; }}", arg=[before, to]
        )
        return page.evaluate(expression)

    return wait


def test_a_colour_reaches_the_page_and_the_page_stays(page, brand_file):
    page.get_by_text("Two", exact=True).click()
    page.locator("summary", has_text="More").click()
    page.evaluate("scrollTo({top: 700, behavior: 'instant'})")
    page.locator("[data-md-component=search-query]").fill("part")
    scroll = page.evaluate("scrollY")
    wait = changes(page, HEADER)
    edited(brand_file, color={"primary": "#b3261e"})
    wait()
    assert page.evaluate("window.isSamePage")
    assert scroll == page.evaluate("scrollY")
    assert page.get_by_text("Text of tab two.").is_visible()
    assert page.locator("details").first.evaluate("details => details.open")
    assert "part" == page.locator("[data-md-component=search-query]").input_value()


def test_styles_are_worked_out_before_the_next_frame(page, brand_file):
    """When a frame begins after an edit, it has only to paint."""
    page.evaluate(
        """() => Object.defineProperty(document.body, "offsetWidth", {
            get() { window.asked = (window.asked ?? 0) + 1; return 0; }
        })"""
    )
    wait = changes(page, HEADER)
    edited(brand_file, color={"primary": "#5b2a86"})
    wait()
    assert 0 < page.evaluate("window.asked")


def test_a_file_that_is_away_for_a_moment_leaves_the_page_alone(page, brand_file):
    """As tools leave it that delete and create, or fetch over a network."""
    text = brand_file.read_text()
    for color in ("#b3261e", "#1a7f37"):
        wait = changes(page, HEADER)
        brand_file.unlink()
        page.wait_for_timeout(100)
        brand_file.write_text(text.replace("#0b5fff", color))
        wait()
    assert page.evaluate("window.isSamePage")


def test_a_brand_that_is_gone_says_so_and_comes_back(page, brand_file):
    aside = brand_file.with_name("aside.json")
    brand_file.rename(aside)
    try:
        page.get_by_text("No brand is named").wait_for()
        page.reload()
        page.get_by_text("No brand is named").wait_for()
        page.wait_for_timeout(500)  # it listens by now, and a mistake in what it is told would be known
    finally:
        aside.rename(brand_file)
    page.locator(".md-header").wait_for()


def test_a_page_that_missed_its_sheets_gets_them_when_it_listens(page, chromium, preview, brand_file):
    """They were asked for while the brand's file was away, and it was back before the page listened."""
    edited(brand_file, color={"primary": "#b3261e"})  # so that something was told since the preview began
    page.wait_for_function(f"{HEADER} === 'rgb(179, 38, 30)'")
    missed = chromium.new_page()

    def behind(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=re.sub(r'data-serial="\d+"', 'data-serial="0"', answer.text()))

    sheets = ("tokens", "fonts", "material")
    for name in sheets:
        missed.route(f"**/{name}.css", lambda route: route.fulfill(status=404, content_type="text/plain"))
    missed.route("**/living.html", behind)
    missed.goto(f"{preview.pages}acme/living.html")
    for name in sheets:
        missed.wait_for_function(f"[...document.styleSheets].some(({{href}}) => href?.includes('{name}.css?v='))")
    assert "rgb(179, 38, 30)" == missed.evaluate(HEADER)
    missed.close()


def test_colours_that_need_other_rules_reach_the_page(page, brand_file):
    """A colour outside sRGB brings rules for wide gamuts, and takes them with it."""
    for color in ("oklch(0.6 0.29 29)", "#777777", "oklch(0.7 0.32 145)"):
        wait = changes(page, HEADER)
        edited(brand_file, color={"primary": color})
        wait()
    assert page.evaluate("window.isSamePage")


def test_a_text_is_stamped_anew(page, brand_file):
    page.locator("summary", has_text="More").click()
    wait = changes(page, "document.querySelector('.md-header__topic').textContent.includes('Acme & Söhne')", to=True)
    edited(brand_file, name="Acme & Söhne")
    wait()
    assert page.evaluate("window.isSamePage")
    assert page.title().endswith("Acme & Söhne")
    assert page.locator("details").first.evaluate("details => details.open")


def test_a_page_is_rendered_anew(page, project):
    source = project / "docs_src" / "living.md"
    before = source.read_text()
    page.get_by_text("Two", exact=True).click()
    page.evaluate("scrollTo({top: 500, behavior: 'instant'})")
    try:
        replaced(source, before.replace("First words.", "Other words."))
        page.get_by_text("Other words.").wait_for(state="attached")
        assert page.evaluate("window.isSamePage")
        assert 500 == page.evaluate("scrollY")
        assert page.get_by_text("Text of tab two.").is_visible()
        assert page.locator(".md-content .headerlink").count()
    finally:
        replaced(source, before)
    page.get_by_text("First words.").wait_for(state="attached")


def test_a_new_title_is_in_the_navigation_of_other_pages(page, project):
    source = project / "docs_src" / "get-started" / "quickstart.md"
    before = source.read_text()
    try:
        source.write_text(before.replace("# ", "# Altogether new: ", 1))
        page.locator(".md-nav", has_text="Altogether new").first.wait_for(state="attached")
    finally:
        source.write_text(before)


def test_a_logo_is_asked_for_again(page, project, events):
    logo = project / "brands" / "acme" / "logo.svg"
    before = logo.read_text()
    source = "document.querySelector('.md-header img').src"
    wait = changes(page, source)
    try:
        logo.write_text(before.replace("#123456", "#a01234"))
        url = wait()
        with urllib.request.urlopen(url) as answer:
            assert b"a01234" in answer.read()
        assert page.evaluate("window.isSamePage")
    finally:
        logo.write_text(before)
        events.wait(lambda event: event["kind"] == "pictures")


def test_a_mistake_is_shown_over_the_last_good_page(page, brand_file):
    good, color = brand_file.read_text(), page.evaluate(HEADER)
    brand_file.write_text(good.replace('"#0b5fff"', "#0b5fff"))
    panel = page.get_by_role("dialog", name="1 mistake")
    panel.wait_for()
    assert panel.get_by_text("brands/acme/brand.json:1:").is_visible()
    assert "^" in panel.locator("pre").inner_text()
    assert color == page.evaluate(HEADER)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Show 1 mistake").click()
    page.get_by_role("button", name="Hide").press("Enter")
    panel.wait_for(state="detached")
    page.reload()
    page.get_by_role("button", name="Show 1 mistake").wait_for()
    assert color == page.evaluate(HEADER)
    brand_file.write_text(good)
    page.get_by_role("button", name="Show 1 mistake").wait_for(state="detached")


def test_a_value_that_is_none_is_a_mistake_with_a_hint(page, brand_file):
    good = brand_file.read_text()
    edited(brand_file, color={"primary": "#00ffzz"})
    page.get_by_role("dialog", name="1 mistake").wait_for()
    brand_file.write_text(good)
    page.get_by_role("dialog", name="mistake").wait_for(state="detached")


def test_a_mistake_in_a_page_is_shown_over_the_last_good_one(page, project):
    source = project / "docs_src" / "living.md"
    before = source.read_text()
    try:
        source.write_text(before.replace("First words.", "First {{ brand.nmae }}."))
        page.get_by_role("dialog", name="1 mistake").get_by_text("docs_src/living.md:3:").wait_for()
        page.reload()
        page.get_by_text("First words.").wait_for(state="attached")
    finally:
        source.write_text(before)
    page.get_by_role("dialog", name="mistake").wait_for(state="detached")


def test_half_a_file_is_not_reported(brand_file, events, page):
    """A save that truncates and then writes: what comes in between is looked at again before it is told."""
    color = page.evaluate(HEADER)
    text = brand_file.read_text().replace("#0b5fff", "#5b2a86")
    with brand_file.open("w") as file:
        file.write(text[:20])
        file.flush()
        file.write(text[20:])
    events.wait(lambda event: event["kind"] == "sheet")
    assert [] == [event for event in events.before if event["kind"] == "problems" and event["diagnostics"]]
    page.wait_for_function(f"before => {HEADER} !== before", arg=color)


def test_a_brand_behind_a_link_is_live(preview, project, chromium):
    page = chromium.new_page()
    preview.warm("linked/living.html")
    page.goto(f"{preview.pages}linked/living.html")
    wait = changes(page, HEADER)
    edited(project / "elsewhere" / "linked" / "brand.json", color={"primary": "#1a6b3c"})
    wait()
    page.close()


def test_the_pages_are_nobody_elses(preview):
    for path, status in (("acme/nothing.html", 404), ("nobody/index.html", 404), ("@client/../../x", 400)):
        # Without the header, what is not answered within 0.3 s on a busy machine is 202: a page that waits.
        request = urllib.request.Request(preview.pages + path, headers={"X-Themekit-Wait": "1"})
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request)
        assert status == refused.value.code
        refused.value.close()


SCHEMES = {"light": {"color_scheme": "light"}, "dark": {"color_scheme": "dark"}}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_nothing_of_ours_violates_anything(scheme, preview, chromium, brand_file):
    """The panel of mistakes over a page, the gallery and the sheet of pictures, judged by axe-core."""
    from themekit.studio.chromium.axe import violations_of

    context = chromium.new_context(reduced_motion="reduce", **SCHEMES[scheme])
    page, found = context.new_page(), []
    page.set_default_timeout(120_000)
    edited(brand_file, color={"primary": "#0b5fff", "palettes": {"tones": True, "data": True, "gradient": True}})
    for path in ("acme/@gallery", "acme/@pictures", "acme/living.html"):
        preview.warm(path)
        page.goto(preview.pages + path)
        if path.endswith("@gallery"):
            page.get_by_role("heading", name="Charts").wait_for()
        if path.endswith(".html"):
            brand_file.write_text('{"name": "Acme", "colour": {}, "tagline": 1}')
            page.get_by_role("dialog", name="mistake").wait_for()
        found += [(path, each.rule, each.html) for each in violations_of(page)]
    context.close()
    assert [] == found


def test_a_page_of_many_elements_keeps_its_layout(preview, chromium, project):
    """Parts of it are styled only in sight; headings and the table of contents stand where they stood without that."""
    many = "\n\n".join(f"## Part {part}\n\n" + "Some *marked* text.\n\n* one\n* two\n\n" * 20 for part in range(60))
    (project / "docs_src" / "many.md").write_text(f"# Many\n\n{many}\n")
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    page.set_default_timeout(120_000)
    preview.warm("acme/many.html")
    placed = "'.md-content h2, .md-sidebar--secondary .md-nav__link'"
    tops = f"[...document.querySelectorAll({placed})].map(each => Math.round(each.getBoundingClientRect().top))"
    page.route(
        "**/large_pages.js",
        lambda route: route.fulfill(body="export function divide() {}", content_type="text/javascript"),
    )
    page.goto(f"{preview.pages}acme/many.html")
    page.wait_for_function("document.readyState === 'complete'")
    plain = page.evaluate(tops)
    page.unroute("**/large_pages.js")
    page.goto(f"{preview.pages}acme/many.html")
    page.wait_for_selector("[data-themekit-part]", state="attached")
    assert plain == page.evaluate(tops)
    assert 120 == len(plain)
    boxes = ".md-content [data-themekit-part] > [data-themekit-part], .md-nav__list > [data-themekit-part]"
    assert 0 < page.locator(boxes).count()
    page.close()
