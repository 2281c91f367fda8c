"""From the change of a file to the new colour, or text, in a real browser; arms take turns in one run.

    python tests/bench/preview/bench_preview.py --vite FOLDER [--rounds N] [--pages N …] [--only NAME …]

FOLDER is where `npm i vite@8` was run. The clock starts just before `os.replace` and stops when an animation frame sees
another computed value, so all arms share a grain of 17 ms. No colour comes twice, first edits are dropped, pauses are
of random length.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[3]))
sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))

from arms import Arm, ThemekitArm, mkdocs_arm, vite_arm
from measure import machine
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Browser, Page

WATCH = """([read, before]) => {
  const look = new Function(`return ${read}`);
  window.seenAt = 0;
  const poll = () => {
    if (look() !== before) window.seenAt = performance.timeOrigin + performance.now();
    else requestAnimationFrame(poll);
  };
  requestAnimationFrame(poll);
}"""
# A page that loads itself again forgets what it watched for, so it looks for the colour itself from its first frame on.
WATCH_LOADS = """(() => {
  const poll = () => {
    const wanted = sessionStorage.getItem("wanted");
    const header = document.querySelector(".md-header");
    if (wanted && header && getComputedStyle(header).backgroundColor === wanted) {
      window.seenAt = performance.timeOrigin + performance.now();
    } else requestAnimationFrame(poll);
  };
  requestAnimationFrame(poll);
})()"""
HEADER = "getComputedStyle(document.querySelector('.md-header')).backgroundColor"
PARAGRAPHS = 60
WARM_UP = 2


class Shown:
    """An arm in a tab."""

    def __init__(self, arm: Arm, browser: Browser) -> None:
        self.arm = arm
        self.page: Page = browser.new_page(viewport={"width": 1280, "height": 800})
        self.page.set_default_timeout(120_000)
        if arm.reloads:
            self.page.add_init_script(WATCH_LOADS)
        self.page.goto(arm.url)
        self.page.wait_for_function("document.querySelector('.md-header') && document.readyState === 'complete'")
        self.times_ms: list[float] = []

    def edit(self, color: str, *, is_counted: bool) -> None:
        """Replace the file and wait for the colour."""
        self.page.bring_to_front()
        wanted = f"rgb({int(color[1:3], 16)}, {int(color[3:5], 16)}, {int(color[5:], 16)})"
        if self.arm.reloads:
            self.page.evaluate("wanted => { window.seenAt = 0; sessionStorage.setItem('wanted', wanted); }", wanted)
        else:
            self.page.evaluate(WATCH, [HEADER, self.page.evaluate(HEADER)])
        took = replaced(self.arm.file, self.arm.edited(color), self.page)
        if is_counted:
            self.times_ms.append(took)


def replaced(file: Path, text: str, page: Page) -> float:
    """Milliseconds until the page has seen the file's new text."""
    fresh = file.with_name(f".{file.name}.new")
    fresh.write_text(text)
    time.sleep(0.05 + random.random() * 0.05)
    began = time.time()
    os.replace(fresh, file)  # noqa: PTH105  # nothing between the clock and the call
    page.wait_for_function("window.seenAt > 0")
    return float(page.evaluate("window.seenAt")) - began * 1000


def colours(arms: Sequence[Arm], browser: Browser, *, rounds: int) -> dict[str, list[float]]:
    """Every arm's times; those that load pages again get few rounds."""
    shown = [Shown(arm, browser) for arm in arms]
    drawn = random.Random(1)
    time.sleep(3)
    for number in range(rounds + WARM_UP):
        for each in shown:
            if each.arm.reloads and number >= WARM_UP + 4:
                continue
            each.edit(f"#{drawn.randrange(1 << 24):06x}", is_counted=number >= WARM_UP)
            time.sleep(0.3 + random.random() * 0.3)
    for each in shown:
        each.page.close()
    return {each.arm.name: each.times_ms for each in shown}


def markdown(arm: ThemekitArm, browser: Browser, *, rounds: int) -> list[float]:
    """Times from an edit of the page's Markdown to the new text."""
    source = arm.preview.root / "docs_src" / "measured.md"
    before = source.read_text()
    page = browser.new_page()
    page.set_default_timeout(120_000)
    page.goto(f"{arm.preview.pages}acme/measured.html")
    page.wait_for_function("document.readyState === 'complete'")
    time.sleep(3)
    read = "document.querySelector('#measured + p').textContent"
    found = []
    for number in range(rounds + WARM_UP):
        page.evaluate(WATCH, [read, page.evaluate(read)])
        took = replaced(source, before.replace("Words.", f"Words of edit {number}."), page)
        found += [took] if number >= WARM_UP else []
        time.sleep(0.5 + random.random() * 0.3)
    source.write_text(before)
    page.close()
    return found


def memory_growth(arm: ThemekitArm, *, edits: int) -> tuple[float, float]:
    """Proportional memory in MB of the preview's process after a tenth of the edits, and after all."""
    sizes = []
    for number in range(edits):
        color = f"#{random.randrange(1 << 24):06x}"
        arm.file.write_text(arm.edited(color))
        time.sleep(0.05)
        if number in {edits // 10, edits - 1}:
            time.sleep(5)
            sizes.append(_memory_mb(arm.preview.process.pid))
    return sizes[0], sizes[1]


def _memory_mb(pid: int) -> float:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def made_project(folder: Path, *, pages: int, tokens: int = 0, elements: int = 0) -> Path:
    """A project of `themekit init` with so many more pages, tokens of its own, and elements on the measured page."""
    subprocess.run([sys.executable, "-m", "themekit.cli", "init", str(folder)], check=True, capture_output=True)
    docs = folder / "docs_src"
    for number in range(pages - 3):
        (docs / f"page-{number}.md").write_text(f"# Page {number}\n\n" + "Text of a page.\n\n" * PARAGRAPHS)
    body = "\n\n".join(f"## Part {part}\n\n" + "Some *marked* text.\n\n" * 40 for part in range(elements // 82))
    (docs / "measured.md").write_text(f"# Measured\n\nWords.\n\n{body}\n")
    brand = folder / "brands" / "acme" / "brand.json"
    value = json.loads(brand.read_text())
    if tokens:
        own = {
            f"t{number}": {"$type": "color", "$value": f"#{number * 97 % (1 << 24):06x}"} for number in range(tokens)
        }
        value["tokens"] = {"own": own}
    brand.write_text(json.dumps(value, indent=2))
    return folder


def row(name: str, times_ms: Sequence[float]) -> str:
    """One line of the table."""
    ordered = sorted(times_ms)
    p95 = ordered[min(len(ordered) - 1, round(0.95 * (len(ordered) - 1)))]
    return f"{name:44} {len(ordered):4} {statistics.median(ordered):9.1f} {p95:9.1f} {ordered[-1]:9.1f}"


def options() -> argparse.Namespace:
    """What is to be measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--vite", type=Path)
    parser.add_argument("--rounds", type=int, default=24)
    parser.add_argument("--pages", type=int, nargs="*", default=[50])
    parser.add_argument("--tokens", type=int, default=0)
    parser.add_argument("--elements", type=int, default=0)
    parser.add_argument("--mkdocs", action="store_true")
    parser.add_argument("--markdown", action="store_true")
    parser.add_argument("--memory", type=int, default=0, metavar="EDITS")
    return parser.parse_args()


def previews(asked: argparse.Namespace, folder: Path) -> Iterator[ThemekitArm]:
    """The previews that are asked for, one after the other: what one draws would be in the way of another."""
    projects = [(f"{pages} pages", made_project(folder / f"pages-{pages}", pages=pages)) for pages in asked.pages]
    if asked.tokens:
        projects.append((f"{asked.tokens} more tokens", made_project(folder / "tokens", pages=5, tokens=asked.tokens)))
    if asked.elements:
        large = made_project(folder / "elements", pages=5, elements=asked.elements)
        projects.append((f"{asked.elements} elements", large))
    for name, root in projects:
        yield ThemekitArm(f"themekit preview, {name}", root, page="measured.html")


def peers(asked: argparse.Namespace, folder: Path) -> Iterator[Arm]:
    """What every preview takes turns with."""
    if asked.vite:
        yield vite_arm(folder / "vite", asked.vite)
    if asked.mkdocs:
        yield mkdocs_arm(folder / "mkdocs", asked.pages[0])


def main() -> None:
    """Measure what is asked for and print the table."""
    asked = options()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-preview-")))
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu", "--no-first-run"]
        )
        stack.callback(browser.close)
        others = list(peers(asked, folder))
        for each in others:
            stack.callback(each.close)
        print(json.dumps(machine()))
        print(f"{'from the change of a file to the computed value':44} {'n':>4} {'median ms':>9} {'p95':>9} {'max':>9}")
        for number, arm in enumerate(previews(asked, folder)):
            with closing(arm):
                for name, times in colours([arm, *others], browser, rounds=asked.rounds).items():
                    print(row(name, times), flush=True)
                if asked.markdown:
                    print(row(f"{arm.name}: Markdown", markdown(arm, browser, rounds=asked.rounds)), flush=True)
                if asked.memory and not number:
                    early, late = memory_growth(arm, edits=asked.memory)
                    print(
                        f"memory: {early:.1f} MB after {asked.memory // 10} edits, {late:.1f} MB after {asked.memory}"
                    )
            others = [each for each in others if not each.reloads]


if __name__ == "__main__":
    main()
