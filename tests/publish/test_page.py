"""The page of downloads in a real Chromium, from the download server: no barrier, its style, and a download."""

import shutil
import time
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

import themekit
from tests.downloads.conftest import served
from tests.publish.channels import bundle_of, page
from themekit.downloads.tokens import Tokens
from themekit.publish.place import open_place
from themekit.publish.releasing import publish_bundles, yank
from themekit.studio.chromium.opening import INSTALLED_BROWSERS

AXE = Path(themekit.__file__).parent / "data" / "studio" / "vendor" / "axe.min.js"


@pytest.fixture
def site(tmp_path):
    """The server over a published brand, whose newest version was yanked."""
    place = open_place(f"file://{tmp_path}/place")
    signed = bundle_of("1.1.0", minisig=b"x", envelope=b"{}", changes="Two\nlines")
    publish_bundles(place, [bundle_of("1.0.0"), signed, bundle_of("2.0.0")], channel=None, page=page, now_s=time.time)
    yank(place, "acme", version="2.0.0", reason="Colours are wrong", channel=None, page=page, now_s=time.time)
    with served(tmp_path / "place", tmp_path / "state") as client:
        client.token, _ = Tokens(tmp_path / "state").add("one", ["acme"], now_s=0, expires_s=2**40)
        yield client


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_has_no_barrier_and_a_download_that_works(site, scheme, width):
    installed = next((path for name in INSTALLED_BROWSERS if (path := shutil.which(name))), None)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=installed, args=["--no-sandbox"])
        context = chromium.new_context(
            viewport={"width": width, "height": 800},
            color_scheme=scheme,
            http_credentials={"username": "token", "password": site.token},
        )
        opened = context.new_page()
        opened.goto(f"http://127.0.0.1:{site.port}/d/acme/")
        assert "grid" == opened.evaluate("getComputedStyle(document.querySelector('dl')).display")
        assert width >= opened.evaluate("document.documentElement.scrollWidth")
        assert "1.1.0" in opened.locator("article.newest h3").inner_text()
        with opened.expect_download() as download:
            opened.click("article.newest a.get")
        assert bundle_of("1.1.0").content == Path(download.value.path()).read_bytes()
        opened.goto(
            f"file://{site.state.parent}/place/acme/index.html"
        )  # where axe may run: the server allows no script
        opened.add_script_tag(path=AXE)
        run = "async () => (await axe.run()).violations.map(each => each.id + ': ' + each.nodes[0].html)"
        assert [] == opened.evaluate(run)
        chromium.close()
