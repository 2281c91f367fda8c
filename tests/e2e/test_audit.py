"""`themekit audit a11y`: a good portal has no violation, planted ones are named with the token; galleries have none."""

import json
from functools import partial

import pytest

from tests.studio.small_pictures import png, shot, view
from themekit.model import Mode
from themekit.render.picture_diff import compare_pictures
from themekit.studio.chromium.axe import violations_of
from themekit.studio.chromium.opening import browser_on
from themekit.studio.chromium.serving import ADDRESS
from themekit.studio.chromium.stillness import new_tab, open_still, resize
from themekit.studio.pictures.comparing import Change, Comparison, Kind
from themekit.studio.pictures.gallery import write_pages
from themekit.studio.pictures.index import Index
from themekit.studio.viewport import Viewport

pytestmark = [pytest.mark.slow, pytest.mark.browser]

WINDOW = ("--viewports", "1280x800")
PLANTED = """\
# Planted

<p style="color: var(--tk-color-promo)">Own token</p>

<p class="quiet">Default token</p>

<p style="color: #d0d0d0">No token</p>

<img src="nothing.png">

<style>.quiet { --own: var(--tk-color-border); color: var(--own) }</style>
"""


def test_the_first_portal_has_no_violation(built):
    done = built.run("audit", "a11y", "acme", "--pages", "index.html", *WINDOW)
    assert (0, "") == (done.code, done.out), done.err
    assert "audited 1 page in 4 modes and 1 window: no violation in " in done.err


def test_planted_violations_are_named(place):
    brand = place.root / "brands" / "acme" / "brand.json"
    document = json.loads(brand.read_text())
    document["tokens"] = {"color": {"$type": "color", "promo": {"$value": "#c9ced6"}}}
    brand.write_text(json.dumps(document, indent=2))
    line = 1 + next(number for number, text in enumerate(brand.read_text().splitlines()) if "#c9ced6" in text)
    seed = 1 + next(number for number, text in enumerate(brand.read_text().splitlines()) if '"primary"' in text)
    (place.root / "docs_src" / "planted.md").write_text(PLANTED)
    assert 0 == place.run("build", "acme").code
    done = place.run(
        "audit", "a11y", "acme", "--pages", "planted.md", "--modes", "light", *WINDOW, "--format", "ndjson"
    )
    found = [json.loads(row) for row in done.out.splitlines()]
    assert (1, {"accessibility-violation"}) == (done.code, {each["code"] for each in found}), done.err
    assert {"docs_src/planted.md"} == {each["path"] for each in found}
    assert {(3, 1), (5, 1), (7, 1), (9, 1)} == {(each["line"], each["column"]) for each in found}
    rules = {each["message"].split(" (")[0] for each in found}
    assert {"color-contrast", "image-alt"} == rules
    own, default, plain = (
        next(each for each in found if text in each["message"]) for text in ("Own token", "Default token", "No token")
    )
    assert "in `planted.html` of `acme`, light, 1280x800" in own["message"]
    notes = {(note["message"].partition(" is ")[2], note.get("path"), note.get("line")) for note in own["notes"]}
    assert ("the token `color.promo`, written here", "brands/acme/brand.json", line) in notes
    assert own["hint"].startswith("change `color.promo` or `color.page`, or ")
    text = default["notes"][0]
    assert "the token `color.border`, by `color.neutral.6`, whose seed is this" in text["message"]
    assert ("brands/acme/brand.json", seed) == (text["path"], text["line"])
    assert "written in the element's own `style`" in plain["notes"][0]["message"]


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK])
def test_galleries_have_no_violation(mode, tmp_path):
    """Both pages, with every kind of change, and with none."""
    before, after = png(400, 300), png(400, 300, dots=[((9, 200), (0, 0, 0))])
    diff = compare_pictures(before, after)
    views = [view(f"{name}.html", each) for name in ("changed", "added") for each in (Mode.LIGHT, Mode.DARK)]
    shots = tuple(shot(each) for each in views)
    changes = tuple(Change(Kind.CHANGED, each.view, each, each, diff, "before.png", "marked.png") for each in shots[:2])
    changes += (
        Change(Kind.ADDED, views[2], now=shots[2]),
        Change(Kind.REMOVED, views[3], then=shots[3], before="before.png"),
    )

    def save(folder, name, content):
        path = tmp_path / folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)

    for folder, comparison in (("full", Comparison(changes, 3, 0)), ("same", Comparison((), 4, 1))):
        write_pages(Index("Chromium 1", shots), comparison, save=partial(save, folder))
        for name in (*(each.file for each in shots), "before.png", "marked.png"):
            save(folder, name, after)
    with browser_on(tmp_path) as (server, opened):
        tab = new_tab(opened, server)
        for size in (Viewport(1280, 800), Viewport(320, 640)):
            resize(tab, size)
            for path in ("full/index.html", "full/changes.html", "same/index.html", "same/changes.html"):
                open_still(tab, f"{ADDRESS}/{path}", mode=mode)
                assert [] == [(path, each.rule, each.html) for each in violations_of(tab.page)]
                assert size.width_px == tab.page.evaluate("document.documentElement.scrollWidth"), path
    assert [] == [url for url in server.refused if "portal" in url]


def test_filters_and_the_slider(tmp_path):
    before, after = png(400, 300), png(400, 300, dots=[((9, 200), (0, 0, 0))])
    views = [view("one.html"), view("two.html", Mode.DARK)]
    shots = tuple(shot(each) for each in views)
    diff = compare_pictures(before, after)
    changes = tuple(Change(Kind.CHANGED, each.view, each, each, diff, "before.png", "marked.png") for each in shots)
    (tmp_path / "acme").mkdir()
    for name in (*(each.file for each in shots), "before.png", "marked.png"):
        (tmp_path / name).write_bytes(after)
    write_pages(
        Index("", shots), Comparison(changes, 0, 0), save=lambda name, data: (tmp_path / name).write_bytes(data)
    )
    with browser_on(tmp_path) as (server, opened):
        page = new_tab(opened, server).page
        page.goto(f"{ADDRESS}/index.html")
        page.get_by_label("Mode").select_option("dark")
        assert ["two.html"] == [each.inner_text() for each in page.locator("h2").all() if each.is_visible()]
        assert "1 of 2 shown" == page.get_by_role("status").inner_text()
        page.get_by_label("Page").fill("one")
        assert page.get_by_text("No picture fits these filters.").is_visible()
        page.goto(f"{ADDRESS}/changes.html")
        slider = page.get_by_role("slider").first
        slider.focus()
        page.keyboard.press("Home")
        assert "0%" == page.evaluate("document.querySelector('[data-compare]').style.getPropertyValue('--at')")
        page.get_by_label("Differences").first.check()
        assert page.locator(".marked").first.is_visible()
        assert not page.locator(".after").first.is_visible()
