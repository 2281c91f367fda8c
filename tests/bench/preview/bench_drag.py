"""Two seconds of dragging a hue slider in the Studio, the component gallery beside it: whether every frame paints.

    .venv/bin/python tests/bench/preview/bench_drag.py [--drags 6]

Chromium itself moves the pointer, once a frame, as its own benchmarks of smoothness do (`chrome.gpuBenchmarking`):
sixty moves a second by way of a driver take a tenth of two cores, and those of a hand do not. Counted are moves, gaps
between animation frames, in the Studio's own document and in the gallery's, and how many colours the gallery showed.
An idle Chromium without a screen gives a frame every 16.7 ms. Between two drags is the time in which pictures are made
anew. Last comes a page of two sliders in two documents, which show nothing but themselves: the frames that machine,
browser and measuring are late for on their own.
"""

import argparse
import asyncio
import os
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from playwright.async_api import async_playwright

sys.path.insert(0, str(Path(__file__).parents[3]))

from tests.e2e.preview.previewing import previewed
from themekit.build.scaffold import write_scaffold

SECONDS = 2
LIMIT_MS = 32
REST_S = 8
BARE = """<input type="range" id="here" max="360" style="width: 196px">
<iframe style="width: 876px; height: 700px" srcdoc="<input type='range'>"></iframe>"""
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
DRAG = """([left, top, right, pixelsPerSecond]) => new Promise((done) => {
    let moves = 0;
    const count = () => moves++;
    addEventListener("pointermove", count, true);
    const end = () => {
        removeEventListener("pointermove", count, true);
        done(moves);
    };
    const { gpuBenchmarking } = chrome;
    gpuBenchmarking.smoothDrag(left, top, right, top, end, gpuBenchmarking.MOUSE_INPUT, pixelsPerSecond);
})"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--drags", type=int, default=6)
    drags = parser.parse_args().drags
    with tempfile.TemporaryDirectory() as scratch:
        root = Path(scratch, "shop")
        write_scaffold(root)
        with previewed(root) as running:
            asyncio.run(dragged(running.first_url, drags=drags))


async def dragged(url: str, *, drags: int) -> None:
    """Drags in the Studio, then as many on a page that does nothing."""
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--enable-gpu-benchmarking"]
        )
        page = await opened.new_page(viewport={"width": 1280, "height": 800})
        page.set_default_timeout(120_000)
        await page.goto(url)
        await page.get_by_role("form").wait_for()
        await page.get_by_label("View", exact=True).select_option("gallery")
        await page.frame_locator("iframe").get_by_role("heading", name="Buttons").wait_for()
        gallery = next(one for one in page.frames if "@gallery" in one.url)
        await calm(gallery)
        await page.get_by_role("button", name="Primary: sliders").click()
        slider = page.get_by_role("slider", name="Primary: hue")
        await drag_often(page, slider, documents={"studio": page.main_frame, "gallery": gallery}, drags=drags)
        await page.goto("about:blank")
        await page.set_content(BARE)
        within = page.frames[1]
        await drag_often(
            page, page.locator("#here"), documents={"bare": page.main_frame, "within": within}, drags=drags
        )


async def drag_often(page, slider, *, documents, drags: int) -> None:
    late = dict.fromkeys(documents, (0, 0))
    for _ in range(drags):
        await asyncio.sleep(REST_S)
        moves, seen = await drag(page, slider, documents=documents)
        for name, (gaps, colours) in seen.items():
            over = sum(gap > LIMIT_MS for gap in gaps)
            late[name] = (late[name][0] + over, late[name][1] + len(gaps))
            print(
                f"{name:8} {len(gaps):4} frames, median {statistics.median(gaps):5.1f} ms, longest {max(gaps):6.1f}"
                f" ms, {over} over {LIMIT_MS} ms, {colours} colours, {moves} moves, load {os.getloadavg()[0]:.1f}",
                flush=True,
            )
    for name, (over, count) in late.items():
        print(f"{name:8} {over} of {count} frames over {LIMIT_MS} ms", flush=True)


async def calm(gallery) -> None:
    """Sheets and pictures are made after the page; until the last sheet is there, a page has no frames at all."""
    while await gallery.evaluate("document.readyState") != "complete":  # noqa: ASYNC110  # it is in the browser
        await asyncio.sleep(0.2)
    await gallery.evaluate("() => new Promise((done) => requestAnimationFrame(done))")


async def drag(page, slider, *, documents) -> tuple[int, dict[str, tuple[list[float], int]]]:
    """The moves of the pointer, and of each document the gaps between frames, and its colours."""
    box = await slider.bounding_box()
    middle, left, width = box["y"] + box["height"] / 2, box["x"] + 10, box["width"] - 20
    for frame in documents.values():
        await frame.evaluate(COUNT_FRAMES)
    moves = await page.evaluate(DRAG, [left, middle, left + width, width / SECONDS])
    return moves, {name: await frame.evaluate(TAKE_FRAMES) for name, frame in documents.items()}


if __name__ == "__main__":
    main()
