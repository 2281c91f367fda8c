"""`themekit shots` in a real Chromium: the same pixels twice, and an edit that is found, shown and named."""

import json

import pytest

from themekit.model import Mode
from themekit.studio.chromium.camera import photographs
from themekit.studio.chromium.opening import browser_on, fresh_context
from themekit.studio.chromium.serving import ADDRESS, without_documents
from themekit.studio.chromium.stillness import new_tab
from themekit.studio.viewport import Viewport

pytestmark = [pytest.mark.slow, pytest.mark.browser]

PAGES = ("acme", "--pages", "index.html", "--viewports", "390x844")
TOOK = "took 4 pictures of 1 brand in "


@pytest.fixture(scope="module")
def photographed(built, tmp_path_factory):
    """The gallery of the project as it was built."""
    folder = tmp_path_factory.mktemp("galleries") / "first"
    done = built.run("shots", *PAGES, "-o", str(folder))
    assert 0 == done.code, done.err
    assert f"{folder}/index.html\n" == done.out
    assert TOOK in done.err
    return folder


def test_twice_the_same_bytes(place, photographed, tmp_path):
    done = place.run("shots", *PAGES, "-o", str(tmp_path / "second"), "--against", str(photographed))
    assert (0, "0 changed, 0 new, 0 gone, 4 the same") == (done.code, done.out.splitlines()[0])
    first, second = (
        json.loads((folder / "index.json").read_text())["shots"] for folder in (photographed, tmp_path / "second")
    )
    assert first == second
    assert 4 == len({shot["sha256"] for shot in first})  # of four modes


def test_a_changed_colour_is_found(place, photographed):
    """And the gallery of before is still there when it is the one that is replaced."""
    brand = place.root / "brands" / "acme" / "brand.json"
    text = brand.read_text()
    color = json.loads(text)["color"]["primary"]
    brand.write_text(text.replace(color, "#b3261e"))
    assert 0 == place.run("build").code
    done = place.run("shots", *PAGES, "--against", str(photographed))
    assert 3 == done.code, done.err
    assert "4 changed, 0 new, 0 gone, 0 the same" == done.out.splitlines()[0]
    assert done.out.splitlines()[1].startswith("  acme index.html ")
    report = (place.root / "build" / "shots" / "changes.html").read_text()
    assert 4 == report.count('class="slider"')
    again = place.run("shots", *PAGES, "--modes", "dark", "--against", "build/shots", "--format", "ndjson", "-q")
    assert (0, "") == (again.code, again.out)


def test_changes_for_machines(place, photographed):
    sheet = place.root / "build" / "acme" / "site" / "assets" / "brand" / "tokens.css"
    content = sheet.read_text() + ":root{--md-typeset-font-size:1rem}body{filter:invert(1)}"
    sheet.unlink()  # it may be one file with that of another tree
    sheet.write_text(content)
    done = place.run("shots", *PAGES, "--modes", "light", "--against", str(photographed), "--format", "ndjson")
    (found,) = map(json.loads, done.out.splitlines())
    assert (3, "picture-changed") == (done.code, found["code"])
    assert "docs_src/index.md" == found["path"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--pages", "no/*"), "no page is named `no/*`"),
        (("--modes", "sepia"), "`sepia` is no mode"),
        (("--viewports", "9x9"), "`9x9` is no window"),
        (("-o", "docs_src"), "holds files that are not of a gallery"),
    ],
)
def test_wrong_use(built, arguments, message):
    done = built.run("shots", *arguments)
    assert 2 == done.code
    assert message in done.err


def test_a_brand_that_is_not_built(place):
    (place.root / "brands" / "fresh").mkdir()
    (place.root / "brands" / "fresh" / "brand.json").write_text(
        (place.root / "brands" / "acme" / "brand.json").read_text()
    )
    done = place.run("shots", "fresh")
    assert (2, True) == (done.code, "run `themekit build fresh`" in done.err)


def test_an_edit_that_is_not_built_is_said(place):
    with (place.root / "docs_src" / "index.md").open("a") as page:
        page.write("\nMore.\n")
    done = place.run("shots", *PAGES, "--modes", "light", "-q")
    assert 0 == done.code
    assert "warning[stale-output]: the site of `acme` is older than its inputs" in done.err


@pytest.mark.parametrize("content", [b"", b"no JSON", b"[]", b'{"docs_of": 1}', b"[" * 100_000])
def test_what_is_no_search_index_is_served_as_it_is(content):
    assert content == without_documents(content)


def test_a_page_reaches_its_site_and_nothing_else(tmp_path):
    """Neither other hosts nor other ports of this machine, by whatever means; and no file outside."""
    (tmp_path / "site").mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "site" / "index.html").write_text("<!doctype html><title>Page</title>")
    (tmp_path / "site" / "link.txt").symlink_to(tmp_path / "secret.txt")
    with browser_on(tmp_path / "site") as (server, opened):
        page = fresh_context(opened).new_page()
        page.goto(f"{ADDRESS}/")
        ask = "url => fetch(url, {mode: 'no-cors'}).then(answer => answer.type + answer.status, () => 'refused')"
        assert "basic200" == page.evaluate(ask, "/index.html")
        assert "basic404" == page.evaluate(ask, "/link.txt")
        assert "basic404" == page.evaluate(ask, "/..%2fsecret.txt")
        for url in (
            f"http://127.0.0.1:{server.port}/index.html",
            "http://localhost:8080/x",
            "http://192.0.2.1/x",
            "https://acme.example/",
        ):
            page.evaluate(ask, url)
            host = url.split("/")[2]
            assert any(host in refused for refused in server.refused), url


MOVING = """<!doctype html><title>Moving</title>
<style>i { display: block; width: 20px; height: 20px; background: #06c }</style>
<i id="ever"></i><i id="once"></i><p></p><script>
const frames = [{ translate: "0" }, { translate: "300px" }];
document.querySelector("#ever").animate(frames, { duration: 700, iterations: Infinity });
document.querySelector("#once").animate(frames, { duration: 9e7, fill: "forwards" });
fetch("search/search_index.json").then((answer) => answer.json()).then(({ config, docs }) => {
  document.querySelector("p").textContent = `${config.lang} ${docs.length}`;
});
</script>"""


def test_what_scripts_move_stands_and_the_search_is_empty(tmp_path):
    """An animation ends where it would end, one without an end is not there; an index is not built for each page."""
    (tmp_path / "search").mkdir()
    index = {"config": {"lang": ["en"]}, "docs": [{"location": "a", "text": "b"}]}
    (tmp_path / "search" / "search_index.json").write_text(json.dumps(index))
    (tmp_path / "moving.html").write_text(MOVING)
    with browser_on(tmp_path) as (server, browser):
        tab = new_tab(browser, server)
        ways = {
            picture.png
            for _ in range(3)
            for _, picture in photographs(
                tab, f"{ADDRESS}/moving.html", modes=[Mode.LIGHT], viewport=Viewport(400, 300)
            )
        }
        places = tab.page.evaluate("[...document.querySelectorAll('i')].map((one) => one.getBoundingClientRect().left)")
        said = tab.page.locator("p").text_content()
    assert (1, "en 0") == (len(ways), said)
    assert 300 == places[1] - places[0]
