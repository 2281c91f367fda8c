"""One preview for all tests of the Studio's page; each test gets the brand's file anew, and a browser of its own."""

import base64
import importlib.util
import json
import re
import shutil
import zlib
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e.preview.previewing import previewed
from themekit.build.scaffold import write_scaffold

ROOT = Path(__file__).parents[3]
BRAND = """{
    "name":   "Acme",
    "color":  { "primary": "#0b5fff" },
    "shape":  { "radius": "6px" },
    "typography": { "scale": { "ratio": 1.2 } }
}
"""
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]


@pytest.fixture(scope="session")
def bundle():
    """The page that is served is made of the sources that are here."""
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    hook = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(hook)
    hook.bundle_studio(ROOT)


@pytest.fixture(scope="session")
def preview(tmp_path_factory, bundle):  # noqa: ARG001
    root = tmp_path_factory.mktemp("studio") / "shop"
    write_scaffold(root)
    with previewed(root) as running:
        running.warm("acme/index.html")
        running.warm("lagoon/index.html")
        yield running
        running.process.stdout.close()


@pytest.fixture(scope="module")
def chromium():
    """One a module: two of Playwright's loops cannot run side by side, and other tests have theirs."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Studio:
    """The Studio's page in a browser, on the brand acme."""

    page: object
    file: Path
    preview: object

    def saved(self, text):
        """Wait until the file has exactly this text."""
        for _ in range(200):
            if self.file.read_text(encoding="utf-8") == text:
                return
            self.page.wait_for_timeout(50)
        assert text == self.file.read_text(encoding="utf-8")

    def until(self, check):
        """Wait until it is so; the page's policy allows no `wait_for_function`, which evaluates text."""
        for _ in range(300):
            if check():
                return
            self.page.wait_for_timeout(50)
        assert check()

    def settled(self):
        """Wait until all is saved."""
        self.page.get_by_role("status").get_by_text("Saved", exact=True).wait_for()

    def field(self, pointer):
        return self.page.locator(f'[data-pointer="{pointer}"]')

    def colour(self, name="Primary"):
        return self.page.get_by_label(f"{name}, colour")

    def point_and_click(self, element):
        """With the mouse, as the inspector lies over the page."""
        element.scroll_into_view_if_needed()
        box = element.bounding_box()
        self.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        self.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    def tab(self, name):
        self.page.get_by_role("tab", name=name).click()

    def notice(self, text):
        return self.page.get_by_role("region", name="Notice").filter(has_text=text)

    def choose_brand(self, name):
        """By the list in the bar."""
        self.page.get_by_role("button", name=re.compile("^Brand: ")).click()
        self.page.get_by_role("listbox", name="Brands").get_by_role("option", name=name).click()
        self.page.get_by_role("button", name=f"Brand: {name}").wait_for()

    @property
    def frame(self):
        return self.page.frame_locator("iframe").first


@pytest.fixture
def open_studio(preview, chromium):
    """Opens the page; closed, and nothing of it left, after the test."""
    brands = preview.root / "brands"
    before = {each.name for each in brands.iterdir()}
    file = brands / "acme" / "brand.json"
    file.write_text(BRAND, encoding="utf-8")
    contexts = []

    def start(*, fragment="brand=acme", has_pages=False, **options):
        context = chromium.new_context(
            **{"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce", **options}
        )
        contexts.append(context)
        if not has_pages:  # rendering them is what takes the time
            context.route(f"{preview.pages}**", lambda route: route.abort())
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.failures = []
        page.on("pageerror", lambda error: page.failures.append(str(error)))
        page.on("console", lambda said: page.failures.append(said.text) if "Content Security" in said.text else None)
        page.goto(preview.first_url)
        page.goto(f"{preview.studio}/#{fragment}")
        page.get_by_role("form", name="Fields of the brand").wait_for()
        return Studio(page, file, preview)

    yield start
    failures = [failure for context in contexts for page in context.pages for failure in page.failures]
    for context in contexts:
        context.close()
    for made in {each.name for each in brands.iterdir() if each.is_dir()} - before:
        shutil.rmtree(brands / made)
    assert [] == failures


def link_of(edits, *, brand="acme", kind=2):
    """What stands behind `#` in a link that carries these edits, as a program of somebody's own writes it."""
    text = json.dumps({"format": kind, "brand": brand, "note": "", "edits": edits}, separators=(",", ":"))
    packed = zlib.compress(text.encode())[2:-4]  # without the head and the sum of zlib
    return f"share={base64.urlsafe_b64encode(packed).decode().rstrip('=')}"


class Held:
    """Answers to one kind of request: what is asked for is done at once, and told when the test says so."""

    def __init__(self, page, address="**/api/brands/acme", *, method="PUT"):
        self._waiting = []
        self._method = method
        page.route(address, self._hold)

    def _hold(self, route):
        if route.request.method == self._method:
            self._waiting.append((route, route.fetch()))
        else:
            route.continue_()

    def __len__(self):
        return len(self._waiting)

    def tell(self, *, newest_first=False):
        while self._waiting:
            route, answer = self._waiting.pop(-1 if newest_first else 0)
            route.fulfill(response=answer)


@pytest.fixture
def studio(open_studio):
    """The page without what is in its frames."""
    return open_studio()


@pytest.fixture
def whole_studio(open_studio):
    return open_studio(has_pages=True)
