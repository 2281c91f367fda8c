"""Two seconds of dragging a hue slider in the Studio, the component gallery beside it: whether every frame paints.

    .venv/bin/python tests/bench/preview/bench_drag.py

Counted are the gaps between animation frames, in the Studio's own document and in the gallery's, and how many colours
the gallery showed. An idle Chromium without a screen gives a frame every 16.7 ms.
"""

import os
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[3]))

from tests.e2e.preview.previewing import previewed
from themekit.build.scaffold import write_scaffold

SECONDS = 2
LIMIT_MS = 32
COUNT_FRAMES = """() => {
    const seen = { gaps: [], colours: new Set() };
    let last = performance.now();
    const look = (now) => {
        seen.gaps.push(now - last);
        last = now;
        seen.colours.add(getComputedStyle(document.body).getPropertyValue("--tk-color-primary-9"));
        if (!seen.isOver) requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
    window.benchSeen = seen;
}"""
TAKE_FRAMES = """() => {
    window.benchSeen.isOver = true;
    return [window.benchSeen.gaps.slice(2), window.benchSeen.colours.size];
}"""


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch, "shop")
        write_scaffold(root)
        with previewed(root) as running, sync_playwright() as playwright:
            opened = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            page = opened.new_page(viewport={"width": 1280, "height": 800})
            page.set_default_timeout(120_000)
            page.goto(running.first_url)
            page.get_by_role("form").wait_for()
            page.get_by_label("View", exact=True).select_option("gallery")
            page.frame_locator("iframe").get_by_role("heading", name="Buttons").wait_for()
            wait_for_calm(page)
            drag(page)


def wait_for_calm(page) -> None:
    """Sheets and pictures are made after the page; until the last sheet is there, a page has no frames at all."""
    gallery = next(one for one in page.frames if "@gallery" in one.url)
    while gallery.evaluate("document.readyState") != "complete":
        page.wait_for_timeout(200)
    gallery.evaluate("() => new Promise((done) => requestAnimationFrame(done))")
    page.wait_for_timeout(5000)


def drag(page) -> None:
    page.get_by_role("button", name="Primary: sliders").click()
    box = page.get_by_role("slider", name="Primary: hue").bounding_box()
    middle, left, width = box["y"] + box["height"] / 2, box["x"] + 10, box["width"] - 20
    documents = {"studio": page.main_frame, "gallery": next(one for one in page.frames if "@gallery" in one.url)}
    page.mouse.move(left, middle)
    page.mouse.down()
    for frame in documents.values():
        frame.evaluate(COUNT_FRAMES)
    steps = SECONDS * 60
    start = page.evaluate("performance.now()")
    for step in range(steps):
        page.mouse.move(left + width * step / steps, middle)
        page.wait_for_timeout(max(0, start + step * 1000 / 60 - page.evaluate("performance.now()")))
    taken = {name: frame.evaluate(TAKE_FRAMES) for name, frame in documents.items()}
    page.mouse.up()
    print(f"load {os.getloadavg()[0]:.1f}")
    for name, (gaps, colours) in taken.items():
        late = sum(gap > LIMIT_MS for gap in gaps)
        print(
            f"{name:8} {len(gaps):4} frames, median {statistics.median(gaps):5.1f} ms, longest {max(gaps):6.1f} ms, "
            f"{late} over {LIMIT_MS} ms, {colours} colours"
        )


if __name__ == "__main__":
    main()
