"""The page of downloads in a real Chromium: no barrier that axe finds, nothing that scrolls sideways."""

import time
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

import themekit
from tests.publish.channels import bundle_of, page
from themekit.publish.place import open_place
from themekit.publish.releasing import publish_bundles, yank
from themekit.studio.chromium.opening import browser

AXE = Path(themekit.__file__).parent / "data" / "studio" / "vendor" / "axe.min.js"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing(tmp_path, scheme, width):
    place = open_place(f"file://{tmp_path}/place")
    bundles = [bundle_of("1.0.0"), bundle_of("1.1.0", minisig=b"x", envelope=b"{}", changes="Two\nlines"), bundle_of("2.0.0")]
    publish_bundles(place, bundles, channel=None, page=page, now_s=time.time)
    yank(place, "acme", "2.0.0", reason="Colours are wrong", channel=None, page=page, now_s=time.time)
    with sync_playwright() as playwright, browser(playwright) as chromium:
        opened = chromium.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
        opened.goto(f"file://{tmp_path}/place/acme/index.html")
        opened.add_script_tag(path=AXE)
        found = opened.evaluate("async () => (await axe.run()).violations.map(each => each.id + ': ' + each.nodes[0].html)")
        assert [] == found
        assert width >= opened.evaluate("document.documentElement.scrollWidth")
        assert "newest" in opened.locator("article.newest h3").inner_text()
