"""How far drawn pictures are from Chromium's, and what drawing costs: `python tests/bench/bench_rasters.py`.

By kind and size. Of 255, the mean of the channel that differs most, on white. Three ways: resvg once, resvg averaged,
and what is drawn with Skia. Then the same of Chromium's own drawing at eight times the size, averaged: what exact
edges would give.
"""

import io
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import Page

from tests.bench.bench_assets import SIMPLE
from tests.e2e.test_rasters import DRAWINGS, SIDES_PX, STYLE, cleaned
from themekit.render import rasters, skia_svg
from themekit.studio.chromium.opening import browser_on, fresh_context

LARGER, LARGER_TO_PX = 8, 96
RUNS = 5
EMITTED = (16, 32, 48, 96, 180, 192, 192, 512, 512, 512)

Draw = Callable[[str, int], bytes]


def once(svg: str, side: int) -> bytes:
    return rasters._resvg(svg, (side, side), "#ffffff")


def averaged(svg: str, side: int) -> bytes:
    return rasters.by_resvg(svg, (side, side), ground="#ffffff")


def with_skia(svg: str, side: int) -> bytes:
    given = rasters._for_skia(svg)
    if given is None:
        return averaged(svg, side)
    return rasters._encoded(skia_svg.draw(given, (side, side), ground="#ffffff"))


WAYS: dict[str, Draw] = {"resvg, once": once, "resvg, averaged": averaged, "with Skia": with_skia}


def difference(one: Image.Image, other: Image.Image) -> float:
    return max(ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).mean)


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png))


def shot(page: Page, svg: str, side: int) -> Image.Image:
    page.set_viewport_size({"width": side, "height": side})
    page.set_content(STYLE.format("#fff", side, side) + svg)
    return opened(page.screenshot()).convert("RGB")


def cpu_ms(draw: Draw, svg: str) -> float:
    """Of one icon set without its packing."""
    times = []
    for _ in range(RUNS):
        started = time.process_time()
        for side in EMITTED:
            draw(svg, side)
        times.append(1000 * (time.process_time() - started))
    return statistics.median(times)


def main() -> None:
    rasters.no_new_files = nullcontext  # type: ignore[assignment]  # the browser opens some in this process
    drawings = {name: cleaned(text.encode()).text for name, text in DRAWINGS.items()}
    rows: dict[str, list[str]] = {name: [] for name in (*WAYS, f"Chromium at {LARGER} times the size")}
    with browser_on(Path(tempfile.mkdtemp(prefix="rasters-"))) as (_, browser):
        contexts = [fresh_context(browser), fresh_context(browser, scale=LARGER)]
        page, large = (context.new_page() for context in contexts)
        for name, svg in drawings.items():
            cells: dict[str, list[float]] = {way: [] for way in rows}
            for side in SIDES_PX:
                shown = shot(page, svg, side)
                for way, draw in WAYS.items():
                    cells[way].append(difference(shown, opened(draw(svg, side))))
                if side <= LARGER_TO_PX:
                    exact = shot(large, svg, side).resize((side, side), Image.Resampling.BOX)
                    cells[list(rows)[-1]].append(difference(shown, exact))
            for way, means in cells.items():
                rows[way].append(name.ljust(30) + "".join(f"{mean:7.2f}" for mean in means))
        for context in contexts:
            context.close()
    for way, lines in rows.items():
        print(way.ljust(30) + "".join(f"{side:7}" for side in SIDES_PX), *lines, "", sep="\n")
    simple = cleaned(SIMPLE.encode()).text
    print(
        f"drawing {len(EMITTED)} icons, CPU ms: " + ", ".join(f"{way} {cpu_ms(WAYS[way], simple):.0f}" for way in WAYS)
    )


if __name__ == "__main__":
    main()
