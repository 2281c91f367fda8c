"""How long a browser takes to style a large page anew when one token is set, beside the same page undivided.

    python tests/bench/preview/bench_restyle.py [--elements N] [--rounds N]

The clock runs from the change of a declaration of `:root` in tokens.css until style and layout are computed, in a real
Chromium; both pages take turns. The undivided page is the same file with `content-visibility` switched off.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[3]))
sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))

from arms import ThemekitArm
from bench_preview import made_project
from measure import machine
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

RESTYLE = """async ([name, value]) => {
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 20)));
  const sheet = [...document.styleSheets].find((one) => one.href?.includes("tokens.css"));
  const root = [...sheet.cssRules].find((one) => one.selectorText?.includes(":root"));
  const began = performance.now();
  root.style.setProperty(name, value);
  getComputedStyle(document.querySelector(".md-header")).backgroundColor;
  document.body.offsetWidth;
  return performance.now() - began;
}"""
SEEN = """() => [...document.querySelectorAll("*")].filter(
  (each) => each.checkVisibility({ contentVisibilityAuto: true })).length"""
UNDIVIDED = "* { content-visibility: visible !important }"


def page_of(browser: Browser, url: str, *, is_divided: bool) -> Page:
    """The page in a tab, when it has come to rest."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.set_default_timeout(120_000)
    page.goto(url)
    page.wait_for_function("document.readyState === 'complete'")
    page.wait_for_timeout(2000)
    if not is_divided:
        page.add_style_tag(content=UNDIVIDED)
        page.wait_for_timeout(1000)
    return page


def main() -> None:
    """Measure, and print medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--elements", type=int, default=15_000)
    parser.add_argument("--rounds", type=int, default=24)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-restyle-") as folder, sync_playwright() as playwright:
        root = made_project(Path(folder) / "large", pages=5, elements=asked.elements)
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu", "--no-first-run"]
        )
        with closing(browser), closing(ThemekitArm("preview", root, page="measured.html")) as arm:
            pages = {name: page_of(browser, arm.url, is_divided=name == "divided") for name in ("divided", "undivided")}
            times: dict[str, list[float]] = {name: [] for name in pages}
            for number in range(asked.rounds):
                for name, page in pages.items():
                    page.bring_to_front()
                    declaration = ["--tk-color-primary-9", f"rgb({number} 80 {number})"]
                    times[name].append(page.evaluate(RESTYLE, declaration))
            print(json.dumps(machine()))
            for name, page in pages.items():
                count, seen = page.evaluate("document.querySelectorAll('*').length"), page.evaluate(SEEN)
                print(f"{name:10} {count:6} elements, {seen:6} styled: median {statistics.median(times[name]):6.1f} ms")


if __name__ == "__main__":
    main()
