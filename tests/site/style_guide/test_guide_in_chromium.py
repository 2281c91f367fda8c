"""The style guide in a real browser: what is said of a colour is what is painted, in every mode, and as real text."""

import functools
import http.server
import json
import re
import threading
from pathlib import Path, PurePosixPath

import pytest
from coloraide import Color

from tests.literate.project import ProjectHost
from themekit.build.portal import brand_files
from themekit.engine import Engine, MemoryStore
from themekit.model import BrandId
from themekit.site.compiling import compile_site
from themekit.site.fields import slot_fields
from themekit.site.hosting.answers import content_policy
from themekit.site.hosting.demands import demands_of
from themekit.site.inputs import BRAND_FOLDER, SiteInputs
from themekit.site.render import render_site
from themekit.site.stamp import stamp
from themekit.site.style_guide.page import guide_page
from themekit.site.variant import variant_of

pytestmark = [pytest.mark.slow, pytest.mark.browser]

SPEC = {
    "name": "Own & Co",
    "color": {"primary": "#ffd60a", "palettes": {"gradient": True}},
    "tokens": {
        "color": {
            "$type": "color",
            "glow": {
                "$description": "Light behind",
                "$value": "#0b5fff",
                "$extensions": {"themekit": {"modes": {"dark": "#88aaff"}}},
            },
        }
    },
}
NAVIGATION = "\nnav:\n  - Home: index.md\n  - Looks:\n      - style-guide/index.md\n"
SCHEMES = {
    "default": {"color_scheme": "light", "viewport": {"width": 1440, "height": 900}},
    "slate": {"color_scheme": "dark", "viewport": {"width": 390, "height": 900}},
    "contrast": {"color_scheme": "light", "contrast": "more", "viewport": {"width": 1440, "height": 900}},
}
PAINTED = """() => [...document.querySelectorAll('.tk-guide tr')].flatMap((row) =>
  [...row.querySelectorAll('td[data-tk-mode]')].map((cell) => {
    const specimen = cell.querySelector('i');
    return {
      token: row.dataset.tkToken ?? row.querySelector('th')?.innerText.split('\\n')[0] ?? '',
      pair: row.dataset.tkPair ?? '',
      mode: cell.dataset.tkMode,
      said: cell.querySelector('code')?.innerText ?? '',
      ratio: cell.querySelector('small')?.innerText ?? '',
      painted: specimen ? getComputedStyle(specimen).backgroundColor : '',
      text: specimen ? '' : getComputedStyle(cell.querySelector('b') ?? cell).color,
      ground: specimen ? '' : getComputedStyle(cell.querySelector('b') ?? cell).backgroundColor,
    };
  }))"""


@pytest.fixture(scope="module")
def sources(make_sources):
    pages = {
        "docs_src/index.md": "# Home\n\nBy {{ brand.name }}.\n",
        "docs_src/style-guide/index.md": guide_page("en"),
        "docs_src/style-guide/index.de.md": guide_page("de"),
    }
    return make_sources(pages, navigation=NAVIGATION)


@pytest.fixture(scope="module")
def brand(make_brand):
    return make_brand(SPEC, "own")


@pytest.fixture(scope="module")
def template(tmp_path_factory, brand, sources):
    """The site of all brands of this variant."""
    variant = variant_of(brand, sources=sources)
    compiled, _ = compile_site(variant, sources, scratch=tmp_path_factory.mktemp("scratch"))
    assert () == compiled.plain
    return compiled


@pytest.fixture(scope="module")
def site(tmp_path_factory, brand, template, sources):
    """The site of a brand with tokens of its own, on a disk."""
    files = {str(source.path): source.content for source in sources if "style-guide/" not in str(source.path)}
    files["brands/own/brand.json"] = json.dumps(SPEC).encode()
    generated = Engine(ProjectHost(files), MemoryStore(), code="").get(brand_files, BrandId("own"))
    pages = ((file.path.relative_to("site"), file.content) for file in stamp(template, brand))
    folder = tmp_path_factory.mktemp("site")
    for path, content in [*pages, *((file.path, file.content) for file in generated)]:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = Path("/usr/bin/chromium")
        arguments = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
        chromium = playwright.chromium.launch(executable_path=found if found.exists() else None, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def address(site, brand, template):
    """Served with the policy that bundles say to serve them with."""
    policy = content_policy(brand, demands_of(template.files))

    class Strict(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

        def end_headers(self):
            self.send_header("Content-Security-Policy", policy)
            super().end_headers()

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Strict, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def cells(page):
    return page.evaluate(PAINTED)


def shown(text):
    """The bytes of a colour that a browser tells of."""
    return tuple(round(channel * 255) for channel in Color(text).convert("srgb").coords())


def test_what_is_said_is_what_is_painted(browser, site):
    """Opened from a disk, as an unpacked bundle is, and read in a dark scheme: each cell is in its own mode."""
    page = browser.new_page(color_scheme="dark")
    failed = []
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.goto((site / "style-guide" / "index.html").as_uri())
    found = [cell for cell in cells(page) if cell["painted"] and cell["said"].startswith("#")]
    page.close()
    opaque = [cell for cell in found if len(cell["said"]) in {4, 7}]
    assert 650 < len(opaque)
    assert [] == [cell for cell in opaque if shown(cell["said"]) != shown(cell["painted"])]
    assert {"light", "dark", "light-contrast", "dark-contrast"} == {cell["mode"] for cell in found}
    assert [] == failed


def test_a_pair_has_the_ratio_that_is_painted(browser, site):
    page = browser.new_page(color_scheme="light")
    page.goto((site / "style-guide" / "index.html").as_uri())
    pairs = [cell for cell in cells(page) if cell["pair"] and cell["text"]]
    page.close()
    assert 100 < len(pairs)
    for cell in pairs:
        expected = Color(cell["ground"]).contrast(Color(cell["text"]), method="wcag21")
        assert expected == pytest.approx(float(cell["ratio"].removesuffix(" : 1")), abs=0.02), cell


def test_tokens_of_the_brand_alone_are_shown_as_text(browser, site):
    page = browser.new_page()
    page.goto((site / "style-guide" / "index.html").as_uri())
    own = page.locator("[data-tk-own] tr", has_text="--tk-color-glow")
    assert "Light behind" in own.inner_text()
    assert ["#0b5fff", "#8af", "#0b5fff", "#8af"] == own.locator("td > code").all_inner_texts()
    gradient = page.locator("[data-tk-own] tr", has_text="--tk-gradient-brand").locator("i").first
    assert "linear-gradient" in gradient.evaluate("(each) => getComputedStyle(each).backgroundImage")
    told = page.locator('tr[data-tk-token="color.text"]').aria_snapshot()
    assert 'rowheader "--tk-color-text"' in told
    assert re.search(r'cell "#[0-9a-f]{3,6} [0-9.]+ : 1"', told)
    page.close()


def test_without_a_script_the_swatches_are_there(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / "style-guide" / "index.html").as_uri())
    assert "filled in by a script" in page.locator(".tk-guide noscript").inner_text()
    assert 4 == page.locator('tr[data-tk-token="color.text"] i').count()
    assert "" == page.locator('tr[data-tk-token="color.text"] td').first.inner_text().strip()
    context.close()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_no_violation_under_the_bundles_policy(scheme, browser, address):
    from themekit.studio.chromium.axe import violations_of

    failed = []
    page = browser.new_page(**SCHEMES[scheme])
    page.on("console", lambda said: failed.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: failed.append(str(error)))
    page.goto(f"{address}style-guide/index.html")
    page.wait_for_load_state("networkidle")
    assert scheme == page.evaluate("document.body.dataset.mdColorScheme")
    assert 700 < page.locator(".tk-guide td > code").count()
    found = [(each.rule, each.html) for each in violations_of(page)]
    page.close()
    assert [] == found
    assert [] == failed


def test_search_finds_a_token(browser, site):
    page = browser.new_page()
    page.goto((site / "index.html").as_uri())
    page.wait_for_load_state("networkidle")
    page.keyboard.press("/")
    page.locator(".md-search__input").press_sequentially("text-subtle")
    page.wait_for_selector(".md-search-result__item a")
    assert "style-guide/index.html" in page.locator(".md-search-result__item a").first.get_attribute("href")
    page.close()


def test_stamped_as_rendered(brand, template, sources, tmp_path):
    """No byte of the page is a brand's: it is stamped, and equal to a render of that brand alone."""
    alone = render_site(sources, SiteInputs(variant_of(brand, sources=sources), slot_fields(brand)), scratch=tmp_path)
    stamped = {file.path.relative_to("site"): file.content for file in stamp(template, brand)}
    path = PurePosixPath("style-guide/index.html")
    assert alone.files[path] == stamped[path]
    assert f'src="../{BRAND_FOLDER}/style-guide.js"'.encode() in stamped[path]
