"""What a picture of `themekit shots` takes, and what it took with Playwright's own packing and whole search indexes.

    python tests/bench/preview/bench_shots.py FOLDER BRAND PAGE... [--rounds N] [--browsers N]

FOLDER has built brands, as `build/` has. Each page is photographed in four modes and two windows; both ways take turns.
Processor time is that of all processes, the browser's too.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import os
import statistics
import sys
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from unittest import mock

sys.path.insert(0, str(Path(__file__).parents[3]))
sys.path.insert(0, str(Path(__file__).parents[1]))

from measure import machine, used
from PIL import Image

from themekit.model import BrandId, Mode
from themekit.studio.chromium import camera, serving
from themekit.studio.chromium.crew import Crew, visit_all
from themekit.studio.viewport import Viewport
from themekit.studio.visits import Visit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from themekit.studio.chromium.stillness import Tab

WINDOWS = (Viewport(1280, 800), Viewport(390, 844))


def packed_well(tab: Tab) -> bytes:
    """As Playwright takes pictures."""
    return tab.page.screenshot(animations="disabled", caret="hide")


@contextmanager
def as_before() -> Iterator[None]:
    """Pictures packed well, and search indexes with all their documents."""
    with (
        mock.patch.object(camera, "photographed", packed_well),
        mock.patch.object(serving, "without_documents", lambda content: content),
    ):
        yield


@contextmanager
def as_now() -> Iterator[None]:
    """Nothing is other."""
    yield


def main() -> None:
    """Measure, and print medians a picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("brand")
    parser.add_argument("pages", nargs="+")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--browsers", type=int, default=os.cpu_count() or 1)
    wanted = parser.parse_args()
    visits = [
        Visit(BrandId(wanted.brand), PurePosixPath(page), window, tuple(Mode))
        for page in wanted.pages
        for window in WINDOWS
    ]
    print(json.dumps(machine()))
    figures: dict[str, list[tuple[float, float, float]]] = {"before": [], "now": []}
    pixels: dict[str, list[str]] = {}
    for _ in range(wanted.rounds):
        for name, way in (("before", as_before), ("now", as_now)):
            found: list[tuple[str, bytes]] = []

            def work(found: list[tuple[str, bytes]] = found) -> None:
                crew = Crew(wanted.browsers, lambda _: None)
                for visit, (_, pictures) in visit_all(wanted.folder, visits, work=camera.photograph_visit, crew=crew):
                    found += [(f"{visit.path} {visit.viewport} {mode}", each.png) for mode, each in pictures]

            with way():
                usage = used(work)
            count = len(found)
            size = sum(len(png) for _, png in found) / count
            figures[name].append((usage.cpu_s / count, usage.wall_s / count, size))
            pixels.setdefault(name, sorted(f"{view} {digest(png)}" for view, png in found))
    for name, rounds in figures.items():
        cpu_s, wall_s, size = (statistics.median(each) for each in zip(*rounds, strict=True))
        print(
            f"{name}: {cpu_s:.2f} s CPU, {wall_s:.2f} s, {size / 1000:.0f} kB a picture, load {os.getloadavg()[0]:.1f}"
        )
    print("the same pixels" if pixels["before"] == pixels["now"] else "OTHER PIXELS")


def digest(png: bytes) -> str:
    """Of the pixels, however they are packed."""
    return hashlib.sha256(Image.open(io.BytesIO(png)).convert("RGBA").tobytes()).hexdigest()


if __name__ == "__main__":
    main()
